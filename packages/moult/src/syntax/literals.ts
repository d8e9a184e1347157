/** The values of number and string tokens. */

import { type ConstantValue, PyComplex } from './ast.ts';
import type { Dialect } from './dialect.ts';
import type { SyntaxWarningRecord } from './errors.ts';
import { decodeError, hasUndecoded, undecodedRun } from './undecoded.ts';
import { Ch } from './tokenizer/chars.ts';

/** A literal without a value; `message` is CPython's. */
export class LiteralError extends Error {
  /** Whether CPython reports it at the literal itself, else at the last token it has read. */
  readonly atToken: boolean;
  constructor(message: string, atToken: boolean) {
    super(message);
    this.atToken = atToken;
  }
}

/** Finds the character with a Unicode name (aliases and named sequences excluded as in CPython), or undefined. */
export type UnicodeNameLookup = (name: string) => string | undefined;

/** What decoding a string needs beside its text. */
export interface StringContext {
  warnings: SyntaxWarningRecord[];
  unicodeName: UnicodeNameLookup | undefined;
  dialect: Dialect;
}

/** The value of a number token.
 *  Throws LiteralError for an integer with more than `maxDigits` digits (0: any number). */
export function numberValue(text: string, maxDigits: number): bigint | number | PyComplex {
  if (text.includes('_')) text = text.replaceAll('_', '');
  const last = text.charCodeAt(text.length - 1) | 32;
  const prefix = text.charCodeAt(1) | 32;
  if (text.charCodeAt(0) === Ch.Zero && (prefix === 0x78 || prefix === 0x6f || prefix === 0x62)) return BigInt(text);
  if (last === 0x6a) return new PyComplex(0, Number(text.slice(0, -1)));
  if (/[.eE]/.test(text)) return Number(text);
  if (maxDigits > 0 && text.length > maxDigits) throw tooManyDigits(text.length, maxDigits);
  return BigInt(text);
}

function tooManyDigits(count: number, limit: number): LiteralError {
  return new LiteralError(
    `Exceeds the limit (${limit} digits) for integer string conversion: value has ${count} digits; use ` +
      'sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid ' +
      'decimal conversion limits.',
    true,
  );
}

/** A string token's value, and whether it had the prefix `u`. */
interface StringValue {
  value: ConstantValue;
  isUnicode: boolean;
}

/** The value of the plain string token `text`, which starts in `line`.
 *  Adds a warning for the first invalid escape. Throws LiteralError. */
export function stringValue(text: string, line: number, context: StringContext): StringValue {
  let at = 0;
  let raw = false;
  let bytes = false;
  let isUnicode = false;
  for (; ; at++) {
    const c = text.charCodeAt(at);
    if (c === Ch.Quote1 || c === Ch.Quote2) break;
    if ((c | 32) === 0x72) raw = true;
    else if ((c | 32) === 0x62) bytes = true;
    else isUnicode = c === 0x75;
  }
  const quote = text.charCodeAt(at);
  const size = text.length - at >= 6 && text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote ? 3 : 1;
  const body = text.slice(at + size, text.length - size);
  const plain = raw || !body.includes('\\');
  if (!bytes && hasUndecoded(body)) throw undecodable(body, plain);
  if (bytes) return { value: plain ? asciiBytes(body) : decodeBytes(asciiOnly(body), line, context), isUnicode };
  return { value: plain ? body : decodeEscapes(body, line, context), isUnicode };
}

/** The error about bytes that are no UTF-8 in a string; `plain` if it has no escapes. */
function undecodable(body: string, plain: boolean): LiteralError {
  return new LiteralError(decodeError(plain ? body : (undecodedRun(body) ?? body)), true);
}

function asciiOnly(body: string): string {
  // eslint-disable-next-line no-control-regex
  if (/[^\x00-\x7f]/.test(body)) throw new LiteralError('bytes can only contain ASCII literal characters', true);
  return body;
}

function asciiBytes(body: string): Uint8Array {
  asciiOnly(body);
  const bytes = new Uint8Array(body.length);
  for (let i = 0; i < body.length; i++) bytes[i] = body.charCodeAt(i);
  return bytes;
}

const SIMPLE_ESCAPES: ReadonlyMap<number, string> = new Map([
  [Ch.Newline, ''],
  [Ch.Backslash, '\\'],
  [Ch.Quote1, "'"],
  [Ch.Quote2, '"'],
  [0x61, '\x07'],
  [0x62, '\b'],
  [0x66, '\f'],
  [0x6e, '\n'],
  [0x72, '\r'],
  [0x74, '\t'],
  [0x76, '\v'],
] as [number, string][]);
const OCTAL = /[0-7]{1,3}/y;
const HEX_DIGITS = /[0-9a-fA-F]*/y;

/** Tells of the first invalid escape only, as CPython does. */
class EscapeWarning {
  private done = false;
  private readonly line: number;
  private readonly context: StringContext;
  constructor(line: number, context: StringContext) {
    this.line = line;
    this.context = context;
  }
  warn(escape: string): void {
    if (this.done) return;
    this.done = true;
    const octal = escape.length > 1 ? 'octal ' : '';
    const message = `invalid ${octal}escape sequence '\\${escape}'`;
    this.context.warnings.push({ category: 'SyntaxWarning', message, lineno: this.line });
  }
}

