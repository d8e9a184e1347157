/** Splitting str: split, rsplit, splitlines, partition, rpartition. Separators are whole characters. */

import { cutsChars, mayCutChars } from './code-points.ts';
import { valueError } from './fault.ts';
import { isSpaceChar } from './unicode.ts';

/** `text.split(None, maxSplit)`: the words between runs of white space; a negative limit is none. What is left at the
 *  limit keeps the white space at its end. */
export function splitWords(text: string, maxSplit = -1): string[] {
  const words: string[] = [];
  const end = text.length;
  let at = 0;
  for (;;) {
    while (at < end && isSpaceChar(text.charCodeAt(at))) at++;
    if (at >= end) return words;
    if (words.length === maxSplit) break;
    const start = at;
    while (at < end && !isSpaceChar(text.charCodeAt(at))) at++;
    words.push(text.slice(start, at));
  }
  words.push(text.slice(at));
  return words;
}

function endWithoutSpace(text: string, start: number, end: number): number {
  while (end > start && isSpaceChar(text.charCodeAt(end - 1))) end--;
  return end;
}

/** `text.rsplit(None, maxSplit)`. What is left at the limit keeps the white space at its start. */
export function rsplitWords(text: string, maxSplit = -1): string[] {
  if (maxSplit < 0) return splitWords(text);
  const words: string[] = [];
  let end = endWithoutSpace(text, 0, text.length);
  while (end > 0 && words.length < maxSplit) {
    let start = end;
    while (start > 0 && !isSpaceChar(text.charCodeAt(start - 1))) start--;
    words.push(text.slice(start, end));
    end = endWithoutSpace(text, 0, start);
  }
  if (end > 0) words.push(text.slice(0, end));
  return words.reverse();
}

/** Whether a match at `at` would take half of an astral character. */
function cuts(text: string, at: number, separator: string): boolean {
  return mayCutChars(separator) && cutsChars(text, at, separator);
}

function nextSeparator(text: string, separator: string, from: number): number {
  let at = text.indexOf(separator, from);
  while (at >= 0 && cuts(text, at, separator)) at = text.indexOf(separator, at + 1);
  return at;
}

function lastSeparator(text: string, separator: string, end: number): number {
  let at = end < separator.length ? -1 : text.lastIndexOf(separator, end - separator.length);
  while (at >= 0 && cuts(text, at, separator)) at = at === 0 ? -1 : text.lastIndexOf(separator, at - 1);
  return at;
}

/** `text.split(separator, maxSplit)`; a negative limit is none. Throws ValueError for an empty separator. */
export function splitOn(text: string, separator: string, maxSplit = -1): string[] {
  if (separator === '') valueError('empty separator');
  if (maxSplit < 0 && !mayCutChars(separator)) return text.split(separator);
  const parts: string[] = [];
  let done = 0;
  while (maxSplit < 0 || parts.length < maxSplit) {
    const at = nextSeparator(text, separator, done);
    if (at < 0) break;
    parts.push(text.slice(done, at));
    done = at + separator.length;
  }
  parts.push(text.slice(done));
  return parts;
}

/** `text.rsplit(separator, maxSplit)`. Throws ValueError for an empty separator. */
export function rsplitOn(text: string, separator: string, maxSplit = -1): string[] {
  if (separator === '') valueError('empty separator');
  const parts: string[] = [];
  let end = text.length;
  while (maxSplit < 0 || parts.length < maxSplit) {
    const at = lastSeparator(text, separator, end);
    if (at < 0) break;
    parts.push(text.slice(at + separator.length, end));
    end = at;
  }
  parts.push(text.slice(0, end));
  return parts.reverse();
}

/** `text.partition(separator)`. Throws ValueError for an empty separator. */
export function partition(text: string, separator: string): [string, string, string] {
  if (separator === '') valueError('empty separator');
  const at = nextSeparator(text, separator, 0);
  if (at < 0) return [text, '', ''];
  return [text.slice(0, at), separator, text.slice(at + separator.length)];
}

/** `text.rpartition(separator)`. Throws ValueError for an empty separator. */
export function rpartition(text: string, separator: string): [string, string, string] {
  if (separator === '') valueError('empty separator');
  const at = lastSeparator(text, separator, text.length);
  if (at < 0) return ['', '', text];
  return [text.slice(0, at), separator, text.slice(at + separator.length)];
}

/** Whether a str line ends with this character; '\r\n' counts as one end. */
function isLineEnd(code: number): boolean {
  if (code < 0x80) return (code >= 0x0a && code <= 0x0d) || (code >= 0x1c && code <= 0x1e);
  return code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** `text.splitlines(keepEnds)`. */
export function splitLines(text: string, keepEnds = false): string[] {
  const lines: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (!isLineEnd(code)) continue;
    const end = i;
    if (code === 0x0d && text.charCodeAt(i + 1) === 0x0a) i++;
    lines.push(text.slice(start, keepEnds ? i + 1 : end));
    start = i + 1;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}
