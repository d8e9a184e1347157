/** Making and reading `str` and `bytes` objects, and the intern table. Methods are in `objects/str/`. */
import { allocMetered, hostAdd, hostFree, hostGet, free, alloc, freeMetered, ObjectWord, RefCount } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { hashHi, hashStr as hashText, hashBytes as hashByteArray } from '../numeric/hash.ts';
import { BytesWord, StrState, StrWord } from './layout/text.ts';
import { RootNum } from './roots.ts';
import type { Runtime } from './runtime.ts';
import { byteObject, charStr, S, T } from './static.ts';

const enum StrBytes {
  AsciiHead = 40,
  Head = 56,
  BytesHead = 33,
  SmallLimit = 512,
}

/** From this length on V8's regular expressions are as fast as a loop, and much faster than one that has not been compiled. */
const LONG_TEXT = 48;
const NOT_ASCII = /[^\0-\x7f]/;

/** `StrState` kind of a text: the narrowest that holds every character. */
function textKind(text: string): number {
  if (text.length >= LONG_TEXT && !NOT_ASCII.test(text)) return StrState.Ascii;
  let bits = 0;
  for (let i = 0; i < text.length; i++) bits |= text.charCodeAt(i);
  if (bits < 0x80) return StrState.Ascii;
  if (bits < 0x100) return StrState.Latin1;
  return bits >= 0xd800 && hasPair(text) ? StrState.Ucs4 : StrState.Ucs2;
}

function hasPair(text: string): boolean {
  for (let i = 0; i + 1 < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) return true;
  }
  return false;
}

/** Code points of a text that may hold pairs. */
export function codePointLength(text: string): number {
  let n = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      n--;
      i++;
    }
  }
  return n;
}

/** Metered bytes of a `str` of `length` code points: CPython's. */
export function strBytes(kind: number, length: number): number {
  switch (kind) {
    case StrState.Ascii:
      return StrBytes.AsciiHead + length + 1;
    case StrState.Latin1:
      return StrBytes.Head + length + 1;
    case StrState.Ucs2:
      return StrBytes.Head + 2 * (length + 1);
    default:
      return StrBytes.Head + 4 * (length + 1);
  }
}

/** Physical words of a text object of `nbytes`: the same size class as CPython's while small. */
export function strWords(nbytes: number): number {
  return nbytes <= StrBytes.SmallLimit ? (nbytes + 7) >> 3 : StrWord.Words;
}

/** A `str` with the text. The empty and the Latin-1 one-character strings are shared. */
export function newStr(rt: Runtime, text: string): Owned {
  if (text.length <= 1) {
    if (text.length === 0) return S.EmptyStr as Ref as Owned;
    const code = text.charCodeAt(0);
    if (code < 256) return charStr(code) as Owned;
  }
  return newStrOfKind(rt, text, textKind(text));
}

/** As `newStr`, but not shared with others of that text unless it is empty: CPython shares characters only where a string is made
 *  from a C buffer at once, not where it is filled afterwards. */
export function newUnsharedStr(rt: Runtime, text: string): Owned {
  return text === '' ? (S.EmptyStr as Ref as Owned) : newStrOfKind(rt, text, textKind(text));
}

/** As `newStr` for a text whose kind is known (and which is not a shared string). */
export function newStrOfKind(rt: Runtime, text: string, kind: number): Owned {
  return newStrKnown(rt, text, kind, kind === StrState.Ucs4 ? codePointLength(text) : text.length);
}

/** As `newStrOfKind` for a text whose length in code points is known too. The text is not looked at. */
export function newStrKnown(rt: Runtime, text: string, kind: number, length: number): Owned {
  const nbytes = strBytes(kind, length);
  const ref = allocMetered(rt, strWords(nbytes), nbytes);
  initStr(rt, ref, text, kind, length);
  return ref as Owned;
}

function initStr(rt: Runtime, ref: Ref, text: string, kind: number, length: number): void {
  const H = rt.words;
  H[ref] = 1;
  H[ref + ObjectWord.Type] = T.str;
  H[ref + StrWord.Length] = length;
  H[ref + StrWord.HashLow] = -1;
  H[ref + StrWord.HashHigh] = -1;
  H[ref + StrWord.State] = (hostAdd(rt, text) << StrState.HostShift) | kind;
}

/** The text of a `str`. */
export function strText(rt: Runtime, ref: Ref): string {
  return rt.hosts[rt.words[ref + StrWord.State] >>> StrState.HostShift] as string;
}

/** Number of code points. */
export function strLength(rt: Runtime, ref: Ref): number {
  return rt.words[ref + StrWord.Length];
}

/** The kind bits (`StrState.KindMask`). */
export function strKind(rt: Runtime, ref: Ref): number {
  return rt.words[ref + StrWord.State] & StrState.KindMask;
}

/** Hash of a `str`: low half; the high half goes to `rt.hashHigh`. */
export function strHash(rt: Runtime, ref: Ref): number {
  const H = rt.words;
  const lo = H[ref + StrWord.HashLow];
  const hi = H[ref + StrWord.HashHigh];
  if (lo === -1 && hi === -1) return computeStrHash(rt, ref);
  rt.hashHigh = hi;
  return lo;
}

