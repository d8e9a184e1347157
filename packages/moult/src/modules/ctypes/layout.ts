/** Sizes and alignments of C types. The fields of a structure are descriptors in the dict of the class. */
import { ObjectWord, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { dictNext, dictValueAt } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { safeIntValue } from '../../core/int.ts';
import { CFieldWord } from '../../core/layout/cdata.ts';
import type { Runtime } from '../../core/runtime.ts';
import { internText } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { isSubtype, isType } from '../../core/types.ts';
import { findInMro } from '../../objects/type/lookup.ts';
import { ARRAY_TYPE, CDATA, CFIELD, kindOfType, STRUCTURE, UNION } from './kinds.ts';

/** True if `o` is a C type. */
export function isCType(rt: Runtime, o: Ref): boolean {
  return isType(rt, o) && isSubtype(rt, o, CDATA);
}

/** An attribute of a class, borrowed; 0 if there is none. */
function classAttribute(rt: Runtime, type: Ref, name: string): Ref {
  const key = temp(rt, internText(rt, name));
  const found = findInMro(rt, type, key);
  dropTemp(rt, key);
  return found;
}

/** Number of items of an array type. */
export function arrayLength(rt: Runtime, type: Ref): number {
  const length = classAttribute(rt, type, '_length_');
  return length === 0 ? typeError(rt, 'abstract class') : safeIntValue(rt, length);
}

/** The type of the items of an array type. */
export function itemType(rt: Runtime, type: Ref): Ref {
  return classAttribute(rt, type, '_type_') || typeError(rt, 'abstract class');
}

export const isArrayType = (rt: Runtime, type: Ref): boolean => isSubtype(rt, type, ARRAY_TYPE);
const isRecordType = (rt: Runtime, type: Ref): boolean => isSubtype(rt, type, STRUCTURE) || isSubtype(rt, type, UNION);

/** Size and alignment of a C type, in bytes. Raises TypeError for an abstract one. */
export function measure(rt: Runtime, type: Ref): { size: number; align: number } {
  const kind = kindOfType(rt, type);
  if (kind !== null) return { size: kind.size, align: kind.size };
  if (isArrayType(rt, type)) {
    const item = measure(rt, itemType(rt, type));
    return { size: item.size * arrayLength(rt, type), align: item.align };
  }
  return isRecordType(rt, type) ? measureRecord(rt, type) : typeError(rt, 'this type has no size');
}

function measureRecord(rt: Runtime, type: Ref): { size: number; align: number } {
  let end = 0;
  let align = 1;
  for (let t = type; t !== 0; t = rt.words[t + TypeWord.Base]) {
    for (const field of ownFields(rt, t)) {
      end = Math.max(end, rt.words[field + CFieldWord.Offset] + rt.words[field + CFieldWord.Size]);
      align = Math.max(align, measure(rt, rt.words[field + CFieldWord.Type]).align);
    }
  }
  return { size: Math.ceil(end / align) * align, align };
}

function ownFields(rt: Runtime, type: Ref): Ref[] {
  const dict = rt.words[type + TypeWord.Dict];
  const fields: Ref[] = [];
  for (let i = dictNext(rt, dict, 0); i >= 0; i = dictNext(rt, dict, i + 1)) {
    const value = dictValueAt(rt, dict, i);
    if (rt.words[value + ObjectWord.Type] === CFIELD) fields.push(value);
  }
  return fields;
}
