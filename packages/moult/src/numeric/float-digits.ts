/** The decimal digits of a double, rounded half to even on its exact value.
 *
 *  JavaScript's `toFixed` and `toExponential` are exact but round ties away from zero, stop at 100 digits, and
 *  `toFixed` switches notation at 1e21. They do the common cases; ties and long results take the slow path through
 *  the full decimal expansion, at most 767 significant digits.
 *
 *  Words: *digits* is a string of decimal digits, *point* the position of the decimal point relative to its start:
 *  the value is 0.digits * 10**point. */

import { splitFloat } from './float-bits.ts';

export interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** Every digit of the absolute value of a finite double, without leading or trailing zeros; zero is '0', point 1. */
export function exactDigits(value: number): Decimal {
  const { mantissa, exponent } = splitFloat(value);
  if (mantissa === 0) return { digits: '0', point: 1 };
  const scaled = exponent >= 0 ? BigInt(mantissa) << BigInt(exponent) : BigInt(mantissa) * 5n ** BigInt(-exponent);
  const text = scaled.toString();
  return { digits: text.replace(/0+$/, ''), point: text.length + (exponent >= 0 ? 0 : exponent) };
}

/** The first `keep` digits of a decimal, rounded half to even. `keep` may be 0 or negative: the result is then
 *  '' or, where the value rounds up, '1' one place further left. */
export function roundDigits(decimal: Decimal, keep: number): Decimal {
  const { digits, point } = decimal;
  if (keep >= digits.length) return decimal;
  if (keep < 0) return { digits: '', point };
  const head = digits.slice(0, keep);
  const rest = digits.charCodeAt(keep);
  const tie = rest === 0x35 && !/[1-9]/.test(digits.slice(keep + 1));
  const odd = keep > 0 && (head.charCodeAt(keep - 1) & 1) === 1;
  if (rest < 0x35 || (tie && !odd)) return { digits: head, point };
  if (/^9*$/.test(head)) return { digits: '1' + '0'.repeat(Math.max(keep - 1, 0)), point: point + 1 };
  const nines = /9*$/.exec(head)![0].length;
  const last = keep - nines - 1;
  return { digits: head.slice(0, last) + (Number(head[last]) + 1) + '0'.repeat(nines), point };
}

/** The shortest digits that read back as the same finite double. */
export function shortestDigits(value: number): Decimal {
  return splitExponential(Math.abs(value).toExponential());
}

/** `count` (at least 1) significant digits of a finite double, padded with zeros. */
export function significantDigits(value: number, count: number): Decimal {
  const magnitude = Math.abs(value);
  if (count <= 100) {
    const more = magnitude.toExponential(count);
    if (magnitude === 0 || more.charCodeAt(count + (count === 0 ? 0 : 1)) !== 0x35) {
      return splitExponential(magnitude.toExponential(count - 1));
    }
  }
  const { digits, point } = roundDigits(exactDigits(magnitude), count);
  return { digits: digits.padEnd(count, '0'), point };
}

/** The absolute value of a finite double with `places` (at least 0) digits after the point: '0.50', '12'. */
export function fixedText(value: number, places: number): string {
  const magnitude = Math.abs(value);
  if (places <= 100 && magnitude < 1e21 && (Number.isInteger(magnitude) || !mayTie(magnitude, places))) {
    return magnitude.toFixed(places);
  }
  const exact = exactDigits(magnitude);
  const { digits, point } = roundDigits(exact, exact.point + places);
  return placePoint(digits, point, places);
}

/** A value half way between two neighbours at `places` digits has at most `places + 1` binary places. */
function mayTie(magnitude: number, places: number): boolean {
  return Number.isInteger(magnitude * 2 ** (places + 1));
}

/** Digits as plain text with exactly `places` digits after the point. */
function placePoint(digits: string, point: number, places: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (places === 0) return whole;
  const fraction = point >= 0 ? digits.slice(point) : '0'.repeat(Math.min(-point, places)) + digits;
  return whole + '.' + fraction.slice(0, places).padEnd(places, '0');
}

/** Reads JavaScript's '1.25e-7' as digits and point. */
function splitExponential(text: string): Decimal {
  const at = text.indexOf('e');
  const digits = at === 1 ? text[0]! : text[0] + text.slice(2, at);
  return { digits, point: Number(text.slice(at + 1)) + 1 };
}
