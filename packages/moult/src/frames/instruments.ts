/**
 * Code that is being traced: some of its instructions are replaced by `INSTRUMENTED`, which tells what the frame is about to
 * do and then lets the original run.
 *
 * The loop knows nothing of this. `INSTRUMENTED` is an instruction outside of its line whose length, minus one, sends the
 * loop to the same place again; meanwhile the place has been *opened*: it holds the original (or whatever is to be executed
 * in its stead). The next place reached closes it. One open place is enough, because every way through the code back to a
 * place leads over another one: jumps backward are places themselves, a frame that starts or goes on closes at its RESUME (which
 * is never open: `INSTRUMENTED_RESUME` does what it does), and a frame that is left closes.
 *
 * What specialisation had written into an instrumented instruction is dropped.
 */
import { CACHE_COUNTS, Op } from '../compiler/opcodes.ts';
import { CodeHead } from './code-area.ts';
import type { ExecutableCode } from './executable-code.ts';
import { isPair } from './quick.ts';

/** What there is to tell at an instruction. */
export const enum Watch {
  /** A line starts here. */
  Line = 1,
  /** The frame starts or goes on. */
  Resume = 2,
  /** The frame returns or yields. */
  Leave = 4,
  JumpBackward = 8,
  /** From here one may come to the start of a line in another way than from the instruction before it. */
  Way = 16,
  /** A call, which may be one of a native, or the names of its keywords. */
  Call = 32,
  /** Any instruction. */
  Each = 64,
  /** What the frame delegated to has returned. */
  Stop = 128,
}

/** How much of a code is instrumented: bits of `Watch`. */
export const enum Watched {
  Nothing = 0,
  Start = 2,
  Tracing = 159,
  Profiling = 46,
  Everything = 255,
}

export class Instruments {
  /** Bits of `Watch` for each unit; at first only where the frame starts or goes on. */
  watches: Uint8Array;
  /** The bits of `watches` that are instrumented now. */
  watched: number = Watched.Nothing;
  /** True if the names of keywords were passed over for the call that follows, which is not left to the loop. */
  namesTaken = false;
  private complete = false;
  private open = -1;
  private readonly exec: ExecutableCode;

  constructor(exec: ExecutableCode) {
    this.exec = exec;
    this.watches = findStarts(exec);
  }

  /** Instruments what has one of the bits, besides what is instrumented already. */
  watch(bits: number): void {
    if ((this.watched | bits) === this.watched) return;
    // A generated function knows nothing of what is put in here.
    if (this.exec.words !== null) this.exec.words[this.exec.start + CodeHead.Heat] = 0;
    if (!this.complete && bits !== (Watched.Start as number)) {
      this.watches = findPlaces(this.exec);
      this.complete = true;
    }
    this.watched |= bits;
    // Not CACHE units: what one of them holds may look like a pair.
    for (const unit of instructions(this.exec)) {
      if (this.isPlace(unit)) this.shut(unit);
      else if (isPair(this.exec.units[unit] & 255)) this.restore(unit);
    }
  }

  /** Takes all instruments out. */
  remove(): void {
    for (let unit = 0; unit < this.watches.length; unit++) if (this.isPlace(unit)) this.restore(unit);
    this.watched = Watched.Nothing;
    this.open = -1;
  }

  /** The original is executed next at the place `unit`. */
  openOriginal(unit: number): void {
    this.close();
    this.open = unit;
    this.restore(unit);
  }

  /** Something else is executed next at the place `unit`. */
  openInstead(unit: number, op: number, arg: number): void {
    this.close();
    this.open = unit;
    this.exec.units[unit] = op | (arg << 8);
  }

  /** The open place is closed: nothing of this code runs, or not from there. */
  close(): void {
    if (this.open >= 0 && this.isPlace(this.open)) this.shut(this.open);
    this.open = -1;
  }

  private isPlace(unit: number): boolean {
    return (this.watches[unit] & this.watched) !== 0;
  }

  private shut(unit: number): void {
    this.restore(unit);
    const resumes = this.exec.originalOp(unit) === (Op.RESUME as number);
    this.exec.units[unit] = (this.exec.units[unit] & ~0xff) | (resumes ? Op.INSTRUMENTED_RESUME : Op.INSTRUMENTED);
  }

  private restore(unit: number): void {
    this.exec.units[unit] = this.exec.originalUnit(unit);
  }
}

/** The instruments of a code, made if it has none. */
export function instrumentsOf(exec: ExecutableCode): Instruments {
  return (exec.instruments ??= new Instruments(exec));
}

