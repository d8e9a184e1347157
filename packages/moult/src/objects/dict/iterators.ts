/** The six iterators of dicts: keys, values and items, forwards and backwards. */
import {
  clearWord,
  decref,
  DictWord,
  gcNew,
  HeadWord,
  incref,
  KeysWord,
  LayoutKind,
  newRef,
  ObjectWord,
  track,
  TupleWord,
  TypeFlag,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictKeyAt, dictNext, dictValueAt } from '../../core/dict/index.ts';
import { runtimeError } from '../../core/errors.ts';
import type { IterNextSlot } from '../../core/functions.ts';
import { newInt } from '../../core/int.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import { DictIteratorWord } from '../../core/layout/dict.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { temp, untemp } from '../../core/temps.ts';
import { newTuple, tupleOf } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { builtinFunction } from '../iterators/reduce.ts';

/** An iterator of that type over the dict.
 *  Source: CPython 3.12 dictiter_new. */
export function newDictIterator(rt: Runtime, d: Ref, type: Ref): Owned {
  const it = gcNew(rt, type);
  const H = rt.words;
  const used = H[d + DictWord.Used];
  H[it + DictIteratorWord.Dict] = newRef(rt, d);
  H[it + DictIteratorWord.Used] = H[it + DictIteratorWord.Length] = used;
  if (isReverse(type)) {
    const entries = H[d + DictWord.Values] === 0 ? H[H[d + DictWord.Keys] + KeysWord.NumEntries] : used;
    H[it + DictIteratorWord.Position] = entries - 1;
  }
  temp(rt, it);
  if (yieldsItems(type)) H[it + DictIteratorWord.Result] = tupleOf(rt, S.None, S.None);
  track(rt, it);
  return untemp(rt, it);
}

function isReverse(type: Ref): boolean {
  return type === T.dictReverseKeyIterator || type === T.dictReverseValueIterator || type === T.dictReverseItemIterator;
}

function yieldsItems(type: Ref): boolean {
  return type === T.dictItemIterator || type === T.dictReverseItemIterator;
}

/** The position of the next entry, −1 at the end (the dict is released). Raises RuntimeError if the dict changed.
 *  Source: CPython 3.12 dictiter_iternextkey. */
function advance(rt: Runtime, it: Ref): number {
  const H = rt.words;
  const d = H[it + DictIteratorWord.Dict];
  if (d === 0) return -1;
  requireSameSize(rt, it, d);
  const i = dictNext(rt, d, H[it + DictIteratorWord.Position]);
  if (i < 0) return finish(rt, it);
  if (H[it + DictIteratorWord.Length] === 0) {
    finish(rt, it);
    runtimeError(rt, 'dictionary keys changed during iteration');
  }
  H[it + DictIteratorWord.Position] = i + 1;
  H[it + DictIteratorWord.Length]--;
  return i;
}

/** As `advance`, backwards.
 *  Source: CPython 3.12 dictreviter_iternext. */
function retreat(rt: Runtime, it: Ref): number {
  const H = rt.words;
  const d = H[it + DictIteratorWord.Dict];
  if (d === 0) return -1;
  requireSameSize(rt, it, d);
  let i = H[it + DictIteratorWord.Position];
  while (i >= 0 && dictNext(rt, d, i) !== i) i--;
  if (i < 0) return finish(rt, it);
  H[it + DictIteratorWord.Position] = i - 1;
  H[it + DictIteratorWord.Length]--;
  return i;
}

function requireSameSize(rt: Runtime, it: Ref, d: Ref): void {
  const H = rt.words;
  if (H[it + DictIteratorWord.Used] === H[d + DictWord.Used]) return;
  H[it + DictIteratorWord.Used] = -1;
  runtimeError(rt, 'dictionary changed size during iteration');
}

function finish(rt: Runtime, it: Ref): number {
  clearWord(rt, it + DictIteratorWord.Dict);
  return -1;
}

type Step = (rt: Runtime, it: Ref) => number;

const nextKey =
  (step: Step): IterNextSlot =>
  (rt, it) => {
    const i = step(rt, it);
    return i < 0 ? 0 : newRef(rt, dictKeyAt(rt, rt.words[it + DictIteratorWord.Dict], i));
  };

