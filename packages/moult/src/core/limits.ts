/**
 * Limits of a run: how many steps a program may make, and a question to the embedder whether it is to end.
 *
 * A *step* is a look at the eval breaker: a call of a Python function, a call of a native, a backward jump. The same program
 * makes the same number of steps in each run, however fast the machine is. Without limits nothing is counted. Natives that take items from
 * an iterator make a step for many of them.
 *
 * A run that is *ending* is unwound by an exception that no handler of the program gets to see: the loop looks for none
 * (`isEnding`). Finalizers are cut off at their first step. What owns references releases them, so the heap stays consistent;
 * `finally` and `with` blocks do not run.
 */
import { GcRoot } from '@moult/heap';
import type { Owned } from '@moult/heap';
import { createException } from './exceptions.ts';
import { restoreException } from './errors.ts';
import { RootNum } from './roots.ts';
import { PYTHON_THROW } from './runtime.ts';
import type { Runtime } from './runtime.ts';
import { T } from './static.ts';

/** Why a run was ended (`RootNum.Ending`). */
export const enum Ending {
  No = 0,
  Steps = 1,
  /** `Runtime.mustEnd` said so. */
  Asked = 2,
}

/** Steps between two questions to the embedder; a power of two. */
const ASK_INTERVAL = 256;

/** Items that a native takes from an iterator for one step; a power of two. */
const ITEMS_PER_STEP = 1024;

/** Counts from here on. `steps`: how many more are allowed, Infinity for any number. */
export function startLimits(rt: Runtime, steps: number): void {
  const H = rt.words;
  H[RootNum.Ending] = Ending.No;
  H[RootNum.Limited] = 1;
  rt.floats[RootNum.StepsMade / 2] = 0;
  rt.itemsTaken = 0;
  rt.floats[RootNum.StepLimit / 2] = steps;
  H[GcRoot.EvalBreaker] = 1;
}

/** Ends counting. Returns why the run was ended. */
export function stopLimits(rt: Runtime): Ending {
  const H = rt.words;
  const ending = H[RootNum.Ending] as Ending;
  H[RootNum.Limited] = 0;
  H[RootNum.Ending] = Ending.No;
  return ending;
}

/** Steps made since `startLimits`. */
export function stepsMade(rt: Runtime): number {
  return rt.floats[RootNum.StepsMade / 2];
}

/** Whether the run is being unwound. */
export function isEnding(rt: Runtime): boolean {
  return rt.words[RootNum.Ending] !== Ending.No;
}

/** Asks the embedder whether the run is to end; true if it is, or is ending already. */
export function askEnd(rt: Runtime): boolean {
  if (!isEnding(rt) && rt.mustEnd()) rt.words[RootNum.Ending] = Ending.Asked;
  return isEnding(rt);
}

/** Unwinds the run. */
export function raiseEnding(rt: Runtime): never {
  restoreException(rt, createException(rt, T.KeyboardInterrupt, 0 as Owned));
  throw PYTHON_THROW;
}

/** Counts a step; throws if the run is to end. To be called only while `RootNum.Limited` is set. */
export function countStep(rt: Runtime): void {
  const H = rt.words;
  if (H[RootNum.Ending] !== Ending.No) raiseEnding(rt);
  const made = ++rt.floats[RootNum.StepsMade / 2];
  if (made > rt.floats[RootNum.StepLimit / 2]) H[RootNum.Ending] = Ending.Steps;
  else if (made % ASK_INTERVAL !== 0 || !askEnd(rt)) return;
  raiseEnding(rt);
}

/** A native takes an item from an iterator: `sum(itertools.count())` looks at no eval breaker. Many of them are a step, at which the
 *  embedder is asked too; throws if the run is to end. To be called only while `RootNum.Limited` is set. */
export function countItem(rt: Runtime): void {
  if ((++rt.itemsTaken & (ITEMS_PER_STEP - 1)) === 0) countWork(rt);
}

/** A native has done a part of something long, such as a power of large numbers: a step, at which the embedder is asked too; throws if the
 *  run is to end. */
export function countWork(rt: Runtime): void {
  if (rt.words[RootNum.Limited] === 0) return;
  countStep(rt);
  if (askEnd(rt)) raiseEnding(rt);
}
