/**
 * Generation lists: circular, doubly linked through the collector heads. A list's head has the shape of an object's
 * collector head (`next`, then `prev`), so that the ends need no special case. Links name heads; `prev` is shifted left
 * past the flags. Source: CPython 3.12 gcmodule.c gc_list_*.
 */
import { GcRoot, GenWord } from '../layout/gc.ts';
import { GC_HEAD_WORDS, NextFlag, Prev, PrevFlag } from '../layout/object.ts';
import type { Ref } from '../memory/ref.ts';

/** The head of a generation's list; 3 is the permanent generation. */
export function generationHead(generation: number): number {
  return GcRoot.Generations + generation * GenWord.Words;
}

export function listInit(H: Int32Array, list: number): void {
  H[list + GenWord.Next] = list;
  H[list + GenWord.Prev] = list << Prev.Shift;
}

export function listIsEmpty(H: Int32Array, list: number): boolean {
  return H[list + GenWord.Next] === list;
}

/** The head before `gc` in its list. */
export function listPrev(H: Int32Array, gc: number): number {
  return H[gc + GenWord.Prev] >>> Prev.Shift;
}

/** Changes the link to the previous head, keeps the flags. */
function setPrev(H: Int32Array, gc: number, prev: number): void {
  H[gc + GenWord.Prev] = (H[gc + GenWord.Prev] & PrevFlag.Mask) | (prev << Prev.Shift);
}

/** Puts `gc`, which is in no list, at the end of `list`. */
export function listAppend(H: Int32Array, gc: number, list: number): void {
  const last = H[list + GenWord.Prev] >>> Prev.Shift;
  setPrev(H, gc, last);
  H[last] = gc;
  H[gc] = list;
  H[list + GenWord.Prev] = gc << Prev.Shift;
}

/** Takes `gc` out of its list and puts it at the end of `list`. */
export function listMove(H: Int32Array, gc: number, list: number): void {
  const prev = listPrev(H, gc);
  const next = H[gc];
  H[prev] = next;
  setPrev(H, next, prev);
  listAppend(H, gc, list);
}

/** Appends all of `from` to `to`; `from` is empty afterwards. */
export function listMerge(H: Int32Array, from: number, to: number): void {
  if (!listIsEmpty(H, from)) {
    const toTail = listPrev(H, to);
    const fromHead = H[from];
    const fromTail = listPrev(H, from);
    H[toTail] = fromHead;
    setPrev(H, fromHead, toTail);
    H[fromTail] = to;
    H[to + GenWord.Prev] = fromTail << Prev.Shift;
  }
  listInit(H, from);
}

export function listSize(H: Int32Array, list: number): number {
  let size = 0;
  for (let gc = H[list]; gc !== list; gc = H[gc]) size++;
  return size;
}

/** Takes the collecting flag from every object of the list. */
export function clearCollecting(H: Int32Array, list: number): void {
  for (let gc = H[list]; gc !== list; gc = H[gc]) H[gc + GenWord.Prev] &= ~PrevFlag.Collecting;
}

/** Takes the unreachable flag from every link of the list. */
export function clearUnreachableMask(H: Int32Array, list: number): void {
  H[list] &= ~NextFlag.Unreachable;
  for (let gc = H[list]; gc !== list; gc = H[gc]) H[gc] &= ~NextFlag.Unreachable;
}

/** The object of a head. */
export function fromGc(gc: number): Ref {
  return gc + GC_HEAD_WORDS;
}

/** Whether the object is in the set that this collection looks at. */
export function isCollecting(H: Int32Array, gc: number): boolean {
  return (H[gc + GenWord.Prev] & PrevFlag.Collecting) !== 0;
}
