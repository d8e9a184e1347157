/** `islice`, `pairwise`, `batched`, `zip_longest`. */
import { clearWord, decref, isTracked, newRef, track, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { bindNew, parameters, unpackArguments } from '../../core/bind-new.ts';
import { dictGetText, dictLength } from '../../core/dict/index.ts';
import { caught, clearException, mark, typeError, valueError } from '../../core/errors.ts';
import { iter } from '../../core/protocol/iterate.ts';
import { indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S, T } from '../../core/static.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { newTuple, tupleTake } from '../../core/tuple.ts';
import { nextItem, refuseKeywords } from '../../objects/iterators/shared.ts';
import { iterators } from '../../objects/iterators/zip.ts';
import { tupleResize } from '../../objects/tuple.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { defineIterator, nextClean } from './define.ts';
import {
  BATCHED,
  BatchedWord,
  ISLICE,
  IsliceWord,
  PAIRWISE,
  PairwiseWord,
  PLAIN_END,
  ZIP_LONGEST,
  ZipLongestWord,
} from './layout.ts';

const RANGE = 'must be None or an integer: 0 <= x <= sys.maxsize.';

/** A limit, `absent` for None; −1 where it is no index that fits. @runsPython */
function limit(rt: Runtime, value: Ref, absent: number): number {
  if (value === S.None || value === 0) return absent;
  const m = mark(rt);
  try {
    return Math.min(indexNumber(rt, value, T.OverflowError), PLAIN_END);
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
    return -1;
  }
}

/** Source: CPython 3.12 islice_new. @runsPython */
function isliceNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  refuseKeywords(rt, type, ISLICE, 'islice', kwargs);
  const [iterable, first, second, third] = unpackArguments(rt, 'islice', args, 2, 4);
  const start = second === 0 ? 0 : limit(rt, first, 0);
  const last = second === 0 ? first : second;
  const stop = limit(rt, last, -1);
  if (stop === -1 && last !== S.None) valueError(rt, `Stop argument for islice() ${RANGE}`);
  if (start < 0 || stop < -1) valueError(rt, `Indices for islice() ${RANGE}`);
  const step = limit(rt, third, 1);
  if (step < 1) valueError(rt, 'Step for islice() must be a positive integer or None.');
  const it = temp(rt, iter(rt, iterable));
  const o = allocInstance(rt, type, 0);
  const H = rt.words;
  H[o + IsliceWord.Iterator] = untemp(rt, it);
  H[o + IsliceWord.Next] = start;
  H[o + IsliceWord.Stop] = stop;
  H[o + IsliceWord.Step] = step;
  return o;
}

function isliceNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  const it = H[o + IsliceWord.Iterator];
  if (it === 0) return 0;
  const stop = H[o + IsliceWord.Stop];
  const item = skipTo(rt, o, it) && (stop === -1 || H[o + IsliceWord.Count] < stop) ? nextItem(rt, it) : 0;
  if (item === 0) {
    clearWord(rt, o + IsliceWord.Iterator);
    return 0;
  }
  H[o + IsliceWord.Count]++;
  const next = H[o + IsliceWord.Next] + H[o + IsliceWord.Step];
  H[o + IsliceWord.Next] = stop !== -1 && next > stop ? stop : Math.min(next, PLAIN_END);
  return item;
}

/** Drops items up to the next one that is wanted; false at the end. */
function skipTo(rt: Runtime, o: Ref, it: Ref): boolean {
  const H = rt.words;
  while (H[o + IsliceWord.Count] < H[o + IsliceWord.Next]) {
    const item = nextItem(rt, it);
    if (item === 0) return false;
    decref(rt, item);
    H[o + IsliceWord.Count]++;
  }
  return true;
}

function pairwiseNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  refuseKeywords(rt, type, PAIRWISE, 'pairwise', kwargs);
  const [iterable] = unpackArguments(rt, 'pairwise', args, 1, 1);
  const it = temp(rt, iter(rt, iterable));
  const o = allocInstance(rt, type, 0);
  rt.words[o + PairwiseWord.Iterator] = untemp(rt, it);
  return o;
}

/** Source: CPython 3.12 pairwise_next. @runsPython */
function pairwiseNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  if (H[o + PairwiseWord.Iterator] === 0) return 0;
  if (H[o + PairwiseWord.Old] === 0 && !takeFirst(rt, o)) return 0;
  const old = temp(rt, newRef(rt, H[o + PairwiseWord.Old]));
  const item = nextItem(rt, H[o + PairwiseWord.Iterator]);
  if (item === 0) {
    clearWord(rt, o + PairwiseWord.Iterator);
    clearWord(rt, o + PairwiseWord.Old);
    dropTemp(rt, old);
    return 0;
  }
  const pair = tupleTake(rt, untemp(rt, old), newRef(rt, item));
  temp(rt, pair);
  const before = H[o + PairwiseWord.Old];
  H[o + PairwiseWord.Old] = item;
  if (before !== 0) decref(rt, before);
  return untemp(rt, pair);
}

/** Fetches the first item; false if there is none, or asking for it used the iterator up. */
function takeFirst(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  const first = nextItem(rt, H[o + PairwiseWord.Iterator]);
  const before = H[o + PairwiseWord.Old];
  H[o + PairwiseWord.Old] = first;
  if (before !== 0) decref(rt, before);
  if (first === 0) clearWord(rt, o + PairwiseWord.Iterator);
  else if (H[o + PairwiseWord.Iterator] === 0) clearWord(rt, o + PairwiseWord.Old);
  return H[o + PairwiseWord.Iterator] !== 0;
}

