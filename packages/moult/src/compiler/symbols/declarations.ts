/** Statements that say where a name comes from: `global`, `nonlocal`, `import`, an annotation. */

import type { Alias, AnnAssign, Global, Nonlocal, Position } from '../../syntax/ast.ts';
import type { SymbolBuilder } from './builder.ts';
import { visitAnnotation } from './definitions.ts';
import { visitExpr } from './expressions.ts';
import { BlockType, Def } from './scopes.ts';

/** `global`: throws PythonSyntaxError for a name that this block has used or bound before. */
export function declareGlobal(b: SymbolBuilder, s: Global): void {
  for (const name of s.names) {
    const word = b.lookup(name);
    if ((word & (Def.PARAM | Def.LOCAL | Def.USE | Def.ANNOT)) !== 0) throw declaredLate(b, name, 'global', word, s);
    b.define(name, Def.GLOBAL, s);
    b.directive(name, s);
  }
}

/** `nonlocal`: throws PythonSyntaxError for a name that this block has used or bound before. */
export function declareNonlocal(b: SymbolBuilder, s: Nonlocal): void {
  for (const name of s.names) {
    const word = b.lookup(name);
    if ((word & (Def.PARAM | Def.LOCAL | Def.USE | Def.ANNOT)) !== 0) throw declaredLate(b, name, 'nonlocal', word, s);
    b.define(name, Def.NONLOCAL, s);
    b.directive(name, s);
  }
}

function declaredLate(b: SymbolBuilder, name: string, what: 'global' | 'nonlocal', word: number, loc: Position): Error {
  let msg = `name '${name}' is assigned to before ${what} declaration`;
  if ((word & Def.PARAM) !== 0) msg = `name '${name}' is parameter and ${what}`;
  else if ((word & Def.USE) !== 0) msg = `name '${name}' is used prior to ${what} declaration`;
  else if ((word & Def.ANNOT) !== 0) msg = `annotated name '${name}' can't be ${what}`;
  return b.context.error(msg, loc);
}

/** The name that one item of an import binds: that of the top package where a dotted one has no `as`. */
export function defineAlias(b: SymbolBuilder, a: Alias): void {
  const name = a.asname ?? a.name;
  if (name === '*') {
    if (b.block.type !== BlockType.Module) {
      throw b.context.error('import * only allowed at module level', a);
    }
    return;
  }
  const dot = name.indexOf('.');
  b.define(dot < 0 ? name : name.slice(0, dot), Def.IMPORT, a);
}

/** An annotated target is local even without a value. */
export function visitAnnAssign(b: SymbolBuilder, s: AnnAssign): void {
  if (s.target.kind === 'Name') {
    const name = s.target.id;
    const word = b.lookup(name);
    const declared = word & (Def.GLOBAL | Def.NONLOCAL);
    if (declared !== 0 && b.block !== b.stack[0] && s.simple !== 0) {
      const where = (word & Def.GLOBAL) !== 0 ? 'global' : 'nonlocal';
      throw b.context.error(`annotated name '${name}' can't be ${where}`, s);
    }
    if (s.simple !== 0) b.define(name, Def.ANNOT | Def.LOCAL, s.target);
    else if (s.value !== null) b.define(name, Def.LOCAL, s.target);
  } else {
    visitExpr(b, s.target);
  }
  visitAnnotation(b, s.annotation);
  if (s.value !== null) visitExpr(b, s.value);
}
