/** Statements other than definitions, `try`, `with`, imports and `match`. */

import type {
  AnnAssign,
  Assert,
  AsyncFor,
  AugAssign,
  Expr,
  For,
  If,
  Position,
  Return,
  Stmt,
  While,
} from '../../syntax/ast.ts';
import { ConstTuple } from '../code-data.ts';
import { NO_LOCATION } from '../context.ts';
import { constantOf } from '../fold/constant.ts';
import { elifOf } from '../elif.ts';
import type { Label } from '../instr.ts';
import { mangle } from '../mangle.ts';
import { BinaryOp, Intrinsic1, Op } from '../opcodes.ts';
import { unparse } from '../unparse.ts';
import { attributeLocation } from './calls.ts';
import { BINARY_OPS, visitExpr, visitExprs, visitSliceBounds, isTwoElementSlice } from './expressions.ts';
import { compileClass, compileFunction, compileTypeAlias } from './functions.ts';
import type { Generator } from './generator.ts';
import { compileImport, compileImportFrom } from './imports.ts';
import { jumpIf } from './conditions.ts';
import { compileMatch } from './patterns.ts';
import { compileTry, compileTryStar } from './tries.ts';
import { FrameBlockType, ScopeType } from './unit.ts';
import { unwind, unwindAll } from './unwind.ts';
import { compileAsyncWith, compileWith } from './withs.ts';

export function visitBody(g: Generator, body: readonly Stmt[]): void {
  for (const stmt of body) visitStmt(g, stmt);
}

function visitStmt(g: Generator, s: Stmt): void {
  switch (s.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      return compileFunction(g, s);
    case 'ClassDef':
      return compileClass(g, s);
    case 'TypeAlias':
      return compileTypeAlias(g, s);
    case 'Return':
      return compileReturn(g, s);
    case 'Delete':
      return visitExprs(g, s.targets);
    case 'Assign':
      visitExpr(g, s.value);
      s.targets.forEach((target, i) => {
        if (i < s.targets.length - 1) g.op(s, Op.COPY, 1);
        visitExpr(g, target);
      });
      return;
    case 'AugAssign':
      return compileAugAssign(g, s);
    case 'AnnAssign':
      return compileAnnAssign(g, s);
    case 'For':
      return compileFor(g, s);
    case 'AsyncFor':
      return compileAsyncFor(g, s);
    case 'While':
      return compileWhile(g, s);
    case 'If':
      return compileIf(g, s);
    case 'Match':
      return compileMatch(g, s);
    case 'Raise':
      if (s.exc !== null) visitExpr(g, s.exc);
      if (s.exc !== null && s.cause !== null) visitExpr(g, s.cause);
      return g.op(s, Op.RAISE_VARARGS, s.exc === null ? 0 : s.cause === null ? 1 : 2);
    case 'Try':
      return compileTry(g, s);
    case 'TryStar':
      return compileTryStar(g, s);
    case 'Assert':
      return compileAssert(g, s);
    case 'Import':
      return compileImport(g, s);
    case 'ImportFrom':
      return compileImportFrom(g, s);
    case 'Global':
    case 'Nonlocal':
      return;
    case 'Expr':
      return compileExprStmt(g, s, s.value);
    case 'Pass':
      return g.op(s, Op.NOP);
    case 'Break':
      return compileBreak(g, s);
    case 'Continue':
      return compileContinue(g, s);
    case 'With':
      return compileWith(g, s, 0);
    case 'AsyncWith':
      return compileAsyncWith(g, s, 0);
  }
}

function compileExprStmt(g: Generator, loc: Position, value: Expr): void {
  if (g.interactive && !g.isNested) {
    visitExpr(g, value);
    g.op(loc, Op.CALL_INTRINSIC_1, Intrinsic1.PRINT);
    g.op(NO_LOCATION, Op.POP_TOP);
  } else if (value.kind === 'Constant') {
    g.op(loc, Op.NOP);
  } else {
    visitExpr(g, value);
    g.op(NO_LOCATION, Op.POP_TOP);
  }
}

function compileIf(g: Generator, first: If): void {
  const ends: Label[] = [];
  for (let s: If | null = first; s !== null; s = elifOf(s)) {
    const end = g.newLabel();
    const next = s.orelse.length > 0 ? g.newLabel() : end;
    ends.push(end);
    jumpIf(g, s, s.test, next, false);
    visitBody(g, s.body);
    if (s.orelse.length === 0) break;
    g.op(NO_LOCATION, Op.JUMP, end);
    g.use(next);
    if (elifOf(s) === null) visitBody(g, s.orelse);
  }
  for (const end of ends.reverse()) g.use(end);
}

