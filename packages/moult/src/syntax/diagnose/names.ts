/** What error messages call expressions, and which part of a target is to blame. */

import { ELLIPSIS, type Expr } from '../ast.ts';

const NAMES: Partial<Record<Expr['kind'], string>> = {
  Attribute: 'attribute',
  Subscript: 'subscript',
  Starred: 'starred',
  Name: 'name',
  List: 'list',
  Tuple: 'tuple',
  Lambda: 'lambda',
  Call: 'function call',
  BoolOp: 'expression',
  BinOp: 'expression',
  UnaryOp: 'expression',
  GeneratorExp: 'generator expression',
  Yield: 'yield expression',
  YieldFrom: 'yield expression',
  Await: 'await expression',
  ListComp: 'list comprehension',
  SetComp: 'set comprehension',
  DictComp: 'dict comprehension',
  Dict: 'dict literal',
  Set: 'set display',
  JoinedStr: 'f-string expression',
  FormattedValue: 'f-string expression',
  Compare: 'comparison',
  IfExp: 'conditional expression',
  NamedExpr: 'named expression',
};

/** How CPython calls an expression in a message such as `cannot assign to ...`. */
export function expressionName(expr: Expr): string {
  if (expr.kind !== 'Constant') return NAMES[expr.kind] ?? expr.kind;
  if (expr.value === null) return 'None';
  if (expr.value === true) return 'True';
  if (expr.value === false) return 'False';
  return expr.value === ELLIPSIS ? 'ellipsis' : 'literal';
}

export type TargetUse = 'assign' | 'for' | 'delete';

/** The part of `expr` that cannot be a target, or null. */
export function invalidTarget(expr: Expr, use: TargetUse): Expr | null {
  switch (expr.kind) {
    case 'List':
    case 'Tuple':
      for (const element of expr.elts) {
        const invalid = invalidTarget(element, use);
        if (invalid !== null) return invalid;
      }
      return null;
    case 'Starred':
      return use === 'delete' ? expr : invalidTarget(expr.value, use);
    case 'Compare':
      if (use !== 'for') return expr;
      return expr.ops[0] === 'In' ? invalidTarget(expr.left, use) : null;
    case 'Name':
    case 'Subscript':
    case 'Attribute':
      return null;
    default:
      return expr;
  }
}
