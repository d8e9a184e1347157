/** What a memoryview shows: bytes of its owner, seen as items of a format in one or more dimensions. */
import {
  clearWeakrefs,
  clearWord,
  freeObject,
  gcNew,
  hostAdd,
  hostFree,
  hostGet,
  isTracked,
  newRef,
  track,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { valueError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { bytesData } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { isBytes, isInstance } from '../../core/types.ts';
import { bufferTypeOf } from './buffer-types.ts';
import { dropExport, ManagedWord, newManaged } from './managed.ts';
import { bytearrayData, BytearrayWord } from './storage.ts';

/** ```
 *   0          1      2      3      4            5          6           7          8
 *   │ refcount │ type │ size │ view │ hash known │ hash low │ hash high │ weakrefs │ managed │
 *   ```
 *   `managed` is the managed buffer (owned; managed.ts); `view` the host-table index of a `View`, 0 once released. */
export const enum MemoryviewWord {
  /** As the type says that it has items: three numbers for each dimension. */
  Size = 2,
  View = 3,
  HashKnown = 4,
  HashLow = 5,
  HashHigh = 6,
  WeakList = 7,
  Managed = 8,
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
  const managed = temp(rt, newManaged(rt, owner));
  const self = addView(rt, managed, view);
  dropTemp(rt, managed);
  return self;
}

/** Another memoryview of what `source` shows part of. Source: CPython 3.12 mbuf_add_view. */
export function anotherView(rt: Runtime, source: Ref, view: View): Owned {
  return addView(rt, rt.words[source + MemoryviewWord.Managed], view);
}

/** Has a new view, which nobody has seen yet, show other places of the same bytes. */
export function showInstead(rt: Runtime, self: Ref, view: View): void {
  const H = rt.words;
  hostFree(rt, H[self + MemoryviewWord.View]);
  H[self + MemoryviewWord.View] = hostAdd(rt, view);
}

function addView(rt: Runtime, managed: Ref, view: View): Owned {
  const self = gcNew(rt, T.memoryview);
  const H = rt.words;
  H[self + MemoryviewWord.View] = hostAdd(rt, view);
  H[self + MemoryviewWord.Size] = 3 * view.shape.length;
  H[self + MemoryviewWord.Managed] = newRef(rt, managed);
  H[managed + ManagedWord.Exports]++;
  countExport(rt, H[managed + ManagedWord.Owner], 1);
  track(rt, self);
  return self;
}

/** The object that has the bytes, borrowed; 0 once released. */
export function ownerOf(rt: Runtime, self: Ref): Ref {
  const H = rt.words;
  return H[self + MemoryviewWord.View] === 0 ? 0 : H[H[self + MemoryviewWord.Managed] + ManagedWord.Owner];
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
  if (ownerOf(rt, self) === 0) {
    valueError(rt, 'operation forbidden on released memoryview object');
  }
  return hostGet(rt, rt.words[self + MemoryviewWord.View]) as View;
}

/** All bytes of the owner. */
export function ownerData(rt: Runtime, self: Ref): Uint8Array {
  const owner = ownerOf(rt, self);
  if (isBytes(rt, owner)) return bytesData(rt, owner);
  return bufferTypeOf(rt, owner)?.data(rt, owner) ?? bytearrayData(rt, owner);
}

/** Lets go of the bytes; what is managed is kept until the end. @runsPython */
export function releaseMemoryview(rt: Runtime, self: Ref): void {
  const H = rt.words;
  if (H[self + MemoryviewWord.View] === 0) return;
  const owner = ownerOf(rt, self);
  hostFree(rt, H[self + MemoryviewWord.View]);
  H[self + MemoryviewWord.View] = 0;
  if (owner !== 0) countExport(rt, owner, -1);
  dropExport(rt, H[self + MemoryviewWord.Managed]);
}

/** Breaks cycles. */
export function clearMemoryview(rt: Runtime, self: Ref): void {
  releaseMemoryview(rt, self);
  clearWord(rt, self + MemoryviewWord.Managed);
}

/** Destructor. */
export function deallocMemoryview(rt: Runtime, self: Ref): void {
  if (isTracked(rt, self)) untrack(rt, self);
  clearMemoryview(rt, self);
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
