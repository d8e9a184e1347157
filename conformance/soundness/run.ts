/** Soundness sweeps: what must hold when memory runs out, steps run out, collections and threads come at the worst moment. The
 *  bundle of this file is also the worker that does the work. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { UsageError } from '../options.ts';
import { parseOptions, type SoundnessOptions, usage } from './options.ts';
import { TaskWorker } from './pool.ts';
import type { SweepName, Task, Verdict, WorkerSetup } from './task.ts';
import { serve } from './worker.ts';

if (!isMainThread) serve();

/** Places between two that are looked at in the small form; not round, so that a loop's body is met everywhere. */
const SMALL_EVERY: Readonly<Partial<Record<SweepName, number>>> = { faults: 61, steps: 23 };

/** Runs what the command line says; the last line is `N passed, N failed`. Returns the exit code.
 *  @param root of the repository  @param pack path of the library pack */
export async function main(args: readonly string[], root: string, pack: string): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  try {
    return await sweep(parseOptions(args), root, pack);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
}

async function sweep(options: SoundnessOptions, root: string, pack: string): Promise<number> {
  const setup: WorkerSetup = { pack, library: null };
  const tasks = options.sweeps.flatMap((name) => tasksOf(name, join(root, 'conformance'), options));
  const totals = { passed: 0, failed: 0, runs: 0 };
  const queue = [...tasks];
  const work = async (): Promise<void> => {
    const worker = new TaskWorker(new URL(import.meta.url), setup, options.timeoutMs);
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
      const start = performance.now();
      const verdict = await worker.perform(task);
      totals.runs += verdict.runs;
      totals[verdict.defects.length === 0 ? 'passed' : 'failed']++;
      report(task, verdict, performance.now() - start, options.verbose);
    }
    await worker.close();
  };
  await Promise.all(Array.from({ length: options.jobs }, work));
  console.log(`${totals.runs} runs`);
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed === 0 ? 0 : 1;
}

function tasksOf(sweep: SweepName, conformance: string, options: SoundnessOptions): Task[] {
  const folder = join(conformance, 'soundness/programs');
  const every = options.every ?? (options.small ? (SMALL_EVERY[sweep] ?? 1) : 1);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.py'))
    .map((file) => ({
      sweep,
      name: basename(file, '.py'),
      path: join(folder, file),
      folder,
      golden: null,
      every,
      only: options.only,
    }))
    .filter(({ name }) => isWanted(name, options));
}

function isWanted(name: string, { words }: SoundnessOptions): boolean {
  return words.length === 0 || words.some((word) => name.includes(word));
}

function report({ sweep, name }: Task, { runs, defects }: Verdict, milliseconds: number, verbose: boolean): void {
  const line = `${sweep} ${name}: ${runs} runs, ${(milliseconds / 1000).toFixed(1)} s`;
  if (defects.length > 0)
    console.log(`FAIL ${line}\n${defects.map((text) => `  ${text.replaceAll('\n', '\n  ')}`).join('\n')}`);
  else if (verbose) console.log(`ok   ${line}`);
}
