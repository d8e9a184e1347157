/** What a file on the command line is: a program, or a place with one, or nothing that can be run. */
import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs';

interface OpenFailure {
  /** What follows the command's name. */
  readonly message: string;
  readonly exitCode: number;
}

/** Why the file cannot be read, or null when it can. */
export function openFailure(path: string): OpenFailure | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined)
    return { message: `can't open file '${absolute(path)}': [Errno 2] No such file or directory`, exitCode: 2 };
  try {
    accessSync(path, constants.R_OK);
    return null;
  } catch {
    return { message: `can't open file '${absolute(path)}': [Errno 13] Permission denied`, exitCode: 2 };
  }
}

const END_BYTES = 65557;
const END_MARK = Buffer.from('PK\x05\x06', 'latin1');

/** True for a folder or a zip archive, whose `__main__` is to be run. */
export function isPlace(path: string): boolean {
  const stat = statSync(path);
  if (stat.isDirectory()) return true;
  if (!stat.isFile()) return false;
  const length = Math.min(stat.size, END_BYTES);
  const end = Buffer.alloc(length);
  const fd = openSync(path, 'r');
  readSync(fd, end, 0, length, stat.size - length);
  closeSync(fd);
  return end.includes(END_MARK);
}

/** The path with the working folder before it. */
export function absolute(path: string): string {
  if (path.startsWith('/')) return path;
  return `${process.cwd()}/${path.startsWith('./') ? path.slice(2) : path}`;
}
