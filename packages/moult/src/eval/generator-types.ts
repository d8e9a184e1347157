/** The types `generator`, `coroutine` and `coroutine_wrapper`: methods and attributes. */
import { clearWord, decref, gcNew, LayoutKind, newRef, setWord, track, TypeFlag } from '@moult/heap';
import type { CustomLayout, Heap, Owned, Ref, Visit } from '@moult/heap';
import { CodeFlag } from '../compiler/code-data.ts';
import { Op } from '../compiler/opcodes.ts';
import { call0, vectorcall } from '../core/call.ts';
import {
  caught,
  clearException,
  currentException,
  mark,
  pendingMatches,
  restoreException,
  rethrow,
  runtimeError,
  takeException,
  typeError,
} from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { createException } from '../core/exceptions.ts';
import { ExcWord } from '../core/layout/exceptions.ts';
import { FrameState, FrameWord, GeneratorWord } from '../core/layout/frame.ts';
import { getset, member, native } from '../core/native.ts';
import { Id } from '../core/names.ts';
import { lookupAttr } from '../core/protocol/attribute.ts';
import { hexAddress } from '../core/protocol/text.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { pyBool, S, T } from '../core/static.ts';
import { newStr, strText } from '../core/str.ts';
import { popArgs, pushArgs, releaseKeeping, temp, tempMark, untemp } from '../core/temps.ts';
import { defineType } from '../core/type-spec.ts';
import type { Slots } from '../core/type-spec.ts';
import { isException, isStr, isSubtype, isType, kindName } from '../core/types.ts';
import { writeUnraisable } from '../objects/exceptions/unraisable.ts';
import { frameObject } from './frame-object.ts';
import { executable } from './frames.ts';
import {
  deallocGenerator,
  delegate,
  endWithValue,
  generatorBytes,
  generatorNext,
  generatorWords,
  sendGenerator,
} from './generators.ts';

/** What GC sees: the frame (unless it is running or done) and the handled exception; names and code are owned besides. */
export const generatorLayout: CustomLayout = {
  name: 'generator',
  traverse(heap: Heap, o: Ref, visit: Visit) {
    const H = heap.words;
    if (H[o + GeneratorWord.State] < FrameState.Cleared && H[o + GeneratorWord.State] !== FrameState.Executing) {
      traverseFrame(H, o + GeneratorWord.Frame, visit);
    }
    if (H[o + GeneratorWord.ExcValue] !== 0) visit(H[o + GeneratorWord.ExcValue]);
  },
  owned(heap: Heap, o: Ref, visit: Visit) {
    const H = heap.words;
    visit(H[o + GeneratorWord.Name]);
    visit(H[o + GeneratorWord.Qualname]);
    if (H[o + GeneratorWord.OriginOrFinalizer] !== 0) visit(H[o + GeneratorWord.OriginOrFinalizer]);
    const state = H[o + GeneratorWord.State];
    if (state >= FrameState.Cleared && H[o + GeneratorWord.Frame] !== 0) visit(H[o + GeneratorWord.Frame]);
  },
};

/** Frame object, locals, function, code, then variables and stack (_PyFrame_Traverse). */
function traverseFrame(H: Int32Array, frame: number, visit: Visit): void {
  if (H[frame + FrameWord.FrameObject] !== 0) visit(H[frame + FrameWord.FrameObject]);
  if (H[frame + FrameWord.Locals] !== 0) visit(H[frame + FrameWord.Locals]);
  if (H[frame + FrameWord.Function] !== 0) visit(H[frame + FrameWord.Function]);
  if (H[frame + FrameWord.Code] !== 0) visit(H[frame + FrameWord.Code]);
  const first = frame + FrameWord.LocalsPlus;
  for (let i = first; i < first + H[frame + FrameWord.StackTop]; i++) if (H[i] !== 0) visit(H[i]);
}

function generatorSend(rt: Runtime, self: Ref, value: Ref): Owned {
  const result = sendGenerator(rt, self, value, false, false);
  return rt.sendFinished ? raiseStop(rt, result) : result;
}

/** Throws `StopIteration(value)`; without arguments for None. Takes `value`. */
function raiseStop(rt: Runtime, value: Owned): never {
  if (value === (S.None as number)) restoreException(rt, createException(rt, T.StopIteration, 0 as Owned));
  else endWithValue(rt, value);
  return rethrow();
}

