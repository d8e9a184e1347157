/** The methods of `list`. */
import { decref, incref, ListWord, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { indexError, none, raiseWithTake, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { listAppend, listClear, listExtend, listInsert, listResize, listSlice } from '../../core/list.ts';
import { moveWords } from '../../core/move-words.ts';
import { native } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { repr } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize, sliceLimit } from '../../core/ssize.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { classGetItemMethod } from '../class-getitem.ts';
import { newListReverseIterator } from '../iterators/list-iterator.ts';
import { listAssSlice, listSubscript } from './items.ts';
import { itemEquals } from './operators.ts';
import { listSort } from './sort/sort.ts';

function append(rt: Runtime, list: Ref, item: Ref): Owned {
  listAppend(rt, list, item);
  return none();
}

function insert(rt: Runtime, list: Ref, index: Ref, item: Ref): Owned {
  listInsert(rt, list, asSsize(rt, index), item);
  return none();
}

function extend(rt: Runtime, list: Ref, iterable: Ref): Owned {
  listExtend(rt, list, iterable);
  return none();
}

function clear(rt: Runtime, list: Ref): Owned {
  listClear(rt, list);
  return none();
}

function copy(rt: Runtime, list: Ref): Owned {
  return listSlice(rt, list, 0, rt.words[list + ListWord.Size]);
}

function pop(rt: Runtime, list: Ref, index: Ref): Owned {
  const H = rt.words;
  let i = index === 0 ? -1 : asSsize(rt, index);
  const size = H[list + ListWord.Size];
  if (size === 0) indexError(rt, 'pop from empty list');
  if (i < 0) i += size;
  if (i < 0 || i >= size) indexError(rt, 'pop index out of range');
  const items = H[list + ListWord.Items];
  const item = H[items + i] as Owned;
  if (size === 1) {
    incref(rt, item);
    listClear(rt, list);
    return item;
  }
  if (i < size - 1) moveWords(H, items + i, items + i + 1, size - i - 1);
  listResize(rt, list, size - 1);
  return item;
}

function remove(rt: Runtime, list: Ref, value: Ref): Owned {
  const H = rt.words;
  for (let i = 0; i < H[list + ListWord.Size]; i++) {
    if (itemEquals(rt, H[H[list + ListWord.Items] + i], value)) {
      listAssSlice(rt, list, i, i + 1, 0);
      return none();
    }
  }
  return valueError(rt, 'list.remove(x): x not in list');
}

function index(rt: Runtime, list: Ref, value: Ref, start: Ref, stop: Ref): Owned {
  const H = rt.words;
  let from = start === 0 ? 0 : sliceLimit(rt, start);
  let to = stop === 0 ? Infinity : sliceLimit(rt, stop);
  if (from < 0) from = Math.max(from + H[list + ListWord.Size], 0);
  if (to < 0) to = Math.max(to + H[list + ListWord.Size], 0);
  for (let i = from; i < to && i < H[list + ListWord.Size]; i++) {
    if (itemEquals(rt, H[H[list + ListWord.Items] + i], value)) return newInt(rt, i);
  }
  return notInList(rt, value);
}

function notInList(rt: Runtime, value: Ref): never {
  const text = repr(rt, value);
  const message = newStr(rt, `${strText(rt, text)} is not in list`);
  decref(rt, text);
  raiseWithTake(rt, T.ValueError, message);
}

function count(rt: Runtime, list: Ref, value: Ref): Owned {
  const H = rt.words;
  let n = 0;
  for (let i = 0; i < H[list + ListWord.Size]; i++) {
    if (itemEquals(rt, H[H[list + ListWord.Items] + i], value)) n++;
  }
  return newInt(rt, n);
}

function reverse(rt: Runtime, list: Ref): Owned {
  const H = rt.words;
  const items = H[list + ListWord.Items];
  H.subarray(items, items + H[list + ListWord.Size]).reverse();
  return none();
}

function sort(rt: Runtime, list: Ref, key: Ref, descending: Ref): Owned {
  listSort(rt, list, key === S.None ? 0 : key, descending !== 0 && isTrue(rt, descending));
  return none();
}

function sizeOf(rt: Runtime, list: Ref): Owned {
  const H = rt.words;
  return newInt(rt, H[H[list + ObjectWord.Type] + TypeWord.BasicSize] + 8 * H[list + ListWord.Allocated]);
}

export const LIST_METHODS = [
  native('__getitem__($self, index, /)', listSubscript, { coexist: true, doc: 'Return self[index].' }),
  native('__reversed__($self, /)', newListReverseIterator, {
    doc: 'Return an iterator that goes over the list backwards.',
  }),
  native('__sizeof__($self, /)', sizeOf, { doc: 'Return the bytes that the list takes, its items apart.' }),
  native('clear($self, /)', clear, { doc: 'Remove all items from list.' }),
  native('copy($self, /)', copy, { doc: 'Return a shallow copy of the list.' }),
  native('append($self, object, /)', append, { doc: 'Append object to the end of the list.' }),
  native('insert($self, index, object, /)', insert, { doc: 'Insert object before index.' }),
  native('extend($self, iterable, /)', extend, { doc: 'Extend list by appending elements from the iterable.' }),
  native('pop($self, index=-1, /)', pop, {
    doc: 'Remove and return item at index (default last).\n\nRaises IndexError if list is empty or index is out of range.',
  }),
  native('remove($self, value, /)', remove, {
    doc: 'Remove first occurrence of value.\n\nRaises ValueError if the value is not present.',
  }),
  native('index($self, value, start=0, stop=sys.maxsize, /)', index, {
    doc: 'Return first index of value.\n\nRaises ValueError if the value is not present.',
  }),
  native('count($self, value, /)', count, { doc: 'Return number of occurrences of value.' }),
  native('reverse($self, /)', reverse, { doc: 'Reverse *IN PLACE*.' }),
  native('sort($self, /, *, key=None, reverse=False)', sort, {
    doc:
      'Sort the list in ascending order and return None.\n\nThe sort changes the list itself and is stable: items that ' +
      'compare equal keep their order.\nA key function is called once for each item; reverse gives descending order.',
  }),
  classGetItemMethod(),
];
