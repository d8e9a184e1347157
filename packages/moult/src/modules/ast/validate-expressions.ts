/** Checks of expressions in trees that a program made. */
import { valueError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { Comprehension, Expr, ExprContext, Position } from '../../syntax/ast.ts';
import { checkArguments, checkKeywords } from './validate.ts';

const CONSTANT_NAMES = ['None', 'True', 'False'];

export function checkNotEmpty(rt: Runtime, list: readonly unknown[], field: string, owner: string): void {
  if (list.length === 0) valueError(rt, `empty ${field} on ${owner}`);
}

/** Raises ValueError unless the end lies behind the start. */
export function checkPosition(rt: Runtime, { lineno, endLineno, colOffset, endColOffset }: Position): void {
  if (lineno > endLineno) valueError(rt, `AST node line range (${lineno}, ${endLineno}) is not valid`);
  const negative = (start: number, end: number): boolean => start < 0 && end !== start;
  if (negative(lineno, endLineno) || negative(colOffset, endColOffset)) {
    valueError(
      rt,
      `AST node column range (${colOffset}, ${endColOffset}) for line range (${lineno}, ${endLineno}) is not valid`,
    );
  }
  if (lineno === endLineno && colOffset > endColOffset) {
    valueError(rt, `line ${lineno}, column ${colOffset}-${endColOffset} is not a valid range`);
  }
}

/** Raises ValueError for the name of a constant. */
export function checkName(rt: Runtime, name: string): void {
  if (CONSTANT_NAMES.includes(name)) valueError(rt, `identifier field can't represent '${name}' constant`);
}

export function checkExpressions(
  rt: Runtime,
  list: readonly (Expr | null)[],
  context: ExprContext,
  mayMiss = false,
): void {
  for (const e of list) {
    if (e !== null) checkExpression(rt, e, context);
    else if (!mayMiss) valueError(rt, 'None disallowed in expression list');
  }
}

function checkContext(rt: Runtime, e: Expr, context: ExprContext): void {
  if (!('ctx' in e)) {
    if (context !== 'Load') valueError(rt, `expression which can't be assigned to in ${context} context`);
  } else if (e.ctx !== context) {
    valueError(rt, `expression must have ${context} context but has ${e.ctx} instead`);
  }
}

/** One case for each kind of expression. `context`: what is done with its value. */
export function checkExpression(rt: Runtime, e: Expr, context: ExprContext): void {
  checkPosition(rt, e);
  if (e.kind === 'Name') checkName(rt, e.id);
  checkContext(rt, e, context);
  const load = (...parts: readonly (Expr | null)[]): void => {
    for (const part of parts) if (part !== null) checkExpression(rt, part, 'Load');
  };
  switch (e.kind) {
    case 'BoolOp':
      if (e.values.length < 2) valueError(rt, 'BoolOp with less than 2 values');
      return checkExpressions(rt, e.values, 'Load');
    case 'BinOp':
      return load(e.left, e.right);
    case 'UnaryOp':
      return load(e.operand);
    case 'Lambda':
      checkArguments(rt, e.args);
      return load(e.body);
    case 'IfExp':
      return load(e.test, e.body, e.orelse);
    case 'Dict':
      if (e.keys.length !== e.values.length) valueError(rt, "Dict doesn't have the same number of keys as values");
      checkExpressions(rt, e.keys, 'Load', true);
      return checkExpressions(rt, e.values, 'Load');
    case 'Set':
      return checkExpressions(rt, e.elts, 'Load');
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
      checkGenerators(rt, e.generators);
      return load(e.elt);
    case 'DictComp':
      checkGenerators(rt, e.generators);
      return load(e.key, e.value);
    case 'Yield':
    case 'YieldFrom':
    case 'Await':
    case 'NamedExpr':
    case 'Attribute':
      return load(e.value);
    case 'Compare':
      if (e.comparators.length === 0) valueError(rt, 'Compare with no comparators');
      if (e.comparators.length !== e.ops.length) {
        valueError(rt, 'Compare has a different number of comparators and operands');
      }
      checkExpressions(rt, e.comparators, 'Load');
      return load(e.left);
    case 'Call':
      load(e.func);
      checkExpressions(rt, e.args, 'Load');
      return checkKeywords(rt, e.keywords);
    case 'JoinedStr':
      return checkExpressions(rt, e.values, 'Load');
    case 'FormattedValue':
      return load(e.value, e.formatSpec);
    case 'Subscript':
      return load(e.slice, e.value);
    case 'Starred':
      return checkExpression(rt, e.value, context);
    case 'Slice':
      return load(e.lower, e.upper, e.step);
    case 'List':
    case 'Tuple':
      return checkExpressions(rt, e.elts, context);
    case 'Constant':
    case 'Name':
      return;
  }
}

function checkGenerators(rt: Runtime, generators: readonly Comprehension[]): void {
  if (generators.length === 0) valueError(rt, 'comprehension with no generators');
  for (const { target, iter, ifs } of generators) {
    checkExpression(rt, target, 'Store');
    checkExpression(rt, iter, 'Load');
    checkExpressions(rt, ifs, 'Load');
  }
}
