/** The core of code generation: emitting instructions, names, constants, entering and leaving code objects.
 *  The other files of this folder have one function per kind of node.
 *  Source: CPython 3.12 compile.c. */

import type { ExprContext, Position } from '../../syntax/ast.ts';
import { assembleUnit } from '../assemble-unit.ts';
import type { CodeData, ConstValue } from '../code-data.ts';
import { CodeFlag } from '../code-data.ts';
import { ConstPool } from '../const-pool.ts';
import type { CompileContext } from '../context.ts';
import { NO_LOCATION } from '../context.ts';
import { Instr } from '../instr.ts';
import type { Label } from '../instr.ts';
import { mangle } from '../mangle.ts';
import { Intrinsic1, Op } from '../opcodes.ts';
import { BlockType, Scope } from '../symbols/scopes.ts';
import type { SymbolTable } from '../symbols/table.ts';
import type { FrameBlock } from './unit.ts';
import { indexOf, ScopeType, Unit } from './unit.ts';

/** CPython's limit on nested loops, `try` and `with`. */
const MAX_FRAME_BLOCKS = 20;

/** Sequences longer than this are built piece by piece instead of on the stack. */
export const STACK_USE_GUIDELINE = 30;

const enum NameKind {
  Fast,
  Global,
  Deref,
  Name,
}

export class Generator {
  readonly context: CompileContext;
  readonly symtable: SymbolTable;
  readonly pool = new ConstPool();
  readonly interactive: boolean;
  private readonly outer: Unit[] = [];
  unit!: Unit;

  constructor(context: CompileContext, symtable: SymbolTable) {
    this.context = context;
    this.symtable = symtable;
    this.interactive = context.options.mode === 'single';
  }

  /** Whether annotations become strings (`from __future__ import annotations`). */
  get stringAnnotations(): boolean {
    return (this.context.futureFlags & CodeFlag.FUTURE_ANNOTATIONS) !== 0;
  }

  // Instructions

  op(loc: Position, op: Op, arg = 0): void {
    this.unit.sequence.instrs.push(new Instr(op, arg, loc));
  }

  newLabel(): Label {
    return this.unit.sequence.newLabel();
  }

  use(label: Label): void {
    this.unit.sequence.place(label);
  }

  /** Index of a constant in this code object. */
  addConst(value: ConstValue): number {
    const pooled = this.pool.intern(value);
    const { consts, constIndex } = this.unit;
    let index = constIndex.get(pooled.id);
    if (index === undefined) {
      index = consts.push(pooled) - 1;
      constIndex.set(pooled.id, index);
    }
    return index;
  }

  loadConst(loc: Position, value: ConstValue): void {
    this.op(loc, Op.LOAD_CONST, this.addConst(value));
  }

  /** An instruction whose argument is a mangled name in `table`. */
  opName(loc: Position, op: Op, name: string, table = this.unit.names): void {
    const arg = indexOf(table, mangle(this.unit.className, name));
    switch (op) {
      case Op.LOAD_ATTR:
        return this.op(loc, op, arg << 1);
      case Op.LOAD_METHOD:
        return this.op(loc, Op.LOAD_ATTR, (arg << 1) | 1);
      case Op.LOAD_SUPER_ATTR:
        return this.op(loc, op, (arg << 2) | 2);
      case Op.LOAD_SUPER_METHOD:
        return this.op(loc, Op.LOAD_SUPER_ATTR, (arg << 2) | 3);
      case Op.LOAD_ZERO_SUPER_ATTR:
        return this.op(loc, Op.LOAD_SUPER_ATTR, arg << 2);
      case Op.LOAD_ZERO_SUPER_METHOD:
        return this.op(loc, Op.LOAD_SUPER_ATTR, (arg << 2) | 1);
      default:
        return this.op(loc, op, arg);
    }
  }

  /** Delegates to the awaitable or iterator on the stack (`await`, `yield from`). */
  yieldFrom(loc: Position, isAwait: boolean): void {
    const send = this.newLabel();
    const fail = this.newLabel();
    const exit = this.newLabel();
    this.use(send);
    this.op(loc, Op.SEND, exit);
    // Catches StopIteration raised by close() or throw() in the delegate.
    this.op(loc, Op.SETUP_FINALLY, fail);
    this.op(loc, Op.YIELD_VALUE);
    this.op(NO_LOCATION, Op.POP_BLOCK);
    this.op(loc, Op.RESUME, isAwait ? 3 : 2);
    this.op(loc, Op.JUMP_NO_INTERRUPT, send);
    this.use(fail);
    this.op(loc, Op.CLEANUP_THROW);
    this.use(exit);
    this.op(loc, Op.END_SEND);
  }

  /** Awaits the top of the stack; `where` is GET_AWAITABLE's argument. */
  awaitTop(loc: Position, where: number): void {
    this.op(loc, Op.GET_AWAITABLE, where);
    this.loadConst(loc, null);
    this.yieldFrom(loc, true);
  }

