/** Displays, comprehensions, calls, subscripts and targets in the diagnoser. */

import type { Comprehension, Expr, Position } from '../ast.ts';
import { T } from '../tokenizer/token.ts';
import { ExpressionDiagnoser } from './expressions.ts';
import { invalidTarget, type TargetUse } from './names.ts';
import { type Match, Memo } from './peg.ts';

type Maybe = Expr | null;
type Clause = Pick<Comprehension, 'iter' | 'ifs' | 'target'>;

/** What a call's arguments amount to, as far as errors ask. */
interface Arguments extends Position {
  args: Expr[];
  hasKeywords: boolean;
  /** Whether a `**mapping` is among them. */
  unpacksMapping: boolean;
}

const GENERATOR = 'Generator expression must be parenthesized';
const MAYBE_EQUALS = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
const COMPREHENSION_TARGET = 'did you forget parentheses around the comprehension target?';
const STARRED_VALUE = 'cannot use a starred expression in a dictionary value';
const MISSING_VALUE = "expression expected after dictionary key and ':'";

export abstract class DisplayDiagnoser extends ExpressionDiagnoser {
  // Groups and displays

  protected override parenthesized(): Maybe {
    return this.alt(() => this.tupleDisplay(), () => this.group(), () => this.genexp());
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
      const value = this.take(T.LPar) ? this.alt(() => this.yieldExpression(), () => this.namedExpression()) : null;
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
        this.take(T.LPar) && this.argumentExpression() && this.clauses() && this.take(T.RPar) ? this.node('GeneratorExp', t) : null);
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
      () => (this.take(T.LSqb) && this.namedExpression() && this.clauses() && this.take(T.RSqb) ? this.node('ListComp', t) : null),
      () => this.invalid(() => this.invalidComprehension()),
    );
  }

  protected override braces(): Maybe {
    const t = this.p;
    return this.alt(
      () => this.take(T.LBrace) && this.opt(() => this.pairs()) && this.take(T.RBrace) ? this.node('Dict', t) : null,
      // Not guarded by errorRules: in CPython's grammar this alternative is not only an invalid rule.
      () => (this.take(T.LBrace) ? this.without(this.invalidPairs()) : null),
      () => (this.take(T.LBrace) && this.starNamedExpressions() && this.take(T.RBrace) ? this.node('Set', t) : null),
      () => (this.take(T.LBrace) && this.pair() && this.clauses() && this.take(T.RBrace) ? this.node('DictComp', t) : null),
      () => this.invalid(() => this.invalidDictComprehension()),
      () => (this.take(T.LBrace) && this.namedExpression() && this.clauses() && this.take(T.RBrace) ? this.node('SetComp', t) : null),
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
    return this.alt(() => this.take(T.DoubleStar) && this.bitOr(), () => this.pair());
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

  /** Throws the error for an expression that is no target; null if it is one. */
  protected targetError(a: Expr, use: TargetUse): null {
    const bad = invalidTarget(a, use);
    if (bad === null) return null;
    throw this.rangeError(bad, bad, `cannot ${use === 'delete' ? 'delete' : 'assign to'} ${this.nameOf(bad)}`);
  }

  protected abstract nameOf(expr: Expr): string;

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

  // Calls

  protected override arguments(): Match {
    return this.memo(Memo.Arguments, () => {
      const found = this.alt(() => {
        const args = this.args();
        if (!args) return null;
        this.take(T.Comma);
        return this.isNext(T.RPar) ? args : null;
      });
      return found ?? this.invalid(() => this.invalidArguments());
    });
  }

  private args(): Arguments | null {
    const t = this.p;
    let unpacksMapping = false;
    let hasKeywords = false;
    const positional = this.separated(T.Comma, () => this.positionalArgument());
    const rest: Expr[] = [];
    const keywords = (): Match => {
      const found = this.keywordArguments();
      if (!found) return null;
      hasKeywords = true;
      unpacksMapping = found.unpacksMapping;
      rest.push(...found.starred);
      return true;
    };
    if (positional) this.opt(() => this.take(T.Comma) && keywords());
    else if (!this.alt(keywords)) return null;
    return { args: [...(positional ?? []), ...rest], hasKeywords, unpacksMapping, ...this.spanFrom(t) };
  }

  private positionalArgument(): Maybe {
    return this.alt(
      () => this.starredExpression(),
      () => {
        const value = this.argumentExpression();
        return value && !this.isNext(T.Equal) ? value : null;
      },
    );
  }

  private keywordArguments(): { starred: Expr[]; unpacksMapping: boolean } | null {
    const starred = (items: readonly unknown[]): Expr[] => items.filter((item) => item !== true) as Expr[];
    return this.alt(
      () => {
        const first = this.separated(T.Comma, () => this.keywordOr(() => this.starredExpression()));
        const second = first && this.take(T.Comma)
          ? this.separated(T.Comma, () => this.keywordOr(() => this.mappingArgument())) : null;
        return first && second ? { starred: starred(first), unpacksMapping: second.includes('mapping') } : null;
      },
      () => {
        const first = this.separated(T.Comma, () => this.keywordOr(() => this.starredExpression()));
        return first && { starred: starred(first), unpacksMapping: false };
      },
      () => {
        const only = this.separated(T.Comma, () => this.keywordOr(() => this.mappingArgument()));
        return only && { starred: [], unpacksMapping: only.includes('mapping') };
      },
    );
  }

  private mappingArgument(): 'mapping' | null {
    return this.take(T.DoubleStar) && this.expression() ? 'mapping' : null;
  }

  /** `name=value` (true), or `other`. */
  private keywordOr<R>(other: () => R): R | true | null {
    this.invalid(() => this.invalidKeyword());
    return this.alt<R | true | null>(
      () => (this.take(T.Name) && this.take(T.Equal) && this.expression() ? true : null),
      other,
    );
  }

  private invalidKeyword(): Match {
    return this.alt(
      () => {
        const t = this.p;
        const a = this.token(T.True, T.False, T.None);
        const b = a && this.token(T.Equal);
        if (!a || !b) return null;
        throw this.rangeError(a, b, `cannot assign to ${this.tokenText(t)}`);
      },
      () => this.generatorAsKeyword(),
      () => {
        if (this.ahead(() => this.take(T.Name) && this.take(T.Equal))) return null;
        const a = this.expression();
        const b = a && this.token(T.Equal);
        if (!a || !b) return null;
        throw this.rangeError(a, b, 'expression cannot contain assignment, perhaps you meant "=="?');
      },
      () => this.assignedUnpacking(T.DoubleStar, 'keyword'),
    );
  }

  private generatorAsKeyword(): Match {
    const a = this.name();
    const b = a && this.token(T.Equal);
    if (!a || !b || !this.expression() || !this.clauses()) return null;
    throw this.rangeError(a, b, MAYBE_EQUALS);
  }

  private invalidArguments(): Match {
    return this.alt(
      () => {
        const a = this.args();
        const b = a?.hasKeywords && this.take(T.Comma) ? this.token(T.Star) : null;
        if (!b) return null;
        throw this.rangeError(b, b, 'iterable argument unpacking follows keyword argument unpacking');
      },
      () => {
        const a = this.expression();
        const b = a && this.clauses();
        if (!a || !b || !this.take(T.Comma)) return null;
        this.opt(() => this.alt<Match>(() => this.args(), () => this.expression() && this.clauses()));
        throw this.rangeError(a, lastItem(b), GENERATOR);
      },
      () => this.generatorAsKeyword(),
      () => {
        this.opt(() => this.args() && this.take(T.Comma));
        const a = this.name();
        const b = a && this.token(T.Equal);
        if (!a || !b || !this.isNext(T.Comma, T.RPar)) return null;
        throw this.rangeError(a, b, 'expected argument value expression');
      },
      () => {
        const a = this.args();
        const b = a && this.clauses();
        if (!a || !b || a.args.length <= 1) return null;
        throw this.rangeError(a.args[a.args.length - 1]!, lastItem(b), GENERATOR);
      },
      () => {
        const a = this.args() && this.take(T.Comma) ? this.expression() : null;
        const b = a && this.clauses();
        if (!a || !b) return null;
        throw this.rangeError(a, b[b.length - 1]!.target, GENERATOR);
      },
      () => {
        const a = this.args();
        if (!a || !this.take(T.Comma) || !this.args()) return null;
        throw this.tokenError(`positional argument follows keyword argument${a.unpacksMapping ? ' unpacking' : ''}`);
      },
    );
  }

  // Subscripts

  protected override slices(): Match {
    return this.memo(Memo.Slices, () => this.alt<Match>(
      () => this.slice() && !this.isNext(T.Comma),
      () => {
        const items = this.separated(T.Comma, () => this.alt<Match>(() => this.slice(), () => this.starredExpression()));
        if (items) this.take(T.Comma);
        return items;
      },
    ));
  }

  private slice(): Match {
    return this.alt<Match>(
      () => {
        this.opt(() => this.expression());
        if (!this.take(T.Colon)) return null;
        this.opt(() => this.expression());
        return this.opt(() => this.take(T.Colon) && this.opt(() => this.expression()));
      },
      () => this.namedExpression(),
    );
  }

  // Targets

  protected starTargets(): Maybe {
    return this.memo(Memo.StarTargets, () => this.tupleOf(() => this.starTarget()));
  }

  protected starTarget(): Maybe {
    return this.memo(Memo.StarTarget, () => {
      const t = this.p;
      if (!this.take(T.Star)) return this.targetWithStarAtom();
      if (this.isNext(T.Star)) return null;
      const value = this.starTarget();
      return value && this.node('Starred', t, { value });
    });
  }

  private targetWithStarAtom(): Maybe {
    return this.memo(Memo.TargetWithStarAtom, () => this.attributeOrSubscript() ?? this.starAtom());
  }

  private starAtom(): Maybe {
    const t = this.p;
    return this.alt(
      () => this.name(),
      () => {
        const inner = this.take(T.LPar) ? this.targetWithStarAtom() : null;
        return inner && this.take(T.RPar) ? inner : null;
      },
      () => this.targetSequence(t, T.LPar, T.RPar, 'Tuple'),
      () => this.targetSequence(t, T.LSqb, T.RSqb, 'List'),
    );
  }

  private targetSequence(t: number, open: T, close: T, kind: 'Tuple' | 'List'): Maybe {
    if (!this.take(open)) return null;
    let elts: Expr[] = [];
    this.opt(() => {
      const found = this.separated(T.Comma, () => this.starTarget());
      if (!found || !(this.take(T.Comma) || found.length > 1 || kind === 'List')) return null;
      elts = found;
      return true;
    });
    return this.take(close) ? this.node(kind, t, { elts }) : null;
  }

  protected singleTarget(): Maybe {
    return this.alt(
      () => this.attributeOrSubscript(),
      () => this.name(),
      () => {
        const inner = this.take(T.LPar) ? this.singleTarget() : null;
        return inner && this.take(T.RPar) ? inner : null;
      },
    );
  }

  protected deleteTargets(): Match {
    const targets = this.separated(T.Comma, () => this.deleteTarget());
    if (targets) this.take(T.Comma);
    return targets;
  }

  private deleteTarget(): Match {
    const nested = (open: T, close: T): Match =>
      this.take(open) && this.opt(() => this.deleteTargets()) && this.take(close);
    return this.alt<Match>(
      () => this.attributeOrSubscript(),
      () => this.name(),
      () => this.take(T.LPar) && this.deleteTarget() && this.take(T.RPar),
      () => nested(T.LPar, T.RPar),
      () => nested(T.LSqb, T.RSqb),
    );
  }
}

/** What a comprehension's clauses end with. */
function lastItem(clauses: Clause[]): Expr {
  const last = clauses[clauses.length - 1]!;
  return last.ifs[last.ifs.length - 1] ?? last.iter;
}
