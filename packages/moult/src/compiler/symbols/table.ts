/** The symbol table: which names each block has, and where each lives.
 *
 *  A first pass visits the tree in evaluation order, because some errors depend on what came before (`global` after use).
 *  Afterwards `analyzeScopes` decides where each name lives.
 *  Source: CPython 3.12 symtable.c. */

import type { Expression, Interactive, Module } from '../../syntax/ast.ts';
import type { CompileContext } from '../context.ts';
import { SymbolBuilder } from './builder.ts';
import { visitExpr } from './expressions.ts';
import { analyzeScopes } from './scope-analysis.ts';
import type { Block } from './scopes.ts';
import { BlockType } from './scopes.ts';
import { visitStmts } from './statements.ts';

/** The blocks of a module by the node that makes them: the statement, expression or module; for type parameters
 *  their array. */
export class SymbolTable {
  readonly top: Block;
  readonly blocks: Map<object, Block>;

  constructor(top: Block, blocks: Map<object, Block>) {
    this.top = top;
    this.blocks = blocks;
  }

  lookup(key: object): Block {
    const block = this.blocks.get(key);
    if (block === undefined) throw new TypeError('no symbol table block for a node');
    return block;
  }
}

/** Builds and analyses the symbol table of `mod`.
 *  Throws PythonSyntaxError. */
export function buildSymbolTable(mod: Module | Interactive | Expression, context: CompileContext): SymbolTable {
  context.resetDepth();
  const builder = new SymbolBuilder(context);
  builder.enter('top', BlockType.Module, mod, { lineno: 0, colOffset: 0, endLineno: 0, endColOffset: 0 });
  const top = builder.block;
  if (mod.kind === 'Expression') visitExpr(builder, mod.body);
  else visitStmts(builder, mod.body);
  builder.exit();
  analyzeScopes(top, context);
  return new SymbolTable(top, builder.blocks);
}
