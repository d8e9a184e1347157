/** The bytes of objects that have a buffer: bytes, bytearray, memoryview. */
import { ObjectWord, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { IndexSlot } from '../../core/functions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { bytesData } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { isBytes, isInstance, kindName, slotOf } from '../../core/types.ts';
import { bufferTypeOf } from './buffer-types.ts';
import { bytearrayData } from './storage.ts';
import { releaseBuffer } from './release.ts';
import { BufferFlag, memoryviewBytes, viewOf } from './view.ts';

/** The bytes behind `o`, or null if it has none. Not to be changed, nor kept while Python runs: a bytearray's move.
 *  @runsPython (a `__buffer__` of the program's) */
export function bufferOf(rt: Runtime, o: Ref): Uint8Array | null {
  if (isBytes(rt, o)) return bytesData(rt, o);
  if (isInstance(rt, o, T.bytearray)) return bytearrayData(rt, o);
  if (rt.words[o + ObjectWord.Type] === T.memoryview) return memoryviewBytes(rt, o);
  return bufferTypeOf(rt, o)?.data(rt, o) ?? lentBytes(rt, o);
}

/** A copy of the bytes that `__buffer__` of a class statement's type gives; null if there is none. @runsPython */
function lentBytes(rt: Runtime, o: Ref): Uint8Array | null {
  const slot = slotOf(rt, o, TypeWord.BfGetBuffer);
  if (slot === 0) return null;
  const view = temp(rt, (SLOT_FUNCTIONS[slot] as IndexSlot)(rt, o, BufferFlag.FullReadOnly));
  const data = memoryviewBytes(rt, view).slice();
  releaseBuffer(rt, o, view);
  dropTemp(rt, view);
  return data;
}

/** True if `o` has a buffer. */
export function hasBuffer(rt: Runtime, o: Ref): boolean {
  return hasNativeBuffer(rt, o) || slotOf(rt, o, TypeWord.BfGetBuffer) !== 0;
}

/** True if `o` has bytes itself, or is a memoryview. */
export function hasNativeBuffer(rt: Runtime, o: Ref): boolean {
  if (isBytes(rt, o) || isInstance(rt, o, T.bytearray) || rt.words[o + ObjectWord.Type] === T.memoryview) return true;
  return bufferTypeOf(rt, o) !== undefined;
}

/** True if `o` has a buffer that may be written to. */
export function hasWritableBuffer(rt: Runtime, o: Ref): boolean {
  if (isInstance(rt, o, T.bytearray)) return true;
  if (rt.words[o + ObjectWord.Type] === T.memoryview) return !viewOf(rt, o).readonly;
  return bufferTypeOf(rt, o)?.readonly === false;
}

/** The bytes behind `o`; raises TypeError if it has none. */
export function requireBuffer(rt: Runtime, o: Ref): Uint8Array {
  return bufferOf(rt, o) ?? typeError(rt, `a bytes-like object is required, not '${kindName(rt, o)}'`);
}
