/** Statements of one line. */

import type { Alias, AnnAssign, Assign, Expr, Stmt } from '../ast.ts';
import { T } from '../tokenizer/token.ts';
import { binaryOperator, isAugmentedAssignment } from './operators.ts';
import { PatternParser } from './patterns.ts';

export abstract class SimpleStatementParser extends PatternParser {
  /** Parses statements separated by semicolons up to the newline, and appends them to `body`. */
  protected simpleStatements(body: Stmt[]): void {
    do {
      body.push(this.simpleStatement());
    } while (this.take(T.Semi) && this.types[this.p] !== T.Newline);
    this.expect(T.Newline);
  }

  private simpleStatement(): Stmt {
    const t = this.p;
    switch (this.types[t]) {
      case T.Return: {
        this.p++;
        const value = this.startsExpression() ? this.starExpressions() : null;
        return { kind: 'Return', value, ...this.span(t) };
      }
      case T.Import:
        return this.importNames();
      case T.From:
        return this.importFrom();
      case T.Raise:
        return this.raise();
      case T.Pass:
        this.p++;
        return { kind: 'Pass', ...this.span(t) };
      case T.Break:
        this.p++;
        return { kind: 'Break', ...this.span(t) };
      case T.Continue:
        this.p++;
        return { kind: 'Continue', ...this.span(t) };
      case T.Del:
        return this.delete();
      case T.Assert:
        return this.assert();
      case T.Global:
        return { kind: 'Global', names: this.names(), ...this.span(t) };
      case T.Nonlocal:
        return { kind: 'Nonlocal', names: this.names(), ...this.span(t) };
      case T.Yield:
        return this.afterExpression(t, this.yieldExpression());
      case T.Name:
        if (this.isTypeAlias()) return this.typeAlias();
    }
    return this.afterExpression(t, this.starExpressions());
  }

  private names(): string[] {
    this.p++;
    const names = [this.identifier()];
    while (this.take(T.Comma)) names.push(this.identifier());
    return names;
  }

  /** An expression statement, or the assignment that `first`, from token `t`, begins. */
  private afterExpression(t: number, first: Expr): Stmt {
    const type = this.types[this.p]!;
    if (type === T.Equal) return this.assign(t, first);
    if (type === T.Colon) return this.annotated(t, first);
    if (isAugmentedAssignment(type)) {
      this.p++;
      if (first.kind !== 'Name' && first.kind !== 'Attribute' && first.kind !== 'Subscript') this.fail();
      this.setContext(first, 'Store');
      const value = this.assignedValue();
      if (type === T.AtEqual) this.since(5, "The '@' operator is");
      return { kind: 'AugAssign', target: first, op: binaryOperator(type), value, ...this.span(t) };
    }
    return {
      kind: 'Expr',
      value: first,
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      endLineno: this.endLines[this.p - 1]!,
      endColOffset: this.endCols[this.p - 1]!,
    };
  }

  private assignedValue(): Expr {
    return this.types[this.p] === T.Yield ? this.yieldExpression() : this.starExpressions();
  }

  private assign(t: number, first: Expr): Stmt {
    const targets: Expr[] = [];
    let value = first;
    while (this.take(T.Equal)) {
      this.setContext(value, 'Store');
      targets.push(value);
      value = this.assignedValue();
    }
    const last = this.p - 1;
    const node: Assign = {
      kind: 'Assign',
      targets,
      value,
      typeComment: this.typeComment(this.p, false),
      lineno: this.lines[t]!,
      colOffset: this.cols[t]!,
      endLineno: this.endLines[last]!,
      endColOffset: this.endCols[last]!,
    };
    if (node.typeComment !== null) this.reachComment(node);
    return node;
  }

  /** An assignment reaches to the end of its type comment. */
  private reachComment(node: Assign): void {
    const comment = this.context.dialect.typeComments?.before(this.p);
    if (comment === undefined) return;
    node.endLineno = comment.line;
    node.endColOffset = comment.endCol;
  }