/** `close()`: raises GeneratorExit at the suspension point. Source: CPython 3.12 gen_close. @runsPython */
export function closeGenerator(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const state = H[self + GeneratorWord.State];
  if (state === FrameState.Created) {
    H[self + GeneratorWord.State] = FrameState.Completed;
    return S.None as Ref as Owned;
  }
  if (state > FrameState.Executing) return S.None as Ref as Owned;
  const failed = closeDelegate(rt, self);
  if (!failed && suspendedOutsideOfTry(rt, self)) {
    H[self + GeneratorWord.State] = FrameState.Completed;
    clearLocals(rt, self + GeneratorWord.Frame);
    return S.None as Ref as Owned;
  }
  if (!failed) restoreException(rt, createException(rt, T.GeneratorExit, 0 as Owned));
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
  return runtimeError(rt, `${closingName(rt, self)} ignored GeneratorExit`);
}

function closingName(rt: Runtime, self: Ref): string {
  const type = rt.words[self + 1];
  if (type === T.coroutine) return 'coroutine';
  return type === T.asyncGenerator ? 'async generator' : 'generator';
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
  const type = rt.words[inner + 1];
  if (type === T.generator || type === T.coroutine) {
    closeGenerator(rt, inner);
    return;
  }
  const close = lookupAttr(rt, inner, Id.close);
  if (close === 0) return;
  temp(rt, close);
  decref(rt, call0(rt, close));
  decref(rt, untemp(rt, close));
}

/** True if the suspended frame is in no try block of the source: the argument of YIELD_VALUE is the block depth. */
function suspendedOutsideOfTry(rt: Runtime, self: Ref): boolean {
  const H = rt.words;
  const frame = self + GeneratorWord.Frame;
  const unit = executable(rt, H[frame + FrameWord.Code]).units[H[frame + FrameWord.PrevInstr]];
  return (unit & 255) === Op.YIELD_VALUE && unit >> 8 === 1 && delegate(rt, self) === 0;
}

/** Releases variables and stack; the frame stays (_PyFrame_ClearLocals). */
function clearLocals(rt: Runtime, frame: number): void {
  const H = rt.words;
  const first = frame + FrameWord.LocalsPlus;
  const n = H[frame + FrameWord.StackTop];
  H[frame + FrameWord.StackTop] = 0;
  for (let i = first; i < first + n; i++) {
    const o = H[i];
    H[i] = 0;
    if (o !== 0) decref(rt, o);
  }
  clearWord(rt, frame + FrameWord.Locals);
}

/** `throw(type_or_value[, value[, traceback]])` @runsPython */
function generatorThrow(rt: Runtime, self: Ref, type: Ref, value: Ref, traceback: Ref): Owned {
  const m = tempMark(rt);
  const exception = temp(rt, exceptionToThrow(rt, type, value, traceback));
  const result = throwInto(rt, self, exception);
  const finished = rt.sendFinished;
  const kept = releaseKeeping(rt, m, result);
  return finished ? raiseStop(rt, kept) : kept;
}

/** The exception object that the arguments of `throw` describe. */
export function exceptionToThrow(rt: Runtime, type: Ref, value: Ref, traceback: Ref): Owned {
  checkTraceback(rt, traceback);
  const m = tempMark(rt);
  const exception = temp(rt, makeThrown(rt, type, value));
  if (traceback !== 0 && traceback !== S.None) setWord(rt, exception + ExcWord.Traceback, newRef(rt, traceback));
  return releaseKeeping(rt, m, newRef(rt, exception));
}

function checkTraceback(rt: Runtime, traceback: Ref): void {
  if (traceback === 0 || traceback === S.None || rt.words[traceback + 1] === T.traceback) return;
  typeError(rt, 'throw() third argument must be a traceback object');
}

function makeThrown(rt: Runtime, type: Ref, value: Ref): Owned {
  if (isType(rt, type) && isSubtype(rt, type, T.BaseException)) return instantiateThrown(rt, type, value);
  if (isException(rt, type)) {
    if (value !== 0 && value !== S.None) typeError(rt, 'instance exception may not have a separate value');
    return newRef(rt, type);
  }
  return typeError(rt, `exceptions must be classes or instances deriving from BaseException, not ${kindName(rt, type)}`);
}

function instantiateThrown(rt: Runtime, type: Ref, value: Ref): Owned {
  if (value !== 0 && isException(rt, value) && isSubtype(rt, rt.words[value + 1], type)) return newRef(rt, value);
  const none = value === 0 || value === S.None;
  const base = pushArgs(rt, 1);
  rt.words[base] = value;
  const made = vectorcall(rt, type, base, none ? 0 : 1, 0);
  popArgs(rt, base);
  return made;
}

