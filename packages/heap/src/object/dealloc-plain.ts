/** Destructors of objects that own nothing but, perhaps, a heap type. */
import type { Heap } from '../heap.ts';
import { FloatWord, FreeListMax, FreeListRoot } from '../layout/freelists.ts';
import { HeapRoot } from '../layout/heap-root.ts';
import { ObjectWord } from '../layout/object.ts';
import { TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { freeObject, freeSized } from './free.ts';
import { clearWeakrefs } from './weakref.ts';

/** What makes more of an object than its body, or of its death than giving that back. */
const NOT_BARE = TypeFlag.HeapType | TypeFlag.HaveGc | TypeFlag.PreHeader;

/** Whether the death of a plain object of `type` is nothing but its block given back. */
export function isBare(H: Int32Array, type: Ref): boolean {
  return (
    ((H[type + TypeWord.Flags] & NOT_BARE) | H[type + TypeWord.WeakListOffset] | H[type + TypeWord.ItemWords]) === 0
  );
}

/** Destroys an object without owned references: weak references to it are cleared, its block is given back.
 *  @runsPython (a weak reference's callback) */
export function deallocPlain(h: Heap, o: Ref): void {
  const H = h.words;
  const type = H[o + ObjectWord.Type];
  if (H[type + TypeWord.WeakListOffset] !== 0) clearWeakrefs(h, o);
  freeObject(h, o);
}

/** Destroys a float; one of exactly the registered type goes to its free list.
 *  Source: CPython 3.12 _PyFloat_ExactDealloc, float_dealloc. */
export function deallocFloat(h: Heap, o: Ref): void {
  const H = h.words;
  if (H[o + ObjectWord.Type] !== H[HeapRoot.FloatType]) return freeObject(h, o);
  const count = H[FreeListRoot.FloatCount];
  if (count >= FreeListMax.Floats) return freeSized(h, o, FloatWord.Words, FloatWord.Bytes);
  H[o + ObjectWord.Type] = H[FreeListRoot.FloatHead];
  H[FreeListRoot.FloatHead] = o;
  H[FreeListRoot.FloatCount] = count + 1;
}
