/** Counts moments: a program's own lines as they start, in every call. */
import { innermost } from 'moult';
import type { Position, Runtime } from 'moult';

/** What tracebacks call the program. */
export const FILENAME = 'main.py';

export class LineWatch {
  /** Where each frame was, by its number. */
  readonly #frames = new Map<number, Position>();
  readonly #rt: Runtime;
  line = 0;

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  /** Whether the instruction about to run begins a line of the program: another one than its frame was in, or the same again. A call
   *  begins with the line of its `def`. */
  starts(): boolean {
    const at = innermost(this.#rt);
    if (at.line <= 0 || at.filename !== FILENAME) return false;
    const before = this.#frames.get(at.frame);
    this.#frames.set(at.frame, at);
    if (before !== undefined && before.code === at.code && before.line === at.line && before.unit < at.unit)
      return false;
    this.line = at.line;
    return true;
  }
}
