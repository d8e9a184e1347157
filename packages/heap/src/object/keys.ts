/**
 * Keys records of dicts: allocation, counts and sizes. Lookup and insertion are the embedder's.
 *
 * A record has as many index words as slots, though CPython packs them into bytes: the metered size is CPython's.
 * INV-KEYS-1: the count is that of the dicts and types that name the record; every entry below `NumEntries` owns its
 * key and value or holds 0.
 */
import { allocMetered, freeMetered } from '../alloc/alloc.ts';
import type { Heap } from '../heap.ts';
import { DictKeysKind, EntryWord, IndexEntry, KeysInfo, KeysWord } from '../layout/containers.ts';
import { FreeListMax, FreeListRoot, KEYS_LOG2_MIN } from '../layout/freelists.ts';
import { Destroying } from '../layout/heap-root.ts';
import { beginDestroying, endDestroying } from './destroying.ts';
import { clearWord } from './refcount.ts';

/** Bytes of CPython's header of a keys record. */
const HEADER_BYTES = 32;

const LONG_RUN = 128;

/** A record with `1 << log2Size` empty slots, count 1. Small ones of the unicode kinds come from the free list.
 *  Source: CPython 3.12 new_keys_object. */
export function newKeys(h: Heap, log2Size: number, kind: DictKeysKind): number {
  const H = h.words;
  const nwords = keysWords(log2Size, kind);
  const keys = takeKept(H, log2Size, kind) || allocMetered(h, nwords, keysBytes(log2Size, kind));
  const entries = keys + KeysWord.Indices + (1 << log2Size);
  H[keys + KeysWord.RefCount] = 1;
  H[keys + KeysWord.Info] = log2Size | (kind << KeysInfo.KindShift);
  H[keys + KeysWord.Version] = 0;
  H[keys + KeysWord.Usable] = usableFraction(log2Size);
  H[keys + KeysWord.NumEntries] = 0;
  fillWords(H, keys + KeysWord.Indices, entries, IndexEntry.Empty);
  fillWords(H, entries, keys + nwords, 0);
  return keys;
}

/** A loop for short runs: below some hundred words it beats the call of `fill`. */
function fillWords(H: Int32Array, start: number, end: number, word: number): void {
  if (end - start > LONG_RUN) H.fill(word, start, end);
  else for (let i = start; i < end; i++) H[i] = word;
}

/** Adds a reference to a keys record. A negative count is immortal. */
export function keysIncref(h: Heap, keys: number): void {
  if (h.words[keys] >= 0) h.words[keys]++;
}

/** Releases a reference to a keys record; the last one releases keys and values entry by entry and frees it.
 *  Source: CPython 3.12 dictkeys_decref.
 *  @runsPython */
export function keysDecref(h: Heap, keys: number): void {
  const H = h.words;
  if (H[keys] < 0) return;
  if (--H[keys] === 0) freeKeys(h, keys);
}

/** Gives back a record whose entries own nothing (their references were moved to another record).
 *  Source: CPython 3.12 dictresize's end. */
export function freeMovedKeys(h: Heap, keys: number): void {
  const H = h.words;
  const info = H[keys + KeysWord.Info];
  const log2Size = info & KeysInfo.SizeMask;
  const kind: DictKeysKind = info >> KeysInfo.KindShift;
  const count = H[FreeListRoot.KeysCount];
  if (log2Size === KEYS_LOG2_MIN && kind !== DictKeysKind.General && count < FreeListMax.Keys) {
    H[keys + KeysWord.Version] = H[FreeListRoot.KeysHead];
    H[FreeListRoot.KeysHead] = keys;
    H[FreeListRoot.KeysCount] = count + 1;
    return;
  }
  freeMetered(h, keys, keysWords(log2Size, kind), keysBytes(log2Size, kind));
}

function freeKeys(h: Heap, keys: number): void {
  const H = h.words;
  const depth = beginDestroying(h, keys, Destroying.Keys);
  const size = entryWords(H, keys);
  const general = size === EntryWord.GeneralWords;
  let entry = firstEntry(H, keys);
  for (let n = H[keys + KeysWord.NumEntries]; n > 0; n--, entry += size) {
    clearWord(h, entry + (general ? EntryWord.Key : EntryWord.UnicodeKey));
    clearWord(h, entry + (general ? EntryWord.Value : EntryWord.UnicodeValue));
  }
  endDestroying(h, depth);
  freeMovedKeys(h, keys);
}

function takeKept(H: Int32Array, log2Size: number, kind: DictKeysKind): number {
  if (log2Size !== KEYS_LOG2_MIN || kind === DictKeysKind.General) return 0;
  const keys = H[FreeListRoot.KeysHead];
  if (keys !== 0) {
    H[FreeListRoot.KeysHead] = H[keys + KeysWord.Version];
    H[FreeListRoot.KeysCount]--;
  }
  return keys;
}

/** Entries that a record of that size may hold. Source: CPython 3.12 USABLE_FRACTION. */
export function usableFraction(log2Size: number): number {
  return (((1 << log2Size) << 1) / 3) | 0;
}

/** Words of a record. */
export function keysWords(log2Size: number, kind: DictKeysKind): number {
  const words = kind === DictKeysKind.General ? EntryWord.GeneralWords : EntryWord.UnicodeWords;
  return KeysWord.Indices + (1 << log2Size) + usableFraction(log2Size) * words;
}

/** Metered bytes of a record: CPython's, whose indices have 1, 2, 4 or 8 bytes. */
export function keysBytes(log2Size: number, kind: DictKeysKind): number {
  const entryBytes = kind === DictKeysKind.General ? 24 : 16;
  const indexBytes = log2Size < 3 ? 8 : (1 << log2Size) * (log2Size < 8 ? 1 : log2Size < 16 ? 2 : 4);
  return HEADER_BYTES + indexBytes + usableFraction(log2Size) * entryBytes;
}

/** The record's kind. */
export function keysKind(H: Int32Array, keys: number): DictKeysKind {
  return H[keys + KeysWord.Info] >> KeysInfo.KindShift;
}

/** Whether all keys are exact strings, so that entries have two words. */
export function isUnicodeKeys(H: Int32Array, keys: number): boolean {
  return H[keys + KeysWord.Info] >> KeysInfo.KindShift !== DictKeysKind.General;
}

/** Index of the first entry. */
export function firstEntry(H: Int32Array, keys: number): number {
  return keys + KeysWord.Indices + (1 << (H[keys + KeysWord.Info] & KeysInfo.SizeMask));
}

/** Words of an entry of the record. */
export function entryWords(H: Int32Array, keys: number): number {
  return isUnicodeKeys(H, keys) ? EntryWord.UnicodeWords : EntryWord.GeneralWords;
}
