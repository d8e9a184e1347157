/** Comprehensions: blocks of their own, but for the iterable of the first `for`. */

import type { Comprehension, Expr } from '../../syntax/ast.ts';
import { NO_LOCATION } from '../context.ts';
import type { SymbolBuilder } from './builder.ts';
import { visitExpr, visitExprs } from './expressions.ts';
import { rejectInClassAnnotation } from './rejections.ts';
import { BlockType, CompKind, Def } from './scopes.ts';

/** A comprehension of `elt`; of a dict, `elt` is the key and `value` the value, else null. */
export function visitComprehension(
  b: SymbolBuilder,
  e: Expr,
  name: string,
  kind: CompKind,
  generators: readonly Comprehension[],
  elt: Expr,
  value: Expr | null,
): void {
  rejectInClassAnnotation(b, 'comprehension', e);
  const outermost = generators[0]!;
  b.block.compIterExpr++;
  visitExpr(b, outermost.iter);
  b.block.compIterExpr--;
  b.enter(name, BlockType.Function, e, e);
  b.block.comprehension = kind;
  if (outermost.isAsync !== 0) b.block.coroutine = true;
  b.define('.0', Def.PARAM, NO_LOCATION);
  visitTarget(b, outermost.target);
  visitExprs(b, outermost.ifs);
  for (const inner of generators.slice(1)) visitInnerGenerator(b, inner);
  if (value !== null) visitExpr(b, value);
  visitExpr(b, elt);
  const isGenerator = kind === CompKind.Generator;
  b.block.generator = isGenerator;
  const isAsync = b.block.coroutine && !isGenerator;
  b.exit();
  if (isAsync) b.block.coroutine = true;
}

function visitInnerGenerator(b: SymbolBuilder, generator: Comprehension): void {
  visitTarget(b, generator.target);
  b.block.compIterExpr++;
  visitExpr(b, generator.iter);
  b.block.compIterExpr--;
  visitExprs(b, generator.ifs);
  if (generator.isAsync !== 0) b.block.coroutine = true;
}

function visitTarget(b: SymbolBuilder, target: Expr): void {
  b.block.compIterTarget = true;
  visitExpr(b, target);
  b.block.compIterTarget = false;
}
