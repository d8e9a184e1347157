/** Compound statements, blocks and whole programs. */

import type { ExceptHandler, Expr, Keyword, MatchCase, Mod, Position, Stmt, WithItem } from '../ast.ts';
import { DialectError } from '../dialect.ts';
import { T } from '../tokenizer/token.ts';
import { Levels } from './base.ts';
import { SimpleStatementParser } from './simple-statements.ts';

export class Parser extends SimpleStatementParser {
  /** Parses a file: statements to the end. */
  file(): Mod {
    const body: Stmt[] = [];
    while (this.types[this.p] !== T.EndMarker) this.statement(body);
    return { kind: 'Module', body, typeIgnores: this.context.dialect.typeComments?.ignores ?? [] };
  }

  /** Parses one expression, as `eval` does. */
  evalInput(): Mod {
    const body = this.expressions();
    this.endOfInput();
    return { kind: 'Expression', body };
  }

  /** Parses one statement, as at a prompt; what follows it stays. */
  interactive(): Mod {
    const t = this.p;
    if (this.take(T.Newline)) return { kind: 'Interactive', body: [{ kind: 'Pass', ...this.emptySpan(t) }] };
    const body: Stmt[] = [];
    const simple = !this.startsCompound();
    this.statement(body);
    // A compound statement is complete when a line follows its block.
    if (!(simple || this.wasSimple(body))) this.expect(T.Newline);
    return { kind: 'Interactive', body };
  }

  /** Parses a function type comment's text: `(a, b) -> c`. */
  functionType(): Mod {
    this.expect(T.LPar);
    const argtypes: Expr[] = [];
    while (this.types[this.p] !== T.RPar) {
      if (!this.take(T.Star)) this.take(T.DoubleStar);
      argtypes.push(this.expression());
      if (!this.take(T.Comma)) break;
    }
    this.expect(T.RPar);
    this.expect(T.RArrow);
    const returns = this.expression();
    this.endOfInput();
    return { kind: 'FunctionType', argtypes, returns };
  }

  /** Whether only blank lines follow. */
  atEnd(): boolean {
    let p = this.p;
    while (this.types[p] === T.Newline) p++;
    return this.types[p] === T.EndMarker;
  }

  private endOfInput(): void {
    while (this.take(T.Newline));
    this.expect(T.EndMarker);
  }

  private emptySpan(t: number): Position {
    return { lineno: this.lines[t]!, colOffset: this.cols[t]!, endLineno: this.lines[t]!, endColOffset: this.cols[t]! };
  }

  /** `a, b`: an expression, or a tuple of unstarred ones. */
  private expressions(): Expr {
    const t = this.p;
    const first = this.expression();
    if (this.types[this.p] !== T.Comma) return first;
    const elts = [first];
    while (this.take(T.Comma) && this.startsExpression()) elts.push(this.expression());
    return this.tupleFrom(t, elts);
  }

  private startsCompound(): boolean {
    switch (this.types[this.p]) {
      case T.If:
      case T.Def:
      case T.Class:
      case T.For:
      case T.While:
      case T.With:
      case T.Try:
      case T.At:
      case T.Async:
        return true;
      default:
        return this.isSoftKeyword('match');
    }
  }

  private wasSimple(body: Stmt[]): boolean {
    return body[body.length - 1]!.kind !== 'Match' && this.isSimple(body[0]!);
  }

  private isSimple(statement: Stmt): boolean {
    return !('body' in statement);
  }

  private isSoftKeyword(word: string): boolean {
    return (
      this.types[this.p] === T.Name &&
      this.ends[this.p]! - this.starts[this.p]! === word.length &&
      this.tokenText(this.p) === word
    );
  }

  private statement(body: Stmt[]): void {
    const t = this.p;
    switch (this.types[t]) {
      case T.If:
        body.push(this.if());
        return;
      case T.Def:
        body.push(this.function(t, []));
        return;
      case T.Class:
        body.push(this.class(t, []));
        return;
      case T.For:
        body.push(this.for(t));
        return;
      case T.While:
        body.push(this.while());
        return;
      case T.With:
        body.push(this.with(t));
        return;
      case T.Try:
        body.push(this.try());
        return;
      case T.At:
        body.push(this.decorated());
        return;
      case T.Async:
        body.push(this.async());
        return;
      case T.Name:
        if (this.isSoftKeyword('match')) {
          const match = this.attempt(() => this.match());
          if (match !== null) return void body.push(match);
        }
    }
    this.simpleStatements(body);
  }

