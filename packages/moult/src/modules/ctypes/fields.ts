/** `_ctypes.CField`: a field of a structure or union; and giving a class its fields. */
import { gcNew, LayoutKind, newRef, track, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSetTake } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { CFieldWord } from '../../core/layout/cdata.ts';
import { getset } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { fastItem, fastSize, sequenceFast } from '../../core/sequence-fast.ts';
import { internTake, newStr } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleSize } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isStr, isSubtype, isTuple, typeName } from '../../core/types.ts';
import { typeModified } from '../../objects/type/lookup.ts';
import { CFIELD, isCDataObject, UNION } from './kinds.ts';
import { isCType, measure } from './layout.ts';
import { readPart, writePart } from './parts.ts';

/** Makes descriptors of `_fields_`: pairs of a name and a C type. Raises TypeError. @runsPython */
export function setFields(rt: Runtime, type: Ref, given: Ref): void {
  const m = tempMark(rt);
  const pairs = temp(rt, sequenceFast(rt, given, '_fields_ must be a sequence of pairs'));
  const isUnion = isSubtype(rt, type, UNION);
  let end = isUnion ? 0 : measure(rt, rt.words[type + TypeWord.Base]).size;
  for (let i = 0; i < fastSize(rt, pairs); i++) {
    const pair = fastItem(rt, pairs, i);
    const [name, ctype] = requirePair(rt, pair);
    const { size, align } = measure(rt, ctype);
    const offset = isUnion ? 0 : Math.ceil(end / align) * align;
    dictSetTake(
      rt,
      rt.words[type + TypeWord.Dict],
      internTake(rt, newRef(rt, name)),
      newField(rt, ctype, offset, size),
    );
    end = offset + size;
  }
  typeModified(rt, type);
  releaseTemps(rt, m);
}

function requirePair(rt: Runtime, pair: Ref): [name: Ref, ctype: Ref] {
  const size = isTuple(rt, pair) ? tupleSize(rt, pair) : 0;
  if (size === 3) typeError(rt, 'bit fields are not supported');
  if (size !== 2) typeError(rt, '_fields_ must be a sequence of (name, C type) pairs');
  const name = tupleItem(rt, pair, 0);
  const ctype = tupleItem(rt, pair, 1);
  if (!isStr(rt, name) || !isCType(rt, ctype)) typeError(rt, '_fields_ must be a sequence of (name, C type) pairs');
  return [name, ctype];
}

function newField(rt: Runtime, type: Ref, offset: number, size: number): Owned {
  const field = gcNew(rt, CFIELD);
  rt.words[field + CFieldWord.Type] = newRef(rt, type);
  rt.words[field + CFieldWord.Offset] = offset;
  rt.words[field + CFieldWord.Size] = size;
  track(rt, field);
  return field;
}

function fieldGet(rt: Runtime, field: Ref, object: Ref): Owned {
  if (object === 0) return newRef(rt, field);
  requireData(rt, object);
  return readPart(rt, object, rt.words[field + CFieldWord.Type], rt.words[field + CFieldWord.Offset]);
}

function fieldSet(rt: Runtime, field: Ref, object: Ref, value: Ref): void {
  requireData(rt, object);
  if (value === 0) typeError(rt, "can't delete attribute");
  writePart(rt, object, rt.words[field + CFieldWord.Type], rt.words[field + CFieldWord.Offset], value);
}

function requireData(rt: Runtime, object: Ref): void {
  if (!isCDataObject(rt, object)) typeError(rt, 'not a ctype instance');
}

function fieldRepr(rt: Runtime, field: Ref): Owned {
  const H = rt.words;
  const name = typeName(rt, H[field + CFieldWord.Type]);
  return newStr(rt, `<Field type=${name}, ofs=${H[field + CFieldWord.Offset]}, size=${H[field + CFieldWord.Size]}>`);
}

defineType({
  ref: CFIELD,
  name: '_ctypes.CField',
  heapType: 'immutable',
  basicSize: 8 * CFieldWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  traverse: [CFieldWord.Type],
  doc: 'Structure/Union member',
  slots: { repr: fieldRepr, descrGet: fieldGet, descrSet: fieldSet },
  getset: [
    getset(
      'offset',
      (rt, field) => newInt(rt, rt.words[field + CFieldWord.Offset]),
      null,
      'offset in bytes of this field',
    ),
    getset('size', (rt, field) => newInt(rt, rt.words[field + CFieldWord.Size]), null, 'size in bytes of this field'),
  ],
});