  yieldTop(loc: Position): void {
    const { block } = this.unit;
    if (block.generator && block.coroutine) this.op(loc, Op.CALL_INTRINSIC_1, Intrinsic1.ASYNC_GEN_WRAP);
    this.op(loc, Op.YIELD_VALUE);
    this.op(loc, Op.RESUME, 1);
  }

  popExceptAndReraise(loc: Position): void {
    this.op(loc, Op.COPY, 3);
    this.op(loc, Op.POP_EXCEPT);
    this.op(loc, Op.RERAISE, 1);
  }

  // Names

  checkForbidden(loc: Position, name: string, ctx: ExprContext): void {
    if (name !== '__debug__' || ctx === 'Load') return;
    throw this.context.error(ctx === 'Store' ? 'cannot assign to __debug__' : 'cannot delete __debug__', loc);
  }

  /** Loads, stores or deletes a variable. */
  nameOp(loc: Position, name: string, ctx: ExprContext): void {
    this.checkForbidden(loc, name, ctx);
    const mangled = mangle(this.unit.className, name);
    const scope = this.unit.block.scopeOf(mangled);
    switch (this.kindOf(mangled, scope)) {
      case NameKind.Fast:
        return this.op(loc, FAST_OPS[ctx], indexOf(this.unit.varnames, mangled));
      case NameKind.Deref:
        return this.derefOp(loc, mangled, scope, ctx);
      case NameKind.Global:
        return this.globalOp(loc, mangled, scope, ctx);
      case NameKind.Name:
        return this.dictOp(loc, mangled, ctx);
    }
  }

  private kindOf(mangled: string, scope: Scope): NameKind {
    const { block, fastHidden } = this.unit;
    switch (scope) {
      case Scope.Free:
      case Scope.Cell:
        return NameKind.Deref;
      case Scope.Local:
        return block.isFunctionLike || fastHidden.get(mangled) === true ? NameKind.Fast : NameKind.Name;
      case Scope.GlobalImplicit:
        return block.isFunctionLike ? NameKind.Global : NameKind.Name;
      case Scope.GlobalExplicit:
        return NameKind.Global;
      default:
        return NameKind.Name;
    }
  }

  private derefOp(loc: Position, mangled: string, scope: Scope, ctx: ExprContext): void {
    const { block, freevars, cellvars } = this.unit;
    let op = DEREF_OPS[ctx];
    if (ctx === 'Load') {
      if (block.type === BlockType.Class && this.unit.inlinedComprehensions === 0) {
        op = Op.LOAD_FROM_DICT_OR_DEREF;
        this.op(loc, Op.LOAD_LOCALS);
      } else if (block.canSeeClassScope) {
        op = Op.LOAD_FROM_DICT_OR_DEREF;
        this.op(loc, Op.LOAD_DEREF, indexOf(freevars, '__classdict__'));
      }
    }
    this.op(loc, op, indexOf(scope === Scope.Free ? freevars : cellvars, mangled));
  }

  private globalOp(loc: Position, mangled: string, scope: Scope, ctx: ExprContext): void {
    const { block, freevars, names } = this.unit;
    if (ctx !== 'Load') return this.op(loc, GLOBAL_OPS[ctx], indexOf(names, mangled));
    if (block.canSeeClassScope && scope === Scope.GlobalImplicit) {
      this.op(loc, Op.LOAD_DEREF, indexOf(freevars, '__classdict__'));
      return this.op(loc, Op.LOAD_FROM_DICT_OR_GLOBALS, indexOf(names, mangled));
    }
    this.op(loc, Op.LOAD_GLOBAL, indexOf(names, mangled) << 1);
  }

  private dictOp(loc: Position, mangled: string, ctx: ExprContext): void {
    const arg = indexOf(this.unit.names, mangled);
    const inClassComprehension = this.unit.block.type === BlockType.Class && this.unit.inlinedComprehensions > 0;
    if (ctx === 'Load' && inClassComprehension) this.op(loc, Op.LOAD_GLOBAL, arg << 1);
    else this.op(loc, NAME_OPS[ctx], arg);
  }

  // Code objects

  get isNested(): boolean {
    return this.outer.length > 0;
  }

  /** Starts the code object of the block made by node `key`. */
  enterScope(name: string, scopeType: ScopeType, key: object, lineno: number): void {
    const parent = this.unit as Unit | undefined;
    const block = this.symtable.lookup(key);
    const unit = new Unit(block, scopeType, name, lineno, parent?.className ?? null);
    if (parent !== undefined) this.outer.push(parent);
    this.unit = unit;
    const isModule = scopeType === ScopeType.Module;
    if (!isModule) unit.qualname = this.qualnameOf(unit);
    const line = isModule ? 0 : lineno;
    this.op({ lineno: line, endLineno: lineno, colOffset: 0, endColOffset: 0 }, Op.RESUME, 0);
  }

