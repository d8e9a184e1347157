/** Which handler catches what each instruction raises. */

import { isBlockPush, isJump } from '../instr.ts';
import type { BasicBlock, Instr } from '../instr.ts';
import { Op } from '../opcodes.ts';
import { resetVisited } from './traverse.ts';

/** Follows SETUP_* and POP_BLOCK along all paths; sets `except` of every instruction and the depth of yields. */
export function labelExceptionTargets(entry: BasicBlock): void {
  resetVisited(entry);
  const todo: BasicBlock[] = [entry];
  entry.visited = true;
  entry.handlers = [];
  const enter = (block: BasicBlock, handlers: BasicBlock[]): void => {
    if (block.visited) return;
    block.visited = true;
    block.handlers = handlers;
    todo.push(block);
  };
  for (let block = todo.pop(); block !== undefined; block = todo.pop()) {
    let handlers = block.handlers!;
    block.handlers = null;
    for (const instr of block.instrs) handlers = labelInstruction(instr, handlers, enter);
    if (block.fallsThrough && block.next !== null) enter(block.next, handlers);
  }
}

/** Returns the handlers active after the instruction. Lists are never changed, so that paths may share them. */
function labelInstruction(
  instr: Instr,
  handlers: BasicBlock[],
  enter: (block: BasicBlock, handlers: BasicBlock[]) => void,
): BasicBlock[] {
  if (isBlockPush(instr.op)) {
    const target = instr.target!;
    enter(target, handlers);
    if (instr.op !== Op.SETUP_FINALLY) target.preserveLasti = true;
    return [...handlers, target];
  }
  if (instr.op === Op.POP_BLOCK) return handlers.slice(0, -1);
  instr.except = handlers[handlers.length - 1] ?? null;
  if (isJump(instr.op)) enter(instr.target!, handlers);
  else if (instr.op === Op.YIELD_VALUE) instr.arg = handlers.length;
  return handlers;
}
