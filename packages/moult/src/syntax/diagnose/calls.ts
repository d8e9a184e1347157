/** Calls and subscripts in the diagnoser. */

import type { Expr, Position } from '../ast.ts';
import { T } from '../tokenizer/token.ts';
import { type Clause, DisplayDiagnoser } from './displays.ts';
import { type Match, Memo } from './peg.ts';

type Maybe = Expr | null;

/** What a call's arguments amount to, as far as errors ask. */
interface Arguments extends Position {
  args: Expr[];
  hasKeywords: boolean;
  /** Whether a `**mapping` is among them. */
  unpacksMapping: boolean;
}

const GENERATOR = 'Generator expression must be parenthesized';
const MAYBE_EQUALS = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";

export abstract class CallDiagnoser extends DisplayDiagnoser {
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
        const second =
          first && this.take(T.Comma)
            ? this.separated(T.Comma, () => this.keywordOr(() => this.mappingArgument()))
            : null;
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
        this.opt(() =>
          this.alt<Match>(
            () => this.args(),
            () => this.expression() && this.clauses(),
          ),
        );
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
    return this.memo(Memo.Slices, () =>
      this.alt<Match>(
        () => this.slice() && !this.isNext(T.Comma),
        () => {
          const items = this.separated(T.Comma, () =>
            this.alt<Match>(
              () => this.slice(),
              () => this.starredExpression(),
            ),
          );
          if (items) this.take(T.Comma);
          return items;
        },
      ),
    );
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
}

/** What a comprehension's clauses end with. */
function lastItem(clauses: Clause[]): Expr {
  const last = clauses[clauses.length - 1]!;
  return last.ifs[last.ifs.length - 1] ?? last.iter;
}
