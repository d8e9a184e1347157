/** Saving numbers and text. Bytes are in `save-bytes.ts`. */
import type { Ref } from '@moult/heap';
import { overflowError } from '../../core/errors.ts';
import { floatValue, intValue } from '../../core/int.ts';
import { reprText } from '../../core/protocol/index.ts';
import { strLength, strText } from '../../core/str.ts';
import { S } from '../../core/static.ts';
import { intToBytes } from '../../numeric/int-bytes.ts';
import { encodeText } from '../../objects/bytes/codecs.ts';
import { latin1Bytes } from '../../text/bytes-case.ts';
import { Op } from './opcodes.ts';
import { memoize } from './saver.ts';
import type { Saver } from './saver.ts';

const MAX_UINT32 = 0xffffffff;

export function saveBool(s: Saver, o: Ref): void {
  const isTrue = o === S.True;
  if (s.proto >= 2) s.out.byte(isTrue ? Op.NewTrue : Op.NewFalse);
  else s.out.text(Op.Int, isTrue ? '01\n' : '00\n');
}

/** Source: CPython 3.12 save_long. */
export function saveInt(s: Saver, o: Ref): void {
  const { out } = s;
  const value = intValue(s.rt, o);
  if (typeof value === 'bigint' || value !== (value | 0)) {
    saveLong(s, o, BigInt(value));
    return;
  }
  if (!s.bin) out.text(Op.Int, `${value}\n`);
  else if (value >= 0 && value < 0x100) out.number(Op.BinInt1, value, 1);
  else if (value >= 0 && value < 0x10000) out.number(Op.BinInt2, value, 2);
  else out.number(Op.BinInt, value >>> 0, 4);
}

function saveLong(s: Saver, o: Ref, value: bigint): void {
  const { out } = s;
  if (s.proto < 2) {
    out.text(Op.Long, `${reprText(s.rt, o)}L\n`);
    return;
  }
  const nbits = (value < 0n ? ~value : value).toString(2).length;
  const data = intToBytes(value, (nbits >> 3) + 1, true, true);
  if (data.length > 0x7fffffff) overflowError(s.rt, 'int too large to pickle');
  if (data.length < 256) out.number(Op.Long1, data.length, 1);
  else out.number(Op.Long4, data.length, 4);
  out.bytes(data);
}

export function saveFloat(s: Saver, o: Ref): void {
  if (!s.bin) {
    s.out.text(Op.Float, `${reprText(s.rt, o)}\n`);
    return;
  }
  const data = new Uint8Array(8);
  new DataView(data.buffer).setFloat64(0, floatValue(s.rt, o));
  s.out.byte(Op.BinFloat);
  s.out.bytes(data);
}

/** Source: CPython 3.12 save_unicode. */
export function saveStr(s: Saver, o: Ref): void {
  if (s.bin) saveUtf8(s, o);
  else {
    s.out.byte(Op.Unicode);
    s.out.bytes(latin1Bytes(`${escapeRaw(strText(s.rt, o))}\n`));
  }
  memoize(s, o);
}

function saveUtf8(s: Saver, o: Ref): void {
  const { out } = s;
  const text = strText(s.rt, o);
  const data = asciiBytes(text, strLength(s.rt, o)) ?? encodeText(s.rt, o, 'utf-8', 'surrogatepass');
  if (data.length < 0x100 && s.proto >= 4) out.large(Op.ShortBinUnicode, 1, data);
  else if (data.length <= MAX_UINT32) out.large(Op.BinUnicode, 4, data);
  else if (s.proto >= 4) out.large(Op.BinUnicode8, 8, data);
  else overflowError(s.rt, 'serializing a string larger than 4 GiB requires pickle protocol 4 or higher');
}

const SHORT = 64;

/** The bytes of a short text that is ASCII, which most names are; null for others. */
function asciiBytes(text: string, length: number): Uint8Array | null {
  if (length > SHORT) return null;
  const data = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return null;
    data[i] = code;
  }
  return data;
}

/** Text in raw-unicode-escape, where what would end the line is escaped too: all characters are below 256.
 *  Source: CPython 3.12 raw_unicode_escape. */
function escapeRaw(text: string): string {
  let result = '';
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code >= 0x10000) result += `\\U${code.toString(16).padStart(8, '0')}`;
    else if (code >= 256 || '\\\0\n\r\x1a'.includes(character)) result += `\\u${code.toString(16).padStart(4, '0')}`;
    else result += character;
  }
  return result;
}
