/**
 * Tracking: an object of a type with `TypeFlag.HaveGc` has a collector head before it, and is tracked while that head is
 * linked into a generation (INV-GC-1). A new object is untracked until its maker has filled it.
 */
import type { Heap } from '../heap.ts';
import { GcRoot, GenWord } from '../layout/gc.ts';
import { GC_HEAD_WORDS, HeadWord, ObjectWord, Prev, PrevFlag } from '../layout/object.ts';
import { TypeFlag, TypeWord } from '../layout/type.ts';
import { HeapRoot } from '../layout/heap-root.ts';
import type { Ref } from '../memory/ref.ts';

/** Whether the collector has to do with `o`: its type says so, and `o` is no static type.
 *  Source: CPython 3.12 _PyObject_IS_GC. */
export function isGc(h: Heap, o: Ref): boolean {
  const H = h.words;
  const type = H[o + ObjectWord.Type];
  if ((H[type + TypeWord.Flags] & TypeFlag.HaveGc) === 0) return false;
  return (H[type + TypeWord.Flags] & TypeFlag.TypeSubclass) === 0 || (H[o + TypeWord.Flags] & TypeFlag.HeapType) !== 0;
}

/** Links `o` to the end of generation 0. `o` must have a collector head and be untracked.
 *  Source: CPython 3.12 _PyObject_GC_TRACK. */
export function track(h: Heap, o: Ref): void {
  const H = h.words;
  const gc = o - GC_HEAD_WORDS;
  const last = H[GcRoot.Generations + GenWord.Prev] >>> Prev.Shift;
  H[last] = gc;
  H[o + HeadWord.GcPrev] = (H[o + HeadWord.GcPrev] & PrevFlag.Finalized) | (last << Prev.Shift);
  H[o + HeadWord.GcNext] = GcRoot.Generations;
  H[GcRoot.Generations + GenWord.Prev] = gc << Prev.Shift;
  if (TRACE && h.events !== null) h.events.track?.(o);
}

/** Takes `o` out of its generation, if it is in one; whether its finalizer ran is kept.
 *  Source: CPython 3.12 PyObject_GC_UnTrack. */
export function untrack(h: Heap, o: Ref): void {
  const H = h.words;
  const next = H[o + HeadWord.GcNext];
  if (next === 0) return;
  const prev = H[o + HeadWord.GcPrev] >>> Prev.Shift;
  H[prev] = next;
  H[next + GenWord.Prev] = (H[next + GenWord.Prev] & PrevFlag.Mask) | (prev << Prev.Shift);
  H[o + HeadWord.GcNext] = 0;
  H[o + HeadWord.GcPrev] &= PrevFlag.Finalized;
  if (TRACE && h.events !== null) h.events.untrack?.(o);
}

/** Whether `o` is tracked: `gc.is_tracked`. */
export function isTracked(h: Heap, o: Ref): boolean {
  return isGc(h, o) && h.words[o + HeadWord.GcNext] !== 0;
}

/** Whether the finalizer of `o` ran: `gc.is_finalized`. */
export function isFinalized(h: Heap, o: Ref): boolean {
  return isGc(h, o) && (h.words[o + HeadWord.GcPrev] & PrevFlag.Finalized) !== 0;
}

/** Whether `o` is tracked or may become so: everything collected but an untracked tuple.
 *  Source: CPython 3.12 _PyObject_GC_MAY_BE_TRACKED. */
export function mayBeTracked(h: Heap, o: Ref): boolean {
  const H = h.words;
  if (!isGc(h, o)) return false;
  return H[o + ObjectWord.Type] !== H[HeapRoot.TupleType] || H[o + HeadWord.GcNext] !== 0;
}

/** Counts an allocation towards generation 0 and asks for a collection when one is due; none runs here.
 *  Source: CPython 3.12 _PyObject_GC_Link. */
export function countAllocation(h: Heap): void {
  const H = h.words;
  const count = H[GcRoot.Generations + GenWord.Count] + 1;
  H[GcRoot.Generations + GenWord.Count] = count;
  const due = count > H[GcRoot.Generations + GenWord.Threshold] || H[HeapRoot.Stress] !== 0;
  if (due && H[GcRoot.Enabled] !== 0) h.policy.allocated(h);
}

/** Counts a deallocation: an object that never was in a collection takes its allocation back. */
export function countFree(h: Heap): void {
  const H = h.words;
  const count = H[GcRoot.Generations + GenWord.Count];
  if (count > 0) H[GcRoot.Generations + GenWord.Count] = count - 1;
}
