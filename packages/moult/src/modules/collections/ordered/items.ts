/** Storing, deleting, copying and taking over items of an ordered dict. Source: CPython 3.12 odictobject.c. */
import { DictWord, newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../../core/call.ts';
import {
  dictClear,
  dictDeleteHash,
  dictGet,
  dictKeyAt,
  dictNext,
  dictPopHash,
  dictSetHash,
  dictValueAt,
  keyHash,
} from '../../../core/dict/index.ts';
import {
  caught,
  keyError,
  mark,
  restoreException,
  runtimeError,
  takeException,
  typeError,
  valueError,
} from '../../../core/errors.ts';
import { listAppendTake, newList } from '../../../core/list.ts';
import { getItem, iter, iterNext, lookupAttrText, setItem } from '../../../core/protocol/index.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { T } from '../../../core/static.ts';
import { dropTemp, releaseTemps, temp, tempMark, untemp } from '../../../core/temps.ts';
import { tupleOf } from '../../../core/tuple.ts';
import { dictNew } from '../../../objects/dict/new.ts';
import { NodeWord, OrderedWord } from '../layout.ts';
import { ORDERED_DICT } from '../types.ts';
import { addNode, clearNodes, findNode, removeNode } from './nodes.ts';

/** `od[key] = value` for a key whose hash is known. If the order cannot take the key, the dict does not keep it.
 *  @runsPython */
function orderedSetHash(rt: Runtime, od: Ref, key: Ref, lo: number, hi: number, value: Ref): void {
  dictSetHash(rt, od, key, lo, hi, value);
  const before = mark(rt);
  try {
    addNode(rt, od, key, lo, hi);
  } catch (error) {
    caught(rt, error, before);
    const pending = temp(rt, takeException(rt));
    dictDeleteHash(rt, od, key, lo, hi);
    restoreException(rt, untemp(rt, pending));
    throw error;
  }
}

/** `od[key] = value`, or `del od[key]` with `value` 0. @runsPython */
export function orderedAssign(rt: Runtime, od: Ref, key: Ref, value: Ref): void {
  const lo = keyHash(rt, key);
  const hi = rt.hashHigh;
  if (value !== 0) return orderedSetHash(rt, od, key, lo, hi, value);
  removeNode(rt, od, key, lo, hi);
  if (!dictDeleteHash(rt, od, key, lo, hi)) keyError(rt, key);
}

/** Takes a key with its value out; without a fallback (0) raises KeyError. Borrows `key`. @runsPython
 *  Source: CPython 3.12 _odict_popkey_hash. */
export function popKey(rt: Runtime, od: Ref, key: Ref, lo: number, hi: number, fallback: Ref): Owned {
  if (findNode(rt, od, key, lo, hi) !== 0) {
    removeNode(rt, od, key, lo, hi);
    return dictPopHash(rt, od, key, lo, hi, fallback);
  }
  return fallback === 0 ? keyError(rt, key) : newRef(rt, fallback);
}

/** `od.clear()` @runsPython */
export function clearOrdered(rt: Runtime, od: Ref): void {
  dictClear(rt, od);
  clearNodes(rt, od);
}

/** `od.copy()`; a subclass is called, read and filled by its own methods. @runsPython */
export function copyOrdered(rt: Runtime, od: Ref): Owned {
  const H = rt.words;
  const type = H[od + ObjectWord.Type];
  const exact = type === ORDERED_DICT;
  const copy = temp(rt, exact ? dictNew(rt, ORDERED_DICT) : call0(rt, type));
  const state = H[od + OrderedWord.State];
  for (let node = H[od + OrderedWord.First]; node !== 0; node = H[node + NodeWord.Next]) {
    const m = tempMark(rt);
    const key = temp(rt, newRef(rt, H[node + NodeWord.Key]));
    const lo = H[node + NodeWord.HashLow];
    const hi = H[node + NodeWord.HashHigh];
    if (exact) orderedSetHash(rt, copy, key, lo, hi, valueOf(rt, od, key));
    else setItem(rt, copy, key, temp(rt, getItem(rt, od, key)));
    releaseTemps(rt, m);
    requireState(rt, od, state);
  }
  return untemp(rt, copy);
}

/** The value of a key, as a temporary. Raises KeyError. @runsPython */
function valueOf(rt: Runtime, od: Ref, key: Ref): Ref {
  const value = dictGet(rt, od, key);
  return value === 0 ? keyError(rt, key) : temp(rt, newRef(rt, value));
}

/** Raises RuntimeError if the order, which had a key, is no longer in that state. */
export function requireState(rt: Runtime, od: Ref, state: number): void {
  const H = rt.words;
  if (H[od + OrderedWord.State] !== state || H[od + OrderedWord.First] === 0)
    runtimeError(rt, 'OrderedDict mutated during iteration');
}

/** Stores what `update` is given. @runsPython
 *  Source: CPython 3.12 mutablemapping_update_arg. */
export function updateFrom(rt: Runtime, self: Ref, source: Ref): void {
  const m = tempMark(rt);
  if (rt.words[source + ObjectWord.Type] === T.dict) addPairs(rt, self, temp(rt, itemsOf(rt, source)));
  else if (!updateFromKeys(rt, self, source)) addPairs(rt, self, itemsOrSelf(rt, source));
  releaseTemps(rt, m);
}

/** A list of the pairs of a dict. */
function itemsOf(rt: Runtime, d: Ref): Owned {
  const list = temp(rt, newList(rt, 0));
  for (let i = dictNext(rt, d, 0); i >= 0; i = dictNext(rt, d, i + 1)) {
    listAppendTake(rt, list, tupleOf(rt, dictKeyAt(rt, d, i), dictValueAt(rt, d, i)));
  }
  return untemp(rt, list);
}

/** Stores the items of something with `keys()`; false if it has none. */
function updateFromKeys(rt: Runtime, self: Ref, source: Ref): boolean {
  const method = lookupAttrText(rt, source, 'keys');
  if (method === 0) return false;
  temp(rt, method);
  const iterator = temp(rt, iter(rt, temp(rt, call0(rt, method))));
  for (let key = iterNext(rt, iterator); key !== 0; key = iterNext(rt, iterator)) {
    temp(rt, key);
    const value = temp(rt, getItem(rt, source, key));
    setItem(rt, self, key, value);
    dropTemp(rt, value);
    dropTemp(rt, key);
  }
  return true;
}

function itemsOrSelf(rt: Runtime, source: Ref): Ref {
  const method = lookupAttrText(rt, source, 'items');
  return method === 0 ? source : temp(rt, call0(rt, temp(rt, method)));
}

/** Stores the pairs that an iterable yields. @runsPython
 *  Source: CPython 3.12 mutablemapping_add_pairs. */
function addPairs(rt: Runtime, self: Ref, pairs: Ref): void {
  const iterator = temp(rt, iter(rt, pairs));
  for (let pair = iterNext(rt, iterator); pair !== 0; pair = iterNext(rt, iterator)) {
    const m = tempMark(rt);
    temp(rt, pair);
    addPair(rt, self, pair);
    releaseTemps(rt, m);
  }
}

function addPair(rt: Runtime, self: Ref, pair: Ref): void {
  const parts = temp(rt, iter(rt, pair));
  const key = iterNext(rt, parts);
  if (key === 0) valueError(rt, 'need more than 0 values to unpack');
  temp(rt, key);
  const value = iterNext(rt, parts);
  if (value === 0) valueError(rt, 'need more than 1 value to unpack');
  temp(rt, value);
  const more = iterNext(rt, parts);
  if (more !== 0) {
    temp(rt, more);
    valueError(rt, 'too many values to unpack (expected 2)');
  }
  setItem(rt, self, key, value);
}

/** `OrderedDict.__init__`: `update`, with a message of its own. @runsPython */
export function orderedInit(rt: Runtime, od: Ref, args: Ref, kwargs: Ref): void {
  const H = rt.words;
  const n = H[args + TupleWord.Size];
  if (n > 1) typeError(rt, `expected at most 1 arguments, got ${n}`);
  if (n === 1) updateFrom(rt, od, H[args + TupleWord.Items]);
  if (kwargs === 0 || H[kwargs + DictWord.Used] === 0) return;
  const m = tempMark(rt);
  addPairs(rt, od, temp(rt, itemsOf(rt, kwargs)));
  releaseTemps(rt, m);
}

/** `od.update(…)` with raw arguments. @runsPython */
export function orderedUpdate(rt: Runtime, od: Ref, args: number, nargs: number, kwnames: Ref): void {
  const H = rt.words;
  if (nargs > 1) typeError(rt, `update() takes at most 1 positional argument (${nargs} given)`);
  if (nargs === 1) updateFrom(rt, od, H[args]);
  const count = kwnames === 0 ? 0 : H[kwnames + TupleWord.Size];
  for (let i = 0; i < count; i++) setItem(rt, od, H[kwnames + TupleWord.Items + i], H[args + nargs + i]);
}
