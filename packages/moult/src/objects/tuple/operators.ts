/** Operators of tuples. */
import { newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { hashHi, TUPLE_START_HI, TUPLE_START_LO, tupleHashEnd, tupleHashStep } from '../../numeric/hash.ts';
import { indexError, typeError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { copyReferences } from '../../core/list.ts';
import { compareBool, hash } from '../../core/protocol/compare.ts';
import { hasIndex, indexNumber } from '../../core/protocol/number.ts';
import { reprEnter, reprLeave } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { sliceIndices } from '../../core/slice.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { newTuple, tupleFromWords } from '../../core/tuple.ts';
import { isTuple, kindName } from '../../core/types.ts';
import { compareItems, compareLengths, reprOfItem, repeatReferences } from '../list/operators.ts';

/** `repr(tuple)` @runsPython */
export function tupleRepr(rt: Runtime, tuple: Ref): Owned {
  const H = rt.words;
  const n = H[tuple + TupleWord.Size];
  if (n === 0) return newStr(rt, '()');
  if (reprEnter(rt, tuple)) return newStr(rt, '(...)');
  let text = '(';
  try {
    for (let i = 0; i < n; i++) {
      if (i > 0) text += ', ';
      text += reprOfItem(rt, H[tuple + TupleWord.Items + i]);
    }
  } finally {
    reprLeave(rt, tuple);
  }
  return newStr(rt, n === 1 ? `${text},)` : `${text})`);
}

/** `hash(tuple)`: low half. @runsPython */
export function tupleHashSlot(rt: Runtime, tuple: Ref): number {
  const H = rt.words;
  const n = H[tuple + TupleWord.Size];
  let lo = TUPLE_START_LO;
  let hi = TUPLE_START_HI;
  for (let i = 0; i < n; i++) {
    const item = hash(rt, H[tuple + TupleWord.Items + i]);
    lo = tupleHashStep(lo, hi, item, rt.hashHigh);
    hi = hashHi;
  }
  lo = tupleHashEnd(lo, hi, n);
  rt.hashHigh = hashHi;
  return lo;
}

/** `sq_item` */
export function tupleItemSlot(rt: Runtime, tuple: Ref, i: number): Owned {
  const H = rt.words;
  if (i < 0 || i >= H[tuple + TupleWord.Size]) indexError(rt, 'tuple index out of range');
  return newRef(rt, H[tuple + TupleWord.Items + i]);
}

/** `tuple[key]` @runsPython */
export function tupleSubscript(rt: Runtime, tuple: Ref, key: Ref): Owned {
  const H = rt.words;
  if (H[key + ObjectWord.Type] === T.slice) return getSlice(rt, tuple, key);
  if (!hasIndex(rt, key)) typeError(rt, `tuple indices must be integers or slices, not ${kindName(rt, key)}`);
  const i = indexNumber(rt, key, T.IndexError);
  return tupleItemSlot(rt, tuple, i < 0 ? i + H[tuple + TupleWord.Size] : i);
}

function getSlice(rt: Runtime, tuple: Ref, slice: Ref): Owned {
  const H = rt.words;
  const size = H[tuple + TupleWord.Size];
  const { start, step, count } = sliceIndices(rt, slice, size);
  if (count <= 0) return newTuple(rt, 0);
  if (start === 0 && step === 1 && count === size && H[tuple + ObjectWord.Type] === T.tuple) return newRef(rt, tuple);
  if (step === 1) return tupleFromWords(rt, tuple + TupleWord.Items + start, count);
  const result = newTuple(rt, count);
  for (let i = 0, at = start; i < count; i++, at += step) {
    H[result + TupleWord.Items + i] = newRef(rt, H[tuple + TupleWord.Items + at]);
  }
  return result;
}

/** The items from `low` up to `high`, which must be within the tuple; an exact tuple itself when that is all. */
export function tupleSlice(rt: Runtime, tuple: Ref, low: number, high: number): Owned {
  const H = rt.words;
  if (low === 0 && high === H[tuple + TupleWord.Size] && H[tuple + ObjectWord.Type] === T.tuple)
    return newRef(rt, tuple);
  return tupleFromWords(rt, tuple + TupleWord.Items + low, Math.max(high - low, 0));
}

/** `tuple + other` */
export function tupleConcat(rt: Runtime, tuple: Ref, other: Ref): Owned {
  const H = rt.words;
  const n = H[tuple + TupleWord.Size];
  if (n === 0 && H[other + ObjectWord.Type] === T.tuple) return newRef(rt, other);
  if (!isTuple(rt, other)) typeError(rt, `can only concatenate tuple (not "${kindName(rt, other)}") to tuple`);
  const m = H[other + TupleWord.Size];
  if (m === 0 && H[tuple + ObjectWord.Type] === T.tuple) return newRef(rt, tuple);
  const result = newTuple(rt, n + m);
  copyReferences(H, tuple + TupleWord.Items, result + TupleWord.Items, n);
  copyReferences(H, other + TupleWord.Items, result + TupleWord.Items + n, m);
  return result;
}

const MAX_ITEMS = 1 << 28;

/** `tuple * n` */
export function tupleRepeat(rt: Runtime, tuple: Ref, n: number): Owned {
  const H = rt.words;
  const size = H[tuple + TupleWord.Size];
  if ((size === 0 || n === 1) && H[tuple + ObjectWord.Type] === T.tuple) return newRef(rt, tuple);
  if (size === 0 || n <= 0) return newTuple(rt, 0);
  if (size * n > MAX_ITEMS) rt.onOutOfMemory(size * n * 8);
  const result = newTuple(rt, size * n);
  copyReferences(H, tuple + TupleWord.Items, result + TupleWord.Items, size);
  repeatReferences(H, result + TupleWord.Items, size, n);
  return result;
}

/** `value in tuple` @runsPython */
export function tupleContains(rt: Runtime, tuple: Ref, value: Ref): boolean {
  const H = rt.words;
  const n = H[tuple + TupleWord.Size];
  for (let i = 0; i < n; i++) if (compareBool(rt, H[tuple + TupleWord.Items + i], value, CompareOp.Eq)) return true;
  return false;
}

/** `tuple <op> other` @runsPython Source: CPython 3.12 tuplerichcompare. */
export function tupleCompare(rt: Runtime, tuple: Ref, other: Ref, op: number): Owned {
  const H = rt.words;
  if (!isTuple(rt, tuple) || !isTuple(rt, other)) return S.NotImplemented as Ref as Owned;
  const n = H[tuple + TupleWord.Size];
  const m = H[other + TupleWord.Size];
  let i = 0;
  while (
    i < n &&
    i < m &&
    compareBool(rt, H[tuple + TupleWord.Items + i], H[other + TupleWord.Items + i], CompareOp.Eq)
  )
    i++;
  if (i >= n || i >= m) return compareLengths(n, m, op);
  if (op === CompareOp.Eq || op === CompareOp.Ne) return pyBool(op === CompareOp.Ne) as Owned;
  return compareItems(rt, H[tuple + TupleWord.Items + i], H[other + TupleWord.Items + i], op);
}