  private annotated(t: number, target: Expr): Stmt {
    if (target.kind !== 'Name' && target.kind !== 'Attribute' && target.kind !== 'Subscript') this.fail();
    this.p++;
    this.setContext(target, 'Store');
    const annotation = this.expression();
    const value = this.take(T.Equal) ? this.assignedValue() : null;
    const simple = target.kind === 'Name' && this.types[t] === T.Name ? 1 : 0;
    this.since(6, simple === 1 ? 'Variable annotation syntax is' : 'Variable annotations syntax is');
    const node: AnnAssign = { kind: 'AnnAssign', target, annotation, value, simple, ...this.span(t) };
    return node;
  }

  private isTypeAlias(): boolean {
    const t = this.p;
    if (this.types[t + 1] !== T.Name || this.tokenText(t) !== 'type') return false;
    return this.types[t + 2] === T.Equal || this.types[t + 2] === T.LSqb;
  }

  private typeAlias(): Stmt {
    const t = this.p++;
    const name = this.name(this.p++);
    name.ctx = 'Store';
    const typeParams = this.typeParams();
    this.expect(T.Equal);
    const value = this.expression();
    this.since(12, 'Type statement is');
    return { kind: 'TypeAlias', name, typeParams, value, ...this.span(t) };
  }

  private delete(): Stmt {
    const t = this.p++;
    const targets: Expr[] = [];
    do {
      const target = this.primary();
      this.setContext(target, 'Del');
      targets.push(target);
    } while (this.take(T.Comma) && this.types[this.p] !== T.Semi && this.types[this.p] !== T.Newline);
    return { kind: 'Delete', targets, ...this.span(t) };
  }

  private assert(): Stmt {
    const t = this.p++;
    const test = this.expression();
    const msg = this.take(T.Comma) ? this.expression() : null;
    return { kind: 'Assert', test, msg, ...this.span(t) };
  }

  private raise(): Stmt {
    const t = this.p++;
    if (!this.startsExpression() || this.types[this.p] === T.Star)
      return { kind: 'Raise', exc: null, cause: null, ...this.span(t) };
    const exc = this.expression();
    const cause = this.take(T.From) ? this.expression() : null;
    return { kind: 'Raise', exc, cause, ...this.span(t) };
  }

  private importNames(): Stmt {
    const t = this.p++;
    const names: Alias[] = [];
    do {
      const start = this.p;
      const name = this.moduleName();
      const asname = this.take(T.As) ? this.identifier() : null;
      names.push({ kind: 'alias', name, asname, ...this.span(start) });
    } while (this.take(T.Comma));
    return { kind: 'Import', names, ...this.span(t) };
  }

  private moduleName(): string {
    let name = this.identifier();
    while (this.take(T.Dot)) name += '.' + this.identifier();
    return name;
  }

  private importFrom(): Stmt {
    const t = this.p++;
    let level = 0;
    for (; this.types[this.p] === T.Dot || this.types[this.p] === T.Ellipsis; this.p++) {
      level += this.types[this.p] === T.Dot ? 1 : 3;
    }
    const module = level > 0 && this.types[this.p] === T.Import ? null : this.moduleName();
    this.expect(T.Import);
    const names = this.importedNames();
    return { kind: 'ImportFrom', module, names, level, ...this.span(t) };
  }

  private importedNames(): Alias[] {
    const t = this.p;
    if (this.take(T.Star)) return [{ kind: 'alias', name: '*', asname: null, ...this.span(t) }];
    const parenthesized = this.take(T.LPar);
    const names: Alias[] = [];
    do {
      const start = this.p;
      const name = this.identifier();
      const asname = this.take(T.As) ? this.identifier() : null;
      names.push({ kind: 'alias', name, asname, ...this.span(start) });
    } while (this.take(T.Comma) && !(parenthesized && this.types[this.p] === T.RPar));
    if (parenthesized) this.expect(T.RPar);
    return names;
  }
}
