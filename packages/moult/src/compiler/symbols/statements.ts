/** Collects the names of statements, in evaluation order. */

import type { If, Stmt } from '../../syntax/ast.ts';
import { elifOf } from '../elif.ts';
import type { SymbolBuilder } from './builder.ts';
import { declareGlobal, declareNonlocal, defineAlias, visitAnnAssign } from './declarations.ts';
import { visitClassDef, visitFunctionDef } from './definitions.ts';
import { visitExpr, visitExprs } from './expressions.ts';
import { visitPattern } from './patterns.ts';
import { Def } from './scopes.ts';
import { visitTypeAlias } from './type-params.ts';

/** Collects the names of `body`. Throws PythonSyntaxError. */
export function visitStmts(b: SymbolBuilder, body: readonly Stmt[]): void {
  for (const stmt of body) visitStmt(b, stmt);
}

function visitStmt(b: SymbolBuilder, s: Stmt): void {
  b.context.enter();
  visitStmtKind(b, s);
  b.context.leave();
}

function visitStmtKind(b: SymbolBuilder, s: Stmt): void {
  switch (s.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      visitFunctionDef(b, s);
      break;
    case 'ClassDef':
      visitClassDef(b, s);
      break;
    case 'TypeAlias':
      visitTypeAlias(b, s);
      break;
    case 'Return':
      if (s.value !== null) visitExpr(b, s.value);
      break;
    case 'Delete':
      visitExprs(b, s.targets);
      break;
    case 'Assign':
      visitExprs(b, s.targets);
      visitExpr(b, s.value);
      break;
    case 'AugAssign':
      visitExpr(b, s.target);
      visitExpr(b, s.value);
      break;
    case 'AnnAssign':
      visitAnnAssign(b, s);
      break;
    case 'For':
    case 'AsyncFor':
      visitExpr(b, s.target);
      visitExpr(b, s.iter);
      visitStmts(b, s.body);
      visitStmts(b, s.orelse);
      break;
    case 'While':
      visitExpr(b, s.test);
      visitStmts(b, s.body);
      visitStmts(b, s.orelse);
      break;
    case 'If':
      visitIf(b, s);
      break;
    case 'Match':
      visitExpr(b, s.subject);
      for (const c of s.cases) {
        visitPattern(b, c.pattern);
        if (c.guard !== null) visitExpr(b, c.guard);
        visitStmts(b, c.body);
      }
      break;
    case 'Raise':
      if (s.exc !== null) visitExpr(b, s.exc);
      if (s.cause !== null) visitExpr(b, s.cause);
      break;
    case 'Try':
    case 'TryStar':
      visitStmts(b, s.body);
      visitStmts(b, s.orelse);
      for (const handler of s.handlers) {
        if (handler.type !== null) visitExpr(b, handler.type);
        if (handler.name !== null) b.define(handler.name, Def.LOCAL, handler);
        visitStmts(b, handler.body);
      }
      visitStmts(b, s.finalbody);
      break;
    case 'Assert':
      visitExpr(b, s.test);
      if (s.msg !== null) visitExpr(b, s.msg);
      break;
    case 'Import':
    case 'ImportFrom':
      for (const alias of s.names) defineAlias(b, alias);
      break;
    case 'Global':
      declareGlobal(b, s);
      break;
    case 'Nonlocal':
      declareNonlocal(b, s);
      break;
    case 'Expr':
      visitExpr(b, s.value);
      break;
    case 'With':
    case 'AsyncWith':
      for (const item of s.items) {
        visitExpr(b, item.contextExpr);
        if (item.optionalVars !== null) visitExpr(b, item.optionalVars);
      }
      visitStmts(b, s.body);
      break;
    case 'Pass':
    case 'Break':
    case 'Continue':
      break;
  }
}

function visitIf(b: SymbolBuilder, first: If): void {
  let depth = 0;
  for (let s: If | null = first; s !== null; s = elifOf(s), depth++) {
    if (depth > 0) b.context.enter();
    visitExpr(b, s.test);
    visitStmts(b, s.body);
    if (elifOf(s) === null) visitStmts(b, s.orelse);
  }
  while (--depth > 0) b.context.leave();
}
