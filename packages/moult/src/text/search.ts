/** Searching in str: find, rfind, count, startswith, endswith, replace.
 *
 *  `start` and `end` are in code points and follow Python's rules (negative from the end, cut to the length); `length`
 *  is the text's length in code points, which callers that know it pass. */

import { adjustIndex, charCount, charIndex, cutsChars, mayCutChars, NO_END, unitIndex } from './code-points.ts';
import { ValueFault } from './fault.ts';
import { LONG_PATTERN, LONG_TEXT, twoWayIndex } from './two-way.ts';
import type { Units } from './two-way.ts';

/** `text.indexOf(sub, from)`. */
function indexOf(text: string, sub: string, from: number): number {
  if (sub.length < LONG_PATTERN || text.length - from < LONG_TEXT) return text.indexOf(sub, from);
  return twoWayIndex(unitsOf(text), unitsOf(sub), from, text.length);
}

function unitsOf(text: string): Units {
  return { length: text.length, at: (i) => text.charCodeAt(i) };
}

/** `indexOf` in units that finds whole characters only. */
function indexOfChars(text: string, sub: string, from: number): number {
  let at = indexOf(text, sub, from);
  if (at >= 0 && mayCutChars(sub)) while (at >= 0 && cutsChars(text, at, sub)) at = indexOf(text, sub, at + 1);
  return at;
}

function lastIndexOfChars(text: string, sub: string, from: number): number {
  let at = text.lastIndexOf(sub, from);
  if (at >= 0 && mayCutChars(sub)) {
    while (at >= 0 && cutsChars(text, at, sub)) at = at === 0 ? -1 : text.lastIndexOf(sub, at - 1);
  }
  return at;
}

/** `text.find(sub, start, end)`: the index of the first occurrence, or -1. */
export function strFind(text: string, sub: string, start = 0, end = NO_END, length = charCount(text)): number {
  if (length === text.length && start === 0 && end >= length) return indexOf(text, sub, 0);
  const from = adjustStart(start, length);
  const to = adjustIndex(end, length);
  if (from > to) return -1;
  if (length === text.length)
    return offset(to < length ? indexOf(text.slice(from, to), sub, 0) : indexOf(text, sub, from) - from, from);
  if (sub === '') return from;
  const first = unitIndex(text, from, length);
  const at = indexOfChars(text.slice(first, unitIndex(text, to, length)), sub, 0);
  return at < 0 ? -1 : charIndex(text, first + at, length);
}

/** A start beyond the end stays there, so that not even the empty string is found. */
function adjustStart(start: number, length: number): number {
  return start > length ? start : adjustIndex(start, length);
}

function offset(at: number, from: number): number {
  return at < 0 ? -1 : at + from;
}

/** `text.rfind(sub, start, end)`: the index of the last occurrence, or -1. */
export function strRfind(text: string, sub: string, start = 0, end = NO_END, length = charCount(text)): number {
  const from = adjustStart(start, length);
  const to = adjustIndex(end, length);
  if (from > to) return -1;
  if (sub === '') return to;
  const first = unitIndex(text, from, length);
  const inner = from === 0 && to === length ? text : text.slice(first, unitIndex(text, to, length));
  const at = lastIndexOfChars(inner, sub, Infinity);
  return at < 0 ? -1 : charIndex(text, first + at, length);
}

/** `sub in text`. */
export function strContains(text: string, sub: string): boolean {
  return indexOfChars(text, sub, 0) >= 0;
}

/** `text.count(sub, start, end)`: occurrences that do not overlap. */
export function strCount(text: string, sub: string, start = 0, end = NO_END, length = charCount(text)): number {
  const from = adjustStart(start, length);
  const to = adjustIndex(end, length);
  if (from > to) return 0;
  if (sub === '') return to - from + 1;
  const whole = from === 0 && to === length;
  const inner = whole ? text : text.slice(unitIndex(text, from, length), unitIndex(text, to, length));
  let count = 0;
  for (let at = indexOfChars(inner, sub, 0); at >= 0; at = indexOfChars(inner, sub, at + sub.length)) count++;
  return count;
}

/** `text.startswith(prefix, start, end)` for one prefix. */
export function strStartsWith(
  text: string,
  prefix: string,
  start = 0,
  end = NO_END,
  length = charCount(text),
): boolean {
  if (length === text.length && start === 0 && end >= length) return text.startsWith(prefix);
  return matchesWithin(text, prefix, start, end, length, false);
}

/** `text.endswith(suffix, start, end)` for one suffix. */
export function strEndsWith(text: string, suffix: string, start = 0, end = NO_END, length = charCount(text)): boolean {
  if (length === text.length && start === 0 && end >= length) return text.endsWith(suffix);
  return matchesWithin(text, suffix, start, end, length, true);
}

function matchesWithin(text: string, sub: string, start: number, end: number, length: number, atEnd: boolean): boolean {
  const from = adjustStart(start, length);
  const to = adjustIndex(end, length);
  if (from > to) return false;
  const first = unitIndex(text, from, length);
  const last = unitIndex(text, to, length);
  const at = atEnd ? last - sub.length : first;
  if (at < first || at + sub.length > last || !text.startsWith(sub, at)) return false;
  return sub === '' || length === text.length || !cutsChars(text, at, sub);
}

/** `text.replace(old, fresh, count)`; a negative count replaces all. Throws MemoryError if the result is too long. */
export function strReplace(text: string, old: string, fresh: string, count = -1): string {
  try {
    if (old === '') return interleave(text, fresh, count);
    if (count < 0 && !mayCutChars(old)) return text.replaceAll(old, () => fresh);
    return replaceSome(text, old, fresh, count < 0 ? Infinity : count);
  } catch (error) {
    if (error instanceof RangeError) throw new ValueFault('MemoryError', '');
    throw error;
  }
}

function replaceSome(text: string, old: string, fresh: string, count: number): string {
  let result = '';
  let done = 0;
  for (let left = count; left > 0; left--) {
    const at = indexOfChars(text, old, done);
    if (at < 0) break;
    result += text.slice(done, at) + fresh;
    done = at + old.length;
  }
  return result + text.slice(done);
}

/** Puts `fresh` before each of the first characters, and at the end if the count reaches that far. */
function interleave(text: string, fresh: string, count: number): string {
  const chars = [...text];
  const times = count < 0 ? chars.length + 1 : Math.min(count, chars.length + 1);
  let result = '';
  for (let i = 0; i < times; i++) result += fresh + (chars[i] ?? '');
  return result + chars.slice(times).join('');
}
