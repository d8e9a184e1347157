/**
 * LOAD_ATTR, STORE_ATTR and method loads that the loop's quick instructions do not serve, and what those learn.
 *
 * The units after the instruction hold what was learnt (`AttrCache`): the type's version, which is another one after
 * any change of the type or its bases, and where the attribute is. A cache is filled on the first slow execution and
 * replaced when it misses.
 */
import { decref, HeadWord, newRef, ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { instanceGet, keysIndexOf } from '../core/dict/index.ts';
import { orderAppend } from '../core/dict/order.ts';
import { slotIndex } from '../core/functions.ts';
import { DescrWord } from '../core/layout/functions.ts';
import { getAttr, setAttr } from '../core/protocol/attribute.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { isSubtype } from '../core/types.ts';
import { Quick } from '../frames/quick.ts';
import { genericGetAttr, genericSetAttr } from '../objects/object/generic-attributes.ts';
import { assignVersion, typeLookup } from '../objects/type/lookup.ts';
import { AttrCache } from './caches.ts';
import { codeName } from './names.ts';
import { learnOther, looksUpPlainly, mayBecomeDescriptor, remember, rememberOnType } from './learn-attributes.ts';

const GENERIC_GETATTR = slotIndex(genericGetAttr);
const GENERIC_SETATTR = slotIndex(genericSetAttr);

/** LOAD_ATTR at word `at`: replaces the owner on top by its attribute. Here and below: with 0 for `at` nothing is learnt. @runsPython */
export function loadAttribute(rt: Runtime, frame: number, at: number, arg: number, sp: number): void {
  const H = rt.words;
  const owner = H[sp - 1];
  const name = codeName(rt, frame, arg >> 1);
  learn(rt, at, owner, name, TypeWord.GetAttrO, GENERIC_GETATTR, Quick.LoadAttrValue, Quick.LoadAttrSlot);
  learnOther(rt, at, owner, name);
  H[sp - 1] = getAttr(rt, owner, name);
  decref(rt, owner);
}

/** STORE_ATTR at word `at`: `owner.<name index> = value`. @runsPython */
export function storeAttribute(rt: Runtime, frame: number, at: number, index: number, owner: Ref, value: Ref): void {
  const H = rt.words;
  const op = at === 0 ? 0 : H[at] & 255;
  if (
    (op === Quick.StoreAttrValue || op === Quick.StoreAttrSlot) &&
    H[H[owner + ObjectWord.Type] + TypeWord.VersionTag] === H[at + AttrCache.Version]
  ) {
    if (op === Quick.StoreAttrSlot) {
      storeWord(rt, owner + H[at + AttrCache.Where], value);
      return;
    }
    const held = H[owner + HeadWord.DictOrValues];
    if (held < 0) {
      storeValue(rt, -held, H[at + AttrCache.Where], value);
      return;
    }
  }
  const name = codeName(rt, frame, index);
  setAttr(rt, owner, name, value);
  learn(rt, at, owner, name, TypeWord.SetAttrO, GENERIC_SETATTR, Quick.StoreAttrValue, Quick.StoreAttrSlot);
}

function storeWord(rt: Runtime, word: number, value: Ref): void {
  const H = rt.words;
  const old = H[word];
  if (H[value] >= 0) H[value]++;
  H[word] = value;
  if (old !== 0) decref(rt, old);
}

function storeValue(rt: Runtime, values: number, index: number, value: Ref): void {
  const H = rt.words;
  const old = H[values + index];
  if (H[value] >= 0) H[value]++;
  H[values + index] = value;
  if (old === 0) orderAppend(H, values, index);
  else decref(rt, old);
}

/** Remembers the place of an attribute among the owner's inline values or slots, if that is where it is. */
function learn(
  rt: Runtime,
  at: number,
  owner: Ref,
  name: Ref,
  slotWord: number,
  generic: number,
  value: number,
  slot: number,
): void {
  if (at === 0) return;
  const H = rt.words;
  const type = H[owner + ObjectWord.Type];
  if (H[type + slotWord] !== generic && (slotWord !== TypeWord.GetAttrO || !looksUpPlainly(rt, type))) return;
  const descr = typeLookup(rt, type, name);
  if (descr !== 0 && mayBecomeDescriptor(H, H[descr + ObjectWord.Type])) return;
  if (descr !== 0 && H[H[descr + ObjectWord.Type] + TypeWord.DescrSet] !== 0) {
    // The slot of a class statement, unless another class borrowed its descriptor.
    const definition = H[descr + DescrWord.Definition];
    const isSlot = H[descr + ObjectWord.Type] === T.memberDescriptor && definition < 0;
    if (isSlot && isSubtype(rt, type, H[descr + DescrWord.Owner]))
      remember(rt, at, assignVersion(rt, type), -definition, slot);
    return;
  }
  if (H[type + TypeWord.HtCachedKeys] === 0 || H[owner + HeadWord.DictOrValues] >= 0) return;
  const index = keysIndexOf(rt, H[type + TypeWord.HtCachedKeys], name);
  if (index >= 0) remember(rt, at, assignVersion(rt, type), index, value);
}

/** LOAD_ATTR with the method bit, at word `at`: replaces the owner on top by function and owner, or by null and the attribute. Returns
 *  the new `sp`. @runsPython */
export function loadMethod(rt: Runtime, frame: number, at: number, arg: number, sp: number): number {
  const H = rt.words;
  const owner = H[sp - 1];
  const name = codeName(rt, frame, arg >> 1);
  const type = H[owner + ObjectWord.Type];
  if (!looksUpPlainly(rt, type)) {
    learnOther(rt, at, owner, name);
    return pushAttribute(rt, sp, owner, getAttr(rt, owner, name));
  }
  const descr = typeLookup(rt, type, name);
  if (descr === 0 || (H[H[descr + ObjectWord.Type] + TypeWord.Flags] & TypeFlag.MethodDescriptor) === 0) {
    learnOther(rt, at, owner, name);
    return pushAttribute(rt, sp, owner, getAttr(rt, owner, name));
  }
  const offset = H[type + TypeWord.DictOffset];
  if (offset !== 0) {
    const own = ownAttribute(rt, owner, name, offset);
    if (own !== 0) return pushAttribute(rt, sp, owner, own);
  }
  learnMethod(rt, at, type, descr, name);
  H[sp - 1] = newRef(rt, descr);
  H[sp] = owner;
  return sp + 1;
}

/** Remembers a method that was found on the type, if no instance with these keys has an attribute of that name. */
function learnMethod(rt: Runtime, at: number, type: Ref, descr: Ref, name: Ref): void {
  if (at === 0) return;
  const managed = (rt.words[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0;
  rememberOnType(rt, at, type, descr, name, managed ? Quick.LoadMethodValues : Quick.LoadMethodPlain);
}

/** An attribute of the instance itself, owned; 0 if there is none. */
function ownAttribute(rt: Runtime, owner: Ref, name: Ref, offset: number): Owned | 0 {
  if (offset > 0) return getOwn(rt, owner, name);
  const value = instanceGet(rt, owner, name);
  return value === 0 ? 0 : newRef(rt, value);
}

/** Static types with a dict word of their own: ask for the whole attribute when the dict exists. */
function getOwn(rt: Runtime, owner: Ref, name: Ref): Owned | 0 {
  const H = rt.words;
  return H[owner + (H[H[owner + ObjectWord.Type] + TypeWord.DictOffset] >> 3)] === 0 ? 0 : getAttr(rt, owner, name);
}

function pushAttribute(rt: Runtime, sp: number, owner: Ref, value: Owned): number {
  const H = rt.words;
  H[sp - 1] = 0;
  H[sp] = value;
  decref(rt, owner);
  return sp + 1;
}
