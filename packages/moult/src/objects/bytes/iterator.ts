/** `bytes_iterator` and `bytearray_iterator`. */
import { decref, gcNew, LayoutKind, newRef, track, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { SequenceIteratorWord as Word } from '../../core/layout/iterators.ts';
import type { Runtime } from '../../core/runtime.ts';
import { ssizeOfInt } from '../../core/ssize.ts';
import { smallInt, T } from '../../core/static.ts';
import { defineType } from '../../core/type-spec.ts';
import { lengthHintMethod, reduceMethod, reduceToIter, setStateMethod } from '../iterators/reduce.ts';
import { identitySlot } from '../iterators/shared.ts';
import { dataOf } from './make.ts';

/** `iter(bytes)` */
export function newBytesIterator(rt: Runtime, bytes: Ref): Owned {
  return newIterator(rt, T.bytesIterator, bytes);
}

/** `iter(bytearray)` */
export function newBytearrayIterator(rt: Runtime, bytes: Ref): Owned {
  return newIterator(rt, T.bytearrayIterator, bytes);
}

function newIterator(rt: Runtime, type: Ref, bytes: Ref): Owned {
  const it = gcNew(rt, type);
  rt.words[it + Word.Sequence] = newRef(rt, bytes);
  track(rt, it);
  return it;
}

function next(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const bytes = H[it + Word.Sequence];
  if (bytes === 0) return 0;
  const i = H[it + Word.Index];
  const data = dataOf(rt, bytes);
  if (i < data.length) {
    H[it + Word.Index] = i + 1;
    return smallInt(data[i] as number) as Owned;
  }
  H[it + Word.Sequence] = 0;
  decref(rt, bytes);
  return 0;
}

function hint(rt: Runtime, it: Ref): Owned {
  const H = rt.words;
  const bytes = H[it + Word.Sequence];
  return newInt(rt, bytes === 0 ? 0 : Math.max(dataOf(rt, bytes).length - H[it + Word.Index], 0));
}

function reduce(rt: Runtime, it: Ref): Owned {
  return reduceToIter(rt, it, Word.Sequence, Word.Index);
}

function setState(rt: Runtime, it: Ref, state: Ref): Owned {
  const i = ssizeOfInt(rt, state);
  const H = rt.words;
  const bytes = H[it + Word.Sequence];
  if (bytes !== 0) H[it + Word.Index] = Math.min(Math.max(i, 0), dataOf(rt, bytes).length);
  return none();
}

for (const [ref, name] of [
  [T.bytesIterator, 'bytes_iterator'],
  [T.bytearrayIterator, 'bytearray_iterator'],
] as const) {
  defineType({
    ref,
    name,
    basicSize: 32,
    flags: TypeFlag.HaveGc,
    layout: LayoutKind.Fixed,
    traverse: [Word.Sequence],
    noClear: true,
    slots: { iter: identitySlot, iternext: next },
    methods: [lengthHintMethod(hint), reduceMethod(reduce), setStateMethod(setState)],
  });
}
