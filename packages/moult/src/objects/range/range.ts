/** The type `range`. */
import { decref, LayoutKind, newRef, ObjectWord, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictLength } from '../../core/dict/index.ts';
import { indexError, raiseWithTake, typeError, valueError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { bigIntValue, isCompact, newBigInt, newInt } from '../../core/int.ts';
import { IntWord } from '../../core/layout/numbers.ts';
import { RangeWord as Word } from '../../core/layout/iterators.ts';
import { member, native } from '../../core/native.ts';
import { compareBool } from '../../core/protocol/compare.ts';
import { iterSearch, noteLongLength } from '../../core/protocol/item.ts';
import { iter, iterNext } from '../../core/protocol/iterate.ts';
import { hasIndex } from '../../core/protocol/number.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { longIndices } from '../../core/slice-long.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S, smallInt, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleOf, tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { kindName } from '../../core/types.ts';
import { tupleHashSlot } from '../tuple/operators.ts';
import { rangeIter, rangeReversed } from './iterator.ts';
import { compactPart, exactIndex, hashedParts, isCompactRange, newRangeOf, part, rangeFromArguments } from './parts.ts';

function checkCount(rt: Runtime, nargs: number): void {
  if (nargs < 1) typeError(rt, 'range expected at least 1 argument, got 0');
  if (nargs > 3) typeError(rt, `range expected at most 3 arguments, got ${nargs}`);
}

function rangeNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  if (kwargs !== 0 && dictLength(rt, kwargs) !== 0) typeError(rt, 'range() takes no keyword arguments');
  const nargs = rt.words[args + TupleWord.Size];
  checkCount(rt, nargs);
  return rangeFromArguments(rt, args + TupleWord.Items, nargs);
}

function rangeVectorcall(rt: Runtime, _type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  if (kwnames !== 0 && rt.words[kwnames + TupleWord.Size] !== 0) typeError(rt, 'range() takes no keyword arguments');
  checkCount(rt, nargs);
  return rangeFromArguments(rt, args, nargs);
}

function rangeRepr(rt: Runtime, range: Ref): Owned {
  const H = rt.words;
  const start = reprText(rt, H[range + Word.Start]);
  const stop = reprText(rt, H[range + Word.Stop]);
  const step = H[range + Word.Step];
  return newStr(
    rt,
    step === smallInt(1) ? `range(${start}, ${stop})` : `range(${start}, ${stop}, ${reprText(rt, step)})`,
  );
}

function rangeLengthSlot(rt: Runtime, range: Ref): number {
  const nitems = asSsize(rt, rt.words[range + Word.Length]);
  if (!Number.isSafeInteger(nitems)) noteLongLength(part(rt, range, Word.Length));
  return nitems;
}

function rangeBool(rt: Runtime, range: Ref): boolean {
  return rt.words[range + Word.Length] !== smallInt(0);
}

function rangeItem(rt: Runtime, range: Ref, i: number): Owned {
  return itemAt(rt, range, BigInt(i));
}

function itemAt(rt: Runtime, range: Ref, i: bigint): Owned {
  const length = part(rt, range, Word.Length);
  const at = i < 0n ? i + length : i;
  if (at < 0n || at >= length) indexError(rt, 'range object index out of range');
  return newBigInt(rt, part(rt, range, Word.Start) + at * part(rt, range, Word.Step));
}

/** `range[key]` @runsPython */
function rangeSubscript(rt: Runtime, range: Ref, key: Ref): Owned {
  const H = rt.words;
  if (H[key + ObjectWord.Type] === T.int && isCompact(rt, key) && isCompactRange(rt, range))
    return compactItem(rt, range, H[key + IntWord.Payload]);
  if (hasIndex(rt, key)) {
    const index = exactIndex(rt, key);
    const i = bigIntValue(rt, index);
    decref(rt, index);
    return itemAt(rt, range, i);
  }
  if (H[key + ObjectWord.Type] === T.slice) return getSlice(rt, range, key);
  return typeError(rt, `range indices must be integers or slices, not ${kindName(rt, key)}`);
}

function compactItem(rt: Runtime, range: Ref, i: number): Owned {
  const length = compactPart(rt, range, Word.Length);
  const at = i < 0 ? i + length : i;
  if (at < 0 || at >= length) indexError(rt, 'range object index out of range');
  return newInt(rt, compactPart(rt, range, Word.Start) + at * compactPart(rt, range, Word.Step));
}

function getSlice(rt: Runtime, range: Ref, slice: Ref): Owned {
  const limits = longIndices(rt, slice, part(rt, range, Word.Length));
  const start = part(rt, range, Word.Start);
  const step = part(rt, range, Word.Step);
  return newRangeOf(rt, start + limits.start * step, start + limits.stop * step, step * limits.step);
}

function isExactInt(rt: Runtime, o: Ref): boolean {
  const type = rt.words[o + ObjectWord.Type];
  return type === T.int || type === T.bool;
}

/** Source: CPython 3.12 range_contains_long. */
function containsInt(rt: Runtime, range: Ref, value: Ref): boolean {
  const n = bigIntValue(rt, value);
  const start = part(rt, range, Word.Start);
  const stop = part(rt, range, Word.Stop);
  const step = part(rt, range, Word.Step);
  if (step > 0n ? n < start || n >= stop : n > start || n <= stop) return false;
  return (n - start) % step === 0n;
}

