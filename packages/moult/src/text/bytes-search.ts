/** Searching in bytes: find, rfind, count, startswith, endswith, replace, and the comparison of two.
 *
 *  `start` and `end` follow Python's rules: negative from the end, cut to the length. */

import { adjustIndex, NO_END } from './code-points.ts';
import { LONG_PATTERN, LONG_TEXT, twoWayIndex } from './two-way.ts';
import type { Units } from './two-way.ts';

/** Whether `sub` stands in `data` at `at`; the caller has checked the bounds. */
function matchesAt(data: Uint8Array, sub: Uint8Array, at: number): boolean {
  for (let i = 0; i < sub.length; i++) if (data[at + i] !== sub[i]) return false;
  return true;
}

/** The first occurrence of a non-empty `sub` within from..to, or -1: the first byte is looked for by the engine. */
function indexWithin(data: Uint8Array, sub: Uint8Array, from: number, to: number): number {
  const last = to - sub.length;
  if (sub.length >= LONG_PATTERN && to - from >= LONG_TEXT) return twoWayIndex(unitsOf(data), unitsOf(sub), from, to);
  for (let at = from; at <= last; at++) {
    at = data.indexOf(sub[0]!, at);
    if (at < 0 || at > last) return -1;
    if (matchesAt(data, sub, at)) return at;
  }
  return -1;
}

function unitsOf(data: Uint8Array): Units {
  return { length: data.length, at: (i) => data[i] as number };
}

function lastIndexWithin(data: Uint8Array, sub: Uint8Array, from: number, to: number): number {
  for (let at = to - sub.length; at >= from; at--) if (matchesAt(data, sub, at)) return at;
  return -1;
}

/** `data.find(sub, start, end)`: an index or -1. */
export function bytesFind(data: Uint8Array, sub: Uint8Array, start = 0, end = NO_END): number {
  const from = start > data.length ? start : adjustIndex(start, data.length);
  const to = adjustIndex(end, data.length);
  if (from > to) return -1;
  return sub.length === 0 ? from : indexWithin(data, sub, from, to);
}

/** `data.rfind(sub, start, end)`: an index or -1. */
export function bytesRfind(data: Uint8Array, sub: Uint8Array, start = 0, end = NO_END): number {
  const from = start > data.length ? start : adjustIndex(start, data.length);
  const to = adjustIndex(end, data.length);
  return from > to ? -1 : lastIndexWithin(data, sub, from, to);
}

/** `data.count(sub, start, end)`: occurrences that do not overlap. */
export function bytesCount(data: Uint8Array, sub: Uint8Array, start = 0, end = NO_END): number {
  const from = start > data.length ? start : adjustIndex(start, data.length);
  const to = adjustIndex(end, data.length);
  if (from > to) return 0;
  if (sub.length === 0) return to - from + 1;
  let count = 0;
  for (let at = from; (at = indexWithin(data, sub, at, to)) >= 0; at += sub.length) count++;
  return count;
}

/** `data.startswith(prefix, start, end)` for one prefix. */
export function bytesStartsWith(data: Uint8Array, prefix: Uint8Array, start = 0, end = NO_END): boolean {
  const from = start > data.length ? start : adjustIndex(start, data.length);
  const to = adjustIndex(end, data.length);
  return from + prefix.length <= to && matchesAt(data, prefix, from);
}

/** `data.endswith(suffix, start, end)` for one suffix. */
export function bytesEndsWith(data: Uint8Array, suffix: Uint8Array, start = 0, end = NO_END): boolean {
  const from = start > data.length ? start : adjustIndex(start, data.length);
  const to = adjustIndex(end, data.length);
  return from + suffix.length <= to && matchesAt(data, suffix, to - suffix.length);
}

/** `data.replace(old, fresh, count)` as a new array; a negative count replaces all. */
export function bytesReplace(data: Uint8Array, old: Uint8Array, fresh: Uint8Array, count = -1): Uint8Array {
  const places = old.length === 0 ? everyPlace(data, count) : placesOf(data, old, count);
  const result = new Uint8Array(data.length + places.length * (fresh.length - old.length));
  let done = 0;
  let to = 0;
  for (const at of places) {
    result.set(data.subarray(done, at), to);
    to += at - done;
    result.set(fresh, to);
    to += fresh.length;
    done = at + old.length;
  }
  result.set(data.subarray(done), to);
  return result;
}

function placesOf(data: Uint8Array, old: Uint8Array, count: number): number[] {
  const places: number[] = [];
  let at = 0;
  while (places.length !== count && (at = indexWithin(data, old, at, data.length)) >= 0) {
    places.push(at);
    at += old.length;
  }
  return places;
}

function everyPlace(data: Uint8Array, count: number): number[] {
  const total = count < 0 ? data.length + 1 : Math.min(count, data.length + 1);
  return Array.from({ length: total }, (_, i) => i);
}

/** `data.translate(table, delete)`: `table` has 256 bytes or is undefined. */
export function bytesTranslate(data: Uint8Array, table: Uint8Array | undefined, deleted: Uint8Array): Uint8Array {
  const gone = new Uint8Array(256);
  for (const byte of deleted) gone[byte] = 1;
  const result = new Uint8Array(data.length);
  let to = 0;
  for (const byte of data) if (gone[byte] === 0) result[to++] = table === undefined ? byte : table[byte]!;
  return result.slice(0, to);
}

/** Compares two byte arrays: negative, zero or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
