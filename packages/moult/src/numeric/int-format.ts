/** Ints as decimal text, with CPython's limit of digits. */

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
