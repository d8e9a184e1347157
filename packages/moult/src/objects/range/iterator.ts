/** `range_iterator` and `longrange_iterator`: the first while all numbers are within 64 bits, as in CPython. */
import { allocObject, decref, freeObject, hostAdd, hostFree, LayoutKind, newRef, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, overflowError, typeError } from '../../core/errors.ts';
import { bigIntValue, newBigInt, newCompact, newInt } from '../../core/int.ts';
import {
  LongRangeIteratorWord as LongWord,
  RangeIteratorWord as Word,
  RangeWord,
} from '../../core/layout/iterators.ts';
import { index } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, smallInt, T } from '../../core/static.ts';
import { dropTemp, temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps, tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInt, kindName } from '../../core/types.ts';
import { builtinFunction, lengthHintMethod, reduceMethod, setStateMethod } from '../iterators/reduce.ts';
import { identitySlot } from '../iterators/shared.ts';
import { compactPart, isCompactRange, newRangeOf, part } from './parts.ts';

/** The immutable payload of an iterator whose numbers do not fit its words. */
interface Wide {
  readonly start: bigint;
  readonly step: bigint;
  readonly length: bigint;
  /** All items are exact JS numbers. */
  readonly safe: boolean;
}

const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;
const INT_LIMIT = 2 ** 31;

/** `iter(range)` */
export function rangeIter(rt: Runtime, range: Ref): Owned {
  if (isCompactRange(rt, range)) {
    const start = compactPart(rt, range, RangeWord.Start);
    const step = compactPart(rt, range, RangeWord.Step);
    const length = compactPart(rt, range, RangeWord.Length);
    if (Math.abs(start + step * length) < INT_LIMIT) return newCompactIterator(rt, start, step, length);
  }
  const start = part(rt, range, RangeWord.Start);
  const step = part(rt, range, RangeWord.Step);
  const length = part(rt, range, RangeWord.Length);
  if (isLong(start) && isLong(step) && endsInside(part(rt, range, RangeWord.Stop), step, length)) {
    return newIterator(rt, start, step, length);
  }
  const H = rt.words;
  return newLongIterator(rt, H[range + RangeWord.Start], H[range + RangeWord.Step], H[range + RangeWord.Length]);
}

/** Whether `stop` rounded up to a multiple of the step is a 64-bit number: CPython computes with it. */
function endsInside(stop: bigint, step: bigint, length: bigint): boolean {
  return isLong(stop) && (length === 0n || isLong(step > 0n ? stop + step - 1n : stop + step + 1n));
}

/** `reversed(range)` Source: CPython 3.12 range_reverse. */
export function rangeReversed(rt: Runtime, range: Ref): Owned {
  const step = part(rt, range, RangeWord.Step);
  const length = part(rt, range, RangeWord.Length);
  const first = part(rt, range, RangeWord.Start);
  const last = first + (length - 1n) * step;
  const fits =
    isLong(first) && isLong(step) && isLong(part(rt, range, RangeWord.Stop)) && isLong(-step) && isLong(first - step);
  if (fits) return newIterator(rt, last, -step, length);
  const start = temp(rt, newBigInt(rt, last));
  const back = temp(rt, newBigInt(rt, -step));
  const it = newLongIterator(rt, start, back, rt.words[range + RangeWord.Length]);
  dropTemp(rt, back);
  dropTemp(rt, start);
  return it;
}

function isLong(value: bigint): boolean {
  return value >= LONG_MIN && value <= LONG_MAX;
}

function newCompactIterator(rt: Runtime, start: number, step: number, length: number): Owned {
  const it = allocObject(rt, T.rangeIterator, Word.Words, Word.MeteredBytes);
  const H = rt.words;
  H[it + Word.Next] = start;
  H[it + Word.Step] = step;
  H[it + Word.Left] = length;
  return it;
}

