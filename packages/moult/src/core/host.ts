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
  sleep?(seconds: number): void;
  environment?(): Readonly<Record<string, string>>;
  workingFolder?(): string;
  /** True once the user pressed Ctrl-C; reading resets it. */
  takeInterrupt?(): boolean;
  /** The following give null (or the result) when done, else the name of the error: 'ENOENT', 'EACCES' … */
  writeFile?(path: string, data: Uint8Array): string | null;
  fileStatus?(path: string, followLinks: boolean): FileStatus | string;
  removeFile?(path: string): string | null;
  makeFolder?(path: string, mode: number): string | null;
  removeFolder?(path: string): string | null;
  renamePath?(from: string, to: string): string | null;
}

/** What is known of a file; times in seconds. */
export interface FileStatus {
  readonly mode: number;
  readonly ino: number;
  readonly dev: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly atime: number;
  readonly mtime: number;
  readonly ctime: number;
}
