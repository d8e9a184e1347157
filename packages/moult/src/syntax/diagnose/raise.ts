/** How CPython places a syntax error: which line it quotes and how byte columns become offsets.
 *
 *  Much depends on how far the tokenizer has read when the error is raised, so this keeps `fill`, the number of
 *  tokens read. Column -1 stands for a token without text; its errors are placed at the cursor. */

import type { Position } from '../ast.ts';
import { PythonSyntaxError, type SyntaxErrorType } from '../errors.ts';
import { byteToCharOffset, codePointLength } from '../tokenizer/chars.ts';
import { spelling, T } from '../tokenizer/token.ts';
import type { TokenList } from '../tokenizer/token-list.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';

export class ErrorPlacer {
  readonly tokens: TokenList;
  readonly tokenizer: Tokenizer;
  protected readonly source: string;
  protected readonly types: Uint8Array;
  private lineStarts: number[] | null = null;
  /** How many tokens were read. */
  fill = 0;
  /** The index of the next token. */
  protected p = 0;

  constructor(tokenizer: Tokenizer) {
    this.tokenizer = tokenizer;
    this.tokens = tokenizer.tokens;
    this.source = tokenizer.source;
    this.types = tokenizer.tokens.type;
  }

  /** The type of token `index`, which counts as read. Throws the tokenizer's error at an error token. */
  protected read(index: number): T {
    if (index >= this.fill) {
      this.fill = index + 1;
      if (this.types[index] === T.Error && !this.endIsFinal()) throw this.tokenizerError();
    }
    const type: T = this.types[index]!;
    return type === T.Error ? T.EndMarker : type;
  }

  /** Whether the end of what was typed at a prompt counts as the end of the program, instead of asking for more. */
  protected endIsFinal(): boolean {
    return false;
  }

  /** Where token `index` stands. */
  protected tokenSpan(index: number): Position {
    const { line, col, endLine, endCol } = this.tokens;
    return { lineno: line[index]!, colOffset: col[index]!, endLineno: endLine[index]!, endColOffset: endCol[index]! };
  }

  /** The error for a range of nodes or tokens. */
  rangeError(from: Position, to: Position, msg: string, type: SyntaxErrorType = 'SyntaxError'): PythonSyntaxError {
    return this.placed(type, msg, from.lineno, from.colOffset + 1, to.endLineno, to.endColOffset + 1);
  }

  /** The error for a range from `from` to the cursor. */
  startingFrom(from: Position, msg: string): PythonSyntaxError {
    const last = this.fill - 1;
    const { endLine, endCol } = this.tokens;
    const cursor = endCol[last]! < 0 ? this.cursorCol(last) : endCol[last]!;
    return this.placed('SyntaxError', msg, from.lineno, from.colOffset + 1, endLine[last]!, cursor);
  }

  /** The error for the last token read, or for token `index`. */
  tokenError(msg: string, type: SyntaxErrorType = 'SyntaxError', index = this.fill - 1): PythonSyntaxError {
    if (this.types[index] === T.Error) return this.tokenizerError();
    const { line, col, endCol, endLine } = this.tokens;
    if (col[index]! >= 0)
      return this.placed(type, msg, line[index]!, col[index]! + 1, endLine[index]!, endCol[index]! + 1);
    return this.placed(type, msg, line[index]!, this.cursorCol(index), line[index]!, -1);
  }

  /** Where the tokenizer's cursor was when it made token `index`, which has no text. */
  private cursorCol(index: number): number {
    if (this.tokenizer.readsFile && this.tokens.start[index]! >= this.source.length - 1) return 0;
    return this.byteLength(this.lineStart(this.tokens.line[index]!), this.tokens.start[index]!);
  }

  /** The error at the place where the tokenizer failed; it has read the whole text, and quotes it. */
  protected cursorError(msg: string): PythonSyntaxError {
    const { line, cursorCol } = this.tokenizer.failure!;
    const { filename } = this.tokenizer;
    const text = this.source.slice(this.bufferStart(line), -1);
    const offset = byteToCharOffset(text, cursorCol);
    return new PythonSyntaxError('SyntaxError', {
      msg,
      filename,
      lineno: line,
      offset,
      text,
      endLineno: line,
      endOffset: -1,
    });
  }

  /** What the parser reports when the tokenizer has failed. */
  tokenizerError(): PythonSyntaxError {
    const { reason, error, line, cursorCol } = this.tokenizer.failure!;
    switch (reason) {
      case 'syntax':
        return error!;
      case 'eof':
        if (this.tokenizer.brackets.length > 0) return this.unclosedError();
        return this.placed('SyntaxError', 'unexpected EOF while parsing', line, cursorCol, line, -1);
      case 'dedent': {
        const msg = 'unindent does not match any outer indentation level';
        return this.placed('IndentationError', msg, line, cursorCol, line, -1);
      }
      case 'tabs':
        return this.placed('TabError', 'inconsistent use of tabs and spaces in indentation', line, 1, line, 0);
      case 'tooDeep':
        return this.placed('IndentationError', 'too many levels of indentation', line, 1, line, 0);
      case 'continuation': {
        const msg = 'unexpected character after line continuation character';
        const joined = this.byteLength(this.bufferStart(line), this.lineStart(line));
        return this.placed('SyntaxError', msg, line, joined + cursorCol, line, 0);
      }
    }
  }

