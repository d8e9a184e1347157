/** What all passes of one compilation share: options, errors, warnings, the nesting limit. */

import type { Position } from '../syntax/ast.ts';
import { PythonSyntaxError } from '../syntax/errors.ts';
import type { SyntaxWarningRecord } from '../syntax/errors.ts';

export interface CompileOptions {
  filename: string;
  mode: 'exec' | 'eval' | 'single';
  /** `-O` level: 1 drops assertions, 2 docstrings too. */
  optimize?: 0 | 1 | 2;
  /** `CompilerFlag`s. */
  flags?: number;
  /** `CodeFlag.FUTURE_*` inherited from the code that calls `compile`. */
  futureFlags?: number;
  /** Receives warnings in source order; may throw to turn one into an error. */
  onWarning?: (warning: SyntaxWarningRecord) => void;
  /** Warns that a bool's bits are inverted, which CPython does where the code runs that compiles; false: not to be folded. */
  onBoolInversion?: () => boolean;
  /** The text of a source line for error objects, or null. */
  sourceLine?: (lineno: number) => string | null;
}

/** `flags` of `compile()` that matter to the compiler. */
export const enum CompilerFlag {
  ALLOW_TOP_LEVEL_AWAIT = 0x2000,
}

/** Marks an instruction that belongs to no source position. */
export const NO_LOCATION: Position = { lineno: -1, colOffset: -1, endLineno: -1, endColOffset: -1 };

/** CPython's limit of nested nodes (its C recursion limit of 1500, scaled by 2). */
const MAX_NESTING = 3000;

/** One compilation. */
export class CompileContext {
  readonly options: CompileOptions;
  readonly filename: string;
  readonly optimize: 0 | 1 | 2;
  /** `CodeFlag.FUTURE_*` in effect. */
  futureFlags: number;
  /** Position of the last `from __future__` statement, or null. */
  futureLocation: Position | null = null;
  private depth = 0;

  constructor(options: CompileOptions) {
    this.options = options;
    this.filename = options.filename;
    this.optimize = options.optimize ?? 0;
    this.futureFlags = options.futureFlags ?? 0;
  }

  get allowsTopLevelAwait(): boolean {
    return ((this.options.flags ?? 0) & CompilerFlag.ALLOW_TOP_LEVEL_AWAIT) !== 0;
  }

  /** The SyntaxError `msg` at `loc`; columns are bytes, as CPython's compiler reports them. */
  error(msg: string, loc: Position): PythonSyntaxError {
    return new PythonSyntaxError('SyntaxError', {
      msg,
      filename: this.filename,
      lineno: loc.lineno,
      offset: loc.colOffset + 1,
      text: this.options.sourceLine?.(loc.lineno) ?? null,
      endLineno: loc.endLineno,
      endOffset: loc.endColOffset + 1,
    });
  }

  /** As `error`, for errors that CPython reports without an end column. */
  errorAtStart(msg: string, loc: Position): PythonSyntaxError {
    return new PythonSyntaxError('SyntaxError', {
      ...this.error(msg, loc),
      msg,
      endLineno: loc.lineno,
      endOffset: null,
    });
  }

  warn(message: string, loc: Position): void {
    const asError = (): PythonSyntaxError => this.error(message, loc);
    this.options.onWarning?.({ category: 'SyntaxWarning', message, lineno: loc.lineno, asError });
  }

  /** Goes one node deeper; pair with `leave`. Throws the RecursionError CPython raises. */
  enter(): void {
    if (++this.depth > MAX_NESTING) throw recursionError(this.filename);
  }

  leave(): void {
    this.depth--;
  }

  /** Starts a pass at depth 0. */
  resetDepth(): void {
    this.depth = 0;
  }
}

/** What CPython raises for a tree that is too deep. */
export function recursionError(filename: string): PythonSyntaxError {
  const msg = 'maximum recursion depth exceeded during compilation';
  return new PythonSyntaxError('RecursionError', {
    msg,
    filename,
    lineno: null,
    offset: null,
    text: null,
    endLineno: null,
    endOffset: null,
  });
}
