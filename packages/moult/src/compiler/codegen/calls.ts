/** Calls: functions, methods, `super()`. */

import type { Attribute, Call, Expr, Keyword, Position } from '../../syntax/ast.ts';
import { ComputedTuple } from '../code-data.ts';
import { NO_LOCATION } from '../context.ts';
import { Op } from '../opcodes.ts';
import { Def, Scope } from '../symbols/scopes.ts';
import { buildArgumentTuple, visitExpr, visitExprs } from './expressions.ts';
import type { Generator } from './generator.ts';
import { STACK_USE_GUIDELINE } from './generator.ts';
import { checkCaller } from './warnings.ts';

export function compileCall(g: Generator, e: Call): void {
  checkKeywords(g, e.keywords);
  const { func } = e;
  if (func.kind === 'Attribute' && isMethodCall(g, func, e)) return callMethod(g, func, e);
  checkCaller(g, func);
  g.op(func, Op.PUSH_NULL);
  visitExpr(g, func);
  callHelper(g, e, 0, e.args, e.keywords);
}

function checkKeywords(g: Generator, keywords: readonly Keyword[]): void {
  const seen = new Set<string>();
  let repeated = false;
  for (const { arg } of keywords) {
    if (arg === null) continue;
    if (seen.has(arg) || arg === '__debug__') repeated = true;
    seen.add(arg);
  }
  if (repeated) reportKeywords(g, keywords);
}

function reportKeywords(g: Generator, keywords: readonly Keyword[]): void {
  keywords.forEach((keyword, i) => {
    const { arg } = keyword;
    if (arg === null) return;
    g.checkForbidden(keyword, arg, 'Store');
    const other = keywords.find((k, j) => j > i && k.arg === arg);
    if (other !== undefined) throw g.context.error(`keyword argument repeated: ${arg}`, other);
  });
}

/** Whether the call can push the method and its object separately instead of a bound method. */
function isMethodCall(g: Generator, func: Attribute, e: Call): boolean {
  if (func.ctx !== 'Load' || isImported(g, func.value)) return false;
  const { args, keywords } = e;
  if (args.length + keywords.length + Number(keywords.length > 0) >= STACK_USE_GUIDELINE) return false;
  return args.every((arg) => arg.kind !== 'Starred') && keywords.every((keyword) => keyword.arg !== null);
}

/** Whether `e` is a name that the module imports: then it is a module, whose functions are no methods. */
function isImported(g: Generator, e: Expr): boolean {
  return e.kind === 'Name' && ((g.symtable.top.symbols.get(e.id) ?? 0) & Def.IMPORT) !== 0;
}

function callMethod(g: Generator, func: Attribute, e: Call): void {
  let loc: Position = func;
  if (canOptimizeSuper(g, func)) {
    const call = loadSuperArguments(g, func);
    g.opName(loc, call.args.length > 0 ? Op.LOAD_SUPER_METHOD : Op.LOAD_ZERO_SUPER_METHOD, func.attr);
    loc = attributeLocation(loc, func);
    g.op(loc, Op.NOP);
  } else {
    visitExpr(g, func.value);
    loc = attributeLocation(loc, func);
    g.opName(loc, Op.LOAD_METHOD, func.attr);
  }
  visitExprs(g, e.args);
  visitKeywordValues(g, loc, e.keywords);
  g.op(attributeLocation(e, func), Op.CALL, e.args.length + e.keywords.length);
}

/** Pushes the values and names the keywords for the CALL that follows. */
function visitKeywordValues(g: Generator, loc: Position, keywords: readonly Keyword[]): void {
  if (keywords.length === 0) return;
  for (const keyword of keywords) visitExpr(g, keyword.value);
  g.op(loc, Op.KW_NAMES, g.addConst(new ComputedTuple(keywords.map((keyword) => keyword.arg!))));
}

/** An attribute on a later line than its object: instructions point to the attribute's name. */
export function attributeLocation(loc: Position, attr: Attribute): Position {
  if (loc.lineno === attr.endLineno) return loc;
  const lineno = attr.endLineno;
  const length = [...attr.attr].length;
  let { endColOffset } = loc;
  let colOffset = -1;
  if (length <= attr.endColOffset) colOffset = attr.endColOffset - length;
  else endColOffset = -1;
  const endLineno = Math.max(lineno, loc.endLineno);
  if (lineno === endLineno) endColOffset = Math.max(colOffset, endColOffset);
  return { lineno, colOffset, endLineno, endColOffset };
}

