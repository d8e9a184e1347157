/** `keys()` and `items()` as sets: comparison and operators. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import {
  dictCopy,
  dictDeleteHash,
  dictGetHash,
  dictHashAt,
  dictKeyAt,
  dictNext,
  dictValueAt,
} from '../../core/dict/index.ts';
import { CompareOp } from '../../core/functions.ts';
import { DictViewWord } from '../../core/layout/dict.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import { compareBool } from '../../core/protocol/compare.ts';
import { contains, length } from '../../core/protocol/item.ts';
import { iter, iterNext } from '../../core/protocol/iterate.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { isAnySet, newSet, newSetFrom } from '../set/make.ts';
import { setAdd } from '../set/table.ts';
import { setDifferenceUpdate, setSymmetricUpdate, setUpdate } from '../set/update.ts';
import { isInstance } from '../../core/types.ts';
import { itemsContain, keysContain, newDictView, viewLength } from './views.ts';

/** A view that is like a set. */
function isSetView(rt: Runtime, o: Ref): boolean {
  return isInstance(rt, o, T.dictKeys) || isInstance(rt, o, T.dictItems);
}

/** Whether every item of `a` is in `b`. @runsPython */
function allContained(rt: Runtime, a: Ref, b: Ref): boolean {
  return itemsAll(rt, a, b, true);
}

/** Whether for every item of the iterable, being in `container` is answered by `expected`. @runsPython */
function itemsAll(rt: Runtime, iterable: Ref, container: Ref, expected: boolean): boolean {
  const bottom = tempMark(rt);
  const iterator = temp(rt, iter(rt, iterable));
  let all = true;
  for (let item = iterNext(rt, iterator); all && item !== 0; item = all ? iterNext(rt, iterator) : 0) {
    temp(rt, item);
    all = contains(rt, container, item) === expected;
    dropTemp(rt, item);
  }
  releaseTemps(rt, bottom);
  return all;
}

/** @runsPython Source: CPython 3.12 dictview_richcompare. */
function viewRichCompare(rt: Runtime, view: Ref, other: Ref, op: number): Owned {
  if (!isAnySet(rt, other) && !isSetView(rt, other)) return S.NotImplemented as Ref as Owned;
  const own = length(rt, view);
  const others = length(rt, other);
  return pyBool(compareViews(rt, view, own, other, others, op)) as Owned;
}

function compareViews(rt: Runtime, view: Ref, own: number, other: Ref, others: number, op: number): boolean {
  switch (op) {
    case CompareOp.Eq:
      return own === others && allContained(rt, view, other);
    case CompareOp.Ne:
      return !(own === others && allContained(rt, view, other));
    case CompareOp.Lt:
      return own < others && allContained(rt, view, other);
    case CompareOp.Le:
      return own <= others && allContained(rt, view, other);
    case CompareOp.Gt:
      return own > others && allContained(rt, other, view);
    default:
      return own >= others && allContained(rt, other, view);
  }
}

/** A set of what the view (or the left operand) yields. @runsPython
 *  Source: CPython 3.12 dictviews_to_set. */
function toSet(rt: Runtime, view: Ref): Owned {
  const H = rt.words;
  if (isInstance(rt, view, T.dictKeys)) {
    const d = H[view + DictViewWord.Dict];
    if (H[d + ObjectWord.Type] === T.dict) return newSetFrom(rt, T.set, d);
  }
  return newSetFrom(rt, T.set, view);
}

const changed =
  (change: (rt: Runtime, s: Ref, other: Ref) => void) =>
  (rt: Runtime, view: Ref, other: Ref): Owned => {
    const result = temp(rt, toSet(rt, view));
    change(rt, result, other);
    return untemp(rt, result);
  };

const symmetric = changed(setSymmetricUpdate);

