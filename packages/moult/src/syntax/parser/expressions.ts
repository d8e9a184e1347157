/** Expressions: from the ternary down to primaries. Atoms with brackets are in `displays.ts`.
 *
 *  Binary operators use precedence climbing, prefix and ternary chains use loops, so that long chains need no
 *  JavaScript stack. */

import type { Arguments, CmpOperator, Expr, IfExp, Keyword, PyComplex, UnaryOp } from '../ast.ts';
import { ELLIPSIS } from '../ast.ts';
import { DialectError } from '../dialect.ts';
import { numberValue } from '../literals.ts';
import { T } from '../tokenizer/token.ts';
import { Levels } from './base.ts';
import { binaryOperator, comparison, Prec, PRECEDENCE, unaryOperator } from './operators.ts';
import { StringParser } from './strings.ts';

export abstract class ExpressionParser extends StringParser {
  protected abstract parameters(end: T, annotated: boolean): Arguments;
  /** A display, comprehension or group that token `p` opens. */
  protected abstract bracketed(): Expr;
  /** Parses `(...)` after a callee. */
  protected abstract callArguments(args: Expr[], keywords: Keyword[], allowGenerator: boolean): void;
  protected abstract subscript(): Expr;

  /** `a, *b`: an expression, or a tuple without brackets. */
  protected override starExpressions(): Expr {
    const t = this.p;
    const first = this.starExpression();
    if (this.types[this.p] !== T.Comma) return first;
    const elts = [first];
    while (this.take(T.Comma) && this.startsExpression()) elts.push(this.starExpression());
    return this.tupleFrom(t, elts);
  }

  protected tupleFrom(t: number, elts: Expr[]): Expr {
    const last = this.p - 1;
    return {
      kind: 'Tuple',
      elts,
      ctx: 'Load',
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      endLineno: this.endLines[last]!,
      endColOffset: this.endCols[last]!,
    };
  }

  protected starExpression(): Expr {
    return this.types[this.p] === T.Star ? this.starred(Prec.BitOr) : this.expression();
  }

  /** `*value`, where the value binds at least as tightly as `precedence` (0: any expression). */
  protected starred(precedence: Prec): Expr {
    const t = this.p++;
    const value = precedence === Prec.None ? this.expression() : this.binary(precedence);
    return {
      kind: 'Starred',
      value,
      ctx: 'Load',
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      ...this.endAt(this.p - 1),
    };
  }

  protected starNamedExpression(): Expr {
    return this.types[this.p] === T.Star ? this.starred(Prec.BitOr) : this.namedExpression();
  }

  /** Whether an expression, starred or not, can start at the next token. */
  protected startsExpression(): boolean {
    switch (this.types[this.p]) {
      case T.Name:
      case T.Number:
      case T.String:
      case T.FStringStart:
      case T.LPar:
      case T.LSqb:
      case T.LBrace:
      case T.Minus:
      case T.Plus:
      case T.Tilde:
      case T.Not:
      case T.Lambda:
      case T.Await:
      case T.None:
      case T.True:
      case T.False:
      case T.Ellipsis:
      case T.Star:
        return true;
      default:
        return false;
    }
  }

  protected override yieldExpression(): Expr {
    const t = this.p++;
    const at = { lineno: this.lines[t]!, colOffset: this.cols[t]! };
    if (this.take(T.From)) {
      const value = this.expression();
      return { kind: 'YieldFrom', value, ...at, ...this.endAt(this.p - 1) };
    }
    const value = this.startsExpression() ? this.starExpressions() : null;
    return { kind: 'Yield', value, ...at, ...this.endAt(this.p - 1) };
  }

  protected endAt(t: number): { endLineno: number; endColOffset: number } {
    return { endLineno: this.endLines[t]!, endColOffset: this.endCols[t]! };
  }

  protected namedExpression(): Expr {
    const t = this.p;
    if (this.types[t] !== T.Name || this.types[t + 1] !== T.ColonEqual) return this.expression();
    const target = this.name(t);
    target.ctx = 'Store';
    this.p = t + 2;
    const value = this.expression();
    this.since(8, 'Assignment expressions are');
    const last = this.p - 1;
    return {
      kind: 'NamedExpr',
      target,
      value,
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      endLineno: this.endLines[last]!,
      endColOffset: this.endCols[last]!,
    };
  }

  protected expression(): Expr {
    const t = this.p;
    if (this.types[t] === T.Lambda) return this.lambda();
    const body = this.binary(Prec.Or);
    return this.types[this.p] === T.If ? this.ternary(t, body) : body;
  }

