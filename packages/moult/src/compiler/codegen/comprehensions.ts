/** Comprehensions and generator expressions.
 *
 *  A generator expression is a function of one argument, the iterator. The others are *inlined*: they run in the
 *  code object around them, their variables saved on the stack meanwhile. Where that is impossible (annotation
 *  scopes in a class) they are functions too. */

import type { Comprehension, DictComp, Expr, GeneratorExp, ListComp, Position, SetComp } from '../../syntax/ast.ts';
import { NO_LOCATION } from '../context.ts';
import type { Label } from '../instr.ts';
import { Op } from '../opcodes.ts';
import type { Block } from '../symbols/scopes.ts';
import { BlockType, Def, Scope, SCOPE_OFFSET } from '../symbols/scopes.ts';
import { jumpIf } from './conditions.ts';
import { visitExpr } from './expressions.ts';
import { wrapInStopIterationHandler } from './functions.ts';
import type { Generator } from './generator.ts';
import { FrameBlockType, NO_LABEL, ScopeType } from './unit.ts';

type AnyComprehension = ListComp | SetComp | DictComp | GeneratorExp;

/** A comprehension being compiled. */
interface Work {
  node: AnyComprehension;
  /** Element, or key of a dict. */
  elt: Expr;
  value: Expr | null;
  /** The outermost iterator is on the stack, not in the first argument. */
  iterOnStack: boolean;
}

/** What inlining must restore. */
interface InlineState {
  pushedLocals: string[];
  /** Symbols of the code object around, as they were. */
  symbols: Map<string, number>;
  fastHidden: string[];
  cleanup: Label;
  end: Label;
}

const NAMES = { ListComp: '<listcomp>', SetComp: '<setcomp>', DictComp: '<dictcomp>', GeneratorExp: '<genexpr>' };
const BUILD_OPS = { ListComp: Op.BUILD_LIST, SetComp: Op.BUILD_SET, DictComp: Op.BUILD_MAP };
const ADD_OPS = { ListComp: Op.LIST_APPEND, SetComp: Op.SET_ADD, DictComp: Op.MAP_ADD };

export function compileComprehension(g: Generator, e: AnyComprehension): void {
  const block = g.symtable.lookup(e);
  const work: Work = {
    node: e,
    elt: e.kind === 'DictComp' ? e.key : e.elt,
    value: e.kind === 'DictComp' ? e.value : null,
    iterOnStack: block.inlined,
  };
  const isAsync = block.coroutine && e.kind !== 'GeneratorExp';
  const allowed =
    g.unit.scopeType === ScopeType.AsyncFunction || g.unit.scopeType === ScopeType.Comprehension || g.isTopLevelAwait;
  if (block.inlined) compileInlined(g, work, block, isAsync && !allowed);
  else compileFunction(g, work, isAsync && !allowed, isAsync, block.coroutine);
}

function rejectAsync(g: Generator, e: AnyComprehension): void {
  throw g.context.error('asynchronous comprehension outside of an asynchronous function', e);
}

function compileInlined(g: Generator, work: Work, block: Block, misplaced: boolean): void {
  const { node } = work;
  visitOutermostIter(g, node);
  const state = pushInlineState(g, node, block);
  if (misplaced) rejectAsync(g, node);
  if (node.kind !== 'GeneratorExp') g.op(node, BUILD_OPS[node.kind], 0);
  g.op(node, Op.SWAP, 2);
  visitGenerator(g, work, 0, 0);
  popInlineState(g, node, state);
}

function compileFunction(g: Generator, work: Work, misplaced: boolean, isAsync: boolean, isCoroutine: boolean): void {
  const { node } = work;
  const topLevelAwait = g.isTopLevelAwait;
  g.enterScope(NAMES[node.kind], ScopeType.Comprehension, node, node.lineno);
  if (misplaced) rejectAsync(g, node);
  if (node.kind !== 'GeneratorExp') g.op(node, BUILD_OPS[node.kind], 0);
  visitGenerator(g, work, 0, 0);
  if (node.kind === 'GeneratorExp') wrapInStopIterationHandler(g);
  else g.op(node, Op.RETURN_VALUE);
  const code = g.finishScope(true);
  if (topLevelAwait && isCoroutine) g.unit.block.coroutine = true;
  g.makeClosure(node, code, 0);
  visitOutermostIter(g, node);
  g.op(node, Op.CALL, 0);
  if (isAsync) g.awaitTop(node, 0);
}

