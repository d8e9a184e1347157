/** The shape of a code object's units: instructions, where they lead to, and how deep the stack is before each. */
import { CodeFlag } from '../../compiler/code-data.ts';
import { stackEffect } from '../../compiler/cfg/stack-depth.ts';
import { CACHE_COUNTS, Op } from '../../compiler/opcodes.ts';
import { Handler } from '../../frames/executable-code.ts';
import { Quick } from '../../frames/quick.ts';
import type { ExecutableCode } from '../../frames/executable-code.ts';

export interface Flow {
  /** Depth of the stack before the instruction at each unit; −1: never reached, or no instruction. */
  readonly depths: Int16Array;
  /** 1 for each unit at which a run may begin, or to which something jumps. */
  readonly leaders: Uint8Array;
}

/** Opcodes that never go on to the next instruction. */
export function ends(op: number): boolean {
  switch (op) {
    case Op.RETURN_VALUE:
    case Op.RETURN_CONST:
    case Op.RAISE_VARARGS:
    case Op.RERAISE:
    case Op.JUMP_FORWARD:
    case Op.JUMP_BACKWARD:
    case Op.JUMP_BACKWARD_NO_INTERRUPT:
    case Op.INTERPRETER_EXIT:
      return true;
    default:
      return false;
  }
}

/** The unit to which the instruction at `unit` may jump, −1 if it does not. */
export function targetOf(op: number, arg: number, unit: number): number {
  const next = unit + 1 + CACHE_COUNTS[op];
  switch (op) {
    case Op.FOR_ITER:
      // Over END_FOR, which the exhausted iterator does not need.
      return next + arg + 1;
    case Op.JUMP_FORWARD:
    case Op.POP_JUMP_IF_FALSE:
    case Op.POP_JUMP_IF_TRUE:
    case Op.POP_JUMP_IF_NONE:
    case Op.POP_JUMP_IF_NOT_NONE:
    case Op.SEND:
      return next + arg;
    case Op.JUMP_BACKWARD:
    case Op.JUMP_BACKWARD_NO_INTERRUPT:
      return next - arg;
    default:
      return -1;
  }
}

/** Follows every way through the code. */
export function findFlow(exec: ExecutableCode): Flow {
  const n = exec.data.code.length >> 1;
  const depths = new Int16Array(n).fill(-1);
  const leaders = new Uint8Array(n + 1);
  const work: number[] = [];
  const reach = (unit: number, depth: number): void => {
    if (unit >= n || depths[unit] >= 0) return;
    depths[unit] = depth;
    work.push(unit);
  };
  const enter = (unit: number, depth: number): void => {
    leaders[unit] = 1;
    reach(unit, depth);
  };
  enter(0, 0);
  const table = exec.handlers;
  for (let i = 0; i < table.length; i += Handler.Words) {
    enter(table[i + Handler.Target], table[i + Handler.Depth] + (table[i + Handler.Lasti] !== 0 ? 2 : 1));
  }
  const isGenerator = (exec.flags & (CodeFlag.GENERATOR | CodeFlag.COROUTINE | CodeFlag.ASYNC_GENERATOR)) !== 0;
  for (let unit = work.pop(); unit !== undefined; unit = work.pop()) {
    const whole = exec.originalUnit(unit);
    const op = whole & 255;
    const arg = whole >> 8;
    const depth = depths[unit];
    const next = unit + 1 + CACHE_COUNTS[op];
    const target = targetOf(op, arg, unit);
    if (target >= 0) enter(target, op === Op.FOR_ITER ? depth - 1 : depth + stackEffect({ op, arg }, true));
    // A generator goes on after it with what was sent to it, which RESUME's neighbour drops.
    if (op === Op.RETURN_GENERATOR && isGenerator) enter(next, depth + 1);
    else if (!ends(op)) {
      if (pushesFrame(exec, unit) || op === Op.RESUME) leaders[next] = 1;
      reach(next, depth + stackEffect({ op, arg }, false));
      // END_FOR is where a generator that returned leads to.
      if (op === Op.FOR_ITER) enter(next + arg, depth + 1);
    }
  }
  return { depths, leaders };
}

/** Whether another frame may be current after the instruction that comes back to the next one. */
function pushesFrame(exec: ExecutableCode, unit: number): boolean {
  switch (exec.units[unit] & 255) {
    case Op.CALL:
    case Op.CALL_FUNCTION_EX:
    case Op.YIELD_VALUE:
    case Op.SEND:
    case Quick.ForGenerator:
    case Quick.LoadAttrProperty:
    case Quick.SubscriptMethod:
      return true;
    default:
      return false;
  }
}
