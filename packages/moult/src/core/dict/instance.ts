/**
 * Attributes of instances of class statements' types: values in a record of the instance, with keys shared through the
 * type, until something asks for the `__dict__` or the shared keys are full; then a dict takes the values over.
 */
import {
  decref,
  DictKeysKind,
  DictWord,
  HeadWord,
  keysIncref,
  KeysInfo,
  KeysWord,
  mayBeTracked,
  newDict as newDictRecord,
  newKeys,
  newRef,
  newValues,
  ObjectWord,
  track,
  TypeWord,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { strHash } from '../str.ts';
import { dropTemp, temp } from '../temps.ts';
import { dictGet, dictGetInterned } from './get.ts';
import { Found, lookupStr } from './lookup.ts';
import { newDict, newDictSharing, sharedCapacity } from './make.ts';
import { orderAppend, orderRemove } from './order.ts';
import { dictDelete } from './remove.ts';
import { bumpVersion } from './resize.ts';
import { dictSet, writeKey } from './set.ts';

/** Shared keys: `log2Size` of the table, and the most keys in it. */
const enum Shared {
  Log2 = 6,
  Usable = 30,
}

/** A fresh keys record to be shared by the instances of a type.
 *  Source: CPython 3.12 _PyDict_NewKeysForClass. */
export function newSharedKeys(rt: Runtime): number {
  const H = rt.words;
  const keys = newKeys(rt, Shared.Log2, DictKeysKind.Unicode);
  H[keys + KeysWord.Usable] = Shared.Usable;
  H[keys + KeysWord.Info] = Shared.Log2 | (DictKeysKind.Split << KeysInfo.KindShift);
  return keys;
}

/** Gives a new instance of `type`, which has shared keys, its values record: room for the keys known now and those that
 *  may come. Source: CPython 3.12 init_inline_values. */
export function initInlineValues(rt: Runtime, o: Ref, type: Ref): void {
  const H = rt.words;
  const keys = H[type + TypeWord.HtCachedKeys];
  if (H[keys + KeysWord.Usable] > 1) H[keys + KeysWord.Usable]--;
  H[o + HeadWord.DictOrValues] = -newValues(rt, sharedCapacity(H, keys));
}

/** The value of an attribute of the instance itself, borrowed, or 0; `name` is a str. @runsPython (only if the dict has
 *  other keys than exact strings) */
export function instanceGet(rt: Runtime, o: Ref, name: Ref): Ref {
  const H = rt.words;
  const held = H[o + HeadWord.DictOrValues];
  if (held < 0) {
    if (H[name + ObjectWord.Type] !== T.str) return materialisedGet(rt, o, name);
    const lo = strHash(rt, name);
    const ix = lookupStr(rt, H[H[o + ObjectWord.Type] + TypeWord.HtCachedKeys], name, lo, rt.hashHigh);
    return ix < 0 ? 0 : H[ix - held];
  }
  if (held === 0) return 0;
  return H[name + ObjectWord.Type] === T.str ? dictGetInterned(rt, held, name) : dictGet(rt, held, name);
}

function materialisedGet(rt: Runtime, o: Ref, name: Ref): Ref {
  return dictGet(rt, instanceDict(rt, o), name);
}

/** Stores an attribute of the instance itself, or deletes it (`value` 0); false if there was nothing to delete.
 *  @runsPython
 *  Source: CPython 3.12 _PyObject_StoreInstanceAttribute. */
export function instanceSet(rt: Runtime, o: Ref, name: Ref, value: Ref): boolean {
  const H = rt.words;
  const held = H[o + HeadWord.DictOrValues];
  if (held < 0) {
    const ix =
      H[name + ObjectWord.Type] === T.str
        ? sharedIndex(rt, H[H[o + ObjectWord.Type] + TypeWord.HtCachedKeys], name)
        : Found.Nothing;
    if (ix >= 0) return storeInline(rt, -held, ix, value);
  }
  return storeInDict(rt, instanceDict(rt, o), name, value);
}

function storeInDict(rt: Runtime, d: Ref, name: Ref, value: Ref): boolean {
  if (value === 0) return dictDelete(rt, d, name);
  temp(rt, newRef(rt, d));
  dictSet(rt, d, name, value);
  dropTemp(rt, d);
  return true;
}

/** @runsPython (the old value may die) */
function storeInline(rt: Runtime, values: number, ix: number, value: Ref): boolean {
  const H = rt.words;
  const old = H[values + ix];
  H[values + ix] = value === 0 ? 0 : newRef(rt, value);
  if (old === 0) {
    if (value === 0) return false;
    orderAppend(H, values, ix);
    return true;
  }
  if (value === 0) orderRemove(H, values, ix);
  decref(rt, old);
  return true;
}

/** The entry number of `name` in shared keys, inserted if it is new; −1 if they are full.
 *  Source: CPython 3.12 insert_into_dictkeys. */
export function sharedIndex(rt: Runtime, keys: number, name: Ref): number {
  const H = rt.words;
  const lo = strHash(rt, name);
  const hi = rt.hashHigh;
  let ix = lookupStr(rt, keys, name, lo, hi);
  if (ix >= 0) return ix;
  if (H[keys + KeysWord.Usable] <= 0) return Found.Nothing;
  ix = H[keys + KeysWord.NumEntries];
  writeKey(rt, keys, ix, newRef(rt, name), lo, hi, 0);
  return ix;
}

/** The instance's dict, borrowed: made now if there is none.
 *  Source: CPython 3.12 _PyObject_GenericGetDict. */
export function instanceDict(rt: Runtime, o: Ref): Ref {
  const H = rt.words;
  const held = H[o + HeadWord.DictOrValues];
  if (held > 0) return held;
  const keys = H[H[o + ObjectWord.Type] + TypeWord.HtCachedKeys];
  const d = held < 0 ? dictOfValues(rt, keys, -held) : keys === 0 ? newDict(rt) : newDictSharing(rt, keys);
  H[o + HeadWord.DictOrValues] = d;
  return d;
}

/** The instance's dict, borrowed, or 0 while there is none. */
export function instanceDictOrZero(rt: Runtime, o: Ref): Ref {
  const held = rt.words[o + HeadWord.DictOrValues];
  return held > 0 ? held : 0;
}

/** A split dict that takes the values record over.
 *  Source: CPython 3.12 make_dict_from_instance_attributes. */
function dictOfValues(rt: Runtime, keys: number, values: number): Owned {
  const H = rt.words;
  const d = newDictRecord(rt, T.dict);
  keysIncref(rt, keys);
  H[d + DictWord.Keys] = keys;
  H[d + DictWord.Values] = values;
  let tracked = false;
  let used = 0;
  for (let i = values, end = values + H[keys + KeysWord.NumEntries]; i < end; i++) {
    if (H[i] === 0) continue;
    used++;
    tracked ||= mayBeTracked(rt, H[i]);
  }
  H[d + DictWord.Used] = used;
  bumpVersion(rt, d);
  if (tracked) track(rt, d);
  return d;
}

/** Stores in the dict at a word of an object whose type has a `tp_dictoffset` that is not managed: makes the dict if
 *  need be, sharing the keys of a heap type. False if there was nothing to delete. @runsPython
 *  Source: CPython 3.12 _PyObjectDict_SetItem. */
export function dictWordSet(rt: Runtime, type: Ref, word: number, name: Ref, value: Ref): boolean {
  const H = rt.words;
  if (H[word] === 0) {
    const keys = H[type + TypeWord.HtCachedKeys];
    H[word] = keys === 0 ? newDict(rt) : newDictSharing(rt, keys);
  }
  return storeInDict(rt, H[word], name, value);
}
