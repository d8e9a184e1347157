/** `zip`, `map`, `filter`. */
import { clearWord, decref, isTracked, LayoutKind, newRef, ObjectWord, track, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1, vectorcall } from '../../core/call.ts';
import { dictKeyAt, dictLength, dictNext, dictValueAt } from '../../core/dict/index.ts';
import { none, typeError, valueError } from '../../core/errors.ts';
import { FilterWord, MapWord, ZipWord } from '../../core/layout/iterators.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { endIteration, iter } from '../../core/protocol/iterate.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { dropTemp, temp, tempMark, untemp } from '../../core/temps.ts';
import { newTuple, tupleOf, tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { allocInstance } from '../type/alloc.ts';
import { reduceMethod, setStateMethod } from './reduce.ts';
import { identitySlot, nextItem, refuseKeywords } from './shared.ts';

/** A tuple, on the temporaries, of the iterators over `n` words' objects from `base` on. @runsPython */
export function iterators(rt: Runtime, base: number, n: number): Ref {
  const tuple = temp(rt, newTuple(rt, n));
  for (let i = 0; i < n; i++) rt.words[tuple + TupleWord.Items + i] = iter(rt, rt.words[base + i]);
  return tuple;
}

function zipNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const strict = kwargs !== 0 && strictOption(rt, kwargs);
  const n = H[args + TupleWord.Size];
  const its = iterators(rt, args + TupleWord.Items, n);
  const result = temp(rt, newTuple(rt, n));
  H.fill(S.None, result + TupleWord.Items, result + TupleWord.Items + n);
  const zip = allocInstance(rt, type, 0);
  H[zip + ZipWord.Size] = n;
  H[zip + ZipWord.Result] = untemp(rt, result);
  H[zip + ZipWord.Iterators] = untemp(rt, its);
  H[zip + ZipWord.Strict] = strict ? 1 : 0;
  return zip;
}

function strictOption(rt: Runtime, kwargs: Ref): boolean {
  const n = dictLength(rt, kwargs);
  if (n > 1) typeError(rt, `zip() takes at most 1 keyword argument (${n} given)`);
  const i = dictNext(rt, kwargs, 0);
  if (i < 0) return false;
  const name = strText(rt, dictKeyAt(rt, kwargs, i));
  if (name !== 'strict') typeError(rt, `'${name}' is an invalid keyword argument for zip()`);
  return isTrue(rt, dictValueAt(rt, kwargs, i));
}

/** The next row; the tuple of last time again if nobody else has it. @runsPython */
function zipNext(rt: Runtime, zip: Ref): Owned | 0 {
  const H = rt.words;
  const n = H[zip + ZipWord.Size];
  if (n === 0) return 0;
  const old = H[zip + ZipWord.Result];
  const reuse = H[old] === 1;
  const row = temp(rt, reuse ? newRef(rt, old) : newTuple(rt, n));
  const its = H[zip + ZipWord.Iterators];
  for (let i = 0; i < n; i++) {
    const item = nextItem(rt, H[its + TupleWord.Items + i]);
    if (item === 0) {
      dropTemp(rt, row);
      if (H[zip + ZipWord.Strict] !== 0) checkEnds(rt, its, n, i);
      return 0;
    }
    const before = H[row + TupleWord.Items + i];
    H[row + TupleWord.Items + i] = item;
    if (before !== 0) decref(rt, before);
  }
  if (reuse && !isTracked(rt, row)) track(rt, row);
  return untemp(rt, row);
}

/** After iterator `i` of a strict zip ended: all others must end as well. Raises ValueError. @runsPython */
function checkEnds(rt: Runtime, its: Ref, n: number, i: number): void {
  endIteration(rt);
  if (i > 0) valueError(rt, `zip() argument ${i + 1} is shorter than ${firstArguments(i)}`);
  for (let k = 1; k < n; k++) {
    const item = nextItem(rt, rt.words[its + TupleWord.Items + k]);
    if (item !== 0) {
      decref(rt, item);
      valueError(rt, `zip() argument ${k + 1} is longer than ${firstArguments(k)}`);
    }
    endIteration(rt);
  }
}

function firstArguments(n: number): string {
  return n === 1 ? 'argument 1' : `arguments 1-${n}`;
}

function zipReduce(rt: Runtime, zip: Ref): Owned {
  const H = rt.words;
  const type = newRef(rt, H[zip + ObjectWord.Type]);
  const its = newRef(rt, H[zip + ZipWord.Iterators]);
  return H[zip + ZipWord.Strict] === 0 ? tupleTake(rt, type, its) : tupleTake(rt, type, its, S.True as Ref as Owned);
}

function zipSetState(rt: Runtime, zip: Ref, state: Ref): Owned {
  rt.words[zip + ZipWord.Strict] = isTrue(rt, state) ? 1 : 0;
  return none();
}

function mapNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  refuseKeywords(rt, type, T.map, 'map', kwargs);
  return makeMap(rt, type, args + TupleWord.Items, rt.words[args + TupleWord.Size]);
}

function mapVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  if (kwnames !== 0 && rt.words[kwnames + TupleWord.Size] > 0) typeError(rt, 'map() takes no keyword arguments');
  return makeMap(rt, type, args, nargs);
}

function makeMap(rt: Runtime, type: Ref, args: number, n: number): Owned {
  const H = rt.words;
  if (n < 2) typeError(rt, 'map() must have at least two arguments.');
  const its = iterators(rt, args + 1, n - 1);
  const map = allocInstance(rt, type, 0);
  H[map + MapWord.Iterators] = untemp(rt, its);
  H[map + MapWord.Function] = newRef(rt, H[args]);
  return map;
}

