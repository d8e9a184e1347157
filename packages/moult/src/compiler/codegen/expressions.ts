/** Expressions other than calls and comprehensions. */

import type {
  Attribute,
  Await,
  BinOp,
  BoolOp,
  CmpOperator,
  Compare,
  Dict,
  Expr,
  FormattedValue,
  IfExp,
  JoinedStr,
  Operator,
  Position,
  Slice,
  Subscript,
  Yield,
  YieldFrom,
} from '../../syntax/ast.ts';
import { ComputedTuple, ConstFrozenSet } from '../code-data.ts';
import type { ConstValue } from '../code-data.ts';
import { NO_LOCATION } from '../context.ts';
import { constantOf } from '../fold/constant.ts';
import { uniqueItems } from '../fold/equality.ts';
import { BinaryOp, Intrinsic1, Op } from '../opcodes.ts';
import { attributeLocation, canOptimizeSuper, compileCall, loadSuperArguments } from './calls.ts';
import { compileComprehension } from './comprehensions.ts';
import { jumpIf } from './conditions.ts';
import { compileLambda } from './functions.ts';
import type { Generator } from './generator.ts';
import { STACK_USE_GUIDELINE } from './generator.ts';
import { ScopeType } from './unit.ts';
import { checkCompare, checkIndex, checkSubscripter } from './warnings.ts';

export const BINARY_OPS: { readonly [op in Operator]: BinaryOp } = {
  Add: BinaryOp.ADD,
  Sub: BinaryOp.SUBTRACT,
  Mult: BinaryOp.MULTIPLY,
  MatMult: BinaryOp.MATRIX_MULTIPLY,
  Div: BinaryOp.TRUE_DIVIDE,
  Mod: BinaryOp.REMAINDER,
  Pow: BinaryOp.POWER,
  LShift: BinaryOp.LSHIFT,
  RShift: BinaryOp.RSHIFT,
  BitOr: BinaryOp.OR,
  BitXor: BinaryOp.XOR,
  BitAnd: BinaryOp.AND,
  FloorDiv: BinaryOp.FLOOR_DIVIDE,
};

/** COMPARE_OP's argument: operator number in the high bits, a mask for specialised code in the low ones. */
const COMPARE_ARGS: { readonly [op: string]: number } = {
  Lt: (0 << 4) | 2,
  LtE: (1 << 4) | 10,
  Eq: (2 << 4) | 8,
  NotEq: (3 << 4) | 7,
  Gt: (4 << 4) | 4,
  GtE: (5 << 4) | 12,
};

export function visitExprs(g: Generator, exprs: readonly Expr[]): void {
  for (const e of exprs) visitExpr(g, e);
}

/** Leaves the value of `e` on the stack, or stores into or deletes `e`, by its context. */
export function visitExpr(g: Generator, e: Expr): void {
  switch (e.kind) {
    case 'Constant':
      return g.loadConst(e, constantOf(e)!);
    case 'Name':
      return g.nameOp(e, e.id, e.ctx);
    case 'Attribute':
      return visitAttribute(g, e);
    case 'Call':
      return compileCall(g, e);
    case 'BinOp':
      return visitBinOp(g, e);
    case 'BoolOp':
      return visitBoolOp(g, e);
    case 'UnaryOp':
      visitExpr(g, e.operand);
      if (e.op === 'UAdd') return g.op(e, Op.CALL_INTRINSIC_1, Intrinsic1.UNARY_POSITIVE);
      return g.op(e, e.op === 'Not' ? Op.UNARY_NOT : e.op === 'USub' ? Op.UNARY_NEGATIVE : Op.UNARY_INVERT);
    case 'Compare':
      return visitCompare(g, e);
    case 'Subscript':
      return visitSubscript(g, e);
    case 'IfExp':
      return visitIfExp(g, e);
    case 'Dict':
      return visitDict(g, e);
    case 'Set':
      return buildSequence(g, e, e.elts, 0, SET_OPS, false);
    case 'List':
    case 'Tuple':
      if (e.ctx === 'Store') return unpackInto(g, e, e.elts);
      if (e.ctx === 'Del') return visitExprs(g, e.elts);
      return buildSequence(g, e, e.elts, 0, LIST_OPS, e.kind === 'Tuple');
    case 'Starred':
      throw g.context.error(
        e.ctx === 'Store'
          ? 'starred assignment target must be in a list or tuple'
          : "can't use starred expression here",
        e,
      );
    case 'Slice':
      return g.op(e, Op.BUILD_SLICE, visitSliceBounds(g, e));
    case 'JoinedStr':
      return visitJoinedStr(g, e);
    case 'FormattedValue':
      return visitFormattedValue(g, e);
    case 'Lambda':
      return compileLambda(g, e);
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return compileComprehension(g, e);
    case 'NamedExpr':
      visitExpr(g, e.value);
      g.op(e, Op.COPY, 1);
      return visitExpr(g, e.target);
    case 'Yield':
      return visitYield(g, e);
    case 'YieldFrom':
      return visitYieldFrom(g, e);
    case 'Await':
      return visitAwait(g, e);
  }
}

