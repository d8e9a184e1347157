/** Constant folding on the tree, before names are analysed.
 *
 *  Works in place, children first. What cannot be computed (division by zero, results that would be large) stays as
 *  it is and fails, or not, at run time. Source: CPython 3.12 ast_opt.c. */

import type {
  Arguments,
  BinOp,
  Compare,
  Comprehension,
  Expr,
  If,
  Mod,
  Pattern,
  Stmt,
  Subscript,
  Tuple,
  TypeParam,
  UnaryOp,
} from '../../syntax/ast.ts';
import { CodeFlag, ConstFrozenSet, ConstTuple } from '../code-data.ts';
import type { ConstValue } from '../code-data.ts';
import type { CompileContext } from '../context.ts';
import { docstringOf } from '../docstring.ts';
import { elifOf } from '../elif.ts';
import { binaryOp, unaryOp } from './arithmetic.ts';
import { constantOf, makeConstant } from './constant.ts';
import { uniqueItems } from './equality.ts';
import { foldFormat } from './format.ts';
import { subscript } from './subscript.ts';

/** Folds constants in `mod`. */
export function foldConstants(mod: Mod, context: CompileContext): void {
  context.resetDepth();
  const folder = new Folder(context);
  if (mod.kind === 'Module') folder.body(mod.body);
  else if (mod.kind === 'Interactive') folder.stmts(mod.body);
  else if (mod.kind === 'Expression') folder.expr(mod.body);
}

class Folder {
  private readonly context: CompileContext;

  constructor(context: CompileContext) {
    this.context = context;
  }

  private get keepsAnnotations(): boolean {
    return (this.context.futureFlags & CodeFlag.FUTURE_ANNOTATIONS) !== 0;
  }

  /** A body that may have a docstring: an expression folded to a string does not become one. */
  body(body: readonly Stmt[]): void {
    const had = docstringOf(body) !== null;
    this.stmts(body);
    const first = body[0];
    if (had || first?.kind !== 'Expr' || docstringOf(body) === null) return;
    const { lineno, colOffset, endLineno, endColOffset } = first.value;
    first.value = { kind: 'JoinedStr', values: [first.value], lineno, colOffset, endLineno, endColOffset };
  }

  stmts(body: readonly Stmt[]): void {
    for (const s of body) {
      this.context.enter();
      this.stmt(s);
      this.context.leave();
    }
  }

  private stmt(s: Stmt): void {
    switch (s.kind) {
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        this.typeParams(s.typeParams);
        this.arguments(s.args);
        this.body(s.body);
        this.exprs(s.decoratorList);
        if (!this.keepsAnnotations) this.optional(s.returns);
        break;
      case 'ClassDef':
        this.typeParams(s.typeParams);
        this.exprs(s.bases);
        for (const keyword of s.keywords) this.expr(keyword.value);
        this.body(s.body);
        this.exprs(s.decoratorList);
        break;
      case 'TypeAlias':
        this.typeParams(s.typeParams);
        this.expr(s.value);
        break;
      case 'Return':
        this.optional(s.value);
        break;
      case 'Delete':
        this.exprs(s.targets);
        break;
      case 'Assign':
        this.exprs(s.targets);
        this.expr(s.value);
        break;
      case 'AugAssign':
        this.expr(s.target);
        this.expr(s.value);
        break;
      case 'AnnAssign':
        this.expr(s.target);
        if (!this.keepsAnnotations) this.expr(s.annotation);
        this.optional(s.value);
        break;
      case 'For':
      case 'AsyncFor':
        this.expr(s.target);
        this.expr(s.iter);
        this.stmts(s.body);
        this.stmts(s.orelse);
        if (s.kind === 'For') foldIterable(s.iter);
        break;
      case 'While':
        this.expr(s.test);
        this.stmts(s.body);
        this.stmts(s.orelse);
        break;
      case 'If':
        this.ifChain(s);
        break;
      case 'With':
      case 'AsyncWith':
        for (const item of s.items) {
          this.expr(item.contextExpr);
          this.optional(item.optionalVars);
        }
        this.stmts(s.body);
        break;
      case 'Match':
        this.expr(s.subject);
        for (const c of s.cases) {
          this.pattern(c.pattern);
          this.optional(c.guard);
          this.stmts(c.body);
        }
        break;
      case 'Raise':
        this.optional(s.exc);
        this.optional(s.cause);
        break;
      case 'Try':
      case 'TryStar':
        this.stmts(s.body);
        for (const handler of s.handlers) {
          this.optional(handler.type);
          this.stmts(handler.body);
        }
        this.stmts(s.orelse);
        this.stmts(s.finalbody);
        break;
      case 'Assert':
        this.expr(s.test);
        this.optional(s.msg);
        break;
      case 'Expr':
        this.expr(s.value);
        break;
      default:
        break;
    }
  }

