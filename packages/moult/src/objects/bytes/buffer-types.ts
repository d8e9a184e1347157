/** Further types that have a buffer (`array.array`): how `bufferOf` and memoryview reach their bytes. */
import { ObjectWord, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';

interface BufferType {
  /** The bytes; valid until the object changes its size. */
  readonly data: (rt: Runtime, o: Ref) => Uint8Array;
  /** Code of the items and their size in bytes. */
  readonly item: (rt: Runtime, o: Ref) => { readonly format: string; readonly itemsize: number };
  /** The dimensions; default: one, of all items. */
  readonly shape?: (rt: Runtime, o: Ref) => readonly number[];
  /** Word that counts the memoryviews, or −1 where nothing can move the bytes. */
  readonly exportsWord: number;
  readonly readonly: boolean;
}

const BUFFER_TYPES = new Map<Ref, BufferType>();

/** Gives a type's instances a buffer. Only while modules load. */
export function defineBuffer(type: Ref, buffer: BufferType): void {
  BUFFER_TYPES.set(type, buffer);
}

/** How to reach the bytes of `o`; undefined if its type (or a base of it) is none of these. */
export function bufferTypeOf(rt: Runtime, o: Ref): BufferType | undefined {
  const H = rt.words;
  for (let type = H[o + ObjectWord.Type]; type !== 0; type = H[type + TypeWord.Base]) {
    const found = BUFFER_TYPES.get(type);
    if (found !== undefined) return found;
  }
  return undefined;
}
