/** The differential fuzzer: generated programs in Moult and in CPython 3.12, compared to the letter. The bundle of this
 *  file is also the worker in which Moult runs. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { Bench } from './bench.ts';
import { generate } from './generate/generate.ts';
import { findCPython } from './oracle/cpython.ts';
import { mutant } from './language/mutate.ts';
import { readCorpus } from './language/corpus.ts';
import { libraryOf, libraryPackOf } from './oracle/library.ts';
import { type FuzzOptions, parseOptions, usage, UsageError } from './options.ts';
import { countLines, parse, render, type Statement } from './program.ts';
import { Random } from './random.ts';
import { shrink } from './shrink.ts';
import { serve } from './worker.ts';

if (!isMainThread) serve();

/** What a program is called in reports and how it comes to be. */
interface Case {
  readonly name: string;
  readonly program: () => readonly Statement[];
}

interface Cases {
  readonly length: number;
  readonly at: (i: number) => Case;
}

/** Runs what the command line says; the last line is `N passed, N failed`. Returns the exit code.
 *  @param root of the repository */
export async function main(args: readonly string[], root: string): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  try {
    return await fuzz(parseOptions(args), root);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
}

async function fuzz(options: FuzzOptions, root: string): Promise<number> {
  const python = findCPython();
  if (python === null) {
    console.log('no CPython 3.12 here to compare with (MOULT_CPYTHON names one): left out');
    console.log('0 passed, 0 failed');
    return 0;
  }
  const scratch = mkdtempSync(join(scratchFolder(), 'moult-fuzz-'));
  const pack = libraryPackOf(python, root);
  const site = join(root, 'conformance/fuzz/oracle');
  const bundle = new URL(import.meta.url);
  try {
    return await runAll(options, casesOf(options, root, python), (job) => {
      const folder = join(scratch, String(job));
      const { audit, tier, language } = options;
      return new Bench({ python, pack, site, folder, audit, tier, language, bundle });
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Where programs and their outputs lie: in memory where that can be. File systems on disks wait for the disk when a file is
 *  written again, which takes as long as the program. */
function scratchFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}

/** Runs all programs, `options.jobs` at the same time. */
async function runAll(options: FuzzOptions, cases: Cases, makeBench: (job: number) => Bench): Promise<number> {
  const { length, at } = cases;
  const totals = { passed: 0, failed: 0, undetermined: 0 };
  let next = 0;
  const work = async (_: unknown, job: number): Promise<void> => {
    const bench = makeBench(job);
    for (let i = next++; i < length; i = next++) {
      totals[await examine(at(i), bench, options)]++;
      if ((i + 1) % PROGRESS === 0) console.log(`${i + 1} of ${length}: ${summary(totals)}`);
    }
    await bench.close();
  };
  await Promise.all(Array.from({ length: options.jobs }, work));
  if (totals.undetermined > 0)
    console.log(`${totals.undetermined} left out: CPython prints something else each time, was ended, or met a limit`);
  console.log(summary(totals));
  return totals.failed === 0 ? 0 : 1;
}

/** Programs between two lines that tell how far a run is. */
const PROGRESS = 100;

const summary = ({ passed, failed }: { passed: number; failed: number }): string =>
  `${passed} passed, ${failed} failed`;

/** The programs by number; a long run makes them one by one. */
function casesOf({ files, programs, seed, counts, language }: FuzzOptions, root: string, python: string): Cases {
  if (files.length > 0) return { length: files.length, at: (i) => caseOfFile(files[i] as string) };
  const corpus = language ? readCorpus(root, libraryOf(python)) : [];
  const make = (n: number): readonly Statement[] => (language ? mutant(new Random(n), corpus) : generate(n, counts));
  return { length: programs, at: (i) => ({ name: String(seed + i), program: () => make(seed + i) }) };
}

function caseOfFile(name: string): Case {
  return { name, program: () => parse(readFileSync(name, 'utf8')) };
}

type Verdict = 'passed' | 'failed' | 'undetermined';

/** Runs one program in both and reports a difference. */
async function examine({ name, program }: Case, bench: Bench, options: FuzzOptions): Promise<Verdict> {
  let statements = program();
  const what = await bench.compare(render(statements));
  if (what === null) return 'passed';
  if (what === 'undetermined') return 'undetermined';
  if (!(await bench.isDetermined(render(statements)))) return 'undetermined';
  // Once more: CPython may have met its limit of memory while it printed.
  if ((await bench.compare(render(statements))) !== what) return 'undetermined';
  if (options.shrink) statements = await smallest(statements, what, bench);
  const source = render(statements);
  await bench.compare(source);
  console.log(
    `FAIL ${name}: ${what} (${countLines(statements)} lines)\n${options.shrink ? source : ''}${bench.lastDifference()}\n`,
  );
  if (options.output !== null) {
    mkdirSync(options.output, { recursive: true });
    writeFileSync(join(options.output, `${basename(name, '.py')}.py`), source);
  }
  return 'failed';
}

/** The lines of a program that make the difference. Whether CPython repeats itself is asked once, at the end: that takes longer
 *  than all else. */
async function smallest(program: readonly Statement[], what: string, bench: Bench): Promise<readonly Statement[]> {
  const differs = async (candidate: readonly Statement[]): Promise<boolean> =>
    (await bench.compare(render(candidate))) === what;
  const quick = await shrink(program, differs);
  if (await bench.isDetermined(render(quick))) return quick;
  return shrink(program, async (candidate) => (await differs(candidate)) && bench.isDetermined(render(candidate)));
}
