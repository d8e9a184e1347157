/** Signals: remembered when they arrive, handled by the main thread at its next safe point. */
import { GcRoot } from '@moult/heap';
import { raiseEmpty } from '../core/errors.ts';
import { ThreadState, ThreadWord } from '../core/layout/thread.ts';
import { askEnd, isEnding, raiseEnding } from '../core/limits.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { currentThread, makeReady } from '../core/threads.ts';

/** What Ctrl-C sends. */
const SIGINT = 2;

type SignalFunction = (rt: Runtime, number: number) => void;

/** What the module `_signal` does, set once it is imported: calls the program's handler of a signal; takes note when one
 *  arrives. */
export const signalHandling: { handler: SignalFunction | null; arrived: SignalFunction | null } = {
  handler: null,
  arrived: null,
};

/** A signal (1 to 31) has arrived: the main thread will look at it, and stops waiting for that. */
export function tripSignal(rt: Runtime, number: number): void {
  const H = rt.words;
  H[RootNum.PendingSignals] |= 1 << number;
  H[GcRoot.EvalBreaker] = 1;
  signalHandling.arrived?.(rt, number);
  wakeMain(rt);
}

/** The main thread stops waiting, if it waits, to look at what there is. */
function wakeMain(rt: Runtime): void {
  const H = rt.words;
  const main = H[RootNum.FirstThread];
  if (H[main + ThreadWord.State] !== ThreadState.Waiting) return;
  H[main + ThreadWord.Interrupted] = 1;
  makeReady(rt, main);
}

/** Asks the host for Ctrl-C, and the embedder whether the run is to end. */
export function pollInterrupt(rt: Runtime): boolean {
  if (rt.words[RootNum.Limited] !== 0 && askEnd(rt)) {
    wakeMain(rt);
    return true;
  }
  if (rt.host?.takeInterrupt?.() !== true) return false;
  tripSignal(rt, SIGINT);
  return true;
}

/** Handles the signals that have arrived, in the main thread only. Raises what a handler raises. @runsPython */
export function handleSignals(rt: Runtime): void {
  const H = rt.words;
  if (isEnding(rt)) raiseEnding(rt);
  if (H[RootNum.PendingSignals] === 0 || currentThread(rt) !== H[RootNum.FirstThread]) return;
  for (let number = 1; number < 32; number++) {
    if ((H[RootNum.PendingSignals] & (1 << number)) === 0) continue;
    H[RootNum.PendingSignals] &= ~(1 << number);
    if (signalHandling.handler !== null) signalHandling.handler(rt, number);
    else if (number === SIGINT) raiseEmpty(rt, T.KeyboardInterrupt);
  }
}
