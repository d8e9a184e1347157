/** The type `type`. */
import { TypeFlag, TypeWord, TupleWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictLength } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { setQuietGetAttr } from '../../core/functions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { defineType } from '../../core/type-spec.ts';
import { unionOr } from '../functions/union.ts';
import { typeAttribute, typeGetAttr, typeSetAttr } from './attributes.ts';
import { typeCall, typeInstanceVectorcall, typeVectorcall } from './call.ts';
import { TYPE_GETSETS, TYPE_MEMBERS } from './getsets.ts';
import { clearType, deallocType, TypeBytes, TypeRecord, TYPE_LAYOUT } from './layout.ts';
import { TYPE_METHODS, typeRepr } from './methods.ts';
import { typeNew } from './new.ts';

function typeInit(rt: Runtime, _self: Ref, args: Ref, kwargs: Ref): void {
  const n = rt.words[args + TupleWord.Size];
  if (kwargs !== 0 && n === 1 && dictLength(rt, kwargs) !== 0)
    typeError(rt, 'type.__init__() takes no keyword arguments');
  if (n !== 1 && n !== 3) typeError(rt, 'type.__init__() takes 1 or 3 arguments');
}

defineType({
  ref: T.type,
  name: 'type',
  basicSize: TypeBytes.Heap,
  itemSize: TypeBytes.Member,
  words: TypeRecord.Words,
  itemWords: 0,
  flags: TypeFlag.BaseType | TypeFlag.HaveGc | TypeFlag.TypeSubclass | TypeFlag.ItemsAtEnd,
  layout: TYPE_LAYOUT,
  dealloc: deallocType,
  clear: clearType,
  weakListWord: TypeWord.WeakList,
  dictWord: TypeWord.Dict,
  doc: "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
  slots: {
    repr: typeRepr,
    call: typeCall,
    getattro: typeGetAttr,
    setattro: typeSetAttr,
    init: typeInit,
    new: typeNew,
    nbOr: unionOr,
    vectorcall: typeVectorcall,
    instanceVectorcall: typeInstanceVectorcall,
  },
  methods: TYPE_METHODS,
  members: TYPE_MEMBERS,
  getset: TYPE_GETSETS,
});

setQuietGetAttr(typeGetAttr, typeAttribute);
