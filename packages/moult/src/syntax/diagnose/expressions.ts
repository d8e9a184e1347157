/** Expressions in the diagnoser, from the ternary down to primaries. */

import { ELLIPSIS, type Expr } from '../ast.ts';
import { LiteralError, numberValue, stringValue } from '../literals.ts';
import { comparison, Prec, PRECEDENCE, unaryOperator } from '../parser/operators.ts';
import { T } from '../tokenizer/token.ts';
import { expressionName } from './names.ts';
import { type Match, Memo, Peg } from './peg.ts';

type Maybe = Expr | null;

const MAYBE_EQUALS = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";

export abstract class ExpressionDiagnoser extends Peg {
  protected abstract lambdaParameters(): Match;
  protected abstract parenthesized(): Maybe;
  protected abstract listOrComprehension(): Maybe;
  protected abstract braces(): Maybe;
  protected abstract genexp(): Maybe;
  protected abstract listDisplay(): Maybe;
  protected abstract tupleDisplay(): Maybe;
  protected abstract arguments(): Match;
  protected abstract slices(): Match;
  protected abstract fstring(): Maybe;

  protected name(): Maybe {
    const t = this.p;
    return this.take(T.Name) ? this.node('Name', t, { id: this.tokenText(t) }) : null;
  }

  protected expressions(): Maybe {
    return this.tupleOf(() => this.expression());
  }

  protected starExpressions(): Maybe {
    return this.tupleOf(() => this.starExpression());
  }

  /** One element, or a tuple of several. */
  protected tupleOf(element: () => Maybe): Maybe {
    const t = this.p;
    const first = element();
    if (first === null || !this.isNext(T.Comma)) return first;
    const rest = this.many(() => this.take(T.Comma) && element()) as Expr[];
    this.take(T.Comma);
    return this.node('Tuple', t, { elts: [first, ...rest] });
  }

  protected starExpression(): Maybe {
    return this.memo(Memo.StarExpression, () => this.starBitOr() ?? this.expression());
  }

  private starBitOr(): Maybe {
    const t = this.p;
    return this.alt(() => {
      const value = this.take(T.Star) ? this.bitOr() : null;
      return value && this.node('Starred', t, { value });
    });
  }

  /** `*` and any expression, as in calls. */
  protected starredExpression(): Maybe {
    const t = this.p;
    this.invalid(() => this.assignedUnpacking(T.Star, 'iterable'));
    return this.alt(() => {
      const value = this.take(T.Star) ? this.expression() : null;
      return value && this.node('Starred', t, { value });
    });
  }

  /** `*a = b` or `**a = b` among arguments. */
  protected assignedUnpacking(type: T, what: string): Match {
    const a = this.token(type);
    if (!a || !this.expression() || !this.take(T.Equal)) return null;
    const b = this.expression();
    if (!b) return null;
    throw this.rangeError(a, b, `cannot assign to ${what} argument unpacking`);
  }

  protected starNamedExpression(): Maybe {
    return this.memo(Memo.StarNamed, () => this.starBitOr() ?? this.namedExpression());
  }

  protected starNamedExpressions(): Expr[] | null {
    const elements = this.separated(T.Comma, () => this.starNamedExpression());
    if (elements !== null) this.take(T.Comma);
    return elements;
  }

  protected yieldExpression(): Maybe {
    const t = this.p;
    if (!this.take(T.Yield)) return null;
    const from = this.alt(() => this.take(T.From) && this.expression());
    if (from) return this.node('YieldFrom', t);
    this.opt(() => this.starExpressions());
    return this.node('Yield', t);
  }

  protected yieldOrStarExpressions(): Maybe {
    return this.alt(
      () => this.yieldExpression(),
      () => this.starExpressions(),
    );
  }

  protected assignmentExpression(): Maybe {
    const t = this.p;
    if (!(this.name() && this.take(T.ColonEqual))) {
      this.p = t;
      return null;
    }
    return this.expression() ? this.node('NamedExpr', t) : ((this.p = t), null);
  }

