/** Python's tokenizer: text to tokens, all at once, indentation and brackets included.
 *
 *  A failure ends the list with an error token; it becomes an error only when the parser reaches it, because in
 *  CPython, which tokenizes on demand, a syntax error before it may come first. */

import type { TypeComments } from '../dialect.ts';
import { hasUndecoded } from '../undecoded.ts';
import {
  Ch,
  codePointName,
  invalidIdentifierAt,
  isDigit,
  isIdentifierPart,
  isIdentifierStart,
  isPrintable,
} from './chars.ts';
import { type FStringMode, StringScanner } from './strings.ts';
import { KEYWORDS, oneChar, T, threeChars, twoChars } from './token.ts';

const MAX_INDENT = 100;
const MAX_BRACKETS = 200;
const TAB_SIZE = 8;
const TYPE_COMMENT = /^#[ \t]*type:[ \t]*/;
const TYPE_IGNORE = /^ignore(?![A-Za-z0-9\u0080-\uffff])/;

interface TokenizerOptions {
  filename: string;
  /** As at a prompt: an empty line is a token. */
  interactive?: boolean;
  /** For one statement: the end of the text ends it too, with a Newline before the EndMarker. */
  single?: boolean;
  /** With `single`: do not close blocks at the end of the text, they may continue. */
  dontImplyDedent?: boolean;
  /** The text is read from a file: at its end the reader's cursor is at the start of a line. */
  fromFile?: boolean;
  /** The text comes from bytes that name no encoding: CPython then places errors by bytes, not by characters. */
  byteOffsets?: boolean;
  /** Pass over characters that no identifier may have, and over brackets that do not match: for `tokenize`. */
  lenient?: boolean;
  /** Where type comments are noted. */
  typeComments?: TypeComments | null;
}

export class Tokenizer extends StringScanner {
  // Columns of open indentations with tabs to multiples of 8, and with tabs as one column: both must agree.
  private readonly indents = [0];
  private readonly altIndents = [0];
  private atLineStart = true;
  private blankLine = false;
  private readonly options: TokenizerOptions;
  readonly readsFile: boolean;
  readonly byteOffsets: boolean;

  constructor(source: string, options: TokenizerOptions) {
    super(source, options.filename, options.interactive ?? false);
    this.options = options;
    this.readsFile = options.fromFile ?? false;
    this.byteOffsets = options.byteOffsets ?? false;
  }

  /** Tokenizes everything. After it, `tokens` ends in an EndMarker, or in an Error that `failure` explains. */
  run(): this {
    this.guarded(() => {
      while (this.next());
    });
    return this;
  }

  /** Scans one token, or moves on without one; false at the end. */
  private next(): boolean {
    const mode = this.modes.length > 0 ? this.modes[this.modes.length - 1] : undefined;
    if (mode?.inText) {
      this.fstringText(mode);
      return true;
    }
    if (this.atLineStart) {
      this.atLineStart = false;
      this.indentation();
    }
    return this.token(mode);
  }

  private indentation(): void {
    const src = this.source;
    let pos = this.pos;
    let col = 0;
    let alt = 0;
    let continued = 0;
    for (; ; pos++) {
      const c = src.charCodeAt(pos);
      if (c === Ch.Space) {
        col++;
        alt++;
      } else if (c === Ch.Tab) {
        col = (Math.floor(col / TAB_SIZE) + 1) * TAB_SIZE;
        alt++;
      } else if (c === Ch.FormFeed) {
        col = alt = 0;
      } else if (c === Ch.Backslash) {
        continued ||= col;
        pos = this.continuation(pos) - 1;
      } else {
        break;
      }
    }
    this.pos = pos;
    this.blankLine = this.isBlank(src.charCodeAt(pos), col);
    if (!this.blankLine && this.brackets.length === 0) this.indentTo(continued || col, continued || alt);
  }

  /** Whether a line whose first character after `col` columns is `c` holds no statement. */
  private isBlank(c: number, col: number): boolean {
    if (c !== Ch.Hash && c !== Ch.Newline) return false;
    if (!this.interactive) return true;
    return !((col === 0 && c === Ch.Newline) || this.line === 1);
  }

  private indentTo(col: number, alt: number): void {
    const { indents, altIndents } = this;
    const c = this.source.charCodeAt(this.pos);
    if (c === Ch.Hash || c === Ch.Newline) col = alt = 0; // a blank line that is a token
    if (c === Ch.Eof && this.interactive) return; // the next line is not there yet
    let top = indents.length - 1;
    if (col === indents[top]) {
      if (alt !== altIndents[top]) this.stop('tabs', this.lineEnd());
    } else if (col > indents[top]!) {
      if (indents.length >= MAX_INDENT) this.stop('tooDeep', this.lineEnd());
      if (alt <= altIndents[top]!) this.stop('tabs', this.lineEnd());
      indents.push(col);
      altIndents.push(alt);
      this.pushEmpty(T.Indent, this.pos);
    } else {
      let count = 0;
      for (; top > 0 && col < indents[top]!; top--) count++;
      if (col !== indents[top]) this.stop('dedent', this.lineEnd());
      if (alt !== altIndents[top]) this.stop('tabs', this.lineEnd());
      for (; count > 0; count--) this.dedent();
    }
  }

