/** The host interface on Node: synchronous files, standard streams, clocks. */
import { fstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import type { HostInterface } from 'moult';
import { isTerminal } from './is-terminal.ts';
import { NodeFiles } from './node-files/files.ts';
import { pause } from './node-files/open-file.ts';
import { NodeProcesses } from './processes.ts';

export class NodeHost implements HostInterface {
  readonly files = new NodeFiles();
  readonly processes = new NodeProcesses(
    this.files,
    () => this.interrupt !== null && Atomics.load(this.interrupt, 0) !== 0,
  );
  /** Set by the main thread when the user presses Ctrl-C. */
  private readonly interrupt = (workerData as { interrupt: Int32Array } | null)?.interrupt ?? null;

  /** Writes everything, waiting for slow readers. */
  write(fd: number, data: Uint8Array): void {
    for (let at = 0; at < data.length;) at += this.files.write(fd, data.subarray(at));
  }

  read(fd: number, length: number): Uint8Array {
    return this.files.read(fd, length);
  }

  readFile(path: string): Uint8Array | null {
    try {
      return readFileSync(this.files.full(path));
    } catch {
      return null;
    }
  }

  statPath(path: string): 'file' | 'folder' | null {
    try {
      return statSync(this.files.full(path)).isDirectory() ? 'folder' : 'file';
    } catch {
      return null;
    }
  }

  listFolder(path: string): readonly string[] | null {
    try {
      return readdirSync(this.files.full(path) as string);
    } catch {
      return null;
    }
  }

  isTerminal(fd: number): boolean {
    return isTerminal(fd);
  }

  /** Bytes that the descriptor has, if it is a file; null otherwise. */
  fileSize(fd: number): number | null {
    const stat = fstatSync(fd);
    return stat.isFile() ? stat.size : null;
  }

  time(): bigint {
    return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6));
  }

  monotonic(): bigint {
    return process.hrtime.bigint();
  }

  processTime(): bigint {
    const { user, system } = process.cpuUsage();
    return BigInt(user + system) * 1000n;
  }

  /** Linux counts it in nanoseconds; elsewhere it is the process's. */
  threadTime(): bigint {
    try {
      return BigInt(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ', 1)[0] ?? '');
    } catch {
      return this.processTime();
    }
  }

  sleep(seconds: number): void {
    pause(seconds * 1000);
  }

  environment(): Readonly<Record<string, string>> {
    return process.env as Record<string, string>;
  }

  workingFolder(): string {
    return this.files.workingFolder();
  }

  takeInterrupt(): boolean {
    return this.interrupt !== null && Atomics.exchange(this.interrupt, 0, 0) !== 0;
  }
}
