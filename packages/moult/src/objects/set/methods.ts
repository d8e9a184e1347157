/** Methods and operators of `set` and `frozenset`. */
import { ListWord, newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { caught, clearException, keyError, mark, none, pendingMatches, raise } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { listFromIterable } from '../../core/list.ts';
import { SetWord } from '../../core/layout/set.ts';
import { native, nativeRaw } from '../../core/native.ts';
import type { NativeDefinition, NativeFunction, NativeOptions } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import { reprEnter, reprLeave, reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { isSubtype, kindName } from '../../core/types.ts';
import { classGetItemMethod } from '../class-getitem.ts';
import { copySet, isAnySet, newSetFrom, setClear, setTableBytes, swapSets } from './make.ts';
import {
  difference,
  intersection,
  isDisjoint,
  isSubset,
  isSuperset,
  symmetricDifference,
  union,
} from './operations.ts';
import { setAdd, setDiscard, setHas, setPop } from './table.ts';
import { setDifferenceUpdate, setSymmetricUpdate, setUpdate } from './update.ts';

type KeyFunction = (rt: Runtime, s: Ref, key: Ref) => boolean;

/** `find(rt, s, key)`, where a set as key stands for the frozenset of its members. @runsPython */
function withSetAsKey(rt: Runtime, s: Ref, key: Ref, find: KeyFunction): boolean {
  const m = mark(rt);
  try {
    return find(rt, s, key);
  } catch (error) {
    if (!isSubtype(rt, rt.words[key + ObjectWord.Type], T.set)) throw error;
    caught(rt, error, m);
    if (!pendingMatches(rt, T.TypeError)) throw error;
    clearException(rt);
  }
  const frozen = temp(rt, newSetFrom(rt, T.frozenset, key));
  const found = find(rt, s, frozen);
  dropTemp(rt, frozen);
  return found;
}

/** `key in s` @runsPython */
export function setContains(rt: Runtime, s: Ref, key: Ref): boolean {
  return withSetAsKey(rt, s, key, setHas);
}

function add(rt: Runtime, s: Ref, key: Ref): Owned {
  setAdd(rt, s, key);
  return none();
}

function remove(rt: Runtime, s: Ref, key: Ref): Owned {
  if (!withSetAsKey(rt, s, key, setDiscard)) keyError(rt, key);
  return none();
}

function discard(rt: Runtime, s: Ref, key: Ref): Owned {
  withSetAsKey(rt, s, key, setDiscard);
  return none();
}

function pop(rt: Runtime, s: Ref): Owned {
  const key = setPop(rt, s);
  return key === 0 ? raise(rt, T.KeyError, 'pop from an empty set') : key;
}

function clear(rt: Runtime, s: Ref): Owned {
  setClear(rt, s);
  return none();
}

function copyFrozen(rt: Runtime, s: Ref): Owned {
  return rt.words[s + ObjectWord.Type] === T.frozenset ? newRef(rt, s) : copySet(rt, s);
}

type Combine = (rt: Runtime, s: Ref, other: Ref) => Owned;

function unionAll(rt: Runtime, s: Ref, args: number, nargs: number): Owned {
  const result = temp(rt, copySet(rt, s));
  for (let i = 0; i < nargs; i++) {
    const other = rt.words[args + i];
    if (other !== s) setUpdate(rt, result, other);
  }
  return untemp(rt, result);
}

function intersectAll(rt: Runtime, s: Ref, args: number, nargs: number): Owned {
  if (nargs === 0) return copySet(rt, s);
  let result = temp(rt, newRef(rt, s));
  for (let i = 0; i < nargs; i++) {
    const m = tempMark(rt) - 1;
    result = temp(rt, releaseKeeping(rt, m, intersection(rt, result, rt.words[args + i])));
  }
  return untemp(rt, result);
}

function subtractAll(rt: Runtime, s: Ref, args: number, nargs: number): Owned {
  if (nargs === 0) return copySet(rt, s);
  const result = temp(rt, difference(rt, s, rt.words[args]));
  for (let i = 1; i < nargs; i++) setDifferenceUpdate(rt, result, rt.words[args + i]);
  return untemp(rt, result);
}

function updateAll(rt: Runtime, s: Ref, args: number, nargs: number): Owned {
  for (let i = 0; i < nargs; i++) setUpdate(rt, s, rt.words[args + i]);
  return none();
}

function subtractUpdateAll(rt: Runtime, s: Ref, args: number, nargs: number): Owned {
  for (let i = 0; i < nargs; i++) setDifferenceUpdate(rt, s, rt.words[args + i]);
  return none();
}

function intersectUpdateAll(rt: Runtime, s: Ref, args: number, nargs: number): Owned {
  takeMembers(rt, s, intersectAll(rt, s, args, nargs));
  return none();
}

/** `s` gets the members of `result`, which is consumed with those of `s`. @runsPython */
function takeMembers(rt: Runtime, s: Ref, result: Owned): void {
  temp(rt, result);
  swapSets(rt, s, result);
  dropTemp(rt, result);
}

function symmetricUpdate(rt: Runtime, s: Ref, other: Ref): Owned {
  setSymmetricUpdate(rt, s, other);
  return none();
}

/** A binary operator: both operands must be sets. */
function operator(combine: Combine): Combine {
  return (rt, a, b) => (isAnySet(rt, a) && isAnySet(rt, b) ? combine(rt, a, b) : (S.NotImplemented as Ref as Owned));
}

/** An augmented operator: `change` does it in place. */
function inplace(change: (rt: Runtime, s: Ref, other: Ref) => void): Combine {
  return (rt, s, other) => {
    if (!isAnySet(rt, other)) return S.NotImplemented as Ref as Owned;
    change(rt, s, other);
    return newRef(rt, s);
  };
}

function intersectionUpdate(rt: Runtime, s: Ref, other: Ref): void {
  takeMembers(rt, s, intersection(rt, s, other));
}

export const OPERATORS = {
  nbSubtract: operator(difference),
  nbAnd: operator(intersection),
  nbXor: operator(symmetricDifference),
  nbOr: operator(union),
} as const;

export const INPLACE_OPERATORS = {
  nbInplaceSubtract: inplace(setDifferenceUpdate),
  nbInplaceAnd: inplace(intersectionUpdate),
  nbInplaceXor: inplace(setSymmetricUpdate),
  nbInplaceOr: inplace(setUpdate),
} as const;

/** `repr(s)` @runsPython
 *  Source: CPython 3.12 set_repr. */
export function setRepr(rt: Runtime, s: Ref): Owned {
  const name = kindName(rt, s);
  if (reprEnter(rt, s)) return newStr(rt, `${name}(...)`);
  try {
    if (rt.words[s + SetWord.Used] === 0) return newStr(rt, `${name}()`);
    const inner = reprOfMembers(rt, s);
    return newStr(rt, rt.words[s + ObjectWord.Type] === T.set ? `{${inner}}` : `${name}({${inner}})`);
  } finally {
    reprLeave(rt, s);
  }
}

function reprOfMembers(rt: Runtime, s: Ref): string {
  const H = rt.words;
  const list = temp(rt, listFromIterable(rt, s));
  let text = '';
  for (let i = 0; i < H[list + ListWord.Size]; i++) {
    // The list, which no program has, holds the member.
    text += (i === 0 ? '' : ', ') + reprText(rt, H[H[list + ListWord.Items] + i]);
  }
  dropTemp(rt, list);
  return text;
}

function reduce(rt: Runtime, s: Ref): Owned {
  const keys = temp(rt, listFromIterable(rt, s));
  const args = temp(rt, tupleOf(rt, keys));
  const state = temp(rt, call0(rt, temp(rt, getAttrText(rt, s, '__getstate__'))));
  return tupleOf(rt, rt.words[s + ObjectWord.Type], args, state);
}

function sizeOf(rt: Runtime, s: Ref): Owned {
  const H = rt.words;
  return newInt(rt, H[H[s + ObjectWord.Type] + TypeWord.BasicSize] + setTableBytes(rt, s));
}

const predicate =
  (ask: (rt: Runtime, s: Ref, other: Ref) => boolean): Combine =>
  (rt, s, other) =>
    pyBool(ask(rt, s, other)) as Owned;

function method(signature: string, fn: NativeFunction, doc: string, more: NativeOptions = {}): NativeDefinition {
  return native(signature, fn, { doc, unsigned: true, ...more });
}

/** Methods that both types have. */
function commonMethods(copy: NativeFunction): NativeDefinition[] {
  return [
    method('__contains__(value, /)', predicate(setContains), 'x.__contains__(y) <==> y in x.', { coexist: true }),
    method('copy()', copy, 'Return a shallow copy of a set.'),
    nativeRaw('difference', subtractAll, {
      tuple: true,
      doc: 'Return the members that are in none of the others as a new set.',
    }),
    nativeRaw('intersection', intersectAll, {
      tuple: true,
      doc: 'Return the members that are in all of the others as a new set.',
    }),
    method('isdisjoint(other, /)', predicate(isDisjoint), 'Return True if two sets have a null intersection.'),
    method('issubset(other, /)', predicate(isSubset), 'Report whether another set contains this set.'),
    method('issuperset(other, /)', predicate(isSuperset), 'Report whether this set contains another set.'),
    method('__reduce__()', reduce, 'Return state information for pickling.'),
    method('__sizeof__()', sizeOf, 'S.__sizeof__() -> size of S in memory, in bytes'),
    method(
      'symmetric_difference(other, /)',
      symmetricDifference,
      'Return what is in exactly one of the sets as a new set.',
    ),
    nativeRaw('union', unionAll, { tuple: true, doc: 'Return the members of all the sets as a new set.' }),
    classGetItemMethod(),
  ];
}

export const FROZENSET_METHODS: readonly NativeDefinition[] = commonMethods(copyFrozen);

export const SET_METHODS: readonly NativeDefinition[] = [
  method('add(object, /)', add, 'Add an element to a set.\n\nThis has no effect if the element is already present.'),
  method('clear()', clear, 'Remove all elements from this set.'),
  method('discard(object, /)', discard, 'Remove an element from a set if it is a member.'),
  nativeRaw('difference_update', subtractUpdateAll, {
    tuple: true,
    doc: 'Remove all elements of another set from this set.',
  }),
  nativeRaw('intersection_update', intersectUpdateAll, {
    tuple: true,
    doc: 'Update a set with the intersection of itself and another.',
  }),
  method('pop()', pop, 'Remove and return an arbitrary set element.\nRaises KeyError if the set is empty.'),
  method('remove(object, /)', remove, 'Remove an element from a set; it must be a member.'),
  method('symmetric_difference_update(other, /)', symmetricUpdate, 'Leave what is in exactly one of the sets.'),
  nativeRaw('update', updateAll, { tuple: true, doc: 'Update a set with the union of itself and others.' }),
  ...commonMethods(copySet),
];
