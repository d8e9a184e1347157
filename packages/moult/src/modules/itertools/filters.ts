/** `compress`, `dropwhile`, `takewhile`, `filterfalse`, `starmap`. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { bindNew, parameters, unpackArguments } from '../../core/bind-new.ts';
import { call1, callWithTuple } from '../../core/call.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { iter } from '../../core/protocol/iterate.ts';
import type { Runtime } from '../../core/runtime.ts';
import { dropTemp, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { nextItem, refuseKeywords } from '../../objects/iterators/shared.ts';
import { passes } from '../../objects/iterators/zip.ts';
import { tupleFromIterable } from '../../objects/tuple.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { defineIterator } from './define.ts';
import { COMPRESS, CompressWord, DROPWHILE, FILTERFALSE, FunctionWord as Word, STARMAP, TAKEWHILE } from './layout.ts';

const COMPRESS_PARAMETERS = parameters('compress(data, selectors)');

function compressNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const [data, selectors] = bindNew(rt, COMPRESS_PARAMETERS, args, kwargs);
  const it = temp(rt, iter(rt, data));
  const chosen = temp(rt, iter(rt, selectors));
  const o = allocInstance(rt, type, 0);
  rt.words[o + CompressWord.Selectors] = untemp(rt, chosen);
  rt.words[o + CompressWord.Data] = untemp(rt, it);
  return o;
}

function compressNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  for (;;) {
    const item = nextItem(rt, H[o + CompressWord.Data]);
    if (item === 0) return 0;
    temp(rt, item);
    const selector = nextItem(rt, H[o + CompressWord.Selectors]);
    if (selector === 0) {
      dropTemp(rt, item);
      return 0;
    }
    temp(rt, selector);
    const chosen = isTrue(rt, selector);
    dropTemp(rt, selector);
    if (chosen) return untemp(rt, item);
    dropTemp(rt, item);
  }
}

/** The constructor of an iterator made from a function and an iterable. */
function makerOf(name: string, base: Ref): (rt: Runtime, type: Ref, args: Ref, kwargs: Ref) => Owned {
  return (rt, type, args, kwargs) => {
    refuseKeywords(rt, type, base, name, kwargs);
    const [fn, iterable] = unpackArguments(rt, name, args, 2, 2);
    const it = temp(rt, iter(rt, iterable));
    const o = allocInstance(rt, type, 0);
    rt.words[o + Word.Function] = newRef(rt, fn);
    rt.words[o + Word.Iterator] = untemp(rt, it);
    return o;
  };
}

function dropwhileNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  for (;;) {
    const item = nextItem(rt, H[o + Word.Iterator]);
    if (item === 0 || H[o + Word.Flag] !== 0) return item;
    temp(rt, item);
    if (!holds(rt, H[o + Word.Function], item)) {
      H[o + Word.Flag] = 1;
      return untemp(rt, item);
    }
    dropTemp(rt, item);
  }
}

/** Truth of `fn(item)`; None is called like any other function. */
function holds(rt: Runtime, fn: Ref, item: Ref): boolean {
  const answer = temp(rt, call1(rt, fn, item));
  const truth = isTrue(rt, answer);
  dropTemp(rt, answer);
  return truth;
}

function takewhileNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  if (H[o + Word.Flag] !== 0) return 0;
  const item = nextItem(rt, H[o + Word.Iterator]);
  if (item === 0) return 0;
  temp(rt, item);
  if (holds(rt, H[o + Word.Function], item)) return untemp(rt, item);
  dropTemp(rt, item);
  H[o + Word.Flag] = 1;
  return 0;
}

function filterfalseNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  for (;;) {
    const item = nextItem(rt, H[o + Word.Iterator]);
    if (item === 0) return 0;
    temp(rt, item);
    if (!passes(rt, H[o + Word.Function], item)) return untemp(rt, item);
    dropTemp(rt, item);
  }
}

function starmapNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  const m = tempMark(rt);
  const row = nextItem(rt, H[o + Word.Iterator]);
  if (row === 0) return 0;
  temp(rt, row);
  const args = temp(rt, tupleFromIterable(rt, row));
  return releaseKeeping(rt, m, callWithTuple(rt, H[o + Word.Function], args, 0));
}

defineIterator({
  ref: COMPRESS,
  name: 'compress',
  basicSize: 32,
  refs: [CompressWord.Data, CompressWord.Selectors],
  doc: 'compress(data, selectors)\n--\n\nReturn data elements corresponding to true selector elements.',
  next: compressNext,
  make: compressNew,
});

defineIterator({
  ref: DROPWHILE,
  name: 'dropwhile',
  basicSize: 40,
  refs: [Word.Function, Word.Iterator],
  doc: 'dropwhile(predicate, iterable, /)\n--\n\nDrop items while predicate(item) is true; then return every further item.',
  next: dropwhileNext,
  make: makerOf('dropwhile', DROPWHILE),
});

defineIterator({
  ref: TAKEWHILE,
  name: 'takewhile',
  basicSize: 40,
  refs: [Word.Function, Word.Iterator],
  doc: 'takewhile(predicate, iterable, /)\n--\n\nReturn successive items as long as predicate(item) is true.',
  next: takewhileNext,
  make: makerOf('takewhile', TAKEWHILE),
});

defineIterator({
  ref: FILTERFALSE,
  name: 'filterfalse',
  basicSize: 32,
  refs: [Word.Function, Word.Iterator],
  doc:
    'filterfalse(function, iterable, /)\n--\n\nReturn those items of iterable for which function(item) is false.\n\n' +
    'If function is None, return the items that are false.',
  next: filterfalseNext,
  make: makerOf('filterfalse', FILTERFALSE),
});

defineIterator({
  ref: STARMAP,
  name: 'starmap',
  basicSize: 32,
  refs: [Word.Function, Word.Iterator],
  doc: 'starmap(function, iterable, /)\n--\n\nCall the function with each item of the iterable as its argument tuple.',
  next: starmapNext,
  make: makerOf('starmap', STARMAP),
});
