/** The functions of `_codecs` that encode and decode: escapes, character maps, byte orders, pieces of input. */
import type { Owned, Ref } from '@moult/heap';
import { dictSet, newDict } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { newInt } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition, NativeFunction } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S } from '../../core/static.ts';
import { newBytes, newStr, strLength, strText } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { argumentName, isStr, kindName } from '../../core/types.ts';
import { bufferOf } from '../../objects/bytes/buffer.ts';
import { encodeText } from '../../objects/bytes/codecs.ts';
import { raiseDecodeError } from '../../objects/exceptions/unicode-errors.ts';
import { decodePart } from '../../text/codecs.ts';
import type { Decoded } from '../../text/decode.ts';
import { decodeWith } from '../../text/decode.ts';
import { UnicodeFault } from '../../text/fault.ts';
import { escapeNamed } from '../../text/ucd.ts';
import { decodeUtf7, encodeUtf7 } from '../../text/utf7.ts';
import { charmapDecode, charmapEncode } from './charmap.ts';
import { newEncodingMap } from './encoding-map.ts';
import { decodeErrors, encodeErrors } from './handlers.ts';
import { escapeBytes, escapeText, escapeTextRaw, unescapeBytes, unescapeText } from './escapes.ts';

/** The name of an error handler in an argument. */
export function errorsOf(rt: Runtime, errors: Ref): string {
  return errors === 0 || errors === S.None ? 'strict' : strText(rt, errors);
}

/** The bytes of a bytes-like argument, or of a str in UTF-8. Raises TypeError. */
export function dataOf(rt: Runtime, object: Ref): Uint8Array {
  if (isStr(rt, object)) return encodeText(rt, object, 'utf-8', 'strict');
  return bufferOf(rt, object) ?? typeError(rt, `a bytes-like object is required, not '${kindName(rt, object)}'`);
}

function textArgument(rt: Runtime, name: string, text: Ref): string {
  if (!isStr(rt, text)) typeError(rt, `${name}() argument 1 must be str, not ${argumentName(rt, text)}`);
  return strText(rt, text);
}

/** `(value, length)`; takes `value`. */
function withLength(rt: Runtime, value: Owned, length: number): Owned {
  temp(rt, value);
  return tupleOf(rt, value, temp(rt, newInt(rt, length)));
}

/** Runs a decoder; its faults become Python exceptions. */
export function decoding<R>(rt: Runtime, data: Uint8Array, decode: () => R): R {
  return guard(rt, () => {
    try {
      return decode();
    } catch (error) {
      if (!(error instanceof UnicodeFault)) throw error;
      return raiseDecodeError(rt, error.encoding, data, error.start, error.end, error.reason);
    }
  });
}

const decoded = (rt: Runtime, { text, consumed }: Decoded): Owned => withLength(rt, newStr(rt, text), consumed);

const isFinal = (rt: Runtime, final: Ref, absent: boolean): boolean => (final === 0 ? absent : isTrue(rt, final));

/** A decoder that leaves what is cut off, unless `final` is true. */
function partDecoder(encoding: string): NativeFunction {
  return (rt, _module, object, errors, final) => {
    const data = dataOf(rt, object);
    const how = decodeErrors(rt, errorsOf(rt, errors));
    const whole = isFinal(rt, final, false);
    return decoded(
      rt,
      decoding(rt, data, () => (whole ? decodeWith(encoding, data, how) : decodePart(data, encoding, how))),
    );
  };
}

/** A decoder that also takes and gives the byte order: -1 little, 0 by the mark, 1 big. */
function orderDecoder(base: 'utf-16' | 'utf-32'): NativeFunction {
  return (rt, _module, object, errors, order, final) => {
    const data = dataOf(rt, object);
    const how = decodeErrors(rt, errorsOf(rt, errors));
    const given = order === 0 ? 0 : asSsize(rt, order);
    const found = given === 0 ? orderOfMark(base, data) : Math.sign(given);
    const encoding = given === 0 ? base : `${base}-${found > 0 ? 'be' : 'le'}`;
    const whole = isFinal(rt, final, false);
    const { text, consumed } = decoding(rt, data, () => decodeWith(encoding, data, how, whole));
    const str = temp(rt, newStr(rt, text));
    return tupleOf(rt, str, temp(rt, newInt(rt, consumed)), temp(rt, newInt(rt, found)));
  };
}

