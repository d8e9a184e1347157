/** What the iterators' `__reduce__` give: how to make them again. */
import type { Owned, Ref } from '@moult/heap';
import { newRef } from '@moult/heap';
import { dictGetText } from '../../core/dict/index.ts';
import { attributeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { newList } from '../../core/list.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition, NativeFunction } from '../../core/native.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps, tupleOf, tupleTake } from '../../core/tuple.ts';
import { isDict } from '../../core/types.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';

/** The built-in function of that name, as the program has it now. @runsPython */
export function builtinFunction(rt: Runtime, name: string): Owned {
  const builtins = rt.words[RootRef.Builtins];
  if (builtins !== 0 && !isDict(rt, builtins)) return getAttrText(rt, builtins, name);
  const found = builtins === 0 ? 0 : dictGetText(rt, builtins, name);
  return found !== 0 ? newRef(rt, found) : attributeError(rt, name);
}

/** `(iter, (sequence,), index)`, or `(iter, (empty,))` of an exhausted iterator: `empty` makes that. The words are read when
 *  the function has been looked up, which may exhaust the iterator. @runsPython */
export function reduceToIter(
  rt: Runtime,
  it: Ref,
  sequenceWord: number,
  indexWord: number,
  empty: (rt: Runtime) => Owned = emptyTuple,
  name: 'iter' | 'reversed' = 'iter',
): Owned {
  let make = temp(rt, builtinFunction(rt, name));
  const H = rt.words;
  if (H[it + sequenceWord] === 0) {
    if (name !== 'iter') make = temp(rt, builtinFunction(rt, 'iter'));
    return tupleOf(rt, make, temp(rt, tupleTake(rt, empty(rt))));
  }
  const args = temp(rt, tupleOf(rt, H[it + sequenceWord]));
  return tupleOf(rt, make, args, temp(rt, newInt(rt, H[it + indexWord])));
}

/** `(iter, ((),))`. @runsPython */
export function reduceToEmpty(rt: Runtime): Owned {
  return tupleFromTemps(rt, tempMark(rt), temp(rt, builtinFunction(rt, 'iter')), temp(rt, tupleOf(rt, S.EmptyTuple)));
}

function emptyTuple(): Owned {
  return S.EmptyTuple as Ref as Owned;
}

/** For iterators over lists. */
export function emptyList(rt: Runtime): Owned {
  return newList(rt, 0);
}

/** The methods that iterators share, with CPython's descriptions. */
export const lengthHintMethod = (fn: NativeFunction): NativeDefinition =>
  native('__length_hint__()', fn, { unsigned: true, doc: 'Private method returning an estimate of len(list(it)).' });
export const reduceMethod = (fn: NativeFunction): NativeDefinition =>
  native('__reduce__()', fn, { unsigned: true, doc: 'Return state information for pickling.' });
export const setStateMethod = (fn: NativeFunction): NativeDefinition =>
  native('__setstate__(state, /)', fn, { unsigned: true, doc: 'Set state information for unpickling.' });
