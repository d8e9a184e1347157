/** `repr(float)`, and the exact views of a float: hex, integer ratio, rounding to decimal places. */

import { ValueFault, overflowError, valueError } from '../text/fault.ts';
import { isNegative, scaleFloat, splitFloat } from './float-bits.ts';
import { fixedText, exactDigits, roundDigits } from './float-digits.ts';

/** `repr(value)`: the shortest text that reads back as the same float; '1e+16', '1e-05', '1.0', 'inf', 'nan'. */
export function floatRepr(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-4 && magnitude < 1e16) {
    return magnitude === Math.floor(magnitude) ? value + '.0' : '' + value;
  }
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (magnitude === Infinity) return value < 0 ? '-inf' : 'inf';
  if (value !== value) return 'nan';
  const text = value.toExponential();
  const at = text.indexOf('e') + 2;
  return text.length - at === 1 ? text.slice(0, at) + '0' + text.slice(at) : text;
}

/** `float.hex`: '0x1.8000000000000p+1', '-0x0.0p+0', 'inf'. */
export function floatHex(value: number): string {
  if (!Number.isFinite(value)) return floatRepr(value);
  const { mantissa, exponent, negative } = splitFloat(value);
  const sign = negative ? '-' : '';
  if (mantissa === 0) return sign + '0x0.0p+0';
  const lead = mantissa >= 2 ** 52 ? 1 : 0;
  const power = exponent + 52;
  const fraction = (mantissa - lead * 2 ** 52).toString(16).padStart(13, '0');
  return `${sign}0x${lead}.${fraction}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
}

const HEX_FLOAT =
  /^[ \t\n\v\f\r]*([+-]?)(?:(inf(?:inity)?|nan)|(?:0x)?(?=[0-9a-f]|\.[0-9a-f])([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?)[ \t\n\v\f\r]*$/i;

/** `float.fromhex`. Throws ValueError for other text, OverflowError for a value beyond the largest float. */
export function floatFromHex(text: string): number {
  const match = HEX_FLOAT.exec(text);
  if (match === null) valueError('invalid hexadecimal floating-point string');
  const [, sign, special, whole = '', fraction = '', power = '0'] = match;
  const magnitude = special === undefined ? hexValue(whole, fraction, power) : specialValue(special);
  return sign === '-' ? -magnitude : magnitude;
}

function specialValue(word: string): number {
  return word[0] === 'n' || word[0] === 'N' ? NaN : Infinity;
}

/** whole.fraction (hexadecimal) * 2**power, rounded half to even. */
function hexValue(whole: string, fraction: string, power: string): number {
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return 0;
  let bits = BigInt('0x' + digits);
  let exponent = Number(power) - 4 * fraction.length;
  const nbits = digits.length * 4 - (Math.clz32(parseInt(digits[0]!, 16)) - 28);
  if (nbits + exponent > 1100) overflowError('hexadecimal value too large to represent as a float');
  if (nbits + exponent < -1100) return 0;
  const drop = Math.max(nbits - 53, -1074 - exponent);
  if (drop > 0) {
    bits = shiftRightHalfEven(bits, BigInt(drop));
    exponent += drop;
  }
  const value = scaleFloat(Number(bits), exponent);
  if (value === Infinity) overflowError('hexadecimal value too large to represent as a float');
  return value;
}

function shiftRightHalfEven(bits: bigint, drop: bigint): bigint {
  const kept = bits >> drop;
  const rest = bits - (kept << drop);
  const half = 1n << (drop - 1n);
  return rest > half || (rest === half && (kept & 1n) === 1n) ? kept + 1n : kept;
}

/** `float.as_integer_ratio`: numerator and positive denominator in lowest terms. */
export function floatAsIntegerRatio(value: number): [bigint, bigint] {
  if (value !== value) throw new ValueFault('ValueError', 'cannot convert NaN to integer ratio');
  if (!Number.isFinite(value)) overflowError('cannot convert Infinity to integer ratio');
  let { mantissa, exponent } = splitFloat(value);
  if (mantissa === 0) return [0n, 1n];
  while (exponent < 0 && mantissa % 2 === 0) {
    mantissa /= 2;
    exponent++;
  }
  const top = BigInt(value < 0 ? -mantissa : mantissa);
  return exponent >= 0 ? [top << BigInt(exponent), 1n] : [top, 1n << BigInt(-exponent)];
}

/** `int(value)`: truncated. Throws for NaN and infinities. */
export function floatToBigInt(value: number): bigint {
  if (value !== value) valueError('cannot convert float NaN to integer');
  if (!Number.isFinite(value)) overflowError('cannot convert float infinity to integer');
  return BigInt(Math.trunc(value));
}

/** `round(value)` without places, half to even, as an integral JS number. Throws as `floatToBigInt` does. */
export function floatRoundToIntegral(value: number): number {
  if (value !== value) valueError('cannot convert float NaN to integer');
  if (!Number.isFinite(value)) overflowError('cannot convert float infinity to integer');
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  return rest > 0.5 || floor % 2 !== 0 ? floor + 1 : floor;
}

/** `round(value, places)`: the exact decimal value rounded half to even, then the nearest float.
 *  Throws OverflowError when that is beyond the largest float. */
export function floatRound(value: number, places: number): number {
  if (!Number.isFinite(value) || value === 0 || places > 323) return value;
  if (places < -308) return isNegative(value) ? -0 : 0;
  const magnitude = places >= 0 ? Number(fixedText(value, places)) : roundToTens(value, -places);
  if (magnitude === Infinity) overflowError('rounded value too large to represent');
  return value < 0 ? -magnitude : magnitude;
}

function roundToTens(value: number, zeros: number): number {
  const exact = exactDigits(value);
  const { digits, point } = roundDigits(exact, exact.point - zeros);
  return digits === '' ? 0 : Number('0.' + digits + 'e' + point);
}
