/** Stress mode: a full collection is asked for at every allocation of a collected object, so that a reference which
 *  nobody counted is missed at once. */
import type { Heap } from '../heap.ts';
import { HeapRoot } from '../layout/heap-root.ts';

/** Switches stress mode. It is part of the words. Thresholds do not matter meanwhile; a disabled collector stays so. */
export function setCollectorStress(h: Heap, on: boolean): void {
  h.words[HeapRoot.Stress] = on ? 1 : 0;
}
