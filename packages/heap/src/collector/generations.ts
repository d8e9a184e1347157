/** When a collection is asked for, and what programs may ask about the generations. */
import type { Heap } from '../heap.ts';
import { GcRoot, GENERATIONS, GenWord } from '../layout/gc.ts';
import { HeapRoot } from '../layout/heap-root.ts';
import type { Ref } from '../memory/ref.ts';
import { isGc } from '../object/track.ts';
import { gatherReferents, type Visit } from '../object/traverse.ts';
import { collectMain } from './collect.ts';
import { fromGc, generationHead, listInit, listMerge, listSize } from './lists.ts';

/** Writes the empty generations with the thresholds of the policy in force. */
export function initGenerations(h: Heap): void {
  const H = h.words;
  for (let i = 0; i <= GENERATIONS; i++) listInit(H, generationHead(i));
  h.policy.thresholds.forEach((threshold, i) => (H[generationHead(i) + GenWord.Threshold] = threshold));
  for (let list: number = GcRoot.Young; list <= GcRoot.Spare; list += 2) listInit(H, list);
  H[GcRoot.Enabled] = 1;
}

/** Collects `generation` (0 to 2) and all younger ones now: `gc.collect`. Returns the number of unreachable objects,
 *  collected or not; 0 if a collection is running. Throws RangeError for another generation.
 *  Source: CPython 3.12 gc_collect_impl.
 *  @runsPython @mayCollect */
export function collect(h: Heap, generation: number = GENERATIONS - 1): number {
  if (!Number.isInteger(generation) || generation < 0 || generation >= GENERATIONS) {
    throw new RangeError(`generation ${generation} is not 0, 1 or 2`);
  }
  return exclusively(h, generation, true);
}

/** A full collection without the callbacks around it, as at the interpreter's end.
 *  Source: CPython 3.12 _PyGC_CollectNoFail. */
export function collectNoFail(h: Heap): number {
  return exclusively(h, GENERATIONS - 1, false);
}

/** Collects the oldest generation whose count exceeds its threshold; a full collection also needs that a quarter as
 *  many objects as survived the last one are waiting.
 *  Source: CPython 3.12 gc_collect_generations.
 *  @runsPython @mayCollect */
export function collectGenerations(h: Heap): number {
  const H = h.words;
  for (let i = GENERATIONS - 1; i >= 0; i--) {
    const record = generationHead(i);
    if (H[record + GenWord.Count] <= H[record + GenWord.Threshold]) continue;
    if (i === GENERATIONS - 1 && fewArePending(H)) continue;
    return exclusively(h, i, true);
  }
  return 0;
}

/** Before the first full collection nothing is long-lived yet, neither here nor elsewhere. */
function fewArePending(H: Int32Array): boolean {
  const total = H[GcRoot.LongLivedTotal];
  const elsewhere = H[GcRoot.LongLivedElsewhere] - H[GcRoot.FrozenElsewhere];
  return total > 0 && H[GcRoot.LongLivedPending] < Math.floor((total + elsewhere) / 4);
}

/** What an embedder calls at a safe point when `GcRoot.Scheduled` is set. Takes the request back; the eval breaker is
 *  the embedder's. Returns the number of unreachable objects.
 *  Source: CPython 3.12 _Py_RunGC.
 *  @runsPython @mayCollect */
export function runScheduled(h: Heap): number {
  const H = h.words;
  H[GcRoot.Scheduled] = 0;
  if (H[GcRoot.Enabled] === 0 || H[GcRoot.Collecting] !== 0) return 0;
  if (H[HeapRoot.Stress] !== 0) return collectUnderStress(h);
  return h.policy.run(h);
}

/** Generation 1 counts how often generation 0 was collected since the last full collection. */
function collectUnderStress(h: Heap): number {
  const H = h.words;
  const since = H[generationHead(1) + GenWord.Count];
  return since + 1 < H[HeapRoot.Stress] ? exclusively(h, 0, true) : collect(h);
}

