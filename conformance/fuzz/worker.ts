/** The worker: runs programs one after the other, each in a runtime of its own. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { createRuntime, finalize, leftovers, openPack, runFile, withLibrary } from 'moult';
import type { HostInterface, LibraryPack, Runtime } from 'moult';
import { NodeHost } from '../../packages/cli/src/host.ts';
import { ensureStack } from '../../packages/cli/src/stack.ts';
import { decode } from '../compare.ts';
import type { Outcome } from './outcome.ts';

export interface WorkerData {
  /** path of the library pack */
  readonly pack: string;
  /** instructions between audits; null for none */
  readonly audit: number | null;
}

const RESERVE_BYTES = 2 ** 30;

/** Keeps what the program writes; files it can only read. */
class QuietHost implements HostInterface {
  readonly #node = new NodeHost();
  readonly #streams: Uint8Array[][] = [[], [], []];

  write(fd: number, data: Uint8Array): void {
    this.#streams[fd]?.push(data.slice());
  }

  written(fd: number): string {
    return decode(Buffer.concat(this.#streams[fd] ?? []));
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

/** Answers each path with the outcome of its program. */
export function serve(): void {
  ensureStack();
  const { pack, audit } = workerData as WorkerData;
  const library = openPack(fileReader(pack));
  parentPort?.on('message', (path: string) => {
    parentPort?.postMessage(run(path, library, audit));
  });
}

function fileReader(path: string): (offset: number, length: number) => Uint8Array {
  const fd = openSync(path, 'r');
  process.on('exit', () => {
    closeSync(fd);
  });
  return (offset, length) => {
    const data = new Uint8Array(length);
    readSync(fd, data, 0, length, offset);
    return data;
  };
}

function run(path: string, library: LibraryPack, audit: number | null): Outcome {
  const host = new QuietHost();
  try {
    const rt = createRuntime({
      host: withLibrary(host, library),
      argv: [path],
      path: [path.replace(/\/[^/]*$/, '')],
      reserveBytes: RESERVE_BYTES,
      auditInterval: audit ?? 0,
    });
    rt.libraryPack = library.find;
    return execute(rt, host, path, audit);
  } catch (error) {
    const broken = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { out: host.written(1), err: host.written(2), exitCode: null, broken };
  }
}

function execute(rt: Runtime, host: QuietHost, path: string, audit: number | null): Outcome {
  const code = runFile(rt, readFileSync(path), path);
  if (audit !== null) rt.audit();
  const unflushed = finalize(rt);
  const left = audit === null ? 0 : leftovers(rt).length;
  if (audit !== null) rt.audit();
  const broken = left === 0 ? null : `${left} tracked objects outlive the interpreter`;
  return { out: host.written(1), err: host.written(2), exitCode: unflushed && code === 0 ? 120 : code, broken };
}
