/** Attributes of types: lookups through the metatype and the MRO; assignment with everything that follows from it. */
import { newRef, ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raiseAttributeError } from '../../core/attribute-error.ts';
import { typeError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { DescrGetSlot } from '../../core/functions.ts';
import { finishHeld } from '../../core/held.ts';
import { checkAttrName } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { internTake, newStr, strText } from '../../core/str.ts';
import { dropTemp, temp, tempMark } from '../../core/temps.ts';
import { typeFullName, typeName } from '../../core/types.ts';
import { genericSetAttrInDict } from '../object/generic-attributes.ts';
import { typeLookup, typeModified } from './lookup.ts';
import { updateSlot } from './update-slots.ts';

/** `type.__getattribute__` @runsPython. Source: CPython 3.12 _Py_type_getattro_impl. */
export function typeGetAttr(rt: Runtime, type: Ref, name: Ref): Owned {
  const value = typeAttribute(rt, type, name);
  if (value !== 0) return value;
  const message = `type object '${typeName(rt, type)}' has no attribute '${strText(rt, name)}'`;
  return raiseAttributeError(rt, message, type, name);
}

/** As `typeGetAttr`, but 0 when there is no such attribute. @runsPython */
export function typeAttribute(rt: Runtime, type: Ref, name: Ref): Owned | 0 {
  const H = rt.words;
  if (H[name + ObjectWord.Type] !== T.str) checkAttrName(rt, name);
  const meta = H[type + ObjectWord.Type];
  const metaAttr = typeLookup(rt, meta, name);
  let metaGet = 0;
  if (metaAttr !== 0) {
    const kind = H[metaAttr + ObjectWord.Type];
    metaGet = H[kind + TypeWord.DescrGet];
    if (metaGet !== 0 && H[kind + TypeWord.DescrSet] !== 0) return callGet(rt, metaGet, metaAttr, type, meta);
  }
  const own = typeLookup(rt, type, name);
  if (own !== 0) {
    const get = H[H[own + ObjectWord.Type] + TypeWord.DescrGet];
    return get === 0 ? newRef(rt, own) : callGet(rt, get, own, 0, type);
  }
  if (metaGet !== 0) return callGet(rt, metaGet, metaAttr, type, meta);
  return metaAttr === 0 ? 0 : newRef(rt, metaAttr);
}

function callGet(rt: Runtime, get: number, descr: Ref, o: Ref, type: Ref): Owned {
  const m = tempMark(rt);
  temp(rt, newRef(rt, descr));
  return finishHeld(rt, m, descr, (SLOT_FUNCTIONS[get] as DescrGetSlot)(rt, descr, o, type));
}

/** `type.__setattr__`, and with `value` 0 `type.__delattr__`: the version is taken back, slots follow. @runsPython
 *  Source: CPython 3.12 type_setattro. */
export function typeSetAttr(rt: Runtime, type: Ref, name: Ref, value: Ref): void {
  const H = rt.words;
  if ((H[type + TypeWord.Flags] & TypeFlag.ImmutableType) !== 0) {
    checkAttrName(rt, name);
    typeError(rt, `cannot set '${strText(rt, name)}' attribute of immutable type '${typeFullName(rt, type)}'`);
  }
  checkAttrName(rt, name);
  const interned = temp(rt, internedName(rt, name));
  typeModified(rt, type);
  genericSetAttrInDict(rt, type, interned, value, H[type + TypeWord.Dict]);
  typeModified(rt, type);
  if (isDunder(strText(rt, interned))) updateSlot(rt, type, interned);
  dropTemp(rt, interned);
}

/** An exact, interned str with the text of `name`. */
function internedName(rt: Runtime, name: Ref): Owned {
  if (rt.words[name + ObjectWord.Type] === T.str) return internTake(rt, newRef(rt, name));
  return internTake(rt, newStr(rt, strText(rt, name)));
}

function isDunder(name: string): boolean {
  return name.length > 4 && name.startsWith('__') && name.endsWith('__');
}
