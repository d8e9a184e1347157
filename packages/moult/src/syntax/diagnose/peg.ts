/** The machinery of the diagnoser: a parsing expression grammar with memory.
 *
 *  A rule is a method that returns something truthy and has moved `p`, or returns null; `alt` restores `p`
 *  between alternatives. Raising an error is throwing it. The grammar is CPython's, rule for rule, because which error is
 *  found first depends on the order in which alternatives are tried. */

import type { Expr, Position } from '../ast.ts';
import type { StringContext } from '../literals.ts';
import { T } from '../tokenizer/token.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { ErrorPlacer } from './raise.ts';

/** Truthy when a rule matched. */
export type Match = unknown;
type Rule<R> = () => R;

/** Names for memory slots. */
export const enum Memo {
  Expression,
  StarExpression,
  Disjunction,
  Conjunction,
  Inversion,
  BitOr,
  Factor,
  Primary,
  TPrimary,
  Strings,
  Arguments,
  Block,
  SimpleStatement,
  StarTarget,
  TargetWithStarAtom,
  DeleteTarget,
  NamedInvalid,
  ClosedPattern,
  Lambda,
  StarTargets,
  StarNamed,
  Slices,
  Genexp,
  ListDisplay,
  TupleDisplay,
  Atom,
  Count,
}

const SOFT_KEYWORDS = ['_', 'case', 'match', 'type'];

export class Peg extends ErrorPlacer {
  /** Whether rules that recognise errors take part. */
  protected errorRules = false;
  protected readonly context: StringContext;
  private memory = new Map<number, { value: unknown; end: number }>();
  private levels: Uint8Array | null = null;

  constructor(tokenizer: Tokenizer, context: StringContext) {
    super(tokenizer);
    this.context = context;
  }

  /** Starts again from the first token; what was read stays read. */
  restart(errorRules: boolean): void {
    this.p = 0;
    this.errorRules = errorRules;
    this.memory = new Map();
  }

  /** The first alternative that matches. */
  protected alt<R>(...alternatives: Rule<R>[]): R | null {
    const start = this.p;
    for (const alternative of alternatives) {
      this.p = start;
      const result = alternative();
      if (result) return result;
    }
    this.p = start;
    return null;
  }

  /** Matches `rule`, or nothing. Always true. */
  protected opt(rule: Rule<Match>): true {
    this.alt(rule);
    return true;
  }

  /** Runs a rule that only recognises errors, if those take part. */
  protected invalid(rule: Rule<Match>): null {
    if (this.errorRules) this.alt(rule);
    return null;
  }

  /** Matches `rule` as often as possible. */
  protected many<R>(rule: Rule<R>): NonNullable<R>[] {
    const results: NonNullable<R>[] = [];
    for (;;) {
      const result = this.alt(rule);
      if (!result) return results;
      results.push(result as NonNullable<R>);
    }
  }

  protected many1<R>(rule: Rule<R>): NonNullable<R>[] | null {
    const results = this.many(rule);
    return results.length > 0 ? results : null;
  }

  /** `separator.rule+` */
  protected separated<R>(separator: T, rule: Rule<R>): NonNullable<R>[] | null {
    const first = this.alt(rule);
    if (!first) return null;
    return [first as NonNullable<R>, ...(this.many(() => this.take(separator) && rule()) as NonNullable<R>[])];
  }

  /** Whether `rule` matches here; takes nothing. */
  protected ahead(rule: Rule<Match>): boolean {
    const start = this.p;
    const result = rule();
    this.p = start;
    return Boolean(result);
  }

  protected memo<R>(slot: Memo, rule: Rule<R>): R {
    const start = this.p;
    const key = start * Memo.Count + slot;
    const known = this.memory.get(key);
    if (known !== undefined) {
      this.p = known.end;
      return known.value as R;
    }
    const value = rule();
    if (!value) this.p = start;
    this.memory.set(key, { value, end: this.p });
    return value;
  }

  protected next(): T {
    return this.read(this.p);
  }

  protected isNext(...types: T[]): boolean {
    return types.includes(this.next());
  }

  protected take(...types: T[]): boolean {
    if (!types.includes(this.next())) return false;
    this.p++;
    return true;
  }

  /** Takes a token and returns where it stands. */
  protected token(...types: T[]): Position | null {
    return this.take(...types) ? this.tokenSpan(this.p - 1) : null;
  }

  /** Takes a token that CPython's grammar forces: another one is an error at once. */
  protected force(type: T, text: string): true {
    if (this.take(type)) return true;
    const at = this.tokenSpan(this.p);
    throw this.rangeError(at, at, `expected '${text}'`);
  }

  protected softKeyword(word: string): boolean {
    if (this.next() !== T.Name || this.tokenText(this.p) !== word) return false;
    this.p++;
    return true;
  }

  /** Whether a soft keyword is next. CPython compares only as many characters as the name has: `t` passes too. */
  protected isSoftKeyword(): boolean {
    if (this.next() !== T.Name) return false;
    const text = this.tokenText(this.p);
    return SOFT_KEYWORDS.some((word) => word.startsWith(text));
  }

  /** How many brackets are open behind token `index`. */
  protected level(index: number): number {
    if (this.levels === null) {
      this.levels = new Uint8Array(this.tokens.count);
      let level = 0;
      for (let i = 0; i < this.tokens.count; i++) {
        const type = this.types[i]!;
        if (type === T.LPar || type === T.LSqb || type === T.LBrace) level++;
        else if (type === T.RPar || type === T.RSqb || type === T.RBrace) level--;
        this.levels[i] = level;
      }
    }
    return this.levels[index]!;
  }

  /** The position from token `start` to the last one taken. */
  protected spanFrom(start: number): Position {
    const { lineno, colOffset } = this.tokenSpan(start);
    const { endLineno, endColOffset } = this.tokenSpan(this.p - 1);
    return { lineno, colOffset, endLineno, endColOffset };
  }

  /** An expression node that holds only what wording errors needs: kind, position and `fields`. */
  protected node(kind: Expr['kind'], start: number, fields: object = {}): Expr {
    return { kind, ...fields, ...this.spanFrom(start) } as unknown as Expr;
  }
}
