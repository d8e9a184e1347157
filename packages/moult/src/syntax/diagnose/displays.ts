/** Groups, displays and comprehensions in the diagnoser. */

import type { Comprehension, Expr } from '../ast.ts';
import { T } from '../tokenizer/token.ts';
import { TargetDiagnoser } from './targets.ts';
import { type Match, Memo } from './peg.ts';

type Maybe = Expr | null;
export type Clause = Pick<Comprehension, 'iter' | 'ifs' | 'target'>;

const COMPREHENSION_TARGET = 'did you forget parentheses around the comprehension target?';
const STARRED_VALUE = 'cannot use a starred expression in a dictionary value';
const MISSING_VALUE = "expression expected after dictionary key and ':'";

export abstract class DisplayDiagnoser extends TargetDiagnoser {
  // Groups and displays

  protected override parenthesized(): Maybe {
    return this.alt(
      () => this.tupleDisplay(),
      () => this.group(),
      () => this.genexp(),
    );
  }

  protected override tupleDisplay(): Maybe {
    return this.memo(Memo.TupleDisplay, () => {
      const t = this.p;
      return this.alt(() => {
        if (!this.take(T.LPar)) return null;
        let elts: Expr[] = [];
        this.opt(() => {
          const first = this.starNamedExpression();
          if (!first || !this.take(T.Comma)) return null;
          elts = [first, ...(this.alt(() => this.starNamedExpressions()) ?? [])];
          return true;
        });
        return this.take(T.RPar) ? this.node('Tuple', t, { elts }) : null;
      });
    });
  }

  private group(): Maybe {
    const inner = this.alt(() => {
      const value = this.take(T.LPar)
        ? this.alt(
            () => this.yieldExpression(),
            () => this.namedExpression(),
          )
        : null;
      return value && this.take(T.RPar) ? value : null;
    });
    if (inner) return inner;
    return this.invalid(() => this.invalidGroup());
  }

  private invalidGroup(): Match {
    return this.alt(
      () => {
        const a = this.take(T.LPar) ? this.starredExpression() : null;
        if (!a || !this.take(T.RPar)) return null;
        throw this.rangeError(a, a, 'cannot use starred expression here');
      },
      () => {
        const a = this.take(T.LPar) ? this.token(T.DoubleStar) : null;
        if (!a || !this.expression() || !this.take(T.RPar)) return null;
        throw this.rangeError(a, a, 'cannot use double starred expression here');
      },
    );
  }

  protected override genexp(): Maybe {
    return this.memo(Memo.Genexp, () => {
      const t = this.p;
      const found = this.alt(() =>
        this.take(T.LPar) && this.argumentExpression() && this.clauses() && this.take(T.RPar)
          ? this.node('GeneratorExp', t)
          : null,
      );
      return found ?? this.invalid(() => this.invalidComprehension());
    });
  }

  protected override listDisplay(): Maybe {
    return this.memo(Memo.ListDisplay, () => {
      const t = this.p;
      return this.alt(() => {
        if (!this.take(T.LSqb)) return null;
        const elts = this.alt(() => this.starNamedExpressions()) ?? [];
        return this.take(T.RSqb) ? this.node('List', t, { elts }) : null;
      });
    });
  }

  protected override listOrComprehension(): Maybe {
    const t = this.p;
    return this.alt(
      () => this.listDisplay(),
      () =>
        this.take(T.LSqb) && this.namedExpression() && this.clauses() && this.take(T.RSqb)
          ? this.node('ListComp', t)
          : null,
      () => this.invalid(() => this.invalidComprehension()),
    );
  }

  protected override braces(): Maybe {
    const t = this.p;
    return this.alt(
      () => (this.take(T.LBrace) && this.opt(() => this.pairs()) && this.take(T.RBrace) ? this.node('Dict', t) : null),
      // Not guarded by errorRules: in CPython's grammar this alternative is not only an invalid rule.
      () => (this.take(T.LBrace) ? this.without(this.invalidPairs()) : null),
      () => (this.take(T.LBrace) && this.starNamedExpressions() && this.take(T.RBrace) ? this.node('Set', t) : null),
      () =>
        this.take(T.LBrace) && this.pair() && this.clauses() && this.take(T.RBrace) ? this.node('DictComp', t) : null,
      () => this.invalid(() => this.invalidDictComprehension()),
      () =>
        this.take(T.LBrace) && this.namedExpression() && this.clauses() && this.take(T.RBrace)
          ? this.node('SetComp', t)
          : null,
      () => this.invalid(() => this.invalidComprehension()),
    );
  }

