/** The iterators of `deque`, both directions. */
import { gcNew, LayoutKind, newRef, ObjectWord, track, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { decref } from '@moult/heap';
import { runtimeError, typeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { temp, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance, typeFullName } from '../../core/types.ts';
import { lengthHintMethod, reduceMethod } from '../../objects/iterators/reduce.ts';
import { identitySlot } from '../../objects/iterators/shared.ts';
import { Block, BlockWord, DequeIteratorWord as Word, DequeWord } from './layout.ts';
import { DEQUE, DEQUE_ITERATOR, DEQUE_REVERSE_ITERATOR } from './types.ts';

/** `iter(d)` */
export function newDequeIterator(rt: Runtime, d: Ref): Owned {
  const H = rt.words;
  return newIterator(rt, DEQUE_ITERATOR, d, H[d + DequeWord.Left], H[d + DequeWord.LeftIndex]);
}

/** `reversed(d)` */
export function newDequeReverseIterator(rt: Runtime, d: Ref): Owned {
  const H = rt.words;
  return newIterator(rt, DEQUE_REVERSE_ITERATOR, d, H[d + DequeWord.Right], H[d + DequeWord.RightIndex]);
}

function newIterator(rt: Runtime, type: Ref, d: Ref, block: number, index: number): Owned {
  const it = gcNew(rt, type);
  const H = rt.words;
  H[it + Word.Block] = block;
  H[it + Word.Index] = index;
  H[it + Word.Deque] = newRef(rt, d);
  H[it + Word.State] = H[d + DequeWord.State];
  H[it + Word.Left] = H[d + DequeWord.Size];
  track(rt, it);
  return it;
}

function checkState(rt: Runtime, it: Ref): void {
  const H = rt.words;
  if (H[H[it + Word.Deque] + DequeWord.State] === H[it + Word.State]) return;
  H[it + Word.Left] = 0;
  runtimeError(rt, 'deque mutated during iteration');
}

function next(rt: Runtime, it: Ref): Owned | 0 {
  checkState(rt, it);
  const H = rt.words;
  if (H[it + Word.Left] === 0) return 0;
  const item = H[H[it + Word.Block] + BlockWord.Items + H[it + Word.Index]];
  H[it + Word.Left]--;
  if (++H[it + Word.Index] === (Block.Length as number) && H[it + Word.Left] > 0) {
    H[it + Word.Block] = H[H[it + Word.Block] + BlockWord.Right];
    H[it + Word.Index] = 0;
  }
  return newRef(rt, item);
}

function reverseNext(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  if (H[it + Word.Left] === 0) return 0;
  checkState(rt, it);
  const item = H[H[it + Word.Block] + BlockWord.Items + H[it + Word.Index]];
  H[it + Word.Left]--;
  if (--H[it + Word.Index] < 0 && H[it + Word.Left] > 0) {
    H[it + Word.Block] = H[H[it + Word.Block] + BlockWord.Left];
    H[it + Word.Index] = Block.Length - 1;
  }
  return newRef(rt, item);
}

function hint(rt: Runtime, it: Ref): Owned {
  return newInt(rt, rt.words[it + Word.Left]);
}

function reduce(rt: Runtime, it: Ref): Owned {
  const H = rt.words;
  const d = H[it + Word.Deque];
  const done = temp(rt, newInt(rt, H[d + DequeWord.Size] - H[it + Word.Left]));
  return tupleOf(rt, H[it + ObjectWord.Type], temp(rt, tupleOf(rt, d, done)));
}

/** `_deque_iterator(deque, index=0)` @runsPython */
function iteratorNew(rt: Runtime, type: Ref, args: Ref): Owned {
  const H = rt.words;
  const n = H[args + TupleWord.Size];
  const name = typeFullName(rt, type);
  if (n < 1 || n > 2)
    typeError(rt, `function takes at ${n < 1 ? 'least 1 argument' : 'most 2 arguments'} (${n} given)`);
  const d = H[args + TupleWord.Items];
  if (!isInstance(rt, d, DEQUE))
    typeError(rt, `argument 1 must be collections.deque, not ${typeFullName(rt, H[d + ObjectWord.Type])}`);
  const skip = n === 2 ? asSsize(rt, H[args + TupleWord.Items + 1]) : 0;
  const forward = name === 'collections._deque_iterator';
  const it = temp(rt, forward ? newDequeIterator(rt, d) : newDequeReverseIterator(rt, d));
  for (let i = 0; i < skip; i++) {
    const item = forward ? next(rt, it) : reverseNext(rt, it);
    if (item === 0) break;
    decref(rt, item);
  }
  return untemp(rt, it);
}

const SHARED = {
  basicSize: 8 * Word.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [Word.Deque],
  noClear: true,
} as const;

defineType({
  ...SHARED,
  ref: DEQUE_ITERATOR,
  name: 'collections._deque_iterator',
  heapType: 'immutable',
  genericAccess: 'get',
  slots: { new: iteratorNew, iter: identitySlot, iternext: next },
  methods: [lengthHintMethod(hint), reduceMethod(reduce)],
});

defineType({
  ...SHARED,
  ref: DEQUE_REVERSE_ITERATOR,
  name: 'collections._deque_reverse_iterator',
  heapType: 'immutable',
  genericAccess: 'get',
  slots: { new: iteratorNew, iter: identitySlot, iternext: reverseNext },
  methods: [lengthHintMethod(hint), reduceMethod(reduce)],
});
