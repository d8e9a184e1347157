/** What ranges are made of: their ints as plain numbers where these are exact, else as bigints. */
import { allocObject, decref, newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { valueError } from '../../core/errors.ts';
import { bigIntValue, isCompact, newBigInt, newInt } from '../../core/int.ts';
import { IntWord } from '../../core/layout/numbers.ts';
import { RangeWord } from '../../core/layout/iterators.ts';
import { index } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, smallInt, T } from '../../core/static.ts';
import { temp, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';

/** `operator.index(o)` as an exact int. Source: CPython 3.12 PyNumber_Index. @runsPython */
export function exactIndex(rt: Runtime, o: Ref): Owned {
  const i = index(rt, o);
  if (rt.words[i + ObjectWord.Type] === T.int) return i;
  const exact = newBigInt(rt, bigIntValue(rt, i));
  decref(rt, i);
  return exact;
}

/** A range of exact ints (borrowed). Raises ValueError if `step` is 0. */
function newRange(rt: Runtime, start: Ref, stop: Ref, step: Ref): Owned {
  const length = temp(rt, rangeLength(rt, start, stop, step));
  const range = allocObject(rt, T.range, RangeWord.Words);
  const H = rt.words;
  H[range + RangeWord.Start] = newRef(rt, start);
  H[range + RangeWord.Stop] = newRef(rt, stop);
  H[range + RangeWord.Step] = newRef(rt, step);
  H[range + RangeWord.Length] = untemp(rt, length);
  return range;
}

function rangeLength(rt: Runtime, start: Ref, stop: Ref, step: Ref): Owned {
  if (isCompact(rt, start) && isCompact(rt, stop) && isCompact(rt, step)) {
    const H = rt.words;
    return newInt(rt, compactLength(H[start + IntWord.Payload], H[stop + IntWord.Payload], H[step + IntWord.Payload]));
  }
  return newBigInt(rt, bigLength(bigIntValue(rt, start), bigIntValue(rt, stop), bigIntValue(rt, step)));
}

function compactLength(start: number, stop: number, step: number): number {
  if (step > 0) return start < stop ? 1 + Math.floor((stop - 1 - start) / step) : 0;
  return start > stop ? 1 + Math.floor((start - 1 - stop) / -step) : 0;
}

function bigLength(start: bigint, stop: bigint, step: bigint): bigint {
  if (step > 0n) return start < stop ? 1n + (stop - 1n - start) / step : 0n;
  return start > stop ? 1n + (start - 1n - stop) / -step : 0n;
}

/** A range of numbers of any size. */
export function newRangeOf(rt: Runtime, start: bigint, stop: bigint, step: bigint): Owned {
  const a = temp(rt, newBigInt(rt, start));
  const b = temp(rt, newBigInt(rt, stop));
  const c = temp(rt, newBigInt(rt, step));
  const range = newRange(rt, a, b, c);
  decref(rt, untemp(rt, c));
  decref(rt, untemp(rt, b));
  decref(rt, untemp(rt, a));
  return range;
}

/** True if start, step, length and every item are below 2^30, so that they can be read with `compact`. */
export function isCompactRange(rt: Runtime, range: Ref): boolean {
  const H = rt.words;
  return (
    isCompact(rt, H[range + RangeWord.Start]) &&
    isCompact(rt, H[range + RangeWord.Stop]) &&
    isCompact(rt, H[range + RangeWord.Step]) &&
    isCompact(rt, H[range + RangeWord.Length])
  );
}

/** The number in a word (`RangeWord`) of a compact range. */
export function compactPart(rt: Runtime, range: Ref, word: number): number {
  const H = rt.words;
  return H[H[range + word] + IntWord.Payload];
}

/** The number in a word of any range. */
export function part(rt: Runtime, range: Ref, word: number): bigint {
  return bigIntValue(rt, rt.words[range + word]);
}

/** The new range for one to three arguments in words from `args` on. @runsPython */
export function rangeFromArguments(rt: Runtime, args: number, nargs: number): Owned {
  const H = rt.words;
  if (nargs === 1 && H[H[args] + ObjectWord.Type] === T.int) return newRange(rt, smallInt(0), H[args], smallInt(1));
  const start = temp(rt, nargs === 1 ? (smallInt(0) as Owned) : exactIndex(rt, H[args]));
  const stop = temp(rt, exactIndex(rt, H[nargs === 1 ? args : args + 1]));
  const step = temp(rt, nargs === 3 ? exactIndex(rt, H[args + 2]) : (smallInt(1) as Owned));
  if (step === smallInt(0)) valueError(rt, 'range() arg 3 must not be zero');
  const range = newRange(rt, start, stop, step);
  decref(rt, untemp(rt, step));
  decref(rt, untemp(rt, stop));
  decref(rt, untemp(rt, start));
  return range;
}

/** The tuple whose hash is the range's: length, start, step, or None for what does not matter. */
export function hashedParts(rt: Runtime, range: Ref): Owned {
  const H = rt.words;
  const length = H[range + RangeWord.Length];
  if (length === smallInt(0)) return tupleOf(rt, length, S.None, S.None);
  const start = H[range + RangeWord.Start];
  return tupleOf(rt, length, start, length === smallInt(1) ? S.None : H[range + RangeWord.Step]);
}
