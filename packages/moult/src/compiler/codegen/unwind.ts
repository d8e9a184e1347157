/** Leaving frame blocks early: what `return`, `break` and `continue` must run on their way out. */

import type { Position } from '../../syntax/ast.ts';
import { NO_LOCATION } from '../context.ts';
import { Op } from '../opcodes.ts';
import type { Generator } from './generator.ts';
import { visitBody } from './statements.ts';
import type { FrameBlock } from './unit.ts';
import { FrameBlockType, NO_LABEL } from './unit.ts';

/** Calls `__exit__(None, None, None)`. */
export function callExitWithNones(g: Generator, loc: Position): void {
  g.loadConst(loc, null);
  g.loadConst(loc, null);
  g.loadConst(loc, null);
  g.op(loc, Op.CALL, 2);
}

/** Undoes all frame blocks, or those inside the innermost loop if `toLoop`.
 *  With `preserveTop` the value on top of the stack survives.
 *  Returns the position for what follows and the loop found. */
export function unwindAll(
  g: Generator,
  loc: Position,
  preserveTop: boolean,
  toLoop: boolean,
): { loc: Position; loop: FrameBlock | null } {
  const blocks = g.unit.frameBlocks;
  const top = blocks[blocks.length - 1];
  if (top === undefined) return { loc, loop: null };
  if (top.type === FrameBlockType.ExceptionGroupHandler) {
    throw g.context.error("'break', 'continue' and 'return' cannot appear in an except* block", loc);
  }
  if (toLoop && (top.type === FrameBlockType.WhileLoop || top.type === FrameBlockType.ForLoop)) {
    return { loc, loop: top };
  }
  blocks.pop();
  const result = unwindAll(g, unwind(g, loc, top, preserveTop), preserveTop, toLoop);
  blocks.push(top);
  return result;
}

/** Undoes one frame block, already popped. Returns the position for what follows: none after code that should
 *  appear to run after the statement that leaves. */
export function unwind(g: Generator, loc: Position, block: FrameBlock, preserveTop: boolean): Position {
  switch (block.type) {
    case FrameBlockType.WhileLoop:
    case FrameBlockType.ExceptionHandler:
    case FrameBlockType.ExceptionGroupHandler:
    case FrameBlockType.AsyncComprehensionGenerator:
      return loc;
    case FrameBlockType.ForLoop:
    case FrameBlockType.PopValue:
      if (preserveTop) g.op(loc, Op.SWAP, 2);
      g.op(loc, Op.POP_TOP);
      return loc;
    case FrameBlockType.TryExcept:
      g.op(loc, Op.POP_BLOCK);
      return loc;
    case FrameBlockType.FinallyTry:
      return unwindFinally(g, loc, block, preserveTop);
    case FrameBlockType.FinallyEnd:
      if (preserveTop) g.op(loc, Op.SWAP, 2);
      g.op(loc, Op.POP_TOP);
      if (preserveTop) g.op(loc, Op.SWAP, 2);
      g.op(loc, Op.POP_BLOCK);
      g.op(loc, Op.POP_EXCEPT);
      return loc;
    case FrameBlockType.With:
    case FrameBlockType.AsyncWith:
      return unwindWith(g, block, preserveTop);
    case FrameBlockType.HandlerCleanup:
      unwindHandler(g, loc, block, preserveTop);
      return loc;
  }
}

function unwindFinally(g: Generator, loc: Position, block: FrameBlock, preserveTop: boolean): Position {
  g.op(loc, Op.POP_BLOCK);
  if (preserveTop) g.pushFrameBlock(loc, { type: FrameBlockType.PopValue, start: NO_LABEL, exit: NO_LABEL });
  visitBody(g, block.finalBody!);
  if (preserveTop) g.popFrameBlock();
  return NO_LOCATION;
}

function unwindWith(g: Generator, block: FrameBlock, preserveTop: boolean): Position {
  const loc = block.position!;
  g.op(loc, Op.POP_BLOCK);
  if (preserveTop) g.op(loc, Op.SWAP, 2);
  callExitWithNones(g, loc);
  if (block.type === FrameBlockType.AsyncWith) g.awaitTop(loc, 2);
  g.op(loc, Op.POP_TOP);
  return NO_LOCATION;
}

function unwindHandler(g: Generator, loc: Position, block: FrameBlock, preserveTop: boolean): void {
  const name = block.name ?? null;
  if (name !== null) g.op(loc, Op.POP_BLOCK);
  if (preserveTop) g.op(loc, Op.SWAP, 2);
  g.op(loc, Op.POP_BLOCK);
  g.op(loc, Op.POP_EXCEPT);
  if (name !== null) forgetExceptionName(g, loc, name);
}

/** `name = None; del name`, which ends every `except ... as name`. */
export function forgetExceptionName(g: Generator, loc: Position, name: string): void {
  g.loadConst(loc, null);
  g.nameOp(loc, name, 'Store');
  g.nameOp(loc, name, 'Del');
}