  /** `body if test else ...`, a chain to the right. */
  private ternary(t: number, body: Expr): Expr {
    const open: { t: number; body: Expr; test: Expr }[] = [];
    let value = body;
    while (this.take(T.If)) {
      const test = this.binary(Prec.Or);
      this.expect(T.Else);
      open.push({ t, body: value, test });
      this.enter(Levels.Ternary);
      t = this.p;
      value = this.types[t] === T.Lambda ? this.lambda() : this.binary(Prec.Or);
    }
    this.leave(open.length * Levels.Ternary);
    const end = this.endAt(this.p - 1);
    for (let i = open.length - 1; i >= 0; i--) {
      const { t: start, body: then, test } = open[i]!;
      const node: IfExp = {
        kind: 'IfExp',
        test,
        body: then,
        orelse: value,
        lineno: this.lines[start]!,
        colOffset: this.cols[start]!,
        ...end,
      };
      value = node;
    }
    return value;
  }

  private lambda(): Expr {
    const t = this.p++;
    const args = this.parameters(T.Colon, false);
    this.expect(T.Colon);
    this.enter(Levels.Lambda);
    const body = this.expression();
    this.leave(Levels.Lambda);
    return {
      kind: 'Lambda',
      args,
      body,
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      ...this.endAt(this.p - 1),
    };
  }

  /** An expression of operators that bind at least as tightly as `min`. */
  protected binary(min: number): Expr {
    const t = this.p;
    let left = this.types[t] === T.Not && min <= Prec.Not ? this.not() : this.unary();
    for (;;) {
      const type = this.types[this.p]!;
      const precedence = PRECEDENCE[type]!;
      if (precedence < min || precedence === Prec.None) return left;
      if (precedence > Prec.Compare) {
        this.p++;
        const right = this.binary(precedence + 1);
        if (type === T.At) this.since(5, "The '@' operator is");
        const last = this.p - 1;
        left = {
          kind: 'BinOp',
          left,
          op: binaryOperator(type),
          right,
          lineno: this.lines[t]!,
          colOffset: this.cols[t]!,
          endLineno: this.endLines[last]!,
          endColOffset: this.endCols[last]!,
        };
      } else if (precedence === Prec.Compare) {
        if (type === T.Not && this.types[this.p + 1] !== T.In) return left;
        left = this.compare(t, left);
      } else {
        left = this.boolean(t, left, type);
      }
    }
  }

  private boolean(t: number, left: Expr, type: T): Expr {
    const values = [left];
    while (this.take(type)) values.push(this.binary(type === T.Or ? Prec.And : Prec.Not));
    return {
      kind: 'BoolOp',
      op: type === T.Or ? 'Or' : 'And',
      values,
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      ...this.endAt(this.p - 1),
    };
  }

  private compare(t: number, left: Expr): Expr {
    const ops: CmpOperator[] = [];
    const comparators: Expr[] = [];
    for (let type = this.types[this.p]!; PRECEDENCE[type] === Prec.Compare; type = this.types[this.p]!) {
      let op = comparison(type);
      if (type === T.Not && this.types[this.p + 1] !== T.In) break;
      if (type === T.NotEqual) this.checkInequality();
      this.p += type === T.Not ? 2 : 1;
      if (type === T.Is && this.take(T.Not)) op = 'IsNot';
      ops.push(op);
      comparators.push(this.binary(Prec.BitOr));
    }
    return {
      kind: 'Compare',
      left,
      ops,
      comparators,
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      ...this.endAt(this.p - 1),
    };
  }

  /** `!=` is written so, or `<>` where a future import says it. */
  private checkInequality(): void {
    const diamond = this.source[this.starts[this.p]!] === '<';
    const { barry } = this.context.dialect;
    if (barry && !diamond) throw new DialectError("with Barry as BDFL, use '<>' instead of '!='", this.p);
    if (diamond && !barry) this.fail();
  }

  private number(t: number): bigint | number | PyComplex {
    const text = this.tokenText(t);
    if (text.includes('_')) this.since(6, 'Underscores in numeric literals are', t);
    return numberValue(text, this.context.dialect.maxIntDigits);
  }

  private not(): Expr {
    const first = this.p;
    while (this.take(T.Not));
    const operators = this.p;
    this.enter((operators - first) * Levels.Prefix);
    const operand = this.binary(Prec.Compare);
    this.leave((operators - first) * Levels.Prefix);
    return this.wrapUnary(first, operators, operand);
  }

