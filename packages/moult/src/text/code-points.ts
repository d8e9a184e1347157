/** A Python str as a JS string: positions in code points against positions in UTF-16 units.
 *
 *  Words: the *length* of a str counts code points; `text.length` counts *units*, two for an *astral* character
 *  (above U+FFFF). Where both counts agree there is none, and positions are the same: most functions take the
 *  length, which a str object knows, and use that short cut. Lone surrogates are characters of their own; a high
 *  one directly before a low one, which Python keeps apart, is one astral character here. */

import { charCount } from './format-layout.ts';

export { charCount };

/** Stands for an `end` that was not given. */
export const NO_END = 0x7fff_ffff_ffff;

/** Whether the unit at `index` is the second half of an astral character. */
function isSecondHalf(text: string, index: number): boolean {
  return (
    index > 0 &&
    index < text.length &&
    (text.charCodeAt(index) & 0xfc00) === 0xdc00 &&
    (text.charCodeAt(index - 1) & 0xfc00) === 0xd800
  );
}

/** Whether a match of `sub` could begin or end inside an astral character. */
export function mayCutChars(sub: string): boolean {
  const first = sub.charCodeAt(0);
  const last = sub.charCodeAt(sub.length - 1);
  return (first & 0xfc00) === 0xdc00 || (last & 0xfc00) === 0xd800;
}

/** Whether the occurrence of `sub` at unit `at` takes half of an astral character. */
export function cutsChars(text: string, at: number, sub: string): boolean {
  return isSecondHalf(text, at) || isSecondHalf(text, at + sub.length);
}

/** The unit at which the character number `index` starts; `text.length` past the end. */
export function unitIndex(text: string, index: number, length = charCount(text)): number {
  if (length === text.length) return Math.min(index, length);
  let unit = 0;
  for (let i = 0; i < index && unit < text.length; i++) unit += isSecondHalf(text, unit + 1) ? 2 : 1;
  return unit;
}

/** How many characters come before a unit. */
export function charIndex(text: string, unit: number, length = charCount(text)): number {
  return length === text.length ? unit : charCount(text.slice(0, unit));
}

/** `text[index]` for 0 <= index < length. */
export function charAt(text: string, index: number, length = charCount(text)): string {
  if (length === text.length) return text[index]!;
  return String.fromCodePoint(text.codePointAt(unitIndex(text, index, length))!);
}

/** `text[start:end]` for 0 <= start, end <= length. */
export function sliceChars(text: string, start: number, end: number, length = charCount(text)): string {
  if (length === text.length) return text.slice(start, Math.max(start, end));
  if (start >= end) return '';
  const from = unitIndex(text, start, length);
  return text.slice(from, from + unitIndex(text.slice(from), end - start, -1));
}

/** `text[start:stop:step]` with `count` items, from adjusted indices. */
export function sliceStep(text: string, start: number, step: number, count: number, length = charCount(text)): string {
  const chars = length === text.length ? text : [...text];
  let result = '';
  for (let i = 0, at = start; i < count; i++, at += step) result += chars[at]!;
  return result;
}

/** A `start` or `end` argument brought into 0..length: negative ones count from the end. */
export function adjustIndex(index: number, length: number): number {
  if (index > length) return length;
  return index >= 0 ? index : Math.max(index + length, 0);
}

/** Compares two str by code points, as Python orders them: negative, zero or positive. (UTF-16 order, which JavaScript
 *  has, puts astral characters before U+E000 to U+FFFF.) */
export function compareStr(a: string, b: string): number {
  if (a === b) return 0;
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return comparable(a, i) - comparable(b, i);
  }
  return a.length - b.length;
}

/** The unit at `index`, with halves of astral characters ranked above everything else. */
function comparable(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  if ((unit & 0xf800) !== 0xd800) return unit;
  const astral = isSecondHalf(text, index) || isSecondHalf(text, index + 1);
  return astral ? unit + 0x10000 : unit;
}
