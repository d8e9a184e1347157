/** The iterator of sets and frozensets. */
import { clearWord, gcNew, LayoutKind, ListWord, newRef, track, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { runtimeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { newList } from '../../core/list.ts';
import { SetEntry, SetIteratorWord, SetWord } from '../../core/layout/set.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { temp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { builtinFunction } from '../iterators/reduce.ts';
import { setEntryAt, setNext } from './table.ts';

/** `iter(s)` */
export function setIter(rt: Runtime, s: Ref): Owned {
  const it = gcNew(rt, T.setIterator);
  const H = rt.words;
  H[it + SetIteratorWord.Set] = newRef(rt, s);
  H[it + SetIteratorWord.Used] = H[it + SetIteratorWord.Length] = H[s + SetWord.Used];
  track(rt, it);
  return it;
}

/** @runsPython (the set may die at the end)
 *  Source: CPython 3.12 setiter_iternext. */
function next(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const s = H[it + SetIteratorWord.Set];
  if (s === 0) return 0;
  if (H[it + SetIteratorWord.Used] !== H[s + SetWord.Used]) {
    H[it + SetIteratorWord.Used] = -1;
    runtimeError(rt, 'Set changed size during iteration');
  }
  const i = setNext(rt, s, H[it + SetIteratorWord.Position]);
  if (i < 0) {
    H[it + SetIteratorWord.Position] = H[s + SetWord.Mask] + 2;
    clearWord(rt, it + SetIteratorWord.Set);
    return 0;
  }
  H[it + SetIteratorWord.Position] = i + 1;
  H[it + SetIteratorWord.Length]--;
  return newRef(rt, H[setEntryAt(rt, s, i) + SetEntry.Key]);
}

function self(rt: Runtime, it: Ref): Owned {
  return newRef(rt, it);
}

/** Whether the set is there and as large as at the start. */
function isCurrent(H: Int32Array, it: Ref): boolean {
  const s = H[it + SetIteratorWord.Set];
  return s !== 0 && H[it + SetIteratorWord.Used] === H[s + SetWord.Used];
}

function lengthHint(rt: Runtime, it: Ref): Owned {
  return newInt(rt, isCurrent(rt.words, it) ? rt.words[it + SetIteratorWord.Length] : 0);
}

function reduce(rt: Runtime, it: Ref): Owned {
  const list = temp(rt, listOfRest(rt, it));
  const args = temp(rt, tupleOf(rt, list));
  const iter = temp(rt, builtinFunction(rt, 'iter'));
  return tupleOf(rt, iter, args);
}

function listOfRest(rt: Runtime, it: Ref): Owned {
  const H = rt.words;
  const s = H[it + SetIteratorWord.Set];
  if (s !== 0 && !isCurrent(H, it)) return runtimeError(rt, 'Set changed size during iteration');
  const list = newList(rt, s === 0 ? 0 : H[it + SetIteratorWord.Length]);
  let to = H[list + ListWord.Items];
  if (s === 0) return list;
  for (let i = setNext(rt, s, H[it + SetIteratorWord.Position]); i >= 0; i = setNext(rt, s, i + 1)) {
    H[to++] = newRef(rt, H[setEntryAt(rt, s, i) + SetEntry.Key]);
  }
  return list;
}

defineType({
  ref: T.setIterator,
  name: 'set_iterator',
  basicSize: 48,
  words: SetIteratorWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [SetIteratorWord.Set],
  slots: { iter: self, iternext: next },
  methods: [
    native('__length_hint__()', lengthHint, {
      doc: 'Private method returning an estimate of len(list(it)).',
      unsigned: true,
    }),
    native('__reduce__()', reduce, { doc: 'Return state information for pickling.', unsigned: true }),
  ],
});
