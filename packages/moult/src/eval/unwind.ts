/** What the evaluation loop does with a throw: tracebacks, handlers, leaving frames. */
import { decref, HeapCorruption, newRef } from '@moult/heap';
import type { Owned } from '@moult/heap';
import {
  clearException,
  currentException,
  pendingMatches,
  raise,
  restoreException,
  takeException,
} from '../core/errors.ts';
import { newInt, safeIntValue } from '../core/int.ts';
import { ExcValueWord } from '../core/layout/exceptions.ts';
import { FrameOwner, FrameWord, TraceEvent } from '../core/layout/frame.ts';
import { MonitorEvent } from '../core/layout/monitoring.ts';
import { Recursion } from '../core/host-stack.ts';
import { RootNum, RootRef } from '../core/roots.ts';
import { PYTHON_THROW } from '../core/runtime.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { endIteration } from '../core/protocol/iterate.ts';
import { temp } from '../core/temps.ts';
import { addTraceback } from '../objects/traceback.ts';
import { Handler } from '../frames/executable-code.ts';
import type { ExecutableCode } from '../frames/executable-code.ts';
import { clearAndPop, closeInstruments, unlinkFrame } from '../frames/frames.ts';
import { abandonGenerator } from './generators.ts';
import { asidePending, exceptionTuple, isTracing, trace, traceAndProfile } from './tracing/call-tracer.ts';
import { anyWants, tellMonitorsPending } from './tracing/monitoring.ts';

/** V8's text for it. Compared as it is: at the end of the stack nothing else can be called. */
const STACK_OVERFLOW = 'Maximum call stack size exceeded';

/** A throw that is no Python exception: the host's stack overflow becomes RecursionError, anything else goes on. */
export function caughtHost(rt: Runtime, error: unknown): void {
  if (!(error instanceof RangeError) || error.message !== STACK_OVERFLOW) throw error;
  const H = rt.words;
  rt.stackOverflows++;
  if (currentException(rt) !== 0) clearException(rt);
  H[RootNum.NativeRecursionRemaining] += Recursion.Headroom;
  try {
    raise(rt, T.RecursionError, 'maximum recursion depth exceeded');
  } catch (thrown) {
    if (thrown !== PYTHON_THROW) throw thrown;
  }
}

/** Adds the frame to the pending exception's traceback. If there is no memory for that, MemoryError takes the exception's place,
 *  as in CPython. @runsPython if the thread traces */
export function traceHere(rt: Runtime, frame: number): void {
  try {
    addTraceback(rt, frame);
  } catch (error) {
    if (error !== PYTHON_THROW) throw error;
  }
  tellException(rt, frame);
}

/** Tells the trace function and the tools of the pending exception. What they raise takes the exception's place. */
function tellException(rt: Runtime, frame: number): void {
  if (isTracing(rt)) tellTrace(rt, frame);
  tellMonitorsPending(rt, frame, MonitorEvent.Raise);
}

function tellTrace(rt: Runtime, frame: number): void {
  if (rt.words[RootRef.TraceFunction] === 0) return;
  asidePending(rt, (exception) => {
    trace(rt, frame, TraceEvent.Exception, temp(rt, exceptionTuple(rt, exception)));
  });
}

/** The iterator of a `for` loop has ended: clears a pending StopIteration, throws anything else. @runsPython if the thread traces */
export function endLoop(rt: Runtime, frame: number): void {
  tellStop(rt, frame);
  endIteration(rt);
}

/** Tells the trace function of a pending StopIteration that the frame is about to take. @runsPython if the thread traces */
export function tellStop(rt: Runtime, frame: number): void {
  if ((isTracing(rt) || anyWants(rt, MonitorEvent.Raise)) && pendingMatches(rt, T.StopIteration))
    tellException(rt, frame);
}

/** The pending exception is thrown into the frame, which is current. @runsPython if the thread traces */
export function tellThrow(rt: Runtime, frame: number): void {
  closeInstruments(rt, frame);
  if (isTracing(rt))
    asidePending(rt, () => {
      traceAndProfile(rt, frame, TraceEvent.Resume, S.None);
    });
  tellMonitorsPending(rt, frame, MonitorEvent.PyThrow);
}

/** The instruction at `unit` raises the pending exception again, without the frame in its traceback. @runsPython if a tool is told */
export function tellReraise(rt: Runtime, frame: number, unit: number): void {
  tellMonitorsPending(rt, frame, MonitorEvent.Reraise, unit);
}

