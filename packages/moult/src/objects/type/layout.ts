/**
 * Types as objects: how the collector sees those made by class statements, how they are cleared and destroyed. Static types
 * are no part of this: they live as long as the runtime.
 */
import { clearWeakrefs, clearWord, freeSized, keysDecref, TypeFlag, TypeWord, untrack } from '@moult/heap';
import type { CustomLayout, Ref } from '@moult/heap';
import { dictClear, dictNext } from '../../core/dict/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { typeModified } from './lookup.ts';
import { removeFromBases } from './subclasses.ts';

/** Metered bytes of a type's record: CPython's `sizeof(PyHeapTypeObject)`, and what each member slot adds. */
export const enum TypeBytes {
  Heap = 920,
  Static = 432,
  Member = 40,
}

export const enum TypeRecord {
  /** Collector head. */
  Before = 2,
  Words = 128,
}

/** Metered bytes of the block of a class statement's type with `nslots` slots: one more than it has, and the head. */
export function typeBlockBytes(nslots: number): number {
  return TypeBytes.Heap + TypeBytes.Member * (nslots + 1) + 8 * TypeRecord.Before;
}

const TRAVERSED: readonly number[] = [
  TypeWord.Dict,
  TypeWord.Cache,
  TypeWord.Mro,
  TypeWord.Bases,
  TypeWord.Base,
  TypeWord.HtModule,
];
const OWNED: readonly number[] = [TypeWord.Subclasses, TypeWord.HtName, TypeWord.HtQualname, TypeWord.HtSlots];

/** What CPython's type_traverse visits. */
export const TYPE_LAYOUT: CustomLayout = {
  name: 'type',
  traverse(heap, o, visit) {
    const H = heap.words;
    if ((H[o + TypeWord.Flags] & TypeFlag.HeapType) === 0) return;
    for (let i = 0; i < TRAVERSED.length; i++) if (H[o + TRAVERSED[i]] !== 0) visit(H[o + TRAVERSED[i]]);
  },
  owned(heap, o, visit) {
    const H = heap.words;
    if ((H[o + TypeWord.Flags] & TypeFlag.HeapType) === 0) return;
    for (let i = 0; i < OWNED.length; i++) if (H[o + OWNED[i]] !== 0) visit(H[o + OWNED[i]]);
  },
};

/** `tp_clear` of types: the dict is emptied; name, bases and base stay for the destructor. @runsPython
 *  Source: CPython 3.12 type_clear. */
export function clearType(rt: Runtime, type: Ref): void {
  const H = rt.words;
  typeModified(rt, type);
  const dict = H[type + TypeWord.Dict];
  if (dict !== 0 && dictNext(rt, dict, 0) >= 0) dictClear(rt, dict);
  clearWord(rt, type + TypeWord.HtModule);
  clearWord(rt, type + TypeWord.Mro);
}

/** Destructor of class statements' types. @runsPython
 *  Source: CPython 3.12 type_dealloc. */
export function deallocType(rt: Runtime, type: Ref): void {
  const H = rt.words;
  untrack(rt, type);
  typeModified(rt, type);
  removeFromBases(rt, type);
  clearWeakrefs(rt, type);
  clearWord(rt, type + TypeWord.Base);
  clearWord(rt, type + TypeWord.Dict);
  clearWord(rt, type + TypeWord.Bases);
  clearWord(rt, type + TypeWord.Mro);
  clearWord(rt, type + TypeWord.Cache);
  clearWord(rt, type + TypeWord.Subclasses);
  clearWord(rt, type + TypeWord.HtName);
  clearWord(rt, type + TypeWord.HtQualname);
  clearWord(rt, type + TypeWord.HtSlots);
  const keys = H[type + TypeWord.HtCachedKeys];
  H[type + TypeWord.HtCachedKeys] = 0;
  if (keys !== 0) keysDecref(rt, keys);
  clearWord(rt, type + TypeWord.HtModule);
  freeType(rt, type);
}

function freeType(rt: Runtime, type: Ref): void {
  const nslots = rt.words[type + TypeWord.Size];
  freeSized(rt, type, TypeRecord.Words, typeBlockBytes(nslots) - 8 * TypeRecord.Before);
}
