/**
 * Garbage that cannot be freed: objects whose finalizer must not run while something refers to them. In CPython 3.12
 * those of a type with `tp_del`; under Python 2.7's rule every object with a finalizer. They, and what they lead to,
 * survive; the objects themselves go to the list that `gc.garbage` shows.
 */
import type { Heap } from '../heap.ts';
import { DebugFlag, GcRoot, GenWord } from '../layout/gc.ts';
import { GC_HEAD_WORDS, NextFlag, ObjectWord, PrevFlag } from '../layout/object.ts';
import { TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { isWeakref } from '../object/weakref.ts';
import { isGc } from '../object/track.ts';
import { gatherReferents } from '../object/traverse.ts';
import { FinalizerRule } from '../policy/policy.ts';
import { appendGarbage } from './garbage.ts';
import { fromGc, isCollecting, listMerge, listMove } from './lists.ts';

/** Whether `o` makes garbage uncollectable. Source: CPython 3.12 gcmodule.c has_legacy_finalizer. */
function hasLegacyFinalizer(h: Heap, o: Ref): boolean {
  const H = h.words;
  const type = H[o + ObjectWord.Type];
  if (H[type + TypeWord.Del] !== 0) return true;
  return h.policy.finalizers === FinalizerRule.Uncollectable && H[type + TypeWord.Finalize] !== 0;
}

/** What `moveLegacyFinalizers` saw in the objects it left, so that phases without work can be passed over. */
export const enum Unreachable {
  /** Some of them are weak references, or have such. */
  WeakRefs = 1,
  /** Some of them have a finalizer. */
  Finalizers = 2,
}

/** Moves the objects with such a finalizer from `unreachable` to `finalizers`, and takes the unreachable flag from all
 *  links. Returns `Unreachable` bits; the number of those that stay is in `h.survivors.garbage`. After: `unreachable` is a normal list of collecting objects.
 *  Source: CPython 3.12 gcmodule.c move_legacy_finalizers. */
export function moveLegacyFinalizers(h: Heap, unreachable: number, finalizers: number): number {
  const H = h.words;
  let seen = 0;
  let type = 0;
  let legacy = false;
  let weakList = 0;
  let count = 0;
  for (let gc = H[unreachable]; gc !== unreachable;) {
    const o = fromGc(gc);
    const next = H[gc] & ~NextFlag.Unreachable;
    H[gc] = next;
    if (H[o + ObjectWord.Type] !== type) {
      type = H[o + ObjectWord.Type];
      legacy = hasLegacyFinalizer(h, o);
      weakList = H[type + TypeWord.WeakListOffset];
      if (H[type + TypeWord.Finalize] !== 0) seen |= Unreachable.Finalizers;
      if (isWeakref(H, o)) seen |= Unreachable.WeakRefs;
    }
    if (weakList !== 0 && H[o + (weakList >> 3)] !== 0) seen |= Unreachable.WeakRefs;
    if (legacy) {
      H[gc + GenWord.Prev] &= ~PrevFlag.Collecting;
      listMove(H, gc, finalizers);
    } else count++;
    gc = next;
  }
  h.survivors.garbage = count;
  return seen;
}

/** Moves all unreachable objects that those in `finalizers` lead to there as well.
 *  Source: CPython 3.12 gcmodule.c move_legacy_finalizer_reachable. */
export function moveLegacyFinalizerReachable(h: Heap, finalizers: number): void {
  const H = h.words;
  for (let gc = H[finalizers]; gc !== finalizers; gc = H[gc]) {
    const start = h.gatheredCount;
    gatherReferents(h, fromGc(gc));
    for (let i = start; i < h.gatheredCount; i++) moveIfCollecting(h, h.gathered[i], finalizers);
    h.gatheredCount = start;
  }
}

/** Puts the objects with a finalizer into the garbage list and gives all back to the old generation.
 *  Source: CPython 3.12 gcmodule.c handle_legacy_finalizers. */
export function handleLegacyFinalizers(h: Heap, finalizers: number, old: number): void {
  const H = h.words;
  const saveAll = (H[GcRoot.Debug] & DebugFlag.SaveAll) !== 0;
  for (let gc = H[finalizers]; gc !== finalizers; gc = H[gc]) {
    if ((saveAll || hasLegacyFinalizer(h, fromGc(gc))) && !appendGarbage(h, fromGc(gc))) break;
  }
  listMerge(H, finalizers, old);
}

function moveIfCollecting(h: Heap, o: Ref, list: number): void {
  const H = h.words;
  const gc = o - GC_HEAD_WORDS;
  if (!isGc(h, o) || !isCollecting(H, gc)) return;
  listMove(H, gc, list);
  H[gc + GenWord.Prev] &= ~PrevFlag.Collecting;
  h.survivors.garbage--;
}
