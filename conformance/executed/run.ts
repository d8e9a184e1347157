/** Runs the conformance programs and those of the runtime's own tests in this process, each in a runtime of its own, so that the
 *  engine can tell what of the runtime was executed (scripts/coverage-programs.mjs). What they print is not looked at. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createPython, type LibraryPack } from 'moult';
import { openPackFile } from '../../packages/cli/src/library.ts';
import { findPrograms } from '../programs.ts';

const STEPS = 20_000_000;
/** Milliseconds for one program. */
const TIME = 20_000;

/** Returns how many programs ran, and the names of those that the embedded runtime could not run to their end. */
export function runPrograms(root: string, words: readonly string[]): { ran: number; ended: string[] } {
  const library = openPackFile(join(root, 'packages/cli/dist/library.pack'));
  const paths = programPaths(root).filter((path) => words.length === 0 || words.some((word) => path.includes(word)));
  const ended = paths.filter((path) => !run(path, library));
  return { ran: paths.length, ended };
}

function programPaths(root: string): string[] {
  const conformance = findPrograms(join(root, 'conformance'), { categories: [], words: [] })
    .filter(({ kind }) => kind === 'program' || kind === 'seed')
    .map(({ folder, args }) => join(folder, args.at(-1) ?? ''));
  const sources = join(root, 'packages/moult/src');
  const own = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py'))
    .map((name) => join(sources, name));
  return [...conformance, ...own];
}

/** False if it was ended from outside. */
function run(path: string, library: LibraryPack): boolean {
  const python = createPython({
    library,
    argv: [path],
    path: [dirname(path)],
    memory: 1 << 30,
    limits: { steps: STEPS, time: TIME },
  });
  try {
    python.run(readFileSync(path, 'utf8'), { filename: path });
    python.close();
    return true;
  } catch {
    return false;
  }
}