function matchAt(regex: RegExp, text: string, at: number): string {
  regex.lastIndex = at;
  return regex.exec(text)?.[0] ?? '';
}

function decodeBytes(body: string, line: number, context: StringContext): Uint8Array {
  const out: number[] = [];
  const warning = new EscapeWarning(line, context);
  for (let i = 0; i < body.length;) {
    const c = body.charCodeAt(i++);
    if (c !== Ch.Backslash) {
      out.push(c);
      continue;
    }
    const escaped = body.charCodeAt(i++);
    const simple = SIMPLE_ESCAPES.get(escaped);
    const octal = matchAt(OCTAL, body, i - 1);
    if (simple !== undefined) {
      if (simple !== '') out.push(simple.charCodeAt(0));
    } else if (octal !== '') {
      const value = parseInt(octal, 8);
      if (value > 0xff) warning.warn(octal);
      out.push(value & 0xff);
      i += octal.length - 1;
    } else if (escaped === 0x78) {
      const digits = matchAt(HEX_DIGITS, body, i).slice(0, 2);
      if (digits.length < 2) throw new LiteralError(`(value error) invalid \\x escape at position ${i - 2}`, false);
      out.push(parseInt(digits, 16));
      i += 2;
    } else {
      warning.warn(String.fromCharCode(escaped));
      out.push(c, escaped);
    }
  }
  return Uint8Array.from(out);
}

/** Decodes the escapes of a str literal or, if `formatted`, of an f-string's literal text, for which the tokenizer has
 *  already warned of backslashes before braces. Throws LiteralError. */
export function decodeEscapes(body: string, line: number, context: StringContext, formatted = false): string {
  let out = '';
  const warning = new EscapeWarning(line, context);
  for (let i = 0; i < body.length;) {
    const next = body.indexOf('\\', i);
    if (next < 0) return out + body.slice(i);
    out += body.slice(i, next);
    i = next + 1;
    if (i >= body.length) return out + '\\';
    const escaped = body.charCodeAt(i++);
    const simple = SIMPLE_ESCAPES.get(escaped);
    if (simple !== undefined) {
      out += simple;
      continue;
    }
    const octal = matchAt(OCTAL, body, i - 1);
    if (octal !== '') {
      const value = parseInt(octal, 8);
      if (value > 0xff) warning.warn(octal);
      out += String.fromCharCode(value);
      i += octal.length - 1;
    } else if (escaped === 0x78) {
      out += hexEscape(body, i, 2, 'xXX');
      i += 2;
    } else if (escaped === 0x75) {
      out += hexEscape(body, i, 4, 'uXXXX');
      i += 4;
    } else if (escaped === 0x55) {
      out += hexEscape(body, i, 8, 'UXXXXXXXX');
      i += 8;
    } else if (escaped === 0x4e) {
      const end = nameEnd(body, i);
      out += namedCharacter(body, i, end, context);
      i = end + 1;
    } else {
      const character = String.fromCodePoint(body.codePointAt(i - 1)!);
      const warned = formatted && (escaped === Ch.LBrace || escaped === Ch.RBrace);
      if (escaped < 128 && !warned) warning.warn(character);
      out += '\\' + character;
      i += character.length - 1;
    }
  }
  return out;
}

function hexEscape(body: string, at: number, count: number, form: string): string {
  const digits = matchAt(HEX_DIGITS, body, at).slice(0, count);
  if (digits.length < count) throw unicodeError(body, at - 2, at + digits.length, `truncated \\${form} escape`);
  const value = parseInt(digits, 16);
  if (value > 0x10ffff) throw unicodeError(body, at - 2, at + count, 'illegal Unicode character');
  return String.fromCodePoint(value);
}

function nameEnd(body: string, at: number): number {
  const end = body.charCodeAt(at) === Ch.LBrace ? body.indexOf('}', at) : -1;
  if (end > at + 1) return end;
  const stop = body.charCodeAt(at) === Ch.LBrace ? (end < 0 ? body.length : end + 1) : at;
  throw unicodeError(body, at - 2, stop, 'malformed \\N character escape');
}

function namedCharacter(body: string, at: number, end: number, context: StringContext): string {
  const name = body.slice(at + 1, end);
  if (context.unicodeName === undefined) {
    throw unicodeError(body, at - 2, end + 1, 'no table of Unicode character names is loaded');
  }
  const character = context.unicodeName(name);
  if (character === undefined) throw unicodeError(body, at - 2, end + 1, 'unknown Unicode character name');
  return character;
}

/** An error about `body[start:end]`. CPython decodes a copy in which every non-ASCII character takes ten bytes. */
function unicodeError(body: string, start: number, end: number, reason: string): LiteralError {
  const from = escapedLength(body.slice(0, start));
  const to = from + escapedLength(body.slice(start, end)) - 1;
  const where = to > from ? `bytes in position ${from}-${to}` : `byte 0x5c in position ${from}`;
  return new LiteralError(`(unicode error) 'unicodeescape' codec can't decode ${where}: ${reason}`, false);
}

function escapedLength(text: string): number {
  let length = 0;
  for (const character of text) length += character.charCodeAt(0) < 128 ? 1 : 10;
  return length;
}
