/** Slots of `array`: subscripts, concatenation, comparison. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { indexError, raise, typeError, valueError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { compareBool, richCompare } from '../../core/protocol/compare.ts';
import { hasIndex, indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { satisfies } from '../../core/satisfies.ts';
import { adjustSlice, sliceIndices, unpackSlice } from '../../core/slice.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { kindName } from '../../core/types.ts';
import { rawItem } from '../../objects/bytes/view-items.ts';
import { arrayItem, packItem } from './items.ts';
import {
  appendData,
  ARRAY,
  arrayData,
  arrayOfData,
  arraySize,
  ArrayWord,
  codeOf,
  isArray,
  itemSizeOf,
  newArray,
  replaceItems,
  resizeArray,
} from './storage.ts';

const EXPORTED = 'cannot resize an array that is exporting buffers';

function badArgument(rt: Runtime): never {
  typeError(rt, 'bad argument type for built-in operation');
}

/** `self[i]` for C indices. */
export function item(rt: Runtime, self: Ref, i: number): Owned {
  if (i < 0 || i >= arraySize(rt, self)) indexError(rt, 'array index out of range');
  return arrayItem(rt, self, i);
}

/** Writes item `i`, which must be there. Raises TypeError, OverflowError. @runsPython */
export function writeItem(rt: Runtime, self: Ref, i: number, value: Ref): void {
  const bytes = packItem(rt, codeOf(rt, self), value);
  if (i < arraySize(rt, self)) arrayData(rt, self).set(bytes, i * bytes.length);
}

export function assItem(rt: Runtime, self: Ref, i: number, value: Ref): void {
  if (i < 0 || i >= arraySize(rt, self)) indexError(rt, 'array assignment index out of range');
  if (value === 0) replaceItems(rt, self, i, i + 1, new Uint8Array(0));
  else writeItem(rt, self, i, value);
}

/** The items at these places as bytes. */
function gather(rt: Runtime, self: Ref, start: number, step: number, count: number): Uint8Array {
  const itemsize = itemSizeOf(rt, self);
  const data = arrayData(rt, self);
  if (step === 1) return data.slice(start * itemsize, (start + count) * itemsize);
  const result = new Uint8Array(count * itemsize);
  for (let i = 0, at = start; i < count; i++, at += step) {
    result.set(data.subarray(at * itemsize, (at + 1) * itemsize), i * itemsize);
  }
  return result;
}

/** `self[key]` @runsPython */
export function subscript(rt: Runtime, self: Ref, key: Ref): Owned {
  if (hasIndex(rt, key)) {
    const i = indexNumber(rt, key, T.IndexError);
    return item(rt, self, i < 0 ? i + arraySize(rt, self) : i);
  }
  if (rt.words[key + ObjectWord.Type] !== T.slice) typeError(rt, 'array indices must be integers');
  const { start, step, count } = sliceIndices(rt, key, arraySize(rt, self));
  return arrayOfData(rt, codeOf(rt, self), gather(rt, self, start, step, count));
}

/** The bytes to assign to a slice; null deletes. */
function assignedData(rt: Runtime, self: Ref, value: Ref): Uint8Array {
  if (!isArray(rt, value)) typeError(rt, `can only assign array (not "${kindName(rt, value)}") to array slice`);
  if (codeOf(rt, value) !== codeOf(rt, self)) badArgument(rt);
  return arrayData(rt, value).slice();
}

/** `self[key] = value`, `del self[key]` @runsPython Source: CPython 3.12 array_ass_subscr. */
export function setSubscript(rt: Runtime, self: Ref, key: Ref, value: Ref): void {
  if (hasIndex(rt, key)) {
    const i = indexNumber(rt, key, T.IndexError);
    assItem(rt, self, i < 0 ? i + arraySize(rt, self) : i, value);
    return;
  }
  if (rt.words[key + ObjectWord.Type] !== T.slice) typeError(rt, 'array indices must be integers');
  const unpacked = { ...unpackSlice(rt, key) };
  const { start, stop, step, count } = { ...adjustSlice(unpacked, arraySize(rt, self)) };
  const data = value === 0 ? new Uint8Array(0) : assignedData(rt, self, value);
  const needed = data.length / itemSizeOf(rt, self);
  if ((needed === 0 || count !== needed) && rt.words[self + ArrayWord.Exports] > 0) raise(rt, T.BufferError, EXPORTED);
  if (step === 1) replaceItems(rt, self, start, Math.max(start, stop), data);
  else if (needed === 0) deleteStepped(rt, self, start, step, count);
  else if (needed !== count) {
    valueError(rt, `attempt to assign array of size ${needed} to extended slice of size ${count}`);
  } else scatter(rt, self, start, step, data);
}

function scatter(rt: Runtime, self: Ref, start: number, step: number, data: Uint8Array): void {
  const itemsize = itemSizeOf(rt, self);
  const target = arrayData(rt, self);
  for (let i = 0, at = start; i < data.length; i += itemsize, at += step) {
    target.set(data.subarray(i, i + itemsize), at * itemsize);
  }
}

