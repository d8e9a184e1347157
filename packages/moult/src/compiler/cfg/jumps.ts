/** Real jumps with distances instead of pseudo jumps with target blocks. */

import { BasicBlock, Instr, isBlockPush, isJump } from '../instr.ts';
import { CACHE_COUNTS, Op } from '../opcodes.ts';
import { removeRedundantNops } from './optimize.ts';
import { blocksFrom, resetVisited } from './traverse.ts';

/** Removes the pseudo-operations that are not jumps. */
export function convertPseudoOps(entry: BasicBlock): void {
  for (const block of blocksFrom(entry)) {
    for (const instr of block.instrs) {
      if (isBlockPush(instr.op) || instr.op === Op.POP_BLOCK) instr.toNop();
      else if (instr.op === Op.STORE_FAST_MAYBE_NULL) instr.op = Op.STORE_FAST;
    }
  }
  for (const block of blocksFrom(entry)) removeRedundantNops(block);
}

/** Chooses directions and computes distances. The order of blocks is final. */
export function resolveJumps(entry: BasicBlock): void {
  resetVisited(entry);
  // Not over a list: blocks are inserted after the current one.
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    block.visited = true;
    normalizeJump(block);
  }
  const blocks = blocksFrom(entry);
  while (!computeOffsets(blocks));
}

function normalizeJump(block: BasicBlock): void {
  const { last } = block;
  if (last === undefined || !isJump(last.op)) return;
  const forward = !last.target!.visited;
  if (last.op === Op.JUMP) last.op = forward ? Op.JUMP_FORWARD : Op.JUMP_BACKWARD;
  else if (last.op === Op.JUMP_NO_INTERRUPT) last.op = forward ? Op.JUMP_FORWARD : Op.JUMP_BACKWARD_NO_INTERRUPT;
  else if (!forward) reverseJump(block, last);
}

/** Conditional jumps only go forward: `jump if A to T` becomes `jump if not A over; jump back to T`. */
function reverseJump(block: BasicBlock, last: Instr): void {
  const back = new BasicBlock();
  const jump = new Instr(Op.JUMP, 0, last.loc);
  jump.target = last.target;
  back.instrs.push(jump);
  last.op = REVERSED[last.op]!;
  last.target = block.next;
  back.cold = block.cold;
  back.next = block.next;
  block.next = back;
}

const REVERSED: { readonly [op: number]: Op } = {
  [Op.POP_JUMP_IF_NOT_NONE]: Op.POP_JUMP_IF_NONE,
  [Op.POP_JUMP_IF_NONE]: Op.POP_JUMP_IF_NOT_NONE,
  [Op.POP_JUMP_IF_FALSE]: Op.POP_JUMP_IF_TRUE,
  [Op.POP_JUMP_IF_TRUE]: Op.POP_JUMP_IF_FALSE,
};

/** Units of an instruction: EXTENDED_ARGs, itself, caches. */
export function instrSize({ op, arg }: Instr): number {
  const extended = arg > 0xffffff ? 3 : arg > 0xffff ? 2 : arg > 0xff ? 1 : 0;
  return extended + 1 + CACHE_COUNTS[op]!;
}

/** One round; false if a distance grew past what its instruction had room for. */
function computeOffsets(blocks: readonly BasicBlock[]): boolean {
  let offset = 0;
  for (const block of blocks) {
    block.offset = offset;
    for (const instr of block.instrs) offset += instrSize(instr);
  }
  let stable = true;
  for (const block of blocks) {
    let end = block.offset;
    for (const instr of block.instrs) {
      const size = instrSize(instr);
      end += size;
      if (!isJump(instr.op)) continue;
      instr.arg = Math.abs(instr.target!.offset - end);
      if (instrSize(instr) !== size) stable = false;
    }
  }
  return stable;
}
