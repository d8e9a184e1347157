/**
 * Throwing into generators and closing them. What a suspended generator delegates to (`yield from`, `await`) gets the
 * exception first; only if it has no way to take it, or ends by it, does the generator's own body see it.
 */
import { decref, newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call1, callWithTuple, vectorcall } from '../core/call.ts';
import {
  caught,
  clearException,
  currentException,
  mark,
  pendingMatches,
  restoreException,
  runtimeError,
  takeException,
  typeError,
} from '../core/errors.ts';
import { chainContext, createException } from '../core/exceptions.ts';
import { ExcWord } from '../core/layout/exceptions.ts';
import { FrameState, FrameWord, GeneratorWord } from '../core/layout/frame.ts';
import { Id } from '../core/names.ts';
import { lookupAttr } from '../core/protocol/attribute.ts';
import { reprText } from '../core/protocol/text.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { popArgs, pushArgs, releaseKeeping, releaseTemps, temp, tempMark, untemp } from '../core/temps.ts';
import { isException, isSubtype, isTuple, isType, kindName } from '../core/types.ts';
import { writeUnraisable } from '../objects/exceptions/unraisable.ts';
import { delegate, endWithValue, kindOf, sendGenerator } from './generators.ts';
import { closeAtYield } from './quiet-close.ts';

/** `close()`: raises GeneratorExit at the suspension point. Source: CPython 3.12 gen_close. @runsPython */
export function closeGenerator(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const state = H[self + GeneratorWord.State];
  if (state === FrameState.Created) {
    H[self + GeneratorWord.State] = FrameState.Completed;
    return S.None as Ref as Owned;
  }
  if (state > FrameState.Executing) return S.None as Ref as Owned;
  const delegates = delegate(rt, self) !== 0;
  if (!delegates && closeAtYield(rt, self)) return S.None as Ref as Owned;
  const failed = delegates && closeDelegate(rt, self);
  if (!failed) restoreException(rt, chainContext(rt, createException(rt, T.GeneratorExit, 0 as Owned)));
  return finishClose(rt, self);
}

function finishClose(rt: Runtime, self: Ref): Owned {
  const m = mark(rt);
  try {
    const result = sendGenerator(rt, self, 0, true, true);
    decref(rt, result);
    if (rt.sendFinished) return S.None as Ref as Owned;
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.StopIteration) && !pendingMatches(rt, T.GeneratorExit)) throw error;
    clearException(rt);
    return S.None as Ref as Owned;
  }
  return runtimeError(rt, `${kindOf(rt, self)} ignored GeneratorExit`);
}

/** Closes the iterator that `yield from` waits for. True if that left an exception pending. */
function closeDelegate(rt: Runtime, self: Ref): boolean {
  const inner = delegate(rt, self);
  if (inner === 0) return false;
  const H = rt.words;
  const held = temp(rt, newRef(rt, inner));
  beginDelegation(H, self, false);
  const m = mark(rt);
  let failed = false;
  try {
    closeIterator(rt, held);
  } catch (error) {
    caught(rt, error, m);
    failed = true;
  }
  endDelegation(H, self, false);
  decref(rt, untemp(rt, held));
  return failed;
}

/** `inner.close()` if it has such a method. */
function closeIterator(rt: Runtime, inner: Ref): void {
  const type = rt.words[inner + ObjectWord.Type];
  if (type === T.generator || type === T.coroutine) {
    decref(rt, closeGenerator(rt, inner));
    return;
  }
  const close = closeMethod(rt, inner);
  if (close === 0) return;
  temp(rt, close);
  decref(rt, call0(rt, close));
  decref(rt, untemp(rt, close));
}

/** `inner.close`, owned; 0 if there is none, or if it cannot be read, which is unraisable. @runsPython */
function closeMethod(rt: Runtime, inner: Ref): Owned | 0 {
  const m = mark(rt);
  try {
    return lookupAttr(rt, inner, Id.close);
  } catch (error) {
    caught(rt, error, m);
    writeUnraisable(rt, null, inner);
    return 0;
  }
}

