/** Passes over the graph that remove what need not run.
 *  The order of passes decides what they find, so it is CPython's. Source: CPython 3.12 flowgraph.c. */

import type { ConstPool, PooledConst } from '../const-pool.ts';
import { hasConst, hasTarget, isBlockPush, isJump, isUnconditionalJump } from '../instr.ts';
import type { BasicBlock, Instr } from '../instr.ts';
import { Op } from '../opcodes.ts';
import { optimizeBlock } from './peephole.ts';
import { blocksFrom, resetVisited } from './traverse.ts';

/** Exit blocks up to this many instructions are copied instead of jumped to. */
const MAX_COPY_SIZE = 4;

/** Simplifies the graph; returns its entry. May add to `consts`. */
export function optimizeGraph(entry: BasicBlock, consts: PooledConst[], pool: ConstPool): BasicBlock {
  entry = removeEmptyBlocks(entry);
  for (const block of blocksFrom(entry)) inlineSmallExit(block);
  for (const block of blocksFrom(entry)) optimizeBlock(block, consts, pool);
  removeNopsAndPairs(entry);
  for (const block of blocksFrom(entry)) inlineSmallExit(block);
  markReachable(entry);
  for (const block of blocksFrom(entry)) if (block.predecessors === 0) block.instrs = [];
  for (const block of blocksFrom(entry)) removeRedundantNops(block);
  entry = removeEmptyBlocks(entry);
  removeRedundantJumps(entry);
  return entry;
}

function removeEmptyBlocks(entry: BasicBlock): BasicBlock {
  const nonEmpty = (block: BasicBlock | null): BasicBlock | null => {
    while (block !== null && block.instrs.length === 0) block = block.next;
    return block;
  };
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) block.next = nonEmpty(block.next);
  entry = nonEmpty(entry)!;
  for (const block of blocksFrom(entry)) {
    for (const instr of block.instrs) {
      if (!hasTarget(instr.op)) continue;
      const target = nonEmpty(instr.target)!;
      if (target !== instr.target) {
        target.labelled = true;
        instr.target = target;
      }
    }
  }
  return entry;
}

/** Replaces a jump to a short block that leaves the frame by a copy of the block. */
function inlineSmallExit(block: BasicBlock): void {
  const { last } = block;
  if (last === undefined || !isUnconditionalJump(last.op)) return;
  const target = last.target!;
  if (!target.exitsScope || target.instrs.length > MAX_COPY_SIZE) return;
  last.toNop();
  for (const instr of target.instrs) block.instrs.push(instr.clone());
}

/** Removes NOPs whose line is visible without them. */
export function removeRedundantNops(block: BasicBlock): void {
  const { instrs } = block;
  let dest = 0;
  let previousLine = -1;
  for (let src = 0; src < instrs.length; src++) {
    const instr = instrs[src]!;
    if (instr.op === Op.NOP && isRedundantNop(block, src, previousLine)) continue;
    instrs[dest++] = instr;
    previousLine = instr.loc.lineno;
  }
  instrs.length = dest;
}

function isRedundantNop(block: BasicBlock, index: number, previousLine: number): boolean {
  const { loc } = block.instrs[index]!;
  const { lineno } = loc;
  if (lineno < 0 || lineno === previousLine) return true;
  const next = block.instrs[index + 1];
  if (next !== undefined) {
    if (next.loc.lineno === lineno) return true;
    if (next.loc.lineno >= 0) return false;
    next.loc = loc;
    return true;
  }
  return lineno === firstLine(block.next);
}

/** Line of the first instruction from `block` on, NOPs without line skipped in its block. */
function firstLine(block: BasicBlock | null): number {
  while (block !== null && block.instrs.length === 0) block = block.next;
  const first = block?.instrs.find((instr) => instr.op !== Op.NOP || instr.loc.lineno >= 0);
  return first?.loc.lineno ?? -1;
}

/** Removes NOPs, and values that are pushed only to be popped. */
function removeNopsAndPairs(entry: BasicBlock): void {
  for (let done = false; !done;) {
    done = true;
    let instr: Instr | null = null;
    for (const block of blocksFrom(entry)) {
      removeRedundantNops(block);
      if (block.labelled) instr = null;
      for (const current of block.instrs) {
        const previous: Instr | null = instr;
        instr = current;
        if (current.op !== Op.POP_TOP || previous === null || !pushesPlainly(previous)) continue;
        previous.toNop();
        current.toNop();
        done = false;
      }
      if ((instr !== null && isJump(instr.op)) || !block.fallsThrough) instr = null;
    }
  }
}

function pushesPlainly(instr: Instr): boolean {
  return instr.op === Op.LOAD_CONST || (instr.op === Op.COPY && instr.arg === 1);
}

/** Counts the ways into each block; 0 means unreachable. */
function markReachable(entry: BasicBlock): void {
  resetVisited(entry);
  entry.predecessors = 1;
  const stack = [entry];
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    block.visited = true;
    if (block.next !== null && block.fallsThrough) {
      if (!block.next.visited) stack.push(block.next);
      block.next.predecessors++;
    }
    for (const instr of block.instrs) {
      if (!isJump(instr.op) && !isBlockPush(instr.op)) continue;
      const target = instr.target!;
      if (!target.visited) stack.push(target);
      target.predecessors++;
    }
  }
}

/** Jumps to the next block become NOPs. */
export function removeRedundantJumps(entry: BasicBlock): void {
  for (const block of blocksFrom(entry)) {
    const { last } = block;
    if (last !== undefined && isUnconditionalJump(last.op) && last.target === block.next) last.toNop();
  }
}

/** Drops constants that no instruction uses, except the first, which may be the docstring. */
export function removeUnusedConsts(entry: BasicBlock, consts: PooledConst[]): void {
  const used = new Uint8Array(consts.length);
  used[0] = 1;
  for (const block of blocksFrom(entry)) {
    for (const instr of block.instrs) if (hasConst(instr.op)) used[instr.arg] = 1;
  }
  if (!used.includes(0)) return;
  const newIndex = new Int32Array(consts.length);
  let count = 0;
  for (let i = 0; i < newIndex.length; i++) {
    if (used[i] === 0) continue;
    newIndex[i] = count;
    consts[count++] = consts[i]!;
  }
  consts.length = count;
  for (const block of blocksFrom(entry)) {
    for (const instr of block.instrs) if (hasConst(instr.op)) instr.arg = newIndex[instr.arg]!;
  }
}
