/** Stress mode: a collection is asked for at every allocation of a collected object, so that a reference which nobody counted
 *  is missed at once. */
import type { Heap } from '../heap.ts';
import { HeapRoot } from '../layout/heap-root.ts';

/** Switches stress mode. It is part of the words. Thresholds do not matter meanwhile; a disabled collector stays so.
 *  @param fullEvery every so many collections one is full, the others are of generation 0 */
export function setCollectorStress(h: Heap, on: boolean, fullEvery = 1): void {
  if (!Number.isInteger(fullEvery) || fullEvery < 1)
    throw new RangeError(`fullEvery must be a positive integer, got ${fullEvery}`);
  h.words[HeapRoot.Stress] = on ? fullEvery : 0;
}
