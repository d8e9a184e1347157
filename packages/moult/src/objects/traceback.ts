/** Tracebacks: one entry per frame that an exception passed, innermost last. */
import {
  clearWord,
  freeObject,
  gcNew,
  newRef,
  ObjectWord,
  setWord,
  track,
  trashcanBegin,
  trashcanEnd,
  TypeFlag,
  untrack,
  xincref,
} from '@moult/heap';
import type { CustomLayout, Owned, Ref } from '@moult/heap';
import { dictGetText } from '../core/dict/index.ts';
import { typeError, valueError } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { ExcWord } from '../core/layout/exceptions.ts';
import { FrameObjectWord, FrameWord, TracebackWord } from '../core/layout/frame.ts';
import { listAppendTake, newList } from '../core/list.ts';
import { getset, member, MemberKind, native } from '../core/native.ts';
import { RootRef } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, T } from '../core/static.ts';
import { newStr } from '../core/str.ts';
import { temp, untemp } from '../core/temps.ts';
import { defineType } from '../core/type-spec.ts';
import { kindName, typeName } from '../core/types.ts';
import { executable } from '../frames/frames.ts';
import { frameObject } from '../frames/frame-object.ts';
import { arg, argCount } from './exceptions/arguments.ts';
import { asIndex } from './exceptions/os-error.ts';

/** Puts an entry for `frame` in front of the pending exception's traceback.
 *  Source: CPython 3.12 PyTraceBack_Here. @mayCollect none */
export function addTraceback(rt: Runtime, frame: number): void {
  const H = rt.words;
  const object = frameObject(rt, frame);
  const exception = H[RootRef.CurrentException];
  const entry = newTracebackEntry(rt, H[exception + ExcWord.Traceback], object, H[frame + FrameWord.PrevInstr] * 2, -1);
  setWord(rt, exception + ExcWord.Traceback, entry);
}

/** A traceback entry in front of `next` (0: none); line −1 is computed when asked. Borrows everything. */
export function newTracebackEntry(rt: Runtime, next: Ref, frame: Ref, lasti: number, line: number): Owned {
  const H = rt.words;
  const entry = gcNew(rt, T.traceback);
  xincref(rt, next);
  H[entry + TracebackWord.Next] = next;
  H[entry + TracebackWord.Frame] = newRef(rt, frame);
  H[entry + TracebackWord.Lasti] = lasti;
  H[entry + TracebackWord.LineNo] = line;
  track(rt, entry);
  return entry;
}

/** The line of an entry: computed when it was not given; −1 if the code has none there. */
export function tracebackLine(rt: Runtime, entry: Ref): number {
  const H = rt.words;
  const line = H[entry + TracebackWord.LineNo];
  if (line !== -1) return line;
  const frame = H[H[entry + TracebackWord.Frame] + FrameObjectWord.Frame];
  return executable(rt, H[frame + FrameWord.Code]).lineAt(H[entry + TracebackWord.Lasti] >> 1);
}

const PARAMETERS = ['tb_next', 'tb_frame', 'tb_lasti', 'tb_lineno'];

function tracebackNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  const given = PARAMETERS.map((name, i) => parameter(rt, args, kwargs, name, i));
  const [next, frame, lasti, line] = given as [Ref, Ref, Ref, Ref];
  if (rt.words[frame + ObjectWord.Type] !== T.frame) {
    typeError(
      rt,
      `TracebackType() argument 'tb_frame' must be frame, not ${frame === S.None ? 'None' : kindName(rt, frame)}`,
    );
  }
  const index = asIndex(rt, lasti);
  return newTracebackEntry(rt, checkNext(rt, next, ' or None'), frame, index, asIndex(rt, line));
}

function parameter(rt: Runtime, args: Ref, kwargs: Ref, name: string, i: number): Ref {
  if (i < argCount(rt, args)) return arg(rt, args, i);
  const value = kwargs === 0 ? 0 : dictGetText(rt, kwargs, name);
  return value !== 0 ? value : typeError(rt, `TracebackType() missing required argument '${name}' (pos ${i + 1})`);
}

/** The entry, 0 for None. */
function checkNext(rt: Runtime, value: Ref, orNone: string): Ref {
  if (value === S.None) return 0;
  if (rt.words[value + ObjectWord.Type] === T.traceback) return value;
  return typeError(rt, `expected traceback object${orNone}, got '${typeName(rt, rt.words[value + ObjectWord.Type])}'`);
}

function getNext(rt: Runtime, self: Ref): Owned {
  return newRef(rt, rt.words[self + TracebackWord.Next] || S.None);
}

function setNext(rt: Runtime, self: Ref, value: Ref): void {
  if (value === 0) typeError(rt, `can't delete tb_next attribute`);
  const next = checkNext(rt, value, '');
  for (let entry = next; entry !== 0; entry = rt.words[entry + TracebackWord.Next]) {
    if (entry === self) valueError(rt, 'traceback loop detected');
  }
  setWord(rt, self + TracebackWord.Next, next === 0 ? 0 : newRef(rt, next));
}

function getLine(rt: Runtime, self: Ref): Owned {
  const line = tracebackLine(rt, self);
  return line < 0 ? (S.None as Ref as Owned) : newInt(rt, line);
}

function dir(rt: Runtime, _self: Ref): Owned {
  const list = temp(rt, newList(rt, 0));
  for (const name of ['tb_frame', 'tb_next', 'tb_lasti', 'tb_lineno']) listAppendTake(rt, list, newStr(rt, name));
  return untemp(rt, list);
}

/** Source: CPython 3.12 tb_dealloc. @runsPython */
function deallocTraceback(rt: Runtime, o: Ref): void {
  untrack(rt, o);
  if (!trashcanBegin(rt, o)) return;
  clearTraceback(rt, o);
  freeObject(rt, o);
  trashcanEnd(rt);
}

function clearTraceback(rt: Runtime, o: Ref): void {
  clearWord(rt, o + TracebackWord.Next);
  clearWord(rt, o + TracebackWord.Frame);
}

const layout: CustomLayout = {
  name: 'traceback',
  traverse(heap, o, visit) {
    const H = heap.words;
    if (H[o + TracebackWord.Next] !== 0) visit(H[o + TracebackWord.Next]);
    if (H[o + TracebackWord.Frame] !== 0) visit(H[o + TracebackWord.Frame]);
  },
};

defineType({
  ref: T.traceback,
  name: 'traceback',
  basicSize: 40,
  words: TracebackWord.Words,
  flags: TypeFlag.HaveGc,
  layout,
  dealloc: deallocTraceback,
  clear: clearTraceback,
  doc: 'TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)\n--\n\nMakes a traceback entry.',
  slots: { new: tracebackNew },
  methods: [native('__dir__($self, /)', dir)],
  members: [
    member('tb_frame', TracebackWord.Frame, MemberKind.Object, true),
    member('tb_lasti', TracebackWord.Lasti, MemberKind.Number, true),
  ],
  getset: [getset('tb_next', getNext, setNext), getset('tb_lineno', getLine)],
});
