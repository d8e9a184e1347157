/** Packing and unpacking by a format. */
import { decref, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { caught, clearException, mark, overflowError, raise } from '../../core/errors.ts';
import { bigIntValue, newBigInt, newFloat, newInt } from '../../core/int.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { hasIndex, index } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, T } from '../../core/static.ts';
import { newBytes } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { newTuple } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { isBytes, isInstance, isInt } from '../../core/types.ts';
import { fits, halfBits, isSigned, readHalf, readInteger, writeInteger } from '../../objects/bytes/item-codes.ts';
import { dataOf } from '../../objects/bytes/make.ts';
import { toFloat } from '../../objects/float/convert.ts';
import type { Field, Layout } from './format.ts';

/** `struct.error` */
export const STRUCT_ERROR = moduleType();

defineType({
  ref: STRUCT_ERROR,
  name: 'struct.error',
  heapType: 'class',
  base: T.Exception,
});

/** Raises struct.error. */
export function structError(rt: Runtime, message: string): never {
  raise(rt, STRUCT_ERROR, message);
}

/** The bytes of values in the words from `args` on. @runsPython */
export function packValues(rt: Runtime, layout: Layout, args: number, nargs: number, name: string): Uint8Array {
  const { fields } = layout;
  if (nargs !== fields.length) {
    structError(rt, `${name} expected ${fields.length} items for packing (got ${nargs})`);
  }
  const bytes = new Uint8Array(layout.size);
  const view = new DataView(bytes.buffer);
  fields.forEach((field, i) => {
    packField(rt, layout, field, bytes, view, rt.words[args + i]);
  });
  return bytes;
}

function packField(rt: Runtime, layout: Layout, field: Field, bytes: Uint8Array, view: DataView, value: Ref): void {
  const { code, offset } = field;
  switch (code) {
    case 's':
    case 'p':
      packBytes(rt, field, bytes, value);
      break;
    case 'c':
      if (!isBytes(rt, value) || dataOf(rt, value).length !== 1) {
        structError(rt, 'char format requires a bytes object of length 1');
      }
      bytes[offset] = dataOf(rt, value)[0] as number;
      break;
    case '?':
      bytes[offset] = isTrue(rt, value) ? 1 : 0;
      break;
    case 'e':
    case 'f':
    case 'd':
      packReal(rt, layout, field, view, value);
      break;
    default:
      writeInteger(view, offset, field.size, integer(rt, field, value), layout.little);
  }
}

function packBytes(rt: Runtime, field: Field, bytes: Uint8Array, value: Ref): void {
  if (!isBytes(rt, value) && !isInstance(rt, value, T.bytearray)) {
    structError(rt, `argument for '${field.code}' must be a bytes object`);
  }
  const data = dataOf(rt, value);
  if (field.size === 0) return;
  if (field.code === 's') {
    bytes.set(data.subarray(0, field.size), field.offset);
    return;
  }
  const count = Math.min(data.length, field.size - 1);
  bytes[field.offset] = Math.min(count, 255);
  bytes.set(data.subarray(0, count), field.offset + 1);
}

function packReal(rt: Runtime, layout: Layout, field: Field, view: DataView, value: Ref): void {
  const x = realNumber(rt, value);
  if (field.code === 'd') view.setFloat64(field.offset, x, layout.little);
  else if (field.code === 'f') {
    const isTooLarge = Number.isFinite(x) && !Number.isFinite(Math.fround(x));
    if (isTooLarge && !layout.native) refuseLarge(rt, field, value);
    view.setFloat32(field.offset, x, layout.little);
  } else {
    const bits = halfBits(x);
    if (bits < 0) refuseLarge(rt, field, value);
    view.setUint16(field.offset, bits, layout.little);
  }
}

function refuseLarge(rt: Runtime, field: Field, value: Ref): never {
  if (isInt(rt, value)) structError(rt, 'int too large to convert');
  return overflowError(rt, `float too large to pack with ${field.code} format`);
}

/** A number; what the conversion raises, whatever it is, becomes struct.error. @runsPython */
function realNumber(rt: Runtime, value: Ref): number {
  const m = mark(rt);
  try {
    return toFloat(rt, value);
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
    return structError(rt, 'required argument is not a float');
  }
}

function integer(rt: Runtime, field: Field, value: Ref): bigint {
  if (!hasIndex(rt, value)) structError(rt, 'required argument is not an integer');
  const i = index(rt, value);
  const n = bigIntValue(rt, i);
  decref(rt, i);
  const { code, size } = field;
  if (!fits(n, size, isSigned(code))) outOfRange(rt, code, size);
  return n;
}

function outOfRange(rt: Runtime, code: string, size: number): never {
  const bits = BigInt(size * 8);
  const signed = isSigned(code);
  const low = signed ? -(1n << (bits - 1n)) : 0n;
  const high = signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  return structError(rt, `'${code}' format requires ${low} <= number <= ${high}`);
}

/** A tuple of the values at `at`. */
export function unpackValues(rt: Runtime, layout: Layout, data: Uint8Array, at: number): Owned {
  const { fields } = layout;
  const tuple = temp(rt, newTuple(rt, fields.length));
  fields.forEach((field, i) => {
    const item = unpackField(rt, layout, field, data, at + field.offset);
    rt.words[tuple + TupleWord.Items + i] = item;
  });
  return untemp(rt, tuple);
}

function unpackField(rt: Runtime, layout: Layout, field: Field, data: Uint8Array, at: number): Owned {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  switch (field.code) {
    case 'c':
      return newBytes(rt, data.slice(at, at + 1));
    case 's':
      return newBytes(rt, data.slice(at, at + field.size));
    case 'p':
      // As in CPython 3.12, which fixed it later.
      if (field.size === 0) raise(rt, T.SystemError, 'Negative size passed to PyBytes_FromStringAndSize');
      return newBytes(rt, data.slice(at + 1, at + 1 + Math.min(data[at] ?? 0, Math.max(field.size - 1, 0))));
    case '?':
      return pyBool(data[at] !== 0) as Owned;
    case 'e':
      return newFloat(rt, readHalf(view.getUint16(at, layout.little)));
    case 'f':
      return newFloat(rt, view.getFloat32(at, layout.little));
    case 'd':
      return newFloat(rt, view.getFloat64(at, layout.little));
    default: {
      const value = readInteger(view, at, field.size, isSigned(field.code), layout.little);
      return typeof value === 'bigint' ? newBigInt(rt, value) : newInt(rt, value);
    }
  }
}
