/** `count`, `cycle`, `repeat`, `accumulate`, `chain`. */
import { clearWord, deallocFixed, ListWord, newRef, ObjectWord, setWord, TypeWord, untrack } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { bindNew, parameters, unpackArguments } from '../../core/bind-new.ts';
import { call2 } from '../../core/call.ts';
import { typeError } from '../../core/errors.ts';
import { compactValue, isCompact, isSafeInt, newInt, safeIntValue } from '../../core/int.ts';
import { listAppend, newList } from '../../core/list.ts';
import { native } from '../../core/native.ts';
import { iter } from '../../core/protocol/iterate.ts';
import { add } from '../../core/protocol/number.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S, smallInt } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, orRelease, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleFromTemps, tupleOf, tupleTake } from '../../core/tuple.ts';
import { isInt, kindName, slotOf, typeName } from '../../core/types.ts';
import { classGetItemMethod } from '../../objects/class-getitem.ts';
import { lengthHintMethod } from '../../objects/iterators/reduce.ts';
import { nextItem, refuseKeywords } from '../../objects/iterators/shared.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { defineIterator, nextClean } from './define.ts';
import {
  ACCUMULATE,
  AccumulateWord,
  CHAIN,
  ChainWord,
  COUNT,
  CountWord,
  CYCLE,
  CycleWord,
  PLAIN_END,
  REPEAT,
  RepeatWord,
} from './layout.ts';
import { deprecatedReduce } from './pickling.ts';

const COUNT_PARAMETERS = parameters('count(start=0, step=1)');

/** Source: CPython 3.12 itertools_count_impl. @runsPython */
function countNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const [start, step] = bindNew(rt, COUNT_PARAMETERS, args, kwargs);
  if ((start !== 0 && !isNumber(rt, start)) || (step !== 0 && !isNumber(rt, step)))
    typeError(rt, 'a number is required');
  const from = start === 0 ? smallInt(0) : start;
  const by = step === 0 ? smallInt(1) : step;
  const plain = isInt(rt, from) && isSafeInt(rt, from) && Math.abs(safeIntValue(rt, from)) < PLAIN_END && isOne(rt, by);
  const o = allocInstance(rt, type, 0);
  const H = rt.words;
  H[o + CountWord.Plain] = plain ? safeIntValue(rt, from) : PLAIN_END;
  H[o + CountWord.Long] = plain ? 0 : newRef(rt, from);
  H[o + CountWord.Step] = newRef(rt, by);
  return o;
}

function isOne(rt: Runtime, o: Ref): boolean {
  return isInt(rt, o) && isCompact(rt, o) && compactValue(rt, o) === 1;
}

/** Source: CPython 3.12 PyNumber_Check. */
function isNumber(rt: Runtime, o: Ref): boolean {
  return (
    slotOf(rt, o, TypeWord.NbIndex) + slotOf(rt, o, TypeWord.NbInt) + slotOf(rt, o, TypeWord.NbFloat) !== 0 ||
    kindName(rt, o) === 'complex'
  );
}

function countNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  const n = H[o + CountWord.Plain];
  if (n !== PLAIN_END) {
    H[o + CountWord.Plain] = n + 1;
    return newInt(rt, n);
  }
  if (H[o + CountWord.Long] === 0) H[o + CountWord.Long] = newInt(rt, PLAIN_END);
  const value = H[o + CountWord.Long] as Owned;
  H[o + CountWord.Long] = add(rt, value, H[o + CountWord.Step]);
  return value;
}

function countRepr(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const name = typeName(rt, H[o + ObjectWord.Type]);
  if (H[o + CountWord.Plain] !== PLAIN_END) return newStr(rt, `${name}(${H[o + CountWord.Plain]})`);
  const at = reprText(rt, H[o + CountWord.Long] || smallInt(0));
  const step = H[o + CountWord.Step];
  return newStr(rt, isOne(rt, step) ? `${name}(${at})` : `${name}(${at}, ${reprText(rt, step)})`);
}

function countReduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const type = newRef(rt, H[o + ObjectWord.Type]);
  if (H[o + CountWord.Plain] !== PLAIN_END)
    return tupleFromTemps(
      rt,
      tempMark(rt),
      temp(rt, type),
      temp(rt, tupleTake(rt, newInt(rt, H[o + CountWord.Plain]))),
    );
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, type),
    temp(rt, tupleOf(rt, H[o + CountWord.Long], H[o + CountWord.Step])),
  );
}

