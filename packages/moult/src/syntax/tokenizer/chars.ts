/** Character classes, as CPython's tokenizer sees them. */

/** Character codes that the tokenizer names. */
export const enum Ch {
  Eof = 0,
  Tab = 9,
  Newline = 10,
  FormFeed = 12,
  Space = 32,
  Bang = 0x21,
  Quote2 = 0x22,
  Hash = 0x23,
  Quote1 = 0x27,
  LPar = 0x28,
  RPar = 0x29,
  Plus = 0x2b,
  Minus = 0x2d,
  Dot = 0x2e,
  Zero = 0x30,
  Eight = 0x38,
  Nine = 0x39,
  Colon = 0x3a,
  LSqb = 0x5b,
  Backslash = 0x5c,
  RSqb = 0x5d,
  Underscore = 0x5f,
  LBrace = 0x7b,
  RBrace = 0x7d,
}

const IDENT_START = 1;
const IDENT_PART = 2;
const DIGIT = 4;
const HEX = 8;

const CLASS = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  const s = String.fromCharCode(c);
  CLASS[c] =
    (/[A-Za-z_]/.test(s) ? IDENT_START : 0) |
    (/\w/.test(s) ? IDENT_PART : 0) |
    (/\d/.test(s) ? DIGIT : 0) |
    (/[0-9a-fA-F]/.test(s) ? HEX : 0);
}

/** Whether an identifier may start with `c`; all non-ASCII characters may until the whole is verified. */
export function isIdentifierStart(c: number): boolean {
  return c >= 128 || (CLASS[c]! & IDENT_START) !== 0;
}
/** Whether `c` may continue an identifier. */
export function isIdentifierPart(c: number): boolean {
  return c >= 128 || (CLASS[c]! & IDENT_PART) !== 0;
}
export function isDigit(c: number): boolean {
  return c >= Ch.Zero && c <= Ch.Nine;
}
export function isHexDigit(c: number): boolean {
  return c < 128 && (CLASS[c]! & HEX) !== 0;
}

const IDENTIFIER_START = /^[\p{XID_Start}_]$/u;
const IDENTIFIER_PART = /^\p{XID_Continue}$/u;
const NOT_PRINTABLE = /^[\p{C}\p{Z}]$/u;

/** Where the first character stands that makes `text` no identifier, -1 if it is one. */
export function invalidIdentifierAt(text: string): number {
  let at = 0;
  for (const character of text) {
    if (!(at === 0 ? IDENTIFIER_START : IDENTIFIER_PART).test(character)) return at;
    at += character.length;
  }
  return -1;
}

/** `str.isprintable` for one character. */
export function isPrintable(character: string): boolean {
  return character === ' ' || !NOT_PRINTABLE.test(character);
}

/** A code point in CPython's `U+%04X` form, without the `U+`. */
export function codePointName(character: string): string {
  return character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
}

/** UTF-8 bytes of the UTF-16 unit at `i`, less one; a surrogate counts half of its pair's four bytes, a lone low one is a byte
 *  that could not be decoded. */
export function extraBytes(text: string, i: number): number {
  const c = text.charCodeAt(i);
  if ((c & 0xff80) === 0xdc80 && (text.charCodeAt(i - 1) & 0xfc00) !== 0xd800) return 0;
  return c < 0x80 ? 0 : c < 0x800 || (c & 0xf800) === 0xd800 ? 1 : 2;
}

/** How many code points `text` has. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      length--;
      i++;
    }
  }
  return length;
}

/** The length in code points of the first `nbytes` UTF-8 bytes of `text`; bytes beyond its end count as one each. */
export function byteToCharOffset(text: string, nbytes: number): number {
  let chars = 0;
  let bytes = 0;
  for (const character of text) {
    if (bytes >= nbytes) return chars;
    for (let i = 0; i < character.length; i++) bytes += 1 + extraBytes(character, i);
    chars++;
  }
  return chars + Math.max(0, nbytes - bytes);
}
