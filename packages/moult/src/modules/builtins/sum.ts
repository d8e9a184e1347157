/** `sum`: exact ints while they are ints, compensated floats while they are floats, then by `+`.
 *  Source: CPython 3.12 builtin_sum_impl. */
import { decref, newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { bigIntValue, floatValue, isSafeInt, newBigInt, newFloat, newInt, safeIntValue } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import { add, iter, iterNext } from '../../core/protocol/index.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { smallInt, T } from '../../core/static.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { isBytes, isStr } from '../../core/types.ts';

const LONG_LIMIT = 2n ** 63n;

/** The running total is the newest temporary; each stage leaves there what it could sum and returns the next item. */
function sum(rt: Runtime, _module: Ref, iterable: Ref, start: Ref): Owned {
  const H = rt.words;
  const it = temp(rt, iter(rt, iterable));
  if (start !== 0) refuseText(rt, start);
  const total = temp(rt, start === 0 ? (smallInt(0) as Owned) : newRef(rt, start));
  let item: Owned | 0 =
    H[total + ObjectWord.Type] === T.int && isSafeOrLong(rt, total) ? sumInts(rt, it) : iterNext(rt, it);
  if (item !== 0 && H[current(rt) + ObjectWord.Type] === T.float) item = sumFloats(rt, it, item);
  while (item !== 0) {
    addItem(rt, item);
    item = iterNext(rt, it);
  }
  return newRef(rt, current(rt));
}

function refuseText(rt: Runtime, start: Ref): void {
  if (isStr(rt, start)) typeError(rt, "sum() can't sum strings [use ''.join(seq) instead]");
  if (isBytes(rt, start)) typeError(rt, "sum() can't sum bytes [use b''.join(seq) instead]");
  if (rt.words[start + ObjectWord.Type] === T.bytearray)
    typeError(rt, "sum() can't sum bytearray [use b''.join(seq) instead]");
}

function current(rt: Runtime): Ref {
  const top = rt.words[RootNum.TempTop];
  return rt.words[top - 1];
}

/** Puts a new total in the old one's place. Takes `total`. @runsPython when the old one dies */
function replace(rt: Runtime, total: Owned): void {
  const H = rt.words;
  const at = H[RootNum.TempTop] - 1;
  const old = H[at];
  H[at] = total;
  decref(rt, old);
}

/** `total = total + item`. Takes `item`. @runsPython */
function addItem(rt: Runtime, item: Owned): void {
  const total = current(rt);
  temp(rt, item);
  const next = add(rt, total, item);
  temp(rt, next);
  const H = rt.words;
  const top = H[RootNum.TempTop];
  H[top - 3] = next;
  H[top - 1] = total;
  dropTemp(rt, total);
  dropTemp(rt, item);
}

function isSafeOrLong(rt: Runtime, o: Ref): boolean {
  if (isSafeInt(rt, o)) return true;
  const n = bigIntValue(rt, o);
  return n < LONG_LIMIT && n >= -LONG_LIMIT;
}

/** Sums exact ints and bools. Returns the next item to be looked at; an item that is no int has been added. */
function sumInts(rt: Runtime, it: Ref): Owned | 0 {
  let total: number | bigint = intNumber(rt, current(rt));
  for (;;) {
    const item = iterNext(rt, it);
    if (item !== 0 && isLong(rt, item)) {
      const n: number | bigint = intNumber(rt, item);
      decref(rt, item);
      const sum: number | bigint = typeof total === 'number' && typeof n === 'number' ? total + n : NaN;
      total = Number.isSafeInteger(sum) ? sum : BigInt(total) + BigInt(n);
      continue;
    }
    replace(rt, typeof total === 'number' ? newInt(rt, total) : newBigInt(rt, total));
    if (item === 0) return 0;
    addItem(rt, item);
    return iterNext(rt, it);
  }
}

function intNumber(rt: Runtime, o: Ref): number | bigint {
  return isSafeInt(rt, o) ? safeIntValue(rt, o) : bigIntValue(rt, o);
}

function isLong(rt: Runtime, o: Ref): boolean {
  const type = rt.words[o + ObjectWord.Type];
  return (type === T.int || type === T.bool) && isSafeOrLong(rt, o);
}

/** Sums exact floats and ints that fit a C long, with Neumaier's compensation for the floats. */
function sumFloats(rt: Runtime, it: Ref, first: Owned): Owned | 0 {
  const H = rt.words;
  let total = floatValue(rt, current(rt));
  let lost = 0;
  let item: Owned | 0 = first;
  for (; item !== 0; item = iterNext(rt, it)) {
    const kind = H[item + ObjectWord.Type];
    if (kind === T.float) {
      const x = floatValue(rt, item);
      const t = total + x;
      lost += Math.abs(total) >= Math.abs(x) ? total - t + x : x - t + total;
      total = t;
    } else if (kind === T.int && isSafeOrLong(rt, item)) {
      total += Number(bigIntValue(rt, item));
    } else break;
    decref(rt, item);
  }
  replace(rt, newFloat(rt, lost !== 0 && Number.isFinite(lost) ? total + lost : total));
  if (item === 0) return 0;
  addItem(rt, item);
  return iterNext(rt, it);
}

export const SUM_FUNCTIONS = [
  native('sum($module, iterable, /, start=0)', sum, {
    doc: "Return the sum of a 'start' value (default: 0) plus an iterable of numbers.",
  }),
];
