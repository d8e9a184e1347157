/** From bytes or text to the text that the tokenizer reads. */

import { PythonSyntaxError } from './errors.ts';
import { decodeEscaping } from './undecoded.ts';

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK_OR_COMMENT = /^[ \t\f]*(?:#.*)?$/;

/** Decodes bytes in the named encoding; null if there is none of that name. */
export type SourceDecoder = (bytes: Uint8Array, encoding: string) => string | null;

interface DecodedSource {
  readonly text: string;
  /** Whether nothing said what encoding it is. */
  readonly undeclared: boolean;
}

/** Decodes source bytes by BOM or encoding declaration, UTF-8 by default. CPython reads a program's file (`fromFile`) by
 *  lines and asks for a declaration where it finds something else.
 *  Throws PythonSyntaxError for an unknown encoding or undecodable bytes. */
export function decodeSource(
  bytes: Uint8Array,
  filename: string,
  fromFile = false,
  decode?: SourceDecoder,
): DecodedSource {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(3) : bytes;
  const declared = declaredEncoding(body);
  const encoding = declared === null ? 'utf-8' : normalizeEncoding(declared);
  if (bom && (encoding !== 'utf-8' || declared?.toLowerCase() === 'utf8'))
    throw sourceError(`encoding problem: ${encoding === 'iso-8859-1' ? encoding : declared} with BOM`, filename);
  const undeclared = !bom && declared === null;
  const text =
    encoding === 'utf-8'
      ? decodeUtf8(body, filename, fromFile, undeclared)
      : decodeNamed(body, encoding, declared ?? '', filename, decode);
  return { text, undeclared };
}

/** Decodes what is not UTF-8. */
function decodeNamed(
  body: Uint8Array,
  encoding: string,
  declared: string,
  filename: string,
  decode: SourceDecoder | undefined,
): string {
  if (encoding === 'iso-8859-1') return latin1(body);
  if (encoding === 'ascii') return decodeAscii(body, filename);
  return decode?.(body, declared) ?? decodeOther(body, declared, filename);
}

/** Brings line ends to `\n`; with `addNewline` the text ends in one. Throws for a NUL. */
export function normalizeSource(text: string, addNewline: boolean): string {
  if (text.includes('\0')) {
    throw new PythonSyntaxError('SyntaxError', {
      msg: 'source code string cannot contain null bytes',
      filename: '<string>',
      lineno: null,
      offset: null,
      text: null,
      endLineno: null,
      endOffset: null,
    });
  }
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
  return addNewline && !text.endsWith('\n') ? text + '\n' : text;
}

/** The encoding named by a comment in the first two lines, or null. */
function declaredEncoding(bytes: Uint8Array): string | null {
  let start = 0;
  for (let i = 0; i < 2; i++) {
    let end = bytes.indexOf(10, start);
    if (end < 0) end = bytes.length;
    const line = latin1(bytes.subarray(start, end)).replace(/\r$/, '');
    const match = COOKIE.exec(line);
    if (match !== null) return match[1]!;
    if (!BLANK_OR_COMMENT.test(line)) return null;
    start = end + 1;
  }
  return null;
}

function normalizeEncoding(name: string): string {
  const plain = name.slice(0, 12).toLowerCase().replaceAll('_', '-');
  if (plain === 'utf-8' || plain === 'utf8' || plain.startsWith('utf-8-')) return 'utf-8';
  if (/^(?:latin-?1|iso-?8859-1|iso-latin-1|l1)(?:-|$)/.test(plain)) return 'iso-8859-1';
  if (plain === 'ascii' || plain === 'us-ascii') return 'ascii';
  return plain;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

/** What is no UTF-8 is an error in a file, else only where it is used (undecoded.ts). */
function decodeUtf8(bytes: Uint8Array, filename: string, fromFile: boolean, undeclared: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    if (fromFile) throw undecodable(bytes, filename, undeclared);
    return decodeEscaping(bytes);
  }
}

/** CPython decodes each run of non-ASCII bytes for itself, so the error's position counts from the run's start. */
function undecodable(bytes: Uint8Array, filename: string, undeclared: boolean): PythonSyntaxError {
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 10) {
      line++;
      lineStart = at + 1;
    }
    if (bytes[at]! < 0x80) continue;
    let end = at;
    while (end < bytes.length && bytes[end]! >= 0x80) end++;
    const bad = firstInvalid(bytes, at, end);
    if (bad >= 0) {
      const byte = bytes[bad]!.toString(16);
      if (undeclared) return needsDeclaration(byte, filename, line);
      const msg = `(unicode error) 'utf-8' codec can't decode byte 0x${byte} in position ${bad - at}: ${invalidReason(bytes, bad, end)}`;
      return sourceError(msg, filename, line, at - lineStart + 1);
    }
    at = end - 1;
  }
  return sourceError('(unicode error) invalid UTF-8', filename, line, 1);
}

function needsDeclaration(byte: string, filename: string, line: number): PythonSyntaxError {
  const msg =
    `Non-UTF-8 code starting with '\\x${byte}' in file ${filename} on line ${line}, but no encoding declared; ` +
    'see https://peps.python.org/pep-0263/ for details';
  return new PythonSyntaxError('SyntaxError', {
    msg,
    filename,
    lineno: null,
    offset: null,
    text: null,
    endLineno: null,
    endOffset: null,
  });
}

/** The first byte from `at` to `end` that belongs to no valid sequence, or -1. */
function firstInvalid(bytes: Uint8Array, at: number, end: number): number {
  while (at < end) {
    const length = sequenceLength(bytes.subarray(at, end));
    if (length === 0) return at;
    at += length;
  }
  return -1;
}

/** How many bytes the sequence at the start of `bytes` has if it is valid, else 0. */
function sequenceLength(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (const length of [2, 3, 4]) {
    try {
      decoder.decode(bytes.subarray(0, length));
      return length;
    } catch {
      // too short, or invalid
    }
  }
  return 0;
}

function invalidReason(bytes: Uint8Array, at: number, end: number): string {
  const lead = bytes[at]!;
  if (lead < 0xc2 || lead > 0xf4) return 'invalid start byte';
  const needed = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  return end - at <= needed && end - at < 2 ? 'unexpected end of data' : 'invalid continuation byte';
}

function decodeAscii(bytes: Uint8Array, filename: string): string {
  const bad = bytes.findIndex((b) => b > 127);
  if (bad < 0) return latin1(bytes);
  const byte = bytes[bad]!.toString(16);
  throw sourceError(
    `'ascii' codec can't decode byte 0x${byte} in position ${bad}: ordinal not in range(128)`,
    filename,
  );
}

/** Other encodings that the host knows; CPython's error for those it does not. */
function decodeOther(bytes: Uint8Array, name: string, filename: string): string {
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw sourceError(`unknown encoding: ${name}`, filename);
    throw sourceError(`encoding problem: ${name}`, filename);
  }
}

/** An error that CPython finds before it parses; it then quotes no line. */
function sourceError(msg: string, filename: string, lineno = 0, offset = -1): PythonSyntaxError {
  return new PythonSyntaxError('SyntaxError', {
    msg,
    filename,
    lineno,
    offset,
    text: null,
    endLineno: null,
    endOffset: null,
  });
}
