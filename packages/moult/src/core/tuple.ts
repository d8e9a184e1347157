/** Making tuples. The type is in `objects/tuple.ts`. */
import { decref, newRef, newTuple as heapNewTuple, track, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import type { Runtime } from './runtime.ts';
import { S, T } from './static.ts';
import { releaseTemps } from './temps.ts';

/** A tuple of `size` empty words, tracked, to be filled before Python code can run; the shared one for size 0. */
export function newTuple(rt: Runtime, size: number): Owned {
  if (size === 0) return S.EmptyTuple as Ref as Owned;
  const tuple = heapNewTuple(rt, T.tuple, size);
  track(rt, tuple);
  return tuple;
}

/** A tuple of the references in `n` words from `base` on. Borrows them. */
export function tupleFromWords(rt: Runtime, base: number, n: number): Owned {
  const tuple = newTuple(rt, n);
  const H = rt.words;
  for (let i = 0; i < n; i++) {
    const o = H[base + i];
    if (H[o] >= 0) H[o]++;
    H[tuple + TupleWord.Items + i] = o;
  }
  return tuple;
}

/** A tuple of owned references. Takes them. Only the last one may be made among the arguments: the others would be lost if there
 *  were no memory for it (`tupleFromTemps` is for those). */
export function tupleTake(rt: Runtime, ...items: Owned[]): Owned {
  const tuple = newTupleOrRelease(rt, items);
  const H = rt.words;
  for (let i = 0; i < items.length; i++) H[tuple + TupleWord.Items + i] = items[i];
  return tuple;
}

/** A tuple for these items, which are released if there is no memory. */
function newTupleOrRelease(rt: Runtime, items: readonly Owned[]): Owned {
  try {
    return newTuple(rt, items.length);
  } catch (error) {
    for (const o of items) decref(rt, o);
    throw error;
  }
}

/** A tuple of several new objects, which are temporaries above `mark`; all of those are released. The objects may be made in the
 *  arguments: `tupleFromTemps(rt, tempMark(rt), temp(rt, newInt(rt, 1)), temp(rt, newInt(rt, 2)))`. */
export function tupleFromTemps(rt: Runtime, mark: number, ...made: readonly Ref[]): Owned {
  const H = rt.words;
  const tuple = newTuple(rt, made.length);
  for (let i = 0; i < made.length; i++) H[tuple + TupleWord.Items + i] = newRef(rt, made[i]);
  releaseTemps(rt, mark);
  return tuple;
}

/** A tuple of borrowed references. */
export function tupleOf(rt: Runtime, ...items: Ref[]): Owned {
  const H = rt.words;
  for (const o of items) if (H[o] >= 0) H[o]++;
  return tupleTake(rt, ...(items as Owned[]));
}

export function tupleSize(rt: Runtime, tuple: Ref): number {
  return rt.words[tuple + TupleWord.Size];
}

/** Item `i`, borrowed. */
export function tupleItem(rt: Runtime, tuple: Ref, i: number): Ref {
  return rt.words[tuple + TupleWord.Items + i];
}
