/** What CPython allocates for a module when it is imported, and this runtime does not: the types of one written in C, which are there
 *  from the start; what finding and reading one of the library takes, which is in the pack here. */
import { countAllocation, GcRoot, generationHead, GenWord, runScheduled } from '@moult/heap';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';

interface Missing {
  /** What generation 0 would count. Tuples that come from free lists are not counted. */
  readonly counted: number;
  /** Objects that would be tracked. */
  readonly tracked: number;
  /** The module is written in Python there, so that a collection that is due runs before the import ends. */
  readonly inPython?: boolean;
}

/** Measured: CPython 3.12 less what the import of ours makes. */
const MISSING: ReadonlyMap<string, Missing> = new Map([
  ['itertools', { counted: 171, tracked: 241 }],
  ['_collections', { counted: 80, tracked: 99 }],
  ['_functools', { counted: 39, tracked: 54 }],
  ['_operator', { counted: 22, tracked: 35 }],
  ['_sre', { counted: 53, tracked: 68 }],
  ['_struct', { counted: 24, tracked: 37 }],
  ['_random', { counted: 9, tracked: 16 }],
  ['_locale', { counted: 10, tracked: 17 }],
  ['_sha2', { counted: 36, tracked: 52 }],
  ['_md5', { counted: 9, tracked: 16 }],
  ['ctypes', { counted: 670, tracked: 700, inPython: true }],
  ['gc', { counted: -1, tracked: 0 }],
  ['math', { counted: 0, tracked: 4 }],
]);

/** Counts them as allocated and as long-lived. The next allocation asks for a collection if one is due.
 *  @runsPython @mayCollect for modules that are in Python there. */
export function countMissing(rt: Runtime, name: string): void {
  const missing = MISSING.get(name);
  if (missing === undefined || rt.words[GcRoot.LongLivedElsewhere] === 0) return;
  const collected = missing.inPython === true ? countUntilCollected(rt, missing.counted) : 0;
  rt.words[generationHead(0) + GenWord.Count] += missing.counted - collected;
  rt.words[GcRoot.LongLivedElsewhere] += missing.tracked;
}

/** Counts allocations up to the one after which a collection is due, and runs that; gives how many, 0 if none comes due. */
function countUntilCollected(rt: Runtime, counted: number): number {
  const H = rt.words;
  const room = H[generationHead(0) + GenWord.Threshold] - H[generationHead(0) + GenWord.Count];
  if (room < 0 || counted <= room) return 0;
  H[generationHead(0) + GenWord.Count] += room;
  countAllocation(rt);
  if (H[GcRoot.Scheduled] !== 0) runScheduled(rt);
  return room + 1;
}

/** What generation 0 counts for a module of the library before it runs, CPython less ours, where free lists hold nothing. */
const FOUND_AND_READ = 50;

/** Counts what finding and reading a module of the library allocates. */
export function countReading(rt: Runtime): void {
  const H = rt.words;
  if (H[GcRoot.LongLivedElsewhere] === 0) return;
  const free = Math.min(H[RootNum.FreeForReading], FOUND_AND_READ);
  H[RootNum.FreeForReading] -= free;
  H[generationHead(0) + GenWord.Count] += FOUND_AND_READ - free;
}