function computeStrHash(rt: Runtime, ref: Ref): number {
  const H = rt.words;
  const lo = hashText(strText(rt, ref), H, RootNum.HashKey);
  H[ref + StrWord.HashLow] = lo;
  H[ref + StrWord.HashHigh] = hashHi;
  rt.hashHigh = hashHi;
  return lo;
}

/** Destructor of exact `str` objects: frees payload and block. Interned ones never die. */
export function deallocStr(rt: Runtime, ref: Ref): void {
  const H = rt.words;
  const state = H[ref + StrWord.State];
  hostFree(rt, state >>> StrState.HostShift);
  const nbytes = strBytes(state & StrState.KindMask, H[ref + StrWord.Length]);
  freeMetered(rt, ref, strWords(nbytes), nbytes);
}

/** A `bytes` object; takes the array, which must not change afterwards. */
export function newBytes(rt: Runtime, data: Uint8Array): Owned {
  if (data.length <= 1) {
    if (data.length === 0) return S.EmptyBytes as Ref as Owned;
    return byteObject(data[0] ?? 0) as Owned;
  }
  return newFreshBytes(rt, data);
}

/** New bytes that are not shared with others of that value, but for the empty ones: CPython shares a single byte only where
 *  bytes are made from a C buffer at once, not where they are filled afterwards. Takes `data` over. */
export function newUnsharedBytes(rt: Runtime, data: Uint8Array): Owned {
  return data.length === 0 ? (S.EmptyBytes as Ref as Owned) : newFreshBytes(rt, data);
}

/** New bytes even where one object is kept for all of that value. Takes `data` over. */
export function newFreshBytes(rt: Runtime, data: Uint8Array): Owned {
  const nbytes = StrBytes.BytesHead + data.length;
  const ref = allocMetered(rt, bytesWords(nbytes), nbytes);
  initBytes(rt, ref, data);
  return ref as Owned;
}

function bytesWords(nbytes: number): number {
  return nbytes <= StrBytes.SmallLimit ? Math.max(BytesWord.Words, (nbytes + 7) >> 3) : BytesWord.Words;
}

function initBytes(rt: Runtime, ref: Ref, data: Uint8Array): void {
  const H = rt.words;
  H[ref] = 1;
  H[ref + ObjectWord.Type] = T.bytes;
  H[ref + BytesWord.Size] = data.length;
  H[ref + BytesWord.HashLow] = -1;
  H[ref + BytesWord.HashHigh] = -1;
  H[ref + BytesWord.Payload] = hostAdd(rt, data);
}

/** The data of a `bytes` object; not to be changed. */
export function bytesData(rt: Runtime, ref: Ref): Uint8Array {
  return hostGet(rt, rt.words[ref + BytesWord.Payload]) as Uint8Array;
}

/** Hash of bytes, as `hash(bytes)` gives it: low half; the high half goes to `rt.hashHigh`. */
export function hashOfBytes(rt: Runtime, data: Uint8Array): number {
  const lo = hashByteArray(data, rt.words, RootNum.HashKey);
  rt.hashHigh = hashHi;
  return lo;
}

/** Hash of a `bytes` object: low half; the high half goes to `rt.hashHigh`. */
export function bytesHash(rt: Runtime, ref: Ref): number {
  const H = rt.words;
  if (H[ref + BytesWord.HashLow] === -1 && H[ref + BytesWord.HashHigh] === -1) {
    H[ref + BytesWord.HashLow] = hashOfBytes(rt, bytesData(rt, ref));
    H[ref + BytesWord.HashHigh] = rt.hashHigh;
  }
  rt.hashHigh = H[ref + BytesWord.HashHigh];
  return H[ref + BytesWord.HashLow];
}

/** Destructor of exact `bytes` objects. */
export function deallocBytes(rt: Runtime, ref: Ref): void {
  const H = rt.words;
  const nbytes = StrBytes.BytesHead + H[ref + BytesWord.Size];
  hostFree(rt, H[ref + BytesWord.Payload]);
  freeMetered(rt, ref, bytesWords(nbytes), nbytes);
}

/** One-character names in CPython's frozen modules: their interned strings are not the shared characters, so that
 *  `'abc'[0] is 'a'` is false. */
const FROZEN_NAMES = '_abcdenprsx';

/** Makes the shared strings and bytes objects, once. */
export function initSharedText(rt: Runtime): void {
  initStr(rt, S.EmptyStr, '', StrState.Ascii, 0);
  initBytes(rt, S.EmptyBytes, new Uint8Array(0));
  for (let code = 0; code < 256; code++) {
    const text = String.fromCharCode(code);
    initStr(rt, charStr(code), text, textKind(text), 1);
    initBytes(rt, byteObject(code), Uint8Array.of(code));
  }
  for (let code = 0; code < 256; code++) {
    if (FROZEN_NAMES.includes(String.fromCharCode(code))) rt.words[charStr(code)] = RefCount.Immortal;
    else makeImmortal(rt, charStr(code));
    rt.words[byteObject(code)] = RefCount.Immortal;
  }
  rt.words[S.EmptyBytes] = -1;
  makeImmortal(rt, S.EmptyStr);
}