function orderOfMark(base: 'utf-16' | 'utf-32', data: Uint8Array): number {
  const width = base === 'utf-16' ? 2 : 4;
  if (data.length < width) return 0;
  const mark = [...data.subarray(0, width)].join();
  if (mark === '255,254' || mark === '255,254,0,0') return -1;
  return mark === '254,255' || mark === '0,0,254,255' ? 1 : 0;
}

/** UTF-16 or UTF-32 with a byte order: 0 writes a mark. */
function orderEncoder(base: 'utf-16' | 'utf-32'): NativeFunction {
  const name = `${base.replace('-', '_')}_encode`;
  return (rt, _module, text, errors, order) => {
    textArgument(rt, name, text);
    const given = order === 0 ? 0 : asSsize(rt, order);
    const encoding = given === 0 ? base : `${base}-${given > 0 ? 'be' : 'le'}`;
    return withLength(rt, newBytes(rt, encodeText(rt, text, encoding, errorsOf(rt, errors))), strLength(rt, text));
  };
}

function utf7Encode(rt: Runtime, _module: Ref, text: Ref): Owned {
  const written = textArgument(rt, 'utf_7_encode', text);
  return withLength(rt, newBytes(rt, latin1Bytes(encodeUtf7(written))), strLength(rt, text));
}

function utf7Decode(rt: Runtime, _module: Ref, object: Ref, errors: Ref, final: Ref): Owned {
  const data = dataOf(rt, object);
  const how = decodeErrors(rt, errorsOf(rt, errors));
  const whole = isFinal(rt, final, false);
  return decoded(
    rt,
    decoding(rt, data, () => decodeUtf7(data, how, whole)),
  );
}

const latin1Bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

function escapeEncoder(name: string, escape: (text: string) => string): NativeFunction {
  return (rt, _module, text) => {
    const written = textArgument(rt, name, text);
    return withLength(rt, newBytes(rt, latin1Bytes(escape(written))), strLength(rt, text));
  };
}

function escapeDecoder(raw: boolean): NativeFunction {
  return (rt, _module, object, errors, final) => {
    const data = dataOf(rt, object);
    const options = {
      raw,
      errors: decodeErrors(rt, errorsOf(rt, errors)),
      final: isFinal(rt, final, true),
      nameOf: escapeNamed,
    };
    return decoded(
      rt,
      decoding(rt, data, () => unescapeText(data, options)),
    );
  };
}

function bytesUnescape(rt: Runtime, _module: Ref, object: Ref, errors: Ref): Owned {
  const data = dataOf(rt, object);
  const how = errorsOf(rt, errors);
  return withLength(
    rt,
    newBytes(
      rt,
      guard(rt, () => unescapeBytes(data, how)),
    ),
    data.length,
  );
}

function bytesEscape(rt: Runtime, _module: Ref, object: Ref): Owned {
  const data =
    bufferOf(rt, object) ?? typeError(rt, `escape_encode() argument 1 must be bytes, not ${argumentName(rt, object)}`);
  return withLength(rt, newBytes(rt, latin1Bytes(escapeBytes(data))), data.length);
}

function readBuffer(rt: Runtime, _module: Ref, object: Ref): Owned {
  const data = dataOf(rt, object);
  return withLength(rt, newBytes(rt, data.slice()), data.length);
}

const BYTES = 256;

