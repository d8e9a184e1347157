/** SipHash-1-3, CPython's hash of str and bytes data. The key is four words, low half first; all zero (PYTHONHASHSEED=0) by
 *  default.
 *
 *  Words: a *block* is eight bytes of input, little-endian; the last block holds the remaining bytes and the length
 *  in its top byte. One round per block, then three to finish. The round stands in the code once, in a loop that
 *  feeds zero blocks for the finishing rounds: state in local variables is what makes this fast (about 60 ns for an
 *  identifier), and JavaScript has no function that could return four of them.
 *
 *  Results: the low half is returned, the high half left in `sipHi`. */

/** The high half of the last hash computed here. */
export let sipHi = 0;

const ZERO_KEY = new Int32Array(4);

/** The state that SipHash starts from, before the key is in it. */
const enum Start {
  V0_HI = 0x736f6d65,
  V0_LO = 0x70736575,
  V1_HI = 0x646f7261,
  V1_LO = 0x6e646f6d,
  V2_HI = 0x6c796765,
  V2_LO = 0x6e657261,
  V3_HI = 0x74656462,
  V3_LO = 0x79746573,
}

let scratch = new Uint8Array(256);

/** Hashes the characters of `text` as CPython hashes the buffer of a str: one byte a character if all are below
 *  256, else two, else (an astral character) four; `key[keyAt]` is the first word of the key. Gives 0 for the empty string, and -2 where SipHash gives -1. */
export function hashStr(text: string, key: Int32Array = ZERO_KEY, keyAt = 0): number {
  const length = text.length;
  if (length === 0) {
    sipHi = 0;
    return 0;
  }
  let v0h = Start.V0_HI ^ key[keyAt + 1]!;
  let v0l = Start.V0_LO ^ key[keyAt]!;
  let v1h = Start.V1_HI ^ key[keyAt + 3]!;
  let v1l = Start.V1_LO ^ key[keyAt + 2]!;
  let v2h = Start.V2_HI ^ key[keyAt + 1]!;
  let v2l = Start.V2_LO ^ key[keyAt]!;
  let v3h = Start.V3_HI ^ key[keyAt + 3]!;
  let v3l = Start.V3_LO ^ key[keyAt + 2]!;
  let seen = 0;
  let at = 0;
  const blocks = length >>> 3;
  const rounds = blocks + 4;
  for (let round = 0; round < rounds; round++) {
    let mh = 0;
    let ml = 0;
    if (round < blocks) {
      const c0 = text.charCodeAt(at);
      const c1 = text.charCodeAt(at + 1);
      const c2 = text.charCodeAt(at + 2);
      const c3 = text.charCodeAt(at + 3);
      const c4 = text.charCodeAt(at + 4);
      const c5 = text.charCodeAt(at + 5);
      const c6 = text.charCodeAt(at + 6);
      const c7 = text.charCodeAt(at + 7);
      seen |= c0 | c1 | c2 | c3 | c4 | c5 | c6 | c7;
      ml = c0 | (c1 << 8) | (c2 << 16) | (c3 << 24);
      mh = c4 | (c5 << 8) | (c6 << 16) | (c7 << 24);
      at += 8;
    } else if (round === blocks) {
      for (let shift = 0; at < length; at++, shift += 8) {
        const code = text.charCodeAt(at);
        seen |= code;
        if (shift < 32) ml |= code << shift;
        else mh |= code << (shift - 32);
      }
      if (seen > 0xff) return hashWideStr(text, key, keyAt);
      mh |= length << 24;
    } else if (round === blocks + 1) {
      v2l ^= 0xff;
    }
    v3h ^= mh;
    v3l ^= ml;
    let lo = (v0l + v1l) | 0;
    v0h = (v0h + v1h + (lo >>> 0 < v0l >>> 0 ? 1 : 0)) | 0;
    v0l = lo;
    lo = (v2l + v3l) | 0;
    v2h = (v2h + v3h + (lo >>> 0 < v2l >>> 0 ? 1 : 0)) | 0;
    v2l = lo;
    lo = ((v1l << 13) | (v1h >>> 19)) ^ v0l;
    v1h = ((v1h << 13) | (v1l >>> 19)) ^ v0h;
    v1l = lo;
    lo = ((v3l << 16) | (v3h >>> 16)) ^ v2l;
    v3h = ((v3h << 16) | (v3l >>> 16)) ^ v2h;
    v3l = lo;
    lo = v0l;
    v0l = v0h;
    v0h = lo;
    lo = (v2l + v1l) | 0;
    v2h = (v2h + v1h + (lo >>> 0 < v2l >>> 0 ? 1 : 0)) | 0;
    v2l = lo;
    lo = (v0l + v3l) | 0;
    v0h = (v0h + v3h + (lo >>> 0 < v0l >>> 0 ? 1 : 0)) | 0;
    v0l = lo;
    lo = ((v1l << 17) | (v1h >>> 15)) ^ v2l;
    v1h = ((v1h << 17) | (v1l >>> 15)) ^ v2h;
    v1l = lo;
    lo = ((v3l << 21) | (v3h >>> 11)) ^ v0l;
    v3h = ((v3h << 21) | (v3l >>> 11)) ^ v0h;
    v3l = lo;
    lo = v2l;
    v2l = v2h;
    v2h = lo;
    v0h ^= mh;
    v0l ^= ml;
  }
  sipHi = v0h ^ v1h ^ v2h ^ v3h;
  const result = v0l ^ v1l ^ v2l ^ v3l;
  return result === -1 && sipHi === -1 ? -2 : result;
}

