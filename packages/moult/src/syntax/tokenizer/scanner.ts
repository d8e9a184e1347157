/** What all parts of the tokenizer share: the text, the cursor, positions and failures.
 *
 *  `source` ends in one NUL, which no program can contain: reading it means end of file, and no read needs a bounds
 *  check. `line` and `lineStart` move to the next line only when there is one, so that at the end of file they
 *  still name the last line, as CPython's do. */

import { PythonSyntaxError, type SyntaxErrorType, type SyntaxWarningRecord } from '../errors.ts';
import { decodeError } from '../undecoded.ts';
import { Ch, codePointLength, extraBytes } from './chars.ts';
import { TokenList } from './token-list.ts';
import { T } from './token.ts';

/** Why the tokenizer stopped, if not at the regular end. CPython keeps these as `tok->done`; only `syntax` is an
 *  error that the tokenizer words itself, the parser words the others. */
type FailureReason = 'syntax' | 'eof' | 'dedent' | 'tabs' | 'tooDeep' | 'continuation';

interface TokenizerFailure {
  reason: FailureReason;
  /** The finished error for `syntax`. */
  error: PythonSyntaxError | null;
  line: number;
  /** UTF-8 bytes from the start of the line to the cursor. */
  cursorCol: number;
  /** Whether the cursor is in an f-string. */
  inFString: boolean;
}

/** An opening bracket that is not closed yet. */
export interface OpenBracket {
  char: number;
  line: number;
  col: number;
}

/** Thrown inside the tokenizer to stop; never leaves it. */
const STOP = new Error('tokenizer stopped');

export class Scanner {
  readonly tokens: TokenList;
  readonly warnings: SyntaxWarningRecord[] = [];
  failure: TokenizerFailure | null = null;
  /** Brackets open at the cursor, outermost first. */
  readonly brackets: OpenBracket[] = [];

  /** The text, NUL at its end. */
  readonly source: string;
  readonly filename: string;
  protected readonly length: number;
  protected pos = 0;
  line = 1;
  lineStart = 0;
  private readonly ascii: boolean;
  // Memo of byteCol: `extra` more bytes than units between lineStart and colPos.
  private colPos = 0;
  private colExtra = 0;

  /** Whether the text is what was typed at a prompt so far. */
  readonly interactive: boolean;

  constructor(source: string, filename: string, interactive = false) {
    this.interactive = interactive;
    this.source = source + '\0';
    this.length = source.length;
    if (this.length === 0) this.line = 0; // as in CPython, which has read no line
    this.filename = filename;
    this.tokens = new TokenList(16 + (source.length >> 2));
    // eslint-disable-next-line no-control-regex
    this.ascii = !/[^\x00-\x7f]/.test(source);
  }

  /** The column of `pos` in the current line, in UTF-8 bytes. */
  protected byteCol(pos: number): number {
    const units = pos - this.lineStart;
    if (this.ascii) return units;
    if (this.colPos < this.lineStart || this.colPos > pos) {
      this.colPos = this.lineStart;
      this.colExtra = 0;
    }
    for (let i = this.colPos; i < pos; i++) this.colExtra += extraBytes(this.source, i);
    this.colPos = pos;
    return units + this.colExtra;
  }

  /** Call with `pos` just behind a newline. */
  protected startLine(pos: number): void {
    if (pos >= this.length) return;
    this.line++;
    this.lineStart = pos;
  }

  /** Adds a token that lies in the current line. */
  protected push(type: T, start: number, end: number): void {
    if (this.ascii) {
      this.tokens.push(type, start, end, this.line, start - this.lineStart, this.line, end - this.lineStart);
    } else {
      const col = this.byteCol(start);
      this.tokens.push(type, start, end, this.line, col, this.line, this.byteCol(end));
    }
    this.pos = end;
  }

  /** Adds a token without text: CPython gives it the column -1. */
  protected pushEmpty(type: T, pos: number): void {
    this.tokens.push(type, pos, pos, this.line, -1, this.line, -1);
  }

  /** The current line, without its newline. */
  protected lineText(): string {
    const end = this.source.indexOf('\n', this.lineStart);
    return this.source.slice(this.lineStart, end < 0 ? this.length : end);
  }

  /** Stops with an error whose offset is the cursor, as CPython's `syntaxerror`. */
  protected fail(message: string, cursor: number, type: SyntaxErrorType = 'SyntaxError'): never {
    const offset = codePointLength(this.source.slice(this.lineStart, cursor));
    return this.failAt(message, offset, offset, type, cursor);
  }

  /** Stops with an error at a range of characters in the current line. */
  protected failAt(
    message: string,
    offset: number,
    endOffset: number,
    type: SyntaxErrorType = 'SyntaxError',
    cursor = this.lineStart,
  ): never {
    const error = new PythonSyntaxError(type, {
      msg: message,
      filename: this.filename,
      lineno: this.line,
      offset,
      text: this.lineText(),
      endLineno: this.line,
      endOffset,
    });
    return this.stop('syntax', cursor, error);
  }

  /** Stops at bytes in `text`, which ends at the cursor, that are no UTF-8. The error is placed by bytes. */
  protected failUndecoded(text: string, cursor: number): never {
    const error = new PythonSyntaxError('SyntaxError', {
      msg: decodeError(text),
      filename: this.filename,
      lineno: this.line,
      offset: this.byteCol(cursor),
      text: this.lineText() + '\n',
      endLineno: this.line,
      endOffset: -1,
    });
    return this.stop('syntax', cursor, error);
  }

  /** Stops; the parser finds the failure when it reaches the error token. */
  protected stop(reason: FailureReason, cursor: number, error: PythonSyntaxError | null = null): never {
    const cursorCol = this.byteCol(Math.max(cursor, this.lineStart));
    this.failure = { reason, error, line: this.line, cursorCol, inFString: this.isInFString() };
    this.pushEmpty(T.Error, cursor);
    throw STOP;
  }

  protected isInFString(): boolean {
    return false;
  }

  /** Runs `tokenize` until it ends or stops. */
  protected guarded(tokenize: () => void): void {
    try {
      tokenize();
    } catch (error) {
      if (error !== STOP) throw error;
    }
  }

  protected warn(category: SyntaxWarningRecord['category'], message: string): void {
    this.warnings.push({ category, message, lineno: this.line });
  }

  /** Warns of what would be an error at the cursor. */
  protected warnAt(message: string, cursor: number): void {
    const offset = codePointLength(this.source.slice(this.lineStart, cursor));
    const { line, filename } = this;
    const text = this.lineText();
    const asError = (): PythonSyntaxError =>
      new PythonSyntaxError('SyntaxError', {
        msg: message,
        filename,
        lineno: line,
        offset,
        text,
        endLineno: line,
        endOffset: offset,
      });
    this.warnings.push({ category: 'SyntaxWarning', message, lineno: line, asError });
  }

  /** The whole character at `pos`, surrogate pairs included. */
  protected characterAt(pos: number): string {
    return String.fromCodePoint(this.source.codePointAt(pos)!);
  }

  /** Where the current line ends, behind its newline. */
  protected lineEnd(): number {
    const end = this.source.indexOf('\n', this.lineStart);
    return end < 0 ? this.length : end + 1;
  }

  protected isEof(pos: number): boolean {
    return this.source.charCodeAt(pos) === Ch.Eof;
  }
}
