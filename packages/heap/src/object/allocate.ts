/**
 * New objects. Each starts with count 1, its type, and zeros; the maker fills it and then calls `track` if its type is
 * collected. A collection never runs here: a due one is only asked for.
 */
import { allocMetered } from '../alloc/alloc.ts';
import type { Heap } from '../heap.ts';
import { GC_HEAD_WORDS, HeadWord, ObjectWord, PRE_HEADER_WORDS } from '../layout/object.ts';
import { TypeFlag, TypeWord } from '../layout/type.ts';
import type { Owned, Ref } from '../memory/ref.ts';
import { incref } from './refcount.ts';
import { bodyBytes, bodyWords, headWords } from './size.ts';
import { countAllocation, track } from './track.ts';

/** Up to here a loop is faster than the call of `fill`. */
const SHORT_WORDS = 64;

/** An object that is not collected, of `nwords` zeroed words metered `nbytes` (8 a word unless given).
 *  `nbytes` is for bodies whose words differ from CPython's. */
export function allocObject(h: Heap, type: Ref, nwords: number, nbytes = nwords << 3): Owned {
  const H = h.words;
  const o = allocMetered(h, nwords, nbytes);
  for (let i = o + ObjectWord.Size, end = o + nwords; i < end; i++) H[i] = 0;
  H[o] = 1;
  H[o + ObjectWord.Type] = type;
  if ((H[type + TypeWord.Flags] & TypeFlag.HeapType) !== 0) incref(h, type);
  return o as Owned;
}

/** A collected object of a type without inline items; not yet tracked. */
export function gcNew(h: Heap, type: Ref): Owned {
  const H = h.words;
  const before =
    (H[type + TypeWord.Flags] & TypeFlag.PreHeader) !== 0 ? GC_HEAD_WORDS + PRE_HEADER_WORDS : GC_HEAD_WORDS;
  const nwords = before + H[type + TypeWord.BasicWords];
  const block = allocMetered(h, nwords, ((H[type + TypeWord.BasicSize] + 7) & -8) + (before << 3));
  const o = initObject(h, block + before, type);
  H[o + HeadWord.GcNext] = H[o + HeadWord.GcPrev] = 0;
  if (before > GC_HEAD_WORDS) H[o + HeadWord.DictOrValues] = H[o + HeadWord.WeakList] = 0;
  for (let i = o + ObjectWord.Size, end = block + nwords; i < end; i++) H[i] = 0;
  countAllocation(h);
  return o;
}

/** A collected object with `size` inline items, its size word set; not yet tracked.
 *  Source: CPython 3.12 _PyObject_GC_NewVar. */
export function gcNewVar(h: Heap, type: Ref, size: number): Owned {
  const H = h.words;
  const before = headWords(h, type);
  const nwords = before + bodyWords(h, type, size);
  const block = allocMetered(h, nwords, bodyBytes(h, type, size) + (before << 3));
  if (nwords > SHORT_WORDS) H.fill(0, block, block + nwords);
  else for (let i = block, end = block + nwords; i < end; i++) H[i] = 0;
  const o = initObject(h, block + before, type);
  H[o + ObjectWord.Size] = size;
  countAllocation(h);
  return o;
}

/** What `tp_alloc` of most types does: an instance with `size` items (0 if it has none), tracked if it is collected.
 *  Source: CPython 3.12 PyType_GenericAlloc. */
export function genericAlloc(h: Heap, type: Ref, size = 0): Owned {
  const H = h.words;
  const collected = (H[type + TypeWord.Flags] & TypeFlag.HaveGc) !== 0;
  if (H[type + TypeWord.ItemWords] !== 0) return allocWithItems(h, type, size, collected);
  if (!collected) return allocObject(h, type, H[type + TypeWord.BasicWords], (H[type + TypeWord.BasicSize] + 7) & -8);
  const o = gcNew(h, type);
  track(h, o);
  return o;
}

function allocWithItems(h: Heap, type: Ref, size: number, collected: boolean): Owned {
  const o = collected
    ? gcNewVar(h, type, size)
    : allocObject(h, type, bodyWords(h, type, size), bodyBytes(h, type, size));
  if (collected) track(h, o);
  else h.words[o + ObjectWord.Size] = size;
  return o;
}

function initObject(h: Heap, o: number, type: Ref): Owned {
  const H = h.words;
  H[o] = 1;
  H[o + ObjectWord.Type] = type;
  if ((H[type + TypeWord.Flags] & TypeFlag.HeapType) !== 0) incref(h, type);
  return o as Owned;
}
