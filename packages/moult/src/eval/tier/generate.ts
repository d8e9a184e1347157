/** From the units of a code object to the source of a function that does the same. */
import { CACHE_COUNTS, Op } from '../../compiler/opcodes.ts';
import { ObjectWord, TupleWord } from '@moult/heap';
import { CodeWord, FunctionWord } from '../../core/layout/functions.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { RootNum } from '../../core/roots.ts';
import { T } from '../../core/static.ts';
import type { Runtime } from '../../core/runtime.ts';
import { CodeHead } from '../../frames/code-area.ts';
import type { ExecutableCode } from '../../frames/executable-code.ts';
import { isPair, Quick } from '../../frames/quick.ts';
import { ends, findFlow, targetOf } from './flow.ts';
import { LIBRARY } from './library.ts';
import type { Flow } from './flow.ts';
import type { Instruction } from './instruction.ts';
import type { Range } from './parts.ts';
import { writeAttributes } from './write-attributes.ts';
import { writeControl } from './write-control.ts';
import { writeGeneral } from './write-general.ts';
import { writeItems } from './write-items.ts';
import { writeNumbers } from './write-numbers.ts';
import { writeVariables } from './write-variables.ts';
import { BinaryCache, CallCache, Callee } from '../caches.ts';
import { OUT_OF_FORCE, Writer } from './writer.ts';

export interface Generated {
  /** Declarations outside of the function. */
  readonly shared: string;
  /** The cases of the function's switch over units. */
  readonly cases: string;
  /** 1 for each unit of the part at which it may be entered. */
  readonly entries: Uint8Array;
}

/** Generates from the units of a part as they are now. `general` has those that get their general form: an earlier function did not find there
 *  what it expected. */
export class Generator {
  private readonly w: Writer;
  /** Cases that nothing falls into. */
  private readonly apart: string[] = [];
  private open = false;

  constructor(
    rt: Runtime,
    consts: number,
    private readonly exec: ExecutableCode,
    private readonly general: ReadonlySet<number>,
    private readonly flow: Flow = findFlow(exec),
    private readonly part: Range = { from: 0, to: flow.depths.length },
  ) {
    this.w = new Writer(rt, consts, exec.nlocalsplus, flow.depths, part);
  }

  run(): Generated {
    const { from, to } = this.part;
    for (let unit = from; unit < to;) unit = this.write(unit);
    if (this.open) this.leavePart(to);
    return {
      shared: this.w.shared.join('\n'),
      cases: [...this.w.lines, ...this.apart].join('\n'),
      entries: this.flow.leaders.slice(from, to),
    };
  }

  /** Goes on in another part. */
  private leavePart(unit: number): void {
    this.w.store();
    this.w.emit(`return goOn(frame, ${unit}, ${this.w.words()});`);
    this.w.emit('}');
  }

  /** Writes the instruction at a unit, or a pair; returns the unit after it. */
  private write(unit: number): number {
    const { exec, flow, w } = this;
    const next = unit + 1 + CACHE_COUNTS[exec.originalOp(unit)];
    if (flow.depths[unit] < 0) {
      this.close();
      return next;
    }
    if (flow.leaders[unit] !== 0 || !this.open) this.begin(unit);
    const op = exec.units[unit] & 255;
    w.unit = unit;
    if (isPair(op) && flow.leaders[unit + 1] === 0 && !this.general.has(unit)) {
      this.dispatch(this.instruction(unit, op, unit + 2));
      return unit + 2;
    }
    const original = exec.originalOp(unit);
    if (original === (Op.CALL as number)) this.writeExitInit(unit, next);
    this.dispatch(this.instruction(unit, isPair(op) || this.general.has(unit) ? original : op, next));
    return next;
  }

  private instruction(unit: number, op: number, next: number): Instruction {
    const { exec } = this;
    const arg = exec.units[unit] >> 8;
    const target = targetOf(exec.originalOp(unit), arg, unit);
    const seen = exec.units[unit + BinaryCache.Misses] ?? 0;
    const isGeneral = this.general.has(unit);
    return {
      unit,
      whole: exec.units[unit],
      op,
      isGeneral,
      arg,
      second: (exec.units[unit + 1] ?? 0) >> 8,
      seen,
      callee: this.calleeOf(unit),
      next,
      target,
    };
  }

  private calleeOf(unit: number): number {
    const { exec } = this;
    if (exec.originalOp(unit) !== (Op.CALL as number)) return 0;
    const isClass = (exec.units[unit + 3] & 255) === (Quick.ExitInit as number);
    return isClass ? Callee.Other : exec.units[unit + CallCache.Asked];
  }

  private begin(unit: number): void {
    const { w, flow } = this;
    if (this.open) w.store();
    this.close();
    flow.leaders[unit] = 1;
    w.emit(`case ${unit}: {`);
    w.begin(flow.depths[unit]);
    this.open = true;
  }

  private close(): void {
    if (this.open) this.w.emit('}');
    this.open = false;
  }