const REPEAT_PARAMETERS = parameters('repeat(object, times=None)');

function repeatNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const [object, times] = bindNew(rt, REPEAT_PARAMETERS, args, kwargs);
  const count = times === 0 ? -1 : Math.min(Math.max(asSsize(rt, times), 0), PLAIN_END);
  const o = allocInstance(rt, type, 0);
  rt.words[o + RepeatWord.Element] = newRef(rt, object);
  rt.words[o + RepeatWord.Count] = count;
  return o;
}

function repeatNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  const count = H[o + RepeatWord.Count];
  if (count === 0) return 0;
  if (count > 0) H[o + RepeatWord.Count] = count - 1;
  return newRef(rt, H[o + RepeatWord.Element]);
}

function repeatRepr(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const name = typeName(rt, H[o + ObjectWord.Type]);
  const element = reprText(rt, H[o + RepeatWord.Element]);
  const count = H[o + RepeatWord.Count];
  return newStr(rt, count < 0 ? `${name}(${element})` : `${name}(${element}, ${count})`);
}

function repeatHint(rt: Runtime, o: Ref): Owned {
  const count = rt.words[o + RepeatWord.Count];
  return count < 0 ? typeError(rt, 'len() of unsized object') : newInt(rt, count);
}

function repeatReduce(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const type = newRef(rt, H[o + ObjectWord.Type]);
  const element = newRef(rt, H[o + RepeatWord.Element]);
  const count = H[o + RepeatWord.Count];
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, type),
    temp(
      rt,
      count < 0
        ? tupleTake(rt, element)
        : tupleFromTemps(rt, tempMark(rt), temp(rt, element), temp(rt, newInt(rt, count))),
    ),
  );
}

function cycleNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  refuseKeywords(rt, type, CYCLE, 'cycle', kwargs);
  const [iterable] = unpackArguments(rt, 'cycle', args, 1, 1);
  const it = temp(rt, iter(rt, iterable));
  const saved = temp(rt, newList(rt, 0));
  const o = allocInstance(rt, type, 0);
  rt.words[o + CycleWord.Saved] = untemp(rt, saved);
  rt.words[o + CycleWord.Iterator] = untemp(rt, it);
  return o;
}

function cycleNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  const it = H[o + CycleWord.Iterator];
  if (it !== 0) {
    const item = nextClean(rt, it);
    if (item !== 0) {
      if (H[o + CycleWord.FirstPass] === 0) orRelease(rt, item, () => listAppend(rt, H[o + CycleWord.Saved], item));
      return item;
    }
    clearWord(rt, o + CycleWord.Iterator);
  }
  const saved = H[o + CycleWord.Saved];
  if (H[saved + ListWord.Size] === 0) return 0;
  const i = H[o + CycleWord.Index];
  H[o + CycleWord.Index] = i + 1 >= H[saved + ListWord.Size] ? 0 : i + 1;
  return newRef(rt, H[H[saved + ListWord.Items] + i]);
}

const ACCUMULATE_PARAMETERS = parameters('accumulate(iterable, func=None, *, initial=None)');

function accumulateNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const [iterable, fn, initial] = bindNew(rt, ACCUMULATE_PARAMETERS, args, kwargs);
  const it = temp(rt, iter(rt, iterable));
  const o = allocInstance(rt, type, 0);
  const H = rt.words;
  H[o + AccumulateWord.Function] = fn === 0 || fn === S.None ? 0 : newRef(rt, fn);
  H[o + AccumulateWord.Iterator] = untemp(rt, it);
  H[o + AccumulateWord.Initial] = newRef(rt, initial || S.None);
  return o;
}

function accumulateNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  if (H[o + AccumulateWord.Initial] !== S.None) {
    H[o + AccumulateWord.Total] = H[o + AccumulateWord.Initial];
    H[o + AccumulateWord.Initial] = S.None;
    return newRef(rt, H[o + AccumulateWord.Total]);
  }
  const item = nextItem(rt, H[o + AccumulateWord.Iterator]);
  if (item === 0) return 0;
  if (H[o + AccumulateWord.Total] === 0) {
    H[o + AccumulateWord.Total] = newRef(rt, item);
    return item;
  }
  const m = tempMark(rt);
  temp(rt, item);
  const fn = H[o + AccumulateWord.Function];
  const total = H[o + AccumulateWord.Total];
  const sum = temp(rt, releaseKeeping(rt, m, fn === 0 ? add(rt, total, item) : call2(rt, fn, total, item)));
  setWord(rt, o + AccumulateWord.Total, newRef(rt, sum));
  return untemp(rt, sum);
}

function chainNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  refuseKeywords(rt, type, CHAIN, 'chain', kwargs);
  return chainFrom(rt, type, args);
}

function chainFrom(rt: Runtime, type: Ref, iterables: Ref): Owned {
  const source = temp(rt, iter(rt, iterables));
  const o = allocInstance(rt, type, 0);
  rt.words[o + ChainWord.Source] = untemp(rt, source);
  return o;
}

function chainNext(rt: Runtime, o: Ref): Owned | 0 {
  const H = rt.words;
  while (H[o + ChainWord.Source] !== 0) {
    if (H[o + ChainWord.Active] === 0 && !openNext(rt, o)) return 0;
    const item = nextClean(rt, H[o + ChainWord.Active]);
    if (item !== 0) return item;
    clearWord(rt, o + ChainWord.Active);
  }
  return 0;
}

/** Starts the next iterable; false when there is none. An error ends the chain. */
function openNext(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  let opened = false;
  try {
    const iterable = nextClean(rt, H[o + ChainWord.Source]);
    if (iterable !== 0) {
      temp(rt, iterable);
      H[o + ChainWord.Active] = iter(rt, iterable);
      opened = true;
      dropTemp(rt, iterable);
    }
  } finally {
    if (!opened) clearWord(rt, o + ChainWord.Source);
  }
  return opened;
}

function accumulateDealloc(rt: Runtime, o: Ref): void {
  releaseFirst(rt, o, AccumulateWord.Function);
}

function chainDealloc(rt: Runtime, o: Ref): void {
  releaseFirst(rt, o, ChainWord.Active);
}

/** The destructor of an iterator that releases another word before those in front of it. */
function releaseFirst(rt: Runtime, o: Ref, word: number): void {
  untrack(rt, o);
  clearWord(rt, o + word);
  deallocFixed(rt, o);
}

defineIterator({
  ref: COUNT,
  name: 'count',
  basicSize: 40,
  refs: [CountWord.Long, CountWord.Step],
  doc: 'count(start=0, step=1)\n--\n\nReturn an iterator of start, start + step, start + 2 * step and so on.',
  next: countNext,
  make: countNew,
  slots: { repr: countRepr },
  more: { methods: [deprecatedReduce(countReduce)] },
});

defineIterator({
  ref: REPEAT,
  name: 'repeat',
  basicSize: 32,
  refs: [RepeatWord.Element],
  doc:
    'repeat(object [,times]) -> create an iterator which returns the object\nfor the specified number of times.  If not ' +
    'specified, returns the object\nendlessly.',
  next: repeatNext,
  make: repeatNew,
  slots: { repr: repeatRepr },
  more: { methods: [lengthHintMethod(repeatHint), deprecatedReduce(repeatReduce)] },
});

defineIterator({
  ref: CYCLE,
  name: 'cycle',
  basicSize: 48,
  refs: [CycleWord.Iterator, CycleWord.Saved],
  doc: 'cycle(iterable, /)\n--\n\nReturn the items of the iterable, then the same again, endlessly.',
  next: cycleNext,
  make: cycleNew,
});

defineIterator({
  ref: ACCUMULATE,
  name: 'accumulate',
  basicSize: 56,
  refs: [AccumulateWord.Total, AccumulateWord.Iterator, AccumulateWord.Function, AccumulateWord.Initial],
  doc:
    'accumulate(iterable, func=None, *, initial=None)\n--\n\nReturn series of accumulated sums (or other binary function ' +
    'results).',
  next: accumulateNext,
  make: accumulateNew,
  more: { dealloc: accumulateDealloc },
});

defineIterator({
  ref: CHAIN,
  name: 'chain',
  basicSize: 32,
  refs: [ChainWord.Source, ChainWord.Active],
  doc: 'chain(*iterables) --> chain object\n\nReturn the items of the first iterable, then those of the next one, to the last.',
  next: chainNext,
  make: chainNew,
  more: {
    dealloc: chainDealloc,
    methods: [
      native('from_iterable($type, iterable, /)', chainFrom, {
        binding: 'class',
        doc: 'Alternative chain() constructor taking a single iterable argument that evaluates lazily.',
      }),
      classGetItemMethod(),
    ],
  },
});
