/** Statements of a generated function, and the names and places that they use. `L` is the index of the frame's first variable. */
import { FrameWord } from '../../core/layout/frame.ts';

export abstract class Emitter {
  readonly lines: string[] = [];
  /** Declarations outside of the function. */
  readonly shared: string[] = [];
  /** Unit of the instruction that is written. */
  unit = 0;
  private names = 0;

  /** Variables of the frame, below its stack. */
  private readonly nlocals: number;

  protected constructor(nlocals: number) {
    this.nlocals = nlocals;
  }

  /** Operands on the stack. */
  protected abstract get depth(): number;

  emit(line: string): void {
    this.lines.push(line);
  }

  /** Declares a constant. */
  name(value: string, prefix = 't'): string {
    const name = `${prefix}${this.names++}`;
    this.emit(`const ${name} = ${value};`);
    return name;
  }

  /** A new name, not yet declared. */
  fresh(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  // Places.

  /** Index of the word of a place on the stack. */
  place(depth: number): string {
    return `(L + ${this.nlocals + depth}) | 0`;
  }

  slot(depth: number): string {
    return `H[${this.place(depth)}]`;
  }

  local(n: number): string {
    return `H[(L + ${n}) | 0]`;
  }

  /** `sp` after `depth` operands. */
  sp(depth = this.depth): string {
    return this.place(depth);
  }

  /** The instruction that is running, for whoever looks. */
  where(unit = this.unit): string {
    return `H[(frame + ${FrameWord.PrevInstr}) | 0] = ${unit};`;
  }

  top(depth = this.depth): string {
    return `H[(frame + ${FrameWord.StackTop}) | 0] = ${this.words(depth)};`;
  }

  /** Words of the frame from its variables to the end of `depth` operands. */
  words(depth = this.depth): number {
    return this.nlocals + depth;
  }
}