function visitOutermostIter(g: Generator, e: AnyComprehension): void {
  const outermost = e.generators[0]!;
  visitExpr(g, outermost.iter);
  g.op(e, outermost.isAsync !== 0 ? Op.GET_AITER : Op.GET_ITER);
}

/** Compiles the generators from `index` on and, innermost, the element. `depth` counts iterators on the stack. */
function visitGenerator(g: Generator, work: Work, index: number, depth: number): void {
  const generator = work.node.generators[index]!;
  if (generator.isAsync !== 0) visitAsyncGenerator(g, work, generator, index, depth);
  else visitSyncGenerator(g, work, generator, index, depth);
}

function visitSyncGenerator(g: Generator, work: Work, generator: Comprehension, index: number, depth: number): void {
  const { node } = work;
  const start = g.newLabel();
  const ifCleanup = g.newLabel();
  const anchor = g.newLabel();
  let isLoop = true;
  if (!(work.iterOnStack && index === 0)) isLoop = pushIterator(g, node, generator, index);
  if (isLoop) {
    depth++;
    g.use(start);
    g.op(node, Op.FOR_ITER, anchor);
  }
  visitExpr(g, generator.target);
  for (const test of generator.ifs) jumpIf(g, node, test, ifCleanup, false);
  const loc = visitInner(g, work, index, depth);
  g.use(ifCleanup);
  if (isLoop) {
    g.op(loc, Op.JUMP, start);
    g.use(anchor);
    g.op(NO_LOCATION, Op.END_FOR);
  }
}

/** Pushes the iterator; false if there is no loop because the iterable is a display of one element, now pushed. */
function pushIterator(g: Generator, node: AnyComprehension, generator: Comprehension, index: number): boolean {
  if (index === 0) {
    g.unit.argcount = 1;
    g.op(node, Op.LOAD_FAST, 0);
    return true;
  }
  const { iter } = generator;
  const only = (iter.kind === 'List' || iter.kind === 'Tuple') && iter.elts.length === 1 ? iter.elts[0]! : null;
  if (only !== null && only.kind !== 'Starred') {
    visitExpr(g, only);
    return false;
  }
  visitExpr(g, iter);
  g.op(node, Op.GET_ITER);
  return true;
}

/** The next generator or, after the last, the element. Returns the position of the jump back. */
function visitInner(g: Generator, work: Work, index: number, depth: number): Position {
  const { elt, node } = work;
  if (index + 1 < node.generators.length) {
    visitGenerator(g, work, index + 1, depth);
    return elt;
  }
  visitExpr(g, elt);
  if (node.kind === 'GeneratorExp') {
    g.yieldTop(elt);
    g.op(elt, Op.POP_TOP);
    return elt;
  }
  let loc: Position = elt;
  if (work.value !== null) {
    visitExpr(g, work.value);
    const { endLineno, endColOffset } = work.value;
    loc = { lineno: elt.lineno, colOffset: elt.colOffset, endLineno, endColOffset };
  }
  g.op(loc, ADD_OPS[node.kind], depth + 1);
  return loc;
}

