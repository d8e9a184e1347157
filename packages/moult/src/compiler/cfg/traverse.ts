/** Helpers to walk the graph in code order. */

import type { BasicBlock } from '../instr.ts';

/** The blocks from `entry` on, in code order. */
export function* blocksFrom(entry: BasicBlock): Generator<BasicBlock> {
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) yield block;
}

export function resetVisited(entry: BasicBlock): void {
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) block.visited = false;
}
