/** The module `binascii`: bytes as text of several kinds, and checksums. */
import type { Owned, Ref } from '@moult/heap';
import { raise } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { newBytes, newUnsharedBytes, strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { newRef } from '@moult/heap';
import { hexOf } from '../../objects/bytes/methods.ts';
import { asciiBuffer, maskedUint32, simpleBuffer } from '../buffers.ts';
import { exceptionClass } from '../exceptions.ts';
import { setTake } from '../make.ts';
import { Base64Fault, decodeBase64, encodeBase64 } from '../../text/base64.ts';
import { crc32, crcHqx } from './crc.ts';
import { decodeQuoted, encodeQuoted } from './quopri.ts';

const ERROR = exceptionClass('binascii.Error', T.ValueError);
const INCOMPLETE = exceptionClass('binascii.Incomplete');

const flag = (rt: Runtime, o: Ref, absent: boolean): boolean => (o === 0 ? absent : isTrue(rt, o));

const binasciiError = (rt: Runtime, message: string): never => raise(rt, ERROR, message);

function fromBase64(rt: Runtime, _module: Ref, data: Ref, strict: Ref): Owned {
  const isStrict = flag(rt, strict, false);
  try {
    return newBytes(rt, decodeBase64(asciiBuffer(rt, data), isStrict).slice());
  } catch (error) {
    if (error instanceof Base64Fault) binasciiError(rt, error.message);
    throw error;
  }
}

function toBase64(rt: Runtime, _module: Ref, data: Ref, newline: Ref): Owned {
  const ends = flag(rt, newline, true);
  return newBytes(rt, encodeBase64(simpleBuffer(rt, data), ends));
}

function hexlify(rt: Runtime, _module: Ref, data: Ref, separator: Ref, group: Ref): Owned {
  const text = temp(rt, hexOf(rt, simpleBuffer(rt, data), separator, group));
  return newBytes(rt, new TextEncoder().encode(strText(rt, text)));
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

function unhexlify(rt: Runtime, _module: Ref, text: Ref): Owned {
  const digits = asciiBuffer(rt, text);
  if (digits.length % 2 !== 0) binasciiError(rt, 'Odd-length string');
  const out = new Uint8Array(digits.length / 2);
  for (let i = 0; i < out.length; i++) {
    const high = hexDigit(digits[2 * i] ?? 0);
    const low = hexDigit(digits[2 * i + 1] ?? 0);
    if (high < 0 || low < 0) binasciiError(rt, 'Non-hexadecimal digit found');
    out[i] = high * 16 + low;
  }
  return newUnsharedBytes(rt, out);
}

const LINE_BYTES = 45;

/** One line of uuencoded text. Source: CPython 3.12 binascii_b2a_uu_impl. */
function toUu(rt: Runtime, _module: Ref, object: Ref, backtick: Ref): Owned {
  const zero = flag(rt, backtick, false) ? 96 : 32;
  const data = simpleBuffer(rt, object);
  if (data.length > LINE_BYTES) binasciiError(rt, 'At most 45 bytes at once');
  const digit = (value: number): number => (value === 0 ? zero : value + 32);
  const out = [digit(data.length)];
  for (let i = 0; i < data.length; i += 3) {
    const bits = ((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
    for (const shift of [18, 12, 6, 0]) out.push(digit((bits >> shift) & 63));
  }
  return newBytes(rt, Uint8Array.from([...out, 10]));
}

/** Source: CPython 3.12 binascii_a2b_uu_impl. */
function fromUu(rt: Runtime, _module: Ref, object: Ref): Owned {
  const data = asciiBuffer(rt, object);
  const count = ((data[0] ?? 0) - 32) & 63;
  const out = new Uint8Array(count);
  let bits = 0;
  let nbits = 0;
  let length = 0;
  let at = 1;
  for (; length < count; at++) {
    const code = data[at] ?? 0;
    let value = 0;
    if (code !== 10 && code !== 13 && at < data.length) {
      if (code < 32 || code > 96) binasciiError(rt, 'Illegal char');
      value = (code - 32) & 63;
    }
    bits = (bits << 6) | value;
    nbits += 6;
    if (nbits < 8) continue;
    nbits -= 8;
    out[length++] = (bits >> nbits) & 0xff;
    bits &= (1 << nbits) - 1;
  }
  for (; at < data.length; at++) {
    if (![32, 96, 10, 13].includes(data[at] ?? 0)) binasciiError(rt, 'Trailing garbage');
  }
  return newBytes(rt, out);
}

function fromQuoted(rt: Runtime, _module: Ref, data: Ref, header: Ref): Owned {
  const isHeader = flag(rt, header, false);
  return newBytes(rt, decodeQuoted(asciiBuffer(rt, data), isHeader));
}

function toQuoted(rt: Runtime, _module: Ref, data: Ref, quoteTabs: Ref, isText: Ref, header: Ref): Owned {
  const options = {
    quoteTabs: flag(rt, quoteTabs, false),
    isText: flag(rt, isText, true),
    header: flag(rt, header, false),
  };
  return newBytes(rt, encodeQuoted(simpleBuffer(rt, data), options));
}

function checksum(compute: (data: Uint8Array, start: number) => number) {
  return (rt: Runtime, _module: Ref, data = 0, start = 0): Owned => {
    const from = start === 0 ? 0 : maskedUint32(rt, start);
    return newInt(rt, compute(simpleBuffer(rt, data), from));
  };
}

const HEX_DOC = 'Hexadecimal representation of binary data.';
const UNHEX_DOC = 'Binary data of hexadecimal representation.';

defineModule({
  name: 'binascii',
  doc: 'Conversion between binary data and ASCII',
  functions: [
    native('a2b_uu($module, data, /)', fromUu, { doc: 'Decode a line of uuencoded data.' }),
    native('b2a_uu($module, data, /, *, backtick=False)', toUu, { doc: 'Uuencode line of data.' }),
    native('a2b_base64($module, data, /, *, strict_mode=False)', fromBase64, { doc: 'Decode a line of base64 data.' }),
    native('b2a_base64($module, data, /, *, newline=True)', toBase64, { doc: 'Base64-code line of data.' }),
    native('a2b_hex($module, hexstr, /)', unhexlify, { doc: UNHEX_DOC }),
    native('unhexlify($module, hexstr, /)', unhexlify, { doc: UNHEX_DOC }),
    native('b2a_hex($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)', hexlify, {
      doc: HEX_DOC,
      unsigned: true,
    }),
    native('hexlify($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)', hexlify, {
      doc: HEX_DOC,
      unsigned: true,
    }),
    native('crc_hqx($module, data, crc, /)', checksum(crcHqx), { doc: 'Compute CRC-CCITT incrementally.' }),
    native('crc32($module, data, crc=0, /)', checksum(crc32), { doc: 'Compute CRC-32 incrementally.' }),
    native('a2b_qp($module, /, data, header=False)', fromQuoted, { doc: 'Decode a string of qp-encoded data.' }),
    native('b2a_qp($module, /, data, quotetabs=False, istext=True, header=False)', toQuoted, {
      doc: 'Encode a string using quoted-printable encoding.',
    }),
  ],
  populate(rt, dict) {
    setTake(rt, dict, 'Error', newRef(rt, ERROR));
    setTake(rt, dict, 'Incomplete', newRef(rt, INCOMPLETE));
  },
});
