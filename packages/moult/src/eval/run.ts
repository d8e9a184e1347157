/**
 * Entering the evaluation loop, and what a throw does: the loop (`loop.ts`) has no `try` of its own, so it is left by every
 * exception and entered again at the handler. It is also left now and then for V8's sake: a call of it runs the newest
 * machine code, and code compiled for a call is better than what V8 makes for a loop that is already running.
 */
import type { Owned } from '@moult/heap';
import { caught, mark } from '../core/errors.ts';
import { FrameOwner, FrameWord } from '../core/layout/frame.ts';
import { MonitorEvent } from '../core/layout/monitoring.ts';
import { isEnding } from '../core/limits.ts';
import { RootNum, RootRef } from '../core/roots.ts';
import { PYTHON_THROW } from '../core/runtime.ts';
import type { Runtime } from '../core/runtime.ts';
import { popArgs, releaseTemps } from '../core/temps.ts';
import { THREAD_PARK } from '../core/threads.ts';
import { Handler } from '../frames/executable-code.ts';
import type { ExecutableCode } from '../frames/executable-code.ts';
import { clearAndPop, closeInstruments, executable } from '../frames/frames.ts';
import { abandonGenerator } from './generators.ts';
import { makeLoop } from './loop.ts';
import { Tiers } from './tier/tiers.ts';
import { anyWants, tellMonitors } from './tracing/monitoring.ts';
import { parked } from './threads/wait.ts';
import { caughtHost, leaveThrowing, prepareHandler, tellReraise, traceHere, unwindFrame } from './unwind.ts';

/** Jumps back and calls after which the loop is left: few at first, while V8 still compiles. */
const enum Leash {
  First = 500,
  Last = 4000,
}

/** Runs the current frame, which is `entry` or was called from it, until `entry` returns or yields; the value is owned, or 0 if the
 *  thread is parked. Throws `PYTHON_THROW` after clearing the frame. @runsPython @mayCollect */
export function run(rt: Runtime, entry: number): Owned {
  const H = rt.words;
  const tempMark = H[RootNum.TempTop];
  const argMark = H[RootNum.ArgTop];
  const nativeMark = H[RootNum.NativeRecursionRemaining];
  const evaluate = (rt.evaluate ??= makeLoop(rt));
  const tiers = TRACE ? null : (rt.tiers ??= new Tiers(rt));
  let leash = Leash.First as number;
  for (;;) {
    // One is pending on entry when a generator is thrown into.
    if (H[RootRef.CurrentException] !== 0) unwind(rt, entry);
    try {
      do {
        const generated = tiers === null ? null : tiers.find();
        let result = generated === null ? -1 : generated(entry, leash, 0);
        if (result === -1) result = evaluate(entry, leash, 0);
        if (result > 0) return result as Owned;
        if (leash < Leash.Last) leash *= 2;
        // `raise` makes an exception pending, and leaves without a throw.
      } while (H[RootRef.CurrentException] === 0);
    } catch (error) {
      if (error !== PYTHON_THROW && error !== THREAD_PARK) caughtHost(rt, error);
      H[RootNum.NativeRecursionRemaining] = nativeMark;
      popArgs(rt, argMark);
      if (H[RootNum.TempTop] !== tempMark) releaseTemps(rt, tempMark);
      if (error === THREAD_PARK) return parked(rt, entry);
      tiers?.noteThrow();
    }
  }
}

/** Leaves frames until one has a handler for the pending exception, and prepares that to go on there. Throws after `entry`
 *  if none has. */
function unwind(rt: Runtime, entry: number): void {
  const H = rt.words;
  let frame = H[RootNum.CurrentFrame];
  // RERAISE may have set PrevInstr back for the traceback's line; handlers are looked up by where it stands itself.
  let faulting = rt.reraisedAt >= 0 ? rt.reraisedAt : H[frame + FrameWord.PrevInstr];
  let inHandler = false;
  for (;;) {
    if (inHandler) inHandler = false;
    else if (rt.reraisedAt >= 0) {
      rt.reraisedAt = -1;
      tellReraise(rt, frame, faulting);
    } else traceHere(rt, frame);
    const exec = executable(rt, H[frame + FrameWord.Code]);
    const handler = isEnding(rt) ? -1 : exec.findHandler(faulting);
    if (handler >= 0 && enterHandler(rt, frame, exec, handler)) {
      if (startHandler(rt, frame)) return;
      // As in CPython: what a tool raises there is looked up before the handler's first instruction.
      inHandler = true;
      faulting = H[frame + FrameWord.PrevInstr];
      continue;
    }
    unwindFrame(rt, frame, exec.nlocalsplus, faulting);
    H[RootNum.RecursionRemaining]++;
    if (frame === entry) leaveThrowing(rt, frame);
    const dying = frame;
    frame = H[dying + FrameWord.Previous];
    H[RootNum.CurrentFrame] = frame;
    if (H[dying + FrameWord.Owner] === FrameOwner.Generator) abandonGenerator(rt, dying);
    else clearAndPop(rt, dying);
    faulting = H[frame + FrameWord.PrevInstr];
  }
}

/** Makes the frame go on at a handler. False if there is no memory for what the handler wants on the stack: the frame is then left. */
function enterHandler(rt: Runtime, frame: number, exec: ExecutableCode, handler: number): boolean {
  const H = rt.words;
  try {
    const sp = prepareHandler(rt, frame, exec, handler);
    H[frame + FrameWord.StackTop] = sp - frame - FrameWord.LocalsPlus;
    H[frame + FrameWord.PrevInstr] = exec.handlers[handler + Handler.Target] - 1;
    return true;
  } catch (error) {
    if (error !== PYTHON_THROW) throw error;
    return false;
  }
}

/** Tells that the frame, which has the exception on its stack, goes on at a handler. False if a tool has raised another one. */
function startHandler(rt: Runtime, frame: number): boolean {
  const H = rt.words;
  closeInstruments(rt, frame);
  if (!anyWants(rt, MonitorEvent.ExceptionHandled)) return true;
  const exception = H[frame + FrameWord.LocalsPlus + H[frame + FrameWord.StackTop] - 1];
  const m = mark(rt);
  H[frame + FrameWord.PrevInstr]++;
  try {
    tellMonitors(rt, frame, H[frame + FrameWord.PrevInstr], MonitorEvent.ExceptionHandled, exception);
    return true;
  } catch (error) {
    caught(rt, error, m);
    return false;
  } finally {
    H[frame + FrameWord.PrevInstr]--;
  }
}