/** Calls the function with the next items, which lie on the temporaries' stack. @runsPython */
function mapNext(rt: Runtime, map: Ref): Owned | 0 {
  const H = rt.words;
  const its = H[map + MapWord.Iterators];
  const n = H[its + TupleWord.Size];
  const base = tempMark(rt);
  for (let i = 0; i < n; i++) {
    const item = nextItem(rt, H[its + TupleWord.Items + i]);
    if (item === 0) return dropRow(rt, base);
    temp(rt, item);
  }
  const result = vectorcall(rt, H[map + MapWord.Function], base, n, 0);
  if (n === 1) {
    dropTemp(rt, H[base]);
    return result;
  }
  temp(rt, result);
  for (let i = base; i < base + n; i++) clearWord(rt, i);
  H[RootNum.TempTop] = base;
  return result;
}

/** Releases the temporaries from `base` on, the first one first. */
function dropRow(rt: Runtime, base: number): 0 {
  const H = rt.words;
  for (let i = base; i < H[RootNum.TempTop]; i++) clearWord(rt, i);
  H[RootNum.TempTop] = base;
  return 0;
}

function mapReduce(rt: Runtime, map: Ref): Owned {
  const H = rt.words;
  const its = H[map + MapWord.Iterators];
  const n = H[its + TupleWord.Size];
  const args = newTuple(rt, n + 1);
  H[args + TupleWord.Items] = newRef(rt, H[map + MapWord.Function]);
  for (let i = 0; i < n; i++) H[args + TupleWord.Items + 1 + i] = newRef(rt, H[its + TupleWord.Items + i]);
  return tupleTake(rt, newRef(rt, H[map + ObjectWord.Type]), args);
}

function filterNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  refuseKeywords(rt, type, T.filter, 'filter', kwargs);
  return makeFilter(rt, type, args + TupleWord.Items, rt.words[args + TupleWord.Size]);
}

function filterVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  if (kwnames !== 0 && rt.words[kwnames + TupleWord.Size] > 0) typeError(rt, 'filter() takes no keyword arguments');
  return makeFilter(rt, type, args, nargs);
}

function makeFilter(rt: Runtime, type: Ref, args: number, n: number): Owned {
  const H = rt.words;
  if (n !== 2) typeError(rt, `filter expected 2 arguments, got ${n}`);
  const it = temp(rt, iter(rt, H[args + 1]));
  const filter = allocInstance(rt, type, 0);
  H[filter + FilterWord.Function] = newRef(rt, H[args]);
  H[filter + FilterWord.Iterator] = untemp(rt, it);
  return filter;
}

/** @runsPython */
function filterNext(rt: Runtime, filter: Ref): Owned | 0 {
  const H = rt.words;
  const it = H[filter + FilterWord.Iterator];
  const fn = H[filter + FilterWord.Function];
  for (;;) {
    const item = nextItem(rt, it);
    if (item === 0) return 0;
    temp(rt, item);
    if (passes(rt, fn, item)) return untemp(rt, item);
    dropTemp(rt, item);
  }
}

/** Truth of `fn(item)`, of the item itself for None and `bool`. @runsPython */
export function passes(rt: Runtime, fn: Ref, item: Ref): boolean {
  if (fn === S.None || fn === T.bool) return isTrue(rt, item);
  const answer = temp(rt, call1(rt, fn, item));
  const truth = isTrue(rt, answer);
  dropTemp(rt, answer);
  return truth;
}

function filterReduce(rt: Runtime, filter: Ref): Owned {
  const H = rt.words;
  const args = tupleOf(rt, H[filter + FilterWord.Function], H[filter + FilterWord.Iterator]);
  return tupleTake(rt, newRef(rt, H[filter + ObjectWord.Type]), args);
}

defineType({
  ref: T.zip,
  name: 'zip',
  basicSize: 48,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [ZipWord.Iterators, ZipWord.Result],
  noClear: true,
  doc:
    'zip(*iterables, strict=False) --> Yield tuples until an input is exhausted.\n\n' +
    "   >>> list(zip('abcdefg', range(3), range(4)))\n   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]\n\n" +
    'The i-th tuple has the i-th item of every iterable. The shortest one ends it;\nif strict is true, all must end together ' +
    'or ValueError is raised.',
  slots: { iter: identitySlot, iternext: zipNext, new: zipNew },
  methods: [reduceMethod(zipReduce), setStateMethod(zipSetState)],
});

defineType({
  ref: T.map,
  name: 'map',
  basicSize: 32,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [MapWord.Iterators, MapWord.Function],
  noClear: true,
  doc:
    'map(func, *iterables) --> map object\n\nMake an iterator that computes the function using arguments from\n' +
    'each of the iterables.  Stops when the shortest iterable is exhausted.',
  slots: { iter: identitySlot, iternext: mapNext, new: mapNew, vectorcall: mapVectorcall },
  methods: [reduceMethod(mapReduce)],
});

defineType({
  ref: T.filter,
  name: 'filter',
  basicSize: 32,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [FilterWord.Function, FilterWord.Iterator],
  noClear: true,
  doc:
    'filter(function or None, iterable) --> filter object\n\nReturn an iterator yielding those items of iterable for which ' +
    'function(item)\nis true. If function is None, return the items that are true.',
  slots: { iter: identitySlot, iternext: filterNext, new: filterNew, vectorcall: filterVectorcall },
  methods: [reduceMethod(filterReduce)],
});
