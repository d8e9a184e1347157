/** Writes a tree in the form that `conformance/syntax/dump_ast.py` writes CPython's in: one line per node or value. */

import { ELLIPSIS, type Node, type Position, PyComplex } from '../ast.ts';

/** ASDL's fields in order, by constructor. */
const FIELDS: Record<string, string> = {
  Module: 'body typeIgnores', FunctionDef: 'name args body decoratorList returns typeComment typeParams',
  AsyncFunctionDef: 'name args body decoratorList returns typeComment typeParams',
  ClassDef: 'name bases keywords body decoratorList typeParams', Return: 'value', Delete: 'targets',
  Assign: 'targets value typeComment', TypeAlias: 'name typeParams value', AugAssign: 'target op value',
  AnnAssign: 'target annotation value simple', For: 'target iter body orelse typeComment',
  AsyncFor: 'target iter body orelse typeComment', While: 'test body orelse', If: 'test body orelse',
  With: 'items body typeComment', AsyncWith: 'items body typeComment', Match: 'subject cases', Raise: 'exc cause',
  Try: 'body handlers orelse finalbody', TryStar: 'body handlers orelse finalbody', Assert: 'test msg', Import: 'names',
  ImportFrom: 'module names level', Global: 'names', Nonlocal: 'names', Expr: 'value', Pass: '', Break: '',
  Continue: '', BoolOp: 'op values', NamedExpr: 'target value', BinOp: 'left op right', UnaryOp: 'op operand',
  Lambda: 'args body', IfExp: 'test body orelse', Dict: 'keys values', Set: 'elts', ListComp: 'elt generators',
  SetComp: 'elt generators', DictComp: 'key value generators', GeneratorExp: 'elt generators', Await: 'value',
  Yield: 'value', YieldFrom: 'value', Compare: 'left ops comparators', Call: 'func args keywords',
  FormattedValue: 'value conversion formatSpec', JoinedStr: 'values', Constant: 'value strKind',
  Attribute: 'value attr ctx', Subscript: 'value slice ctx', Starred: 'value ctx', Name: 'id ctx', List: 'elts ctx',
  Tuple: 'elts ctx', Slice: 'lower upper step', comprehension: 'target iter ifs isAsync',
  ExceptHandler: 'type name body', arguments: 'posonlyargs args vararg kwonlyargs kwDefaults kwarg defaults',
  arg: 'arg annotation typeComment', keyword: 'arg value', alias: 'name asname', withitem: 'contextExpr optionalVars',
  match_case: 'pattern guard body', MatchValue: 'value', MatchSingleton: 'value', MatchSequence: 'patterns',
  MatchMapping: 'keys patterns rest', MatchClass: 'cls patterns kwdAttrs kwdPatterns', MatchStar: 'name',
  MatchAs: 'pattern name', MatchOr: 'patterns', TypeVar: 'name bound', ParamSpec: 'name', TypeVarTuple: 'name',
};
/** Fields whose strings are constructors without fields. */
const ENUMS = new Set(['op', 'ops', 'ctx']);
/** Numbers that are ints in ASDL. */
const INTS = new Set(['conversion', 'level', 'simple', 'isAsync']);

function hexFloat(...values: number[]): string {
  const buffer = Buffer.alloc(8 * values.length);
  values.forEach((value, i) => buffer.writeDoubleBE(value, 8 * i));
  return buffer.toString('hex');
}

function jsonAscii(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
}

function valueText(value: unknown, field: string): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === ELLIPSIS) return '...';
  if (typeof value === 'bigint') return value.toString(16);
  if (typeof value === 'number') return INTS.has(field) ? value.toString(16) : 'f' + hexFloat(value);
  if (value instanceof PyComplex) return 'c' + hexFloat(value.real, value.imag);
  if (value instanceof Uint8Array) return 'b' + Buffer.from(value).toString('hex');
  return ENUMS.has(field) ? (value as string) : jsonAscii(value as string);
}

function dump(node: unknown, field: string, out: string[]): void {
  if (Array.isArray(node)) {
    out.push('[');
    for (const item of node) dump(item, field, out);
    out.push(']');
  } else if (typeof node === 'object' && node !== null && 'kind' in node) {
    const record = node as Record<string, unknown>;
    const { lineno, colOffset, endLineno, endColOffset } = node as Partial<Position>;
    const kind = String(record['kind']);
    out.push(endLineno === undefined ? kind : `${kind}@${lineno},${colOffset},${endLineno},${endColOffset}`);
    const fields = FIELDS[kind]!;
    if (fields !== '') for (const name of fields.split(' ')) dump(record[name], name, out);
  } else {
    out.push(valueText(node, field));
  }
}

/** The tree of `node`, one line per node or value, fields in ASDL's order. */
export function dumpTree(node: Node): string {
  const out: string[] = [];
  dump(node, '', out);
  return out.join('\n');
}
