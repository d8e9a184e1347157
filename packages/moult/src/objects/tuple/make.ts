/** Tuples from iterables, and tuples that grow while nobody else has them. */
import { decref, GC_HEAD_WORDS, isTracked, newRef, ObjectWord, realloc, track, TupleWord, untrack } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { listAsTuple } from '../../core/list.ts';
import { lengthHint } from '../../core/protocol/item.ts';
import { iter, iterNext } from '../../core/protocol/iterate.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { newTuple } from '../../core/tuple.ts';

const DEFAULT_HINT = 10;
const MAX_HINT = 1 << 28;

/** `tuple(iterable)`: an exact tuple is returned itself. The tuple is tracked, partly filled, while it grows, as in
 *  CPython. Source: CPython 3.12 PySequence_Tuple. @runsPython */
export function tupleFromIterable(rt: Runtime, iterable: Ref): Owned {
  const type = rt.words[iterable + ObjectWord.Type];
  if (type === T.tuple) return newRef(rt, iterable);
  if (type === T.list) return listAsTuple(rt, iterable);
  const m = tempMark(rt);
  const it = temp(rt, iter(rt, iterable));
  const hint = lengthHint(rt, iterable, DEFAULT_HINT);
  if (hint > MAX_HINT) rt.onOutOfMemory(hint * 8);
  return releaseKeeping(rt, m, fill(rt, it, hint));
}

function fill(rt: Runtime, it: Ref, hint: number): Owned {
  const H = rt.words;
  let room = hint;
  let tuple = temp(rt, newTuple(rt, room));
  let n = 0;
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
    if (n >= room) {
      room += 10;
      room += room >> 2;
      tuple = resizeTemp(rt, tuple, room);
    }
    H[tuple + TupleWord.Items + n++] = item;
  }
  if (n < room) tuple = resizeTemp(rt, tuple, n);
  return untemp(rt, tuple);
}

/** `tupleResize` of the newest temporary. */
function resizeTemp(rt: Runtime, tuple: Ref, size: number): Ref {
  const moved = tupleResize(rt, tuple as Owned, size);
  const H = rt.words;
  const top = H[RootNum.TempTop];
  H[top - 1] = moved;
  return moved;
}

/** Makes a tuple that only the caller has `size` items long; it may move. What is cut off is released, new words are 0.
 *  Takes `tuple`. Source: CPython 3.12 _PyTuple_Resize. */
export function tupleResize(rt: Runtime, tuple: Owned, size: number): Owned {
  const H = rt.words;
  const old = H[tuple + TupleWord.Size];
  if (old === size) return tuple;
  if (old === 0) return newTuple(rt, size);
  if (size === 0) {
    decref(rt, tuple);
    return newTuple(rt, 0);
  }
  if (isTracked(rt, tuple)) untrack(rt, tuple);
  for (let i = size; i < old; i++) {
    const item = H[tuple + TupleWord.Items + i];
    H[tuple + TupleWord.Items + i] = 0;
    if (item !== 0) decref(rt, item);
  }
  const before = GC_HEAD_WORDS + TupleWord.Items;
  const moved = realloc(rt, tuple - GC_HEAD_WORDS, before + old, before + size) + GC_HEAD_WORDS;
  if (size > old) H.fill(0, moved + TupleWord.Items + old, moved + TupleWord.Items + size);
  H[moved + TupleWord.Size] = size;
  track(rt, moved);
  return moved as Owned;
}
