/** Reading dicts: values by key, and the entries in insertion order. */
import { DictKeysKind, DictWord, EntryWord, KeysInfo, KeysWord, ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { hashHi, hashStr } from '../../numeric/hash.ts';
import { StrWord } from '../layout/text.ts';
import { RootNum } from '../roots.ts';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { newStr, strHash } from '../str.ts';
import { dropTemp, temp } from '../temps.ts';
import { Found, isUnicode, keyHash, keyWord, lookup, lookupStr, lookupText, valueWord } from './lookup.ts';
import { orderAt } from './order.ts';

/** `d[key]`, borrowed, or 0. Raises TypeError for an unhashable key, and what `__eq__` raises. @runsPython */
export function dictGet(rt: Runtime, d: Ref, key: Ref): Ref {
  const lo = keyHash(rt, key);
  return dictGetHash(rt, d, key, lo, rt.hashHigh);
}

/** `dictGet` for a key whose hash is known. @runsPython */
export function dictGetHash(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number): Ref {
  const ix = lookup(rt, d, key, lo, hi);
  const H = rt.words;
  return ix < 0 ? 0 : H[valueWord(H, d, ix)];
}

/** The value of an exact `str` key, borrowed, or 0. Runs no Python in a table of strings. */
export function dictGetInterned(rt: Runtime, d: Ref, key: Ref): Ref {
  const H = rt.words;
  const keys = H[d + DictWord.Keys];
  const lo = strHash(rt, key);
  if (H[keys + KeysWord.Info] >> KeysInfo.KindShift !== DictKeysKind.Unicode) {
    return dictGetHash(rt, d, key, lo, rt.hashHigh);
  }
  const ix = lookupStr(rt, keys, key, lo, rt.hashHigh);
  if (ix < 0) return 0;
  const entries = keys + KeysWord.Indices + (1 << (H[keys + KeysWord.Info] & KeysInfo.SizeMask));
  return H[entries + ix * EntryWord.UnicodeWords + EntryWord.UnicodeValue];
}

/** The value of the key with this text, borrowed, or 0. @runsPython (only if some key is no exact `str`) */
export function dictGetText(rt: Runtime, d: Ref, text: string): Ref {
  const H = rt.words;
  const keys = H[d + DictWord.Keys];
  if (isUnicode(H, keys)) {
    const lo = hashStr(text, H, RootNum.HashKey);
    const ix = lookupText(rt, keys, text, lo, hashHi);
    return ix < 0 ? 0 : H[valueWord(H, d, ix)];
  }
  const key = temp(rt, newStr(rt, text));
  const value = dictGet(rt, d, key);
  dropTemp(rt, key);
  return value;
}

/** `key in d` @runsPython */
export function dictContains(rt: Runtime, d: Ref, key: Ref): boolean {
  return dictGet(rt, d, key) !== 0;
}

/** `len(d)` */
export function dictLength(rt: Runtime, d: Ref): number {
  return rt.words[d + DictWord.Used];
}

/** The first position from `position` on that has an entry, or −1. To walk a dict:
 *  `for (let i = dictNext(rt, d, 0); i >= 0; i = dictNext(rt, d, i + 1))`, with the functions below. Positions are
 *  entry numbers; in a split table, places in its insertion order. Source: CPython 3.12 _PyDict_Next. */
export function dictNext(rt: Runtime, d: Ref, position: number): number {
  const H = rt.words;
  if (H[d + DictWord.Values] !== 0) return position < H[d + DictWord.Used] ? position : -1;
  const keys = H[d + DictWord.Keys];
  const end = H[keys + KeysWord.NumEntries];
  if (position >= end) return -1;
  const general = H[keys + KeysWord.Info] >> KeysInfo.KindShift === DictKeysKind.General;
  const step = general ? EntryWord.GeneralWords : EntryWord.UnicodeWords;
  let word = valueWord(H, d, position);
  for (; position < end; position++, word += step) if (H[word] !== 0) return position;
  return -1;
}

/** Entry number at a position. */
function entryAt(H: Int32Array, d: Ref, position: number): number {
  const values = H[d + DictWord.Values];
  return values === 0 ? position : orderAt(H, values, position);
}

/** The key at a position that `dictNext` gave, borrowed. */
export function dictKeyAt(rt: Runtime, d: Ref, position: number): Ref {
  const H = rt.words;
  return H[keyWord(H, H[d + DictWord.Keys], entryAt(H, d, position))];
}

/** The value at a position that `dictNext` gave, borrowed. */
export function dictValueAt(rt: Runtime, d: Ref, position: number): Ref {
  const H = rt.words;
  return H[valueWord(H, d, entryAt(H, d, position))];
}

/** The hash of the key at a position that `dictNext` gave: low half; the high half goes to `rt.hashHigh`. */
export function dictHashAt(rt: Runtime, d: Ref, position: number): number {
  return dictHashOfEntry(rt, d, entryAt(rt.words, d, position));
}

/** The hash of the key of entry `ix`: low half; the high half goes to `rt.hashHigh`. */
export function dictHashOfEntry(rt: Runtime, d: Ref, ix: number): number {
  const H = rt.words;
  const keys = H[d + DictWord.Keys];
  const word = keyWord(H, keys, ix);
  if (isUnicode(H, keys)) {
    const key = H[word];
    rt.hashHigh = H[key + StrWord.HashHigh];
    return H[key + StrWord.HashLow];
  }
  rt.hashHigh = H[word - EntryWord.Key + EntryWord.HashHigh];
  return H[word - EntryWord.Key + EntryWord.HashLow];
}

/** Word of the value of a key, for a combined table of strings and an exact `str`; 0 otherwise. */
export function entryValueWord(rt: Runtime, d: Ref, key: Ref): number {
  const H = rt.words;
  const keys = H[d + DictWord.Keys];
  if (H[keys + KeysWord.Info] >> KeysInfo.KindShift !== DictKeysKind.Unicode) return 0;
  const ix = keysIndexOf(rt, keys, key);
  return ix < 0 ? 0 : valueWord(H, d, ix);
}

/** The entry number of an exact `str` in a table of strings, or −1: what inline caches remember. */
export function keysIndexOf(rt: Runtime, keys: number, key: Ref): number {
  if (rt.words[key + ObjectWord.Type] !== T.str) return Found.Nothing;
  const lo = strHash(rt, key);
  return lookupStr(rt, keys, key, lo, rt.hashHigh);
}
