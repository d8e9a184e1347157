/** The encodings built in: names, and encoding and decoding by name. Encodings of the standard library (cp1252,
 *  UTF-7 and so on) are not known here. */

import type { DecodeHandler, EncodeHandler } from './codec-errors.ts';
import { type Decoded, decodeWith } from './decode.ts';
import { encodeWith } from './encode.ts';
import { ValueFault } from './fault.ts';

/** Encodings by the spellings of them, lower case with underscores. */
const SPELLINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf_8 u8 utf utf8 utf8_ucs2 utf8_ucs4 cp65001',
  'utf-8-sig': 'utf_8_sig',
  ascii:
    'ascii 646 ansi_x3.4_1968 ansi_x3_4_1968 ansi_x3.4_1986 cp367 csascii ibm367 iso646_us iso_646.irv_1991 ' +
    'iso_ir_6 us us_ascii',
  'latin-1':
    'latin_1 8859 cp819 csisolatin1 ibm819 iso8859 iso8859_1 iso_8859_1 iso_8859_1_1987 iso_ir_100 l1 latin latin1',
  'utf-16': 'utf_16 u16 utf16',
  'utf-16-le': 'utf_16_le unicodelittleunmarked utf_16le',
  'utf-16-be': 'utf_16_be unicodebigunmarked utf_16be',
  'utf-32': 'utf_32 u32 utf32',
  'utf-32-le': 'utf_32_le utf_32le',
  'utf-32-be': 'utf_32_be utf_32be',
};

const NAMES = new Map(
  Object.entries(SPELLINGS).flatMap(([name, words]) => words.split(' ').map((word) => [word, name] as const)),
);

/** The normal name of an encoding built in ('UTF8' is 'utf-8'), undefined for others. */
export function encodingName(name: string): string | undefined {
  if (name === 'utf-8') return name;
  const spelling = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '_')
    .replace(/^_|_$/g, '');
  return NAMES.get(spelling);
}

function known(name: string): string {
  return encodingName(name) ?? unknown(name);
}

function unknown(name: string): never {
  throw new ValueFault('LookupError', `unknown encoding: ${name}`);
}

/** `text.encode(encoding, errors)`. `nameOf` gives the names of characters for 'namereplace'.
 *  Throws UnicodeFault; LookupError for an encoding or (when used) a handler that is not known. */
export function encode(
  text: string,
  encoding = 'utf-8',
  errors: string | EncodeHandler = 'strict',
  nameOf?: (cp: number) => string | undefined,
): Uint8Array {
  return encodeWith(known(encoding), text, errors, nameOf);
}

/** `data.decode(encoding, errors)`. Throws as `encode` does. */
export function decode(data: Uint8Array, encoding = 'utf-8', errors: string | DecodeHandler = 'strict'): string {
  return decodeWith(known(encoding), data, errors).text;
}

/** Decodes what is complete: a character cut off at the end is left for the next call. */
export function decodePart(data: Uint8Array, encoding: string, errors: string | DecodeHandler = 'strict'): Decoded {
  return decodeWith(known(encoding), data, errors, false);
}
