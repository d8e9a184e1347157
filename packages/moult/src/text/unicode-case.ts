/** Case mappings of str as CPython 3.12 (Unicode 15.0) makes them: full mappings, so that a character may become
 *  several ('ß' to 'SS'), and the final form of sigma.
 *
 *  The engine maps single characters; a mapping from or to a character that 15.0 did not know is undone. Text of
 *  scripts where engines of any version agree goes through the engine in one piece. */

import { FOLD_MAPPINGS, TITLE_MAPPINGS } from './unicode-data.ts';
import { isLowerChar, isPrintableChar, isTitleChar, isUpperChar } from './unicode.ts';

/** Text that the engine maps like Unicode 15.0, without sigma: Latin, Cyrillic, CJK, Hangul. */
const SETTLED = /^[\0-\u0180\u0400-\u04ff\u3000-\u9fff\uac00-\ud7a3]*$/;

const SIGMA = 0x3a3;

function readMappings(encoded: string): Map<number, string> {
  const pairs = encoded
    .trim()
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]);
  return new Map(pairs.map(([from, to]) => [parseInt(from, 16), fromHex(to)]));
}

function fromHex(word: string): string {
  return String.fromCodePoint(...word.split('_').map((part) => parseInt(part, 16)));
}

/** `mapped` if 15.0 knew both sides of the mapping, else the character itself. */
function ifKnown(char: string, mapped: string): string {
  if (mapped === char || !isPrintableChar(char.codePointAt(0)!)) return char;
  for (const part of mapped) if (!isPrintableChar(part.codePointAt(0)!)) return char;
  return mapped;
}

/** The uppercase of one character. */
function upperChar(char: string): string {
  return ifKnown(char, char.toUpperCase());
}

/** The lowercase of one character; of capital sigma the form inside words. */
function lowerChar(char: string): string {
  return ifKnown(char, char.toLowerCase());
}

/** The lowercase of a character alone, or the first of several. Source: CPython 3.12 _PyUnicode_ToLowercase. */
export function simpleLower(cp: number): number {
  return lowerChar(String.fromCodePoint(cp)).codePointAt(0)!;
}

/** The uppercase of a character alone, or the first of several. Source: CPython 3.12 _PyUnicode_ToUppercase. */
export function simpleUpper(cp: number): number {
  return upperChar(String.fromCodePoint(cp)).codePointAt(0)!;
}

let titles: Map<number, string> | undefined;

/** The titlecase of one character. */
function titleChar(char: string): string {
  const cp = char.codePointAt(0)!;
  if (cp < 0x80) return char.toUpperCase();
  if (cp >= 0x10d0 && cp <= 0x10ff) return char;
  titles ??= readMappings(TITLE_MAPPINGS);
  return titles.get(cp) ?? upperChar(char);
}

let folds: Map<number, string> | undefined;

/** The case folding of one character. */
function foldChar(char: string): string {
  const cp = char.codePointAt(0)!;
  if (cp < 0x80) return char.toLowerCase();
  if ((cp >= 0x13a0 && cp <= 0x13fd) || (cp >= 0xab70 && cp <= 0xabbf)) return upperChar(char);
  folds ??= readMappings(FOLD_MAPPINGS);
  const known = folds.get(cp);
  if (known !== undefined) return known;
  let folded = '';
  for (const part of upperChar(char)) folded += lowerChar(part);
  return folded;
}

/** Whether the character is skipped when looking for the letters beside a sigma. */
function isCaseIgnorable(char: string): boolean {
  if (char === '\u{1171e}') return true;
  return /\p{Case_Ignorable}/u.test(char) && (isPrintableChar(char.codePointAt(0)!) || /\p{Cf}/u.test(char));
}

function isCased(char: string): boolean {
  const cp = char.codePointAt(0)!;
  return isLowerChar(cp) || isUpperChar(cp) || isTitleChar(cp);
}

/** Whether the sigma at `index` ends a word: a cased character before it, none after it. */
function isFinalSigma(chars: string[], index: number): boolean {
  let before = index - 1;
  while (before >= 0 && isCaseIgnorable(chars[before]!)) before--;
  if (before < 0 || !isCased(chars[before]!)) return false;
  let after = index + 1;
  while (after < chars.length && isCaseIgnorable(chars[after]!)) after++;
  return after === chars.length || !isCased(chars[after]!);
}

function lowerAt(chars: string[], index: number): string {
  const char = chars[index]!;
  if (char.charCodeAt(0) === SIGMA) return isFinalSigma(chars, index) ? 'ς' : 'σ';
  return lowerChar(char);
}

/** `str.upper`. */
export function upper(text: string): string {
  if (SETTLED.test(text)) return text.toUpperCase();
  let result = '';
  for (const char of text) result += upperChar(char);
  return result;
}

/** `str.lower`. */
export function lower(text: string): string {
  if (SETTLED.test(text)) return text.toLowerCase();
  const chars = [...text];
  let result = '';
  for (let i = 0; i < chars.length; i++) result += lowerAt(chars, i);
  return result;
}

/** `str.casefold`. */
export function casefold(text: string): string {
  let result = '';
  for (const char of text) result += foldChar(char);
  return result;
}

/** `str.capitalize`: the first character in titlecase, the rest in lowercase. */
export function capitalize(text: string): string {
  const chars = [...text];
  if (chars.length === 0) return '';
  let result = titleChar(chars[0]!);
  for (let i = 1; i < chars.length; i++) result += lowerAt(chars, i);
  return result;
}

/** `str.title`: characters after an uncased one in titlecase, the others in lowercase. */
export function title(text: string): string {
  const chars = [...text];
  let result = '';
  let afterCased = false;
  for (let i = 0; i < chars.length; i++) {
    result += afterCased ? lowerAt(chars, i) : titleChar(chars[i]!);
    afterCased = isCased(chars[i]!);
  }
  return result;
}

/** `str.swapcase`. */
export function swapcase(text: string): string {
  const chars = [...text];
  let result = '';
  for (let i = 0; i < chars.length; i++) {
    const cp = chars[i]!.codePointAt(0)!;
    if (isUpperChar(cp)) result += lowerAt(chars, i);
    else result += isLowerChar(cp) ? upperChar(chars[i]!) : chars[i]!;
  }
  return result;
}
