/** What all iterators have in common. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';

/** `tp_iter` of iterators: the iterator itself. */
export function identitySlot(rt: Runtime, self: Ref): Owned {
  return newRef(rt, self);
}