/** @runsPython Source: CPython 3.12 dictviews_xor. */
function viewXor(rt: Runtime, view: Ref, other: Ref): Owned {
  const H = rt.words;
  const items = isInstance(rt, view, T.dictItems) && isInstance(rt, other, T.dictItems);
  return items ? itemsXor(rt, H[view + DictViewWord.Dict], H[other + DictViewWord.Dict]) : symmetric(rt, view, other);
}

/** @runsPython Source: CPython 3.12 dictitems_xor. */
function itemsXor(rt: Runtime, a: Ref, b: Ref): Owned {
  const rest = temp(rt, dictCopy(rt, a));
  const result = temp(rt, newSet(rt));
  for (let i = dictNext(rt, b, 0); i >= 0; i = dictNext(rt, b, i + 1)) xorItem(rt, b, i, rest, result);
  const view = temp(rt, newDictView(rt, rest, T.dictItems));
  setUpdate(rt, result, view);
  dropTemp(rt, view);
  return releaseKeeping(rt, tempMark(rt) - 1, untemp(rt, result));
}

function xorItem(rt: Runtime, d: Ref, i: number, rest: Ref, result: Ref): void {
  const bottom = tempMark(rt);
  const lo = dictHashAt(rt, d, i);
  const hi = rt.hashHigh;
  const key = temp(rt, newRef(rt, dictKeyAt(rt, d, i)));
  const value = temp(rt, newRef(rt, dictValueAt(rt, d, i)));
  const other = dictGetHash(rt, rest, key, lo, hi);
  const equal = other !== 0 && compareBool(rt, temp(rt, newRef(rt, other)), value, CompareOp.Eq);
  if (equal) dictDeleteHash(rt, rest, key, lo, hi);
  else setAdd(rt, result, temp(rt, tupleOf(rt, key, value)));
  releaseTemps(rt, bottom);
}

/** @runsPython Source: CPython 3.12 _PyDictView_Intersect. */
function viewAnd(rt: Runtime, left: Ref, right: Ref): Owned {
  const H = rt.words;
  let view = isSetView(rt, left) ? left : right;
  let other = view === left ? right : left;
  const own = viewLength(rt, view);
  if (H[other + ObjectWord.Type] === T.set && own <= length(rt, other)) {
    const m = tempMark(rt);
    const method = temp(rt, getAttrText(rt, other, 'intersection'));
    return releaseKeeping(rt, m, call1(rt, method, view));
  }
  if (isSetView(rt, other) && viewLength(rt, other) > own) [view, other] = [other, view];
  return intersect(rt, view, other);
}

function intersect(rt: Runtime, view: Ref, other: Ref): Owned {
  const isKeys = isInstance(rt, view, T.dictKeys);
  const result = temp(rt, newSet(rt));
  const iterator = temp(rt, iter(rt, other));
  for (let item = iterNext(rt, iterator); item !== 0; item = iterNext(rt, iterator)) {
    temp(rt, item);
    if (isKeys ? keysContain(rt, view, item) : itemsContain(rt, view, item)) setAdd(rt, result, item);
    dropTemp(rt, item);
  }
  dropTemp(rt, iterator);
  return untemp(rt, result);
}

/** `view.isdisjoint(other)` @runsPython
 *  Source: CPython 3.12 dictviews_isdisjoint. */
export function isDisjointView(rt: Runtime, view: Ref, other: Ref): Owned {
  const own = viewLength(rt, view);
  if (view === other) return pyBool(own === 0) as Owned;
  const type = rt.words[other + ObjectWord.Type];
  const sized = type === (T.set as number) || type === (T.frozenset as number) || isSetView(rt, other);
  const swap = sized && length(rt, other) > own;
  return pyBool(swap ? itemsAll(rt, view, other, false) : itemsAll(rt, other, view, false)) as Owned;
}

/** Slots of the views that are like sets. */
export const VIEW_SET_SLOTS = {
  richcompare: viewRichCompare,
  nbSubtract: changed(setDifferenceUpdate),
  nbAnd: viewAnd,
  nbXor: viewXor,
  nbOr: changed(setUpdate),
} as const;
