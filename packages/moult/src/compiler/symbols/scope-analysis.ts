/** Second half of the symbol table: decides where each name of each block lives.
 *
 *  Goes down with the sets of names bound and declared global outside, comes back with the names that inner blocks
 *  need (*free* names). Comprehensions other than generator expressions are merged into the block around them.
 *  Source: CPython 3.12 symtable.c analyze_block and below. */

import type { CompileContext } from '../context.ts';
import { NO_LOCATION } from '../context.ts';
import type { Block } from './scopes.ts';
import { BlockType, CompKind, Def, Scope, SCOPE_OFFSET } from './scopes.ts';

type Names = Set<string>;

/** What a block sees of the blocks around it; its own copy, changed while its names are analysed. */
interface Outer {
  /** null at module level. */
  bound: Names | null;
  globals: Names;
  typeParams: Names;
  /** The class whose names an annotation scope sees, or null. */
  classBlock: Block | null;
}

/** Adds scopes to all symbols of `top` and the blocks in it.
 *  Throws PythonSyntaxError for impossible `nonlocal`s. */
export function analyzeScopes(top: Block, context: CompileContext): void {
  analyzeBlock(top, { bound: null, globals: new Set(), typeParams: new Set(), classBlock: null }, context);
}

/** Returns the names that `block` needs from outside. */
function analyzeBlock(block: Block, outer: Outer, context: CompileContext): Names {
  const isClass = block.type === BlockType.Class;
  const local: Names = new Set();
  const scopes = new Map<string, Scope>();
  const free: Names = new Set();
  let innerBound: Names = new Set();
  let innerGlobals: Names = new Set();
  if (isClass) {
    innerGlobals = new Set(outer.globals);
    innerBound = new Set(outer.bound);
  }
  for (const [name, word] of block.symbols) {
    const scope = analyzeName(block, name, word, outer, local, context);
    scopes.set(name, scope);
    if (scope === Scope.Free) free.add(name);
  }
  if (isClass) {
    innerBound.add('__class__').add('__classdict__');
  } else {
    innerBound = new Set(outer.bound);
    if (block.isFunctionLike) for (const name of local) innerBound.add(name);
    innerGlobals = new Set(outer.globals);
  }
  const needed: Names = new Set();
  const inlinedCells: Names = new Set();
  const inner: Outer = { ...outer, bound: innerBound, globals: innerGlobals };
  analyzeChildren(block, inner, scopes, needed, inlinedCells, context);
  if (block.isFunctionLike) makeCells(scopes, needed, inlinedCells);
  else if (isClass) dropClassCells(block, needed);
  updateSymbols(block, scopes, outer.bound, needed, inlinedCells);
  for (const name of needed) free.add(name);
  return free;
}

function analyzeName(
  block: Block,
  name: string,
  word: number,
  outer: Outer,
  local: Names,
  context: CompileContext,
): Scope {
  if ((word & Def.GLOBAL) !== 0) {
    if ((word & Def.NONLOCAL) !== 0)
      throw directiveError(block, name, `name '${name}' is nonlocal and global`, context);
    outer.globals.add(name);
    outer.bound?.delete(name);
    return Scope.GlobalExplicit;
  }
  if ((word & Def.NONLOCAL) !== 0) {
    checkNonlocal(block, name, outer, context);
    return Scope.Free;
  }
  if ((word & Def.BOUND) !== 0) {
    local.add(name);
    outer.globals.delete(name);
    if ((word & Def.TYPE_PARAM) !== 0) outer.typeParams.add(name);
    else outer.typeParams.delete(name);
    return Scope.Local;
  }
  if (outer.classBlock !== null) {
    const seen = outer.classBlock.symbols.get(name) ?? 0;
    if ((seen & Def.GLOBAL) !== 0) return Scope.GlobalExplicit;
    if ((seen & Def.BOUND) !== 0 && (seen & Def.NONLOCAL) === 0) return Scope.GlobalImplicit;
  }
  return outer.bound?.has(name) === true ? Scope.Free : Scope.GlobalImplicit;
}

