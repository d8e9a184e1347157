/** Which objects of a set are garbage: the three phases that find it. */
import type { Heap } from '../heap.ts';
import { listInit } from './lists.ts';
import { moveUnreachable } from './move-unreachable.ts';
import { subtractRefs } from './subtract-refs.ts';
import { updateRefs } from './update-refs.ts';

/** Moves the objects of `base` that nothing outside of it leads to into `unreachable`, which is made empty first.
 *  After: as moveUnreachable says. Runs nothing, allocates nothing.
 *  Source: CPython 3.12 gcmodule.c deduce_unreachable. Differs: nothing. */
export function deduceUnreachable(h: Heap, base: number, unreachable: number): void {
  phase(h, 'updateRefs');
  updateRefs(h, base);
  phase(h, 'subtractRefs');
  subtractRefs(h, base);
  listInit(h.words, unreachable);
  phase(h, 'moveUnreachable');
  moveUnreachable(h, base, unreachable);
}

/** Tells the traced build's listener that a phase begins. */
export function phase(h: Heap, name: string): void {
  if (TRACE && h.events !== null) h.events.phase?.(name);
}
