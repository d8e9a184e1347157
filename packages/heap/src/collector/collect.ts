/** One collection of one generation and everything younger: the phases in their order. */
import type { Heap } from '../heap.ts';
import { DebugFlag, GcRoot, GENERATIONS, GenWord } from '../layout/gc.ts';
import { FinalizerRule } from '../policy/policy.ts';
import { debugCollectable, debugDone, debugStart, debugUncollectable } from './debug-print.ts';
import { deduceUnreachable, phase } from './deduce-unreachable.ts';
import { deleteGarbage } from './delete-garbage.ts';
import { finalizeGarbage } from './finalize-garbage.ts';
import { handleResurrected } from './handle-resurrected.ts';
import { callWeakrefCallbacks, clearGarbageWeakrefs } from './handle-weakrefs.ts';
import {
  handleLegacyFinalizers,
  moveLegacyFinalizerReachable,
  moveLegacyFinalizers,
  Unreachable,
} from './legacy-finalizers.ts';
import { generationHead, listInit, listIsEmpty, listMerge, listSize } from './lists.ts';
import { untrackDicts, untrackTuples } from './untrack.ts';

/** Collects `generation`. The numbers are left in `h.lastCollected` and `h.lastUncollectable`; returns their sum.
 *  `GcRoot.Collecting` must be set by the caller.
 *  Source: CPython 3.12 gcmodule.c gc_collect_main. Differs: finalizers as the policy says.
 *  @runsPython */
export function collectMain(h: Heap, generation: number): number {
  const H = h.words;
  const debug = H[GcRoot.Debug] !== 0;
  const started = debug ? debugStart(h, generation) : 0;
  const young = prepareGenerations(H, generation);
  const old = generation < GENERATIONS - 1 ? generationHead(generation + 1) : young;
  deduceUnreachable(h, young, GcRoot.Unreachable);
  phase(h, 'untrack');
  promoteSurvivors(h, generation, young, old);
  phase(h, 'legacyFinalizers');
  const seen = separateUncollectable(h);
  if (debug) debugCollectable(h, GcRoot.Unreachable);
  const collected = letGarbageAct(h, seen, old) + h.survivors.garbage;
  phase(h, 'deleteGarbage');
  deleteGarbage(h, GcRoot.StillUnreachable, old);
  const uncollectable = countUncollectable(h);
  if (debug) debugDone(h, started, collected, uncollectable);
  handleLegacyFinalizers(h, GcRoot.Finalizers, old);
  if (generation === GENERATIONS - 1) h.clearFreeLists();
  countCollection(h, generation, collected, uncollectable);
  phase(h, 'done');
  return collected + uncollectable;
}

/** Resets the counts and merges the younger generations into the one collected; returns its list. */
function prepareGenerations(H: Int32Array, generation: number): number {
  const young = generationHead(generation);
  if (generation + 1 < GENERATIONS) H[generationHead(generation + 1) + GenWord.Count]++;
  for (let i = 0; i <= generation; i++) H[generationHead(i) + GenWord.Count] = 0;
  for (let i = 0; i < generation; i++) listMerge(H, generationHead(i), young);
  return young;
}

/** What is reachable grows older. Dicts are untracked in full collections only, tuples in each. */
function promoteSurvivors(h: Heap, generation: number, young: number, old: number): void {
  const H = h.words;
  untrackTuples(h);
  if (young !== old) {
    if (generation === GENERATIONS - 2) H[GcRoot.LongLivedPending] += h.survivors.count;
    listMerge(H, young, old);
    return;
  }
  untrackDicts(h);
  H[GcRoot.LongLivedPending] = 0;
  H[GcRoot.LongLivedTotal] = h.survivors.count;
}

function separateUncollectable(h: Heap): number {
  listInit(h.words, GcRoot.Finalizers);
  const seen = moveLegacyFinalizers(h, GcRoot.Unreachable, GcRoot.Finalizers);
  moveLegacyFinalizerReachable(h, GcRoot.Finalizers);
  return seen;
}

/** Weak references' callbacks, then finalizers; what is garbage after that is in `StillUnreachable`. If nothing ran,
 *  nothing can have come back to life. Returns how many weak references died by their callbacks. */
function letGarbageAct(h: Heap, seen: number, old: number): number {
  const H = h.words;
  phase(h, 'handleWeakrefs');
  if ((seen & Unreachable.WeakRefs) !== 0) clearGarbageWeakrefs(h, GcRoot.Unreachable);
  let ran = !listIsEmpty(H, GcRoot.WeakrefCallbacks);
  const freed = callWeakrefCallbacks(h, old);
  phase(h, 'finalizeGarbage');
  const finalize = (ran || (seen & Unreachable.Finalizers) !== 0) && h.policy.finalizers === FinalizerRule.Pep442;
  if (finalize && finalizeGarbage(h, GcRoot.Unreachable)) ran = true;
  phase(h, 'handleResurrected');
  listInit(H, GcRoot.StillUnreachable);
  if (ran) {
    handleResurrected(h, GcRoot.Unreachable, GcRoot.StillUnreachable, old);
    h.survivors.garbage = listSize(H, GcRoot.StillUnreachable);
  } else listMerge(H, GcRoot.Unreachable, GcRoot.StillUnreachable);
  return freed;
}

function countUncollectable(h: Heap): number {
  const H = h.words;
  if ((H[GcRoot.Debug] & DebugFlag.Uncollectable) !== 0) debugUncollectable(h, GcRoot.Finalizers);
  return listSize(H, GcRoot.Finalizers);
}

function countCollection(h: Heap, generation: number, collected: number, uncollectable: number): void {
  const H = h.words;
  const record = generationHead(generation);
  H[record + GenWord.Collections]++;
  H[record + GenWord.Collected] += collected;
  H[record + GenWord.Uncollectable] += uncollectable;
  h.lastCollected = collected;
  h.lastUncollectable = uncollectable;
}
