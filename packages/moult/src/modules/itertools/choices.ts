/**
 * `product`, `combinations`, `combinations_with_replacement`, `permutations`. Indices are blocks of plain numbers. The tuple
 * handed out last is changed in place for the next time if nobody else has it.
 */
import {
  alloc,
  deallocFixed,
  decref,
  free,
  isTracked,
  newRef,
  ObjectWord,
  setWord,
  track,
  TupleWord,
  TypeWord,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { bindNew, parameters } from '../../core/bind-new.ts';
import { dictGetText, dictKeyAt, dictLength, dictNext } from '../../core/dict/index.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { onConnect } from '../../core/installers.ts';
import { newInt } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { orRelease, temp, untemp } from '../../core/temps.ts';
import { newTuple, tupleFromWords } from '../../core/tuple.ts';
import { isInstance, isInt } from '../../core/types.ts';
import { tupleFromIterable } from '../../objects/tuple.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { defineIterator } from './define.ts';
import {
  ChoiceWord as Word,
  COMBINATIONS,
  COMBINATIONS_WITH_REPLACEMENT,
  PERMUTATIONS,
  PermutationsWord as PermWord,
  PRODUCT,
  PRODUCT_STOPPED,
} from './layout.ts';
import {
  COMBINATIONS_PICKLING,
  PERMUTATIONS_PICKLING,
  PRODUCT_PICKLING,
  REPLACEMENT_PICKLING,
} from './pickling-choices.ts';

/** A block of `n` numbers. */
function numbers(rt: Runtime, n: number, value: (i: number) => number): number {
  const block = alloc(rt, n);
  for (let i = 0; i < n; i++) rt.words[block + i] = value(i);
  return block;
}

/** The tuple in the word `at`, to be changed: itself if nobody else has it, else a copy that replaces it. @runsPython */
function ownResult(rt: Runtime, at: number): Ref {
  const H = rt.words;
  const result = H[at];
  if (H[result] > 1) setWord(rt, at, tupleFromWords(rt, result + TupleWord.Items, H[result + TupleWord.Size]));
  else if (result !== S.EmptyTuple && !isTracked(rt, result)) track(rt, result);
  return H[at];
}

/** `result[i] = pool[index]` @runsPython */
function put(rt: Runtime, result: Ref, i: number, pool: Ref, index: number): void {
  const H = rt.words;
  const old = H[result + TupleWord.Items + i];
  H[result + TupleWord.Items + i] = newRef(rt, H[pool + TupleWord.Items + index]);
  if (old !== 0) decref(rt, old);
}

/** A first result of `r` items of the pool, at the indices in a block; kept in the word `at`. */
function firstResult(rt: Runtime, at: number, pool: Ref, indices: number, r: number): Owned {
  const H = rt.words;
  const result = newTuple(rt, r);
  for (let i = 0; i < r; i++) H[result + TupleWord.Items + i] = newRef(rt, H[pool + TupleWord.Items + H[indices + i]]);
  H[at] = result;
  return newRef(rt, result);
}

function stop(rt: Runtime, o: Ref, word: number): 0 {
  rt.words[o + word] = 1;
  return 0;
}

/** Source: CPython 3.12 product_new. @runsPython */
function productNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const repeat = kwargs === 0 || dictLength(rt, kwargs) === 0 ? 1 : repeatOption(rt, kwargs);
  const nargs = repeat === 0 ? 0 : H[args + TupleWord.Size];
  const n = nargs * repeat;
  if (n > 1 << 28) rt.onOutOfMemory(8 * n);
  const pools = temp(rt, newTuple(rt, n));
  for (let i = 0; i < nargs; i++) H[pools + TupleWord.Items + i] = tupleFromIterable(rt, H[args + TupleWord.Items + i]);
  for (let i = nargs; i < n; i++) H[pools + TupleWord.Items + i] = newRef(rt, H[pools + TupleWord.Items + i - nargs]);
  const o = allocInstance(rt, type, 0);
  H[o + Word.Pool] = untemp(rt, pools);
  H[o + Word.Indices] = orRelease(rt, o, () => numbers(rt, n, () => 0));
  return o;
}

