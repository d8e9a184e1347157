/** Slices: making them, and what they mean for a length. The type is in `objects/slice.ts`. */
import { gcNew, newRef, ObjectWord, track } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError, valueError } from './errors.ts';
import { SliceWord } from './layout/functions.ts';
import { IntTag, IntWord } from './layout/numbers.ts';
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
  return nearSlice(rt, slice, length) ?? adjustSlice(unpackSlice(rt, slice), length);
}

/** The result record of `nearSlice`. It is of another shape: its fields never hold what is no small integer, and stay unboxed. */
class NearRange implements SliceRange {
  start = 0;
  stop = 0;
  step = 1;
  count = 0;
}
const near = new NearRange();

/** Lengths up to here, and compact ints, add up to less than 2^31. */
const NEAR_LENGTH = 1 << 29;

/** `sliceIndices` for limits that are None or compact ints, which runs nothing; null for others. The record is shared. */
export function nearSlice(rt: Runtime, slice: Ref, length: number): SliceRange | null {
  const H = rt.words;
  const start = H[slice + SliceWord.Start];
  const stop = H[slice + SliceWord.Stop];
  const step = H[slice + SliceWord.Step];
  if (length > NEAR_LENGTH || !isNear(H, start) || !isNear(H, stop) || !isNear(H, step)) return null;
  const by = step === S.None ? 1 : H[step + IntWord.Payload];
  if (by === 0) return null;
  const last = by < 0 ? (length - 1) | 0 : length | 0;
  const first = by < 0 ? -1 : 0;
  const from = start === S.None ? (by < 0 ? last : first) : clipNear(H[start + IntWord.Payload], length, first, last);
  const to = stop === S.None ? (by < 0 ? first : last) : clipNear(H[stop + IntWord.Payload], length, first, last);
  near.start = from;
  near.stop = to;
  near.step = by;
  near.count = countNear(from, to, by);
  return near;
}

function isNear(H: Int32Array, limit: Ref): boolean {
  if (limit === S.None) return true;
  return H[limit + ObjectWord.Type] === T.int && (H[limit + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact;
}

function clipNear(i: number, length: number, first: number, last: number): number {
  if (i < 0) {
    const counted = (i + length) | 0;
    return counted >= 0 ? counted : first;
  }
  return i >= length ? last : i;
}

function countNear(from: number, to: number, by: number): number {
  if (by === 1) return from < to ? (to - from) | 0 : 0;
  if (by < 0) return to < from ? (Math.floor((from - to - 1) / -by) + 1) | 0 : 0;
  return from < to ? (Math.floor((to - from - 1) / by) + 1) | 0 : 0;
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
