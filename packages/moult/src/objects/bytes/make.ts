/** Making bytes and bytearrays for methods that both have, and reading their arguments. */
import { allocMetered, freeMetered, freeObject, hostAdd, hostFree, newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError, valueError } from '../../core/errors.ts';
import { BytesWord } from '../../core/layout/text.ts';
import { hasIndex, indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { bytesData, deallocBytes, newBytes, newUnsharedBytes, strText } from '../../core/str.ts';
import { argumentName, isBytes, isStr, kindName } from '../../core/types.ts';
import { allocInstance } from '../type/alloc.ts';
import { bufferOf, requireBuffer } from './buffer.ts';
import { bytearrayData, newBytearray } from './storage.ts';

/** The bytes of a bytes or bytearray. A bytearray's are not to be kept. */
export function dataOf(rt: Runtime, self: Ref): Uint8Array {
  return isBytes(rt, self) ? bytesData(rt, self) : bytearrayData(rt, self);
}

/** A `bytes` with a copy of the data, unless nothing else can change or keep it. */
export function newBytesOf(rt: Runtime, data: Uint8Array): Owned {
  return newBytes(rt, data.length > 1 && data.byteLength !== data.buffer.byteLength ? data.slice() : data);
}

/** As `newBytesOf`, not shared with others of that value. */
export function newUnsharedBytesOf(rt: Runtime, data: Uint8Array): Owned {
  return newUnsharedBytes(rt, data.byteLength === data.buffer.byteLength ? data : data.slice());
}

/** As `newLike`, not shared with others of that value. */
export function newUnsharedLike(rt: Runtime, self: Ref, data: Uint8Array): Owned {
  return isBytes(rt, self) ? newUnsharedBytesOf(rt, data) : newBytearray(rt, data);
}

/** What a method of `self` makes of data: bytes, or a bytearray. */
export function newLike(rt: Runtime, self: Ref, data: Uint8Array): Owned {
  return isBytes(rt, self) ? newBytesOf(rt, data) : newBytearray(rt, data);
}

/** What a method of `self` gives that changed nothing: exact bytes themselves, else a copy. */
export function unchangedBytes(rt: Runtime, self: Ref): Owned {
  return rt.words[self + ObjectWord.Type] === T.bytes ? newRef(rt, self) : newLike(rt, self, dataOf(rt, self).slice());
}

/** `data` as result, or what stands for no change if it is as long as before. */
export function shorterOr(rt: Runtime, self: Ref, data: Uint8Array): Owned {
  return data.length === dataOf(rt, self).length ? unchangedBytes(rt, self) : newLike(rt, self, data);
}

const enum SubclassWord {
  /** Block that stands for the bytes, which exact ones have inside. */
  Block = 6,
}

function blockWords(size: number): number {
  return Math.max(1, Math.min(64, (size + 8) >> 3));
}

/** An instance of a subclass of `bytes`. Takes `data`. */
export function newSubclassBytes(rt: Runtime, type: Ref, data: Uint8Array): Owned {
  const self = allocInstance(rt, type, 0);
  const block = allocMetered(rt, blockWords(data.length), data.length + 1);
  const H = rt.words;
  H[self + BytesWord.Size] = data.length;
  H[self + BytesWord.HashLow] = -1;
  H[self + BytesWord.HashHigh] = -1;
  H[self + BytesWord.Payload] = hostAdd(rt, data);
  H[self + SubclassWord.Block] = block;
  return self;
}

/** Destructor of bytes of any class. */
export function deallocAnyBytes(rt: Runtime, self: Ref): void {
  const H = rt.words;
  if (H[self + ObjectWord.Type] === T.bytes) {
    deallocBytes(rt, self);
    return;
  }
  if (H[self + SubclassWord.Block] !== 0) {
    const size = H[self + BytesWord.Size];
    freeMetered(rt, H[self + SubclassWord.Block], blockWords(size), size + 1);
    hostFree(rt, H[self + BytesWord.Payload]);
  }
  freeObject(rt, self);
}

/** What find, index, count and `in` look for: a byte or bytes. @runsPython */
export function searchTarget(rt: Runtime, o: Ref): Uint8Array {
  const data = bufferOf(rt, o);
  if (data !== null) return data;
  if (!hasIndex(rt, o)) {
    return typeError(rt, `argument should be integer or bytes-like object, not '${kindName(rt, o)}'`);
  }
  return Uint8Array.of(byteValue(rt, o));
}

/** An int within a byte. Raises ValueError, TypeError. @runsPython */
export function byteValue(rt: Runtime, o: Ref, message = 'byte must be in range(0, 256)'): number {
  const value = indexNumber(rt, o, 0);
  if (value < 0 || value > 255) valueError(rt, message);
  return value;
}

/** An argument that may be left out or None. */
export function optionalBuffer(rt: Runtime, o: Ref): Uint8Array | undefined {
  return o === 0 || o === S.None ? undefined : requireBuffer(rt, o);
}

/** An argument that must be a str: `decode() argument 'encoding' must be str, not int`. */
export function textArgument(rt: Runtime, o: Ref, where: string): string {
  if (!isStr(rt, o)) typeError(rt, `${where} must be str, not ${argumentName(rt, o)}`);
  return strText(rt, o);
}
