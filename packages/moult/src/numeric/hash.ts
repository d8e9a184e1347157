/** CPython 3.12's hash functions on plain values. Those of text and bytes take a key (numeric/siphash.ts), by default none.
 *
 *  A hash is 64 bits, given as two int32 halves: every function returns the low half and leaves the high one in
 *  `hashHi`, which the next call overwrites: read it at once. No hash is -1 (C code signals an error by -1).
 *  Numbers that are equal hash alike whatever their type: the hash is the value modulo the prime 2**61 - 1, with the
 *  value's sign. */

import { add64, mul64, neg64, wordHi } from './word64.ts';
import { hashBytes as sipBytes, hashStr as sipStr, sipHi } from './siphash.ts';

/** The high half of the last hash computed by this file. */
export let hashHi = 0;

const MODULUS = (1n << 61n) - 1n;
const HASH_INF = 314159;

/** The hash of a str. Gives the low half; the high half is in `hashHi`. */
export function hashStr(text: string, key?: Int32Array, keyAt = 0): number {
  const lo = sipStr(text, key, keyAt);
  hashHi = sipHi;
  return lo;
}

/** The hash of bytes. */
export function hashBytes(bytes: Uint8Array, key?: Int32Array, keyAt = 0): number {
  const lo = sipBytes(bytes, 0, bytes.length, key, keyAt);
  hashHi = sipHi;
  return lo;
}

/** The hash of an int held in a JS number; `value` must be a safe integer. */
export function hashInt(value: number): number {
  const hashed = value === -1 ? -2 : value;
  hashHi = Math.floor(hashed / 0x1_0000_0000) | 0;
  return hashed | 0;
}

/** The hash of an int of any size. */
export function hashBigInt(value: bigint): number {
  let hashed = value % MODULUS;
  if (hashed === -1n) hashed = -2n;
  hashHi = Number(BigInt.asIntN(32, hashed >> 32n));
  return Number(BigInt.asIntN(32, hashed));
}

/** The hash of a float. A NaN hashes by its identity: use `hashPointer` for it, not this. */
export function hashFloat(value: number): number {
  if (Number.isSafeInteger(value)) return hashInt(value);
  if (!Number.isFinite(value)) return hashInt(value > 0 ? HASH_INF : value < 0 ? -HASH_INF : 0);
  return hashScaled(value);
}

const asDouble = new Float64Array(1);
const asWords = new Int32Array(asDouble.buffer);

/** Mantissa * 2**exponent modulo 2**61 - 1, where multiplying by a power of two is a rotation of 61 bits. */
function hashScaled(value: number): number {
  asDouble[0] = value;
  const top = asWords[1]!;
  const biased = (top >>> 20) & 0x7ff;
  const exponent = (biased === 0 ? 1 : biased) - 1075;
  const hi = (top & 0xfffff) | (biased === 0 ? 0 : 0x100000);
  const lo = rotate61(asWords[0]!, hi, ((exponent % 61) + 61) % 61);
  if (value > 0) return lo;
  const negated = neg64(lo, hashHi);
  hashHi = wordHi;
  return negated === -1 && hashHi === -1 ? -2 : negated;
}

/** Rotates 61 bits (29 in `hi`, 32 in `lo`) left by `count`; leaves the high half in `hashHi`. */
function rotate61(lo: number, hi: number, count: number): number {
  if (count >= 32) {
    const low = lo;
    lo = (lo >>> 29) | (hi << 3);
    hi = low & 0x1fffffff;
    count -= 32;
  }
  if (count === 0) {
    hashHi = hi;
    return lo;
  }
  hashHi = ((hi << count) | (lo >>> (32 - count))) & 0x1fffffff;
  const out = count <= 29 ? hi >>> (29 - count) : (hi << (count - 29)) | (lo >>> (61 - count));
  return (lo << count) | out;
}

/** The hash of a complex from the hashes of its parts. */
export function hashComplexParts(realLo: number, realHi: number, imagLo: number, imagHi: number): number {
  const scaled = mul64(imagLo, imagHi, 1000003, 0);
  const lo = add64(realLo, realHi, scaled, wordHi);
  hashHi = wordHi;
  return lo === -1 && hashHi === -1 ? -2 : lo;
}

/** The hash of a complex without NaN in its parts. */
export function hashComplex(real: number, imag: number): number {
  const realLo = hashFloat(real);
  const realHi = hashHi;
  const imagLo = hashFloat(imag);
  return hashComplexParts(realLo, realHi, imagLo, hashHi);
}