function compileFor(g: Generator, s: For): void {
  const start = g.newLabel();
  const cleanup = g.newLabel();
  const end = g.newLabel();
  g.pushFrameBlock(s, { type: FrameBlockType.ForLoop, start, exit: end });
  visitExpr(g, s.iter);
  g.op(s, Op.GET_ITER);
  g.use(start);
  g.op(s, Op.FOR_ITER, cleanup);
  visitExpr(g, s.target);
  visitBody(g, s.body);
  g.op(NO_LOCATION, Op.JUMP, start);
  g.use(cleanup);
  g.op(NO_LOCATION, Op.END_FOR);
  g.popFrameBlock();
  visitBody(g, s.orelse);
  g.use(end);
}

function compileAsyncFor(g: Generator, s: AsyncFor): void {
  requireAsync(g, s, "'async for' outside async function");
  const start = g.newLabel();
  const except = g.newLabel();
  const end = g.newLabel();
  visitExpr(g, s.iter);
  g.op(s, Op.GET_AITER);
  g.use(start);
  g.pushFrameBlock(s, { type: FrameBlockType.ForLoop, start, exit: end });
  g.op(s, Op.SETUP_FINALLY, except);
  g.op(s, Op.GET_ANEXT);
  g.loadConst(s, null);
  g.yieldFrom(s, true);
  g.op(s, Op.POP_BLOCK);
  visitExpr(g, s.target);
  visitBody(g, s.body);
  g.op(NO_LOCATION, Op.JUMP, start);
  g.popFrameBlock();
  g.use(except);
  g.op(s.iter, Op.END_ASYNC_FOR);
  visitBody(g, s.orelse);
  g.use(end);
}

/** Statements with `async` need an async function around them, or permission for the module. */
export function requireAsync(g: Generator, loc: Position, msg: string): void {
  if (g.isTopLevelAwait) g.unit.block.coroutine = true;
  else if (g.unit.scopeType !== ScopeType.AsyncFunction) throw g.context.error(msg, loc);
}

function compileWhile(g: Generator, s: While): void {
  const loop = g.newLabel();
  const body = g.newLabel();
  const end = g.newLabel();
  const anchor = g.newLabel();
  g.use(loop);
  g.pushFrameBlock(s, { type: FrameBlockType.WhileLoop, start: loop, exit: end });
  jumpIf(g, s, s.test, anchor, false);
  g.use(body);
  visitBody(g, s.body);
  jumpIf(g, s, s.test, body, true);
  g.popFrameBlock();
  g.use(anchor);
  visitBody(g, s.orelse);
  g.use(end);
}

function compileReturn(g: Generator, s: Return): void {
  const { value } = s;
  const { block } = g.unit;
  const preserveTop = value !== null && value.kind !== 'Constant';
  if (!block.isFunctionLike) throw g.context.error("'return' outside function", s);
  if (value !== null && block.coroutine && block.generator) {
    throw g.context.error("'return' with value in async generator", s);
  }
  let loc: Position = s;
  if (preserveTop) {
    visitExpr(g, value);
  } else if (value !== null) {
    loc = value;
    g.op(loc, Op.NOP);
  }
  if (value === null || value.lineno !== s.lineno) {
    loc = s;
    g.op(loc, Op.NOP);
  }
  loc = unwindAll(g, loc, preserveTop, false).loc;
  if (value === null) g.loadConst(loc, null);
  else if (!preserveTop) g.loadConst(loc, constantOf(value)!);
  g.op(loc, Op.RETURN_VALUE);
}

function compileBreak(g: Generator, s: Position): void {
  g.op(s, Op.NOP);
  const { loc, loop } = unwindAll(g, s, false, true);
  if (loop === null) throw g.context.error("'break' outside loop", s);
  g.op(unwind(g, loc, loop, false), Op.JUMP, loop.exit);
}

function compileContinue(g: Generator, s: Position): void {
  g.op(s, Op.NOP);
  const { loc, loop } = unwindAll(g, s, false, true);
  if (loop === null) throw g.context.error("'continue' not properly in loop", s);
  g.op(loc, Op.JUMP, loop.start);
}