  protected namedExpression(): Maybe {
    const assignment = this.assignmentExpression();
    if (assignment) return assignment;
    this.invalid(() => this.invalidNamedExpression());
    return this.plainExpression();
  }

  /** `expression !':='` */
  private plainExpression(): Maybe {
    return this.alt(() => {
      const value = this.expression();
      return value && !this.isNext(T.ColonEqual) ? value : null;
    });
  }

  protected argumentExpression(): Maybe {
    return this.alt(
      () => this.assignmentExpression(),
      () => this.plainExpression(),
    );
  }

  private invalidNamedExpression(): Match {
    return this.memo(Memo.NamedInvalid, () =>
      this.alt(
        () => {
          const a = this.expression();
          if (!(a && this.take(T.ColonEqual) && this.expression())) return null;
          throw this.rangeError(a, a, `cannot use assignment expressions with ${expressionName(a)}`);
        },
        () => {
          const a = this.name();
          const b = a && this.take(T.Equal) ? this.bitOr() : null;
          if (!a || !b || this.isNext(T.Equal, T.ColonEqual)) return null;
          throw this.rangeError(a, b, MAYBE_EQUALS);
        },
        () => {
          if (this.ahead(() => this.listDisplay() ?? this.tupleDisplay() ?? this.genexp())) return null;
          if (this.isNext(T.True, T.None, T.False)) return null;
          const a = this.bitOr();
          if (!(a && this.take(T.Equal) && this.bitOr()) || this.isNext(T.Equal, T.ColonEqual)) return null;
          throw this.rangeError(
            a,
            a,
            `cannot assign to ${expressionName(a)} here. Maybe you meant '==' instead of '='?`,
          );
        },
      ),
    );
  }

  protected expression(): Maybe {
    return this.memo(Memo.Expression, () => {
      this.invalid(() => this.invalidExpression());
      this.invalid(() => this.invalidLegacyExpression());
      return this.validExpression();
    });
  }

  private validExpression(): Maybe {
    const t = this.p;
    const body = this.disjunction();
    if (body === null) return this.lambda();
    const ternary = this.alt(
      () => this.take(T.If) && this.disjunction() && this.take(T.Else) && this.expression() && this.node('IfExp', t),
    );
    return (ternary || body) as Expr;
  }

  private expressionWithoutInvalid(): Maybe {
    const saved = this.errorRules;
    this.errorRules = false;
    const result = this.validExpression();
    this.errorRules = saved;
    return result;
  }

  private invalidExpression(): Match {
    return this.alt(
      () => {
        if (this.ahead(() => (this.take(T.Name) && this.take(T.String)) || false) || this.isSoftKeyword()) return null;
        const a = this.disjunction();
        const b = a && this.expressionWithoutInvalid();
        if (!a || !b || isLegacyStatement(a) || this.level(this.p - 1) === 0) return null;
        throw this.rangeError(a, b, 'invalid syntax. Perhaps you forgot a comma?');
      },
      () => {
        const a = this.disjunction();
        const b = a && this.take(T.If) ? this.disjunction() : null;
        if (!a || !b || this.isNext(T.Else, T.Colon)) return null;
        throw this.rangeError(a, b, "expected 'else' after 'if' expression");
      },
      () => {
        const a = this.token(T.Lambda);
        if (!a) return null;
        this.opt(() => this.lambdaParameters());
        const b = this.token(T.Colon);
        if (!b || !this.isNext(T.FStringMiddle)) return null;
        throw this.rangeError(a, b, 'f-string: lambda expressions are not allowed without parentheses');
      },
    );
  }

  private invalidLegacyExpression(): Match {
    const a = this.name();
    if (!a || this.isNext(T.LPar)) return null;
    const b = this.starExpressions();
    if (!b || !isLegacyStatement(a)) return null;
    const word = a.kind === 'Name' ? a.id : '';
    throw this.rangeError(a, b, `Missing parentheses in call to '${word}'. Did you mean ${word}(...)?`);
  }

