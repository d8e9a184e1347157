/** Containers that cannot be part of a cycle are taken from the collector's lists. */
import type { Heap } from '../heap.ts';
import { DictKeysKind, DictWord, EntryWord, KeysWord, TupleWord } from '../layout/containers.ts';
import { HeapRoot } from '../layout/heap-root.ts';
import { ObjectWord } from '../layout/object.ts';
import type { Ref } from '../memory/ref.ts';
import { firstEntry, keysKind } from '../object/keys.ts';
import { mayBeTracked, untrack } from '../object/track.ts';
import { fromGc } from './lists.ts';

/** Untracks the exact tuples of the list that hold nothing that may be tracked.
 *  Source: CPython 3.12 gcmodule.c untrack_tuples. */
export function untrackTuples(h: Heap, list: number): void {
  const H = h.words;
  const tuple = H[HeapRoot.TupleType];
  if (tuple === 0) return;
  for (let gc = H[list]; gc !== list; ) {
    const o = fromGc(gc);
    gc = H[gc];
    if (H[o + ObjectWord.Type] === tuple && isPlainTuple(h, o)) untrack(h, o);
  }
}

/** Untracks the exact dicts of the list that hold nothing that may be tracked.
 *  Source: CPython 3.12 gcmodule.c untrack_dicts. */
export function untrackDicts(h: Heap, list: number): void {
  const H = h.words;
  const dict = H[HeapRoot.DictType];
  if (dict === 0) return;
  for (let gc = H[list]; gc !== list; ) {
    const o = fromGc(gc);
    gc = H[gc];
    if (H[o + ObjectWord.Type] === dict && isPlainDict(h, o)) untrack(h, o);
  }
}

/** A tuple with a missing item is still being made: not plain. Source: CPython 3.12 _PyTuple_MaybeUntrack. */
function isPlainTuple(h: Heap, o: Ref): boolean {
  const H = h.words;
  for (let i = o + TupleWord.Items, end = i + H[o + TupleWord.Size]; i < end; i++) {
    if (H[i] === 0 || mayBeTracked(h, H[i])) return false;
  }
  return true;
}

/** Source: CPython 3.12 _PyDict_MaybeUntrack. */
function isPlainDict(h: Heap, o: Ref): boolean {
  const H = h.words;
  const keys = H[o + DictWord.Keys];
  if (keys === 0) return true;
  const count = H[keys + KeysWord.NumEntries];
  const values = H[o + DictWord.Values];
  if (values !== 0) return areUntracked(h, values, count, 1);
  const first = firstEntry(H, keys);
  if (keysKind(H, keys) !== DictKeysKind.General) {
    return areUntracked(h, first + EntryWord.UnicodeValue, count, EntryWord.UnicodeWords);
  }
  for (let entry = first, n = count; n > 0; n--, entry += EntryWord.GeneralWords) {
    const value = H[entry + EntryWord.Value];
    if (value !== 0 && (mayBeTracked(h, value) || mayBeTracked(h, H[entry + EntryWord.Key]))) return false;
  }
  return true;
}

function areUntracked(h: Heap, first: number, count: number, step: number): boolean {
  const H = h.words;
  for (let i = first, n = count; n > 0; n--, i += step) if (H[i] !== 0 && mayBeTracked(h, H[i])) return false;
  return true;
}
