/** Assignment expressions: inside comprehensions, their targets belong to the block around them. */

import type { Name, NamedExpr } from '../../syntax/ast.ts';
import type { SymbolBuilder } from './builder.ts';
import { visitExpr } from './expressions.ts';
import type { Block } from './scopes.ts';
import { BlockType, CompKind, Def } from './scopes.ts';

const WALRUS_PLACES: { [type: number]: string } = {
  [BlockType.Class]: 'in a class body',
  [BlockType.TypeVarBound]: 'in a TypeVar bound',
  [BlockType.TypeAlias]: 'in a type alias',
  [BlockType.TypeParam]: 'within the definition of a generic',
};

/** An assignment expression. Throws PythonSyntaxError where it may not stand. */
export function visitNamedExpr(b: SymbolBuilder, e: NamedExpr): void {
  if (b.block.compIterExpr > 0) {
    const msg = 'assignment expression cannot be used in a comprehension iterable expression';
    throw b.context.error(msg, e);
  }
  if (b.block.comprehension !== CompKind.None) bindOutsideComprehension(b, e.target as Name);
  visitExpr(b, e.value);
  visitExpr(b, e.target);
}

/** A walrus target inside comprehensions belongs to the block around them. */
function bindOutsideComprehension(b: SymbolBuilder, target: Name): void {
  for (let i = b.stack.length - 1; i >= 0; i--) {
    const block = b.stack[i]!;
    if (block.comprehension !== CompKind.None) {
      const word = b.lookup(target.id, block);
      if ((word & Def.COMP_ITER) !== 0 && (word & Def.LOCAL) !== 0) {
        const msg = `assignment expression cannot rebind comprehension iteration variable '${target.id}'`;
        throw b.context.error(msg, target);
      }
      continue;
    }
    bindWalrusIn(b, block, target);
    return;
  }
}

function bindWalrusIn(b: SymbolBuilder, block: Block, target: Name): void {
  if (block.type === BlockType.Function) {
    const isGlobal = (b.lookup(target.id, block) & Def.GLOBAL) !== 0;
    b.define(target.id, isGlobal ? Def.GLOBAL : Def.NONLOCAL, target);
    b.directive(target.id, target);
    b.define(target.id, Def.LOCAL, target, block);
  } else if (block.type === BlockType.Module) {
    b.define(target.id, Def.GLOBAL, target);
    b.directive(target.id, target);
    b.define(target.id, Def.GLOBAL, target, block);
  } else {
    throw b.context.error(
      `assignment expression within a comprehension cannot be used ${WALRUS_PLACES[block.type]}`,
      target,
    );
  }
}
