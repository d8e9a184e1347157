/** Items of a memoryview: reading and writing by format. */
import type { Owned, Ref } from '@moult/heap';
import { caught, clearException, mark, pendingMatches, raise, typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, newBigInt, newFloat, newInt } from '../../core/int.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { index } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { byteObject, pyBool, T } from '../../core/static.ts';
import { bytesData } from '../../core/str.ts';
import { releaseTemps, temp } from '../../core/temps.ts';
import { isBytes } from '../../core/types.ts';
import { toFloat } from '../float/convert.ts';
import { fits, halfBits, isSigned, itemSize, readHalf, readInteger, writeInteger } from './item-codes.ts';

/** The value at `at` as a JavaScript value, for comparisons. */
export function rawItem(data: Uint8Array, at: number, code: string): number | bigint {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  switch (code) {
    case 'f':
      return view.getFloat32(at, true);
    case 'd':
      return view.getFloat64(at, true);
    case 'e':
      return readHalf(view.getUint16(at, true));
    case '?':
      return view.getUint8(at) === 0 ? 0 : 1;
    default:
      return readInteger(view, at, itemSize(code), isSigned(code), true);
  }
}

/** The item at `at` as an object. Raises NotImplementedError for other formats. */
export function readItem(rt: Runtime, data: Uint8Array, at: number, format: string): Owned {
  const code = format[0] === '@' ? (format[1] as string) : format;
  if (itemSize(code) === 0) raise(rt, T.NotImplementedError, `memoryview: format ${format} not supported`);
  if (code === 'c') return byteObject(data[at] as number) as Owned;
  const value = rawItem(data, at, code);
  if (code === '?') return pyBool(value !== 0) as Owned;
  if (code === 'f' || code === 'd' || code === 'e') return newFloat(rt, value as number);
  return typeof value === 'bigint' ? newBigInt(rt, value) : newInt(rt, value);
}

/** Writes an object at `at` of the bytes that `data()` gives (converting may run Python, which may move them).
 *  Raises TypeError, ValueError. @runsPython */
export function writeItem(rt: Runtime, data: () => Uint8Array, at: number, format: string, value: Ref): void {
  const code = format[0] === '@' ? (format[1] as string) : format;
  const bytes = packItem(rt, code, format, value);
  data().set(bytes, at);
}

function packItem(rt: Runtime, code: string, format: string, value: Ref): Uint8Array {
  const bytes = new Uint8Array(itemSize(code));
  const view = new DataView(bytes.buffer);
  if (code === 'c') return packChar(rt, format, value);
  if (code === '?') bytes[0] = isTrue(rt, value) ? 1 : 0;
  else if (code === 'd') view.setFloat64(0, real(rt, format, value), true);
  else if (code === 'f') view.setFloat32(0, real(rt, format, value), true);
  else if (code === 'e') view.setUint16(0, halfBits(real(rt, format, value)) & 0xffff, true);
  else writeInteger(view, 0, bytes.length, integer(rt, code, format, value), true);
  return bytes;
}

function packChar(rt: Runtime, format: string, value: Ref): Uint8Array {
  if (!isBytes(rt, value)) typeError(rt, `memoryview: invalid type for format '${format}'`);
  const data = bytesData(rt, value);
  if (data.length !== 1) valueError(rt, `memoryview: invalid value for format '${format}'`);
  return data.slice();
}

function real(rt: Runtime, format: string, value: Ref): number {
  return converting(rt, format, () => toFloat(rt, value));
}

function integer(rt: Runtime, code: string, format: string, value: Ref): bigint {
  const n = converting(rt, format, () => bigIntValue(rt, temp(rt, index(rt, value))));
  if (!fits(n, itemSize(code), isSigned(code))) valueError(rt, `memoryview: invalid value for format '${format}'`);
  return n;
}

/** Runs a conversion; a TypeError becomes the view's own. */
function converting<R>(rt: Runtime, format: string, convert: () => R): R {
  const m = mark(rt);
  try {
    const result = convert();
    releaseTemps(rt, m.temps);
    return result;
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.TypeError)) throw error;
    clearException(rt);
    return typeError(rt, `memoryview: invalid type for format '${format}'`);
  }
}