  private qualnameOf(unit: Unit): string {
    const depth = this.outer.length;
    if (depth === 1) return unit.name;
    let parent = this.outer[depth - 1]!;
    if (parent.scopeType === ScopeType.TypeParams) {
      if (depth === 2) return unit.name;
      parent = this.outer[depth - 2]!;
    }
    if (isNamedScope(unit.scopeType)) {
      const mangled = mangle(parent.className, unit.name);
      if (parent.block.scopeOf(mangled) === Scope.GlobalExplicit) return unit.name;
    }
    const isFunction =
      parent.scopeType === ScopeType.Function ||
      parent.scopeType === ScopeType.AsyncFunction ||
      parent.scopeType === ScopeType.Lambda;
    return `${parent.qualname}${isFunction ? '.<locals>' : ''}.${unit.name}`;
  }

  /** Forgets the current code object without assembling it. */
  private exitScope(): void {
    const parent = this.outer.pop();
    if (parent !== undefined) this.unit = parent;
  }

  /** Assembles the current code object and returns to the one around it. */
  finishScope(addNone: boolean): CodeData {
    const { unit } = this;
    const flags = this.codeFlags();
    if (addNone) this.loadConst(NO_LOCATION, null);
    this.op(NO_LOCATION, Op.RETURN_VALUE);
    const code = assembleUnit(unit, flags, this.pool, this.context.filename);
    this.exitScope();
    return code;
  }

  private codeFlags(): number {
    const { block } = this.unit;
    let flags = 0;
    if (block.isFunctionLike) {
      flags |= CodeFlag.NEWLOCALS | CodeFlag.OPTIMIZED;
      if (block.nested) flags |= CodeFlag.NESTED;
      if (block.generator) flags |= block.coroutine ? CodeFlag.ASYNC_GENERATOR : CodeFlag.GENERATOR;
      else if (block.coroutine) flags |= CodeFlag.COROUTINE;
      if (block.varargs) flags |= CodeFlag.VARARGS;
      if (block.varkeywords) flags |= CodeFlag.VARKEYWORDS;
    }
    flags |= this.context.futureFlags;
    if (this.isTopLevelAwait && block.coroutine && !block.generator) flags |= CodeFlag.COROUTINE;
    return flags;
  }

  /** Whether `await` is allowed here because the caller of `compile` said so. */
  get isTopLevelAwait(): boolean {
    return this.context.allowsTopLevelAwait && this.unit.block.type === BlockType.Module;
  }

  /** Makes a function of `code` with the cells it needs; `flags` are MAKE_FUNCTION's. */
  makeClosure(loc: Position, code: CodeData, flags: number): void {
    if (code.nfreevars > 0) {
      const first = code.localsplusnames.length - code.nfreevars;
      for (const name of code.localsplusnames.slice(first)) {
        const table = this.isCell(name) ? this.unit.cellvars : this.unit.freevars;
        this.op(loc, Op.LOAD_CLOSURE, table.get(name)!);
      }
      flags |= 0x08;
      this.op(loc, Op.BUILD_TUPLE, code.nfreevars);
    }
    this.loadConst(loc, code);
    this.op(loc, Op.MAKE_FUNCTION, flags);
  }

  private isCell(name: string): boolean {
    const { unit } = this;
    if (unit.scopeType === ScopeType.Class && (name === '__class__' || name === '__classdict__')) return true;
    return unit.block.scopeOf(name) === Scope.Cell;
  }

  // Frame blocks

  pushFrameBlock(loc: Position, block: FrameBlock): void {
    if (this.unit.frameBlocks.length >= MAX_FRAME_BLOCKS) {
      throw this.context.error('too many statically nested blocks', loc);
    }
    this.unit.frameBlocks.push(block);
  }

  popFrameBlock(): void {
    this.unit.frameBlocks.pop();
  }
}

function isNamedScope(type: ScopeType): boolean {
  return type === ScopeType.Function || type === ScopeType.AsyncFunction || type === ScopeType.Class;
}

type OpByContext = { readonly [ctx in ExprContext]: Op };
const FAST_OPS: OpByContext = { Load: Op.LOAD_FAST, Store: Op.STORE_FAST, Del: Op.DELETE_FAST };
const DEREF_OPS: OpByContext = { Load: Op.LOAD_DEREF, Store: Op.STORE_DEREF, Del: Op.DELETE_DEREF };
const GLOBAL_OPS: OpByContext = { Load: Op.LOAD_GLOBAL, Store: Op.STORE_GLOBAL, Del: Op.DELETE_GLOBAL };
const NAME_OPS: OpByContext = { Load: Op.LOAD_NAME, Store: Op.STORE_NAME, Del: Op.DELETE_NAME };
