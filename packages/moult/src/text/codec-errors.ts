/** What codecs do with what they cannot convert: the error handlers by name, and the faults they start from.
 *
 *  A handler gets the fault with the range that failed and says what to put there and where to go on. Positions are
 *  code points when encoding, bytes when decoding. A caller may pass its own function instead of a name
 *  (`codecs.register_error`). */

import { UnicodeFault, ValueFault } from './fault.ts';
import { hexEscape } from './repr.ts';
import { characterName } from './ucd.ts';

/** What replaces the range, and the position to go on from. */
export interface Substitute<T> {
  readonly replacement: T;
  readonly resume: number;
}

/** Handles an encoding error. `failed` holds the code points of the range. */
export type EncodeHandler = (fault: UnicodeFault, failed: readonly number[]) => Substitute<string | Uint8Array>;

/** Handles a decoding error in `data`. */
export type DecodeHandler = (fault: UnicodeFault, data: Uint8Array) => Substitute<string>;

/** A range that cannot be encoded, as a fault with CPython's text. */
export function encodeFault(encoding: string, failed: readonly number[], start: number, reason: string): UnicodeFault {
  const end = start + failed.length;
  const what =
    failed.length === 1
      ? `character '${hexEscape(failed[0]!)}' in position ${start}`
      : `characters in position ${start}-${end - 1}`;
  const message = `'${encoding}' codec can't encode ${what}: ${reason}`;
  return new UnicodeFault('UnicodeEncodeError', message, encoding, start, end, reason);
}

/** A range that cannot be decoded, as a fault with CPython's text. */
export function decodeFault(
  encoding: string,
  data: Uint8Array,
  start: number,
  end: number,
  reason: string,
): UnicodeFault {
  const what =
    end === start + 1
      ? `byte 0x${data[start]!.toString(16).padStart(2, '0')} in position ${start}`
      : `bytes in position ${start}-${end - 1}`;
  const message = `'${encoding}' codec can't decode ${what}: ${reason}`;
  return new UnicodeFault('UnicodeDecodeError', message, encoding, start, end, reason);
}

function unknownHandler(name: string): never {
  throw new ValueFault('LookupError', `unknown error handler name '${name}'`);
}

/** The encoding handler of a name; `nameOf` gives character names for 'namereplace'. The name is looked up only when
 *  there is an error. Throws LookupError. */
export function encodeHandler(
  errors: string | EncodeHandler,
  nameOf?: (cp: number) => string | undefined,
): EncodeHandler {
  if (typeof errors !== 'string') return errors;
  switch (errors) {
    case 'strict':
      return (fault) => raise(fault);
    case 'ignore':
      return (fault) => ({ replacement: '', resume: fault.end });
    case 'replace':
      return (fault, failed) => ({ replacement: '?'.repeat(failed.length), resume: fault.end });
    case 'backslashreplace':
      return (fault, failed) => ({ replacement: failed.map(hexEscape).join(''), resume: fault.end });
    case 'xmlcharrefreplace':
      return (fault, failed) => ({ replacement: failed.map((cp) => `&#${cp};`).join(''), resume: fault.end });
    case 'namereplace':
      return (fault, failed) => ({ replacement: failed.map((cp) => named(cp, nameOf)).join(''), resume: fault.end });
    case 'surrogateescape':
      return escapeEncode;
    case 'surrogatepass':
      return passEncode;
    default:
      return () => unknownHandler(errors);
  }
}

function raise(fault: UnicodeFault): never {
  throw fault;
}

function named(cp: number, nameOf: (cp: number) => string | undefined = characterName): string {
  const name = nameOf(cp);
  return name === undefined ? hexEscape(cp) : `\\N{${name}}`;
}

/** The first characters that stand for bytes become those bytes; another one after them fails in the next round. */
const escapeEncode: EncodeHandler = (fault, failed) => {
  let count = 0;
  while (count < failed.length && failed[count]! >= 0xdc80 && failed[count]! <= 0xdcff) count++;
  if (count === 0) throw fault;
  return { replacement: Uint8Array.from(failed.slice(0, count), (cp) => cp - 0xdc00), resume: fault.start + count };
};

