/** What changes when another thread runs: the root record's words that each thread has for itself. */
import { GcRoot } from '@moult/heap';
import { ThreadState, ThreadWord } from '../../core/layout/thread.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { SAVED_NUMS, SAVED_REFS } from '../../core/threads.ts';
import { advanceClock, nextDeadline } from './clock.ts';

/** Puts the running thread's words into its record, and tells the clock what it has used of its slice. */
export function saveThread(rt: Runtime, t: number): void {
  const H = rt.words;
  SAVED_NUMS.forEach((word, i) => {
    H[t + ThreadWord.SavedNums + i] = H[word];
  });
  SAVED_REFS.forEach((word, i) => {
    H[t + ThreadWord.SavedRefs + i] = H[word];
    H[word] = 0;
  });
  advanceClock(rt, H[RootNum.SliceLength] - H[RootNum.SliceLeft]);
  H[RootNum.SliceLeft] = H[RootNum.SliceLength];
}

/** Makes `t` the running thread, with a whole slice before it. */
export function loadThread(rt: Runtime, t: number): void {
  const H = rt.words;
  SAVED_NUMS.forEach((word, i) => {
    H[word] = H[t + ThreadWord.SavedNums + i];
  });
  SAVED_REFS.forEach((word, i) => {
    H[word] = H[t + ThreadWord.SavedRefs + i];
    H[t + ThreadWord.SavedRefs + i] = 0;
  });
  H[RootNum.CurrentThread] = t;
  H[t + ThreadWord.State] = ThreadState.Running;
  H[RootNum.SliceLeft] = H[RootNum.SliceLength];
  watchThreads(rt);
  if (H[RootNum.PendingSignals] !== 0) H[GcRoot.EvalBreaker] = 1;
}

/** Has the eval breaker count if there is another thread to switch to, now or later. */
export function watchThreads(rt: Runtime): void {
  const H = rt.words;
  const watch = otherIsReady(rt) || nextDeadline(rt) !== 0;
  H[RootNum.ThreadsWatch] = watch ? 1 : 0;
  if (watch) H[GcRoot.EvalBreaker] = 1;
}

/** Whether a thread that does not run could be resumed now. */
function otherIsReady(rt: Runtime): boolean {
  return nextReady(rt) !== 0;
}

/** The thread that has been ready longest, among those that can be resumed at this depth of the host's stack; 0: none. */
export function nextReady(rt: Runtime): number {
  const H = rt.words;
  let first = 0;
  for (let t = H[RootNum.FirstThread]; t !== 0; t = H[t + ThreadWord.Next]) {
    if (!isResumable(rt, t)) continue;
    if (first === 0 || H[t + ThreadWord.Turn] < H[first + ThreadWord.Turn]) first = t;
  }
  return first;
}

/** A thread that waits inside of a native can only go on when that native is the newest activation. Once the interpreter is
 *  ending, only the main thread runs. */
function isResumable(rt: Runtime, t: number): boolean {
  const H = rt.words;
  const state = H[t + ThreadWord.State];
  if (H[RootNum.Finalizing] !== 0 && t !== H[RootNum.FirstThread]) return false;
  if (state === ThreadState.New) return true;
  if (state !== ThreadState.Ready) return false;
  return H[t + ThreadWord.Entry] !== 0 || H[t + ThreadWord.Holder] === H[RootNum.ThreadHolders];
}
