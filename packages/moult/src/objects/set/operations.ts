/** What sets are combined to and how they compare; results are new plain sets. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGetHash, dictLength, keyHash } from '../../core/dict/index.ts';
import { CompareOp } from '../../core/functions.ts';
import { SetEntry, SetWord } from '../../core/layout/set.ts';
import { iter, iterNext } from '../../core/protocol/iterate.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { dropTemp, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { baseSetType, copySet, emptySet, isAnySet, newSetFrom } from './make.ts';
import { setAddHash, setEntryAt, setHas, setHasHash, setNext } from './table.ts';
import { setDifferenceUpdate, setSymmetricUpdate, setUpdate } from './update.ts';

/** Which members `select` keeps. */
const enum Keep {
  Common = 0,
  Others = 1,
}

/** Adds to `result` the members of `s` that are in `other`, or that are not. `other` is a set, or an exact dict.
 *  @runsPython */
function select(rt: Runtime, s: Ref, other: Ref, keep: Keep, result: Ref): void {
  const H = rt.words;
  const inDict = H[other + ObjectWord.Type] === T.dict;
  for (let i = setNext(rt, s, 0); i >= 0; i = setNext(rt, s, i + 1)) {
    const entry = setEntryAt(rt, s, i);
    const lo = H[entry + SetEntry.HashLow];
    const hi = H[entry + SetEntry.HashHigh];
    const key = temp(rt, newRef(rt, H[entry]));
    const found = inDict ? dictGetHash(rt, other, key, lo, hi) !== 0 : setHasHash(rt, other, key, lo, hi);
    if (found === (keep === Keep.Common)) setAddHash(rt, result, key, lo, hi);
    dropTemp(rt, key);
  }
}

/** `s & other` for any iterable. @runsPython
 *  Source: CPython 3.12 set_intersection. */
export function intersection(rt: Runtime, s: Ref, other: Ref): Owned {
  const H = rt.words;
  if (s === other) return copySet(rt, s);
  const result = temp(rt, emptySet(rt, baseSetType(rt, s)));
  if (!isAnySet(rt, other)) intersectIterable(rt, s, other, result);
  else if (H[other + SetWord.Used] > H[s + SetWord.Used]) select(rt, s, other, Keep.Common, result);
  else select(rt, other, s, Keep.Common, result);
  return untemp(rt, result);
}

function intersectIterable(rt: Runtime, s: Ref, other: Ref, result: Ref): void {
  const iterator = temp(rt, iter(rt, other));
  for (let key = iterNext(rt, iterator); key !== 0; key = iterNext(rt, iterator)) {
    temp(rt, key);
    const lo = keyHash(rt, key);
    const hi = rt.hashHigh;
    if (setHasHash(rt, s, key, lo, hi)) setAddHash(rt, result, key, lo, hi);
    dropTemp(rt, key);
  }
  dropTemp(rt, iterator);
}

/** `s - other` for any iterable. @runsPython
 *  Source: CPython 3.12 set_difference. */
export function difference(rt: Runtime, s: Ref, other: Ref): Owned {
  const H = rt.words;
  const isDict = H[other + ObjectWord.Type] === T.dict;
  const isSet = isAnySet(rt, other);
  const size = isSet ? H[other + SetWord.Used] : isDict ? dictLength(rt, other) : 0;
  if ((!isSet && !isDict) || H[s + SetWord.Used] >> 2 > size) {
    const copy = temp(rt, copySet(rt, s));
    setDifferenceUpdate(rt, copy, other);
    return untemp(rt, copy);
  }
  const result = temp(rt, emptySet(rt, baseSetType(rt, s)));
  select(rt, s, other, Keep.Others, result);
  return untemp(rt, result);
}

/** `s | other` for any iterable. @runsPython */
export function union(rt: Runtime, s: Ref, other: Ref): Owned {
  const result = temp(rt, copySet(rt, s));
  if (s !== other) setUpdate(rt, result, other);
  return untemp(rt, result);
}

/** `s ^ other` for any iterable. @runsPython
 *  Source: CPython 3.12 set_symmetric_difference. */
export function symmetricDifference(rt: Runtime, s: Ref, other: Ref): Owned {
  const result = temp(rt, newSetFrom(rt, baseSetType(rt, s), other));
  setSymmetricUpdate(rt, result, s);
  return untemp(rt, result);
}

