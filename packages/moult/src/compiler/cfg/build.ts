/** From the instruction sequence to the control flow graph. */

import { BasicBlock, hasTarget, isBlockPush, isJump, isScopeExit } from '../instr.ts';
import type { Instr, InstructionSequence } from '../instr.ts';

/** Cuts the sequence into blocks, resolves labels, marks handlers.
 *  Consumes the sequence: its instructions move into the blocks. */
export function buildGraph(sequence: InstructionSequence): BasicBlock {
  const { instrs, labels } = sequence;
  const isTarget = new Uint8Array(instrs.length + 1);
  for (const offset of labels) if (offset >= 0) isTarget[offset] = 1;
  const blockAt = new Map<number, BasicBlock>();
  const entry = new BasicBlock();
  let block = entry;
  let terminated = false;
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i]!;
    const labelHere = isTarget[i] === 1;
    if (terminated || (labelHere && (block.instrs.length > 0 || block.labelled))) {
      const next = new BasicBlock();
      block.next = next;
      block = next;
    }
    if (labelHere) {
      block.labelled = true;
      blockAt.set(i, block);
    }
    block.instrs.push(instr);
    terminated = isJump(instr.op) || isScopeExit(instr.op);
  }
  resolveTargets(instrs, labels, blockAt);
  return entry;
}

function resolveTargets(instrs: readonly Instr[], labels: readonly number[], blockAt: Map<number, BasicBlock>): void {
  for (const instr of instrs) {
    if (!hasTarget(instr.op)) continue;
    const target = blockAt.get(labels[instr.arg]!);
    if (target === undefined) throw new RangeError(`jump to unplaced label ${instr.arg}`);
    instr.target = target;
    if (isBlockPush(instr.op)) target.isHandler = true;
  }
}