function deleteStepped(rt: Runtime, self: Ref, start: number, step: number, count: number): void {
  if (count === 0) return;
  const itemsize = itemSizeOf(rt, self);
  const gone = new Set(Array.from({ length: count }, (_, i) => start + i * step));
  const data = arrayData(rt, self);
  let to = 0;
  for (let i = 0; i * itemsize < data.length; i++) {
    if (!gone.has(i)) data.copyWithin(itemsize * to++, i * itemsize, (i + 1) * itemsize);
  }
  resizeArray(rt, self, to);
}

export function concat(rt: Runtime, self: Ref, other: Ref): Owned {
  if (!isArray(rt, other)) typeError(rt, `can only append array (not "${kindName(rt, other)}") to array`);
  if (codeOf(rt, other) !== codeOf(rt, self)) badArgument(rt);
  const result = newArray(rt, ARRAY, codeOf(rt, self), arraySize(rt, self) + arraySize(rt, other));
  const data = arrayData(rt, result);
  data.set(arrayData(rt, self));
  data.set(arrayData(rt, other), arrayData(rt, self).length);
  return result;
}

function fill(data: Uint8Array, pattern: Uint8Array): void {
  for (let at = 0; at < data.length; at += pattern.length) data.set(pattern, at);
}

export function repeat(rt: Runtime, self: Ref, times: number): Owned {
  const count = Math.max(times, 0);
  const result = newArray(rt, ARRAY, codeOf(rt, self), arraySize(rt, self) * count);
  if (arraySize(rt, self) > 0) fill(arrayData(rt, result), arrayData(rt, self));
  return result;
}

export function inplaceConcat(rt: Runtime, self: Ref, other: Ref): Owned {
  if (!isArray(rt, other)) typeError(rt, `can only extend array with array (not "${kindName(rt, other)}")`);
  extendByArray(rt, self, other);
  return newRef(rt, self);
}

/** Appends the items of an array of the same kind. Raises TypeError. */
export function extendByArray(rt: Runtime, self: Ref, other: Ref): void {
  if (codeOf(rt, other) !== codeOf(rt, self)) typeError(rt, 'can only extend with array of same kind');
  appendData(rt, self, arrayData(rt, other).slice());
}

export function inplaceRepeat(rt: Runtime, self: Ref, times: number): Owned {
  const pattern = arrayData(rt, self).slice();
  const count = Math.max(times, 0);
  if (pattern.length > 0) {
    resizeArray(rt, self, arraySize(rt, self) * count);
    fill(arrayData(rt, self), pattern);
  }
  return newRef(rt, self);
}

/** The first item from `start` up to `stop` that equals `value`; −1 if there is none. @runsPython */
export function findItem(rt: Runtime, self: Ref, value: Ref, start: number, stop: number): number {
  for (let i = start; i < stop && i < arraySize(rt, self); i++) {
    const found = temp(rt, arrayItem(rt, self, i));
    const equal = compareBool(rt, found, value, CompareOp.Eq);
    dropTemp(rt, found);
    if (equal) return i;
  }
  return -1;
}

export function containsItem(rt: Runtime, self: Ref, value: Ref): boolean {
  return findItem(rt, self, value, 0, Infinity) >= 0;
}

/** Compares machine values, which are integers of one kind. */
function compareRaw(rt: Runtime, a: Ref, b: Ref): number {
  const code = codeOf(rt, a) === 'u' ? 'I' : codeOf(rt, a);
  const x = arrayData(rt, a);
  const y = arrayData(rt, b);
  const itemsize = itemSizeOf(rt, a);
  const common = Math.min(x.length, y.length);
  for (let at = 0; at < common; at += itemsize) {
    const p = rawItem(x, at, code);
    const q = rawItem(y, at, code);
    if (p !== q) return p < q ? -1 : 1;
  }
  return x.length - y.length;
}

/** @runsPython Source: CPython 3.12 array_richcompare. */
export function compareArrays(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  if (!isArray(rt, a) || !isArray(rt, b)) return S.NotImplemented as Ref as Owned;
  const sized = arraySize(rt, a) === arraySize(rt, b);
  if (!sized && (op === CompareOp.Eq || op === CompareOp.Ne)) return pyBool(op === CompareOp.Ne) as Owned;
  const code = codeOf(rt, a);
  if (code === codeOf(rt, b) && code !== 'f' && code !== 'd')
    return pyBool(satisfies(compareRaw(rt, a, b), op)) as Owned;
  return compareItems(rt, a, b, op);
}

function compareItems(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  for (let i = 0; i < arraySize(rt, a) && i < arraySize(rt, b); i++) {
    const x = temp(rt, arrayItem(rt, a, i));
    const y = temp(rt, arrayItem(rt, b, i));
    const different = !compareBool(rt, x, y, CompareOp.Eq);
    const result = different ? outcome(rt, x, y, op) : 0;
    dropTemp(rt, y);
    dropTemp(rt, x);
    if (result !== 0) return result;
  }
  return pyBool(satisfies(arraySize(rt, a) - arraySize(rt, b), op)) as Owned;
}

/** What the first different items decide. */
function outcome(rt: Runtime, x: Ref, y: Ref, op: number): Owned {
  if (op === CompareOp.Eq) return pyBool(false) as Owned;
  if (op === CompareOp.Ne) return pyBool(true) as Owned;
  return richCompare(rt, x, y, op);
}
