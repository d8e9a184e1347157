/** LOAD_ATTR, STORE_ATTR and method loads. */
import { decref, newRef, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { instanceGet } from '../core/dict/index.ts';
import { getAttr, setAttr } from '../core/protocol/attribute.ts';
import type { Runtime } from '../core/runtime.ts';
import { genericGetAttr } from '../objects/object.ts';
import { typeLookup } from '../objects/type/lookup.ts';
import { slotIndex } from '../core/functions.ts';
import { codeName } from './names.ts';

/** LOAD_ATTR: `owner.<name index>`, owned. @runsPython */
export function loadAttribute(rt: Runtime, frame: number, units: Int32Array, pc: number, index: number, owner: Ref): Owned {
  void units;
  void pc;
  return getAttr(rt, owner, codeName(rt, frame, index));
}

/** STORE_ATTR: `owner.<name index> = value`. @runsPython */
export function storeAttribute(rt: Runtime, frame: number, units: Int32Array, pc: number, index: number, owner: Ref, value: Ref): void {
  void units;
  void pc;
  setAttr(rt, owner, codeName(rt, frame, index), value);
}

const GENERIC_GETATTR = slotIndex(genericGetAttr);

/** LOAD_ATTR with the method bit: replaces the owner on top by function and owner, or by null and the attribute. Returns the new `sp`.
 *  @runsPython */
export function loadMethod(rt: Runtime, frame: number, units: Int32Array, pc: number, index: number, sp: number): number {
  void units;
  void pc;
  const H = rt.words;
  const owner = H[sp - 1];
  const name = codeName(rt, frame, index);
  const type = H[owner + 1];
  if (H[type + TypeWord.GetAttrO] !== GENERIC_GETATTR) return pushAttribute(rt, sp, owner, getAttr(rt, owner, name));
  const descr = typeLookup(rt, type, name);
  if (descr === 0 || (H[H[descr + 1] + TypeWord.Flags] & TypeFlag.MethodDescriptor) === 0) {
    return pushAttribute(rt, sp, owner, getAttr(rt, owner, name));
  }
  const own = H[type + TypeWord.DictOffset] === 0 ? 0 : ownAttribute(rt, owner, name);
  if (own !== 0) return pushAttribute(rt, sp, owner, own);
  H[sp] = owner;
  H[sp - 1] = newRef(rt, descr);
  return sp + 1;
}

/** An attribute of the instance itself, owned; 0 if there is none. */
function ownAttribute(rt: Runtime, owner: Ref, name: Ref): Owned | 0 {
  const value = instanceGet(rt, owner, name);
  return value === 0 ? 0 : newRef(rt, value);
}

function pushAttribute(rt: Runtime, sp: number, owner: Ref, value: Owned): number {
  const H = rt.words;
  H[sp - 1] = 0;
  H[sp] = value;
  decref(rt, owner);
  return sp + 1;
}
