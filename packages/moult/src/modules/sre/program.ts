/** A compiled pattern: the code of CPython's `re._compiler` and what can be computed of it once. */
import { inSet } from './characters.ts';
import { InfoFlag, Op } from './opcodes.ts';

/** A program with what can be computed once. */
export class Program {
  readonly code: Int32Array;
  readonly groups: number;
  /** For sets by their position: which of the first 256 characters belong to it; made when first needed. */
  private readonly tables: (Uint8Array | undefined)[] = [];
  /** Literal text that each match starts with; '' if none is known. */
  readonly prefix: string;
  /** Position of the set of first characters, −1 if unknown. */
  readonly firstSet: number;

  constructor(code: Int32Array, groups: number) {
    this.code = code;
    this.groups = groups;
    const flags = code[0] === (Op.INFO as number) ? code[2] : 0;
    let prefix = '';
    if ((flags & InfoFlag.PREFIX) !== 0) for (let i = 0; i < code[5]; i++) prefix += String.fromCodePoint(code[7 + i]);
    this.prefix = prefix;
    this.firstSet = (flags & InfoFlag.CHARSET) !== 0 ? 5 : -1;
  }

  /** Whether the set at `at` has `ch`. */
  has(at: number, ch: number): boolean {
    if (ch >= 256) return inSet(this.code, at, ch);
    return (this.tables[at] ?? this.makeTable(at))[ch] === 1;
  }

  private makeTable(at: number): Uint8Array {
    const table = new Uint8Array(256);
    for (let ch = 0; ch < 256; ch++) table[ch] = inSet(this.code, at, ch) ? 1 : 0;
    this.tables[at] = table;
    return table;
  }
}
