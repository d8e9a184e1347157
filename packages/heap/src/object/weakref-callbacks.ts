/** Calling weak references' callbacks when their object dies. */
import { alloc, free } from '../alloc/alloc.ts';
import type { Heap } from '../heap.ts';
import { TupleWord } from '../layout/containers.ts';
import { CallbackPair, Destroying, HeapRoot } from '../layout/heap-root.ts';
import { WeakrefWord } from '../layout/weakref.ts';
import type { Owned, Ref } from '../memory/ref.ts';
import { beginDestroying, endDestroying } from './destroying.ts';
import { newTuple } from './freelist.ts';
import { clearWord, decref, newRef } from './refcount.ts';
import { track } from './track.ts';
import { detachWeakref, weakListWord } from './weakref.ts';

/** Calls `callback` for `wr`, unless that is dying too, and releases the callback.
 *  @runsPython */
export function callBack(h: Heap, wr: Ref, callback: Owned): void {
  const depth = beginDestroying(h, callback, Destroying.Held);
  if (h.words[wr] !== 0) call(h, wr, callback);
  endDestroying(h, depth);
  decref(h, callback);
}

/** Clears every reference in the list of `o` and then calls their callbacks. Pairs of reference and callback are held
 *  by a tuple meanwhile, as in CPython (its allocation counts), or by a bare block in a heap without tuples.
 *  @runsPython */
export function notifyAll(h: Heap, o: Ref): void {
  const H = h.words;
  const list = weakListWord(H, o);
  let count = 0;
  for (let wr = H[list]; wr !== 0; wr = H[wr + WeakrefWord.Next]) count++;
  if (H[HeapRoot.TupleType] === 0) return notifyFromBlock(h, list, count);
  const pairs = newTuple(h, H[HeapRoot.TupleType], 2 * count);
  track(h, pairs);
  const depth = beginDestroying(h, pairs, Destroying.Held);
  detachPairs(h, list, pairs + TupleWord.Items);
  callPairs(h, pairs + TupleWord.Items, count);
  endDestroying(h, depth);
  decref(h, pairs);
}

function notifyFromBlock(h: Heap, list: number, count: number): void {
  const H = h.words;
  const pairs = alloc(h, 2 * count);
  H.fill(0, pairs, pairs + 2 * count);
  const depth = beginDestroying(h, pairs, Destroying.Run + 2 * count);
  detachPairs(h, list, pairs);
  callPairs(h, pairs, count);
  for (let i = 2 * count - 1; i >= 0; i--) clearWord(h, pairs + i);
  endDestroying(h, depth);
  free(h, pairs, 2 * count);
}

/** Takes over reference and callback of each member of the list; a dying reference has its callback released. */
function detachPairs(h: Heap, list: number, pairs: number): void {
  const H = h.words;
  for (let wr = H[list], at = pairs; wr !== 0; at += 2) {
    const next = H[wr + WeakrefWord.Next];
    const callback = H[wr + WeakrefWord.Callback];
    H[wr + WeakrefWord.Callback] = 0;
    detachWeakref(h, wr);
    if (H[wr] !== 0) {
      H[at] = newRef(h, wr);
      H[at + CallbackPair.Callback] = callback;
    } else if (callback !== 0) {
      decref(h, callback);
    }
    wr = next;
  }
}

function callPairs(h: Heap, pairs: number, count: number): void {
  const H = h.words;
  for (let at = pairs; at < pairs + 2 * count; at += 2) {
    if (H[at + CallbackPair.Callback] !== 0) call(h, H[at], H[at + CallbackPair.Callback]);
  }
}

function call(h: Heap, wr: Ref, callback: Ref): void {
  if (TRACE && h.events !== null) h.events.weakrefCallback?.(wr, callback);
  h.callWeakrefCallback(wr, callback);
}
