/** Functions, classes and lambdas: what their heads use outside, and the block of each body. */

import type { Arg, Arguments, AsyncFunctionDef, ClassDef, Expr, FunctionDef, Lambda } from '../../syntax/ast.ts';
import type { SymbolBuilder } from './builder.ts';
import { visitExpr, visitExprs } from './expressions.ts';
import { rejectInClassAnnotation } from './rejections.ts';
import { BlockType, Def } from './scopes.ts';
import { visitStmts } from './statements.ts';
import { enterTypeParams, visitTypeParams } from './type-params.ts';

/** A function: defaults and decorators outside, then the block of its type parameters, annotations, and its own. */
export function visitFunctionDef(b: SymbolBuilder, s: FunctionDef | AsyncFunctionDef): void {
  b.define(s.name, Def.LOCAL, s);
  visitExprs(b, s.args.defaults);
  for (const value of s.args.kwDefaults) if (value !== null) visitExpr(b, value);
  visitExprs(b, s.decoratorList);
  const generic = s.typeParams.length > 0;
  if (generic) {
    enterTypeParams(b, s.name, s.typeParams, s, 'function');
    b.define('.defaults', Def.PARAM, s);
    if (s.args.kwDefaults.some((value) => value !== null)) b.define('.kwdefaults', Def.PARAM, s);
    visitTypeParams(b, s.typeParams);
  }
  visitAnnotations(b, s);
  b.enter(s.name, BlockType.Function, s, s);
  if (s.kind === 'AsyncFunctionDef') b.block.coroutine = true;
  defineArguments(b, s.args);
  visitStmts(b, s.body);
  b.exit();
  if (generic) b.exit();
}

/** A class: decorators outside, then the block of its type parameters, bases, and its own. */
export function visitClassDef(b: SymbolBuilder, s: ClassDef): void {
  b.define(s.name, Def.LOCAL, s);
  visitExprs(b, s.decoratorList);
  const generic = s.typeParams.length > 0;
  if (generic) {
    enterTypeParams(b, s.name, s.typeParams, s, 'class');
    visitTypeParams(b, s.typeParams);
  }
  // A generic class has set the name already: names after it are mangled too, as in CPython 3.12.1.
  const outer = b.className;
  visitExprs(b, s.bases);
  for (const keyword of s.keywords) visitExpr(b, keyword.value);
  b.enter(s.name, BlockType.Class, s, s);
  b.className = s.name;
  if (generic) {
    b.define('__type_params__', Def.LOCAL, s);
    b.define('.type_params', Def.USE, s);
  }
  visitStmts(b, s.body);
  b.exit();
  if (generic) b.exit();
  b.className = outer;
}

/** A lambda: defaults outside, then its block. */
export function visitLambda(b: SymbolBuilder, e: Lambda): void {
  rejectInClassAnnotation(b, 'lambda', e);
  visitExprs(b, e.args.defaults);
  for (const value of e.args.kwDefaults) if (value !== null) visitExpr(b, value);
  b.enter('lambda', BlockType.Function, e, e);
  defineArguments(b, e.args);
  visitExpr(b, e.body);
  b.exit();
}

function defineArguments(b: SymbolBuilder, a: Arguments): void {
  const add = (arg: Arg): void => b.define(arg.arg, Def.PARAM, arg);
  a.posonlyargs.forEach(add);
  a.args.forEach(add);
  a.kwonlyargs.forEach(add);
  if (a.vararg !== null) {
    add(a.vararg);
    b.block.varargs = true;
  }
  if (a.kwarg !== null) {
    add(a.kwarg);
    b.block.varkeywords = true;
  }
}

function visitAnnotations(b: SymbolBuilder, s: FunctionDef | AsyncFunctionDef): void {
  const { args } = s;
  if (b.futureAnnotations) b.enter('_annotation', BlockType.Annotation, s, s);
  const all = [...args.posonlyargs, ...args.args, args.vararg, args.kwarg, ...args.kwonlyargs];
  for (const arg of all) if (arg !== null && arg.annotation !== null) visitExpr(b, arg.annotation);
  if (b.futureAnnotations) b.exit();
  if (s.returns !== null) visitAnnotation(b, s.returns);
}

/** Collects the names of an annotation; apart from the block if annotations become strings. */
export function visitAnnotation(b: SymbolBuilder, annotation: Expr): void {
  if (b.futureAnnotations) b.enter('_annotation', BlockType.Annotation, annotation, annotation);
  visitExpr(b, annotation);
  if (b.futureAnnotations) b.exit();
}
