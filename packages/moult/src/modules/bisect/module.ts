/** The module `_bisect`: searching in sorted sequences, and inserting into them. */
import { ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1, call2 } from '../../core/call.ts';
import { none, typeError, valueError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { bigIntValue, newBigInt, newInt } from '../../core/int.ts';
import { listInsert, listItem, listLength } from '../../core/list.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import { compareBool } from '../../core/protocol/compare.ts';
import { exactLength, getItem, refuseIndexing, sequenceItem } from '../../core/protocol/item.ts';
import { hasIndex } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S, T } from '../../core/static.ts';
import { releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { isInt, kindName, slotOf } from '../../core/types.ts';
import { plainLess } from '../plain-order.ts';

/** Which of equal items the place is beside. */
type Side = 'left' | 'right';

/** Whether the place for `x` is behind `item`, or what `key` makes of it. Takes `item`. @runsPython */
function isBehind(rt: Runtime, side: Side, item: Owned, x: Ref, key: Ref): boolean {
  const m = tempMark(rt);
  let compared = temp(rt, item);
  if (key !== 0 && key !== S.None) {
    // The item itself is let go before the comparison.
    const made = call1(rt, key, compared);
    releaseTemps(rt, m);
    compared = temp(rt, made);
  }
  const result =
    side === 'left' ? compareBool(rt, compared, x, CompareOp.Lt) : !compareBool(rt, x, compared, CompareOp.Lt);
  releaseTemps(rt, m);
  return result;
}

/** An argument as Py_ssize_t, exactly. @runsPython */
function position(rt: Runtime, o: Ref, absent: number): number | bigint {
  if (o === 0) return absent;
  const value = asSsize(rt, o);
  return Number.isSafeInteger(value) || !isInt(rt, o) ? value : bigIntValue(rt, o);
}

/** The end of the search; None and −1 stand for the length. @runsPython
 *  Source: CPython 3.12 ssize_t_converter. */
function endPosition(rt: Runtime, a: Ref, hi: Ref): number | bigint {
  if (hi !== 0 && hi !== S.None && !hasIndex(rt, hi))
    typeError(rt, `argument should be integer or None, not '${kindName(rt, hi)}'`);
  const high = hi === S.None ? -1 : position(rt, hi, -1);
  if (high !== -1) return high;
  const isMapping = slotOf(rt, a, TypeWord.SqLength) === 0 && slotOf(rt, a, TypeWord.MpLength) !== 0;
  return isMapping ? typeError(rt, `${kindName(rt, a)} is not a sequence`) : exactLength(rt, a);
}

/** Where `x` belongs among the items from `lo` up to `hi`. @runsPython
 *  Source: CPython 3.12 internal_bisect_left, internal_bisect_right. */
function search(rt: Runtime, side: Side, a: Ref, x: Ref, lo: Ref, hi: Ref, key: Ref): Owned {
  const low = position(rt, lo, 0);
  if (low < 0) valueError(rt, 'lo must be non-negative');
  const high = endPosition(rt, a, hi);
  if (slotOf(rt, a, TypeWord.SqItem) === 0) refuseIndexing(rt, a);
  if (low >= high) return newBigInt(rt, BigInt(low));
  if (typeof high === 'bigint') return newBigInt(rt, searchFar(rt, side, a, x, BigInt(low), high, key));
  return newInt(rt, searchNear(rt, side, a, x, Number(low), high, key));
}

/** As `isBehind` for item `i` of a list, where that runs no Python; else null. */
function plainlyBehind(rt: Runtime, side: Side, list: Ref, i: number, x: Ref): boolean | null {
  if (i >= listLength(rt, list)) return null;
  const item = listItem(rt, list, i);
  if (side === 'left') return plainLess(rt, item, x);
  const isBefore = plainLess(rt, x, item);
  return isBefore === null ? null : !isBefore;
}

function searchNear(rt: Runtime, side: Side, a: Ref, x: Ref, lo: number, hi: number, key: Ref): number {
  let low = lo;
  let high = hi;
  const isPlain = rt.words[a + ObjectWord.Type] === T.list && (key === 0 || key === S.None);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const known = isPlain ? plainlyBehind(rt, side, a, middle, x) : null;
    if (known ?? isBehind(rt, side, sequenceItem(rt, a, middle), x, key)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** As `searchNear`, for sequences of more than 2^53 items: places are ints, which subscripting takes. */
function searchFar(rt: Runtime, side: Side, a: Ref, x: Ref, lo: bigint, hi: bigint, key: Ref): bigint {
  let low = lo;
  let high = hi;
  while (low < high) {
    const middle = (low + high) >> 1n;
    const m = tempMark(rt);
    const item = getItem(rt, a, temp(rt, newBigInt(rt, middle)));
    if (isBehind(rt, side, releaseKeeping(rt, m, item), x, key)) low = middle + 1n;
    else high = middle;
  }
  return low;
}

const bisect =
  (side: Side) =>
  (rt: Runtime, _module: Ref, a = 0, x = 0, lo = 0, hi = 0, key = 0): Owned =>
    search(rt, side, a, x, lo, hi, key);

/** @runsPython
 *  Source: CPython 3.12 _bisect_insort_right_impl. */
const insort =
  (side: Side) =>
  (rt: Runtime, _module: Ref, a = 0, x = 0, lo = 0, hi = 0, key = 0): Owned => {
    const hasKey = key !== 0 && key !== S.None;
    const sought = hasKey ? temp(rt, call1(rt, key, x)) : x;
    const at = temp(rt, search(rt, side, a, sought, lo, hi, key));
    if (rt.words[a + ObjectWord.Type] === T.list) listInsert(rt, a, asSsize(rt, at), x);
    else temp(rt, call2(rt, temp(rt, getAttrText(rt, a, 'insert')), at, x));
    return none();
  };

const SIGNATURE = '($module, /, a, x, lo=0, hi=None, *, key=None)';

const LIMITS =
  'Optional args lo (default 0) and hi (default len(a)) bound the\nslice of a to be searched.\n\n' +
  'A custom key function can be supplied to customize the sort order.';

const bisectDoc = (these: string, those: string, side: string) =>
  'Return the index where to insert item x in list a, assuming a is sorted.\n\n' +
  `The return value i is such that all e in a[:i] have e ${these} x, and all e in\na[i:] have e ${those} x.  ` +
  `So if x already appears in the list, a.insert(i, x) will\ninsert just ${side} x already there.\n\n${LIMITS}`;

const insortDoc = (side: string) =>
  'Insert item x in list a, and keep it sorted assuming a is sorted.\n\n' +
  `If x is already in a, insert it to the ${side} x.\n\n${LIMITS}`;

const DOC = `Bisection algorithms.

This module provides support for maintaining a list in sorted order without
having to sort the list after each insertion. For long lists of items with
expensive comparison operations, this can be an improvement over the more
common approach.
`;

defineModule({
  name: '_bisect',
  doc: DOC,
  functions: [
    native(`bisect_right${SIGNATURE}`, bisect('right'), { doc: bisectDoc('<=', '>', 'after the rightmost') }),
    native(`insort_right${SIGNATURE}`, insort('right'), { doc: insortDoc('right of the rightmost') }),
    native(`bisect_left${SIGNATURE}`, bisect('left'), { doc: bisectDoc('<', '>=', 'before the leftmost') }),
    native(`insort_left${SIGNATURE}`, insort('left'), { doc: insortDoc('left of the leftmost') }),
  ],
});
