/**
 * `list.sort`. While it runs the list is empty and its room is −1, so that a change by the program shows; the items wait in
 * their block, which the audit finds through the stack of runs. What is sorted are borrowed references in scratch words.
 */
import {
  alloc,
  beginDestroying,
  Destroying,
  endDestroying,
  free,
  ListWord,
  releaseRun,
  setRemaining,
} from '@moult/heap';
import type { Ref } from '@moult/heap';
import { call1 } from '../../../core/call.ts';
import { valueError } from '../../../core/errors.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { chooseOrder } from './less.ts';
import { newMergeState } from './merge.ts';
import { timsort } from './timsort.ts';

/** The list's items while they are being sorted. */
interface Saved {
  readonly list: Ref;
  readonly items: number;
  readonly size: number;
  readonly allocated: number;
  readonly depth: number;
}

const IN_SORT = -1;

/** Sorts a list in place. `key` 0: the items themselves are compared. Raises what comparisons raise (the list is then a
 *  permutation of what it was), ValueError if the list was modified meanwhile. @runsPython
 *  Source: CPython 3.12 list_sort_impl. */
export function listSort(rt: Runtime, list: Ref, key: Ref = 0, reverse = false): void {
  const saved = emptyList(rt, list);
  let modified = false;
  try {
    if (key !== 0) sortByKeys(rt, saved, key, reverse);
    else if (saved.size > 1) sortItems(rt, saved, saved.items, 0, reverse);
    modified = rt.words[list + ListWord.Allocated] !== IN_SORT;
  } finally {
    restoreList(rt, saved);
  }
  if (modified) valueError(rt, 'list modified during sort');
}

function emptyList(rt: Runtime, list: Ref): Saved {
  const H = rt.words;
  const items = H[list + ListWord.Items];
  const size = H[list + ListWord.Size];
  const saved = {
    list,
    items,
    size,
    allocated: H[list + ListWord.Allocated],
    depth: beginDestroying(rt, items, Destroying.Run + size),
  };
  H[list + ListWord.Size] = H[list + ListWord.Items] = 0;
  H[list + ListWord.Allocated] = IN_SORT;
  return saved;
}

/** Gives the list its items back and drops what the program put into it meanwhile. @runsPython */
function restoreList(rt: Runtime, saved: Saved): void {
  const H = rt.words;
  const { list } = saved;
  const items = H[list + ListWord.Items];
  const size = H[list + ListWord.Size];
  const allocated = H[list + ListWord.Allocated];
  H[list + ListWord.Size] = saved.size;
  H[list + ListWord.Items] = saved.items;
  H[list + ListWord.Allocated] = saved.allocated;
  endDestroying(rt, saved.depth);
  if (items === 0) return;
  releaseRun(rt, items, size);
  free(rt, items, allocated);
}

/** Calls the key function for every item first. The keys die in sorted order before the list has its items back. */
function sortByKeys(rt: Runtime, saved: Saved, key: Ref, reverse: boolean): void {
  const { size } = saved;
  if (size === 0) return;
  const keys = alloc(rt, size);
  let made = 0;
  try {
    made = makeKeys(rt, saved, keys, key, (n) => (made = n));
    if (size > 1) sortItems(rt, saved, keys, saved.items, reverse);
    rt.words.subarray(keys, keys + made).reverse();
  } finally {
    endDestroying(rt, saved.depth + 1);
    releaseRun(rt, keys, made);
    free(rt, keys, size);
  }
}

function makeKeys(rt: Runtime, saved: Saved, keys: number, key: Ref, note: (made: number) => void): number {
  const H = rt.words;
  const depth = beginDestroying(rt, keys, Destroying.Run);
  for (let i = 0; i < saved.size; i++) {
    H[keys + i] = call1(rt, key, H[saved.items + i]);
    note(i + 1);
    setRemaining(H, depth, i + 1);
  }
  return saved.size;
}

/** Sorts the words at `keys`, and those at `values` (0: none) along. The words change only at the end, or when a
 *  comparison raises. */
function sortItems(rt: Runtime, saved: Saved, keys: number, values: number, reverse: boolean): void {
  const H = rt.words;
  const n = saved.size;
  const half = (n >> 1) + 1;
  const rows = values === 0 ? 1 : 2;
  const nwords = rows * (n + half);
  const base = alloc(rt, nwords);
  const offset = values === 0 ? 0 : n + half;
  H.copyWithin(base, keys, keys + n);
  if (values !== 0) H.copyWithin(base + offset, values, values + n);
  const order = chooseOrder(rt, base, n);
  if (reverse) reverseRows(H, base, n, offset);
  try {
    timsort(newMergeState(rt, order, offset, base + n), base, n);
  } finally {
    if (reverse && values === 0) H.subarray(base, base + n).reverse();
    else if (reverse) H.subarray(base + offset, base + offset + n).reverse();
    H.copyWithin(keys, base, base + n);
    if (values !== 0) H.copyWithin(values, base + offset, base + offset + n);
    free(rt, base, nwords);
  }
}

function reverseRows(H: Int32Array, base: number, n: number, offset: number): void {
  H.subarray(base, base + n).reverse();
  if (offset !== 0) H.subarray(base + offset, base + offset + n).reverse();
}
