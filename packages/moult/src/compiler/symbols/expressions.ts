/** Collects the names of expressions, in evaluation order. */

import type { Expr, Name } from '../../syntax/ast.ts';
import type { SymbolBuilder } from './builder.ts';
import { visitComprehension } from './comprehensions.ts';
import { visitLambda } from './definitions.ts';
import { rejectInAnnotation, rejectYieldInComprehension } from './rejections.ts';
import { CompKind, Def } from './scopes.ts';
import { visitNamedExpr } from './walrus.ts';

/** Collects the names of all `nodes`, in order. */
export function visitExprs(b: SymbolBuilder, nodes: readonly Expr[]): void {
  for (const node of nodes) visitExpr(b, node);
}

/** Collects the names of `e`. Throws PythonSyntaxError. */
export function visitExpr(b: SymbolBuilder, e: Expr): void {
  b.context.enter();
  visitExprKind(b, e);
  b.context.leave();
}

function visitExprKind(b: SymbolBuilder, e: Expr): void {
  switch (e.kind) {
    case 'Name':
      visitName(b, e);
      break;
    case 'Constant':
      break;
    case 'Attribute':
      visitExpr(b, e.value);
      break;
    case 'Call':
      visitExpr(b, e.func);
      visitExprs(b, e.args);
      for (const keyword of e.keywords) visitExpr(b, keyword.value);
      break;
    case 'BinOp':
      visitExpr(b, e.left);
      visitExpr(b, e.right);
      break;
    case 'BoolOp':
      visitExprs(b, e.values);
      break;
    case 'UnaryOp':
      visitExpr(b, e.operand);
      break;
    case 'Compare':
      visitExpr(b, e.left);
      visitExprs(b, e.comparators);
      break;
    case 'Subscript':
      visitExpr(b, e.value);
      visitExpr(b, e.slice);
      break;
    case 'IfExp':
      visitExpr(b, e.test);
      visitExpr(b, e.body);
      visitExpr(b, e.orelse);
      break;
    case 'Dict':
      for (const key of e.keys) if (key !== null) visitExpr(b, key);
      visitExprs(b, e.values);
      break;
    case 'List':
    case 'Tuple':
    case 'Set':
      visitExprs(b, e.elts);
      break;
    case 'Starred':
      visitExpr(b, e.value);
      break;
    case 'Slice':
      if (e.lower !== null) visitExpr(b, e.lower);
      if (e.upper !== null) visitExpr(b, e.upper);
      if (e.step !== null) visitExpr(b, e.step);
      break;
    case 'JoinedStr':
      visitExprs(b, e.values);
      break;
    case 'FormattedValue':
      visitExpr(b, e.value);
      if (e.formatSpec !== null) visitExpr(b, e.formatSpec);
      break;
    case 'Lambda':
      visitLambda(b, e);
      break;
    case 'ListComp':
      visitComprehension(b, e, 'listcomp', CompKind.List, e.generators, e.elt, null);
      break;
    case 'SetComp':
      visitComprehension(b, e, 'setcomp', CompKind.Set, e.generators, e.elt, null);
      break;
    case 'GeneratorExp':
      visitComprehension(b, e, 'genexpr', CompKind.Generator, e.generators, e.elt, null);
      break;
    case 'DictComp':
      visitComprehension(b, e, 'dictcomp', CompKind.Dict, e.generators, e.key, e.value);
      break;
    case 'Yield':
    case 'YieldFrom':
      rejectInAnnotation(b, 'yield expression', e);
      if (e.value !== null) visitExpr(b, e.value);
      b.block.generator = true;
      rejectYieldInComprehension(b, e);
      break;
    case 'Await':
      rejectInAnnotation(b, 'await expression', e);
      visitExpr(b, e.value);
      b.block.coroutine = true;
      break;
    case 'NamedExpr':
      rejectInAnnotation(b, 'named expression', e);
      visitNamedExpr(b, e);
      break;
  }
}

function visitName(b: SymbolBuilder, e: Name): void {
  b.define(e.id, e.ctx === 'Load' ? Def.USE : Def.LOCAL, e);
  if (e.ctx === 'Load' && e.id === 'super' && b.block.isFunctionLike) b.define('__class__', Def.USE, e);
}
