/**
 * Policies: when to collect, which generation, and what becomes of garbage with finalizers. The phases (`collector/`)
 * know none of this.
 *
 * A policy has no state of its own: what it must remember lies in the root record from `GcRoot.PolicyState` on, so that
 * a snapshot carries it. It is named there by its number, its place in the heap's table of policies.
 *
 * Others fit without a change to the phases. CPython 3.13's is 3.12's with other thresholds. The incremental collector
 * of 3.14.0 differs in `run` alone: it keeps its own young and old lists, and calls `deduceUnreachable` and the phases
 * after it on an increment it has put together, instead of `collectGenerations`.
 */
import type { Heap } from '../heap.ts';

/** What happens to an unreachable object with a finalizer. */
export const enum FinalizerRule {
  /** The finalizer runs, then the object is freed unless it was brought back. */
  Pep442 = 0,
  /** It is not freed, nor what it leads to; it is put into the garbage list. */
  Uncollectable = 1,
}

export interface Policy {
  readonly name: string;
  /** Thresholds of the three generations at the start. */
  readonly thresholds: readonly [number, number, number];
  readonly finalizers: FinalizerRule;
  /** An allocation made generation 0 count more than its threshold while collections are enabled: ask for a collection or not. Runs inside an
   *  allocation, so it may only set words. */
  allocated(h: Heap): void;
  /** A safe point was reached, a collection had been asked for, none is running: collect what is due. Returns the
   *  number of unreachable objects.
   *  @runsPython @mayCollect */
  run(h: Heap): number;
}

/** Numbers of the built-in policies in the heap's table. */
export const enum PolicyNumber {
  Cpython312 = 0,
  None = 1,
  Python27 = 2,
  FirstFree = 3,
}
