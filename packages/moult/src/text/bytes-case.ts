/** The methods that bytes shares with str by treating its bytes as ASCII characters: case, tests, filling. */

import { center, expandTabs, leftJustify, rightJustify, zeroFill } from './fill.ts';
import { textOfUnits } from './units.ts';

/** The bytes as a string of the same length, one character each. */
export function latin1Text(data: Uint8Array): string {
  return textOfUnits(data);
}

/** The other way; every character must be below 256. */
export function latin1Bytes(text: string): Uint8Array {
  const data = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) data[i] = text.charCodeAt(i);
  return data;
}

function isUpperByte(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

function isLowerByte(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

/** `data.upper()`. */
export function bytesUpper(data: Uint8Array): Uint8Array {
  return data.map((byte) => (isLowerByte(byte) ? byte - 32 : byte));
}

/** `data.lower()`. */
export function bytesLower(data: Uint8Array): Uint8Array {
  return data.map((byte) => (isUpperByte(byte) ? byte + 32 : byte));
}

/** `data.swapcase()`. */
export function bytesSwapcase(data: Uint8Array): Uint8Array {
  return data.map((byte) => (isLowerByte(byte) ? byte - 32 : isUpperByte(byte) ? byte + 32 : byte));
}

/** `data.capitalize()`. */
export function bytesCapitalize(data: Uint8Array): Uint8Array {
  const result = bytesLower(data);
  if (result.length > 0 && isLowerByte(result[0]!)) result[0]! -= 32;
  return result;
}

/** `data.title()`. */
export function bytesTitle(data: Uint8Array): Uint8Array {
  const result = bytesLower(data);
  let inWord = false;
  for (let i = 0; i < result.length; i++) {
    const letter = isLowerByte(result[i]!);
    if (letter && !inWord) result[i]! -= 32;
    inWord = letter;
  }
  return result;
}

/** The tests of bytes, by method name; each is false for no bytes, except `isascii`. */
export const BYTES_TESTS = {
  isalnum: (data: Uint8Array): boolean => /^[0-9A-Za-z]+$/.test(latin1Text(data)),
  isalpha: (data: Uint8Array): boolean => data.length > 0 && data.every((b) => isUpperByte(b) || isLowerByte(b)),
  isascii: (data: Uint8Array): boolean => data.every((byte) => byte < 0x80),
  isdigit: (data: Uint8Array): boolean => data.length > 0 && data.every((byte) => byte >= 0x30 && byte <= 0x39),
  isspace: (data: Uint8Array): boolean =>
    data.length > 0 && data.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)),
  islower: (data: Uint8Array): boolean => data.some(isLowerByte) && !data.some(isUpperByte),
  isupper: (data: Uint8Array): boolean => data.some(isUpperByte) && !data.some(isLowerByte),
  istitle: (data: Uint8Array): boolean => data.some(isUpperByte) && isTitled(data),
} as const;

function isTitled(data: Uint8Array): boolean {
  let inWord = false;
  for (const byte of data) {
    if ((isUpperByte(byte) && inWord) || (isLowerByte(byte) && !inWord)) return false;
    inWord = isUpperByte(byte) || isLowerByte(byte);
  }
  return true;
}

/** `data.ljust`, `rjust`, `center`, `zfill` and `expandtabs`, which treat bytes like characters. */
export const BYTES_FILLERS = {
  ljust: (data: Uint8Array, width: number, fill = 0x20): Uint8Array =>
    latin1Bytes(leftJustify(latin1Text(data), width, String.fromCharCode(fill))),
  rjust: (data: Uint8Array, width: number, fill = 0x20): Uint8Array =>
    latin1Bytes(rightJustify(latin1Text(data), width, String.fromCharCode(fill))),
  center: (data: Uint8Array, width: number, fill = 0x20): Uint8Array =>
    latin1Bytes(center(latin1Text(data), width, String.fromCharCode(fill))),
  zfill: (data: Uint8Array, width: number): Uint8Array => latin1Bytes(zeroFill(latin1Text(data), width)),
  expandtabs: (data: Uint8Array, tabSize = 8): Uint8Array => latin1Bytes(expandTabs(latin1Text(data), tabSize)),
} as const;
