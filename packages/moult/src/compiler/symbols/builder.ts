/** The core of the first pass: entering and leaving blocks, and noting what they do with names.
 *  The other files of this folder have one function per kind of node.
 *  Source: CPython 3.12 symtable.c. */

import type { Position } from '../../syntax/ast.ts';
import { CodeFlag } from '../code-data.ts';
import type { CompileContext } from '../context.ts';
import { mangle } from '../mangle.ts';
import { Block, BlockType, Def } from './scopes.ts';

/** The blocks found so far, and where in them the visit is. */
export class SymbolBuilder {
  readonly blocks = new Map<object, Block>();
  block!: Block;
  /** The blocks around and at last `block` itself. */
  readonly stack: Block[] = [];
  /** The class whose name mangles private names, or null. */
  className: string | null = null;
  readonly context: CompileContext;

  constructor(context: CompileContext) {
    this.context = context;
  }

  /** Whether annotations become strings (`from __future__ import annotations`). */
  get futureAnnotations(): boolean {
    return (this.context.futureFlags & CodeFlag.FUTURE_ANNOTATIONS) !== 0;
  }

  /** Enters a new block, found again under `key`. */
  enter(name: string, type: BlockType, key: object, position: Position): void {
    const block = new Block(type, name, position);
    const previous = this.stack[this.stack.length - 1];
    this.blocks.set(key, block);
    if (previous !== undefined) {
      block.nested = previous.nested || previous.isFunctionLike;
      block.compIterExpr = previous.compIterExpr;
      if (type !== BlockType.Annotation) previous.children.push(block);
    }
    this.stack.push(block);
    this.block = block;
  }

  /** Goes back to the block around. */
  exit(): void {
    this.stack.pop();
    const previous = this.stack[this.stack.length - 1];
    if (previous !== undefined) this.block = previous;
  }

  /** The `Def` flags of `name` so far, 0 if it has none. */
  lookup(name: string, block = this.block): number {
    return block.symbols.get(mangle(this.className, name)) ?? 0;
  }

  /** Adds `flag` to a name of `block`. Throws PythonSyntaxError for a second parameter of the same name. */
  define(name: string, flag: number, loc: Position, block = this.block): void {
    const mangled = mangle(this.className, name);
    let word = block.symbols.get(mangled) ?? 0;
    if ((flag & Def.PARAM) !== 0 && (word & Def.PARAM) !== 0) {
      throw this.context.error(`duplicate argument '${name}' in function definition`, loc);
    }
    if ((flag & Def.TYPE_PARAM) !== 0 && (word & Def.TYPE_PARAM) !== 0) {
      throw this.context.error(`duplicate type parameter '${name}'`, loc);
    }
    word |= flag;
    if (block.compIterTarget) {
      if ((word & (Def.GLOBAL | Def.NONLOCAL)) !== 0) {
        const msg = `comprehension inner loop cannot rebind assignment expression target '${name}'`;
        throw this.context.error(msg, loc);
      }
      word |= Def.COMP_ITER;
    }
    block.symbols.set(mangled, word);
    if ((flag & Def.PARAM) !== 0) block.varnames.push(mangled);
    else if ((flag & Def.GLOBAL) !== 0) {
      const globals = this.stack[0]!.symbols;
      globals.set(mangled, (globals.get(mangled) ?? 0) | flag);
    }
  }

  /** Remembers where a name was declared global or nonlocal, for errors of the analysis. */
  directive(name: string, position: Position): void {
    this.block.directives.push([mangle(this.className, name), position]);
  }
}
