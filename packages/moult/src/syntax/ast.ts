/** Python 3.12's abstract syntax tree.
 *
 *  One interface per constructor of CPython's ASDL, told apart by `kind`, which is the constructor's name
 *  (product types use their ASDL name: `arguments`, `arg`, `keyword`, ...). Field names are ASDL's in
 *  camelCase; an optional field is `X | null`. Positions are CPython's: `lineno` counts from 1, columns are
 *  UTF-8 byte offsets from 0.
 *
 *  A string constant is a JavaScript string: a Python code point above U+FFFF is a surrogate pair, a Python
 *  lone surrogate is a lone surrogate. */

/** The constant `...`, which is also the value of `Constant.value` for it. */
export const ELLIPSIS: unique symbol = Symbol('Ellipsis');

/** A complex constant; a literal such as `2j` has a real part of 0. */
export class PyComplex {
  readonly real: number;
  readonly imag: number;

  constructor(real: number, imag: number) {
    this.real = real;
    this.imag = imag;
  }
}

/** null is None, bigint is int, number is float, Uint8Array is bytes. */
export type ConstantValue = null | boolean | bigint | number | string | Uint8Array | PyComplex | typeof ELLIPSIS;

export type ExprContext = 'Load' | 'Store' | 'Del';
type BoolOperator = 'And' | 'Or';
export type Operator =
  | 'Add' | 'Sub' | 'Mult' | 'MatMult' | 'Div' | 'Mod' | 'Pow' | 'LShift' | 'RShift'
  | 'BitOr' | 'BitXor' | 'BitAnd' | 'FloorDiv';
export type UnaryOperator = 'Invert' | 'Not' | 'UAdd' | 'USub';
export type CmpOperator = 'Eq' | 'NotEq' | 'Lt' | 'LtE' | 'Gt' | 'GtE' | 'Is' | 'IsNot' | 'In' | 'NotIn';

/** Where a node stands in the source. */
export interface Position {
  lineno: number;
  /** UTF-8 bytes from the start of the line. */
  colOffset: number;
  endLineno: number;
  endColOffset: number;
}

// Modules

export interface Module { kind: 'Module'; body: Stmt[]; typeIgnores: TypeIgnore[] }
export interface Interactive { kind: 'Interactive'; body: Stmt[] }
export interface Expression { kind: 'Expression'; body: Expr }
export interface FunctionType { kind: 'FunctionType'; argtypes: Expr[]; returns: Expr }
export interface TypeIgnore { kind: 'TypeIgnore'; lineno: number; tag: string }

export type Mod = Module | Interactive | Expression | FunctionType;

// Statements

interface FunctionFields extends Position {
  name: string;
  args: Arguments;
  body: Stmt[];
  decoratorList: Expr[];
  returns: Expr | null;
  typeComment: string | null;
  typeParams: TypeParam[];
}
interface ForFields extends Position {
  target: Expr;
  iter: Expr;
  body: Stmt[];
  orelse: Stmt[];
  typeComment: string | null;
}
interface WithFields extends Position { items: WithItem[]; body: Stmt[]; typeComment: string | null }
interface TryFields extends Position { body: Stmt[]; handlers: ExceptHandler[]; orelse: Stmt[]; finalbody: Stmt[] }