/** The hash of an address (`object.__hash__`): the address rotated right by four bits. */
export function hashPointer(addrLo: number, addrHi: number): number {
  const lo = (addrLo >>> 4) | (addrHi << 28);
  hashHi = (addrHi >>> 4) | (addrLo << 28);
  return lo === -1 && hashHi === -1 ? -2 : lo;
}

/** The constants of the xxHash scheme that CPython hashes tuples with, in halves. */
const enum XxHash {
  P1_LO = 0x85ebca87 | 0,
  P1_HI = 0x9e3779b1 | 0,
  P2_LO = 0x27d4eb4f,
  P2_HI = 0xc2b2ae3d | 0,
  P5_LO = 0x165667c5,
  P5_HI = 0x27d4eb2f,
}

/** The accumulator that `tupleHashStep` starts from: the low half, and the high half. */
export const TUPLE_START_LO: number = XxHash.P5_LO;
export const TUPLE_START_HI: number = XxHash.P5_HI;

/** One item's part in a tuple hash: accumulator and item hash in halves, in; new accumulator out.
 *  The caller keeps the accumulator, because hashing an item may run Python that hashes another tuple. */
export function tupleHashStep(accLo: number, accHi: number, itemLo: number, itemHi: number): number {
  const scaled = mul64(itemLo, itemHi, XxHash.P2_LO, XxHash.P2_HI);
  const lo = add64(accLo, accHi, scaled, wordHi);
  const hi = wordHi;
  const turned = mul64((lo << 31) | (hi >>> 1), (hi << 31) | (lo >>> 1), XxHash.P1_LO, XxHash.P1_HI);
  hashHi = wordHi;
  return turned;
}

/** The tuple hash from the accumulator after its last item and the number of items. */
export function tupleHashEnd(accLo: number, accHi: number, count: number): number {
  const lo = add64(accLo, accHi, count ^ XxHash.P5_LO ^ 3527539, XxHash.P5_HI);
  if (lo === -1 && wordHi === -1) return hashInt(1546275796);
  hashHi = wordHi;
  return lo;
}

/** The hash of a tuple from its items' hashes, low and high halves alternating; `count` items. */
export function tupleHash(halves: ArrayLike<number>, count: number): number {
  let lo: number = XxHash.P5_LO;
  let hi: number = XxHash.P5_HI;
  for (let i = 0; i < count; i++) {
    lo = tupleHashStep(lo, hi, halves[2 * i]!, halves[2 * i + 1]!);
    hi = hashHi;
  }
  return tupleHashEnd(lo, hi, count);
}

/** One member's part in a frozenset hash; the parts are combined by xor, so that order does not matter. */
export function frozensetHashStep(accLo: number, accHi: number, itemLo: number, itemHi: number): number {
  const mixedLo = itemLo ^ 89869747 ^ (itemLo << 16);
  const mixedHi = itemHi ^ ((itemHi << 16) | (itemLo >>> 16));
  const lo = mul64(mixedLo, mixedHi, 3644798167 | 0, 0);
  hashHi = accHi ^ wordHi;
  return accLo ^ lo;
}

/** The frozenset hash from the xor of its members' parts (0, 0 for none) and their number. */
export function frozensetHashEnd(accLo: number, accHi: number, count: number): number {
  let lo = accLo ^ mul64(count + 1, 0, 1927868237, 0);
  let hi = accHi ^ wordHi;
  const low = lo ^ ((lo >>> 11) | (hi << 21)) ^ ((lo >>> 25) | (hi << 7));
  hi = hi ^ (hi >>> 11) ^ (hi >>> 25);
  lo = mul64(low, hi, 69069, 0);
  lo = add64(lo, wordHi, 907133923, 0);
  if (lo === -1 && wordHi === -1) return hashInt(590923713);
  hashHi = wordHi;
  return lo;
}

/** The hash of a frozenset from its members' hashes, low and high halves alternating; `count` members. */
export function frozensetHash(halves: ArrayLike<number>, count: number): number {
  let lo = 0;
  let hi = 0;
  for (let i = 0; i < count; i++) {
    lo = frozensetHashStep(lo, hi, halves[2 * i]!, halves[2 * i + 1]!);
    hi = hashHi;
  }
  return frozensetHashEnd(lo, hi, count);
}

/** The halves of a hash as the int that Python's `hash()` shows. Not for hot paths. */
export function hashToBigInt(lo: number, hi: number): bigint {
  return (BigInt(hi) << 32n) | BigInt(lo >>> 0);
}

/** The hash of a str as one bigint. Not for hot paths. */
export function hashStrBigInt(text: string): bigint {
  const lo = hashStr(text);
  return hashToBigInt(lo, hashHi);
}
