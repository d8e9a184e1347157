/** Functions, classes, type parameters and type aliases. */

import type {
  Arg,
  Arguments,
  AsyncFunctionDef,
  ClassDef,
  Expr,
  FunctionDef,
  Lambda,
  Name,
  Position,
  Stmt,
  TypeAlias,
  TypeParam,
} from '../../syntax/ast.ts';
import { ComputedTuple } from '../code-data.ts';
import { NO_LOCATION } from '../context.ts';
import { docstringOf } from '../docstring.ts';
import { Instr } from '../instr.ts';
import { mangle } from '../mangle.ts';
import { Intrinsic1, Intrinsic2, Op } from '../opcodes.ts';
import { callHelper } from './calls.ts';
import { visitExpr } from './expressions.ts';
import type { Generator } from './generator.ts';
import { visitAnnotation, visitBody } from './statements.ts';
import { indexOf, ScopeType } from './unit.ts';

/** MAKE_FUNCTION's bits. */
const enum FunctionFlag {
  Defaults = 1,
  KwDefaults = 2,
  Annotations = 4,
}

type AnyFunctionDef = FunctionDef | AsyncFunctionDef;

export function compileFunction(g: Generator, s: AnyFunctionDef): void {
  checkParameters(g, s.args);
  visitDecorators(g, s.decoratorList);
  const firstlineno = s.decoratorList[0]?.lineno ?? s.lineno;
  const generic = s.typeParams.length > 0;
  if (generic) g.op(s, Op.PUSH_NULL);
  let flags = visitDefaults(g, s, s.args);
  let ntypeArgs = 0;
  if (generic) ntypeArgs = enterFunctionTypeParams(g, s, flags, firstlineno);
  if (visitAnnotations(g, s)) flags |= FunctionFlag.Annotations;
  compileFunctionBody(g, s, flags, firstlineno);
  if (generic) leaveFunctionTypeParams(g, s, ntypeArgs);
  applyDecorators(g, s.decoratorList);
  g.nameOp(s, s.name, 'Store');
}

/** Defaults are evaluated outside and passed to the function that makes the type parameters. */
function enterFunctionTypeParams(g: Generator, s: AnyFunctionDef, flags: number, firstlineno: number): number {
  const hasDefaults = (flags & FunctionFlag.Defaults) !== 0;
  const hasKwDefaults = (flags & FunctionFlag.KwDefaults) !== 0;
  const nargs = Number(hasDefaults) + Number(hasKwDefaults);
  if (nargs === 2) g.op(s, Op.SWAP, 2);
  g.enterScope(`<generic parameters of ${s.name}>`, ScopeType.TypeParams, s.typeParams, firstlineno);
  visitTypeParams(g, s.typeParams);
  for (let i = 0; i < nargs; i++) g.op(s, Op.LOAD_FAST, i);
  return nargs;
}

function leaveFunctionTypeParams(g: Generator, s: AnyFunctionDef, nargs: number): void {
  g.op(s, Op.SWAP, 2);
  g.op(s, Op.CALL_INTRINSIC_2, Intrinsic2.SET_FUNCTION_TYPE_PARAMS);
  g.unit.argcount = nargs;
  g.makeClosure(s, g.finishScope(false), 0);
  if (nargs > 0) g.op(s, Op.SWAP, nargs + 1);
  g.op(s, Op.CALL, nargs);
}

function compileFunctionBody(g: Generator, s: AnyFunctionDef, flags: number, firstlineno: number): void {
  const type = s.kind === 'AsyncFunctionDef' ? ScopeType.AsyncFunction : ScopeType.Function;
  g.enterScope(s.name, type, s, firstlineno);
  const docstring = g.context.optimize < 2 ? docstringOf(s.body) : null;
  g.addConst(docstring);
  setParameterCounts(g, s.args);
  visitBody(g, docstring === null ? s.body : s.body.slice(1));
  if (g.unit.block.coroutine || g.unit.block.generator) wrapInStopIterationHandler(g);
  g.makeClosure(s, g.finishScope(true), flags);
}

