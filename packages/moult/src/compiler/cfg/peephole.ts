/** Optimisations within one block: constant conditions, jumps to jumps, constant tuples, SWAPs. */

import { ComputedTuple, ConstFrozenSet, ConstTuple } from '../code-data.ts';
import type { ConstValue } from '../code-data.ts';
import type { ConstPool, PooledConst } from '../const-pool.ts';
import { hasTarget } from '../instr.ts';
import type { BasicBlock, Instr } from '../instr.ts';
import { Op } from '../opcodes.ts';
import { PyComplex } from '../../syntax/ast.ts';
import { applyStaticSwaps, swaptimize } from './swaps.ts';

export function optimizeBlock(block: BasicBlock, consts: PooledConst[], pool: ConstPool): void {
  const { instrs } = block;
  let op: Op = Op.CACHE;
  let arg = 0;
  let target: Instr | null = null;
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i]!;
    // A copy of a constant is treated as the constant.
    const copiesConst = op === Op.LOAD_CONST && instr.op === Op.COPY && instr.arg === 1;
    if (!copiesConst) {
      ({ op, arg } = instr);
      target = hasTarget(op) ? instr.target!.instrs[0]! : null;
    }
    switch (op) {
      case Op.LOAD_CONST:
        i += foldConstUse(instrs, i, arg, consts);
        break;
      case Op.BUILD_TUPLE:
        foldTuple(instrs, i, arg, consts, pool);
        break;
      case Op.POP_JUMP_IF_NOT_NONE:
      case Op.POP_JUMP_IF_NONE:
      case Op.POP_JUMP_IF_FALSE:
      case Op.POP_JUMP_IF_TRUE:
      case Op.JUMP:
        if (target?.op === Op.JUMP && threadJump(instr, target)) i--;
        break;
      case Op.SWAP:
        if (arg === 1) {
          instr.toNop();
        } else {
          i = swaptimize(instrs, i);
          applyStaticSwaps(instrs, i);
        }
        break;
      case Op.PUSH_NULL:
        foldPushNull(instrs, i);
        break;
      default:
        break;
    }
  }
}

/** A constant on top before instruction i + 1. Returns how many further instructions are done. */
function foldConstUse(instrs: Instr[], i: number, arg: number, consts: readonly PooledConst[]): number {
  const next = instrs[i + 1];
  switch (next?.op) {
    case Op.POP_JUMP_IF_FALSE:
    case Op.POP_JUMP_IF_TRUE: {
      const jumps = isTrue(consts[arg]!.value) === (next.op === Op.POP_JUMP_IF_TRUE);
      instrs[i]!.toNop();
      if (jumps) next.op = Op.JUMP;
      else next.toNop();
      return 0;
    }
    case Op.IS_OP: {
      const jump = instrs[i + 2];
      if (consts[arg]!.value !== null) return 0;
      if (jump?.op !== Op.POP_JUMP_IF_FALSE && jump?.op !== Op.POP_JUMP_IF_TRUE) return 0;
      const notNone = (next.arg ^ Number(jump.op === Op.POP_JUMP_IF_FALSE)) !== 0;
      instrs[i]!.toNop();
      next.toNop();
      jump.op = notNone ? Op.POP_JUMP_IF_NOT_NONE : Op.POP_JUMP_IF_NONE;
      return 0;
    }
    case Op.RETURN_VALUE:
      instrs[i]!.toNop();
      next.op = Op.RETURN_CONST;
      next.arg = arg;
      return 1;
    default:
      return 0;
  }
}

/** Python truth of a constant. */
function isTrue(value: ConstValue): boolean {
  if (value === null) return false;
  if (value instanceof Uint8Array) return value.length > 0;
  if (value instanceof PyComplex) return value.real !== 0 || value.imag !== 0;
  if (value instanceof ConstTuple || value instanceof ConstFrozenSet) return value.items.length > 0;
  if (typeof value === 'number') return value !== 0;
  return Boolean(value);
}

function foldTuple(instrs: Instr[], i: number, size: number, consts: PooledConst[], pool: ConstPool): void {
  const instr = instrs[i]!;
  const next = instrs[i + 1];
  if (next?.op === Op.UNPACK_SEQUENCE && next.arg === size && size >= 1 && size <= 3) {
    instr.toNop();
    if (size === 1) next.toNop();
    else next.op = Op.SWAP;
    return;
  }
  if (i < size) return;
  const items: ConstValue[] = [];
  for (let k = i - size; k < i; k++) {
    if (instrs[k]!.op !== Op.LOAD_CONST) return;
    items.push(consts[instrs[k]!.arg]!.value);
  }
  const tuple = pool.intern(new ComputedTuple(items));
  let index = consts.indexOf(tuple);
  if (index < 0) index = consts.push(tuple) - 1;
  for (let k = i - size; k < i; k++) instrs[k]!.toNop();
  instr.op = Op.LOAD_CONST;
  instr.arg = index;
}

/** Sends a jump to a jump directly to the second's target, if no line gets lost. */
function threadJump(instr: Instr, target: Instr): boolean {
  if (instr.loc.lineno !== target.loc.lineno && target.loc.lineno !== -1) return false;
  if (instr.target === target.target) return false;
  instr.target = target.target;
  return true;
}

function foldPushNull(instrs: Instr[], i: number): void {
  const next = instrs[i + 1];
  if (next?.op !== Op.LOAD_GLOBAL || (next.arg & 1) !== 0) return;
  instrs[i]!.toNop();
  next.arg |= 1;
}
