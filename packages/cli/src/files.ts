/** Why a program's file cannot be run, in CPython's words. */
import { accessSync, constants, statSync } from 'node:fs';

/** The message after the command's name, or null when the file can be read. */
export function openFailure(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return `can't open file '${absolute(path)}': [Errno 2] No such file or directory`;
  if (stat.isDirectory()) return `can't find '__main__' module in '${absolute(path)}'`;
  try {
    accessSync(path, constants.R_OK);
    return null;
  } catch {
    return `can't open file '${absolute(path)}': [Errno 13] Permission denied`;
  }
}

function absolute(path: string): string {
  return path.startsWith('/') ? path : `${process.cwd()}/${path}`;
}
