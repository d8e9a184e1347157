/** A file, folder, link or pipe in memory. */
import { FileMode, HostError } from '../../core/host-files.ts';
import type { FileStatus } from '../../core/host-files.ts';

/** What a name in a folder stands for. */
export interface Node {
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

/** Throws what a call of POSIX that fails gives. */
export function fail(code: string): never {
  throw new HostError(code);
}

/** The file type in a mode. */
export const type = (node: Node): number => node.mode & FileMode.Type;
export const isFolder = (node: Node): boolean => node.entries !== null;

/** The status as a program sees it. */
export function statusFrom(node: Node): FileStatus {
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
