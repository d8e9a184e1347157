/** String tokens, and f-strings in pieces (PEP 701).
 *
 *  An f-string is FStringStart, then FStringMiddle for literal text and ordinary tokens for replacement fields,
 *  then FStringEnd. Each open f-string has a mode on a stack; `inText` says whether the cursor is in its literal text
 *  (format specs included) or in an expression. */

import { hasUndecoded } from '../undecoded.ts';
import { Ch } from './chars.ts';
import { NumberScanner } from './numbers.ts';
import { T } from './token.ts';

/** f-string fields may nest this deep, counting the format specs they stand in. */
const MAX_EXPRESSION_NESTING = 3;

/** Modes of CPython's tokenizer: the plain one, and one for each open f-string. */
const MAX_FSTRINGS = 150;

/** One f-string that is not finished. */
export interface FStringMode {
  quote: number;
  quoteSize: number;
  raw: boolean;
  start: number;
  line: number;
  lineStart: number;
  /** Brackets of all kinds open inside this f-string. */
  bracketDepth: number;
  /** Nesting of replacement fields at the cursor, -1 in none. */
  fieldDepth: number;
  /** Whether the outermost field's expression is complete, so that text is a format spec. */
  expressionEnded: boolean;
  inText: boolean;
}

export class StringScanner extends NumberScanner {
  protected readonly modes: FStringMode[] = [];
  /** Set before an unterminated string is reported: whether the text ended in it, not just the line. */
  private cursorAtEnd = false;
  /** Whether the text ended inside a string. */
  endsInString = false;

  protected override isInFString(): boolean {
    return this.modes.length > 0;
  }

  /** The f-string that the cursor is in, if any. */
  protected mode(): FStringMode | undefined {
    return this.modes[this.modes.length - 1];
  }

  /** Scans a plain string; `quotePos` is behind its prefix. */
  protected string(start: number, quotePos: number): void {
    const src = this.source;
    const quote = src.charCodeAt(quotePos);
    const line = this.line;
    const col = this.byteCol(start);
    const size = this.quoteSize(quotePos);
    const startLine = this.lineStart;
    let pos = quotePos + size;
    const mode = this.mode();
    for (let found = 0; found < size;) {
      const c = src.charCodeAt(pos++);
      if (c === quote) {
        found++;
        continue;
      }
      found = 0;
      this.cursorAtEnd = c === Ch.Eof;
      if (c === Ch.Newline) {
        if (size === 1) this.failString(mode, quote, size, start, line, startLine);
        this.startLine(pos);
      } else if (c === Ch.Backslash) {
        if (src.charCodeAt(pos) === Ch.Newline) this.startLine(pos + 1);
        if (!this.isEof(pos)) pos++;
      } else if (c === Ch.Eof) {
        this.failString(mode, quote, size, start, line, startLine);
      }
    }
    this.tokens.push(T.String, start, pos, line, col, this.line, this.byteCol(pos));
    this.pos = pos;
  }

  /** Reports an unterminated string; in an f-string with the same quotes it is the f-string that goes on. */
  private failString(
    mode: FStringMode | undefined,
    quote: number,
    size: number,
    start: number,
    line: number,
    lineStart: number,
  ): never {
    if (mode === undefined || mode.quote !== quote || mode.quoteSize !== size) {
      return this.failUnterminated('string', size, start, line, lineStart);
    }
    if (this.cursorAtEnd && this.interactive) return this.stop('eof', this.length);
    this.line = line;
    this.lineStart = lineStart;
    return this.fail("f-string: expecting '}'", start + 1);
  }

  /** 3 for a triple quote at `pos`, else 1. */
  private quoteSize(pos: number): number {
    const quote = this.source.charCodeAt(pos);
    return this.source.charCodeAt(pos + 1) === quote && this.source.charCodeAt(pos + 2) === quote ? 3 : 1;
  }

  private failUnterminated(what: string, size: number, start: number, line: number, lineStart: number): never {
    const atEnd = this.cursorAtEnd;
    if (atEnd && this.interactive) return this.stop('eof', this.length);
    this.endsInString = atEnd && what === 'string';
    const detected = this.line;
    this.line = line;
    this.lineStart = lineStart;
    const triple = size === 3 ? 'triple-quoted ' : '';
    return this.fail(`unterminated ${triple}${what} literal (detected at line ${detected})`, start + 1);
  }

