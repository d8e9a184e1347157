/** What CPython allocates for a module when it is imported, and this runtime does not: the types of one written in C, which are there
 *  from the start; what finding and reading one of the library takes, which is in the pack here. */
import { GcRoot, generationHead, GenWord } from '@moult/heap';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';

interface Missing {
  /** What generation 0 would count. Tuples that come from free lists are not counted. */
  readonly counted: number;
  /** Objects that would be tracked. */
  readonly tracked: number;
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
  ['ctypes', { counted: 680, tracked: 700 }],
  ['gc', { counted: -1, tracked: 0 }],
  ['math', { counted: 0, tracked: 4 }],
]);

/** Counts them as allocated and as long-lived. The next allocation asks for a collection if one is due. */
export function countMissing(rt: Runtime, name: string): void {
  const missing = MISSING.get(name);
  if (missing === undefined || rt.words[GcRoot.LongLivedElsewhere] === 0) return;
  rt.words[generationHead(0) + GenWord.Count] += missing.counted;
  rt.words[GcRoot.LongLivedElsewhere] += missing.tracked;
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
