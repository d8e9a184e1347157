/** f-strings in the diagnoser. */

import type { Expr } from '../ast.ts';
import { decodeEscapes } from '../literals.ts';
import { T } from '../tokenizer/token.ts';
import { CallDiagnoser } from './calls.ts';
import type { Match } from './peg.ts';

export abstract class FStringDiagnoser extends CallDiagnoser {
  protected override fstring(): Expr | null {
    const t = this.p;
    return this.alt(() => {
      if (!this.take(T.FStringStart)) return null;
      const raw = /r/i.test(this.tokenText(t));
      const texts: number[] = [];
      this.many(() =>
        this.alt<Match>(
          () => this.replacementField(raw),
          () => this.take(T.FStringMiddle) && texts.push(this.p - 1),
        ),
      );
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
    for (const [type, text] of [
      [T.Equal, '='],
      [T.Exclamation, '!'],
      [T.Colon, ':'],
      [T.RBrace, '}'],
    ] as const) {
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
