/** The type `object`. */
import { LayoutKind, newRef, ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, typeError } from '../../core/errors.ts';
import { CompareOp, setQuietGetAttr, SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { CompareSlot, UnarySlot } from '../../core/functions.ts';
import { newInt } from '../../core/int.ts';
import { getset, native, nativeRaw } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { hexAddress, str } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr, strLength, strText } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { argumentName, isInstance, isStr, kindName, typeFullName } from '../../core/types.ts';
import { ownerOf, viewOf } from '../bytes/view.ts';
import { genericAllocSlot, objectInit, objectNew } from '../type/alloc.ts';
import { moduleOfType, qualnameOfType } from '../type/names.ts';
import { assignClass } from './class-assignment.ts';
import { objectDir } from './dir.ts';
import { genericGetAttr, genericLookup, genericSetAttr } from './generic-attributes.ts';
import { hashPointer } from './hash.ts';
import { objectReduce, objectReduceEx, standardGetState } from './reduce.ts';

/** `<module.Class object at 0x…>` */
export function objectRepr(rt: Runtime, self: Ref): Owned {
  const type = rt.words[self + ObjectWord.Type];
  const module = temp(rt, moduleOfType(rt, type));
  const at = hexAddress(self);
  const qualified = isStr(rt, module) && strText(rt, module) !== 'builtins';
  const text = qualified
    ? `<${strText(rt, module)}.${qualnameOfType(rt, type)} object at ${at}>`
    : `<${typeFullName(rt, type)} object at ${at}>`;
  dropTemp(rt, module);
  return newStr(rt, text);
}

/** `object.__str__`: what `repr` gives. */
function objectStr(rt: Runtime, self: Ref): Owned {
  const slot = rt.words[rt.words[self + ObjectWord.Type] + TypeWord.Repr];
  return slot === 0 ? objectRepr(rt, self) : (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, self);
}

/** Identity for `==`; `!=` asks `__eq__`. */
export function objectCompare(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  if (op === CompareOp.Eq) return self === other ? (S.True as Ref as Owned) : NOT_IMPLEMENTED;
  if (op !== CompareOp.Ne) return NOT_IMPLEMENTED;
  const slot = rt.words[rt.words[self + ObjectWord.Type] + TypeWord.RichCompare];
  if (slot === 0) return NOT_IMPLEMENTED;
  const equal = (SLOT_FUNCTIONS[slot] as CompareSlot)(rt, self, other, CompareOp.Eq);
  if (equal === NOT_IMPLEMENTED) return equal;
  temp(rt, equal);
  const truth = isTrue(rt, equal);
  dropTemp(rt, equal);
  return pyBool(!truth) as Owned;
}

const NOT_IMPLEMENTED = S.NotImplemented as Ref as Owned;

function objectFormat(rt: Runtime, self: Ref, spec: Ref): Owned {
  if (!isStr(rt, spec)) typeError(rt, `__format__() argument must be str, not ${argumentName(rt, spec)}`);
  if (strLength(rt, spec) > 0) typeError(rt, `unsupported format string passed to ${kindName(rt, self)}.__format__`);
  return str(rt, self);
}

function objectSizeof(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const type = H[self + ObjectWord.Type];
  const itemSize = H[type + TypeWord.ItemSize];
  return newInt(rt, H[type + TypeWord.BasicSize] + (itemSize > 0 ? itemCount(rt, self) * itemSize : 0));
}

/** `Py_SIZE`, which a memoryview keeps in its view: shape, strides and suboffsets. */
function itemCount(rt: Runtime, self: Ref): number {
  // A released one has its one dimension still.
  if (isInstance(rt, self, T.memoryview)) return 3 * (ownerOf(rt, self) === 0 ? 1 : viewOf(rt, self).shape.length);
  return Math.abs(rt.words[self + ObjectWord.Size]);
}

function getClass(rt: Runtime, self: Ref): Owned {
  return newRef(rt, rt.words[self + ObjectWord.Type]);
}

defineType({
  ref: T.object,
  name: 'object',
  basicSize: 16,
  flags: TypeFlag.BaseType,
  layout: LayoutKind.None,
  doc:
    'object()\n--\n\n' +
    'The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\n' +
    'instance that has no instance attributes and cannot be given any.\n',
  slots: {
    repr: objectRepr,
    str: objectStr,
    hash: hashPointer,
    getattro: genericGetAttr,
    setattro: genericSetAttr,
    richcompare: objectCompare,
    init: objectInit,
    new: objectNew,
    alloc: genericAllocSlot,
  },
  methods: [
    native('__reduce_ex__($self, protocol, /)', objectReduceEx, { doc: 'Helper for pickle.' }),
    native('__reduce__($self, /)', objectReduce, { doc: 'Helper for pickle.' }),
    native('__getstate__($self, /)', standardGetState, { doc: 'Helper for pickle.' }),
    nativeRaw('__subclasshook__', () => NOT_IMPLEMENTED, {
      tuple: true,
      binding: 'class',
      doc: 'What issubclass() asks an abstract class.\n\nNotImplemented: let the usual mechanism decide.',
    }),
    native('__init_subclass__($cls, /)', () => none(), {
      binding: 'class',
      doc: 'Called when a class is subclassed; does nothing by default.',
    }),
    native('__format__($self, format_spec, /)', objectFormat, { doc: 'Default object formatter.' }),
    native('__sizeof__($self, /)', objectSizeof, { doc: 'Size of object in memory, in bytes.' }),
    native('__dir__($self, /)', objectDir, { doc: 'Default dir() implementation.' }),
  ],
  getset: [getset('__class__', getClass, assignClass, "the object's class")],
});

setQuietGetAttr(genericGetAttr, genericLookup);