/** The exception object that the arguments of `throw` describe. */
function exceptionToThrow(rt: Runtime, type: Ref, value: Ref, traceback: Ref): Owned {
  checkTraceback(rt, traceback);
  const m = tempMark(rt);
  const exception = temp(rt, makeThrown(rt, type, value));
  if (traceback !== 0 && traceback !== S.None) setWord(rt, exception + ExcWord.Traceback, newRef(rt, traceback));
  return releaseKeeping(rt, m, newRef(rt, exception));
}

function checkTraceback(rt: Runtime, traceback: Ref): void {
  if (traceback === 0 || traceback === S.None || rt.words[traceback + ObjectWord.Type] === T.traceback) return;
  typeError(rt, 'throw() third argument must be a traceback object');
}

function makeThrown(rt: Runtime, type: Ref, value: Ref): Owned {
  if (isType(rt, type) && isSubtype(rt, type, T.BaseException)) return normalizeThrown(rt, type, value);
  if (isException(rt, type)) {
    if (value !== 0 && value !== S.None) typeError(rt, 'instance exception may not have a separate value');
    return newRef(rt, type);
  }
  return typeError(
    rt,
    `exceptions must be classes or instances deriving from BaseException, not ${kindName(rt, type)}`,
  );
}

/** The exception of a class and a value; what is raised while it is made is thrown instead (PyErr_NormalizeException). @runsPython */
export function normalizeThrown(rt: Runtime, type: Ref, value: Ref): Owned {
  if (value !== 0 && isException(rt, value) && isSubtype(rt, rt.words[value + ObjectWord.Type], type))
    return newRef(rt, value);
  const m = mark(rt);
  try {
    const made = createThrown(rt, type, value);
    if (rt.words[made + ObjectWord.Type] === type) return made;
    // CPython 3.12 makes an exception of the class when calling it gave another one (`OSError` of a known number).
    return createThrown(rt, type, temp(rt, made));
  } catch (error) {
    caught(rt, error, m);
    return takeException(rt);
  }
}

/** Calls the exception class with the value, with its items if it is a tuple, or with nothing (_PyErr_CreateException). @runsPython */
function createThrown(rt: Runtime, type: Ref, value: Ref): Owned {
  const made = callWithValue(rt, type, value);
  if (isException(rt, made)) return made;
  const wrong = temp(rt, made);
  const called = reprText(rt, type);
  return typeError(
    rt,
    `calling ${called} should have returned an instance of BaseException, not ${kindName(rt, wrong)}`,
  );
}

function callWithValue(rt: Runtime, type: Ref, value: Ref): Owned {
  if (value === 0 || value === S.None) return call0(rt, type);
  return isTuple(rt, value) ? callWithTuple(rt, type, value, 0) : call1(rt, type, value);
}

/** Throws the exception that the arguments of `throw` describe into the generator, or into what it delegates to. With `closing`
 *  a GeneratorExit closes the delegate instead. `rt.sendFinished` tells whether the result was returned.
 *  Source: CPython 3.12 _gen_throw. @runsPython */
export function throwInto(rt: Runtime, self: Ref, type: Ref, value: Ref, traceback: Ref, closing: boolean): Owned {
  const inner = delegate(rt, self);
  if (inner === 0) return throwHere(rt, self, type, value, traceback);
  if (closing && isGeneratorExit(rt, type)) {
    if (closeDelegate(rt, self)) return sendGenerator(rt, self, 0, true, false);
    return throwHere(rt, self, type, value, traceback);
  }
  return throwIntoDelegate(rt, self, inner, type, value, traceback, closing);
}

function throwHere(rt: Runtime, self: Ref, type: Ref, value: Ref, traceback: Ref): Owned {
  restoreException(rt, exceptionToThrow(rt, type, value, traceback));
  return sendGenerator(rt, self, 0, true, false);
}

function isGeneratorExit(rt: Runtime, type: Ref): boolean {
  return isSubtype(rt, isType(rt, type) ? type : rt.words[type + ObjectWord.Type], T.GeneratorExit);
}