function containsCompact(rt: Runtime, range: Ref, n: number): boolean {
  const start = compactPart(rt, range, Word.Start);
  const stop = compactPart(rt, range, Word.Stop);
  const step = compactPart(rt, range, Word.Step);
  if (step > 0 ? n < start || n >= stop : n > start || n <= stop) return false;
  return (n - start) % step === 0;
}

function rangeContains(rt: Runtime, range: Ref, value: Ref): boolean {
  if (!isExactInt(rt, value)) return iterSearch(rt, range, value);
  if (isCompact(rt, value) && isCompactRange(rt, range))
    return containsCompact(rt, range, rt.words[value + IntWord.Payload]);
  return containsInt(rt, range, value);
}

function count(rt: Runtime, range: Ref, value: Ref): Owned {
  if (isExactInt(rt, value)) return smallInt(containsInt(rt, range, value) ? 1 : 0) as Owned;
  const m = tempMark(rt);
  const it = temp(rt, iter(rt, range));
  let n = 0;
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) if (equals(rt, item, value)) n++;
  releaseTemps(rt, m);
  return newInt(rt, n);
}

function equals(rt: Runtime, item: Owned, value: Ref): boolean {
  temp(rt, item);
  const equal = compareBool(rt, item, value, CompareOp.Eq);
  dropTemp(rt, item);
  return equal;
}

function index(rt: Runtime, range: Ref, value: Ref): Owned {
  if (!isExactInt(rt, value)) return searchIndex(rt, range, value);
  if (containsInt(rt, range, value)) {
    return newBigInt(rt, (bigIntValue(rt, value) - part(rt, range, Word.Start)) / part(rt, range, Word.Step));
  }
  return raiseWithTake(rt, T.ValueError, newStr(rt, `${reprText(rt, value)} is not in range`));
}

function searchIndex(rt: Runtime, range: Ref, value: Ref): Owned {
  const m = tempMark(rt);
  const it = temp(rt, iter(rt, range));
  let i = 0;
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it), i++) {
    if (equals(rt, item, value)) {
      releaseTemps(rt, m);
      return newInt(rt, i);
    }
  }
  return valueError(rt, 'sequence.index(x): x not in sequence');
}

function rangeHash(rt: Runtime, range: Ref): number {
  const parts = temp(rt, hashedParts(rt, range));
  const lo = tupleHashSlot(rt, parts);
  const hi = rt.hashHigh;
  dropTemp(rt, parts);
  rt.hashHigh = hi;
  return lo;
}

function rangeCompare(rt: Runtime, range: Ref, other: Ref, op: number): Owned {
  const comparable = rt.words[other + ObjectWord.Type] === T.range && (op === CompareOp.Eq || op === CompareOp.Ne);
  if (!comparable) return S.NotImplemented as Ref as Owned;
  return pyBool(sameItems(rt, range, other) === (op === CompareOp.Eq)) as Owned;
}

/** Source: CPython 3.12 range_equals. */
function sameItems(rt: Runtime, a: Ref, b: Ref): boolean {
  if (a === b) return true;
  const length = part(rt, a, Word.Length);
  if (length !== part(rt, b, Word.Length)) return false;
  if (length === 0n) return true;
  if (part(rt, a, Word.Start) !== part(rt, b, Word.Start)) return false;
  return length === 1n || part(rt, a, Word.Step) === part(rt, b, Word.Step);
}

function reduce(rt: Runtime, range: Ref): Owned {
  const H = rt.words;
  const parts = tupleOf(rt, H[range + Word.Start], H[range + Word.Stop], H[range + Word.Step]);
  return tupleTake(rt, newRef(rt, H[range + ObjectWord.Type]), parts);
}

defineType({
  ref: T.range,
  name: 'range',
  basicSize: 48,
  flags: TypeFlag.Sequence,
  layout: LayoutKind.Fixed,
  owned: [Word.Start, Word.Stop, Word.Step, Word.Length],
  doc:
    'range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nReturn an object that produces a sequence of ' +
    'integers from start (inclusive)\nto stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\nstart defaults ' +
    'to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\nThese are exactly the valid indices for a list of 4 ' +
    'elements.\nWhen step is given, it specifies the increment (or decrement).',
  slots: {
    repr: rangeRepr,
    hash: rangeHash,
    richcompare: rangeCompare,
    iter: rangeIter,
    new: rangeNew,
    vectorcall: rangeVectorcall,
    nbBool: rangeBool,
    mpLength: rangeLengthSlot,
    mpSubscript: rangeSubscript,
    sqLength: rangeLengthSlot,
    sqItem: rangeItem,
    sqContains: rangeContains,
  },
  methods: [
    native('__reversed__()', rangeReversed, { unsigned: true, doc: 'Return a reverse iterator.' }),
    native('__reduce__()', reduce, { unsigned: true }),
    native('count(value, /)', count, {
      unsigned: true,
      doc: 'rangeobject.count(value) -> integer -- return number of occurrences of value',
    }),
    native('index(value, /)', index, {
      unsigned: true,
      doc: 'rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present.',
    }),
  ],
  members: [member('start', Word.Start), member('stop', Word.Stop), member('step', Word.Step)],
});