/** A `range_iterator` in the form that its numbers need; a `longrange_iterator` if there are too many items to count. */
function newIterator(rt: Runtime, start: bigint, step: bigint, length: bigint): Owned {
  const end = start + step * length;
  const compact = (n: bigint): boolean => n > -(2n ** 30n) && n < 2n ** 30n;
  if (
    compact(start) &&
    compact(step) &&
    compact(length) &&
    compact(end - step) &&
    end > -(2n ** 31n) &&
    end < 2n ** 31n
  ) {
    return newCompactIterator(rt, Number(start), Number(step), Number(length));
  }
  if (!isLong(length)) return newLongOf(rt, start, step, length);
  const safe = isSafe(start) && isSafe(end) && isSafe(step);
  const it = allocObject(rt, T.rangeIterator, Word.Words, Word.MeteredBytes);
  const payload: Wide = { start, step, length, safe };
  rt.words[it + Word.Wide] = hostAdd(rt, payload);
  rt.floats[(it + Word.Count) >> 1] = 0;
  return it;
}

function newLongOf(rt: Runtime, start: bigint, step: bigint, length: bigint): Owned {
  const parts = [start, step, length].map((n) => temp(rt, newBigInt(rt, n)));
  const it = newLongIterator(rt, parts[0], parts[1], parts[2]);
  for (const o of parts.reverse()) dropTemp(rt, o);
  return it;
}

function isSafe(n: bigint): boolean {
  return n <= BigInt(Number.MAX_SAFE_INTEGER) && n >= BigInt(Number.MIN_SAFE_INTEGER);
}

/** The next number. */
function rangeIteratorNext(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  if (H[it + Word.Wide] !== 0) return wideNext(rt, it);
  const left = H[it + Word.Left];
  if (left <= 0) return 0;
  const value = H[it + Word.Next];
  H[it + Word.Left] = left - 1;
  H[it + Word.Next] = value + H[it + Word.Step];
  return value >= -5 && value <= 256 ? (smallInt(value) as Owned) : newCompact(rt, value);
}

function wideOf(rt: Runtime, it: Ref): Wide {
  return rt.hosts[rt.words[it + Word.Wide]] as Wide;
}

function wideNext(rt: Runtime, it: Ref): Owned | 0 {
  const wide = wideOf(rt, it);
  const at = (it + Word.Count) >> 1;
  const i = rt.floats[at];
  if (i >= Number(wide.length)) return 0;
  rt.floats[at] = i + 1;
  return wide.safe
    ? newInt(rt, Number(wide.start) + Number(wide.step) * i)
    : newBigInt(rt, wide.start + wide.step * BigInt(i));
}

/** What is left of an iterator: next number, step, count. */
function remaining(rt: Runtime, it: Ref): Wide {
  const H = rt.words;
  if (H[it + Word.Wide] === 0) {
    return {
      start: BigInt(H[it + Word.Next]),
      step: BigInt(H[it + Word.Step]),
      length: BigInt(H[it + Word.Left]),
      safe: true,
    };
  }
  const wide = wideOf(rt, it);
  const done = BigInt(rt.floats[(it + Word.Count) >> 1]);
  return { ...wide, start: wide.start + done * wide.step, length: wide.length - done };
}

function hint(rt: Runtime, it: Ref): Owned {
  return newBigInt(rt, remaining(rt, it).length);
}

function reduce(rt: Runtime, it: Ref): Owned {
  const { start, step, length } = remaining(rt, it);
  return reduceRange(rt, start, start + step * length, step);
}

function reduceRange(rt: Runtime, start: bigint, stop: bigint, step: bigint): Owned {
  const iter = temp(rt, builtinFunction(rt, 'iter'));
  const range = newRangeOf(rt, start, stop, step);
  const result = tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newRef(rt, iter)),
    temp(rt, tupleTake(rt, range)),
    temp(rt, S.None as Ref as Owned),
  );
  dropTemp(rt, iter);
  return result;
}