/** The map from code points to bytes that the first 256 characters of a decoding table stand for. */
function charmapBuild(rt: Runtime, _module: Ref, map: Ref): Owned {
  if (!isStr(rt, map)) typeError(rt, `charmap_build() argument must be str, not ${argumentName(rt, map)}`);
  if (strText(rt, map) === '') typeError(rt, 'bad argument type for built-in operation');
  const made = newEncodingMap(rt, map);
  if (made !== 0) return made;
  const dict = temp(rt, newDict(rt));
  Array.from(strText(rt, map))
    .slice(0, BYTES)
    .forEach((character, byte) => {
      const key = temp(rt, newInt(rt, character.codePointAt(0) ?? 0));
      const value = temp(rt, newInt(rt, byte));
      dictSet(rt, dict, key, value);
      dropTemp(rt, value);
      dropTemp(rt, key);
    });
  return untemp(rt, dict);
}

function encodeMapped(rt: Runtime, _module: Ref, text: Ref, errors: Ref, mapping: Ref): Owned {
  textArgument(rt, 'charmap_encode', text);
  const how = errorsOf(rt, errors);
  const data =
    mapping === 0 || mapping === S.None
      ? encodeText(rt, text, 'latin-1', how)
      : charmapEncode(rt, text, encodeErrors(rt, text, how), mapping);
  return withLength(rt, newBytes(rt, data), strLength(rt, text));
}

function decodeMapped(rt: Runtime, _module: Ref, object: Ref, errors: Ref, mapping: Ref): Owned {
  const data = dataOf(rt, object);
  const how = errorsOf(rt, errors);
  if (mapping === 0 || mapping === S.None) return decoded(rt, decodeWith('latin-1', data, decodeErrors(rt, how)));
  const text = decoding(rt, data, () => charmapDecode(rt, data, decodeErrors(rt, how), mapping));
  return withLength(rt, newStr(rt, text), data.length);
}

const part = (name: string, encoding: string): NativeDefinition =>
  native(`${name}_decode($module, data, errors=None, final=False, /)`, partDecoder(encoding));

export const CODEC_FUNCTIONS: readonly NativeDefinition[] = [
  native('utf_7_encode($module, str, errors=None, /)', utf7Encode),
  native('utf_7_decode($module, data, errors=None, final=False, /)', utf7Decode),
  part('utf_8', 'utf-8'),
  part('utf_16', 'utf-16'),
  part('utf_16_le', 'utf-16-le'),
  part('utf_16_be', 'utf-16-be'),
  part('utf_32', 'utf-32'),
  part('utf_32_le', 'utf-32-le'),
  part('utf_32_be', 'utf-32-be'),
  native('utf_16_ex_decode($module, data, errors=None, byteorder=0, final=False, /)', orderDecoder('utf-16')),
  native('utf_32_ex_decode($module, data, errors=None, byteorder=0, final=False, /)', orderDecoder('utf-32')),
  native('utf_16_encode($module, str, errors=None, byteorder=0, /)', orderEncoder('utf-16')),
  native('utf_32_encode($module, str, errors=None, byteorder=0, /)', orderEncoder('utf-32')),
  native('unicode_escape_encode($module, str, errors=None, /)', escapeEncoder('unicode_escape_encode', escapeText)),
  native('unicode_escape_decode($module, data, errors=None, final=True, /)', escapeDecoder(false)),
  native(
    'raw_unicode_escape_encode($module, str, errors=None, /)',
    escapeEncoder('raw_unicode_escape_encode', escapeTextRaw),
  ),
  native('raw_unicode_escape_decode($module, data, errors=None, final=True, /)', escapeDecoder(true)),
  native('escape_encode($module, data, errors=None, /)', bytesEscape),
  native('escape_decode($module, data, errors=None, /)', bytesUnescape),
  native('readbuffer_encode($module, data, errors=None, /)', readBuffer),
  native('charmap_build($module, map, /)', charmapBuild),
  native('charmap_encode($module, str, errors=None, mapping=None, /)', encodeMapped),
  native('charmap_decode($module, data, errors=None, mapping=None, /)', decodeMapped),
];
