/** Checks of trees that a program made: what the grammar cannot say, in the order in which CPython checks it.
 *  Source: CPython 3.12 Python/ast.c. */
import { typeError, valueError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import type {
  Arg,
  Arguments,
  ExceptHandler,
  ExprContext,
  FunctionDef,
  Keyword,
  Mod,
  Stmt,
  Try,
  TryStar,
  TypeParam,
} from '../../syntax/ast.ts';
import { checkExpression, checkExpressions, checkName, checkNotEmpty, checkPosition } from './validate-expressions.ts';
import { checkPattern } from './validate-patterns.ts';

/** Raises ValueError or TypeError for a tree that cannot be compiled. */
export function validate(rt: Runtime, tree: Mod): void {
  switch (tree.kind) {
    case 'Module':
    case 'Interactive':
      checkStatements(rt, tree.body);
      break;
    case 'Expression':
      checkExpression(rt, tree.body, 'Load');
      break;
    case 'FunctionType':
      checkExpressions(rt, tree.argtypes, 'Load');
      checkExpression(rt, tree.returns, 'Load');
  }
}

function checkStatements(rt: Runtime, statements: readonly (Stmt | null)[]): void {
  for (const statement of statements) {
    if (statement === null) valueError(rt, 'None disallowed in statement list');
    checkStatement(rt, statement);
  }
}

function checkBody(rt: Runtime, body: readonly Stmt[], owner: string): void {
  checkNotEmpty(rt, body, 'body', owner);
  checkStatements(rt, body);
}

/** One case for each kind of statement. */
function checkStatement(rt: Runtime, s: Stmt): void {
  checkPosition(rt, s);
  switch (s.kind) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      return checkFunction(rt, s as FunctionDef);
    case 'ClassDef':
      checkBody(rt, s.body, s.kind);
      checkTypeParams(rt, s.typeParams);
      checkExpressions(rt, s.bases, 'Load');
      checkKeywords(rt, s.keywords);
      return checkExpressions(rt, s.decoratorList, 'Load');
    case 'Return':
      return checkOptional(rt, s.value);
    case 'Delete':
      checkNotEmpty(rt, s.targets, 'targets', s.kind);
      return checkExpressions(rt, s.targets, 'Del');
    case 'Assign':
      checkNotEmpty(rt, s.targets, 'targets', s.kind);
      checkExpressions(rt, s.targets, 'Store');
      return checkExpression(rt, s.value, 'Load');
    case 'AugAssign':
      checkExpression(rt, s.target, 'Store');
      return checkExpression(rt, s.value, 'Load');
    case 'AnnAssign':
      if (s.target.kind !== 'Name' && Number(s.simple) !== 0) typeError(rt, 'AnnAssign with simple non-Name target');
      checkExpression(rt, s.target, 'Store');
      checkOptional(rt, s.value);
      return checkExpression(rt, s.annotation, 'Load');
    case 'TypeAlias':
      if (s.name.kind !== 'Name') typeError(rt, 'TypeAlias with non-Name name');
      checkExpression(rt, s.name, 'Store');
      checkTypeParams(rt, s.typeParams);
      return checkExpression(rt, s.value, 'Load');
    case 'For':
    case 'AsyncFor':
      checkExpression(rt, s.target, 'Store');
      checkExpression(rt, s.iter, 'Load');
      checkBody(rt, s.body, s.kind);
      return checkStatements(rt, s.orelse);
    case 'While':
    case 'If':
      checkExpression(rt, s.test, 'Load');
      checkBody(rt, s.body, s.kind);
      return checkStatements(rt, s.orelse);
    case 'With':
    case 'AsyncWith':
      checkNotEmpty(rt, s.items, 'items', s.kind);
      for (const item of s.items) {
        checkExpression(rt, item.contextExpr, 'Load');
        checkOptional(rt, item.optionalVars, 'Store');
      }
      return checkBody(rt, s.body, s.kind);
    case 'Match':
      checkExpression(rt, s.subject, 'Load');
      checkNotEmpty(rt, s.cases, 'cases', s.kind);
      for (const part of s.cases) {
        checkPattern(rt, part.pattern, false);
        checkOptional(rt, part.guard);
        checkBody(rt, part.body, 'match_case');
      }
      return;
    case 'Raise':
      if (s.exc === null && s.cause !== null) valueError(rt, 'Raise with cause but no exception');
      checkOptional(rt, s.exc);
      return checkOptional(rt, s.cause);
    case 'Try':
    case 'TryStar':
      return checkTry(rt, s);
    case 'Assert':
      checkExpression(rt, s.test, 'Load');
      return checkOptional(rt, s.msg);
    case 'ImportFrom':
      if (s.level < 0) valueError(rt, 'Negative ImportFrom level');
      return checkNotEmpty(rt, s.names, 'names', s.kind);
    case 'Import':
    case 'Global':
    case 'Nonlocal':
      return checkNotEmpty(rt, s.names, 'names', s.kind);
    case 'Expr':
      return checkExpression(rt, s.value, 'Load');
    case 'Pass':
    case 'Break':
    case 'Continue':
      return;
  }
}

