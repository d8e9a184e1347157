/** Compares our code objects with CPython 3.12's, field by field, for files or folders of Python source.
 *
 *  Run: npx esbuild conformance/compiler/compare-code.ts --bundle --platform=node --format=esm --outfile=/tmp/cc.mjs
 *       node /tmp/cc.mjs [-O LEVEL] [--max N] PATH...
 *  The interpreter is $MOULT_CPYTHON, or `python3.12` on the PATH. Prints the first difference of each file. */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CodeData, ConstFrozenSet, ConstTuple, LocalKind } from '../../packages/moult/src/compiler/code-data.ts';
import type { ConstValue } from '../../packages/moult/src/compiler/code-data.ts';
import { compileModule } from '../../packages/moult/src/compiler/compile.ts';
import { decodeLocations } from '../../packages/moult/src/compiler/locations.ts';
import { exceptionEntries } from '../../packages/moult/src/compiler/exceptions.ts';
import { instructions } from '../../packages/moult/src/compiler/instructions.ts';
import { OPCODES } from '../../packages/moult/src/compiler/opcodes.ts';
import { ELLIPSIS, PyComplex } from '../../packages/moult/src/syntax/ast.ts';
import { PythonSyntaxError } from '../../packages/moult/src/syntax/errors.ts';
import type { SyntaxWarningRecord } from '../../packages/moult/src/syntax/errors.ts';
import { parse } from '../../packages/moult/src/syntax/parse.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Dump = { [key: string]: Json };

/** Files per run of the interpreter. */
const BATCH = 40;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function floatHex(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16);
}

/** Python's float.hex() as the same text as `floatHex`; other text stays. */
function parseFloatHex(text: string): string {
  if (text === 'nan') return floatHex(NaN);
  const match = /^(-?)(?:0x([01])\.([0-9a-f]+)p([+-]\d+)|inf)$/.exec(text);
  if (match === null) return text;
  let value = Infinity;
  if (match[2] !== undefined) {
    const digits = BigInt('0x' + match[2] + match[3]!);
    const exponent = Number(match[4]) - 4 * match[3]!.length;
    const half = Math.trunc(exponent / 2);
    value = Number(digits) * 2 ** half * 2 ** (exponent - half);
  }
  return floatHex(match[1] === '-' ? -value : value);
}

function constant(value: ConstValue): Json {
  if (value === null) return ['NoneType', 'None'];
  if (value === ELLIPSIS) return ['ellipsis', 'Ellipsis'];
  if (value instanceof CodeData) return dumpCode(value);
  if (value instanceof ConstTuple) return ['tuple', value.items.map(constant)];
  if (value instanceof ConstFrozenSet) return ['frozenset', value.items.map((item) => JSON.stringify(constant(item))).sort()];
  if (value instanceof Uint8Array) return ['bytes', hex(value)];
  if (value instanceof PyComplex) return ['complex', floatHex(value.real), floatHex(value.imag)];
  switch (typeof value) {
    case 'string':
      return ['str', Buffer.from(value, 'utf16le').swap16().toString('hex')];
    case 'number':
      return ['float', floatHex(value)];
    case 'bigint':
      return ['int', (value < 0n ? '-' : '') + '0x' + (value < 0n ? -value : value).toString(16)];
    default:
      return ['bool', value === true ? 'True' : 'False'];
  }
}

function normalize(value: Json): Json {
  if (!Array.isArray(value)) return value;
  const [type, ...rest] = value as [string, ...Json[]];
  if (type === 'float' || type === 'complex') return [type, ...rest.map((part) => parseFloatHex(part as string))];
  if (type === 'tuple') return [type, (rest[0] as Json[]).map(normalize)];
  if (type === 'frozenset') {
    return [type, (rest[0] as string[]).map((item) => JSON.stringify(normalize(JSON.parse(item) as Json))).sort()];
  }
  return value;
}

function dumpCode(code: CodeData): Dump {
  const select = (kind: number): string[] => code.localsplusnames.filter((_, i) => (code.localspluskinds[i]! & kind) !== 0);
  return {
    name: code.name, qualname: code.qualname, firstlineno: code.firstlineno, flags: code.flags,
    argcount: code.argcount, posonlyargcount: code.posonlyargcount, kwonlyargcount: code.kwonlyargcount,
    stacksize: code.stacksize, nlocals: code.nlocals,
    varnames: select(LocalKind.Local), cellvars: select(LocalKind.Cell), freevars: select(LocalKind.Free),
    names: [...code.names],
    code: hex(code.code), linetable: hex(code.linetable), exceptiontable: hex(code.exceptiontable),
    consts: code.consts.map(constant),
  };
}

