/** Reading and writing that would wait: other threads run meanwhile. With one thread the host waits. */
import { decref } from '@moult/heap';
import { ThreadWord } from '../../core/layout/thread.ts';
import { none } from '../../core/errors.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { advanceClock } from '../../eval/threads/clock.ts';
import { hostFiles } from '../posix/paths.ts';
import { hostReadiness, napUntil } from '../select/host-wait.ts';

/** Bits of `HostFiles.readiness`. */
export const enum Ready {
  Read = 1,
  Write = 4,
  /** What ends a wait whatever is asked for: an error, or nobody at the other end. */
  Ends = 8 | 16,
}

/** A call of the host counts 1 µs on the scheduler's clock. */
const LOOKS_PER_CALL = 20;

function hasOtherThreads(rt: Runtime): boolean {
  const H = rt.words;
  return H[H[RootNum.FirstThread] + ThreadWord.Next] !== 0;
}

/** Lets a call of the host take its time, where other threads sleep meanwhile. */
export function countHostCall(rt: Runtime): void {
  if (hasOtherThreads(rt)) advanceClock(rt, LOOKS_PER_CALL);
}

/** Returns when reading from (or writing to) the descriptor need not wait. @runsPython where there are other threads */
export function waitReady(rt: Runtime, fd: number, wanted: Ready.Read | Ready.Write): void {
  if (!hasOtherThreads(rt)) return;
  const isReady = (): boolean => {
    const bits = hostReadiness(rt, fd);
    return bits === null || (bits & (wanted | Ready.Ends)) !== 0;
  };
  if (isReady() || !hostFiles(rt).isBlocking(fd)) return;
  const done = napUntil(rt, -1, () => (isReady() ? none() : 0));
  if (done !== 0) decref(rt, done);
}
