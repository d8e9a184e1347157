/** `list[int]`: types.GenericAlias, and the iterator that `*list[int]` uses. */
import {
  clearWeakrefs,
  clearWord,
  freeObject,
  gcNew,
  LayoutKind,
  ListWord,
  newRef,
  ObjectWord,
  track,
  TupleWord,
  TypeFlag,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1, callWithTuple, vectorcall } from '../../core/call.ts';
import { dictLength } from '../../core/dict/index.ts';
import { caught, clearException, mark, none, pendingMatches, typeError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { onConnect } from '../../core/installers.ts';
import { listAppendTake } from '../../core/list.ts';
import { Id } from '../../core/names.ts';
import { getset, member, MemberKind, native } from '../../core/native.ts';
import { getAttr, getAttrText, setAttr } from '../../core/protocol/attribute.ts';
import { compareBool, hash } from '../../core/protocol/compare.ts';
import { iter } from '../../core/protocol/iterate.ts';
import { AliasWord } from '../../core/layout/typing.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { orRelease, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isStr, isTuple } from '../../core/types.ts';
import { genericGetAttr } from '../object/generic-attributes.ts';
import { newAliasIterator } from './generic-alias-iterator.ts';
import { substituteParameters, typeParameters } from './type-parameters.ts';
import { isAlias, itemRepr, unionOr } from './union.ts';

/** `origin[args]`; `args` is a tuple or the only argument. Borrows both. (Py_GenericAlias) */
function newGenericAlias(rt: Runtime, origin: Ref, args: Ref, type: Ref = T.genericAlias): Owned {
  const H = rt.words;
  const tuple = isTuple(rt, args) ? newRef(rt, args) : tupleOf(rt, args);
  const alias = orRelease(rt, tuple, () => gcNew(rt, type));
  H[alias + AliasWord.Origin] = newRef(rt, origin);
  H[alias + AliasWord.Args] = tuple;
  track(rt, alias);
  return alias;
}

const originOf = (rt: Runtime, alias: Ref): Ref => rt.words[alias + AliasWord.Origin];
const argsOf = (rt: Runtime, alias: Ref): Ref => rt.words[alias + AliasWord.Args];
const NOT_IMPLEMENTED = S.NotImplemented as Ref as Owned;

/** The items of a list, borrowed. */
function listItems(rt: Runtime, list: Ref): Ref[] {
  const start = rt.words[list + ListWord.Items];
  return Array.from(rt.words.subarray(start, start + rt.words[list + ListWord.Size]));
}

/** Items of lists within arguments show like arguments. @runsPython */
function argRepr(rt: Runtime, o: Ref): string {
  if (rt.words[o + ObjectWord.Type] !== T.list) return itemRepr(rt, o);
  return `[${listItems(rt, o)
    .map((item) => itemRepr(rt, item))
    .join(', ')}]`;
}

function aliasRepr(rt: Runtime, alias: Ref): Owned {
  const H = rt.words;
  const m = tempMark(rt);
  const star = H[alias + AliasWord.Starred] !== 0 ? '*' : '';
  const origin = itemRepr(rt, originOf(rt, alias));
  const args = argsOf(rt, alias);
  const parts: string[] = [];
  for (let i = 0; i < H[args + TupleWord.Size]; i++) parts.push(argRepr(rt, H[args + TupleWord.Items + i]));
  const inside = parts.length === 0 ? '()' : parts.join(', ');
  return releaseKeeping(rt, m, newStr(rt, `${star}${origin}[${inside}]`));
}

/** Names that the alias answers itself; all others are the origin's. */
const OWN_NAMES = new Set([
  '__class__',
  '__origin__',
  '__args__',
  '__unpacked__',
  '__parameters__',
  '__typing_unpacked_tuple_args__',
  '__mro_entries__',
  '__reduce_ex__',
  '__reduce__',
  '__copy__',
  '__deepcopy__',
]);

function aliasGetAttr(rt: Runtime, alias: Ref, name: Ref): Owned {
  if (!isStr(rt, name)) return genericGetAttr(rt, alias, name);
  return OWN_NAMES.has(strText(rt, name)) ? genericGetAttr(rt, alias, name) : getAttr(rt, originOf(rt, alias), name);
}

function aliasVectorcall(rt: Runtime, alias: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  return setOrigClass(rt, alias, vectorcall(rt, originOf(rt, alias), args, nargs, kwnames));
}

function aliasCall(rt: Runtime, alias: Ref, args: Ref, kwargs: Ref): Owned {
  return setOrigClass(rt, alias, callWithTuple(rt, originOf(rt, alias), args, kwargs));
}

/** Tells the new object what made it, if it lets itself be told. */
function setOrigClass(rt: Runtime, alias: Ref, o: Owned): Owned {
  const m = mark(rt);
  temp(rt, o);
  const inner = mark(rt);
  try {
    setAttr(rt, o, Id.__orig_class__, alias);
  } catch (error) {
    caught(rt, error, inner);
    if (!pendingMatches(rt, T.AttributeError) && !pendingMatches(rt, T.TypeError)) throw error;
    clearException(rt);
  }
  return releaseKeeping(rt, m.temps, newRef(rt, o));
}

function aliasCompare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  const H = rt.words;
  if (!isAlias(rt, a) || !isAlias(rt, b) || (op !== CompareOp.Eq && op !== CompareOp.Ne)) return NOT_IMPLEMENTED;
  const same =
    H[a + AliasWord.Starred] === H[b + AliasWord.Starred] &&
    compareBool(rt, originOf(rt, a), originOf(rt, b), CompareOp.Eq) &&
    compareBool(rt, argsOf(rt, a), argsOf(rt, b), CompareOp.Eq);
  return pyBool(same === (op === CompareOp.Eq)) as Owned;
}

