/** Calling the functions that `sys.settrace` and `sys.setprofile` were given. */
import { clearWord, newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call3 } from '../../core/call.ts';
import { caught, mark, restoreException, rethrow, takeException } from '../../core/errors.ts';
import { ExcWord } from '../../core/layout/exceptions.ts';
import { FrameObjectWord, FrameWord, TraceEvent } from '../../core/layout/frame.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { internText } from '../../core/str.ts';
import { releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { perThreadNum, perThreadRef } from '../../core/threads.ts';
import { frameObject, Missing, writeBack } from '../../frames/frame-object.ts';

perThreadRef(RootRef.TraceFunction);
perThreadRef(RootRef.ProfileFunction);
perThreadNum(RootNum.TraceNesting);
perThreadNum(RootNum.TraceEvent);

const NAMES: Readonly<Record<TraceEvent, string>> = {
  [TraceEvent.None]: '',
  [TraceEvent.Call]: 'call',
  [TraceEvent.Line]: 'line',
  [TraceEvent.Return]: 'return',
  [TraceEvent.Yield]: 'return',
  [TraceEvent.Exception]: 'exception',
  [TraceEvent.Opcode]: 'opcode',
  [TraceEvent.Resume]: 'call',
  [TraceEvent.NativeCall]: 'c_call',
  [TraceEvent.Unwind]: 'return',
};

/** True if this thread traces or profiles, and not just now. */
export function isTracing(rt: Runtime): boolean {
  const H = rt.words;
  return (H[RootRef.TraceFunction] | H[RootRef.ProfileFunction]) !== 0 && H[RootNum.TraceNesting] === 0;
}

/** Tells the frame's trace function, or, of a call, the thread's. What it returns traces the frame from then on. An exception ends
 *  all tracing. Source: CPython 3.12 trace_trampoline. @runsPython */
export function trace(rt: Runtime, frame: number, event: TraceEvent, arg: Ref): void {
  const H = rt.words;
  if (H[RootRef.TraceFunction] === 0 || H[RootNum.TraceNesting] !== 0) return;
  const isCall = event === TraceEvent.Call || event === TraceEvent.Resume;
  const object = isCall ? frameObject(rt, frame) : H[frame + FrameWord.FrameObject];
  const callback = isCall ? H[RootRef.TraceFunction] : object === 0 ? 0 : H[object + FrameObjectWord.Trace];
  if (callback === 0) return;
  const m = mark(rt);
  temp(rt, newRef(rt, object));
  try {
    const result = callHook(rt, object, callback, event, NAMES[event], arg);
    if (result !== S.None) setWord(rt, object + FrameObjectWord.Trace, newRef(rt, result));
  } catch (error) {
    caught(rt, error, { ...m, temps: m.temps + 1 });
    const exception = temp(rt, takeException(rt));
    clearWord(rt, RootRef.TraceFunction);
    clearWord(rt, object + FrameObjectWord.Trace);
    restoreException(rt, untemp(rt, exception));
    rethrow();
  }
  releaseTemps(rt, m.temps);
}

/** Tells the profile function. An exception ends profiling. Source: CPython 3.12 profile_trampoline. @runsPython */
export function profile(rt: Runtime, frame: number, event: TraceEvent, name: string, arg: Ref): void {
  const H = rt.words;
  if (H[RootRef.ProfileFunction] === 0 || H[RootNum.TraceNesting] !== 0) return;
  const m = mark(rt);
  try {
    const object = temp(rt, newRef(rt, frameObject(rt, frame)));
    callHook(rt, object, H[RootRef.ProfileFunction], event, name, arg);
  } catch (error) {
    caught(rt, error, m);
    const exception = temp(rt, takeException(rt));
    clearWord(rt, RootRef.ProfileFunction);
    restoreException(rt, untemp(rt, exception));
    rethrow();
  }
  releaseTemps(rt, m.temps);
}

/** Both, for what both are told. */
export function traceAndProfile(rt: Runtime, frame: number, event: TraceEvent, arg: Ref): void {
  trace(rt, frame, event, arg);
  profile(rt, frame, event, NAMES[event], arg);
}

/** `callback(frame, name, arg)`; what it has written to `f_locals` goes to the frame's variables. `object` and `arg` are held
 *  by the caller. The result is a temporary.
 *  Source: CPython 3.12 call_trampoline. @runsPython */
function callHook(rt: Runtime, object: Ref, callback: Ref, event: TraceEvent, name: string, arg: Ref): Ref {
  const H = rt.words;
  const m = mark(rt);
  temp(rt, newRef(rt, callback));
  const text = temp(rt, internText(rt, name));
  const outer = H[RootNum.TraceEvent];
  H[RootNum.TraceEvent] = event;
  H[RootNum.TraceNesting]++;
  try {
    const result = temp(rt, call3(rt, callback, object, text, arg));
    writeBack(rt, object, Missing.BecomeNone);
    return result;
  } catch (error) {
    caught(rt, error, m);
    const exception = temp(rt, takeException(rt));
    writeBack(rt, object, Missing.BecomeNone);
    restoreException(rt, untemp(rt, exception));
    throw error;
  } finally {
    H[RootNum.TraceNesting]--;
    H[RootNum.TraceEvent] = outer;
  }
}

/** Does something while the pending exception, if any, is put aside; what `action` raises takes its place. */
export function asidePending(rt: Runtime, action: (exception: Ref) => void): void {
  const pending = takeException(rt);
  const m = tempMark(rt);
  if (pending !== 0) temp(rt, pending);
  const inside = mark(rt);
  try {
    action(pending);
  } catch (error) {
    caught(rt, error, inside);
    releaseTemps(rt, m);
    return;
  }
  releaseTemps(rt, inside.temps);
  if (pending !== 0) restoreException(rt, untemp(rt, pending));
}

/** `(type, value, traceback)` of an exception, owned. */
export function exceptionTuple(rt: Runtime, exception: Ref): Owned {
  const H = rt.words;
  return tupleOf(rt, H[exception + ObjectWord.Type], exception, H[exception + ExcWord.Traceback] || S.None);
}