  private dedent(): void {
    this.indents.pop();
    this.altIndents.pop();
    this.pushEmpty(T.Dedent, this.pos);
  }

  /** Skips a backslash and the newline behind it. */
  private continuation(pos: number): number {
    if (this.source.charCodeAt(pos + 1) !== Ch.Newline) {
      this.stop('continuation', this.isEof(pos + 1) ? pos + 1 : pos + 2);
    }
    pos += 2;
    if (this.isEof(pos)) this.stop('eof', pos);
    this.startLine(pos);
    return pos;
  }

  private token(mode: FStringMode | undefined): boolean {
    const src = this.source;
    let pos = this.pos;
    let c = src.charCodeAt(pos);
    while (c === Ch.Space || c === Ch.Tab || c === Ch.FormFeed) c = src.charCodeAt(++pos);
    const start = pos;
    if (c === Ch.Hash) {
      pos = src.indexOf('\n', pos);
      if (pos < 0) pos = this.length;
      c = src.charCodeAt(pos);
      if (this.options.typeComments) this.noteTypeComment(this.options.typeComments, start, pos);
    }
    if (isIdentifierStart(c)) this.word(pos);
    else if (c === Ch.Newline) this.newline(start, pos);
    else if (isDigit(c)) this.number(pos);
    else if (c === Ch.Quote1 || c === Ch.Quote2) this.string(pos, pos);
    else if (c === Ch.Backslash) this.pos = this.continuation(pos);
    else if (c === Ch.Eof) return this.end(pos);
    else if (c === Ch.Dot) this.dot(pos);
    else this.operator(pos, c, mode);
    return true;
  }

  /** Notes the comment from `start` to `end` if it is about types. */
  private noteTypeComment(notes: TypeComments, start: number, end: number): void {
    const prefix = TYPE_COMMENT.exec(this.source.slice(start, end))?.[0];
    if (prefix === undefined) return;
    const text = this.source.slice(start + prefix.length, end);
    const ignored = TYPE_IGNORE.exec(text);
    if (ignored !== null) {
      // As in CPython one that has its line for itself takes the newline too.
      notes.ignores.push({
        kind: 'TypeIgnore',
        lineno: this.line,
        tag: text.slice(ignored[0].length) + (this.blankLine ? '\n' : ''),
      });
      return;
    }
    const col = this.byteCol(start + prefix.length);
    const next = this.tokens.count;
    notes.comments.push({
      next,
      text,
      alone: this.blankLine,
      line: this.line,
      col,
      endCol: this.byteCol(end),
      used: false,
    });
  }

  /** The newline at `pos`; its token starts with the comment before it. */
  private newline(start: number, pos: number): void {
    this.atLineStart = true;
    if (!this.blankLine && this.brackets.length === 0) {
      const col = this.byteCol(start);
      this.tokens.push(T.Newline, start, pos, this.line, col, this.line, this.byteCol(pos) + 1);
    }
    this.blankLine = false;
    this.pos = pos + 1;
    this.startLine(pos + 1);
  }

  /** The end of the text; always false. */
  private end(pos: number): boolean {
    this.pos = pos;
    if (this.brackets.length > 0) this.stop('eof', pos);
    if (this.interactive) this.stop('eof', pos);
    if (this.options.single) this.endSingle(pos);
    while (this.indents.length > 1) this.dedent();
    this.pushEmpty(T.EndMarker, pos);
    return false;
  }

  /** Ends the one statement of `single` mode, whose last newline may be missing. */
  private endSingle(pos: number): void {
    if (this.tokens.count === 0) return;
    this.pushEmpty(T.Newline, pos);
    if (this.options.dontImplyDedent) this.indents.length = 1;
    if (this.indents.length === 1) return;
    while (this.indents.length > 1) this.dedent();
    this.pushEmpty(T.Newline, pos);
  }

  private word(start: number): void {
    const src = this.source;
    let pos = start;
    let c = src.charCodeAt(pos);
    let nonAscii = false;
    while (isIdentifierPart(c)) {
      if (c >= 128) nonAscii = true;
      c = src.charCodeAt(++pos);
    }
    if ((c === Ch.Quote1 || c === Ch.Quote2) && pos - start <= 2 && this.prefixed(start, pos)) return;
    const text = src.slice(start, pos);
    if (nonAscii) this.verify(start, text);
    const length = pos - start;
    this.push(length > 1 && length < 9 ? (KEYWORDS.get(text) ?? T.Name) : T.Name, start, pos);
  }

