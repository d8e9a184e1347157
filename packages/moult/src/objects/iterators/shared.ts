/** What all iterators have in common. */
import { newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictLength } from '../../core/dict/index.ts';
import { typeError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { IterNextSlot } from '../../core/functions.ts';
import { countItem } from '../../core/limits.ts';
import { enterStep, leaveStep } from '../../core/recursion.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';

/** `tp_iter` of iterators: the iterator itself. */
export function identitySlot(rt: Runtime, self: Ref): Owned {
  return newRef(rt, self);
}

/** Calls `tp_iternext`: 0 at the end, perhaps with a StopIteration pending, which is passed on so. @runsPython */
export function nextItem(rt: Runtime, it: Ref): Owned | 0 {
  const H = rt.words;
  if (H[RootNum.Limited] !== 0) countItem(rt);
  enterStep(rt);
  const item = (SLOT_FUNCTIONS[H[H[it + ObjectWord.Type] + TypeWord.IterNext]] as IterNextSlot)(rt, it);
  leaveStep(rt);
  return item;
}

/** Refuses keywords to `base`'s constructor, unless a subclass has an `__init__` that may want them.
 *  Raises TypeError. */
export function refuseKeywords(rt: Runtime, type: Ref, base: Ref, name: string, kwargs: Ref): void {
  const H = rt.words;
  if (kwargs === 0 || (type !== base && H[type + TypeWord.Init] !== H[base + TypeWord.Init])) return;
  if (dictLength(rt, kwargs) !== 0) typeError(rt, `${name}() takes no keyword arguments`);
}
