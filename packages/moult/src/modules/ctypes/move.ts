/** `memmove` and `memset`. */
import type { Owned, Ref } from '@moult/heap';
import { typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, newInt } from '../../core/int.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import { indexNumber } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { bytesData } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { isBytes, isInstance, isInt } from '../../core/types.ts';
import { newData } from './data.ts';
import { ARRAY_TYPE, CHAR, isCDataObject } from './kinds.ts';
import { copyBytes, pointAt, valueAddress, writeBytes } from './memory.ts';
import { sizeOfData } from './types.ts';

/** `memset(dst, c, count)`: fills, and returns the address. @mayCollect */
export function memset(rt: Runtime, _module: Ref, destination: Ref, byte: Ref, count: Ref): Owned {
  const value = indexNumber(rt, byte, T.OverflowError);
  const size = sizeArgument(rt, count);
  const data = dataAt(rt, destination, size, 1);
  writeBytes(rt, data, new Uint8Array(size).fill(value));
  return addressTaken(rt, destination, data);
}

/** `memmove(dst, src, count)`: copies bytes, which may overlap, and returns the address of `dst`. @mayCollect */
export function memmove(rt: Runtime, _module: Ref, destination: Ref, source: Ref, count: Ref): Owned {
  const size = sizeArgument(rt, count);
  const data = dataAt(rt, destination, size, 1);
  writeBytes(
    rt,
    data,
    isBytes(rt, source) ? bytesOf(rt, source, size) : copyBytes(rt, dataAt(rt, source, size, 2), size),
  );
  return addressTaken(rt, destination, data);
}

function sizeArgument(rt: Runtime, count: Ref): number {
  const size = indexNumber(rt, count, T.OverflowError);
  if (size < 0 || size > rt.words.length * 8) valueError(rt, `${size} bytes are more than the heap has`);
  return size;
}

/** Bytes of a bytes object, and the zero at its end. */
function bytesOf(rt: Runtime, o: Ref, size: number): Uint8Array {
  const bytes = bytesData(rt, o);
  if (size > bytes.length + 1) valueError(rt, `${size} bytes are more than the ${bytes.length} of argument 2`);
  const copy = new Uint8Array(size);
  copy.set(bytes.subarray(0, size));
  return copy;
}

/** C data of at least `size` bytes: an array or what `byref` was given, or what lies at an address. */
function dataAt(rt: Runtime, o: Ref, size: number, argument: number): Ref {
  const data = shownBy(rt, o);
  if (data !== 0) {
    const room = sizeOfData(rt, data);
    if (size > room) valueError(rt, `${size} bytes are more than the ${room} of argument ${argument}`);
    return data;
  }
  if (!isInt(rt, o)) typeError(rt, `argument ${argument}: TypeError: wrong type`);
  const there = temp(rt, newData(rt, CHAR));
  pointAt(rt, there, bigIntValue(rt, o), size);
  return there;
}

/** The data of an array, or of what `byref` and `pointer` make; 0 for all else. */
function shownBy(rt: Runtime, o: Ref): Ref {
  if (isCDataObject(rt, o)) return isInstance(rt, o, ARRAY_TYPE) ? o : 0;
  return isInstance(rt, o, T.simpleNamespace) ? temp(rt, getAttrText(rt, o, '_obj')) : 0;
}

function addressTaken(rt: Runtime, destination: Ref, data: Ref): Owned {
  return newInt(rt, isInt(rt, destination) ? Number(bigIntValue(rt, destination)) : valueAddress(rt, data));
}
