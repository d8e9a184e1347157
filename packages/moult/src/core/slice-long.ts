/** Slices of lengths of any size: `slice.indices` and ranges. Source: CPython 3.12 _PySlice_GetLongIndices. */
import { decref } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { typeError, valueError } from './errors.ts';
import { bigIntValue } from './int.ts';
import { SliceWord } from './layout/functions.ts';
import { hasIndex, index } from './protocol/number.ts';
import type { Runtime } from './runtime.ts';
import { S } from './static.ts';

interface LongSlice {
  start: bigint;
  stop: bigint;
  step: bigint;
}

/** The limits of `slice` for a sequence of `length` items. Raises TypeError, ValueError for step 0. @runsPython */
export function longIndices(rt: Runtime, slice: Ref, length: bigint): LongSlice {
  const H = rt.words;
  const step = H[slice + SliceWord.Step] === S.None ? 1n : limit(rt, H[slice + SliceWord.Step]);
  if (step === 0n) valueError(rt, 'slice step cannot be zero');
  const lower = step < 0n ? -1n : 0n;
  const upper = step < 0n ? length - 1n : length;
  const start = clipped(rt, H[slice + SliceWord.Start], length, lower, upper, step < 0n ? upper : lower);
  const stop = clipped(rt, H[slice + SliceWord.Stop], length, lower, upper, step < 0n ? lower : upper);
  return { start, stop, step };
}

function limit(rt: Runtime, value: Ref): bigint {
  if (!hasIndex(rt, value)) typeError(rt, 'slice indices must be integers or None or have an __index__ method');
  const i = index(rt, value);
  const big = bigIntValue(rt, i);
  decref(rt, i);
  return big;
}

function clipped(rt: Runtime, value: Ref, length: bigint, lower: bigint, upper: bigint, absent: bigint): bigint {
  if (value === S.None) return absent;
  const given = limit(rt, value);
  const i = given < 0n ? given + length : given;
  return i < lower ? lower : i > upper ? upper : i;
}

/** The argument of `slice.indices`. Raises ValueError if it is negative. @runsPython */
export function lengthArgument(rt: Runtime, o: Ref): bigint {
  const i = index(rt, o);
  const length = bigIntValue(rt, i);
  decref(rt, i);
  return length < 0n ? valueError(rt, 'length should not be negative') : length;
}
