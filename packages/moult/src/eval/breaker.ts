/** What the loop does when `GcRoot.EvalBreaker` is set: a due collection, an interrupt, an exhausted step budget. */
import { GcRoot, runScheduled } from '@moult/heap';
import { raiseEmpty } from '../core/errors.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';

/** Bits of `RootNum.PendingSignals`. */
export const enum Signal {
  Interrupt = 1,
}

/** Asks the running program to look at a signal at its next safe point. */
export function signal(rt: Runtime, bits: number): void {
  rt.words[RootNum.PendingSignals] |= bits;
  rt.words[GcRoot.EvalBreaker] = 1;
}

/** Serves what is pending; the frame's stack is saved. @runsPython @mayCollect */
export function handleBreaker(rt: Runtime): void {
  const H = rt.words;
  H[GcRoot.EvalBreaker] = 0;
  if (rt.host?.takeInterrupt?.() === true) H[RootNum.PendingSignals] |= Signal.Interrupt;
  const signals = H[RootNum.PendingSignals];
  if (signals !== 0) {
    H[RootNum.PendingSignals] = 0;
    if ((signals & Signal.Interrupt) !== 0) raiseEmpty(rt, T.KeyboardInterrupt);
  }
  if (H[GcRoot.Scheduled] !== 0) runScheduled(rt);
}
