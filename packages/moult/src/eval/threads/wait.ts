/** How natives wait, and what the loop does about a thread that cannot go on. */
import type { Owned, Ref } from '@moult/heap';
import { ObjectWord } from '@moult/heap';
import { Op } from '../../compiler/opcodes.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { BuiltinWord, DescrWord } from '../../core/layout/functions.ts';
import { ThreadState, ThreadWord, TimedOut } from '../../core/layout/thread.ts';
import { NATIVES } from '../../core/native.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { BLOCKING, currentThread, THREAD_PARK } from '../../core/threads.ts';
import { executable } from '../../frames/frames.ts';
import { setDeadline } from './clock.ts';
import { hold } from './scheduler.ts';

/** Waits until the wait `kind` gives a result, which is returned, owned; `seconds` < 0: without end. `on` is what
 *  `wakeOne` names, borrowed from the caller's operands. Takes `withTake` (or 0). @runsPython @mayCollect */
export function waitFor(rt: Runtime, kind: number, on: Ref, withTake: Owned | 0, seconds: number): Owned {
  const H = rt.words;
  const t = currentThread(rt);
  H[t + ThreadWord.WaitKind] = kind;
  H[t + ThreadWord.WaitOn] = on;
  H[t + ThreadWord.WaitWith] = withTake;
  H[t + ThreadWord.TimedOut] = TimedOut.No;
  H[t + ThreadWord.Turn] = ++H[RootNum.ThreadTurn];
  setDeadline(rt, t, seconds);
  startWaiting(rt, t);
  if (operandsOfCall(rt) !== 0) throw THREAD_PARK;
  return hold(rt, 0);
}

/** The thread waits (again): it keeps its place among those that wait for the same. */
export function startWaiting(rt: Runtime, t: number): void {
  rt.words[t + ThreadWord.State] = ThreadState.Waiting;
  rt.words[RootNum.ThreadsWaiting]++;
}

/** The loop was left by `THREAD_PARK`: back to the scheduler with 0, if that started this run; else the other threads run on
 *  top of this activation until the run's result is there, which is returned. @runsPython @mayCollect */
export function parked(rt: Runtime, entry: number): Owned {
  if (rt.words[currentThread(rt) + ThreadWord.Base] === entry) return 0 as Owned;
  return hold(rt, entry);
}

/** Operands of the current instruction, if by it the loop has called a blocking native; else 0: there are natives between. */
export function operandsOfCall(rt: Runtime): number {
  const H = rt.words;
  const frame = H[RootNum.CurrentFrame];
  if (frame === 0) return 0;
  const end = frame + FrameWord.LocalsPlus + H[frame + FrameWord.StackTop];
  const arg = executable(rt, H[frame + FrameWord.Code]).units[H[frame + FrameWord.PrevInstr]] >> 8;
  switch (originalOp(rt, frame)) {
    case Op.CALL:
      return isBlocking(rt, H[end - arg - 2] || H[end - arg - 1]) ? arg + 2 : 0;
    case Op.CALL_FUNCTION_EX:
      return isBlocking(rt, H[end - 2 - (arg & 1)]) ? 3 + (arg & 1) : 0;
    case Op.BEFORE_WITH:
      return isBlocking(rt, H[end - 1]) ? 1 : 0;
    default:
      return 0;
  }
}

/** The instruction that the frame is at, before any specialisation. */
export function originalOp(rt: Runtime, frame: number): number {
  const H = rt.words;
  return executable(rt, H[frame + FrameWord.Code]).data.code[2 * H[frame + FrameWord.PrevInstr]] ?? 0;
}

function isBlocking(rt: Runtime, callable: Ref): boolean {
  const H = rt.words;
  const type = H[callable + ObjectWord.Type];
  if (type === T.builtinFunction) return BLOCKING.has(NATIVES[H[callable + BuiltinWord.Native]]);
  return type === T.methodDescriptor && BLOCKING.has(NATIVES[H[callable + DescrWord.Definition]]);
}
