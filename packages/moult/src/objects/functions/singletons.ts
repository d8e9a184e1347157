/** NoneType, NotImplementedType, ellipsis. */
import { LayoutKind, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictLength } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { defineType } from '../../core/type-spec.ts';
import { objectCompare } from '../object/object.ts';

/** The `new` slot of a type with one instance. */
function only(instance: Ref, name: string): (rt: Runtime, type: Ref, args: Ref, kwargs: Ref) => Owned {
  return (rt, _type, args, kwargs) => {
    if (rt.words[args + TupleWord.Size] !== 0 || (kwargs !== 0 && dictLength(rt, kwargs) !== 0)) {
      typeError(rt, `${name} takes no arguments`);
    }
    return instance as Owned;
  };
}

/** CPython's None lies in its data segment: its hash is a constant of 3.12. */
function hashNone(rt: Runtime): number {
  rt.hashHigh = 0;
  return 0xfca86420 | 0;
}

function warnBool(rt: Runtime): boolean {
  rt.warnDeprecated('NotImplemented should not be used in a boolean context');
  return true;
}

defineType({
  ref: T.NoneType,
  name: 'NoneType',
  basicSize: 16,
  layout: LayoutKind.None,
  slots: {
    repr: (rt) => newStr(rt, 'None'),
    hash: hashNone,
    new: only(S.None, 'NoneType'),
    richcompare: objectCompare,
    nbBool: () => false,
  },
});

defineType({
  ref: T.NotImplementedType,
  name: 'NotImplementedType',
  basicSize: 16,
  layout: LayoutKind.None,
  slots: {
    repr: (rt) => newStr(rt, 'NotImplemented'),
    new: only(S.NotImplemented, 'NotImplementedType'),
    nbBool: warnBool,
  },
  methods: [native('__reduce__($self, /)', (rt) => newStr(rt, 'NotImplemented'))],
});

defineType({
  ref: T.ellipsis,
  name: 'ellipsis',
  basicSize: 16,
  layout: LayoutKind.None,
  slots: { repr: (rt) => newStr(rt, 'Ellipsis'), new: only(S.Ellipsis, 'EllipsisType') },
  methods: [native('__reduce__($self, /)', (rt) => newStr(rt, 'Ellipsis'))],
});