  /** Opens an f-string; `quotePos` is behind its prefix. */
  protected openFString(start: number, quotePos: number, raw: boolean): void {
    const quoteSize = this.quoteSize(quotePos);
    if (this.modes.length + 1 >= MAX_FSTRINGS) this.fail('too many nested f-strings', quotePos + quoteSize);
    this.modes.push({
      quote: this.source.charCodeAt(quotePos),
      quoteSize,
      raw,
      start,
      line: this.line,
      lineStart: this.lineStart,
      bracketDepth: 0,
      fieldDepth: -1,
      expressionEnded: false,
      inText: true,
    });
    this.push(T.FStringStart, start, quotePos + quoteSize);
  }

  /** Scans the next token in the literal text of an f-string. */
  protected fstringText(mode: FStringMode): void {
    const src = this.source;
    const start = this.pos;
    if (src.charCodeAt(start) === Ch.LBrace && src.charCodeAt(start + 1) !== Ch.LBrace) {
      if (++mode.fieldDepth >= MAX_EXPRESSION_NESTING) this.failNesting(start);
      mode.inText = false;
      return;
    }
    let quotes = 0;
    while (quotes < mode.quoteSize && src.charCodeAt(start + quotes) === mode.quote) quotes++;
    if (quotes === mode.quoteSize) {
      this.modes.pop();
      return this.push(T.FStringEnd, start, start + quotes);
    }
    this.fstringMiddle(mode, start);
  }

  private failNesting(cursor: number): never {
    return this.fail('f-string: expressions nested too deeply', cursor);
  }

  private fstringMiddle(mode: FStringMode, start: number): void {
    const src = this.source;
    const line = this.line;
    const col = this.byteCol(start);
    // As in CPython the token's columns reach to the cursor, behind both braces of an escaped one; its text does not.
    const finish = (end: number, next: number): void => {
      const text = src.slice(start, end);
      if (hasUndecoded(text)) this.failUndecoded(text, end);
      this.tokens.push(T.FStringMiddle, start, end, line, col, this.line, this.byteCol(next));
      this.pos = next;
    };
    let namedEscape = false;
    let quotes = 0;
    let pos = start;
    while (quotes < mode.quoteSize) {
      const c = src.charCodeAt(pos++);
      const inSpec = mode.expressionEnded && mode.fieldDepth >= 0;
      if (c === mode.quote) {
        quotes++;
        continue;
      }
      quotes = 0;
      switch (c) {
        case Ch.Eof:
          this.cursorAtEnd = true;
          this.failUnterminated('f-string', mode.quoteSize, mode.start, mode.line, mode.lineStart);
          break;
        case Ch.Newline:
          if (mode.quoteSize === 1) {
            if (!inSpec) this.failUnterminated('f-string', 1, mode.start, mode.line, mode.lineStart);
            mode.inText = false;
            return finish(pos - 1, pos - 1);
          }
          this.startLine(pos);
          break;
        case Ch.LBrace:
          if (src.charCodeAt(pos) === Ch.LBrace && !inSpec) return finish(pos, pos + 1);
          if (++mode.fieldDepth >= MAX_EXPRESSION_NESTING) this.failNesting(pos - 1);
          mode.inText = false;
          return finish(pos - 1, pos - 1);
        case Ch.RBrace:
          if (namedEscape) return finish(pos, pos);
          if (src.charCodeAt(pos) === Ch.RBrace && !inSpec && mode.bracketDepth === 0) return finish(pos, pos + 1);
          mode.inText = false;
          return finish(pos - 1, pos - 1);
        case Ch.Backslash: {
          const escaped = src.charCodeAt(pos);
          if (escaped === Ch.LBrace || escaped === Ch.RBrace) {
            if (!mode.raw) this.warn('SyntaxWarning', `invalid escape sequence '\\${String.fromCharCode(escaped)}'`);
          } else if (!mode.raw && escaped === 0x4e && src.charCodeAt(pos + 1) === Ch.LBrace) {
            namedEscape = true;
            pos += 2;
          } else if (!this.isEof(pos)) {
            pos++;
            if (escaped === Ch.Newline) this.startLine(pos);
          }
          break;
        }
      }
    }
    finish(pos - mode.quoteSize, pos - mode.quoteSize);
  }
}
