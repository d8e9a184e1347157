/** Methods of `deque`. */
import { newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { indexError, none, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { iter, reprText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize, sliceLimit } from '../../core/ssize.ts';
import { S, T } from '../../core/static.ts';
import { temp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { classGetItemMethod } from '../../objects/class-getitem.ts';
import { objectGetState } from '../../objects/object/reduce.ts';
import { itemWord, rotate, takeLeft, takeRight } from './blocks.ts';
import { newDequeReverseIterator } from './deque-iterator.ts';
import { countItem, dequeCopy, findItem } from './deque-operators.ts';
import { append, appendLeft, clearDeque, extend, extendLeft, removeAt } from './deque.ts';
import { Block, BlockWord, DequeWord } from './layout.ts';

function pop(rt: Runtime, d: Ref): Owned {
  if (rt.words[d + DequeWord.Size] === 0) indexError(rt, 'pop from an empty deque');
  return takeRight(rt, d);
}

function popLeft(rt: Runtime, d: Ref): Owned {
  if (rt.words[d + DequeWord.Size] === 0) indexError(rt, 'pop from an empty deque');
  return takeLeft(rt, d);
}

function insert(rt: Runtime, d: Ref, index: Ref, value: Ref): Owned {
  const H = rt.words;
  const i = asSsize(rt, index);
  const n = H[d + DequeWord.Size];
  if (n === H[d + DequeWord.MaxLen]) indexError(rt, 'deque already at its maximum size');
  if (i >= n) append(rt, d, newRef(rt, value));
  else if (i <= -n || i === 0) appendLeft(rt, d, newRef(rt, value));
  else {
    rotate(rt, d, -i);
    if (i < 0) append(rt, d, newRef(rt, value));
    else appendLeft(rt, d, newRef(rt, value));
    rotate(rt, d, i);
  }
  return none();
}

function index(rt: Runtime, d: Ref, value: Ref, start: Ref, stop: Ref): Owned {
  const size = rt.words[d + DequeWord.Size];
  const from = clip(start === 0 ? 0 : sliceLimit(rt, start), size);
  const to = clip(stop === 0 ? size : sliceLimit(rt, stop), size);
  const found = findItem(rt, d, value, from, Math.min(to, size), T.RuntimeError);
  if (found < 0) valueError(rt, `${reprText(rt, value)} is not in deque`);
  return newInt(rt, found);
}

function clip(limit: number, size: number): number {
  return limit < 0 ? Math.max(limit + size, 0) : limit;
}

function remove(rt: Runtime, d: Ref, value: Ref): Owned {
  const found = findItem(rt, d, value, 0, rt.words[d + DequeWord.Size], T.IndexError);
  if (found < 0) valueError(rt, `${reprText(rt, value)} is not in deque`);
  removeAt(rt, d, found);
  return none();
}

function reverse(rt: Runtime, d: Ref): Owned {
  const H = rt.words;
  const size = H[d + DequeWord.Size];
  for (let i = 0; i < size >> 1; i++) {
    const a = itemWord(H, d, i);
    const b = itemWord(H, d, size - 1 - i);
    const item = H[a];
    H[a] = H[b];
    H[b] = item;
  }
  return none();
}

function sizeOf(rt: Runtime, d: Ref): Owned {
  const H = rt.words;
  const blocks = Math.floor((H[d + DequeWord.LeftIndex] + H[d + DequeWord.Size] + Block.Length - 1) / Block.Length);
  return newInt(rt, H[H[d + ObjectWord.Type] + TypeWord.BasicSize] + blocks * 8 * BlockWord.Words);
}

function reduce(rt: Runtime, d: Ref): Owned {
  const H = rt.words;
  const state = temp(rt, objectGetState(rt, d, false));
  const it = temp(rt, iter(rt, d));
  const bound = H[d + DequeWord.MaxLen];
  if (bound < 0) return tupleOf(rt, H[d + ObjectWord.Type], S.EmptyTuple, state, it);
  const args = temp(rt, tupleOf(rt, S.EmptyTuple, temp(rt, newInt(rt, bound))));
  return tupleOf(rt, H[d + ObjectWord.Type], args, state, it);
}

/** A method that takes one argument and gives None. */
function doing(action: (rt: Runtime, d: Ref, a: Ref) => void): (rt: Runtime, d: Ref, a: Ref) => Owned {
  return (rt, d, a) => {
    action(rt, d, a);
    return none();
  };
}

const unsigned = (doc: string): { unsigned: true; doc: string } => ({ unsigned: true, doc });

export const DEQUE_METHODS: readonly NativeDefinition[] = [
  native(
    'append(item, /)',
    doing((rt, d, item) => append(rt, d, newRef(rt, item))),
    unsigned('Add an element to the right side of the deque.'),
  ),
  native(
    'appendleft(item, /)',
    doing((rt, d, item) => appendLeft(rt, d, newRef(rt, item))),
    unsigned('Add an element to the left side of the deque.'),
  ),
  native('clear()', doing(clearDeque), unsigned('Remove all elements from the deque.')),
  native('__copy__()', dequeCopy, unsigned('Return a shallow copy of a deque.')),
  native('copy()', dequeCopy, unsigned('Return a shallow copy of a deque.')),
  native(
    'count(value, /)',
    (rt, d, value) => newInt(rt, countItem(rt, d, value)),
    unsigned('D.count(value) -- return number of occurrences of value'),
  ),
  native(
    'extend(iterable, /)',
    doing(extend),
    unsigned('Extend the right side of the deque with elements from the iterable'),
  ),
  native(
    'extendleft(iterable, /)',
    doing(extendLeft),
    unsigned('Extend the left side of the deque with elements from the iterable'),
  ),
  native(
    'index(value, start=0, stop=0, /)',
    index,
    unsigned(
      'D.index(value, [start, [stop]]) -- return first index of value.\nRaises ValueError if the value is not present.',
    ),
  ),
  native('insert(index, value, /)', insert, unsigned('D.insert(index, object) -- insert object before index')),
  native('pop()', pop, unsigned('Remove and return the rightmost element.')),
  native('popleft()', popLeft, unsigned('Remove and return the leftmost element.')),
  native('__reduce__()', reduce, unsigned('Return state information for pickling.')),
  native('remove(value, /)', remove, unsigned('D.remove(value) -- remove first occurrence of value.')),
  native(
    '__reversed__()',
    newDequeReverseIterator,
    unsigned('D.__reversed__() -- return a reverse iterator over the deque'),
  ),
  native('reverse()', reverse, unsigned('D.reverse() -- reverse *IN PLACE*')),
  native(
    'rotate(n=1, /)',
    doing((rt, d, n) => {
      rotate(rt, d, n === 0 ? 1 : asSsize(rt, n));
    }),
    unsigned('Rotate the deque n steps to the right (default n=1).  If n is negative, rotates left.'),
  ),
  native('__sizeof__()', sizeOf, unsigned('D.__sizeof__() -- size of D in memory, in bytes')),
  classGetItemMethod(),
];