function checkNonlocal(block: Block, name: string, outer: Outer, context: CompileContext): void {
  if (outer.bound === null) {
    throw directiveError(block, name, 'nonlocal declaration not allowed at module level', context);
  }
  if (!outer.bound.has(name)) throw directiveError(block, name, `no binding for nonlocal '${name}' found`, context);
  if (outer.typeParams.has(name)) {
    throw directiveError(block, name, `nonlocal binding not allowed for type parameter '${name}'`, context);
  }
}

function directiveError(block: Block, name: string, msg: string, context: CompileContext): Error {
  const found = block.directives.find(([declared]) => declared === name);
  return context.error(msg, found?.[1] ?? NO_LOCATION);
}

function analyzeChildren(
  block: Block,
  inner: Outer,
  scopes: Map<string, Scope>,
  needed: Names,
  inlinedCells: Names,
  context: CompileContext,
): void {
  let anyInlined = false;
  for (const child of block.children) {
    let classBlock: Block | null = null;
    if (child.canSeeClassScope) classBlock = block.type === BlockType.Class ? block : inner.classBlock;
    const childFree = analyzeBlock(
      child,
      {
        bound: new Set(inner.bound),
        globals: new Set(inner.globals),
        typeParams: new Set(inner.typeParams),
        classBlock,
      },
      context,
    );
    const kind = child.comprehension;
    if (kind !== CompKind.None && kind !== CompKind.Generator && !block.canSeeClassScope) {
      inlineComprehension(block, child, scopes, childFree, inlinedCells);
      child.inlined = true;
      anyInlined = true;
    }
    for (const name of childFree) needed.add(name);
  }
  if (anyInlined) block.children = block.children.flatMap((child) => (child.inlined ? child.children : [child]));
}

/** Moves the comprehension's names into `block`. */
function inlineComprehension(
  block: Block,
  comp: Block,
  scopes: Map<string, Scope>,
  compFree: Names,
  inlinedCells: Names,
): void {
  for (const [name, word] of comp.symbols) {
    if ((word & Def.PARAM) !== 0) continue;
    let scope = (word >> SCOPE_OFFSET) as Scope;
    const flags = word & Def.MASK;
    if (scope === Scope.Cell || (flags & Def.COMP_CELL) !== 0) inlinedCells.add(name);
    const existing = block.symbols.get(name);
    if (existing === undefined) {
      if (scope === Scope.Free && name === '__class__' && block.type === BlockType.Class) {
        // A class body does not see its own cell: there the name is global. CPython 3.12.1 fails with a
        // SystemError, later 3.12s do this.
        scope = Scope.GlobalImplicit;
        compFree.delete(name);
        comp.symbols.delete(name);
      }
      block.symbols.set(name, flags);
      scopes.set(name, scope);
    } else if ((existing & Def.BOUND) !== 0 && block.type !== BlockType.Class && !isFreeInAnyChild(comp, name)) {
      compFree.delete(name);
    }
  }
}

function isFreeInAnyChild(block: Block, name: string): boolean {
  return block.children.some((child) => child.scopeOf(name) === Scope.Free);
}

/** Locals that inner blocks need become cells. */
function makeCells(scopes: Map<string, Scope>, needed: Names, inlinedCells: Names): void {
  for (const [name, scope] of scopes) {
    if (scope !== Scope.Local || !(needed.has(name) || inlinedCells.has(name))) continue;
    scopes.set(name, Scope.Cell);
    needed.delete(name);
  }
}

function dropClassCells(block: Block, needed: Names): void {
  if (needed.delete('__class__')) block.needsClassClosure = true;
  if (needed.delete('__classdict__')) block.needsClassDict = true;
}

function updateSymbols(
  block: Block,
  scopes: Map<string, Scope>,
  bound: Names | null,
  needed: Names,
  inlinedCells: Names,
): void {
  const { symbols } = block;
  for (const [name, word] of symbols) {
    const flags = inlinedCells.has(name) ? word | Def.COMP_CELL : word;
    symbols.set(name, flags | ((scopes.get(name) ?? Scope.None) << SCOPE_OFFSET));
  }
  const classLike = block.type === BlockType.Class || block.canSeeClassScope;
  for (const name of needed) {
    const word = symbols.get(name);
    if (word !== undefined) {
      if (classLike) symbols.set(name, word | Def.FREE_CLASS);
    } else if (bound === null || bound.has(name)) {
      symbols.set(name, Scope.Free << SCOPE_OFFSET);
    }
  }
}
