/**
 * What LOAD_ATTR learns besides values and slots of instances: attributes of modules and classes, values and properties that an
 * instance has from its class. The version of the type, or of the module's keys, guards each of them.
 */
import { DictWord, ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { entryValueWord, keysIndexOf, keysVersion } from '../core/dict/index.ts';
import { slotIndex } from '../core/functions.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { CodeWord, FunctionWord, ModuleWord, PropertyWord } from '../core/layout/functions.ts';
import { Id } from '../core/names.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { CodeHead } from '../frames/code-area.ts';
import { newFrame } from '../frames/frames.ts';
import { Quick } from '../frames/quick.ts';
import { genericGetAttr } from '../objects/object/generic-attributes.ts';
import { slotGetAttrHook } from '../objects/type/dispatch/basic.ts';
import { assignVersion, typeLookup } from '../objects/type/lookup.ts';
import { AttrCache, SubscriptCache } from './caches.ts';
import { becomes } from './specialize.ts';

const GENERIC_GETATTR = slotIndex(genericGetAttr);
const GETATTR_HOOK = slotIndex(slotGetAttrHook);

/** Executions after which an instruction that found nothing to remember does not look any more. */
const PATIENCE = 8;
/** Source: CPython 3.12 ADAPTIVE_COOLDOWN_VALUE. */
const COOLDOWN = 51;

/** LOAD_ATTR at word `at`: remembers where `owner.name` is, unless it is of the instance's own. */
export function learnOther(rt: Runtime, at: number, owner: Ref, name: Ref): void {
  if (at === 0) return;
  const H = rt.words;
  const type = H[owner + ObjectWord.Type];
  if (H[name + ObjectWord.Type] !== T.str || isImpatient(H, at)) return;
  if (type === T.module) learnModule(rt, at, owner, name);
  else if (type === T.type) learnClass(rt, at, owner, name);
  else if (looksUpPlainly(rt, type)) learnInstance(rt, at, type, name);
}

/** Whether attributes that instances of the type have are found as `object` finds them: nobody defined `__getattribute__`. A
 *  `__getattr__` is asked only for what they do not have. The type's version guards the answer. */
export function looksUpPlainly(rt: Runtime, type: Ref): boolean {
  const slot = rt.words[type + TypeWord.GetAttrO];
  if (slot === GENERIC_GETATTR) return true;
  return (
    slot === GETATTR_HOOK && typeLookup(rt, type, Id.__getattribute__) === typeLookup(rt, T.object, Id.__getattribute__)
  );
}

/** Whether nothing was found to be remembered several times; a property had been. */
function isImpatient(H: Int32Array, at: number): boolean {
  if ((H[at] & 255) === (Quick.LoadAttrProperty as number)) return false;
  return ++H[at + AttrCache.Misses] > PATIENCE;
}

/** Whether objects of the type may get `__get__` or `__set__` later, which no version guards. */
export function mayBecomeDescriptor(H: Int32Array, type: Ref): boolean {
  return (H[type + TypeWord.Flags] & TypeFlag.ImmutableType) === 0;
}

function learnModule(rt: Runtime, at: number, module: Ref, name: Ref): void {
  const H = rt.words;
  const dict = H[module + ModuleWord.Dict];
  if (dict === 0 || H[dict + ObjectWord.Type] !== T.dict || hasDescriptor(rt, T.module, name)) return;
  const keys = H[dict + DictWord.Keys];
  const word = entryValueWord(rt, dict, name);
  if (word !== 0) remember(rt, at, keysVersion(rt, keys), word - keys, Quick.LoadAttrModule);
}

function learnClass(rt: Runtime, at: number, type: Ref, name: Ref): void {
  const H = rt.words;
  if (hasDescriptor(rt, T.type, name)) return;
  const own = typeLookup(rt, type, name);
  if (own === 0) return;
  const kind = H[own + ObjectWord.Type];
  if (mayBecomeDescriptor(H, kind)) return;
  if (kind !== T.function && H[kind + TypeWord.DescrGet] !== 0) return;
  remember(rt, at, assignVersion(rt, type), own, Quick.LoadAttrClass);
}

/** Whether the type has a data descriptor of that name, which comes before what its instances hold. */
function hasDescriptor(rt: Runtime, type: Ref, name: Ref): boolean {
  const H = rt.words;
  const found = typeLookup(rt, type, name);
  return found !== 0 && H[H[found + ObjectWord.Type] + TypeWord.DescrSet] !== 0;
}

function learnInstance(rt: Runtime, at: number, type: Ref, name: Ref): void {
  const H = rt.words;
  const found = typeLookup(rt, type, name);
  if (found === 0) return;
  const kind = H[found + ObjectWord.Type];
  if (mayBecomeDescriptor(H, kind)) return;
  if (kind === T.property) {
    // What a getter raises may be for `__getattr__`.
    if (H[type + TypeWord.GetAttrO] !== GENERIC_GETATTR) return;
    remember(rt, at, assignVersion(rt, type), found, Quick.LoadAttrProperty);
  } else if (H[kind + TypeWord.DescrGet] === 0 && H[kind + TypeWord.DescrSet] === 0) {
    rememberOnType(rt, at, type, found, name, Quick.LoadAttrClassValue);
  }
}

/** Remembers what was found on the type, if no instance with these keys has an attribute of that name. */
export function rememberOnType(rt: Runtime, at: number, type: Ref, found: Ref, name: Ref, op: number): void {
  const H = rt.words;
  const managed = (H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0;
  if (H[type + TypeWord.DictOffset] !== 0 && !managed) return;
  // Instances of the types of `typing` have attributes, but no keys in common.
  if (managed && H[type + TypeWord.HtCachedKeys] === 0) return;
  if (managed && keysIndexOf(rt, H[type + TypeWord.HtCachedKeys], name) >= 0) return;
  const keys = managed ? keysVersion(rt, H[type + TypeWord.HtCachedKeys]) : 0;
  const version = assignVersion(rt, type);
  if (version === 0 || (managed && keys === 0)) return;
  H[at + AttrCache.Keys] = keys;
  remember(rt, at, version, found, op);
}

/** Fills the cache of the instruction at `at`, and replaces it by `op`. */
export function remember(rt: Runtime, at: number, version: number, where: number, op: number): void {
  const H = rt.words;
  if (version === 0 || isCooling(H, at)) return;
  if (op === Quick.LoadAttrProperty) H[at + AttrCache.Cooldown] = COOLDOWN;
  H[at + AttrCache.Version] = version;
  H[at + AttrCache.Where] = where;
  becomes(H, at, op);
}

/** A property's getter holds one reference less to its owner than the general way does. A program can see that, so the instruction
 *  changes its mind as slowly as CPython's. */
function isCooling(H: Int32Array, at: number): boolean {
  if ((H[at] & 255) !== (Quick.LoadAttrProperty as number) || H[at + AttrCache.Cooldown] === 0) return false;
  H[at + AttrCache.Cooldown]--;
  return true;
}

/** The frame of a property's getter, not yet current, if that is a Python function; else 0. The caller moves its reference to
 *  `owner` there. Source: CPython 3.12 LOAD_ATTR_PROPERTY. */
export function pushGetter(rt: Runtime, property: Ref, owner: Ref): number {
  const callee = plainFrame(rt, rt.words[property + PropertyWord.Get], 1);
  if (callee !== 0) rt.words[callee + FrameWord.LocalsPlus] = owner;
  return callee;
}

/** The frame of the container's `__getitem__`, not yet current, if that is a plain Python function; else 0. The caller moves its
 *  references to container and key there. Source: CPython 3.12 BINARY_SUBSCR_GETITEM. */
export function pushGetItem(rt: Runtime, at: number, container: Ref, key: Ref): number {
  const H = rt.words;
  const type = H[container + ObjectWord.Type];
  if (H[type + TypeWord.VersionTag] !== H[at + SubscriptCache.Version]) return 0;
  const callee = plainFrame(rt, typeLookup(rt, type, Id.__getitem__), 2);
  if (callee === 0) return 0;
  H[callee + FrameWord.LocalsPlus] = container;
  H[callee + FrameWord.LocalsPlus + 1] = key;
  return callee;
}

/** A frame of `func` if it is a Python function that takes `nargs` arguments as they come; else 0. */
function plainFrame(rt: Runtime, func: Ref, nargs: number): number {
  const H = rt.words;
  if (func === 0 || H[func + ObjectWord.Type] !== T.function) return 0;
  const code = H[func + FunctionWord.Code];
  if (H[H[code + CodeWord.Units] + CodeHead.SimpleArgs] !== nargs) return 0;
  return newFrame(rt, func, code, 0);
}
