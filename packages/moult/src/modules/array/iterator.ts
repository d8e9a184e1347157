/** `array.arrayiterator`. */
import { decref, gcNew, LayoutKind, newRef, track, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { identitySlot } from '../../objects/iterators/shared.ts';
import { reduceMethod, reduceToIter, setStateMethod } from '../../objects/iterators/reduce.ts';
import { arrayItem } from './items.ts';
import { arraySize } from './storage.ts';

/** `arrayiterobject` (40 bytes). `Array` is owned, 0 once exhausted. */
const enum ArrayIteratorWord {
  Index = 2,
  Array = 3,
  Words = 5,
}

const ARRAY_ITERATOR = moduleType();

/** `iter(array)` */
export function newArrayIterator(rt: Runtime, array: Ref): Owned {
  const it = gcNew(rt, ARRAY_ITERATOR);
  rt.words[it + ArrayIteratorWord.Array] = newRef(rt, array);
  track(rt, it);
  return it;
}

function next(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const array = H[it + ArrayIteratorWord.Array];
  if (array === 0) return 0;
  const i = H[it + ArrayIteratorWord.Index];
  if (i < arraySize(rt, array)) {
    H[it + ArrayIteratorWord.Index] = i + 1;
    return arrayItem(rt, array, i);
  }
  H[it + ArrayIteratorWord.Array] = 0;
  decref(rt, array);
  return 0;
}

function reduce(rt: Runtime, it: Ref): Owned {
  return reduceToIter(rt, it, ArrayIteratorWord.Array, ArrayIteratorWord.Index);
}

function setState(rt: Runtime, it: Ref, state: Ref): Owned {
  const i = asSsize(rt, state);
  const H = rt.words;
  const array = H[it + ArrayIteratorWord.Array];
  if (array !== 0) H[it + ArrayIteratorWord.Index] = Math.max(0, Math.min(i, arraySize(rt, array)));
  return none();
}

defineType({
  ref: ARRAY_ITERATOR,
  name: 'array.arrayiterator',
  heapType: 'immutable',
  genericAccess: 'get',
  basicSize: 8 * ArrayIteratorWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  traverse: [ArrayIteratorWord.Array],
  slots: { iter: identitySlot, iternext: next },
  methods: [reduceMethod(reduce), setStateMethod(setState)],
});
