/** Bytes as hexadecimal digits. */
import { valueError } from '../../text/fault.ts';

const DIGITS = '0123456789abcdef';

/** Two digits for each byte; after every `group` of them `separator`, counted from the end, or from the start when
 *  `group` is negative. */
export function hexText(data: Uint8Array, separator: string, group: number): string {
  let result = '';
  const size = separator === '' ? 0 : Math.abs(group);
  for (let i = 0; i < data.length; i++) {
    const byte = data[i] as number;
    const at = group > 0 ? data.length - i : i;
    if (i > 0 && size > 0 && at % size === 0) result += separator;
    result += (DIGITS[byte >> 4] as string) + (DIGITS[byte & 15] as string);
  }
  return result;
}

function digitAt(text: string, i: number): number {
  const code = i < text.length ? text.charCodeAt(i) | 32 : 0;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  const digit = i < text.length ? text.charCodeAt(i) - 0x30 : -1;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** `bytes.fromhex(text)`: white space may be between the bytes. Throws ValueError. */
export function parseHex(text: string): Uint8Array {
  const result: number[] = [];
  for (let i = 0; i < text.length; i += 2) {
    while (i < text.length && isSpace(text.charCodeAt(i))) i++;
    if (i >= text.length) break;
    const high = digitAt(text, i);
    const low = high < 0 ? -1 : digitAt(text, i + 1);
    if (low < 0) {
      const at = high < 0 ? i : i + 1;
      valueError(`non-hexadecimal number found in fromhex() arg at position ${at}`);
    }
    result.push(high * 16 + low);
  }
  return Uint8Array.from(result);
}
