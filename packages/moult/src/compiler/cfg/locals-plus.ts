/** Final numbers of cells and free variables, and the instructions that set them up. */

import { CodeFlag, LocalKind } from '../code-data.ts';
import { NO_LOCATION } from '../context.ts';
import { Instr } from '../instr.ts';
import type { BasicBlock } from '../instr.ts';
import { Op } from '../opcodes.ts';
import type { Unit } from '../codegen/unit.ts';
import { blocksFrom } from './traverse.ts';

/** Until here cells are numbered from 0 and free variables after them; in the frame they follow the locals, and a
 *  cell that is also a parameter takes the parameter's place. Also inserts the instructions a frame starts with. */
export function prepareLocalsPlus(unit: Unit, entry: BasicBlock, flags: number): void {
  const fixed = finalOffsets(unit);
  insertPrefix(unit, entry, flags, fixed.before);
  for (const block of blocksFrom(entry)) {
    for (const instr of block.instrs) if (usesCell(instr.op)) instr.arg = fixed.after[instr.arg]!;
  }
}

/** Offsets before and after the places of cells that are parameters are taken out. */
function finalOffsets(unit: Unit): { before: number[]; after: number[] } {
  const nlocals = unit.varnames.size;
  const noffsets = unit.cellvars.size + unit.freevars.size;
  const before = Array.from({ length: noffsets }, (_, i) => nlocals + i);
  for (const [name, index] of unit.cellvars) {
    const local = unit.varnames.get(name);
    if (local !== undefined) before[index] = local;
  }
  let dropped = 0;
  const after = before.map((offset, i) => {
    if (offset === nlocals + i) return offset - dropped;
    dropped++;
    return offset;
  });
  return { before, after };
}

function usesCell(op: Op): boolean {
  switch (op) {
    case Op.MAKE_CELL:
    case Op.LOAD_CLOSURE:
    case Op.LOAD_DEREF:
    case Op.STORE_DEREF:
    case Op.DELETE_DEREF:
    case Op.LOAD_FROM_DICT_OR_DEREF:
      return true;
    default:
      return false;
  }
}

function insertPrefix(unit: Unit, entry: BasicBlock, flags: number, offsets: readonly number[]): void {
  const prefix: Instr[] = [];
  if (unit.freevars.size > 0) prefix.push(new Instr(Op.COPY_FREE_VARS, unit.freevars.size, NO_LOCATION));
  const cells = [...unit.cellvars.values()].sort((a, b) => offsets[a]! - offsets[b]!);
  for (const cell of cells) prefix.push(new Instr(Op.MAKE_CELL, cell, NO_LOCATION));
  if ((flags & (CodeFlag.GENERATOR | CodeFlag.COROUTINE | CodeFlag.ASYNC_GENERATOR)) !== 0) {
    const lineno = unit.firstlineno;
    const loc = { lineno, endLineno: lineno, colOffset: -1, endColOffset: -1 };
    prefix.push(new Instr(Op.RETURN_GENERATOR, 0, loc), new Instr(Op.POP_TOP, 0, NO_LOCATION));
  }
  entry.instrs.unshift(...prefix);
}

/** Names and kinds of all slots, in frame order. */
export function localsPlusTable(unit: Unit): { names: string[]; kinds: Uint8Array } {
  const names: string[] = [];
  const kinds: number[] = [];
  for (const name of unit.varnames.keys()) {
    const hidden = unit.fastHidden.has(name) ? LocalKind.Hidden : 0;
    const cell = unit.cellvars.has(name) ? LocalKind.Cell : 0;
    names.push(name);
    kinds.push(LocalKind.Local | hidden | cell);
  }
  for (const name of unit.cellvars.keys()) {
    if (unit.varnames.has(name)) continue;
    names.push(name);
    kinds.push(LocalKind.Cell);
  }
  for (const name of unit.freevars.keys()) {
    names.push(name);
    kinds.push(LocalKind.Free);
  }
  return { names, kinds: Uint8Array.from(kinds) };
}