function checkOptional(
  rt: Runtime,
  e: Parameters<typeof checkExpression>[1] | null,
  context: ExprContext = 'Load',
): void {
  if (e !== null) checkExpression(rt, e, context);
}

function checkFunction(rt: Runtime, s: FunctionDef): void {
  checkBody(rt, s.body, s.kind);
  checkTypeParams(rt, s.typeParams);
  checkArguments(rt, s.args);
  checkExpressions(rt, s.decoratorList, 'Load');
  checkOptional(rt, s.returns);
}

function checkTypeParams(rt: Runtime, params: readonly TypeParam[]): void {
  for (const param of params) {
    checkPosition(rt, param);
    checkName(rt, param.name);
    if (param.kind === 'TypeVar') checkOptional(rt, param.bound);
  }
}

/** The parameters of a function or of `lambda`. */
export function checkArguments(rt: Runtime, args: Arguments): void {
  checkParameters(rt, args.posonlyargs);
  checkParameters(rt, args.args);
  checkOptional(rt, args.vararg?.annotation ?? null);
  checkParameters(rt, args.kwonlyargs);
  checkOptional(rt, args.kwarg?.annotation ?? null);
  if (args.defaults.length > args.posonlyargs.length + args.args.length) {
    valueError(rt, 'more positional defaults than args on arguments');
  }
  if (args.kwDefaults.length !== args.kwonlyargs.length) {
    valueError(rt, 'length of kwonlyargs is not the same as kw_defaults on arguments');
  }
  checkExpressions(rt, args.defaults, 'Load');
  checkExpressions(rt, args.kwDefaults, 'Load', true);
}

function checkParameters(rt: Runtime, args: readonly Arg[]): void {
  for (const arg of args) {
    checkPosition(rt, arg);
    checkOptional(rt, arg.annotation);
  }
}

/** The keyword arguments of a call or a class. */
export function checkKeywords(rt: Runtime, keywords: readonly Keyword[]): void {
  for (const keyword of keywords) checkExpression(rt, keyword.value, 'Load');
}

function checkTry(rt: Runtime, s: Try | TryStar): void {
  checkBody(rt, s.body, s.kind);
  if (s.handlers.length === 0 && s.finalbody.length === 0) {
    valueError(rt, `${s.kind} has neither except handlers nor finalbody`);
  }
  if (s.handlers.length === 0 && s.orelse.length > 0) valueError(rt, `${s.kind} has orelse but no except handlers`);
  for (const handler of s.handlers) checkHandler(rt, handler);
  checkStatements(rt, s.finalbody);
  checkStatements(rt, s.orelse);
}

function checkHandler(rt: Runtime, handler: ExceptHandler): void {
  checkPosition(rt, handler);
  checkOptional(rt, handler.type);
  checkBody(rt, handler.body, handler.kind);
}
