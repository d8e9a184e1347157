/**
 * Files, folders and descriptors as a host gives them: POSIX's calls, synchronous, with Linux's numbers for flags and modes.
 *
 * A call that fails throws an error whose `code` is the error's name (`'ENOENT'`): Node's own errors are such, others throw
 * `HostError`. In paths, bytes that are no UTF-8 stand as lone surrogates (Python's `surrogateescape`).
 */

/** Why a call of a host failed: `code` is a name of the module `errno`. */
export class HostError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** The name of the error if `error` is a host's failure, else null. */
export function hostErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const code: unknown = error.code;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : null;
}

/** What is known of a file; times in nanoseconds since 1970. */
export interface FileStatus {
  readonly mode: number;
  readonly ino: bigint;
  readonly dev: bigint;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly atimeNs: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly blksize: number;
  readonly blocks: number;
  readonly rdev: number;
}

/** Bits of `FileStatus.mode`. */
export const enum FileMode {
  Type = 0o170000,
  Folder = 0o040000,
  Regular = 0o100000,
  Link = 0o120000,
  Pipe = 0o010000,
  Character = 0o020000,
}

/** Flags of `open`. */
export const enum OpenFlag {
  ReadOnly = 0,
  WriteOnly = 1,
  ReadWrite = 2,
  AccessMask = 3,
  Create = 0o100,
  Exclusive = 0o200,
  Truncate = 0o1000,
  Append = 0o2000,
  NonBlocking = 0o4000,
  Directory = 0o200000,
  NoFollow = 0o400000,
  CloseOnExec = 0o2000000,
}

/** A name in a folder; `mode` has the file's type, 0 if the host does not know it without looking. */
export interface FolderEntry {
  readonly name: string;
  readonly mode: number;
  readonly ino: bigint;
}

export interface HostFiles {
  /** Opens a file and returns its descriptor, the lowest that is free. */
  open(path: string, flags: number, mode: number): number;
  close(fd: number): void;
  /** Up to `length` bytes; none at the end. */
  read(fd: number, length: number): Uint8Array;
  /** Returns how many bytes were taken. */
  write(fd: number, data: Uint8Array): number;
  readAt(fd: number, length: number, offset: number): Uint8Array;
  writeAt(fd: number, data: Uint8Array, offset: number): number;
  /** As lseek: returns the new position. */
  seek(fd: number, offset: number, whence: number): number;
  statusOf(fd: number): FileStatus;
  resize(fd: number, length: number): void;
  sync(fd: number): void;
  duplicate(fd: number, atLeast: number): number;
  duplicateTo(fd: number, to: number): void;
  pipe(): readonly [reader: number, writer: number];
  /** Whether reading (1) and writing (4) need not wait, the other end is closed (16), nobody reads (8): bits as of `poll`. */
  readiness(fd: number): number;
  isTerminal(fd: number): boolean;
  terminalSize(fd: number): readonly [columns: number, lines: number];
  isBlocking(fd: number): boolean;
  setBlocking(fd: number, blocking: boolean): void;
  isInheritable(fd: number): boolean;
  setInheritable(fd: number, inheritable: boolean): void;
  changeMode(fd: number, mode: number): void;
  changeOwner(fd: number, uid: number, gid: number): void;
  setTimes(fd: number, atimeNs: bigint, mtimeNs: bigint): void;
  /** A path by which the open folder can be reached, for `dir_fd`. */
  folderPath(fd: number): string;

  status(path: string, follow: boolean): FileStatus;
  list(path: string): readonly FolderEntry[];
  /** `mode`: bits 4, 2 and 1 for reading, writing, executing. */
  mayAccess(path: string, mode: number): boolean;
  makeFolder(path: string, mode: number): void;
  removeFolder(path: string): void;
  remove(path: string): void;
  rename(from: string, to: string): void;
  link(from: string, to: string): void;
  symlink(target: string, path: string): void;
  readLink(path: string): string;
  resizePath(path: string, length: number): void;
  changePathMode(path: string, mode: number, follow: boolean): void;
  changePathOwner(path: string, uid: number, gid: number, follow: boolean): void;
  setPathTimes(path: string, atimeNs: bigint, mtimeNs: bigint, follow: boolean): void;
  makePipe(path: string, mode: number): void;

  workingFolder(): string;
  changeFolder(path: string): void;
  /** Sets the bits that new files do not get; returns what they were. */
  setMask(mask: number): number;
}

/** Descriptors in use: the lowest free number is given first. Several may stand for one open file. */
export class DescriptorTable<T> {
  private readonly slots = new Map<number, T>();

  add(file: T, atLeast = 0): number {
    let fd = atLeast;
    while (this.slots.has(fd)) fd++;
    this.slots.set(fd, file);
    return fd;
  }

  set(fd: number, file: T): void {
    this.slots.set(fd, file);
  }

  /** The open file. Throws EBADF. */
  get(fd: number): T {
    const file = this.slots.get(fd);
    if (file === undefined) throw new HostError('EBADF');
    return file;
  }

  /** Frees the number. True if nothing else stands for the file. */
  remove(fd: number): boolean {
    const file = this.get(fd);
    this.slots.delete(fd);
    return ![...this.slots.values()].includes(file);
  }

  /** The files in use with their descriptors. */
  entries(): readonly (readonly [fd: number, file: T])[] {
    return [...this.slots.entries()];
  }
}
