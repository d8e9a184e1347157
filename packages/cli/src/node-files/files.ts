/**
 * Files, folders and descriptors on Node.
 *
 * Descriptors are numbers of a table of our own, as POSIX gives them (the lowest free one first); each stands for an open file with the
 * descriptor that Node has for it. Node knows no `lseek`, so positions are kept here: while nobody seeks, the kernel's own position
 * (shared with child processes) is the right one; after that every access names its place.
 */
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  lstatSync,
  openSync,
  readSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { DescriptorTable, FileMode, HostError, OpenFlag } from 'moult';
import type { FileStatus, HostFiles } from 'moult';
import { commandOutput, takeFifo } from '../commands.ts';
import { isTerminal } from '../is-terminal.ts';
import { PipeQueue } from '../pipe-queue.ts';
import { seconds, statusFrom } from './native.ts';
import {
  isDrained,
  isOpen,
  isSeekable,
  kernelPosition,
  newFile,
  pause,
  readAllowingEnd,
  RETRY_MS,
  retrying,
} from './open-file.ts';
import type { OpenFile } from './open-file.ts';
import { NodePaths } from './paths.ts';

const POLL_IN = 1;
const POLL_OUT = 4;
const POLL_ERROR = 8;
const POLL_HANG_UP = 16;

/** Files by their paths, and open ones by their descriptors. */
export class NodeFiles extends NodePaths implements HostFiles {
  private readonly table = new DescriptorTable<OpenFile>();
  private readonly inheritable = new Set<number>([0, 1, 2]);
  /** Ends of pipes that were closed before all that was written to them had gone. */
  private draining: PipeQueue[] = [];

  constructor() {
    super();
    for (const fd of [0, 1, 2]) {
      if (isOpen(fd)) this.table.set(fd, newFile(fd, fd === 0 ? 0 : 1, ''));
    }
  }

  open(path: string, flags: number, mode: number): number {
    const full = this.full(path);
    const wanted = mode & ~this.mask;
    const isNew =
      (flags & OpenFlag.Create) !== 0 &&
      this.isWider(wanted) &&
      lstatSync(full, { throwIfNoEntry: false }) === undefined;
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
    const implicit = file.synced || (file.flags & OpenFlag.Append) !== 0;
    const count = retrying(file, () => writeSync(file.real, data, 0, data.length, implicit ? null : file.position));
    if ((file.flags & OpenFlag.Append) !== 0 && isSeekable(file)) {
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
    const access = file.flags & OpenFlag.AccessMask;
    if (file.queue === null) {
      if (process.platform !== 'linux' || isSeekable(file) || !fstatSync(file.real).isFIFO()) return POLL_IN | POLL_OUT;
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
    return isTerminal(this.table.get(fd).real);
  }

  terminalSize(fd: number): readonly [number, number] {
    const { real } = this.table.get(fd);
    if (!isTerminal(real)) throw new HostError('ENOTTY');
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
    const access = file.flags & OpenFlag.AccessMask;
    const real = openSync(`/proc/self/fd/${file.real}`, blocking ? access : access | OpenFlag.NonBlocking);
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
    if ((fstatSync(file.real).mode & FileMode.Type) !== (FileMode.Folder as number)) throw new HostError('ENOTDIR');
    return process.platform === 'linux' ? `/proc/self/fd/${file.real}` : file.path;
  }

  /** Node's descriptor of an open file, to be given to a child process; at the place that the program sees. */
  realDescriptor(fd: number): number {
    const file = this.table.get(fd);
    file.shared = true;
    if (file.synced || !isSeekable(file)) return file.real;
    const real = openSync(`/proc/self/fd/${file.real}`, file.flags & (OpenFlag.AccessMask | OpenFlag.Append));
    const skipped = Buffer.alloc(1 << 16);
    for (let left = file.position; left > 0;) {
      const count =
        (file.flags & OpenFlag.AccessMask) === 1 ? 0 : readSync(real, skipped, 0, Math.min(left, skipped.length), null);
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

  private seekable(fd: number): OpenFile {
    const file = this.table.get(fd);
    if (!isSeekable(file)) throw new HostError('ESPIPE');
    return file;
  }
}
