/** Checks of trees that a program made: what the grammar cannot say. Source: CPython 3.12 Python/ast.c. */
import { typeError, valueError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { Mod } from '../../syntax/ast.ts';
import { ENUMERATIONS, NODE_CLASSES } from './schema.ts';
import type { Field } from './schema.ts';
import type { Fields } from './to-object.ts';

/** Lists that may be empty, by class and field: all but these. */
const NEVER_EMPTY: Readonly<Record<string, readonly string[]>> = {
  FunctionDef: ['body'],
  AsyncFunctionDef: ['body'],
  ClassDef: ['body'],
  For: ['body'],
  AsyncFor: ['body'],
  While: ['body'],
  If: ['body'],
  With: ['items', 'body'],
  AsyncWith: ['items', 'body'],
  Try: ['body'],
  TryStar: ['body'],
  ExceptHandler: ['body'],
  match_case: ['body'],
  Match: ['cases'],
  Delete: ['targets'],
  Assign: ['targets'],
  Import: ['names'],
  ImportFrom: ['names'],
  Global: ['names'],
  Nonlocal: ['names'],
  ListComp: ['generators'],
  SetComp: ['generators'],
  DictComp: ['generators'],
  GeneratorExp: ['generators'],
};

/** Fields whose expressions are stored to or deleted. */
const CONTEXTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Delete: { targets: 'Del' },
  Assign: { targets: 'Store' },
  AugAssign: { target: 'Store' },
  AnnAssign: { target: 'Store' },
  For: { target: 'Store' },
  AsyncFor: { target: 'Store' },
  NamedExpr: { target: 'Store' },
  TypeAlias: { name: 'Store' },
  comprehension: { target: 'Store' },
  withitem: { optional_vars: 'Store' },
};

/** Raises ValueError or TypeError for a tree that cannot be compiled. */
export function validate(rt: Runtime, tree: Mod): void {
  check(rt, tree as unknown as Fields, 'Load');
}

function check(rt: Runtime, node: Fields, context: string): void {
  const described = NODE_CLASSES.get(node.kind);
  if (described === undefined) return;
  checkContext(rt, node, context);
  checkCounts(rt, node);
  for (const field of described.fields) {
    const value = node[field.property];
    if (value === null || ENUMERATIONS.has(field.type)) continue;
    const inner = CONTEXTS[node.kind]?.[field.name] ?? (passesContext(node.kind, field.name) ? context : 'Load');
    if (field.mark === '*') checkList(rt, node, field, value as unknown[], inner);
    else if (typeof value === 'object' && NODE_CLASSES.has(field.type)) check(rt, value as Fields, inner);
  }
}

/** The parts of a target that are targets themselves. */
function passesContext(kind: string, field: string): boolean {
  return ((kind === 'Tuple' || kind === 'List') && field === 'elts') || (kind === 'Starred' && field === 'value');
}

function checkContext(rt: Runtime, node: Fields, context: string): void {
  if (NODE_CLASSES.get(node.kind)?.sum !== 'expr') return;
  const own = node.ctx;
  if (own === undefined) {
    if (context !== 'Load') valueError(rt, `expression which can't be assigned to in ${context} context`);
  } else if (own !== context) {
    valueError(rt, `expression must have ${context} context but has ${typeof own === 'string' ? own : 'no'} instead`);
  }
}

function checkList(rt: Runtime, node: Fields, field: Field, items: readonly unknown[], context: string): void {
  if (items.length === 0) {
    if (NEVER_EMPTY[node.kind]?.includes(field.name) === true) valueError(rt, `empty ${field.name} on ${node.kind}`);
    return;
  }
  const mayMiss = (node.kind === 'Dict' && field.name === 'keys') || field.name === 'kw_defaults';
  for (const item of items) {
    if (item === null && !mayMiss) valueError(rt, `None disallowed in ${field.type === 'stmt' ? 'statement' : 'expression'} list`);
    if (typeof item === 'object' && item !== null) check(rt, item as Fields, context);
  }
}

const count = (value: unknown): number => (value as unknown[]).length;

/** Lists that must have the same length, and nodes that need more of one kind than none. */
function checkCounts(rt: Runtime, node: Fields): void {
  switch (node.kind) {
    case 'Dict':
      if (count(node.keys) !== count(node.values)) valueError(rt, "Dict doesn't have the same number of keys as values");
      break;
    case 'Compare':
      if (count(node.comparators) === 0) valueError(rt, 'Compare with no comparators');
      if (count(node.comparators) !== count(node.ops)) valueError(rt, 'Compare has a different number of comparators and operands');
      break;
    case 'BoolOp':
      if (count(node.values) < 2) valueError(rt, 'BoolOp with less than 2 values');
      break;
    case 'arguments':
      checkArguments(rt, node);
      break;
    case 'Try':
    case 'TryStar':
      checkTry(rt, node);
      break;
    case 'Raise':
      if (node.exc === null && node.cause !== null) valueError(rt, 'Raise with cause but no exception');
      break;
    case 'AnnAssign':
      if (node.simple !== 0 && (node.target as Fields).kind !== 'Name') typeError(rt, 'AnnAssign with simple non-Name target');
      break;
    case 'ImportFrom':
      if ((node.level as number) < 0) valueError(rt, 'Negative ImportFrom level');
      break;
  }
}

function checkArguments(rt: Runtime, node: Fields): void {
  if (count(node.defaults) > count(node.posonlyargs) + count(node.args)) {
    valueError(rt, 'more positional defaults than args on arguments');
  }
  if (count(node.kwDefaults) !== count(node.kwonlyargs)) {
    valueError(rt, 'length of kwonlyargs is not the same as kw_defaults on arguments');
  }
}

function checkTry(rt: Runtime, node: Fields): void {
  if (count(node.handlers) === 0 && count(node.finalbody) === 0) {
    valueError(rt, `${node.kind} has neither handlers nor finalbody`);
  }
  if (count(node.handlers) === 0 && count(node.orelse) > 0) valueError(rt, `${node.kind} has orelse but no except handlers`);
}
