/** types.SimpleNamespace. */
import { LayoutKind, newRef, ObjectWord, TupleWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictKeyAt, dictMerge, dictNext, dictValueAt, newDict, Override } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { CompareOp } from '../../core/functions.ts';
import { member, native } from '../../core/native.ts';
import { richCompare } from '../../core/protocol/compare.ts';
import { reprEnter, reprLeave, reprText } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { orRelease, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isStr, isSubtype, typeFullName } from '../../core/types.ts';
import { genericGetAttr, genericSetAttr } from '../object/generic-attributes.ts';
import { allocInstance } from '../type/alloc.ts';

const enum NamespaceWord {
  Dict = 2,
}

const dictOf = (rt: Runtime, self: Ref): Ref => rt.words[self + NamespaceWord.Dict];

/** A namespace with the items of `dict` (borrowed). (_PyNamespace_New) */
export function newNamespace(rt: Runtime, dict: Ref): Owned {
  const self = makeEmpty(rt, T.simpleNamespace);
  if (dict !== 0) dictMerge(rt, dictOf(rt, self), dict, Override.Replace);
  return self;
}

function makeEmpty(rt: Runtime, type: Ref): Owned {
  const self = allocInstance(rt, type, 0);
  rt.words[self + NamespaceWord.Dict] = orRelease(rt, self, () => newDict(rt));
  return self;
}

function init(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  if (rt.words[args + TupleWord.Size] > 0) typeError(rt, 'no positional arguments expected');
  if (kwargs === 0) return;
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    if (!isStr(rt, dictKeyAt(rt, kwargs, i))) typeError(rt, 'keywords must be strings');
  }
  dictMerge(rt, dictOf(rt, self), kwargs, Override.Replace);
}

function repr(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const name =
    H[self + ObjectWord.Type] === T.simpleNamespace ? 'namespace' : typeFullName(rt, H[self + ObjectWord.Type]);
  if (reprEnter(rt, self)) return newStr(rt, `${name}(...)`);
  const m = tempMark(rt);
  let parts: string[];
  try {
    parts = attributeTexts(rt, temp(rt, newRef(rt, dictOf(rt, self))));
  } finally {
    reprLeave(rt, self);
  }
  return releaseKeeping(rt, m, newStr(rt, `${name}(${parts.join(', ')})`));
}

function attributeTexts(rt: Runtime, dict: Ref): string[] {
  const parts: string[] = [];
  for (let i = dictNext(rt, dict, 0); i >= 0; i = dictNext(rt, dict, i + 1)) {
    const key = dictKeyAt(rt, dict, i);
    if (!isStr(rt, key) || strText(rt, key) === '') continue;
    const value = temp(rt, newRef(rt, dictValueAt(rt, dict, i)));
    parts.push(`${strText(rt, key)}=${reprText(rt, value)}`);
  }
  return parts;
}

function compare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  const H = rt.words;
  const comparable =
    isSubtype(rt, H[a + ObjectWord.Type], T.simpleNamespace) &&
    isSubtype(rt, H[b + ObjectWord.Type], T.simpleNamespace);
  if (!comparable || (op !== CompareOp.Eq && op !== CompareOp.Ne)) return S.NotImplemented as Ref as Owned;
  return richCompare(rt, dictOf(rt, a), dictOf(rt, b), op);
}

function reduce(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  return tupleTake(
    rt,
    newRef(rt, H[self + ObjectWord.Type]),
    S.EmptyTuple as Ref as Owned,
    newRef(rt, dictOf(rt, self)),
  );
}

defineType({
  ref: T.simpleNamespace,
  name: 'types.SimpleNamespace',
  basicSize: 24,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [NamespaceWord.Dict],
  dictWord: NamespaceWord.Dict,
  doc: 'A simple attribute-based namespace.\n\nSimpleNamespace(**kwargs)',
  slots: {
    repr,
    getattro: genericGetAttr,
    setattro: genericSetAttr,
    richcompare: compare,
    init,
    new: (rt, type) => makeEmpty(rt, type),
  },
  methods: [native('__reduce__($self, /)', reduce, { doc: 'Return state information for pickling' })],
  members: [member('__dict__', NamespaceWord.Dict)],
});
