/** Parameters of functions and lambdas, and type parameters. */

import type { Arg, Arguments, Expr, TypeParam } from '../ast.ts';
import { DialectError } from '../dialect.ts';
import { T } from '../tokenizer/token.ts';
import { DisplayParser } from './displays.ts';

export abstract class FunctionParser extends DisplayParser {
  /** Parses parameters up to the token `end`, which stays; `annotated` allows annotations. */
  protected override parameters(end: T, annotated: boolean): Arguments {
    const args: Arguments = {
      kind: 'arguments',
      posonlyargs: [],
      args: [],
      vararg: null,
      kwonlyargs: [],
      kwDefaults: [],
      kwarg: null,
      defaults: [],
    };
    let keywordOnly = false;
    while (this.types[this.p] !== end) {
      if (args.kwarg !== null) this.fail();
      if (this.take(T.DoubleStar)) {
        args.kwarg = this.parameter(annotated, false);
        if (this.types[this.p] === T.Equal) this.fail();
      } else if (this.take(T.Star)) {
        if (keywordOnly) this.fail();
        keywordOnly = true;
        this.starParameter(args, annotated);
        if (args.vararg === null) this.refuseBareComment();
      } else if (this.take(T.Slash)) {
        if (keywordOnly || args.posonlyargs.length > 0 || args.args.length === 0) this.fail();
        args.posonlyargs = args.args;
        args.args = [];
        this.since(8, 'Positional-only parameters are');
      } else {
        this.plainParameter(args, annotated, keywordOnly);
      }
      const more = this.take(T.Comma);
      if (annotated) this.commentParameter(args, more);
      if (!more) break;
    }
    return args;
  }

  /** The type comment behind a parameter and its comma belongs to it. */
  private commentParameter(args: Arguments, comma: boolean): void {
    const { typeComments } = this.context.dialect;
    if (typeComments === null) return;
    if (comma && typeComments.before(this.p - 1)) throw new DialectError('invalid syntax', this.p - 1);
    const before = this.types[this.p - (comma ? 2 : 1)]!;
    if (before === T.Star || before === T.Slash) return;
    const comment = this.typeComment();
    if (comment === null) return;
    const last = args.kwarg ?? args.kwonlyargs.at(-1) ?? args.vararg ?? args.args.at(-1) ?? args.posonlyargs.at(-1);
    if (last) last.typeComment = comment;
  }

  private refuseBareComment(): void {
    const comment = this.context.dialect.typeComments?.before(this.p + 1);
    if (comment !== undefined) throw new DialectError('bare * has associated type comment', comment);
  }

  /** What follows a star: a parameter, or a comma and then at least one keyword-only parameter. */
  private starParameter(args: Arguments, annotated: boolean): void {
    if (this.types[this.p] !== T.Comma) {
      args.vararg = this.parameter(annotated, true);
      if (this.types[this.p] === T.Equal) this.fail();
    } else if (this.types[this.p + 1] !== T.Name) {
      this.fail();
    }
  }

  private plainParameter(args: Arguments, annotated: boolean, keywordOnly: boolean): void {
    const arg = this.parameter(annotated, false);
    const value = this.take(T.Equal) ? this.expression() : null;
    if (keywordOnly) {
      args.kwonlyargs.push(arg);
      args.kwDefaults.push(value);
      return;
    }
    args.args.push(arg);
    if (value !== null) args.defaults.push(value);
    else if (args.defaults.length > 0) this.fail();
  }

  private parameter(annotated: boolean, star: boolean): Arg {
    const t = this.p;
    const arg = this.identifier();
    let annotation: Expr | null = null;
    if (annotated && this.take(T.Colon)) annotation = star ? this.starExpression() : this.expression();
    const last = this.p - 1;
    return {
      kind: 'arg',
      arg,
      annotation,
      typeComment: null,
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      endLineno: this.endLines[last]!,
      endColOffset: this.endCols[last]!,
    };
  }

  /** Parses `[T, *Ts, **P]` if it is next. */
  protected typeParams(): TypeParam[] {
    const params: TypeParam[] = [];
    if (!this.take(T.LSqb)) return params;
    do {
      params.push(this.typeParam());
    } while (this.take(T.Comma) && this.types[this.p] !== T.RSqb);
    this.expect(T.RSqb);
    this.since(12, 'Type parameter lists are', this.p - 1);
    return params;
  }

  private typeParam(): TypeParam {
    const t = this.p;
    if (this.take(T.Star)) return { kind: 'TypeVarTuple', name: this.identifier(), ...this.span(t) };
    if (this.take(T.DoubleStar)) return { kind: 'ParamSpec', name: this.identifier(), ...this.span(t) };
    const name = this.identifier();
    const bound = this.take(T.Colon) ? this.expression() : null;
    return { kind: 'TypeVar', name, bound, ...this.span(t) };
  }
}
