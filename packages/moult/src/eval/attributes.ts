/**
 * LOAD_ATTR, STORE_ATTR and method loads, with inline caches.
 *
 * The units after the instruction hold what was learnt (`AttrCache`): the type's version, which is another one after
 * any change of the type or its bases, and where the attribute is. A cache is filled on the first slow execution and
 * replaced when it misses.
 */
import { decref, HeadWord, KeysWord, newRef, ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { instanceGet, keysIndexOf, keysVersion } from '../core/dict/index.ts';
import { orderAppend } from '../core/dict/order.ts';
import { slotIndex } from '../core/functions.ts';
import { getAttr, setAttr } from '../core/protocol/attribute.ts';
import type { Runtime } from '../core/runtime.ts';
import { genericGetAttr, genericSetAttr } from '../objects/object/generic-attributes.ts';
import { assignVersion, typeLookup } from '../objects/type/lookup.ts';
import { codeName } from './names.ts';

/** Units after the instruction. */
const enum AttrCache {
  /** Version of the owner's type; 0: nothing learnt. */
  Version = 1,
  Kind = 2,
  /** Index in the instance's values, or the function found on the type (borrowed; the version guards it). */
  Where = 3,
  /** Version of the type's shared keys: the instance has no attribute of that name. */
  Keys = 4,
}
const enum AttrKind {
  Value = 1,
  Method = 2,
  /** The type has no instance dicts. */
  MethodNoDict = 3,
}

const GENERIC_GETATTR = slotIndex(genericGetAttr);
const GENERIC_SETATTR = slotIndex(genericSetAttr);

/** LOAD_ATTR: `owner.<name index>`, owned. @runsPython */
export function loadAttribute(rt: Runtime, frame: number, units: Int32Array, pc: number, index: number, owner: Ref): Owned {
  const H = rt.words;
  const version = units[pc + AttrCache.Version];
  if (version !== 0 && H[H[owner + ObjectWord.Type] + TypeWord.VersionTag] === version && units[pc + AttrCache.Kind] === AttrKind.Value) {
    const held = H[owner + HeadWord.DictOrValues];
    if (held < 0) {
      const value = H[units[pc + AttrCache.Where] - held];
      if (value !== 0) {
        if (H[value] >= 0) H[value]++;
        return value as Owned;
      }
    }
  }
  const name = codeName(rt, frame, index);
  learnValue(rt, units, pc, owner, name, TypeWord.GetAttrO, GENERIC_GETATTR);
  return getAttr(rt, owner, name);
}

/** STORE_ATTR: `owner.<name index> = value`. @runsPython */
export function storeAttribute(rt: Runtime, frame: number, units: Int32Array, pc: number, index: number, owner: Ref, value: Ref): void {
  const H = rt.words;
  const version = units[pc + AttrCache.Version];
  if (version !== 0 && H[H[owner + ObjectWord.Type] + TypeWord.VersionTag] === version) {
    const held = H[owner + HeadWord.DictOrValues];
    if (held < 0) {
      storeValue(rt, -held, units[pc + AttrCache.Where], value);
      return;
    }
  }
  const name = codeName(rt, frame, index);
  setAttr(rt, owner, name, value);
  learnValue(rt, units, pc, owner, name, TypeWord.SetAttrO, GENERIC_SETATTR);
}

function storeValue(rt: Runtime, values: number, index: number, value: Ref): void {
  const H = rt.words;
  const old = H[values + index];
  if (H[value] >= 0) H[value]++;
  H[values + index] = value;
  if (old === 0) orderAppend(H, values, index);
  else decref(rt, old);
}

/** Remembers the place of an attribute among the owner's inline values, if that is where it is. */
function learnValue(rt: Runtime, units: Int32Array, pc: number, owner: Ref, name: Ref, slotWord: number, generic: number): void {
  const H = rt.words;
  const type = H[owner + ObjectWord.Type];
  if (H[type + slotWord] !== generic || (H[type + TypeWord.Flags] & TypeFlag.ManagedDict) === 0) return;
  if (H[owner + HeadWord.DictOrValues] >= 0) return;
  const descr = typeLookup(rt, type, name);
  if (descr !== 0 && H[H[descr + ObjectWord.Type] + TypeWord.DescrSet] !== 0) return;
  const index = keysIndexOf(rt, H[type + TypeWord.HtCachedKeys], name);
  const version = assignVersion(rt, type);
  if (index < 0 || version === 0) return;
  units[pc + AttrCache.Version] = version;
  units[pc + AttrCache.Kind] = AttrKind.Value;
  units[pc + AttrCache.Where] = index;
}

/** LOAD_ATTR with the method bit: replaces the owner on top by function and owner, or by null and the attribute. Returns
 *  the new `sp`. @runsPython */
export function loadMethod(rt: Runtime, frame: number, units: Int32Array, pc: number, index: number, sp: number): number {
  const H = rt.words;
  const owner = H[sp - 1];
  const version = units[pc + AttrCache.Version];
  if (version !== 0 && H[H[owner + ObjectWord.Type] + TypeWord.VersionTag] === version && cachedMethodHolds(H, units, pc, owner)) {
    const method = units[pc + AttrCache.Where];
    if (H[method] >= 0) H[method]++;
    H[sp - 1] = method;
    H[sp] = owner;
    return sp + 1;
  }
  return loadMethodSlow(rt, frame, units, pc, index, sp);
}

/** True if nothing in the instance can hide the cached method. */
function cachedMethodHolds(H: Int32Array, units: Int32Array, pc: number, owner: Ref): boolean {
  const kind = units[pc + AttrCache.Kind];
  if (kind === AttrKind.MethodNoDict) return true;
  if (kind !== AttrKind.Method) return false;
  const held = H[owner + HeadWord.DictOrValues];
  if (held === 0) return true;
  if (held > 0) return false;
  return H[H[H[owner + ObjectWord.Type] + TypeWord.HtCachedKeys] + KeysWord.Version] === units[pc + AttrCache.Keys];
}

function loadMethodSlow(rt: Runtime, frame: number, units: Int32Array, pc: number, index: number, sp: number): number {
  const H = rt.words;
  const owner = H[sp - 1];
  const name = codeName(rt, frame, index);
  const type = H[owner + ObjectWord.Type];
  if (H[type + TypeWord.GetAttrO] !== GENERIC_GETATTR) return pushAttribute(rt, sp, owner, getAttr(rt, owner, name));
  const descr = typeLookup(rt, type, name);
  if (descr === 0 || (H[H[descr + ObjectWord.Type] + TypeWord.Flags] & TypeFlag.MethodDescriptor) === 0) {
    return pushAttribute(rt, sp, owner, getAttr(rt, owner, name));
  }
  const offset = H[type + TypeWord.DictOffset];
  if (offset !== 0) {
    const own = ownAttribute(rt, owner, name, offset);
    if (own !== 0) return pushAttribute(rt, sp, owner, own);
  }
  learnMethod(rt, units, pc, type, descr, name);
  H[sp - 1] = newRef(rt, descr);
  H[sp] = owner;
  return sp + 1;
}

/** Remembers a method that was found on the type, if no instance with these keys has an attribute of that name. */
function learnMethod(rt: Runtime, units: Int32Array, pc: number, type: Ref, descr: Ref, name: Ref): void {
  const H = rt.words;
  const managed = (H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0;
  if (H[type + TypeWord.DictOffset] !== 0 && !managed) return;
  if (managed && keysIndexOf(rt, H[type + TypeWord.HtCachedKeys], name) >= 0) return;
  const keys = managed ? keysVersion(rt, H[type + TypeWord.HtCachedKeys]) : 0;
  const version = assignVersion(rt, type);
  if (version === 0 || (managed && keys === 0)) return;
  units[pc + AttrCache.Version] = version;
  units[pc + AttrCache.Kind] = managed ? AttrKind.Method : AttrKind.MethodNoDict;
  units[pc + AttrCache.Where] = descr;
  units[pc + AttrCache.Keys] = keys;
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
