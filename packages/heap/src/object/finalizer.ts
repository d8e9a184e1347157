/** Finalizers (PEP 442): called once, before anything of the object is taken apart; they may bring it back to life. */
import type { DestructorFunction, Heap } from '../heap.ts';
import { HeadWord, ObjectWord, PrevFlag } from '../layout/object.ts';
import { TypeFlag, TypeWord } from '../layout/type.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Ref } from '../memory/ref.ts';

/** Calls the finalizer of `o` unless it has none or, for a collected object, it was called before.
 *  Source: CPython 3.12 PyObject_CallFinalizer.
 *  @runsPython */
export function callFinalizer(h: Heap, o: Ref): void {
  const H = h.words;
  const type = H[o + ObjectWord.Type];
  const finalize = H[type + TypeWord.Finalize];
  if (finalize === 0) return;
  const collected = (H[type + TypeWord.Flags] & TypeFlag.HaveGc) !== 0;
  if (collected && (H[o + HeadWord.GcPrev] & PrevFlag.Finalized) !== 0) return;
  if (TRACE && h.events !== null) h.events.finalize?.(o);
  (h.functions[finalize] as DestructorFunction)(h, o);
  if (collected) H[o + HeadWord.GcPrev] |= PrevFlag.Finalized;
}

/** Calls the finalizer of `o`, whose count is 0. True: `o` is referenced again, and its destructor must leave it alone.
 *  Source: CPython 3.12 PyObject_CallFinalizerFromDealloc.
 *  @runsPython */
export function callFinalizerFromDealloc(h: Heap, o: Ref): boolean {
  const H = h.words;
  if (H[o] !== 0) throw new HeapCorruption('INV-RC-3: a dying object has count 0', o, 0, H[o]);
  H[o] = 1;
  callFinalizer(h, o);
  if (H[o] < 0) return true;
  H[o]--;
  return H[o] > 0;
}
