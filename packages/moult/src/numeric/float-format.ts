/** Floats as text in the notations of `%e`, `%f`, `%g` and repr, with any precision: what CPython's
 *  `PyOS_double_to_string` makes, before width, sign choice and grouping. */

import { isNegative } from './float-bits.ts';
import { type Decimal, fixedText, shortestDigits, significantDigits } from './float-digits.ts';

/** The notations; 'r' is repr's, which takes no precision. */
export type FloatCode = 'e' | 'f' | 'g' | 'r';

/** Options of `formatFloat`. */
interface FloatStyle {
  /** Keep the point after the last digit, and trailing zeros in 'g' (the '#' flag). */
  readonly alternate?: boolean;
  /** Put '.0' after an integral value in positional notation, as repr does. */
  readonly addDotZero?: boolean;
  /** Drop the sign of a result that is all zeros (the 'z' flag). */
  readonly noNegativeZero?: boolean;
  /** Exponent letter, 'inf' and 'nan' in capitals. */
  readonly upper?: boolean;
}

/** The value in a notation, with '-' if negative; `precision` at least 0. 'nan' never has a sign. */
export function formatFloat(value: number, code: FloatCode, precision: number, style: FloatStyle = {}): string {
  if (value !== value) return style.upper ? 'NAN' : 'nan';
  const body = Math.abs(value) === Infinity ? 'inf' : finiteBody(value, code, precision, style);
  const text = style.upper ? body.toUpperCase() : body;
  if (!isNegative(value) || (style.noNegativeZero && isZeroText(text))) return text;
  return '-' + text;
}

/** Whether the digits before the exponent are all zeros. */
function isZeroText(text: string): boolean {
  return /^[0.]+(?:$|[eE])/.test(text);
}

function finiteBody(value: number, code: FloatCode, precision: number, style: FloatStyle): string {
  switch (code) {
    case 'f': {
      const text = fixedText(value, precision);
      return precision === 0 && style.alternate ? text + '.' : text;
    }
    case 'e':
      return exponential(significantDigits(value, precision + 1), value, style);
    case 'g':
      return general(value, Math.max(precision, 1), style);
    case 'r':
      return repr(value, style);
  }
}

/** 'g': positional unless the exponent is below -4 or too large for the precision. */
function general(value: number, precision: number, style: FloatStyle): string {
  const rounded = significantDigits(value, precision);
  const digits = style.alternate ? rounded.digits : rounded.digits.replace(/0+$/, '') || '0';
  const decimal = value === 0 ? { digits, point: 1 } : { digits, point: rounded.point };
  const limit = precision - (style.addDotZero ? 1 : 0);
  if (decimal.point <= -4 || decimal.point > limit) return exponential(decimal, value, style);
  return positional(decimal, style);
}

function repr(value: number, style: FloatStyle): string {
  const decimal = shortestDigits(value);
  if (decimal.point <= -4 || decimal.point > 16) return exponential(decimal, value, style);
  return positional(decimal, style);
}

/** d.ddde+xx; the exponent has at least two digits. */
function exponential(decimal: Decimal, value: number, style: FloatStyle): string {
  const { digits } = decimal;
  const exponent = value === 0 ? 0 : decimal.point - 1;
  const point = digits.length > 1 || style.alternate ? '.' : '';
  const power = String(Math.abs(exponent)).padStart(2, '0');
  return `${digits[0]}${point}${digits.slice(1)}e${exponent < 0 ? '-' : '+'}${power}`;
}

function positional(decimal: Decimal, style: FloatStyle): string {
  const { digits, point } = decimal;
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  let fraction = point >= 0 ? digits.slice(point) : '0'.repeat(-point) + digits;
  if (fraction === '' && style.addDotZero) fraction = '0';
  return fraction !== '' || style.alternate ? whole + '.' + fraction : whole;
}
