/** `try`, in all its forms.
 *
 *  The body is guarded by a SETUP_FINALLY or SETUP_CLEANUP that names the handler; the graph turns those into the
 *  exception table. A `finally` body is compiled once for the normal exit, once for the exceptional one, and once
 *  for each `return`, `break` or `continue` that leaves. */

import type { ExceptHandler, Stmt, Try, TryStar } from '../../syntax/ast.ts';
import { NO_LOCATION } from '../context.ts';
import type { Label } from '../instr.ts';
import { Intrinsic2, Op } from '../opcodes.ts';
import { visitExpr } from './expressions.ts';
import type { Generator } from './generator.ts';
import { visitBody } from './statements.ts';
import { FrameBlockType, NO_LABEL } from './unit.ts';
import { forgetExceptionName } from './unwind.ts';

export function compileTry(g: Generator, s: Try): void {
  if (s.finalbody.length > 0)
    compileFinally(g, s, () => (s.handlers.length > 0 ? compileExcept(g, s) : visitBody(g, s.body)));
  else compileExcept(g, s);
}

export function compileTryStar(g: Generator, s: TryStar): void {
  if (s.finalbody.length > 0)
    compileFinally(g, s, () => (s.handlers.length > 0 ? compileExceptStar(g, s) : visitBody(g, s.body)));
  else compileExceptStar(g, s);
}

function compileFinally(g: Generator, s: Try | TryStar, compileBody: () => void): void {
  const body = g.newLabel();
  const end = g.newLabel();
  const exit = g.newLabel();
  const cleanup = g.newLabel();
  const finalBody: readonly Stmt[] = s.finalbody;
  g.op(s, Op.SETUP_FINALLY, end);
  g.use(body);
  g.pushFrameBlock(s, { type: FrameBlockType.FinallyTry, start: body, exit: end, finalBody });
  compileBody();
  g.op(NO_LOCATION, Op.POP_BLOCK);
  g.popFrameBlock();
  visitBody(g, finalBody);
  g.op(NO_LOCATION, Op.JUMP, exit);
  g.use(end);
  g.op(NO_LOCATION, Op.SETUP_CLEANUP, cleanup);
  g.op(NO_LOCATION, Op.PUSH_EXC_INFO);
  g.pushFrameBlock(NO_LOCATION, { type: FrameBlockType.FinallyEnd, start: end, exit: NO_LABEL });
  visitBody(g, finalBody);
  g.popFrameBlock();
  g.op(NO_LOCATION, Op.RERAISE, 0);
  g.use(cleanup);
  g.popExceptAndReraise(NO_LOCATION);
  g.use(exit);
}

function compileExcept(g: Generator, s: Try): void {
  const body = g.newLabel();
  const except = g.newLabel();
  const end = g.newLabel();
  const cleanup = g.newLabel();
  g.op(s, Op.SETUP_FINALLY, except);
  g.use(body);
  g.pushFrameBlock(s, { type: FrameBlockType.TryExcept, start: body, exit: NO_LABEL });
  visitBody(g, s.body);
  g.popFrameBlock();
  g.op(NO_LOCATION, Op.POP_BLOCK);
  visitBody(g, s.orelse);
  g.op(NO_LOCATION, Op.JUMP, end);
  g.use(except);
  g.op(NO_LOCATION, Op.SETUP_CLEANUP, cleanup);
  g.op(NO_LOCATION, Op.PUSH_EXC_INFO);
  g.pushFrameBlock(s, { type: FrameBlockType.ExceptionHandler, start: NO_LABEL, exit: NO_LABEL });
  s.handlers.forEach((handler, i) => {
    if (handler.type === null && i < s.handlers.length - 1) {
      throw g.context.error("default 'except:' must be last", handler);
    }
    compileHandler(g, handler, end);
  });
  g.popFrameBlock();
  g.op(NO_LOCATION, Op.RERAISE, 0);
  g.use(cleanup);
  g.popExceptAndReraise(NO_LOCATION);
  g.use(end);
}

function compileHandler(g: Generator, handler: ExceptHandler, end: Label): void {
  const next = g.newLabel();
  if (handler.type !== null) {
    visitExpr(g, handler.type);
    g.op(handler, Op.CHECK_EXC_MATCH);
    g.op(handler, Op.POP_JUMP_IF_FALSE, next);
  }
  if (handler.name !== null) {
    compileNamedHandler(g, handler, handler.name, end);
  } else {
    const body = g.newLabel();
    g.op(handler, Op.POP_TOP);
    g.use(body);
    compileHandlerBody(g, handler, body);
    g.op(NO_LOCATION, Op.POP_BLOCK);
    g.op(NO_LOCATION, Op.POP_EXCEPT);
    g.op(NO_LOCATION, Op.JUMP, end);
  }
  g.use(next);
}

function compileHandlerBody(g: Generator, handler: ExceptHandler, body: Label): void {
  const { name } = handler;
  g.pushFrameBlock(handler, { type: FrameBlockType.HandlerCleanup, start: body, exit: NO_LABEL, name });
  visitBody(g, handler.body);
  g.popFrameBlock();
}

