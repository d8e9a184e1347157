/** Compares our trees with CPython's, which `dump_ast.py` has written, for every file listed.
 *
 *      python3.12 dump_ast.py DIRECTORY > trees.txt
 *      python3.12 dump_ast.py --names DIRECTORY > names.txt
 *      npx esbuild compare-ast.ts --bundle --platform=node --format=esm --outfile=compare.mjs
 *      node compare.mjs trees.txt names.txt        or: node compare.mjs --tree FILE names.txt */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ELLIPSIS, PyComplex } from '../../packages/moult/src/syntax/ast.ts';
import { PythonSyntaxError } from '../../packages/moult/src/syntax/errors.ts';
import { parse } from '../../packages/moult/src/syntax/parse.ts';

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
    const { lineno, colOffset, endLineno, endColOffset } = record;
    const kind = String(record['kind']);
    out.push(endLineno === undefined ? kind : `${kind}@${lineno},${colOffset},${endLineno},${endColOffset}`);
    const fields = FIELDS[kind]!;
    if (fields !== '') for (const name of fields.split(' ')) dump(record[name], name, out);
  } else {
    out.push(valueText(node, field));
  }
}

const names = new Map<string, string>();

let parseTime = 0;

function tree(path: string): string {
  const source = readFileSync(path);
  const out: string[] = [];
  const started = performance.now();
  const { ast } = parse(source, { filename: path, mode: 'exec', unicodeName: (name) => names.get(name.toUpperCase()) });
  parseTime += performance.now() - started;
  dump(ast, '', out);
  return out.join('\n');
}

function loadNames(path: string | undefined): void {
  if (path === undefined) return;
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue;
    const [name, character] = JSON.parse(line) as [string, string];
    names.set(name.toUpperCase(), character);
  }
}

function ours(path: string): string {
  try {
    return createHash('md5').update(tree(path)).digest('hex');
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) return `!! ${String(error)}`;
    return '!' + JSON.stringify([error.type, error.msg, String(error.lineno ?? 'None'), String(error.offset ?? 'None')]);
  }
}

function compare(list: string): void {
  let count = 0;
  let different = 0;
  for (const line of readFileSync(list, 'utf8').split('\n')) {
    const [digest, path] = line.split('\t');
    if (path === undefined) continue;
    count++;
    const mine = ours(path);
    if (mine === (digest!.startsWith('!') ? '!' + JSON.stringify(JSON.parse(digest!.slice(1))) : digest)) continue;
    different++;
    console.log(`${path}\n  theirs ${digest}\n  ours   ${mine}`);
  }
  console.log(`${count} files, ${different} different; parsing took ${parseTime.toFixed(0)} ms`);
}

if (process.argv[2] === '--tree') {
  loadNames(process.argv[4]);
  console.log(tree(process.argv[3]!));
} else {
  loadNames(process.argv[3]);
  compare(process.argv[2]!);
}
