/**
 * Files in memory, for embedders and browsers: folders, links, permissions and times as a POSIX file system has them. It starts
 * with `/`, `/tmp` and what it is given. Pipes are queues: nobody waits at them, as there is nobody else to write.
 */
import { DescriptorTable, FileMode, HostError, OpenFlag } from '../core/host-files.ts';
import type { FileStatus, FolderEntry, HostFiles } from '../core/host-files.ts';
import type { HostInterface } from '../core/host.ts';

const MAX_LINKS = 40;
const EAGAIN_WHEN_EMPTY = 'EAGAIN';

interface Node {
  readonly ino: number;
  mode: number;
  nlink: number;
  uid: number;
  gid: number;
  atimeNs: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
  /** Contents of a file; grows by doubling, `size` bytes are in use. */
  data: Uint8Array;
  size: number;
  /** Entries of a folder. */
  readonly entries: Map<string, Node> | null;
  /** Where a link leads. */
  readonly target: string;
}

interface Open {
  readonly node: Node;
  readonly flags: number;
  readonly path: string;
  /** A standard stream of the host: what it reads and writes. */
  readonly stream: number;
  position: number;
}

function fail(code: string): never {
  throw new HostError(code);
}

const type = (node: Node): number => node.mode & FileMode.Type;
const isFolder = (node: Node): boolean => node.entries !== null;

export class MemoryFiles implements HostFiles {
  /** Whose standard streams and clock are used. */
  host: HostInterface;
  private readonly root: Node;
  private readonly table = new DescriptorTable<Open>();
  private readonly inheritable = new Set<number>();
  private inodes = 1;
  private folder = '/';
  private mask = 0o022;

