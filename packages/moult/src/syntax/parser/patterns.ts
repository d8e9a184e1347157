/** The patterns of `case` (PEP 634). */

import type { Expr, MatchClass, MatchMapping, Pattern } from '../ast.ts';
import { PyComplex } from '../ast.ts';
import { T } from '../tokenizer/token.ts';
import { FunctionParser } from './functions.ts';

export abstract class PatternParser extends FunctionParser {
  /** The pattern of a case block; commas make it a sequence. */
  protected patterns(): Pattern {
    const t = this.p;
    const first = this.maybeStarPattern();
    if (this.types[this.p] !== T.Comma) {
      if (first.kind === 'MatchStar') this.fail();
      return first;
    }
    const patterns = [first];
    while (this.take(T.Comma) && this.types[this.p] !== T.Colon && this.types[this.p] !== T.If) {
      patterns.push(this.maybeStarPattern());
    }
    return { kind: 'MatchSequence', patterns, ...this.span(t) };
  }

  private maybeStarPattern(): Pattern {
    const t = this.p;
    if (!this.take(T.Star)) return this.pattern();
    const name = this.identifier();
    return { kind: 'MatchStar', name: name === '_' ? null : name, ...this.span(t) };
  }

  private pattern(): Pattern {
    const t = this.p;
    const pattern = this.orPattern();
    if (!this.take(T.As)) return pattern;
    const name = this.identifier();
    if (name === '_') this.fail();
    return { kind: 'MatchAs', pattern, name, ...this.span(t) };
  }

  private orPattern(): Pattern {
    const t = this.p;
    const first = this.closedPattern();
    if (this.types[this.p] !== T.VBar) return first;
    const patterns = [first];
    while (this.take(T.VBar)) patterns.push(this.closedPattern());
    return { kind: 'MatchOr', patterns, ...this.span(t) };
  }

  private closedPattern(): Pattern {
    const t = this.p;
    switch (this.types[t]) {
      case T.Number:
      case T.Minus:
        return { kind: 'MatchValue', value: this.numberPattern(), ...this.span(t) };
      case T.String:
      case T.FStringStart: {
        const value = this.strings();
        return { kind: 'MatchValue', value, ...this.span(t) };
      }
      case T.None:
      case T.True:
      case T.False: {
        this.p++;
        const value = this.types[t] === T.None ? null : this.types[t] === T.True;
        return { kind: 'MatchSingleton', value, ...this.span(t) };
      }
      case T.Name:
        return this.namePattern();
      case T.LPar:
        return this.groupPattern();
      case T.LSqb: {
        this.p++;
        return this.sequencePattern(t, [], T.RSqb);
      }
      case T.LBrace:
        return this.mappingPattern();
      default:
        return this.fail();
    }
  }

  /** `-1`, `2.5`, `1 + 2j`. */
  private numberPattern(): Expr {
    const t = this.p;
    const real = this.signedNumber();
    const operator = this.types[this.p];
    if (operator !== T.Plus && operator !== T.Minus) return real;
    this.p++;
    if (this.types[this.p] !== T.Number) this.fail();
    const imaginary = this.primary();
    const number = real.kind === 'UnaryOp' ? real.operand : real;
    if (number.kind !== 'Constant' || number.value instanceof PyComplex) this.fail();
    if (imaginary.kind !== 'Constant' || !(imaginary.value instanceof PyComplex)) this.fail();
    return { kind: 'BinOp', left: real, op: operator === T.Plus ? 'Add' : 'Sub', right: imaginary, ...this.span(t) };
  }

  private signedNumber(): Expr {
    const t = this.p;
    const negative = this.take(T.Minus);
    if (this.types[this.p] !== T.Number) this.fail();
    const operand = this.primary();
    if (operand.kind !== 'Constant') this.fail();
    return negative ? { kind: 'UnaryOp', op: 'USub', operand, ...this.span(t) } : operand;
  }

  /** A capture, the wildcard, a dotted value or a class. */
  private namePattern(): Pattern {
    const t = this.p;
    const value = this.dottedName();
    if (this.types[this.p] === T.LPar) return this.classPattern(t, value);
    if (value.kind !== 'Name') return { kind: 'MatchValue', value, ...this.span(t) };
    return { kind: 'MatchAs', pattern: null, name: value.id === '_' ? null : value.id, ...this.span(t) };
  }

  private dottedName(): Expr {
    const t = this.p;
    let value: Expr = this.name(t);
    this.p++;
    while (this.take(T.Dot)) {
      const attr = this.identifier();
      value = { kind: 'Attribute', value, attr, ctx: 'Load', ...this.span(t) };
    }
    return value;
  }

  private groupPattern(): Pattern {
    const t = this.p++;
    if (this.types[this.p] === T.RPar) return this.sequencePattern(t, [], T.RPar);
    const first = this.maybeStarPattern();
    if (first.kind !== 'MatchStar' && this.take(T.RPar)) return first;
    this.expect(T.Comma);
    return this.sequencePattern(t, [first], T.RPar);
  }

  /** The rest of a sequence pattern behind `patterns` and a comma, or behind the bracket. */
  private sequencePattern(t: number, patterns: Pattern[], close: T): Pattern {
    while (this.types[this.p] !== close) {
      patterns.push(this.maybeStarPattern());
      if (!this.take(T.Comma)) break;
    }
    this.expect(close);
    return { kind: 'MatchSequence', patterns, ...this.span(t) };
  }

  private mappingPattern(): Pattern {
    const t = this.p++;
    const keys: Expr[] = [];
    const patterns: Pattern[] = [];
    let rest: string | null = null;
    while (this.types[this.p] !== T.RBrace && rest === null) {
      if (this.take(T.DoubleStar)) {
        rest = this.identifier();
        if (rest === '_') this.fail();
      } else {
        keys.push(this.mappingKey());
        this.expect(T.Colon);
        patterns.push(this.pattern());
      }
      if (!this.take(T.Comma)) break;
    }
    this.expect(T.RBrace);
    const node: MatchMapping = { kind: 'MatchMapping', keys, patterns, rest, ...this.span(t) };
    return node;
  }

  private mappingKey(): Expr {
    const t = this.p;
    switch (this.types[t]) {
      case T.Number:
      case T.Minus:
        return this.numberPattern();
      case T.String:
      case T.FStringStart:
        return this.strings();
      case T.None:
        this.p++;
        return this.constant(t, null);
      case T.True:
        this.p++;
        return this.constant(t, true);
      case T.False:
        this.p++;
        return this.constant(t, false);
      case T.Name: {
        const value = this.dottedName();
        return value.kind === 'Name' ? this.fail() : value;
      }
      default:
        return this.fail();
    }
  }

  private classPattern(t: number, cls: Expr): Pattern {
    const node: MatchClass = {
      kind: 'MatchClass',
      cls,
      patterns: [],
      kwdAttrs: [],
      kwdPatterns: [],
      lineno: 0,
      colOffset: 0,
      endLineno: 0,
      endColOffset: 0,
    };
    this.p++;
    while (this.types[this.p] !== T.RPar) {
      if (this.types[this.p] === T.Name && this.types[this.p + 1] === T.Equal) {
        node.kwdAttrs.push(this.identifier());
        this.p++;
        node.kwdPatterns.push(this.pattern());
      } else {
        if (node.kwdAttrs.length > 0) this.fail();
        node.patterns.push(this.pattern());
      }
      if (!this.take(T.Comma)) break;
    }
    this.expect(T.RPar);
    return Object.assign(node, this.span(t));
  }
}
