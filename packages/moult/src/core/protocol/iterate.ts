/** Iteration. All functions here may run Python. */
import { decref, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { clearException, currentException, pendingMatches, rethrow, typeError } from '../errors.ts';
import { FixedSlot, SLOT_FUNCTIONS } from '../functions.ts';
import type { IterNextSlot, UnarySlot } from '../functions.ts';
import { countItem } from '../limits.ts';
import { enterStep, leaveStep } from '../recursion.ts';
import { RootNum } from '../roots.ts';
import type { Runtime } from '../runtime.ts';
import { T } from '../static.ts';
import { kindName } from '../types.ts';

/** `iter(o)` @runsPython */
export function iter(rt: Runtime, o: Ref): Owned {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  const slot = H[type + TypeWord.Iter];
  if (slot === 0) {
    if (H[type + TypeWord.SqItem] !== 0) return rt.newSequenceIterator(o);
    return typeError(rt, `'${kindName(rt, o)}' object is not iterable`);
  }
  enterStep(rt);
  const result = (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, o);
  leaveStep(rt);
  if (!isIterator(rt, result)) {
    const name = kindName(rt, result);
    decref(rt, result);
    typeError(rt, `iter() returned non-iterator of type '${name}'`);
  }
  return result;
}

/** The next item (owned), 0 at the end (StopIteration cleared). @runsPython */
export function iterNext(rt: Runtime, iterator: Ref): Owned | 0 {
  const H = rt.words;
  if (H[RootNum.Limited] !== 0) countItem(rt);
  enterStep(rt);
  const item = (SLOT_FUNCTIONS[H[H[iterator + ObjectWord.Type] + TypeWord.IterNext]] as IterNextSlot)(rt, iterator);
  leaveStep(rt);
  if (item === 0 && currentException(rt) !== 0) endIteration(rt);
  return item;
}

/** After an `iternext` slot returned 0: clears a pending StopIteration, throws any other exception. */
export function endIteration(rt: Runtime): void {
  if (currentException(rt) === 0) return;
  if (!pendingMatches(rt, T.StopIteration)) rethrow();
  clearException(rt);
}

/** True if the type of `o` has `tp_iternext`. */
export function isIterator(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  const slot = H[H[o + ObjectWord.Type] + TypeWord.IterNext];
  return slot !== 0 && slot !== (FixedSlot.NextNotImplemented as number);
}