  private ifChain(first: If): void {
    let depth = 0;
    for (let s: If | null = first; s !== null; s = elifOf(s), depth++) {
      if (depth > 0) this.context.enter();
      this.expr(s.test);
      this.stmts(s.body);
      if (elifOf(s) === null) this.stmts(s.orelse);
    }
    while (--depth > 0) this.context.leave();
  }

  private typeParams(params: readonly TypeParam[]): void {
    for (const param of params) if (param.kind === 'TypeVar') this.optional(param.bound);
  }

  private arguments(args: Arguments): void {
    if (!this.keepsAnnotations) {
      const all = [...args.posonlyargs, ...args.args, args.vararg, ...args.kwonlyargs, args.kwarg];
      for (const arg of all) if (arg !== null) this.optional(arg.annotation);
    }
    for (const value of args.kwDefaults) this.optional(value);
    this.exprs(args.defaults);
  }

  private pattern(p: Pattern): void {
    this.context.enter();
    switch (p.kind) {
      case 'MatchValue':
        this.expr(p.value);
        break;
      case 'MatchSequence':
      case 'MatchOr':
        for (const sub of p.patterns) this.pattern(sub);
        break;
      case 'MatchMapping':
        this.exprs(p.keys);
        for (const sub of p.patterns) this.pattern(sub);
        break;
      case 'MatchClass':
        this.expr(p.cls);
        for (const sub of p.patterns) this.pattern(sub);
        for (const sub of p.kwdPatterns) this.pattern(sub);
        break;
      case 'MatchAs':
        if (p.pattern !== null) this.pattern(p.pattern);
        break;
      default:
        break;
    }
    this.context.leave();
  }

  private exprs(nodes: readonly Expr[]): void {
    for (const node of nodes) this.expr(node);
  }

  private optional(node: Expr | null): void {
    if (node !== null) this.expr(node);
  }

  expr(e: Expr): void {
    this.context.enter();
    this.exprInner(e);
    this.context.leave();
  }

  private exprInner(e: Expr): void {
    switch (e.kind) {
      case 'Constant':
        break;
      case 'Name':
        if (e.ctx === 'Load' && e.id === '__debug__') makeConstant(e, this.context.optimize === 0);
        break;
      case 'Attribute':
        this.expr(e.value);
        break;
      case 'Call':
        this.expr(e.func);
        this.exprs(e.args);
        for (const keyword of e.keywords) this.expr(keyword.value);
        break;
      case 'BinOp':
        this.expr(e.left);
        this.expr(e.right);
        foldBinOp(e);
        break;
      case 'UnaryOp':
        this.expr(e.operand);
        foldUnaryOp(e, this.context);
        break;
      case 'BoolOp':
        this.exprs(e.values);
        break;
      case 'Compare':
        this.expr(e.left);
        this.exprs(e.comparators);
        foldCompare(e);
        break;
      case 'Subscript':
        this.expr(e.value);
        this.expr(e.slice);
        foldSubscript(e);
        break;
      case 'Tuple':
        this.exprs(e.elts);
        foldTuple(e);
        break;
      case 'List':
      case 'Set':
        this.exprs(e.elts);
        break;
      case 'Dict':
        for (const key of e.keys) this.optional(key);
        this.exprs(e.values);
        break;
      case 'IfExp':
        this.expr(e.test);
        this.expr(e.body);
        this.expr(e.orelse);
        break;
      case 'Lambda':
        this.arguments(e.args);
        this.expr(e.body);
        break;
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        this.expr(e.elt);
        this.generators(e.generators);
        break;
      case 'DictComp':
        this.expr(e.key);
        this.expr(e.value);
        this.generators(e.generators);
        break;
      case 'Await':
      case 'YieldFrom':
      case 'Starred':
      case 'NamedExpr':
        this.expr(e.value);
        break;
      case 'Yield':
        this.optional(e.value);
        break;
      case 'FormattedValue':
        this.expr(e.value);
        this.optional(e.formatSpec);
        break;
      case 'JoinedStr':
        this.exprs(e.values);
        break;
      case 'Slice':
        this.optional(e.lower);
        this.optional(e.upper);
        this.optional(e.step);
        break;
    }
  }

