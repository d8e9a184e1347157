/** Moult in a worker that is started again when a program takes too long. */
import { once } from 'node:events';
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
    const worker = (this.#worker ??= await this.#start());
    const timer = setTimeout(() => void worker.terminate(), this.timeoutMs);
    const outcome = await new Promise<Outcome>((resolve) => {
      worker.once('message', resolve);
      worker.once('error', (error: Error) => {
        resolve(failure(error.stack ?? error.message));
      });
      worker.once('exit', () => {
        resolve(failure(`no end within ${this.timeoutMs} ms`));
      });
      worker.postMessage(null);
    });
    clearTimeout(timer);
    for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
    // Nobody knows what is left of that runtime.
    if (outcome.broken !== null) await this.close();
    return outcome;
  }

  /** Ends the worker; the next program gets another one. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  /** A worker that has imported what it shares, which takes seconds. */
  async #start(): Promise<Worker> {
    const worker = new Worker(this.bundle, {
      workerData: this.data,
      resourceLimits: { stackSizeMb: STACK_MB, maxOldGenerationSizeMb: 4096 },
    });
    await once(worker, 'message');
    return worker;
  }
}

function failure(broken: string): Outcome {
  return { out: '', err: '', exitCode: null, broken };
}
