/** Finds loads of locals that may be unbound and makes them checked.
 *
 *  The first 64 locals are followed along all paths, as one bit each; later ones only within a block. */

import { isJump } from '../instr.ts';
import type { BasicBlock, Instr } from '../instr.ts';
import { Op } from '../opcodes.ts';
import { blocksFrom, resetVisited } from './traverse.ts';

const MAX_TRACKED = 64;

export function checkUnboundLocals(entry: BasicBlock, nlocals: number, nparams: number): void {
  if (nlocals === 0) return;
  if (nlocals > MAX_TRACKED) checkWithinBlocks(entry, nlocals);
  resetVisited(entry);
  const stack: BasicBlock[] = [];
  let low = 0;
  let high = 0;
  for (let i = nparams; i < Math.min(nlocals, MAX_TRACKED); i++) {
    if (i < 32) low |= 1 << i;
    else high |= 1 << (i - 32);
  }
  addUnsafe(entry, low, high, stack);
  for (const block of blocksFrom(entry)) scanBlock(block, stack);
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    block.visited = false;
    scanBlock(block, stack);
  }
}

/** Schedules `block` if it learns of another local that may be unbound. */
function addUnsafe(block: BasicBlock, low: number, high: number, stack: BasicBlock[]): void {
  const bothLow = block.unsafeLow | low;
  const bothHigh = block.unsafeHigh | high;
  if (bothLow === block.unsafeLow && bothHigh === block.unsafeHigh) return;
  block.unsafeLow = bothLow;
  block.unsafeHigh = bothHigh;
  if (block.visited) return;
  block.visited = true;
  stack.push(block);
}

function scanBlock(block: BasicBlock, stack: BasicBlock[]): void {
  let low = block.unsafeLow;
  let high = block.unsafeHigh;
  for (const instr of block.instrs) {
    if (instr.except !== null) addUnsafe(instr.except, low, high, stack);
    if (instr.arg >= MAX_TRACKED) continue;
    const lowBit = instr.arg < 32 ? 1 << instr.arg : 0;
    const highBit = instr.arg < 32 ? 0 : 1 << (instr.arg - 32);
    if (unbinds(instr)) {
      low |= lowBit;
      high |= highBit;
    } else if (binds(instr.op)) {
      if (instr.op === Op.LOAD_FAST && ((low & lowBit) !== 0 || (high & highBit) !== 0)) instr.op = Op.LOAD_FAST_CHECK;
      low &= ~lowBit;
      high &= ~highBit;
    }
  }
  if (block.next !== null && block.fallsThrough) addUnsafe(block.next, low, high, stack);
  const { last } = block;
  if (last !== undefined && isJump(last.op)) addUnsafe(last.target!, low, high, stack);
}

function unbinds({ op }: Instr): boolean {
  return op === Op.DELETE_FAST || op === Op.LOAD_FAST_AND_CLEAR || op === Op.STORE_FAST_MAYBE_NULL;
}

/** After these the local is bound: a load that gets past its check has proved it. */
function binds(op: Op): boolean {
  return op === Op.STORE_FAST || op === Op.LOAD_FAST || op === Op.LOAD_FAST_CHECK;
}

function checkWithinBlocks(entry: BasicBlock, nlocals: number): void {
  const boundIn = new Int32Array(nlocals);
  let number = 0;
  for (const block of blocksFrom(entry)) {
    number++;
    for (const instr of block.instrs) {
      if (instr.arg < MAX_TRACKED) continue;
      if (unbinds(instr)) boundIn[instr.arg] = number - 1;
      else if (instr.op === Op.STORE_FAST) boundIn[instr.arg] = number;
      else if (instr.op === Op.LOAD_FAST) {
        if (boundIn[instr.arg] !== number) instr.op = Op.LOAD_FAST_CHECK;
        boundIn[instr.arg] = number;
      }
    }
  }
}