function setParameterCounts(g: Generator, args: Arguments): void {
  g.unit.argcount = args.args.length;
  g.unit.posonlyargcount = args.posonlyargs.length;
  g.unit.kwonlyargcount = args.kwonlyargs.length;
}

/** A StopIteration that leaves a generator becomes a RuntimeError. */
export function wrapInStopIterationHandler(g: Generator): void {
  const handler = g.newLabel();
  g.unit.sequence.insertFirst(new Instr(Op.SETUP_CLEANUP, handler, NO_LOCATION));
  g.loadConst(NO_LOCATION, null);
  g.op(NO_LOCATION, Op.RETURN_VALUE);
  g.use(handler);
  g.op(NO_LOCATION, Op.CALL_INTRINSIC_1, Intrinsic1.STOPITERATION_ERROR);
  g.op(NO_LOCATION, Op.RERAISE, 1);
}

export function compileLambda(g: Generator, e: Lambda): void {
  checkParameters(g, e.args);
  const flags = visitDefaults(g, e, e.args);
  g.enterScope('<lambda>', ScopeType.Lambda, e, e.lineno);
  g.addConst(null);
  setParameterCounts(g, e.args);
  visitExpr(g, e.body);
  const isGenerator = g.unit.block.generator;
  if (!isGenerator) g.op(lineLocation(e.lineno), Op.RETURN_VALUE);
  g.makeClosure(e, g.finishScope(!isGenerator), flags);
}

function lineLocation(lineno: number): Position {
  return { lineno, endLineno: lineno, colOffset: 0, endColOffset: 0 };
}

// Parameters

function allParameters(args: Arguments): Arg[] {
  const list = [...args.posonlyargs, ...args.args, args.vararg, ...args.kwonlyargs, args.kwarg];
  return list.filter((arg) => arg !== null);
}

function checkParameters(g: Generator, args: Arguments): void {
  for (const arg of allParameters(args)) g.checkForbidden(arg, arg.arg, 'Store');
}

/** Pushes the tuple and dict of default values; returns MAKE_FUNCTION's bits for them. */
function visitDefaults(g: Generator, loc: Position, args: Arguments): number {
  let flags = 0;
  if (args.defaults.length > 0) {
    for (const value of args.defaults) visitExpr(g, value);
    g.op(loc, Op.BUILD_TUPLE, args.defaults.length);
    flags |= FunctionFlag.Defaults;
  }
  const keys: string[] = [];
  args.kwonlyargs.forEach((arg, i) => {
    const value = args.kwDefaults[i] ?? null;
    if (value === null) return;
    keys.push(mangle(g.unit.className, arg.arg));
    visitExpr(g, value);
  });
  if (keys.length > 0) {
    g.loadConst(loc, new ComputedTuple(keys));
    g.op(loc, Op.BUILD_CONST_KEY_MAP, keys.length);
    flags |= FunctionFlag.KwDefaults;
  }
  return flags;
}

/** Pushes the tuple of names and annotations; false if there are none. */
function visitAnnotations(g: Generator, s: AnyFunctionDef): boolean {
  const { args } = s;
  const params = [...args.args, ...args.posonlyargs, args.vararg, ...args.kwonlyargs, args.kwarg];
  let count = 0;
  for (const arg of params) if (arg !== null) count += visitArgAnnotation(g, s, arg.arg, arg.annotation);
  count += visitArgAnnotation(g, s, 'return', s.returns);
  if (count > 0) g.op(s, Op.BUILD_TUPLE, count);
  return count > 0;
}

function visitArgAnnotation(g: Generator, loc: Position, name: string, annotation: Expr | null): number {
  if (annotation === null) return 0;
  g.loadConst(loc, mangle(g.unit.className, name));
  if (annotation.kind === 'Starred' && !g.stringAnnotations) {
    visitExpr(g, annotation.value);
    g.op(loc, Op.UNPACK_SEQUENCE, 1);
  } else {
    visitAnnotation(g, annotation);
  }
  return 2;
}

// Decorators

function visitDecorators(g: Generator, decorators: readonly Expr[]): void {
  for (const decorator of decorators) visitExpr(g, decorator);
}

