/** `repr` and `ascii` of str, bytes and bytearray. */

import { isPrintableChar } from './unicode.ts';

const PLAIN = /^[ -&(-[\]-~]*$/;

/** `repr(text)` of a str: single quotes unless it has some and no double ones; non-printable characters escaped. */
export function strRepr(text: string): string {
  if (PLAIN.test(text)) return "'" + text + "'";
  return quoted(text, isPrintableChar);
}

/** `ascii(text)` of a str: as repr, with all beyond ASCII escaped. */
export function strAscii(text: string): string {
  if (PLAIN.test(text)) return "'" + text + "'";
  return quoted(text, (cp) => cp >= 0x20 && cp < 0x7f);
}

function quoted(text: string, shown: (cp: number) => boolean): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const quoteCode = quote.charCodeAt(0);
  let result = quote;
  let done = 0;
  for (let i = 0; i < text.length; i++) {
    const cp = text.codePointAt(i)!;
    const width = cp > 0xffff ? 2 : 1;
    if (cp !== quoteCode && cp !== 0x5c && shown(cp)) {
      i += width - 1;
      continue;
    }
    result += text.slice(done, i) + (cp === quoteCode || cp === 0x5c ? '\\' + text[i] : escapeChar(cp));
    i += width - 1;
    done = i + 1;
  }
  return result + text.slice(done) + quote;
}

/** The shortest backslash escape of a character: '\n', '\x00', '\u2028', '\U0001f600'. */
export function escapeChar(cp: number): string {
  if (cp === 0x0a) return '\\n';
  if (cp === 0x0d) return '\\r';
  if (cp === 0x09) return '\\t';
  return hexEscape(cp);
}

/** The numeric backslash escape of a character. */
export function hexEscape(cp: number): string {
  const hex = cp.toString(16);
  if (cp < 0x100) return '\\x' + hex.padStart(2, '0');
  return cp < 0x10000 ? '\\u' + hex.padStart(4, '0') : '\\U' + hex.padStart(8, '0');
}

/** Re-escapes the result of a repr so that it is ASCII, as `ascii(object)` does with any object's repr. */
export function asciiFromRepr(repr: string): string {
  return /^[\0-\x7f]*$/.test(repr) ? repr : repr.replace(/[^\0-\x7f]/gu, (char) => hexEscape(char.codePointAt(0)!));
}

/** `repr` of `bytes[start:end]` as bytes. */
export function bytesRepr(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const quote = chooseByteQuote(bytes, start, end);
  return 'b' + quote + bytesBody(bytes, start, end, quote.charCodeAt(0)) + quote;
}

/** `repr` of `bytes[start:end]` as a bytearray, which escapes single quotes even inside double ones. */
export function bytearrayRepr(bytes: Uint8Array, start = 0, end = bytes.length, typeName = 'bytearray'): string {
  const quote = chooseByteQuote(bytes, start, end);
  return `${typeName}(b${quote}${bytesBody(bytes, start, end, 0x27)}${quote})`;
}

function chooseByteQuote(bytes: Uint8Array, start: number, end: number): string {
  return hasByte(bytes, start, end, 0x27) && !hasByte(bytes, start, end, 0x22) ? '"' : "'";
}

function bytesBody(bytes: Uint8Array, start: number, end: number, quoteCode: number): string {
  let result = '';
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte === quoteCode || byte === 0x5c) result += '\\' + String.fromCharCode(byte);
    else result += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : escapeChar(byte);
  }
  return result;
}

function hasByte(bytes: Uint8Array, start: number, end: number, byte: number): boolean {
  const at = bytes.indexOf(byte, start);
  return at >= 0 && at < end;
}
