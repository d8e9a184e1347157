/** `from __future__ import ...` at the start of a module. */

import type { ImportFrom, Mod } from '../syntax/ast.ts';
import { CodeFlag } from './code-data.ts';
import type { CompileContext } from './context.ts';
import { docstringOf } from './docstring.ts';

/** Features by name; most have been the default for long and set nothing. */
const FEATURES: ReadonlyMap<string, number> = new Map<string, number>([
  ['nested_scopes', 0],
  ['generators', 0],
  ['division', 0],
  ['absolute_import', 0],
  ['with_statement', 0],
  ['print_function', 0],
  ['unicode_literals', 0],
  ['barry_as_FLUFL', CodeFlag.FUTURE_BARRY_AS_BDFL],
  ['generator_stop', 0],
  ['annotations', CodeFlag.FUTURE_ANNOTATIONS],
]);

/** Adds the features of `mod` to `context.futureFlags` and notes where they end. */
export function findFutureFeatures(mod: Mod, context: CompileContext): void {
  if (mod.kind !== 'Module' && mod.kind !== 'Interactive') return;
  for (let i = docstringOf(mod.body) === null ? 0 : 1; i < mod.body.length; i++) {
    const s = mod.body[i]!;
    if (s.kind !== 'ImportFrom' || s.module !== '__future__' || s.level !== 0) return;
    addFeatures(s, context);
    context.futureLocation = s;
  }
}

function addFeatures(s: ImportFrom, context: CompileContext): void {
  for (const { name } of s.names) {
    if (name === 'braces') throw context.errorAtStart('not a chance', s);
    const flag = FEATURES.get(name);
    if (flag === undefined) throw context.errorAtStart(`future feature ${name} is not defined`, s);
    context.futureFlags |= flag;
  }
}
