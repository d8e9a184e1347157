/** The module `_heapq`: lists as heaps, smallest or largest item first. */
import { ListWord, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { indexError, none, runtimeError, typeError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { listAppend, listItem, listLength, listResize, listTruncate } from '../../core/list.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import { compareBool } from '../../core/protocol/compare.ts';
import type { Runtime } from '../../core/runtime.ts';
import { dropTemp, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { argumentName, isList } from '../../core/types.ts';
import { plainLess } from '../plain-order.ts';

/** Whether `a` is to be nearer to the root than `b`. */
type Before = (rt: Runtime, a: Ref, b: Ref) => boolean;

const isLess: Before = (rt, a, b) => compareBool(rt, a, b, CompareOp.Lt);
const isMore: Before = (rt, a, b) => compareBool(rt, b, a, CompareOp.Lt);

const plainly = (rt: Runtime, before: Before, a: Ref, b: Ref): boolean | null =>
  before === isLess ? plainLess(rt, a, b) : plainLess(rt, b, a);

function requireList(rt: Runtime, name: string, heap: Ref, position: string): void {
  if (!isList(rt, heap)) typeError(rt, `${name}() argument${position} must be list, not ${argumentName(rt, heap)}`);
}

/** Compares the items at two places, which are held meanwhile. Raises RuntimeError if the list's length changed.
 *  @runsPython */
function compareAt(rt: Runtime, before: Before, heap: Ref, i: number, j: number): boolean {
  const H = rt.words;
  const nitems = H[heap + ListWord.Size];
  const items = H[heap + ListWord.Items];
  const known = plainly(rt, before, H[items + i], H[items + j]);
  if (known !== null) return known;
  const m = tempMark(rt);
  const a = temp(rt, newRef(rt, H[items + i]));
  const b = temp(rt, newRef(rt, H[items + j]));
  const result = before(rt, a, b);
  releaseTemps(rt, m);
  if (H[heap + ListWord.Size] !== nitems) runtimeError(rt, 'list changed size during iteration');
  return result;
}

function swap(rt: Runtime, heap: Ref, i: number, j: number): void {
  const H = rt.words;
  const items = H[heap + ListWord.Items];
  const kept = H[items + i];
  H[items + i] = H[items + j];
  H[items + j] = kept;
}

/** Moves the item at `start`… up from `place` until its parent is before it. @runsPython
 *  Source: CPython 3.12 siftdown. */
function siftDown(rt: Runtime, before: Before, heap: Ref, start: number, place: number): void {
  if (place >= listLength(rt, heap)) indexError(rt, 'index out of range');
  for (let at = place; at > start;) {
    const parent = (at - 1) >> 1;
    if (!compareAt(rt, before, heap, at, parent)) return;
    swap(rt, heap, parent, at);
    at = parent;
  }
}

/** Moves the item at `place` down to a leaf along the children that are before their siblings, then up where it belongs.
 *  @runsPython
 *  Source: CPython 3.12 siftup. */
function siftUp(rt: Runtime, before: Before, heap: Ref, place: number): void {
  const nitems = listLength(rt, heap);
  if (place >= nitems) indexError(rt, 'index out of range');
  const firstLeaf = nitems >> 1;
  let at = place;
  while (at < firstLeaf) {
    let child = 2 * at + 1;
    if (child + 1 < nitems && !compareAt(rt, before, heap, child, child + 1)) child++;
    swap(rt, heap, child, at);
    at = child;
  }
  siftDown(rt, before, heap, place, at);
}

/** Takes the last item off. Raises IndexError. */
function takeLast(rt: Runtime, heap: Ref): Owned {
  const n = listLength(rt, heap);
  if (n === 0) indexError(rt, 'index out of range');
  const last = newRef(rt, listItem(rt, heap, n - 1));
  listTruncate(rt, heap, n - 1);
  listResize(rt, heap, n - 1);
  return last;
}

/** Puts an item in the place of the root, which it gives. */
function replaceRoot(rt: Runtime, heap: Ref, item: Owned): Owned {
  const H = rt.words;
  const items = H[heap + ListWord.Items];
  const root = H[items] as Owned;
  H[items] = item;
  return root;
}

/** @runsPython
 *  Source: CPython 3.12 heappop_internal. */
function pop(rt: Runtime, before: Before, heap: Ref): Owned {
  const last = takeLast(rt, heap);
  if (listLength(rt, heap) === 0) return last;
  const root = temp(rt, replaceRoot(rt, heap, last));
  siftUp(rt, before, heap, 0);
  return untemp(rt, root);
}

/** @runsPython
 *  Source: CPython 3.12 heapreplace_internal. */
function replace(rt: Runtime, before: Before, heap: Ref, item: Ref): Owned {
  if (listLength(rt, heap) === 0) indexError(rt, 'index out of range');
  const root = temp(rt, replaceRoot(rt, heap, newRef(rt, item)));
  siftUp(rt, before, heap, 0);
  return untemp(rt, root);
}

/** How many items make the order of `heapify` matter to the processor's cache: CPython goes another way above. */
const CACHE_FRIENDLY_FROM = 2500;

/** Exchanges the two lowest bits' meaning: the largest power of two minus one within `n`.
 *  Source: CPython 3.12 keep_top_bit. */
function keepTopBit(n: number): number {
  return n === 0 ? 0 : 1 << (31 - Math.clz32(n));
}

/** @runsPython
 *  Source: CPython 3.12 heapify_internal. */
function heapify(rt: Runtime, before: Before, heap: Ref): void {
  const n = listLength(rt, heap);
  if (n > CACHE_FRIENDLY_FROM) return heapifyByFamilies(rt, before, heap, n);
  for (let i = (n >> 1) - 1; i >= 0; i--) siftUp(rt, before, heap, i);
}

/** Goes up from a parent to its own parent as soon as both of that one's children are done.
 *  Source: CPython 3.12 cache_friendly_heapify. */
function heapifyByFamilies(rt: Runtime, before: Before, heap: Ref, n: number): void {
  const half = n >> 1;
  const leftmost = keepTopBit(half + 1) - 1;
  const siftChain = (from: number): void => {
    for (let j = from; ; j >>= 1) {
      siftUp(rt, before, heap, j);
      if ((j & 1) === 0) return;
    }
  };
  for (let i = leftmost - 1; i >= half >> 1; i--) siftChain(i);
  for (let i = half - 1; i >= leftmost; i--) siftChain(i);
}

/** @runsPython */
function push(rt: Runtime, _module: Ref, heap: Ref, item: Ref): Owned {
  requireList(rt, 'heappush', heap, ' 1');
  listAppend(rt, heap, item);
  siftDown(rt, isLess, heap, 0, listLength(rt, heap) - 1);
  return none();
}

/** @runsPython
 *  Source: CPython 3.12 _heapq_heappushpop_impl. */
function pushPop(rt: Runtime, _module: Ref, heap: Ref, item: Ref): Owned {
  requireList(rt, 'heappushpop', heap, ' 1');
  if (listLength(rt, heap) === 0) return newRef(rt, item);
  const top = temp(rt, newRef(rt, listItem(rt, heap, 0)));
  if (!isLess(rt, top, item)) return newRef(rt, item);
  dropTemp(rt, top);
  return replace(rt, isLess, heap, item);
}

const popWith = (name: string, before: Before) => (rt: Runtime, _module: Ref, heap: Ref) => {
  requireList(rt, name, heap, '');
  return pop(rt, before, heap);
};

const heapifyWith = (name: string, before: Before) => (rt: Runtime, _module: Ref, heap: Ref) => {
  requireList(rt, name, heap, '');
  heapify(rt, before, heap);
  return none();
};

const replaceWith = (name: string, before: Before) => (rt: Runtime, _module: Ref, heap: Ref, item: Ref) => {
  requireList(rt, name, heap, ' 1');
  return replace(rt, before, heap, item);
};

const PUSH_POP_DOC =
  'Push item on the heap, then pop and return the smallest item from the heap.\n\nThe combined action runs more efficiently ' +
  'than heappush() followed by\na separate call to heappop().';

const REPLACE_DOC =
  'Pop and return the current smallest value, and add the new item.\n\nThis is more efficient than heappop() followed by ' +
  'heappush(), and can be\nmore appropriate when using a fixed-size heap.  Note that the value\nreturned may be larger than ' +
  'item!  That constrains reasonable uses of\nthis routine unless written as part of a conditional replacement:\n\n' +
  '    if item > heap[0]:\n        item = heapreplace(heap, item)';

defineModule({
  name: '_heapq',
  doc: 'Heap queue algorithm (a.k.a. priority queue).\n',
  functions: [
    native('heappush($module, heap, item, /)', push, { doc: 'Push item onto heap, maintaining the heap invariant.' }),
    native('heappushpop($module, heap, item, /)', pushPop, { doc: PUSH_POP_DOC }),
    native('heappop($module, heap, /)', popWith('heappop', isLess), {
      doc: 'Pop the smallest item off the heap, maintaining the heap invariant.',
    }),
    native('heapreplace($module, heap, item, /)', replaceWith('heapreplace', isLess), { doc: REPLACE_DOC }),
    native('heapify($module, heap, /)', heapifyWith('heapify', isLess), {
      doc: 'Transform list into a heap, in-place, in O(len(heap)) time.',
    }),
    native('_heappop_max($module, heap, /)', popWith('_heappop_max', isMore), { doc: 'Maxheap variant of heappop.' }),
    native('_heapify_max($module, heap, /)', heapifyWith('_heapify_max', isMore), {
      doc: 'Maxheap variant of heapify.',
    }),
    native('_heapreplace_max($module, heap, item, /)', replaceWith('_heapreplace_max', isMore), {
      doc: 'Maxheap variant of heapreplace.',
    }),
  ],
});
