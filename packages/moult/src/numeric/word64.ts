/** 64-bit unsigned arithmetic in two int32 halves.
 *
 *  A function returns the low half and leaves the high half in `wordHi`, which the next call here overwrites:
 *  read it at once. Two halves instead of a bigint because a bigint multiplication allocates (about 60 ns each),
 *  and these run for every tuple and every float that is hashed. */

/** The high half of the last result of a function of this file. */
export let wordHi = 0;

/** The high 32 bits of the unsigned product of two 32-bit words. */
function mulHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = aLow * bHigh + (middle % 0x10000);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000)) | 0;
}

/** a * b modulo 2**64. */
export function mul64(aLo: number, aHi: number, bLo: number, bHi: number): number {
  wordHi = (mulHigh(aLo, bLo) + Math.imul(aLo, bHi) + Math.imul(aHi, bLo)) | 0;
  return Math.imul(aLo, bLo);
}

/** a + b modulo 2**64. */
export function add64(aLo: number, aHi: number, bLo: number, bHi: number): number {
  const lo = (aLo + bLo) | 0;
  wordHi = (aHi + bHi + (lo >>> 0 < aLo >>> 0 ? 1 : 0)) | 0;
  return lo;
}

/** a with its 64 bits inverted plus one: -a modulo 2**64. */
export function neg64(lo: number, hi: number): number {
  wordHi = (~hi + (lo === 0 ? 1 : 0)) | 0;
  return -lo | 0;
}