/** Throws into the generator, or into what it delegates to. `rt.sendFinished` tells whether the result was returned. */
export function throwInto(rt: Runtime, self: Ref, exception: Ref): Owned {
  const inner = delegate(rt, self);
  if (inner === 0) {
    restoreException(rt, newRef(rt, exception));
    return sendGenerator(rt, self, 0, true, false);
  }
  return throwIntoDelegate(rt, self, inner, exception);
}

function throwIntoDelegate(rt: Runtime, self: Ref, inner: Ref, exception: Ref): Owned {
  const H = rt.words;
  if (isSubtype(rt, H[exception + 1], T.GeneratorExit)) {
    if (!closeDelegate(rt, self)) restoreException(rt, newRef(rt, exception));
    return sendGenerator(rt, self, 0, true, false);
  }
  const held = temp(rt, newRef(rt, inner));
  const generator = H[inner + 1] === T.generator || H[inner + 1] === T.coroutine;
  beginDelegation(H, self, generator);
  const m = mark(rt);
  let result: Owned | 0 = 0;
  try {
    result = throwToInner(rt, held, exception);
  } catch (error) {
    caught(rt, error, m);
  }
  endDelegation(H, self, generator);
  decref(rt, untemp(rt, held));
  if (result !== 0) return result;
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

/** `inner.throw(exception)`; 0, with an exception pending, if that ended the iterator. */
function throwToInner(rt: Runtime, inner: Ref, exception: Ref): Owned | 0 {
  const type = rt.words[inner + 1];
  if (type === T.generator || type === T.coroutine) {
    const result = throwInto(rt, inner, exception);
    if (!rt.sendFinished) return result;
    endOfDelegate(rt, result);
    return 0;
  }
  const method = lookupAttr(rt, inner, Id.throw);
  if (method === 0) {
    restoreException(rt, newRef(rt, exception));
    return 0;
  }
  temp(rt, method);
  const base = pushArgs(rt, 1);
  rt.words[base] = exception;
  const result = vectorcall(rt, method, base, 1, 0);
  popArgs(rt, base);
  decref(rt, untemp(rt, method));
  rt.sendFinished = false;
  return result;
}

function endOfDelegate(rt: Runtime, value: Owned): void {
  if (value === (S.None as number)) restoreException(rt, createException(rt, T.StopIteration, 0 as Owned));
  else endWithValue(rt, value);
}

/** `tp_finalize`: closes a suspended generator; errors are unraisable. Source: CPython 3.12 _PyGen_Finalize. */
export function finalizeGenerator(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const state = H[self + GeneratorWord.State];
  if (state > FrameState.Executing || state === FrameState.Executing) return;
  const pending = takeException(rt);
  if (pending !== 0) temp(rt, pending);
  const code = executable(rt, H[self + GeneratorWord.Frame]);
  if (state === FrameState.Created && (code.flags & CodeFlag.COROUTINE) !== 0) rt.warnUnawaited(self);
  const m = mark(rt);
  try {
    closeGenerator(rt, self);
  } catch (error) {
    caught(rt, error, m);
    writeUnraisable(rt, null, self);
  }
  if (pending !== 0) restoreException(rt, untemp(rt, pending));
}

function generatorRepr(rt: Runtime, self: Ref): Owned {
  const qualname = strText(rt, rt.words[self + GeneratorWord.Qualname]);
  return newStr(rt, `<${kindName(rt, self)} object ${qualname} at ${hexAddress(self)}>`);
}

function getRunning(rt: Runtime, self: Ref): Owned {
  return pyBool(rt.words[self + GeneratorWord.State] === FrameState.Executing) as Owned;
}

function getSuspended(rt: Runtime, self: Ref): Owned {
  return pyBool(rt.words[self + GeneratorWord.State] === FrameState.Suspended) as Owned;
}

function getFrame(rt: Runtime, self: Ref): Owned {
  if (rt.words[self + GeneratorWord.State] > FrameState.Executing) return S.None as Ref as Owned;
  return newRef(rt, frameObject(rt, self + GeneratorWord.Frame));
}

function getCode(rt: Runtime, self: Ref): Owned {
  return newRef(rt, rt.words[self + GeneratorWord.Frame]);
}

function getDelegate(rt: Runtime, self: Ref): Owned {
  return newRef(rt, delegate(rt, self) || S.None);
}

function nameSetter(word: number, name: string) {
  return (rt: Runtime, self: Ref, value: Ref): void => {
    if (value === 0 || !isStr(rt, value)) typeError(rt, `${name} must be set to a string object`);
    setWord(rt, self + word, newRef(rt, value));
  };
}

const NAME = getset(
  '__name__',
  (rt, self) => newRef(rt, rt.words[self + GeneratorWord.Name]),
  nameSetter(GeneratorWord.Name, '__name__'),
  'name of the generator',
);
const QUALNAME = getset(
  '__qualname__',
  (rt, self) => newRef(rt, rt.words[self + GeneratorWord.Qualname]),
  nameSetter(GeneratorWord.Qualname, '__qualname__'),
  'qualified name of the generator',
);

function generatorSizeof(rt: Runtime, self: Ref): Owned {
  const exec = executable(rt, rt.words[self + GeneratorWord.Frame]);
  return newInt(rt, generatorBytes(exec.nlocalsplus + exec.data.stacksize));
}

const METHODS = [
  native('send($self, value, /)', generatorSend, { doc: 'Resumes with a value; returns what is yielded next.' }),
  native('throw($self, type, value=None, traceback=None, /)', generatorThrow, { doc: 'Raises an exception where the body is suspended.' }),
  native('close($self, /)', (rt, self) => closeGenerator(rt, self), { doc: 'Raises GeneratorExit where the body is suspended.' }),
  native('__sizeof__($self, /)', generatorSizeof),
];

const BASIC = {
  basicSize: 144,
  itemSize: 8,
  words: generatorWords(0),
  itemWords: 1,
  flags: TypeFlag.HaveGc,
  layout: generatorLayout,
  dealloc: deallocGenerator,
  weakListWord: GeneratorWord.WeakList,
};

const GENERATOR_SLOTS: Slots = {
  repr: generatorRepr,
  iter: (rt, self) => newRef(rt, self),
  iternext: generatorNext,
  finalize: finalizeGenerator,
};

defineType({
  ref: T.generator,
  name: 'generator',
  ...BASIC,
  slots: GENERATOR_SLOTS,
  methods: METHODS,
  getset: [
    NAME,
    QUALNAME,
    getset('gi_yieldfrom', getDelegate, null, 'object being iterated by yield from, or None'),
    getset('gi_running', getRunning),
    getset('gi_frame', getFrame),
    getset('gi_suspended', getSuspended),
    getset('gi_code', getCode),
  ],
});

defineType({
  ref: T.coroutine,
  name: 'coroutine',
  ...BASIC,
  slots: { repr: generatorRepr, finalize: finalizeGenerator, amAwait: newCoroutineWrapper },
  methods: METHODS,
  getset: [
    NAME,
    QUALNAME,
    getset('cr_await', getDelegate, null, 'object being awaited on, or None'),
    getset('cr_running', getRunning),
    getset('cr_frame', getFrame),
    getset('cr_code', getCode),
    getset('cr_suspended', getSuspended),
  ],
  members: [member('cr_origin', GeneratorWord.OriginOrFinalizer)],
});

defineType({
  ref: T.asyncGenerator,
  name: 'async_generator',
  ...BASIC,
  slots: { repr: generatorRepr, finalize: finalizeGenerator },
  getset: [NAME, QUALNAME, getset('ag_await', getDelegate), getset('ag_frame', getFrame), getset('ag_code', getCode)],
});

/** `coroutine_wrapper`, what `__await__` of a coroutine gives. */
const enum WrapperWord {
  Coroutine = 2,
  Words = 3,
}

function newCoroutineWrapper(rt: Runtime, self: Ref): Owned {
  const wrapper = gcNew(rt, T.coroutineWrapper);
  rt.words[wrapper + WrapperWord.Coroutine] = newRef(rt, self);
  track(rt, wrapper);
  return wrapper;
}

function wrapped(rt: Runtime, self: Ref): Ref {
  return rt.words[self + WrapperWord.Coroutine];
}

defineType({
  ref: T.coroutineWrapper,
  name: 'coroutine_wrapper',
  basicSize: 24,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [WrapperWord.Coroutine],
  doc: 'A wrapper object implementing __await__ for coroutines.',
  slots: { iter: (rt, self) => newRef(rt, self), iternext: (rt, self) => generatorNext(rt, wrapped(rt, self)) },
  methods: [
    native('send($self, value, /)', (rt, self, value) => generatorSend(rt, wrapped(rt, self), value)),
    native('throw($self, type, value=None, traceback=None, /)', (rt, self, type, value, traceback) =>
      generatorThrow(rt, wrapped(rt, self), type, value, traceback),
    ),
    native('close($self, /)', (rt, self) => closeGenerator(rt, wrapped(rt, self))),
  ],
});
