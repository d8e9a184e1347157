/** Iterating over wordcode. */

import type { CodeData } from './code-data.ts';
import { CACHE_COUNTS, Op } from './opcodes.ts';

export interface DecodedInstruction {
  /** Code unit of the opcode, after any EXTENDED_ARG. */
  readonly offset: number;
  readonly op: number;
  /** The full argument, EXTENDED_ARGs included. */
  readonly arg: number;
  /** Code unit where its EXTENDED_ARGs start, or `offset`. */
  readonly start: number;
  /** Code unit after its caches. */
  readonly end: number;
}

/** The instructions of un-specialised code, caches skipped, EXTENDED_ARG merged in. */
export function* instructions(code: Pick<CodeData, 'code'>): Generator<DecodedInstruction> {
  const bytes = code.code;
  let extended = 0;
  let start = 0;
  for (let offset = 0; offset * 2 < bytes.length;) {
    const op = bytes[offset * 2]!;
    const arg = (extended << 8) | bytes[offset * 2 + 1]!;
    if (op === Op.EXTENDED_ARG) {
      extended = arg;
      offset++;
      continue;
    }
    const end = offset + 1 + CACHE_COUNTS[op]!;
    yield { offset, op, arg, start, end };
    extended = 0;
    offset = start = end;
  }
}
