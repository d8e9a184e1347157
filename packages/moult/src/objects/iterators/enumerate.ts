/** `enumerate` and `reversed`. */
import { clearWord, decref, isTracked, LayoutKind, newRef, ObjectWord, track, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, makeTpCall } from '../../core/call.ts';
import { dictGetText, dictKeyAt, dictLength, dictNext } from '../../core/dict/index.ts';
import { none, typeError } from '../../core/errors.ts';
import { isSafeInt, newInt, safeIntValue } from '../../core/int.ts';
import { EnumerateWord as Word, SequenceIteratorWord as ReversedWord } from '../../core/layout/iterators.ts';
import { Id } from '../../core/names.ts';
import { isSequence, length } from '../../core/protocol/item.ts';
import { iter } from '../../core/protocol/iterate.ts';
import { add, index } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { ssizeOfInt } from '../../core/ssize.ts';
import { S, smallInt, T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { forgetTemp, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleFromTemps, tupleOf, tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { kindName } from '../../core/types.ts';
import { classGetItemMethod } from '../class-getitem.ts';
import { allocInstance } from '../type/alloc.ts';
import { lengthHintMethod, reduceMethod, setStateMethod } from './reduce.ts';
import { itemOrEnd } from './sequence-iterator.ts';
import { identitySlot, nextItem, refuseKeywords } from './shared.ts';

/** Indices up to here are plain numbers in the object. */
const MAX_PLAIN = 0x7fffffff;

/** `enumerate.__new__(iterable, start=0)` @runsPython */
function enumerateNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const n = H[args + TupleWord.Size];
  const nkw = kwargs === 0 ? 0 : dictLength(rt, kwargs);
  if (n + nkw > 2) typeError(rt, `enumerate() takes at most 2 arguments (${n + nkw} given)`);
  if (nkw > 0) checkKeywords(rt, kwargs, n);
  const iterable = n > 0 ? H[args + TupleWord.Items] : nkw > 0 ? dictGetText(rt, kwargs, 'iterable') : 0;
  if (iterable === 0)
    typeError(rt, `enumerate() missing required argument 'iterable'${type === T.enumerate ? '' : ' (pos 1)'}`);
  const start = n > 1 ? H[args + TupleWord.Items + 1] : nkw > 0 ? dictGetText(rt, kwargs, 'start') : 0;
  return makeEnumerate(rt, type, iterable, start);
}

function checkKeywords(rt: Runtime, kwargs: Ref, nargs: number): void {
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    const name = strText(rt, dictKeyAt(rt, kwargs, i));
    const known = (name === 'iterable' && nargs === 0) || name === 'start';
    const alone = name === 'start' && nargs === 0 && dictLength(rt, kwargs) === 1;
    if (!known || alone) typeError(rt, `'${name}' is an invalid keyword argument for enumerate()`);
  }
}

function makeEnumerate(rt: Runtime, type: Ref, iterable: Ref, start: Ref): Owned {
  const H = rt.words;
  const en = temp(rt, allocInstance(rt, type, 0));
  if (start !== 0) setStart(rt, en, index(rt, start));
  H[en + Word.Iterator] = iter(rt, iterable);
  H[en + Word.Result] = tupleOf(rt, S.None, S.None);
  return untemp(rt, en);
}

/** Takes `start`. */
function setStart(rt: Runtime, en: Ref, start: Owned): void {
  const H = rt.words;
  const value = isSafeInt(rt, start) ? safeIntValue(rt, start) : Infinity;
  if (Math.abs(value) < MAX_PLAIN) {
    H[en + Word.Index] = value;
    decref(rt, start);
  } else {
    H[en + Word.Index] = MAX_PLAIN;
    H[en + Word.Long] = start;
  }
}

/** The next pair; the tuple of last time again if nobody else has it. @runsPython */
function enumerateNext(rt: Runtime, en: Ref): Owned | 0 {
  const H = rt.words;
  const item = nextItem(rt, H[en + Word.Iterator]);
  if (item === 0) return 0;
  const i = nextIndex(rt, en, item);
  const result = H[en + Word.Result];
  if (H[result] !== 1) return tupleTake(rt, i, item);
  H[result] = 2;
  const oldIndex = H[result + TupleWord.Items];
  const oldItem = H[result + TupleWord.Items + 1];
  H[result + TupleWord.Items] = i;
  H[result + TupleWord.Items + 1] = item;
  decref(rt, oldIndex);
  decref(rt, oldItem);
  if (!isTracked(rt, result)) track(rt, result);
  return result as Owned;
}

/** The number of `item`, which is held meanwhile. */
function nextIndex(rt: Runtime, en: Ref, item: Owned): Owned {
  const H = rt.words;
  const i = H[en + Word.Index];
  if (i !== MAX_PLAIN) {
    H[en + Word.Index] = i + 1;
    return newInt(rt, i);
  }
  temp(rt, item);
  const current = H[en + Word.Long] !== 0 ? (H[en + Word.Long] as Owned) : newInt(rt, MAX_PLAIN);
  H[en + Word.Long] = current;
  const next = add(rt, current, smallInt(1));
  H[en + Word.Long] = next;
  forgetTemp(rt, item);
  return current;
}

