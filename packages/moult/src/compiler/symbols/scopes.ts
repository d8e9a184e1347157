/** Blocks and symbols, as the symbol table records them.
 *
 *  A *block* is a stretch of source with names of its own. A symbol's word holds `Def` flags (what the source does
 *  with the name in this block) and, after analysis, a `Scope` in its high bits (where the name lives). */

import type { Position } from '../../syntax/ast.ts';

/** What a block does with a name. */
export const enum Def {
  GLOBAL = 1,
  LOCAL = 2,
  PARAM = 4,
  NONLOCAL = 8,
  USE = 0x10,
  FREE_CLASS = 0x40,
  IMPORT = 0x80,
  ANNOT = 0x100,
  COMP_ITER = 0x200,
  TYPE_PARAM = 0x400,
  /** A cell of an inlined comprehension. */
  COMP_CELL = 0x800,
  BOUND = 2 | 4 | 0x80 | 0x400,
  /** All flags. */
  MASK = 0xfff,
}

/** Where a name lives. */
export const enum Scope {
  None = 0,
  Local = 1,
  GlobalExplicit = 2,
  GlobalImplicit = 3,
  Free = 4,
  Cell = 5,
}

export const SCOPE_OFFSET = 12;

export const enum BlockType {
  Module,
  Class,
  Function,
  /** The bound of a type variable. */
  TypeVarBound,
  TypeAlias,
  /** The type parameters of a function, class or alias. */
  TypeParam,
  /** An annotation that will become a string. */
  Annotation,
}

export const enum CompKind {
  None,
  List,
  Dict,
  Set,
  Generator,
}

/** One block and its symbols. */
export class Block {
  readonly type: BlockType;
  readonly name: string;
  readonly position: Position;
  /** Mangled names in order of first mention. */
  readonly symbols = new Map<string, number>();
  /** Parameters in order. */
  readonly varnames: string[] = [];
  children: Block[] = [];
  /** `global` and `nonlocal` statements: name and place. */
  readonly directives: [name: string, position: Position][] = [];
  /** Inside a function. */
  nested = false;
  generator = false;
  coroutine = false;
  varargs = false;
  varkeywords = false;
  comprehension = CompKind.None;
  /** Set if the comprehension becomes part of the enclosing code object. */
  inlined = false;
  /** While visiting a comprehension's target. */
  compIterTarget = false;
  /** Depth of comprehension iterables being visited. */
  compIterExpr = 0;
  needsClassClosure = false;
  needsClassDict = false;
  /** An annotation scope directly inside a class. */
  canSeeClassScope = false;

  constructor(type: BlockType, name: string, position: Position) {
    this.type = type;
    this.name = name;
    this.position = position;
  }

  /** Whether names in this block are fast locals. */
  get isFunctionLike(): boolean {
    return this.type >= BlockType.Function && this.type <= BlockType.TypeParam;
  }

  /** Scope of a mangled name; None if the block does not mention it. */
  scopeOf(name: string): Scope {
    return (this.symbols.get(name) ?? 0) >> SCOPE_OFFSET;
  }
}