const BATCHED_PARAMETERS = parameters('batched(iterable, n)');

function batchedNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const [iterable, n] = bindNew(rt, BATCHED_PARAMETERS, args, kwargs);
  const size = asSsize(rt, n);
  if (size < 1) valueError(rt, 'n must be at least one');
  const it = temp(rt, iter(rt, iterable));
  const o = allocInstance(rt, type, 0);
  rt.words[o + BatchedWord.Size] = Math.min(size, PLAIN_END);
  rt.words[o + BatchedWord.Iterator] = untemp(rt, it);
  return o;
}

function batchedNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  const it = H[o + BatchedWord.Iterator];
  if (it === 0) return 0;
  const n = H[o + BatchedWord.Size];
  const batch = temp(rt, newTuple(rt, n));
  let count = 0;
  let failed = true;
  try {
    for (; count < n; count++) {
      const item = nextClean(rt, it);
      if (item === 0) break;
      H[batch + TupleWord.Items + count] = item;
    }
    failed = false;
  } finally {
    if (failed) clearWord(rt, o + BatchedWord.Iterator);
  }
  if (count > 0) return tupleResize(rt, untemp(rt, batch), count);
  clearWord(rt, o + BatchedWord.Iterator);
  dropTemp(rt, batch);
  return 0;
}

function zipLongestNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const fill = fillValue(rt, kwargs);
  const n = H[args + TupleWord.Size];
  const its = iterators(rt, args + TupleWord.Items, n);
  const result = temp(rt, newTuple(rt, n));
  H.fill(S.None, result + TupleWord.Items, result + TupleWord.Items + n);
  const o = allocInstance(rt, type, 0);
  H[o + ZipLongestWord.Size] = H[o + ZipLongestWord.Active] = n;
  H[o + ZipLongestWord.Result] = untemp(rt, result);
  H[o + ZipLongestWord.Iterators] = untemp(rt, its);
  H[o + ZipLongestWord.Fill] = newRef(rt, fill);
  return o;
}

function fillValue(rt: Runtime, kwargs: Ref): Ref {
  if (kwargs === 0 || dictLength(rt, kwargs) === 0) return S.None;
  const fill = dictGetText(rt, kwargs, 'fillvalue');
  if (fill === 0 || dictLength(rt, kwargs) > 1) typeError(rt, 'zip_longest() got an unexpected keyword argument');
  return fill;
}

/** Source: CPython 3.12 zip_longest_next. @runsPython */
function zipLongestNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  const n = H[o + ZipLongestWord.Size];
  if (n === 0 || H[o + ZipLongestWord.Active] === 0) return 0;
  const old = H[o + ZipLongestWord.Result];
  const reuse = H[old] === 1;
  const row = temp(rt, reuse ? newRef(rt, old) : newTuple(rt, n));
  for (let i = 0; i < n; i++) {
    const item = itemOrFill(rt, o, i);
    if (item === 0) {
      dropTemp(rt, row);
      return 0;
    }
    const before = H[row + TupleWord.Items + i];
    H[row + TupleWord.Items + i] = item;
    if (before !== 0) decref(rt, before);
  }
  if (reuse && !isTracked(rt, row)) track(rt, row);
  return untemp(rt, row);
}

/** The next item of iterator `i`, the fill value after its end; 0 when the last one ended. An error ends everything. */
function itemOrFill(rt: Runtime, o: Ref, i: number): Owned | 0 {
  const H = rt.words;
  const at = H[o + ZipLongestWord.Iterators] + TupleWord.Items + i;
  if (H[at] === 0) return newRef(rt, H[o + ZipLongestWord.Fill]);
  let failed = true;
  try {
    const item = nextClean(rt, H[at]);
    failed = false;
    if (item !== 0) return item;
  } finally {
    if (failed) H[o + ZipLongestWord.Active] = 0;
  }
  if (--H[o + ZipLongestWord.Active] === 0) return 0;
  clearWord(rt, at);
  return newRef(rt, H[o + ZipLongestWord.Fill]);
}

defineIterator({
  ref: ISLICE,
  name: 'islice',
  basicSize: 56,
  refs: [IsliceWord.Iterator],
  doc:
    'islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\nReturn an iterator ' +
    'over selected items, as a slice of a list would have them.',
  next: isliceNext,
  make: isliceNew,
});

defineIterator({
  ref: PAIRWISE,
  name: 'pairwise',
  basicSize: 32,
  refs: [PairwiseWord.Iterator, PairwiseWord.Old],
  doc:
    'pairwise(iterable, /)\n--\n\nReturn an iterator of overlapping pairs taken from the input iterator.\n\n' +
    '    s -> (s0,s1), (s1,s2), (s2, s3), ...',
  next: pairwiseNext,
  make: pairwiseNew,
});

defineIterator({
  ref: BATCHED,
  name: 'batched',
  basicSize: 32,
  refs: [BatchedWord.Iterator],
  doc: 'batched(iterable, n)\n--\n\nBatch data into tuples of length n. The last batch may be shorter than n.',
  next: batchedNext,
  make: batchedNew,
});

defineIterator({
  ref: ZIP_LONGEST,
  name: 'zip_longest',
  basicSize: 56,
  refs: [ZipLongestWord.Iterators, ZipLongestWord.Result, ZipLongestWord.Fill],
  doc:
    'zip_longest(iter1 [,iter2 [...]], [fillvalue=None]) --> zip_longest object\n\nAs zip, but the longest iterable ends it; ' +
    'the fill value stands for what the\nshorter ones have no more.',
  next: zipLongestNext,
  make: zipLongestNew,
});
