/**
 * Files, folders and descriptors on Node.
 *
 * Descriptors are numbers of a table of our own, as POSIX gives them (the lowest free one first); each stands for an open file with the
 * descriptor that Node has for it. Node knows no `lseek`, so positions are kept here: while nobody seeks, the kernel's own position
 * (shared with child processes) is the right one; after that every access names its place. Node knows no `chdir` or `umask` in a worker
 * either: relative paths are resolved here.
 */
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  lchownSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  opendirSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import type { BigIntStats, Dirent } from 'node:fs';
import { isatty } from 'node:tty';
import { DescriptorTable, HostError } from 'moult';
import type { FileStatus, FolderEntry, HostFiles } from 'moult';
import { commandOutput, makeFifo, takeFifo } from './commands.ts';
import { PipeQueue } from './pipe-queue.ts';

const APPEND = 0o2000;
const NON_BLOCKING = 0o4000;
const CREATE = 0o100;
const ACCESS_MASK = 3;
const FOLDER_TYPE = 0o040000;
const TYPE_MASK = 0o170000;
const RETRY_MS = 2;
const POLL_IN = 1;
const POLL_OUT = 4;
const POLL_ERROR = 8;
const POLL_HANG_UP = 16;

/** An open file. */
interface OpenFile {
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

export class NodeFiles implements HostFiles {
  private readonly table = new DescriptorTable<OpenFile>();
  private readonly inheritable = new Set<number>([0, 1, 2]);
  /** Ends of pipes that were closed before all that was written to them had gone. */
  private draining: PipeQueue[] = [];
  private folder: string | null = null;
  private readonly processMask = process.umask();
  private mask = this.processMask;

  constructor() {
    for (const fd of [0, 1, 2]) {
      if (isOpen(fd)) this.table.set(fd, newFile(fd, fd === 0 ? 0 : 1, ''));
    }
  }

  open(path: string, flags: number, mode: number): number {
    const full = this.full(path);
    const wanted = mode & ~this.mask;
    const isNew =
      (flags & CREATE) !== 0 && this.isWider(wanted) && lstatSync(full, { throwIfNoEntry: false }) === undefined;
    const real = openSync(full, flags, wanted);
    if (isNew) fchmodSync(real, wanted);
    return this.table.add(newFile(real, flags, typeof full === 'string' ? full : ''));
  }

  close(fd: number): void {
    const file = this.table.get(fd);
    this.inheritable.delete(fd);
    if (!this.table.remove(fd)) return;
    closeSync(file.real);
    if (file.queue === null) return;
    if (isDrained(file.queue)) file.queue.close();
    else this.draining.push(file.queue);
  }

  read(fd: number, length: number): Uint8Array {
    const file = this.table.get(fd);
    const ahead = file.queue?.take(length) ?? null;
    if (ahead !== null) return ahead;
    const buffer = new Uint8Array(length);
    const count = retrying(file, () => readAllowingEnd(file.real, buffer, file.synced ? null : file.position));
    file.position += count;
    return count === length ? buffer : buffer.slice(0, count);
  }

  write(fd: number, data: Uint8Array): number {
    const file = this.table.get(fd);
    if (file.queue !== null) {
      file.queue.write(data);
      return data.length;
    }
    const implicit = file.synced || (file.flags & APPEND) !== 0;
    const count = retrying(file, () => writeSync(file.real, data, 0, data.length, implicit ? null : file.position));
    if ((file.flags & APPEND) !== 0 && this.isSeekable(file)) {
      file.position = fstatSync(file.real).size;
      file.synced = true;
    } else file.position += count;
    return count;
  }

  readAt(fd: number, length: number, offset: number): Uint8Array {
    const file = this.seekable(fd);
    const buffer = new Uint8Array(length);
    return buffer.subarray(0, readSync(file.real, buffer, 0, length, offset));
  }

  writeAt(fd: number, data: Uint8Array, offset: number): number {
    return writeSync(this.seekable(fd).real, data, 0, data.length, offset);
  }