  protected lambda(): Maybe {
    return this.memo(Memo.Lambda, () => {
      const t = this.p;
      if (!this.take(T.Lambda)) return null;
      this.opt(() => this.lambdaParameters());
      return this.take(T.Colon) && this.expression() ? this.node('Lambda', t) : null;
    });
  }

  protected disjunction(): Maybe {
    return this.memo(Memo.Disjunction, () => this.chain(T.Or, () => this.conjunction()));
  }

  private conjunction(): Maybe {
    return this.memo(Memo.Conjunction, () => this.chain(T.And, () => this.inversion()));
  }

  private chain(operator: T, operand: () => Maybe): Maybe {
    const t = this.p;
    const first = operand();
    if (first === null || !this.isNext(operator)) return first;
    const rest = this.many1(() => this.take(operator) && operand());
    return rest === null ? first : this.node('BoolOp', t);
  }

  private inversion(): Maybe {
    return this.memo(Memo.Inversion, () => {
      const t = this.p;
      if (!this.take(T.Not)) return this.comparison();
      return this.inversion() ? this.node('UnaryOp', t) : null;
    });
  }

  private comparison(): Maybe {
    const t = this.p;
    const left = this.bitOr();
    if (left === null) return null;
    const ops: string[] = [];
    this.many(() => {
      const type = this.next();
      if (PRECEDENCE[type] !== Prec.Compare || (type === T.NotEqual && this.isDiamond())) return null;
      this.p++;
      if (type === T.Not && !this.take(T.In)) return null;
      if (type === T.Is) this.take(T.Not);
      const operand = this.bitOr();
      if (operand) ops.push(comparison(type));
      return operand;
    });
    return ops.length > 0 ? this.node('Compare', t, { left, ops }) : left;
  }

  /** Whether the next token is `<>` where no future import allows it. */
  private isDiamond(): boolean {
    return !this.context.dialect.barry && this.source[this.tokens.start[this.p]!] === '<';
  }

  protected bitOr(): Maybe {
    return this.memo(Memo.BitOr, () => this.binary(Prec.BitOr));
  }

  private binary(min: number): Maybe {
    const t = this.p;
    let left = this.factor();
    while (left !== null) {
      const precedence = PRECEDENCE[this.next()]!;
      if (precedence < min) return left;
      const right = this.alt(() => {
        this.p++;
        return this.binary(precedence + 1);
      });
      if (right === null) return left;
      left = this.node('BinOp', t);
    }
    return null;
  }

  private factor(): Maybe {
    return this.memo(Memo.Factor, () => {
      const t = this.p;
      if (unaryOperator(this.next()) === null) return this.power();
      this.p++;
      return this.factor() ? this.node('UnaryOp', t) : null;
    });
  }

  private power(): Maybe {
    const t = this.p;
    const base = this.awaitPrimary();
    if (base === null) return null;
    return this.alt(() => (this.take(T.DoubleStar) && this.factor() ? this.node('BinOp', t) : null)) ?? base;
  }

  private awaitPrimary(): Maybe {
    const t = this.p;
    if (this.take(T.Await)) return this.primary() ? this.node('Await', t) : ((this.p = t), null);
    return this.primary();
  }

  protected primary(): Maybe {
    return this.memo(Memo.Primary, () => {
      const t = this.p;
      let value = this.atom();
      while (value !== null) {
        const longer = this.trailer(t);
        if (!longer) return value;
        value = longer;
      }
      return null;
    });
  }

  private trailer(t: number): Maybe {
    return this.alt(
      () => (this.take(T.Dot) && this.take(T.Name) ? this.node('Attribute', t) : null),
      () => (this.genexp() ? this.node('Call', t) : null),
      () => (this.take(T.LPar) && this.opt(() => this.arguments()) && this.take(T.RPar) ? this.node('Call', t) : null),
      () => (this.take(T.LSqb) && this.slices() && this.take(T.RSqb) ? this.node('Subscript', t) : null),
    );
  }

