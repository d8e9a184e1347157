/** The iterator of ordered dicts, for keys, values and items in both directions, and the views that give it.
 *  Source: CPython 3.12 odictobject.c. */
import {
  clearWord,
  decref,
  DictWord,
  gcNew,
  HeadWord,
  incref,
  LayoutKind,
  newRef,
  track,
  TupleWord,
  TypeFlag,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGet, keyHash } from '../../../core/dict/index.ts';
import { keyError, runtimeError } from '../../../core/errors.ts';
import { DictViewWord } from '../../../core/layout/dict.ts';
import { listAppendTake, newList } from '../../../core/list.ts';
import { native } from '../../../core/native.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { S, T } from '../../../core/static.ts';
import { dropTemp, forgetTemp, temp, untemp } from '../../../core/temps.ts';
import { newTuple, tupleOf, tupleTake } from '../../../core/tuple.ts';
import { defineType } from '../../../core/type-spec.ts';
import { builtinFunction, reduceMethod } from '../../../objects/iterators/reduce.ts';
import { identitySlot } from '../../../objects/iterators/shared.ts';
import { NodeWord, OrderedIteratorWord as Word, OrderedKind, OrderedWord } from '../layout.ts';
import { ORDERED_ITEMS, ORDERED_ITERATOR, ORDERED_KEYS, ORDERED_VALUES } from '../types.ts';
import { findNode } from './nodes.ts';

/** An iterator of that kind (`OrderedKind`). */
export function newOrderedIterator(rt: Runtime, od: Ref, kind: number): Owned {
  const it = temp(rt, gcNew(rt, ORDERED_ITERATOR));
  const H = rt.words;
  const reversed = (kind & OrderedKind.Reversed) !== 0;
  const node = H[od + (reversed ? OrderedWord.Last : OrderedWord.First)];
  H[it + Word.Kind] = kind;
  if ((kind & OrderedKind.Items) === OrderedKind.Items) H[it + Word.Result] = tupleOf(rt, S.None, S.None);
  if (node !== 0) H[it + Word.Key] = newRef(rt, H[node + NodeWord.Key]);
  H[it + Word.Length] = H[od + DictWord.Used];
  H[it + Word.State] = H[od + OrderedWord.State];
  H[it + Word.Dict] = newRef(rt, od);
  track(rt, it);
  return untemp(rt, it);
}

/** The next key, 0 at the end. @runsPython
 *  Source: CPython 3.12 odictiter_nextkey. */
function nextKey(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const od = H[it + Word.Dict];
  if (od === 0) return 0;
  if (H[it + Word.Key] === 0) return finish(rt, it);
  if (H[od + OrderedWord.State] !== H[it + Word.State]) {
    finish(rt, it);
    runtimeError(rt, 'OrderedDict mutated during iteration');
  }
  if (H[od + DictWord.Used] !== H[it + Word.Length]) {
    H[it + Word.Length] = -1;
    runtimeError(rt, 'OrderedDict changed size during iteration');
  }
  const key = H[it + Word.Key] as Owned;
  const lo = keyHash(rt, key);
  const node = findNode(rt, od, key, lo, rt.hashHigh);
  if (node === 0) {
    H[it + Word.Key] = 0;
    temp(rt, key);
    keyError(rt, key);
  }
  const next = H[node + ((H[it + Word.Kind] & OrderedKind.Reversed) !== 0 ? NodeWord.Previous : NodeWord.Next)];
  H[it + Word.Key] = next === 0 ? 0 : newRef(rt, H[next + NodeWord.Key]);
  return key;
}

function finish(rt: Runtime, it: Ref): 0 {
  clearWord(rt, it + Word.Dict);
  return 0;
}

