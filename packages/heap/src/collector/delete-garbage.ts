/** The last phase: cycles are broken, and reference counting does the rest. */
import type { Heap } from '../heap.ts';
import { DebugFlag, GcRoot, GenWord } from '../layout/gc.ts';
import { Destroying } from '../layout/heap-root.ts';
import { PrevFlag } from '../layout/object.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Ref } from '../memory/ref.ts';
import { clearObject } from '../object/clear.ts';
import { beginDestroying, endDestroying, setDestroying } from '../object/destroying.ts';
import { decref, incref } from '../object/refcount.ts';
import { clearQuietly } from './clear-quietly.ts';
import { appendGarbage } from './garbage.ts';
import { fromGc, listIsEmpty, listMove } from './lists.ts';

/** Clears each object of `collectable`; one that survives that moves to `old` and may die later. With the debug flag
 *  SAVEALL nothing is cleared: all go to the garbage list.
 *  Source: CPython 3.12 gcmodule.c delete_garbage. Differs: nothing.
 *  @runsPython */
export function deleteGarbage(h: Heap, collectable: number, old: number): void {
  const H = h.words;
  const depth = beginDestroying(h, 0, Destroying.Held);
  const saveAll = (H[GcRoot.Debug] & DebugFlag.SaveAll) !== 0;
  const general = saveAll || (TRACE && h.events !== null);
  while (!listIsEmpty(H, collectable)) {
    if (!general && clearQuietly(h, collectable, old, depth)) continue;
    const gc = H[collectable];
    const o = fromGc(gc);
    if (H[o] === 0)
      throw new HeapCorruption('INV-GC-5: garbage is alive until it is cleared', o, 'a positive count', 0);
    if (saveAll) appendGarbage(h, o);
    else clearHeld(h, o, depth);
    if (H[collectable] === gc) {
      H[gc + GenWord.Prev] &= ~PrevFlag.Collecting;
      listMove(H, gc, old);
    }
  }
  endDestroying(h, depth);
}

/** Clears `o`, which the entry of the destroy stack at `depth` holds meanwhile. */
function clearHeld(h: Heap, o: Ref, depth: number): void {
  incref(h, o);
  setDestroying(h.words, depth, o);
  clearObject(h, o);
  setDestroying(h.words, depth, 0);
  decref(h, o);
}
