/** The cursor over the tokens, and what every part of the parser does with it.
 *
 *  This parser decides by looking ahead and gives up at the first token that fits nothing, without a message: wording
 *  errors is the diagnoser's work, which then reads the same tokens again. */

import type { Expr, ExprContext } from '../ast.ts';
import { DialectError } from '../dialect.ts';
import { T } from '../tokenizer/token.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { LiteralError, type StringContext, type UnicodeNameLookup } from '../literals.ts';

/** Thrown when the tokens fit nothing. Preallocated: it carries no information. */
export const PARSE_FAILURE = new Error('syntax does not fit');

/** Thrown when a text is nested deeper than CPython's parser allows. Preallocated, as `PARSE_FAILURE`. */
export const TOO_COMPLEX = new Error('syntax is nested too deeply');

/** CPython's parser may be 6,000 rules deep (MAXSTACK); a chain of prefix operators in a statement leaves this many to itself. */
const MAX_LEVEL = 5969;

/** How many rules deeper CPython's parser gets; measured, each is what one more level costs in a deep text. */
export const enum Levels {
  Prefix = 1,
  Ternary = 1,
  Elif = 1,
  Lambda = 2,
  Power = 2,
  Block = 6,
  Call = 24,
  Group = 28,
}

interface ParserContext extends StringContext {
  unicodeName: UnicodeNameLookup | undefined;
}

export class ParserBase {
  protected readonly source: string;
  protected readonly types: Uint8Array;
  protected readonly starts: Int32Array;
  protected readonly ends: Int32Array;
  protected readonly lines: Int32Array;
  protected readonly cols: Int32Array;
  protected readonly endLines: Int32Array;
  protected readonly endCols: Int32Array;
  protected readonly context: ParserContext;
  /** The index of the next token. */
  protected p = 0;
  /** How deep CPython's parser would be here, about. */
  private level = 0;

  constructor(tokenizer: Tokenizer, context: ParserContext) {
    const { tokens } = tokenizer;
    this.source = tokenizer.source;
    this.types = tokens.type;
    this.starts = tokens.start;
    this.ends = tokens.end;
    this.lines = tokens.line;
    this.cols = tokens.col;
    this.endLines = tokens.endLine;
    this.endCols = tokens.endCol;
    this.context = context;
  }

  /** How far the parser came: the index of the next token. */
  get position(): number {
    return this.p;
  }

  /** Refuses what is newer than the version of the language that was asked for (CHECK_VERSION); `token` is the
   *  last one that CPython has read by then. */
  protected since(version: number, what: string, token = this.p): void {
    if (this.context.dialect.version >= version) return;
    throw new DialectError(`${what} only supported in Python 3.${version} and greater`, token);
  }

  /** The type comment before token `next`, which has found its place; null if there is none. */
  protected typeComment(next = this.p, alone?: boolean): string | null {
    const comment = this.context.dialect.typeComments?.before(next);
    if (comment === undefined || (alone !== undefined && comment.alone !== alone)) return null;
    comment.used = true;
    return comment.text;
  }

  /** Goes deeper; pair with `leave`. */
  protected enter(levels: number): void {
    this.level += levels;
    if (this.level > MAX_LEVEL) throw TOO_COMPLEX;
  }

  protected leave(levels: number): void {
    this.level -= levels;
  }

  protected fail(): never {
    throw PARSE_FAILURE;
  }

  /** Takes a token of type `type`, or fails. */
  protected expect(type: T): void {
    if (this.types[this.p] !== type) this.fail();
    this.p++;
  }

  /** Takes a token of type `type` if it is next. */
  protected take(type: T): boolean {
    if (this.types[this.p] !== type) return false;
    this.p++;
    return true;
  }

  protected tokenText(index: number): string {
    return this.source.slice(this.starts[index], this.ends[index]);
  }

  /** Takes an identifier. */
  protected identifier(): string {
    if (this.types[this.p] !== T.Name) this.fail();
    return this.nameAt(this.p++);
  }

  /** The identifier that token `index` spells, normalized as identifiers are. */
  protected nameAt(index: number): string {
    const start = this.starts[index]!;
    const end = this.ends[index]!;
    const text = this.source.slice(start, end);
    // More bytes than units: not ASCII.
    return this.endCols[index]! - this.cols[index]! === end - start ? text : text.normalize('NFKC');
  }

  /** The index of the last token taken that has text. */
  protected lastToken(): number {
    let last = this.p - 1;
    while (last > 0 && this.types[last]! >= T.Newline && this.types[last]! <= T.Dedent) last--;
    return last;
  }

  /** Runs `parse`; if it fails, forgets what it took and returns null. */
  protected attempt<R>(parse: () => R): R | null {
    const start = this.p;
    const warningCount = this.context.warnings.length;
    const { level } = this;
    try {
      return parse();
    } catch (error) {
      if (error !== PARSE_FAILURE && !(error instanceof LiteralError)) throw error;
      this.p = start;
      this.level = level;
      this.context.warnings.length = warningCount;
      return null;
    }
  }

  /** Makes `target`, parsed as an expression, one that is stored to or deleted. Fails if it cannot be. */
  protected setContext(target: Expr, ctx: ExprContext): void {
    switch (target.kind) {
      case 'Name':
      case 'Attribute':
      case 'Subscript':
        target.ctx = ctx;
        return;
      case 'Starred':
        if (ctx === 'Del') this.fail();
        target.ctx = ctx;
        return this.setContext(target.value, ctx);
      case 'Tuple':
      case 'List':
        target.ctx = ctx;
        for (const element of target.elts) this.setContext(element, ctx);
        return;
      default:
        this.fail();
    }
  }
}