function compileAssert(g: Generator, s: Assert): void {
  const value = constantOf(s.test);
  const isTuple =
    s.test.kind === 'Tuple' ? s.test.elts.length > 0 : value instanceof ConstTuple && value.items.length > 0;
  if (isTuple) g.context.warn('assertion is always true, perhaps remove parentheses?', s);
  if (g.context.optimize > 0) return;
  const end = g.newLabel();
  jumpIf(g, s, s.test, end, true);
  g.op(s, Op.LOAD_ASSERTION_ERROR);
  if (s.msg !== null) {
    visitExpr(g, s.msg);
    g.op(s, Op.CALL, 0);
  }
  g.op(s, Op.RAISE_VARARGS, 1);
  g.use(end);
}

function compileAugAssign(g: Generator, s: AugAssign): void {
  const { target } = s;
  switch (target.kind) {
    case 'Attribute': {
      visitExpr(g, target.value);
      g.op(target, Op.COPY, 1);
      const loc = attributeLocation(target, target);
      g.opName(loc, Op.LOAD_ATTR, target.attr);
      addInPlace(g, s);
      g.op(loc, Op.SWAP, 2);
      return g.opName(loc, Op.STORE_ATTR, target.attr);
    }
    case 'Subscript':
      visitExpr(g, target.value);
      if (isTwoElementSlice(target.slice)) {
        visitSliceBounds(g, target.slice);
        for (let i = 0; i < 3; i++) g.op(target, Op.COPY, 3);
        g.op(target, Op.BINARY_SLICE);
        addInPlace(g, s);
        for (const depth of [4, 3, 2]) g.op(target, Op.SWAP, depth);
        return g.op(target, Op.STORE_SLICE);
      }
      visitExpr(g, target.slice);
      for (let i = 0; i < 2; i++) g.op(target, Op.COPY, 2);
      g.op(target, Op.BINARY_SUBSCR);
      addInPlace(g, s);
      g.op(target, Op.SWAP, 3);
      g.op(target, Op.SWAP, 2);
      return g.op(target, Op.STORE_SUBSCR);
    case 'Name':
      g.nameOp(target, target.id, 'Load');
      addInPlace(g, s);
      return g.nameOp(target, target.id, 'Store');
    default:
      throw new TypeError(`augmented assignment to ${target.kind}`);
  }
}

function addInPlace(g: Generator, s: AugAssign): void {
  visitExpr(g, s.value);
  g.op(s, Op.BINARY_OP, BINARY_OPS[s.op] + BinaryOp.INPLACE);
}

function compileAnnAssign(g: Generator, s: AnnAssign): void {
  const { target } = s;
  if (s.value !== null) {
    visitExpr(g, s.value);
    visitExpr(g, target);
  }
  switch (target.kind) {
    case 'Name':
      g.checkForbidden(s, target.id, 'Store');
      if (s.simple !== 0 && storesAnnotations(g)) storeAnnotation(g, s, target.id);
      break;
    case 'Attribute':
      g.checkForbidden(s, target.attr, 'Store');
      if (s.value === null) evaluateAndDrop(g, target.value);
      break;
    case 'Subscript':
      if (s.value === null) {
        evaluateAndDrop(g, target.value);
        evaluateSlice(g, target.slice);
      }
      break;
    default:
      throw new TypeError(`annotated assignment to ${target.kind}`);
  }
  if (s.simple === 0 && !g.stringAnnotations && storesAnnotations(g)) evaluateAndDrop(g, s.annotation);
}

function storesAnnotations(g: Generator): boolean {
  return g.unit.scopeType === ScopeType.Module || g.unit.scopeType === ScopeType.Class;
}

function storeAnnotation(g: Generator, s: AnnAssign, name: string): void {
  visitAnnotation(g, s.annotation);
  g.opName(s, Op.LOAD_NAME, '__annotations__');
  g.loadConst(s, mangle(g.unit.className, name));
  g.op(s, Op.STORE_SUBSCR);
}

/** Pushes an annotation, or its source text under `from __future__ import annotations`. */
export function visitAnnotation(g: Generator, annotation: Expr): void {
  if (g.stringAnnotations) g.loadConst(annotation, unparse(annotation));
  else visitExpr(g, annotation);
}

function evaluateAndDrop(g: Generator, e: Expr): void {
  visitExpr(g, e);
  g.op(e, Op.POP_TOP);
}

function evaluateSlice(g: Generator, e: Expr): void {
  if (e.kind === 'Slice') {
    for (const part of [e.lower, e.upper, e.step]) if (part !== null) evaluateAndDrop(g, part);
  } else if (e.kind === 'Tuple') {
    for (const elt of e.elts) evaluateSlice(g, elt);
  } else {
    evaluateAndDrop(g, e);
  }
}
