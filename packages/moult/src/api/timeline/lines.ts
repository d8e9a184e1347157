/**
 * Where lines begin: the instructions before which a trace function would be told of a line. That is the first instruction of a line's
 * run in the code, but for the one that starts a function, and what a jump backward leads to.
 */
import { Op } from '../../compiler/opcodes.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { ExecutableCode } from '../../frames/executable-code.ts';
import { executable } from '../../frames/frames.ts';
import { instructions } from '../../frames/instruments.ts';

/** For each unit whether a line begins there; by code. */
const starts = new WeakMap<ExecutableCode, Uint8Array>();

function findStarts(exec: ExecutableCode): Uint8Array {
  const found = new Uint8Array(exec.units.length);
  let line = -1;
  for (const unit of instructions(exec)) {
    const op = exec.originalOp(unit);
    const here = exec.lineAt(unit);
    const isHidden = here < 0 || op === (Op.RESUME as number) || op === (Op.RETURN_GENERATOR as number);
    if (here !== line && !isHidden) found[unit] = 1;
    // What follows the start of a function begins its line, even if the function stands on one line.
    line = op === (Op.RESUME as number) && exec.originalUnit(unit) >> 8 === 0 ? -1 : here;
  }
  return found;
}

/** To be asked at each instruction of a run. */
export class LineWatcher {
  readonly #rt: Runtime;
  readonly #isWanted: (filename: string) => boolean;
  #frame = 0;
  #unit = -1;
  #exec: ExecutableCode | null = null;
  #starts: Uint8Array = new Uint8Array(0);
  #wanted = false;

  /** `isWanted`: whether lines of a file count. */
  constructor(rt: Runtime, isWanted: (filename: string) => boolean) {
    this.#rt = rt;
    this.#isWanted = isWanted;
  }

  /** Whether the instruction that is about to be executed begins a line. */
  isStart(): boolean {
    const H = this.#rt.words;
    const frame = H[RootNum.CurrentFrame];
    if (frame === 0) return false;
    const exec = executable(this.#rt, H[frame + FrameWord.Code]);
    if (exec !== this.#exec) this.#enter(exec);
    const unit = H[frame + FrameWord.PrevInstr];
    const isBack = frame === this.#frame && unit <= this.#unit && exec.lineAt(unit) >= 0;
    this.#frame = frame;
    this.#unit = unit;
    return this.#wanted && (isBack || this.#starts[unit] === 1);
  }

  /** The line of the instruction that `isStart` was last asked about. */
  get line(): number {
    return this.#exec?.lineAt(this.#unit) ?? -1;
  }

  #enter(exec: ExecutableCode): void {
    let known = starts.get(exec);
    if (known === undefined) {
      known = findStarts(exec);
      starts.set(exec, known);
    }
    this.#exec = exec;
    this.#starts = known;
    this.#wanted = this.#isWanted(exec.data.filename);
  }
}