  /** `files` by absolute path; folders above them are made. Standard streams and the clock are those of `host`. */
  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}, host: HostInterface = {}) {
    this.host = host;
    this.root = this.newNode(FileMode.Folder | 0o755);
    this.makeFolders('/tmp');
    for (const [path, data] of Object.entries(files))
      this.put(path, typeof data === 'string' ? new TextEncoder().encode(data) : data);
    for (const fd of [0, 1, 2])
      this.table.set(fd, this.opened(this.newNode(FileMode.Pipe | 0o600), fd === 0 ? 0 : 1, '', fd));
  }

  /** Makes or replaces a file, and the folders above it. */
  put(path: string, data: Uint8Array): void {
    this.makeFolders(path.slice(0, path.lastIndexOf('/')));
    const fd = this.open(path, OpenFlag.WriteOnly | OpenFlag.Create | OpenFlag.Truncate, 0o644);
    this.write(fd, data);
    this.close(fd);
  }

  /** The contents of a file, null if there is none. */
  get(path: string): Uint8Array | null {
    const node = this.find(path, true);
    return node === null || isFolder(node) ? null : node.data.slice(0, node.size);
  }

  open(path: string, flags: number, mode: number): number {
    const creates = (flags & OpenFlag.Create) !== 0;
    const found = this.find(
      path,
      (flags & OpenFlag.NoFollow) === 0 && (flags & (OpenFlag.Create | OpenFlag.Exclusive)) !== 0o300,
    );
    if (found !== null && creates && (flags & OpenFlag.Exclusive) !== 0) fail('EEXIST');
    if (found === null && !creates) fail('ENOENT');
    const node = found ?? this.create(path, FileMode.Regular | (mode & ~this.mask & 0o7777));
    if (type(node) === (FileMode.Link as number)) fail('ELOOP');
    const writes = (flags & OpenFlag.AccessMask) !== OpenFlag.ReadOnly;
    if (isFolder(node) && (writes || creates)) fail('EISDIR');
    if (!isFolder(node) && (flags & OpenFlag.Directory) !== 0) fail('ENOTDIR');
    if ((flags & OpenFlag.Truncate) !== 0 && writes) this.setSize(node, 0);
    return this.table.add(this.opened(node, flags, this.absolute(path), -1));
  }

  close(fd: number): void {
    this.table.remove(fd);
    this.inheritable.delete(fd);
  }

  read(fd: number, length: number): Uint8Array {
    const file = this.table.get(fd);
    if ((file.flags & OpenFlag.AccessMask) === OpenFlag.WriteOnly) fail('EBADF');
    if (file.stream >= 0) return this.host.read?.(file.stream, length) ?? new Uint8Array(0);
    if (type(file.node) === (FileMode.Pipe as number)) return this.readPipe(file.node, length);
    const data = this.readAt(fd, length, file.position);
    file.position += data.length;
    return data;
  }

  write(fd: number, data: Uint8Array): number {
    const file = this.table.get(fd);
    if ((file.flags & OpenFlag.AccessMask) === OpenFlag.ReadOnly) fail('EBADF');
    if (file.stream >= 0) {
      this.host.write?.(file.stream, data);
      return data.length;
    }
    if ((file.flags & OpenFlag.Append) !== 0 || type(file.node) === (FileMode.Pipe as number))
      file.position = file.node.size;
    this.store(file.node, data, file.position);
    file.position += data.length;
    return data.length;
  }

  readAt(fd: number, length: number, offset: number): Uint8Array {
    const { node } = this.seekable(fd);
    if (isFolder(node)) fail('EISDIR');
    node.atimeNs = this.now();
    return node.data.slice(offset, Math.max(offset, Math.min(node.size, offset + length)));
  }

  writeAt(fd: number, data: Uint8Array, offset: number): number {
    this.store(this.seekable(fd).node, data, offset);
    return data.length;
  }

  seek(fd: number, offset: number, whence: number): number {
    const file = this.seekable(fd);
    if (whence < 0 || whence > 2) fail('EINVAL');
    const position = offset + (whence === 0 ? 0 : whence === 1 ? file.position : file.node.size);
    if (position < 0) fail('EINVAL');
    file.position = position;
    return position;
  }

  statusOf(fd: number): FileStatus {
    return statusFrom(this.table.get(fd).node);
  }

  resize(fd: number, length: number): void {
    const { node, flags } = this.table.get(fd);
    if ((flags & OpenFlag.AccessMask) === OpenFlag.ReadOnly) fail('EINVAL');
    this.setSize(node, length);
  }

  sync(fd: number): void {
    this.table.get(fd);
  }

  duplicate(fd: number, atLeast: number): number {
    return this.table.add(this.table.get(fd), atLeast);
  }

  duplicateTo(fd: number, to: number): void {
    this.table.set(to, this.table.get(fd));
  }

  pipe(): readonly [number, number] {
    const node = this.newNode(FileMode.Pipe | 0o600);
    const reader = this.table.add(this.opened(node, OpenFlag.ReadOnly, '', -1));
    return [reader, this.table.add(this.opened(node, OpenFlag.WriteOnly, '', -1))];
  }

  readiness(fd: number): number {
    const { node, stream } = this.table.get(fd);
    return stream < 0 && type(node) === (FileMode.Pipe as number) && node.size === 0 ? 4 : 5;
  }

  isTerminal(fd: number): boolean {
    const { stream } = this.table.get(fd);
    return stream >= 0 && (this.host.isTerminal?.(stream) ?? false);
  }

  terminalSize(fd: number): readonly [number, number] {
    this.table.get(fd);
    return fail('ENOTTY');
  }

  isBlocking(fd: number): boolean {
    return (this.table.get(fd).flags & OpenFlag.NonBlocking) === 0;
  }

  setBlocking(fd: number, blocking: boolean): void {
    const file = this.table.get(fd);
    const flags = blocking ? file.flags & ~OpenFlag.NonBlocking : file.flags | OpenFlag.NonBlocking;
    this.table.set(fd, { ...file, flags });
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
    this.setMode(this.table.get(fd).node, mode);
  }

  changeOwner(fd: number, uid: number, gid: number): void {
    Object.assign(this.table.get(fd).node, { uid, gid });
  }

  setTimes(fd: number, atimeNs: bigint, mtimeNs: bigint): void {
    Object.assign(this.table.get(fd).node, { atimeNs, mtimeNs });
  }

  folderPath(fd: number): string {
    const { node, path } = this.table.get(fd);
    return isFolder(node) ? path : fail('ENOTDIR');
  }

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

  private now(): bigint {
    return this.host.time?.() ?? 0n;
  }

  private newNode(mode: number, target = ''): Node {
    const now = this.now();
    const entries = (mode & FileMode.Type) === (FileMode.Folder as number) ? new Map<string, Node>() : null;
    return {
      ino: this.inodes++,
      mode,
      nlink: entries === null ? 1 : 2,
      uid: 0,
      gid: 0,
      atimeNs: now,
      mtimeNs: now,
      ctimeNs: now,
      data: new Uint8Array(0),
      size: new TextEncoder().encode(target).length,
      entries,
      target,
    };
  }

  private opened(node: Node, flags: number, path: string, stream: number): Open {
    return { node, flags, path, stream, position: 0 };
  }

  /** The path from the root, without `.` and `..`. */
  private absolute(path: string): string {
    const parts: string[] = [];
    for (const part of (path.startsWith('/') ? path : `${this.folder}/${path}`).split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '' && part !== '.') parts.push(part);
    }
    return `/${parts.join('/')}`;
  }

  /** The node of a path, null if there is none; the last part is followed where it is a link if `follow`. */
  private find(path: string, follow: boolean, links = 0): Node | null {
    if (path === '') fail('ENOENT');
    const parts = (path.startsWith('/') ? path : `${this.folder}/${path}`)
      .split('/')
      .filter((part) => part !== '' && part !== '.');
    const above: Node[] = [];
    let node = this.root;
    for (const [i, part] of parts.entries()) {
      if (node.entries === null) fail('ENOTDIR');
      if (part === '..') {
        node = above.pop() ?? this.root;
        continue;
      }
      const next = node.entries.get(part);
      if (next === undefined) return i === parts.length - 1 ? null : fail('ENOENT');
      if (type(next) === (FileMode.Link as number) && (follow || i < parts.length - 1)) {
        if (links >= MAX_LINKS) fail('ELOOP');
        const base = next.target.startsWith('/') ? '' : `/${parts.slice(0, i).join('/')}/`;
        return this.find([base + next.target, ...parts.slice(i + 1)].join('/'), follow, links + 1);
      }
      above.push(node);
      node = next;
    }
    return path.endsWith('/') && !isFolder(node) ? fail('ENOTDIR') : node;
  }

  private existing(path: string, follow: boolean): Node {
    return this.find(path, follow) ?? fail('ENOENT');
  }

  /** The folder that a path is in, and its name there. */
  private place(path: string): readonly [Node, string] {
    const full = path.startsWith('/') ? path : `${this.folder}/${path}`;
    const slash = full.lastIndexOf('/');
    const folder = this.existing(slash === 0 ? '/' : full.slice(0, slash), true);
    if (!isFolder(folder)) fail('ENOTDIR');
    return [folder, full.slice(slash + 1)];
  }

  private create(path: string, mode: number, target = ''): Node {
    const [folder, name] = this.place(path);
    const node = this.newNode(mode, target);
    folder.entries?.set(name, node);
    if (isFolder(node)) folder.nlink++;
    this.touch(folder);
    return node;
  }

  private detach(path: string): void {
    const [folder, name] = this.place(path);
    const node = folder.entries?.get(name);
    if (node !== undefined) node.nlink--;
    if (node !== undefined && isFolder(node)) folder.nlink--;
    folder.entries?.delete(name);
    this.touch(folder);
  }

  private makeFolders(path: string): void {
    for (let end = path.indexOf('/', 1); path !== ''; end = path.indexOf('/', end + 1)) {
      const part = end < 0 ? path : path.slice(0, end);
      if (this.find(part, true) === null) this.makeFolder(part, 0o777);
      if (end < 0) return;
    }
  }

  private touch(node: Node): void {
    node.mtimeNs = node.ctimeNs = this.now();
  }

  private setMode(node: Node, mode: number): void {
    node.mode = type(node) | (mode & 0o7777);
    node.ctimeNs = this.now();
  }

  private setSize(node: Node, size: number): void {
    this.reserve(node, size);
    if (size > node.size) node.data.fill(0, node.size, size);
    node.size = size;
    this.touch(node);
  }

  private reserve(node: Node, size: number): void {
    if (size <= node.data.length) return;
    const data = new Uint8Array(Math.max(size, 2 * node.data.length));
    data.set(node.data.subarray(0, node.size));
    node.data = data;
  }

  private store(node: Node, data: Uint8Array, offset: number): void {
    if (offset + data.length > node.size) this.setSize(node, offset + data.length);
    node.data.set(data, offset);
    this.touch(node);
  }

  /** Takes bytes from the front. */
  private readPipe(node: Node, length: number): Uint8Array {
    if (node.size === 0) {
      const hasWriter = this.table
        .entries()
        .some(([, file]) => file.node === node && (file.flags & OpenFlag.AccessMask) !== 0);
      return hasWriter ? fail(EAGAIN_WHEN_EMPTY) : new Uint8Array(0);
    }
    const data = node.data.slice(0, Math.min(length, node.size));
    node.data.copyWithin(0, data.length, node.size);
    node.size -= data.length;
    return data;
  }

  private seekable(fd: number): Open {
    const file = this.table.get(fd);
    return file.stream >= 0 || type(file.node) === (FileMode.Pipe as number) ? fail('ESPIPE') : file;
  }
}

function statusFrom(node: Node): FileStatus {
  const { mode, nlink, uid, gid, size, atimeNs, mtimeNs, ctimeNs } = node;
  const blocks = Math.ceil(size / 512);
  return {
    mode,
    ino: BigInt(node.ino),
    dev: 1n,
    nlink,
    uid,
    gid,
    size,
    atimeNs,
    mtimeNs,
    ctimeNs,
    blksize: 4096,
    blocks,
    rdev: 0,
  };
}

/** A host with these files, for everything that `host` does not have: what is imported is found there too. */
export function withMemoryFiles(host: HostInterface, files: MemoryFiles): HostInterface {
  return {
    ...host,
    files,
    readFile: (path) => files.get(path),
    statPath: (path) => {
      try {
        return (files.status(path, true).mode & FileMode.Type) === (FileMode.Folder as number) ? 'folder' : 'file';
      } catch {
        return null;
      }
    },
    listFolder: (path) => {
      try {
        return files.list(path).map(({ name }) => name);
      } catch {
        return null;
      }
    },
    workingFolder: () => files.workingFolder(),
  };
}
