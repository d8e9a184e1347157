/** First pass over the tree: collects the names of each block.
 *
 *  Visits in evaluation order, because some errors depend on what came before (`global` after use). Afterwards
 *  `analyzeScopes` decides where each name lives.
 *  Length: one case for each kind of node.
 *  Source: CPython 3.12 symtable.c. */

import type {
  AnnAssign,
  Arg,
  Arguments,
  ClassDef,
  Comprehension,
  Expr,
  Expression,
  FunctionDef,
  AsyncFunctionDef,
  Global,
  Alias,
  If,
  Interactive,
  Lambda,
  Module,
  NamedExpr,
  Nonlocal,
  Pattern,
  Position,
  Stmt,
  TypeAlias,
  TypeParam,
  Name,
} from '../syntax/ast.ts';
import { CodeFlag } from './code-data.ts';
import type { CompileContext } from './context.ts';
import { NO_LOCATION } from './context.ts';
import { elifOf } from './elif.ts';
import { mangle } from './mangle.ts';
import { analyzeScopes } from './scope-analysis.ts';
import { Block, BlockType, CompKind, Def } from './scopes.ts';

/** The blocks of a module by the node that makes them: the statement, expression or module; for type parameters
 *  their array. */
export class SymbolTable {
  readonly top: Block;
  readonly blocks: Map<object, Block>;

  constructor(top: Block, blocks: Map<object, Block>) {
    this.top = top;
    this.blocks = blocks;
  }

  lookup(key: object): Block {
    const block = this.blocks.get(key);
    if (block === undefined) throw new TypeError('no symbol table block for a node');
    return block;
  }
}

/** Builds and analyses the symbol table of `mod`.
 *  Throws PythonSyntaxError. */
export function buildSymbolTable(mod: Module | Interactive | Expression, context: CompileContext): SymbolTable {
  context.resetDepth();
  const builder = new Builder(context);
  builder.enter('top', BlockType.Module, mod, { lineno: 0, colOffset: 0, endLineno: 0, endColOffset: 0 });
  const top = builder.block;
  if (mod.kind === 'Expression') builder.expr(mod.body);
  else builder.stmts(mod.body);
  builder.exit();
  analyzeScopes(top, context);
  return new SymbolTable(top, builder.blocks);
}

class Builder {
  readonly blocks = new Map<object, Block>();
  block!: Block;
  private readonly stack: Block[] = [];
  private className: string | null = null;
  private readonly context: CompileContext;

  constructor(context: CompileContext) {
    this.context = context;
  }

  private get futureAnnotations(): boolean {
    return (this.context.futureFlags & CodeFlag.FUTURE_ANNOTATIONS) !== 0;
  }

  enter(name: string, type: BlockType, key: object, position: Position): void {
    const block = new Block(type, name, position);
    const previous = this.stack[this.stack.length - 1];
    this.blocks.set(key, block);
    if (previous !== undefined) {
      block.nested = previous.nested || previous.isFunctionLike;
      block.compIterExpr = previous.compIterExpr;
      if (type !== BlockType.Annotation) previous.children.push(block);
    }
    this.stack.push(block);
    this.block = block;
  }

  exit(): void {
    this.stack.pop();
    const previous = this.stack[this.stack.length - 1];
    if (previous !== undefined) this.block = previous;
  }

  // Names

  private lookup(name: string, block = this.block): number {
    return block.symbols.get(mangle(this.className, name)) ?? 0;
  }