/** The handler's body is a `try` of its own, whose `finally` deletes the name. */
function compileNamedHandler(g: Generator, handler: ExceptHandler, name: string, end: Label): void {
  const cleanupEnd = g.newLabel();
  const body = g.newLabel();
  g.nameOp(handler, name, 'Store');
  g.op(handler, Op.SETUP_CLEANUP, cleanupEnd);
  g.use(body);
  compileHandlerBody(g, handler, body);
  g.op(NO_LOCATION, Op.POP_BLOCK);
  g.op(NO_LOCATION, Op.POP_BLOCK);
  g.op(NO_LOCATION, Op.POP_EXCEPT);
  forgetExceptionName(g, NO_LOCATION, name);
  g.op(NO_LOCATION, Op.JUMP, end);
  g.use(cleanupEnd);
  forgetExceptionName(g, NO_LOCATION, name);
  g.op(NO_LOCATION, Op.RERAISE, 1);
}

/** Stack while handlers are tried: original group, list of raised exceptions, what is left of the group. */
function compileExceptStar(g: Generator, s: TryStar): void {
  const body = g.newLabel();
  const except = g.newLabel();
  const orelse = g.newLabel();
  const end = g.newLabel();
  const cleanup = g.newLabel();
  const reraiseStar = g.newLabel();
  g.op(s, Op.SETUP_FINALLY, except);
  g.use(body);
  g.pushFrameBlock(s, { type: FrameBlockType.TryExcept, start: body, exit: NO_LABEL });
  visitBody(g, s.body);
  g.popFrameBlock();
  g.op(NO_LOCATION, Op.POP_BLOCK);
  g.op(NO_LOCATION, Op.JUMP, orelse);
  g.use(except);
  g.op(NO_LOCATION, Op.SETUP_CLEANUP, cleanup);
  g.op(NO_LOCATION, Op.PUSH_EXC_INFO);
  g.pushFrameBlock(s, { type: FrameBlockType.ExceptionGroupHandler, start: NO_LABEL, exit: NO_LABEL });
  s.handlers.forEach((handler, i) => {
    if (i === 0) {
      g.op(handler, Op.BUILD_LIST, 0);
      g.op(handler, Op.COPY, 2);
    }
    compileStarHandler(g, handler);
    if (i === s.handlers.length - 1) {
      g.op(NO_LOCATION, Op.LIST_APPEND, 1);
      g.op(NO_LOCATION, Op.JUMP, reraiseStar);
    }
  });
  g.popFrameBlock();
  g.use(reraiseStar);
  reraiseRest(g, end);
  g.use(cleanup);
  g.popExceptAndReraise(NO_LOCATION);
  g.use(orelse);
  visitBody(g, s.orelse);
  g.use(end);
}

function compileStarHandler(g: Generator, handler: ExceptHandler): void {
  const next = g.newLabel();
  const nextWithError = g.newLabel();
  const noMatch = g.newLabel();
  if (handler.type !== null) {
    visitExpr(g, handler.type);
    g.op(handler, Op.CHECK_EG_MATCH);
    g.op(handler, Op.COPY, 1);
    g.op(handler, Op.POP_JUMP_IF_NONE, noMatch);
  }
  const cleanupEnd = g.newLabel();
  const body = g.newLabel();
  if (handler.name !== null) g.nameOp(handler, handler.name, 'Store');
  else g.op(handler, Op.POP_TOP);
  g.op(handler, Op.SETUP_CLEANUP, cleanupEnd);
  g.use(body);
  compileHandlerBody(g, handler, body);
  g.op(NO_LOCATION, Op.POP_BLOCK);
  if (handler.name !== null) forgetExceptionName(g, NO_LOCATION, handler.name);
  g.op(NO_LOCATION, Op.JUMP, next);
  g.use(cleanupEnd);
  if (handler.name !== null) forgetExceptionName(g, NO_LOCATION, handler.name);
  g.op(NO_LOCATION, Op.LIST_APPEND, 3);
  g.op(NO_LOCATION, Op.POP_TOP);
  g.op(NO_LOCATION, Op.JUMP, nextWithError);
  g.use(next);
  g.op(NO_LOCATION, Op.NOP);
  g.op(NO_LOCATION, Op.JUMP, nextWithError);
  g.use(noMatch);
  g.op(handler, Op.POP_TOP);
  g.use(nextWithError);
}

function reraiseRest(g: Generator, end: Label): void {
  const reraise = g.newLabel();
  g.op(NO_LOCATION, Op.CALL_INTRINSIC_2, Intrinsic2.PREP_RERAISE_STAR);
  g.op(NO_LOCATION, Op.COPY, 1);
  g.op(NO_LOCATION, Op.POP_JUMP_IF_NOT_NONE, reraise);
  g.op(NO_LOCATION, Op.POP_TOP);
  g.op(NO_LOCATION, Op.POP_BLOCK);
  g.op(NO_LOCATION, Op.POP_EXCEPT);
  g.op(NO_LOCATION, Op.JUMP, end);
  g.use(reraise);
  g.op(NO_LOCATION, Op.POP_BLOCK);
  g.op(NO_LOCATION, Op.SWAP, 2);
  g.op(NO_LOCATION, Op.POP_EXCEPT);
  g.op(NO_LOCATION, Op.RERAISE, 0);
}
