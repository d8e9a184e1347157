/** The tree of folders in memory: finding, making and changing nodes. */
import { FileMode } from '../../core/host-files.ts';
import type { HostInterface } from '../../core/host.ts';
import { fail, isFolder, type } from './node.ts';
import type { Node } from './node.ts';

const MAX_LINKS = 40;

/** A root, the working folder, and what is below. */
export class MemoryTree {
  /** Whose standard streams and clock are used. */
  host: HostInterface;
  protected folder = '/';
  private readonly root: Node;
  private inodes = 1;

  constructor(host: HostInterface) {
    this.host = host;
    this.root = this.newNode(FileMode.Folder | 0o755);
  }

  protected now(): bigint {
    return this.host.time?.() ?? 0n;
  }

  protected newNode(mode: number, target = ''): Node {
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

  /** The path from the root, without `.` and `..`. */
  protected absolute(path: string): string {
    const parts: string[] = [];
    for (const part of (path.startsWith('/') ? path : `${this.folder}/${path}`).split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '' && part !== '.') parts.push(part);
    }
    return `/${parts.join('/')}`;
  }

  /** The node of a path, null if there is none; the last part is followed where it is a link if `follow`. */
  protected find(path: string, follow: boolean, links = 0): Node | null {
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

  protected existing(path: string, follow: boolean): Node {
    return this.find(path, follow) ?? fail('ENOENT');
  }

  /** The folder that a path is in, and its name there. */
  protected place(path: string): readonly [Node, string] {
    const full = path.startsWith('/') ? path : `${this.folder}/${path}`;
    const slash = full.lastIndexOf('/');
    const folder = this.existing(slash === 0 ? '/' : full.slice(0, slash), true);
    if (!isFolder(folder)) fail('ENOTDIR');
    return [folder, full.slice(slash + 1)];
  }

  protected create(path: string, mode: number, target = ''): Node {
    const [folder, name] = this.place(path);
    const node = this.newNode(mode, target);
    folder.entries?.set(name, node);
    if (isFolder(node)) folder.nlink++;
    this.touch(folder);
    return node;
  }

  protected detach(path: string): void {
    const [folder, name] = this.place(path);
    const node = folder.entries?.get(name);
    if (node !== undefined) node.nlink--;
    if (node !== undefined && isFolder(node)) folder.nlink--;
    folder.entries?.delete(name);
    this.touch(folder);
  }

  protected touch(node: Node): void {
    node.mtimeNs = node.ctimeNs = this.now();
  }

  protected setMode(node: Node, mode: number): void {
    node.mode = type(node) | (mode & 0o7777);
    node.ctimeNs = this.now();
  }

  protected setSize(node: Node, size: number): void {
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

  protected store(node: Node, data: Uint8Array, offset: number): void {
    if (offset + data.length > node.size) this.setSize(node, offset + data.length);
    node.data.set(data, offset);
    this.touch(node);
  }
}