function repeatOption(rt: Runtime, kwargs: Ref): number {
  const value = dictGetText(rt, kwargs, 'repeat');
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    const name = strText(rt, dictKeyAt(rt, kwargs, i));
    if (name !== 'repeat') typeError(rt, `'${name}' is an invalid keyword argument for product()`);
  }
  const repeat = asSsize(rt, value);
  return repeat < 0 ? valueError(rt, 'repeat argument cannot be negative') : repeat;
}

function productNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  if (H[o + PRODUCT_STOPPED] !== 0) return 0;
  const pools = H[o + Word.Pool] + TupleWord.Items;
  const n = H[H[o + Word.Pool] + TupleWord.Size];
  if (H[o + Word.Result] === 0) return firstProduct(rt, o, pools, n);
  const result = ownResult(rt, o + Word.Result);
  const indices = H[o + Word.Indices];
  let i = n - 1;
  for (; i >= 0; i--) {
    const pool = H[pools + i];
    const next = H[indices + i] + 1;
    const rolled = next === H[pool + TupleWord.Size];
    H[indices + i] = rolled ? 0 : next;
    put(rt, result, i, pool, H[indices + i]);
    if (!rolled) break;
  }
  return i < 0 ? stop(rt, o, PRODUCT_STOPPED) : newRef(rt, result);
}

function firstProduct(rt: Runtime, o: Ref, pools: number, n: number): Owned | 0 {
  const H = rt.words;
  const result = newTuple(rt, n);
  H[o + Word.Result] = result;
  for (let i = 0; i < n; i++) {
    if (H[H[pools + i] + TupleWord.Size] === 0) return stop(rt, o, PRODUCT_STOPPED);
    put(rt, result, i, H[pools + i], 0);
  }
  return newRef(rt, result);
}

const COMBINATIONS_PARAMETERS = parameters('combinations(iterable, r)');
const REPLACEMENT_PARAMETERS = parameters('combinations_with_replacement(iterable, r)');

function length(rt: Runtime, r: Ref): number {
  const n = asSsize(rt, r);
  return n < 0 ? valueError(rt, 'r must be non-negative') : n;
}

function combinationsNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const [iterable, given] = bindNew(rt, COMBINATIONS_PARAMETERS, args, kwargs);
  return makeChoice(
    rt,
    type,
    iterable,
    given,
    (n, r) => r > n,
    (i) => i,
  );
}

function replacementNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const [iterable, given] = bindNew(rt, REPLACEMENT_PARAMETERS, args, kwargs);
  return makeChoice(
    rt,
    type,
    iterable,
    given,
    (n, r) => n === 0 && r > 0,
    () => 0,
  );
}

function makeChoice(
  rt: Runtime,
  type: Ref,
  iterable: Ref,
  given: Ref,
  isEmpty: (n: number, r: number) => boolean,
  index: (i: number) => number,
): Owned {
  const count = asSsize(rt, given);
  const pool = temp(rt, tupleFromIterable(rt, iterable));
  const r = count < 0 ? length(rt, given) : count;
  if (r > 1 << 28) rt.onOutOfMemory(8 * r);
  const o = allocInstance(rt, type, 0);
  const H = rt.words;
  H[o + Word.Pool] = untemp(rt, pool);
  H[o + Word.Indices] = orRelease(rt, o, () => numbers(rt, r, index));
  H[o + Word.Length] = r;
  H[o + Word.Stopped] = isEmpty(H[pool + TupleWord.Size], r) ? 1 : 0;
  return o;
}

function combinationsNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  if (H[o + Word.Stopped] !== 0) return 0;
  const pool = H[o + Word.Pool];
  const indices = H[o + Word.Indices];
  const r = H[o + Word.Length];
  if (H[o + Word.Result] === 0) return firstResult(rt, o + Word.Result, pool, indices, r);
  const result = ownResult(rt, o + Word.Result);
  const n = H[pool + TupleWord.Size];
  let i = r - 1;
  while (i >= 0 && H[indices + i] === i + n - r) i--;
  if (i < 0) return stop(rt, o, Word.Stopped);
  H[indices + i]++;
  for (let j = i + 1; j < r; j++) H[indices + j] = H[indices + j - 1] + 1;
  for (; i < r; i++) put(rt, result, i, pool, H[indices + i]);
  return newRef(rt, result);
}

function replacementNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  if (H[o + Word.Stopped] !== 0) return 0;
  const pool = H[o + Word.Pool];
  const indices = H[o + Word.Indices];
  const r = H[o + Word.Length];
  if (H[o + Word.Result] === 0) return firstResult(rt, o + Word.Result, pool, indices, r);
  const result = ownResult(rt, o + Word.Result);
  const last = H[pool + TupleWord.Size] - 1;
  let i = r - 1;
  while (i >= 0 && H[indices + i] === last) i--;
  if (i < 0) return stop(rt, o, Word.Stopped);
  const index = H[indices + i] + 1;
  for (; i < r; i++) {
    H[indices + i] = index;
    put(rt, result, i, pool, index);
  }
  return newRef(rt, result);
}

const PERMUTATIONS_PARAMETERS = parameters('permutations(iterable, r=None)');

function permutationsNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const [iterable, given] = bindNew(rt, PERMUTATIONS_PARAMETERS, args, kwargs);
  const pool = temp(rt, tupleFromIterable(rt, iterable));
  const H = rt.words;
  const n = H[pool + TupleWord.Size];
  const absent = given === 0 || given === S.None;
  if (!absent && !isInt(rt, given)) typeError(rt, 'Expected int as r');
  const r = absent ? n : length(rt, given);
  if (r > 1 << 28) rt.onOutOfMemory(8 * r);
  const o = temp(rt, allocInstance(rt, type, 0));
  H[o + PermWord.Pool] = newRef(rt, pool);
  H[o + PermWord.Indices] = numbers(rt, n, (i) => i);
  H[o + PermWord.Length] = r;
  H[o + PermWord.Cycles] = numbers(rt, r, (i) => n - i);
  H[o + PermWord.Stopped] = r > n ? 1 : 0;
  return untemp(rt, o);
}

function permutationsNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  if (H[o + PermWord.Stopped] !== 0) return 0;
  const pool = H[o + PermWord.Pool];
  const indices = H[o + PermWord.Indices];
  const r = H[o + PermWord.Length];
  const n = H[pool + TupleWord.Size];
  if (H[o + PermWord.Result] === 0) return firstResult(rt, o + PermWord.Result, pool, indices, r);
  if (n === 0) return stop(rt, o, PermWord.Stopped);
  const result = ownResult(rt, o + PermWord.Result);
  const i = nextPermutation(H, indices, H[o + PermWord.Cycles], n, r);
  if (i < 0) return stop(rt, o, PermWord.Stopped);
  for (let k = i; k < r; k++) put(rt, result, k, pool, H[indices + k]);
  return newRef(rt, result);
}

/** Advances indices and cycles; returns the first place that changed, −1 after the last permutation. */
function nextPermutation(H: Int32Array, indices: number, cycles: number, n: number, r: number): number {
  for (let i = r - 1; i >= 0; i--) {
    const index = H[indices + i];
    if (--H[cycles + i] === 0) {
      H.copyWithin(indices + i, indices + i + 1, indices + n);
      H[indices + n - 1] = index;
      H[cycles + i] = n - i;
    } else {
      const j = n - H[cycles + i];
      H[indices + i] = H[indices + j];
      H[indices + j] = index;
      return i;
    }
  }
  return -1;
}

function choiceDealloc(rt: Runtime, o: Ref): void {
  const H = rt.words;
  if (H[o + Word.Indices] !== 0) free(rt, H[o + Word.Indices], H[o + Word.Length]);
  H[o + Word.Indices] = 0;
  deallocFixed(rt, o);
}

function productDealloc(rt: Runtime, o: Ref): void {
  const H = rt.words;
  if (H[o + Word.Indices] !== 0) free(rt, H[o + Word.Indices], H[H[o + Word.Pool] + TupleWord.Size]);
  H[o + Word.Indices] = 0;
  deallocFixed(rt, o);
}

function permutationsDealloc(rt: Runtime, o: Ref): void {
  const H = rt.words;
  const n = H[o + PermWord.Pool] === 0 ? 0 : H[H[o + PermWord.Pool] + TupleWord.Size];
  if (H[o + PermWord.Indices] !== 0) free(rt, H[o + PermWord.Indices], n);
  if (H[o + PermWord.Cycles] !== 0) free(rt, H[o + PermWord.Cycles], H[o + PermWord.Length]);
  H[o + PermWord.Indices] = H[o + PermWord.Cycles] = 0;
  deallocFixed(rt, o);
}

