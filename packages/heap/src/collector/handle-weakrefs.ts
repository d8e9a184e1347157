/** Weak references to garbage: cleared before anything of it runs, so that no callback can see it. */
import type { Heap } from '../heap.ts';
import { GcRoot } from '../layout/gc.ts';
import { GC_HEAD_WORDS, ObjectWord } from '../layout/object.ts';
import { TypeWord } from '../layout/type.ts';
import { WeakrefWord } from '../layout/weakref.ts';
import type { Ref } from '../memory/ref.ts';
import { decref, incref } from '../object/refcount.ts';
import { detachWeakref, isWeakref, weakListWord } from '../object/weakref.ts';
import { fromGc, isCollecting, listIsEmpty, listMove } from './lists.ts';

/** Clears all weak references to and in `unreachable`. Those whose callback is to be called, being no garbage
 *  themselves, are held and moved to the list `GcRoot.WeakrefCallbacks`.
 *  Before and after: `unreachable` is a normal list of collecting objects.
 *  Source: CPython 3.12 gcmodule.c handle_weakrefs, first half. Differs: nothing. */
export function clearGarbageWeakrefs(h: Heap, unreachable: number): void {
  const H = h.words;
  for (let gc = H[unreachable]; gc !== unreachable; gc = H[gc]) {
    const o = fromGc(gc);
    if (isWeakref(H, o)) detachWeakref(h, o);
    if (H[H[o + ObjectWord.Type] + TypeWord.WeakListOffset] !== 0) clearReferencesTo(h, o);
  }
}

/** Each reference with a callback that is to be called is held, and moved to the list of those to call. */
function clearReferencesTo(h: Heap, o: Ref): void {
  const H = h.words;
  const list = weakListWord(H, o);
  for (let wr = H[list]; wr !== 0; wr = H[list]) {
    detachWeakref(h, wr);
    if (H[wr + WeakrefWord.Callback] === 0 || isCollecting(H, wr - GC_HEAD_WORDS)) continue;
    incref(h, wr);
    listMove(H, wr - GC_HEAD_WORDS, GcRoot.WeakrefCallbacks);
  }
}

/** Calls the callbacks; the references then go to `old`. Returns how many of them died by their own callback.
 *  Source: CPython 3.12 gcmodule.c handle_weakrefs, second half. Differs: nothing.
 *  @runsPython */
export function callWeakrefCallbacks(h: Heap, old: number): number {
  const H = h.words;
  const list: number = GcRoot.WeakrefCallbacks;
  let freed = 0;
  while (!listIsEmpty(H, list)) {
    const gc = H[list];
    const wr = fromGc(gc);
    const callback = H[wr + WeakrefWord.Callback];
    if (TRACE && h.events !== null) h.events.weakrefCallback?.(wr, callback);
    h.callWeakrefCallback(wr, callback);
    // Released while still in the list: if it is the head no more, it died.
    decref(h, wr);
    if (H[list] === gc) listMove(H, gc, old);
    else freed++;
  }
  return freed;
}
