/** Files and folders in memory, by their paths. */
import { FileMode } from '../../core/host-files.ts';
import type { FileStatus, FolderEntry } from '../../core/host-files.ts';
import { fail, isFolder, statusFrom, type } from './node.ts';
import { MemoryTree } from './tree.ts';

/** What a host gives of files by their paths. */
export class MemoryPaths extends MemoryTree {
  protected mask = 0o022;

  status(path: string, follow: boolean): FileStatus {
    return statusFrom(this.existing(path, follow));
  }

  list(path: string): readonly FolderEntry[] {
    const entries = this.existing(path, true).entries ?? fail('ENOTDIR');
    return [...entries].map(([name, node]) => ({ name, mode: type(node), ino: BigInt(node.ino) }));
  }

  /** Everything is the program's: only what has no permission at all for anybody is refused. */
  mayAccess(path: string, mode: number): boolean {
    const node = this.find(path, true);
    if (node === null) return false;
    return [4, 2, 1].every((bit) => (mode & bit) === 0 || (node.mode & (bit * 0o111)) !== 0);
  }

  makeFolder(path: string, mode: number): void {
    if (this.find(path, false) !== null) fail('EEXIST');
    this.create(path.replace(/\/+$/, ''), FileMode.Folder | (mode & ~this.mask & 0o7777));
  }

  protected makeFolders(path: string): void {
    for (let end = path.indexOf('/', 1); path !== ''; end = path.indexOf('/', end + 1)) {
      const part = end < 0 ? path : path.slice(0, end);
      if (this.find(part, true) === null) this.makeFolder(part, 0o777);
      if (end < 0) return;
    }
  }

  removeFolder(path: string): void {
    const node = this.existing(path, false);
    if (node.entries === null) fail('ENOTDIR');
    if (node.entries.size > 0) fail('ENOTEMPTY');
    this.detach(path.replace(/\/+$/, ''));
  }

  remove(path: string): void {
    if (isFolder(this.existing(path, false))) fail('EISDIR');
    this.detach(path);
  }

  rename(from: string, to: string): void {
    const node = this.existing(from, false);
    const old = this.find(to, false);
    if (old === node) return;
    if (isFolder(node) && `${this.absolute(to)}/`.startsWith(`${this.absolute(from)}/`)) fail('EINVAL');
    if (old !== null && isFolder(old) && !isFolder(node)) fail('EISDIR');
    if (old !== null && isFolder(node) && !isFolder(old)) fail('ENOTDIR');
    if ((old?.entries?.size ?? 0) > 0) fail('ENOTEMPTY');
    const [folder, name] = this.place(to);
    this.detach(from);
    node.nlink++;
    folder.entries?.set(name, node);
    this.touch(folder);
  }

  link(from: string, to: string): void {
    const node = this.existing(from, false);
    if (isFolder(node)) fail('EPERM');
    if (this.find(to, false) !== null) fail('EEXIST');
    const [folder, name] = this.place(to);
    node.nlink++;
    folder.entries?.set(name, node);
  }

  symlink(target: string, path: string): void {
    if (this.find(path, false) !== null) fail('EEXIST');
    this.create(path, FileMode.Link | 0o777, target);
  }

  readLink(path: string): string {
    const node = this.existing(path, false);
    return type(node) === (FileMode.Link as number) ? node.target : fail('EINVAL');
  }

  resizePath(path: string, length: number): void {
    const node = this.existing(path, true);
    if (isFolder(node)) fail('EISDIR');
    this.setSize(node, length);
  }

  changePathMode(path: string, mode: number, follow: boolean): void {
    this.setMode(this.existing(path, follow), mode);
  }

  changePathOwner(path: string, uid: number, gid: number, follow: boolean): void {
    Object.assign(this.existing(path, follow), { uid, gid });
  }

  setPathTimes(path: string, atimeNs: bigint, mtimeNs: bigint, follow: boolean): void {
    Object.assign(this.existing(path, follow), { atimeNs, mtimeNs });
  }

  makePipe(path: string, mode: number): void {
    if (this.find(path, false) !== null) fail('EEXIST');
    this.create(path, FileMode.Pipe | (mode & ~this.mask & 0o7777));
  }

  workingFolder(): string {
    return this.folder;
  }

  changeFolder(path: string): void {
    if (!isFolder(this.existing(path, true))) fail('ENOTDIR');
    this.folder = this.absolute(path);
  }

  setMask(mask: number): number {
    const old = this.mask;
    this.mask = mask & 0o777;
    return old;
  }
}