function ours(path: string, level: 0 | 1 | 2): Dump {
  const warnings: SyntaxWarningRecord[] = [];
  let result: Dump;
  try {
    const parsed = parse(readFileSync(path), { filename: path, mode: 'exec' });
    warnings.push(...parsed.warnings);
    const onWarning = (warning: SyntaxWarningRecord): void => void warnings.push(warning);
    result = dumpCode(compileModule(parsed.ast, { filename: path, mode: 'exec', optimize: level, onWarning }));
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    result = { error: [error.type, error.msg, error.lineno, error.offset, error.endLineno, error.endOffset] };
  }
  result['warnings'] = warnings.map((w) => [w.category, w.message, w.lineno]);
  return result;
}

/** The first difference as text, or null. */
function difference(a: Dump, b: Dump, where: string): string | null {
  if (a['error'] !== undefined || b['error'] !== undefined) {
    const [x, y] = [JSON.stringify(a['error'] ?? 'none'), JSON.stringify(b['error'] ?? 'none')];
    return x === y ? null : `${where}: error\n  ours   ${x}\n  theirs ${y}`;
  }
  for (const [i, value] of (b['consts'] as Json[]).entries()) {
    const mine = (a['consts'] as Json[])[i];
    if (!isCode(value) || !isCode(mine)) continue;
    const inner = difference(mine, value, `${where} > ${String(value['name'])}`);
    if (inner !== null) return inner;
  }
  for (const field of Object.keys(b)) {
    const text = field === 'consts' ? constsText : JSON.stringify;
    const [x, y] = [text(a[field] as Json[]), text(b[field] as Json[])];
    if (x === y) continue;
    const detail = ['code', 'linetable', 'exceptiontable'].includes(field) ? listing(a, b) : `\n  ours   ${x}\n  theirs ${y}`;
    return `${where} (line ${String(b['firstlineno'])}): ${field}${detail}`;
  }
  return null;
}

function isCode(value: Json | undefined): value is Dump {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function constsText(consts: Json[]): string {
  return JSON.stringify(consts.map((value) => (isCode(value) ? `code ${String(value['name'])}` : normalize(value))));
}

/** Both codes from just before the first differing instruction. */
function listing(a: Dump, b: Dump): string {
  const [x, y] = [lines(a), lines(b)];
  let first = x.findIndex((line, i) => line !== y[i]);
  if (first < 0) first = x.length;
  const part = (all: string[]): string => all.slice(Math.max(0, first - 4), first + 6).map((line) => `\n    ${line}`).join('');
  return `\n  ours${part(x)}\n  theirs${part(y)}`;
}

function lines(dump: Dump): string[] {
  const bytes = (field: string): Uint8Array => new Uint8Array(Buffer.from(dump[field] as string, 'hex'));
  const code = { code: bytes('code'), linetable: bytes('linetable'), exceptiontable: bytes('exceptiontable') };
  const locations = decodeLocations({ linetable: code.linetable, firstlineno: dump['firstlineno'] as number });
  const out: string[] = [];
  for (const { offset, op, arg } of instructions(code)) {
    const loc = locations[offset];
    const place = loc === undefined ? '?' : `${loc.lineno}:${loc.col}-${loc.endLineno}:${loc.endCol}`;
    out.push(`${offset} ${OPCODES[op]?.name ?? op} ${arg} @${place}`);
  }
  for (const e of exceptionEntries(code)) out.push(`${e.start}-${e.end} -> ${e.target} [${e.depth}]${e.lasti ? ' lasti' : ''}`);
  return out;
}

function* pythonFiles(path: string): Generator<string> {
  if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) yield* pythonFiles(join(path, name));
  else if (path.endsWith('.py')) yield path;
}

function main(args: string[]): void {
  const python = process.env['MOULT_CPYTHON'] ?? 'python3.12';
  let level: 0 | 1 | 2 = 0;
  let max = 20;
  while (args[0]?.startsWith('-')) {
    if (args[0] === '-O') level = Number(args[1]) as 0 | 1 | 2;
    else if (args[0] === '--max') max = Number(args[1]);
    args = args.slice(2);
  }
  const files = args.flatMap((path) => [...pythonFiles(path)]);
  const script = join(process.cwd(), 'conformance/compiler/dump_code.py');
  let different = 0;
  let milliseconds = 0;
  for (let i = 0; i < files.length; i += BATCH) {
    const batch = files.slice(i, i + BATCH);
    const output = execFileSync(python, [script, '-O', String(level), ...batch], { maxBuffer: 1 << 30, encoding: 'utf8' });
    output.trimEnd().split('\n').forEach((line, k) => {
      const start = performance.now();
      let text: string | null;
      try {
        const mine = ours(batch[k]!, level);
        milliseconds += performance.now() - start;
        text = difference(mine, JSON.parse(line) as Dump, batch[k]!);
      } catch (error) {
        text = `${batch[k]!}: ${String((error as Error).stack)}`;
      }
      if (text === null) return;
      if (different++ < max) console.log(text);
    });
  }
  console.log(`${files.length} files, ${different} different, ${Math.round(milliseconds)} ms ours`);
}

main(process.argv.slice(2));
