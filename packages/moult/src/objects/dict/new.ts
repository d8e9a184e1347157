/** `dict.__new__`. */
import { DictWord, genericAlloc, HeapRoot, TypeWord, untrack } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { bumpVersion } from '../../core/dict/index.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { AllocSlot } from '../../core/functions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';

/** An empty dict of the type; an exact one is not tracked yet.
 *  Source: CPython 3.12 dict_new. */
export function dictNew(rt: Runtime, type: Ref): Owned {
  const H = rt.words;
  const alloc = H[type + TypeWord.Alloc];
  const exact = type === (T.dict as number);
  const d = exact || alloc === 0 ? genericAlloc(rt, type) : (SLOT_FUNCTIONS[alloc] as AllocSlot)(rt, type, 0);
  H[d + DictWord.Keys] = H[HeapRoot.EmptyKeys];
  bumpVersion(rt, d);
  if (exact) untrack(rt, d);
  return d;
}
