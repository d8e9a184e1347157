/** The files of a host that gives none, or only what can be read: what embedders may extend. */
import type { HostInterface } from './host.ts';
import { FileMode, HostError, OpenFlag } from './host-files.ts';
import type { FileStatus, FolderEntry, HostFiles } from './host-files.ts';
import { DescriptorTable } from './host-files.ts';

function fail(code: string): never {
  throw new HostError(code);
}

/** A status with what is given; the rest is nothing. */
function statusWith(known: Partial<FileStatus>): FileStatus {
  return {
    mode: FileMode.Regular | 0o644,
    ino: 0n,
    dev: 0n,
    nlink: 1,
    uid: 0,
    gid: 0,
    size: 0,
    atimeNs: 0n,
    mtimeNs: 0n,
    ctimeNs: 0n,
    blksize: 4096,
    blocks: 0,
    rdev: 0,
    ...known,
  };
}

interface OpenRead {
  readonly path: string;
  readonly data: Uint8Array | null;
  position: number;
}

/** Files to be read through `readFile`, `statPath` and `listFolder` of a host, and its standard streams. Whatever would
 *  change something fails with EROFS. */
export class BareFiles implements HostFiles {
  protected readonly host: HostInterface | null;
  private readonly first: number;
  private readonly open_ = new DescriptorTable<OpenRead>();

  /** Descriptors are given from `first` on. */
  constructor(host: HostInterface | null = null, first = 0) {
    this.host = host;
    this.first = first;
    for (const fd of [0, 1, 2]) this.open_.set(fd, { path: '', data: null, position: 0 });
  }

  open(path: string, flags: number, _mode: number): number {
    const kind = this.host?.statPath?.(path) ?? null;
    if (kind === null) fail((flags & OpenFlag.Create) !== 0 ? 'EROFS' : 'ENOENT');
    if ((flags & OpenFlag.AccessMask) !== OpenFlag.ReadOnly) fail(kind === 'folder' ? 'EISDIR' : 'EROFS');
    if (kind === 'folder') return this.open_.add({ path, data: null, position: 0 }, this.first);
    if ((flags & OpenFlag.Directory) !== 0) fail('ENOTDIR');
    return this.open_.add({ path, data: this.host?.readFile?.(path) ?? fail('EACCES'), position: 0 }, this.first);
  }

  close(fd: number): void {
    this.open_.remove(fd);
  }

  read(fd: number, length: number): Uint8Array {
    const file = this.open_.get(fd);
    if (fd === 0 && file.path === '') return this.host?.read?.(fd, length) ?? new Uint8Array(0);
    const part = this.readAt(fd, length, file.position);
    file.position += part.length;
    return part;
  }

  write(fd: number, data: Uint8Array): number {
    if (this.open_.get(fd).path !== '' || fd === 0) fail('EBADF');
    this.host?.write?.(fd, data);
    return data.length;
  }

  readAt(fd: number, length: number, offset: number): Uint8Array {
    const { path, data } = this.open_.get(fd);
    return data === null ? fail(path === '' ? 'ESPIPE' : 'EISDIR') : data.subarray(offset, offset + length);
  }

  writeAt(fd: number, _data: Uint8Array, _offset: number): number {
    return fail(this.open_.get(fd).path === '' ? 'ESPIPE' : 'EBADF');
  }

  seek(fd: number, offset: number, whence: number): number {
    const file = this.open_.get(fd);
    if (file.data === null) fail('ESPIPE');
    const base = whence === 0 ? 0 : whence === 1 ? file.position : file.data.length;
    if (base + offset < 0) fail('EINVAL');
    file.position = base + offset;
    return file.position;
  }

  statusOf(fd: number): FileStatus {
    const { path } = this.open_.get(fd);
    return path === '' ? statusWith({ mode: FileMode.Pipe | 0o600 }) : this.status(path, true);
  }

  resize(fd: number, _length: number): void {
    this.open_.get(fd);
    fail('EINVAL');
  }

  sync(fd: number): void {
    this.open_.get(fd);
  }

  duplicate(fd: number, atLeast: number): number {
    return this.open_.add(this.open_.get(fd), Math.max(this.first, atLeast));
  }

