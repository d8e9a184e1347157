/**
 * The trashcan: bounds how deep destructors of containers nest (D6). Beyond 50 levels an object is put on a list,
 * which the outermost destructor empties, last in first out. Deaths so happen in CPython's order, whatever is nested.
 *
 * A second list bounds the destructors that CPython nests without limit: beyond `DEEP_LIMIT` levels such an object is
 * put off too. A waiting object is untracked, has count 0 and still owns its references.
 */
import type { Heap } from '../heap.ts';
import { GcRoot } from '../layout/gc.ts';
import { Destroying, HeapRoot } from '../layout/heap-root.ts';
import { HeadWord, ObjectWord, Prev, PrevFlag } from '../layout/object.ts';
import { TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { dealloc } from './dealloc.ts';
import { beginDestroying, endDestroying } from './destroying.ts';
import { untrack } from './track.ts';

/** Destructors of the trashcan that may be nested before one more is put off. */
export const UNWIND_LEVEL = 50;
/** Destructors that may be nested before those outside the trashcan are put off. */
export const DEEP_LIMIT = 150;

/** Enters a destructor that takes part in the trashcan. False: `o`, which must be untracked, was put off, and the
 *  destructor returns at once. Only for objects whose type's own destructor this is.
 *  Source: CPython 3.12 _PyTrash_begin. */
export function trashcanBegin(h: Heap, o: Ref): boolean {
  const H = h.words;
  if (H[GcRoot.TrashNesting] >= h.unwindLevel) {
    H[o + HeadWord.GcPrev] = (H[o + HeadWord.GcPrev] & PrevFlag.Mask) | (H[GcRoot.TrashLater] << Prev.Shift);
    H[GcRoot.TrashLater] = o;
    return false;
  }
  H[GcRoot.TrashNesting]++;
  return true;
}

/** Leaves it; the outermost one destroys what was put off.
 *  Source: CPython 3.12 _PyTrash_end.
 *  @runsPython */
export function trashcanEnd(h: Heap): void {
  const H = h.words;
  const nesting = --H[GcRoot.TrashNesting];
  if (nesting <= 0 && H[GcRoot.TrashLater] !== 0) destroyChain(h);
}

function destroyChain(h: Heap): void {
  const H = h.words;
  H[GcRoot.TrashNesting]++;
  for (let o = H[GcRoot.TrashLater]; o !== 0; o = H[GcRoot.TrashLater]) {
    H[GcRoot.TrashLater] = H[o + HeadWord.GcPrev] >>> Prev.Shift;
    H[o + HeadWord.GcPrev] &= PrevFlag.Mask;
    H[GcRoot.TrashNesting]++;
    dealloc(h, o);
    H[GcRoot.TrashNesting]--;
  }
  H[GcRoot.TrashNesting]--;
}

/** Puts off an object that dies too deep. The list runs through the collector's head, or through the count of an
 *  object without one: `−1 − next`, so that no one takes it for alive. */
export function putOff(h: Heap, o: Ref): void {
  const H = h.words;
  if (hasHead(H, o)) {
    untrack(h, o);
    H[o + HeadWord.GcPrev] |= H[HeapRoot.DeepLater] << Prev.Shift;
  } else {
    H[o] = -1 - H[HeapRoot.DeepLater];
  }
  H[HeapRoot.DeepLater] = o;
}

/** Destroys what `putOff` collected; called when no destructor is running. Counts as one level itself, so that what is
 *  put off meanwhile waits for this loop.
 *  @runsPython */
export function destroyPutOff(h: Heap): void {
  const H = h.words;
  const depth = beginDestroying(h, 0, Destroying.Object);
  for (let o = H[HeapRoot.DeepLater]; o !== 0; o = H[HeapRoot.DeepLater]) {
    H[HeapRoot.DeepLater] = nextPutOff(h, o);
    if (hasHead(H, o)) H[o + HeadWord.GcPrev] &= PrevFlag.Mask;
    else H[o] = 0;
    dealloc(h, o);
  }
  endDestroying(h, depth);
}

/** The object after `o` in the list of `putOff`, or 0. */
export function nextPutOff(h: Heap, o: Ref): Ref {
  const H = h.words;
  return hasHead(H, o) ? H[o + HeadWord.GcPrev] >>> Prev.Shift : -1 - H[o + ObjectWord.RefCount];
}

function hasHead(H: Int32Array, o: Ref): boolean {
  return (H[H[o + ObjectWord.Type] + TypeWord.Flags] & TypeFlag.HaveGc) !== 0;
}
