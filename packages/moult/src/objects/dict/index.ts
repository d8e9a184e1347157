/** The type `dict`, with its views and iterators. */
import { LayoutKind, TypeFlag } from '@moult/heap';
import { dictContains, dictLength } from '../../core/dict/index.ts';
import { T } from '../../core/static.ts';
import { defineType } from '../../core/type-spec.ts';
import {
  DICT_METHODS,
  dictAssign,
  dictInit,
  dictInplaceOr,
  dictIter,
  dictOr,
  dictRepr,
  dictRichCompare,
  dictSubscript,
  dictVectorcall,
} from './methods.ts';
import { dictNew } from './new.ts';

export { newDictIterator } from './iterators.ts';
export { dictSubscript, dictUpdateFrom } from './methods.ts';
export { dictNew } from './new.ts';
export { newDictView } from './views.ts';

defineType({
  ref: T.dict,
  name: 'dict',
  basicSize: 48,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType | TypeFlag.DictSubclass | TypeFlag.Mapping | TypeFlag.MatchSelf,
  layout: LayoutKind.Dict,
  doc:
    'dict() -> new empty dictionary\n' +
    "dict(mapping) -> new dictionary initialized from a mapping object's\n    (key, value) pairs\n" +
    'dict(iterable) -> new dictionary initialized as if via:\n    d = {}\n    for k, v in iterable:\n        d[k] = v\n' +
    'dict(**kwargs) -> new dictionary initialized with the name=value pairs\n' +
    '    in the keyword argument list.  For example:  dict(one=1, two=2)',
  slots: {
    new: dictNew,
    init: dictInit,
    vectorcall: dictVectorcall,
    repr: dictRepr,
    hash: null,
    iter: dictIter,
    richcompare: dictRichCompare,
    nbOr: dictOr,
    nbInplaceOr: dictInplaceOr,
    mpLength: dictLength,
    mpSubscript: dictSubscript,
    mpAssSubscript: dictAssign,
    sqContains: dictContains,
  },
  methods: DICT_METHODS,
});
