/** SyntaxWarnings for code that is legal but surely not meant. */

import type { Compare, Expr } from '../../syntax/ast.ts';
import { ELLIPSIS, PyComplex } from '../../syntax/ast.ts';
import { ConstFrozenSet, ConstTuple } from '../code-data.ts';
import type { ConstValue } from '../code-data.ts';
import { constantOf } from '../fold/constant.ts';
import type { Generator } from './generator.ts';

/** `x is 1` */
export function checkCompare(g: Generator, e: Compare): void {
  let left = e.left;
  for (const [i, op] of e.ops.entries()) {
    const right = e.comparators[i]!;
    if (op === 'Is' || op === 'IsNot') {
      const literal = isPlainLiteral(left) ? left : isPlainLiteral(right) ? right : null;
      if (literal !== null) {
        const [is, eq] = op === 'Is' ? ['is', '=='] : ['is not', '!='];
        return g.context.warn(`"${is}" with '${inferType(literal)}' literal. Did you mean "${eq}"?`, e);
      }
    }
    left = right;
  }
}

/** A constant other than None, True, False and `...`. */
function isPlainLiteral(e: Expr): boolean {
  const value = constantOf(e);
  return value !== undefined && value !== null && typeof value !== 'boolean' && value !== ELLIPSIS;
}

/** `(1, 2) (3, 4)` */
export function checkCaller(g: Generator, func: Expr): void {
  if (func.kind === 'Lambda') return;
  const type = inferType(func);
  if (type !== null) g.context.warn(`'${type}' object is not callable; perhaps you missed a comma?`, func);
}

/** `{1} [2]` */
export function checkSubscripter(g: Generator, value: Expr): void {
  switch (value.kind) {
    case 'Constant':
      if (isSubscriptable(constantOf(value)!)) return;
      break;
    case 'Set':
    case 'SetComp':
    case 'GeneratorExp':
    case 'Lambda':
      break;
    default:
      return;
  }
  g.context.warn(`'${inferType(value)!}' object is not subscriptable; perhaps you missed a comma?`, value);
}

function isSubscriptable(value: ConstValue): boolean {
  return typeof value === 'string' || value instanceof Uint8Array || value instanceof ConstTuple;
}

/** `[1, 2] [3, 4]` */
export function checkIndex(g: Generator, value: Expr, index: Expr): void {
  const indexType = inferType(index);
  if (indexType === null || indexType === 'int' || indexType === 'bool') return;
  switch (value.kind) {
    case 'Constant':
      if (!isSubscriptable(constantOf(value)!)) return;
      break;
    case 'Tuple':
    case 'List':
    case 'ListComp':
    case 'JoinedStr':
    case 'FormattedValue':
      break;
    default:
      return;
  }
  const type = inferType(value)!;
  g.context.warn(`${type} indices must be integers or slices, not ${indexType}; perhaps you missed a comma?`, value);
}

/** The type of a display or constant, or null. */
function inferType(e: Expr): string | null {
  if (e.kind !== 'Constant') return DISPLAY_TYPES[e.kind] ?? null;
  const value = constantOf(e)!;
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float';
    case 'boolean':
      return 'bool';
    case 'symbol':
      return 'ellipsis';
    default:
      if (value === null) return 'NoneType';
      if (value instanceof Uint8Array) return 'bytes';
      if (value instanceof PyComplex) return 'complex';
      if (value instanceof ConstTuple) return 'tuple';
      return value instanceof ConstFrozenSet ? 'frozenset' : 'code';
  }
}

const DISPLAY_TYPES: { readonly [kind: string]: string } = {
  Tuple: 'tuple',
  List: 'list',
  ListComp: 'list',
  Dict: 'dict',
  DictComp: 'dict',
  Set: 'set',
  SetComp: 'set',
  GeneratorExp: 'generator',
  Lambda: 'function',
  JoinedStr: 'str',
  FormattedValue: 'str',
};
