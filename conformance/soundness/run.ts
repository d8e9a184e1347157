/** Soundness sweeps: what must hold when memory runs out, steps run out, collections and threads come at the worst moment. The
 *  bundle of this file is also the worker that does the work. */
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { findCPython } from '../cpython/find.ts';
import { UsageError } from '../options.ts';
import { limitOf, parseOptions, type SoundnessOptions, usage } from './options.ts';
import { TaskWorker } from './pool.ts';
import type { Task, Verdict } from './task.ts';
import { tasksOf } from './tasks.ts';
import { serve } from './worker.ts';

if (!isMainThread) serve();

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
  const conformance = join(root, 'conformance');
  const library = options.cpython ? findCPython()?.library : null;
  if (library === undefined) throw new UsageError('no CPython 3.12 with its tests here (MOULT_CPYTHON can name one)');
  const setup = { pack, library, harness: join(conformance, 'soundness/repeat.py') };
  const tasks = options.sweeps.flatMap((name) => tasksOf(name, conformance, options));
  const totals = { passed: 0, failed: 0, runs: 0 };
  const queue = [...tasks];
  const work = async (): Promise<void> => {
    const worker = new TaskWorker(new URL(import.meta.url), setup, limitOf(options));
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

function report({ sweep, name }: Task, { runs, defects }: Verdict, milliseconds: number, verbose: boolean): void {
  const line = `${sweep} ${name}: ${runs} runs, ${(milliseconds / 1000).toFixed(1)} s`;
  if (defects.length > 0)
    console.log(`FAIL ${line}\n${defects.map((text) => `  ${text.replaceAll('\n', '\n  ')}`).join('\n')}`);
  else if (verbose) console.log(`ok   ${line}`);
}
