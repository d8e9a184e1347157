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
import { tupleOf, tupleTake } from '../../core/tuple.ts';
import { isDict } from '../../core/types.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';

/** The built-in function of that name, as the program has it now. @runsPython */
export function builtinFunction(rt: Runtime, name: string): Owned {
  const builtins = rt.words[RootRef.Builtins];
  if (builtins !== 0 && !isDict(rt, builtins)) return getAttrText(rt, builtins, name);
  const found = builtins === 0 ? 0 : dictGetText(rt, builtins, name);
  return found !== 0 ? newRef(rt, found) : attributeError(rt, name);
}

/** `(iter, (sequence,), state)`; `state` −1 leaves it out. @runsPython */
export function reduceToIter(rt: Runtime, sequence: Ref, state: number): Owned {
  const iter = builtinFunction(rt, 'iter');
  const args = tupleOf(rt, sequence);
  return state < 0 ? tupleTake(rt, iter, args) : tupleTake(rt, iter, args, newInt(rt, state));
}

/** `(reversed, (sequence,), state)`. @runsPython */
export function reduceToReversed(rt: Runtime, sequence: Ref, state: number): Owned {
  const reversed = builtinFunction(rt, 'reversed');
  return tupleTake(rt, reversed, tupleOf(rt, sequence), newInt(rt, state));
}

/** `(iter, ([],))` of an exhausted iterator over lists. @runsPython */
export function reduceToEmptyList(rt: Runtime): Owned {
  const iter = builtinFunction(rt, 'iter');
  return tupleTake(rt, iter, tupleTake(rt, newList(rt, 0)));
}

/** `(iter, ((),))` of other exhausted iterators. @runsPython */
export function reduceToEmptyTuple(rt: Runtime): Owned {
  return reduceToIter(rt, S.EmptyTuple, -1);
}

/** The methods that iterators share, with CPython's descriptions. */
export const lengthHintMethod = (fn: NativeFunction): NativeDefinition =>
  native('__length_hint__()', fn, { unsigned: true, doc: 'Private method returning an estimate of len(list(it)).' });
export const reduceMethod = (fn: NativeFunction): NativeDefinition =>
  native('__reduce__()', fn, { unsigned: true, doc: 'Return state information for pickling.' });
export const setStateMethod = (fn: NativeFunction): NativeDefinition =>
  native('__setstate__(state, /)', fn, { unsigned: true, doc: 'Set state information for unpickling.' });
