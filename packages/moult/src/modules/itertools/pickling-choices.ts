/** `__reduce__` and `__setstate__` of `product`, `combinations` and their kin. Source: CPython 3.12 itertoolsmodule.c. */
import { newRef, ObjectWord, setWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import type { NativeDefinition } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S } from '../../core/static.ts';
import { newTuple, tupleFromTemps, tupleOf, tupleTake } from '../../core/tuple.ts';
import { argumentName, isTuple } from '../../core/types.ts';
import { temp, tempMark } from '../../core/temps.ts';
import { ChoiceWord as Word, PermutationsWord as PermWord, PRODUCT_STOPPED } from './layout.ts';
import { deprecatedReduce, deprecatedSetState, stateItems } from './pickling.ts';

/** A tuple of the `n` numbers of a block. */
function numbersOf(rt: Runtime, block: number, n: number): Owned {
  const tuple = temp(rt, newTuple(rt, n));
  for (let i = 0; i < n; i++) rt.words[tuple + TupleWord.Items + i] = newInt(rt, rt.words[block + i]);
  return newRef(rt, tuple);
}

function typeOf(rt: Runtime, o: Ref): Owned {
  return newRef(rt, rt.words[o + ObjectWord.Type]);
}

/** Requires a tuple of `n` indices. Raises ValueError. */
function requireIndices(rt: Runtime, state: Ref, n: number): void {
  if (!isTuple(rt, state) || rt.words[state + TupleWord.Size] !== n) valueError(rt, 'invalid arguments');
}

/** Number `i` of a state, brought between `least` and `most`; `least` wins. */
function clamped(rt: Runtime, state: Ref, i: number, least: number, most: number): number {
  return Math.max(Math.min(asSsize(rt, rt.words[state + TupleWord.Items + i]), most), least);
}

/** Makes the tuple in the word `at` the items of the pools that `poolAt` gives, at the indices in a block. @runsPython */
function setResult(rt: Runtime, at: number, indices: number, n: number, poolAt: (i: number) => Ref): void {
  const H = rt.words;
  const result = newTuple(rt, n);
  for (let i = 0; i < n; i++) {
    H[result + TupleWord.Items + i] = newRef(rt, H[poolAt(i) + TupleWord.Items + H[indices + i]]);
  }
  setWord(rt, at, result);
}

function productReduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const pools = H[o + Word.Pool];
  if (H[o + PRODUCT_STOPPED] !== 0)
    return tupleFromTemps(rt, tempMark(rt), temp(rt, typeOf(rt, o)), temp(rt, tupleOf(rt, S.EmptyTuple)));
  if (H[o + Word.Result] === 0) return tupleTake(rt, typeOf(rt, o), newRef(rt, pools));
  const state = numbersOf(rt, H[o + Word.Indices], H[pools + TupleWord.Size]);
  return tupleTake(rt, typeOf(rt, o), newRef(rt, pools), state);
}

function productSetState(rt: Runtime, o: Ref, state: Ref): void {
  const H = rt.words;
  const pools = H[o + Word.Pool] + TupleWord.Items;
  const n = H[H[o + Word.Pool] + TupleWord.Size];
  requireIndices(rt, state, n);
  for (let i = 0; i < n; i++) {
    const size = H[H[pools + i] + TupleWord.Size];
    const index = clamped(rt, state, i, 0, size - 1);
    if (size === 0) {
      H[o + PRODUCT_STOPPED] = 1;
      return;
    }
    H[H[o + Word.Indices] + i] = index;
  }
  setResult(rt, o + Word.Result, H[o + Word.Indices], n, (i) => H[pools + i]);
}

function choiceReduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const r = H[o + Word.Length];
  const stopped = H[o + Word.Result] !== 0 && H[o + Word.Stopped] !== 0;
  const pool = stopped ? S.EmptyTuple : H[o + Word.Pool];
  const args = tupleFromTemps(rt, tempMark(rt), temp(rt, newRef(rt, pool)), temp(rt, newInt(rt, r)));
  if (stopped || H[o + Word.Result] === 0) return tupleTake(rt, typeOf(rt, o), args);
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, typeOf(rt, o)),
    temp(rt, args),
    temp(rt, numbersOf(rt, H[o + Word.Indices], r)),
  );
}

/** `most` is the largest index for place `i` of `r` in a pool of `n`. A choice that is over stays so. */
function choiceSetState(most: (i: number, n: number, r: number) => number) {
  return (rt: Runtime, o: Ref, state: Ref): void => {
    const H = rt.words;
    const pool = H[o + Word.Pool];
    const r = H[o + Word.Length];
    requireIndices(rt, state, r);
    if (H[o + Word.Stopped] !== 0) return;
    const n = H[pool + TupleWord.Size];
    for (let i = 0; i < r; i++) H[H[o + Word.Indices] + i] = clamped(rt, state, i, 0, most(i, n, r));
    setResult(rt, o + Word.Result, H[o + Word.Indices], r, () => pool);
  };
}

function permutationsReduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const r = H[o + PermWord.Length];
  const stopped = H[o + PermWord.Result] !== 0 && H[o + PermWord.Stopped] !== 0;
  const pool = stopped ? S.EmptyTuple : H[o + PermWord.Pool];
  const args = tupleFromTemps(rt, tempMark(rt), temp(rt, newRef(rt, pool)), temp(rt, newInt(rt, r)));
  if (stopped || H[o + PermWord.Result] === 0) return tupleTake(rt, typeOf(rt, o), args);
  const indices = numbersOf(rt, H[o + PermWord.Indices], H[pool + TupleWord.Size]);
  const cycles = numbersOf(rt, H[o + PermWord.Cycles], r);
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, typeOf(rt, o)),
    temp(rt, args),
    temp(rt, tupleTake(rt, indices, cycles)),
  );
}

function permutationsSetState(rt: Runtime, o: Ref, state: Ref): void {
  const H = rt.words;
  const [indices, cycles] = stateItems(rt, state, 2, 2);
  [indices, cycles].forEach((part, i) => {
    if (!isTuple(rt, part)) typeError(rt, `argument ${i + 1} must be tuple, not ${argumentName(rt, part)}`);
  });
  const pool = H[o + PermWord.Pool];
  const n = H[pool + TupleWord.Size];
  const r = H[o + PermWord.Length];
  requireIndices(rt, indices, n);
  requireIndices(rt, cycles, r);
  if (H[o + PermWord.Stopped] !== 0) return;
  for (let i = 0; i < n; i++) H[H[o + PermWord.Indices] + i] = clamped(rt, indices, i, 0, n - 1);
  for (let i = 0; i < r; i++) H[H[o + PermWord.Cycles] + i] = clamped(rt, cycles, i, 1, n - i);
  setResult(rt, o + PermWord.Result, H[o + PermWord.Indices], r, () => pool);
}

const choices = (most: (i: number, n: number, r: number) => number): readonly NativeDefinition[] => [
  deprecatedReduce(choiceReduce),
  deprecatedSetState(choiceSetState(most)),
];

export const PRODUCT_PICKLING = [deprecatedReduce(productReduce), deprecatedSetState(productSetState)];
export const COMBINATIONS_PICKLING = choices((i, n, r) => i + n - r);
export const REPLACEMENT_PICKLING = choices((_i, n) => n - 1);
export const PERMUTATIONS_PICKLING = [deprecatedReduce(permutationsReduce), deprecatedSetState(permutationsSetState)];
