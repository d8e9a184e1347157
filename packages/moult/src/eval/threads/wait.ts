/** How natives wait, and what the loop does about a thread that cannot go on. */
import type { Owned, Ref } from '@moult/heap';
import { FrameOwner, FrameWord } from '../../core/layout/frame.ts';
import { ThreadState, ThreadWord, TimedOut } from '../../core/layout/thread.ts';
import { enterRecursion, leaveRecursion } from '../../core/recursion.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { temp, untemp } from '../../core/temps.ts';
import { currentThread, THREAD_PARK } from '../../core/threads.ts';
import { setDeadline } from './clock.ts';
import { canPark, linkOf } from './links.ts';
import { hold } from './scheduler.ts';

/** Waits until the wait `kind` gives a result, which is returned, owned; `seconds` < 0: without end. `on` is what
 *  `wakeOne` names, borrowed from the caller's operands. Takes `withTake` (or 0). For a `blocking` native, which must return
 *  the result as its own. @runsPython @mayCollect */
export function waitFor(rt: Runtime, kind: number, on: Ref, withTake: Owned | 0, seconds: number): Owned {
  if (!canPark(rt)) return waitInside(rt, kind, on, seconds, withTake);
  prepareWait(rt, kind, on, withTake, seconds);
  throw THREAD_PARK;
}

/** As `waitFor`, for natives that go on afterwards: other threads run on top of them. @runsPython @mayCollect */
export function waitInside(rt: Runtime, kind: number, on: Ref, seconds: number, withTake: Owned | 0 = 0): Owned {
  if (withTake !== 0) temp(rt, withTake);
  enterRecursion(rt, '');
  prepareWait(rt, kind, on, withTake === 0 ? 0 : untemp(rt, withTake), seconds);
  const result = hold(rt, 0);
  leaveRecursion(rt);
  return result;
}

function prepareWait(rt: Runtime, kind: number, on: Ref, withTake: Owned | 0, seconds: number): void {
  const H = rt.words;
  const t = currentThread(rt);
  H[t + ThreadWord.WaitKind] = kind;
  H[t + ThreadWord.WaitOn] = on;
  H[t + ThreadWord.WaitWith] = withTake;
  H[t + ThreadWord.TimedOut] = TimedOut.No;
  H[t + ThreadWord.Turn] = ++H[RootNum.ThreadTurn];
  setDeadline(rt, t, seconds);
  startWaiting(rt, t);
}

/** The thread waits (again): it keeps its place among those that wait for the same. */
export function startWaiting(rt: Runtime, t: number): void {
  rt.words[t + ThreadWord.State] = ThreadState.Waiting;
  rt.words[RootNum.ThreadsWaiting]++;
}

/** The loop was left by `THREAD_PARK`. Back to the scheduler with 0, if that started this run; out of the natives below, if they
 *  can be made up for later; else the other threads run on top of this activation until the run's result is there, which
 *  is returned. @runsPython @mayCollect */
export function parked(rt: Runtime, entry: number): Owned {
  const H = rt.words;
  if (H[currentThread(rt) + ThreadWord.Base] === entry) return 0 as Owned;
  if (linkOf(rt, entry) === null) return hold(rt, entry);
  if (H[entry + FrameWord.Owner] === FrameOwner.Thread) H[entry + FrameWord.Owner] = FrameOwner.Parked;
  throw THREAD_PARK;
}
