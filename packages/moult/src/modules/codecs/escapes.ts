/** The codecs that write characters as backslash escapes: `unicode_escape`, `raw_unicode_escape`, and `escape` of bytes. */
import { decodeFault, decodeHandler } from '../../text/codec-errors.ts';
import type { DecodeHandler } from '../../text/codec-errors.ts';
import type { Decoded } from '../../text/decode.ts';
import { valueError } from '../../text/fault.ts';

const SIMPLE: Readonly<Record<string, number>> = {
  '\\': 92,
  "'": 39,
  '"': 34,
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
};
const WIDTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const ESCAPED = new Map([
  [9, '\\t'],
  [10, '\\n'],
  [13, '\\r'],
  [92, '\\\\'],
]);

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** `text.encode('unicode_escape')`, as Latin-1 text. */
export function escapeText(text: string): string {
  let result = '';
  for (const character of text) {
    const cp = character.codePointAt(0) ?? 0;
    if (cp >= 0x20 && cp < 0x7f && cp !== 92) result += character;
    else result += ESCAPED.get(cp) ?? (cp < 256 ? `\\x${hex(cp, 2)}` : escapeWide(cp));
  }
  return result;
}

/** `text.encode('raw_unicode_escape')`, as Latin-1 text. */
export function escapeTextRaw(text: string): string {
  return Array.from(text, (character) => {
    const cp = character.codePointAt(0) ?? 0;
    return cp < 256 ? character : escapeWide(cp);
  }).join('');
}

const escapeWide = (cp: number): string => (cp < 0x10000 ? `\\u${hex(cp, 4)}` : `\\U${hex(cp, 8)}`);

/** What an escape at a position is: its text and length, or why it is none; `open` when the data end in it. */
interface Escape {
  readonly text?: string;
  readonly length: number;
  readonly reason?: string;
  readonly open?: boolean;
}

/** Reads `\xHH`, `\uHHHH` or `\UHHHHHHHH`. */
function readHex(data: string, at: number, letter: string): Escape {
  const width = WIDTHS[letter] ?? 0;
  const digits = /^[0-9a-fA-F]*/.exec(data.slice(at + 2, at + 2 + width))?.[0] ?? '';
  const length = 2 + digits.length;
  if (digits.length < width) {
    const reason = `truncated \\${letter}${(letter === 'x' ? 'X' : 'X').repeat(width)} escape`;
    return { length, reason, open: at + length === data.length };
  }
  const cp = parseInt(digits, 16);
  return cp > 0x10ffff ? { length, reason: 'illegal Unicode character' } : { length, text: String.fromCodePoint(cp) };
}

function readName(data: string, at: number, nameOf: (name: string) => string | undefined): Escape {
  const match = /^\\N\{([^}]+)\}/.exec(data.slice(at));
  if (match === null)
    return {
      length: data.length - at > 2 ? 3 : 2,
      reason: 'malformed \\N character escape',
      open: !data.includes('}', at),
    };
  const text = nameOf(match[1] ?? '');
  return text === undefined
    ? { length: match[0].length, reason: 'unknown Unicode character name' }
    : { length: match[0].length, text };
}

function readEscape(data: string, at: number, nameOf: (name: string) => string | undefined): Escape {
  const letter = data[at + 1];
  if (letter === undefined) return { length: 1, reason: '\\ at end of string', open: true };
  if (letter === '\n') return { length: 2, text: '' };
  const simple = SIMPLE[letter];
  if (simple !== undefined) return { length: 2, text: String.fromCharCode(simple) };
  const octal = /^[0-7]{1,3}/.exec(data.slice(at + 1, at + 4))?.[0];
  if (octal !== undefined) return { length: 1 + octal.length, text: String.fromCharCode(parseInt(octal, 8)) };
  if (letter in WIDTHS) return readHex(data, at, letter);
  if (letter === 'N') return readName(data, at, nameOf);
  return { length: 2, text: `\\${letter}` };
}

function readRaw(data: string, at: number): Escape {
  const letter = data[at + 1];
  if (letter === undefined) return { length: 1, text: '\\', open: true };
  if (letter === 'u' || letter === 'U') return readHex(data, at, letter);
  return { length: 2, text: `\\${letter}` };
}

/** What the decoders differ in. */
interface EscapeOptions {
  readonly raw: boolean;
  readonly errors: string | DecodeHandler;
  /** False: an escape that the data end in is left for the next call. */
  readonly final: boolean;
  readonly nameOf: (name: string) => string | undefined;
}

/** Decodes `unicode_escape`, or with `raw` `raw_unicode_escape`. Throws UnicodeFault. */
export function unescapeText(bytes: Uint8Array, options: EscapeOptions): Decoded {
  const data = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const handler = decodeHandler(options.errors);
  let text = '';
  let at = 0;
  while (at < data.length) {
    const next = data.indexOf('\\', at);
    const end = next < 0 ? data.length : next;
    text += data.slice(at, end);
    at = end;
    if (next < 0) break;
    const escape = options.raw ? readRaw(data, at) : readEscape(data, at, options.nameOf);
    if (escape.open === true && !options.final) break;
    if (escape.text !== undefined) {
      text += escape.text;
      at += escape.length;
      continue;
    }
    const name = options.raw ? 'rawunicodeescape' : 'unicodeescape';
    const { replacement, resume } = handler(
      decodeFault(name, bytes, at, at + escape.length, escape.reason ?? ''),
      bytes,
    );
    text += replacement;
    at = resume;
  }
  return { text, consumed: at };
}

/** Bytes as in the literal of a bytes object, as Latin-1 text. */
export function escapeBytes(data: Uint8Array): string {
  return Array.from(data, (byte) => {
    if (byte === 39) return "\\'";
    if (byte >= 0x20 && byte < 0x7f && byte !== 92) return String.fromCharCode(byte);
    return ESCAPED.get(byte) ?? `\\x${hex(byte, 2)}`;
  }).join('');
}

/** The bytes that a literal's text stands for. Throws ValueError. */
export function unescapeBytes(bytes: Uint8Array, errors: string): Uint8Array {
  const data = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const result: number[] = [];
  for (let at = 0; at < data.length;) {
    if (data[at] !== '\\') {
      result.push(data.charCodeAt(at++));
      continue;
    }
    if (at + 1 === data.length) valueError('Trailing \\ in string');
    const escape =
      data[at + 1] === 'N' || data[at + 1] === 'u' || data[at + 1] === 'U'
        ? { length: 2, text: data.slice(at, at + 2) }
        : readEscape(data, at, () => undefined);
    if ('reason' in escape && escape.reason !== undefined) {
      if (errors === 'replace') result.push(63);
      else if (errors === 'strict') valueError(`invalid \\x escape at position ${at}`);
      else if (errors !== 'ignore') valueError(`decoding error; unknown error handling code: ${errors}`);
    } else for (const character of escape.text ?? '') result.push(character.charCodeAt(0) & 0xff);
    at +=
      'reason' in escape && escape.reason !== undefined
        ? 2 + (/^[0-9a-fA-F]/.test(data[at + 2] ?? '') ? 1 : 0)
        : escape.length;
  }
  return Uint8Array.from(result);
}
