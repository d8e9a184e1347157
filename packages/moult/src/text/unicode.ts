/** The character properties behind `str.isalpha` and its sisters, as Unicode 15.0 (CPython 3.12) has them.
 *
 *  The engine's own `\p{..}` data answers where it agrees; engines with newer Unicode versions know more characters,
 *  so every answer is limited to what 15.0 had assigned (in `PRINTABLE_RANGES`). The tests compare every code point.
 *
 *  Functions on strings follow Python: all characters must qualify, and the empty string does not (`isprintable` and
 *  `isascii` excepted). Single characters are given as code points. */

import { DECIMAL_ZEROS, NUMERIC_LETTER_RANGES, OTHER_DIGITS, PRINTABLE_RANGES } from './unicode-data.ts';

const LAST = 0x110000;

function readRanges(encoded: string): Int32Array {
  let at = 0;
  return Int32Array.from(encoded.trim().split(' '), (word) => (at += parseInt(word, 36)));
}

/** Spreads ranges over one bit a code point. */
function toBits(edges: Int32Array): Uint8Array {
  const bits = new Uint8Array(LAST >> 3);
  for (let i = 0; i < edges.length; i += 2) {
    const end = edges[i + 1] ?? LAST;
    for (let cp = edges[i]!; cp < end;) {
      if ((cp & 7) === 0 && cp + 8 <= end) {
        bits[cp >> 3] = 0xff;
        cp += 8;
      } else {
        bits[cp >> 3]! |= 1 << (cp & 7);
        cp++;
      }
    }
  }
  return bits;
}

let printableBits: Uint8Array | undefined;

/** Whether repr() shows this character as it is. Lone surrogates are not printable. */
export function isPrintableChar(cp: number): boolean {
  if (cp < 0x7f) return cp >= 0x20;
  printableBits ??= toBits(readRanges(PRINTABLE_RANGES));
  return ((printableBits[cp >> 3]! >> (cp & 7)) & 1) === 1;
}

function matches(cp: number, property: RegExp): boolean {
  return property.test(String.fromCodePoint(cp)) && isPrintableChar(cp);
}

/** Whether the character is a letter (category L). */
function isAlphaChar(cp: number): boolean {
  if (cp < 0x80) return (cp | 32) >= 0x61 && (cp | 32) <= 0x7a;
  return matches(cp, /\p{L}/u);
}

let zeros: number[] | undefined;
let otherDigits: Map<number, number> | undefined;
let numericLetters: Uint8Array | undefined;

/** The value of a decimal digit of any script, or -1. */
export function decimalValue(cp: number): number {
  if (cp < 0x660) return cp >= 0x30 && cp <= 0x39 ? cp - 0x30 : -1;
  zeros ??= DECIMAL_ZEROS.trim()
    .split(' ')
    .map((word) => parseInt(word, 16));
  for (const zero of zeros) if (cp >= zero && cp < zero + 10) return cp - zero;
  return -1;
}

/** The value of a digit in the wide sense ('²', '①'), or -1. */
export function digitValue(cp: number): number {
  const decimal = decimalValue(cp);
  if (decimal >= 0 || cp < 0x80) return decimal;
  otherDigits ??= new Map(
    OTHER_DIGITS.trim()
      .split(' ')
      .map((pair) => pair.split(':').map((word) => parseInt(word, 16)) as [number, number]),
  );
  return otherDigits.get(cp) ?? -1;
}

/** Whether the character has a numeric value: digits, fractions, Roman numerals, number ideographs. */
function isNumericChar(cp: number): boolean {
  if (cp < 0x80) return cp >= 0x30 && cp <= 0x39;
  numericLetters ??= toBits(readRanges(NUMERIC_LETTER_RANGES));
  return matches(cp, /\p{N}/u) || ((numericLetters[cp >> 3]! >> (cp & 7)) & 1) === 1;
}

/** Whether `isalnum` accepts the character. */
export function isAlnumChar(cp: number): boolean {
  return isAlphaChar(cp) || isNumericChar(cp) || digitValue(cp) >= 0;
}

