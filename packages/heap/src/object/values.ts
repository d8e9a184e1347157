/** Values records: the attributes of an instance, or the values of a dict with shared keys. */
import { allocMetered, freeMetered } from '../alloc/alloc.ts';
import type { Heap } from '../heap.ts';
import { KeysWord, ValuesInfo, ValuesWord } from '../layout/containers.ts';
import { Destroying } from '../layout/heap-root.ts';
import { beginDestroying, endDestroying } from './destroying.ts';
import { clearWord } from './refcount.ts';

/** Values with room for `capacity` (1 to 254) of them, all 0, none inserted. The result is the index of the first.
 *  Source: CPython 3.12 new_values. */
export function newValues(h: Heap, capacity: number): number {
  const before = wordsBefore(capacity);
  const block = allocMetered(h, before + capacity, valuesBytes(capacity));
  const H = h.words;
  for (let i = block; i < block + before + capacity; i++) H[i] = 0;
  H[block + before + ValuesWord.Info] = capacity;
  return block + before;
}

/** Gives back the record; its values are released or moved already. */
export function freeValues(h: Heap, values: number): void {
  const capacity = valuesCapacity(h.words, values);
  const before = wordsBefore(capacity);
  freeMetered(h, values - before, before + capacity, valuesBytes(capacity));
}

/** Releases the values in key order and gives back the record. Nothing may name it any more.
 *  @runsPython */
export function releaseValues(h: Heap, values: number, keys: number): void {
  const H = h.words;
  const n = keys === 0 ? valuesCapacity(H, values) : H[keys + KeysWord.NumEntries];
  const depth = beginDestroying(h, values, Destroying.Run + n);
  for (let i = values; i < values + n; i++) clearWord(h, i);
  endDestroying(h, depth);
  freeValues(h, values);
}

/** How many values the record has room for. */
export function valuesCapacity(H: Int32Array, values: number): number {
  return H[values + ValuesWord.Info] & ValuesInfo.CapacityMask;
}

/** Metered bytes of a record: CPython's, whose order bytes come before the values. */
export function valuesBytes(capacity: number): number {
  return ((capacity + 2 + 7) & -8) + 8 * capacity;
}

/** Words before the first value: one for capacity and use, one for each four order bytes. */
function wordsBefore(capacity: number): number {
  return 1 + ((capacity + 3) >> 2);
}
