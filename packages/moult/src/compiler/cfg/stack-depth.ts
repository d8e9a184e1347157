/** How deep the value stack gets. */

import { CodeFlag } from '../code-data.ts';
import { hasTarget, isScopeExit, isUnconditionalJump } from '../instr.ts';
import type { BasicBlock, Instr } from '../instr.ts';
import { OPCODES, Op } from '../opcodes.ts';
import { blocksFrom } from './traverse.ts';

/** Depths beyond this are not followed further. */
const MAX_FOLLOWED = 100;

/** Sets the depth on entry of every block and returns the greatest depth. Loops must have no net effect. */
export function computeStackDepth(entry: BasicBlock, flags: number): number {
  for (const block of blocksFrom(entry)) block.startDepth = -1;
  const stack: BasicBlock[] = [];
  const enter = (block: BasicBlock, depth: number): void => {
    if (block.startDepth >= depth || block.startDepth >= MAX_FOLLOWED) return;
    block.startDepth = depth;
    stack.push(block);
  };
  const isGenerator = (flags & (CodeFlag.GENERATOR | CodeFlag.COROUTINE | CodeFlag.ASYNC_GENERATOR)) !== 0;
  enter(entry, isGenerator ? 1 : 0);
  let max = 0;
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    let depth = block.startDepth;
    let { next } = block;
    for (const instr of block.instrs) {
      const after = depth + stackEffect(instr, false);
      if (after > max) max = after;
      if (hasTarget(instr.op)) {
        const atTarget = depth + stackEffect(instr, true);
        if (atTarget > max) max = atTarget;
        enter(instr.target!, atTarget);
      }
      depth = after;
      if (isUnconditionalJump(instr.op) || isScopeExit(instr.op)) {
        next = null;
        break;
      }
    }
    if (next !== null) enter(next, depth);
  }
  return max;
}

/** Values pushed minus values popped, when the instruction jumps (or its handler is entered) or not. */
export function stackEffect({ op, arg }: Pick<Instr, 'op' | 'arg'>, jump: boolean): number {
  switch (op) {
    case Op.SETUP_FINALLY:
    case Op.SETUP_WITH:
      return jump ? 1 : 0;
    case Op.SETUP_CLEANUP:
      return jump ? 2 : 0;
    case Op.STORE_FAST_MAYBE_NULL:
      return -1;
    case Op.POP_BLOCK:
    case Op.JUMP:
    case Op.JUMP_NO_INTERRUPT:
      return 0;
    default: {
      const effect = OPCODES[op]?.effect;
      if (effect === undefined) throw new RangeError(`no stack effect for opcode ${op}`);
      return typeof effect === 'number' ? effect : effect(arg);
    }
  }
}
