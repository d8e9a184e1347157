/** The types `generator`, `coroutine` and `coroutine_wrapper`: methods and attributes. */
import { decref, gcNew, LayoutKind, newRef, ObjectWord, setWord, track, TypeFlag } from '@moult/heap';
import type { CustomLayout, Heap, Owned, Ref, Visit } from '@moult/heap';
import { CodeFlag } from '../compiler/code-data.ts';
import { caught, mark, restoreException, rethrow, takeException, typeError } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { FrameState, FrameWord, GeneratorWord } from '../core/layout/frame.ts';
import { getset, member, native } from '../core/native.ts';
import type { GetSetDefinition, NativeDefinition } from '../core/native.ts';
import { hexAddress } from '../core/protocol/text.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { pyBool, S, T } from '../core/static.ts';
import { newStr, strText } from '../core/str.ts';
import { temp, untemp } from '../core/temps.ts';
import { defineType } from '../core/type-spec.ts';
import type { Slots } from '../core/type-spec.ts';
import { isStr, kindName } from '../core/types.ts';
import { writeUnraisable } from '../objects/exceptions/unraisable.ts';
import { finalizeByHook } from './async-generator.ts';
import { frameObject } from '../frames/frame-object.ts';
import { executable } from '../frames/frames.ts';
import { traverseRunning } from '../frames/running-generator.ts';
import { closeGenerator, throwInto, warnOldThrow } from './generator-throw.ts';
import {
  deallocGenerator,
  delegate,
  endWithValue,
  generatorBytes,
  generatorNext,
  generatorWords,
  sendGenerator,
} from './generators.ts';

/** What the collector sees: names, the frame (unless it is done; for a running one see there), the handled exception, and the finalizer hook of
 *  an asynchronous generator. A coroutine's origin and the code of a finished frame are owned besides. */
const generatorLayout: CustomLayout = {
  name: 'generator',
  traverse(heap: Heap, o: Ref, visit: Visit) {
    const H = heap.words;
    if (H[o + ObjectWord.Type] === T.asyncGenerator && H[o + GeneratorWord.OriginOrFinalizer] !== 0)
      visit(H[o + GeneratorWord.OriginOrFinalizer]);
    visit(H[o + GeneratorWord.Name]);
    visit(H[o + GeneratorWord.Qualname]);
    const state = H[o + GeneratorWord.State];
    if (state === FrameState.Executing) traverseRunning(heap, o + GeneratorWord.Frame, visit);
    else if (state < FrameState.Cleared) traverseFrame(H, o + GeneratorWord.Frame, visit);
    if (H[o + GeneratorWord.ExcValue] !== 0) visit(H[o + GeneratorWord.ExcValue]);
  },
  owned(heap: Heap, o: Ref, visit: Visit) {
    const H = heap.words;
    if (H[o + ObjectWord.Type] !== T.asyncGenerator && H[o + GeneratorWord.OriginOrFinalizer] !== 0)
      visit(H[o + GeneratorWord.OriginOrFinalizer]);
    const state = H[o + GeneratorWord.State];
    const frame = o + GeneratorWord.Frame;
    if (state >= FrameState.Cleared && H[frame] !== 0 && !isDying(H, frame)) visit(H[frame]);
  },
};

/** Whether the frame is being cleared: the runtime's own scanner finds what it owns. */
function isDying(H: Int32Array, frame: number): boolean {
  for (let f = H[RootNum.DyingFrame]; f !== 0; f = H[f + FrameWord.ReturnOffset]) if (f === frame) return true;
  return false;
}

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
  endWithValue(rt, value, true);
  return rethrow();
}

/** `throw(type_or_value[, value[, traceback]])` @runsPython */
function generatorThrow(rt: Runtime, self: Ref, type: Ref, value: Ref, traceback: Ref): Owned {
  warnOldThrow(rt, 'throw', value);
  const result = throwInto(rt, self, type, value, traceback, true);
  return rt.sendFinished ? raiseStop(rt, result) : result;
}

/** `tp_finalize`: closes a suspended generator; errors are unraisable. Asynchronous ones are left to the finalizer hook, if there
 *  is one; a coroutine that never started causes a warning. Source: CPython 3.12 _PyGen_Finalize. @runsPython */