/** The instruments of a code that runs into one: in a copy of a runtime they are in the words, but nothing is known of them. */
export function instrumentsFound(exec: ExecutableCode): Instruments {
  if (exec.instruments !== null) return exec.instruments;
  const instruments = instrumentsOf(exec);
  instruments.watch(Watched.Everything);
  return instruments;
}

/** Indices of the instructions of a code, in order. */
export function* instructions(exec: ExecutableCode): Generator<number> {
  for (let unit = 0; unit < exec.units.length; unit += 1 + CACHE_COUNTS[exec.originalOp(unit)]) yield unit;
}

/** The unit that the instruction at `unit` may jump to; −1 if it does not jump. */
export function jumpTarget(exec: ExecutableCode, unit: number): number {
  const op = exec.originalOp(unit);
  const arg = exec.originalUnit(unit) >> 8;
  const next = unit + 1 + CACHE_COUNTS[op];
  switch (op as Op) {
    case Op.JUMP_BACKWARD:
    case Op.JUMP_BACKWARD_NO_INTERRUPT:
      return next - arg;
    case Op.JUMP_FORWARD:
    case Op.POP_JUMP_IF_FALSE:
    case Op.POP_JUMP_IF_TRUE:
    case Op.POP_JUMP_IF_NONE:
    case Op.POP_JUMP_IF_NOT_NONE:
    case Op.FOR_ITER:
    case Op.SEND:
      return next + arg;
    default:
      return -1;
  }
}

function findStarts(exec: ExecutableCode): Uint8Array {
  const watches = new Uint8Array(exec.units.length);
  for (const unit of instructions(exec))
    if (exec.originalOp(unit) === (Op.RESUME as number)) watches[unit] = Watch.Resume;
  return watches;
}

function findPlaces(exec: ExecutableCode): Uint8Array {
  const watches = new Uint8Array(exec.units.length);
  const first = exec.firstTraceable;
  let line = -1;
  for (const unit of instructions(exec)) {
    if (unit < first) continue;
    watches[unit] = watchOf(exec, unit) | (isHidden(exec, unit) ? 0 : Watch.Each);
    if (startsLine(exec, unit, line)) watches[unit] |= Watch.Line;
    if (exec.originalOp(unit) !== (Op.RESUME as number)) line = exec.lineAt(unit);
  }
  for (const target of targets(exec))
    if (target >= first && exec.lineAt(target) >= 0 && !neverStarts(exec, target)) watches[target] |= Watch.Line;
  return watches;
}

/** Everything that is reached otherwise than from the instruction before it. */
function* targets(exec: ExecutableCode): Generator<number> {
  for (const unit of instructions(exec)) {
    const target = jumpTarget(exec, unit);
    if (target >= 0) yield target;
  }
  yield* exec.handlerTargets();
}

function startsLine(exec: ExecutableCode, unit: number, before: number): boolean {
  const line = exec.lineAt(unit);
  return line >= 0 && line !== before && !neverStarts(exec, unit);
}

/** Instructions that are skipped by the one that leads to them, and RESUME, which tells of the call. */
function neverStarts(exec: ExecutableCode, unit: number): boolean {
  const op = exec.originalOp(unit) as Op;
  return op === Op.END_ASYNC_FOR || op === Op.END_FOR || op === Op.END_SEND || op === Op.RESUME;
}

/** Instructions that nobody is told of as such. */
export function isHidden(exec: ExecutableCode, unit: number): boolean {
  const op = exec.originalOp(unit) as Op;
  return op === Op.RESUME || op === Op.END_FOR;
}

function watchOf(exec: ExecutableCode, unit: number): number {
  switch (exec.originalOp(unit) as Op) {
    case Op.RESUME:
      return Watch.Resume;
    case Op.RETURN_VALUE:
    case Op.RETURN_CONST:
    case Op.YIELD_VALUE:
      return Watch.Leave;
    case Op.JUMP_BACKWARD:
      return Watch.JumpBackward | Watch.Way;
    case Op.CALL:
    case Op.CALL_FUNCTION_EX:
    case Op.KW_NAMES:
    case Op.LOAD_SUPER_ATTR:
      return Watch.Call;
    case Op.END_SEND:
      return Watch.Stop | Watch.Way;
    case Op.END_FOR:
      return Watch.Way;
    default:
      return jumpTarget(exec, unit) >= 0 || exec.lineAt(unit) < 0 ? Watch.Way : 0;
  }
}
