/** Finds the programs and reads their goldens.
 *
 *  A *program* is CATEGORY/NAME.py with NAME.out, and optionally NAME.err and NAME.rc. The category "seeds" is the folder
 *  conformance/seeds, where goldens hold stdout and stderr together and NAME.repl is typed into `-i`. The category "examples"
 *  is the folder examples/ beside conformance/; a file there without a golden is a part of another one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SEEDS = 'seeds';
const EXAMPLES = 'examples';

export type Kind = 'program' | 'seed' | 'session' | 'line';

export interface Program {
  /** CATEGORY/NAME, as in expected-failures.json */
  name: string;
  category: string;
  kind: Kind;
  /** the folder in which it runs */
  folder: string;
  /** what the command gets after its own arguments */
  args: string[];
  /** the file that is its standard input, or null for an empty one */
  stdin: string | null;
  out: string;
  /** null where stderr does not matter */
  err: string | null;
  exitCode: number;
}

interface Selection {
  categories: readonly string[];
  words: readonly string[];
}

/** All selected programs below a conformance folder, by category and name. */
export function findPrograms(conformance: string, { categories, words }: Selection): Program[] {
  return [
    ...corpus(join(conformance, 'programs')),
    ...seeds(join(conformance, 'seeds')),
    ...category(EXAMPLES, join(conformance, '..', EXAMPLES)),
  ]
    .filter(({ category }) => categories.length === 0 || categories.includes(category))
    .filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
}

function corpus(root: string): Program[] {
  return subfolders(root).flatMap((name) => category(name, join(root, name)));
}

function category(name: string, folder: string): Program[] {
  return stems(folder, '.py').map((stem) => corpusProgram(name, folder, stem));
}

function corpusProgram(category: string, folder: string, stem: string): Program {
  const base = join(folder, stem);
  return {
    name: `${category}/${stem}`,
    category,
    kind: 'program',
    folder,
    args: [`${stem}.py`],
    stdin: null,
    out: readFileSync(`${base}.out`, 'utf8'),
    err: readIfThere(`${base}.err`),
    exitCode: Number(readIfThere(`${base}.rc`) ?? 0),
  };
}

function seeds(folder: string): Program[] {
  const shared = { category: SEEDS, folder, err: null, exitCode: 0 };
  const programs = stems(folder, '.py').map((stem): Program => {
    const out = readFileSync(join(folder, `${stem}.out`), 'utf8');
    return { ...shared, name: `${SEEDS}/${stem}`, kind: 'seed', args: [`${stem}.py`], stdin: null, out };
  });
  const sessions = stems(folder, '.repl').map((stem): Program => {
    const file = join(folder, `${stem}.repl`);
    const out = readFileSync(`${file}.out`, 'utf8');
    return { ...shared, name: `${SEEDS}/${stem}.repl`, kind: 'session', args: ['-i'], stdin: file, out };
  });
  return [...programs, ...sessions, ...(existsSync(folder) ? [implementationName(folder)] : [])];
}

/** `-c` runs a line, and the line sees that it runs in something that behaves as CPython. */
function implementationName(folder: string): Program {
  const line = 'import platform; print(platform.python_implementation())';
  return {
    name: `${SEEDS}/implementation_name`,
    category: SEEDS,
    kind: 'line',
    folder,
    args: ['-c', line],
    stdin: null,
    out: 'CPython\n',
    err: null,
    exitCode: 0,
  };
}

function subfolders(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Names without extension of the files with a golden. */
function stems(folder: string, extension: '.py' | '.repl'): string[] {
  if (!existsSync(folder)) return [];
  const golden = (stem: string): string => join(folder, extension === '.py' ? `${stem}.out` : `${stem}.repl.out`);
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length))
    .filter((stem) => existsSync(golden(stem)))
    .sort();
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
