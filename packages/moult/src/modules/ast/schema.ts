/** Python's abstract grammar: the classes of `_ast`, their fields, and how the fields are called in our tree. */

/** What the grammar says about a field: `expr* body` has the type `expr` and the mark `*`. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly mark: '' | '?' | '*';
  /** The property of our tree's node. */
  readonly property: string;
}

/** A class of nodes. */
export interface NodeClass {
  readonly name: string;
  /** The sum it belongs to; itself for products and sums. */
  readonly sum: string;
  readonly fields: readonly Field[];
  /** Positions: optional ones end in `?`. */
  readonly attributes: readonly string[];
  readonly doc: string;
  readonly isSum: boolean;
}

const EXACT = 'lineno col_offset end_lineno end_col_offset';
const OPEN = 'lineno col_offset end_lineno? end_col_offset?';
const FUNCTION =
  '(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)';
const LOOP = '(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)';
const TRY = '(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)';

/** Name, attributes, constructors; a product has its fields instead of constructors. */
const GRAMMAR: readonly (readonly [name: string, attributes: string, constructors: string])[] = [
  [
    'mod',
    '',
    'Module(stmt* body, type_ignore* type_ignores) | Interactive(stmt* body) | Expression(expr body) | FunctionType(expr* argtypes, expr returns)',
  ],
  [
    'stmt',
    OPEN,
    `FunctionDef${FUNCTION} | AsyncFunctionDef${FUNCTION}` +
      ' | ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param* type_params)' +
      ' | Return(expr? value) | Delete(expr* targets) | Assign(expr* targets, expr value, string? type_comment)' +
      ' | TypeAlias(expr name, type_param* type_params, expr value) | AugAssign(expr target, operator op, expr value)' +
      ' | AnnAssign(expr target, expr annotation, expr? value, int simple)' +
      ` | For${LOOP} | AsyncFor${LOOP} | While(expr test, stmt* body, stmt* orelse) | If(expr test, stmt* body, stmt* orelse)` +
      ' | With(withitem* items, stmt* body, string? type_comment) | AsyncWith(withitem* items, stmt* body, string? type_comment)' +
      ` | Match(expr subject, match_case* cases) | Raise(expr? exc, expr? cause) | Try${TRY} | TryStar${TRY}` +
      ' | Assert(expr test, expr? msg) | Import(alias* names) | ImportFrom(identifier? module, alias* names, int? level)' +
      ' | Global(identifier* names) | Nonlocal(identifier* names) | Expr(expr value) | Pass | Break | Continue',
  ],
  [
    'expr',
    OPEN,
    'BoolOp(boolop op, expr* values) | NamedExpr(expr target, expr value) | BinOp(expr left, operator op, expr right)' +
      ' | UnaryOp(unaryop op, expr operand) | Lambda(arguments args, expr body) | IfExp(expr test, expr body, expr orelse)' +
      ' | Dict(expr* keys, expr* values) | Set(expr* elts) | ListComp(expr elt, comprehension* generators)' +
      ' | SetComp(expr elt, comprehension* generators) | DictComp(expr key, expr value, comprehension* generators)' +
      ' | GeneratorExp(expr elt, comprehension* generators) | Await(expr value) | Yield(expr? value) | YieldFrom(expr value)' +
      ' | Compare(expr left, cmpop* ops, expr* comparators) | Call(expr func, expr* args, keyword* keywords)' +
      ' | FormattedValue(expr value, int conversion, expr? format_spec) | JoinedStr(expr* values)' +
      ' | Constant(constant value, string? kind) | Attribute(expr value, identifier attr, expr_context ctx)' +
      ' | Subscript(expr value, expr slice, expr_context ctx) | Starred(expr value, expr_context ctx)' +
      ' | Name(identifier id, expr_context ctx) | List(expr* elts, expr_context ctx) | Tuple(expr* elts, expr_context ctx)' +
      ' | Slice(expr? lower, expr? upper, expr? step)',
  ],
  ['expr_context', '', 'Load | Store | Del'],
  ['boolop', '', 'And | Or'],
  [
    'operator',
    '',
    'Add | Sub | Mult | MatMult | Div | Mod | Pow | LShift | RShift | BitOr | BitXor | BitAnd | FloorDiv',
  ],
  ['unaryop', '', 'Invert | Not | UAdd | USub'],
  ['cmpop', '', 'Eq | NotEq | Lt | LtE | Gt | GtE | Is | IsNot | In | NotIn'],
  ['comprehension', '', '(expr target, expr iter, expr* ifs, int is_async)'],
  ['excepthandler', OPEN, 'ExceptHandler(expr? type, identifier? name, stmt* body)'],
  [
    'arguments',
    '',
    '(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr* kw_defaults, arg? kwarg, expr* defaults)',
  ],
  ['arg', OPEN, '(identifier arg, expr? annotation, string? type_comment)'],
  ['keyword', OPEN, '(identifier? arg, expr value)'],
  ['alias', OPEN, '(identifier name, identifier? asname)'],
  ['withitem', '', '(expr context_expr, expr? optional_vars)'],
  ['match_case', '', '(pattern pattern, expr? guard, stmt* body)'],
  [
    'pattern',
    EXACT,
    'MatchValue(expr value) | MatchSingleton(constant value) | MatchSequence(pattern* patterns)' +
      ' | MatchMapping(expr* keys, pattern* patterns, identifier? rest)' +
      ' | MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns)' +
      ' | MatchStar(identifier? name) | MatchAs(pattern? pattern, identifier? name) | MatchOr(pattern* patterns)',
  ],
  ['type_ignore', '', 'TypeIgnore(int lineno, string tag)'],
  [
    'type_param',
    EXACT,
    'TypeVar(identifier name, expr? bound) | ParamSpec(identifier name) | TypeVarTuple(identifier name)',
  ],
];

