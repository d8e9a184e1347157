/** Values between Python and C. */
import { addressOf, decref, newRef, setWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, floatValue, newBigInt, newFloat, newInt } from '../../core/int.ts';
import { CDataWord } from '../../core/layout/cdata.ts';
import { call1 } from '../../core/call.ts';
import { dictSet, newDict } from '../../core/dict/index.ts';
import { isTrue } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { bytesData, newBytes } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { isBytes, isInt, isInstance, kindName, slotOf } from '../../core/types.ts';
import { isCDataObject } from './kinds.ts';
import type { CType } from './kinds.ts';
import { objectAt, readBytes, writeBytes } from './memory.ts';

function unsigned(bytes: Uint8Array, size: number): bigint {
  let value = 0n;
  for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return value;
}

function littleEndian(value: bigint, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = Number((value >> BigInt(8 * i)) & 255n);
  return bytes;
}

/** The value as Python sees it. */
export function readValue(rt: Runtime, self: Ref, kind: CType): Owned {
  if (kind.conversion === 'object' || kind.conversion === 'pointer')
    return readPointer(rt, kind, unsigned(readBytes(rt, self, kind), 8));
  const bytes = readBytes(rt, self, kind);
  const value = unsigned(bytes, kind.size);
  switch (kind.conversion) {
    case 'bool':
      return pyBool(value !== 0n) as Owned;
    case 'char':
      return newBytes(rt, bytes.slice(0, 1));
    case 'float': {
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      return newFloat(rt, kind.size === 8 ? view.getFloat64(0, true) : view.getFloat32(0, true));
    }
    default:
      return newBigInt(rt, kind.signed ? BigInt.asIntN(8 * kind.size, value) : value);
  }
}

function readPointer(rt: Runtime, kind: CType, address: bigint): Owned {
  if (kind.conversion === 'pointer') return address === 0n ? newRef(rt, S.None) : newBigInt(rt, address);
  if (address === 0n) valueError(rt, 'PyObject is NULL');
  const object = objectAt(rt, address);
  if (object === 0) valueError(rt, `there is no object at address 0x${address.toString(16)}`);
  return newRef(rt, object);
}

/** Stores a Python value. Raises TypeError as CPython's setters. @runsPython */
export function writeValue(rt: Runtime, self: Ref, kind: CType, value: Ref): void {
  if (kind.conversion === 'object') {
    keepValue(rt, self, value);
    writeBytes(rt, self, littleEndian(BigInt(addressOf(value)), 8));
    return;
  }
  writeBytes(rt, self, encode(rt, kind, value));
}

/** Keeps an object alive whose address is in C data: in `Keep` of a simple value, else in a dict there by its place. */
function keepValue(rt: Runtime, self: Ref, value: Ref): void {
  const H = rt.words;
  // None needs no keeping, so what was kept before stays.
  if (value === S.None) return;
  const base = H[self + CDataWord.Base];
  if (base === 0 || !isCDataObject(rt, base)) {
    setWord(rt, self + CDataWord.Keep, newRef(rt, value));
    return;
  }
  if (H[base + CDataWord.Keep] === 0) H[base + CDataWord.Keep] = newDict(rt);
  const place = temp(rt, newInt(rt, H[self + CDataWord.Offset]));
  dictSet(rt, H[base + CDataWord.Keep], place, value);
  dropTemp(rt, place);
}

function encode(rt: Runtime, kind: CType, value: Ref): Uint8Array {
  switch (kind.conversion) {
    case 'bool':
      return Uint8Array.of(isTrue(rt, value) ? 1 : 0);
    case 'char':
      return Uint8Array.of(charByte(rt, value));
    case 'float':
      return encodeFloat(rt, kind, value);
    case 'pointer':
      if (value === S.None) return new Uint8Array(8);
      if (!isInt(rt, value)) typeError(rt, 'cannot be converted to pointer');
      return littleEndian(BigInt.asUintN(64, bigIntValue(rt, value)), 8);
    default:
      if (!isInt(rt, value) && slotOf(rt, value, TypeWord.NbIndex) === 0) {
        typeError(rt, `'${kindName(rt, value)}' object cannot be interpreted as an integer`);
      }
      return littleEndian(BigInt.asUintN(8 * kind.size, intOf(rt, value)), kind.size);
  }
}

function intOf(rt: Runtime, value: Ref): bigint {
  if (isInt(rt, value)) return bigIntValue(rt, value);
  const i = call1(rt, T.int, value);
  const n = bigIntValue(rt, i);
  decref(rt, i);
  return n;
}

function charByte(rt: Runtime, value: Ref): number {
  if (isBytes(rt, value)) {
    const data = bytesData(rt, value);
    if (data.length === 1) return data[0] ?? 0;
  } else if (isInt(rt, value)) {
    const n = bigIntValue(rt, value);
    if (n >= 0n && n < 256n) return Number(n);
  }
  return typeError(rt, 'one character bytes, bytearray or integer expected');
}

function encodeFloat(rt: Runtime, kind: CType, value: Ref): Uint8Array {
  if (!isInstance(rt, value, T.float) && slotOf(rt, value, TypeWord.NbFloat) === 0 && !isInt(rt, value)) {
    typeError(rt, `must be real number, not ${kindName(rt, value)}`);
  }
  const f = temp(rt, call1(rt, T.float, value));
  const bytes = new Uint8Array(kind.size);
  const view = new DataView(bytes.buffer);
  if (kind.size === 8) view.setFloat64(0, floatValue(rt, f), true);
  else view.setFloat32(0, floatValue(rt, f), true);
  decref(rt, untemp(rt, f));
  return bytes;
}
