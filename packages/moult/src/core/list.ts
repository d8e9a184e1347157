/**
 * Lists: making, growing, taking apart. The type with its methods is in `objects/list/`.
 *
 * The items are a block of their own, `Allocated` words of which `Size` are in use. How many words there are follows
 * CPython 3.12's rules exactly, because `sys.getsizeof` shows it.
 */
import {
  alloc,
  beginDestroying,
  clearList,
  decref,
  Destroying,
  endDestroying,
  ListWord,
  newList as heapNewList,
  realloc,
  setRemaining,
  track,
  TupleWord,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictKeyAt, dictLength, dictNext } from './dict/index.ts';
import { moveWords } from './move-words.ts';
import type { Runtime } from './runtime.ts';
import { T } from './static.ts';
import { temp, untemp } from './temps.ts';
import { newTuple } from './tuple.ts';
import { listExtend } from './list-extend.ts';

export { listExtend } from './list-extend.ts';

/** More items than any heap holds. */
const MAX_ITEMS = 1 << 28;

/** A list of `size` empty words, tracked, to be filled before Python code can run. */
export function newList(rt: Runtime, size: number): Owned {
  if (size > MAX_ITEMS) rt.onOutOfMemory(size * 8);
  const list = heapNewList(rt, T.list, size);
  track(rt, list);
  return list;
}

/** An empty list with room for `size` items. Source: CPython 3.12 list_new_prealloc. */
export function newListPrealloc(rt: Runtime, size: number): Owned {
  const list = newList(rt, 0);
  try {
    if (size > 0) setRoom(rt, list, size);
  } catch (error) {
    decref(rt, list);
    throw error;
  }
  return list;
}

/** Gives a list without items' block room for exactly `size` items. */
function setRoom(rt: Runtime, list: Ref, size: number): void {
  if (size > MAX_ITEMS) rt.onOutOfMemory(size * 8);
  const items = alloc(rt, size);
  const H = rt.words;
  H[list + ListWord.Items] = items;
  H[list + ListWord.Allocated] = size;
}

/** Room for `size` items, made even, in a list that has no block yet. Source: CPython 3.12 list_preallocate_exact. */
export function listPreallocateExact(rt: Runtime, list: Ref, size: number): void {
  setRoom(rt, list, size + (size & 1));
}

/** A list of the references in `n` words from `base` on. Borrows them. */
export function listFromWords(rt: Runtime, base: number, n: number): Owned {
  const list = newList(rt, n);
  copyReferences(rt.words, base, rt.words[list + ListWord.Items], n);
  return list;
}

/** A list of the owned references in `n` words from `base` on. Takes them. */
export function listFromWordsTake(rt: Runtime, base: number, n: number): Owned {
  const list = newList(rt, n);
  const H = rt.words;
  const items = H[list + ListWord.Items];
  for (let i = 0; i < n; i++) H[items + i] = H[base + i];
  return list;
}

/** Copies `n` references and counts them. */
export function copyReferences(H: Int32Array, from: number, to: number, n: number): void {
  for (let i = 0; i < n; i++) {
    const o = H[from + i];
    if (H[o] >= 0) H[o]++;
    H[to + i] = o;
  }
}

/** A list of borrowed references. */
export function listOf(rt: Runtime, items: readonly Ref[]): Owned {
  const list = newList(rt, items.length);
  const H = rt.words;
  const base = H[list + ListWord.Items];
  for (let i = 0; i < items.length; i++) {
    if (H[items[i]] >= 0) H[items[i]]++;
    H[base + i] = items[i];
  }
  return list;
}

/** A list of owned references. Takes them. */
export function listTake(rt: Runtime, items: readonly Owned[]): Owned {
  const list = newList(rt, items.length);
  const H = rt.words;
  for (let i = 0; i < items.length; i++) H[H[list + ListWord.Items] + i] = items[i];
  return list;
}

/** The keys of a dict in order, as a list. */
export function newListFromDictKeys(rt: Runtime, dict: Ref): Owned {
  const H = rt.words;
  const list = newList(rt, dictLength(rt, dict));
  const base = H[list + ListWord.Items];
  let n = 0;
  for (let i = dictNext(rt, dict, 0); i >= 0; i = dictNext(rt, dict, i + 1)) {
    const key = dictKeyAt(rt, dict, i);
    if (H[key] >= 0) H[key]++;
    H[base + n++] = key;
  }
  return list;
}

/** `list(iterable)`. Source: CPython 3.12 PySequence_List. @runsPython */
export function listFromIterable(rt: Runtime, iterable: Ref): Owned {
  const list = temp(rt, newList(rt, 0));
  listExtend(rt, list, iterable);
  return untemp(rt, list);
}

