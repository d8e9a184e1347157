/** UNPACK_SEQUENCE and UNPACK_EX. */
import { clearWord, decref, ListWord, newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { caught, clearException, mark, pendingMatches, typeError, valueError } from '../core/errors.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { listExtend, newList } from '../core/list.ts';
import { iter, iterNext } from '../core/protocol/iterate.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { dropTemp, temp } from '../core/temps.ts';
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

/** `after` −1: no starred target. The values go to their places on the stack at once, the first one on top; the sequence
 *  and its iterator are temporaries meanwhile. Source: CPython 3.12 unpack_iterable. */
function unpackIterable(rt: Runtime, frame: number, sp: number, before: number, after: number): number {
  const H = rt.words;
  const sequence = temp(rt, H[sp - 1] as Owned);
  H[sp - 1] = 0;
  const it = temp(rt, iterate(rt, sequence));
  const n = after < 0 ? before : before + 1 + after;
  const end = sp - 1 + n;
  H.fill(0, sp - 1, end);
  H[frame + FrameWord.StackTop] = end - frame - FrameWord.LocalsPlus;
  try {
    takeFirst(rt, it, end, before, after);
    if (after >= 0) takeRest(rt, it, end - before, before, after);
    else requireEnd(rt, it, before);
  } catch (error) {
    for (let i = sp - 1; i < end; i++) clearWord(rt, i);
    throw error;
  }
  dropTemp(rt, it);
  dropTemp(rt, sequence);
  return end;
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

/** Puts the first values below the word `top`, downwards. */
function takeFirst(rt: Runtime, it: Ref, top: number, before: number, after: number): void {
  for (let i = 0; i < before; i++) {
    const item = iterNext(rt, it);
    if (item === 0) {
      const wanted = after < 0 ? `${before}` : `at least ${before + after}`;
      valueError(rt, `not enough values to unpack (expected ${wanted}, got ${i})`);
    }
    rt.words[top - 1 - i] = item;
  }
}

function requireEnd(rt: Runtime, it: Ref, before: number): void {
  const extra = iterNext(rt, it);
  if (extra === 0) return;
  decref(rt, extra);
  valueError(rt, `too many values to unpack (expected ${before})`);
}

/** Puts the list of the middle items below the word `top`, and the last `after` items below it. */
function takeRest(rt: Runtime, it: Ref, top: number, before: number, after: number): void {
  const H = rt.words;
  const rest = newList(rt, 0);
  H[top - 1] = rest;
  listExtend(rt, rest, it);
  const got = H[rest + ListWord.Size];
  if (got < after) {
    valueError(rt, `not enough values to unpack (expected at least ${before + after}, got ${before + got})`);
  }
  const items = H[rest + ListWord.Items];
  for (let i = 0; i < after; i++) {
    H[top - 2 - i] = H[items + got - after + i];
    H[items + got - after + i] = 0;
  }
  H[rest + ListWord.Size] = got - after;
}
