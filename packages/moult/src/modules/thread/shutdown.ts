/** The end of the program, as far as threads go. */
import { clearWord, decref, newRef } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { dictGetText } from '../../core/dict/index.ts';
import { caught, mark } from '../../core/errors.ts';
import { ThreadWord } from '../../core/layout/thread.ts';
import { getAttrText } from '../../core/protocol/index.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { releaseTemps, temp } from '../../core/temps.ts';
import { SAVED_REFS } from '../../core/threads.ts';
import { isInstance } from '../../core/types.ts';
import { threadHooks } from '../../eval/threads/life.ts';
import { writeUnraisable } from '../../objects/exceptions/unraisable.ts';
import { setHas } from '../../objects/set/index.ts';
import { moduleDict } from '../make.ts';
import { ModuleNum } from '../module-roots.ts';

/** Waits for all threads that are no daemons: `threading._shutdown()`, if that was imported.
 *  Source: CPython 3.12 wait_for_thread_shutdown. @runsPython */
export function waitForThreads(rt: Runtime): void {
  rt.words[ModuleNum.ThreadsRefused] = 1;
  const threading = dictGetText(rt, rt.words[RootRef.Modules], 'threading');
  if (threading === 0) return;
  const m = mark(rt);
  try {
    temp(rt, newRef(rt, threading));
    decref(rt, call0(rt, temp(rt, getAttrText(rt, threading, '_shutdown'))));
    releaseTemps(rt, m.temps);
  } catch (error) {
    caught(rt, error, m);
    writeUnraisable(rt, null, dictGetText(rt, rt.words[RootRef.Modules], 'threading'));
  }
}

/** Whether `threading` has the thread among those that the program waits for: its sentinel is in `_shutdown_locks`. */
function mustFinish(rt: Runtime, t: number): boolean {
  const sentinel = rt.words[t + ThreadWord.Sentinel];
  const threading = dictGetText(rt, rt.words[RootRef.Modules], 'threading');
  if (sentinel === 0 || threading === 0 || !isInstance(rt, threading, T.module)) return false;
  const locks = dictGetText(rt, moduleDict(rt, threading), '_shutdown_locks');
  return locks !== 0 && isInstance(rt, locks, T.set) && setHas(rt, locks, sentinel);
}

threadHooks.mustFinish = mustFinish;

/** Releases what the main thread owns for itself, hooks and all. */
export function clearMainThread(rt: Runtime): void {
  clearWord(rt, rt.words[RootNum.FirstThread] + ThreadWord.Sentinel);
  for (const word of SAVED_REFS) clearWord(rt, word);
}
