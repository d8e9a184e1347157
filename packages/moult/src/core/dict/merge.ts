/** Copying and merging dicts. */
import {
  DictWord,
  freeValues,
  HeapRoot,
  keysDecref,
  KeysInfo,
  KeysWord,
  newRef,
  ObjectWord,
  TypeWord,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { keyError, runtimeError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { dropTemp, temp, untemp } from '../temps.ts';
import { isDict } from '../types.ts';
import { dictGetHash, dictHashAt, dictKeyAt, dictNext, dictValueAt } from './get.ts';
import { isUnicode } from './lookup.ts';
import { cloneKeys, copySplit, newDict, newDictOf, shareTracking } from './make.ts';
import { bumpVersion, log2ForEntries, MinTable, resize, usableOf } from './resize.ts';
import { mergeMapping, Override } from './merge-mapping.ts';
import { dictSetHash } from './set.ts';

/** Whether `d` is a dict that is walked as one: no subclass with an `__iter__` of its own. */
function iteratesAsDict(rt: Runtime, d: Ref): boolean {
  const H = rt.words;
  return H[H[d + ObjectWord.Type] + TypeWord.Iter] === H[T.dict + TypeWord.Iter];
}

/** `dict.copy`: a new dict with the same entries. @runsPython (only for a subclass with its own `__iter__`)
 *  Source: CPython 3.12 PyDict_Copy. */
export function dictCopy(rt: Runtime, d: Ref): Owned {
  const H = rt.words;
  if (H[d + DictWord.Used] === 0) return newDict(rt);
  if (H[d + DictWord.Values] !== 0) return copySplit(rt, d);
  const entries = H[H[d + DictWord.Keys] + KeysWord.NumEntries];
  if (iteratesAsDict(rt, d) && H[d + DictWord.Used] >= (((entries * 2) / 3) | 0)) {
    const copy = newDictOf(rt, cloneKeys(rt, H[d + DictWord.Keys]), 0, H[d + DictWord.Used]);
    shareTracking(rt, d, copy);
    return copy;
  }
  const copy = temp(rt, newDict(rt));
  dictMerge(rt, copy, d, Override.Replace);
  return untemp(rt, copy);
}

/** Stores all entries of a mapping: a dict, or anything with `keys()` and items. @runsPython
 *  Source: CPython 3.12 dict_merge. */
export function dictMerge(rt: Runtime, target: Ref, source: Ref, override: Override): void {
  if (isDict(rt, source) && iteratesAsDict(rt, source)) mergeDict(rt, target, source, override);
  else mergeMapping(rt, target, source, override);
}

function mergeDict(rt: Runtime, target: Ref, source: Ref, override: Override): void {
  const H = rt.words;
  const used = H[source + DictWord.Used];
  if (source === target || used === 0) return;
  if (H[target + DictWord.Used] === 0) {
    override = Override.Replace;
    if (isClean(H, source)) return cloneInto(rt, target, source);
  }
  if (usableOf(H[H[target + DictWord.Keys] + KeysWord.Info] & KeysInfo.SizeMask) < used) {
    const unicode = isUnicode(H, H[source + DictWord.Keys]);
    resize(rt, target, log2ForEntries(H[target + DictWord.Used] + used), unicode);
  }
  mergeEntries(rt, target, source, override);
}

/** Combined, without holes, and not much larger than its entries need. */
function isClean(H: Int32Array, d: Ref): boolean {
  const keys = H[d + DictWord.Keys];
  const used = H[d + DictWord.Used];
  if (H[d + DictWord.Values] !== 0 || used !== H[keys + KeysWord.NumEntries]) return false;
  const log2Size = H[keys + KeysWord.Info] & KeysInfo.SizeMask;
  return log2Size === MinTable.Log2 || usableOf(log2Size - 1) < used;
}

function cloneInto(rt: Runtime, target: Ref, source: Ref): void {
  const H = rt.words;
  const keys = cloneKeys(rt, H[source + DictWord.Keys]);
  const oldKeys = H[target + DictWord.Keys];
  const oldValues = H[target + DictWord.Values];
  H[target + DictWord.Keys] = keys;
  H[target + DictWord.Values] = 0;
  H[target + DictWord.Used] = H[source + DictWord.Used];
  bumpVersion(rt, target);
  shareTracking(rt, source, target);
  if (oldKeys !== H[HeapRoot.EmptyKeys]) keysDecref(rt, oldKeys);
  if (oldValues !== 0) freeValues(rt, oldValues);
}

function mergeEntries(rt: Runtime, target: Ref, source: Ref, override: Override): void {
  const H = rt.words;
  const entries = H[H[source + DictWord.Keys] + KeysWord.NumEntries];
  for (let i = dictNext(rt, source, 0); i >= 0; i = dictNext(rt, source, i + 1)) {
    const lo = dictHashAt(rt, source, i);
    const hi = rt.hashHigh;
    const key = temp(rt, newRef(rt, dictKeyAt(rt, source, i)));
    const value = temp(rt, newRef(rt, dictValueAt(rt, source, i)));
    if (override === Override.Replace || dictGetHash(rt, target, key, lo, hi) === 0) {
      dictSetHash(rt, target, key, lo, hi, value);
    } else if (override === Override.Refuse) keyError(rt, key);
    dropTemp(rt, value);
    dropTemp(rt, key);
    if (entries !== H[H[source + DictWord.Keys] + KeysWord.NumEntries]) runtimeError(rt, 'dict mutated during update');
  }
}