function enumerateReduce(rt: Runtime, en: Ref): Owned {
  const H = rt.words;
  const long = H[en + Word.Long];
  const i = long !== 0 ? newRef(rt, long) : newInt(rt, H[en + Word.Index]);
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newRef(rt, H[en + ObjectWord.Type])),
    temp(rt, tupleTake(rt, newRef(rt, H[en + Word.Iterator]), i)),
  );
}

/** `reversed.__new__(sequence)` @runsPython */
function reversedNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  refuseKeywords(rt, type, T.reversed, 'reversed', kwargs);
  const n = H[args + TupleWord.Size];
  if (n !== 1) typeError(rt, `reversed expected 1 argument, got ${n}`);
  return makeReversed(rt, type, H[args + TupleWord.Items]);
}

function reversedVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  if (kwnames !== 0 && H[kwnames + TupleWord.Size] !== 0) typeError(rt, 'reversed() takes no keyword arguments');
  if (nargs !== 1) typeError(rt, `reversed expected 1 argument, got ${nargs}`);
  return makeReversed(rt, type, H[args]);
}

/** Positional arguments only; others go through `enumerateNew`. */
function enumerateVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  if (kwnames !== 0 || nargs < 1 || nargs > 2) return makeTpCall(rt, type, args, nargs, kwnames);
  return makeEnumerate(rt, type, H[args], nargs > 1 ? H[args + 1] : 0);
}

function makeReversed(rt: Runtime, type: Ref, sequence: Ref): Owned {
  const H = rt.words;
  const method = rt.lookupSpecial(sequence, Id.__reversed__);
  if (method === (S.None as number)) notReversible(rt, sequence);
  if (method !== 0) {
    const m = tempMark(rt);
    temp(rt, method);
    return releaseKeeping(rt, m, call0(rt, method));
  }
  if (!isSequence(rt, sequence)) notReversible(rt, sequence);
  const n = length(rt, sequence);
  const ro = allocInstance(rt, type, 0);
  H[ro + ReversedWord.Index] = n - 1;
  H[ro + ReversedWord.Sequence] = newRef(rt, sequence);
  return ro;
}

function notReversible(rt: Runtime, o: Ref): never {
  typeError(rt, `'${kindName(rt, o)}' object is not reversible`);
}

function reversedNext(rt: Runtime, ro: Ref): Owned | 0 {
  const H = rt.words;
  const i = H[ro + ReversedWord.Index];
  if (i >= 0) {
    let item: Owned | 0 = 0;
    let failed = true;
    try {
      item = itemOrEnd(rt, H[ro + ReversedWord.Sequence], i);
      failed = false;
    } finally {
      if (failed) exhaust(rt, ro);
    }
    if (item !== 0) {
      H[ro + ReversedWord.Index]--;
      return item;
    }
  }
  exhaust(rt, ro);
  return 0;
}

function exhaust(rt: Runtime, ro: Ref): void {
  rt.words[ro + ReversedWord.Index] = -1;
  clearWord(rt, ro + ReversedWord.Sequence);
}

function reversedHint(rt: Runtime, ro: Ref): Owned {
  const H = rt.words;
  const sequence = H[ro + ReversedWord.Sequence];
  if (sequence === 0) return newInt(rt, 0);
  const n = length(rt, sequence);
  const left = H[ro + ReversedWord.Index] + 1;
  return newInt(rt, n < left ? 0 : left);
}

function reversedReduce(rt: Runtime, ro: Ref): Owned {
  const H = rt.words;
  const sequence = H[ro + ReversedWord.Sequence];
  const type = newRef(rt, H[ro + ObjectWord.Type]);
  if (sequence === 0) return tupleFromTemps(rt, tempMark(rt), temp(rt, type), temp(rt, tupleOf(rt, S.EmptyTuple)));
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, type),
    temp(rt, tupleOf(rt, sequence)),
    temp(rt, newInt(rt, H[ro + ReversedWord.Index])),
  );
}

function reversedSetState(rt: Runtime, ro: Ref, state: Ref): Owned {
  const H = rt.words;
  const i = ssizeOfInt(rt, state);
  if (H[ro + ReversedWord.Sequence] === 0) return none();
  const n = length(rt, H[ro + ReversedWord.Sequence]);
  H[ro + ReversedWord.Index] = Math.min(Math.max(i, -1), n - 1);
  return none();
}

defineType({
  ref: T.enumerate,
  name: 'enumerate',
  basicSize: 56,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [Word.Iterator, Word.Result, Word.Long],
  noClear: true,
  doc:
    'enumerate(iterable, start=0)\n--\n\nReturn an enumerate object.\n\n  iterable\n    an object supporting iteration\n\n' +
    'The enumerate object yields pairs of a count, which begins with start,\nand an item of the iterable.',
  slots: { iter: identitySlot, iternext: enumerateNext, new: enumerateNew, vectorcall: enumerateVectorcall },
  methods: [reduceMethod(enumerateReduce), classGetItemMethod()],
});

defineType({
  ref: T.reversed,
  name: 'reversed',
  basicSize: 32,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [ReversedWord.Sequence],
  noClear: true,
  doc: 'reversed(sequence, /)\n--\n\nReturn a reverse iterator over the values of the given sequence.',
  slots: { iter: identitySlot, iternext: reversedNext, new: reversedNew, vectorcall: reversedVectorcall },
  methods: [lengthHintMethod(reversedHint), reduceMethod(reversedReduce), setStateMethod(reversedSetState)],
});
