/** `typing.TypeAliasType`: what a `type` statement makes. */
import { clearWord, freeObject, gcNew, newRef, setWord, track, TypeFlag, untrack } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { typeError } from '../../core/errors.ts';
import { TypeAliasWord } from '../../core/layout/typing.ts';
import { getset, member, native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { defineType } from '../../core/type-spec.ts';
import { isTuple } from '../../core/types.ts';
import { unionOr } from '../functions/union.ts';
import { readArguments } from './arguments.ts';
import { callerModule, functionModule, requireName, unpackTypeVarTuples } from './support.ts';

/** An alias without value. `params` is a tuple, or None. Borrows everything. */
function newTypeAlias(rt: Runtime, name: Ref, params: Ref): Owned {
  const H = rt.words;
  const o = gcNew(rt, T.typeAliasType);
  H[o + TypeAliasWord.Name] = newRef(rt, name);
  if (params !== 0 && params !== S.None) H[o + TypeAliasWord.TypeParams] = newRef(rt, params);
  track(rt, o);
  return o;
}

/** What `type name[params] = …` makes; `compute` is the function that gives the value. Borrows everything. */
export function newLazyAlias(rt: Runtime, name: Ref, params: Ref, compute: Ref): Owned {
  const o = newTypeAlias(rt, name, params);
  rt.words[o + TypeAliasWord.ComputeValue] = newRef(rt, compute);
  return o;
}

/** `TypeAliasType(name, value, *, type_params=())` */
function typeAliasNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  const [name = 0, value = 0, params = 0] = readArguments(
    rt,
    'typealias',
    ['name', 'value', 'type_params'],
    2,
    2,
    args,
    kwargs,
  );
  requireName(rt, 'typealias', name);
  if (params !== 0 && !isTuple(rt, params)) typeError(rt, 'type_params must be a tuple');
  const o = newTypeAlias(rt, name, params);
  rt.words[o + TypeAliasWord.Value] = newRef(rt, value);
  rt.words[o + TypeAliasWord.Module] = callerModule(rt);
  return o;
}

function aliasValue(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  if (H[self + TypeAliasWord.Value] !== 0) return newRef(rt, H[self + TypeAliasWord.Value]);
  const value = call0(rt, H[self + TypeAliasWord.ComputeValue]);
  setWord(rt, self + TypeAliasWord.Value, newRef(rt, value));
  return value;
}

function aliasModule(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  if (H[self + TypeAliasWord.Module] !== 0) return newRef(rt, H[self + TypeAliasWord.Module]);
  const compute = H[self + TypeAliasWord.ComputeValue];
  return newRef(rt, compute === 0 ? S.None : functionModule(rt, compute));
}

function typeParams(rt: Runtime, self: Ref): Ref {
  return rt.words[self + TypeAliasWord.TypeParams] || S.EmptyTuple;
}

function aliasItem(rt: Runtime, self: Ref, args: Ref): Owned {
  if (rt.words[self + TypeAliasWord.TypeParams] === 0) typeError(rt, 'Only generic type aliases are subscriptable');
  return rt.makeGenericAlias(self, args);
}

const VISITED = [TypeAliasWord.TypeParams, TypeAliasWord.ComputeValue, TypeAliasWord.Value, TypeAliasWord.Module];

function deallocAlias(rt: Runtime, o: Ref): void {
  untrack(rt, o);
  for (let word = TypeAliasWord.Name; word < TypeAliasWord.Words; word++) clearWord(rt, o + word);
  freeObject(rt, o);
}

defineType({
  ref: T.typeAliasType,
  name: 'typing.TypeAliasType',
  basicSize: 56,
  flags: TypeFlag.HaveGc,
  layout: {
    name: 'TypeAliasType',
    traverse: (heap, o, visit) => {
      for (const word of VISITED) if (heap.words[o + word] !== 0) visit(heap.words[o + word]);
    },
    owned: (heap, o, visit) => {
      if (heap.words[o + TypeAliasWord.Name] !== 0) visit(heap.words[o + TypeAliasWord.Name]);
    },
    clear: (heap, o) => {
      for (const word of VISITED) clearWord(heap, o + word);
    },
  },
  dealloc: deallocAlias,
  doc: 'Type alias: what the statement "type Alias = int" makes. The value is computed when __value__ is first read.\n',
  slots: {
    new: typeAliasNew,
    repr: (rt, self) => newRef(rt, rt.words[self + TypeAliasWord.Name]),
    nbOr: unionOr,
    mpSubscript: aliasItem,
  },
  methods: [native('__reduce__($self, /)', (rt, self) => newRef(rt, rt.words[self + TypeAliasWord.Name]))],
  members: [member('__name__', TypeAliasWord.Name)],
  getset: [
    getset('__parameters__', (rt, self) => unpackTypeVarTuples(rt, typeParams(rt, self))),
    getset('__type_params__', (rt, self) => newRef(rt, typeParams(rt, self))),
    getset('__value__', aliasValue),
    getset('__module__', aliasModule),
  ],
});
