/** Parameters of functions and lambdas in the diagnoser.
 *
 *  Functions and lambdas have the same grammar but for annotations and the token behind the parameters. */

import type { Position } from '../ast.ts';
import { T } from '../tokenizer/token.ts';
import { FStringDiagnoser } from './fstrings.ts';
import type { Match } from './peg.ts';

const AFTER_KWARG = 'arguments cannot follow var-keyword argument';

export abstract class ParameterDiagnoser extends FStringDiagnoser {
  /** The token that ends the parameters: `)` of a function, `:` of a lambda. */
  private end: T = T.RPar;

  private within<R>(end: T, rule: () => R): R {
    const saved = this.end;
    this.end = end;
    try {
      return rule();
    } finally {
      this.end = saved;
    }
  }

  protected functionParameters(): Match {
    return this.within(T.RPar, () => this.parameters());
  }

  protected override lambdaParameters(): Match {
    return this.within(T.Colon, () => this.parameters());
  }

  private parameters(): Match {
    this.invalid(() => this.invalidParameters());
    const withDefaults = (): Match => this.many(() => this.withDefault());
    const star = (): Match => this.opt(() => this.starEtc());
    return this.alt<Match>(
      () => this.slashNoDefault() && this.many(() => this.noDefault()) && withDefaults() && star(),
      () => this.slashWithDefault() && withDefaults() && star(),
      () => this.many1(() => this.noDefault()) && withDefaults() && star(),
      () => this.many1(() => this.withDefault()) && star(),
      () => this.starEtc(),
    );
  }

  /** Takes the comma behind a parameter, or finds the end. */
  private ended(): boolean {
    return this.take(T.Comma) || this.isNext(this.end);
  }

  /** As `ended`, for a parameter: in a `def` CPython looks for a type comment behind the comma, and so reads on. */
  private parameterEnded(): boolean {
    if (!this.take(T.Comma)) return this.isNext(this.end);
    if (this.end === T.RPar) this.next();
    return true;
  }

  private param(star = false): Position | null {
    const t = this.p;
    if (!this.take(T.Name)) return null;
    if (this.end === T.RPar) {
      this.opt(() => this.take(T.Colon) && (star ? this.starExpression() : this.expression()));
    }
    return this.spanFrom(t);
  }

  private noDefault(star = false): Position | null {
    return this.alt(() => {
      const param = this.param(star);
      return param && this.parameterEnded() ? param : null;
    });
  }

  private default(): Match {
    return this.alt<Match>(
      () => this.take(T.Equal) && this.expression(),
      () =>
        this.invalid(() => {
          const a = this.token(T.Equal);
          if (!a || !this.isNext(T.RPar, T.Comma)) return null; // also of a lambda
          throw this.rangeError(a, a, 'expected default value expression');
        }),
    );
  }

  private withDefault(): Match {
    return this.alt(() => this.param() && this.default() && this.parameterEnded());
  }

  private maybeDefault(): Match {
    return this.alt(() => this.param() && this.opt(() => this.default()) && this.parameterEnded());
  }

  private slashNoDefault(): Match {
    return this.alt(() => this.many1(() => this.noDefault()) && this.take(T.Slash) && this.ended());
  }

  private slashWithDefault(): Match {
    return this.alt(
      () =>
        this.many(() => this.noDefault()) && this.many1(() => this.withDefault()) && this.take(T.Slash) && this.ended(),
    );
  }

  private starEtc(): Match {
    this.invalid(() => this.invalidStarEtc());
    const rest = (): Match => this.many(() => this.maybeDefault()) && this.opt(() => this.kwds());
    return this.alt<Match>(
      () => this.take(T.Star) && this.noDefault() && rest(),
      () => this.end === T.RPar && this.take(T.Star) && this.noDefault(true) && rest(),
      () =>
        this.take(T.Star) && this.take(T.Comma) && this.many1(() => this.maybeDefault()) && this.opt(() => this.kwds()),
      () => this.kwds(),
    );
  }

