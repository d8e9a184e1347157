/** The items of an `array`: machine values in a block of the heap, four bytes to a word. */
import { allocMetered, clearWeakrefs, freeMetered, freeObject, untrack } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raise } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { moduleType } from '../../core/type-spec.ts';
import { isInstance } from '../../core/types.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { orRelease } from '../../core/temps.ts';

/** ```
 *   0          1      2      3       4           5      6        7
 *   │ refcount │ type │ size │ block │ allocated │ code │ weakrefs │ exports │
 *   ```
 *   `size` and `allocated` count items; `code` is the character code of the typecode; block 0 is no items. CPython's
 *   `arrayobject` (64 bytes). */
export const enum ArrayWord {
  Size = 2,
  Block = 3,
  Allocated = 4,
  Code = 5,
  WeakList = 6,
  Exports = 7,
  Words = 8,
}

export const ARRAY = moduleType();

/** Typecodes in CPython's order. */
export const TYPECODES = 'bBuhHiIlLqQfd';
const SIZES: Readonly<Record<string, number>> = {
  b: 1,
  B: 1,
  u: 4,
  h: 2,
  H: 2,
  i: 4,
  I: 4,
  l: 8,
  L: 8,
  q: 8,
  Q: 8,
  f: 4,
  d: 8,
};

/** Bytes of an item of a typecode. */
export function sizeOfCode(code: string): number {
  return SIZES[code] ?? 1;
}

export function isArray(rt: Runtime, o: Ref): boolean {
  return isInstance(rt, o, ARRAY);
}

/** The typecode. */
export function codeOf(rt: Runtime, self: Ref): string {
  return String.fromCharCode(rt.words[self + ArrayWord.Code]);
}

export function arraySize(rt: Runtime, self: Ref): number {
  return rt.words[self + ArrayWord.Size];
}

export function itemSizeOf(rt: Runtime, self: Ref): number {
  return sizeOfCode(codeOf(rt, self));
}

const EMPTY = new Uint8Array(0);
const MAX_BYTES = 0x7fff_0000;
const SMALL_BYTES = 512;

/** The bytes of all items, valid until the array changes its size. */
export function arrayData(rt: Runtime, self: Ref): Uint8Array {
  const H = rt.words;
  const block = H[self + ArrayWord.Block];
  if (block === 0) return EMPTY;
  return new Uint8Array(rt.buffer, block * 4, H[self + ArrayWord.Size] * itemSizeOf(rt, self));
}

/** Words of a block: the size class of CPython's while small, else as long as the bytes need. */
function wordsFor(nbytes: number): number {
  return nbytes <= SMALL_BYTES ? Math.max(1, (nbytes + 3) >> 2) : Math.ceil(nbytes / 4);
}

function takeBlock(rt: Runtime, nbytes: number): number {
  if (nbytes > MAX_BYTES) rt.onOutOfMemory(nbytes);
  return allocMetered(rt, wordsFor(nbytes), nbytes);
}

function releaseBlock(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const block = H[self + ArrayWord.Block];
  if (block === 0) return;
  const nbytes = H[self + ArrayWord.Allocated] * itemSizeOf(rt, self);
  H[self + ArrayWord.Block] = 0;
  freeMetered(rt, block, wordsFor(nbytes), nbytes);
}

/** An array with `size` items, whose bytes are zero. */
export function newArray(rt: Runtime, type: Ref, code: string, size: number): Owned {
  if (size * sizeOfCode(code) > MAX_BYTES) rt.onOutOfMemory(size * sizeOfCode(code));
  const self = allocInstance(rt, type, 0);
  const H = rt.words;
  H[self + ArrayWord.Code] = code.charCodeAt(0);
  if (size > 0) {
    H[self + ArrayWord.Block] = orRelease(rt, self, () => takeBlock(rt, size * sizeOfCode(code)));
    H[self + ArrayWord.Allocated] = size;
    H[self + ArrayWord.Size] = size;
    arrayData(rt, self).fill(0);
  }
  return self;
}

/** An array of exact class `array` with a copy of these bytes. */
export function arrayOfData(rt: Runtime, code: string, data: Uint8Array): Owned {
  const self = newArray(rt, ARRAY, code, data.length / sizeOfCode(code));
  arrayData(rt, self).set(data);
  return self;
}

/** Makes the array `size` items long; new items are whatever was there. Raises BufferError while memoryviews show it.
 *  Source: CPython 3.12 array_resize. */
export function resizeArray(rt: Runtime, self: Ref, size: number): void {
  const H = rt.words;
  const old = H[self + ArrayWord.Size];
  if (H[self + ArrayWord.Exports] > 0 && size !== old) {
    raise(rt, T.BufferError, 'cannot resize an array that is exporting buffers');
  }
  if (H[self + ArrayWord.Allocated] >= size && old < size + 16 && H[self + ArrayWord.Block] !== 0) {
    H[self + ArrayWord.Size] = size;
    return;
  }
  const room = size === 0 ? 0 : (size >> 4) + (old < 8 ? 3 : 7) + size;
  if (room > 0) moveTo(rt, self, room, Math.min(old, size));
  else releaseBlock(rt, self);
  H[self + ArrayWord.Allocated] = room;
  H[self + ArrayWord.Size] = size;
}

/** Moves the first `keep` items into a block of `room` items. */
function moveTo(rt: Runtime, self: Ref, room: number, keep: number): void {
  const itemsize = itemSizeOf(rt, self);
  const block = takeBlock(rt, room * itemsize);
  const data = arrayData(rt, self);
  new Uint8Array(rt.buffer, block * 4, room * itemsize).set(data.subarray(0, keep * itemsize));
  releaseBlock(rt, self);
  rt.words[self + ArrayWord.Block] = block;
}

/** Appends bytes, which must be no view of this array. */
export function appendData(rt: Runtime, self: Ref, data: Uint8Array): void {
  const old = arraySize(rt, self);
  const itemsize = itemSizeOf(rt, self);
  resizeArray(rt, self, old + data.length / itemsize);
  arrayData(rt, self).set(data, old * itemsize);
}

/** Replaces the items from `low` up to `high` by those of `data`, which must be no view of this array. */
export function replaceItems(rt: Runtime, self: Ref, low: number, high: number, data: Uint8Array): void {
  const itemsize = itemSizeOf(rt, self);
  const size = arraySize(rt, self);
  const count = data.length / itemsize;
  const grown = size + count - (high - low);
  if (grown > size) resizeArray(rt, self, grown);
  else if (grown < size && rt.words[self + ArrayWord.Exports] > 0) resizeArray(rt, self, grown);
  arrayData(rt, self).copyWithin((low + count) * itemsize, high * itemsize, size * itemsize);
  if (grown < size) resizeArray(rt, self, grown);
  arrayData(rt, self).set(data, low * itemsize);
}

/** Destructor. Source: CPython 3.12 array_dealloc. */
export function deallocArray(rt: Runtime, self: Ref): void {
  untrack(rt, self);
  if (rt.words[self + ArrayWord.WeakList] !== 0) clearWeakrefs(rt, self);
  releaseBlock(rt, self);
  freeObject(rt, self);
}
