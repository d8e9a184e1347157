/** Reading a code object's exception table. */

import type { CodeData } from './code-data.ts';

/** Instructions in [start, end) are guarded by the handler at `target`; all in code units. */
export interface ExceptionEntry {
  readonly start: number;
  readonly end: number;
  readonly target: number;
  /** Values to keep on the stack when the handler is entered. */
  readonly depth: number;
  /** Whether the offset of the failing instruction is pushed below the exception. */
  readonly lasti: boolean;
}

/** The entries in order of `start`; they do not overlap. */
export function exceptionEntries(code: Pick<CodeData, 'exceptiontable'>): ExceptionEntry[] {
  const table = code.exceptiontable;
  const entries: ExceptionEntry[] = [];
  let pos = 0;
  const number = (): number => {
    let byte = table[pos++]!;
    let value = byte & 0x3f;
    while ((byte & 0x40) !== 0) {
      byte = table[pos++]!;
      value = (value << 6) | (byte & 0x3f);
    }
    return value;
  };
  while (pos < table.length) {
    const start = number();
    const length = number();
    const target = number();
    const packed = number();
    entries.push({ start, end: start + length, target, depth: packed >> 1, lasti: (packed & 1) !== 0 });
  }
  return entries;
}
