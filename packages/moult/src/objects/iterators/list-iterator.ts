/** `list_iterator` and `list_reverseiterator`. */
import { decref, gcNew, LayoutKind, ListWord, newRef, track, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { SequenceIteratorWord as Word } from '../../core/layout/iterators.ts';
import type { Runtime } from '../../core/runtime.ts';
import { ssizeOfInt } from '../../core/ssize.ts';
import { T } from '../../core/static.ts';
import { defineType } from '../../core/type-spec.ts';
import { emptyList, lengthHintMethod, reduceMethod, reduceToIter, setStateMethod } from './reduce.ts';
import { identitySlot } from './shared.ts';

/** `iter(list)` */
export function newListIterator(rt: Runtime, list: Ref): Owned {
  const it = gcNew(rt, T.listIterator);
  rt.words[it + Word.Sequence] = newRef(rt, list);
  track(rt, it);
  return it;
}

/** `reversed(list)` */
export function newListReverseIterator(rt: Runtime, list: Ref): Owned {
  const it = gcNew(rt, T.listReverseIterator);
  const H = rt.words;
  H[it + Word.Index] = H[list + ListWord.Size] - 1;
  H[it + Word.Sequence] = newRef(rt, list);
  track(rt, it);
  return it;
}

/** The next item; an exhausted iterator lets go of its list. @runsPython */
function listIteratorNext(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const list = H[it + Word.Sequence];
  if (list === 0) return 0;
  const i = H[it + Word.Index];
  if (i < H[list + ListWord.Size]) {
    H[it + Word.Index] = i + 1;
    const item = H[H[list + ListWord.Items] + i];
    if (H[item] >= 0) H[item]++;
    return item as Owned;
  }
  H[it + Word.Sequence] = 0;
  decref(rt, list);
  return 0;
}

function reverseNext(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const list = H[it + Word.Sequence];
  if (list === 0) return 0;
  const i = H[it + Word.Index];
  if (i >= 0 && i < H[list + ListWord.Size]) {
    H[it + Word.Index] = i - 1;
    return newRef(rt, H[H[list + ListWord.Items] + i]);
  }
  H[it + Word.Index] = -1;
  H[it + Word.Sequence] = 0;
  decref(rt, list);
  return 0;
}

function hint(rt: Runtime, it: Ref): Owned {
  const H = rt.words;
  const list = H[it + Word.Sequence];
  return newInt(rt, list === 0 ? 0 : Math.max(H[list + ListWord.Size] - H[it + Word.Index], 0));
}

function reverseHint(rt: Runtime, it: Ref): Owned {
  const H = rt.words;
  const list = H[it + Word.Sequence];
  const left = H[it + Word.Index] + 1;
  return newInt(rt, list === 0 || H[list + ListWord.Size] < left ? 0 : left);
}

function reduce(rt: Runtime, it: Ref): Owned {
  return reduceToIter(rt, it, Word.Sequence, Word.Index, emptyList);
}

function reverseReduce(rt: Runtime, it: Ref): Owned {
  return reduceToIter(rt, it, Word.Sequence, Word.Index, emptyList, 'reversed');
}

function setState(rt: Runtime, it: Ref, state: Ref): Owned {
  const H = rt.words;
  const i = ssizeOfInt(rt, state);
  const list = H[it + Word.Sequence];
  if (list !== 0) H[it + Word.Index] = Math.min(Math.max(i, 0), H[list + ListWord.Size]);
  return none();
}

function reverseSetState(rt: Runtime, it: Ref, state: Ref): Owned {
  const H = rt.words;
  const i = ssizeOfInt(rt, state);
  const list = H[it + Word.Sequence];
  if (list !== 0) H[it + Word.Index] = Math.min(Math.max(i, -1), H[list + ListWord.Size] - 1);
  return none();
}

defineType({
  ref: T.listIterator,
  name: 'list_iterator',
  basicSize: 32,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [Word.Sequence],
  noClear: true,
  slots: { iter: identitySlot, iternext: listIteratorNext },
  methods: [lengthHintMethod(hint), reduceMethod(reduce), setStateMethod(setState)],
});

defineType({
  ref: T.listReverseIterator,
  name: 'list_reverseiterator',
  basicSize: 32,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [Word.Sequence],
  noClear: true,
  slots: { iter: identitySlot, iternext: reverseNext },
  methods: [lengthHintMethod(reverseHint), reduceMethod(reverseReduce), setStateMethod(reverseSetState)],
});