const passEncode: EncodeHandler = (fault, failed) => {
  const write = surrogateWriter(fault.encoding);
  if (write === undefined || failed.some((cp) => cp < 0xd800 || cp > 0xdfff)) throw fault;
  return { replacement: Uint8Array.from(failed.flatMap(write)), resume: fault.end };
};

/** How an encoding writes a surrogate, if it can. */
function surrogateWriter(encoding: string): ((cp: number) => number[]) | undefined {
  switch (encoding) {
    case 'utf-8':
      return (cp) => [0xe0 | (cp >> 12), 0x80 | ((cp >> 6) & 0x3f), 0x80 | (cp & 0x3f)];
    case 'utf-16':
    case 'utf-16-le':
      return (cp) => [cp & 0xff, cp >> 8];
    case 'utf-16-be':
      return (cp) => [cp >> 8, cp & 0xff];
    case 'utf-32':
    case 'utf-32-le':
      return (cp) => [cp & 0xff, cp >> 8, 0, 0];
    case 'utf-32-be':
      return (cp) => [0, 0, cp >> 8, cp & 0xff];
    default:
      return undefined;
  }
}

/** The decoding handler of a name. Throws LookupError when there is an error to handle. */
export function decodeHandler(errors: string | DecodeHandler): DecodeHandler {
  if (typeof errors !== 'string') return errors;
  switch (errors) {
    case 'strict':
      return (fault) => raise(fault);
    case 'ignore':
      return (fault) => ({ replacement: '', resume: fault.end });
    case 'replace':
      return (fault) => ({ replacement: '\ufffd', resume: fault.end });
    case 'backslashreplace':
      return (fault, data) => ({
        replacement: Array.from(data.subarray(fault.start, fault.end), hexEscape).join(''),
        resume: fault.end,
      });
    case 'surrogateescape':
      return escapeDecode;
    case 'surrogatepass':
      return passDecode;
    case 'xmlcharrefreplace':
    case 'namereplace':
      return () => {
        throw new ValueFault('TypeError', "don't know how to handle UnicodeDecodeError in error callback");
      };
    default:
      return () => unknownHandler(errors);
  }
}

/** At most four bytes beyond ASCII become the characters U+DC80 to U+DCFF. */
const escapeDecode: DecodeHandler = (fault, data) => {
  let replacement = '';
  let at = fault.start;
  while (at < fault.end && at < fault.start + 4 && data[at]! >= 0x80) {
    replacement += String.fromCharCode(0xdc00 + data[at++]!);
  }
  if (at === fault.start) throw fault;
  return { replacement, resume: at };
};

const passDecode: DecodeHandler = (fault, data) => {
  const [cp, nbytes] = readSurrogate(fault.encoding, data, fault.start);
  if (cp < 0xd800 || cp > 0xdfff) throw fault;
  return { replacement: String.fromCharCode(cp), resume: fault.start + nbytes };
};

/** The code unit at a position and the bytes it takes; -1 if there is none. */
function readSurrogate(encoding: string, data: Uint8Array, at: number): [cp: number, nbytes: number] {
  const nbytes = encoding === 'utf-8' ? 3 : encoding.startsWith('utf-16') ? 2 : encoding.startsWith('utf-32') ? 4 : 0;
  if (nbytes === 0 || at + nbytes > data.length) return [-1, 0];
  const part = [...data.subarray(at, at + nbytes)];
  if (nbytes === 3) {
    const [a, b, c] = part as [number, number, number];
    const wellFormed = (a & 0xf0) === 0xe0 && (b & 0xc0) === 0x80 && (c & 0xc0) === 0x80;
    return [wellFormed ? ((a & 0xf) << 12) | ((b & 0x3f) << 6) | (c & 0x3f) : -1, 3];
  }
  if (!encoding.endsWith('-be')) part.reverse();
  return [part.reduce((value, byte) => value * 256 + byte, 0), nbytes];
}
