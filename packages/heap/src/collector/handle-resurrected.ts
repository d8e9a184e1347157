/** After the finalizers: what of the garbage came back to life. */
import type { Heap } from '../heap.ts';
import { deduceUnreachable } from './deduce-unreachable.ts';
import { clearCollecting, clearUnreachableMask, listMerge } from './lists.ts';

/** Looks again which objects of `unreachable` are garbage: those go to `stillUnreachable`, the others to `old`.
 *  After: `stillUnreachable` is a normal list of collecting objects, `unreachable` is empty.
 *  Source: CPython 3.12 gcmodule.c handle_resurrected_objects. Differs: nothing. */
export function handleResurrected(h: Heap, unreachable: number, stillUnreachable: number, old: number): void {
  const H = h.words;
  clearCollecting(H, unreachable);
  deduceUnreachable(h, unreachable, stillUnreachable);
  clearUnreachableMask(H, stillUnreachable);
  listMerge(H, unreachable, old);
}