  duplicateTo(fd: number, to: number): void {
    this.open_.set(to, this.open_.get(fd));
  }

  pipe(): readonly [number, number] {
    return fail('ENOSYS');
  }

  readiness(fd: number): number {
    this.open_.get(fd);
    return 5;
  }

  isTerminal(fd: number): boolean {
    return this.open_.get(fd).path === '' && (this.host?.isTerminal?.(fd) ?? false);
  }

  terminalSize(_fd: number): readonly [number, number] {
    return fail('ENOTTY');
  }

  isBlocking(fd: number): boolean {
    return this.open_.get(fd).path !== null;
  }

  setBlocking(_fd: number, _blocking: boolean): void {
    fail('ENOSYS');
  }

  isInheritable(_fd: number): boolean {
    return false;
  }

  setInheritable(fd: number, _inheritable: boolean): void {
    this.open_.get(fd);
  }

  changeMode(_fd: number, _mode: number): void {
    fail('EROFS');
  }

  changeOwner(_fd: number, _uid: number, _gid: number): void {
    fail('EROFS');
  }

  setTimes(_fd: number, _atimeNs: bigint, _mtimeNs: bigint): void {
    fail('EROFS');
  }

  folderPath(fd: number): string {
    const { path, data } = this.open_.get(fd);
    return data === null && path !== '' ? path : fail('ENOTDIR');
  }

  status(path: string, _follow: boolean): FileStatus {
    const kind = this.host?.statPath?.(path) ?? fail('ENOENT');
    if (kind === 'folder') return statusWith({ mode: FileMode.Folder | 0o755 });
    return statusWith({ size: this.host?.readFile?.(path)?.length ?? 0 });
  }

  list(path: string): readonly FolderEntry[] {
    const names = this.host?.listFolder?.(path) ?? null;
    if (names === null) fail(this.host?.statPath?.(path) === 'file' ? 'ENOTDIR' : 'ENOENT');
    return names.map((name) => ({ name, mode: 0, ino: 0n }));
  }

  mayAccess(path: string, mode: number): boolean {
    return (mode & 2) === 0 && (this.host?.statPath?.(path) ?? null) !== null;
  }

  makeFolder(path: string, _mode: number): void {
    fail((this.host?.statPath?.(path) ?? null) === null ? 'EROFS' : 'EEXIST');
  }

  removeFolder(path: string): void {
    this.refuseChange(path);
  }

  remove(path: string): void {
    this.refuseChange(path);
  }

  rename(from: string, _to: string): void {
    this.refuseChange(from);
  }

  link(from: string, _to: string): void {
    this.refuseChange(from);
  }

  symlink(_target: string, _path: string): void {
    fail('EROFS');
  }

  readLink(path: string): string {
    return fail((this.host?.statPath?.(path) ?? null) === null ? 'ENOENT' : 'EINVAL');
  }

  resizePath(path: string, _length: number): void {
    this.refuseChange(path);
  }

  changePathMode(path: string, _mode: number, _follow: boolean): void {
    this.refuseChange(path);
  }

  changePathOwner(path: string, _uid: number, _gid: number, _follow: boolean): void {
    this.refuseChange(path);
  }

  setPathTimes(path: string, _atimeNs: bigint, _mtimeNs: bigint, _follow: boolean): void {
    this.refuseChange(path);
  }

  makePipe(_path: string, _mode: number): void {
    fail('EROFS');
  }

  workingFolder(): string {
    return this.host?.workingFolder?.() ?? '/';
  }

  changeFolder(_path: string): void {
    fail('ENOSYS');
  }

  setMask(_mask: number): number {
    return 0o022;
  }

  private refuseChange(path: string): never {
    return fail((this.host?.statPath?.(path) ?? null) === null ? 'ENOENT' : 'EROFS');
  }
}

const BARE = new WeakMap<HostInterface, HostFiles>();
const NOTHING = new BareFiles();

/** The files of a host; without a host there are none. */
export function filesOf(host: HostInterface | null): HostFiles {
  if (host === null) return NOTHING;
  if (host.files !== undefined) return host.files;
  const known = BARE.get(host);
  if (known !== undefined) return known;
  const files = new BareFiles(host);
  BARE.set(host, files);
  return files;
}