  seek(fd: number, offset: number, whence: number): number {
    const file = this.seekable(fd);
    if (whence < 0 || whence > 2) throw new HostError('EINVAL');
    if (file.shared && file.synced) file.position = kernelPosition(file.real);
    const base = whence === 0 ? 0 : whence === 1 ? file.position : fstatSync(file.real).size;
    const position = base + offset;
    if (position < 0) throw new HostError('EINVAL');
    if (position !== file.position || file.shared) file.synced = false;
    file.position = position;
    return position;
  }

  statusOf(fd: number): FileStatus {
    return statusFrom(fstatSync(this.table.get(fd).real, { bigint: true }));
  }

  resize(fd: number, length: number): void {
    ftruncateSync(this.table.get(fd).real, length);
  }

  sync(fd: number): void {
    fsyncSync(this.table.get(fd).real);
  }

  duplicate(fd: number, atLeast: number): number {
    return this.table.add(this.table.get(fd), atLeast);
  }

  duplicateTo(fd: number, to: number): void {
    const file = this.table.get(fd);
    if (fd === to) return;
    if (this.table.entries().some(([used]) => used === to)) this.close(to);
    this.table.set(to, file);
  }

  /** Node makes no pipes; one with a name that is gone at once is as good. */
  pipe(): readonly [number, number] {
    const path = takeFifo();
    const both = openSync(path, 2);
    const writer = openSync(path, 1);
    const reader = openSync(path, 0);
    closeSync(both);
    unlinkSync(path);
    const first = this.table.add(newFile(reader, 0, ''));
    return [first, this.table.add(newFile(writer, 1, ''))];
  }

  /** Whether reading and writing need not wait: bits of `poll`. */
  readiness(fd: number): number {
    this.writeQueued();
    const file = this.table.get(fd);
    const access = file.flags & ACCESS_MASK;
    if (file.queue === null) {
      if (process.platform !== 'linux' || this.isSeekable(file) || !fstatSync(file.real).isFIFO())
        return POLL_IN | POLL_OUT;
      file.queue = new PipeQueue(file.real, access);
    }
    if (access === 0) return { data: POLL_IN, end: POLL_HANG_UP, none: 0 }[file.queue.readable() ?? 'none'];
    return isDrained(file.queue) ? (file.queue.broken ? POLL_ERROR | POLL_OUT : POLL_OUT) : 0;
  }

  /** Goes on writing what pipes did not take at once. */
  writeQueued(): void {
    this.draining = this.draining.filter((queue) => {
      const drained = isDrained(queue);
      if (drained) queue.close();
      return !drained;
    });
  }

  /** Waits until closed pipes have taken what was written to them. */
  finish(): void {
    for (this.writeQueued(); this.draining.length > 0; this.writeQueued()) pause(RETRY_MS);
  }

  isTerminal(fd: number): boolean {
    return isatty(this.table.get(fd).real);
  }

  terminalSize(fd: number): readonly [number, number] {
    const { real } = this.table.get(fd);
    if (!isatty(real)) throw new HostError('ENOTTY');
    const [lines = 0, columns = 0] = commandOutput('stty', ['size'], real).trim().split(' ').map(Number);
    return [columns, lines];
  }

  isBlocking(fd: number): boolean {
    return this.table.get(fd).blocking;
  }

  /** Node cannot change an open file's flags: a pipe is opened once more. */
  setBlocking(fd: number, blocking: boolean): void {
    const file = this.table.get(fd);
    if (file.blocking === blocking) return;
    const access = file.flags & ACCESS_MASK;
    const real = openSync(`/proc/self/fd/${file.real}`, blocking ? access : access | NON_BLOCKING);
    if (file.real > 2) closeSync(file.real);
    file.real = real;
    file.blocking = blocking;
  }

  isInheritable(fd: number): boolean {
    this.table.get(fd);
    return this.inheritable.has(fd);
  }

  setInheritable(fd: number, inheritable: boolean): void {
    this.table.get(fd);
    if (inheritable) this.inheritable.add(fd);
    else this.inheritable.delete(fd);
  }

  changeMode(fd: number, mode: number): void {
    fchmodSync(this.table.get(fd).real, mode);
  }

  changeOwner(fd: number, uid: number, gid: number): void {
    fchownSync(this.table.get(fd).real, uid, gid);
  }

  setTimes(fd: number, atimeNs: bigint, mtimeNs: bigint): void {
    futimesSync(this.table.get(fd).real, seconds(atimeNs), seconds(mtimeNs));
  }