/** Source: CPython 3.12 odictiter_iternext. @runsPython */
function iteratorNext(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const key = nextKey(rt, it);
  const kind = H[it + Word.Kind];
  if (key === 0 || (kind & OrderedKind.Values) === 0) return key;
  temp(rt, key);
  const found = dictGet(rt, H[it + Word.Dict], key);
  if (found === 0) {
    clearWord(rt, it + Word.Key);
    finish(rt, it);
    keyError(rt, key);
  }
  const value = newRef(rt, found);
  if ((kind & OrderedKind.Keys) === 0) return releaseFor(rt, untemp(rt, key), value);
  temp(rt, value);
  return pair(rt, it, key, value);
}

/** Releases `key` while `value` is held. @runsPython */
function releaseFor(rt: Runtime, key: Owned, value: Owned): Owned {
  temp(rt, value);
  decref(rt, key);
  return untemp(rt, value);
}

/** A tuple of the two newest temporaries, `key` and `value`: the iterator's own if nobody else has it. @runsPython */
function pair(rt: Runtime, it: Ref, key: Owned, value: Owned): Owned {
  const H = rt.words;
  const shared = H[it + Word.Result];
  const fresh = H[shared] !== 1;
  const tuple = fresh ? newTuple(rt, 2) : newRef(rt, shared);
  const oldKey = H[tuple + TupleWord.Items];
  const oldValue = H[tuple + TupleWord.Items + 1];
  forgetTemp(rt, value);
  forgetTemp(rt, key);
  H[tuple + TupleWord.Items] = key;
  H[tuple + TupleWord.Items + 1] = value;
  if (fresh) return tuple;
  temp(rt, tuple);
  temp(rt, oldValue as Owned);
  decref(rt, oldKey);
  dropTemp(rt, oldValue);
  if (H[tuple + HeadWord.GcNext] === 0) track(rt, tuple);
  return untemp(rt, tuple);
}

/** `(iter, ([what is left],))`: from a copy of the iterator, which stays where it is. @runsPython */
function reduce(rt: Runtime, it: Ref): Owned {
  const H = rt.words;
  const copy = temp(rt, gcNew(rt, ORDERED_ITERATOR));
  for (let i = Word.Kind as number; i < (Word.Words as number); i++) H[copy + i] = H[it + i];
  if (H[it + Word.Result] !== 0) H[copy + Word.Result] = tupleOf(rt, S.None, S.None);
  for (const word of [Word.Dict, Word.Key]) if (H[copy + word] !== 0) incref(rt, H[copy + word]);
  const list = temp(rt, newList(rt, 0));
  for (let item = iteratorNext(rt, copy); item !== 0; item = iteratorNext(rt, copy)) listAppendTake(rt, list, item);
  const args = temp(rt, tupleOf(rt, list));
  const make = builtinFunction(rt, 'iter');
  return tupleTake(rt, make, untemp(rt, args));
}

defineType({
  ref: ORDERED_ITERATOR,
  name: 'odict_iterator',
  basicSize: 8 * Word.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [Word.Dict, Word.Key, Word.Result],
  slots: { iter: identitySlot, iternext: iteratorNext },
  methods: [reduceMethod(reduce)],
});

function defineView(ref: Ref, name: string, base: Ref, kind: number): void {
  const iterate = (rt: Runtime, view: Ref, bits: number): Owned =>
    newOrderedIterator(rt, rt.words[view + DictViewWord.Dict], bits);
  defineType({
    ref,
    name,
    base,
    basicSize: 24,
    words: DictViewWord.Words,
    flags: TypeFlag.HaveGc,
    layout: LayoutKind.Fixed,
    traverse: [DictViewWord.Dict],
    slots: { iter: (rt, view) => iterate(rt, view, kind) },
    methods: [
      native('__reversed__()', (rt, view) => iterate(rt, view, kind | OrderedKind.Reversed), { unsigned: true }),
    ],
  });
}

defineView(ORDERED_KEYS, 'odict_keys', T.dictKeys, OrderedKind.Keys);
defineView(ORDERED_ITEMS, 'odict_items', T.dictItems, OrderedKind.Items);
defineView(ORDERED_VALUES, 'odict_values', T.dictValues, OrderedKind.Values);