function aliasHash(rt: Runtime, alias: Ref): number {
  const low = hash(rt, originOf(rt, alias));
  const high = rt.hashHigh;
  const low2 = hash(rt, argsOf(rt, alias));
  rt.hashHigh ^= high;
  const result = low ^ low2;
  return result === -1 && rt.hashHigh === -1 ? -2 : result;
}

function parameters(rt: Runtime, alias: Ref): Owned {
  const H = rt.words;
  if (H[alias + AliasWord.Parameters] === 0) H[alias + AliasWord.Parameters] = typeParameters(rt, argsOf(rt, alias));
  return newRef(rt, H[alias + AliasWord.Parameters]);
}

function aliasGetItem(rt: Runtime, alias: Ref, item: Ref): Owned {
  const m = tempMark(rt);
  const params = temp(rt, parameters(rt, alias));
  const args = temp(rt, substituteParameters(rt, alias, argsOf(rt, alias), params, item));
  const made = newGenericAlias(rt, originOf(rt, alias), args);
  rt.words[made + AliasWord.Starred] = rt.words[alias + AliasWord.Starred];
  return releaseKeeping(rt, m, made);
}

function aliasNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  if (kwargs !== 0 && dictLength(rt, kwargs) > 0) typeError(rt, 'GenericAlias() takes no keyword arguments');
  const n = H[args + TupleWord.Size];
  if (n !== 2) typeError(rt, `GenericAlias expected 2 arguments, got ${n}`);
  return newGenericAlias(rt, H[args + TupleWord.Items], H[args + TupleWord.Items + 1], type);
}

function reduce(rt: Runtime, alias: Ref): Owned {
  const H = rt.words;
  const m = tempMark(rt);
  const args = temp(rt, tupleOf(rt, originOf(rt, alias), argsOf(rt, alias)));
  if (H[alias + AliasWord.Starred] === 0) return releaseKeeping(rt, m, tupleOf(rt, T.genericAlias, args));
  const builtins = temp(rt, rt.importModule('builtins'));
  const next = temp(rt, getAttr(rt, builtins, Id.next));
  const plain = temp(rt, newGenericAlias(rt, originOf(rt, alias), argsOf(rt, alias)));
  const it = temp(rt, iter(rt, plain));
  return releaseKeeping(rt, m, tupleOf(rt, next, temp(rt, tupleOf(rt, it))));
}

function dir(rt: Runtime, alias: Ref): Owned {
  const m = tempMark(rt);
  const builtins = temp(rt, rt.importModule('builtins'));
  const dirFunction = temp(rt, getAttrText(rt, builtins, 'dir'));
  const names = temp(rt, call1(rt, dirFunction, originOf(rt, alias)));
  const have = new Set(listItems(rt, names).map((name) => strText(rt, name)));
  for (const name of OWN_NAMES) {
    if (!have.has(name) && name !== '__class__') listAppendTake(rt, names, newStr(rt, name));
  }
  return releaseKeeping(rt, m, newRef(rt, names));
}

function unpackedTupleArgs(rt: Runtime, alias: Ref): Owned {
  const isTupleAlias = rt.words[alias + AliasWord.Starred] !== 0 && originOf(rt, alias) === (T.tuple as number);
  return isTupleAlias ? newRef(rt, argsOf(rt, alias)) : none();
}

function mroEntries(rt: Runtime, alias: Ref): Owned {
  return tupleOf(rt, originOf(rt, alias));
}

/** Source: CPython 3.12 ga_dealloc. */
function deallocAlias(rt: Runtime, alias: Ref): void {
  untrack(rt, alias);
  clearWeakrefs(rt, alias);
  clearWord(rt, alias + AliasWord.Origin);
  clearWord(rt, alias + AliasWord.Args);
  clearWord(rt, alias + AliasWord.Parameters);
  freeObject(rt, alias);
}

defineType({
  ref: T.genericAlias,
  name: 'types.GenericAlias',
  basicSize: 64,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  noClear: true,
  traverse: [AliasWord.Origin, AliasWord.Args, AliasWord.Parameters],
  weakListWord: AliasWord.WeakList,
  dealloc: deallocAlias,
  doc: 'GenericAlias(origin, args, /)\n--\n\nRepresent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).',
  slots: {
    repr: aliasRepr,
    hash: aliasHash,
    call: aliasCall,
    instanceVectorcall: aliasVectorcall,
    getattro: aliasGetAttr,
    richcompare: aliasCompare,
    iter: newAliasIterator,
    new: aliasNew,
    nbOr: unionOr,
    mpSubscript: aliasGetItem,
  },
  methods: [
    native('__mro_entries__($self, bases, /)', mroEntries),
    native('__instancecheck__($self, instance, /)', (rt) =>
      typeError(rt, 'isinstance() argument 2 cannot be a parameterized generic'),
    ),
    native('__subclasscheck__($self, cls, /)', (rt) =>
      typeError(rt, 'issubclass() argument 2 cannot be a parameterized generic'),
    ),
    native('__reduce__($self, /)', reduce),
    native('__dir__($self, /)', dir),
  ],
  members: [
    member('__origin__', AliasWord.Origin),
    member('__args__', AliasWord.Args),
    member('__unpacked__', AliasWord.Starred, MemberKind.Bool),
  ],
  getset: [
    getset('__parameters__', parameters, null, 'Type variables in the GenericAlias.'),
    getset('__typing_unpacked_tuple_args__', unpackedTupleArgs),
  ],
});

onConnect((rt) => {
  rt.makeGenericAlias = (type, args) => newGenericAlias(rt, type, args);
});
