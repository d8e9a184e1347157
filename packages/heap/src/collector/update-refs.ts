/** First phase: every object's count becomes its `gcRefs`. */
import type { Heap } from '../heap.ts';
import { GcRoot, GenWord } from '../layout/gc.ts';
import { GC_HEAD_WORDS, Prev, PrevFlag } from '../layout/object.ts';
import { listMove } from './lists.ts';

/** Replaces the backward link of each object of `containers` by its reference count and marks it as collecting. An
 *  object that has become immortal is moved to the permanent generation: its count says nothing.
 *  After: the list is singly linked, every member collecting.
 *  Source: CPython 3.12 gcmodule.c update_refs. Differs: nothing. */
export function updateRefs(h: Heap, containers: number): void {
  const H = h.words;
  let gc = H[containers];
  while (gc !== containers) {
    const next = H[gc];
    const count = H[gc + GC_HEAD_WORDS];
    if (count < 0) listMove(H, gc, GcRoot.Permanent);
    else {
      const finalized = H[(gc + GenWord.Prev) | 0] & PrevFlag.Finalized;
      H[(gc + GenWord.Prev) | 0] = finalized | PrevFlag.Collecting | (count << Prev.Shift);
    }
    gc = next;
  }
}
