/** The type `tuple`. Its operators are in `tuple/operators.ts`, making tuples from iterables is in `tuple/make.ts`. */
import { decref, LayoutKind, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictLength } from '../core/dict/index.ts';
import { typeError, valueError } from '../core/errors.ts';
import { CompareOp } from '../core/functions.ts';
import { newInt } from '../core/int.ts';
import { copyReferences } from '../core/list.ts';
import { native } from '../core/native.ts';
import { compareBool } from '../core/protocol/compare.ts';
import type { Runtime } from '../core/runtime.ts';
import { sliceLimit } from '../core/ssize.ts';
import { S, T } from '../core/static.ts';
import { temp, untemp } from '../core/temps.ts';
import { tupleTake } from '../core/tuple.ts';
import { defineType } from '../core/type-spec.ts';
import { newTupleIterator } from './iterators/tuple-iterator.ts';
import { classGetItemMethod } from './class-getitem.ts';
import { tupleFromIterable } from './tuple/make.ts';
import {
  tupleCompare,
  tupleConcat,
  tupleContains,
  tupleHashSlot,
  tupleItemSlot,
  tupleRepeat,
  tupleRepr,
  tupleSlice,
  tupleSubscript,
} from './tuple/operators.ts';
import { allocInstance } from './type/alloc.ts';

export { tupleFromIterable, tupleResize } from './tuple/make.ts';

/** `tuple.__new__` @runsPython */
function tupleNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const plain = type === T.tuple || H[type + TypeWord.Init] === H[T.tuple + TypeWord.Init];
  if (plain && kwargs !== 0 && dictLength(rt, kwargs) !== 0) typeError(rt, 'tuple() takes no keyword arguments');
  const nargs = H[args + TupleWord.Size];
  if (nargs > 1) typeError(rt, `tuple expected at most 1 argument, got ${nargs}`);
  return makeTuple(rt, type, nargs === 0 ? 0 : H[args + TupleWord.Items]);
}

function makeTuple(rt: Runtime, type: Ref, iterable: Ref): Owned {
  const tuple = iterable === 0 ? (S.EmptyTuple as Ref as Owned) : tupleFromIterable(rt, iterable);
  return type === T.tuple ? tuple : convert(rt, type, tuple);
}

/** An instance of a subclass with the items of `tuple`. Takes `tuple`. */
function convert(rt: Runtime, type: Ref, tuple: Owned): Owned {
  temp(rt, tuple);
  const H = rt.words;
  const n = H[tuple + TupleWord.Size];
  const result = allocInstance(rt, type, n);
  copyReferences(H, tuple + TupleWord.Items, result + TupleWord.Items, n);
  decref(rt, untemp(rt, tuple));
  return result;
}

function tupleVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  if (kwnames !== 0 && H[kwnames + TupleWord.Size] !== 0) typeError(rt, 'tuple() takes no keyword arguments');
  if (nargs > 1) typeError(rt, `tuple expected at most 1 argument, got ${nargs}`);
  return makeTuple(rt, type, nargs === 0 ? 0 : H[args]);
}

function tupleLength(rt: Runtime, tuple: Ref): number {
  return rt.words[tuple + TupleWord.Size];
}

function getNewArgs(rt: Runtime, tuple: Ref): Owned {
  return tupleTake(rt, tupleSlice(rt, tuple, 0, rt.words[tuple + TupleWord.Size]));
}

function index(rt: Runtime, tuple: Ref, value: Ref, start: Ref, stop: Ref): Owned {
  const H = rt.words;
  const n = H[tuple + TupleWord.Size];
  let from = start === 0 ? 0 : sliceLimit(rt, start);
  let to = stop === 0 ? n : sliceLimit(rt, stop);
  if (from < 0) from = Math.max(from + n, 0);
  if (to < 0) to += n;
  for (let i = from; i < Math.min(to, n); i++) {
    if (compareBool(rt, H[tuple + TupleWord.Items + i], value, CompareOp.Eq)) return newInt(rt, i);
  }
  return valueError(rt, 'tuple.index(x): x not in tuple');
}

function count(rt: Runtime, tuple: Ref, value: Ref): Owned {
  const H = rt.words;
  let found = 0;
  for (let i = 0; i < H[tuple + TupleWord.Size]; i++) {
    if (compareBool(rt, H[tuple + TupleWord.Items + i], value, CompareOp.Eq)) found++;
  }
  return newInt(rt, found);
}

defineType({
  ref: T.tuple,
  name: 'tuple',
  basicSize: 24,
  itemSize: 8,
  flags: TypeFlag.BaseType | TypeFlag.HaveGc | TypeFlag.Sequence | TypeFlag.TupleSubclass | TypeFlag.MatchSelf,
  layout: LayoutKind.InlineItems,
  noClear: true,
  doc:
    'tuple(iterable=(), /)\n--\n\nBuilt-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty ' +
    "tuple.\nIf iterable is specified the tuple is initialized from iterable's items.\n\n" +
    'If the argument is a tuple, the return value is the same object.',
  slots: {
    repr: tupleRepr,
    hash: tupleHashSlot,
    richcompare: tupleCompare,
    iter: newTupleIterator,
    new: tupleNew,
    vectorcall: tupleVectorcall,
    mpLength: tupleLength,
    mpSubscript: tupleSubscript,
    sqLength: tupleLength,
    sqConcat: tupleConcat,
    sqRepeat: tupleRepeat,
    sqItem: tupleItemSlot,
    sqContains: tupleContains,
  },
  methods: [
    native('__getnewargs__($self, /)', getNewArgs),
    native('index($self, value, start=0, stop=sys.maxsize, /)', index, {
      doc: 'Return first index of value.\n\nRaises ValueError if the value is not present.',
    }),
    native('count($self, value, /)', count, { doc: 'Return number of occurrences of value.' }),
    classGetItemMethod(),
  ],
});