  /** What a rule that only raises errors amounts to: no match. */
  private without(_match: Match): null {
    return null;
  }

  private pairs(): Match {
    const pairs = this.separated(T.Comma, () => this.starredPair());
    if (pairs !== null) this.take(T.Comma);
    return pairs;
  }

  private starredPair(): Match {
    return this.alt(
      () => this.take(T.DoubleStar) && this.bitOr(),
      () => this.pair(),
    );
  }

  private pair(): Match {
    return this.expression() && this.take(T.Colon) && this.expression();
  }

  private invalidPairs(): Match {
    return this.alt(
      () => this.separated(T.Comma, () => this.starredPair()) && this.take(T.Comma) && this.invalidPair(),
      () => (this.expression() ? this.invalidPairValue() : null),
    );
  }

  private invalidPair(): Match {
    return this.alt(
      () => {
        const a = this.expression();
        if (!a || this.isNext(T.Colon)) return null;
        const at = { ...a, colOffset: a.endColOffset - 1, endColOffset: -1 };
        throw this.rangeError(at, at, "':' expected after dictionary key");
      },
      () => (this.expression() ? this.invalidPairValue() : null),
    );
  }

  private invalidPairValue(): Match {
    const colon = this.token(T.Colon);
    if (!colon) return null;
    const star = this.token(T.Star);
    if (star) {
      if (this.bitOr()) throw this.startingFrom(star, STARRED_VALUE);
      return null;
    }
    if (!this.isNext(T.RBrace, T.Comma)) return null;
    throw this.rangeError(colon, colon, MISSING_VALUE);
  }

  // Comprehensions

  protected clauses(): Clause[] | null {
    return this.many1(() => this.clause());
  }

  private clause(): Clause | null {
    let committed = false;
    const found = this.alt((): Clause | null => {
      this.take(T.Async);
      const target = this.take(T.For) ? this.starTargets() : null;
      if (!target || !this.take(T.In)) return null;
      committed = true;
      const iter = this.disjunction();
      if (!iter) return null;
      const ifs = this.many(() => (this.take(T.If) ? this.disjunction() : null));
      return { target, iter, ifs };
    });
    if (found || committed) return found;
    return this.invalid(() => this.invalidForTarget());
  }

  protected invalidForTarget(): Match {
    this.take(T.Async);
    const a = this.take(T.For) ? this.starExpressions() : null;
    return a && this.targetError(a, 'for');
  }

  private invalidComprehension(): Match {
    return this.alt(
      () => {
        const a = this.take(T.LSqb, T.LPar, T.LBrace) ? this.starredExpression() : null;
        if (!a || !this.clauses()) return null;
        throw this.rangeError(a, a, 'iterable unpacking cannot be used in comprehension');
      },
      () => {
        const a = this.take(T.LSqb, T.LBrace) ? this.starNamedExpression() : null;
        const rest = a && this.take(T.Comma) ? this.starNamedExpressions() : null;
        if (!a || !rest || !this.clauses()) return null;
        throw this.rangeError(a, rest[rest.length - 1]!, COMPREHENSION_TARGET);
      },
      () => {
        const a = this.take(T.LSqb, T.LBrace) ? this.starNamedExpression() : null;
        const b = a && this.token(T.Comma);
        if (!a || !b || !this.clauses()) return null;
        throw this.rangeError(a, b, COMPREHENSION_TARGET);
      },
    );
  }

  private invalidDictComprehension(): Match {
    const a = this.take(T.LBrace) ? this.token(T.DoubleStar) : null;
    if (!a || !this.bitOr() || !this.clauses() || !this.take(T.RBrace)) return null;
    throw this.rangeError(a, a, 'dict unpacking cannot be used in dict comprehension');
  }
}