function setState(rt: Runtime, it: Ref, state: Ref): Owned {
  const { length } = remaining(rt, it);
  const value = stateOf(rt, state);
  if (BigInt.asIntN(64, value) !== value) overflowError(rt, 'Python int too large to convert to C long');
  const skip = clamp(value, length);
  const H = rt.words;
  if (H[it + Word.Wide] !== 0) {
    rt.floats[(it + Word.Count) >> 1] += Number(skip);
  } else {
    H[it + Word.Next] += Number(skip) * H[it + Word.Step];
    H[it + Word.Left] -= Number(skip);
  }
  return none();
}

function stateOf(rt: Runtime, state: Ref): bigint {
  const i = index(rt, state);
  const value = bigIntValue(rt, i);
  decref(rt, i);
  return value;
}

function clamp(n: bigint, length: bigint): bigint {
  return n < 0n ? 0n : n > length ? length : n;
}

function rangeIteratorDealloc(rt: Runtime, it: Ref): void {
  const wide = rt.words[it + Word.Wide];
  if (wide !== 0) hostFree(rt, wide);
  freeObject(rt, it);
}

function newLongIterator(rt: Runtime, start: Ref, step: Ref, length: Ref): Owned {
  const it = allocObject(rt, T.longRangeIterator, LongWord.Words);
  const H = rt.words;
  H[it + LongWord.Start] = newRef(rt, start);
  H[it + LongWord.Step] = newRef(rt, step);
  H[it + LongWord.Length] = newRef(rt, length);
  return it;
}

function longPart(rt: Runtime, it: Ref, word: number): bigint {
  return bigIntValue(rt, rt.words[it + word]);
}

function longNext(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const length = longPart(rt, it, LongWord.Length);
  if (length <= 0n) return 0;
  const next = newBigInt(rt, longPart(rt, it, LongWord.Start) + longPart(rt, it, LongWord.Step));
  const value = H[it + LongWord.Start] as Owned;
  H[it + LongWord.Start] = next;
  setWord(rt, it + LongWord.Length, newBigInt(rt, length - 1n));
  return value;
}

function longHint(rt: Runtime, it: Ref): Owned {
  return newRef(rt, rt.words[it + LongWord.Length]);
}

function longReduce(rt: Runtime, it: Ref): Owned {
  const start = longPart(rt, it, LongWord.Start);
  const step = longPart(rt, it, LongWord.Step);
  return reduceRange(rt, start, start + step * longPart(rt, it, LongWord.Length), step);
}

function longSetState(rt: Runtime, it: Ref, state: Ref): Owned {
  if (!isInt(rt, state)) typeError(rt, `'<' not supported between instances of '${kindName(rt, state)}' and 'int'`);
  const length = longPart(rt, it, LongWord.Length);
  const skip = clamp(stateOf(rt, state), length);
  setWord(
    rt,
    it + LongWord.Start,
    newBigInt(rt, longPart(rt, it, LongWord.Start) + skip * longPart(rt, it, LongWord.Step)),
  );
  setWord(rt, it + LongWord.Length, newBigInt(rt, length - skip));
  return none();
}

defineType({
  ref: T.rangeIterator,
  name: 'range_iterator',
  basicSize: Word.MeteredBytes,
  words: Word.Words,
  layout: LayoutKind.None,
  dealloc: rangeIteratorDealloc,
  slots: { iter: identitySlot, iternext: rangeIteratorNext },
  methods: [lengthHintMethod(hint), reduceMethod(reduce), setStateMethod(setState)],
});

defineType({
  ref: T.longRangeIterator,
  name: 'longrange_iterator',
  basicSize: 40,
  layout: LayoutKind.Fixed,
  owned: [LongWord.Start, LongWord.Step, LongWord.Length],
  slots: { iter: identitySlot, iternext: longNext },
  methods: [lengthHintMethod(longHint), reduceMethod(longReduce), setStateMethod(longSetState)],
});
