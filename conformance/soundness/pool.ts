/** A worker that does tasks one after the other, and is started again when one takes too long or ends it. */
import { Worker } from 'node:worker_threads';
import type { Task, Verdict, WorkerSetup } from './task.ts';

/** The worker's stack: as deep as the command's. */
const STACK_MB = 192;

export class TaskWorker {
  #worker: Worker | null = null;

  constructor(
    readonly bundle: URL,
    readonly setup: WorkerSetup,
    readonly timeoutMs: number,
  ) {}

  async perform(task: Task): Promise<Verdict> {
    const worker = (this.#worker ??= new Worker(this.bundle, {
      workerData: this.setup,
      resourceLimits: { stackSizeMb: STACK_MB, maxOldGenerationSizeMb: 4096 },
    }));
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Verdict>((resolve, reject) => {
        timer = setTimeout(() => {
          resolve(failure(`no end within ${this.timeoutMs} ms`));
          void this.close();
        }, this.timeoutMs);
        worker.once('message', resolve).once('error', reject);
        worker.postMessage(task);
      });
    } catch (error) {
      await this.close();
      return failure(error instanceof Error ? (error.stack ?? error.message) : String(error));
    } finally {
      clearTimeout(timer);
      worker.removeAllListeners('message').removeAllListeners('error');
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}

function failure(text: string): Verdict {
  return { runs: 0, defects: [text] };
}