export interface FunctionDef extends FunctionFields { kind: 'FunctionDef' }
export interface AsyncFunctionDef extends FunctionFields { kind: 'AsyncFunctionDef' }
export interface ClassDef extends Position {
  kind: 'ClassDef';
  name: string;
  bases: Expr[];
  keywords: Keyword[];
  body: Stmt[];
  decoratorList: Expr[];
  typeParams: TypeParam[];
}
export interface Return extends Position { kind: 'Return'; value: Expr | null }
export interface Delete extends Position { kind: 'Delete'; targets: Expr[] }
export interface Assign extends Position { kind: 'Assign'; targets: Expr[]; value: Expr; typeComment: string | null }
export interface TypeAlias extends Position { kind: 'TypeAlias'; name: Expr; typeParams: TypeParam[]; value: Expr }
export interface AugAssign extends Position { kind: 'AugAssign'; target: Expr; op: Operator; value: Expr }
export interface AnnAssign extends Position {
  kind: 'AnnAssign';
  target: Expr;
  annotation: Expr;
  value: Expr | null;
  /** 1 if the target is a name without parentheses, else 0. */
  simple: number;
}
export interface For extends ForFields { kind: 'For' }
export interface AsyncFor extends ForFields { kind: 'AsyncFor' }
export interface While extends Position { kind: 'While'; test: Expr; body: Stmt[]; orelse: Stmt[] }
export interface If extends Position { kind: 'If'; test: Expr; body: Stmt[]; orelse: Stmt[] }
export interface With extends WithFields { kind: 'With' }
export interface AsyncWith extends WithFields { kind: 'AsyncWith' }
export interface Match extends Position { kind: 'Match'; subject: Expr; cases: MatchCase[] }
export interface Raise extends Position { kind: 'Raise'; exc: Expr | null; cause: Expr | null }
export interface Try extends TryFields { kind: 'Try' }
export interface TryStar extends TryFields { kind: 'TryStar' }
export interface Assert extends Position { kind: 'Assert'; test: Expr; msg: Expr | null }
export interface Import extends Position { kind: 'Import'; names: Alias[] }
export interface ImportFrom extends Position { kind: 'ImportFrom'; module: string | null; names: Alias[]; level: number }
export interface Global extends Position { kind: 'Global'; names: string[] }
export interface Nonlocal extends Position { kind: 'Nonlocal'; names: string[] }
/** ASDL's `Expr`: an expression as a statement. */
interface ExprStmt extends Position { kind: 'Expr'; value: Expr }
export interface Pass extends Position { kind: 'Pass' }
export interface Break extends Position { kind: 'Break' }
export interface Continue extends Position { kind: 'Continue' }

export type Stmt =
  | FunctionDef | AsyncFunctionDef | ClassDef | Return | Delete | Assign | TypeAlias | AugAssign | AnnAssign
  | For | AsyncFor | While | If | With | AsyncWith | Match | Raise | Try | TryStar | Assert | Import | ImportFrom
  | Global | Nonlocal | ExprStmt | Pass | Break | Continue;

// Expressions

export interface BoolOp extends Position { kind: 'BoolOp'; op: BoolOperator; values: Expr[] }
export interface NamedExpr extends Position { kind: 'NamedExpr'; target: Expr; value: Expr }
export interface BinOp extends Position { kind: 'BinOp'; left: Expr; op: Operator; right: Expr }
export interface UnaryOp extends Position { kind: 'UnaryOp'; op: UnaryOperator; operand: Expr }
export interface Lambda extends Position { kind: 'Lambda'; args: Arguments; body: Expr }
export interface IfExp extends Position { kind: 'IfExp'; test: Expr; body: Expr; orelse: Expr }
/** A null key marks `**value`. */
export interface Dict extends Position { kind: 'Dict'; keys: (Expr | null)[]; values: Expr[] }
interface SetExpr extends Position { kind: 'Set'; elts: Expr[] }
export interface ListComp extends Position { kind: 'ListComp'; elt: Expr; generators: Comprehension[] }
export interface SetComp extends Position { kind: 'SetComp'; elt: Expr; generators: Comprehension[] }
export interface DictComp extends Position { kind: 'DictComp'; key: Expr; value: Expr; generators: Comprehension[] }
export interface GeneratorExp extends Position { kind: 'GeneratorExp'; elt: Expr; generators: Comprehension[] }
export interface Await extends Position { kind: 'Await'; value: Expr }
export interface Yield extends Position { kind: 'Yield'; value: Expr | null }
export interface YieldFrom extends Position { kind: 'YieldFrom'; value: Expr }
export interface Compare extends Position { kind: 'Compare'; left: Expr; ops: CmpOperator[]; comparators: Expr[] }
export interface Call extends Position { kind: 'Call'; func: Expr; args: Expr[]; keywords: Keyword[] }
/** `conversion` is -1 or the code of 's', 'r' or 'a'. */
export interface FormattedValue extends Position {
  kind: 'FormattedValue';
  value: Expr;
  conversion: number;
  formatSpec: Expr | null;
}
export interface JoinedStr extends Position { kind: 'JoinedStr'; values: Expr[] }
/** `strKind` is ASDL's `kind`: 'u' for a string written with that prefix. */
export interface Constant extends Position { kind: 'Constant'; value: ConstantValue; strKind: 'u' | null }
export interface Attribute extends Position { kind: 'Attribute'; value: Expr; attr: string; ctx: ExprContext }
export interface Subscript extends Position { kind: 'Subscript'; value: Expr; slice: Expr; ctx: ExprContext }
export interface Starred extends Position { kind: 'Starred'; value: Expr; ctx: ExprContext }
export interface Name extends Position { kind: 'Name'; id: string; ctx: ExprContext }
export interface List extends Position { kind: 'List'; elts: Expr[]; ctx: ExprContext }
export interface Tuple extends Position { kind: 'Tuple'; elts: Expr[]; ctx: ExprContext }
export interface Slice extends Position { kind: 'Slice'; lower: Expr | null; upper: Expr | null; step: Expr | null }