/** Number of items. */
export function listLength(rt: Runtime, list: Ref): number {
  return rt.words[list + ListWord.Size];
}

/** Item `i`, borrowed. */
export function listItem(rt: Runtime, list: Ref, i: number): Ref {
  const H = rt.words;
  return H[H[list + ListWord.Items] + i];
}

/** Puts an owned reference at `i` and releases what was there. Takes `item`. @runsPython */
export function listSetItem(rt: Runtime, list: Ref, i: number, item: Owned): void {
  const H = rt.words;
  const at = H[list + ListWord.Items] + i;
  const old = H[at];
  H[at] = item;
  if (old !== 0) decref(rt, old);
}

/** Appends a reference. Borrows `item`. */
export function listAppend(rt: Runtime, list: Ref, item: Ref): void {
  const H = rt.words;
  if (H[item] >= 0) H[item]++;
  listAppendTake(rt, list, item as Owned);
}

/** Appends an owned reference. Takes `item`. */
export function listAppendTake(rt: Runtime, list: Ref, item: Owned): void {
  const H = rt.words;
  const size = H[list + ListWord.Size];
  if (size >= H[list + ListWord.Allocated]) growByOne(rt, list, item);
  H[H[list + ListWord.Items] + size] = item;
  H[list + ListWord.Size] = size + 1;
}

/** Without memory `item` is released. */
function growByOne(rt: Runtime, list: Ref, item: Owned): void {
  const H = rt.words;
  try {
    reallocate(rt, list, H[list + ListWord.Size] + 1);
  } catch (error) {
    decref(rt, item);
    throw error;
  }
}

/** Makes the list `size` items long, with CPython's over-allocation; new words are not filled. What is cut off must
 *  have been moved away. Source: CPython 3.12 list_resize. */
export function listResize(rt: Runtime, list: Ref, size: number): void {
  const H = rt.words;
  const allocated = H[list + ListWord.Allocated];
  if (allocated < size || size < allocated >> 1) reallocate(rt, list, size);
  H[list + ListWord.Size] = size;
}

function reallocate(rt: Runtime, list: Ref, size: number): void {
  if (size > MAX_ITEMS) rt.onOutOfMemory(size * 8);
  const H = rt.words;
  let room = (size + (size >> 3) + 6) & ~3;
  if (size - H[list + ListWord.Size] > room - size) room = (size + 3) & ~3;
  if (size === 0) room = 0;
  const items = realloc(rt, H[list + ListWord.Items], H[list + ListWord.Allocated], room);
  H[list + ListWord.Items] = items;
  H[list + ListWord.Allocated] = room;
}

/** Inserts a reference before index `i` (from the end when negative; clipped). Borrows `item`. */
export function listInsert(rt: Runtime, list: Ref, i: number, item: Ref): void {
  const H = rt.words;
  const size = H[list + ListWord.Size];
  listResize(rt, list, size + 1);
  let at = i < 0 ? i + size : i;
  if (at < 0) at = 0;
  if (at > size) at = size;
  const items = H[list + ListWord.Items];
  moveWords(H, items + at + 1, items + at, size - at);
  if (H[item] >= 0) H[item]++;
  H[items + at] = item;
}

/** Empties the list; it is empty before the first item dies. @runsPython */
export function listClear(rt: Runtime, list: Ref): void {
  clearList(rt, list);
}

/** Drops the items from `n` on and keeps the room they had. @runsPython */
export function listTruncate(rt: Runtime, list: Ref, n: number): void {
  const H = rt.words;
  const size = H[list + ListWord.Size];
  if (size <= n) return;
  H[list + ListWord.Size] = n;
  const start = H[list + ListWord.Items] + n;
  const depth = beginDestroying(rt, start, Destroying.Run + size - n);
  for (let i = size - n - 1; i >= 0; i--) {
    setRemaining(H, depth, i);
    decref(rt, H[start + i]);
  }
  endDestroying(rt, depth);
}

/** A list of the items from `low` up to `high`, which must be within the list. */
export function listSlice(rt: Runtime, list: Ref, low: number, high: number): Owned {
  return listFromWords(rt, rt.words[list + ListWord.Items] + low, Math.max(high - low, 0));
}

/** A tuple of the items. */
export function listAsTuple(rt: Runtime, list: Ref): Owned {
  const H = rt.words;
  const n = H[list + ListWord.Size];
  const tuple = newTuple(rt, n);
  copyReferences(H, H[list + ListWord.Items], tuple + TupleWord.Items, n);
  return tuple;
}