  private block(): Stmt[] {
    const body: Stmt[] = [];
    if (!this.take(T.Newline)) {
      this.simpleStatements(body);
      return body;
    }
    this.expect(T.Indent);
    this.enter(Levels.Block);
    do this.statement(body);
    while (this.types[this.p] !== T.Dedent && this.types[this.p] !== T.EndMarker);
    this.leave(Levels.Block);
    this.expect(T.Dedent);
    return body;
  }

  private colonBlock(): Stmt[] {
    this.expect(T.Colon);
    return this.block();
  }

  /** The position from token `t` to the last token with text. */
  private extent(t: number): Position {
    const last = this.lastToken();
    return {
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      endLineno: this.endLines[last]!,
      endColOffset: this.endCols[last]!,
    };
  }

  /** `if` with its chain of `elif`, each of which is nested in the one before. */
  private if(): Stmt {
    const branches: { t: number; test: Expr; body: Stmt[] }[] = [];
    do {
      const t = this.p++;
      const test = this.namedExpression();
      branches.push({ t, test, body: this.colonBlock() });
      this.enter(Levels.Elif);
    } while (this.types[this.p] === T.Elif);
    let orelse = this.elseBlock();
    this.leave(branches.length * Levels.Elif);
    for (let i = branches.length - 1; i >= 0; i--) {
      const { t, test, body } = branches[i]!;
      orelse = [{ kind: 'If', test, body, orelse, ...this.extent(t) }];
    }
    return orelse[0]!;
  }

  private elseBlock(): Stmt[] {
    return this.take(T.Else) ? this.colonBlock() : [];
  }

  private while(): Stmt {
    const t = this.p++;
    const test = this.namedExpression();
    const body = this.colonBlock();
    const orelse = this.elseBlock();
    return { kind: 'While', test, body, orelse, ...this.extent(t) };
  }

  private for(t: number, isAsync = false): Stmt {
    this.expect(T.For);
    const target = this.starTargets();
    this.expect(T.In);
    const iter = this.starExpressions();
    this.expect(T.Colon);
    const typeComment = this.typeComment(this.p, false);
    const body = this.block();
    const orelse = this.elseBlock();
    if (isAsync) this.since(5, 'Async for loops are');
    return { kind: isAsync ? 'AsyncFor' : 'For', target, iter, body, orelse, typeComment, ...this.extent(t) };
  }

  private with(t: number, isAsync = false): Stmt {
    this.expect(T.With);
    const parenthesized = this.types[this.p] === T.LPar ? this.attempt(() => this.parenthesizedItems()) : null;
    const items = parenthesized ?? this.withItems();
    this.expect(T.Colon);
    const typeComment = parenthesized === null ? this.typeComment(this.p, false) : null;
    const body = this.block();
    if (isAsync) this.since(5, 'Async with statements are', this.p - 1);
    if (parenthesized !== null) this.since(9, 'Parenthesized context managers are', this.p - 1);
    return { kind: isAsync ? 'AsyncWith' : 'With', items, body, typeComment, ...this.extent(t) };
  }

  private parenthesizedItems(): WithItem[] {
    this.p++;
    const items: WithItem[] = [];
    do {
      items.push(this.withItem());
    } while (this.take(T.Comma) && this.types[this.p] !== T.RPar);
    this.expect(T.RPar);
    if (this.types[this.p] !== T.Colon) this.fail();
    // The grammar has no type comment behind parenthesized items: a group or tuple in parentheses may have one.
    const { typeComments } = this.context.dialect;
    if (typeComments?.before(this.p + 1)) {
      typeComments.reached = Math.max(typeComments.reached, this.p + 1);
      this.fail();
    }
    return items;
  }

  private withItems(): WithItem[] {
    const items: WithItem[] = [];
    do {
      items.push(this.withItem());
    } while (this.take(T.Comma));
    return items;
  }

  private withItem(): WithItem {
    const contextExpr = this.expression();
    if (!this.take(T.As)) return { kind: 'withitem', contextExpr, optionalVars: null };
    const optionalVars = this.types[this.p] === T.Star ? this.fail() : this.primary();
    this.setContext(optionalVars, 'Store');
    return { kind: 'withitem', contextExpr, optionalVars };
  }

