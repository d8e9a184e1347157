/**
 * MemoryError. Instances are made in advance and reused, since there may be no memory when one is needed: a chain through
 * the dict words hangs from `RootRef.MemoryErrors`, each link owning the next. One more, shared, is for when it is empty.
 */
import { freeObject, newRef, ObjectWord, track, untrack } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { restoreException } from '../../core/errors.ts';
import { onConnect, onFill } from '../../core/installers.ts';
import { ExcWord } from '../../core/layout/exceptions.ts';
import { RootRef } from '../../core/roots.ts';
import { PYTHON_THROW } from '../../core/runtime.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { defineType } from '../../core/type-spec.ts';
import { allocException } from './arguments.ts';
import { baseExceptionInit } from './base.ts';
import { clearBase, exceptionParts } from './layout.ts';

/** Instances kept, as in CPython. */
const MAX_KEPT = 16;

function memoryErrorNew(rt: Runtime, type: Ref, args: Ref, _kwargs: Ref): Owned {
  const kept = type === T.MemoryError ? takeKept(rt) : 0;
  if (kept === 0) return allocException(rt, type, args);
  rt.words[kept + ExcWord.Args] = newRef(rt, args);
  track(rt, kept);
  return kept;
}

/** An instance made in advance, without arguments and untracked; 0 if there is none. */
function takeKept(rt: Runtime): Owned | 0 {
  const H = rt.words;
  const kept = H[RootRef.MemoryErrors];
  if (kept === 0) return 0;
  H[RootRef.MemoryErrors] = H[kept + ExcWord.Dict];
  H[kept + ExcWord.Dict] = 0;
  H[kept + ExcWord.SuppressContext] = 0;
  return kept as Owned;
}

/** Source: CPython 3.12 MemoryError_dealloc. @runsPython */
function deallocMemoryError(rt: Runtime, o: Ref): void {
  const H = rt.words;
  untrack(rt, o);
  clearBase(rt, o);
  if (H[o + ObjectWord.Type] !== T.MemoryError || keptCount(rt) >= MAX_KEPT) freeObject(rt, o);
  else keep(rt, o);
}

function keep(rt: Runtime, o: Ref): void {
  const H = rt.words;
  H[o] = 1;
  H[o + ExcWord.Dict] = H[RootRef.MemoryErrors];
  H[RootRef.MemoryErrors] = o;
}

function keptCount(rt: Runtime): number {
  let n = 0;
  for (let o = rt.words[RootRef.MemoryErrors]; o !== 0; o = rt.words[o + ExcWord.Dict]) n++;
  return n;
}

/** Raises MemoryError without allocating. */
function raiseMemoryError(rt: Runtime): never {
  const H = rt.words;
  const kept = takeKept(rt);
  if (kept !== 0) {
    H[kept + ExcWord.Args] = S.EmptyTuple;
    track(rt, kept);
  }
  restoreException(rt, kept !== 0 ? kept : newRef(rt, H[RootRef.LastMemoryError]));
  throw PYTHON_THROW;
}

function prepare(rt: Runtime): void {
  const H = rt.words;
  H[RootRef.LastMemoryError] = allocException(rt, T.MemoryError, 0);
  const made: Owned[] = [];
  for (let i = 0; i < MAX_KEPT; i++) made.push(allocException(rt, T.MemoryError, 0));
  for (const o of made) {
    untrack(rt, o);
    H[o + ExcWord.Args] = 0;
    keep(rt, o);
  }
}

onFill(prepare);
onConnect((rt) => {
  rt.onOutOfMemory = () => raiseMemoryError(rt);
});

defineType({
  ref: T.MemoryError,
  name: 'MemoryError',
  base: T.Exception,
  ...exceptionParts([]),
  dealloc: deallocMemoryError,
  doc: 'There is no memory left.',
  slots: { new: memoryErrorNew, init: baseExceptionInit },
});
