/** New dicts and copies of tables. */
import {
  DictKeysKind,
  DictWord,
  EntryWord,
  freeValues,
  gcNew,
  HeadWord,
  HeapRoot,
  incref,
  isTracked,
  keysDecref,
  keysIncref,
  KeysInfo,
  KeysWord,
  keysBytes,
  keysWords,
  allocMetered,
  newDict as newDictRecord,
  newKeys,
  newValues,
  track,
  ValuesWord,
  valuesCapacity,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { log2ForEntries, usableOf, MinTable, bumpVersion } from './resize.ts';

/** Presizing stops here: later growth costs less than a table that stays empty. */
const MAX_PRESIZE_LOG2 = 17;

/** An empty dict, untracked. */
export function newDict(rt: Runtime): Owned {
  return newDictOf(rt, rt.words[HeapRoot.EmptyKeys], 0, 0);
}

/** An empty dict with room for about `n` entries: of strings if `unicode`.
 *  Source: CPython 3.12 dict_new_presized. */
export function newDictPresized(rt: Runtime, n: number, unicode = false): Owned {
  if (n <= usableOf(MinTable.Log2)) return newDict(rt);
  const log2Size = n > usableOf(MAX_PRESIZE_LOG2) ? MAX_PRESIZE_LOG2 : log2ForEntries(n);
  return newDictOf(rt, newKeys(rt, log2Size, unicode ? DictKeysKind.Unicode : DictKeysKind.General), 0, 0);
}

/** A dict of these records; takes the reference to `keys` and the `values` (0: combined table), whose references to
 *  objects are left alone if there is no memory for the dict.
 *  Source: CPython 3.12 new_dict. */
export function newDictOf(rt: Runtime, keys: number, values: number, used: number): Owned {
  const H = rt.words;
  const d = H[HeapRoot.EmptyKeys] === keys ? newDictRecord(rt, T.dict) : recordOrRelease(rt, keys);
  H[d + DictWord.Keys] = keys;
  H[d + DictWord.Values] = values;
  H[d + DictWord.Used] = used;
  bumpVersion(rt, d);
  return d;
}

function recordOrRelease(rt: Runtime, keys: number): Owned {
  try {
    return newDictRecord(rt, T.dict);
  } catch (error) {
    keysDecref(rt, keys);
    throw error;
  }
}

/** An empty split dict that shares `keys`.
 *  Source: CPython 3.12 new_dict_with_shared_keys. */
export function newDictSharing(rt: Runtime, keys: number): Owned {
  const H = rt.words;
  const values = newValues(rt, sharedCapacity(H, keys));
  keysIncref(rt, keys);
  try {
    return newDictOf(rt, keys, values, 0);
  } catch (error) {
    freeValues(rt, values);
    throw error;
  }
}

/** Values that an instance or split dict made now needs room for. Source: CPython 3.12 shared_keys_usable_size. */
export function sharedCapacity(H: Int32Array, keys: number): number {
  return H[keys + KeysWord.NumEntries] + H[keys + KeysWord.Usable];
}

/** A copy of a combined table, count 1; every key and value gets one more reference.
 *  Source: CPython 3.12 clone_combined_dict_keys. */
export function cloneKeys(rt: Runtime, keys: number): number {
  const H = rt.words;
  const log2Size = H[keys + KeysWord.Info] & KeysInfo.SizeMask;
  const kind: DictKeysKind = H[keys + KeysWord.Info] >> KeysInfo.KindShift;
  const nwords = keysWords(log2Size, kind);
  const copy = allocMetered(rt, nwords, keysBytes(log2Size, kind));
  H.copyWithin(copy, keys, keys + nwords);
  H[copy + KeysWord.RefCount] = 1;
  const general = kind === DictKeysKind.General;
  const step = general ? EntryWord.GeneralWords : EntryWord.UnicodeWords;
  let entry = copy + KeysWord.Indices + (1 << log2Size) + (general ? EntryWord.Key : EntryWord.UnicodeKey);
  for (let n = H[copy + KeysWord.NumEntries]; n > 0; n--, entry += step) {
    const value = H[entry + EntryWord.Value - EntryWord.Key];
    if (value === 0) continue;
    if (H[value] >= 0) H[value]++;
    incref(rt, H[entry]);
  }
  return copy;
}

/** A split dict with the same shared keys and the same values.
 *  Source: CPython 3.12 PyDict_Copy, first branch. */
export function copySplit(rt: Runtime, d: Ref): Owned {
  const H = rt.words;
  const copy = copyValues(rt, H[d + DictWord.Values]);
  const keys = H[d + DictWord.Keys];
  const result = recordForSplit(rt, copy);
  keysIncref(rt, keys);
  H[result + DictWord.Keys] = keys;
  H[result + DictWord.Values] = copy;
  H[result + DictWord.Used] = H[d + DictWord.Used];
  for (let i = copy; i < copy + valuesCapacity(H, copy); i++) if (H[i] !== 0) incref(rt, H[i]);
  bumpVersion(rt, result);
  shareTracking(rt, d, result);
  return result;
}

function recordForSplit(rt: Runtime, values: number): Owned {
  try {
    return gcNew(rt, T.dict);
  } catch (error) {
    freeValues(rt, values);
    throw error;
  }
}

/** A copy of a values record whose references are not counted yet. */
function copyValues(rt: Runtime, values: number): number {
  const H = rt.words;
  const capacity = valuesCapacity(H, values);
  const copy = newValues(rt, capacity);
  const before = -ValuesWord.Order + ((capacity - 1) >> 2);
  H.copyWithin(copy - before, values - before, values + capacity);
  return copy;
}

/** Tracks `copy` if `source` is tracked and it is not yet. */
export function shareTracking(rt: Runtime, source: Ref, copy: Ref): void {
  if (isTracked(rt, source) && rt.words[copy + HeadWord.GcNext] === 0) track(rt, copy);
}
