/** Any iterable as an exact list or tuple, whose items lie in a row. */
import { ListWord, newRef, ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { caught, clearException, mark, pendingMatches, typeError } from './errors.ts';
import { listFromIterable } from './list.ts';
import { iter } from './protocol/iterate.ts';
import type { Runtime } from './runtime.ts';
import { T } from './static.ts';
import { releaseKeeping, temp, tempMark } from './temps.ts';

/** `o` itself if it is an exact list or tuple, else a list of its items. Raises TypeError with `message` if it cannot be
 *  iterated. Source: CPython 3.12 PySequence_Fast. @runsPython */
export function sequenceFast(rt: Runtime, o: Ref, message: string): Owned {
  const type = rt.words[o + ObjectWord.Type];
  if (type === T.list || type === T.tuple) return newRef(rt, o);
  const m = tempMark(rt);
  const it = temp(rt, iterateOr(rt, o, message));
  return releaseKeeping(rt, m, listFromIterable(rt, it));
}

function iterateOr(rt: Runtime, o: Ref, message: string): Owned {
  const H = rt.words;
  if (H[H[o + ObjectWord.Type] + TypeWord.Iter] === 0 && H[H[o + ObjectWord.Type] + TypeWord.SqItem] === 0)
    typeError(rt, message);
  const m = mark(rt);
  try {
    return iter(rt, o);
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.TypeError)) throw error;
    clearException(rt);
    return typeError(rt, message);
  }
}

/** Number of items of an exact list or tuple. */
export function fastSize(rt: Runtime, sequence: Ref): number {
  return rt.words[sequence + TupleWord.Size];
}

/** Index of the first item's word; stale once Python has run. */
export function fastItems(rt: Runtime, sequence: Ref): number {
  const H = rt.words;
  return H[sequence + ObjectWord.Type] === T.tuple ? sequence + TupleWord.Items : H[sequence + ListWord.Items];
}

/** Item `i`, borrowed. */
export function fastItem(rt: Runtime, sequence: Ref, i: number): Ref {
  return rt.words[fastItems(rt, sequence) + i];
}
