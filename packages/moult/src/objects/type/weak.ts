/** The little that types need of weak references: `objects/weakref.ts` has the type. */
import { WeakrefWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';

/** What the weak reference refers to, borrowed; 0 once it died or is about to. */
export function weakrefTarget(rt: Runtime, weakref: Ref): Ref {
  const H = rt.words;
  const target = H[weakref + WeakrefWord.Object];
  return target !== 0 && H[target] !== 0 ? target : 0;
}
