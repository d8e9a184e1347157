/**
 * Runs a program, or the rest of one, and counts its instructions. A run is left at any instruction by a throw, after which the words are
 * worth nothing until a state is restored.
 *
 * *Step* n is the moment before the n-th instruction. The end of the main module, and of the interpreter, are steps of their own.
 */
import { decref, GcRoot, restoreSnapshot, takeSharing } from '@moult/heap';
import type { HeapEvents, Owned, Snapshot } from '@moult/heap';
import { Op } from '../../compiler/opcodes.ts';
import { caught, mark } from '../../core/errors.ts';
import type { Mark } from '../../core/errors.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { CodeWord } from '../../core/layout/functions.ts';
import { leaveRecursion } from '../../core/recursion.ts';
import { RootNum, RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { releaseTemps, temp } from '../../core/temps.ts';
import { enterFrame } from '../../eval/calls.ts';
import { run } from '../../eval/run.ts';
import { ExecutableCode } from '../../frames/executable-code.ts';
import { compileProgram } from '../../modules/builtins/compile.ts';
import { pushCode } from '../../modules/builtins/run-code.ts';
import { flushStandardFiles } from '../../modules/sys/flush.ts';
import { displayAndExit } from '../../objects/exceptions/display/top-level.ts';
import { finalize } from '../finalize.ts';
import { guarded, mainNamespace, nameMainFile } from '../run.ts';
import { settleGenerations } from '../settle.ts';
import { Answers } from './host-log.ts';
import type { HostLog } from './host-log.ts';
import { Phase } from './states.ts';
import type { State } from './states.ts';

/** Stands for the loop's entry at a step between two phases. */
const BETWEEN = 0;

/** Thrown to leave a run. */
const LEFT = new (class RunLeft {
  readonly name = 'RunLeft';
})();

/** What looks on while a run goes on. */
export interface Watch {
  /** The first step at which `at` is called. */
  readonly from: number;
  /** Called at a step; returns the next one, or −1 to leave the run. */
  at(step: number, resumable: boolean): number;
  readonly events?: HeapEvents;
  /** Called at each step, before all else; `hasEnded`: the main module has. It may read the heap. */
  readonly each?: ((step: number, hasEnded: boolean) => void) | undefined;
  /** Whether `at` is called between the phases, whatever it said. */
  readonly isRecording?: boolean;
}

export interface ProgramText {
  readonly source: string | Uint8Array;
  readonly filename: string;
  readonly isFile: boolean;
}

export class Player {
  readonly rt: Runtime;
  readonly log: HostLog;
  /** The step that is being made, or was reached last. */
  now = -1;
  phase: Phase = Phase.Program;
  exitCode = 0;
  #due = 0;
  #each: Watch['each'];
  #watch: Watch | null = null;
  #leaving = false;
  /** The main module's frame, and the stacks below it. */
  #entry = 0;
  #bottom: Mark = { temps: 0, args: 0, native: 0 };
  #outside: Mark = { temps: 0, args: 0, native: 0 };

  constructor(rt: Runtime, log: HostLog) {
    this.rt = rt;
    this.log = log;
  }

  /** Runs the whole program. */
  record(program: ProgramText, watch: Watch): void {
    this.#under(watch, Answers.Recorded, () => {
      this.#outside = mark(this.rt);
      this.#goOn(this.#prepare(program) ? Phase.Program : Phase.Ended);
    });
  }

  /** Runs what follows a state until the watch leaves, or to the end. */
  play(state: State, watch: Watch): void {
    if (!state.resumable) throw new RangeError(`a run cannot go on from step ${state.step}`);
    this.restore(state);
    this.now = state.step - 1;
    const H = this.rt.words;
    if (state.phase === Phase.Program) H[H[RootNum.CurrentFrame] + FrameWord.PrevInstr]--;
    this.#under(watch, Answers.Repeated, () => this.#goOn(state.phase));
  }

  /** Puts everything back as it was. */
  restore(state: State): void {
    const { rt } = this;
    restoreSnapshot(rt, state.snapshot);
    rt.methodCache.fill(0);
    rt.gatheredCount = 0;
    rt.reraisedAt = -1;
    for (const payload of rt.hosts) if (payload instanceof ExecutableCode) payload.instruments = null;
    this.log.at = state.logAt;
    this.now = state.step;
    this.phase = state.phase;
  }

  /** The present moment as a state. To be called by a watch. */
  capture(base: Snapshot | null, resumable: boolean): State {
    const snapshot = takeSharing(this.rt, base);
    return { step: this.now, phase: this.phase, snapshot, logAt: this.log.at, resumable };
  }

  /** Whether this instruction is one of the program's own run of the loop, and nothing waits on the host's stack. */
  #isResumable(entry: number): boolean {
    if (this.phase !== Phase.Program) return this.phase === Phase.Ended && entry === BETWEEN;
    const H = this.rt.words;
    if (entry !== this.#entry || H[RootNum.CurrentThread] !== H[RootNum.FirstThread]) return false;
    if ((H[RootNum.ThreadHolders] | H[GcRoot.Collecting] | H[RootNum.Monitored]) !== 0) return false;
    if ((H[RootRef.TraceFunction] | H[RootRef.ProfileFunction] | H[RootRef.CurrentException]) !== 0) return false;
    if (H[RootNum.TempTop] !== this.#bottom.temps || H[RootNum.ArgTop] !== this.#bottom.args) return false;
    return H[RootNum.NativeRecursionRemaining] === this.#bottom.native && !this.#hasKeywords();
  }

  /** The loop holds the names of keyword arguments between KW_NAMES and the call. */
  #hasKeywords(): boolean {
    const H = this.rt.words;
    const frame = H[RootNum.CurrentFrame];
    const pc = H[frame + FrameWord.PrevInstr];
    return pc > 0 && (H[H[H[frame + FrameWord.Code] + CodeWord.Units] + pc - 1] & 255) === (Op.KW_NAMES as number);
  }

  /** Compiles the program and makes its frame current. False if it cannot be compiled: the error was shown. */
  #prepare({ source, filename, isFile }: ProgramText): boolean {
    const { rt } = this;
    if (isFile) nameMainFile(rt, filename);
    this.exitCode = guarded(rt, () => {
      const dict = mainNamespace(rt);
      const code = temp(rt, compileProgram(rt, source, { filename, mode: 'exec', flags: 0, fromFile: true }));
      settleGenerations(rt, code);
      this.#entry = pushCode(rt, code, dict, dict);
      enterFrame(rt, rt.words[RootNum.CurrentFrame], this.#entry);
      this.#bottom = mark(rt);
    });
    return this.#entry !== 0;
  }

  /** The rest of the run from a phase on. @runsPython */
  #goOn(phase: Phase): void {
    const { rt } = this;
    this.phase = phase;
    if (phase === Phase.Program) {
      this.exitCode = this.#runMain();
      this.phase = Phase.Ended;
      flushStandardFiles(rt);
    }
    this.#pause();
    finalize(rt);
    this.phase = Phase.Over;
    this.#pause();
  }

  /** As `runSource` from where the main module's code runs. @runsPython */
  #runMain(): number {
    const { rt } = this;
    try {
      const result: Owned = run(rt, this.#entry);
      leaveRecursion(rt);
      decref(rt, result);
      releaseTemps(rt, this.#outside.temps);
      return 0;
    } catch (error) {
      caught(rt, error, this.#outside);
      return displayAndExit(rt);
    }
  }

  #under(watch: Watch, answers: Answers, action: () => void): void {
    const { rt, log } = this;
    this.#watch = watch;
    this.#due = watch.from;
    this.#each = watch.each;
    this.#leaving = false;
    log.answers = answers;
    rt.beforeInstruction = this.#step;
    rt.events = watch.events ?? null;
    try {
      action();
    } catch (error) {
      if (!this.#leaving) throw error;
    } finally {
      rt.beforeInstruction = rt.events = this.#watch = null;
      log.answers = Answers.Forgotten;
    }
  }

  /** A step between two instructions. */
  #pause(): void {
    if (this.#watch?.isRecording === true) this.#due = 0;
    this.#step(BETWEEN);
  }

  readonly #step = (entry: number): void => {
    if (this.#leaving) throw LEFT;
    this.now++;
    this.#each?.(this.now, this.phase !== Phase.Program);
    if (this.now >= this.#due) this.#look(entry);
  };

  #look(entry: number): void {
    const next = (this.#watch as Watch).at(this.now, this.#isResumable(entry));
    if (next >= 0) this.#due = next;
    else this.#leave();
  }

  /** For good: what natives do while they are left is of no interest. */
  #leave(): never {
    this.#leaving = true;
    this.rt.events = null;
    this.log.answers = Answers.Forgotten;
    throw LEFT;
  }
}
