/** Parameters of functions and lambdas in the diagnoser, and f-strings.
 *
 *  Functions and lambdas have the same grammar but for annotations and the token behind the parameters. */

import type { Expr, Position } from '../ast.ts';
import { decodeEscapes } from '../literals.ts';
import { T } from '../tokenizer/token.ts';
import { DisplayDiagnoser } from './displays.ts';
import type { Match } from './peg.ts';

const AFTER_KWARG = 'arguments cannot follow var-keyword argument';

export abstract class ParameterDiagnoser extends DisplayDiagnoser {
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
      return param && this.ended() ? param : null;
    });
  }

  private default(): Match {
    return this.alt<Match>(
      () => this.take(T.Equal) && this.expression(),
      () => this.invalid(() => {
        const a = this.token(T.Equal);
        if (!a || !this.isNext(this.end, T.Comma)) return null;
        throw this.rangeError(a, a, 'expected default value expression');
      }),
    );
  }

  private withDefault(): Match {
    return this.alt(() => this.param() && this.default() && this.ended());
  }

  private maybeDefault(): Match {
    return this.alt(() => this.param() && this.opt(() => this.default()) && this.ended());
  }

  private slashNoDefault(): Match {
    return this.alt(() => this.many1(() => this.noDefault()) && this.take(T.Slash) && this.ended());
  }

  private slashWithDefault(): Match {
    return this.alt(() =>
      this.many(() => this.noDefault()) && this.many1(() => this.withDefault()) && this.take(T.Slash) && this.ended());
  }

  private starEtc(): Match {
    this.invalid(() => this.invalidStarEtc());
    const rest = (): Match => this.many(() => this.maybeDefault()) && this.opt(() => this.kwds());
    return this.alt<Match>(
      () => this.take(T.Star) && this.noDefault() && rest(),
      () => this.end === T.RPar && this.take(T.Star) && this.noDefault(true) && rest(),
      () => this.take(T.Star) && this.take(T.Comma) && this.many1(() => this.maybeDefault()) && this.opt(() => this.kwds()),
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
    const slash = (): Match => this.alt(() => this.slashNoDefault(), () => this.slashWithDefault());
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
        if (!this.alt<Match>(() => this.slashWithDefault(), () => this.many1(() => this.withDefault()))) return null;
        return failAt(this.noDefault(), 'parameter without a default follows parameter with a default');
      },
      () => this.parenthesizedParameters(),
      () => {
        this.opt(slash);
        maybeDefaults();
        if (!this.take(T.Star) || !this.alt<Match>(() => this.take(T.Comma), () => this.noDefault())) return null;
        maybeDefaults();
        return failAt(this.token(T.Slash), '/ must be ahead of *');
      },
      () => (this.many1(() => this.maybeDefault()) && this.take(T.Slash)
        ? failAt(this.token(T.Star), 'expected comma between / and *') : null),
    );
  }

  private parenthesizedParameters(): Match {
    this.opt(() => this.slashNoDefault());
    this.many(() => this.noDefault());
    const a = this.token(T.LPar);
    if (!a) return null;
    const named = this.end === T.Colon
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
        const starred = (): Match => this.alt<Match>(() => this.noDefault(), () => this.take(T.Comma));
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
    const a = this.alt(() => this.param(), () => this.token(T.Star, T.DoubleStar, T.Slash));
    if (a) throw this.rangeError(a, a, AFTER_KWARG);
    return null;
  }

  // f-strings

  protected override fstring(): Expr | null {
    const t = this.p;
    return this.alt(() => {
      if (!this.take(T.FStringStart)) return null;
      const raw = /r/i.test(this.tokenText(t));
      const texts: number[] = [];
      this.many(() => this.alt<Match>(
        () => this.replacementField(raw),
        () => this.take(T.FStringMiddle) && texts.push(this.p - 1),
      ));
      if (!this.take(T.FStringEnd)) return null;
      if (!raw) for (const text of texts) this.decodeText(text);
      return this.node('JoinedStr', t);
    });
  }

  /** Literal text of a format spec, whose escapes are decoded at once; those of the f-string itself at its end. */
  private specPart(raw: boolean): Match {
    return this.alt<Match>(
      () => this.replacementField(raw),
      () => this.take(T.FStringMiddle) && (raw || this.decodeText(this.p - 1)),
    );
  }

  private decodeText(t: number): true {
    try {
      decodeEscapes(this.tokenText(t), this.tokens.line[t]!, this.context);
      return true;
    } catch (error) {
      throw this.literalError(error, t);
    }
  }

  private replacementField(raw: boolean): Match {
    return this.alt<Match>(
      () => {
        if (!this.take(T.LBrace) || !this.yieldOrStarExpressions()) return null;
        this.take(T.Equal);
        const bang = this.p;
        const converted = this.alt(() => this.conversion());
        this.opt(() => this.formatSpec(raw));
        return this.take(T.RBrace) && (!converted || this.checkConversion(bang));
      },
      () => this.invalid(() => this.invalidReplacementField(raw)),
    );
  }

  private conversion(): Match {
    const bang = this.p;
    if (!this.take(T.Exclamation) || !this.take(T.Name)) return null;
    const name = this.p - 1;
    // The message is spelt as CPython spells it.
    if (this.tokens.start[name] !== this.tokens.end[bang]) {
      const msg = 'f-string: conversion type must come right after the exclamanation mark';
      throw this.rangeError(this.tokenSpan(bang), this.tokenSpan(name), msg);
    }
    return true;
  }

  /** Checks the character of the conversion whose `!` is token `bang`. */
  private checkConversion(bang: number): true {
    const name = bang + 1;
    const text = this.tokenText(name);
    if (text === 's' || text === 'r' || text === 'a') return true;
    const msg = `f-string: invalid conversion character '${text}': expected 's', 'r', or 'a'`;
    throw this.rangeError(this.tokenSpan(name), this.tokenSpan(name), msg);
  }

  private formatSpec(raw: boolean): Match {
    return this.take(T.Colon) && this.many(() => this.specPart(raw));
  }

  private invalidReplacementField(raw: boolean): Match {
    if (!this.take(T.LBrace)) return null;
    for (const [type, text] of [[T.Equal, '='], [T.Exclamation, '!'], [T.Colon, ':'], [T.RBrace, '}']] as const) {
      const a = this.token(type);
      if (a) throw this.rangeError(a, a, `f-string: valid expression required before '${text}'`);
    }
    if (!this.yieldOrStarExpressions()) throw this.nextTokenError("f-string: expecting a valid expression after '{'");
    if (!this.isNext(T.Equal, T.Exclamation, T.Colon, T.RBrace)) {
      throw this.nextTokenError("f-string: expecting '=', or '!', or ':', or '}'");
    }
    if (this.take(T.Equal) && !this.isNext(T.Exclamation, T.Colon, T.RBrace)) {
      throw this.nextTokenError("f-string: expecting '!', or ':', or '}'");
    }
    return this.invalidFieldTail(raw);
  }

  private invalidFieldTail(raw: boolean): Match {
    if (this.take(T.Exclamation)) {
      if (this.isNext(T.Colon, T.RBrace)) throw this.nextTokenError('f-string: missing conversion character');
      if (!this.take(T.Name)) throw this.nextTokenError('f-string: invalid conversion character');
    }
    if (!this.isNext(T.Colon, T.RBrace)) throw this.nextTokenError("f-string: expecting ':' or '}'");
    if (!this.isNext(T.Colon)) return null;
    this.formatSpec(raw);
    if (!this.isNext(T.RBrace)) throw this.nextTokenError("f-string: expecting '}', or format specs");
    return null;
  }

  private nextTokenError(msg: string): Error {
    this.next();
    return this.tokenError(msg, 'SyntaxError', this.p);
  }
}
