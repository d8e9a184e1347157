/** Slices: making them, and what they mean for a length. The type is in `objects/slice.ts`. */
import { gcNew, newRef, track } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError, valueError } from './errors.ts';
import { SliceWord } from './layout/functions.ts';
import { hasIndex, indexNumber, SSIZE_MAX } from './protocol/number.ts';
import { RootNum } from './roots.ts';
import type { Runtime } from './runtime.ts';
import { S, T } from './static.ts';

/** `slice(start, stop, step)`. Borrows its arguments. */
export function newSlice(rt: Runtime, start: Ref, stop: Ref, step: Ref): Owned {
  const slice = emptySlice(rt);
  const H = rt.words;
  H[slice + SliceWord.Start] = newRef(rt, start);
  H[slice + SliceWord.Stop] = newRef(rt, stop);
  H[slice + SliceWord.Step] = newRef(rt, step);
  track(rt, slice);
  return slice;
}

/** A slice object to be filled: the one that died last, if it is still there. */
function emptySlice(rt: Runtime): Owned {
  const H = rt.words;
  const kept = H[RootNum.SliceCache];
  if (kept === 0) return gcNew(rt, T.slice);
  H[RootNum.SliceCache] = 0;
  H[kept] = 1;
  return kept as Owned;
}

/** What a slice means for a sequence: filled by `sliceIndices`, to be read at once. */
export interface SliceRange {
  start: number;
  stop: number;
  step: number;
  /** Number of items. */
  count: number;
}

/** The one result record; each call overwrites it. */
const range: SliceRange = { start: 0, stop: 0, step: 1, count: 0 };

/** `slice.indices(length)` with the number of items. The record is shared: read it before the next call.
 *  Raises TypeError for limits that are no integers, ValueError for step 0. @runsPython
 *  Source: CPython 3.12 PySlice_Unpack, PySlice_AdjustIndices. */
export function sliceIndices(rt: Runtime, slice: Ref, length: number): SliceRange {
  return adjustSlice(unpackSlice(rt, slice), length);
}

/** Reads the limits: what is left out becomes an extreme. The record is shared with `sliceIndices`. @runsPython
 *  Source: CPython 3.12 PySlice_Unpack. */
export function unpackSlice(rt: Runtime, slice: Ref): SliceRange {
  const H = rt.words;
  const step = limit(rt, H[slice + SliceWord.Step], 1);
  if (step === 0) valueError(rt, 'slice step cannot be zero');
  const start = limit(rt, H[slice + SliceWord.Start], step < 0 ? SSIZE_MAX : 0);
  const stop = limit(rt, H[slice + SliceWord.Stop], step < 0 ? -SSIZE_MAX : SSIZE_MAX);
  range.start = start;
  range.stop = stop;
  range.step = step;
  return range;
}

function limit(rt: Runtime, value: Ref, absent: number): number {
  if (value === S.None) return absent;
  if (!hasIndex(rt, value)) typeError(rt, 'slice indices must be integers or None or have an __index__ method');
  return indexNumber(rt, value, 0);
}

/** Clips the limits to a length and counts the items, in place. Source: CPython 3.12 PySlice_AdjustIndices. */
export function adjustSlice(r: SliceRange, length: number): SliceRange {
  r.start = clip(r.start, length, r.step);
  r.stop = clip(r.stop, length, r.step);
  if (r.step < 0) r.count = r.stop < r.start ? Math.floor((r.start - r.stop - 1) / -r.step) + 1 : 0;
  else r.count = r.start < r.stop ? Math.floor((r.stop - r.start - 1) / r.step) + 1 : 0;
  return r;
}

function clip(i: number, length: number, step: number): number {
  if (i < 0) {
    const counted = i + length;
    if (counted >= 0) return counted;
    return step < 0 ? -1 : 0;
  }
  if (i >= length) return step < 0 ? length - 1 : length;
  return i;
}
