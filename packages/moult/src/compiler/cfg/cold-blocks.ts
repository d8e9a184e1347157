/** Moves code that only exceptions reach to the end. */

import { BasicBlock, Instr, isJump } from '../instr.ts';
import { NO_LOCATION } from '../context.ts';
import { Op } from '../opcodes.ts';
import { removeRedundantJumps } from './optimize.ts';
import { blocksFrom, resetVisited } from './traverse.ts';

export function pushColdBlocksToEnd(entry: BasicBlock): void {
  if (entry.next === null) return;
  markWarm(entry);
  markCold(entry);
  for (const block of blocksFrom(entry)) {
    if (block.cold && block.fallsThrough && block.next !== null && block.next.warm) insertJumpToNext(block);
  }
  if (moveColdRuns(entry)) removeRedundantJumps(entry);
}

/** Warm: reached from the entry without an exception. */
function markWarm(entry: BasicBlock): void {
  resetVisited(entry);
  const stack = [entry];
  entry.visited = true;
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    block.warm = true;
    pushSuccessors(block, stack);
  }
}

/** Cold: reached from a handler, not warm. */
function markCold(entry: BasicBlock): void {
  resetVisited(entry);
  const stack: BasicBlock[] = [];
  for (const block of blocksFrom(entry)) {
    if (block.warm) {
      block.visited = true;
    }
    if (!block.isHandler) continue;
    stack.push(block);
    block.visited = true;
  }
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    block.cold = true;
    pushSuccessors(block, stack);
  }
}

function pushSuccessors(block: BasicBlock, stack: BasicBlock[]): void {
  const push = (successor: BasicBlock): void => {
    if (successor.visited) return;
    successor.visited = true;
    stack.push(successor);
  };
  if (block.next !== null && block.fallsThrough) push(block.next);
  for (const instr of block.instrs) if (isJump(instr.op)) push(instr.target!);
}

/** The block after a moved one is no longer next to it. */
function insertJumpToNext(block: BasicBlock): void {
  const jump = new BasicBlock();
  const instr = new Instr(Op.JUMP, 0, NO_LOCATION);
  instr.target = block.next;
  block.next!.labelled = true;
  jump.instrs.push(instr);
  jump.cold = true;
  jump.next = block.next;
  block.next = jump;
}

/** Returns whether anything was moved. */
function moveColdRuns(entry: BasicBlock): boolean {
  let coldHead: BasicBlock | null = null;
  let coldTail: BasicBlock | null = null;
  let block = entry;
  while (block.next !== null) {
    while (block.next !== null && !block.next.cold) block = block.next;
    if (block.next === null) break;
    let end = block.next;
    while (end.next !== null && end.next.cold) end = end.next;
    if (coldTail === null) coldHead = block.next;
    else coldTail.next = block.next;
    coldTail = end;
    block.next = end.next;
    end.next = null;
  }
  block.next = coldHead;
  return coldHead !== null;
}
