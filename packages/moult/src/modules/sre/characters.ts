/** Questions about characters that regular expressions ask. Characters are code points (or bytes). */
import { simpleLower, simpleUpper } from '../../text/unicode-case.ts';
import { decimalValue, isAlnumChar, isSpaceChar } from '../../text/unicode.ts';
import { Category, Op } from './opcodes.ts';

const NEWLINE = 10;
const UNDERSCORE = 95;

function isAsciiDigit(ch: number): boolean {
  return ch >= 48 && ch <= 57;
}

function isAsciiSpace(ch: number): boolean {
  return ch === 32 || (ch >= 9 && ch <= 13);
}

/** Letters, digits and the underscore of ASCII. */
export function isAsciiWord(ch: number): boolean {
  return (ch >= 97 && ch <= 122) || (ch >= 65 && ch <= 90) || isAsciiDigit(ch) || ch === UNDERSCORE;
}

/** What `\w` matches in a str pattern. */
export function isUnicodeWord(ch: number): boolean {
  return ch < 128 ? isAsciiWord(ch) : isAlnumChar(ch);
}

function isLineBreak(ch: number): boolean {
  return (ch >= 10 && ch <= 13) || (ch >= 28 && ch <= 30) || ch === 0x85 || ch === 0x2028 || ch === 0x2029;
}

/** Whether `ch` belongs to a category. */
export function inCategory(category: Category, ch: number): boolean {
  switch (category) {
    case Category.DIGIT:
      return isAsciiDigit(ch);
    case Category.NOT_DIGIT:
      return !isAsciiDigit(ch);
    case Category.SPACE:
      return isAsciiSpace(ch);
    case Category.NOT_SPACE:
      return !isAsciiSpace(ch);
    case Category.WORD:
    case Category.LOC_WORD:
      return isAsciiWord(ch);
    case Category.NOT_WORD:
    case Category.LOC_NOT_WORD:
      return !isAsciiWord(ch);
    case Category.LINEBREAK:
      return ch === NEWLINE;
    case Category.NOT_LINEBREAK:
      return ch !== NEWLINE;
    case Category.UNI_DIGIT:
      return decimalValue(ch) >= 0;
    case Category.UNI_NOT_DIGIT:
      return decimalValue(ch) < 0;
    case Category.UNI_SPACE:
      return isSpaceChar(ch);
    case Category.UNI_NOT_SPACE:
      return !isSpaceChar(ch);
    case Category.UNI_WORD:
      return isUnicodeWord(ch);
    case Category.UNI_NOT_WORD:
      return !isUnicodeWord(ch);
    case Category.UNI_LINEBREAK:
      return isLineBreak(ch);
    case Category.UNI_NOT_LINEBREAK:
      return !isLineBreak(ch);
  }
}

/** Lower case of ASCII letters. */
export function lowerAscii(ch: number): number {
  return ch >= 65 && ch <= 90 ? ch + 32 : ch;
}

/** The lower case of a character: the first one where it is several. */
export function lowerUnicode(ch: number): number {
  return ch < 128 ? lowerAscii(ch) : simpleLower(ch);
}

/** The upper case of a character: the first one where it is several. */
export function upperUnicode(ch: number): number {
  if (ch < 128) return ch >= 97 && ch <= 122 ? ch - 32 : ch;
  return simpleUpper(ch);
}

/** `ch` folded as the instruction says. */
export function fold(op: Op, ch: number): number {
  return op >= Op.GROUPREF_UNI_IGNORE ? lowerUnicode(ch) : lowerAscii(ch);
}

/** Whether the set at `at` has `ch`. */
export function inSet(code: Int32Array, at: number, ch: number): boolean {
  let ok = true;
  for (;;) {
    const op: Op = code[at++];
    switch (op) {
      case Op.FAILURE:
        return !ok;
      case Op.LITERAL:
        if (ch === code[at]) return ok;
        at++;
        break;
      case Op.CATEGORY:
        if (inCategory(code[at], ch)) return ok;
        at++;
        break;
      case Op.CHARSET:
        if (ch < 256 && (code[at + (ch >> 5)] & (1 << (ch & 31))) !== 0) return ok;
        at += 8;
        break;
      case Op.RANGE:
        if (code[at] <= ch && ch <= code[at + 1]) return ok;
        at += 2;
        break;
      case Op.RANGE_UNI_IGNORE: {
        if (code[at] <= ch && ch <= code[at + 1]) return ok;
        const upper = upperUnicode(ch);
        if (code[at] <= upper && upper <= code[at + 1]) return ok;
        at += 2;
        break;
      }
      case Op.NEGATE:
        ok = !ok;
        break;
      case Op.BIGCHARSET: {
        const count = code[at++];
        const block = ch < 65536 ? (code[at + (ch >> 10)] >>> (8 * ((ch >> 8) & 3))) & 255 : -1;
        at += 64;
        if (block >= 0 && (code[at + block * 8 + ((ch & 255) >> 5)] & (1 << (ch & 31))) !== 0) return ok;
        at += count * 8;
        break;
      }
      default:
        throw new RangeError(`regular expression: instruction ${op} in a set`);
    }
  }
}
