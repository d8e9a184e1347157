/** `<` between the keys of a sort: chosen once, by a look at all keys. */
import { decref, ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { CompareOp, SLOT_FUNCTIONS } from '../../../core/functions.ts';
import type { CompareSlot } from '../../../core/functions.ts';
import { floatValue, isCompact } from '../../../core/int.ts';
import { IntWord } from '../../../core/layout/numbers.ts';
import { StrState } from '../../../core/layout/text.ts';
import { compareBool, isTrue } from '../../../core/protocol/compare.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { S, T } from '../../../core/static.ts';
import { strKind, strText } from '../../../core/str.ts';

/** How keys are compared. */
export const enum Less {
  /** Any keys. */
  Any = 0,
  /** Keys of one type with a `tp_richcompare`. */
  SameType = 1,
  /** Exact ints below 2^30. */
  Int = 2,
  Float = 3,
  /** Exact strings of characters up to 255. */
  Latin = 4,
  /** Non-empty exact tuples. */
  Tuple = 5,
}

/** The comparison of one sort. */
export interface KeyOrder {
  how: Less;
  /** For tuples: how their first items are compared. */
  first: Less;
  /** For `SameType`: the slot of that type. */
  slot: number;
}

/** Looks at the `n` keys from `base` on. Source: CPython 3.12 list_sort_impl, pre-sort check. */
export function chooseOrder(rt: Runtime, base: number, n: number): KeyOrder {
  const H = rt.words;
  if (n < 2) return { how: Less.Any, first: Less.Any, slot: 0 };
  let inTuples = isFilledTuple(H, H[base]);
  const type = H[keyOf(H, H[base], inTuples) + ObjectWord.Type];
  let same = true;
  let plain = true;
  for (let i = base; i < base + n; i++) {
    if (inTuples && !isFilledTuple(H, H[i])) {
      inTuples = same = false;
      break;
    }
    const key = keyOf(H, H[i], inTuples);
    if (H[key + ObjectWord.Type] !== type) {
      same = false;
      if (!inTuples) break;
    }
    if (same && plain) plain = isPlain(rt, type, key);
  }
  const slot = H[type + TypeWord.RichCompare];
  const how = same ? orderOf(type, plain, slot) : Less.Any;
  if (!inTuples) return { how, first: Less.Any, slot };
  return { how: Less.Tuple, first: type === T.tuple ? Less.Any : how, slot };
}

function isFilledTuple(H: Int32Array, key: Ref): boolean {
  return H[key + ObjectWord.Type] === T.tuple && H[key + TupleWord.Size] > 0;
}

function keyOf(H: Int32Array, key: Ref, inTuple: boolean): Ref {
  return inTuple ? H[key + TupleWord.Items] : key;
}

/** Whether a key allows the quickest comparison of its type. */
function isPlain(rt: Runtime, type: Ref, key: Ref): boolean {
  if (type === T.int) return isCompact(rt, key);
  if (type === T.str) return strKind(rt, key) <= (StrState.Latin1 as number);
  return true;
}

function orderOf(type: Ref, plain: boolean, slot: number): Less {
  if (type === T.str && plain) return Less.Latin;
  if (type === T.int && plain) return Less.Int;
  if (type === T.float) return Less.Float;
  return slot !== 0 ? Less.SameType : Less.Any;
}

/** `a < b` @runsPython */
export function isLess(rt: Runtime, order: KeyOrder, a: Ref, b: Ref): boolean {
  if (order.how === Less.Tuple) return tupleLess(rt, order, a, b);
  return simpleLess(rt, order.how, order.slot, a, b);
}

function simpleLess(rt: Runtime, how: Less, slot: number, a: Ref, b: Ref): boolean {
  switch (how) {
    case Less.Int:
      return rt.words[a + IntWord.Payload] < rt.words[b + IntWord.Payload];
    case Less.Float:
      return floatValue(rt, a) < floatValue(rt, b);
    case Less.Latin:
      return strText(rt, a) < strText(rt, b);
    case Less.SameType:
      return sameTypeLess(rt, slot, a, b);
    default:
      return compareBool(rt, a, b, CompareOp.Lt);
  }
}

/** Source: CPython 3.12 unsafe_object_compare. */
function sameTypeLess(rt: Runtime, slot: number, a: Ref, b: Ref): boolean {
  const H = rt.words;
  if (H[H[a + ObjectWord.Type] + TypeWord.RichCompare] !== slot) return compareBool(rt, a, b, CompareOp.Lt);
  const result = (SLOT_FUNCTIONS[slot] as CompareSlot)(rt, a, b, CompareOp.Lt);
  if (result === (S.True as number)) return true;
  if (result === (S.False as number)) return false;
  if (result === (S.NotImplemented as number)) return compareBool(rt, a, b, CompareOp.Lt);
  const truth = isTrue(rt, result);
  decref(rt, result);
  return truth;
}

/** Source: CPython 3.12 unsafe_tuple_compare. */
function tupleLess(rt: Runtime, order: KeyOrder, a: Ref, b: Ref): boolean {
  const H = rt.words;
  const n = H[a + TupleWord.Size];
  const m = H[b + TupleWord.Size];
  let i = 0;
  while (i < n && i < m && compareBool(rt, H[a + TupleWord.Items + i], H[b + TupleWord.Items + i], CompareOp.Eq)) i++;
  if (i >= n || i >= m) return n < m;
  const x = H[a + TupleWord.Items + i];
  const y = H[b + TupleWord.Items + i];
  return i === 0 ? simpleLess(rt, order.first, order.slot, x, y) : compareBool(rt, x, y, CompareOp.Lt);
}