export type Expr =
  | BoolOp | NamedExpr | BinOp | UnaryOp | Lambda | IfExp | Dict | SetExpr | ListComp | SetComp | DictComp
  | GeneratorExp | Await | Yield | YieldFrom | Compare | Call | FormattedValue | JoinedStr | Constant
  | Attribute | Subscript | Starred | Name | List | Tuple | Slice;

// Parts of statements and expressions

export interface Comprehension { kind: 'comprehension'; target: Expr; iter: Expr; ifs: Expr[]; isAsync: number }
export interface ExceptHandler extends Position {
  kind: 'ExceptHandler';
  type: Expr | null;
  name: string | null;
  body: Stmt[];
}
/** `kwDefaults` is as long as `kwonlyargs`, null where there is no default; `defaults` belong to the last of
 *  `posonlyargs` followed by `args`. */
export interface Arguments {
  kind: 'arguments';
  posonlyargs: Arg[];
  args: Arg[];
  vararg: Arg | null;
  kwonlyargs: Arg[];
  kwDefaults: (Expr | null)[];
  kwarg: Arg | null;
  defaults: Expr[];
}
export interface Arg extends Position {
  kind: 'arg';
  arg: string;
  annotation: Expr | null;
  typeComment: string | null;
}
/** A null `arg` marks `**value`. */
export interface Keyword extends Position { kind: 'keyword'; arg: string | null; value: Expr }
export interface Alias extends Position { kind: 'alias'; name: string; asname: string | null }
export interface WithItem { kind: 'withitem'; contextExpr: Expr; optionalVars: Expr | null }
export interface MatchCase { kind: 'match_case'; pattern: Pattern; guard: Expr | null; body: Stmt[] }

// Patterns

export interface MatchValue extends Position { kind: 'MatchValue'; value: Expr }
export interface MatchSingleton extends Position { kind: 'MatchSingleton'; value: null | boolean }
export interface MatchSequence extends Position { kind: 'MatchSequence'; patterns: Pattern[] }
export interface MatchMapping extends Position {
  kind: 'MatchMapping';
  keys: Expr[];
  patterns: Pattern[];
  rest: string | null;
}
export interface MatchClass extends Position {
  kind: 'MatchClass';
  cls: Expr;
  patterns: Pattern[];
  kwdAttrs: string[];
  kwdPatterns: Pattern[];
}
export interface MatchStar extends Position { kind: 'MatchStar'; name: string | null }
/** Both fields null: the wildcard `_`. */
export interface MatchAs extends Position { kind: 'MatchAs'; pattern: Pattern | null; name: string | null }
export interface MatchOr extends Position { kind: 'MatchOr'; patterns: Pattern[] }

export type Pattern =
  | MatchValue | MatchSingleton | MatchSequence | MatchMapping | MatchClass | MatchStar | MatchAs | MatchOr;

// Type parameters

export interface TypeVar extends Position { kind: 'TypeVar'; name: string; bound: Expr | null }
export interface ParamSpec extends Position { kind: 'ParamSpec'; name: string }
export interface TypeVarTuple extends Position { kind: 'TypeVarTuple'; name: string }

export type TypeParam = TypeVar | ParamSpec | TypeVarTuple;

/** Any node of the tree. */
export type Node =
  | Mod | TypeIgnore | Stmt | Expr | Comprehension | ExceptHandler | Arguments | Arg | Keyword | Alias | WithItem
  | MatchCase | Pattern | TypeParam;
