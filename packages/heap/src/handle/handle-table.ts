/**
 * The table of handles: owned references that the embedder's own TypeScript holds. It lies in a block that grows, so a
 * snapshot carries it and the audit counts it. Free entries are chained (`HandleEntry`).
 */
import { realloc } from '../alloc/alloc.ts';
import type { Heap } from '../heap.ts';
import { HandleEntry, HeapRoot } from '../layout/heap-root.ts';
import type { Owned, Ref } from '../memory/ref.ts';
import { decref } from '../object/refcount.ts';

const FIRST_CAPACITY = 16;

/** Stores the owned `o` and returns its entry. */
export function addHandleTake(h: Heap, o: Owned): number {
  const H = h.words;
  if (H[HeapRoot.HandleFree] === HandleEntry.End) growOrRelease(h, o);
  const entry = H[HeapRoot.HandleFree];
  const word = H[HeapRoot.HandleTable] + entry;
  H[HeapRoot.HandleFree] = HandleEntry.LinkBase - H[word];
  H[word] = o;
  H[HeapRoot.HandleCount]++;
  return entry;
}

/** The reference of an entry, borrowed. */
export function handleRef(h: Heap, entry: number): Ref {
  return h.words[h.words[HeapRoot.HandleTable] + entry];
}

/** Frees the entry and releases its reference.
 *  @runsPython */
export function releaseHandle(h: Heap, entry: number): void {
  const H = h.words;
  const word = H[HeapRoot.HandleTable] + entry;
  const o = H[word];
  H[word] = HandleEntry.LinkBase - H[HeapRoot.HandleFree];
  H[HeapRoot.HandleFree] = entry;
  H[HeapRoot.HandleCount]--;
  decref(h, o);
}

/** The entries in use with their references. */
export function liveHandles(h: Heap): [entry: number, o: Ref][] {
  const H = h.words;
  const live: [number, Ref][] = [];
  for (let entry = 0; entry < H[HeapRoot.HandleCapacity]; entry++) {
    const o = H[H[HeapRoot.HandleTable] + entry];
    if (o > 0) live.push([entry, o]);
  }
  return live;
}

function growOrRelease(h: Heap, o: Owned): void {
  try {
    grow(h);
  } catch (error) {
    decref(h, o);
    throw error;
  }
}

function grow(h: Heap): void {
  const H = h.words;
  const old = H[HeapRoot.HandleCapacity];
  const capacity = old === 0 ? FIRST_CAPACITY : 2 * old;
  H[HeapRoot.HandleTable] = realloc(h, H[HeapRoot.HandleTable], old, capacity);
  H[HeapRoot.HandleCapacity] = capacity;
  for (let entry = capacity - 1; entry >= old; entry--) {
    H[H[HeapRoot.HandleTable] + entry] = HandleEntry.LinkBase - H[HeapRoot.HandleFree];
    H[HeapRoot.HandleFree] = entry;
  }
}