/** Calls with `pushed` arguments already on the stack. */
export function callHelper(
  g: Generator,
  loc: Position,
  pushed: number,
  args: readonly Expr[],
  keywords: readonly Keyword[],
): void {
  checkKeywords(g, keywords);
  const simple =
    args.length + keywords.length * 2 <= STACK_USE_GUIDELINE &&
    args.every((arg) => arg.kind !== 'Starred') &&
    keywords.every((keyword) => keyword.arg !== null);
  if (simple) {
    visitExprs(g, args);
    visitKeywordValues(g, loc, keywords);
    return g.op(loc, Op.CALL, pushed + args.length + keywords.length);
  }
  const first = args[0];
  if (pushed === 0 && args.length === 1 && first?.kind === 'Starred') visitExpr(g, first.value);
  else buildArgumentTuple(g, loc, args, pushed);
  if (keywords.length > 0) buildKeywordDict(g, loc, keywords);
  g.op(loc, Op.CALL_FUNCTION_EX, Number(keywords.length > 0));
}

function buildKeywordDict(g: Generator, loc: Position, keywords: readonly Keyword[]): void {
  let haveDict = false;
  let pending: Keyword[] = [];
  const flush = (): void => {
    buildSubKeywords(g, loc, pending);
    if (haveDict) g.op(loc, Op.DICT_MERGE, 1);
    haveDict = true;
    pending = [];
  };
  for (const keyword of keywords) {
    if (keyword.arg !== null) {
      pending.push(keyword);
      continue;
    }
    if (pending.length > 0) flush();
    if (!haveDict) g.op(loc, Op.BUILD_MAP, 0);
    haveDict = true;
    visitExpr(g, keyword.value);
    g.op(loc, Op.DICT_MERGE, 1);
  }
  if (pending.length > 0) flush();
}

function buildSubKeywords(g: Generator, loc: Position, keywords: readonly Keyword[]): void {
  const n = keywords.length;
  const big = n * 2 > STACK_USE_GUIDELINE;
  if (n > 1 && !big) {
    for (const keyword of keywords) visitExpr(g, keyword.value);
    g.loadConst(loc, new ComputedTuple(keywords.map((keyword) => keyword.arg!)));
    return g.op(loc, Op.BUILD_CONST_KEY_MAP, n);
  }
  if (big) g.op(NO_LOCATION, Op.BUILD_MAP, 0);
  for (const keyword of keywords) {
    g.loadConst(loc, keyword.arg!);
    visitExpr(g, keyword.value);
    if (big) g.op(NO_LOCATION, Op.MAP_ADD, 1);
  }
  if (!big) g.op(loc, Op.BUILD_MAP, n);
}

// super()

/** Whether `attr` is `super().name` or `super(a, b).name` with the builtin, as far as names can tell. */
export function canOptimizeSuper(g: Generator, attr: Attribute): boolean {
  const call = attr.value;
  if (call.kind !== 'Call' || call.func.kind !== 'Name' || call.func.id !== 'super') return false;
  if (attr.attr === '__class__' || call.keywords.length > 0) return false;
  const { unit, symtable } = g;
  if (unit.block.scopeOf('super') !== Scope.GlobalImplicit) return false;
  if (symtable.top.scopeOf('super') !== Scope.None) return false;
  if (call.args.length === 2) return call.args.every((arg) => arg.kind !== 'Starred');
  if (call.args.length !== 0 || (unit.argcount === 0 && unit.posonlyargcount === 0)) return false;
  return unit.block.scopeOf('__class__') === Scope.Free;
}

/** Pushes super, class and instance. Returns the `super(...)` call. */
export function loadSuperArguments(g: Generator, attr: Attribute): Call {
  const call = attr.value as Call;
  g.nameOp(call.func, 'super', 'Load');
  if (call.args.length === 2) {
    visitExprs(g, call.args);
  } else {
    const [self] = g.unit.varnames.keys();
    g.nameOp(call, '__class__', 'Load');
    g.nameOp(call, self!, 'Load');
  }
  return call;
}