  private isTargetTrailer(): boolean {
    return this.isNext(T.LPar, T.LSqb, T.Dot);
  }

  /** A primary that has a further trailer behind it: what `.name` or `[...]` of a target is applied to. */
  protected targetPrimary(): Maybe {
    return this.memo(Memo.TPrimary, () => {
      const t = this.p;
      let value = this.atom();
      if (value === null || !this.isTargetTrailer()) return null;
      for (;;) {
        const longer = this.alt(() => {
          const next = this.trailer(t);
          return next && this.isTargetTrailer() ? next : null;
        });
        if (!longer) return value;
        value = longer;
      }
    });
  }

  /** `a.b` or `a[b]` as a target. */
  protected attributeOrSubscript(): Maybe {
    const t = this.p;
    const target = (kind: 'Attribute' | 'Subscript', trailer: () => Match): Maybe =>
      this.targetPrimary() && trailer() && !this.isTargetTrailer() ? this.node(kind, t) : null;
    return this.alt(
      () => target('Attribute', () => this.take(T.Dot) && this.take(T.Name)),
      () => target('Subscript', () => this.take(T.LSqb) && this.slices() && this.take(T.RSqb)),
    );
  }

  protected atom(): Maybe {
    const t = this.p;
    switch (this.next()) {
      case T.Name:
        return this.name();
      case T.True:
        this.p++;
        return this.node('Constant', t, { value: true });
      case T.False:
        this.p++;
        return this.node('Constant', t, { value: false });
      case T.None:
        this.p++;
        return this.node('Constant', t, { value: null });
      case T.Ellipsis:
        this.p++;
        return this.node('Constant', t, { value: ELLIPSIS });
      case T.String:
      case T.FStringStart:
        return this.strings();
      case T.Number:
        return this.number();
      case T.LPar:
        return this.memo(Memo.Atom, () => this.parenthesized());
      case T.LSqb:
        return this.memo(Memo.Atom, () => this.listOrComprehension());
      case T.LBrace:
        return this.memo(Memo.Atom, () => this.braces());
      default:
        return null;
    }
  }

  protected number(): Maybe {
    const t = this.p;
    if (!this.take(T.Number)) return null;
    try {
      return this.node('Constant', t, { value: numberValue(this.tokenText(t), this.context.dialect.maxIntDigits) });
    } catch (error) {
      throw this.literalError(error, t);
    }
  }

  /** The syntax error for a literal without value. */
  protected literalError(error: unknown, t: number): unknown {
    if (!(error instanceof LiteralError)) return error;
    return error.atToken
      ? this.rangeError(this.tokenSpan(t), this.tokenSpan(t), error.message)
      : this.tokenError(error.message);
  }

  protected strings(): Maybe {
    return this.memo(Memo.Strings, () => {
      const t = this.p;
      const parts = this.many1((): Maybe => this.string() ?? this.fstring());
      if (parts === null) return null;
      const bytes = parts.filter((part) => part.kind === 'Constant' && part.value instanceof Uint8Array).length;
      if (bytes > 0 && bytes < parts.length) throw this.tokenError('cannot mix bytes and nonbytes literals');
      const formatted = parts.some((part) => part.kind === 'JoinedStr');
      return this.node(formatted ? 'JoinedStr' : 'Constant', t, { value: '' });
    });
  }

  private string(): Maybe {
    const t = this.p;
    if (!this.take(T.String)) return null;
    try {
      const { value } = stringValue(this.tokenText(t), this.tokens.line[t]!, this.context);
      return this.node('Constant', t, { value });
    } catch (error) {
      throw this.literalError(error, t);
    }
  }
}

/** Whether an expression is the name of a statement of Python 2 that is a function now. */
function isLegacyStatement(expr: Expr): boolean {
  return expr.kind === 'Name' && (expr.id === 'print' || expr.id === 'exec');
}
