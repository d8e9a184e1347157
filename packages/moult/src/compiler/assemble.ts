/** Bytes: wordcode, location table (PEP 626, 657), exception table. */

import type { Position } from '../syntax/ast.ts';
import { ByteWriter } from './byte-writer.ts';
import { instrSize } from './cfg/jumps.ts';
import { blocksFrom } from './cfg/traverse.ts';
import { NO_LOCATION } from './context.ts';
import type { BasicBlock, Instr } from './instr.ts';
import { CACHE_COUNTS, Op } from './opcodes.ts';

interface Assembled {
  code: Uint8Array;
  linetable: Uint8Array;
  exceptiontable: Uint8Array;
}

/** Encodes the blocks in order. Jump distances must be resolved. */
export function assemble(entry: BasicBlock, firstlineno: number): Assembled {
  const instrs: Instr[] = [];
  for (const block of blocksFrom(entry)) for (const instr of block.instrs) instrs.push(instr);
  return {
    code: encodeCode(instrs),
    linetable: encodeLocations(instrs, firstlineno),
    exceptiontable: encodeExceptions(instrs),
  };
}

function encodeCode(instrs: readonly Instr[]): Uint8Array {
  const out = new ByteWriter();
  for (const { op, arg } of instrs) {
    for (let shift = 24; shift > 0; shift -= 8) {
      if (arg >>> shift === 0) continue;
      out.byte(Op.EXTENDED_ARG);
      out.byte((arg >>> shift) & 0xff);
    }
    out.byte(op);
    out.byte(arg & 0xff);
    for (let n = CACHE_COUNTS[op]! * 2; n > 0; n--) out.byte(0);
  }
  return out.finish();
}

// Locations

/** Kinds of location table entries; 0 to 9 are short forms by column group. */
export const enum LocationKind {
  OneLine0 = 10,
  NoColumns = 13,
  Long = 14,
  None = 15,
}

/** Units one entry can cover. */
const MAX_ENTRY_LENGTH = 8;

function encodeLocations(instrs: readonly Instr[], firstlineno: number): Uint8Array {
  const out = new ByteWriter();
  let line = firstlineno;
  let loc = NO_LOCATION;
  let size = 0;
  const flush = (): void => {
    for (; size > 0; size -= MAX_ENTRY_LENGTH) {
      writeLocation(out, loc, Math.min(size, MAX_ENTRY_LENGTH), line);
      if (loc.lineno >= 0) line = loc.lineno;
    }
    size = 0;
  };
  for (const instr of instrs) {
    if (!sameLocation(loc, instr.loc)) {
      flush();
      ({ loc } = instr);
    }
    size += instrSize(instr);
  }
  flush();
  return out.finish();
}

function sameLocation(a: Position, b: Position): boolean {
  return (
    a === b ||
    (a.lineno === b.lineno &&
      a.endLineno === b.endLineno &&
      a.colOffset === b.colOffset &&
      a.endColOffset === b.endColOffset)
  );
}

/** One entry for `length` units; `line` is the line of the entry before. */
function writeLocation(out: ByteWriter, loc: Position, length: number, line: number): void {
  const head = (kind: number): void => out.byte(0x80 | (kind << 3) | (length - 1));
  const { lineno, endLineno, colOffset: column, endColOffset: endColumn } = loc;
  if (lineno < 0) return head(LocationKind.None);
  const delta = lineno - line;
  if (column < 0 || endColumn < 0) {
    if (endLineno === lineno || endLineno === -1) {
      head(LocationKind.NoColumns);
      return out.signedVarint(delta);
    }
  } else if (endLineno === lineno) {
    if (delta === 0 && column < 80 && endColumn - column < 16 && endColumn >= column) {
      head(column >> 3);
      return out.byte(((column & 7) << 4) | (endColumn - column));
    }
    if (delta >= 0 && delta < 3 && column < 128 && endColumn < 128) {
      head(LocationKind.OneLine0 + delta);
      out.byte(column);
      return out.byte(endColumn);
    }
  }
  head(LocationKind.Long);
  out.signedVarint(delta);
  out.varint(endLineno - lineno);
  out.varint(column + 1);
  out.varint(endColumn + 1);
}

// Exceptions

function encodeExceptions(instrs: readonly Instr[]): Uint8Array {
  const out = new ByteWriter();
  let handler = null as BasicBlock | null;
  let start = 0;
  let offset = 0;
  for (const instr of instrs) {
    if (instr.except !== handler) {
      if (handler !== null) writeExceptionEntry(out, start, offset, handler);
      start = offset;
      handler = instr.except;
    }
    offset += instrSize(instr);
  }
  if (handler !== null) writeExceptionEntry(out, start, offset, handler);
  return out.finish();
}

function writeExceptionEntry(out: ByteWriter, start: number, end: number, handler: BasicBlock): void {
  const lasti = Number(handler.preserveLasti);
  const depth = handler.startDepth - 1 - lasti;
  out.bigEndianVarint(start, 0x80);
  out.bigEndianVarint(end - start, 0);
  out.bigEndianVarint(handler.offset, 0);
  out.bigEndianVarint((depth << 1) | lasti, 0);
}
