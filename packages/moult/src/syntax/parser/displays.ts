/** What stands in brackets: groups, tuples, lists, sets, dicts, comprehensions, call arguments and subscripts. */

import type { Comprehension, Dict, Expr, Keyword, Position } from '../ast.ts';
import { T } from '../tokenizer/token.ts';
import { Levels } from './base.ts';
import { ExpressionParser } from './expressions.ts';
import { Prec } from './operators.ts';

export abstract class DisplayParser extends ExpressionParser {
  /** The position from token `t` to the last one taken. */
  protected span(t: number): Position {
    const last = this.p - 1;
    return {
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      endLineno: this.endLines[last]!,
      endColOffset: this.endCols[last]!,
    };
  }

  protected override bracketed(): Expr {
    this.enter(Levels.Group);
    const value = this.display();
    this.leave(Levels.Group);
    return value;
  }

  private display(): Expr {
    switch (this.types[this.p]) {
      case T.LPar:
        return this.parenthesized();
      case T.LSqb:
        return this.list();
      default:
        return this.braces();
    }
  }

  private startsComprehension(): boolean {
    const type = this.types[this.p];
    return type === T.For || (type === T.Async && this.types[this.p + 1] === T.For);
  }

  private parenthesized(): Expr {
    const t = this.p++;
    if (this.take(T.RPar)) return this.tupleFrom(t, []);
    if (this.types[this.p] === T.Yield) {
      const value = this.yieldExpression();
      this.expect(T.RPar);
      return value;
    }
    const first = this.starNamedExpression();
    if (this.types[this.p] === T.Comma) {
      const elts = this.elements(first, T.RPar);
      return this.tupleFrom(t, elts);
    }
    if (first.kind === 'Starred') this.fail();
    if (this.startsComprehension()) {
      const generators = this.comprehensions();
      this.expect(T.RPar);
      return { kind: 'GeneratorExp', elt: first, generators, ...this.span(t) };
    }
    this.expect(T.RPar);
    return first;
  }

  /** The rest of a comma-separated list after `first`, its closing bracket included. */
  private elements(first: Expr, close: T): Expr[] {
    const elts = [first];
    while (this.take(T.Comma) && this.types[this.p] !== close) elts.push(this.starNamedExpression());
    this.expect(close);
    return elts;
  }

  private list(): Expr {
    const t = this.p++;
    if (this.take(T.RSqb)) return { kind: 'List', elts: [], ctx: 'Load', ...this.span(t) };
    const first = this.starNamedExpression();
    if (this.startsComprehension() && first.kind !== 'Starred') {
      const generators = this.comprehensions();
      this.expect(T.RSqb);
      return { kind: 'ListComp', elt: first, generators, ...this.span(t) };
    }
    const elts = this.elements(first, T.RSqb);
    return { kind: 'List', elts, ctx: 'Load', ...this.span(t) };
  }

  private braces(): Expr {
    const t = this.p++;
    if (this.take(T.RBrace)) return { kind: 'Dict', keys: [], values: [], ...this.span(t) };
    if (this.types[this.p] === T.DoubleStar) return this.dict(t, null);
    const first = this.starNamedExpression();
    if (this.types[this.p] === T.Colon && first.kind !== 'Starred') return this.dict(t, first);
    if (this.startsComprehension() && first.kind !== 'Starred') {
      const generators = this.comprehensions();
      this.expect(T.RBrace);
      return { kind: 'SetComp', elt: first, generators, ...this.span(t) };
    }
    const elts = this.elements(first, T.RBrace);
    return { kind: 'Set', elts, ...this.span(t) };
  }

  /** The rest of a dict whose first key is `key`, or which starts with `**`. */
  private dict(t: number, key: Expr | null): Expr {
    const node: Dict = { kind: 'Dict', keys: [], values: [], lineno: 0, colOffset: 0, endLineno: 0, endColOffset: 0 };
    if (key?.kind === 'NamedExpr' && this.types[t + 1] === T.Name) this.fail(); // not in parentheses
    for (;;) {
      if (key === null) {
        this.expect(T.DoubleStar);
        node.values.push(this.binary(Prec.BitOr));
      } else {
        this.expect(T.Colon);
        node.values.push(this.expression());
      }
      node.keys.push(key);
      if (key !== null && node.keys.length === 1 && this.startsComprehension()) return this.dictComp(t, node);
      if (!this.take(T.Comma) || this.types[this.p] === T.RBrace) break;
      key = this.types[this.p] === T.DoubleStar ? null : this.expression();
    }
    this.expect(T.RBrace);
    return Object.assign(node, this.span(t));
  }

