/** What is computed once about a `CodeData`: the payload of code objects. The units that run are in the words: `code-area.ts`. */
import { CodeFlag, LocalKind } from '../compiler/code-data.ts';
import type { CodeData } from '../compiler/code-data.ts';
import { Op } from '../compiler/opcodes.ts';
import { exceptionEntries } from '../compiler/exceptions.ts';
import type { ExceptionEntry } from '../compiler/exceptions.ts';
import { decodeLocations } from '../compiler/locations.ts';
import { expandUnits } from './code-area.ts';
import { FrameRoom, FrameWord } from '../core/layout/frame.ts';
import type { Instruments } from './instruments.ts';

export class ExecutableCode {
  readonly data: CodeData;
  /** What runs: of code that has a fault nothing but the complaint. */
  readonly code: Uint8Array;
  readonly stacksize: number;
  readonly flags: number;
  readonly argcount: number;
  readonly kwonlyargcount: number;
  readonly posonlyargcount: number;
  readonly nlocalsplus: number;
  /** Words of a frame: head, variables, stack, and the spare words above it. */
  readonly frameWords: number;
  /** True if a call with `argcount` positional arguments only has to copy them. */
  readonly simple: boolean;
  /** Index of the first free variable. */
  readonly firstFree: number;
  /** What tracing and profiling have put into the code, null if they never did. */
  instruments: Instruments | null = null;

  constructor(data: CodeData) {
    this.data = data;
    this.code = data.fault < 0 ? data.code : refused(data);
    this.stacksize = data.fault < 0 ? data.stacksize : 0;
    this.flags = data.flags;
    this.argcount = data.argcount;
    this.kwonlyargcount = data.kwonlyargcount;
    this.posonlyargcount = data.posonlyargcount;
    this.nlocalsplus = data.localsplusnames.length;
    this.frameWords = (FrameWord.LocalsPlus as number) + this.nlocalsplus + this.stacksize + FrameRoom.Spare;
    this.simple = (data.flags & (CodeFlag.VARARGS | CodeFlag.VARKEYWORDS)) === 0 && data.kwonlyargcount === 0;
    this.firstFree = this.nlocalsplus - data.nfreevars;
  }

  /** Start, end, target, depth, lasti flag of every handler, flattened. (Most code never raises.) */
  get handlers(): Int32Array {
    return (this.handlerTable ??= flattenHandlers(this.data.fault < 0 ? exceptionEntries(this.data) : []));
  }
  private handlerTable: Int32Array | null = null;

  /** Index into `handlers` of the innermost handler of code unit `unit`, −1 if none. */
  findHandler(unit: number): number {
    const table = this.handlers;
    for (let i = 0; i < table.length; i += Handler.Words) {
      if (unit < table[i]) return -1;
      if (unit < table[i + Handler.End]) return i;
    }
    return -1;
  }

  /** Line of a code unit; the first line for −1. */
  lineAt(unit: number): number {
    if (unit < 0) return this.data.firstlineno;
    this.lines ??= Int32Array.from(decodeLocations(this.data), (location) => location.lineno ?? -1);
    return this.lines[unit];
  }
  private lines: Int32Array | null = null;

  /** Says where the code units lie that run (`installUnits`). */
  install(words: Int32Array, start: number): void {
    this.words = words;
    this.start = start;
    this.view = null;
  }
  /** The words that hold the units, null before they are installed. */
  words: Int32Array | null = null;
  /** Index of the first unit. */
  start = 0;

  /** The code units that run: a view of the words. */
  get units(): Int32Array {
    if (this.words === null) throw new RangeError(`code of ${this.data.name} has not been installed`);
    return (this.view ??= this.words.subarray(this.start, this.start + (this.code.length >> 1)));
  }
  private view: Int32Array | null = null;

  /** Opcode of a unit as the compiler made it, whatever `units` has there now. */
  originalOp(unit: number): number {
    return this.code[2 * unit];
  }

  /** A unit as it was at first: opcode and whole argument. */
  originalUnit(unit: number): number {
    if (this.originals === null) {
      this.originals = new Int32Array(this.code.length >> 1);
      expandUnits(this.code, this.originals, 0);
    }
    return this.originals[unit];
  }
  private originals: Int32Array | null = null;

  /** Unit of the first RESUME: what is before it prepares the frame. */
  get firstTraceable(): number {
    if (this.first < 0) this.first = Math.max(0, findResume(this.code));
    return this.first;
  }
  private first = -1;

  /** Units at which handlers of exceptions start. */
  *handlerTargets(): Generator<number> {
    for (let i = 0; i < this.handlers.length; i += Handler.Words) yield this.handlers[i + Handler.Target];
  }

  isCell(index: number): boolean {
    return (this.data.localspluskinds[index] & (LocalKind.Cell | LocalKind.Free)) !== 0;
  }
}

export const enum Handler {
  Start = 0,
  End = 1,
  Target = 2,
  Depth = 3,
  Lasti = 4,
  Words = 5,
}

/** −1 if there is none. */
function findResume(code: Uint8Array): number {
  for (let unit = 0; 2 * unit < code.length; unit++) if (code[2 * unit] === (Op.RESUME as number)) return unit;
  return -1;
}

function flattenHandlers(entries: readonly ExceptionEntry[]): Int32Array {
  const table = new Int32Array(entries.length * Handler.Words);
  entries.forEach((e, i) => {
    table.set([e.start, e.end, e.target, e.depth, e.lasti ? 1 : 0], i * Handler.Words);
  });
  return table;
}

/** Units of which each complains of the fault. */
function refused({ code, fault }: CodeData): Uint8Array {
  return code.map((_, i) => (i % 2 === 0 ? Op.RESERVED : fault));
}
