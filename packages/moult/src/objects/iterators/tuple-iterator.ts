/** `tuple_iterator`. */
import { decref, gcNew, LayoutKind, newRef, track, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { SequenceIteratorWord as Word } from '../../core/layout/iterators.ts';
import type { Runtime } from '../../core/runtime.ts';
import { ssizeOfInt } from '../../core/ssize.ts';
import { T } from '../../core/static.ts';
import { defineType } from '../../core/type-spec.ts';
import { lengthHintMethod, reduceMethod, reduceToIter, setStateMethod } from './reduce.ts';
import { identitySlot } from './shared.ts';

/** `iter(tuple)` */
export function newTupleIterator(rt: Runtime, tuple: Ref): Owned {
  const it = gcNew(rt, T.tupleIterator);
  rt.words[it + Word.Sequence] = newRef(rt, tuple);
  track(rt, it);
  return it;
}

/** The next item; an exhausted iterator lets go of its tuple. @runsPython */
function tupleIteratorNext(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const tuple = H[it + Word.Sequence];
  if (tuple === 0) return 0;
  const i = H[it + Word.Index];
  if (i < H[tuple + TupleWord.Size]) {
    H[it + Word.Index] = i + 1;
    const item = H[tuple + TupleWord.Items + i];
    if (H[item] >= 0) H[item]++;
    return item as Owned;
  }
  H[it + Word.Sequence] = 0;
  decref(rt, tuple);
  return 0;
}

function hint(rt: Runtime, it: Ref): Owned {
  const H = rt.words;
  const tuple = H[it + Word.Sequence];
  return newInt(rt, tuple === 0 ? 0 : H[tuple + TupleWord.Size] - H[it + Word.Index]);
}

function reduce(rt: Runtime, it: Ref): Owned {
  return reduceToIter(rt, it, Word.Sequence, Word.Index);
}

function setState(rt: Runtime, it: Ref, state: Ref): Owned {
  const H = rt.words;
  const i = ssizeOfInt(rt, state);
  const tuple = H[it + Word.Sequence];
  if (tuple !== 0) H[it + Word.Index] = Math.min(Math.max(i, 0), H[tuple + TupleWord.Size]);
  return none();
}

defineType({
  ref: T.tupleIterator,
  name: 'tuple_iterator',
  basicSize: 32,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [Word.Sequence],
  noClear: true,
  slots: { iter: identitySlot, iternext: tupleIteratorNext },
  methods: [lengthHintMethod(hint), reduceMethod(reduce), setStateMethod(setState)],
});
