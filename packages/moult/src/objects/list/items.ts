/** `list[...]`: reading, assigning and deleting items and slices. */
import { alloc, decref, free, ListWord, newRef, ObjectWord, releaseRun } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { indexError, typeError, valueError } from '../../core/errors.ts';
import {
  copyReferences,
  listClear,
  listResize,
  listSetItem,
  listSlice,
  newList,
  newListPrealloc,
} from '../../core/list.ts';
import { moveWords } from '../../core/move-words.ts';
import { hasIndex, indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { fastItems, fastSize, sequenceFast } from '../../core/sequence-fast.ts';
import { adjustSlice, nearSlice, sliceIndices, unpackSlice } from '../../core/slice.ts';
import type { SliceRange } from '../../core/slice.ts';
import { T } from '../../core/static.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { kindName } from '../../core/types.ts';

/** `sq_item` */
export function listItemSlot(rt: Runtime, list: Ref, i: number): Owned {
  const H = rt.words;
  if (i < 0 || i >= H[list + ListWord.Size]) indexError(rt, 'list index out of range');
  const item = H[H[list + ListWord.Items] + i];
  if (H[item] >= 0) H[item]++;
  return item as Owned;
}

/** `sq_ass_item`; `value` 0 deletes. @runsPython */
export function listAssItem(rt: Runtime, list: Ref, i: number, value: Ref): void {
  const H = rt.words;
  if (i < 0 || i >= H[list + ListWord.Size]) indexError(rt, 'list assignment index out of range');
  if (value === 0) listAssSlice(rt, list, i, i + 1, 0);
  else listSetItem(rt, list, i, newRef(rt, value));
}

/** `list[key]` @runsPython */
export function listSubscript(rt: Runtime, list: Ref, key: Ref): Owned {
  const H = rt.words;
  if (H[key + ObjectWord.Type] === T.slice) return getSlice(rt, list, key);
  if (!hasIndex(rt, key)) typeError(rt, `list indices must be integers or slices, not ${kindName(rt, key)}`);
  const i = indexNumber(rt, key, T.IndexError);
  return listItemSlot(rt, list, i < 0 ? i + H[list + ListWord.Size] : i);
}

function getSlice(rt: Runtime, list: Ref, slice: Ref): Owned {
  const H = rt.words;
  const r =
    nearSlice(rt, slice, H[list + ListWord.Size]) ?? adjustSlice(unpackSlice(rt, slice), H[list + ListWord.Size]);
  const { start, step, count } = r;
  if (count <= 0) return newList(rt, 0);
  if (step === 1) return listSlice(rt, list, start, start + count);
  const result = newListPrealloc(rt, count);
  const from = H[list + ListWord.Items];
  const to = H[result + ListWord.Items];
  for (let i = 0, at = start; i < count; i++, at += step) H[to + i] = newRef(rt, H[from + at]);
  H[result + ListWord.Size] = count;
  return result;
}

/** `list[key] = value`; `value` 0 deletes. @runsPython */
export function listAssSubscript(rt: Runtime, list: Ref, key: Ref, value: Ref): void {
  const H = rt.words;
  if (H[key + ObjectWord.Type] === T.slice) return assignSlice(rt, list, key, value);
  if (!hasIndex(rt, key)) typeError(rt, `list indices must be integers or slices, not ${kindName(rt, key)}`);
  const i = indexNumber(rt, key, T.IndexError);
  listAssItem(rt, list, i < 0 ? i + H[list + ListWord.Size] : i, value);
}

function assignSlice(rt: Runtime, list: Ref, slice: Ref, value: Ref): void {
  const r = sliceIndices(rt, slice, rt.words[list + ListWord.Size]);
  if (r.step === 1) listAssSlice(rt, list, r.start, r.stop, value);
  else if (value === 0) deleteStepped(rt, list, r);
  else assignStepped(rt, list, slice, value);
}

/** Deletes every `step`-th item. The room shrinks before the items die, the first one first. */
function deleteStepped(rt: Runtime, list: Ref, r: SliceRange): void {
  const H = rt.words;
  const { count } = r;
  if (count <= 0) return;
  const step = Math.abs(r.step);
  const start = r.step < 0 ? r.start - (count - 1) * step : r.start;
  const size = H[list + ListWord.Size];
  const items = H[list + ListWord.Items];
  const garbage = alloc(rt, count);
  let to = items + start;
  for (let i = 0; i < count; i++) {
    const at = start + i * step;
    const next = i + 1 < count ? at + step : size;
    H[garbage + count - 1 - i] = H[items + at];
    H.copyWithin(to, items + at + 1, items + next);
    to += next - at - 1;
  }
  H[list + ListWord.Size] = size - count;
  listResize(rt, list, size - count);
  releaseBlock(rt, garbage, count);
}

/** Releases the references in a block, the last one first, and frees it. @runsPython */
function releaseBlock(rt: Runtime, block: number, count: number): void {
  releaseRun(rt, block, count);
  free(rt, block, count);
}

/** `list[start:stop:step] = value`. The limits are taken again after `value` was read, which may change the list. */
function assignStepped(rt: Runtime, list: Ref, slice: Ref, value: Ref): void {
  const H = rt.words;
  const own = list === value;
  const source = temp(
    rt,
    own
      ? listSlice(rt, value, 0, H[value + ListWord.Size])
      : sequenceFast(rt, value, 'must assign iterable to extended slice'),
  );
  const { start, step, count } = sliceIndices(rt, slice, H[list + ListWord.Size]);
  const n = fastSize(rt, source);
  if (n !== count) valueError(rt, `attempt to assign sequence of size ${n} to extended slice of size ${count}`);
  if (count > 0) storeStepped(rt, list, start, step, count, source);
  dropTemp(rt, source);
}

function storeStepped(rt: Runtime, list: Ref, start: number, step: number, count: number, source: Ref): void {
  const H = rt.words;
  const garbage = alloc(rt, count);
  const items = H[list + ListWord.Items];
  const from = fastItems(rt, source);
  for (let i = 0, at = start; i < count; i++, at += step) {
    H[garbage + count - 1 - i] = H[items + at];
    H[items + at] = newRef(rt, H[from + i]);
  }
  releaseBlock(rt, garbage, count);
}

/** Replaces the items from `low` up to `high` by those of an iterable; `value` 0 deletes them. What is replaced dies last,
 *  from its end. Source: CPython 3.12 list_ass_slice. @runsPython */
export function listAssSlice(rt: Runtime, list: Ref, low: number, high: number, value: Ref): void {
  if (value === 0) {
    replaceItems(rt, list, low, high, 0);
    return;
  }
  const H = rt.words;
  const source = temp(
    rt,
    value === list
      ? listSlice(rt, list, 0, H[list + ListWord.Size])
      : sequenceFast(rt, value, 'can only assign an iterable'),
  );
  replaceItems(rt, list, low, high, source);
  dropTemp(rt, source);
}

function replaceItems(rt: Runtime, list: Ref, low: number, high: number, source: Ref): void {
  const H = rt.words;
  const size = H[list + ListWord.Size];
  const from = Math.min(Math.max(low, 0), size);
  const old = Math.min(Math.max(high, from), size) - from;
  const n = source === 0 ? 0 : fastSize(rt, source);
  if (size + n - old === 0) return listClear(rt, list);
  if (old === 1 && n <= 1) return replaceOne(rt, list, from, n, source);
  const recycled = old === 0 ? 0 : alloc(rt, old);
  if (n > old) listResize(rt, list, size + n - old);
  let items = H[list + ListWord.Items];
  moveWords(H, recycled, items + from, old);
  moveWords(H, items + from + n, items + from + old, size - from - old);
  if (n < old) listResize(rt, list, size + n - old);
  items = H[list + ListWord.Items];
  if (n > 0) copyReferences(H, fastItems(rt, source), items + from, n);
  if (old > 0) releaseBlock(rt, recycled, old);
}

/** One item makes room for one or none: needs no block to keep it. */
function replaceOne(rt: Runtime, list: Ref, at: number, n: number, source: Ref): void {
  const H = rt.words;
  const items = H[list + ListWord.Items];
  const old = H[items + at];
  if (n === 1) {
    H[items + at] = newRef(rt, H[fastItems(rt, source)]);
  } else {
    const size = H[list + ListWord.Size];
    moveWords(H, items + at, items + at + 1, size - at - 1);
    listResize(rt, list, size - 1);
  }
  decref(rt, old);
}
