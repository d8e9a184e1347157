/** Type parameters and type aliases: the blocks between a definition and its surroundings. */

import type { Name, Position, TypeAlias, TypeParam } from '../../syntax/ast.ts';
import type { SymbolBuilder } from './builder.ts';
import { visitExpr } from './expressions.ts';
import { BlockType, Def } from './scopes.ts';

/** A `type` statement: its name, the block of its type parameters, and that of its value. */
export function visitTypeAlias(b: SymbolBuilder, s: TypeAlias): void {
  visitExpr(b, s.name);
  const name = (s.name as Name).id;
  const inClass = b.block.type === BlockType.Class;
  const generic = s.typeParams.length > 0;
  if (generic) {
    enterTypeParams(b, name, s.typeParams, s, 'alias');
    visitTypeParams(b, s.typeParams);
  }
  b.enter(name, BlockType.TypeAlias, s, s);
  b.block.canSeeClassScope = inClass;
  if (inClass) b.define('__classdict__', Def.USE, s.value);
  visitExpr(b, s.value);
  b.exit();
  if (generic) b.exit();
}

/** Enters the block of a definition's type parameters under `key`. The caller exits it, and restores `className` of a class. */
export function enterTypeParams(
  b: SymbolBuilder,
  name: string,
  key: object,
  loc: Position,
  kind: 'function' | 'class' | 'alias',
): void {
  const inClass = b.block.type === BlockType.Class;
  b.enter(name, BlockType.TypeParam, key, loc);
  if (inClass) {
    b.block.canSeeClassScope = true;
    b.define('__classdict__', Def.USE, loc);
  }
  if (kind !== 'class') return;
  b.define('.type_params', Def.LOCAL, loc);
  b.define('.type_params', Def.USE, loc);
  b.className = name;
  b.define('.generic_base', Def.LOCAL, loc);
  b.define('.generic_base', Def.USE, loc);
}

/** Defines `params` in the current block; each bound has a block of its own. */
export function visitTypeParams(b: SymbolBuilder, params: readonly TypeParam[]): void {
  for (const param of params) {
    b.define(param.name, Def.TYPE_PARAM | Def.LOCAL, param);
    if (param.kind !== 'TypeVar' || param.bound === null) continue;
    const inClass = b.block.canSeeClassScope;
    b.enter(param.name, BlockType.TypeVarBound, param, param);
    b.block.canSeeClassScope = inClass;
    if (inClass) b.define('__classdict__', Def.USE, param.bound);
    visitExpr(b, param.bound);
    b.exit();
  }
}
