/** The type `slice`. Making slices and applying them to lengths is in `core/slice.ts`. */
import {
  clearWord,
  freeObject,
  headWords,
  LayoutKind,
  newRef,
  ObjectWord,
  TupleWord,
  TypeFlag,
  untrack,
} from '@moult/heap';
import type { Heap, Owned, Ref } from '@moult/heap';
import { hashHi, hashInt, TUPLE_START_HI, TUPLE_START_LO, tupleHashStep } from '../numeric/hash.ts';
import { dictLength } from '../core/dict/index.ts';
import { typeError } from '../core/errors.ts';
import { CompareOp } from '../core/functions.ts';
import { onConnect } from '../core/installers.ts';
import { newBigInt } from '../core/int.ts';
import { SliceWord } from '../core/layout/functions.ts';
import { member, native } from '../core/native.ts';
import { hash } from '../core/protocol/compare.ts';
import { reprText } from '../core/protocol/text.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { newSlice } from '../core/slice.ts';
import { longIndices, lengthArgument } from '../core/slice-long.ts';
import { pyBool, S, T } from '../core/static.ts';
import { newStr } from '../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../core/temps.ts';
import { tupleFromTemps, tupleFromWords } from '../core/tuple.ts';
import { defineType } from '../core/type-spec.ts';
import { tupleCompare } from './tuple/operators.ts';

function sliceNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  if (kwargs !== 0 && dictLength(rt, kwargs) !== 0) typeError(rt, 'slice() takes no keyword arguments');
  const n = H[args + TupleWord.Size];
  if (n < 1) typeError(rt, 'slice expected at least 1 argument, got 0');
  if (n > 3) typeError(rt, `slice expected at most 3 arguments, got ${n}`);
  const start = args + TupleWord.Items;
  if (n === 1) return newSlice(rt, S.None, H[start], S.None);
  return newSlice(rt, H[start], H[start + 1], n === 3 ? H[start + 2] : S.None);
}

/** Destructor: the last slice to die is kept for the next one to be made. @runsPython
 *  Source: CPython 3.12 slice_dealloc. */
function sliceDealloc(rt: Runtime, slice: Ref): void {
  const H = rt.words;
  untrack(rt, slice);
  clearWord(rt, slice + SliceWord.Step);
  clearWord(rt, slice + SliceWord.Start);
  clearWord(rt, slice + SliceWord.Stop);
  if (H[RootNum.SliceCache] === 0) H[RootNum.SliceCache] = slice;
  else freeObject(rt, slice);
}

function sliceRepr(rt: Runtime, slice: Ref): Owned {
  const H = rt.words;
  const start = reprText(rt, H[slice + SliceWord.Start]);
  const stop = reprText(rt, H[slice + SliceWord.Stop]);
  return newStr(rt, `slice(${start}, ${stop}, ${reprText(rt, H[slice + SliceWord.Step])})`);
}

/** `hash(slice)`: low half. @runsPython Source: CPython 3.12 slicehash. */
function sliceHash(rt: Runtime, slice: Ref): number {
  let lo = TUPLE_START_LO;
  let hi = TUPLE_START_HI;
  for (let word = SliceWord.Start as number; word <= (SliceWord.Step as number); word++) {
    const item = hash(rt, rt.words[slice + word]);
    lo = tupleHashStep(lo, hi, item, rt.hashHigh);
    hi = hashHi;
  }
  rt.hashHigh = hi;
  if ((lo & hi) !== -1) return lo;
  lo = hashInt(1546275796);
  rt.hashHigh = hashHi;
  return lo;
}

/** Compares as the tuples of start, stop and step. @runsPython */
function sliceCompare(rt: Runtime, slice: Ref, other: Ref, op: number): Owned {
  const H = rt.words;
  if (H[slice + ObjectWord.Type] !== T.slice || H[other + ObjectWord.Type] !== T.slice)
    return S.NotImplemented as Ref as Owned;
  if (slice === other) return pyBool(op === CompareOp.Eq || op === CompareOp.Le || op === CompareOp.Ge) as Owned;
  const m = tempMark(rt);
  const a = temp(rt, tupleFromWords(rt, slice + SliceWord.Start, 3));
  const b = temp(rt, tupleFromWords(rt, other + SliceWord.Start, 3));
  return releaseKeeping(rt, m, tupleCompare(rt, a, b, op));
}

function indices(rt: Runtime, slice: Ref, length: Ref): Owned {
  const { start, stop, step } = longIndices(rt, slice, lengthArgument(rt, length));
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newBigInt(rt, start)),
    temp(rt, newBigInt(rt, stop)),
    temp(rt, newBigInt(rt, step)),
  );
}

function reduce(rt: Runtime, slice: Ref): Owned {
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newRef(rt, T.slice)),
    temp(rt, tupleFromWords(rt, slice + SliceWord.Start, 3)),
  );
}

/** The kept slice is a block in use. */
onConnect((rt) => {
  rt.blockScanners.push((heap: Heap, add: (nbytes: number) => void) => {
    if (heap.words[RootNum.SliceCache] !== 0) add(8 * (SliceWord.Words + headWords(heap, T.slice)));
  });
});

defineType({
  ref: T.slice,
  name: 'slice',
  basicSize: 40,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [SliceWord.Start, SliceWord.Stop, SliceWord.Step],
  noClear: true,
  dealloc: sliceDealloc,
  doc: 'slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  This is used for extended slicing (e.g. a[0:10:2]).',
  slots: { repr: sliceRepr, hash: sliceHash, richcompare: sliceCompare, new: sliceNew },
  members: [member('start', SliceWord.Start), member('stop', SliceWord.Stop), member('step', SliceWord.Step)],
  methods: [
    native('indices(len, /)', indices, {
      unsigned: true,
      doc:
        'S.indices(len) -> (start, stop, stride)\n\nAssuming a sequence of length len, calculate the start and stop\n' +
        'indices, and the stride length of the extended slice described by\nS. Out of bounds indices are clipped.',
    }),
    native('__reduce__()', reduce, { unsigned: true, doc: 'Return state information for pickling.' }),
  ],
});
