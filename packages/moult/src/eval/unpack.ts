/** UNPACK_SEQUENCE and UNPACK_EX. */
import { decref, ListWord, newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { caught, clearException, mark, pendingMatches, typeError, valueError } from '../core/errors.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { listAppendTake, listExtend, listTruncate, newList } from '../core/list.ts';
import { iter, iterNext } from '../core/protocol/iterate.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { temp, untemp } from '../core/temps.ts';
import { isIterable, kindName } from '../core/types.ts';

/** sequence → its `n` values, the first on top. @runsPython */
export function unpackSequence(rt: Runtime, frame: number, sp: number, n: number): number {
  const H = rt.words;
  const sequence = H[sp - 1];
  const isTuple = H[sequence + ObjectWord.Type] === T.tuple;
  if ((isTuple || H[sequence + ObjectWord.Type] === T.list) && H[sequence + TupleWord.Size] === n) {
    const items = isTuple ? sequence + TupleWord.Items : H[sequence + ListWord.Items];
    return spread(rt, frame, sp, sequence, items, n);
  }
  return unpackIterable(rt, frame, sp, n, -1);
}

/** Replaces the sequence on top by new references to `n` items in words. */
function spread(rt: Runtime, frame: number, sp: number, sequence: Ref, items: number, n: number): number {
  const H = rt.words;
  const last = sp - 2 + n;
  for (let i = 0; i < n; i++) H[last - i] = newRef(rt, H[items + i]);
  H[frame + FrameWord.StackTop] = last + 1 - frame - FrameWord.LocalsPlus;
  decref(rt, sequence);
  return last + 1;
}

/** iterable → `before` values, a list, `after` values; the first on top. @runsPython */
export function unpackExtended(rt: Runtime, frame: number, sp: number, arg: number): number {
  return unpackIterable(rt, frame, sp, arg & 0xff, arg >> 8);
}

/** Collects in a list first (it is on the temporaries' stack, so that a failure releases everything); `after` −1: no starred target. */
function unpackIterable(rt: Runtime, frame: number, sp: number, before: number, after: number): number {
  const H = rt.words;
  const sequence = H[sp - 1];
  const it = temp(rt, iterate(rt, sequence));
  const values = temp(rt, newList(rt, 0));
  takeFirst(rt, it, values, before, after);
  if (after >= 0) takeRest(rt, it, values, before, after);
  else requireEnd(rt, it, before);
  const n = after < 0 ? before : before + 1 + after;
  const at = sp - 1;
  H[at] = 0;
  const items = H[values + ListWord.Items];
  for (let i = 0; i < n; i++) {
    H[at + n - 1 - i] = H[items + i];
    H[items + i] = 0;
  }
  H[values + ListWord.Size] = 0;
  H[frame + FrameWord.StackTop] = at + n - frame - FrameWord.LocalsPlus;
  decref(rt, untemp(rt, values));
  decref(rt, untemp(rt, it));
  decref(rt, sequence);
  return at + n;
}

function iterate(rt: Runtime, sequence: Ref): Owned {
  const m = mark(rt);
  try {
    return iter(rt, sequence);
  } catch (error) {
    caught(rt, error, m);
    if (pendingMatches(rt, T.TypeError) && !isIterable(rt, sequence)) {
      clearException(rt);
      typeError(rt, `cannot unpack non-iterable ${kindName(rt, sequence)} object`);
    }
    throw error;
  }
}

function takeFirst(rt: Runtime, it: Ref, values: Ref, before: number, after: number): void {
  for (let i = 0; i < before; i++) {
    const item = iterNext(rt, it);
    if (item === 0) {
      const wanted = after < 0 ? `${before}` : `at least ${before + after}`;
      valueError(rt, `not enough values to unpack (expected ${wanted}, got ${i})`);
    }
    listAppendTake(rt, values, item);
  }
}

function requireEnd(rt: Runtime, it: Ref, before: number): void {
  const extra = iterNext(rt, it);
  if (extra === 0) return;
  decref(rt, extra);
  valueError(rt, `too many values to unpack (expected ${before})`);
}

/** Appends the list of the middle items, then the last `after` items. */
function takeRest(rt: Runtime, it: Ref, values: Ref, before: number, after: number): void {
  const H = rt.words;
  const rest = temp(rt, newList(rt, 0));
  listExtend(rt, rest, it);
  const got = H[rest + ListWord.Size];
  if (got < after) {
    valueError(rt, `not enough values to unpack (expected at least ${before + after}, got ${before + got})`);
  }
  listAppendTake(rt, values, newRef(rt, rest));
  for (let i = got - after; i < got; i++) listAppendTake(rt, values, newRef(rt, H[H[rest + ListWord.Items] + i]));
  listTruncate(rt, rest, got - after);
  decref(rt, untemp(rt, rest));
}
