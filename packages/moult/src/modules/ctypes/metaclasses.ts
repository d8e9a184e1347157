/** The metaclasses of C types: `c_int * 3` is an array type, and a class with `_fields_` is a structure with these fields. */
import { newRef, ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGetText, newDict } from '../../core/dict/index.ts';
import { attributeError, valueError } from '../../core/errors.ts';
import { isSafeInt, newInt, safeIntValue } from '../../core/int.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { typeName } from '../../core/types.ts';
import { setTake } from '../make.ts';
import { typeSetAttr } from '../../objects/type/attributes.ts';
import { forEachSubclass } from '../../objects/type/lookup.ts';
import { typeNew } from '../../objects/type/new.ts';
import { addChars } from './chars.ts';
import { setFields } from './fields.ts';
import { ARRAY_TYPE } from './kinds.ts';
import { measure } from './layout.ts';

export const SIMPLE_META = moduleType();
export const RECORD_META = moduleType();
export const UNION_META = moduleType();
export const ARRAY_META = moduleType();

/** Says what the type of a static type is. Only while types are made ready. */
export function setMetaclass(rt: Runtime, type: Ref, meta: Ref): void {
  rt.words[type + ObjectWord.Type] = meta;
}

/** The array type made before that is still alive, borrowed; 0 if there is none. */
function livingArray(rt: Runtime, item: Ref, length: number, name: string): Ref {
  let found = 0;
  forEachSubclass(rt, ARRAY_TYPE, (_rt, type) => {
    const dict = rt.words[type + TypeWord.Dict];
    if (dictGetText(rt, dict, '_type_') !== item || typeName(rt, type) !== name) return;
    const known = dictGetText(rt, dict, '_length_');
    if (known !== 0 && isSafeInt(rt, known) && safeIntValue(rt, known) === length) found = type;
  });
  return found;
}

/** `item * length`: an array type, the same one as long as it lives. @runsPython */
export function arrayOf(rt: Runtime, item: Ref, length: number): Owned {
  if (length < 0) valueError(rt, `Array length must be >= 0, not ${length}`);
  const text = `${typeName(rt, item)}_Array_${length}`;
  const living = livingArray(rt, item, length, text);
  if (living !== 0) return newRef(rt, living);
  measure(rt, item);
  const m = tempMark(rt);
  const dict = temp(rt, newDict(rt));
  setTake(rt, dict, '_length_', newInt(rt, length));
  setTake(rt, dict, '_type_', newRef(rt, item));
  const name = temp(rt, newStr(rt, text));
  const bases = temp(rt, tupleOf(rt, ARRAY_TYPE));
  const args = temp(rt, tupleOf(rt, name, bases, dict));
  const type = temp(rt, typeNew(rt, ARRAY_META, args, 0));
  addChars(rt, type);
  return releaseKeeping(rt, m, newRef(rt, type));
}

/** A class statement with `_fields_`. @runsPython */
function newRecordType(rt: Runtime, meta: Ref, args: Ref, kwargs: Ref): Owned {
  const m = tempMark(rt);
  const type = temp(rt, typeNew(rt, meta, args, kwargs));
  const fields = dictGetText(rt, rt.words[type + TypeWord.Dict], '_fields_');
  if (fields !== 0) setFields(rt, type, fields);
  return releaseKeeping(rt, m, newRef(rt, type));
}

/** `type._fields_ = …` once, if the class statement had none. @runsPython */
function setRecordAttr(rt: Runtime, type: Ref, name: Ref, value: Ref): void {
  const isFields = strText(rt, name) === '_fields_' && value !== 0;
  if (isFields && dictGetText(rt, rt.words[type + TypeWord.Dict], '_fields_') !== 0) {
    attributeError(rt, '_fields_ is final');
  }
  typeSetAttr(rt, type, name, value);
  if (isFields) setFields(rt, type, value);
}

const META_FLAGS = TypeFlag.HaveGc | TypeFlag.BaseType;

for (const [ref, name] of [
  [SIMPLE_META, 'PyCSimpleType'],
  [ARRAY_META, 'PyCArrayType'],
] as const) {
  defineType({ ref, name: `_ctypes.${name}`, base: T.type, flags: META_FLAGS, slots: { sqRepeat: arrayOf } });
}

for (const [ref, name] of [
  [RECORD_META, 'PyCStructType'],
  [UNION_META, 'UnionType'],
] as const) {
  defineType({
    ref,
    name: `_ctypes.${name}`,
    base: T.type,
    flags: META_FLAGS,
    slots: { new: newRecordType, setattro: setRecordAttr, sqRepeat: arrayOf },
  });
}
