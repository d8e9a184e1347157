/** Constants in the tree. Folding puts tuples and frozensets into `Constant` nodes, which the parser never does. */

import type { Constant, Expr } from '../../syntax/ast.ts';
import type { ConstValue } from '../code-data.ts';

/** The value of a `Constant` node (folded ones included), or undefined for other nodes. */
export function constantOf(e: Expr): ConstValue | undefined {
  return e.kind === 'Constant' ? (e as { value: ConstValue }).value : undefined;
}

/** Turns the node into a constant in place, keeping its position. */
export function makeConstant(e: Expr, value: ConstValue): void {
  const node = e as Expr & { kind: string };
  node.kind = 'Constant';
  const constant = node as Constant & { value: ConstValue };
  constant.value = value as Constant['value'];
  constant.strKind = null;
}