  private define(name: string, flag: number, loc: Position, block = this.block): void {
    const mangled = mangle(this.className, name);
    let word = block.symbols.get(mangled) ?? 0;
    if ((flag & Def.PARAM) !== 0 && (word & Def.PARAM) !== 0) {
      throw this.context.error(`duplicate argument '${name}' in function definition`, loc);
    }
    if ((flag & Def.TYPE_PARAM) !== 0 && (word & Def.TYPE_PARAM) !== 0) {
      throw this.context.error(`duplicate type parameter '${name}'`, loc);
    }
    word |= flag;
    if (block.compIterTarget) {
      if ((word & (Def.GLOBAL | Def.NONLOCAL)) !== 0) {
        const msg = `comprehension inner loop cannot rebind assignment expression target '${name}'`;
        throw this.context.error(msg, loc);
      }
      word |= Def.COMP_ITER;
    }
    block.symbols.set(mangled, word);
    if ((flag & Def.PARAM) !== 0) block.varnames.push(mangled);
    else if ((flag & Def.GLOBAL) !== 0) {
      const globals = this.stack[0]!.symbols;
      globals.set(mangled, (globals.get(mangled) ?? 0) | flag);
    }
  }

  private directive(name: string, position: Position): void {
    this.block.directives.push([mangle(this.className, name), position]);
  }

  // Statements

  stmts(body: readonly Stmt[]): void {
    for (const stmt of body) this.stmt(stmt);
  }

  private stmt(s: Stmt): void {
    this.context.enter();
    this.stmtInner(s);
    this.context.leave();
  }

