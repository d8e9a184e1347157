/** What a memoryview shows: bytes of its owner, seen as items of a format in one or more dimensions. */
import {
  clearWeakrefs,
  decref,
  freeObject,
  gcNew,
  hostAdd,
  hostFree,
  hostGet,
  isTracked,
  newRef,
  ObjectWord,
  track,
  TypeWord,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { valueError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { ReleaseBufferSlot } from '../../core/functions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { bytesData } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { isBytes, isInstance } from '../../core/types.ts';
import { bufferTypeOf } from './buffer-types.ts';
import { bytearrayData, BytearrayWord } from './storage.ts';

/** ```
 *   0          1      2      3      4            5          6           7          8          9      10
 *   │ refcount │ type │ size │ view │ hash known │ hash low │ hash high │ weakrefs │ exporter │ lent │ owner │
 *   ```
 *   `owner` is the object that has the bytes (owned, 0 once released); `view` the host-table index of a `View`. Where a
 *   method of the program gave the bytes: `exporter` is its object and `lent` the memoryview that it gave (both owned). */
export const enum MemoryviewWord {
  /** As the type says that it has items: three numbers for each dimension. */
  Size = 2,
  View = 3,
  HashKnown = 4,
  HashLow = 5,
  HashHigh = 6,
  WeakList = 7,
  Exporter = 8,
  Lent = 9,
  Owner = 10,
  Words = 18,
}

/** `memoryiterobject` (48 bytes). `View` is owned, 0 at the end. */
export const enum MemoryIteratorWord {
  Index = 2,
  View = 3,
  Length = 4,
  Words = 6,
}

/** What is asked of a buffer: CPython's PyBUF_ numbers. */
export const enum BufferFlag {
  Writable = 1,
  FullReadOnly = 0x11c,
}

/** How the bytes are seen. Immutable. */
export interface View {
  readonly format: string;
  readonly itemsize: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** Byte of the owner at which the first item lies. */
  readonly offset: number;
  readonly readonly: boolean;
}

/** A memoryview of `owner`, which has the bytes itself. */
export function newMemoryview(rt: Runtime, owner: Ref, view: View): Owned {
  const self = gcNew(rt, T.memoryview);
  const H = rt.words;
  H[self + MemoryviewWord.View] = hostAdd(rt, view);
  H[self + MemoryviewWord.Size] = 3 * view.shape.length;
  H[self + MemoryviewWord.Owner] = newRef(rt, owner);
  countExport(rt, owner, 1);
  track(rt, self);
  return self;
}

/** Tells the owner of bytes that one more memoryview shows them, or one fewer. */
export function countExport(rt: Runtime, owner: Ref, change: 1 | -1): void {
  if (isBytes(rt, owner)) return;
  const word = bufferTypeOf(rt, owner)?.exportsWord ?? BytearrayWord.Exports;
  if (word >= 0) rt.words[owner + word] += change;
}

/** Keeps a bytearray or array from changing its size while it is read (1), and no longer (−1). */
export function holdBytes(rt: Runtime, o: Ref, change: 1 | -1): void {
  if (isInstance(rt, o, T.bytearray) || bufferTypeOf(rt, o) !== undefined) countExport(rt, o, change);
}

/** How `self` sees its bytes. Raises ValueError once released. */
export function viewOf(rt: Runtime, self: Ref): View {
  if (rt.words[self + MemoryviewWord.Owner] === 0) {
    valueError(rt, 'operation forbidden on released memoryview object');
  }
  return hostGet(rt, rt.words[self + MemoryviewWord.View]) as View;
}

/** All bytes of the owner. */
export function ownerData(rt: Runtime, self: Ref): Uint8Array {
  const owner = rt.words[self + MemoryviewWord.Owner];
  if (isBytes(rt, owner)) return bytesData(rt, owner);
  return bufferTypeOf(rt, owner)?.data(rt, owner) ?? bytearrayData(rt, owner);
}

/** Lets go of the owner. */
export function releaseMemoryview(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const owner = H[self + MemoryviewWord.Owner];
  if (owner === 0) return;
  H[self + MemoryviewWord.Owner] = 0;
  hostFree(rt, H[self + MemoryviewWord.View]);
  H[self + MemoryviewWord.View] = 0;
  countExport(rt, owner, -1);
  if (H[self + MemoryviewWord.Exporter] === 0) decref(rt, owner);
  else giveBack(rt, self, owner as Owned);
}

/** Tells the exporter that the memoryview it gave is no longer used. Takes `owner`. @runsPython */
function giveBack(rt: Runtime, self: Ref, owner: Owned): void {
  const H = rt.words;
  const exporter = H[self + MemoryviewWord.Exporter];
  const lent = H[self + MemoryviewWord.Lent];
  H[self + MemoryviewWord.Exporter] = H[self + MemoryviewWord.Lent] = 0;
  const m = tempMark(rt);
  temp(rt, owner);
  temp(rt, exporter as Owned);
  temp(rt, lent as Owned);
  releaseBuffer(rt, exporter, lent);
  releaseTemps(rt, m);
}

/** Calls the exporter's `bf_releasebuffer`, if it has one. @runsPython */
export function releaseBuffer(rt: Runtime, exporter: Ref, view: Ref): void {
  const H = rt.words;
  const slot = H[H[exporter + ObjectWord.Type] + TypeWord.BfReleaseBuffer];
  if (slot !== 0) (SLOT_FUNCTIONS[slot] as ReleaseBufferSlot)(rt, exporter, view);
}

/** Destructor. */
export function deallocMemoryview(rt: Runtime, self: Ref): void {
  if (isTracked(rt, self)) untrack(rt, self);
  releaseMemoryview(rt, self);
  if (rt.words[self + MemoryviewWord.WeakList] !== 0) clearWeakrefs(rt, self);
  freeObject(rt, self);
}

/** Number of items. */
export function itemTotal(view: View): number {
  return view.shape.reduce((product, n) => product * n, 1);
}

/** Strides of items in a row. */
export function rowStrides(shape: readonly number[], itemsize: number): number[] {
  const strides: number[] = [];
  let step = itemsize;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides.unshift(step);
    step *= shape[i] as number;
  }
  return strides;
}

/** Of one dimension: also without items the stride decides. Source: CPython 3.12 memoryobject.c init_flags. */
function isRow(view: View): boolean {
  return view.shape[0] === 1 || view.strides[0] === view.itemsize;
}

/** Whether the items lie in a row, the last dimension running fastest. */
export function isContiguous(view: View): boolean {
  if (view.shape.length === 1) return isRow(view);
  if (itemTotal(view) === 0) return true;
  const wanted = rowStrides(view.shape, view.itemsize);
  return view.shape.every((n, i) => n === 1 || view.strides[i] === wanted[i]);
}

/** Whether the items lie in a row, the first dimension running fastest. */
export function isFortranContiguous(view: View): boolean {
  if (view.shape.length === 1) return isRow(view);
  if (itemTotal(view) === 0) return true;
  let step = view.itemsize;
  for (let i = 0; i < view.shape.length; i++) {
    if (view.shape[i] !== 1 && view.strides[i] !== step) return false;
    step *= view.shape[i] as number;
  }
  return true;
}

/** Positions of all items, in order. */
function itemPositions(view: View): number[] {
  let positions = [view.offset];
  for (let dimension = 0; dimension < view.shape.length; dimension++) {
    const stride = view.strides[dimension] as number;
    const count = view.shape[dimension] as number;
    positions = positions.flatMap((at) => Array.from({ length: count }, (_, i) => at + i * stride));
  }
  return positions;
}

/** The bytes in the order in which the first dimension runs fastest. */
export function fortranBytes(rt: Runtime, self: Ref): Uint8Array {
  const view = viewOf(rt, self);
  const data = ownerData(rt, self);
  const turned = { ...view, shape: view.shape.toReversed(), strides: view.strides.toReversed() };
  const result = new Uint8Array(itemTotal(view) * view.itemsize);
  itemPositions(turned).forEach((at, i) => {
    result.set(data.subarray(at, at + view.itemsize), i * view.itemsize);
  });
  return result;
}

/** The bytes that a memoryview shows, in order; a copy when they do not lie in a row. */
export function memoryviewBytes(rt: Runtime, self: Ref): Uint8Array {
  const view = viewOf(rt, self);
  const data = ownerData(rt, self);
  const nbytes = itemTotal(view) * view.itemsize;
  if (isContiguous(view)) return data.subarray(view.offset, view.offset + nbytes);
  const result = new Uint8Array(nbytes);
  let to = 0;
  for (const at of itemPositions(view)) {
    result.set(data.subarray(at, at + view.itemsize), to);
    to += view.itemsize;
  }
  return result;
}