/** Whether all members of `s` are in the iterable. @runsPython
 *  Source: CPython 3.12 set_issubset. */
export function isSubset(rt: Runtime, s: Ref, other: Ref): boolean {
  const H = rt.words;
  if (!isAnySet(rt, other)) {
    const common = temp(rt, intersection(rt, s, other));
    const all = H[common + SetWord.Used] === H[s + SetWord.Used];
    dropTemp(rt, common);
    return all;
  }
  if (H[s + SetWord.Used] > H[other + SetWord.Used]) return false;
  return countsNone(rt, s, other, false);
}

/** Whether no member of `s` has `found` as the answer to being in `other`. @runsPython */
function countsNone(rt: Runtime, s: Ref, other: Ref, found: boolean): boolean {
  const H = rt.words;
  for (let i = setNext(rt, s, 0); i >= 0; i = setNext(rt, s, i + 1)) {
    const entry = setEntryAt(rt, s, i);
    const lo = H[entry + SetEntry.HashLow];
    const hi = H[entry + SetEntry.HashHigh];
    const key = temp(rt, newRef(rt, H[entry]));
    const has = setHasHash(rt, other, key, lo, hi);
    dropTemp(rt, key);
    if (has === found) return false;
  }
  return true;
}

/** Whether all items of the iterable are in `s`. @runsPython
 *  Source: CPython 3.12 set_issuperset. */
export function isSuperset(rt: Runtime, s: Ref, other: Ref): boolean {
  return isAnySet(rt, other) ? isSubset(rt, other, s) : itemsAll(rt, s, other, true);
}

/** Whether for every item of the iterable, being in `s` is answered by `expected`. @runsPython */
function itemsAll(rt: Runtime, s: Ref, iterable: Ref, expected: boolean): boolean {
  const bottom = tempMark(rt);
  const iterator = temp(rt, iter(rt, iterable));
  let all = true;
  for (let key = iterNext(rt, iterator); key !== 0; key = iterNext(rt, iterator)) {
    temp(rt, key);
    all = setHas(rt, s, key) === expected;
    dropTemp(rt, key);
    if (!all) break;
  }
  releaseTemps(rt, bottom);
  return all;
}

/** Whether nothing is in both. @runsPython
 *  Source: CPython 3.12 set_isdisjoint. */
export function isDisjoint(rt: Runtime, s: Ref, other: Ref): boolean {
  const H = rt.words;
  if (s === other) return H[s + SetWord.Used] === 0;
  const type = H[other + ObjectWord.Type];
  if (type !== (T.set as number) && type !== (T.frozenset as number)) return itemsAll(rt, s, other, false);
  if (H[other + SetWord.Used] > H[s + SetWord.Used]) return countsNone(rt, s, other, true);
  return countsNone(rt, other, s, true);
}

/** Comparison of sets: subsets and supersets. @runsPython
 *  Source: CPython 3.12 set_richcompare. */
export function setRichCompare(rt: Runtime, s: Ref, other: Ref, op: number): Owned {
  if (!isAnySet(rt, other)) return S.NotImplemented as Ref as Owned;
  return pyBool(compareSets(rt, s, other, op)) as Owned;
}

function compareSets(rt: Runtime, s: Ref, other: Ref, op: number): boolean {
  const H = rt.words;
  const ns = H[s + SetWord.Used];
  const no = H[other + SetWord.Used];
  switch (op) {
    case CompareOp.Eq:
      return ns === no && !hashesDiffer(H, s, other) && isSubset(rt, s, other);
    case CompareOp.Ne:
      return !compareSets(rt, s, other, CompareOp.Eq);
    case CompareOp.Le:
      return isSubset(rt, s, other);
    case CompareOp.Ge:
      return isSuperset(rt, s, other);
    case CompareOp.Lt:
      return ns < no && isSubset(rt, s, other);
    default:
      return ns > no && isSuperset(rt, s, other);
  }
}

/** Whether both hashes are known and differ. */
function hashesDiffer(H: Int32Array, a: Ref, b: Ref): boolean {
  const known =
    (H[a + SetWord.HashLow] & H[a + SetWord.HashHigh]) !== -1 &&
    (H[b + SetWord.HashLow] & H[b + SetWord.HashHigh]) !== -1;
  if (!known) return false;
  return H[a + SetWord.HashLow] !== H[b + SetWord.HashLow] || H[a + SetWord.HashHigh] !== H[b + SetWord.HashHigh];
}