  /** The error for the innermost bracket that is open at the end. */
  unclosedError(): PythonSyntaxError {
    const { char, line, col } = this.tokenizer.brackets[this.tokenizer.brackets.length - 1]!;
    return this.placed('SyntaxError', `'${String.fromCharCode(char)}' was never closed`, line, col + 1, line, 0);
  }

  /** Builds an error from byte offsets that count from 1; ends of 0 and -1 stay. */
  private placed(
    type: SyntaxErrorType,
    msg: string,
    lineno: number,
    byteOffset: number,
    endLineno: number,
    endByteOffset: number,
  ): PythonSyntaxError {
    const text = this.quotedText(lineno);
    const offset = this.characterOffset(text, byteOffset);
    // As CPython does, the end is measured in the first line even if it stands in another one.
    const endOffset = this.characterOffset(text, endByteOffset);
    return new PythonSyntaxError(type, {
      msg,
      filename: this.tokenizer.filename,
      lineno,
      offset,
      text,
      endLineno,
      endOffset,
    });
  }

  private characterOffset(text: string, byteOffset: number): number {
    if (this.tokenizer.byteOffsets) return byteOffset;
    return byteOffset <= 0 ? byteOffset : Math.min(byteToCharOffset(text, byteOffset - 1), codePointLength(text)) + 1;
  }

  /** The text quoted for an error in `lineno`: CPython's buffer if the tokenizer is in that line, with the lines before
   *  that belong to the same token or are joined by a backslash; otherwise the line without its newline. */
  private quotedText(lineno: number): string {
    const current = this.currentLine();
    const start = this.lineStart(lineno);
    let end = this.source.indexOf('\n', start);
    if (end < 0) end = this.source.length - 1;
    if (lineno < current) return this.source.slice(start, end);
    return this.source.slice(this.bufferStart(current), Math.min(end + 1, this.source.length - 1));
  }

  /** The line that the tokenizer's cursor is in. */
  private currentLine(): number {
    const last = Math.min(this.fill, this.tokens.count) - 1;
    if (last < 0) return 1;
    return this.types[last] === T.Error ? this.tokenizer.failure!.line : this.tokens.endLine[last]!;
  }

  /** Where CPython's buffer begins when the tokenizer is in `line`: at the first of the lines that a token or a backslash joins. */
  private bufferStart(line: number): number {
    let first = line;
    for (let joined = -1; joined !== first;) {
      joined = first;
      first = this.joinedByToken(first);
      if (this.isContinued(first)) first--;
    }
    return this.lineStart(first);
  }

  /** The line in which the first of the tokens begins that reach to `line`, one over the other. */
  private joinedByToken(line: number): number {
    const { endLine, line: startLine } = this.tokens;
    let first = line;
    for (let t = Math.min(this.fill, this.tokens.count) - 1; t >= 0 && endLine[t]! >= first; t--) {
      if (startLine[t]! < first && endLine[t] === first) first = startLine[t]!;
    }
    return first;
  }

  /** Whether the line before `line` ends in a backslash that joins them: not in a comment, nor in the indentation. */
  private isContinued(line: number): boolean {
    const start = this.lineStart(line);
    if (line <= 1 || start < 2 || this.source[start - 2] !== '\\') return false;
    const before = this.lineStart(line - 1);
    if (this.source.slice(before, start - 2).trim() === '') return false;
    return !this.source.slice(this.lastTokenEnd(before, start), start).includes('#');
  }

  /** Where the last token ends of those between `from` and `to`; `from` if there is none. */
  private lastTokenEnd(from: number, to: number): number {
    const { end } = this.tokens;
    for (let t = Math.min(this.fill, this.tokens.count) - 1; t >= 0 && end[t]! > from; t--)
      if (end[t]! < to) return end[t]!;
    return from;
  }

  private lineStart(line: number): number {
    if (this.lineStarts === null) {
      this.lineStarts = [0];
      for (let at = this.source.indexOf('\n'); at >= 0; at = this.source.indexOf('\n', at + 1))
        this.lineStarts.push(at + 1);
    }
    return this.lineStarts[Math.max(line, 1) - 1] ?? this.source.length - 1;
  }

  private byteLength(from: number, to: number): number {
    return new TextEncoder().encode(this.source.slice(from, to)).length;
  }

  /** How a token is spelt. */
  protected tokenText(index: number): string {
    return spelling(this.types[index]!) || this.source.slice(this.tokens.start[index], this.tokens.end[index]);
  }
}