/** The frame has no handler for what the instruction at `unit` raised: it is left with the pending exception. Its stack is emptied down to the variables. @runsPython */
export function unwindFrame(rt: Runtime, frame: number, variables: number, unit: number): void {
  dropStack(rt, frame, variables);
  closeInstruments(rt, frame);
  if (isTracing(rt))
    asidePending(rt, () => {
      traceAndProfile(rt, frame, TraceEvent.Unwind, S.None);
    });
  tellMonitorsPending(rt, frame, MonitorEvent.PyUnwind, unit);
}

/** Pops the stack to the handler's depth and pushes the exception (and before it the faulting unit, if the handler wants it).
 *  Returns the new `sp`. @runsPython */
export function prepareHandler(rt: Runtime, frame: number, exec: ExecutableCode, handler: number): number {
  const H = rt.words;
  const table = exec.handlers;
  let sp = dropStack(rt, frame, exec.nlocalsplus + table[handler + Handler.Depth]);
  if (table[handler + Handler.Lasti] !== 0) H[sp++] = newInt(rt, H[frame + FrameWord.PrevInstr]);
  H[sp++] = takeException(rt);
  return sp;
}

/** Pops the value stack until `keep` words of variables and stack are left. Returns the new `sp`. @runsPython */
function dropStack(rt: Runtime, frame: number, keep: number): number {
  const H = rt.words;
  const floor = frame + FrameWord.LocalsPlus + keep;
  let sp = frame + FrameWord.LocalsPlus + H[frame + FrameWord.StackTop];
  while (sp > floor) {
    sp--;
    const o = H[sp];
    H[sp] = 0;
    H[frame + FrameWord.StackTop]--;
    if (o !== 0) decref(rt, o);
  }
  return sp;
}

/** RERAISE: takes the exception from the top and makes it pending; with `arg`, the saved unit becomes the faulting one. */
export function prepareReraise(rt: Runtime, frame: number, sp: number, arg: number): void {
  const H = rt.words;
  const exception = H[sp - 1] as Owned;
  if (arg !== 0) H[frame + FrameWord.PrevInstr] = safeIntValue(rt, H[sp - 1 - arg]);
  H[frame + FrameWord.StackTop]--;
  restoreException(rt, exception);
}

/** CLEANUP_THROW: sub-iterator, last sent value, exception. On StopIteration: None and its value take their places and the new
 *  `sp` is returned; else 0, the exception is pending again. @runsPython */
export function cleanupThrow(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const exception = H[sp - 1] as Owned;
  restoreException(rt, newRef(rt, exception));
  if (!pendingMatches(rt, T.StopIteration)) {
    H[frame + FrameWord.StackTop]--;
    decref(rt, exception);
    return 0;
  }
  clearException(rt);
  const value = newRef(rt, H[exception + ExcValueWord.Value] || S.None);
  const last = H[sp - 2];
  const sub = H[sp - 3];
  H[sp - 3] = S.None;
  H[sp - 2] = value;
  decref(rt, sub);
  decref(rt, last);
  H[frame + FrameWord.StackTop]--;
  decref(rt, exception);
  return sp - 1;
}

/** END_ASYNC_FOR: awaitable, exception. On StopAsyncIteration both are dropped and the new `sp` returned; else 0, the exception is
 *  pending again. @runsPython */
export function endAsyncFor(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const exception = H[sp - 1] as Owned;
  H[frame + FrameWord.StackTop]--;
  restoreException(rt, exception);
  if (!pendingMatches(rt, T.StopAsyncIteration)) return 0;
  clearException(rt);
  const iterator = H[sp - 2];
  H[frame + FrameWord.StackTop]--;
  decref(rt, iterator);
  return sp - 2;
}

/** Leaves the entry frame with the pending exception. */
export function leaveThrowing(rt: Runtime, frame: number): never {
  const H = rt.words;
  unlinkFrame(rt, frame);
  if (H[frame + FrameWord.Owner] === FrameOwner.Generator) abandonGenerator(rt, frame);
  else clearAndPop(rt, frame);
  if (H[RootRef.CurrentException] === 0)
    throw new HeapCorruption('INV-EXC-1: a frame left by an exception', frame, 'one in the root', 'none');
  throw PYTHON_THROW;
}
