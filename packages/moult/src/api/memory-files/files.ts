/**
 * Files in memory, for embedders and browsers: folders, links, permissions and times as a POSIX file system has them. It starts
 * with `/`, `/tmp` and what it is given. Pipes are queues: nobody waits at them, as there is nobody else to write.
 */
import { DescriptorTable, FileMode, OpenFlag } from '../../core/host-files.ts';
import type { FileStatus, HostFiles } from '../../core/host-files.ts';
import type { HostInterface } from '../../core/host.ts';
import { fail, isFolder, statusFrom, type } from './node.ts';
import type { Node } from './node.ts';
import { MemoryPaths } from './paths.ts';

const EAGAIN_WHEN_EMPTY = 'EAGAIN';

interface Open {
  readonly node: Node;
  readonly flags: number;
  readonly path: string;
  /** A standard stream of the host: what it reads and writes. */
  readonly stream: number;
  position: number;
}

/** Files by their paths, and open ones by their descriptors. */
export class MemoryFiles extends MemoryPaths implements HostFiles {
  private readonly table = new DescriptorTable<Open>();
  private readonly inheritable = new Set<number>();

  /** `files` by absolute path; folders above them are made. Standard streams and the clock are those of `host`. */
  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}, host: HostInterface = {}) {
    super(host);
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

  private opened(node: Node, flags: number, path: string, stream: number): Open {
    return { node, flags, path, stream, position: 0 };
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

/** A host with these files, for everything that `host` does not have: what is imported is found there too. */
export function withMemoryFiles(host: HostInterface, files: MemoryFiles): HostInterface {
  return {
    ...host,
    files,
    readFile: (path) => {
      try {
        return files.get(path);
      } catch {
        // There is not even the folder.
        return null;
      }
    },
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
