/** What `gc.set_debug` prints to stderr. */
import type { Heap } from '../heap.ts';
import { DebugFlag, GcRoot, GENERATIONS } from '../layout/gc.ts';
import { ObjectWord } from '../layout/object.ts';
import { addressOf } from '../memory/memory.ts';
import { fromGc, generationHead, listSize } from './lists.ts';

/** Announces a collection; returns the time it starts at, in seconds. */
export function debugStart(h: Heap, generation: number): number {
  const H = h.words;
  if ((H[GcRoot.Debug] & DebugFlag.Stats) === 0) return 0;
  const sizes = Array.from({ length: GENERATIONS }, (_, i) => ` ${listSize(H, generationHead(i))}`);
  h.debugPrint(`gc: collecting generation ${generation}...\n`);
  h.debugPrint(`gc: objects in each generation:${sizes.join('')}\n`);
  h.debugPrint(`gc: objects in permanent generation: ${listSize(H, GcRoot.Permanent)}\n`);
  return h.now();
}

export function debugDone(h: Heap, started: number, collected: number, uncollectable: number): void {
  if ((h.words[GcRoot.Debug] & DebugFlag.Stats) === 0) return;
  const seconds = (h.now() - started).toFixed(4);
  h.debugPrint(
    `gc: done, ${collected + uncollectable} unreachable, ${uncollectable} uncollectable, ${seconds}s elapsed\n`,
  );
}

export function debugCollectable(h: Heap, list: number): void {
  if ((h.words[GcRoot.Debug] & DebugFlag.Collectable) !== 0) printEach(h, 'collectable', list);
}

export function debugUncollectable(h: Heap, list: number): void {
  printEach(h, 'uncollectable', list);
}

function printEach(h: Heap, what: string, list: number): void {
  const H = h.words;
  for (let gc = H[list]; gc !== list; gc = H[gc]) {
    const o = fromGc(gc);
    h.debugPrint(`gc: ${what} <${h.typeName(H[o + ObjectWord.Type])} 0x${addressOf(o).toString(16)}>\n`);
  }
}
