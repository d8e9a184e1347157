/** Instructions before assembly, basic blocks, and the linear sequence that code generation writes. */

import type { Position } from '../syntax/ast.ts';
import type { Op } from './opcodes.ts';
import { Op as O } from './opcodes.ts';

/** A jump target: an index into `InstructionSequence.labels`. */
export type Label = number;

/** An instruction with its full argument (no EXTENDED_ARG) and its source position. */
export class Instr {
  op: Op;
  /** For jumps and SETUP_*: a label, then (in the graph) without meaning until offsets are resolved. */
  arg: number;
  loc: Position;
  /** Where a jump or SETUP_* leads; set when the graph is built. */
  target: BasicBlock | null = null;
  /** The handler that catches what this instruction raises. */
  except: BasicBlock | null = null;

  constructor(op: Op, arg: number, loc: Position) {
    this.op = op;
    this.arg = arg;
    this.loc = loc;
  }

  clone(): Instr {
    const copy = new Instr(this.op, this.arg, this.loc);
    copy.target = this.target;
    copy.except = this.except;
    return copy;
  }

  toNop(): void {
    this.op = O.NOP;
    this.arg = 0;
  }
}

/** Instructions that are entered at the first and left at the last. */
export class BasicBlock {
  instrs: Instr[] = [];
  /** The next block in the order of the code. */
  next: BasicBlock | null = null;
  /** Set if something may jump here. */
  labelled = false;
  isHandler = false;
  /** The handler is entered with the offset of the failing instruction below the exception. */
  preserveLasti = false;
  cold = false;
  warm = false;
  visited = false;
  predecessors = 0;
  /** Stack depth on entry; negative while unknown. */
  startDepth = -1;
  /** Units from the start of the code. */
  offset = 0;
  /** Handlers active on entry, innermost last. */
  handlers: BasicBlock[] | null = null;
  /** Bits of the first 64 locals that may be unbound on entry. */
  unsafeLow = 0;
  unsafeHigh = 0;

  get last(): Instr | undefined {
    return this.instrs[this.instrs.length - 1];
  }

  /** Whether control can reach `next` from here. */
  get fallsThrough(): boolean {
    const { last } = this;
    return last === undefined || !(isScopeExit(last.op) || isUnconditionalJump(last.op));
  }

  get exitsScope(): boolean {
    const { last } = this;
    return last !== undefined && isScopeExit(last.op);
  }
}

/** What code generation writes: instructions in order and the places of labels. */
export class InstructionSequence {
  readonly instrs: Instr[] = [];
  /** Index of the instruction at each label; -1 until placed. */
  readonly labels: number[] = [];

  newLabel(): Label {
    return this.labels.push(-1) - 1;
  }

  place(label: Label): void {
    this.labels[label] = this.instrs.length;
  }

  /** Inserts at the start; placed labels keep their instructions. */
  insertFirst(instr: Instr): void {
    this.instrs.unshift(instr);
    for (let i = 0; i < this.labels.length; i++) if (this.labels[i]! >= 0) this.labels[i]!++;
  }
}

export function isBlockPush(op: Op): boolean {
  return op === O.SETUP_FINALLY || op === O.SETUP_CLEANUP || op === O.SETUP_WITH;
}

export function isUnconditionalJump(op: Op): boolean {
  return (
    op === O.JUMP ||
    op === O.JUMP_NO_INTERRUPT ||
    op === O.JUMP_FORWARD ||
    op === O.JUMP_BACKWARD ||
    op === O.JUMP_BACKWARD_NO_INTERRUPT
  );
}

export function isScopeExit(op: Op): boolean {
  return op === O.RETURN_VALUE || op === O.RETURN_CONST || op === O.RAISE_VARARGS || op === O.RERAISE;
}

function isConditionalJump(op: Op): boolean {
  return (
    op === O.POP_JUMP_IF_FALSE ||
    op === O.POP_JUMP_IF_TRUE ||
    op === O.POP_JUMP_IF_NONE ||
    op === O.POP_JUMP_IF_NOT_NONE ||
    op === O.FOR_ITER ||
    op === O.SEND
  );
}

export function isJump(op: Op): boolean {
  return isUnconditionalJump(op) || isConditionalJump(op);
}

export function hasTarget(op: Op): boolean {
  return isJump(op) || isBlockPush(op);
}

export function hasConst(op: Op): boolean {
  return op === O.LOAD_CONST || op === O.RETURN_CONST || op === O.KW_NAMES;
}
