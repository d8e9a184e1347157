/**
 * Files and folders on Node, by their paths. Node knows no `chdir` or `umask` in a worker: relative paths are resolved here, and modes are
 * masked here.
 */
import {
  accessSync,
  chmodSync,
  chownSync,
  lchownSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  opendirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
} from 'node:fs';
import { HostError } from 'moult';
import type { FileStatus, FolderEntry } from 'moult';
import { makeFifo } from '../commands.ts';
import { nativePath, pathFromBytes, seconds, statusFrom, typeBits } from './native.ts';

/** What a host gives of files by their paths. */
export class NodePaths {
  private folder: string | null = null;
  private readonly processMask = process.umask();
  protected mask = this.processMask;

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
    // The plain form makes text of bytes that are none.
    this.folder = pathFromBytes(realpathSync.native(full, { encoding: 'buffer' }));
  }

  setMask(mask: number): number {
    const old = this.mask;
    this.mask = mask & 0o777;
    return old;
  }

  /** What Node takes for the path: absolute once the program changed its folder. */
  full(path: string): string | Buffer {
    if (this.folder === null || path === '' || path.startsWith('/')) return nativePath(path);
    return nativePath(`${this.folder}/${path}`);
  }

  /** Whether the process's own mask would take bits away that the program's leaves. */
  protected isWider(wanted: number): boolean {
    return (wanted & this.processMask & ~this.mask) !== 0;
  }
}
