/** Jumps on the truth of an expression, without building the value where that can be avoided. */

import type { BoolOp, Compare, Expr, IfExp, Position } from '../../syntax/ast.ts';
import { NO_LOCATION } from '../context.ts';
import type { Label } from '../instr.ts';
import { Op } from '../opcodes.ts';
import { compareOp, visitExpr } from './expressions.ts';
import type { Generator } from './generator.ts';
import { checkCompare } from './warnings.ts';

/** Jumps to `next` if the truth of `e` is `cond`, else falls through. */
export function jumpIf(g: Generator, loc: Position, e: Expr, next: Label, cond: boolean): void {
  if (e.kind === 'UnaryOp' && e.op === 'Not') return jumpIf(g, loc, e.operand, next, !cond);
  if (e.kind === 'BoolOp') return jumpIfBoolOp(g, loc, e, next, cond);
  if (e.kind === 'IfExp') return jumpIfIfExp(g, loc, e, next, cond);
  if (e.kind === 'Compare' && e.ops.length > 1) return jumpIfChain(g, e, next, cond);
  visitExpr(g, e);
  g.op(e, cond ? Op.POP_JUMP_IF_TRUE : Op.POP_JUMP_IF_FALSE, next);
}

function jumpIfBoolOp(g: Generator, loc: Position, e: BoolOp, next: Label, cond: boolean): void {
  const isOr = e.op === 'Or';
  const early = isOr === cond ? next : g.newLabel();
  const last = e.values.length - 1;
  for (let i = 0; i < last; i++) jumpIf(g, loc, e.values[i]!, early, isOr);
  jumpIf(g, loc, e.values[last]!, next, cond);
  if (early !== next) g.use(early);
}

function jumpIfIfExp(g: Generator, loc: Position, e: IfExp, next: Label, cond: boolean): void {
  const end = g.newLabel();
  const orelse = g.newLabel();
  jumpIf(g, loc, e.test, orelse, false);
  jumpIf(g, loc, e.body, next, cond);
  g.op(NO_LOCATION, Op.JUMP, end);
  g.use(orelse);
  jumpIf(g, loc, e.orelse, next, cond);
  g.use(end);
}

/** `a < b < c`: each middle value is compared twice. */
function jumpIfChain(g: Generator, e: Compare, next: Label, cond: boolean): void {
  checkCompare(g, e);
  const cleanup = g.newLabel();
  const last = e.ops.length - 1;
  visitExpr(g, e.left);
  for (let i = 0; i < last; i++) {
    visitExpr(g, e.comparators[i]!);
    g.op(e, Op.SWAP, 2);
    g.op(e, Op.COPY, 2);
    compareOp(g, e, e.ops[i]!);
    g.op(e, Op.POP_JUMP_IF_FALSE, cleanup);
  }
  visitExpr(g, e.comparators[last]!);
  compareOp(g, e, e.ops[last]!);
  g.op(e, cond ? Op.POP_JUMP_IF_TRUE : Op.POP_JUMP_IF_FALSE, next);
  const end = g.newLabel();
  g.op(NO_LOCATION, Op.JUMP, end);
  g.use(cleanup);
  g.op(e, Op.POP_TOP);
  if (!cond) g.op(NO_LOCATION, Op.JUMP, next);
  g.use(end);
}
