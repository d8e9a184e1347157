/** `float(text)`: the grammar with underscores and the digits of all scripts. The engine's own conversion does the
 *  rounding, which is correct for any number of digits. */

import { valueError } from '../text/fault.ts';
import { strRepr } from '../text/repr.ts';
import { toAsciiDigits } from './int-parse.ts';

const NUMBER =
  /^[+-]?(?:(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?|inf(?:inity)?|nan)$/i;
const PLAIN_NUMBER = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf(?:inity)?|nan)/i;

/** `float(text)` of a str. `shown` is the repr of the argument for the error text. Throws ValueError. */
export function floatFromStr(text: string, shown?: string): number {
  const value = readFloat(toAsciiDigits(text));
  if (value !== undefined) return value;
  return valueError('could not convert string to float: ' + (shown ?? strRepr(text)));
}

/** `float(data)` of bytes-like data; `shown` is the repr of the argument. Throws ValueError. */
export function floatFromBytesText(data: Uint8Array, shown: string): number {
  let text = '';
  for (const byte of data) text += byte < 0x80 ? String.fromCharCode(byte) : '?';
  return floatFromStr(text, shown);
}

/** The value of stripped ASCII text, undefined if it is no float. */
function readFloat(text: string): number | undefined {
  if (!NUMBER.test(text)) return undefined;
  return floatOfLiteral(text.includes('_') ? text.replaceAll('_', '') : text);
}

/** The value of text known to fit the grammar, without underscores: digits, 'inf', 'nan', with a sign. */
export function floatOfLiteral(text: string): number {
  const value = Number(text);
  if (value === value) return value;
  const word = text.replace(/^[+-]/, '').toLowerCase();
  if (word === 'nan') return NaN;
  return text[0] === '-' ? -Infinity : Infinity;
}

/** The longest float literal at the start of `text`, '' if there is none. No underscores, no white space. */
export function floatPrefix(text: string): string {
  return PLAIN_NUMBER.exec(text)?.[0] ?? '';
}
