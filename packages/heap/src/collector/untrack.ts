/** Containers that cannot be part of a cycle are taken from the collector's lists. */
import type { Heap } from '../heap.ts';
import { DictKeysKind, DictWord, EntryWord, KeysWord, TupleWord } from '../layout/containers.ts';
import type { Ref } from '../memory/ref.ts';
import { firstEntry, keysKind } from '../object/keys.ts';
import { mayBeTracked, untrack } from '../object/track.ts';

/** Untracks those of the surviving exact tuples that hold nothing that may be tracked.
 *  Source: CPython 3.12 gcmodule.c untrack_tuples. Differs: moveUnreachable has picked the tuples out. */
export function untrackTuples(h: Heap): void {
  const { survivors } = h;
  for (let i = 0; i < survivors.tupleCount; i++) {
    const o = survivors.tuples[i];
    if (!isPlainTuple(h, o)) continue;
    untrack(h, o);
    survivors.count--;
  }
}

/** Untracks those of the surviving exact dicts that hold nothing that may be tracked.
 *  Source: CPython 3.12 gcmodule.c untrack_dicts. Differs: moveUnreachable has picked the dicts out. */
export function untrackDicts(h: Heap): void {
  const { survivors } = h;
  for (let i = 0; i < survivors.dictCount; i++) {
    const o = survivors.dicts[i];
    if (!isPlainDict(h, o)) continue;
    untrack(h, o);
    survivors.count--;
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