  private generators(generators: readonly Comprehension[]): void {
    for (const generator of generators) {
      this.expr(generator.target);
      this.expr(generator.iter);
      this.exprs(generator.ifs);
      foldIterable(generator.iter);
    }
  }
}

/** Turns `e` into `node`, position included. */
function replace(e: Expr, node: Expr): void {
  Object.assign(e, node);
}

function foldBinOp(e: BinOp): void {
  const left = constantOf(e.left);
  if (left === undefined) return;
  if (e.op === 'Mod' && e.right.kind === 'Tuple' && typeof left === 'string') {
    const formatted = foldFormat(e, left, e.right.elts);
    if (formatted !== null) replace(e, formatted);
    return;
  }
  const right = constantOf(e.right);
  if (right === undefined) return;
  const value = binaryOp(e.op, left, right);
  if (value !== undefined) makeConstant(e, value);
}

const INVERSE = { Is: 'IsNot', IsNot: 'Is', In: 'NotIn', NotIn: 'In' } as const;

function foldUnaryOp(e: UnaryOp, context: CompileContext): void {
  const value = constantOf(e.operand);
  if (value !== undefined) {
    const deprecated = e.op === 'Invert' && typeof value === 'boolean';
    if (deprecated && context.options.onBoolInversion?.() === false) return;
    const result = unaryOp(e.op, value);
    if (result !== undefined) makeConstant(e, result);
    return;
  }
  if (e.op !== 'Not' || e.operand.kind !== 'Compare' || e.operand.ops.length !== 1) return;
  const { operand } = e;
  const inverse = INVERSE[operand.ops[0] as keyof typeof INVERSE] as (typeof INVERSE)[keyof typeof INVERSE] | undefined;
  if (inverse === undefined) return;
  operand.ops[0] = inverse;
  replace(e, operand);
}

function foldCompare(e: Compare): void {
  const last = e.ops.length - 1;
  if (e.ops[last] === 'In' || e.ops[last] === 'NotIn') foldIterable(e.comparators[last]!);
}

function foldSubscript(e: Subscript): void {
  if (e.ctx !== 'Load') return;
  const value = constantOf(e.value);
  const index = constantOf(e.slice);
  if (value === undefined || index === undefined) return;
  const item = subscript(value, index);
  if (item !== undefined) makeConstant(e, item);
}

function constantItems(elts: readonly Expr[]): ConstValue[] | null {
  const items: ConstValue[] = [];
  for (const elt of elts) {
    const value = constantOf(elt);
    if (value === undefined) return null;
    items.push(value);
  }
  return items;
}

function foldTuple(e: Tuple): void {
  if (e.ctx !== 'Load') return;
  const items = constantItems(e.elts);
  if (items !== null) makeConstant(e, new ConstTuple(items));
}

/** A list or set that is only iterated over or searched: a tuple or frozenset does as well. */
function foldIterable(e: Expr): void {
  if (e.kind === 'List') {
    if (e.elts.some((elt) => elt.kind === 'Starred')) return;
    const items = constantItems(e.elts);
    if (items !== null) makeConstant(e, new ConstTuple(items));
    else (e as { kind: string }).kind = 'Tuple';
  } else if (e.kind === 'Set') {
    const items = constantItems(e.elts);
    if (items !== null) makeConstant(e, new ConstFrozenSet(uniqueItems(items)));
  }
}
