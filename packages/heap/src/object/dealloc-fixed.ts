/** Destructor of objects whose references are at fixed words. */
import type { Heap } from '../heap.ts';
import { ObjectWord } from '../layout/object.ts';
import { TypeFlag, TypeWord } from '../layout/type.ts';
import { Destructor } from '../layout/heap-root.ts';
import type { Ref } from '../memory/ref.ts';
import { callFinalizerFromDealloc } from './finalizer.ts';
import { freeObject } from './free.ts';
import { clearWord } from './refcount.ts';
import { track, untrack } from './track.ts';
import { clearWeakrefs } from './weakref.ts';

/** The word of the object that bit 0 of `OwnedMask` and `TraverseMask` stands for. */
const FIRST_WORD = ObjectWord.Size;

/** Calls the finalizer if the type has one, clears weak references, releases the words of `OwnedMask` in order, gives
 *  back the block.
 *  @runsPython */
export function deallocFixed(h: Heap, o: Ref): void {
  const H = h.words;
  const type = H[o + ObjectWord.Type];
  const collected = (H[type + TypeWord.Flags] & TypeFlag.HaveGc) !== 0;
  if (collected) untrack(h, o);
  if (H[type + TypeWord.Finalize] !== 0 && finalizeFixed(h, o, type, collected)) return;
  if (H[type + TypeWord.WeakListOffset] !== 0) clearWeakrefs(h, o);
  for (let mask = H[type + TypeWord.OwnedMask], i = o + FIRST_WORD; mask !== 0; mask >>>= 1, i++) {
    if ((mask & 1) !== 0) clearWord(h, i);
  }
  freeObject(h, o);
}

/** Whether the finalizer made the object live again. As the base of an instance nothing is done: it was called. */
function finalizeFixed(h: Heap, o: Ref, type: Ref, collected: boolean): boolean {
  if (h.words[type + TypeWord.Dealloc] !== Destructor.Fixed) return false;
  if (collected) track(h, o);
  if (callFinalizerFromDealloc(h, o)) return true;
  if (collected) untrack(h, o);
  return false;
}