/** Goes down the left operands in a loop: sums of thousands of terms are that deep. */
function visitBinOp(g: Generator, e: BinOp): void {
  const chain: BinOp[] = [e];
  let { left } = e;
  for (; left.kind === 'BinOp'; left = left.left) chain.push(left);
  visitExpr(g, left);
  for (let i = chain.length - 1; i >= 0; i--) {
    const node = chain[i]!;
    visitExpr(g, node.right);
    g.op(node, Op.BINARY_OP, BINARY_OPS[node.op]);
  }
}

function visitAttribute(g: Generator, e: Attribute): void {
  if (e.ctx === 'Load' && canOptimizeSuper(g, e)) {
    const call = loadSuperArguments(g, e);
    g.opName(e, call.args.length > 0 ? Op.LOAD_SUPER_ATTR : Op.LOAD_ZERO_SUPER_ATTR, e.attr);
    g.op(attributeLocation(e, e), Op.NOP);
    return;
  }
  visitExpr(g, e.value);
  const loc = attributeLocation(e, e);
  if (e.ctx === 'Store') g.checkForbidden(loc, e.attr, 'Store');
  g.opName(loc, e.ctx === 'Load' ? Op.LOAD_ATTR : e.ctx === 'Store' ? Op.STORE_ATTR : Op.DELETE_ATTR, e.attr);
}

function visitBoolOp(g: Generator, e: BoolOp): void {
  const jump = e.op === 'And' ? Op.POP_JUMP_IF_FALSE : Op.POP_JUMP_IF_TRUE;
  const end = g.newLabel();
  const last = e.values.length - 1;
  for (let i = 0; i < last; i++) {
    visitExpr(g, e.values[i]!);
    g.op(e, Op.COPY, 1);
    g.op(e, jump, end);
    g.op(e, Op.POP_TOP);
  }
  visitExpr(g, e.values[last]!);
  g.use(end);
}

/** Compares the two values on top. */
export function compareOp(g: Generator, loc: Position, op: CmpOperator): void {
  switch (op) {
    case 'Is':
    case 'IsNot':
      return g.op(loc, Op.IS_OP, op === 'Is' ? 0 : 1);
    case 'In':
    case 'NotIn':
      return g.op(loc, Op.CONTAINS_OP, op === 'In' ? 0 : 1);
    default:
      return g.op(loc, Op.COMPARE_OP, COMPARE_ARGS[op]!);
  }
}

function visitCompare(g: Generator, e: Compare): void {
  checkCompare(g, e);
  visitExpr(g, e.left);
  const last = e.ops.length - 1;
  if (last === 0) {
    visitExpr(g, e.comparators[0]!);
    return compareOp(g, e, e.ops[0]!);
  }
  const cleanup = g.newLabel();
  for (let i = 0; i < last; i++) {
    visitExpr(g, e.comparators[i]!);
    g.op(e, Op.SWAP, 2);
    g.op(e, Op.COPY, 2);
    compareOp(g, e, e.ops[i]!);
    g.op(e, Op.COPY, 1);
    g.op(e, Op.POP_JUMP_IF_FALSE, cleanup);
    g.op(e, Op.POP_TOP);
  }
  visitExpr(g, e.comparators[last]!);
  compareOp(g, e, e.ops[last]!);
  const end = g.newLabel();
  g.op(NO_LOCATION, Op.JUMP, end);
  g.use(cleanup);
  g.op(e, Op.SWAP, 2);
  g.op(e, Op.POP_TOP);
  g.use(end);
}

function visitIfExp(g: Generator, e: IfExp): void {
  const end = g.newLabel();
  const next = g.newLabel();
  jumpIf(g, e, e.test, next, false);
  visitExpr(g, e.body);
  g.op(NO_LOCATION, Op.JUMP, end);
  g.use(next);
  visitExpr(g, e.orelse);
  g.use(end);
}

