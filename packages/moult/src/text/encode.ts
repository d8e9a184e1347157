/** Encoding str: one loop for all encodings, which differ in what they can write and how. */

import { ByteBuilder } from './byte-builder.ts';
import { encodeFault, encodeHandler, type EncodeHandler } from './codec-errors.ts';

/** One encoding, for the encoding loop. */
interface Encoder {
  /** The name in error texts. */
  readonly name: string;
  readonly reason: string;
  /** Bytes in a code unit: what a handler gives as bytes must be a multiple. */
  readonly unit: number;
  /** Whether neighbouring characters that fail are handled together. */
  readonly runs: boolean;
  /** The first code point that a replacement text must not have. */
  readonly replaceLimit: number;
  readonly canWrite: (cp: number) => boolean;
  readonly write: (cp: number, out: ByteBuilder) => void;
}

const isNoSurrogate = (cp: number): boolean => cp < 0xd800 || cp > 0xdfff;
const noSurrogates = { reason: 'surrogates not allowed', canWrite: isNoSurrogate, replaceLimit: 0x80 };

function writeUtf8(cp: number, out: ByteBuilder): void {
  if (cp < 0x80) return out.push(cp);
  if (cp < 0x800) out.push(0xc0 | (cp >> 6));
  else {
    if (cp < 0x10000) out.push(0xe0 | (cp >> 12));
    else {
      out.push(0xf0 | (cp >> 18));
      out.push(0x80 | ((cp >> 12) & 0x3f));
    }
    out.push(0x80 | ((cp >> 6) & 0x3f));
  }
  out.push(0x80 | (cp & 0x3f));
}

/** Writes a UTF-16 unit or a UTF-32 code point in the given byte order. */
function writeUnit(value: number, nbytes: number, big: boolean, out: ByteBuilder): void {
  for (let i = 0; i < nbytes; i++) out.push((value >>> (8 * (big ? nbytes - 1 - i : i))) & 0xff);
}

function utf16Encoder(name: string, big: boolean): Encoder {
  const write = (cp: number, out: ByteBuilder): void => {
    if (cp < 0x10000) return writeUnit(cp, 2, big, out);
    writeUnit(0xd7c0 + (cp >> 10), 2, big, out);
    writeUnit(0xdc00 | (cp & 0x3ff), 2, big, out);
  };
  return { ...noSurrogates, name, unit: 2, runs: false, write };
}

function utf32Encoder(name: string, big: boolean): Encoder {
  return { ...noSurrogates, name, unit: 4, runs: false, write: (cp, out) => writeUnit(cp, 4, big, out) };
}

function byteEncoder(name: string, limit: number): Encoder {
  return {
    name,
    reason: `ordinal not in range(${limit})`,
    unit: 1,
    runs: true,
    replaceLimit: limit,
    canWrite: (cp) => cp < limit,
    write: (cp, out) => out.push(cp),
  };
}

/** The encoders, by normal name (see `codecs.ts`). */
const ENCODERS: Readonly<Record<string, Encoder>> = {
  'utf-8': { ...noSurrogates, name: 'utf-8', unit: 1, runs: true, write: writeUtf8 },
  'utf-8-sig': { ...noSurrogates, name: 'utf-8', unit: 1, runs: true, write: writeUtf8 },
  ascii: byteEncoder('ascii', 128),
  'latin-1': byteEncoder('latin-1', 256),
  'utf-16': utf16Encoder('utf-16', false),
  'utf-16-le': utf16Encoder('utf-16-le', false),
  'utf-16-be': utf16Encoder('utf-16-be', true),
  'utf-32': utf32Encoder('utf-32', false),
  'utf-32-le': utf32Encoder('utf-32-le', false),
  'utf-32-be': utf32Encoder('utf-32-be', true),
};

const MARKED = new Set(['utf-8-sig', 'utf-16', 'utf-32']);
const textEncoder = new TextEncoder();

/** Encodes text by the normal name of an encoding; the marked ones start with a byte order mark. Throws UnicodeFault,
 *  and LookupError for an unknown handler. */
export function encodeWith(
  name: string,
  text: string,
  errors: string | EncodeHandler,
  nameOf?: (cp: number) => string | undefined,
): Uint8Array {
  if (text.length < SHORT && (name === 'utf-8' || name === 'ascii')) {
    const quick = encodeAscii(text);
    if (quick !== undefined) return quick;
  }
  if (name === 'utf-8' && !/\p{Surrogate}/u.test(text)) return textEncoder.encode(text);
  const encoder = ENCODERS[name]!;
  const out = new ByteBuilder(text.length * encoder.unit + 4);
  if (MARKED.has(name)) encoder.write(0xfeff, out);
  encodeAll(encoder, text, encodeHandler(errors, nameOf), out);
  return out.finish();
}

/** Text shorter than this is worth an attempt as ASCII: calling the engine's encoder costs more than the loop. */
const SHORT = 64;

function encodeAscii(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return undefined;
    bytes[i] = code;
  }
  return bytes;
}

function encodeAll(encoder: Encoder, text: string, handler: EncodeHandler, out: ByteBuilder): void {
  let chars: number[] | undefined;
  let index = 0;
  for (let at = 0; at < text.length; index++) {
    const cp = text.codePointAt(at)!;
    if (encoder.canWrite(cp)) {
      encoder.write(cp, out);
      at += cp > 0xffff ? 2 : 1;
      continue;
    }
    chars ??= Array.from(text, (char) => char.codePointAt(0)!);
    const resume = substitute(encoder, chars, index, handler, out);
    at = unitOf(chars, resume);
    index = resume - 1;
  }
}

/** Handles the failed range from `start` on; gives the index to go on from. */
function substitute(
  encoder: Encoder,
  chars: readonly number[],
  start: number,
  handler: EncodeHandler,
  out: ByteBuilder,
): number {
  let end = start + 1;
  if (encoder.runs) while (end < chars.length && !encoder.canWrite(chars[end]!)) end++;
  const failed = chars.slice(start, end);
  const fault = encodeFault(encoder.name, failed, start, encoder.reason);
  const { replacement, resume } = handler(fault, failed);
  if (typeof replacement !== 'string') {
    if (replacement.length % encoder.unit !== 0) throw fault;
    out.append(replacement);
    return resume;
  }
  for (let i = 0; i < replacement.length; i++) {
    const code = replacement.charCodeAt(i);
    if (code >= encoder.replaceLimit) throw fault;
    encoder.write(code, out);
  }
  return resume;
}

function unitOf(chars: readonly number[], index: number): number {
  let unit = index;
  for (let i = 0; i < index; i++) if (chars[i]! > 0xffff) unit++;
  return unit;
}
