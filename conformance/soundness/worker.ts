/** The worker: does one task after the other. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { LibraryPack } from 'moult';
import { openPackFile } from '../../packages/cli/src/library.ts';
import { ensureStack } from '../../packages/cli/src/stack.ts';
import { sweepFaults } from './faults.ts';
import { sweepCollect, sweepThreads } from './golden.ts';
import { sweepInput } from './input.ts';
import { Lab } from './lab.ts';
import { sweepLeaks } from './leaks.ts';
import { sweepSteps } from './steps.ts';
import type { Task, Verdict, WorkerSetup } from './task.ts';

/** Answers each task with its verdict. */
export function serve(): void {
  Error.stackTraceLimit = 24;
  ensureStack();
  const setup = workerData as WorkerSetup;
  const library = openPackFile(setup.pack);
  parentPort?.on('message', (task: Task) => {
    parentPort?.postMessage(verdictOf(task, library, setup));
  });
}

function verdictOf(task: Task, library: LibraryPack, setup: WorkerSetup): Verdict {
  try {
    return perform(task, library, setup);
  } catch (error) {
    return { runs: 0, defects: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}

function perform(task: Task, library: LibraryPack, setup: WorkerSetup): Verdict {
  switch (task.sweep) {
    case 'faults':
      return sweepFaults(labOf(task, library), task);
    case 'steps':
      return sweepSteps(labOf(task, library), task);
    case 'collect':
      return sweepCollect(task, library);
    case 'threads':
      return sweepThreads(task, library);
    case 'leaks':
      return sweepLeaks(task, library, setup);
    case 'input':
      return sweepInput(task, library);
  }
}

function labOf({ path }: Task, library: LibraryPack): Lab {
  return new Lab(readFileSync(path, 'utf8'), path, library);
}
