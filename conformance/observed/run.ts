/**
 * `npm run observe [-- WORD...]`: each program of the corpus (whose name contains one of the words) alone and observed, as many at once as
 * there are processors. The bundle of this file is also the worker that runs them. The last line is `N passed, N failed`.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { openPackFile } from '../../packages/cli/src/library.ts';
import { ensureStack } from '../../packages/cli/src/stack.ts';
import type { Program } from '../programs.ts';
import { differences, runTwice } from './compare.ts';
import { observable } from './programs.ts';

/** The worker's stack: as deep as the command's. */
const STACK_MB = 192;

/** For both runs of a program. */
const LIMIT_MS = 300_000;

interface Verdict {
  readonly defects: readonly string[];
  readonly milliseconds: number;
  readonly isLost?: boolean;
}

if (!isMainThread) serve();

/** @param root of the repository  @param pack path of the library pack. Returns the exit code. */
export async function main(words: readonly string[], root: string, pack: string): Promise<number> {
  const queue = observable(join(root, 'conformance')).filter(
    ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
  );
  const totals = { passed: 0, failed: 0 };
  const started = performance.now();
  const work = async (): Promise<void> => {
    let worker = start(pack);
    for (let program = queue.shift(); program !== undefined; program = queue.shift()) {
      const { defects, milliseconds, isLost } = await ask(worker, program);
      if (isLost) {
        await worker.terminate();
        worker = start(pack);
      }
      totals[defects.length === 0 ? 'passed' : 'failed']++;
      const end = `${program.name} (${(milliseconds / 1000).toFixed(1)} s)`;
      console.log([`${defects.length === 0 ? 'ok  ' : 'FAIL'} ${end}`, ...defects].join('\n  '));
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1;
}

function start(pack: string): Worker {
  return new Worker(new URL(import.meta.url), {
    workerData: { pack },
    resourceLimits: { stackSizeMb: STACK_MB, maxOldGenerationSizeMb: 4096 },
  });
}

/** Asks a worker, which is lost if it does not answer. */
function ask(worker: Worker, program: Program): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const late = { defects: [`no end within ${LIMIT_MS / 1000} s`], milliseconds: LIMIT_MS, isLost: true };
    const timer = setTimeout(resolve, LIMIT_MS, late);
    const finish = (verdict: Verdict): void => {
      clearTimeout(timer);
      resolve(verdict);
    };
    worker.removeAllListeners();
    worker.once('message', finish).once('error', reject);
    worker.postMessage(program);
  });
}

function serve(): void {
  ensureStack();
  const library = openPackFile((workerData as { pack: string }).pack);
  parentPort?.on('message', (program: Program) => {
    const started = performance.now();
    parentPort?.postMessage({ defects: verdict(program), milliseconds: performance.now() - started });

    function verdict({ name }: Program): string[] {
      try {
        const { alone, observed } = runTwice(program, (rt) => {
          rt.libraryPack = library.find;
        });
        return differences(alone, observed);
      } catch (error) {
        return [`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
      }
    }
  });
}
