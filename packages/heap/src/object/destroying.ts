/**
 * What is being destroyed at this moment: a stack in the words, one entry for each destructor that has not returned.
 *
 * The audit reads it when it runs inside a finalizer or a weak reference's callback: the references that a dying object
 * still owns count, though nothing leads to the object any more. It also says how deep destructors are nested. An entry
 * beyond the stack's end is counted but not stored.
 */
import type { Heap } from '../heap.ts';
import { DestroyEntry, Destroying, HeapRoot } from '../layout/heap-root.ts';
import { destroyPutOff } from './trashcan.ts';

/** Pushes an entry: `what` is an object, a keys record or the first of a run of owned words. Returns its place, to be
 *  given to `endDestroying`. */
export function beginDestroying(h: Heap, what: number, kind: number): number {
  const H = h.words;
  const depth = H[HeapRoot.DestroyDepth];
  const entry = HeapRoot.DestroyStack + (depth << 1);
  if (entry < HeapRoot.DestroyStackEnd) {
    H[entry] = what;
    H[entry + DestroyEntry.Kind] = kind;
  }
  H[HeapRoot.DestroyDepth] = depth + 1;
  return depth;
}

/** Drops the entry at `depth` and everything above it. After the outermost one, what was put off for being nested too
 *  deep is destroyed.
 *  @runsPython */
export function endDestroying(h: Heap, depth: number): void {
  const H = h.words;
  H[HeapRoot.DestroyDepth] = depth;
  if (depth === 0 && H[HeapRoot.DeepLater] !== 0) destroyPutOff(h);
}

/** The block of `o` is given back: its entry, if it is the last one, names nothing from now on. */
export function forgetDestroyed(H: Int32Array, o: number): void {
  const depth = H[HeapRoot.DestroyDepth];
  const last = HeapRoot.DestroyStack + (depth << 1) - 2;
  if (depth > 0 && last < HeapRoot.DestroyStackEnd && H[last] === o) H[last] = 0;
}

/** The entry at `depth` is about `what` from now on. */
export function setDestroying(H: Int32Array, depth: number, what: number): void {
  const entry = HeapRoot.DestroyStack + (depth << 1);
  if (entry < HeapRoot.DestroyStackEnd) H[entry] = what;
}

/** The run of owned words of the entry at `depth` has only `nwords` words left. */
export function setRemaining(H: Int32Array, depth: number, nwords: number): void {
  const entry = HeapRoot.DestroyStack + (depth << 1);
  if (entry < HeapRoot.DestroyStackEnd) H[entry + DestroyEntry.Kind] = Destroying.Run + nwords;
}

/** The entries, innermost last, as pairs of what and kind; those that name nothing are left out. */
export function destroyingEntries(h: Heap): [what: number, kind: number][] {
  const H = h.words;
  const entries: [number, number][] = [];
  const end = Math.min(HeapRoot.DestroyStack + 2 * H[HeapRoot.DestroyDepth], HeapRoot.DestroyStackEnd);
  for (let entry = HeapRoot.DestroyStack; entry < end; entry += 2) {
    if (H[entry] !== 0) entries.push([H[entry], H[entry + DestroyEntry.Kind]]);
  }
  return entries;
}
