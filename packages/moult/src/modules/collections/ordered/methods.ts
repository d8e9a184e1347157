/** Methods of `OrderedDict`. Source: CPython 3.12 odictobject.c. */
import { newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGet, dictLength, dictTableSize, keyHash } from '../../../core/dict/index.ts';
import { keyError, none, raiseWithTake } from '../../../core/errors.ts';
import { newInt } from '../../../core/int.ts';
import { Id } from '../../../core/names.ts';
import { native, nativeRaw } from '../../../core/native.ts';
import type { NativeDefinition, NativeFunction } from '../../../core/native.ts';
import { contains, getItem, isTrue, iter, setItem } from '../../../core/protocol/index.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { S, T } from '../../../core/static.ts';
import { newStr } from '../../../core/str.ts';
import { dropTemp, temp } from '../../../core/temps.ts';
import { tupleOf } from '../../../core/tuple.ts';
import { dictFromKeys } from '../../../objects/dict/methods.ts';
import { newDictView } from '../../../objects/dict/views.ts';
import { objectGetState } from '../../../objects/object/reduce.ts';
import { callMethod0 } from '../../../objects/type/call-method.ts';
import { NodeWord, OrderedKind, OrderedWord } from '../layout.ts';
import { ORDERED_DICT, ORDERED_ITEMS, ORDERED_KEYS, ORDERED_VALUES } from '../types.ts';
import { clearOrdered, copyOrdered, orderedAssign, orderedUpdate, popKey } from './items.ts';
import { newOrderedIterator } from './iterator.ts';
import { findNode, linkFirst, linkLast, unlink } from './nodes.ts';

function sizeOf(rt: Runtime, od: Ref): Owned {
  const H = rt.words;
  const nodes = H[od + OrderedWord.First] === 0 ? 0 : NodeWord.Bytes * dictLength(rt, od);
  const own = H[H[od + ObjectWord.Type] + TypeWord.BasicSize] + dictTableSize(rt, od);
  return newInt(rt, own + 8 * H[od + OrderedWord.FastSize] + nodes);
}

function reduce(rt: Runtime, od: Ref): Owned {
  const state = temp(rt, objectGetState(rt, od, false));
  const items = temp(rt, callMethod0(rt, od, Id.items));
  const it = temp(rt, iter(rt, items));
  return tupleOf(rt, rt.words[od + ObjectWord.Type], S.EmptyTuple, state, S.None, it);
}

function setDefault(rt: Runtime, od: Ref, key: Ref, given: Ref): Owned {
  const fallback = given || S.None;
  if (rt.words[od + ObjectWord.Type] === ORDERED_DICT) {
    const value = dictGet(rt, od, key);
    if (value !== 0) return newRef(rt, value);
    orderedAssign(rt, od, key, fallback);
    return newRef(rt, fallback);
  }
  if (contains(rt, od, key)) return getItem(rt, od, key);
  setItem(rt, od, key, fallback);
  return newRef(rt, fallback);
}

function pop(rt: Runtime, od: Ref, key: Ref, fallback: Ref): Owned {
  const lo = keyHash(rt, key);
  return popKey(rt, od, key, lo, rt.hashHigh, fallback);
}

function popItem(rt: Runtime, od: Ref, last: Ref): Owned {
  const H = rt.words;
  const fromEnd = last === 0 || isTrue(rt, last);
  const node = H[od + (fromEnd ? OrderedWord.Last : OrderedWord.First)];
  if (node === 0) raiseWithTake(rt, T.KeyError, newStr(rt, 'dictionary is empty'));
  const key = temp(rt, newRef(rt, H[node + NodeWord.Key]));
  const value = temp(rt, popKey(rt, od, key, H[node + NodeWord.HashLow], H[node + NodeWord.HashHigh], 0));
  const item = tupleOf(rt, key, value);
  dropTemp(rt, value);
  dropTemp(rt, key);
  return item;
}

function moveToEnd(rt: Runtime, od: Ref, key: Ref, given: Ref): Owned {
  const H = rt.words;
  const last = given === 0 || isTrue(rt, given);
  const end = last ? OrderedWord.Last : OrderedWord.First;
  if (H[od + end] === 0) keyError(rt, key);
  if (H[H[od + end] + NodeWord.Key] === key) return none();
  const lo = keyHash(rt, key);
  const node = findNode(rt, od, key, lo, rt.hashHigh);
  if (node === 0) keyError(rt, key);
  if (node === H[od + end]) return none();
  unlink(rt, od, node);
  if (last) linkLast(rt, od, node);
  else linkFirst(rt, od, node);
  return none();
}

const view =
  (type: Ref): NativeFunction =>
  (rt, od) =>
    newDictView(rt, od, type);

export const ORDERED_METHODS: readonly NativeDefinition[] = [
  native('fromkeys($type, /, iterable, value=None)', dictFromKeys, {
    binding: 'class',
    doc: 'Create a new ordered dictionary with keys from iterable and values set to value.',
  }),
  native('__sizeof__()', sizeOf, { unsigned: true }),
  native('__reduce__()', reduce, { unsigned: true, doc: 'Return state information for pickling' }),
  native('setdefault($self, /, key, default=None)', setDefault, {
    doc:
      'Insert key with a value of default if key is not in the dictionary.\n\n' +
      'Return the value for key if key is in the dictionary, else default.',
  }),
  native('pop($self, /, key, default=<unrepresentable>)', pop, {
    doc:
      'od.pop(key[,default]) -> v, remove specified key and return the corresponding value.\n\n' +
      'If the key is not found, return the default if given; otherwise,\nraise a KeyError.',
  }),
  native('popitem($self, /, last=True)', popItem, {
    doc:
      'Remove and return a (key, value) pair from the dictionary.\n\n' +
      'Pairs are returned in LIFO order if last is true or FIFO order if false.',
  }),
  native('keys()', view(ORDERED_KEYS), { unsigned: true }),
  native('values()', view(ORDERED_VALUES), { unsigned: true }),
  native('items()', view(ORDERED_ITEMS), { unsigned: true }),
  nativeRaw(
    'update',
    (rt, od, args = 0, nargs = 0, kwnames = 0) => {
      orderedUpdate(rt, od, args, nargs, kwnames);
      return none();
    },
    { tuple: true, keywords: true },
  ),
  native(
    'clear()',
    (rt, od) => {
      clearOrdered(rt, od);
      return none();
    },
    { unsigned: true, doc: 'od.clear() -> None.  Remove all items from od.' },
  ),
  native('copy()', copyOrdered, { unsigned: true, doc: 'od.copy() -> a shallow copy of od' }),
  native('__reversed__()', (rt, od) => newOrderedIterator(rt, od, OrderedKind.Keys | OrderedKind.Reversed), {
    unsigned: true,
    doc: 'od.__reversed__() <==> reversed(od)',
  }),
  native('move_to_end($self, /, key, last=True)', moveToEnd, {
    doc:
      'Move an existing element to the end (or beginning if last is false).\n\n' +
      'Raise KeyError if the element does not exist.',
  }),
];