// Subscripts

/** `[a:b]`, which has opcodes of its own. */
export function isTwoElementSlice(e: Expr): e is Slice {
  return e.kind === 'Slice' && e.step === null;
}

function visitSubscript(g: Generator, e: Subscript): void {
  if (e.ctx === 'Load') {
    checkSubscripter(g, e.value);
    checkIndex(g, e.value, e.slice);
  }
  visitExpr(g, e.value);
  if (isTwoElementSlice(e.slice) && e.ctx !== 'Del') {
    visitSliceBounds(g, e.slice);
    g.op(e, e.ctx === 'Load' ? Op.BINARY_SLICE : Op.STORE_SLICE);
  } else {
    visitExpr(g, e.slice);
    g.op(e, e.ctx === 'Load' ? Op.BINARY_SUBSCR : e.ctx === 'Store' ? Op.STORE_SUBSCR : Op.DELETE_SUBSCR);
  }
}

/** Pushes the two or three values of a slice; returns how many. */
export function visitSliceBounds(g: Generator, e: Slice): number {
  for (const bound of [e.lower, e.upper]) {
    if (bound !== null) visitExpr(g, bound);
    else g.loadConst(e, null);
  }
  if (e.step === null) return 2;
  visitExpr(g, e.step);
  return 3;
}

// Displays

interface SequenceOps {
  build: Op;
  add: Op;
  extend: Op;
}
const LIST_OPS: SequenceOps = { build: Op.BUILD_LIST, add: Op.LIST_APPEND, extend: Op.LIST_EXTEND };
const SET_OPS: SequenceOps = { build: Op.BUILD_SET, add: Op.SET_ADD, extend: Op.SET_UPDATE };

/** Builds a list or set of `elts` and the `pushed` values already on the stack; as a tuple if `tuple`. */
function buildSequence(
  g: Generator,
  loc: Position,
  elts: readonly Expr[],
  pushed: number,
  ops: SequenceOps,
  tuple: boolean,
): void {
  if (elts.length > 2 && elts.every((elt) => elt.kind === 'Constant')) {
    return buildFromConstants(
      g,
      loc,
      elts.map((elt) => constantOf(elt)!),
      pushed,
      ops,
      tuple,
    );
  }
  const big = elts.length + pushed > STACK_USE_GUIDELINE;
  if (!big && elts.every((elt) => elt.kind !== 'Starred')) {
    visitExprs(g, elts);
    return g.op(loc, tuple ? Op.BUILD_TUPLE : ops.build, elts.length + pushed);
  }
  let built = big;
  if (big) g.op(loc, ops.build, pushed);
  elts.forEach((elt, i) => {
    if (elt.kind === 'Starred') {
      if (!built) g.op(loc, ops.build, i + pushed);
      built = true;
      visitExpr(g, elt.value);
      g.op(loc, ops.extend, 1);
    } else {
      visitExpr(g, elt);
      if (built) g.op(loc, ops.add, 1);
    }
  });
  if (tuple) g.op(loc, Op.CALL_INTRINSIC_1, Intrinsic1.LIST_TO_TUPLE);
}

function buildFromConstants(
  g: Generator,
  loc: Position,
  values: ConstValue[],
  pushed: number,
  ops: SequenceOps,
  tuple: boolean,
): void {
  if (tuple && pushed === 0) return g.loadConst(loc, new ComputedTuple(values));
  const isSet = ops === SET_OPS;
  g.op(loc, ops.build, pushed);
  g.loadConst(loc, isSet ? new ConstFrozenSet(uniqueItems(values)) : new ComputedTuple(values));
  g.op(loc, ops.extend, 1);
  if (tuple) g.op(loc, Op.CALL_INTRINSIC_1, Intrinsic1.LIST_TO_TUPLE);
}

/** The positional arguments of a call as one tuple. */
export function buildArgumentTuple(g: Generator, loc: Position, args: readonly Expr[], pushed: number): void {
  buildSequence(g, loc, args, pushed, LIST_OPS, true);
}

function unpackInto(g: Generator, loc: Position, elts: readonly Expr[]): void {
  const star = elts.findIndex((elt) => elt.kind === 'Starred');
  if (star < 0) {
    g.op(loc, Op.UNPACK_SEQUENCE, elts.length);
  } else {
    const after = elts.length - star - 1;
    if (star >= 256 || after >= 1 << 23)
      throw g.context.error('too many expressions in star-unpacking assignment', loc);
    g.op(loc, Op.UNPACK_EX, star + (after << 8));
    if (elts.some((elt, i) => i > star && elt.kind === 'Starred')) {
      throw g.context.error('multiple starred expressions in assignment', loc);
    }
  }
  for (const elt of elts) visitExpr(g, elt.kind === 'Starred' ? elt.value : elt);
}

