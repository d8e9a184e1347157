/** The host interface on Node: synchronous files, standard streams, clocks. */
import { fstatSync, readdirSync, readFileSync, readSync, statSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { workerData } from 'node:worker_threads';
import type { HostInterface } from 'moult';
import { NodeFiles } from './node-files.ts';

const BUFFER_BYTES = 1 << 15;

/** Standard output is gathered while it goes to a file or pipe and written before anything else can be seen: before standard error,
 *  before input is read, and at the end. */
export class NodeHost implements HostInterface {
  readonly files = new NodeFiles();
  private pending: Uint8Array[] = [];
  private pendingBytes = 0;
  /** Set by the main thread when the user presses Ctrl-C. */
  private readonly interrupt = (workerData as { interrupt: Int32Array } | null)?.interrupt ?? null;
  private readonly terminal = isatty(1);

  write(fd: number, data: Uint8Array): void {
    if (fd === 1 && !this.terminal) {
      this.pending.push(data);
      this.pendingBytes += data.length;
      if (this.pendingBytes >= BUFFER_BYTES) this.flush();
      return;
    }
    this.flush();
    writeAll(fd, data);
  }

  /** Writes what was gathered. */
  flush(): void {
    if (this.pendingBytes === 0) return;
    const data = Buffer.concat(this.pending);
    this.pending = [];
    this.pendingBytes = 0;
    writeAll(1, data);
  }

  read(fd: number, length: number): Uint8Array {
    this.flush();
    const buffer = new Uint8Array(length);
    for (;;) {
      try {
        return buffer.subarray(0, readSync(fd, buffer, 0, length, null));
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code === 'EOF') return buffer.subarray(0, 0);
        if (code !== 'EAGAIN') throw error;
        pause(10);
      }
    }
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
    return isatty(fd);
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

  sleep(seconds: number): void {
    this.flush();
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

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Writes everything, waiting for slow readers; a closed pipe ends the program quietly. */
function writeAll(fd: number, data: Uint8Array): void {
  let at = 0;
  while (at < data.length) {
    try {
      at += writeSync(fd, data, at, data.length - at);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EPIPE') process.exit(120);
      if (code !== 'EAGAIN') throw error;
      pause(2);
    }
  }
}