/** Sums without fields or positions: their members are one object each, and plain names in our tree. */
export const ENUMERATIONS: ReadonlySet<string> = new Set(['expr_context', 'boolop', 'operator', 'unaryop', 'cmpop']);

/** All classes by name, a sum before its members, in the order of the module's names. */
export const NODE_CLASSES: ReadonlyMap<string, NodeClass> = readGrammar();

function readGrammar(): Map<string, NodeClass> {
  const classes = new Map<string, NodeClass>();
  const add = (made: NodeClass): void => void classes.set(made.name, made);
  for (const [name, words, constructors] of GRAMMAR) {
    const attributes = words === '' ? [] : words.split(' ');
    if (constructors.startsWith('(')) {
      add({
        name,
        sum: name,
        fields: readFields(name, constructors),
        attributes,
        doc: name + constructors,
        isSum: false,
      });
      continue;
    }
    const members = constructors.split(' | ');
    const separator = ENUMERATIONS.has(name) ? ' | ' : `\n${' '.repeat(name.length + 1)}| `;
    add({ name, sum: name, fields: [], attributes, doc: `${name} = ${members.join(separator)}`, isSum: true });
    for (const doc of members) {
      const open = doc.indexOf('(');
      const member = open < 0 ? doc : doc.slice(0, open);
      const fields = open < 0 ? [] : readFields(member, doc.slice(open));
      add({ name: member, sum: name, fields, attributes, doc, isSum: false });
    }
  }
  return classes;
}

/** Reads `(expr* values, expr? kind)`. */
function readFields(owner: string, text: string): Field[] {
  return text
    .slice(1, -1)
    .split(', ')
    .map((part) => {
      const [written = '', name = ''] = part.split(' ');
      const mark = written.endsWith('?') ? '?' : written.endsWith('*') ? '*' : '';
      const property = owner === 'Constant' && name === 'kind' ? 'strKind' : camelCase(name);
      return { name, type: mark === '' ? written : written.slice(0, -1), mark, property };
    });
}

/** `end_col_offset` → `endColOffset` */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
