/** The code object under construction. */

import type { ExceptHandler, Position, Stmt } from '../../syntax/ast.ts';
import type { PooledConst } from '../const-pool.ts';
import { InstructionSequence } from '../instr.ts';
import type { Label } from '../instr.ts';
import type { Block } from '../symbols/scopes.ts';
import { Def, Scope, SCOPE_OFFSET } from '../symbols/scopes.ts';

export const enum ScopeType {
  Module,
  Class,
  Function,
  AsyncFunction,
  Lambda,
  Comprehension,
  TypeParams,
}

/** Kinds of *frame blocks*: what `return`, `break` and `continue` must undo on their way out. */
export const enum FrameBlockType {
  WhileLoop,
  ForLoop,
  TryExcept,
  FinallyTry,
  FinallyEnd,
  With,
  AsyncWith,
  HandlerCleanup,
  PopValue,
  ExceptionHandler,
  ExceptionGroupHandler,
  AsyncComprehensionGenerator,
}

export interface FrameBlock {
  readonly type: FrameBlockType;
  readonly start: Label;
  readonly exit: Label;
  /** FinallyTry: the final body. */
  readonly finalBody?: readonly Stmt[];
  /** With: the statement's position. */
  readonly position?: Position;
  /** HandlerCleanup: the name that holds the exception. */
  readonly name?: ExceptHandler['name'];
}

export const NO_LABEL: Label = -1;

/** Everything collected about one code object. Name tables map a name to its index. */
export class Unit {
  readonly block: Block;
  readonly scopeType: ScopeType;
  readonly name: string;
  qualname: string;
  readonly firstlineno: number;
  /** The class whose private names are mangled here. */
  className: string | null;
  argcount = 0;
  posonlyargcount = 0;
  kwonlyargcount = 0;
  readonly names = new Map<string, number>();
  readonly varnames = new Map<string, number>();
  readonly cellvars: Map<string, number>;
  readonly freevars: Map<string, number>;
  /** Locals of inlined comprehensions in a module or class: true while inside the comprehension. */
  readonly fastHidden = new Map<string, boolean>();
  readonly consts: PooledConst[] = [];
  readonly constIndex = new Map<number, number>();
  readonly sequence = new InstructionSequence();
  readonly frameBlocks: FrameBlock[] = [];
  /** Depth of inlined comprehensions being compiled. */
  inlinedComprehensions = 0;

  constructor(block: Block, scopeType: ScopeType, name: string, firstlineno: number, className: string | null) {
    this.block = block;
    this.scopeType = scopeType;
    this.name = name;
    this.qualname = name;
    this.firstlineno = firstlineno;
    this.className = className;
    for (const param of block.varnames) indexOf(this.varnames, param);
    this.cellvars = numberNames(block, Scope.Cell, Def.COMP_CELL, 0);
    if (block.needsClassClosure) indexOf(this.cellvars, '__class__');
    if (block.needsClassDict) indexOf(this.cellvars, '__classdict__');
    this.freevars = numberNames(block, Scope.Free, Def.FREE_CLASS, this.cellvars.size);
  }
}

/** Index of `name`, appended if new. */
export function indexOf(table: Map<string, number>, name: string): number {
  let index = table.get(name);
  if (index === undefined) {
    index = table.size;
    table.set(name, index);
  }
  return index;
}

/** The names with a scope or flag, sorted, numbered from `offset`. */
function numberNames(block: Block, scope: Scope, flag: number, offset: number): Map<string, number> {
  const names: string[] = [];
  for (const [name, word] of block.symbols) {
    if (word >> SCOPE_OFFSET === scope || (word & flag) !== 0) names.push(name);
  }
  return new Map(names.sort().map((name, i) => [name, offset + i]));
}
