/** Whether a descriptor is a terminal. */
import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Files and pipes are told by their status alone: Node's module for terminals brings the one for the network with it,
 *  which most runs never need. */
export function isTerminal(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice() && isatty(fd);
  } catch {
    return false;
  }
}
