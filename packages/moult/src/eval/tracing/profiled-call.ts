/** Calls of natives while a profile function is set: it is told before and after. */
import { newRef, ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { Op } from '../../compiler/opcodes.ts';
import { caught, mark, rethrow } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { DescrGetSlot } from '../../core/functions.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { FrameWord, TraceEvent } from '../../core/layout/frame.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import type { ExecutableCode } from '../../frames/executable-code.ts';
import { callFunctionEx, callValues, pushFunctionEx } from '../calls.ts';
import { asidePending, profile } from './call-tracer.ts';

/** If the instruction calls a native, does so (or, for the names of its keywords, nothing) and returns the new `sp`: it is done.
 *  Otherwise 0. @runsPython @mayCollect */
export function profiledCall(rt: Runtime, frame: number, exec: ExecutableCode, sp: number, unit: number): number {
  switch (exec.originalOp(unit) as Op) {
    case Op.KW_NAMES:
      return calledNative(rt, sp, argumentCount(exec, callAfter(exec, unit))) === 0 ? 0 : sp;
    case Op.CALL:
      return profiledPlainCall(rt, frame, exec, sp, unit);
    default:
      return profiledSpreadCall(rt, frame, exec, sp, unit);
  }
}

function argumentCount(exec: ExecutableCode, unit: number): number {
  return exec.originalUnit(unit) >> 8;
}

/** The CALL that the names at `unit` belong to. */
function callAfter(exec: ExecutableCode, unit: number): number {
  let call = unit + 1;
  while (exec.originalOp(call) === (Op.EXTENDED_ARG as number)) call++;
  return call;
}

/** The tuple of names that belongs to the CALL at `unit`, or 0. */
function namesBefore(rt: Runtime, frame: number, exec: ExecutableCode, unit: number): Ref {
  const H = rt.words;
  let before = unit - 1;
  while (before >= 0 && exec.originalOp(before) === (Op.EXTENDED_ARG as number)) before--;
  if (before < 0 || exec.originalOp(before) !== (Op.KW_NAMES as number)) return 0;
  return H[H[H[frame + FrameWord.Code] + CodeWord.Consts] + TupleWord.Items + argumentCount(exec, before)];
}

/** The native function or method that CALL is about to call, 0 if it is something else; borrowed from the stack. */
function calledNative(rt: Runtime, sp: number, nargs: number): Ref {
  const H = rt.words;
  const callable = H[sp - nargs - 2] || H[sp - nargs - 1];
  const type = H[callable + ObjectWord.Type];
  return type === T.builtinFunction || type === T.methodDescriptor ? callable : 0;
}

function profiledPlainCall(rt: Runtime, frame: number, exec: ExecutableCode, sp: number, unit: number): number {
  const H = rt.words;
  const nargs = argumentCount(exec, unit);
  const callable = calledNative(rt, sp, nargs);
  if (callable === 0) return 0;
  const target = sp - nargs - 2;
  const withSelf = H[target] !== 0;
  const first = withSelf ? sp - nargs - 1 : sp - nargs;
  const names = namesBefore(rt, frame, exec, unit);
  const shown = shownAs(rt, callable, first < sp ? H[first] : 0);
  return between(rt, frame, shown, () => callValues(rt, frame, callable, first, sp - first, names, sp, target));
}

function profiledSpreadCall(rt: Runtime, frame: number, exec: ExecutableCode, sp: number, unit: number): number {
  const H = rt.words;
  const arg = argumentCount(exec, unit);
  const args = sp - 1 - (arg & 1);
  const type = H[H[args - 1] + ObjectWord.Type];
  if (type !== T.builtinFunction && type !== T.methodDescriptor) return 0;
  pushFunctionEx(rt, frame, sp, arg);
  const tuple = H[args];
  const shown = shownAs(rt, H[args - 1], H[tuple + TupleWord.Size] > 0 ? H[tuple + TupleWord.Items] : 0);
  return between(rt, frame, shown, () => callFunctionEx(rt, frame, sp, arg));
}

/** What the profile function gets to see: a method bound to its object. Owned; 0: nothing to be told. */
function shownAs(rt: Runtime, callable: Ref, self: Ref): Owned | 0 {
  const H = rt.words;
  if (H[callable + ObjectWord.Type] === T.builtinFunction) return newRef(rt, callable);
  if (self === 0) return 0;
  const get = SLOT_FUNCTIONS[H[T.methodDescriptor + TypeWord.DescrGet]] as DescrGetSlot;
  return get(rt, callable, self, H[self + ObjectWord.Type]);
}

function between(rt: Runtime, frame: number, shown: Owned | 0, call: () => number): number {
  if (shown === 0) return call();
  const before = tempMark(rt);
  temp(rt, shown);
  profile(rt, frame, TraceEvent.NativeCall, 'c_call', shown);
  const m = mark(rt);
  let sp: number;
  try {
    sp = call();
  } catch (error) {
    caught(rt, error, m);
    asidePending(rt, () => {
      profile(rt, frame, TraceEvent.NativeCall, 'c_exception', shown);
    });
    rethrow();
  }
  profile(rt, frame, TraceEvent.NativeCall, 'c_return', shown);
  releaseTemps(rt, before);
  return sp;
}