export function finalizeGenerator(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const state = H[self + GeneratorWord.State];
  if (state >= FrameState.Executing) return;
  if (H[self + ObjectWord.Type] === T.asyncGenerator && finalizeByHook(rt, self)) return;
  const pending = takeException(rt);
  if (pending !== 0) temp(rt, pending);
  const code = executable(rt, H[self + GeneratorWord.Frame]);
  if (state === FrameState.Created && (code.flags & CodeFlag.COROUTINE) !== 0) rt.warnUnawaited(self);
  else closeQuietly(rt, self);
  if (pending !== 0) restoreException(rt, untemp(rt, pending));
}

function closeQuietly(rt: Runtime, self: Ref): void {
  const m = mark(rt);
  try {
    decref(rt, closeGenerator(rt, self));
  } catch (error) {
    caught(rt, error, m);
    writeUnraisable(rt, null, self);
  }
}

export function generatorRepr(rt: Runtime, self: Ref): Owned {
  const qualname = strText(rt, rt.words[self + GeneratorWord.Qualname]);
  return newStr(rt, `<${kindName(rt, self)} object ${qualname} at ${hexAddress(self)}>`);
}

function getRunning(rt: Runtime, self: Ref): Owned {
  return pyBool(rt.words[self + GeneratorWord.State] === FrameState.Executing) as Owned;
}

export function getSuspended(rt: Runtime, self: Ref): Owned {
  return pyBool(rt.words[self + GeneratorWord.State] === FrameState.Suspended) as Owned;
}

export function getFrame(rt: Runtime, self: Ref): Owned {
  if (rt.words[self + GeneratorWord.State] > FrameState.Executing) return S.None as Ref as Owned;
  return newRef(rt, frameObject(rt, self + GeneratorWord.Frame));
}

export function getCode(rt: Runtime, self: Ref): Owned {
  return newRef(rt, rt.words[self + GeneratorWord.Frame]);
}

export function getDelegate(rt: Runtime, self: Ref): Owned {
  return newRef(rt, delegate(rt, self) || S.None);
}

function nameSetter(word: number, name: string) {
  return (rt: Runtime, self: Ref, value: Ref): void => {
    if (value === 0 || !isStr(rt, value)) typeError(rt, `${name} must be set to a string object`);
    setWord(rt, self + word, newRef(rt, value));
  };
}

function nameOf(kind: string): GetSetDefinition {
  return getset(
    '__name__',
    (rt, self) => newRef(rt, rt.words[self + GeneratorWord.Name]),
    nameSetter(GeneratorWord.Name, '__name__'),
    `name of the ${kind}`,
  );
}

function qualnameOf(kind: string): GetSetDefinition {
  return getset(
    '__qualname__',
    (rt, self) => newRef(rt, rt.words[self + GeneratorWord.Qualname]),
    nameSetter(GeneratorWord.Qualname, '__qualname__'),
    `qualified name of the ${kind}`,
  );
}

export const NAME = nameOf('generator');
export const QUALNAME = qualnameOf('generator');

function generatorSizeof(rt: Runtime, self: Ref): Owned {
  const exec = executable(rt, rt.words[self + GeneratorWord.Frame]);
  return newInt(rt, generatorBytes(exec.nlocalsplus + exec.stacksize));
}

export const SIZEOF = native('__sizeof__()', generatorSizeof, {
  unsigned: true,
  doc: 'gen.__sizeof__() -> size of gen in memory, in bytes',
});

/** What programs do with a generator or coroutine; the docstrings name it and what it gives. */
function methodsOf(kind: string, gives: string): NativeDefinition[] {
  return [
    native('send(arg, /)', generatorSend, {
      unsigned: true,
      doc: `send(arg) -> send 'arg' into ${kind},\nreturn next ${gives} value or raise StopIteration.`,
    }),
    native('throw(type, value=None, traceback=None, /)', generatorThrow, {
      unsigned: true,
      doc: `throw(value)\n\nRaise exception in ${kind}, return next ${gives} value or raise\nStopIteration.`,
    }),
    native('close()', (rt, self) => closeGenerator(rt, self), {
      unsigned: true,
      doc: `close() -> raise GeneratorExit inside ${kind}.`,
    }),
    SIZEOF,
  ];
}

/** What generators, coroutines and asynchronous generators have in common. */
export const BASIC = {
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
  methods: methodsOf('generator', 'yielded'),
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
  methods: methodsOf('coroutine', 'iterated'),
  getset: [
    nameOf('coroutine'),
    qualnameOf('coroutine'),
    getset('cr_await', getDelegate, null, 'object being awaited on, or None'),
    getset('cr_running', getRunning),
    getset('cr_frame', getFrame),
    getset('cr_code', getCode),
    getset('cr_suspended', getSuspended),
  ],
  members: [member('cr_origin', GeneratorWord.OriginOrFinalizer)],
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
