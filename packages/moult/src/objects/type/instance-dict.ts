/** `__dict__` and `__weakref__` of instances of class statements' types. */
import { decref, HeadWord, newRef, ObjectWord, TypeFlag, TypeWord, weakListWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { instanceDict, newDict, newDictSharing } from '../../core/dict/index.ts';
import { attributeError, typeError } from '../../core/errors.ts';
import { getset } from '../../core/native.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { DescrGetSlot, SetSlot } from '../../core/functions.ts';
import { Id } from '../../core/names.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { isDict, kindName } from '../../core/types.ts';
import { typeLookup } from './lookup.ts';

/** The object's `__dict__`, made now if there is none (PyObject_GenericGetDict). Raises AttributeError. */
export function genericGetDict(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  if ((H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0) return newRef(rt, instanceDict(rt, o));
  const offset = H[type + TypeWord.DictOffset];
  if (offset <= 0) attributeError(rt, 'This object has no __dict__');
  const word = o + (offset >> 3);
  if (H[word] === 0) {
    const keys = H[type + TypeWord.HtCachedKeys];
    H[word] = keys === 0 ? newDict(rt) : newDictSharing(rt, keys);
  }
  return newRef(rt, H[word]);
}

/** Sets the object's `__dict__` (PyObject_GenericSetDict); `value` 0 deletes. */
export function genericSetDict(rt: Runtime, o: Ref, value: Ref): void {
  if (value === 0) typeError(rt, 'cannot delete __dict__');
  storeDict(rt, o, value);
}

/** Puts another dict, or none, in the place of the object's. */
function storeDict(rt: Runtime, o: Ref, value: Ref): void {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  if (value !== 0 && !isDict(rt, value)) {
    typeError(rt, `__dict__ must be set to a dictionary, not a '${kindName(rt, value)}'`);
  }
  const managed = (H[type + TypeWord.Flags] & TypeFlag.ManagedDict) !== 0;
  if (managed && H[o + HeadWord.DictOrValues] < 0) instanceDict(rt, o);
  const word = managed ? o + HeadWord.DictOrValues : o + (H[type + TypeWord.DictOffset] >> 3);
  const old = H[word];
  H[word] = value === 0 ? 0 : newRef(rt, value);
  if (old !== 0) decref(rt, old);
}

/** A base in TypeScript that has a `__dict__` descriptor of its own (get_builtin_base_with_dict); 0 if none. */
function baseWithDict(rt: Runtime, type: Ref): Ref {
  const H = rt.words;
  for (let t = type; H[t + TypeWord.Base] !== 0; t = H[t + TypeWord.Base]) {
    if (H[t + TypeWord.DictOffset] !== 0 && (H[t + TypeWord.Flags] & TypeFlag.HeapType) === 0) return t;
  }
  return 0;
}

function baseDescriptor(rt: Runtime, type: Ref, base: Ref): Ref {
  const descr = typeLookup(rt, base, Id.__dict__);
  if (descr === 0 || rt.words[rt.words[descr + ObjectWord.Type] + TypeWord.DescrSet] === 0) {
    typeError(rt, `this __dict__ descriptor does not support '${kindName(rt, type)}' objects`);
  }
  return descr;
}

function getDict(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const base = baseWithDict(rt, H[o + ObjectWord.Type]);
  if (base === 0) return genericGetDict(rt, o);
  const descr = baseDescriptor(rt, o, base);
  return (SLOT_FUNCTIONS[H[H[descr + ObjectWord.Type] + TypeWord.DescrGet]] as DescrGetSlot)(
    rt,
    descr,
    o,
    H[o + ObjectWord.Type],
  );
}

function setDict(rt: Runtime, o: Ref, value: Ref): void {
  const H = rt.words;
  const base = baseWithDict(rt, H[o + ObjectWord.Type]);
  if (base === 0) {
    storeDict(rt, o, value);
    return;
  }
  const descr = baseDescriptor(rt, o, base);
  (SLOT_FUNCTIONS[H[H[descr + ObjectWord.Type] + TypeWord.DescrSet]] as SetSlot)(rt, descr, o, value);
}

function getWeakref(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  if (H[H[o + ObjectWord.Type] + TypeWord.WeakListOffset] === 0) attributeError(rt, 'This object has no __weakref__');
  const first = H[weakListWord(H, o)];
  return first === 0 ? (S.None as Ref as Owned) : newRef(rt, first);
}

export const INSTANCE_DICT = getset('__dict__', getDict, setDict, 'dictionary for instance variables');
export const INSTANCE_WEAKREF = getset('__weakref__', getWeakref, null, 'list of weak references to the object');
