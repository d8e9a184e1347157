/** Slots that bytes and bytearray share: concatenation, comparison, containment, hashing aside. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { hasIndex } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { satisfies } from '../../core/satisfies.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { isBytes, kindName } from '../../core/types.ts';
import { bytesFind, compareBytes } from '../../text/bytes-search.ts';
import { refuseLong } from '../str/make.ts';
import { bufferOf, requireBuffer } from './buffer.ts';
import { byteValue, dataOf, newUnsharedLike } from './make.ts';

/** `self + other` of a bytes or bytearray */
export function bytesConcat(rt: Runtime, self: Ref, other: Ref): Owned {
  const b = bufferOf(rt, other);
  if (b === null) typeError(rt, `can't concat ${kindName(rt, other)} to ${kindName(rt, self)}`);
  const a = dataOf(rt, self);
  if (isBytes(rt, self)) {
    if (a.length === 0 && rt.words[other + ObjectWord.Type] === T.bytes) return newRef(rt, other);
    if (b.length === 0 && rt.words[self + ObjectWord.Type] === T.bytes) return newRef(rt, self);
  }
  refuseLong(rt, a.length + b.length);
  const result = new Uint8Array(a.length + b.length);
  result.set(a);
  result.set(b, a.length);
  return newUnsharedLike(rt, self, result);
}

/** `data * count` as a new array. Raises MemoryError. */
export function repeated(rt: Runtime, data: Uint8Array, count: number): Uint8Array {
  const total = count < 1 ? 0 : data.length * count;
  refuseLong(rt, total);
  const result = new Uint8Array(total);
  if (total === 0) return result;
  result.set(data);
  for (let done = data.length; done < total; done *= 2) result.copyWithin(done, 0, Math.min(done, total - done));
  return result;
}

/** `value in self` @runsPython */
export function bytesContains(rt: Runtime, self: Ref, value: Ref): boolean {
  const data = bufferOf(rt, value);
  if (data !== null) return bytesFind(dataOf(rt, self), data) >= 0;
  if (!hasIndex(rt, value)) requireBuffer(rt, value);
  const byte = byteValue(rt, value);
  return dataOf(rt, self).includes(byte);
}

/** `self <op> other` with anything that has a buffer. */
export function bytesCompare(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  const b = bufferOf(rt, other);
  const a = bufferOf(rt, self);
  if (a === null || b === null) return S.NotImplemented as Ref as Owned;
  if ((op === CompareOp.Eq || op === CompareOp.Ne) && a.length !== b.length)
    return pyBool(op === CompareOp.Ne) as Owned;
  return pyBool(satisfies(compareBytes(a, b), op)) as Owned;
}

/** The items of a slice as a new array. */
export function sliceOf(data: Uint8Array, start: number, step: number, count: number): Uint8Array {
  if (step === 1) return data.slice(start, start + count);
  const result = new Uint8Array(count);
  for (let i = 0, at = start; i < count; i++, at += step) result[i] = data[at] as number;
  return result;
}