  folderPath(fd: number): string {
    const file = this.table.get(fd);
    if ((fstatSync(file.real).mode & TYPE_MASK) !== FOLDER_TYPE) throw new HostError('ENOTDIR');
    return process.platform === 'linux' ? `/proc/self/fd/${file.real}` : file.path;
  }

  status(path: string, follow: boolean): FileStatus {
    const full = this.full(path);
    return statusFrom(follow ? statSync(full, { bigint: true }) : lstatSync(full, { bigint: true }));
  }

  /** In the order of the file system. */
  list(path: string): readonly FolderEntry[] {
    const entries: FolderEntry[] = [];
    const folder = opendirSync(this.full(path) as string, { encoding: 'latin1', bufferSize: 128 });
    for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
      entries.push({ name: pathFromBytes(Buffer.from(entry.name, 'latin1')), mode: typeBits(entry), ino: 0n });
    }
    folder.closeSync();
    return entries;
  }

  mayAccess(path: string, mode: number): boolean {
    try {
      accessSync(this.full(path), mode);
      return true;
    } catch {
      return false;
    }
  }

  makeFolder(path: string, mode: number): void {
    const wanted = mode & ~this.mask;
    mkdirSync(this.full(path), { mode: wanted });
    if (this.isWider(wanted)) chmodSync(this.full(path), wanted);
  }

  removeFolder(path: string): void {
    rmdirSync(this.full(path));
  }

  remove(path: string): void {
    unlinkSync(this.full(path));
  }

  rename(from: string, to: string): void {
    renameSync(this.full(from), this.full(to));
  }

  link(from: string, to: string): void {
    linkSync(this.full(from), this.full(to));
  }

  symlink(target: string, path: string): void {
    symlinkSync(nativePath(target), this.full(path));
  }

  readLink(path: string): string {
    return pathFromBytes(readlinkSync(this.full(path), { encoding: 'buffer' }));
  }

  resizePath(path: string, length: number): void {
    truncateSync(this.full(path), length);
  }

  changePathMode(path: string, mode: number, follow: boolean): void {
    if (!follow) throw new HostError('ENOTSUP');
    chmodSync(this.full(path), mode);
  }

  changePathOwner(path: string, uid: number, gid: number, follow: boolean): void {
    if (follow) chownSync(this.full(path), uid, gid);
    else lchownSync(this.full(path), uid, gid);
  }

  setPathTimes(path: string, atimeNs: bigint, mtimeNs: bigint, follow: boolean): void {
    if (follow) utimesSync(this.full(path), seconds(atimeNs), seconds(mtimeNs));
    else lutimesSync(this.full(path), seconds(atimeNs), seconds(mtimeNs));
  }

  makePipe(path: string, mode: number): void {
    const full = this.full(path);
    if (lstatSync(full, { throwIfNoEntry: false }) !== undefined) throw new HostError('EEXIST');
    makeFifo(full, mode & ~this.mask);
  }

  workingFolder(): string {
    return this.folder ?? process.cwd();
  }

  changeFolder(path: string): void {
    const full = this.full(path);
    if (!statSync(full).isDirectory()) throw new HostError('ENOTDIR');
    accessSync(full, 1);
    this.folder = pathFromBytes(realpathSync(full, { encoding: 'buffer' }));
  }

  setMask(mask: number): number {
    const old = this.mask;
    this.mask = mask & 0o777;
    return old;
  }

  /** Node's descriptor of an open file, to be given to a child process; at the place that the program sees. */
  realDescriptor(fd: number): number {
    const file = this.table.get(fd);
    file.shared = true;
    if (file.synced || !this.isSeekable(file)) return file.real;
    const real = openSync(`/proc/self/fd/${file.real}`, file.flags & (ACCESS_MASK | APPEND));
    const skipped = Buffer.alloc(1 << 16);
    for (let left = file.position; left > 0;) {
      const count =
        (file.flags & ACCESS_MASK) === 1 ? 0 : readSync(real, skipped, 0, Math.min(left, skipped.length), null);
      if (count === 0) break;
      left -= count;
    }
    closeSync(file.real);
    file.real = real;
    file.synced = true;
    return real;
  }

  /** The descriptors that a child process gets unless told otherwise. */
  inherited(): readonly number[] {
    return [...this.inheritable].sort((a, b) => a - b);
  }

