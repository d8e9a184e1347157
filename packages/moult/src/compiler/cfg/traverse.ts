/** Helpers to walk the graph in code order. */

import type { BasicBlock } from '../instr.ts';

/** The blocks from `entry` on, in code order, as they are now: blocks inserted later are not among them. */
export function blocksFrom(entry: BasicBlock): BasicBlock[] {
  const blocks: BasicBlock[] = [];
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) blocks.push(block);
  return blocks;
}

export function resetVisited(entry: BasicBlock): void {
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) block.visited = false;
}
