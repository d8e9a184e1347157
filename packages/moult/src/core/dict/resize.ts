/** Making and enlarging tables; the moments at which a dict gets tracked and a new version. */
import {
  DictKeysKind,
  DictWord,
  EntryWord,
  freeMovedKeys,
  freeValues,
  HeadWord,
  HeapRoot,
  incref,
  keysDecref,
  KeysInfo,
  KeysWord,
  mayBeTracked,
  newKeys,
  track,
} from '@moult/heap';
import type { Ref } from '@moult/heap';
import { StrWord } from '../layout/text.ts';
import type { Runtime } from '../runtime.ts';
import { findFreeSlot, isUnicode, keyWord } from './lookup.ts';
import { orderAt } from './order.ts';

/** `log2Size` of the smallest table, and its slots. */
export const enum MinTable {
  Log2 = 3,
  Slots = 8,
}

/** Entries that a table of `1 << log2Size` slots holds. Source: CPython 3.12 USABLE_FRACTION. */
export function usableOf(log2Size: number): number {
  return (((1 << log2Size) << 1) / 3) | 0;
}

/** `log2Size` of a table with at least `minSlots` slots. As CPython's bits have it, 1 … 7 give sixteen slots, and a power
 *  of two above 8 gives twice as many. Source: CPython 3.12 calculate_log2_keysize. */
function log2ForSlots(minSlots: number): number {
  return 32 - Math.clz32(((minSlots | MinTable.Slots) - 1) | (MinTable.Slots - 1));
}

/** `log2Size` of a table for `n` entries. Source: CPython 3.12 estimate_log2_keysize. */
export function log2ForEntries(n: number): number {
  return log2ForSlots(((n * 3 + 1) / 2) | 0);
}

/** Gives the dict a new version: something in it changed. */
export function bumpVersion(rt: Runtime, d: Ref): void {
  const H = rt.words;
  const version = (H[HeapRoot.DictVersion] + 1) | 0;
  H[HeapRoot.DictVersion] = version;
  H[d + DictWord.Version] = version;
}

/** Tracks the dict if it is to hold something that can be part of a cycle.
 *  Source: CPython 3.12 MAINTAIN_TRACKING. */
export function maintainTracking(rt: Runtime, d: Ref, key: Ref, value: Ref): void {
  if (rt.words[d + HeadWord.GcNext] !== 0) return;
  if (mayBeTracked(rt, key) || mayBeTracked(rt, value)) track(rt, d);
}

/** Enlarges the table for one more entry; a table of strings becomes a general one unless `unicode`.
 *  Source: CPython 3.12 insertion_resize. */
export function growForInsertion(rt: Runtime, d: Ref, unicode: boolean): void {
  resize(rt, d, log2ForSlots(rt.words[d + DictWord.Used] * 3), unicode);
}

/** Moves the entries into a fresh combined table of `1 << log2Size` slots, in insertion order and without holes. Raises
 *  MemoryError with nothing changed.
 *  Source: CPython 3.12 dictresize. */
export function resize(rt: Runtime, d: Ref, log2Size: number, unicode: boolean): void {
  const H = rt.words;
  const old = H[d + DictWord.Keys];
  const wasGeneral = H[old + KeysWord.Info] >> KeysInfo.KindShift === DictKeysKind.General;
  const fresh = newKeys(rt, log2Size, unicode && !wasGeneral ? DictKeysKind.Unicode : DictKeysKind.General);
  const used = H[d + DictWord.Used];
  if (H[d + DictWord.Values] !== 0) moveSplit(rt, d, fresh, used);
  else if (wasGeneral) moveGeneral(rt, old, fresh, used);
  else moveUnicode(rt, old, fresh, used);
  buildIndices(rt, fresh, used);
  H[fresh + KeysWord.Usable] -= used;
  H[fresh + KeysWord.NumEntries] = used;
  dropMoved(rt, d, old, fresh);
}

/** Gives the dict a table for `n` entries: of strings if `like`, a dict whose keys will be stored, has one (0: no).
 *  Source: CPython 3.12 _PyDict_FromKeys. */
export function dictReserve(rt: Runtime, d: Ref, n: number, like: Ref): void {
  const H = rt.words;
  resize(rt, d, log2ForEntries(n), like !== 0 && isUnicode(H, H[like + DictWord.Keys]));
}