function isGenerator(rt: Runtime, o: Ref): boolean {
  const type = rt.words[o + ObjectWord.Type];
  return type === T.generator || type === T.coroutine;
}

function throwIntoDelegate(
  rt: Runtime,
  self: Ref,
  inner: Ref,
  type: Ref,
  value: Ref,
  traceback: Ref,
  closing: boolean,
): Owned {
  const tm = tempMark(rt);
  temp(rt, newRef(rt, inner));
  const generator = isGenerator(rt, inner);
  const method = generator ? 0 : lookupAttr(rt, inner, Id.throw);
  if (method !== 0) temp(rt, method);
  if (method === 0 && !generator) {
    releaseTemps(rt, tm);
    return throwHere(rt, self, type, value, traceback);
  }
  const m = mark(rt);
  beginDelegation(rt.words, self, generator);
  let result: Owned | 0 = 0;
  try {
    result = generator
      ? throwToGenerator(rt, inner, type, value, traceback, closing)
      : callThrow(rt, method, type, value, traceback);
  } catch (error) {
    caught(rt, error, m);
  }
  endDelegation(rt.words, self, generator);
  if (result !== 0) {
    const kept = releaseKeeping(rt, tm, result);
    rt.sendFinished = false;
    return kept;
  }
  releaseTemps(rt, tm);
  return leaveDelegation(rt, self);
}

/** While something is thrown into the delegate, the generator counts as running. With `linked` its frame is the current one (so that
 *  tracebacks and `sys._getframe` see it); otherwise it is only in sight of the audit, among the frames off the stack. */
function beginDelegation(H: Int32Array, self: Ref, linked: boolean): void {
  const frame = self + GeneratorWord.Frame;
  H[self + GeneratorWord.State] = FrameState.Executing;
  if (linked) {
    H[frame + FrameWord.Previous] = H[RootNum.CurrentFrame];
    H[RootNum.CurrentFrame] = frame;
  } else {
    H[frame + FrameWord.ReturnOffset] = H[RootNum.DyingFrame];
    H[RootNum.DyingFrame] = frame;
  }
}

function endDelegation(H: Int32Array, self: Ref, linked: boolean): void {
  const frame = self + GeneratorWord.Frame;
  H[self + GeneratorWord.State] = FrameState.Suspended;
  if (linked) {
    H[RootNum.CurrentFrame] = H[frame + FrameWord.Previous];
    H[frame + FrameWord.Previous] = 0;
  } else {
    H[RootNum.DyingFrame] = H[frame + FrameWord.ReturnOffset];
    H[frame + FrameWord.ReturnOffset] = 0;
  }
}

/** The delegate ended: its StopIteration value is sent, or its exception thrown, into the generator itself. */
function leaveDelegation(rt: Runtime, self: Ref): Owned {
  // The exception goes through the generator's CLEANUP_THROW handler, which ends the delegation on StopIteration.
  return sendGenerator(rt, self, 0, currentException(rt) !== 0, false);
}

/** 0, with an exception pending, if the generator ended. */
function throwToGenerator(rt: Runtime, inner: Ref, type: Ref, value: Ref, traceback: Ref, closing: boolean): Owned | 0 {
  const result = throwInto(rt, inner, type, value, traceback, closing);
  if (!rt.sendFinished) return result;
  return endWithValue(rt, result, true);
}

/** `throw(type, value, traceback)` with as many arguments as there are. */
function callThrow(rt: Runtime, method: Ref, type: Ref, value: Ref, traceback: Ref): Owned {
  const base = pushArgs(rt, 3);
  rt.words.set([type, value, traceback], base);
  const n = value === 0 ? 1 : traceback === 0 ? 2 : 3;
  const result = vectorcall(rt, method, base, n, 0);
  popArgs(rt, base);
  return result;
}

/** Warns of `throw(type, value)`: CPython 3.12 wants one argument. @runsPython */
export function warnOldThrow(rt: Runtime, name: string, value: Ref): void {
  if (value === 0) return;
  rt.warnDeprecated(`the (type, exc, tb) signature of ${name}() is deprecated, use the single-arg signature instead.`);
}