  private dispatch(instruction: Instruction): void {
    const { w } = this;
    const original = this.exec.originalOp(instruction.unit);
    // The loop is to learn first: what it learns can show, in who is released when.
    if (isUnlearnt(instruction.op) && !instruction.isGeneral) w.guard('false');
    const isWritten =
      writeVariables(w, instruction) ||
      writeNumbers(w, instruction) ||
      writeAttributes(w, instruction) ||
      writeItems(w, instruction) ||
      writeControl(w, instruction) ||
      writeGeneral(w, instruction, original);
    if (!isWritten) {
      w.store();
      w.emit(`${w.where(instruction.unit - 1)} ${w.top()} return -1;`);
    }
    if (!isWritten || ends(original)) this.close();
  }

  /** Where the `__init__` of an instance that the CALL at `unit` makes returns to, if one has. */
  private writeExitInit(unit: number, next: number): void {
    const { w, exec, flow } = this;
    const exit = next - 1;
    const word = exec.units[exit];
    if ((word & 255) !== (Quick.ExitInit as number)) return;
    flow.leaders[exit] = 1;
    // Tuple and result are above the operands.
    const depth = flow.depths[unit] + 2;
    const after = depth - 3 - (word >> 8);
    this.apart.push(
      `case ${exit}: { exitInit(rt, frame, ${w.place(depth)}, ${word >> 8}, ${exit});`,
      `if (${OUT_OF_FORCE}) return goOn(frame, ${next}, ${w.words(after)});`,
      `${w.jump(next)} }`,
    );
  }
}

/** Opcodes that the loop replaces by quick ones once it has seen operands. (CALL learns in `calls.ts`.) */
function isUnlearnt(op: number): boolean {
  switch (op) {
    case Op.LOAD_GLOBAL:
    case Op.LOAD_ATTR:
    case Op.STORE_ATTR:
    case Op.BINARY_OP:
    case Op.COMPARE_OP:
    case Op.BINARY_SUBSCR:
    case Op.STORE_SUBSCR:
    case Op.FOR_ITER:
    case Op.UNPACK_SEQUENCE:
      return true;
    default:
      return false;
  }
}

/** Bytes of the host's stack that a declared variable takes, and that count as one function in `Evaluation`'s depth. */
const VARIABLE_BYTES = 8;
const STEP_BYTES = 320;

/** What a call from the function adds to the depth: many small functions may call each other, and few large ones. */
function stepOf(cases: string): number {
  const variables = cases.match(/\b(?:const|let) /g)?.length ?? 0;
  return 1 + Math.floor((variables * VARIABLE_BYTES) / STEP_BYTES);
}

/** The whole of a generated function, for `new Function('rt', 'words', 'floats', 'library', …)`. With a negative depth it only counts
 *  up to 0 (`Tiers.noteThrow`). */
export function functionSource(name: string, shared: string, cases: string): string {
  return `'use strict';
const { ${Object.keys(LIBRARY).join(', ')} } = library;
const { missed, enter, find, heatOf } = tiers;
function goOn(frame, unit, top) {
words[(frame + ${FrameWord.PrevInstr}) | 0] = (unit - 1) | 0;
words[(frame + ${FrameWord.StackTop}) | 0] = top;
return 0;
}
function miss(frame, unit, top) {
goOn(frame, unit, top);
missed(words[(words[(words[frame] + ${CodeWord.Units}) | 0] + ${CodeHead.Heat}) | 0], unit);
return -1;
}
function drop(frame, unit, top, o) {
words[(frame + ${FrameWord.PrevInstr}) | 0] = unit;
words[(frame + ${FrameWord.StackTop}) | 0] = top;
release(rt, o);
}
function keep(at, o) { const c = words[o]; if (c >= 0) words[o] = (c + 1) | 0; words[at] = o; }
function isSimple(o, nargs) {
if (words[(o + ${ObjectWord.Type}) | 0] !== ${T.function}) return false;
const units = words[(words[(o + ${FunctionWord.Code}) | 0] + ${CodeWord.Units}) | 0];
if (words[(units + ${CodeHead.SimpleArgs}) | 0] !== nargs || words[${RootNum.RecursionRemaining}] <= 0) return false;
return ((words[${RootNum.FrameTop}] + words[(units + ${CodeHead.FrameWords}) | 0]) | 0) <= words[${RootNum.FrameLimit}];
}
const step = ${stepOf(cases)};
${shared}
return function ${name}(entry, leash, depth) {
if (depth < 0) { do depth = (depth + 1) | 0; while (depth < 0); return 0; }
const H = words, F = floats;
const frame = H[${RootNum.CurrentFrame}] | 0;
const U = H[(H[frame] + ${CodeWord.Units}) | 0];
const C = (H[(H[frame] + ${CodeWord.Consts}) | 0] + ${TupleWord.Items}) | 0;
const id = H[(U + ${CodeHead.Heat}) | 0];
const L = (frame + ${FrameWord.LocalsPlus}) | 0;
let left = leash | 0, c = 0;
let pc = (H[(frame + ${FrameWord.PrevInstr}) | 0] + 1) | 0;
for (;;) switch (pc) {
${cases}
default: return 0;
}
};`;
}