/** Whether the character is white space to `str.split` and `str.strip`: wider than to the engine's `\s`. */
export function isSpaceChar(cp: number): boolean {
  if (cp < 0x80) return cp === 0x20 || (cp >= 0x09 && cp <= 0x0d) || (cp >= 0x1c && cp <= 0x1f);
  if (cp < 0x1680) return cp === 0x85 || cp === 0xa0;
  if (cp >= 0x2000 && cp <= 0x200a) return true;
  return cp === 0x1680 || cp === 0x2028 || cp === 0x2029 || cp === 0x202f || cp === 0x205f || cp === 0x3000;
}

/** Whether the character has the Uppercase property. */
export function isUpperChar(cp: number): boolean {
  if (cp < 0x80) return cp >= 0x41 && cp <= 0x5a;
  return matches(cp, /\p{Uppercase}/u);
}

/** Whether the character has the Lowercase property. */
export function isLowerChar(cp: number): boolean {
  if (cp < 0x80) return cp >= 0x61 && cp <= 0x7a;
  return cp === 0x295 || matches(cp, /\p{Lowercase}/u);
}

/** Whether the character is a titlecase digraph such as 'ǅ'. */
export function isTitleChar(cp: number): boolean {
  return cp >= 0x1c5 && matches(cp, /\p{Lt}/u);
}

/** Whether an identifier may start with the character. */
export function isIdentifierStart(cp: number): boolean {
  if (cp < 0x80) return isAlphaChar(cp) || cp === 0x5f;
  return matches(cp, /\p{XID_Start}/u);
}

/** Whether an identifier may go on with the character. */
export function isIdentifierPart(cp: number): boolean {
  if (cp < 0x80) return isAlphaChar(cp) || cp === 0x5f || (cp >= 0x30 && cp <= 0x39);
  if (cp === 0x30fb || cp === 0xff65) return false;
  return matches(cp, /\p{XID_Continue}/u);
}

/** Whether all characters qualify, and there is one. */
function all(text: string, test: (cp: number) => boolean): boolean {
  for (let i = 0; i < text.length; i++) {
    const cp = text.codePointAt(i)!;
    if (cp > 0xffff) i++;
    if (!test(cp)) return false;
  }
  return text.length > 0;
}

/** `str.isalpha`. */
export function isAlpha(text: string): boolean {
  return all(text, isAlphaChar);
}

/** `str.isdecimal`. */
export function isDecimal(text: string): boolean {
  return all(text, (cp) => decimalValue(cp) >= 0);
}

/** `str.isdigit`. */
export function isDigit(text: string): boolean {
  return all(text, (cp) => digitValue(cp) >= 0);
}

/** `str.isnumeric`. */
export function isNumeric(text: string): boolean {
  return all(text, isNumericChar);
}

/** `str.isalnum`. */
export function isAlnum(text: string): boolean {
  return all(text, isAlnumChar);
}

/** `str.isspace`. */
export function isSpace(text: string): boolean {
  return all(text, isSpaceChar);
}

/** `str.isprintable`: true for the empty string. */
export function isPrintable(text: string): boolean {
  return text === '' || all(text, isPrintableChar);
}

/** `str.isascii`: true for the empty string. */
export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** `str.isidentifier`. */
export function isIdentifier(text: string): boolean {
  if (text === '' || !isIdentifierStart(text.codePointAt(0)!)) return false;
  return all(text, isIdentifierPart);
}

/** `str.isupper`: an uppercase character and no lowercase or titlecase one. */
export function isUpper(text: string): boolean {
  let found = false;
  const none = all(text, (cp) => {
    if (isUpperChar(cp)) found = true;
    return !isLowerChar(cp) && !isTitleChar(cp);
  });
  return none && found;
}

/** `str.islower`: a lowercase character and no uppercase or titlecase one. */
export function isLower(text: string): boolean {
  let found = false;
  const none = all(text, (cp) => {
    if (isLowerChar(cp)) found = true;
    return !isUpperChar(cp) && !isTitleChar(cp);
  });
  return none && found;
}

/** `str.istitle`: uppercase only after uncased characters, lowercase only after cased ones, and one of them. */
export function isTitle(text: string): boolean {
  let afterCased = false;
  let found = false;
  const none = all(text, (cp) => {
    const starts = isUpperChar(cp) || isTitleChar(cp);
    const goesOn = !starts && isLowerChar(cp);
    if ((starts && afterCased) || (goesOn && !afterCased)) return false;
    afterCased = starts || goesOn;
    found ||= afterCased;
    return true;
  });
  return none && found;
}
