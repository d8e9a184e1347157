/** Finalizers of garbage (PEP 442). */
import type { DestructorFunction, Heap } from '../heap.ts';
import { GcRoot, GenWord } from '../layout/gc.ts';
import { Destroying } from '../layout/heap-root.ts';
import { ObjectWord, PrevFlag } from '../layout/object.ts';
import { TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { beginDestroying, endDestroying } from '../object/destroying.ts';
import { decref, incref } from '../object/refcount.ts';
import { fromGc, listInit, listIsEmpty, listMerge, listMove } from './lists.ts';

/** Calls the finalizer of each object of `collectable` that has one and was not finalized before, in the list's order.
 *  Objects may leave the list meanwhile, by dying or by being untracked. Returns whether any was called.
 *  Source: CPython 3.12 gcmodule.c finalize_garbage. Differs: nothing.
 *  @runsPython */
export function finalizeGarbage(h: Heap, collectable: number): boolean {
  const H = h.words;
  const seen: number = GcRoot.Spare;
  let called = false;
  listInit(H, seen);
  while (!listIsEmpty(H, collectable)) {
    const gc = H[collectable];
    const o = fromGc(gc);
    listMove(H, gc, seen);
    const finalize = H[H[o + ObjectWord.Type] + TypeWord.Finalize];
    if (finalize === 0 || (H[gc + GenWord.Prev] & PrevFlag.Finalized) !== 0) continue;
    H[gc + GenWord.Prev] |= PrevFlag.Finalized;
    finalizeHeld(h, o, finalize);
    called = true;
  }
  listMerge(H, seen, collectable);
  return called;
}

function finalizeHeld(h: Heap, o: Ref, finalize: number): void {
  incref(h, o);
  const depth = beginDestroying(h, o, Destroying.Held);
  if (TRACE && h.events !== null) h.events.finalize?.(o);
  (h.functions[finalize] as DestructorFunction)(h, o);
  endDestroying(h, depth);
  decref(h, o);
}
