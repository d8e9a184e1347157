/**
 * The program is over while daemon threads still wait inside of natives on top of it: they are given up, as CPython's end where
 * they are. What they own stays theirs for ever; nothing of it dies.
 */
import { setWord } from '@moult/heap';
import type { Owned } from '@moult/heap';
import type { Mark } from '../../core/errors.ts';
import { ThreadState, ThreadWord } from '../../core/layout/thread.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { popArgs } from '../../core/temps.ts';
import { threadHooks } from './life.ts';

/** Thrown through the activations of abandoned threads, down to the program's own. */
class ThreadsAbandoned {
  readonly name = 'ThreadsAbandoned';
}
export const THREADS_ABANDONED = new ThreadsAbandoned();

/** Whether the program itself has come to its end, and those that are on top of it need not be waited for. */
export function isProgramOver(rt: Runtime): boolean {
  const H = rt.words;
  const main = H[RootNum.FirstThread];
  if (H[main + ThreadWord.Outermost] === 0 || H[main + ThreadWord.State] < (ThreadState.Returned as number))
    return false;
  for (let t = H[main + ThreadWord.Next]; t !== 0; t = H[t + ThreadWord.Next]) {
    if (H[t + ThreadWord.Holder] !== 0 && threadHooks.mustFinish(rt, t)) return false;
  }
  return true;
}

/** Gives up the threads whose activations have just been left; `m` is where the program's own natives were. */
export function abandonThreads(rt: Runtime, m: Mark): void {
  const H = rt.words;
  const kept = newList(rt, 0);
  while (H[RootNum.TempTop] > m.temps) {
    const owned = H[--H[RootNum.TempTop]];
    if (owned !== 0) listAppendTake(rt, kept, owned as Owned);
  }
  popArgs(rt, m.args);
  H[RootNum.NativeRecursionRemaining] = m.native;
  H[RootNum.ThreadHolders] = 1;
  const main = H[RootNum.FirstThread];
  setWord(rt, main + ThreadWord.Kept, kept);
  for (let t = H[main + ThreadWord.Next]; t !== 0; t = H[t + ThreadWord.Next]) {
    if (H[t + ThreadWord.Holder] !== 0) H[t + ThreadWord.State] = ThreadState.Abandoned;
  }
}