/** Moves everything tracked to the permanent generation, which no collection looks at: `gc.freeze`. */
export function freeze(h: Heap): void {
  const H = h.words;
  for (let i = 0; i < GENERATIONS; i++) {
    listMerge(H, generationHead(i), GcRoot.Permanent);
    H[generationHead(i) + GenWord.Count] = 0;
  }
  H[GcRoot.FrozenElsewhere] = H[GcRoot.LongLivedElsewhere];
}

/** Moves the permanent generation back to the oldest: `gc.unfreeze`. */
export function unfreeze(h: Heap): void {
  h.words[GcRoot.FrozenElsewhere] = 0;
  listMerge(h.words, GcRoot.Permanent, generationHead(GENERATIONS - 1));
}

export function freezeCount(h: Heap): number {
  return listSize(h.words, GcRoot.Permanent);
}

/** The tracked objects of a generation, or of all three youngest first: `gc.get_objects`. Borrowed. */
export function getObjects(h: Heap, generation = -1): Ref[] {
  const found: Ref[] = [];
  for (let i = 0; i < GENERATIONS; i++) {
    if (generation === -1 || generation === i) forEachTracked(h, generationHead(i), (o) => found.push(o));
  }
  return found;
}

/** Number of tracked objects: those of `getObjects`. */
export function trackedCount(h: Heap): number {
  let count = 0;
  for (let i = 0; i < GENERATIONS; i++) count += listSize(h.words, generationHead(i));
  return count;
}

/** Visits the tracked objects that refer to one of `targets`: `gc.get_referrers`. The caller leaves out its own list. */
export function getReferrers(h: Heap, targets: readonly Ref[], visit: Visit): void {
  const wanted = new Set(targets);
  for (let i = 0; i < GENERATIONS; i++) {
    forEachTracked(h, generationHead(i), (o) => {
      if (refersTo(h, o, wanted)) visit(o);
    });
  }
}

/** Visits what `o` refers to, if it is an object that the collector knows: `gc.get_referents`. */
export function getReferents(h: Heap, o: Ref, visit: Visit): void {
  if (!isGc(h, o)) return;
  const start = h.gatheredCount;
  const n = gatherReferents(h, o);
  const found = h.gathered.slice(start, start + n);
  h.gatheredCount = start;
  found.forEach((ref) => visit(ref));
}

function refersTo(h: Heap, o: Ref, wanted: ReadonlySet<Ref>): boolean {
  const start = h.gatheredCount;
  gatherReferents(h, o);
  let found = false;
  for (let i = start; i < h.gatheredCount && !found; i++) found = wanted.has(h.gathered[i]);
  h.gatheredCount = start;
  return found;
}

/** The heads of all lists with tracked objects: the generations, the permanent one, and during a collection those of
 *  its phases. */
export function generationLists(h: Heap): number[] {
  const lists = Array.from({ length: GENERATIONS + 1 }, (_, i) => generationHead(i));
  if (h.words[GcRoot.Collecting] === 0) return lists;
  for (let list: number = GcRoot.Young; list <= GcRoot.Spare; list += 2) lists.push(list);
  return lists;
}

/** Calls `visit` for each object of a list, which must not change meanwhile. */
export function forEachTracked(h: Heap, list: number, visit: Visit): void {
  const H = h.words;
  for (let gc = H[list]; gc !== list; gc = H[gc]) visit(fromGc(gc));
}

/** A collection with nothing else collecting meanwhile. */
function exclusively(h: Heap, generation: number, callbacks: boolean): number {
  const H = h.words;
  if (H[GcRoot.Collecting] !== 0) return 0;
  H[GcRoot.Collecting] = 1;
  if (TRACE && h.events !== null) h.events.collectionStart?.(generation);
  if (callbacks) h.onCollectionStart(generation);
  const found = collectMain(h, generation);
  const { lastCollected, lastUncollectable } = h;
  if (TRACE && h.events !== null) h.events.collectionStop?.(generation, lastCollected, lastUncollectable);
  if (callbacks) h.onCollectionStop(generation, lastCollected, lastUncollectable);
  H[GcRoot.Collecting] = 0;
  return found;
}
