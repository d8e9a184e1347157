/** Compares our trees with CPython's, which `dump_ast.py` has written, for every file listed.
 *
 *      python3.12 dump_ast.py DIRECTORY > trees.txt
 *      python3.12 dump_ast.py --names DIRECTORY > names.txt
 *      npx esbuild compare-ast.ts --bundle --platform=node --format=esm --outfile=compare.mjs
 *      node compare.mjs trees.txt names.txt        or: node compare.mjs --tree FILE names.txt */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PythonSyntaxError } from '../../packages/moult/src/syntax/errors.ts';
import { parse } from '../../packages/moult/src/syntax/parse.ts';
import { dumpTree } from '../../packages/moult/src/syntax/testdata/dump-tree.ts';

const names = new Map<string, string>();

let parseTime = 0;

function tree(path: string): string {
  const source = readFileSync(path);
  const started = performance.now();
  const { ast } = parse(source, { filename: path, mode: 'exec', unicodeName: (name) => names.get(name.toUpperCase()) });
  parseTime += performance.now() - started;
  return dumpTree(ast);
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
    return (
      '!' + JSON.stringify([error.type, error.msg, String(error.lineno ?? 'None'), String(error.offset ?? 'None')])
    );
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
