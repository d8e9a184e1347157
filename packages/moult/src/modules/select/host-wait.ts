/** Waiting for descriptors of the host, which cannot wake a thread: they are asked again and again, in short naps, in which
 *  other threads run. */
import { decref } from '@moult/heap';
import type { Owned } from '@moult/heap';
import { none } from '../../core/errors.ts';
import { FileMode, hostErrorCode } from '../../core/host-files.ts';
import type { Runtime } from '../../core/runtime.ts';
import { defineWait } from '../../core/threads.ts';
import { waitInside } from '../../eval/threads/wait.ts';
import { hostFiles, raiseErrno } from '../posix/paths.ts';
import { endpointOf } from '../socket/endpoint.ts';

/** Ends with its time, or by an exception that a signal's handler raises. */
const NAP = defineWait((_rt, _on, _with, timedOut) => (timedOut ? none() : 0));
const NAP_SECONDS = 0.001;
const LONGEST_NAP_SECONDS = 0.02;

/** True if some of the descriptors are the host's, and open. */
export function hasHostDescriptor(rt: Runtime, fds: readonly number[]): boolean {
  return fds.some((fd) => endpointOf(rt, fd) === 0 && hostReadiness(rt, fd) !== null);
}

/** What the host says of a descriptor: bits of `poll`; null if it is not open. */
export function hostReadiness(rt: Runtime, fd: number): number | null {
  try {
    return hostFiles(rt).readiness(fd);
  } catch (error) {
    if (hostErrorCode(error) === null) throw error;
    return null;
  }
}

/** True if the descriptor is open: the runtime's own or the host's. */
export function isOpen(rt: Runtime, fd: number): boolean {
  return endpointOf(rt, fd) !== 0 || hostReadiness(rt, fd) !== null;
}

const EPERM = 1;
const EBADF = 9;

/** `epoll` takes neither what is closed nor files and folders, which are always ready. Raises OSError. */
export function requireWatchable(rt: Runtime, fd: number): void {
  if (endpointOf(rt, fd) !== 0) return;
  if (!isOpen(rt, fd)) raiseErrno(rt, EBADF, 0);
  const type = hostFiles(rt).statusOf(fd).mode & FileMode.Type;
  if (type === FileMode.Regular || type === FileMode.Folder) raiseErrno(rt, EPERM, 0);
}

/** Naps until `ready` gives a result or `seconds` (negative: without end) are over; then 0. @runsPython when signals arrive */
export function napUntil(rt: Runtime, seconds: number, ready: () => Owned | 0): Owned | 0 {
  const clock = (): number => Number(rt.host?.monotonic?.() ?? 0n) / 1e9;
  const end = seconds < 0 ? Infinity : clock() + seconds;
  for (let nap = NAP_SECONDS; ; nap = Math.min(nap * 1.5, LONGEST_NAP_SECONDS)) {
    const result = ready();
    const left = end - clock();
    if (result !== 0 || left <= 0 || rt.host?.sleep === undefined) return result;
    decref(rt, waitInside(rt, NAP, 0, Math.min(nap, left)));
  }
}
