/** Moult in a worker that is started again when a program takes too long. */
import { Worker } from 'node:worker_threads';
import type { Outcome } from './outcome.ts';
import type { WorkerData } from './worker.ts';

/** The worker's stack: as deep as the command's. */
const STACK_MB = 192;
/** Programs after which a worker is replaced: what V8 compiled for them is not worth keeping. */
const PROGRAMS_EACH = 5000;

export class MoultWorker {
  #worker: Worker | null = null;
  #served = 0;

  constructor(
    readonly bundle: URL,
    readonly data: WorkerData,
    readonly timeoutMs: number,
  ) {}

  /** Runs the program whose file was written. */
  async run(): Promise<Outcome> {
    if (this.#served++ % PROGRAMS_EACH === 0) await this.close();
    const worker = (this.#worker ??= new Worker(this.bundle, {
      workerData: this.data,
      resourceLimits: { stackSizeMb: STACK_MB, maxOldGenerationSizeMb: 4096 },
    }));
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Outcome>((resolve, reject) => {
        timer = setTimeout(() => {
          resolve(failure(`no end within ${this.timeoutMs} ms`));
          void this.close();
        }, this.timeoutMs);
        worker.once('message', resolve).once('error', reject);
        worker.postMessage(null);
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

function failure(broken: string): Outcome {
  return { out: '', err: '', exitCode: null, broken };
}
