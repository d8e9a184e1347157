/** `int | str`: types.UnionType. */
import { gcNew, LayoutKind, newRef, ObjectWord, track, TupleWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { Id } from '../../core/names.ts';
import { getset, member } from '../../core/native.ts';
import { getAttr, lookupAttr } from '../../core/protocol/attribute.ts';
import { compareBool, hash } from '../../core/protocol/compare.ts';
import { binarySlots } from '../../core/protocol/number.ts';
import { reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isStr, isSubtype, isType } from '../../core/types.ts';
import { genericGetAttr } from '../object/generic-attributes.ts';
import { typeParameters, substituteParameters } from './type-parameters.ts';

const enum UnionWord {
  Args = 2,
  Parameters = 3,
}

const NOT_IMPLEMENTED = S.NotImplemented as Ref as Owned;

function items(rt: Runtime, tuple: Ref): Ref[] {
  const start = tuple + TupleWord.Items;
  return Array.from(rt.words.subarray(start, start + rt.words[tuple + TupleWord.Size]));
}

function isUnionable(rt: Runtime, o: Ref): boolean {
  const type = rt.words[o + ObjectWord.Type];
  return o === S.None || isType(rt, o) || isAlias(rt, o) || type === T.unionType || type === T.typeAliasType;
}

/** True for `list[int]` and what is made from a subclass, as `collections.abc.Callable[[int], str]`. */
export function isAlias(rt: Runtime, o: Ref): boolean {
  return isSubtype(rt, rt.words[o + ObjectWord.Type], T.genericAlias);
}

/** `|` of types. (_Py_union_type_or) @runsPython */
export function unionOr(rt: Runtime, left: Ref, right: Ref): Owned {
  if (!isUnionable(rt, left) || !isUnionable(rt, right)) return NOT_IMPLEMENTED;
  return unionOf(rt, [left, right]);
}

/** A union of types, flattened, without doubles; one type alone is returned itself. */
function unionOf(rt: Runtime, types: readonly Ref[]): Owned {
  const flat: Ref[] = [];
  for (const type of types) {
    if (rt.words[type + ObjectWord.Type] === T.unionType) flat.push(...items(rt, rt.words[type + UnionWord.Args]));
    else flat.push(type === S.None ? T.NoneType : type);
  }
  const unique: Ref[] = [];
  for (const type of flat) if (!unique.some((other) => sameType(rt, other, type))) unique.push(type);
  if (unique.length === 1) return newRef(rt, unique[0]);
  return newUnion(rt, tupleOf(rt, ...unique));
}

function sameType(rt: Runtime, a: Ref, b: Ref): boolean {
  return a === b || (isAlias(rt, a) && isAlias(rt, b) && compareBool(rt, a, b, CompareOp.Eq));
}

/** Takes `args`. */
function newUnion(rt: Runtime, args: Owned): Owned {
  temp(rt, args);
  const union = gcNew(rt, T.unionType);
  rt.words[union + UnionWord.Args] = untemp(rt, args);
  track(rt, union);
  return union;
}

function argsOf(rt: Runtime, union: Ref): Ref {
  return rt.words[union + UnionWord.Args];
}

/** How a type shows inside `a | b` or `list[a]`. @runsPython */
export function itemRepr(rt: Runtime, o: Ref): string {
  if (o === (S.Ellipsis as number)) return '...';
  if (o === (T.NoneType as number)) return 'None';
  const origin = lookupAttr(rt, o, Id.__origin__);
  if (origin !== 0) {
    temp(rt, origin);
    const args = lookupAttr(rt, o, Id.__args__);
    if (args !== 0) temp(rt, args);
    if (args !== 0) return reprText(rt, o);
  }
  const qualname = lookupAttr(rt, o, Id.__qualname__);
  if (qualname === 0) return reprText(rt, o);
  temp(rt, qualname);
  const module = lookupAttr(rt, o, Id.__module__);
  if (module === 0) return reprText(rt, o);
  temp(rt, module);
  if (module === (S.None as number) || !isStr(rt, qualname) || !isStr(rt, module)) return reprText(rt, o);
  const prefix = strText(rt, module) === 'builtins' ? '' : `${strText(rt, module)}.`;
  return prefix + strText(rt, qualname);
}

function unionRepr(rt: Runtime, union: Ref): Owned {
  const m = tempMark(rt);
  const parts = items(rt, argsOf(rt, union)).map((o) => itemRepr(rt, o));
  return releaseKeeping(rt, m, newStr(rt, parts.join(' | ')));
}

/** Equal: the same types in any order. */
function unionCompare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  const H = rt.words;
  const comparable = H[a + ObjectWord.Type] === T.unionType && H[b + ObjectWord.Type] === T.unionType;
  if (!comparable || (op !== CompareOp.Eq && op !== CompareOp.Ne)) return NOT_IMPLEMENTED;
  const x = items(rt, argsOf(rt, a));
  const y = items(rt, argsOf(rt, b));
  const within = (o: Ref, list: Ref[]): boolean => list.some((p) => compareBool(rt, o, p, CompareOp.Eq));
  const same = x.every((o) => within(o, y)) && y.every((o) => within(o, x));
  return pyBool(same === (op === CompareOp.Eq)) as Owned;
}

function unionHash(rt: Runtime, union: Ref): number {
  const frozen = temp(rt, rt.newFrozenSet(argsOf(rt, union)));
  const low = hash(rt, frozen);
  const high = rt.hashHigh;
  dropTemp(rt, frozen);
  rt.hashHigh = high;
  return low;
}

function unionGetAttr(rt: Runtime, union: Ref, name: Ref): Owned {
  if (isStr(rt, name) && strText(rt, name) === '__module__')
    return getAttr(rt, rt.words[union + ObjectWord.Type], name);
  return genericGetAttr(rt, union, name);
}

function parameters(rt: Runtime, union: Ref): Owned {
  const H = rt.words;
  if (H[union + UnionWord.Parameters] === 0) {
    H[union + UnionWord.Parameters] = typeParameters(rt, argsOf(rt, union));
  }
  return newRef(rt, H[union + UnionWord.Parameters]);
}

function unionGetItem(rt: Runtime, union: Ref, item: Ref): Owned {
  const m = tempMark(rt);
  const params = temp(rt, parameters(rt, union));
  const args = temp(rt, substituteParameters(rt, union, argsOf(rt, union), params, item));
  const H = rt.words;
  let result = temp(rt, newRef(rt, H[args + TupleWord.Items]));
  for (let i = 1; i < H[args + TupleWord.Size]; i++) {
    const next = binarySlots(rt, result, H[args + TupleWord.Items + i], TypeWord.NbOr);
    if (next === NOT_IMPLEMENTED) typeError(rt, 'unsupported operand type(s) for |');
    result = temp(rt, next);
  }
  return releaseKeeping(rt, m, newRef(rt, result));
}

defineType({
  ref: T.unionType,
  name: 'types.UnionType',
  basicSize: 32,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  noClear: true,
  traverse: [UnionWord.Args, UnionWord.Parameters],
  doc: 'Represent a PEP 604 union type\n\nE.g. for int | str',
  slots: {
    repr: unionRepr,
    hash: unionHash,
    getattro: unionGetAttr,
    richcompare: unionCompare,
    nbOr: unionOr,
    mpSubscript: unionGetItem,
  },
  members: [member('__args__', UnionWord.Args)],
  getset: [getset('__parameters__', parameters, null, 'Type variables in the types.UnionType.')],
});
