/** `typing.Generic`, the base of generic classes. What subscripting and deriving do is in the library's `typing`. */
import { LayoutKind, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictDeleteText } from '../../core/dict/index.ts';
import { nativeRaw } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { defineType } from '../../core/type-spec.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { objectNew } from '../type/alloc.ts';
import { callTyping, forwardToTyping, unpackTypeVarTuples } from './support.ts';

/** `Generic[params]` as the base of `class A[params]`: a `typing._GenericAlias`. @runsPython */
export function genericBase(rt: Runtime, params: Ref): Owned {
  const m = tempMark(rt);
  const unpackedParams = temp(rt, unpackTypeVarTuples(rt, params));
  return releaseKeeping(rt, m, callTyping(rt, '_GenericAlias', T.generic, unpackedParams));
}

function classMethod(name: string, target: string, doc: string): NativeDefinition {
  return nativeRaw(name, (rt, cls, args, nargs, kwnames) => forwardToTyping(rt, target, cls, args, nargs, kwnames), {
    keywords: true,
    binding: 'class',
    doc,
  });
}

defineType({
  ref: T.generic,
  name: 'typing.Generic',
  heapType: 'mutable',
  basicSize: 16,
  flags: TypeFlag.BaseType | TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [],
  noClear: true,
  doc: 'Abstract base class for generic types: classes with a list of type parameters have it as a base.\n',
  slots: { new: objectNew },
  methods: [
    classMethod('__class_getitem__', '_generic_class_getitem', 'Parameterizes a generic class.'),
    classMethod('__init_subclass__', '_generic_init_subclass', 'Function to initialize subclasses.'),
  ],
  populate: (rt, dict) => {
    dictDeleteText(rt, dict, '__new__');
  },
});
