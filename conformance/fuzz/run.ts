/** The differential fuzzer: generated programs in Moult and in CPython 3.12, compared to the letter. The bundle of this
 *  file is also the worker in which Moult runs. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { findCPython, runCPython } from './cpython.ts';
import { generate } from './generate/generate.ts';
import { MoultWorker } from './moult.ts';
import { type FuzzOptions, parseOptions, usage, UsageError } from './options.ts';
import { describe, difference, normalise, type Outcome } from './outcome.ts';
import { countLines, parse, render, type Statement } from './program.ts';
import { shrink } from './shrink.ts';
import { serve } from './worker.ts';

if (!isMainThread) serve();

const TIMEOUT_MS = 20_000;
/** An audited program takes many times as long. */
const AUDITED_TIMEOUT_MS = 180_000;

/** What a program is called in reports and how it comes to be. */
interface Case {
  readonly name: string;
  readonly program: () => readonly Statement[];
}

/** Runs what the command line says; the last line is `N passed, N failed`. Returns the exit code.
 *  @param pack path of the library pack */
export async function main(args: readonly string[], pack: string): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  try {
    return await fuzz(parseOptions(args), pack);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
}

async function fuzz(options: FuzzOptions, pack: string): Promise<number> {
  const python = findCPython();
  if (python === null) {
    console.log('no CPython 3.12 here to compare with (MOULT_CPYTHON names one): left out');
    console.log('0 passed, 0 failed');
    return 0;
  }
  const cases = casesOf(options);
  const totals = { passed: 0, failed: 0, undetermined: 0 };
  const scratch = mkdtempSync(join(tmpdir(), 'moult-fuzz-'));
  let next = 0;
  const work = async (_: unknown, job: number): Promise<void> => {
    const bench = new Bench(python, join(scratch, String(job)), pack, options);
    for (let at = next++; at < cases.length; at = next++) totals[await examine(cases[at] as Case, bench, options)]++;
    await bench.close();
  };
  try {
    await Promise.all(Array.from({ length: options.jobs }, work));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  if (totals.undetermined > 0)
    console.log(`${totals.undetermined} left out: CPython itself does not always print the same`);
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed === 0 ? 0 : 1;
}

function casesOf({ files, programs, seed }: FuzzOptions): Case[] {
  if (files.length > 0) return files.map((name) => ({ name, program: () => parse(readFileSync(name, 'utf8')) }));
  return Array.from({ length: programs }, (_, i) => ({ name: String(seed + i), program: () => generate(seed + i) }));
}

type Verdict = 'passed' | 'failed' | 'undetermined';

/** Runs one program in both and reports a difference. */
async function examine({ name, program }: Case, bench: Bench, options: FuzzOptions): Promise<Verdict> {
  let statements = program();
  const what = await bench.compare(statements);
  if (what === null) return 'passed';
  if (!(await bench.isDetermined(statements))) return 'undetermined';
  if (options.shrink) {
    statements = await shrink(
      statements,
      async (candidate) => (await bench.compare(candidate)) === what && (await bench.isDetermined(candidate)),
    );
  }
  await bench.compare(statements);
  const source = render(statements);
  console.log(
    `FAIL ${name}: ${what} (${countLines(statements)} lines)\n${options.shrink ? source : ''}${bench.lastDifference()}\n`,
  );
  if (options.output !== null) {
    mkdirSync(options.output, { recursive: true });
    writeFileSync(join(options.output, `${name}.py`), source);
  }
  return 'failed';
}

/** One place where programs run: a folder, a worker, and what the last program did. */
class Bench {
  readonly #moult: MoultWorker;
  readonly #timeoutMs: number;
  #last: readonly [wanted: Outcome, got: Outcome] | null = null;

  constructor(
    readonly python: string,
    readonly folder: string,
    pack: string,
    { audit }: FuzzOptions,
  ) {
    mkdirSync(folder);
    this.#timeoutMs = audit === null ? TIMEOUT_MS : AUDITED_TIMEOUT_MS;
    this.#moult = new MoultWorker(new URL(import.meta.url), { pack, audit }, this.#timeoutMs);
  }

  /** Writes the program and runs it in both; tells where they differ. */
  async compare(statements: readonly Statement[]): Promise<string | null> {
    const path = this.#write(statements);
    const outcomes = await Promise.all([
      runCPython(this.python, path, this.folder, this.#timeoutMs),
      this.#moult.run(path),
    ]);
    this.#last = outcomes;
    return difference(...outcomes);
  }

  /** Whether CPython prints the same once more: addresses, and what follows from them, change from run to run. */
  async isDetermined(statements: readonly Statement[]): Promise<boolean> {
    const path = this.#write(statements);
    const texts = new Set<string>();
    for (let i = 0; i < 3; i++) {
      const { out, err } = await runCPython(this.python, path, this.folder, this.#timeoutMs);
      texts.add(normalise(out) + normalise(err));
    }
    return texts.size === 1;
  }

  lastDifference(): string {
    return this.#last === null ? '' : describe(...this.#last);
  }

  async close(): Promise<void> {
    await this.#moult.close();
  }

  #write(statements: readonly Statement[]): string {
    const path = join(this.folder, 'program.py');
    writeFileSync(path, render(statements));
    return path;
  }
}