  /** `+`, `-`, `~` before a power. */
  private unary(): Expr {
    const first = this.p;
    if (unaryOperator(this.types[first]!) === null) return this.power();
    while (unaryOperator(this.types[this.p]!) !== null) this.p++;
    const operators = this.p;
    this.enter((operators - first) * Levels.Prefix);
    const operand = this.power();
    this.leave((operators - first) * Levels.Prefix);
    return this.wrapUnary(first, operators, operand);
  }

  /** Wraps `operand` in the prefix operators from token `first` up to `end`. */
  private wrapUnary(first: number, end: number, operand: Expr): Expr {
    const position = this.endAt(this.p - 1);
    let value = operand;
    for (let i = end - 1; i >= first; i--) {
      const node: UnaryOp = {
        kind: 'UnaryOp',
        op: unaryOperator(this.types[i]!) ?? 'Not',
        operand: value,
        lineno: this.lines[i]!,
        colOffset: this.cols[i]!,
        ...position,
      };
      value = node;
    }
    return value;
  }

  private power(): Expr {
    const t = this.p;
    const left = this.types[t] === T.Await ? this.await() : this.primary();
    if (this.types[this.p] !== T.DoubleStar) return left;
    this.p++;
    this.enter(Levels.Power);
    const right = this.unary();
    this.leave(Levels.Power);
    return {
      kind: 'BinOp',
      left,
      op: 'Pow',
      right,
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      ...this.endAt(this.p - 1),
    };
  }

  private await(): Expr {
    const t = this.p++;
    const value = this.primary();
    this.since(5, 'Await expressions are');
    return { kind: 'Await', value, lineno: this.lines[t]!, colOffset: this.cols[t]!, ...this.endAt(this.p - 1) };
  }

  /** An atom with attributes, calls and subscripts. */
  protected primary(): Expr {
    const t = this.p;
    let value = this.atom();
    for (;;) {
      const lineno = this.lines[t]!;
      const colOffset = this.cols[t]!;
      switch (this.types[this.p]) {
        case T.Dot: {
          this.p++;
          const attr = this.identifier();
          const last = this.p - 1;
          value = {
            kind: 'Attribute',
            value,
            attr,
            ctx: 'Load',
            lineno,
            colOffset,
            endLineno: this.endLines[last]!,
            endColOffset: this.endCols[last]!,
          };
          break;
        }
        case T.LPar: {
          const args: Expr[] = [];
          const keywords: Keyword[] = [];
          this.enter(Levels.Call);
          this.callArguments(args, keywords, true);
          this.leave(Levels.Call);
          const last = this.p - 1;
          value = {
            kind: 'Call',
            func: value,
            args,
            keywords,
            lineno,
            colOffset,
            endLineno: this.endLines[last]!,
            endColOffset: this.endCols[last]!,
          };
          break;
        }
        case T.LSqb: {
          this.enter(Levels.Call);
          const slice = this.subscript();
          this.leave(Levels.Call);
          const last = this.p - 1;
          value = {
            kind: 'Subscript',
            value,
            slice,
            ctx: 'Load',
            lineno,
            colOffset,
            endLineno: this.endLines[last]!,
            endColOffset: this.endCols[last]!,
          };
          break;
        }
        default:
          return value;
      }
    }
  }

  private atom(): Expr {
    const t = this.p;
    switch (this.types[t]) {
      case T.Name:
        this.p++;
        return this.name(t);
      case T.Number:
        this.p++;
        return this.constant(t, this.number(t));
      case T.String:
      case T.FStringStart:
        return this.strings();
      case T.LPar:
      case T.LSqb:
      case T.LBrace:
        return this.bracketed();
      case T.None:
        this.p++;
        return this.constant(t, null);
      case T.True:
      case T.False:
        this.p++;
        return this.constant(t, this.types[t] === T.True);
      case T.Ellipsis:
        this.p++;
        return this.constant(t, ELLIPSIS);
      default:
        return this.fail();
    }
  }

  protected name(t: number): Expr & { kind: 'Name' } {
    return {
      kind: 'Name',
      id: this.nameAt(t),
      ctx: 'Load',
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      endLineno: this.endLines[t]!,
      endColOffset: this.endCols[t]!,
    };
  }

  protected constant(t: number, value: (Expr & { kind: 'Constant' })['value']): Expr & { kind: 'Constant' } {
    return {
      kind: 'Constant',
      value,
      strKind: null,
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      endLineno: this.endLines[t]!,
      endColOffset: this.endCols[t]!,
    };
  }
}