/** Makes the interned, immortal `str` of `text` at `ref`, in the static area. */
export function initStaticStr(rt: Runtime, ref: Ref, text: string): void {
  initStr(rt, ref, text, textKind(text), text.length);
  makeImmortal(rt, ref);
}

function makeImmortal(rt: Runtime, ref: Ref): void {
  const H = rt.words;
  H[ref] = -1;
  H[ref + StrWord.State] |= StrState.Immortal | StrState.Interned;
  insertInterned(rt, ref);
}

/* The intern table: open addressing, words of references in a block. What is interned is immortal, as in CPython 3.12. */

const enum Intern {
  FirstCapacity = 4096,
}

/** The interned `str` with this text, made if there is none. */
export function internText(rt: Runtime, text: string): Owned {
  if (text.length === 0) return S.EmptyStr as Ref as Owned;
  const lo = hashText(text, rt.words, RootNum.HashKey);
  const hi = hashHi;
  const slot = findInterned(rt, text, lo);
  const H = rt.words;
  const found = H[slot];
  if (found > 0) return found as Owned;
  const ref = newStr(rt, text);
  H[ref + StrWord.HashLow] = lo;
  H[ref + StrWord.HashHigh] = hi;
  keepInterned(rt, ref);
  return ref;
}

function keepInterned(rt: Runtime, ref: Ref): void {
  const H = rt.words;
  H[ref] = RefCount.Immortal;
  H[ref + StrWord.State] |= StrState.Interned;
  insertInterned(rt, ref);
}

/** Interns an exact `str`: consumes `ref` and returns the interned one (perhaps the same). */
export function internTake(rt: Runtime, ref: Owned): Owned {
  const H = rt.words;
  if ((H[ref + StrWord.State] & StrState.Interned) !== 0) return ref;
  const found = H[findInterned(rt, strText(rt, ref), strHash(rt, ref))];
  if (found > 0) {
    if (--H[ref] === 0) deallocStr(rt, ref);
    return found as Owned;
  }
  keepInterned(rt, ref);
  return ref;
}

/** Visits every interned string. */
export function visitInterned(H: Int32Array, visit: (o: Ref) => void): void {
  const table = H[RootNum.InternTable];
  for (let i = table; i < table + H[RootNum.InternCapacity]; i++) if (H[i] !== 0) visit(H[i]);
}

/** The interned `str` with this text, borrowed; 0 if there is none (then no dict has it as an identical key). */
export function findInternedText(rt: Runtime, text: string): Ref {
  const found = rt.words[findInterned(rt, text, hashText(text, rt.words, RootNum.HashKey))];
  return found > 0 ? found : 0;
}

/** Word index of the table slot that holds the text, or of the free slot where the search ended. */
function findInterned(rt: Runtime, text: string, lo: number): number {
  const H = rt.words;
  if (H[RootNum.InternTable] === 0) growInternTable(rt, Intern.FirstCapacity);
  const table = H[RootNum.InternTable];
  const mask = H[RootNum.InternCapacity] - 1;
  for (let i = lo & mask; ; i = (i + 1) & mask) {
    const ref = H[table + i];
    if (ref === 0) return table + i;
    if (ref > 0 && H[ref + StrWord.HashLow] === lo && strText(rt, ref) === text) return table + i;
  }
}

function insertInterned(rt: Runtime, ref: Ref): void {
  const H = rt.words;
  const lo = strHash(rt, ref);
  if (H[RootNum.InternTable] === 0) growInternTable(rt, Intern.FirstCapacity);
  if ((H[RootNum.InternUsed] + 1) * 3 > H[RootNum.InternCapacity] * 2)
    growInternTable(rt, H[RootNum.InternCapacity] * 2);
  const table = H[RootNum.InternTable];
  const mask = H[RootNum.InternCapacity] - 1;
  let i = lo & mask;
  while (H[table + i] !== 0) i = (i + 1) & mask;
  H[table + i] = ref;
  H[RootNum.InternUsed]++;
}

function growInternTable(rt: Runtime, capacity: number): void {
  const H = rt.words;
  const old = H[RootNum.InternTable];
  const oldCapacity = H[RootNum.InternCapacity];
  const table = alloc(rt, capacity);
  H.fill(0, table, table + capacity);
  H[RootNum.InternTable] = table;
  H[RootNum.InternCapacity] = capacity;
  for (let i = 0; i < oldCapacity; i++) {
    const ref = H[old + i];
    if (ref === 0) continue;
    let slot = H[ref + StrWord.HashLow] & (capacity - 1);
    while (H[table + slot] !== 0) slot = (slot + 1) & (capacity - 1);
    H[table + slot] = ref;
  }
  if (old !== 0) free(rt, old, oldCapacity);
}