/** Hashes `bytes[start:end]` as `hash(bytes)` does. Gives 0 for no bytes, and -2 where SipHash gives -1. */
export function hashBytes(
  bytes: Uint8Array,
  start = 0,
  end = bytes.length,
  key: Int32Array = ZERO_KEY,
  keyAt = 0,
): number {
  const length = end - start;
  if (length === 0) {
    sipHi = 0;
    return 0;
  }
  let v0h = Start.V0_HI ^ key[keyAt + 1]!;
  let v0l = Start.V0_LO ^ key[keyAt]!;
  let v1h = Start.V1_HI ^ key[keyAt + 3]!;
  let v1l = Start.V1_LO ^ key[keyAt + 2]!;
  let v2h = Start.V2_HI ^ key[keyAt + 1]!;
  let v2l = Start.V2_LO ^ key[keyAt]!;
  let v3h = Start.V3_HI ^ key[keyAt + 3]!;
  let v3l = Start.V3_LO ^ key[keyAt + 2]!;
  let at = start;
  const blocks = length >>> 3;
  const rounds = blocks + 4;
  for (let round = 0; round < rounds; round++) {
    let mh = 0;
    let ml = 0;
    if (round < blocks) {
      ml = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
      mh = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24);
      at += 8;
    } else if (round === blocks) {
      for (let shift = 0; at < end; at++, shift += 8) {
        if (shift < 32) ml |= bytes[at]! << shift;
        else mh |= bytes[at]! << (shift - 32);
      }
      mh |= length << 24;
    } else if (round === blocks + 1) {
      v2l ^= 0xff;
    }
    v3h ^= mh;
    v3l ^= ml;
    let lo = (v0l + v1l) | 0;
    v0h = (v0h + v1h + (lo >>> 0 < v0l >>> 0 ? 1 : 0)) | 0;
    v0l = lo;
    lo = (v2l + v3l) | 0;
    v2h = (v2h + v3h + (lo >>> 0 < v2l >>> 0 ? 1 : 0)) | 0;
    v2l = lo;
    lo = ((v1l << 13) | (v1h >>> 19)) ^ v0l;
    v1h = ((v1h << 13) | (v1l >>> 19)) ^ v0h;
    v1l = lo;
    lo = ((v3l << 16) | (v3h >>> 16)) ^ v2l;
    v3h = ((v3h << 16) | (v3l >>> 16)) ^ v2h;
    v3l = lo;
    lo = v0l;
    v0l = v0h;
    v0h = lo;
    lo = (v2l + v1l) | 0;
    v2h = (v2h + v1h + (lo >>> 0 < v2l >>> 0 ? 1 : 0)) | 0;
    v2l = lo;
    lo = (v0l + v3l) | 0;
    v0h = (v0h + v3h + (lo >>> 0 < v0l >>> 0 ? 1 : 0)) | 0;
    v0l = lo;
    lo = ((v1l << 17) | (v1h >>> 15)) ^ v2l;
    v1h = ((v1h << 17) | (v1l >>> 15)) ^ v2h;
    v1l = lo;
    lo = ((v3l << 21) | (v3h >>> 11)) ^ v0l;
    v3h = ((v3h << 21) | (v3l >>> 11)) ^ v0h;
    v3l = lo;
    lo = v2l;
    v2l = v2h;
    v2h = lo;
    v0h ^= mh;
    v0l ^= ml;
  }
  sipHi = v0h ^ v1h ^ v2h ^ v3h;
  const result = v0l ^ v1l ^ v2l ^ v3l;
  return result === -1 && sipHi === -1 ? -2 : result;
}

/** The hash of a string with a character above 255: its buffer of two or four bytes a character is built first. */
function hashWideStr(text: string, key: Int32Array, keyAt: number): number {
  const nbytes = text.length * 4;
  if (scratch.length < nbytes) scratch = new Uint8Array(nbytes * 2);
  const astral = /[\ud800-\udbff][\udc00-\udfff]/.test(text);
  const used = astral ? writeUcs4(text, scratch) : writeUcs2(text, scratch);
  const lo = hashBytes(scratch, 0, used, key, keyAt);
  if (scratch.length > 1 << 16) scratch = new Uint8Array(256);
  return lo;
}

function writeUcs2(text: string, into: Uint8Array): number {
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    into[at++] = code & 0xff;
    into[at++] = code >> 8;
  }
  return at;
}

function writeUcs4(text: string, into: Uint8Array): number {
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i)!;
    if (code > 0xffff) i++;
    into[at++] = code & 0xff;
    into[at++] = (code >> 8) & 0xff;
    into[at++] = code >> 16;
    into[at++] = 0;
  }
  return at;
}