function applyDecorators(g: Generator, decorators: readonly Expr[]): void {
  for (const decorator of [...decorators].reverse()) g.op(decorator, Op.CALL, 0);
}

// Type parameters

/** Makes each type parameter, stores it, and leaves the tuple of all on the stack. */
function visitTypeParams(g: Generator, params: readonly TypeParam[]): void {
  for (const param of params) {
    g.loadConst(param, param.name);
    if (param.kind === 'TypeVar' && param.bound !== null) visitBound(g, param, param.name, param.bound);
    else g.op(param, Op.CALL_INTRINSIC_1, TYPE_PARAM_INTRINSICS[param.kind]);
    g.op(param, Op.COPY, 1);
    g.nameOp(param, param.name, 'Store');
  }
  g.op(params[0]!, Op.BUILD_TUPLE, params.length);
}

const TYPE_PARAM_INTRINSICS = {
  TypeVar: Intrinsic1.TYPEVAR,
  ParamSpec: Intrinsic1.PARAMSPEC,
  TypeVarTuple: Intrinsic1.TYPEVARTUPLE,
};

/** A bound is a function that is called when it is asked for. */
function visitBound(g: Generator, param: TypeParam, name: string, bound: Expr): void {
  g.enterScope(name, ScopeType.TypeParams, param, bound.lineno);
  visitExpr(g, bound);
  g.op(param, Op.RETURN_VALUE);
  g.makeClosure(param, g.finishScope(true), 0);
  const constraints = bound.kind === 'Tuple';
  g.op(param, Op.CALL_INTRINSIC_2, constraints ? Intrinsic2.TYPEVAR_WITH_CONSTRAINTS : Intrinsic2.TYPEVAR_WITH_BOUND);
}

export function compileTypeAlias(g: Generator, s: TypeAlias): void {
  const name = (s.name as Name).id;
  const generic = s.typeParams.length > 0;
  if (generic) {
    g.op(s, Op.PUSH_NULL);
    g.enterScope(`<generic parameters of ${name}>`, ScopeType.TypeParams, s.typeParams, s.lineno);
    g.loadConst(s, name);
    visitTypeParams(g, s.typeParams);
  } else {
    g.loadConst(s, name);
    g.loadConst(s, null);
  }
  compileTypeAliasBody(g, s, name);
  if (generic) {
    g.makeClosure(s, g.finishScope(false), 0);
    g.op(s, Op.CALL, 0);
  }
  g.nameOp(s, name, 'Store');
}

function compileTypeAliasBody(g: Generator, s: TypeAlias, name: string): void {
  g.enterScope(name, ScopeType.Function, s, s.lineno);
  g.addConst(null);
  visitExpr(g, s.value);
  g.op(s, Op.RETURN_VALUE);
  g.makeClosure(s, g.finishScope(false), 0);
  g.op(s, Op.BUILD_TUPLE, 3);
  g.op(s, Op.CALL_INTRINSIC_1, Intrinsic1.TYPEALIAS);
}

// Classes

export function compileClass(g: Generator, s: ClassDef): void {
  visitDecorators(g, s.decoratorList);
  const firstlineno = s.decoratorList[0]?.lineno ?? s.lineno;
  if (s.typeParams.length > 0) {
    compileGenericClass(g, s, firstlineno);
  } else {
    compileClassBody(g, s, firstlineno);
    callHelper(g, s, 2, s.bases, s.keywords);
  }
  applyDecorators(g, s.decoratorList);
  g.nameOp(s, s.name, 'Store');
}

function compileGenericClass(g: Generator, s: ClassDef, firstlineno: number): void {
  // Stays set in the unit around the class, as in CPython 3.12.1.
  g.unit.className = s.name;
  g.op(s, Op.PUSH_NULL);
  g.enterScope(`<generic parameters of ${s.name}>`, ScopeType.TypeParams, s.typeParams, firstlineno);
  visitTypeParams(g, s.typeParams);
  g.nameOp(s, '.type_params', 'Store');
  compileClassBody(g, s, firstlineno);
  g.nameOp(s, '.type_params', 'Load');
  g.op(s, Op.CALL_INTRINSIC_1, Intrinsic1.SUBSCRIPT_GENERIC);
  g.nameOp(s, '.generic_base', 'Store');
  const { lineno, colOffset, endLineno, endColOffset } = s;
  const base: Name = { kind: 'Name', id: '.generic_base', ctx: 'Load', lineno, colOffset, endLineno, endColOffset };
  callHelper(g, s, 2, [...s.bases, base], s.keywords);
  g.makeClosure(s, g.finishScope(false), 0);
  g.op(s, Op.CALL, 0);
}

