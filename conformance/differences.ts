/** The differences that are meant to stay: proves that each still is one (conformance/differences/README.md). */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cleanEnvironment, findCPython } from './fuzz/oracle/cpython.ts';

const run = promisify(execFile);

/** What a program printed, and what is recorded of it. */
export interface Difference {
  readonly name: string;
  /** of CPython, recorded */
  readonly wanted: string;
  /** of Moult, recorded */
  readonly known: string;
  /** of Moult, now */
  readonly got: string;
  /** of CPython, now; null where there is none */
  readonly oracle: string | null;
}

/** What is wrong with a recorded difference; null if it is as it was. */
export function complaint({ wanted, known, got, oracle }: Difference): string | null {
  if (got === wanted) return 'is no difference any more: take its files away';
  if (wanted === known) return 'records the same for both';
  if (got !== known) return `prints ${JSON.stringify(got)}, recorded is ${JSON.stringify(known)}`;
  if (oracle !== null && oracle !== wanted)
    return `CPython prints ${JSON.stringify(oracle)}, recorded is ${JSON.stringify(wanted)}`;
  return null;
}

/** Checks all; the last line printed is `N passed, N failed`. Returns the exit code. */
export async function checkDifferences(root: string): Promise<number> {
  const folder = join(root, 'conformance/differences');
  const python = findCPython();
  if (python === null) console.log('no CPython 3.12 here: compared with what is recorded of it');
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.py'))
    .map((file) => file.slice(0, -'.py'.length));
  let failed = 0;
  for (const name of names) {
    const problem = complaint(await examine(folder, name, join(root, 'packages/cli/bin/moult.js'), python));
    if (problem === null) continue;
    failed++;
    console.log(`FAIL differences/${name}: ${problem}`);
  }
  console.log(`${names.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function examine(folder: string, name: string, moult: string, python: string | null): Promise<Difference> {
  const recorded = (extension: string): string => readFileSync(join(folder, `${name}.${extension}`), 'utf8');
  const output = async (...argv: [file: string, ...args: string[]]): Promise<string> => {
    const [file, ...args] = argv;
    const options = { cwd: folder, env: cleanEnvironment(), timeout: 60_000 };
    return (await run(file, [...args, `${name}.py`], options)).stdout;
  };
  return {
    name,
    wanted: recorded('out'),
    known: recorded('moult'),
    got: await output(process.execPath, moult),
    oracle: python === null ? null : await output(python, '-X', 'utf8'),
  };
}
