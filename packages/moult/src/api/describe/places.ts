/** The lines of a program as numbers, so that every event of a run can be counted for its line without making a text for it. */
import { ObjectWord } from '@moult/heap';
import { shortFileName } from '@moult/inspect';
import { FrameWord } from '../../core/layout/frame.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { executable } from '../../frames/frames.ts';
import type { ExecutableCode } from '../../frames/executable-code.ts';
import type { RunningAt } from './describe.ts';

/** What the interpreter does by itself. */
export const INTERPRETER = 0;

export class Places {
  /** By number. */
  readonly list: RunningAt[] = [{ filename: '', line: 0, function: '' }];
  readonly #rt: Runtime;
  readonly #numbers = new Map<string, number>();
  /** For each unit of a code, its place's number plus one; at 0 for before the first unit. */
  readonly #known = new WeakMap<ExecutableCode, Int32Array>();

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  /** The number of the line that the innermost Python frame is at; `INTERPRETER` outside of Python code. */
  now(): number {
    const H = this.#rt.words;
    for (let frame = H[RootNum.CurrentFrame]; frame !== 0; frame = H[frame + FrameWord.Previous]) {
      const code = H[frame + FrameWord.Code];
      if (code === 0 || H[code + ObjectWord.Type] !== T.code) continue;
      return this.#numberOf(executable(this.#rt, code), H[frame + FrameWord.PrevInstr]);
    }
    return INTERPRETER;
  }

  /** `file.py:12 in f`, or `(interpreter)`. */
  text(number: number): string {
    const { filename, line, function: name } = this.list[number] as RunningAt;
    if (number === INTERPRETER) return '(interpreter)';
    return `${shortFileName(filename)}:${line} in ${name}`;
  }

  #numberOf(exec: ExecutableCode, unit: number): number {
    let known = this.#known.get(exec);
    if (known === undefined) this.#known.set(exec, (known = new Int32Array(exec.units.length + 1)));
    const number = known[unit + 1] as number;
    if (number > 0) return number - 1;
    const { filename, qualname } = exec.data;
    const made = this.#number({ filename, line: exec.lineAt(unit), function: qualname });
    known[unit + 1] = made + 1;
    return made;
  }

  #number(place: RunningAt): number {
    const key = `${place.line} ${place.function} ${place.filename}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.list.push(place) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}
