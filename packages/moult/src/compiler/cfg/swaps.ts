/** Runs of SWAPs: the shortest equivalent run, and SWAPs done ahead of time by exchanging instructions. */

import type { Instr } from '../instr.ts';
import { Op } from '../opcodes.ts';

/** Replaces the run of SWAPs and NOPs at `start` by the shortest run with the same effect, ending where it ended.
 *  Returns the index of the run's last instruction. */
export function swaptimize(instrs: Instr[], start: number): number {
  let depth = instrs[start]!.arg;
  let end = start + 1;
  let more = false;
  for (; end < instrs.length; end++) {
    const { op, arg } = instrs[end]!;
    if (op === Op.SWAP) {
      depth = Math.max(depth, arg);
      more = true;
    } else if (op !== Op.NOP) {
      break;
    }
  }
  if (!more) return start;
  writeSwaps(instrs, start, end, permutation(instrs, start, end, depth));
  return end - 1;
}

/** Where each stack position's value comes from after the run. */
function permutation(instrs: readonly Instr[], start: number, end: number, depth: number): number[] {
  const stack = Array.from({ length: depth }, (_, i) => i);
  for (let i = start; i < end; i++) {
    const { op, arg } = instrs[i]!;
    if (op !== Op.SWAP) continue;
    const top = stack[0]!;
    stack[0] = stack[arg - 1]!;
    stack[arg - 1] = top;
  }
  return stack;
}

const VISITED = -1;

/** Writes SWAPs from the end backwards: each cycle of the permutation is undone through position 0. */
function writeSwaps(instrs: readonly Instr[], start: number, end: number, stack: number[]): void {
  let current = end - 1;
  for (let i = 0; i < stack.length; i++) {
    if (stack[i] === VISITED || stack[i] === i) continue;
    for (let j = i; ;) {
      if (j !== 0) {
        instrs[current]!.op = Op.SWAP;
        instrs[current--]!.arg = j + 1;
      }
      const next = stack[j]!;
      if (next === VISITED) break;
      stack[j] = VISITED;
      j = next;
    }
  }
  while (current >= start) instrs[current--]!.toNop();
}

/** Instructions that only consume the top and may change places. */
function isSwappable(op: Op): boolean {
  return op === Op.STORE_FAST || op === Op.STORE_FAST_MAYBE_NULL || op === Op.POP_TOP;
}

function storesTo(instr: Instr): number {
  return instr.op === Op.STORE_FAST || instr.op === Op.STORE_FAST_MAYBE_NULL ? instr.arg : -1;
}

/** Index of the next swappable instruction, only NOPs between, on `lineno` if that is not negative; or -1. */
function nextSwappable(instrs: readonly Instr[], i: number, lineno: number): number {
  while (++i < instrs.length) {
    const instr = instrs[i]!;
    if (lineno >= 0 && instr.loc.lineno !== lineno) return -1;
    if (instr.op === Op.NOP) continue;
    return isSwappable(instr.op) ? i : -1;
  }
  return -1;
}

/** `SWAP 2; POP_TOP; STORE x` becomes `STORE x; POP_TOP`, for the SWAPs at and before `i`. */
export function applyStaticSwaps(instrs: Instr[], i: number): void {
  for (; i >= 0; i--) {
    const swap = instrs[i]!;
    if (swap.op !== Op.SWAP) {
      if (swap.op === Op.NOP || isSwappable(swap.op)) continue;
      return;
    }
    const j = nextSwappable(instrs, i, -1);
    if (j < 0) return;
    const k = partner(instrs, j, swap.arg);
    if (k < 0 || storesConflict(instrs, j, k)) return;
    swap.toNop();
    [instrs[j], instrs[k]] = [instrs[k]!, instrs[j]!];
  }
}

function partner(instrs: readonly Instr[], j: number, depth: number): number {
  const { lineno } = instrs[j]!.loc;
  let k = j;
  for (let count = depth - 1; count > 0; count--) {
    k = nextSwappable(instrs, k, lineno);
    if (k < 0) return -1;
  }
  return k;
}

/** Whether exchanging would change which value a local ends up with. */
function storesConflict(instrs: readonly Instr[], j: number, k: number): boolean {
  const storeJ = storesTo(instrs[j]!);
  const storeK = storesTo(instrs[k]!);
  if (storeJ < 0 && storeK < 0) return false;
  if (storeJ === storeK) return true;
  for (let i = j + 1; i < k; i++) {
    const store = storesTo(instrs[i]!);
    if (store >= 0 && (store === storeJ || store === storeK)) return true;
  }
  return false;
}