const nextValue =
  (step: Step): IterNextSlot =>
  (rt, it) => {
    const i = step(rt, it);
    return i < 0 ? 0 : newRef(rt, dictValueAt(rt, rt.words[it + DictIteratorWord.Dict], i));
  };

const nextItem =
  (step: Step): IterNextSlot =>
  (rt, it) => {
    const i = step(rt, it);
    if (i < 0) return 0;
    const d = rt.words[it + DictIteratorWord.Dict];
    return pair(rt, it, dictKeyAt(rt, d, i), dictValueAt(rt, d, i));
  };

/** A tuple of key and value: the iterator's own if nobody else has it. @runsPython (what was in it may die) */
function pair(rt: Runtime, it: Ref, key: Ref, value: Ref): Owned {
  const H = rt.words;
  const result = H[it + DictIteratorWord.Result];
  if (H[result] !== 1) return tupleOf(rt, key, value);
  const oldKey = H[result + TupleWord.Items];
  const oldValue = H[result + TupleWord.Items + 1];
  incref(rt, key);
  incref(rt, value);
  H[result + TupleWord.Items] = key;
  H[result + TupleWord.Items + 1] = value;
  H[result]++;
  temp(rt, result as Owned);
  decref(rt, oldKey);
  decref(rt, oldValue);
  if (H[result + HeadWord.GcNext] === 0) track(rt, result);
  return untemp(rt, result);
}

function self(rt: Runtime, it: Ref): Owned {
  return newRef(rt, it);
}

function lengthHint(rt: Runtime, it: Ref): Owned {
  const H = rt.words;
  const d = H[it + DictIteratorWord.Dict];
  const current = d !== 0 && H[it + DictIteratorWord.Used] === H[d + DictWord.Used];
  return newInt(rt, current ? H[it + DictIteratorWord.Length] : 0);
}

/** `(iter, ([what is left],))`: from a copy of the iterator, which stays where it is. */
function reduce(rt: Runtime, it: Ref): Owned {
  const H = rt.words;
  const copy = temp(rt, gcNew(rt, H[it + ObjectWord.Type]));
  for (let i = DictIteratorWord.Dict as number; i < (DictIteratorWord.Words as number); i++) H[copy + i] = H[it + i];
  H[copy + DictIteratorWord.Result] = yieldsItems(H[it + ObjectWord.Type]) ? newTuple(rt, 0) : 0;
  if (H[copy + DictIteratorWord.Dict] !== 0) incref(rt, H[copy + DictIteratorWord.Dict]);
  const next = NEXT[H[it + ObjectWord.Type]];
  const list = temp(rt, newList(rt, 0));
  for (let item = next(rt, copy); item !== 0; item = next(rt, copy)) listAppendTake(rt, list, item);
  const args = temp(rt, tupleOf(rt, list));
  const iter = temp(rt, builtinFunction(rt, 'iter'));
  return tupleOf(rt, iter, args);
}

const METHODS = [
  native('__length_hint__()', lengthHint, {
    doc: 'Private method returning an estimate of len(list(it)).',
    unsigned: true,
  }),
  native('__reduce__()', reduce, { doc: 'Return state information for pickling.', unsigned: true }),
];

const NEXT: Record<Ref, IterNextSlot> = {};

function defineIterator(ref: Ref, name: string, iternext: IterNextSlot): void {
  NEXT[ref] = iternext;
  defineType({
    ref,
    name,
    basicSize: 56,
    words: DictIteratorWord.Words,
    flags: TypeFlag.HaveGc,
    layout: LayoutKind.Fixed,
    traverse: [DictIteratorWord.Dict, DictIteratorWord.Result],
    slots: { iter: self, iternext },
    methods: METHODS,
  });
}

defineIterator(T.dictKeyIterator, 'dict_keyiterator', nextKey(advance));
defineIterator(T.dictValueIterator, 'dict_valueiterator', nextValue(advance));
defineIterator(T.dictItemIterator, 'dict_itemiterator', nextItem(advance));
defineIterator(T.dictReverseKeyIterator, 'dict_reversekeyiterator', nextKey(retreat));
defineIterator(T.dictReverseValueIterator, 'dict_reversevalueiterator', nextValue(retreat));
defineIterator(T.dictReverseItemIterator, 'dict_reverseitemiterator', nextItem(retreat));