function visitDict(g: Generator, e: Dict): void {
  let haveDict = false;
  let pending = 0;
  const flush = (end: number): void => {
    buildSubDict(g, e, end - pending, end);
    if (haveDict) g.op(e, Op.DICT_UPDATE, 1);
    haveDict = true;
    pending = 0;
  };
  e.values.forEach((value, i) => {
    if (e.keys[i] === null) {
      if (pending > 0) flush(i);
      if (!haveDict) g.op(e, Op.BUILD_MAP, 0);
      haveDict = true;
      visitExpr(g, value);
      g.op(e, Op.DICT_UPDATE, 1);
    } else if (pending * 2 > STACK_USE_GUIDELINE) {
      pending++;
      flush(i + 1);
    } else {
      pending++;
    }
  });
  if (pending > 0) flush(e.values.length);
  if (!haveDict) g.op(e, Op.BUILD_MAP, 0);
}

function buildSubDict(g: Generator, e: Dict, begin: number, end: number): void {
  const n = end - begin;
  const big = n * 2 > STACK_USE_GUIDELINE;
  const keys = e.keys.slice(begin, end) as Expr[];
  const values = e.values.slice(begin, end);
  if (n > 1 && !big && keys.every((key) => key.kind === 'Constant')) {
    visitExprs(g, values);
    g.loadConst(e, new ComputedTuple(keys.map((key) => constantOf(key)!)));
    return g.op(e, Op.BUILD_CONST_KEY_MAP, n);
  }
  if (big) g.op(e, Op.BUILD_MAP, 0);
  keys.forEach((key, i) => {
    visitExpr(g, key);
    visitExpr(g, values[i]!);
    if (big) g.op(e, Op.MAP_ADD, 1);
  });
  if (!big) g.op(e, Op.BUILD_MAP, n);
}

// Formatted strings

function visitJoinedStr(g: Generator, e: JoinedStr): void {
  if (e.values.length > STACK_USE_GUIDELINE) {
    g.loadConst(e, '');
    g.opName(e, Op.LOAD_METHOD, 'join');
    g.op(e, Op.BUILD_LIST, 0);
    for (const value of e.values) {
      visitExpr(g, value);
      g.op(e, Op.LIST_APPEND, 1);
    }
    return g.op(e, Op.CALL, 1);
  }
  visitExprs(g, e.values);
  if (e.values.length !== 1) g.op(e, Op.BUILD_STRING, e.values.length);
}

function visitFormattedValue(g: Generator, e: FormattedValue): void {
  visitExpr(g, e.value);
  let arg = e.conversion < 0 ? 0 : 'sra'.indexOf(String.fromCharCode(e.conversion)) + 1;
  if (e.formatSpec !== null) {
    visitExpr(g, e.formatSpec);
    arg |= 4;
  }
  g.op(e, Op.FORMAT_VALUE, arg);
}

// Suspension

function visitYield(g: Generator, e: Yield): void {
  if (!g.unit.block.isFunctionLike) throw g.context.error("'yield' outside function", e);
  if (e.value !== null) visitExpr(g, e.value);
  else g.loadConst(e, null);
  g.yieldTop(e);
}

function visitYieldFrom(g: Generator, e: YieldFrom): void {
  if (!g.unit.block.isFunctionLike) throw g.context.error("'yield' outside function", e);
  if (g.unit.scopeType === ScopeType.AsyncFunction) throw g.context.error("'yield from' inside async function", e);
  visitExpr(g, e.value);
  g.op(e, Op.GET_YIELD_FROM_ITER);
  g.loadConst(e, null);
  g.yieldFrom(e, false);
}

function visitAwait(g: Generator, e: Await): void {
  if (!g.isTopLevelAwait) {
    const { block, scopeType } = g.unit;
    if (!block.isFunctionLike) throw g.context.error("'await' outside function", e);
    if (scopeType !== ScopeType.AsyncFunction && scopeType !== ScopeType.Comprehension) {
      throw g.context.error("'await' outside async function", e);
    }
  }
  visitExpr(g, e.value);
  g.awaitTop(e, 0);
}
