/** The parts of a double: mantissa and exponent, exact. */

const asDouble = new Float64Array(1);
const asWords = new Int32Array(asDouble.buffer);

/** A finite double as `mantissa * 2**exponent`, mantissa a non-negative integer below 2**53, sign apart. */
interface FloatParts {
  readonly negative: boolean;
  readonly mantissa: number;
  readonly exponent: number;
}

/** Takes a finite double apart. Zero and subnormals have exponent -1074. */
export function splitFloat(value: number): FloatParts {
  asDouble[0] = value;
  const top = asWords[1]!;
  const biased = (top >>> 20) & 0x7ff;
  const high = (top & 0xfffff) + (biased === 0 ? 0 : 0x100000);
  return {
    negative: top < 0,
    mantissa: high * 0x1_0000_0000 + (asWords[0]! >>> 0),
    exponent: (biased === 0 ? 1 : biased) - 1075,
  };
}

/** Whether the sign bit is set: true for -0.0 and for a negative NaN. */
export function isNegative(value: number): boolean {
  asDouble[0] = value;
  return asWords[1]! < 0;
}

/** `mantissa * 2**exponent` for an integer mantissa below 2**53, rounded once (subnormal results round to even).
 *  Infinity when it is too large. */
export function scaleFloat(mantissa: number, exponent: number): number {
  while (exponent > 971) {
    if (mantissa >= 2 ** 53) return Infinity;
    mantissa *= 2;
    exponent--;
    if (exponent > 2000) return mantissa === 0 ? 0 : Infinity;
  }
  if (exponent >= -1022) return mantissa * 2 ** exponent;
  if (exponent < -1200) return 0;
  return mantissa * 2 ** -1022 * 2 ** (exponent + 1022);
}
