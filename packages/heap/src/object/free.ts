/** Giving back the blocks of dead objects. Nothing is released here but the type that an object holds. */
import { freeMetered } from '../alloc/alloc.ts';
import type { Heap } from '../heap.ts';
import { GC_HEAD_WORDS, HeadWord, ObjectWord, PRE_HEADER_WORDS } from '../layout/object.ts';
import { TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { forgetDestroyed } from './destroying.ts';
import { decref } from './refcount.ts';
import { bodyBytes, bodyWords, itemCount } from './size.ts';
import { countFree, untrack } from './track.ts';

/** Gives back the block of `o`, whose size its type and size word tell. A collected object is unlinked if it is still
 *  tracked, and generation 0 counts one less. CPython's `tp_free` (PyObject_GC_Del or PyObject_Free), and the release of
 *  the type that follows it in the destructors of heap types: the counterpart of what allocations do.
 *  @runsPython (the type may die) */
export function freeObject(h: Heap, o: Ref): void {
  const H = h.words;
  const type = H[o + ObjectWord.Type];
  if (H[type + TypeWord.ItemWords] === 0) {
    return freeSized(h, o, H[type + TypeWord.BasicWords], (H[type + TypeWord.BasicSize] + 7) & -8);
  }
  const size = itemCount(h, o);
  freeSized(h, o, bodyWords(h, type, size), bodyBytes(h, type, size));
}

/** `freeObject` for a body of `nwords` words metered `nbytes`; what lies before it is added here. @runsPython */
export function freeSized(h: Heap, o: Ref, nwords: number, nbytes: number): void {
  const H = h.words;
  const type = H[o + ObjectWord.Type];
  const flags = H[type + TypeWord.Flags];
  let before = (flags & TypeFlag.PreHeader) !== 0 ? PRE_HEADER_WORDS : 0;
  if ((flags & TypeFlag.HaveGc) !== 0) {
    before += GC_HEAD_WORDS;
    if (H[o + HeadWord.GcNext] !== 0) untrack(h, o);
    countFree(h);
  }
  forgetDestroyed(H, o);
  freeMetered(h, o - before, nwords + before, nbytes + (before << 3));
  if ((flags & TypeFlag.HeapType) !== 0) decref(h, type);
}
