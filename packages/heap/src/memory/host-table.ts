/**
 * The host table: immutable JavaScript values that the heap names by an integer.
 *
 * Index 0 is no value. A free entry holds the index of the next free one; the head of that chain is in the root
 * record, so that a copy of the words and a slice of the array are a whole state. Values must never change: a
 * snapshot shares them.
 */
import { Root } from '../layout/root.ts';
import type { Memory } from './memory.ts';

/** Stores `value` and returns its index, at least 1. Reuses the entry freed last. Not metered: see `meter`. */
export function hostAdd(m: Memory, value: unknown): number {
  const H = m.words;
  let index = H[Root.HostFree];
  if (index !== 0) {
    H[Root.HostFree] = m.hosts[index] as number;
  } else {
    index = H[Root.HostTop];
    H[Root.HostTop] = index + 1;
  }
  m.hosts[index] = value;
  H[Root.HostLive]++;
  return index;
}

/** The value stored at `index`. Borrows it. */
export function hostGet(m: Memory, index: number): unknown {
  return m.hosts[index];
}

/** Gives the entry back; `index` must be in use. */
export function hostFree(m: Memory, index: number): void {
  const H = m.words;
  m.hosts[index] = H[Root.HostFree];
  H[Root.HostFree] = index;
  H[Root.HostLive]--;
}
