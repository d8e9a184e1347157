/** Taking entries out of dicts, and `setdefault`, which is a search that may store. */
import {
  clearDict,
  decref,
  DictKeysKind,
  DictWord,
  EntryWord,
  HeapRoot,
  IndexEntry,
  KeysInfo,
  KeysWord,
  newRef,
  TupleWord,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { keyError, raiseWithTake } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { internText, newStr } from '../str.ts';
import { dropTemp, temp, untemp } from '../temps.ts';
import { newTuple } from '../tuple.ts';
import { dictHashAt } from './get.ts';
import { findIndexSlot, keyHash, keyWord, lookup, valueWord } from './lookup.ts';
import { orderAppend, orderRemove } from './order.ts';
import { bumpVersion, maintainTracking, resize } from './resize.ts';
import { addTake, dictSetHashTake, makeRoom, prepareKind } from './set.ts';

/** `del d[key]`; false if there is no such key. @runsPython
 *  Source: CPython 3.12 PyDict_DelItem. */
export function dictDelete(rt: Runtime, d: Ref, key: Ref): boolean {
  const lo = keyHash(rt, key);
  return dictDeleteHash(rt, d, key, lo, rt.hashHigh);
}

/** `dictDelete` for a key whose hash is known. @runsPython */
export function dictDeleteHash(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number): boolean {
  const ix = lookup(rt, d, key, lo, hi);
  const H = rt.words;
  if (ix < 0 || H[valueWord(H, d, ix)] === 0) return false;
  const value = temp(rt, removeEntry(rt, d, ix, lo, hi));
  releaseKey(rt);
  dropTemp(rt, value);
  return true;
}

/** `del d[text]`; false if there is no such key. @runsPython */
export function dictDeleteText(rt: Runtime, d: Ref, text: string): boolean {
  const key = temp(rt, internText(rt, text));
  const found = dictDelete(rt, d, key);
  dropTemp(rt, key);
  return found;
}

/** The key of the entry that `removeEntry` took out last, 0 if it stays in shared keys: to be released at once. */
let removedKey = 0;

/** Detaches entry `ix`; the caller gets its value, and releases the key by `releaseKey` before anything else.
 *  Source: CPython 3.12 delitem_common. */
function removeEntry(rt: Runtime, d: Ref, ix: number, lo: number, hi: number): Owned {
  const H = rt.words;
  const keys = H[d + DictWord.Keys];
  const values = H[d + DictWord.Values];
  const word = valueWord(H, d, ix);
  const value = H[word];
  H[word] = 0;
  H[d + DictWord.Used]--;
  bumpVersion(rt, d);
  removedKey = 0;
  if (values !== 0) orderRemove(H, values, ix);
  else {
    removedKey = detachKey(rt, keys, ix, lo, hi);
    H[keys + KeysWord.Version] = 0;
  }
  return value as Owned;
}

function detachKey(rt: Runtime, keys: number, ix: number, lo: number, hi: number): Ref {
  const H = rt.words;
  H[findIndexSlot(rt, keys, lo, hi, ix)] = IndexEntry.Dummy;
  const word = keyWord(H, keys, ix);
  const key = H[word];
  H[word] = 0;
  if (H[keys + KeysWord.Info] >> KeysInfo.KindShift === DictKeysKind.General) {
    H[word - EntryWord.Key + EntryWord.HashLow] = 0;
    H[word - EntryWord.Key + EntryWord.HashHigh] = 0;
  }
  return key;
}

function releaseKey(rt: Runtime): void {
  const key = removedKey;
  removedKey = 0;
  if (key !== 0) decref(rt, key);
}

/** `d.pop(key, fallback)`. Without a fallback (0) raises KeyError. @runsPython
 *  Source: CPython 3.12 _PyDict_Pop. */
export function dictPop(rt: Runtime, d: Ref, key: Ref, fallback: Ref): Owned {
  const H = rt.words;
  if (H[d + DictWord.Used] === 0) return missing(rt, key, fallback);
  const lo = keyHash(rt, key);
  return dictPopHash(rt, d, key, lo, rt.hashHigh, fallback);
}

/** `dictPop` for a key whose hash is known. @runsPython */
export function dictPopHash(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number, fallback: Ref): Owned {
  const H = rt.words;
  const ix = lookup(rt, d, key, lo, hi);
  if (ix < 0 || H[valueWord(H, d, ix)] === 0) return missing(rt, key, fallback);
  const value = temp(rt, removeEntry(rt, d, ix, lo, hi));
  releaseKey(rt);
  return untemp(rt, value);
}

function missing(rt: Runtime, key: Ref, fallback: Ref): Owned {
  return fallback === 0 ? keyError(rt, key) : newRef(rt, fallback);
}

/** `d.popitem()`: a tuple of the newest entry's key and value. Raises KeyError if there is none.
 *  Source: CPython 3.12 dict_popitem_impl. */
export function dictPopItem(rt: Runtime, d: Ref): Owned {
  const H = rt.words;
  const pair = temp(rt, newTuple(rt, 2));
  if (H[d + DictWord.Used] === 0) {
    dropTemp(rt, pair);
    raiseWithTake(rt, T.KeyError, newStr(rt, 'popitem(): dictionary is empty'));
  }
  if (H[d + DictWord.Values] !== 0) {
    resize(rt, d, H[H[d + DictWord.Keys] + KeysWord.Info] & KeysInfo.SizeMask, true);
  }
  const keys = H[d + DictWord.Keys];
  let ix = H[keys + KeysWord.NumEntries] - 1;
  while (H[valueWord(H, d, ix)] === 0) ix--;
  const lo = dictHashAt(rt, d, ix);
  H[pair + TupleWord.Items + 1] = removeEntry(rt, d, ix, lo, rt.hashHigh);
  H[pair + TupleWord.Items] = removedKey;
  H[keys + KeysWord.NumEntries] = ix;
  return untemp(rt, pair);
}

/** `d.setdefault(key, fallback)`: the value, borrowed from the dict. @runsPython
 *  Source: CPython 3.12 PyDict_SetDefault. */
export function dictSetDefault(rt: Runtime, d: Ref, key: Ref, fallback: Ref): Ref {
  const H = rt.words;
  const lo = keyHash(rt, key);
  const hi = rt.hashHigh;
  if (H[d + DictWord.Keys] === H[HeapRoot.EmptyKeys]) {
    dictSetHashTake(rt, d, newRef(rt, key), lo, hi, newRef(rt, fallback));
    return fallback;
  }
  prepareKind(rt, d, key);
  const ix = lookup(rt, d, key, lo, hi);
  if (ix < 0) {
    makeRoom(rt, d);
    addTake(rt, d, newRef(rt, key), lo, hi, newRef(rt, fallback));
    return fallback;
  }
  const word = valueWord(H, d, ix);
  if (H[word] !== 0) return H[word];
  maintainTracking(rt, d, key, fallback);
  H[word] = newRef(rt, fallback);
  orderAppend(H, H[d + DictWord.Values], ix);
  H[d + DictWord.Used]++;
  bumpVersion(rt, d);
  return fallback;
}

/** `d.clear()` @runsPython (what is released may die) */
export function dictClear(rt: Runtime, d: Ref): void {
  clearDict(rt, d);
}
