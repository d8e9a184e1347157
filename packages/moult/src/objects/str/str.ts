/** The type `str`: slots and the list of its methods. Layout: core/layout/text.ts. */
import { TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { newInt } from '../../core/int.ts';
import { native, nativeRaw } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { newBytes, newStr, strText } from '../../core/str.ts';
import { tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { strRepr } from '../../text/repr.ts';
import { encodeText } from '../bytes/codecs.ts';
import { cText } from './c-text.ts';
import { CASE_METHODS } from './case.ts';
import { strFormat, strFormatMap, strFormatMethod } from './format.ts';
import {
  strCompare,
  strConcatSlot,
  strContainsSlot,
  strHashSlot,
  strItem,
  strLengthSlot,
  strRepeat,
  strStr,
  strSubscript,
} from './items.ts';
import { newStrIterator } from './iterator.ts';
import { deallocAnyStr, newStrCopy, strSize } from './make.ts';
import { strNew, strVectorcall } from './new.ts';
import { strRemainder } from './percent.ts';
import { SEARCH_METHODS } from './search.ts';
import { SPLIT_METHODS } from './split.ts';
import { TRANSLATE_METHODS } from './translate.ts';

function reprSlot(rt: Runtime, self: Ref): Owned {
  return newStr(rt, strRepr(strText(rt, self)));
}

function encode(rt: Runtime, self: Ref, encoding: Ref, errors: Ref): Owned {
  const name = encoding === 0 ? 'utf-8' : cText(rt, encoding, "encode() argument 'encoding'");
  const handler = errors === 0 ? 'strict' : cText(rt, errors, "encode() argument 'errors'");
  return newBytes(rt, encodeText(rt, self, name, handler));
}

defineType({
  ref: T.str,
  name: 'str',
  basicSize: 64,
  flags: TypeFlag.BaseType | TypeFlag.UnicodeSubclass | TypeFlag.MatchSelf,
  dealloc: deallocAnyStr,
  doc: "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nCreate a new string object from the given object.",
  slots: {
    repr: reprSlot,
    str: strStr,
    hash: strHashSlot,
    richcompare: strCompare,
    iter: newStrIterator,
    new: strNew,
    vectorcall: strVectorcall,
    nbRemainder: strRemainder,
    mpLength: strLengthSlot,
    mpSubscript: strSubscript,
    sqLength: strLengthSlot,
    sqConcat: strConcatSlot,
    sqRepeat: strRepeat,
    sqItem: strItem,
    sqContains: strContainsSlot,
  },
  methods: [
    native("encode($self, /, encoding='utf-8', errors='strict')", encode, {
      doc: 'The bytes of the string in an encoding.',
    }),
    ...SEARCH_METHODS,
    ...SPLIT_METHODS,
    ...CASE_METHODS,
    ...TRANSLATE_METHODS,
    nativeRaw('format', strFormat, {
      tuple: true,
      keywords: true,
      doc: 'S.format(*args, **kwargs) -> str\n\nA copy with the fields in braces replaced by the arguments.',
    }),
    native('format_map($self, mapping, /)', strFormatMap, {
      unsigned: true,
      doc: 'As format, with the values of a mapping.',
    }),
    native('__format__($self, format_spec, /)', strFormatMethod, {
      doc: 'The string laid out as the specification says.',
    }),
    native('__sizeof__($self, /)', (rt, self) => newInt(rt, strSize(rt, self)), {
      doc: 'The size in memory, in bytes.',
    }),
    native('__getnewargs__()', (rt, self) => tupleTake(rt, newStrCopy(rt, self)), { unsigned: true }),
  ],
});
