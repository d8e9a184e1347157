import type { HostFiles } from './host-files.ts';
import type { HostProcesses } from './host-processes.ts';

/** What a runtime may reach outside of its heap. An embedder gives what it wants to give; every part is optional. */
export interface HostInterface {
  /** Writes to file descriptor 1 or 2. */
  write?(fd: number, data: Uint8Array): void;
  /** Reads up to `length` bytes from standard input; an empty array at its end. */
  read?(fd: number, length: number): Uint8Array;
  /** Contents of a file, or null when there is none (or it is a folder). */
  readFile?(path: string): Uint8Array | null;
  /** 'file', 'folder', or null. */
  statPath?(path: string): 'file' | 'folder' | null;
  listFolder?(path: string): readonly string[] | null;
  isTerminal?(fd: number): boolean;
  /** Nanoseconds since the epoch, and of a steady clock. */
  time?(): bigint;
  monotonic?(): bigint;
  processTime?(): bigint;
  /** What the thread that runs the program has computed, without the host's own threads. */
  threadTime?(): bigint;
  /** Bytes that nobody can guess; by default of the Web's `crypto`. */
  randomBytes?(length: number): Uint8Array;
  sleep?(seconds: number): void;
  environment?(): Readonly<Record<string, string>>;
  workingFolder?(): string;
  /** True once the user pressed Ctrl-C; reading resets it. */
  takeInterrupt?(): boolean;
  /** Files, folders and descriptors; without them only what `readFile`, `statPath` and `listFolder` give can be read. */
  readonly files?: HostFiles;
  /** The process and its children; without it there is one process, which can start no other. */
  readonly processes?: HostProcesses;
}
