/** Compares our code objects with CPython 3.12's, field by field, for files or folders of Python source.
 *  A .json file is a list of sources.
 *
 *  Run: npx esbuild conformance/compiler/compare-code.ts --bundle --platform=node --format=esm --outfile=/tmp/cc.mjs
 *       node /tmp/cc.mjs [-O LEVEL] [--mode MODE] [--flags FLAGS] [--max N] PATH...
 *  The interpreter is $MOULT_CPYTHON, or `python3.12` on the PATH. Prints the first difference of each file. */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compileModule } from '../../packages/moult/src/compiler/compile.ts';
import { decodeLocations } from '../../packages/moult/src/compiler/locations.ts';
import { exceptionEntries } from '../../packages/moult/src/compiler/exceptions.ts';
import { instructions } from '../../packages/moult/src/compiler/instructions.ts';
import { OPCODES } from '../../packages/moult/src/compiler/opcodes.ts';
import { PythonSyntaxError } from '../../packages/moult/src/syntax/errors.ts';
import type { SyntaxWarningRecord } from '../../packages/moult/src/syntax/errors.ts';
import { parse } from '../../packages/moult/src/syntax/parse.ts';
import { dumpCode, normalize } from './dump.ts';
import type { Dump, Json } from './dump.ts';

/** Files per run of the interpreter. */
const BATCH = 40;

const PYTHON = process.env['MOULT_CPYTHON'] ?? 'python3.12';
const characters = new Map<string, string | undefined>();

/** Looks a character name up with the interpreter. */
function unicodeName(name: string): string | undefined {
  let character = characters.get(name);
  if (!characters.has(name)) {
    const program = 'import sys, unicodedata\nprint(unicodedata.lookup(sys.argv[1]).encode("utf-16-be").hex())';
    try {
      const hex = execFileSync(PYTHON, ['-c', program, name], { encoding: 'utf8', stdio: 'pipe' }).trim();
      character = Buffer.from(hex, 'hex').swap16().toString('utf16le');
    } catch {
      character = undefined;
    }
    characters.set(name, character);
  }
  return character;
}

function ours(source: string | Uint8Array, path: string, { level, mode, flags }: Options): Dump {
  const warnings: SyntaxWarningRecord[] = [];
  let result: Dump;
  try {
    const parsed = parse(source, { filename: path, mode, unicodeName });
    warnings.push(...parsed.warnings);
    const onWarning = (warning: SyntaxWarningRecord): void => void warnings.push(warning);
    result = dumpCode(compileModule(parsed.ast, { filename: path, mode, flags, optimize: level, onWarning }));
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
    const inner = difference(mine, value, `${where} > ${value['name'] as string}`);
    if (inner !== null) return inner;
  }
  for (const field of Object.keys(b)) {
    const text = field === 'consts' ? constsText : JSON.stringify;
    const [x, y] = [text(a[field] as Json[]), text(b[field] as Json[])];
    if (x === y) continue;
    const detail = ['code', 'linetable', 'exceptiontable'].includes(field)
      ? listing(a, b)
      : `\n  ours   ${x}\n  theirs ${y}`;
    return `${where} (line ${b['firstlineno'] as number}): ${field}${detail}`;
  }
  return null;
}

function isCode(value: Json | undefined): value is Dump {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function constsText(consts: Json[]): string {
  return JSON.stringify(consts.map((value) => (isCode(value) ? `code ${value['name'] as string}` : normalize(value))));
}

/** Both codes from just before the first differing instruction. */
function listing(a: Dump, b: Dump): string {
  const [x, y] = [lines(a), lines(b)];
  let first = x.findIndex((line, i) => line !== y[i]);
  if (first < 0) first = x.length;
  const part = (all: string[]): string =>
    all
      .slice(Math.max(0, first - 4), first + 6)
      .map((line) => `\n    ${line}`)
      .join('');
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
  for (const e of exceptionEntries(code))
    out.push(`${e.start}-${e.end} -> ${e.target} [${e.depth}]${e.lasti ? ' lasti' : ''}`);
  return out;
}

function* pythonFiles(path: string): Generator<string> {
  if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) yield* pythonFiles(join(path, name));
  else if (path.endsWith('.py')) yield path;
}

interface Source {
  name: string;
  path: string;
  text: string | Uint8Array;
}

function readSources(path: string): Source[] {
  const bytes = readFileSync(path);
  if (!path.endsWith('.json')) return [{ name: path, path, text: bytes }];
  return (JSON.parse(bytes.toString()) as string[]).map((text, i) => ({
    name: `${path}[${i}] ${JSON.stringify(text)}`,
    path,
    text,
  }));
}

interface Options {
  level: 0 | 1 | 2;
  mode: 'exec' | 'eval' | 'single';
  flags: number;
  max: number;
  paths: string[];
}

function parseOptions(args: string[]): Options {
  const options: Options = { level: 0, mode: 'exec', flags: 0, max: 20, paths: [] };
  while (args[0]?.startsWith('-')) {
    if (args[0] === '-O') options.level = Number(args[1]) as 0 | 1 | 2;
    else if (args[0] === '--mode') options.mode = args[1] as Options['mode'];
    else if (args[0] === '--flags') options.flags = Number(args[1]);
    else if (args[0] === '--max') options.max = Number(args[1]);
    args = args.slice(2);
  }
  options.paths = args.flatMap((path) => (path.endsWith('.json') ? [path] : [...pythonFiles(path)]));
  return options;
}

function compare(source: Source, line: string, options: Options): string | null {
  try {
    return difference(ours(source.text, source.path, options), JSON.parse(line) as Dump, source.name);
  } catch (error) {
    return `${source.name}: ${String((error as Error).stack)}`;
  }
}

function main(options: Options): void {
  const { level, mode, flags, max, paths } = options;
  const script = join(process.cwd(), 'conformance/compiler/dump_code.py');
  let different = 0;
  let total = 0;
  for (let i = 0; i < paths.length; i += BATCH) {
    const batch = paths.slice(i, i + BATCH);
    const output = execFileSync(
      PYTHON,
      [script, '-O', String(level), '--mode', mode, '--flags', String(flags), ...batch],
      { maxBuffer: 1 << 30, encoding: 'utf8' },
    );
    const sources = batch.flatMap(readSources);
    output
      .trimEnd()
      .split('\n')
      .forEach((line, k) => {
        const text = compare(sources[k]!, line, options);
        total++;
        if (text !== null && different++ < max) console.log(text);
      });
  }
  console.log(`${total} sources, ${different} different`);
}

main(parseOptions(process.argv.slice(2)));
