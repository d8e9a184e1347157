/** New tuples, lists, dicts and floats: from the free lists where CPython 3.12 takes them from there. None is tracked
 *  yet. An object from a free list does not count towards generation 0. */
import { alloc, freeMetered } from '../alloc/alloc.ts';
import type { Heap } from '../heap.ts';
import { DictKeysKind, DictWord, KeysWord, ListWord, TupleWord } from '../layout/containers.ts';
import { FloatWord, FreeListMax, FreeListRoot, KEYS_LOG2_MIN } from '../layout/freelists.ts';
import { HeapRoot } from '../layout/heap-root.ts';
import { GC_HEAD_WORDS, HeadWord, ObjectWord } from '../layout/object.ts';
import type { Owned, Ref } from '../memory/ref.ts';
import { allocObject, gcNew, gcNewVar } from './allocate.ts';
import { freeObject } from './free.ts';
import { keysBytes, keysWords } from './keys.ts';
import { decref } from './refcount.ts';

/** A tuple of `size` items, all 0; not tracked. `size` 0 makes a new object: the embedder keeps the empty tuple.
 *  Source: CPython 3.12 tuple_alloc. */
export function newTuple(h: Heap, type: Ref, size: number): Owned {
  const H = h.words;
  if (size === 0 || size > FreeListMax.TupleSize || type !== H[HeapRoot.TupleType]) return gcNewVar(h, type, size);
  const o = H[FreeListRoot.TupleHeads + size - 1];
  if (o === 0) return gcNewVar(h, type, size);
  H[FreeListRoot.TupleHeads + size - 1] = H[o + TupleWord.Items];
  H[FreeListRoot.TupleCounts + size - 1]--;
  H[o + TupleWord.Items] = 0;
  return revive(h, o);
}

/** What making a tuple of `size` items and dropping it again leaves behind, without doing it where it leaves nothing: a free
 *  tuple of that size, and one allocation more counted. */
export function touchTuple(h: Heap, size: number): void {
  const H = h.words;
  if (size === 0 || size > FreeListMax.TupleSize || H[FreeListRoot.TupleHeads + size - 1] !== 0) return;
  decref(h, newTuple(h, H[HeapRoot.TupleType], size));
}

/** As `touchTuple`, of an empty list. */
export function touchList(h: Heap): void {
  const H = h.words;
  if (H[FreeListRoot.ListCount] === 0) decref(h, newList(h, H[HeapRoot.ListType], 0));
}

/** A list of `size` items, all 0; not tracked.
 *  Source: CPython 3.12 PyList_New. */
export function newList(h: Heap, type: Ref, size: number): Owned {
  const H = h.words;
  const o = type === H[HeapRoot.ListType] ? takeList(h, type) : gcNew(h, type);
  if (size === 0) return o;
  const items = allocItems(h, o, size);
  H[o + ListWord.Items] = items;
  H[o + ListWord.Size] = H[o + ListWord.Allocated] = size;
  return o;
}

/** A dict whose words other than count and type are 0; not tracked. The embedder sets keys and values.
 *  Source: CPython 3.12 new_dict. */
export function newDict(h: Heap, type: Ref): Owned {
  const H = h.words;
  const o = type === H[HeapRoot.DictType] ? H[FreeListRoot.DictHead] : 0;
  if (o === 0) return gcNew(h, type);
  H[FreeListRoot.DictHead] = H[o + DictWord.Keys];
  H[FreeListRoot.DictCount]--;
  H[o + DictWord.Keys] = 0;
  H[o + DictWord.Used] = 0;
  H[o + DictWord.Version] = 0;
  return revive(h, o);
}

/** A float. Source: CPython 3.12 PyFloat_FromDouble. */
export function newFloat(h: Heap, type: Ref, value: number): Owned {
  const H = h.words;
  let o = type === H[HeapRoot.FloatType] ? H[FreeListRoot.FloatHead] : 0;
  if (o === 0) {
    o = allocObject(h, type, FloatWord.Words, FloatWord.Bytes);
  } else {
    H[FreeListRoot.FloatHead] = H[o + ObjectWord.Type];
    H[FreeListRoot.FloatCount]--;
    H[o] = 1;
    H[o + ObjectWord.Type] = type;
  }
  h.floats[(o + FloatWord.Value) / 2] = value;
  return o as Owned;
}

/** Gives back everything in the free lists, in the order of CPython 3.12's clear_freelists. A full collection does so. */
export function clearFreeLists(h: Heap): void {
  const H = h.words;
  for (let i = 0; i < FreeListMax.TupleSize; i++) {
    H[FreeListRoot.TupleCounts + i] = 0;
    drain(h, FreeListRoot.TupleHeads + i, TupleWord.Items, freeObject);
  }
  H[FreeListRoot.FloatCount] = 0;
  drain(h, FreeListRoot.FloatHead, ObjectWord.Type, (heap, o) =>
    freeMetered(heap, o, FloatWord.Words, FloatWord.Bytes),
  );
  H[FreeListRoot.ListCount] = 0;
  drain(h, FreeListRoot.ListHead, ListWord.Items, freeObject);
  H[FreeListRoot.DictCount] = 0;
  drain(h, FreeListRoot.DictHead, DictWord.Keys, freeObject);
  H[FreeListRoot.KeysCount] = 0;
  drain(h, FreeListRoot.KeysHead, KeysWord.Version, freeKeptKeys);
}

function drain(h: Heap, head: number, link: number, give: (h: Heap, o: number) => void): void {
  const H = h.words;
  for (let o = H[head]; o !== 0; o = H[head]) {
    H[head] = H[o + link];
    give(h, o);
  }
}

function freeKeptKeys(h: Heap, keys: number): void {
  const words = keysWords(KEYS_LOG2_MIN, DictKeysKind.Unicode);
  freeMetered(h, keys, words, keysBytes(KEYS_LOG2_MIN, DictKeysKind.Unicode));
}

function takeList(h: Heap, type: Ref): Owned {
  const H = h.words;
  const o = H[FreeListRoot.ListHead];
  if (o === 0) return gcNew(h, type);
  H[FreeListRoot.ListHead] = H[o + ListWord.Items];
  H[FreeListRoot.ListCount]--;
  H[o + ListWord.Items] = 0;
  return revive(h, o);
}

/** Items of a new list; if there is no memory for them the list goes too. */
function allocItems(h: Heap, o: Owned, size: number): number {
  try {
    const items = alloc(h, size);
    h.words.fill(0, items, items + size);
    return items;
  } catch (error) {
    freeObject(h, o);
    throw error;
  }
}

function revive(h: Heap, o: number): Owned {
  const H = h.words;
  H[o] = 1;
  H[o + HeadWord.GcPrev] = 0;
  if (h.traces !== null) h.traces.renewed(o - GC_HEAD_WORDS, h.placeNow());
  return o as Owned;
}
