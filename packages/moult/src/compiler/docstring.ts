/** Docstrings in the tree. */

import type { Stmt } from '../syntax/ast.ts';

/** The string that is the first statement of `body`, or null. */
export function docstringOf(body: readonly Stmt[]): string | null {
  const first = body[0];
  if (first?.kind !== 'Expr' || first.value.kind !== 'Constant') return null;
  return typeof first.value.value === 'string' ? first.value.value : null;
}