/** Puts the new table in place; the old one is freed without its references, which were moved. */
function dropMoved(rt: Runtime, d: Ref, old: number, fresh: number): void {
  const H = rt.words;
  const values = H[d + DictWord.Values];
  H[d + DictWord.Keys] = fresh;
  H[d + DictWord.Values] = 0;
  if (values !== 0) {
    keysDecref(rt, old);
    freeValues(rt, values);
  } else if (old !== H[HeapRoot.EmptyKeys]) freeMovedKeys(rt, old);
}

function entriesOf(H: Int32Array, keys: number): number {
  return keys + KeysWord.Indices + (1 << (H[keys + KeysWord.Info] & KeysInfo.SizeMask));
}

/** Writes entry `to` of the table that is being filled; its kind decides the form. Moves the references. */
function writeEntry(H: Int32Array, general: boolean, to: number, key: Ref, value: Ref): void {
  if (!general) {
    H[to + EntryWord.UnicodeKey] = key;
    H[to + EntryWord.UnicodeValue] = value;
    return;
  }
  H[to + EntryWord.HashLow] = H[key + StrWord.HashLow];
  H[to + EntryWord.HashHigh] = H[key + StrWord.HashHigh];
  H[to + EntryWord.Key] = key;
  H[to + EntryWord.Value] = value;
}

/** Shared keys are referenced once more; the values move. */
function moveSplit(rt: Runtime, d: Ref, fresh: number, used: number): void {
  const H = rt.words;
  const old = H[d + DictWord.Keys];
  const values = H[d + DictWord.Values];
  const general = H[fresh + KeysWord.Info] >> KeysInfo.KindShift === DictKeysKind.General;
  const step = general ? EntryWord.GeneralWords : EntryWord.UnicodeWords;
  let to = entriesOf(H, fresh);
  for (let i = 0; i < used; i++, to += step) {
    const ix = orderAt(H, values, i);
    const key = H[keyWord(H, old, ix)];
    incref(rt, key);
    writeEntry(H, general, to, key, H[values + ix]);
  }
}

function moveGeneral(rt: Runtime, old: number, fresh: number, used: number): void {
  const H = rt.words;
  let from = entriesOf(H, old);
  let to = entriesOf(H, fresh);
  for (let i = 0; i < used; i++) {
    while (H[from + EntryWord.Value] === 0) from += EntryWord.GeneralWords;
    H[to + EntryWord.HashLow] = H[from + EntryWord.HashLow];
    H[to + EntryWord.HashHigh] = H[from + EntryWord.HashHigh];
    H[to + EntryWord.Key] = H[from + EntryWord.Key];
    H[to + EntryWord.Value] = H[from + EntryWord.Value];
    from += EntryWord.GeneralWords;
    to += EntryWord.GeneralWords;
  }
}

function moveUnicode(rt: Runtime, old: number, fresh: number, used: number): void {
  const H = rt.words;
  const general = H[fresh + KeysWord.Info] >> KeysInfo.KindShift === DictKeysKind.General;
  const step = general ? EntryWord.GeneralWords : EntryWord.UnicodeWords;
  let from = entriesOf(H, old);
  let to = entriesOf(H, fresh);
  for (let i = 0; i < used; i++, to += step) {
    while (H[from + EntryWord.UnicodeValue] === 0) from += EntryWord.UnicodeWords;
    writeEntry(H, general, to, H[from + EntryWord.UnicodeKey], H[from + EntryWord.UnicodeValue]);
    from += EntryWord.UnicodeWords;
  }
}

/** Indexes the first `n` entries of a table whose indices are all empty.
 *  Source: CPython 3.12 build_indices_generic, build_indices_unicode. */
function buildIndices(rt: Runtime, keys: number, n: number): void {
  const H = rt.words;
  const general = H[keys + KeysWord.Info] >> KeysInfo.KindShift === DictKeysKind.General;
  let entry = entriesOf(H, keys);
  for (let ix = 0; ix < n; ix++) {
    if (general) {
      H[findFreeSlot(rt, keys, H[entry + EntryWord.HashLow], H[entry + EntryWord.HashHigh])] = ix;
      entry += EntryWord.GeneralWords;
    } else {
      const key = H[entry + EntryWord.UnicodeKey];
      H[findFreeSlot(rt, keys, H[key + StrWord.HashLow], H[key + StrWord.HashHigh])] = ix;
      entry += EntryWord.UnicodeWords;
    }
  }
}
