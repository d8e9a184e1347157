/** What an expression may not be inside of. */

import type { Position } from '../../syntax/ast.ts';
import type { SymbolBuilder } from './builder.ts';
import { BlockType, CompKind } from './scopes.ts';

const ANNOTATION_PLACES: { [type: number]: string } = {
  [BlockType.Annotation]: 'an annotation',
  [BlockType.TypeVarBound]: 'a TypeVar bound',
  [BlockType.TypeAlias]: 'a type alias',
  [BlockType.TypeParam]: 'the definition of a generic',
};

const COMPREHENSION_NAMES: { [kind: number]: string } = {
  [CompKind.List]: 'list comprehension',
  [CompKind.Set]: 'set comprehension',
  [CompKind.Dict]: 'dict comprehension',
  [CompKind.Generator]: 'generator expression',
};

/** Throws PythonSyntaxError in an annotation scope that sees the names of a class. */
export function rejectInClassAnnotation(b: SymbolBuilder, what: string, loc: Position): void {
  if (!b.block.canSeeClassScope) return;
  throw b.context.error(`Cannot use ${what} in annotation scope within class scope`, loc);
}

/** Throws PythonSyntaxError in a block of annotations or type parameters. */
export function rejectInAnnotation(b: SymbolBuilder, what: string, loc: Position): void {
  const place = ANNOTATION_PLACES[b.block.type];
  if (place !== undefined) throw b.context.error(`${what} cannot be used within ${place}`, loc);
}

/** Throws PythonSyntaxError in any comprehension. */
export function rejectYieldInComprehension(b: SymbolBuilder, loc: Position): void {
  const what = COMPREHENSION_NAMES[b.block.comprehension];
  if (what !== undefined) throw b.context.error(`'yield' inside ${what}`, loc);
}
