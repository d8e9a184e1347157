/** Attribute access as `object` has it: data descriptors, the instance's own attributes, other descriptors. */
import { decref, newRef, ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { noAttribute, nothingToSet } from '../../core/attribute-error.ts';
import { dictDelete, dictGet, dictSet, dictWordSet, instanceGet, instanceSet } from '../../core/dict/index.ts';
import { attributeError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { DescrGetSlot, SetSlot } from '../../core/functions.ts';
import { checkAttrName } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { finishHeld } from '../../core/held.ts';
import { dropTemp, forgetTemp, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { kindName, typeName } from '../../core/types.ts';
import { typeLookup } from '../type/lookup.ts';

/** `object.__getattribute__`. Source: CPython 3.12 _PyObject_GenericGetAttrWithDict. @runsPython */
export function genericGetAttr(rt: Runtime, o: Ref, name: Ref): Owned {
  const value = genericLookup(rt, o, name);
  return value === 0 ? noAttribute(rt, o, name) : value;
}

/** As `genericGetAttr`, but 0 when there is no such attribute. @runsPython */
export function genericLookup(rt: Runtime, o: Ref, name: Ref): Owned | 0 {
  const H = rt.words;
  if (H[name + ObjectWord.Type] !== T.str) checkAttrName(rt, name);
  const type = H[o + ObjectWord.Type];
  const descr = typeLookup(rt, type, name);
  let get = 0;
  if (descr !== 0) {
    const kind = H[descr + ObjectWord.Type];
    get = H[kind + TypeWord.DescrGet];
    if (get !== 0 && H[kind + TypeWord.DescrSet] !== 0) return callGet(rt, get, descr, o, type);
  }
  if (descr === 0) {
    const own = ownAttribute(rt, o, type, name);
    return own === 0 ? 0 : newRef(rt, own);
  }
  const held = newRef(rt, descr);
  temp(rt, held);
  const own = ownAttribute(rt, o, type, name);
  if (own !== 0) return ownInstead(rt, own, held);
  if (get === 0) return untemp(rt, held);
  return finishHeld(rt, tempMark(rt) - 1, held, (SLOT_FUNCTIONS[get] as DescrGetSlot)(rt, held, o, type));
}

/** The instance's attribute hides the class's one, which is the newest temporary. @runsPython */
function ownInstead(rt: Runtime, own: Ref, hidden: Ref): Owned {
  const value = newRef(rt, own);
  forgetTemp(rt, hidden);
  if (rt.words[hidden] !== 1) {
    decref(rt, hidden);
    return value;
  }
  temp(rt, value);
  decref(rt, hidden);
  return untemp(rt, value);
}

function callGet(rt: Runtime, get: number, descr: Ref, o: Ref, type: Ref): Owned {
  const m = tempMark(rt);
  temp(rt, newRef(rt, descr));
  return finishHeld(rt, m, descr, (SLOT_FUNCTIONS[get] as DescrGetSlot)(rt, descr, o, type));
}

/** What the instance's own dict or values have, borrowed. Only odd keys run Python here. */
function ownAttribute(rt: Runtime, o: Ref, type: Ref, name: Ref): Ref {
  const H = rt.words;
  if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) return instanceGet(rt, o, name);
  const offset = H[type + TypeWord.DictOffset];
  if (offset <= 0) return 0;
  const dict = H[o + (offset >> 3)];
  return dict === 0 ? 0 : dictGet(rt, dict, name);
}

/** As `genericLookup` for an object whose attributes are in `dict` (modules). @runsPython */
export function genericLookupWithDict(rt: Runtime, o: Ref, name: Ref, dict: Ref): Owned | 0 {
  const H = rt.words;
  checkAttrName(rt, name);
  const type = H[o + ObjectWord.Type];
  const descr = typeLookup(rt, type, name);
  const get = descr === 0 ? 0 : H[H[descr + ObjectWord.Type] + TypeWord.DescrGet];
  if (get !== 0 && H[H[descr + ObjectWord.Type] + TypeWord.DescrSet] !== 0) return callGet(rt, get, descr, o, type);
  const m = tempMark(rt);
  if (descr !== 0) temp(rt, newRef(rt, descr));
  const own = dict === 0 ? 0 : dictGet(rt, dict, name);
  if (own !== 0) return releaseKeeping(rt, m, newRef(rt, own));
  if (get !== 0) return finishHeld(rt, m, descr, (SLOT_FUNCTIONS[get] as DescrGetSlot)(rt, descr, o, type));
  return descr === 0 ? 0 : untemp(rt, descr);
}

/** `object.__setattr__` and, with `value` 0, `object.__delattr__`.
 *  Source: CPython 3.12 _PyObject_GenericSetAttrWithDict. @runsPython */
export function genericSetAttr(rt: Runtime, o: Ref, name: Ref, value: Ref): void {
  const H = rt.words;
  if (H[name + ObjectWord.Type] !== T.str) checkAttrName(rt, name);
  const type = H[o + ObjectWord.Type];
  const descr = typeLookup(rt, type, name);
  if (descr !== 0) {
    const set = H[H[descr + ObjectWord.Type] + TypeWord.DescrSet];
    if (set !== 0) {
      temp(rt, newRef(rt, descr));
      (SLOT_FUNCTIONS[set] as SetSlot)(rt, descr, o, value);
      dropTemp(rt, descr);
      return;
    }
  }
  if (!storeOwn(rt, o, type, name, value, descr)) nothingToSet(rt, o, name);
}

/** False if there was nothing to delete. */
function storeOwn(rt: Runtime, o: Ref, type: Ref, name: Ref, value: Ref, descr: Ref): boolean {
  const H = rt.words;
  if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) return instanceSet(rt, o, name, value);
  const offset = H[type + TypeWord.DictOffset];
  if (offset > 0) return dictWordSet(rt, type, o + (offset >> 3), name, value);
  if (descr === 0) return nothingToSet(rt, o, name);
  return attributeError(rt, `'${kindName(rt, o)}' object attribute '${strText(rt, name)}' is read-only`);
}

/** Sets or deletes in the dict of a type object or module; descriptors of the metatype first. @runsPython */
export function genericSetAttrInDict(rt: Runtime, o: Ref, name: Ref, value: Ref, dict: Ref): void {
  const H = rt.words;
  checkAttrName(rt, name);
  const descr = typeLookup(rt, H[o + ObjectWord.Type], name);
  const set = descr === 0 ? 0 : H[H[descr + ObjectWord.Type] + TypeWord.DescrSet];
  if (set !== 0) {
    temp(rt, newRef(rt, descr));
    (SLOT_FUNCTIONS[set] as SetSlot)(rt, descr, o, value);
    dropTemp(rt, descr);
  } else if (value !== 0) dictSet(rt, dict, name, value);
  else if (!dictDelete(rt, dict, name))
    attributeError(rt, `type object '${typeName(rt, o)}' has no attribute '${strText(rt, name)}'`);
}