function choiceSize(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  return newInt(rt, H[H[o + ObjectWord.Type] + TypeWord.BasicSize] + 8 * H[o + Word.Length]);
}

function productSize(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  return newInt(rt, H[H[o + ObjectWord.Type] + TypeWord.BasicSize] + 8 * H[H[o + Word.Pool] + TupleWord.Size]);
}

function permutationsSize(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const n = H[H[o + PermWord.Pool] + TupleWord.Size] + H[o + PermWord.Length];
  return newInt(rt, H[H[o + ObjectWord.Type] + TypeWord.BasicSize] + 8 * n);
}

const sizeMethod = (fn: (rt: Runtime, o: Ref) => Owned) => [
  native('__sizeof__()', fn, { unsigned: true, doc: 'Returns size in memory, in bytes.' }),
];

/** The blocks of indices, for the leak check. */
onConnect((rt) => {
  const addOthers = rt.addBlocks;
  rt.addBlocks = (o, add) => {
    const H = rt.words;
    if ([COMBINATIONS, COMBINATIONS_WITH_REPLACEMENT].some((type) => isInstance(rt, o, type))) {
      if (H[o + Word.Indices] !== 0) add(8 * H[o + Word.Length]);
    } else if (isInstance(rt, o, PRODUCT)) {
      if (H[o + Word.Indices] !== 0) add(8 * H[H[o + Word.Pool] + TupleWord.Size]);
    } else if (isInstance(rt, o, PERMUTATIONS)) {
      if (H[o + PermWord.Indices] !== 0) add(8 * H[H[o + PermWord.Pool] + TupleWord.Size]);
      if (H[o + PermWord.Cycles] !== 0) add(8 * H[o + PermWord.Length]);
    }
    return addOthers(o, add);
  };
});

defineIterator({
  ref: PRODUCT,
  name: 'product',
  basicSize: 48,
  refs: [Word.Pool, Word.Result],
  doc:
    'product(*iterables, repeat=1) --> product object\n\nCartesian product of input iterables.  Equivalent to nested ' +
    'for-loops; the last\niterable changes fastest. With repeat the iterables are taken so many times.',
  next: productNext,
  make: productNew,
  more: { dealloc: productDealloc, methods: [...sizeMethod(productSize), ...PRODUCT_PICKLING] },
});

defineIterator({
  ref: COMBINATIONS,
  name: 'combinations',
  basicSize: 56,
  refs: [Word.Pool, Word.Result],
  doc:
    'combinations(iterable, r)\n--\n\nReturn successive r-length combinations of elements in the iterable.\n\n' +
    'combinations(range(4), 3) --> (0,1,2), (0,1,3), (0,2,3), (1,2,3)',
  next: combinationsNext,
  make: combinationsNew,
  more: { dealloc: choiceDealloc, methods: [...sizeMethod(choiceSize), ...COMBINATIONS_PICKLING] },
});

defineIterator({
  ref: COMBINATIONS_WITH_REPLACEMENT,
  name: 'combinations_with_replacement',
  basicSize: 56,
  refs: [Word.Pool, Word.Result],
  doc:
    'combinations_with_replacement(iterable, r)\n--\n\nReturn successive r-length combinations of elements in the iterable; an ' +
    'element\nmay be taken more than once.',
  next: replacementNext,
  make: replacementNew,
  more: { dealloc: choiceDealloc, methods: [...sizeMethod(choiceSize), ...REPLACEMENT_PICKLING] },
});

defineIterator({
  ref: PERMUTATIONS,
  name: 'permutations',
  basicSize: 64,
  refs: [PermWord.Pool, PermWord.Result],
  doc:
    'permutations(iterable, r=None)\n--\n\nReturn successive r-length permutations of elements in the iterable.\n\n' +
    'permutations(range(3), 2) --> (0,1), (0,2), (1,0), (1,2), (2,0), (2,1)',
  next: permutationsNext,
  make: permutationsNew,
  more: { dealloc: permutationsDealloc, methods: [...sizeMethod(permutationsSize), ...PERMUTATIONS_PICKLING] },
});
