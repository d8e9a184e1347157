/**
 * Finding keys in keys records: open addressing with CPython's probe order.
 *
 * A search gives an *entry number*, or −1 for a key that is not there. In a split table an entry may be there without
 * a value. Tables whose keys are all exact strings compare identity, then hash and text, and never run Python; general
 * tables may, and start again when the comparison changed the table.
 */
import {
  addressOf,
  DictKeysKind,
  DictWord,
  EntryWord,
  HeapCorruption,
  incref,
  IndexEntry,
  KeysInfo,
  KeysWord,
  ObjectWord,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { CompareOp } from '../functions.ts';
import { IntTag, IntWord } from '../layout/numbers.ts';
import { StrWord } from '../layout/text.ts';
import { compareBool, hash } from '../protocol/compare.ts';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { strHash, strText } from '../str.ts';
import { dropTemp, temp } from '../temps.ts';

/** What a search gives besides entry numbers. */
export const enum Found {
  Nothing = -1,
  /** The comparison changed the table: search again. */
  Changed = -3,
}

/** Bits that the hash is shifted by after each collision. */
const enum Perturb {
  Shift = 5,
  Rest = 27,
}

/** The hash of a key: low half; the high half goes to `rt.hashHigh`. Exact strings and small integers take no call
 *  through their type. @runsPython */
export function keyHash(rt: Runtime, key: Ref): number {
  const H = rt.words;
  const type = H[key + ObjectWord.Type];
  if (type === T.str) return strHash(rt, key);
  if (type === T.int && (H[key + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact) {
    const value = H[key + IntWord.Payload];
    rt.hashHigh = value >> 31;
    return value === -1 ? -2 : value;
  }
  return hash(rt, key);
}

/** Searches a table of exact strings for an exact string. Never runs Python.
 *  Source: CPython 3.12 unicodekeys_lookup_unicode. */
export function lookupStr(rt: Runtime, keys: number, key: Ref, lo: number, hi: number): number {
  const H = rt.words;
  const indices = keys + KeysWord.Indices;
  const mask = (1 << (H[keys + KeysWord.Info] & KeysInfo.SizeMask)) - 1;
  const entries = indices + mask + 1;
  let perturb = lo;
  let high = hi;
  for (let i = lo & mask; ; i = (i * 5 + perturb + 1) & mask) {
    const ix = H[indices + i];
    if (ix >= 0) {
      const other = H[entries + (ix << 1)];
      if (other === key || isSameStr(rt, other, key, lo, hi)) return ix;
    } else if (ix === IndexEntry.Empty) return Found.Nothing;
    perturb = (perturb >>> Perturb.Shift) | (high << Perturb.Rest);
    high >>>= Perturb.Shift;
  }
}

/** Whether another exact string has the same hash and text. The hash of `other` is known. */
function isSameStr(rt: Runtime, other: Ref, key: Ref, lo: number, hi: number): boolean {
  const H = rt.words;
  if (H[other + StrWord.HashLow] !== lo || H[other + StrWord.HashHigh] !== hi) return false;
  return strText(rt, other) === strText(rt, key);
}

/** Searches a table of exact strings for a text, without a string object. Never runs Python. */
export function lookupText(rt: Runtime, keys: number, text: string, lo: number, hi: number): number {
  const H = rt.words;
  const indices = keys + KeysWord.Indices;
  const mask = (1 << (H[keys + KeysWord.Info] & KeysInfo.SizeMask)) - 1;
  const entries = indices + mask + 1;
  let perturb = lo;
  let high = hi;
  for (let i = lo & mask; ; i = (i * 5 + perturb + 1) & mask) {
    const ix = H[indices + i];
    if (ix >= 0) {
      const other = H[entries + (ix << 1)];
      if (H[other + StrWord.HashLow] === lo && strText(rt, other) === text) return ix;
    } else if (ix === IndexEntry.Empty) return Found.Nothing;
    perturb = (perturb >>> Perturb.Shift) | (high << Perturb.Rest);
    high >>>= Perturb.Shift;
  }
}

/** Searches the dict for any key with its hash. Borrows `key`. @runsPython
 *  Source: CPython 3.12 _Py_dict_lookup. */
export function lookup(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number): number {
  const H = rt.words;
  for (;;) {
    const keys = H[d + DictWord.Keys];
    const general = H[keys + KeysWord.Info] >> KeysInfo.KindShift === DictKeysKind.General;
    if (!general && H[key + ObjectWord.Type] === T.str) return lookupStr(rt, keys, key, lo, hi);
    const ix = general ? lookupGeneral(rt, d, keys, key, lo, hi) : lookupForeign(rt, d, keys, key, lo, hi);
    if (ix !== Found.Changed) return ix;
  }
}

/** Searches a general table. @runsPython
 *  Source: CPython 3.12 dictkeys_generic_lookup. */
function lookupGeneral(rt: Runtime, d: Ref, keys: number, key: Ref, lo: number, hi: number): number {
  const H = rt.words;
  const indices = keys + KeysWord.Indices;
  const mask = (1 << (H[keys + KeysWord.Info] & KeysInfo.SizeMask)) - 1;
  const entries = indices + mask + 1;
  let perturb = lo;
  let high = hi;
  for (let i = lo & mask; ; i = (i * 5 + perturb + 1) & mask) {
    const ix = H[indices + i];
    if (ix >= 0) {
      const entry = entries + ix * EntryWord.GeneralWords;
      const other = H[entry + EntryWord.Key];
      if (other === key) return ix;
      if (H[entry + EntryWord.HashLow] === lo && H[entry + EntryWord.HashHigh] === hi) {
        const match = matchEntry(rt, d, keys, entry + EntryWord.Key, key);
        if (match !== Match.No) return match === Match.Yes ? ix : Found.Changed;
      }
    } else if (ix === IndexEntry.Empty) return Found.Nothing;
    perturb = (perturb >>> Perturb.Shift) | (high << Perturb.Rest);
    high >>>= Perturb.Shift;
  }
}

/** Searches a table of exact strings for something else, perhaps of a subclass of `str`. @runsPython
 *  Source: CPython 3.12 unicodekeys_lookup_generic. */
function lookupForeign(rt: Runtime, d: Ref, keys: number, key: Ref, lo: number, hi: number): number {
  const H = rt.words;
  const indices = keys + KeysWord.Indices;
  const mask = (1 << (H[keys + KeysWord.Info] & KeysInfo.SizeMask)) - 1;
  const entries = indices + mask + 1;
  let perturb = lo;
  let high = hi;
  for (let i = lo & mask; ; i = (i * 5 + perturb + 1) & mask) {
    const ix = H[indices + i];
    if (ix >= 0) {
      const entry = entries + ix * EntryWord.UnicodeWords;
      const other = H[entry + EntryWord.UnicodeKey];
      if (H[other + StrWord.HashLow] === lo && H[other + StrWord.HashHigh] === hi) {
        const match = matchEntry(rt, d, keys, entry + EntryWord.UnicodeKey, key);
        if (match !== Match.No) return match === Match.Yes ? ix : Found.Changed;
      }
    } else if (ix === IndexEntry.Empty) return Found.Nothing;
    perturb = (perturb >>> Perturb.Shift) | (high << Perturb.Rest);
    high >>>= Perturb.Shift;
  }
}

const enum Match {
  No = 0,
  Yes = 1,
  Changed = 2,
}

/** Compares the key in the word `keyWord` of the table, whose hash is equal, with `key`. @runsPython */
function matchEntry(rt: Runtime, d: Ref, keys: number, keyWord: number, key: Ref): Match {
  const H = rt.words;
  const other = H[keyWord];
  const known = compareKnown(rt, other, key);
  if (known !== Known.Unsure) return known as number;
  incref(rt, other);
  temp(rt, other as Owned);
  const equal = compareBool(rt, other, key, CompareOp.Eq);
  dropTemp(rt, other);
  if (H[d + DictWord.Keys] !== keys || H[keyWord] !== other) return Match.Changed;
  return equal ? Match.Yes : Match.No;
}

/** What `compareKnown` finds; the first two have the numbers of `Match`. */
export const enum Known {
  Different = 0,
  Equal = 1,
  Unsure = 2,
}

/** Compares two keys with equal hashes as far as that runs no Python: exact strings, exact integers below 2^30. */
export function compareKnown(rt: Runtime, a: Ref, b: Ref): Known {
  const H = rt.words;
  const type = H[a + ObjectWord.Type];
  if (type !== H[b + ObjectWord.Type]) return Known.Unsure;
  if (type === T.str) return strText(rt, a) === strText(rt, b) ? Known.Equal : Known.Different;
  if (type !== T.int) return Known.Unsure;
  if ((H[a + IntWord.Tag] & H[b + IntWord.Tag] & IntTag.FormMask) !== IntTag.Compact) return Known.Unsure;
  return H[a + IntWord.Payload] === H[b + IntWord.Payload] ? Known.Equal : Known.Different;
}

/** Word of the index slot that names entry `ix`, whose key has that hash.
 *  Source: CPython 3.12 lookdict_index. */
export function findIndexSlot(rt: Runtime, keys: number, lo: number, hi: number, ix: number): number {
  const H = rt.words;
  const indices = keys + KeysWord.Indices;
  const mask = (1 << (H[keys + KeysWord.Info] & KeysInfo.SizeMask)) - 1;
  let perturb = lo;
  let high = hi;
  for (let i = lo & mask; ; i = (i * 5 + perturb + 1) & mask) {
    const found = H[indices + i];
    if (found === ix) return indices + i;
    if (found === IndexEntry.Empty)
      throw new HeapCorruption('INV-DICT-1: every entry is indexed', keys, ix, addressOf(keys));
    perturb = (perturb >>> Perturb.Shift) | (high << Perturb.Rest);
    high >>>= Perturb.Shift;
  }
}

/** Word of the first index slot that is free for a key with that hash.
 *  Source: CPython 3.12 find_empty_slot. */
export function findFreeSlot(rt: Runtime, keys: number, lo: number, hi: number): number {
  const H = rt.words;
  const indices = keys + KeysWord.Indices;
  const mask = (1 << (H[keys + KeysWord.Info] & KeysInfo.SizeMask)) - 1;
  let perturb = lo;
  let high = hi;
  let i = lo & mask;
  while (H[indices + i] >= 0) {
    perturb = (perturb >>> Perturb.Shift) | (high << Perturb.Rest);
    high >>>= Perturb.Shift;
    i = (i * 5 + perturb + 1) & mask;
  }
  return indices + i;
}

/** Word of the value of entry `ix`. */
export function valueWord(H: Int32Array, d: Ref, ix: number): number {
  const values = H[d + DictWord.Values];
  if (values !== 0) return values + ix;
  const keys = H[d + DictWord.Keys];
  const info = H[keys + KeysWord.Info];
  const entries = keys + KeysWord.Indices + (1 << (info & KeysInfo.SizeMask));
  if (info >> KeysInfo.KindShift === DictKeysKind.General)
    return entries + ix * EntryWord.GeneralWords + EntryWord.Value;
  return entries + ix * EntryWord.UnicodeWords + EntryWord.UnicodeValue;
}

/** Word of the key of entry `ix` of a keys record. */
export function keyWord(H: Int32Array, keys: number, ix: number): number {
  const info = H[keys + KeysWord.Info];
  const entries = keys + KeysWord.Indices + (1 << (info & KeysInfo.SizeMask));
  if (info >> KeysInfo.KindShift === DictKeysKind.General) return entries + ix * EntryWord.GeneralWords + EntryWord.Key;
  return entries + ix * EntryWord.UnicodeWords + EntryWord.UnicodeKey;
}

/** Whether all keys of the record are exact strings. */
export function isUnicode(H: Int32Array, keys: number): boolean {
  return H[keys + KeysWord.Info] >> KeysInfo.KindShift !== DictKeysKind.General;
}