  private stmtInner(s: Stmt): void {
    switch (s.kind) {
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        this.functionDef(s);
        break;
      case 'ClassDef':
        this.classDef(s);
        break;
      case 'TypeAlias':
        this.typeAlias(s);
        break;
      case 'Return':
        if (s.value !== null) this.expr(s.value);
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
        this.annAssign(s);
        break;
      case 'For':
      case 'AsyncFor':
        this.expr(s.target);
        this.expr(s.iter);
        this.stmts(s.body);
        this.stmts(s.orelse);
        break;
      case 'While':
        this.expr(s.test);
        this.stmts(s.body);
        this.stmts(s.orelse);
        break;
      case 'If':
        this.ifChain(s);
        break;
      case 'Match':
        this.expr(s.subject);
        for (const c of s.cases) {
          this.pattern(c.pattern);
          if (c.guard !== null) this.expr(c.guard);
          this.stmts(c.body);
        }
        break;
      case 'Raise':
        if (s.exc !== null) this.expr(s.exc);
        if (s.cause !== null) this.expr(s.cause);
        break;
      case 'Try':
      case 'TryStar':
        this.stmts(s.body);
        this.stmts(s.orelse);
        for (const handler of s.handlers) {
          if (handler.type !== null) this.expr(handler.type);
          if (handler.name !== null) this.define(handler.name, Def.LOCAL, handler);
          this.stmts(handler.body);
        }
        this.stmts(s.finalbody);
        break;
      case 'Assert':
        this.expr(s.test);
        if (s.msg !== null) this.expr(s.msg);
        break;
      case 'Import':
      case 'ImportFrom':
        for (const alias of s.names) this.alias(alias);
        break;
      case 'Global':
        this.globalStmt(s);
        break;
      case 'Nonlocal':
        this.nonlocalStmt(s);
        break;
      case 'Expr':
        this.expr(s.value);
        break;
      case 'With':
      case 'AsyncWith':
        for (const item of s.items) {
          this.expr(item.contextExpr);
          if (item.optionalVars !== null) this.expr(item.optionalVars);
        }
        this.stmts(s.body);
        break;
      case 'Pass':
      case 'Break':
      case 'Continue':
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

  private functionDef(s: FunctionDef | AsyncFunctionDef): void {
    this.define(s.name, Def.LOCAL, s);
    this.exprs(s.args.defaults);
    for (const value of s.args.kwDefaults) if (value !== null) this.expr(value);
    this.exprs(s.decoratorList);
    const generic = s.typeParams.length > 0;
    if (generic) {
      this.enterTypeParams(s.name, s.typeParams, s, 'function');
      this.define('.defaults', Def.PARAM, s);
      if (s.args.kwDefaults.some((value) => value !== null)) this.define('.kwdefaults', Def.PARAM, s);
      this.typeParams(s.typeParams);
    }
    this.annotations(s);
    this.enter(s.name, BlockType.Function, s, s);
    if (s.kind === 'AsyncFunctionDef') this.block.coroutine = true;
    this.arguments(s.args);
    this.stmts(s.body);
    this.exit();
    if (generic) this.exit();
  }

  private classDef(s: ClassDef): void {
    this.define(s.name, Def.LOCAL, s);
    this.exprs(s.decoratorList);
    const generic = s.typeParams.length > 0;
    if (generic) {
      this.enterTypeParams(s.name, s.typeParams, s, 'class');
      this.typeParams(s.typeParams);
    }
    // A generic class has set the name already: names after it are mangled too, as in CPython 3.12.1.
    const outer = this.className;
    this.exprs(s.bases);
    for (const keyword of s.keywords) this.expr(keyword.value);
    this.enter(s.name, BlockType.Class, s, s);
    this.className = s.name;
    if (generic) {
      this.define('__type_params__', Def.LOCAL, s);
      this.define('.type_params', Def.USE, s);
    }
    this.stmts(s.body);
    this.exit();
    if (generic) this.exit();
    this.className = outer;
  }

  private typeAlias(s: TypeAlias): void {
    this.expr(s.name);
    const name = (s.name as Name).id;
    const inClass = this.block.type === BlockType.Class;
    const generic = s.typeParams.length > 0;
    if (generic) {
      this.enterTypeParams(name, s.typeParams, s, 'alias');
      this.typeParams(s.typeParams);
    }
    this.enter(name, BlockType.TypeAlias, s, s);
    this.block.canSeeClassScope = inClass;
    if (inClass) this.define('__classdict__', Def.USE, s.value);
    this.expr(s.value);
    this.exit();
    if (generic) this.exit();
  }

  private enterTypeParams(name: string, key: object, loc: Position, kind: 'function' | 'class' | 'alias'): void {
    const inClass = this.block.type === BlockType.Class;
    this.enter(name, BlockType.TypeParam, key, loc);
    if (inClass) {
      this.block.canSeeClassScope = true;
      this.define('__classdict__', Def.USE, loc);
    }
    if (kind !== 'class') return;
    this.define('.type_params', Def.LOCAL, loc);
    this.define('.type_params', Def.USE, loc);
    this.className = name;
    this.define('.generic_base', Def.LOCAL, loc);
    this.define('.generic_base', Def.USE, loc);
  }

  private typeParams(params: readonly TypeParam[]): void {
    for (const param of params) {
      this.define(param.name, Def.TYPE_PARAM | Def.LOCAL, param);
      if (param.kind !== 'TypeVar' || param.bound === null) continue;
      const inClass = this.block.canSeeClassScope;
      this.enter(param.name, BlockType.TypeVarBound, param, param);
      this.block.canSeeClassScope = inClass;
      if (inClass) this.define('__classdict__', Def.USE, param.bound);
      this.expr(param.bound);
      this.exit();
    }
  }

  private annotations(s: FunctionDef | AsyncFunctionDef): void {
    const { args } = s;
    if (this.futureAnnotations) this.enter('_annotation', BlockType.Annotation, s, s);
    const all = [...args.posonlyargs, ...args.args, args.vararg, args.kwarg, ...args.kwonlyargs];
    for (const arg of all) if (arg !== null && arg.annotation !== null) this.expr(arg.annotation);
    if (this.futureAnnotations) this.exit();
    if (s.returns !== null) this.annotation(s.returns);
  }

  private annotation(annotation: Expr): void {
    if (this.futureAnnotations) this.enter('_annotation', BlockType.Annotation, annotation, annotation);
    this.expr(annotation);
    if (this.futureAnnotations) this.exit();
  }

  private arguments(a: Arguments): void {
    const add = (arg: Arg): void => this.define(arg.arg, Def.PARAM, arg);
    a.posonlyargs.forEach(add);
    a.args.forEach(add);
    a.kwonlyargs.forEach(add);
    if (a.vararg !== null) {
      add(a.vararg);
      this.block.varargs = true;
    }
    if (a.kwarg !== null) {
      add(a.kwarg);
      this.block.varkeywords = true;
    }
  }

  private annAssign(s: AnnAssign): void {
    if (s.target.kind === 'Name') {
      const name = s.target.id;
      const word = this.lookup(name);
      const declared = word & (Def.GLOBAL | Def.NONLOCAL);
      if (declared !== 0 && this.block !== this.stack[0] && s.simple !== 0) {
        const where = (word & Def.GLOBAL) !== 0 ? 'global' : 'nonlocal';
        throw this.context.error(`annotated name '${name}' can't be ${where}`, s);
      }
      if (s.simple !== 0) this.define(name, Def.ANNOT | Def.LOCAL, s.target);
      else if (s.value !== null) this.define(name, Def.LOCAL, s.target);
    } else {
      this.expr(s.target);
    }
    this.annotation(s.annotation);
    if (s.value !== null) this.expr(s.value);
  }

  private alias(a: Alias): void {
    const name = a.asname ?? a.name;
    if (name === '*') {
      if (this.block.type !== BlockType.Module) {
        throw this.context.error('import * only allowed at module level', a);
      }
      return;
    }
    const dot = name.indexOf('.');
    this.define(dot < 0 ? name : name.slice(0, dot), Def.IMPORT, a);
  }

  private globalStmt(s: Global): void {
    for (const name of s.names) {
      const word = this.lookup(name);
      if ((word & (Def.PARAM | Def.LOCAL | Def.USE | Def.ANNOT)) !== 0)
        throw this.declaredLate(name, 'global', word, s);
      this.define(name, Def.GLOBAL, s);
      this.directive(name, s);
    }
  }

  private nonlocalStmt(s: Nonlocal): void {
    for (const name of s.names) {
      const word = this.lookup(name);
      if ((word & (Def.PARAM | Def.LOCAL | Def.USE | Def.ANNOT)) !== 0)
        throw this.declaredLate(name, 'nonlocal', word, s);
      this.define(name, Def.NONLOCAL, s);
      this.directive(name, s);
    }
  }

  private declaredLate(name: string, what: 'global' | 'nonlocal', word: number, loc: Position): Error {
    let msg = `name '${name}' is assigned to before ${what} declaration`;
    if ((word & Def.PARAM) !== 0) msg = `name '${name}' is parameter and ${what}`;
    else if ((word & Def.USE) !== 0) msg = `name '${name}' is used prior to ${what} declaration`;
    else if ((word & Def.ANNOT) !== 0) msg = `annotated name '${name}' can't be ${what}`;
    return this.context.error(msg, loc);
  }

  private pattern(p: Pattern): void {
    this.context.enter();
    switch (p.kind) {
      case 'MatchValue':
        this.expr(p.value);
        break;
      case 'MatchSingleton':
        break;
      case 'MatchSequence':
      case 'MatchOr':
        for (const sub of p.patterns) this.pattern(sub);
        break;
      case 'MatchStar':
        if (p.name !== null) this.define(p.name, Def.LOCAL, p);
        break;
      case 'MatchMapping':
        this.exprs(p.keys);
        for (const sub of p.patterns) this.pattern(sub);
        if (p.rest !== null) this.define(p.rest, Def.LOCAL, p);
        break;
      case 'MatchClass':
        this.expr(p.cls);
        for (const sub of p.patterns) this.pattern(sub);
        for (const sub of p.kwdPatterns) this.pattern(sub);
        break;
      case 'MatchAs':
        if (p.pattern !== null) this.pattern(p.pattern);
        if (p.name !== null) this.define(p.name, Def.LOCAL, p);
        break;
    }
    this.context.leave();
  }

  // Expressions

  private exprs(nodes: readonly Expr[]): void {
    for (const node of nodes) this.expr(node);
  }

  expr(e: Expr): void {
    this.context.enter();
    this.exprInner(e);
    this.context.leave();
  }

  private exprInner(e: Expr): void {
    switch (e.kind) {
      case 'Name':
        this.name(e);
        break;
      case 'Constant':
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
        break;
      case 'BoolOp':
        this.exprs(e.values);
        break;
      case 'UnaryOp':
        this.expr(e.operand);
        break;
      case 'Compare':
        this.expr(e.left);
        this.exprs(e.comparators);
        break;
      case 'Subscript':
        this.expr(e.value);
        this.expr(e.slice);
        break;
      case 'IfExp':
        this.expr(e.test);
        this.expr(e.body);
        this.expr(e.orelse);
        break;
      case 'Dict':
        for (const key of e.keys) if (key !== null) this.expr(key);
        this.exprs(e.values);
        break;
      case 'List':
      case 'Tuple':
      case 'Set':
        this.exprs(e.elts);
        break;
      case 'Starred':
        this.expr(e.value);
        break;
      case 'Slice':
        if (e.lower !== null) this.expr(e.lower);
        if (e.upper !== null) this.expr(e.upper);
        if (e.step !== null) this.expr(e.step);
        break;
      case 'JoinedStr':
        this.exprs(e.values);
        break;
      case 'FormattedValue':
        this.expr(e.value);
        if (e.formatSpec !== null) this.expr(e.formatSpec);
        break;
      case 'Lambda':
        this.lambda(e);
        break;
      case 'ListComp':
        this.comprehension(e, 'listcomp', CompKind.List, e.generators, e.elt, null);
        break;
      case 'SetComp':
        this.comprehension(e, 'setcomp', CompKind.Set, e.generators, e.elt, null);
        break;
      case 'GeneratorExp':
        this.comprehension(e, 'genexpr', CompKind.Generator, e.generators, e.elt, null);
        break;
      case 'DictComp':
        this.comprehension(e, 'dictcomp', CompKind.Dict, e.generators, e.key, e.value);
        break;
      case 'Yield':
      case 'YieldFrom':
        this.rejectInAnnotation('yield expression', e);
        if (e.value !== null) this.expr(e.value);
        this.block.generator = true;
        this.rejectYieldInComprehension(e);
        break;
      case 'Await':
        this.rejectInAnnotation('await expression', e);
        this.expr(e.value);
        this.block.coroutine = true;
        break;
      case 'NamedExpr':
        this.rejectInAnnotation('named expression', e);
        this.namedExpr(e);
        break;
    }
  }

  private name(e: Name): void {
    this.define(e.id, e.ctx === 'Load' ? Def.USE : Def.LOCAL, e);
    if (e.ctx === 'Load' && e.id === 'super' && this.block.isFunctionLike) this.define('__class__', Def.USE, e);
  }

  private lambda(e: Lambda): void {
    this.rejectInClassAnnotation('lambda', e);
    this.exprs(e.args.defaults);
    for (const value of e.args.kwDefaults) if (value !== null) this.expr(value);
    this.enter('lambda', BlockType.Function, e, e);
    this.arguments(e.args);
    this.expr(e.body);
    this.exit();
  }

  private comprehension(
    e: Expr,
    name: string,
    kind: CompKind,
    generators: readonly Comprehension[],
    elt: Expr,
    value: Expr | null,
  ): void {
    this.rejectInClassAnnotation('comprehension', e);
    const outermost = generators[0]!;
    this.block.compIterExpr++;
    this.expr(outermost.iter);
    this.block.compIterExpr--;
    this.enter(name, BlockType.Function, e, e);
    this.block.comprehension = kind;
    if (outermost.isAsync !== 0) this.block.coroutine = true;
    this.define('.0', Def.PARAM, NO_LOCATION);
    this.compTarget(outermost.target);
    this.exprs(outermost.ifs);
    for (const inner of generators.slice(1)) this.innerGenerator(inner);
    if (value !== null) this.expr(value);
    this.expr(elt);
    const isGenerator = kind === CompKind.Generator;
    this.block.generator = isGenerator;
    const isAsync = this.block.coroutine && !isGenerator;
    this.exit();
    if (isAsync) this.block.coroutine = true;
  }

  private innerGenerator(generator: Comprehension): void {
    this.compTarget(generator.target);
    this.block.compIterExpr++;
    this.expr(generator.iter);
    this.block.compIterExpr--;
    this.exprs(generator.ifs);
    if (generator.isAsync !== 0) this.block.coroutine = true;
  }

  private compTarget(target: Expr): void {
    this.block.compIterTarget = true;
    this.expr(target);
    this.block.compIterTarget = false;
  }

  private namedExpr(e: NamedExpr): void {
    if (this.block.compIterExpr > 0) {
      const msg = 'assignment expression cannot be used in a comprehension iterable expression';
      throw this.context.error(msg, e);
    }
    if (this.block.comprehension !== CompKind.None) this.bindOutsideComprehension(e.target as Name);
    this.expr(e.value);
    this.expr(e.target);
  }

  /** A walrus target inside comprehensions belongs to the block around them. */
  private bindOutsideComprehension(target: Name): void {
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const block = this.stack[i]!;
      if (block.comprehension !== CompKind.None) {
        const word = this.lookup(target.id, block);
        if ((word & Def.COMP_ITER) !== 0 && (word & Def.LOCAL) !== 0) {
          const msg = `assignment expression cannot rebind comprehension iteration variable '${target.id}'`;
          throw this.context.error(msg, target);
        }
        continue;
      }
      this.bindWalrusIn(block, target);
      return;
    }
  }

  private bindWalrusIn(block: Block, target: Name): void {
    if (block.type === BlockType.Function) {
      const isGlobal = (this.lookup(target.id, block) & Def.GLOBAL) !== 0;
      this.define(target.id, isGlobal ? Def.GLOBAL : Def.NONLOCAL, target);
      this.directive(target.id, target);
      this.define(target.id, Def.LOCAL, target, block);
    } else if (block.type === BlockType.Module) {
      this.define(target.id, Def.GLOBAL, target);
      this.directive(target.id, target);
      this.define(target.id, Def.GLOBAL, target, block);
    } else {
      throw this.context.error(
        `assignment expression within a comprehension cannot be used ${WALRUS_PLACES[block.type]}`,
        target,
      );
    }
  }

  private rejectInClassAnnotation(what: string, loc: Position): void {
    if (!this.block.canSeeClassScope) return;
    throw this.context.error(`Cannot use ${what} in annotation scope within class scope`, loc);
  }

  private rejectInAnnotation(what: string, loc: Position): void {
    const place = ANNOTATION_PLACES[this.block.type];
    if (place !== undefined) throw this.context.error(`${what} cannot be used within ${place}`, loc);
  }

  private rejectYieldInComprehension(loc: Position): void {
    const what = COMPREHENSION_NAMES[this.block.comprehension];
    if (what !== undefined) throw this.context.error(`'yield' inside ${what}`, loc);
  }
}

const ANNOTATION_PLACES: { [type: number]: string } = {
  [BlockType.Annotation]: 'an annotation',
  [BlockType.TypeVarBound]: 'a TypeVar bound',
  [BlockType.TypeAlias]: 'a type alias',
  [BlockType.TypeParam]: 'the definition of a generic',
};

const WALRUS_PLACES: { [type: number]: string } = {
  [BlockType.Class]: 'in a class body',
  [BlockType.TypeVarBound]: 'in a TypeVar bound',
  [BlockType.TypeAlias]: 'in a type alias',
  [BlockType.TypeParam]: 'within the definition of a generic',
};

const COMPREHENSION_NAMES: { [kind: number]: string } = {
  [CompKind.List]: 'list comprehension',
  [CompKind.Set]: 'set comprehension',
  [CompKind.Dict]: 'dict comprehension',
  [CompKind.Generator]: 'generator expression',
};
