/** An open file: where the program is in it, and reading from it. */
import { fstatSync, readFileSync, readSync } from 'node:fs';
import { OpenFlag } from 'moult';
import type { PipeQueue } from '../pipe-queue.ts';

/** How long to wait before trying again. */
export const RETRY_MS = 2;

/** What a descriptor stands for. */
export interface OpenFile {
  /** Node's descriptor. */
  real: number;
  readonly flags: number;
  position: number;
  /** Whether the kernel's position is `position`. */
  synced: boolean;
  /** Whether it has a position at all; null: nobody asked yet. */
  seekable: boolean | null;
  blocking: boolean;
  /** Whether another process has it too, and may move the kernel's position. */
  shared: boolean;
  /** Where it was opened; '' for pipes and the standard streams. */
  readonly path: string;
  /** Once the program has waited for it together with others. */
  queue: PipeQueue | null;
}

/** A file just opened as Node's descriptor `real`. */
export function newFile(real: number, flags: number, path: string): OpenFile {
  return {
    real,
    flags,
    position: 0,
    synced: true,
    seekable: null,
    queue: null,
    shared: false,
    blocking: (flags & OpenFlag.NonBlocking) === 0,
    path,
  };
}

/** Whether Node knows the descriptor. */
export function isOpen(fd: number): boolean {
  try {
    fstatSync(fd);
    return true;
  } catch {
    return false;
  }
}

/** Where the kernel is in a file that somebody else has opened. */
export function kernelPosition(fd: number): number {
  try {
    return Number(/^pos:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Devices without an end, such as `/dev/null`, take every seek. */
function isNullDevice(file: OpenFile): boolean {
  return /^\/dev\/(null|zero|full|u?random)$/.test(file.path);
}

/** Whether it has a position; asks once. */
export function isSeekable(file: OpenFile): boolean {
  if (file.seekable === null) {
    const stat = fstatSync(file.real);
    file.seekable = stat.isFile() || stat.isBlockDevice() || stat.isDirectory() || isNullDevice(file);
    if (file.seekable && file.path === '') file.position = kernelPosition(file.real);
  }
  return file.seekable;
}

/** Runs `action` again while a file that should wait says that it would. */
export function retrying(file: OpenFile, action: () => number): number {
  for (;;) {
    try {
      return action();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || !file.blocking) throw error;
      pause(RETRY_MS);
    }
  }
}

/** Reads into `buffer` and returns how many bytes came; 0 at the end, also where Node throws. */
export function readAllowingEnd(fd: number, buffer: Uint8Array, position: number | null): number {
  try {
    return readSync(fd, buffer, 0, buffer.length, position);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EOF') return 0;
    throw error;
  }
}

/** Whether everything has gone, also because nobody reads it. */
export function isDrained(queue: PipeQueue): boolean {
  try {
    return queue.writable();
  } catch {
    return true;
  }
}

/** Stops this thread. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
