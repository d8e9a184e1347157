/**
 * The audit: every reference count recomputed from scratch (D4).
 *
 * Owners are the embedder's root words, handles, what the root scanners visit, what is being destroyed or finalized at
 * this moment, the tracked objects of all generations, and everything reached from these through owned references. At a
 * safe point every mortal object's count equals the references found (INV-RC-1), a keys record's likewise (INV-KEYS-1).
 * With `leaks` the blocks reached must be all blocks that are in use (INV-RC-4).
 */
import type { Heap } from '../heap.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Ref } from '../memory/ref.ts';
import type { Visit } from '../object/traverse.ts';
import { HeapView } from './heap-view.ts';
import { checkLeaks } from './leaks.ts';
import { validateGenerations, validateTracked } from './lists.ts';
import { validateWeakLists } from './weakrefs.ts';

export interface AuditOptions {
  /** Visits further owned references, such as those that a test holds in variables. */
  readonly roots?: (visit: Visit) => void;
  /** Also check that no block is in use that nothing leads to. Only while nothing is being destroyed. */
  readonly leaks?: boolean;
  /** For `leaks`: what `unreachedBlocks` told of a sound state; sizes are not compared then. For embedders whose objects do not
   *  tell of all their blocks. */
  readonly known?: number;
}

/** Checks the whole heap; throws HeapCorruption for the first thing that is wrong. Changes nothing. */
export function audit(h: Heap, options: AuditOptions = {}): void {
  validateGenerations(h);
  const view = new HeapView(h, options.roots);
  checkCounts(h, view, options);
  checkKeys(h, view);
  validateTracked(h, view.counts.keys());
  validateWeakLists(h, view.counts.keys());
  if (options.leaks === true) checkLeaks(h, view, options.known ?? null);
}

function checkCounts(h: Heap, view: HeapView, options: AuditOptions): void {
  for (const o of view.counts.keys()) {
    const found = view.counts.get(o);
    const count = h.words[o];
    if (view.putOff.has(o)) {
      if (found !== 0) throw wrongCount(h, o, found, 'waiting for its destruction', options);
    } else if (count >= 0 && count !== found && !view.tolerates(o, found)) {
      throw wrongCount(h, o, found, count, options);
    }
  }
}

function checkKeys(h: Heap, view: HeapView): void {
  for (const [keys, found] of view.keysCounts) {
    const count = h.words[keys];
    if (count >= 0 && count !== found)
      throw new HeapCorruption('INV-KEYS-1: count of a keys record', keys, found, count);
  }
}

function wrongCount(h: Heap, o: Ref, found: number, count: number | string, options: AuditOptions): HeapCorruption {
  const holders = new HeapView(h, options.roots, o).holders;
  const text = `INV-RC-1: count of ${h.typeNameOf(o)}, held by [${holders.join(', ')}]`;
  return new HeapCorruption(text, o, found, count);
}
