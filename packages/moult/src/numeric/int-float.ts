/** Where ints and floats meet: exact conversion, true division, comparison. */

import { ValueFault, overflowError } from '../text/fault.ts';
import { scaleFloat } from './float-bits.ts';
import { intBitLength } from './int-math.ts';

/** `float(value)`, rounded half to even. Throws OverflowError beyond the largest float. */
export function intToFloat(value: bigint): number {
  const result = Number(value);
  if (!Number.isFinite(result)) overflowError('int too large to convert to float');
  return result;
}

/** `a / b` of ints, rounded once. Throws ZeroDivisionError and OverflowError. */
export function intTrueDiv(a: bigint, b: bigint): number {
  if (b === 0n) throw new ValueFault('ZeroDivisionError', 'division by zero');
  const [top, bottom] = [Number(a), Number(b)];
  if (Number.isSafeInteger(top) && Number.isSafeInteger(bottom)) return top / bottom;
  const magnitude = divideLarge(a < 0n ? -a : a, b < 0n ? -b : b);
  if (magnitude === Infinity) overflowError('integer division result too large for a float');
  return a < 0n !== b < 0n ? -magnitude : magnitude;
}

/** Divides positive ints: a quotient of at least 55 bits with the remainder as its lowest bit rounds correctly,
 *  once, when it is brought to the 53 bits (fewer for a subnormal) that the result has. */
function divideLarge(a: bigint, b: bigint): number {
  if (a === 0n) return 0;
  const shift = 66 - (intBitLength(a) - intBitLength(b));
  if (shift < -1000) return Infinity;
  if (shift > 1200) return 0;
  const scaled = shift >= 0 ? a << BigInt(shift) : a;
  const divisor = shift >= 0 ? b : b << BigInt(-shift);
  const quotient = scaled / divisor;
  const sticky = quotient * divisor === scaled ? 0n : 1n;
  return roundScaled(quotient | sticky, -shift);
}

/** `bits * 2**exponent` rounded half to even; bits has more than 55 bits, the lowest one sticky. */
function roundScaled(bits: bigint, exponent: number): number {
  const drop = Math.max(intBitLength(bits) - 53, -1074 - exponent);
  if (drop > 70) return 0;
  const kept = bits >> BigInt(drop);
  const rest = bits - (kept << BigInt(drop));
  const half = 1n << BigInt(drop - 1);
  const up = rest > half || (rest === half && (kept & 1n) === 1n);
  return scaleFloat(Number(up ? kept + 1n : kept), exponent + drop);
}

/** Compares an int with a float exactly: negative, zero or positive as the int is less, equal or greater; NaN if the
 *  float is one. */
export function compareIntFloat(a: bigint, b: number): number {
  if (b !== b) return NaN;
  if (b === Infinity) return -1;
  if (b === -Infinity) return 1;
  const whole = BigInt(Math.floor(b));
  if (a !== whole) return a < whole ? -1 : 1;
  return b === Math.floor(b) ? 0 : -1;
}
