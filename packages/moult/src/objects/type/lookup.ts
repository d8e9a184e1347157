/**
 * Finding names on types: `typeLookup` (CPython's `_PyType_Lookup`) with a cache, and the versions of types.
 *
 * A type's version (`TypeWord.VersionTag`) is a number that no other type and no other state of this type has had; 0
 * means that none is given. It is given on the first cached lookup and taken back, with those of all subclasses, when
 * the type changes. The evaluation loop's inline caches compare it.
 *
 * The cache maps (version, interned name) to what was found, borrowed: a changed type has another version, and interned
 * strings never die. It may be emptied at any time.
 */
import {
  DictKeysKind,
  DictWord,
  KeysInfo,
  KeysWord,
  newRef,
  ObjectWord,
  TupleWord,
  TypeFlag,
  TypeWord,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGetInterned, dictNext, dictValueAt, dictGetHash } from '../../core/dict/index.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { DescrGetSlot } from '../../core/functions.ts';
import { StrState, StrWord } from '../../core/layout/text.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { strHash } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { weakrefTarget } from './weak.ts';

const enum Cache {
  Mask = 4095,
  Words = 4,
  Version = 0,
  Name = 1,
  Value = 2,
}

/** The attribute `name` (a str) in the dicts of the type's MRO, borrowed; 0 if there is none. Runs Python only for names
 *  or keys that are no exact str. */
export function typeLookup(rt: Runtime, type: Ref, name: Ref): Ref {
  const H = rt.words;
  const version = H[type + TypeWord.VersionTag];
  if (version !== 0) {
    const cache = rt.methodCache;
    const at = ((version ^ (name >> 1)) & Cache.Mask) << 2;
    if (cache[at] === version && cache[at + Cache.Name] === name) return cache[at + Cache.Value] as Ref;
  }
  return lookupSlowly(rt, type, name);
}

function lookupSlowly(rt: Runtime, type: Ref, name: Ref): Ref {
  const H = rt.words;
  const found = findInMro(rt, type, name);
  if (H[name + ObjectWord.Type] !== T.str || (H[name + StrWord.State] & StrState.Interned) === 0) return found;
  const version = assignVersion(rt, type);
  if (version === 0) return found;
  const cache = rt.methodCache;
  const at = ((version ^ (name >> 1)) & Cache.Mask) * Cache.Words;
  cache[at] = version;
  cache[at + Cache.Name] = name;
  cache[at + Cache.Value] = found;
  return found;
}

/** As `typeLookup` without the cache. */
export function findInMro(rt: Runtime, type: Ref, name: Ref): Ref {
  const H = rt.words;
  const mro = H[type + TypeWord.Mro];
  if (mro === 0) return 0;
  return H[name + ObjectWord.Type] === T.str ? findExact(rt, mro, name) : findHeld(rt, mro, name, 0);
}

/** Searches dicts of strings, which runs no Python; from the first other dict on the slow way. */
function findExact(rt: Runtime, mro: Ref, name: Ref): Ref {
  const H = rt.words;
  const n = H[mro + TupleWord.Size];
  for (let i = 0; i < n; i++) {
    const dict = H[H[mro + TupleWord.Items + i] + TypeWord.Dict];
    if (H[H[dict + DictWord.Keys] + KeysWord.Info] >> KeysInfo.KindShift === DictKeysKind.General) {
      return findHeld(rt, mro, name, i);
    }
    const found = dictGetInterned(rt, dict, name);
    if (found !== 0) return found;
  }
  return 0;
}

/** Searches from class `first` of the MRO on, which is held: a comparison of keys may give the type other bases.
 *  @runsPython */
function findHeld(rt: Runtime, mro: Ref, name: Ref, first: number): Ref {
  const H = rt.words;
  const lo = strHash(rt, name);
  const hi = rt.hashHigh;
  temp(rt, newRef(rt, mro));
  let found = 0;
  for (let i = first; found === 0 && i < H[mro + TupleWord.Size]; i++) {
    found = dictGetHash(rt, H[H[mro + TupleWord.Items + i] + TypeWord.Dict], name, lo, hi);
  }
  dropTemp(rt, mro);
  return found;
}

/** The attribute as `typeLookup` finds it, bound to `self` by its `__get__`; 0 if there is none. @runsPython */
export function lookupSpecial(rt: Runtime, self: Ref, name: Ref): Owned | 0 {
  const H = rt.words;
  const type = H[self + ObjectWord.Type];
  const found = typeLookup(rt, type, name);
  if (found === 0) return 0;
  const get = H[H[found + ObjectWord.Type] + TypeWord.DescrGet];
  if (get === 0) return newRef(rt, found);
  return (SLOT_FUNCTIONS[get] as DescrGetSlot)(rt, found, self, type);
}

/** The type's version, given now if it has none; 0 when it cannot have one. */
export function assignVersion(rt: Runtime, type: Ref): number {
  const H = rt.words;
  const version = H[type + TypeWord.VersionTag];
  if (version !== 0) return version;
  if ((H[type + TypeWord.Flags] & TypeFlag.Ready) === 0) return 0;
  const next = H[RootNum.NextTypeVersion];
  if (next >= 0x7fffffff) return 0;
  H[RootNum.NextTypeVersion] = next + 1;
  H[type + TypeWord.VersionTag] = next;
  H[type + TypeWord.Flags] |= TypeFlag.ValidVersionTag;
  const bases = H[type + TypeWord.Bases];
  for (let i = 0; i < H[bases + TupleWord.Size]; i++) assignVersion(rt, H[bases + TupleWord.Items + i]);
  return next;
}

/** To be called after every change of the type's dict, bases or MRO: takes back its version and its subclasses'. */
export function typeModified(rt: Runtime, type: Ref): void {
  const H = rt.words;
  if (H[type + TypeWord.VersionTag] === 0) return;
  H[type + TypeWord.VersionTag] = 0;
  H[type + TypeWord.Flags] &= ~TypeFlag.ValidVersionTag;
  H[type + TypeWord.SpecGetItem] = 0;
  H[type + TypeWord.SpecInit] = 0;
  forEachSubclass(rt, type, typeModified);
}

/** Calls `visit` for each living direct subclass, in the order of their making. `visit` must not run Python. */
export function forEachSubclass(rt: Runtime, type: Ref, visit: (rt: Runtime, subclass: Ref) => void): void {
  const subclasses = rt.words[type + TypeWord.Subclasses];
  if (subclasses === 0) return;
  for (let i = dictNext(rt, subclasses, 0); i >= 0; i = dictNext(rt, subclasses, i + 1)) {
    const subclass = weakrefTarget(rt, dictValueAt(rt, subclasses, i));
    if (subclass !== (S.None as number) && subclass !== 0) visit(rt, subclass);
  }
}

/** Empties the cache: after a snapshot was restored. */
export function dropTypeCaches(rt: Runtime): void {
  rt.methodCache.fill(0);
}
