/** Ints as text: decimal with CPython's digit limit, and hex, oct, bin. */

import { valueError } from '../text/fault.ts';
import { DEFAULT_MAX_STR_DIGITS } from './int-parse.ts';
import type { IntValue } from './int-value.ts';

/** `str(value)`. Throws ValueError if the value has more than `maxDigits` decimal digits (0: no limit). */
export function intToDecimal(value: IntValue, maxDigits = DEFAULT_MAX_STR_DIGITS): string {
  if (typeof value === 'number') return '' + value;
  if (maxDigits > 0 && surelyLonger(value, maxDigits)) tooLong(maxDigits);
  const text = value.toString();
  if (maxDigits > 0 && text.length - (value < 0n ? 1 : 0) > maxDigits) tooLong(maxDigits);
  return text;
}

/** Whether the value has so many bits that converting it would only show that it is too long. */
function surelyLonger(value: bigint, maxDigits: number): boolean {
  const bits = BigInt(Math.ceil(maxDigits * 3.33) + 1);
  const rest = value >> bits;
  return rest !== 0n && rest !== -1n;
}

function tooLong(maxDigits: number): never {
  valueError(
    `Exceeds the limit (${maxDigits} digits) for integer string conversion; ` +
      'use sys.set_int_max_str_digits() to increase the limit',
  );
}

/** The value in a base from 2 to 36, lower case, '-' in front of negative ones, no prefix and no limit. */
export function intToBase(value: IntValue, base: number): string {
  return value.toString(base);
}

/** `hex(value)`: '0xff', '-0x1'. */
export function intToHex(value: IntValue): string {
  return prefixed(value.toString(16), '0x');
}

/** `oct(value)`: '0o17'. */
export function intToOct(value: IntValue): string {
  return prefixed(value.toString(8), '0o');
}

/** `bin(value)`: '0b101'. */
export function intToBin(value: IntValue): string {
  return prefixed(value.toString(2), '0b');
}

function prefixed(digits: string, prefix: string): string {
  return digits[0] === '-' ? '-' + prefix + digits.slice(1) : prefix + digits;
}
