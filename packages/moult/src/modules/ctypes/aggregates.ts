/** `Structure`, `Union` and `Array`: C data with parts. */
import { newRef, ObjectWord, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictContains, dictGetText, dictKeyAt, dictLength, dictNext, dictValueAt } from '../../core/dict/index.ts';
import { indexError, typeError, valueError } from '../../core/errors.ts';
import { setAttr } from '../../core/protocol/attribute.ts';
import { indexNumber } from '../../core/protocol/number.ts';
import { fastItem, fastSize, sequenceFast } from '../../core/sequence-fast.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import type { Runtime } from '../../core/runtime.ts';
import { sliceIndices } from '../../core/slice.ts';
import { T } from '../../core/static.ts';
import { newBytes } from '../../core/str.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleItem } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { reprText } from '../../core/protocol/text.ts';
import { classGetItemMethod } from '../../objects/class-getitem.ts';
import { newData } from './data.ts';
import { ARRAY_TYPE, CDATA, kindOfType, STRUCTURE, UNION } from './kinds.ts';
import { arrayLength, itemType, measure } from './layout.ts';
import { copyBytes } from './memory.ts';
import { ARRAY_META, RECORD_META, setMetaclass, UNION_META } from './metaclasses.ts';
import { readPart, writePart } from './parts.ts';

function newAggregate(rt: Runtime, type: Ref, _args: Ref, _kwargs: Ref): Owned {
  return newData(rt, type);
}

/** Names of the fields in order, those of base classes first. Borrowed. */
function fieldNames(rt: Runtime, type: Ref): Ref[] {
  if (type === STRUCTURE || type === UNION || type === 0) return [];
  const names = fieldNames(rt, rt.words[type + TypeWord.Base]);
  const given = dictGetText(rt, rt.words[type + TypeWord.Dict], '_fields_');
  if (given === 0) return names;
  const pairs = temp(rt, sequenceFast(rt, given, '_fields_ must be a sequence of pairs'));
  for (let i = 0; i < fastSize(rt, pairs); i++) names.push(tupleItem(rt, fastItem(rt, pairs, i), 0));
  dropTemp(rt, pairs);
  return names;
}

/** `Structure(*values, **fields)` @runsPython */
function initRecord(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const H = rt.words;
  const n = H[args + TupleWord.Size];
  const names = fieldNames(rt, H[self + ObjectWord.Type]);
  if (n > names.length) typeError(rt, 'too many initializers');
  for (let i = 0; i < n; i++) {
    const name = names[i] as Ref;
    if (kwargs !== 0 && dictContains(rt, kwargs, name))
      typeError(rt, `duplicate values for field ${reprText(rt, name)}`);
    setAttr(rt, self, name, H[args + TupleWord.Items + i]);
  }
  if (kwargs === 0 || dictLength(rt, kwargs) === 0) return;
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    setAttr(rt, self, dictKeyAt(rt, kwargs, i), dictValueAt(rt, kwargs, i));
  }
}

for (const [ref, name, meta] of [
  [STRUCTURE, 'Structure', RECORD_META],
  [UNION, 'Union', UNION_META],
] as const) {
  defineType({
    ref,
    name: `_ctypes.${name}`,
    base: CDATA,
    flags: TypeFlag.HaveGc | TypeFlag.BaseType,
    doc: `${name} base class`,
    slots: { new: newAggregate, init: initRecord },
    populate: (rt) => setMetaclass(rt, ref, meta),
  });
}

const typeOf = (rt: Runtime, self: Ref): Ref => rt.words[self + ObjectWord.Type];
const arraySize = (rt: Runtime, self: Ref): number => arrayLength(rt, typeOf(rt, self));

function initArray(rt: Runtime, self: Ref, args: Ref, _kwargs: Ref): void {
  for (let i = 0; i < rt.words[args + TupleWord.Size]; i++) setItem(rt, self, i, tupleItem(rt, args, i));
}

function place(rt: Runtime, self: Ref, i: number): number {
  if (i < 0 || i >= arraySize(rt, self)) indexError(rt, 'invalid index');
  return i * measure(rt, itemType(rt, typeOf(rt, self))).size;
}

function item(rt: Runtime, self: Ref, i: number): Owned {
  return readPart(rt, self, itemType(rt, typeOf(rt, self)), place(rt, self, i));
}

function setItem(rt: Runtime, self: Ref, i: number, value: Ref): void {
  if (value === 0) typeError(rt, 'Array does not support item deletion');
  writePart(rt, self, itemType(rt, typeOf(rt, self)), place(rt, self, i), value);
}

function indexOf(rt: Runtime, self: Ref, key: Ref): number {
  const i = indexNumber(rt, key, T.IndexError);
  return i < 0 ? i + arraySize(rt, self) : i;
}

const isSlice = (rt: Runtime, key: Ref): boolean => rt.words[key + ObjectWord.Type] === T.slice;
const isCharArray = (rt: Runtime, self: Ref): boolean =>
  kindOfType(rt, itemType(rt, typeOf(rt, self)))?.conversion === 'char';

function subscript(rt: Runtime, self: Ref, key: Ref): Owned {
  if (!isSlice(rt, key)) return item(rt, self, indexOf(rt, self, key));
  const m = tempMark(rt);
  const { start, step, count } = sliceIndices(rt, key, arraySize(rt, self));
  if (isCharArray(rt, self)) {
    const bytes = copyBytes(rt, self, arraySize(rt, self));
    return newBytes(
      rt,
      Uint8Array.from({ length: count }, (_, i) => bytes[start + i * step] as number),
    );
  }
  const list = temp(rt, newList(rt, 0));
  for (let i = 0; i < count; i++) listAppendTake(rt, list, item(rt, self, start + i * step));
  return releaseKeeping(rt, m, newRef(rt, list));
}

function setSubscript(rt: Runtime, self: Ref, key: Ref, value: Ref): void {
  if (!isSlice(rt, key)) {
    setItem(rt, self, indexOf(rt, self, key), value);
    return;
  }
  if (value === 0) typeError(rt, 'Array does not support item deletion');
  const m = tempMark(rt);
  const { start, step, count } = sliceIndices(rt, key, arraySize(rt, self));
  const values = temp(rt, sequenceFast(rt, value, 'must assign iterable to slice'));
  if (fastSize(rt, values) !== count) valueError(rt, 'Can only assign sequence of same size');
  for (let i = 0; i < count; i++) setItem(rt, self, start + i * step, fastItem(rt, values, i));
  releaseTemps(rt, m);
}

defineType({
  ref: ARRAY_TYPE,
  name: '_ctypes.Array',
  base: CDATA,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  doc: 'Abstract base class for arrays.\n\nThe recommended way to create concrete array types is by multiplying any\nctypes data type with a non-negative integer.',
  slots: {
    new: newAggregate,
    init: initArray,
    mpLength: arraySize,
    mpSubscript: subscript,
    mpAssSubscript: setSubscript,
    sqLength: arraySize,
    sqItem: item,
    sqAssItem: setItem,
  },
  methods: [classGetItemMethod()],
  populate: (rt) => setMetaclass(rt, ARRAY_TYPE, ARRAY_META),
});
