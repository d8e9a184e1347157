/** The worker: runs programs one after the other. A runtime imports what programs share; each begins with a copy of that state. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { decref, restoreSnapshot, takeSnapshot } from '@moult/heap';
import type { Snapshot } from '@moult/heap';
import { createRuntime, finalize, leftovers, openPack, runFile, runSource, withLibrary } from 'moult';
import type { HostInterface, Runtime } from 'moult';
import { NodeHost } from '../../packages/cli/src/host.ts';
import { ensureStack } from '../../packages/cli/src/stack.ts';
import { decode } from '../compare.ts';
import type { Outcome } from './outcome.ts';

export interface WorkerData {
  /** path of the library pack */
  readonly pack: string;
  /** path of the program */
  readonly path: string;
  /** what is imported before the first program */
  readonly modules: readonly string[];
  /** instructions between audits; null for none */
  readonly audit: number | null;
  /** heat at which code gets a generated function; null for what is usual */
  readonly tier: number | null;
  /** metered bytes of a program; 0: unlimited */
  readonly megabytes: number;
}

const RESERVE_BYTES = 2 ** 30;
const OUTPUT_LIMIT = 1 << 24;

/** As sitecustomize.py does; `__main__` stays as it was. */
const FREEZE = "__import__('gc').collect(); __import__('gc').freeze()";

/** Keeps what the program writes; files it can only read. */
class QuietHost implements HostInterface {
  readonly #node = new NodeHost();
  #streams: Uint8Array[][] = [[], [], []];
  #nbytes = 0;

  write(fd: number, data: Uint8Array): void {
    this.#nbytes += data.length;
    if (this.#nbytes < OUTPUT_LIMIT) this.#streams[fd]?.push(data.slice());
  }

  written(fd: number): string {
    return decode(Buffer.concat(this.#streams[fd] ?? []));
  }

  forget(): void {
    this.#streams = [[], [], []];
    this.#nbytes = 0;
  }

  readFile(path: string): Uint8Array | null {
    return this.#node.readFile(path);
  }

  statPath(path: string): 'file' | 'folder' | null {
    return this.#node.statPath(path);
  }

  isTerminal(): boolean {
    return false;
  }

  time(): bigint {
    return this.#node.time();
  }

  monotonic(): bigint {
    return this.#node.monotonic();
  }

  workingFolder(): string {
    return this.#node.workingFolder();
  }
}

/** Says `ready` once the modules are imported; then answers each message with the outcome of the program, whose file was written
 *  before. */
export function serve(): void {
  ensureStack();
  const stage = new Stage(workerData as WorkerData);
  parentPort?.on('message', () => {
    parentPort?.postMessage(outcomeOf(stage));
  });
  parentPort?.postMessage('ready');
}

function outcomeOf(stage: Stage): Outcome {
  try {
    return stage.perform();
  } catch (error) {
    const broken = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { out: stage.host.written(1), err: stage.host.written(2), exitCode: null, broken };
  }
}

/** A runtime, and its state before each program. */
class Stage {
  readonly host = new QuietHost();
  readonly #runtime: Runtime;
  readonly #state: Snapshot;

  constructor(readonly data: WorkerData) {
    this.#runtime = start(data, this.host);
    for (const name of data.modules) decref(this.#runtime, this.#runtime.importModule(name));
    runSource(this.#runtime, FREEZE, '<freeze>');
    this.#state = takeSnapshot(this.#runtime);
  }

  perform(): Outcome {
    const rt = this.#runtime;
    restoreSnapshot(rt, this.#state);
    rt.methodCache.fill(0);
    this.host.forget();
    return execute(rt, this.host, this.data);
  }
}

function start({ path, pack, audit, tier, megabytes }: WorkerData, host: QuietHost): Runtime {
  const bytes = readFileSync(pack);
  const library = openPack((offset, length) => bytes.subarray(offset, offset + length));
  const rt = createRuntime({
    host: withLibrary(host, library),
    argv: [path],
    path: [path.replace(/\/[^/]*$/, '')],
    reserveBytes: RESERVE_BYTES,
    auditInterval: audit ?? 0,
    ...(tier === null ? {} : { tierHeat: tier }),
    ...(megabytes > 0 ? { budgetBytes: megabytes * 2 ** 20 } : {}),
  });
  rt.libraryPack = library.find;
  return rt;
}

function execute(rt: Runtime, host: QuietHost, { path, audit }: WorkerData): Outcome {
  const code = runFile(rt, readFileSync(path), path);
  if (audit !== null) rt.audit();
  const unflushed = finalize(rt, audit === null);
  const left = audit === null ? 0 : leftovers(rt).length;
  if (audit !== null) rt.audit();
  const broken = left === 0 ? null : `${left} tracked objects outlive the interpreter`;
  return { out: host.written(1), err: host.written(2), exitCode: unflushed && code === 0 ? 120 : code, broken };
}
