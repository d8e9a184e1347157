/** Saving tuples, lists, dicts and sets. Each is remembered before its items where it can be made empty first; a tuple or
 *  frozenset that turns out to contain itself has been saved on the way, and is taken from the memo. */
import { newRef } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { dictKeyAt, dictLength, dictNext, dictValueAt } from '../../core/dict/index.ts';
import { runtimeError } from '../../core/errors.ts';
import { listFromIterable, listItem, listLength } from '../../core/list.ts';
import { getAttrText, iter, iterNext } from '../../core/protocol/index.ts';
import { enterRecursion, leaveRecursion } from '../../core/recursion.ts';
import { T } from '../../core/static.ts';
import { dropTemp, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleOf, tupleSize } from '../../core/tuple.ts';
import { setEntryAt, setLength, setNext } from '../../objects/set/index.ts';
import { BATCH, Op } from './opcodes.ts';
import { saveAppended, savePairs } from './save-batches.ts';
import { saveReduced } from './save-reduce.ts';
import { enterNested, isMemoized, leaveNested, memoize, recall } from './saver.ts';
import type { Saver } from './saver.ts';

const SHORT_TUPLES = [Op.EmptyTuple, Op.Tuple1, Op.Tuple2, Op.Tuple3] as const;

/** Saves `o`, which may lose its owner meanwhile. @runsPython */
function saveHeld(s: Saver, o: Ref): void {
  temp(s.rt, newRef(s.rt, o));
  s.save(s, o);
  dropTemp(s.rt, o);
}

/** Source: CPython 3.12 save_tuple. @runsPython */
export function saveTuple(s: Saver, o: Ref): void {
  const { rt, out } = s;
  const size = tupleSize(rt, o);
  if (size === 0) {
    if (s.proto === 0) out.byte(Op.Mark);
    out.byte(s.proto === 0 ? Op.Tuple : Op.EmptyTuple);
    return;
  }
  const short = size <= 3 && s.proto >= 2;
  if (!short) out.byte(Op.Mark);
  for (let i = 0; i < size; i++) saveHeld(s, tupleItem(rt, o, i));
  if (isMemoized(s, o)) {
    if (!short && s.bin) out.byte(Op.PopMark);
    else for (let i = short ? 0 : -1; i < size; i++) out.byte(Op.Pop);
    recall(s, o);
    return;
  }
  out.byte(short ? (SHORT_TUPLES[size] as Op) : Op.Tuple);
  memoize(s, o);
}

/** An empty list or dict, remembered. */
function begin(s: Saver, o: Ref, empty: Op, old: Op): void {
  if (!s.bin) s.out.byte(Op.Mark);
  s.out.byte(s.bin ? empty : old);
  memoize(s, o);
}

/** Source: CPython 3.12 save_list. @runsPython */
export function saveList(s: Saver, o: Ref): void {
  const { rt } = s;
  enterNested(s, o);
  begin(s, o, Op.EmptyList, Op.List);
  if (listLength(rt, o) > 0) {
    enterRecursion(rt, ' while pickling an object');
    if (s.proto > 0) saveItemsOfList(s, o);
    else {
      const it = temp(rt, iter(rt, o));
      saveAppended(s, it);
      dropTemp(rt, it);
    }
    leaveRecursion(rt);
  }
  leaveNested(s, o);
}

/** Source: CPython 3.12 batch_list_exact. */
function saveItemsOfList(s: Saver, list: Ref): void {
  const { rt, out } = s;
  if (listLength(rt, list) === 1) {
    saveHeld(s, listItem(rt, list, 0));
    out.byte(Op.Append);
    return;
  }
  let at = 0;
  do {
    out.byte(Op.Mark);
    for (const end = at + BATCH; at < end && at < listLength(rt, list); at++) saveHeld(s, listItem(rt, list, at));
    out.byte(Op.Appends);
  } while (at < listLength(rt, list));
}

