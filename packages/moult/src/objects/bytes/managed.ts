/**
 * What stands between memoryviews and the object whose bytes they show: one for each `memoryview(object)`, shared by its slices
 * and casts. It holds the object until the last of them is released (CPython's `_PyManagedBufferObject`).
 */
import {
  clearWord,
  decref,
  freeObject,
  gcNew,
  isTracked,
  LayoutKind,
  newRef,
  track,
  TypeFlag,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { releaseBuffer } from './release.ts';

/** ```
 *   0          1      2         3       4          5      6 … 13
 *   │ refcount │ type │ exports │ owner │ exporter │ lent │ (the rest of CPython's Py_buffer)
 *   ```
 *   `exports` is the number of memoryviews not yet released. `owner` is the object that has the bytes (owned, 0 once released).
 *   Where a method of the program gave the bytes: `exporter` is its object and `lent` the memoryview that it gave (both owned). */
export const enum ManagedWord {
  Exports = 2,
  Owner = 3,
  Exporter = 4,
  Lent = 5,
  Words = 14,
}

const MANAGED = moduleType();

/** A managed buffer of `owner`, which has the bytes itself, without memoryviews yet. */
export function newManaged(rt: Runtime, owner: Ref): Owned {
  const self = gcNew(rt, MANAGED);
  rt.words[self + ManagedWord.Owner] = newRef(rt, owner);
  track(rt, self);
  return self;
}

/** One memoryview fewer: the last one lets go of the object. @runsPython */
export function dropExport(rt: Runtime, self: Ref): void {
  if (--rt.words[self + ManagedWord.Exports] === 0) release(rt, self);
}

/** Source: CPython 3.12 mbuf_release. @runsPython */
function release(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const owner = H[self + ManagedWord.Owner];
  if (owner === 0) return;
  H[self + ManagedWord.Owner] = 0;
  if (isTracked(rt, self)) untrack(rt, self);
  if (H[self + ManagedWord.Exporter] === 0) decref(rt, owner);
  else giveBack(rt, self, owner as Owned);
}

/** Tells the exporter that the memoryview it gave is no longer used. Takes `owner`. @runsPython */
function giveBack(rt: Runtime, self: Ref, owner: Owned): void {
  const H = rt.words;
  const exporter = H[self + ManagedWord.Exporter];
  const lent = H[self + ManagedWord.Lent];
  H[self + ManagedWord.Exporter] = H[self + ManagedWord.Lent] = 0;
  const m = tempMark(rt);
  temp(rt, owner);
  temp(rt, exporter as Owned);
  temp(rt, lent as Owned);
  releaseBuffer(rt, exporter, lent);
  releaseTemps(rt, m);
}

function dealloc(rt: Runtime, self: Ref): void {
  if (isTracked(rt, self)) untrack(rt, self);
  release(rt, self);
  clearWord(rt, self + ManagedWord.Owner);
  freeObject(rt, self);
}

defineType({
  ref: MANAGED,
  name: 'managedbuffer',
  basicSize: 8 * ManagedWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [ManagedWord.Exporter, ManagedWord.Lent, ManagedWord.Owner],
  dealloc,
  clear: (rt, self) => release(rt as Runtime, self),
  slots: {},
});
