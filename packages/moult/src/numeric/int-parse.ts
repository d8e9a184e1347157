/** `int(text, base)`: the grammar, the digit limit, the error texts. */

import { valueError } from '../text/fault.ts';
import { bytesRepr, strRepr } from '../text/repr.ts';
import { decimalValue, isSpaceChar } from '../text/unicode.ts';
import { type IntValue, normalInt } from './int-value.ts';

/** CPython's default for `sys.set_int_max_str_digits`. */
export const DEFAULT_MAX_STR_DIGITS = 4300;

/** `int(text, base)` of a str; base 0 or 2 to 36. `maxDigits` limits the digits of bases that are no power of two
 *  (0: no limit). Throws ValueError. */
export function intFromStr(text: string, base = 10, maxDigits = DEFAULT_MAX_STR_DIGITS): IntValue {
  if (base === 10 && text.length < 16) {
    const quick = smallDecimal(text);
    if (quick >= 0) return quick;
  }
  // Huge texts are refused as fast as can be: the limit is there against them.
  if (base === 10 && maxDigits > 0 && text.length > maxDigits && isPlain(text)) tooManyDigits(text.length, maxDigits);
  return parsePlain(toAsciiDigits(text), base, maxDigits) ?? invalidLiteral(base, strRepr(text));
}

/** `int(data, base)` of bytes or a bytearray. Throws ValueError. */
export function intFromBytesText(data: Uint8Array, base = 10, maxDigits = DEFAULT_MAX_STR_DIGITS): IntValue {
  let text = '';
  for (const byte of data) text += String.fromCharCode(byte);
  return parsePlain(stripAscii(text), base, maxDigits) ?? invalidLiteral(base, bytesRepr(data));
}

function invalidLiteral(base: number, shown: string): never {
  valueError(`invalid literal for int() with base ${base}: ${shown.slice(0, 200)}`);
}

/** Whether all characters are ASCII digits. A loop would take twenty times as long until it is compiled. */
function isPlain(text: string): boolean {
  return !/[^0-9]/.test(text);
}

function tooManyDigits(count: number, limit: number): never {
  valueError(
    `Exceeds the limit (${limit} digits) for integer string conversion: value has ${count} digits; ` +
      'use sys.set_int_max_str_digits() to increase the limit',
  );
}

/** The value of up to 15 plain digits, -1 for any other text. */
function smallDecimal(text: string): number {
  let value = text.length === 0 ? -1 : 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function stripAscii(text: string): string {
  return text.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '');
}

/** Turns decimal digits of all scripts into ASCII ones and white space beyond ASCII into ' ', other characters into
 *  '?', and strips. What is white space only to Unicode but ASCII ('\x1c') stays, and makes the text invalid. */
export function toAsciiDigits(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return stripAscii(text);
  const ascii = text.replace(/[^\0-\x7f]/gu, (char) => {
    const cp = char.codePointAt(0)!;
    const digit = decimalValue(cp);
    if (digit >= 0) return String(digit);
    return isSpaceChar(cp) ? ' ' : '?';
  });
  return stripAscii(ascii);
}

const GRAMMAR = /^([+-]?)(0[xX]_?|0[oO]_?|0[bB]_?)?([0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*)$/;
const PREFIXES: Readonly<Record<string, number>> = { x: 16, o: 8, b: 2 };

/** Parses stripped ASCII text; undefined if it is no literal of the base. */
function parsePlain(text: string, base: number, maxDigits: number): IntValue | undefined {
  if ((base !== 0 && base < 2) || base > 36) valueError('int() base must be >= 2 and <= 36, or 0');
  const parts = splitLiteral(text, base);
  if (parts === undefined) return undefined;
  const digits = parts.digits.includes('_') ? parts.digits.replaceAll('_', '') : parts.digits;
  for (let i = 0; i < digits.length; i++) if (digitOf(digits.charCodeAt(i)) >= parts.base) return undefined;
  const binary = (parts.base & (parts.base - 1)) === 0;
  if (!binary && maxDigits > 0 && digits.length > maxDigits) tooManyDigits(digits.length, maxDigits);
  const value = normalInt(readDigits(digits.toLowerCase(), parts.base));
  return parts.negative && value !== 0 ? -value : value;
}

interface Literal {
  negative: boolean;
  base: number;
  digits: string;
}

/** Takes sign and prefix off. A prefix counts only for its own base or base 0; else its letters are digits. */
function splitLiteral(text: string, base: number): Literal | undefined {
  const match = GRAMMAR.exec(text);
  if (match === null) return undefined;
  const negative = match[1] === '-';
  const prefixBase = match[2] === undefined ? -1 : PREFIXES[match[2][1]!.toLowerCase()]!;
  if (prefixBase > 0 && (base === 0 || base === prefixBase)) return { negative, base: prefixBase, digits: match[3]! };
  const digits = text.slice(match[1]!.length);
  if (base !== 0) return { negative, base, digits };
  return digits[0] === '0' && /[^0_]/.test(digits) ? undefined : { negative, base: 10, digits };
}

function digitOf(code: number): number {
  return code <= 0x39 ? code - 0x30 : (code | 32) - 0x57;
}

/** The value of lower-case digits valid in the base. */
function readDigits(digits: string, base: number): bigint {
  if (base === 10) return BigInt(digits);
  if (base === 16) return BigInt('0x' + digits);
  if (base === 8) return BigInt('0o' + digits);
  if (base === 2) return BigInt('0b' + digits);
  if (digits.length <= 10) return BigInt(Number.parseInt(digits, base));
  const low = digits.length >> 1;
  const high = readDigits(digits.slice(0, digits.length - low), base);
  return high * BigInt(base) ** BigInt(low) + readDigits(digits.slice(digits.length - low), base);
}
