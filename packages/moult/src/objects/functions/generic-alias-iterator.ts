/** `generic_alias_iterator`: what `*tuple[int]` unpacks, the one starred alias. Source: CPython 3.12 genericaliasobject.c ga_iternext. */
import { clearWord, gcNew, LayoutKind, newRef, track, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { AliasWord } from '../../core/layout/typing.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { temp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { builtinFunction, reduceMethod } from '../iterators/reduce.ts';
import { identitySlot } from '../iterators/shared.ts';

const ALIAS_ITERATOR = moduleType();

/** `Alias` is owned, 0 at the end (24 bytes). */
const enum AliasIteratorWord {
  Alias = 2,
  Words = 3,
}

/** `iter(alias)` */
export function newAliasIterator(rt: Runtime, alias: Ref): Owned {
  const it = gcNew(rt, ALIAS_ITERATOR);
  rt.words[it + AliasIteratorWord.Alias] = newRef(rt, alias);
  track(rt, it);
  return it;
}

function next(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  const alias = H[it + AliasIteratorWord.Alias];
  if (alias === 0) return 0;
  const starred = rt.makeGenericAlias(H[alias + AliasWord.Origin], H[alias + AliasWord.Args]);
  H[starred + AliasWord.Starred] = 1;
  clearWord(rt, it + AliasIteratorWord.Alias);
  return starred;
}

function reduce(rt: Runtime, it: Ref): Owned {
  const iter = temp(rt, builtinFunction(rt, 'iter'));
  const rest = rt.words[it + AliasIteratorWord.Alias] || S.EmptyTuple;
  return tupleOf(rt, iter, temp(rt, tupleOf(rt, rest)));
}

defineType({
  ref: ALIAS_ITERATOR,
  name: 'generic_alias_iterator',
  basicSize: 8 * AliasIteratorWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [AliasIteratorWord.Alias],
  slots: { iter: identitySlot, iternext: next },
  methods: [reduceMethod(reduce)],
});