  /** Scans a string if the text before the quote at `quotePos` is a string prefix. */
  private prefixed(start: number, quotePos: number): boolean {
    switch (this.source.slice(start, quotePos).toLowerCase()) {
      case 'r':
      case 'b':
      case 'u':
      case 'rb':
      case 'br':
        this.string(start, quotePos);
        return true;
      case 'f':
        this.openFString(start, quotePos, false);
        return true;
      case 'rf':
      case 'fr':
        this.openFString(start, quotePos, true);
        return true;
      default:
        return false;
    }
  }

  private verify(start: number, text: string): void {
    if (hasUndecoded(text)) this.failUndecoded(text, start + text.length);
    const bad = invalidIdentifierAt(text);
    if (bad < 0 || this.options.lenient === true) return;
    const character = this.characterAt(start + bad);
    const name = codePointName(character);
    const cursor = start + bad + character.length;
    if (isPrintable(character)) this.fail(`invalid character '${character}' (U+${name})`, cursor);
    this.fail(`invalid non-printable character U+${name}`, cursor);
  }

  private dot(pos: number): void {
    const src = this.source;
    if (isDigit(src.charCodeAt(pos + 1))) return this.fraction(pos, pos + 1);
    if (src.charCodeAt(pos + 1) === Ch.Dot && src.charCodeAt(pos + 2) === Ch.Dot)
      return this.push(T.Ellipsis, pos, pos + 3);
    this.push(T.Dot, pos, pos + 1);
  }

  private operator(pos: number, c: number, mode: FStringMode | undefined): void {
    if (mode !== undefined && mode.fieldDepth >= 0 && this.fieldPunctuation(pos, c, mode)) return;
    const d = this.source.charCodeAt(pos + 1);
    const two = twoChars(c, d);
    if (two !== 0) {
      const three = threeChars(two, this.source.charCodeAt(pos + 2));
      return three !== 0 ? this.push(three, pos, pos + 3) : this.push(two, pos, pos + 2);
    }
    if (c === Ch.LPar || c === Ch.LSqb || c === Ch.LBrace) this.openBracket(pos, c, mode);
    else if (c === Ch.RPar || c === Ch.RSqb || c === Ch.RBrace) this.closeBracket(pos, c, mode);
    if (c < Ch.Space || c === 127)
      this.fail(`invalid non-printable character U+${codePointName(String.fromCharCode(c))}`, pos + 1);
    this.push(oneChar(c), pos, pos + 1);
  }

  /** Notes where a field's expression ends; true if `c` was the colon that starts its format spec. */
  private fieldPunctuation(pos: number, c: number, mode: FStringMode): boolean {
    if (c !== Ch.Colon && c !== Ch.RBrace && c !== Ch.Bang && c !== Ch.LBrace) return false;
    const depth = mode.bracketDepth - (c === Ch.LBrace ? 0 : 1);
    if (depth === 0) mode.expressionEnded = c !== Ch.LBrace;
    if (c !== Ch.Colon || depth !== mode.fieldDepth) return false;
    mode.inText = true;
    this.push(T.Colon, pos, pos + 1);
    return true;
  }

  private openBracket(pos: number, char: number, mode: FStringMode | undefined): void {
    if (this.brackets.length >= MAX_BRACKETS) this.fail('too many nested parentheses', pos + 1);
    this.brackets.push({ char, line: this.line, col: this.byteCol(pos) });
    if (mode !== undefined) mode.bracketDepth++;
  }

  private closeBracket(pos: number, char: number, mode: FStringMode | undefined): void {
    const text = String.fromCharCode(char);
    if (mode !== undefined && mode.bracketDepth === 0 && char === Ch.RBrace) {
      this.fail("f-string: single '}' is not allowed", pos + 1);
    }
    const lenient = this.options.lenient === true;
    if (mode === undefined && this.brackets.length === 0 && !lenient) this.fail(`unmatched '${text}'`, pos + 1);
    const open = this.brackets.pop();
    if (!lenient && open !== undefined && char - open.char !== (char === Ch.RPar ? 1 : 2)) {
      if (mode !== undefined && open.char === Ch.LBrace && mode.bracketDepth - 1 === mode.fieldDepth) {
        this.fail(`f-string: unmatched '${text}'`, pos + 1);
      }
      const where = open.line !== this.line ? ` on line ${open.line}` : '';
      const opening = String.fromCharCode(open.char);
      this.fail(`closing parenthesis '${text}' does not match opening parenthesis '${opening}'${where}`, pos + 1);
    }
    if (mode === undefined) return;
    mode.bracketDepth--;
    if (char === Ch.RBrace && mode.bracketDepth === mode.fieldDepth) {
      mode.fieldDepth--;
      mode.inText = true;
    }
  }
}
