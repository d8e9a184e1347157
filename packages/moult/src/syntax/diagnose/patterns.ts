/** Patterns in the diagnoser. */

import { PyComplex, type Position } from '../ast.ts';
import { T } from '../tokenizer/token.ts';
import { ParameterDiagnoser } from './parameters.ts';
import { type Match, Memo } from './peg.ts';

export abstract class PatternDiagnoser extends ParameterDiagnoser {
  protected patterns(): Match {
    return this.alt(
      () => this.openSequence(),
      () => this.pattern(),
    );
  }

  private pattern(): Position | null {
    const t = this.p;
    const found = this.alt<Match>(
      () => this.orPattern() && this.take(T.As) && this.captureTarget(),
      () => this.invalid(() => this.invalidAsPattern()),
      () => this.orPattern(),
    );
    return found ? this.spanFrom(t) : null;
  }

  private invalidAsPattern(): Match {
    if (!this.orPattern() || !this.take(T.As)) return null;
    const t = this.p;
    if (this.softKeyword('_')) {
      const a = this.tokenSpan(t);
      throw this.rangeError(a, a, "cannot use '_' as a target");
    }
    const a = this.isNext(T.Name) ? null : this.expression();
    if (!a) return null;
    throw this.rangeError(a, a, 'invalid pattern target');
  }

  private orPattern(): Match {
    return this.separated(T.VBar, () => this.closedPattern());
  }

  private closedPattern(): Match {
    return this.memo(Memo.ClosedPattern, () =>
      this.alt<Match>(
        () => this.literal(),
        () => this.captureTarget(),
        () => this.softKeyword('_'),
        () => this.attribute() && !this.isNext(T.Dot, T.LPar, T.Equal),
        () => this.take(T.LPar) && this.pattern() && this.take(T.RPar),
        () => this.take(T.LSqb) && this.opt(() => this.maybeSequence()) && this.take(T.RSqb),
        () => this.take(T.LPar) && this.opt(() => this.openSequence()) && this.take(T.RPar),
        () => this.mapping(),
        () => this.classPattern(),
      ),
    );
  }

  private literal(): Match {
    return this.alt<Match>(
      () => this.signedNumber() && !this.isNext(T.Plus, T.Minus),
      () => this.complexNumber(),
      () => this.strings(),
      () => this.take(T.None, T.True, T.False),
    );
  }

  private signedNumber(): Match {
    return this.alt<Match>(
      () => this.number(),
      () => this.take(T.Minus) && this.number(),
    );
  }

  private complexNumber(): Match {
    const negative = this.take(T.Minus);
    const real = this.number();
    if (!real || real.kind !== 'Constant') return null;
    if (real.value instanceof PyComplex) throw this.rangeError(real, real, 'real number required in complex literal');
    if (!this.take(T.Plus, T.Minus)) return negative ? null : null;
    const imaginary = this.number();
    if (!imaginary || imaginary.kind !== 'Constant') return null;
    if (!(imaginary.value instanceof PyComplex)) {
      throw this.rangeError(imaginary, imaginary, 'imaginary number required in complex literal');
    }
    return true;
  }

  private captureTarget(): Match {
    if (this.next() === T.Name && this.tokenText(this.p) === '_') return null;
    return this.take(T.Name) && !this.isNext(T.Dot, T.LPar, T.Equal);
  }

  private nameOrAttribute(): Match {
    return this.take(T.Name) && this.many(() => this.take(T.Dot) && this.take(T.Name));
  }

  private attribute(): Match {
    return this.take(T.Name) && this.many1(() => this.take(T.Dot) && this.take(T.Name));
  }

  private openSequence(): Match {
    return this.alt(() => this.maybeStar() && this.take(T.Comma) && this.opt(() => this.maybeSequence()));
  }

  private maybeSequence(): Match {
    return this.separated(T.Comma, () => this.maybeStar()) && this.opt(() => this.take(T.Comma));
  }

  private maybeStar(): Match {
    return this.alt<Match>(
      () =>
        this.take(T.Star) &&
        this.alt<Match>(
          () => this.captureTarget(),
          () => this.softKeyword('_'),
        ),
      () => this.pattern(),
    );
  }

  private mapping(): Match {
    const items = (): Match => this.separated(T.Comma, () => this.keyValue());
    const rest = (): Match => this.take(T.DoubleStar) && this.captureTarget();
    const end = (): Match => this.opt(() => this.take(T.Comma)) && this.take(T.RBrace);
    return this.alt<Match>(
      () => this.take(T.LBrace) && this.take(T.RBrace),
      () => this.take(T.LBrace) && rest() && end(),
      () => this.take(T.LBrace) && items() && this.take(T.Comma) && rest() && end(),
      () => this.take(T.LBrace) && items() && end(),
    );
  }

  private keyValue(): Match {
    return (
      this.alt<Match>(
        () => this.literal(),
        () => this.attribute(),
      ) &&
      this.take(T.Colon) &&
      this.pattern()
    );
  }

  private positionalPatterns(): Position[] | null {
    return this.separated(T.Comma, () => this.pattern());
  }

  private keywordPatterns(): Match {
    return this.separated(T.Comma, () => this.take(T.Name) && this.take(T.Equal) && this.pattern());
  }

  private classPattern(): Match {
    const start = (): Match => this.nameOrAttribute() && this.take(T.LPar);
    const end = (): Match => this.opt(() => this.take(T.Comma)) && this.take(T.RPar);
    return this.alt<Match>(
      () => start() && this.take(T.RPar),
      () => start() && this.positionalPatterns() && end(),
      () => start() && this.keywordPatterns() && end(),
      () => start() && this.positionalPatterns() && this.take(T.Comma) && this.keywordPatterns() && end(),
      () => this.invalid(() => this.invalidClassPattern(start)),
    );
  }

  private invalidClassPattern(start: () => Match): Match {
    if (!start()) return null;
    this.opt(() => this.positionalPatterns() && this.take(T.Comma));
    const a = this.keywordPatterns() && this.take(T.Comma) ? this.positionalPatterns() : null;
    if (!a) return null;
    throw this.rangeError(a[0]!, a[a.length - 1]!, 'positional patterns follow keyword patterns');
  }
}
