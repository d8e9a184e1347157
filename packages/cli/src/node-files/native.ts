/** What Node takes and gives, and what a program sees: paths, times, the status of a file. */
import type { BigIntStats, Dirent } from 'node:fs';
import { FileMode } from 'moult';
import type { FileStatus } from 'moult';

/** Names that are no UTF-8 go to Node as bytes. */
export function nativePath(path: string): string | Buffer {
  if (!/[\udc80-\udcff]/.test(path)) return path;
  const parts = Array.from(path, (c) =>
    /[\udc80-\udcff]/.test(c) ? Buffer.from([c.charCodeAt(0) & 0xff]) : Buffer.from(c),
  );
  return Buffer.concat(parts);
}

/** A path with its bytes that are no UTF-8 as lone surrogates. */
export function pathFromBytes(data: Buffer): string {
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
export function seconds(ns: bigint): number {
  const micros = ns >= 0n ? ns / 1000n : (ns - 999n) / 1000n;
  return (Number(micros) + 0.5) / 1e6;
}

/** The file type of an entry as in a mode, 0 if it is not known. */
export function typeBits(entry: Dirent): number {
  if (entry.isFile()) return FileMode.Regular;
  if (entry.isDirectory()) return FileMode.Folder;
  if (entry.isSymbolicLink()) return FileMode.Link;
  return entry.isFIFO() ? FileMode.Pipe : 0;
}

/** Node's status as the runtime takes it. */
export function statusFrom(s: BigIntStats): FileStatus {
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
