/** Decoding bytes: UTF-8, UTF-16, UTF-32, ASCII, Latin-1.
 *
 *  Each decoder reads one character at a time and says either its code point and length or what is wrong; the loop
 *  around them does the rest. With `final` false a character cut off at the end is left, not an error: `consumed`
 *  says how many bytes were used. */

import { latin1Text } from './bytes-case.ts';
import { decodeFault, decodeHandler, type DecodeHandler } from './codec-errors.ts';

/** The text and how many bytes it took. */
export interface Decoded {
  readonly text: string;
  readonly consumed: number;
}

/* Out-parameters of the readers: what a step found. */
let nbytes = 0;
let reason = '';

/** Reads a character at `at`: its code point, with its length in `nbytes`; or -1, with the length of what is wrong in
 *  `nbytes` and why in `reason`. */
type Reader = (data: Uint8Array, at: number) => number;

const CUT_OFF = 'unexpected end of data';
const TRUNCATED = 'truncated data';

function wrong(length: number, why: string): -1 {
  nbytes = length;
  reason = why;
  return -1;
}

const readUtf8: Reader = (data, at) => {
  const first = data[at]!;
  if (first < 0x80) {
    nbytes = 1;
    return first;
  }
  if (first < 0xc2 || first > 0xf4) return wrong(1, 'invalid start byte');
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  let cp = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const next = data[at + i];
    if (next === undefined) return wrong(i, CUT_OFF);
    if ((next & 0xc0) !== 0x80 || (i === 1 && !suits(first, next))) return wrong(i, 'invalid continuation byte');
    cp = (cp << 6) | (next & 0x3f);
  }
  nbytes = length;
  return cp;
};

/** Whether a second byte avoids overlong forms, surrogates and code points beyond U+10FFFF. */
function suits(first: number, second: number): boolean {
  if (first === 0xe0) return second >= 0xa0;
  if (first === 0xed) return second < 0xa0;
  if (first === 0xf0) return second >= 0x90;
  return first !== 0xf4 || second < 0x90;
}

function utf16Reader(big: boolean): Reader {
  const unitAt = (data: Uint8Array, at: number): number =>
    big ? (data[at]! << 8) | data[at + 1]! : data[at]! | (data[at + 1]! << 8);
  return (data, at) => {
    if (at + 2 > data.length) return wrong(1, TRUNCATED);
    const unit = unitAt(data, at);
    nbytes = 2;
    if ((unit & 0xf800) !== 0xd800) return unit;
    if ((unit & 0xfc00) === 0xdc00) return wrong(2, 'illegal encoding');
    if (at + 4 > data.length) return wrong(data.length - at, CUT_OFF);
    const low = unitAt(data, at + 2);
    if ((low & 0xfc00) !== 0xdc00) return wrong(2, 'illegal UTF-16 surrogate');
    nbytes = 4;
    return ((unit & 0x3ff) << 10) + (low & 0x3ff) + 0x10000;
  };
}

function utf32Reader(big: boolean): Reader {
  return (data, at) => {
    if (at + 4 > data.length) return wrong(data.length - at, TRUNCATED);
    let cp = 0;
    for (let i = 0; i < 4; i++) cp = cp * 256 + data[at + (big ? i : 3 - i)]!;
    if (cp > 0x10ffff) return wrong(4, 'code point not in range(0x110000)');
    if (cp >= 0xd800 && cp < 0xe000) return wrong(4, 'code point in surrogate code point range(0xd800, 0xe000)');
    nbytes = 4;
    return cp;
  };
}

const readAscii: Reader = (data, at) => {
  nbytes = 1;
  return data[at]! < 0x80 ? data[at]! : wrong(1, 'ordinal not in range(128)');
};

const READERS: Readonly<Record<string, Reader>> = {
  'utf-8': readUtf8,
  ascii: readAscii,
  'utf-16-le': utf16Reader(false),
  'utf-16-be': utf16Reader(true),
  'utf-32-le': utf32Reader(false),
  'utf-32-be': utf32Reader(true),
};

const textDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes `data` by the normal name of an encoding (see `codecs.ts`). Throws UnicodeFault, and LookupError for an
 *  unknown handler. */
export function decodeWith(name: string, data: Uint8Array, errors: string | DecodeHandler, final = true): Decoded {
  if (name === 'latin-1') return { text: latin1Text(data), consumed: data.length };
  if (name === 'utf-8-sig') return decodeMarkedUtf8(data, errors, final);
  if (name === 'utf-16' || name === 'utf-32') return decodeMarked(name, data, errors, final);
  const quick = name === 'utf-8' || name === 'ascii' ? quickDecode(name, data) : undefined;
  if (quick !== undefined) return { text: quick, consumed: data.length };
  return decodeAll(name, data, 0, errors, final);
}

/** The text if all is well: short ASCII directly, the rest by the engine. */
function quickDecode(name: string, data: Uint8Array): string | undefined {
  if (data.length < 64 || name === 'ascii') {
    if (isAsciiData(data)) return latin1Text(data);
    if (name === 'ascii') return undefined;
  }
  try {
    return textDecoder.decode(data);
  } catch {
    return undefined;
  }
}

function isAsciiData(data: Uint8Array): boolean {
  for (let i = 0; i < data.length; i++) if (data[i]! > 0x7f) return false;
  return true;
}

/** UTF-8 with an optional mark, which positions in errors do not count. */
function decodeMarkedUtf8(data: Uint8Array, errors: string | DecodeHandler, final: boolean): Decoded {
  const marked = data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf;
  if (!marked) return decodeWith('utf-8', data, errors, final);
  const { text, consumed } = decodeWith('utf-8', data.subarray(3), errors, final);
  return { text, consumed: consumed + 3 };
}

/** UTF-16 or UTF-32 whose mark tells the byte order; little-endian without one. */
function decodeMarked(name: string, data: Uint8Array, errors: string | DecodeHandler, final: boolean): Decoded {
  const width = name === 'utf-16' ? 2 : 4;
  const first = data.length < width ? '' : [...data.subarray(0, width)].join();
  if (first === '255,254' || first === '255,254,0,0') return decodeAll(name + '-le', data, width, errors, final);
  if (first === '254,255' || first === '0,0,254,255') return decodeAll(name + '-be', data, width, errors, final);
  return decodeAll(name + '-le', data, 0, errors, final);
}

/** Appends code points to text in pieces: appending one at a time is several times slower. */
function decodeAll(
  name: string,
  data: Uint8Array,
  start: number,
  errors: string | DecodeHandler,
  final: boolean,
): Decoded {
  const reader = READERS[name]!;
  const handler = decodeHandler(errors);
  let text = '';
  let piece: number[] = [];
  let at = start;
  while (at < data.length) {
    const cp = reader(data, at);
    if (cp >= 0) {
      piece.push(cp);
      at += nbytes;
      if (piece.length < 2048) continue;
    } else if (!final && (reason === CUT_OFF || reason === TRUNCATED)) break;
    text += String.fromCodePoint(...piece);
    piece = [];
    if (cp >= 0) continue;
    const { replacement, resume } = handler(decodeFault(name, data, at, at + nbytes, reason), data);
    text += replacement;
    at = resume;
  }
  return { text: text + String.fromCodePoint(...piece), consumed: at };
}