  private dictComp(t: number, node: Dict): Expr {
    const generators = this.comprehensions();
    this.expect(T.RBrace);
    return { kind: 'DictComp', key: node.keys[0]!, value: node.values[0]!, generators, ...this.span(t) };
  }

  private comprehensions(): Comprehension[] {
    const generators: Comprehension[] = [];
    while (this.startsComprehension()) {
      const isAsync = this.take(T.Async) ? 1 : 0;
      this.expect(T.For);
      const target = this.starTargets();
      this.expect(T.In);
      const iter = this.binary(Prec.Or);
      const ifs: Expr[] = [];
      while (this.take(T.If)) ifs.push(this.binary(Prec.Or));
      if (isAsync === 1) this.since(6, 'Async comprehensions are');
      generators.push({ kind: 'comprehension', target, iter, ifs, isAsync });
    }
    return generators;
  }

  /** Targets of `for`: one, or a tuple without brackets. */
  protected starTargets(): Expr {
    const t = this.p;
    const first = this.starTarget();
    if (this.types[this.p] !== T.Comma) return first;
    const elts = [first];
    while (this.take(T.Comma) && this.types[this.p] !== T.In && this.startsExpression()) elts.push(this.starTarget());
    const tuple = this.tupleFrom(t, elts);
    this.setContext(tuple, 'Store');
    return tuple;
  }

  private starTarget(): Expr {
    const t = this.p;
    if (this.take(T.Star)) {
      const value = this.primary();
      this.setContext(value, 'Store');
      return { kind: 'Starred', value, ctx: 'Store', ...this.span(t) };
    }
    const target = this.primary();
    this.setContext(target, 'Store');
    return target;
  }

  protected override callArguments(args: Expr[], keywords: Keyword[], allowGenerator: boolean): void {
    const open = this.p;
    this.p++;
    let sawDouble = false;
    while (this.types[this.p] !== T.RPar) {
      const t = this.p;
      if (this.types[t] === T.Name && this.types[t + 1] === T.Equal) {
        const arg = this.identifier();
        this.p++;
        const value = this.expression();
        keywords.push({ kind: 'keyword', arg, value, ...this.span(t) });
      } else if (this.take(T.DoubleStar)) {
        sawDouble = true;
        const value = this.expression();
        keywords.push({ kind: 'keyword', arg: null, value, ...this.span(t) });
      } else if (this.types[t] === T.Star) {
        if (sawDouble) this.fail();
        args.push(this.starred(Prec.None));
      } else {
        if (keywords.length > 0) this.fail();
        const value = this.namedExpression();
        if (this.startsComprehension()) {
          if (!allowGenerator || t !== open + 1) this.fail();
          return void args.push(this.callGenerator(open, value));
        }
        args.push(value);
      }
      if (!this.take(T.Comma)) break;
    }
    this.expect(T.RPar);
  }

  /** The generator expression that is a call's only argument; the call's parentheses are its own. */
  private callGenerator(open: number, elt: Expr): Expr {
    const generators = this.comprehensions();
    this.expect(T.RPar);
    return { kind: 'GeneratorExp', elt, generators, ...this.span(open) };
  }

  protected override subscript(): Expr {
    this.p++;
    const t = this.p;
    const first = this.subscriptItem();
    if (this.types[this.p] !== T.Comma && first.kind !== 'Starred') {
      this.expect(T.RSqb);
      return first;
    }
    const elts = [first];
    while (this.take(T.Comma) && this.types[this.p] !== T.RSqb) elts.push(this.subscriptItem());
    const tuple = this.tupleFrom(t, elts);
    this.expect(T.RSqb);
    return tuple;
  }

  private subscriptItem(): Expr {
    const t = this.p;
    if (this.types[t] === T.Star) return this.starred(Prec.None);
    const lower = this.types[t] === T.Colon ? null : this.namedExpression();
    if (!this.take(T.Colon)) return lower ?? this.fail();
    if (lower?.kind === 'NamedExpr' && this.types[t] === T.Name) this.fail();
    const upper = this.endsSlicePart() ? null : this.expression();
    const step = this.take(T.Colon) && !this.endsSlicePart() ? this.expression() : null;
    return { kind: 'Slice', lower, upper, step, ...this.span(t) };
  }

  private endsSlicePart(): boolean {
    const type = this.types[this.p];
    return type === T.Colon || type === T.Comma || type === T.RSqb;
  }
}