  /** What Node takes for the path: absolute once the program changed its folder. */
  full(path: string): string | Buffer {
    if (this.folder === null || path === '' || path.startsWith('/')) return nativePath(path);
    return nativePath(`${this.folder}/${path}`);
  }

  /** Whether the process's own mask would take bits away that the program's leaves. */
  private isWider(wanted: number): boolean {
    return (wanted & this.processMask & ~this.mask) !== 0;
  }

  private seekable(fd: number): OpenFile {
    const file = this.table.get(fd);
    if (!this.isSeekable(file)) throw new HostError('ESPIPE');
    return file;
  }

  private isSeekable(file: OpenFile): boolean {
    if (file.seekable === null) {
      const stat = fstatSync(file.real);
      file.seekable = stat.isFile() || stat.isBlockDevice() || stat.isDirectory() || isNullDevice(file);
      if (file.seekable && file.path === '') file.position = kernelPosition(file.real);
    }
    return file.seekable;
  }
}

function newFile(real: number, flags: number, path: string): OpenFile {
  return {
    real,
    flags,
    position: 0,
    synced: true,
    seekable: null,
    queue: null,
    shared: false,
    blocking: (flags & NON_BLOCKING) === 0,
    path,
  };
}

/** Whether everything has gone, also because nobody reads it. */
function isDrained(queue: PipeQueue): boolean {
  try {
    return queue.writable();
  } catch {
    return true;
  }
}

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd);
    return true;
  } catch {
    return false;
  }
}

/** Where the kernel is in a file that somebody else has opened. */
function kernelPosition(fd: number): number {
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

/** Runs `action` again while a file that should wait says that it would. */
function retrying(file: OpenFile, action: () => number): number {
  for (;;) {
    try {
      return action();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || !file.blocking) throw error;
      pause(RETRY_MS);
    }
  }
}

function readAllowingEnd(fd: number, buffer: Uint8Array, position: number | null): number {
  try {
    return readSync(fd, buffer, 0, buffer.length, position);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EOF') return 0;
    throw error;
  }
}

/** Stops this thread. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Names that are no UTF-8 go to Node as bytes. */
function nativePath(path: string): string | Buffer {
  if (!/[\udc80-\udcff]/.test(path)) return path;
  const parts = Array.from(path, (c) =>
    /[\udc80-\udcff]/.test(c) ? Buffer.from([c.charCodeAt(0) & 0xff]) : Buffer.from(c),
  );
  return Buffer.concat(parts);
}

/** A path with its bytes that are no UTF-8 as lone surrogates. */
function pathFromBytes(data: Buffer): string {
  const text = data.toString('utf8');
  if (!text.includes('\ufffd')) return text;
  let result = '';
  for (let i = 0; i < data.length;) {
    const length = [1, 2, 3, 4].find((n) => !data.toString('utf8', i, i + n).includes('\ufffd'));
    result +=
      length === undefined ? String.fromCharCode(0xdc00 | (data[i] ?? 0)) : data.toString('utf8', i, i + length);
    i += length ?? 1;
  }
  return result;
}

/** Seconds for Node, which cuts them off to microseconds: half of one more keeps those that are meant. */
function seconds(ns: bigint): number {
  const micros = ns >= 0n ? ns / 1000n : (ns - 999n) / 1000n;
  return (Number(micros) + 0.5) / 1e6;
}

function typeBits(entry: Dirent): number {
  if (entry.isFile()) return 0o100000;
  if (entry.isDirectory()) return FOLDER_TYPE;
  if (entry.isSymbolicLink()) return 0o120000;
  return entry.isFIFO() ? 0o010000 : 0;
}

function statusFrom(s: BigIntStats): FileStatus {
  return {
    mode: Number(s.mode),
    ino: s.ino,
    dev: s.dev,
    nlink: Number(s.nlink),
    uid: Number(s.uid),
    gid: Number(s.gid),
    size: Number(s.size),
    atimeNs: s.atimeNs,
    mtimeNs: s.mtimeNs,
    ctimeNs: s.ctimeNs,
    blksize: Number(s.blksize),
    blocks: Number(s.blocks),
    rdev: Number(s.rdev),
  };
}