function visitAsyncGenerator(g: Generator, work: Work, generator: Comprehension, index: number, depth: number): void {
  const { node } = work;
  const start = g.newLabel();
  const except = g.newLabel();
  const ifCleanup = g.newLabel();
  if (!(work.iterOnStack && index === 0)) {
    if (index === 0) {
      g.unit.argcount = 1;
      g.op(node, Op.LOAD_FAST, 0);
    } else {
      visitExpr(g, generator.iter);
      g.op(node, Op.GET_AITER);
    }
  }
  g.use(start);
  g.pushFrameBlock(node, { type: FrameBlockType.AsyncComprehensionGenerator, start, exit: NO_LABEL });
  g.op(node, Op.SETUP_FINALLY, except);
  g.op(node, Op.GET_ANEXT);
  g.loadConst(node, null);
  g.yieldFrom(node, true);
  g.op(node, Op.POP_BLOCK);
  visitExpr(g, generator.target);
  for (const test of generator.ifs) jumpIf(g, node, test, ifCleanup, false);
  const loc = visitInner(g, work, index, depth + 1);
  g.use(ifCleanup);
  g.op(loc, Op.JUMP, start);
  g.popFrameBlock();
  g.use(except);
  g.op(node, Op.END_ASYNC_FOR);
}

// Inlining

/** Saves the variables of the same name on the stack and makes the comprehension's names known. */
function pushInlineState(g: Generator, loc: Position, comp: Block): InlineState {
  const { unit } = g;
  const { block } = unit;
  const inClass = block.type === BlockType.Class && unit.inlinedComprehensions === 0;
  unit.inlinedComprehensions++;
  const state: InlineState = { pushedLocals: [], symbols: new Map(), fastHidden: [], cleanup: NO_LABEL, end: NO_LABEL };
  for (const [name, word] of comp.symbols) {
    const bindsHere = (word & Def.LOCAL) !== 0 && (word & Def.NONLOCAL) === 0;
    if (bindsHere || inClass) isolateName(g, loc, name, word, state);
  }
  if (state.pushedLocals.length > 0) {
    g.op(loc, Op.SWAP, state.pushedLocals.length + 1);
    state.cleanup = g.newLabel();
    state.end = g.newLabel();
    g.op(loc, Op.SETUP_FINALLY, state.cleanup);
  }
  return state;
}

function isolateName(g: Generator, loc: Position, name: string, word: number, state: InlineState): void {
  const { unit } = g;
  const { block } = unit;
  if (!block.isFunctionLike && unit.fastHidden.get(name) !== true) {
    unit.fastHidden.set(name, true);
    state.fastHidden.push(name);
  }
  const scope = (word >> SCOPE_OFFSET) as Scope;
  const outerWord = block.symbols.get(name) ?? 0;
  const outerScope = (outerWord >> SCOPE_OFFSET) as Scope;
  if (scope !== outerScope && !(scope === Scope.Cell && outerScope === Scope.Free)) {
    block.symbols.set(name, word);
    state.symbols.set(name, outerWord);
  }
  g.opName(loc, Op.LOAD_FAST_AND_CLEAR, name, unit.varnames);
  if (scope === Scope.Cell) {
    g.opName(loc, Op.MAKE_CELL, name, outerScope === Scope.Free ? unit.freevars : unit.cellvars);
  }
  state.pushedLocals.push(name);
}

function popInlineState(g: Generator, loc: Position, state: InlineState): void {
  const { unit } = g;
  unit.inlinedComprehensions--;
  for (const [name, word] of state.symbols) unit.block.symbols.set(name, word);
  if (state.pushedLocals.length > 0) {
    g.op(NO_LOCATION, Op.POP_BLOCK);
    g.op(NO_LOCATION, Op.JUMP, state.end);
    g.use(state.cleanup);
    g.op(NO_LOCATION, Op.SWAP, 2);
    g.op(NO_LOCATION, Op.POP_TOP);
    restoreLocals(g, loc, state.pushedLocals);
    g.op(NO_LOCATION, Op.RERAISE, 0);
    g.use(state.end);
    restoreLocals(g, loc, state.pushedLocals);
  }
  // Kept as false: the names still mark hidden locals.
  for (const name of state.fastHidden) unit.fastHidden.set(name, false);
}

function restoreLocals(g: Generator, loc: Position, names: readonly string[]): void {
  g.op(loc, Op.SWAP, names.length + 1);
  for (const name of [...names].reverse()) g.opName(loc, Op.STORE_FAST_MAYBE_NULL, name, g.unit.varnames);
}
