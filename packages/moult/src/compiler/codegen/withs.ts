/** `with` and `async with`. */

import type { AsyncWith, With } from '../../syntax/ast.ts';
import { NO_LOCATION } from '../context.ts';
import type { Label } from '../instr.ts';
import { Op } from '../opcodes.ts';
import { visitExpr } from './expressions.ts';
import type { Generator } from './generator.ts';
import { requireAsync, visitBody } from './statements.ts';
import { FrameBlockType } from './unit.ts';
import { callExitWithNones } from './unwind.ts';

/** Compiles the items from `index` on, then the body. */
export function compileWith(g: Generator, s: With, index: number): void {
  const final = g.newLabel();
  const exit = g.newLabel();
  const cleanup = g.newLabel();
  visitExpr(g, s.items[index]!.contextExpr);
  g.op(s, Op.BEFORE_WITH);
  enterBody(g, s, index, final);
  if (index + 1 === s.items.length) visitBody(g, s.body);
  else compileWith(g, s, index + 1);
  g.op(NO_LOCATION, Op.POP_BLOCK);
  g.popFrameBlock();
  callExitWithNones(g, s);
  g.op(s, Op.POP_TOP);
  g.op(s, Op.JUMP, exit);
  g.use(final);
  g.op(s, Op.SETUP_CLEANUP, cleanup);
  g.op(s, Op.PUSH_EXC_INFO);
  g.op(s, Op.WITH_EXCEPT_START);
  finishExcept(g, cleanup);
  g.use(exit);
}

export function compileAsyncWith(g: Generator, s: AsyncWith, index: number): void {
  requireAsync(g, s, "'async with' outside async function");
  const final = g.newLabel();
  const exit = g.newLabel();
  const cleanup = g.newLabel();
  visitExpr(g, s.items[index]!.contextExpr);
  g.op(s, Op.BEFORE_ASYNC_WITH);
  g.awaitTop(s, 1);
  enterBody(g, s, index, final);
  if (index + 1 === s.items.length) visitBody(g, s.body);
  else compileAsyncWith(g, s, index + 1);
  g.popFrameBlock();
  g.op(s, Op.POP_BLOCK);
  callExitWithNones(g, s);
  g.awaitTop(s, 2);
  g.op(s, Op.POP_TOP);
  g.op(s, Op.JUMP, exit);
  g.use(final);
  g.op(s, Op.SETUP_CLEANUP, cleanup);
  g.op(s, Op.PUSH_EXC_INFO);
  g.op(s, Op.WITH_EXCEPT_START);
  g.awaitTop(s, 2);
  finishExcept(g, cleanup);
  g.use(exit);
}

function enterBody(g: Generator, s: With | AsyncWith, index: number, final: Label): void {
  const block = g.newLabel();
  const type = s.kind === 'With' ? FrameBlockType.With : FrameBlockType.AsyncWith;
  g.op(s, Op.SETUP_WITH, final);
  g.use(block);
  g.pushFrameBlock(s, { type, start: block, exit: final, position: s });
  const { optionalVars } = s.items[index]!;
  if (optionalVars !== null) visitExpr(g, optionalVars);
  else g.op(s, Op.POP_TOP);
}

/** After `__exit__` was called with an exception: drops it if the result is true, else raises it again. */
function finishExcept(g: Generator, cleanup: Label): void {
  const suppress = g.newLabel();
  g.op(NO_LOCATION, Op.POP_JUMP_IF_TRUE, suppress);
  g.op(NO_LOCATION, Op.RERAISE, 2);
  g.use(suppress);
  g.op(NO_LOCATION, Op.POP_TOP);
  g.op(NO_LOCATION, Op.POP_BLOCK);
  g.op(NO_LOCATION, Op.POP_EXCEPT);
  g.op(NO_LOCATION, Op.POP_TOP);
  g.op(NO_LOCATION, Op.POP_TOP);
  const exit = g.newLabel();
  g.op(NO_LOCATION, Op.JUMP, exit);
  g.use(cleanup);
  g.popExceptAndReraise(NO_LOCATION);
  g.use(exit);
}