/** Pushes null, __build_class__, the function of the body, and the class name. */
function compileClassBody(g: Generator, s: ClassDef, firstlineno: number): void {
  g.enterScope(s.name, ScopeType.Class, s, firstlineno);
  const { unit } = g;
  const loc = lineLocation(firstlineno);
  unit.className = s.name;
  g.nameOp(loc, '__name__', 'Load');
  g.nameOp(loc, '__module__', 'Store');
  g.loadConst(loc, unit.qualname);
  g.nameOp(loc, '__qualname__', 'Store');
  if (s.typeParams.length > 0) {
    g.nameOp(loc, '.type_params', 'Load');
    g.nameOp(loc, '__type_params__', 'Store');
  }
  if (unit.block.needsClassDict) {
    g.op(loc, Op.LOAD_LOCALS);
    g.op(loc, Op.STORE_DEREF, indexOf(unit.cellvars, '__classdict__'));
  }
  visitModuleOrClassBody(g, loc, s.body);
  storeClassCells(g);
  const code = g.finishScope(true);
  g.op(s, Op.PUSH_NULL);
  g.op(s, Op.LOAD_BUILD_CLASS);
  g.makeClosure(s, code, 0);
  g.loadConst(s, s.name);
}

/** Ends the class body: hands the cells that methods use to `type.__new__`, returns the `__class__` cell or None. */
function storeClassCells(g: Generator): void {
  const { block, cellvars } = g.unit;
  if (block.needsClassDict) {
    g.op(NO_LOCATION, Op.LOAD_CLOSURE, cellvars.get('__classdict__')!);
    g.nameOp(NO_LOCATION, '__classdictcell__', 'Store');
  }
  if (block.needsClassClosure) {
    g.op(NO_LOCATION, Op.LOAD_CLOSURE, cellvars.get('__class__')!);
    g.op(NO_LOCATION, Op.COPY, 1);
    g.nameOp(NO_LOCATION, '__classcell__', 'Store');
  } else {
    g.loadConst(NO_LOCATION, null);
  }
  g.op(NO_LOCATION, Op.RETURN_VALUE);
}

/** A body with a docstring and `__annotations__`. */
export function visitModuleOrClassBody(g: Generator, loc: Position, body: readonly Stmt[]): void {
  const first = body[0];
  if (hasAnnotations(body)) {
    g.op(g.unit.scopeType === ScopeType.Module ? first! : loc, Op.SETUP_ANNOTATIONS);
  }
  let start = 0;
  if (first?.kind === 'Expr' && g.context.optimize < 2 && docstringOf(body) !== null) {
    start = 1;
    visitExpr(g, first.value);
    g.nameOp(NO_LOCATION, '__doc__', 'Store');
  }
  visitBody(g, start === 0 ? body : body.slice(start));
}

/** Whether a variable annotation stands in `body`, functions and classes in it excepted. */
export function hasAnnotations(body: readonly Stmt[]): boolean {
  return body.some((s) => {
    switch (s.kind) {
      case 'AnnAssign':
        return true;
      case 'For':
      case 'AsyncFor':
      case 'While':
      case 'If':
        return hasAnnotations(s.body) || hasAnnotations(s.orelse);
      case 'With':
      case 'AsyncWith':
        return hasAnnotations(s.body);
      case 'Try':
      case 'TryStar':
        return (
          s.handlers.some((handler) => hasAnnotations(handler.body)) ||
          hasAnnotations(s.body) ||
          hasAnnotations(s.finalbody) ||
          hasAnnotations(s.orelse)
        );
      case 'Match':
        return s.cases.some((c) => hasAnnotations(c.body));
      default:
        return false;
    }
  });
}
