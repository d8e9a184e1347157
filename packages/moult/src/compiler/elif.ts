/** Chains of `elif`, which are nested `If`s: the passes go along them in a loop, since they may be thousands long. */

import type { If } from '../syntax/ast.ts';

/** The `If` that is all of the `else` part, or null. */
export function elifOf(s: If): If | null {
  const [first] = s.orelse;
  return s.orelse.length === 1 && first!.kind === 'If' ? first! : null;
}
