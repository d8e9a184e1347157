/** Destructors of lists and tuples. Items die from the last to the first; the size word (for a list) and the item words
 *  always say what is still owned. */
import { free } from '../alloc/alloc.ts';
import type { Heap } from '../heap.ts';
import { ListWord, TupleWord } from '../layout/containers.ts';
import { FreeListMax, FreeListRoot } from '../layout/freelists.ts';
import { Destructor, HeapRoot } from '../layout/heap-root.ts';
import { ObjectWord } from '../layout/object.ts';
import { TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { forgetDestroyed } from './destroying.ts';
import { freeObject } from './free.ts';
import { decref } from './refcount.ts';
import { untrack } from './track.ts';
import { trashcanBegin, trashcanEnd } from './trashcan.ts';
import { clearWeakrefs } from './weakref.ts';

/** Source: CPython 3.12 tupledealloc.
 *  @runsPython */
export function deallocTuple(h: Heap, o: Ref): void {
  const H = h.words;
  untrack(h, o);
  const own = H[H[o + ObjectWord.Type] + TypeWord.Dealloc] === Destructor.Tuple;
  if (own && !trashcanBegin(h, o)) return;
  const first = o + TupleWord.Items;
  for (let i = first + H[o + TupleWord.Size] - 1; i >= first; i--) {
    const item = H[i];
    H[i] = 0;
    if (item !== 0) decref(h, item);
  }
  if (!keepTuple(H, o)) freeUnreferenced(h, o);
  if (own) trashcanEnd(h);
}

/** Source: CPython 3.12 list_dealloc.
 *  @runsPython */
export function deallocList(h: Heap, o: Ref): void {
  const H = h.words;
  untrack(h, o);
  const own = H[H[o + ObjectWord.Type] + TypeWord.Dealloc] === Destructor.List;
  if (own && !trashcanBegin(h, o)) return;
  const items = H[o + ListWord.Items];
  if (items !== 0) releaseItems(h, o, items);
  if (!keepList(H, o)) freeUnreferenced(h, o);
  if (own) trashcanEnd(h);
}

function releaseItems(h: Heap, o: Ref, items: number): void {
  const H = h.words;
  for (let i = H[o + ListWord.Size] - 1; i >= 0; i--) {
    const item = H[items + i];
    H[o + ListWord.Size] = i;
    if (item !== 0) decref(h, item);
  }
  const allocated = H[o + ListWord.Allocated];
  H[o + ListWord.Items] = 0;
  H[o + ListWord.Allocated] = 0;
  free(h, items, allocated);
}

function freeUnreferenced(h: Heap, o: Ref): void {
  const type = h.words[o + ObjectWord.Type];
  if (h.words[type + TypeWord.WeakListOffset] !== 0) clearWeakrefs(h, o);
  freeObject(h, o);
}

function keepTuple(H: Int32Array, o: Ref): boolean {
  const size = H[o + TupleWord.Size];
  if (size === 0 || size > FreeListMax.TupleSize || H[o + ObjectWord.Type] !== H[HeapRoot.TupleType]) return false;
  const count = H[FreeListRoot.TupleCounts + size - 1];
  if (count >= FreeListMax.Tuples) return false;
  H[o + TupleWord.Items] = H[FreeListRoot.TupleHeads + size - 1];
  H[FreeListRoot.TupleHeads + size - 1] = o;
  H[FreeListRoot.TupleCounts + size - 1] = count + 1;
  forgetDestroyed(H, o);
  return true;
}

function keepList(H: Int32Array, o: Ref): boolean {
  const count = H[FreeListRoot.ListCount];
  if (count >= FreeListMax.Lists || H[o + ObjectWord.Type] !== H[HeapRoot.ListType]) return false;
  H[o + ListWord.Items] = H[FreeListRoot.ListHead];
  H[FreeListRoot.ListHead] = o;
  H[FreeListRoot.ListCount] = count + 1;
  forgetDestroyed(H, o);
  return true;
}