  private try(): Stmt {
    const t = this.p++;
    const body = this.colonBlock();
    const handlers: ExceptHandler[] = [];
    let star: boolean | null = null;
    while (this.types[this.p] === T.Except) {
      const isStar = this.types[this.p + 1] === T.Star;
      if (star !== null && star !== isStar) this.fail();
      if (handlers.length > 0 && handlers[handlers.length - 1]!.type === null && star) this.fail();
      star = isStar;
      handlers.push(this.handler(isStar));
    }
    const orelse = handlers.length > 0 ? this.elseBlock() : [];
    const finalbody = this.take(T.Finally) ? this.colonBlock() : [];
    if (handlers.length === 0 && finalbody.length === 0) this.fail();
    if (star) this.since(11, 'Exception groups are');
    return { kind: star ? 'TryStar' : 'Try', body, handlers, orelse, finalbody, ...this.extent(t) };
  }

  private handler(star: boolean): ExceptHandler {
    const t = this.p;
    this.p += star ? 2 : 1;
    const type = !star && this.types[this.p] === T.Colon ? null : this.expression();
    const name = type !== null && this.take(T.As) ? this.identifier() : null;
    const body = this.colonBlock();
    return { kind: 'ExceptHandler', type, name, body, ...this.extent(t) };
  }

  private decorated(): Stmt {
    const decorators: Expr[] = [];
    while (this.take(T.At)) {
      decorators.push(this.namedExpression());
      this.expect(T.Newline);
    }
    const t = this.p;
    switch (this.types[t]) {
      case T.Def:
        return this.function(t, decorators);
      case T.Class:
        return this.class(t, decorators);
      default:
        this.expect(T.Async);
        return this.function(t, decorators, true);
    }
  }

  private async(): Stmt {
    const t = this.p++;
    switch (this.types[this.p]) {
      case T.Def:
        return this.function(t, [], true);
      case T.With:
        return this.with(t, true);
      default:
        return this.for(t, true);
    }
  }

  private function(t: number, decoratorList: Expr[], isAsync = false): Stmt {
    this.expect(T.Def);
    const name = this.identifier();
    const typeParams = this.typeParams();
    this.expect(T.LPar);
    const args = this.parameters(T.RPar, true);
    this.expect(T.RPar);
    const returns = this.take(T.RArrow) ? this.expression() : null;
    this.expect(T.Colon);
    const typeComment = this.functionComment();
    const body = this.block();
    if (isAsync) this.since(5, 'Async functions are', this.p - 1);
    return {
      kind: isAsync ? 'AsyncFunctionDef' : 'FunctionDef',
      name,
      args,
      body,
      decoratorList,
      returns,
      typeComment,
      typeParams,
      ...this.extent(t),
    };
  }

  /** The type comment of a function: in the line of its colon, or in a line of its own before the block. */
  private functionComment(): string | null {
    const { typeComments } = this.context.dialect;
    if (typeComments === null || this.types[this.p] !== T.Newline) return this.typeComment(this.p, false);
    const inLine = this.typeComment(this.p, false);
    if (this.types[this.p + 1] !== T.Indent) return inLine;
    if (inLine === null) return this.typeComment(this.p + 1, true);
    if (typeComments.before(this.p + 1) === undefined) return inLine;
    throw new DialectError('Cannot have two type comments on def', this.p + 1);
  }

  private class(t: number, decoratorList: Expr[]): Stmt {
    this.p++;
    const name = this.identifier();
    const typeParams = this.typeParams();
    const bases: Expr[] = [];
    const keywords: Keyword[] = [];
    if (this.types[this.p] === T.LPar) this.callArguments(bases, keywords, false);
    const body = this.colonBlock();
    return { kind: 'ClassDef', name, bases, keywords, body, decoratorList, typeParams, ...this.extent(t) };
  }

  private match(): Stmt {
    const t = this.p++;
    const subject = this.subject();
    this.expect(T.Colon);
    this.expect(T.Newline);
    this.expect(T.Indent);
    const cases: MatchCase[] = [];
    do cases.push(this.case());
    while (this.types[this.p] !== T.Dedent);
    this.p++;
    this.since(10, 'Pattern matching is', this.p - 1);
    return { kind: 'Match', subject, cases, ...this.extent(t) };
  }

  private subject(): Expr {
    const t = this.p;
    const first = this.starNamedExpression();
    if (this.types[this.p] !== T.Comma) return first.kind === 'Starred' ? this.fail() : first;
    const elts = [first];
    while (this.take(T.Comma) && this.startsExpression()) elts.push(this.starNamedExpression());
    return this.tupleFrom(t, elts);
  }

  private case(): MatchCase {
    if (!this.isSoftKeyword('case')) this.fail();
    this.p++;
    const pattern = this.patterns();
    const guard = this.take(T.If) ? this.namedExpression() : null;
    const body = this.colonBlock();
    return { kind: 'match_case', pattern, guard, body };
  }
}
