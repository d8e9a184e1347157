/** Why a program's file cannot be run, in CPython's words. */
import { accessSync, constants, statSync } from 'node:fs';

export interface OpenFailure {
  /** What follows the command's name. */
  readonly message: string;
  readonly exitCode: number;
}

/** Why the file cannot be run, or null when it can be read. */
export function openFailure(path: string): OpenFailure | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined)
    return { message: `can't open file '${absolute(path)}': [Errno 2] No such file or directory`, exitCode: 2 };
  if (stat.isDirectory()) return { message: `can't find '__main__' module in '${absolute(path)}'`, exitCode: 1 };
  try {
    accessSync(path, constants.R_OK);
    return null;
  } catch {
    return { message: `can't open file '${absolute(path)}': [Errno 13] Permission denied`, exitCode: 2 };
  }
}

function absolute(path: string): string {
  return path.startsWith('/') ? path : `${process.cwd()}/${path}`;
}
