/** Whether a descriptor is a terminal. */
import { fstatSync, statSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Files and pipes are told by their status alone: Node's module for terminals brings the one for the network with it,
 *  which most runs never need. */
export function isTerminal(fd: number): boolean {
  try {
    const status = fstatSync(fd);
    return status.isCharacterDevice() && status.rdev !== nothing() && isatty(fd);
  } catch {
    return false;
  }
}

/** The device that is no terminal though it looks like one. */
function nothing(): number | undefined {
  return statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
}