  private kwds(): Match {
    this.invalid(() => this.invalidKwds());
    return this.alt(() => this.take(T.DoubleStar) && this.noDefault());
  }

  private invalidParameters(): Match {
    const failAt = (a: Position | null, msg: string): null => {
      if (!a) return null;
      throw this.rangeError(a, a, msg);
    };
    const slash = (): Match =>
      this.alt(
        () => this.slashNoDefault(),
        () => this.slashWithDefault(),
      );
    const maybeDefaults = (): Match => this.many(() => this.maybeDefault());
    return this.alt<Match>(
      () => {
        const a = this.token(T.Slash);
        return this.take(T.Comma) ? failAt(a, 'at least one argument must precede /') : null;
      },
      () => (slash() && maybeDefaults() ? failAt(this.token(T.Slash), '/ may appear only once') : null),
      () => {
        this.opt(() => this.slashNoDefault());
        this.many(() => this.noDefault());
        if (
          !this.alt<Match>(
            () => this.slashWithDefault(),
            () => this.many1(() => this.withDefault()),
          )
        )
          return null;
        return failAt(this.noDefault(), 'parameter without a default follows parameter with a default');
      },
      () => this.parenthesizedParameters(),
      () => {
        this.opt(slash);
        maybeDefaults();
        if (
          !this.take(T.Star) ||
          !this.alt<Match>(
            () => this.take(T.Comma),
            () => this.noDefault(),
          )
        )
          return null;
        maybeDefaults();
        return failAt(this.token(T.Slash), '/ must be ahead of *');
      },
      () =>
        this.many1(() => this.maybeDefault()) && this.take(T.Slash)
          ? failAt(this.token(T.Star), 'expected comma between / and *')
          : null,
    );
  }

  private parenthesizedParameters(): Match {
    this.opt(() => this.slashNoDefault());
    this.many(() => this.noDefault());
    const a = this.token(T.LPar);
    if (!a) return null;
    const named =
      this.end === T.Colon
        ? this.separated(T.Comma, () => this.param())
        : this.within(T.RPar, () => this.many1(() => this.noDefault()));
    if (!named) return null;
    this.take(T.Comma);
    const b = this.token(T.RPar);
    if (!b) return null;
    const what = this.end === T.Colon ? 'Lambda expression parameters' : 'Function parameters';
    throw this.rangeError(a, b, `${what} cannot be parenthesized`);
  }

  private invalidStarEtc(): Match {
    return this.alt<Match>(
      () => {
        const a = this.token(T.Star);
        if (!a || !(this.take(this.end) || (this.take(T.Comma) && this.take(this.end, T.DoubleStar)))) return null;
        if (this.end === T.Colon) throw this.tokenError('named arguments must follow bare *');
        throw this.rangeError(a, a, 'named arguments must follow bare *');
      },
      () => {
        const a = this.take(T.Star) && this.param() ? this.token(T.Equal) : null;
        if (!a) return null;
        throw this.rangeError(a, a, 'var-positional argument cannot have default value');
      },
      () => {
        const starred = (): Match =>
          this.alt<Match>(
            () => this.noDefault(),
            () => this.take(T.Comma),
          );
        if (!this.take(T.Star) || !starred()) return null;
        this.many(() => this.maybeDefault());
        const a = this.token(T.Star);
        if (!a || !starred()) return null;
        throw this.rangeError(a, a, '* argument may appear only once');
      },
    );
  }

  private invalidKwds(): Match {
    if (!this.take(T.DoubleStar) || !this.param()) return null;
    const equal = this.token(T.Equal);
    if (equal) throw this.rangeError(equal, equal, 'var-keyword argument cannot have default value');
    if (!this.take(T.Comma)) return null;
    const a = this.alt(
      () => this.param(),
      () => this.token(T.Star, T.DoubleStar, T.Slash),
    );
    if (a) throw this.rangeError(a, a, AFTER_KWARG);
    return null;
  }
}