/** Source: CPython 3.12 save_dict. @runsPython */
export function saveDict(s: Saver, o: Ref): void {
  const { rt } = s;
  enterNested(s, o);
  begin(s, o, Op.EmptyDict, Op.Dict);
  if (dictLength(rt, o) > 0) {
    const m = tempMark(rt);
    const items = s.proto > 0 ? 0 : temp(rt, iter(rt, temp(rt, call0(rt, temp(rt, getAttrText(rt, o, 'items'))))));
    enterRecursion(rt, ' while pickling an object');
    if (items === 0) saveItemsOfDict(s, o);
    else savePairs(s, items);
    leaveRecursion(rt);
    releaseTemps(rt, m);
  }
  leaveNested(s, o);
}

/** Source: CPython 3.12 batch_dict_exact. */
function saveItemsOfDict(s: Saver, dict: Ref): void {
  const { rt, out } = s;
  const size = dictLength(rt, dict);
  let at = dictNext(rt, dict, 0);
  if (size === 1) {
    saveEntry(s, dict, at);
    out.byte(Op.SetItem);
    return;
  }
  let count = BATCH;
  while (count === BATCH) {
    out.byte(Op.Mark);
    for (count = 0; at >= 0 && count < BATCH; count++, at = dictNext(rt, dict, at + 1)) saveEntry(s, dict, at);
    out.byte(Op.SetItems);
    if (dictLength(rt, dict) !== size) runtimeError(rt, 'dictionary changed size during iteration');
  }
}

function saveEntry(s: Saver, dict: Ref, at: number): void {
  const { rt } = s;
  const key = temp(rt, newRef(rt, dictKeyAt(rt, dict, at)));
  const value = temp(rt, newRef(rt, dictValueAt(rt, dict, at)));
  s.save(s, key);
  s.save(s, value);
  dropTemp(rt, value);
  dropTemp(rt, key);
}

/** `(type, (list(o),))`, as sets were saved before protocol 4. @runsPython */
function saveAsCall(s: Saver, type: Ref, o: Ref): void {
  const { rt } = s;
  const m = tempMark(rt);
  const args = temp(rt, tupleOf(rt, temp(rt, listFromIterable(rt, o))));
  saveReduced(s, temp(rt, tupleOf(rt, type, args)), o);
  releaseTemps(rt, m);
}

/** Source: CPython 3.12 save_set. @runsPython */
export function saveSet(s: Saver, o: Ref): void {
  const { rt, out } = s;
  if (s.proto < 4) {
    saveAsCall(s, T.set, o);
    return;
  }
  out.byte(Op.EmptySet);
  memoize(s, o);
  const size = setLength(rt, o);
  let at = size === 0 ? -1 : setNext(rt, o, 0);
  for (let count = size === 0 ? 0 : BATCH; count === BATCH;) {
    out.byte(Op.Mark);
    for (count = 0; at >= 0 && count < BATCH; count++, at = setNext(rt, o, at + 1)) {
      saveHeld(s, rt.words[setEntryAt(rt, o, at)]);
      if (setLength(rt, o) !== size) runtimeError(rt, 'set changed size during iteration');
    }
    out.byte(Op.AddItems);
  }
}

/** Source: CPython 3.12 save_frozenset. @runsPython */
export function saveFrozenset(s: Saver, o: Ref): void {
  const { rt, out } = s;
  enterNested(s, o);
  if (s.proto < 4) {
    saveAsCall(s, T.frozenset, o);
    leaveNested(s, o);
    return;
  }
  out.byte(Op.Mark);
  const it = temp(rt, iter(rt, o));
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
    s.save(s, temp(rt, item));
    dropTemp(rt, item);
  }
  dropTemp(rt, it);
  if (isMemoized(s, o)) {
    out.byte(Op.PopMark);
    recall(s, o);
  } else {
    out.byte(Op.FrozenSet);
    memoize(s, o);
  }
  leaveNested(s, o);
}
