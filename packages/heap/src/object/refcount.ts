/**
 * Reference counts.
 *
 * A negative count is immortal: nothing changes it. Every owned reference to any other object is counted in its word 0
 * (INV-RC-1). All words of a container that owns references are detached before the reference is released, since a
 * release may run the program, which may look at the container.
 */
import type { Heap } from '../heap.ts';
import { ObjectWord } from '../layout/object.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Owned, Ref } from '../memory/ref.ts';
import { dealloc } from './dealloc.ts';

/** Adds an owned reference to `o`. */
export function incref(h: Heap, o: Ref): void {
  const H = h.words;
  const count = H[o];
  if (count < 0) return;
  if (TRACE && h.events !== null) h.events.incref?.(o);
  H[o] = count + 1;
}

/** Releases an owned reference to `o`; the last one destroys it.
 *  @runsPython */
export function decref(h: Heap, o: Ref): void {
  const H = h.words;
  const count = H[o] - 1;
  if (TRACE && h.events !== null && count >= 0) h.events.decref?.(o);
  if (count > 0) {
    H[o] = count;
  } else if (count === 0) {
    H[o] = 0;
    dealloc(h, o);
  } else if (count === -1) {
    throw new HeapCorruption('INV-RC-2: no reference is released twice', o, 'a positive count', 0);
  }
}

/** `decref` of a reference that may be 0.
 *  @runsPython */
export function xdecref(h: Heap, o: Ref): void {
  if (o !== 0) decref(h, o);
}

/** `incref` of a reference that may be 0. */
export function xincref(h: Heap, o: Ref): void {
  if (o !== 0) incref(h, o);
}

/** An owned reference to `o`, made from a borrowed one. */
export function newRef(h: Heap, o: Ref): Owned {
  incref(h, o);
  return o as Owned;
}

/** The owned reference in the word `index` is released; the word is 0 before anything runs. CPython's Py_CLEAR.
 *  @runsPython */
export function clearWord(h: Heap, index: number): void {
  const H = h.words;
  const old = H[index];
  if (old === 0) return;
  H[index] = 0;
  decref(h, old);
}

/** Puts the owned `value` (or 0) into the word `index` and then releases what was there. CPython's Py_XSETREF.
 *  @runsPython */
export function setWord(h: Heap, index: number, value: Owned | 0): void {
  const H = h.words;
  const old = H[index];
  H[index] = value;
  if (old !== 0) decref(h, old);
}

/** The count that a program sees: immortal objects have CPython's 4294967295. */
export function refCount(h: Heap, o: Ref): number {
  return h.words[o + ObjectWord.RefCount] >>> 0;
}
