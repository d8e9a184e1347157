/**
 * Storing values.
 *
 * A function whose name ends in `Take` consumes its owned arguments, also when it throws. Wherever memory is taken or
 * Python runs they are on the temporaries' stack.
 */
import {
  decref,
  DictKeysKind,
  DictWord,
  EntryWord,
  HeapRoot,
  KeysInfo,
  KeysWord,
  newKeys,
  newRef,
  ObjectWord,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { RootNum } from '../roots.ts';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { internText, strHash } from '../str.ts';
import { dropTemp, temp, tempMark } from '../temps.ts';
import { findFreeSlot, Found, isUnicode, keyHash, lookup, lookupStr, valueWord } from './lookup.ts';
import { orderAppend } from './order.ts';
import { bumpVersion, growForInsertion, maintainTracking, MinTable } from './resize.ts';

/** `d[key] = value`, without `__setitem__`. Raises TypeError for an unhashable key, and what `__eq__` raises.
 *  @runsPython
 *  Source: CPython 3.12 PyDict_SetItem. */
export function dictSet(rt: Runtime, d: Ref, key: Ref, value: Ref): void {
  dictSetTake(rt, d, newRef(rt, key), newRef(rt, value));
}

/** `dictSet` that takes both references. @runsPython
 *  Source: CPython 3.12 _PyDict_SetItem_Take2. */
export function dictSetTake(rt: Runtime, d: Ref, key: Owned, value: Owned): void {
  const type = rt.words[key + ObjectWord.Type];
  if (type === T.str) {
    const lo = strHash(rt, key);
    dictSetHashTake(rt, d, key, lo, rt.hashHigh, value);
    return;
  }
  temp(rt, key);
  temp(rt, value);
  const lo = keyHash(rt, key);
  insertTemps(rt, d, key, lo, rt.hashHigh, value);
}

/** `dictSet` for a key whose hash is known. @runsPython */
export function dictSetHash(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number, value: Ref): void {
  dictSetHashTake(rt, d, newRef(rt, key), lo, hi, newRef(rt, value));
}

/** `dictSetHash` that takes both references. @runsPython */
export function dictSetHashTake(rt: Runtime, d: Ref, key: Owned, lo: number, hi: number, value: Owned): void {
  const H = rt.words;
  const keys = H[d + DictWord.Keys];
  if (H[key + ObjectWord.Type] === T.str && H[keys + KeysWord.Info] >> KeysInfo.KindShift !== DictKeysKind.General) {
    const ix = lookupStr(rt, keys, key, lo, hi);
    if (ix >= 0) return replaceTake(rt, d, ix, key, value);
    if (H[keys + KeysWord.Usable] > 0) return addTake(rt, d, key, lo, hi, value);
  }
  temp(rt, key);
  temp(rt, value);
  insertTemps(rt, d, key, lo, hi, value);
}

/** `d[text] = value` with an interned key. @runsPython (the old value may die) */
export function dictSetText(rt: Runtime, d: Ref, text: string, value: Ref): void {
  dictSetTake(rt, d, internText(rt, text), newRef(rt, value));
}

/** `key` and `value` are the two newest temporaries. @runsPython
 *  Source: CPython 3.12 insertdict, insert_to_emptydict. */
function insertTemps(rt: Runtime, d: Ref, key: Owned, lo: number, hi: number, value: Owned): void {
  const H = rt.words;
  let ix: number = Found.Nothing;
  if (H[d + DictWord.Keys] === H[HeapRoot.EmptyKeys]) makeFirstTable(rt, d, key);
  else {
    prepareKind(rt, d, key);
    ix = lookup(rt, d, key, lo, hi);
  }
  if (ix < 0) makeRoom(rt, d);
  H[RootNum.TempTop] = tempMark(rt) - 2;
  if (ix >= 0) replaceTake(rt, d, ix, key, value);
  else addTake(rt, d, key, lo, hi, value);
}

function makeFirstTable(rt: Runtime, d: Ref, key: Ref): void {
  const H = rt.words;
  const kind = H[key + ObjectWord.Type] === T.str ? DictKeysKind.Unicode : DictKeysKind.General;
  H[d + DictWord.Keys] = newKeys(rt, MinTable.Log2, kind);
  H[d + DictWord.Values] = 0;
}

/** A table of strings that is to get another key becomes a general one. */
export function prepareKind(rt: Runtime, d: Ref, key: Ref): void {
  const H = rt.words;
  if (H[key + ObjectWord.Type] !== T.str && isUnicode(H, H[d + DictWord.Keys])) growForInsertion(rt, d, false);
}

/** Enlarges the table if it is full. */
export function makeRoom(rt: Runtime, d: Ref): void {
  const H = rt.words;
  if (H[H[d + DictWord.Keys] + KeysWord.Usable] <= 0) growForInsertion(rt, d, true);
}

/** Appends an entry for a key that is not in the table, which has room and the right kind. Runs no Python. */
export function addTake(rt: Runtime, d: Ref, key: Owned, lo: number, hi: number, value: Owned): void {
  const H = rt.words;
  const keys = H[d + DictWord.Keys];
  const values = H[d + DictWord.Values];
  const ix = H[keys + KeysWord.NumEntries];
  maintainTracking(rt, d, key, value);
  writeKey(rt, keys, ix, key, lo, hi, values === 0 ? value : 0);
  if (values !== 0) {
    H[values + ix] = value;
    orderAppend(H, values, ix);
  }
  H[d + DictWord.Used]++;
  bumpVersion(rt, d);
}

/** Makes entry `ix` = `NumEntries` of the record, with an index slot. Takes `key` and `value`. */
export function writeKey(rt: Runtime, keys: number, ix: number, key: Ref, lo: number, hi: number, value: Ref): void {
  const H = rt.words;
  const info = H[keys + KeysWord.Info];
  const entries = keys + KeysWord.Indices + (1 << (info & KeysInfo.SizeMask));
  H[findFreeSlot(rt, keys, lo, hi)] = ix;
  if (info >> KeysInfo.KindShift === DictKeysKind.General) {
    const entry = entries + ix * EntryWord.GeneralWords;
    H[entry + EntryWord.HashLow] = lo;
    H[entry + EntryWord.HashHigh] = hi;
    H[entry + EntryWord.Key] = key;
    H[entry + EntryWord.Value] = value;
  } else {
    const entry = entries + ix * EntryWord.UnicodeWords;
    H[entry + EntryWord.UnicodeKey] = key;
    H[entry + EntryWord.UnicodeValue] = value;
  }
  H[keys + KeysWord.Version] = 0;
  H[keys + KeysWord.Usable]--;
  H[keys + KeysWord.NumEntries] = ix + 1;
}

/** Gives entry `ix` another value; the key that is there stays. @runsPython */
function replaceTake(rt: Runtime, d: Ref, ix: number, key: Owned, value: Owned): void {
  const H = rt.words;
  maintainTracking(rt, d, key, value);
  const word = valueWord(H, d, ix);
  const old = H[word];
  if (old !== value) {
    H[word] = value;
    if (old === 0) {
      orderAppend(H, H[d + DictWord.Values], ix);
      H[d + DictWord.Used]++;
    }
    bumpVersion(rt, d);
  }
  if (H[old] === 1) releaseBoth(rt, old, key);
  else {
    if (old !== 0) decref(rt, old);
    decref(rt, key);
  }
}

/** The old value dies while the key is still held, as in CPython. */
function releaseBoth(rt: Runtime, old: Ref, key: Owned): void {
  temp(rt, key);
  decref(rt, old);
  dropTemp(rt, key);
}
