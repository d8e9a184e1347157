/** Splitting, stripping and filling bytes. Parts are views on the given array (`subarray`): copy what is kept. */

import { bytesFind, bytesRfind } from './bytes-search.ts';
import { valueError } from './fault.ts';
import { StripSide } from './fill.ts';

/** Whether a byte is ASCII white space. */
function isSpaceByte(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

/** `data.split(None, maxSplit)`; a negative limit is none. */
export function splitByteWords(data: Uint8Array, maxSplit = -1): Uint8Array[] {
  const words: Uint8Array[] = [];
  const end = data.length;
  let at = 0;
  for (;;) {
    while (at < end && isSpaceByte(data[at]!)) at++;
    if (at >= end) return words;
    if (words.length === maxSplit) break;
    const start = at;
    while (at < end && !isSpaceByte(data[at]!)) at++;
    words.push(data.subarray(start, at));
  }
  words.push(data.subarray(at));
  return words;
}

/** `data.rsplit(None, maxSplit)`. */
export function rsplitByteWords(data: Uint8Array, maxSplit = -1): Uint8Array[] {
  const words: Uint8Array[] = [];
  let end = data.length;
  for (;;) {
    while (end > 0 && isSpaceByte(data[end - 1]!)) end--;
    if (end === 0) return words.reverse();
    if (words.length === maxSplit) break;
    let start = end;
    while (start > 0 && !isSpaceByte(data[start - 1]!)) start--;
    words.push(data.subarray(start, end));
    end = start;
  }
  words.push(data.subarray(0, end));
  return words.reverse();
}

/** `data.split(separator, maxSplit)`. Throws ValueError for an empty separator. */
export function splitBytesOn(data: Uint8Array, separator: Uint8Array, maxSplit = -1): Uint8Array[] {
  if (separator.length === 0) valueError('empty separator');
  const parts: Uint8Array[] = [];
  let done = 0;
  while (parts.length !== maxSplit) {
    const at = bytesFind(data, separator, done);
    if (at < 0) break;
    parts.push(data.subarray(done, at));
    done = at + separator.length;
  }
  parts.push(data.subarray(done));
  return parts;
}

/** `data.rsplit(separator, maxSplit)`. Throws ValueError for an empty separator. */
export function rsplitBytesOn(data: Uint8Array, separator: Uint8Array, maxSplit = -1): Uint8Array[] {
  if (separator.length === 0) valueError('empty separator');
  const parts: Uint8Array[] = [];
  let end = data.length;
  while (parts.length !== maxSplit) {
    const at = bytesRfind(data, separator, 0, end);
    if (at < 0) break;
    parts.push(data.subarray(at + separator.length, end));
    end = at;
  }
  parts.push(data.subarray(0, end));
  return parts.reverse();
}

/** `data.partition(separator)`. Throws ValueError for an empty separator. */
export function partitionBytes(data: Uint8Array, separator: Uint8Array): [Uint8Array, Uint8Array, Uint8Array] {
  if (separator.length === 0) valueError('empty separator');
  const at = bytesFind(data, separator);
  if (at < 0) return [data, data.subarray(0, 0), data.subarray(0, 0)];
  return [data.subarray(0, at), separator, data.subarray(at + separator.length)];
}

/** `data.rpartition(separator)`. Throws ValueError for an empty separator. */
export function rpartitionBytes(data: Uint8Array, separator: Uint8Array): [Uint8Array, Uint8Array, Uint8Array] {
  if (separator.length === 0) valueError('empty separator');
  const at = bytesRfind(data, separator);
  if (at < 0) return [data.subarray(0, 0), data.subarray(0, 0), data];
  return [data.subarray(0, at), separator, data.subarray(at + separator.length)];
}

/** `data.splitlines(keepEnds)`: lines end with '\n', '\r' or both. */
export function splitByteLines(data: Uint8Array, keepEnds = false): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] !== 0x0a && data[i] !== 0x0d) continue;
    const end = i;
    if (data[i] === 0x0d && data[i + 1] === 0x0a) i++;
    lines.push(data.subarray(start, keepEnds ? i + 1 : end));
    start = i + 1;
  }
  if (start < data.length) lines.push(data.subarray(start));
  return lines;
}

/** `data.strip(chars)`, `lstrip` or `rstrip`; `chars` undefined for white space. */
export function stripBytes(data: Uint8Array, chars: Uint8Array | undefined, side: StripSide): Uint8Array {
  const stripped = (byte: number): boolean => (chars === undefined ? isSpaceByte(byte) : chars.includes(byte));
  let start = 0;
  let end = data.length;
  if (side & StripSide.LEFT) while (start < end && stripped(data[start]!)) start++;
  if (side & StripSide.RIGHT) while (end > start && stripped(data[end - 1]!)) end--;
  return data.subarray(start, end);
}
