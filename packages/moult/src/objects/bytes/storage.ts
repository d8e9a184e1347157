/** The bytes of a bytearray: a block of the heap, four bytes to a word. */
import { allocMetered, freeMetered, freeObject } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raise } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { allocInstance } from '../type/alloc.ts';
import { orRelease } from '../../core/temps.ts';

/** ```
 *   0          1      2      3            4       5        6
 *   │ refcount │ type │ size │ allocated  │ block │ start  │ exports │
 *   ```
 *   The bytes begin `start` bytes into the block of `allocated` bytes (deleting at the front moves only `start`);
 *   block 0 with `allocated` 0 is the empty bytearray. CPython's 56 bytes. */
export const enum BytearrayWord {
  Size = 2,
  Allocated = 3,
  Block = 4,
  Start = 5,
  Exports = 6,
  Words = 7,
}

const EMPTY = new Uint8Array(0);
const MAX_BYTES = 0x7fff_0000;
/** Blocks up to here have the size class of CPython's; longer ones are as long as the bytes need. */
const SMALL_BYTES = 512;

/** A view of the bytes, valid until the bytearray changes its size. */
export function bytearrayData(rt: Runtime, self: Ref): Uint8Array {
  const H = rt.words;
  const block = H[self + BytearrayWord.Block];
  if (block === 0) return EMPTY;
  return new Uint8Array(rt.buffer, block * 4 + H[self + BytearrayWord.Start], H[self + BytearrayWord.Size]);
}

/** Words of a block of `nbytes`: four bytes to a word. */
function wordsFor(nbytes: number): number {
  return nbytes <= SMALL_BYTES ? Math.max(1, (nbytes + 3) >> 2) : Math.ceil(nbytes / 4);
}

/** A `bytearray` with a copy of the data. */
export function newBytearray(rt: Runtime, data: Uint8Array): Owned {
  const self = allocInstance(rt, T.bytearray, 0);
  orRelease(rt, self, () => fillBytearray(rt, self, data));
  return self;
}

/** Gives an empty bytearray its first bytes. The data may be a view of the heap. */
function fillBytearray(rt: Runtime, self: Ref, data: Uint8Array): void {
  if (data.length === 0) return;
  const room = data.length + 1;
  const block = takeBlock(rt, room);
  const H = rt.words;
  H[self + BytearrayWord.Block] = block;
  H[self + BytearrayWord.Allocated] = room;
  H[self + BytearrayWord.Start] = 0;
  H[self + BytearrayWord.Size] = data.length;
  bytearrayData(rt, self).set(data);
}

function takeBlock(rt: Runtime, room: number): number {
  if (room > MAX_BYTES) rt.onOutOfMemory(room);
  return allocMetered(rt, wordsFor(room), room);
}

/** Raises BufferError while a memoryview shows the bytes. */
export function refuseExported(rt: Runtime, self: Ref): void {
  if (rt.words[self + BytearrayWord.Exports] > 0) {
    raise(rt, T.BufferError, 'Existing exports of data: object cannot be re-sized');
  }
}

/** Makes the bytearray `size` bytes long; new bytes are whatever was there. Raises BufferError.
 *  Source: CPython 3.12 PyByteArray_Resize. */
export function resizeBytearray(rt: Runtime, self: Ref, size: number): void {
  const H = rt.words;
  if (size === H[self + BytearrayWord.Size]) return;
  refuseExported(rt, self);
  const allocated = H[self + BytearrayWord.Allocated];
  const start = H[self + BytearrayWord.Start];
  if (size + start + 1 <= allocated) {
    if (size < Math.floor(allocated / 2)) moveTo(rt, self, size + 1, size);
    H[self + BytearrayWord.Size] = size;
    return;
  }
  const room = size <= allocated * 1.125 ? size + Math.floor(size / 8) + (size < 9 ? 3 : 6) : size + 1;
  moveTo(rt, self, room, size);
  H[self + BytearrayWord.Size] = size;
}

/** Moves the first `size` bytes (or fewer) into a block of `room` bytes. */
function moveTo(rt: Runtime, self: Ref, room: number, size: number): void {
  const block = takeBlock(rt, room);
  const H = rt.words;
  const old = bytearrayData(rt, self);
  const keep = old.length < size ? old : old.subarray(0, size);
  new Uint8Array(rt.buffer, block * 4, room).set(keep);
  releaseBlock(rt, self);
  H[self + BytearrayWord.Block] = block;
  H[self + BytearrayWord.Allocated] = room;
  H[self + BytearrayWord.Start] = 0;
}

function releaseBlock(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const block = H[self + BytearrayWord.Block];
  if (block === 0) return;
  const room = H[self + BytearrayWord.Allocated];
  freeMetered(rt, block, wordsFor(room), room);
  H[self + BytearrayWord.Block] = 0;
}

/** Replaces the bytes from `low` up to `high` by `data`, which must not be a view of this bytearray.
 *  Source: CPython 3.12 bytearray_setslice_linear. */
export function replaceBytes(rt: Runtime, self: Ref, low: number, high: number, data: Uint8Array): void {
  const H = rt.words;
  const size = H[self + BytearrayWord.Size];
  const growth = data.length - (high - low);
  if (growth < 0) {
    refuseExported(rt, self);
    if (low === 0) H[self + BytearrayWord.Start] -= growth;
    else bytearrayData(rt, self).copyWithin(low + data.length, high, size);
    if (low === 0) H[self + BytearrayWord.Size] = size + growth;
    if (low === 0) shrunk(rt, self);
    else resizeBytearray(rt, self, size + growth);
  } else if (growth > 0) {
    resizeBytearray(rt, self, size + growth);
    bytearrayData(rt, self).copyWithin(low + data.length, high, size);
  }
  bytearrayData(rt, self).set(data, low);
}

/** After bytes went away at the front: a block more than half empty is exchanged. */
function shrunk(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const size = H[self + BytearrayWord.Size];
  const fits = size + H[self + BytearrayWord.Start] + 1 <= H[self + BytearrayWord.Allocated];
  if (!fits || size < Math.floor(H[self + BytearrayWord.Allocated] / 2)) moveTo(rt, self, size + 1, size);
}

/** Empties a bytearray for its `__init__`. */
export function emptyBytearray(rt: Runtime, self: Ref): void {
  if (rt.words[self + BytearrayWord.Size] !== 0) resizeBytearray(rt, self, 0);
}

/** Destructor of bytearrays of any class. */
export function deallocBytearray(rt: Runtime, self: Ref): void {
  releaseBlock(rt, self);
  freeObject(rt, self);
}
