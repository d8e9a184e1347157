/** Gives every instruction that can leave the frame a line. */

import { NO_LOCATION } from '../context.ts';
import { BasicBlock, isJump } from '../instr.ts';
import { Op } from '../opcodes.ts';
import { blocksFrom } from './traverse.ts';

export function resolveLineNumbers(entry: BasicBlock, firstlineno: number): void {
  duplicateExits(entry);
  propagate(entry);
  guaranteeExitLines(entry, firstlineno);
}

function isExitWithoutLine(block: BasicBlock): boolean {
  return block.exitsScope && block.instrs.every((instr) => instr.loc.lineno < 0);
}

/** Exit blocks without line are copied until each has one way in, whose line it then takes. */
function duplicateExits(entry: BasicBlock): void {
  for (const block of blocksFrom(entry)) {
    const { last } = block;
    if (last === undefined || !isJump(last.op)) continue;
    const target = last.target!;
    if (!isExitWithoutLine(target) || target.predecessors <= 1) continue;
    const copy = new BasicBlock();
    copy.instrs = target.instrs.map((instr) => instr.clone());
    copy.instrs[0]!.loc = last.loc;
    last.target = copy;
    target.predecessors--;
    copy.predecessors = 1;
    copy.labelled = true;
    copy.next = target.next;
    target.next = copy;
  }
  for (const block of blocksFrom(entry)) {
    const { next, last } = block;
    if (!block.fallsThrough || next === null || last === undefined) continue;
    if (isExitWithoutLine(next)) next.instrs[0]!.loc = last.loc;
  }
}

function propagate(entry: BasicBlock): void {
  for (const block of blocksFrom(entry)) {
    const { last } = block;
    if (last === undefined) continue;
    let previous = NO_LOCATION;
    for (const instr of block.instrs) {
      if (instr.loc.lineno < 0) instr.loc = previous;
      else previous = instr.loc;
    }
    const inherit = (next: BasicBlock): void => {
      const first = next.instrs[0];
      if (next.predecessors === 1 && first !== undefined && first.loc.lineno < 0) first.loc = previous;
    };
    if (block.fallsThrough && block.next !== null) inherit(block.next);
    if (isJump(last.op)) inherit(last.target!);
  }
}

function guaranteeExitLines(entry: BasicBlock, firstlineno: number): void {
  let lineno = firstlineno;
  for (const block of blocksFrom(entry)) {
    const { last } = block;
    if (last === undefined) continue;
    if (last.loc.lineno >= 0) lineno = last.loc.lineno;
    else if (last.op === Op.RETURN_VALUE) {
      for (const instr of block.instrs) instr.loc = { ...instr.loc, lineno };
    }
  }
}
