/**
 * Two stacks beside the frames.
 *
 * *Temporaries*: owned references that a native holds while Python code may run. They are released when the native
 * returns (`callNative`) or when the exception it threw is caught (the evaluation loop, `protect`).
 *
 * *Arguments*: borrowed references, laid out for a vectorcall; the caller owns them elsewhere.
 */
import { decref, HeapCorruption } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raiseEmpty } from './errors.ts';
import { RootNum } from './roots.ts';
import type { Runtime } from './runtime.ts';
import { T } from './static.ts';

/** Puts an owned reference on the temporaries' stack and lends it back. Takes `owned`. */
export function temp(rt: Runtime, owned: Owned): Ref {
  const H = rt.words;
  const top = H[RootNum.TempTop];
  if (top >= H[RootNum.TempLimit]) exhausted(rt, owned);
  H[top] = owned;
  H[RootNum.TempTop] = top + 1;
  return owned;
}

/** Words of either stack that are kept for raising the error. */
export const STACKS_HEADROOM = 1 << 10;

/** One of the stacks is full: `f(*range(1000000), x=1)`, or natives that call each other with ever more arguments. Takes `owned`. */
function exhausted(rt: Runtime, owned: Owned | 0): never {
  const H = rt.words;
  H[RootNum.TempLimit] += STACKS_HEADROOM;
  H[RootNum.ArgLimit] += STACKS_HEADROOM;
  try {
    if (owned !== 0) decref(rt, owned);
    raiseEmpty(rt, T.MemoryError);
  } finally {
    H[RootNum.TempLimit] -= STACKS_HEADROOM;
    H[RootNum.ArgLimit] -= STACKS_HEADROOM;
  }
}

/** Takes the newest temporary back: it must be `ref`. */
export function untemp(rt: Runtime, ref: Ref): Owned {
  forgetTemp(rt, ref);
  return ref as Owned;
}

/** Takes the newest temporary off without releasing it: it must be `ref`, and its reference is owned elsewhere by now. */
export function forgetTemp(rt: Runtime, ref: Ref): void {
  const H = rt.words;
  const top = H[RootNum.TempTop] - 1;
  if (H[top] !== ref) notOnTop(top, ref, H[top]);
  H[RootNum.TempTop] = top;
}

function notOnTop(top: number, expected: Ref, found: Ref): never {
  throw new HeapCorruption('INV-TEMP-1: newest temporary', top, expected, found);
}

/** The result of `make`, which takes nothing; if it fails, `owned` is released: for an object that is being made of parts.
 *  Not for hot paths (it takes a closure). */
export function orRelease<R>(rt: Runtime, owned: Owned, make: () => R): R {
  try {
    return make();
  } catch (error) {
    decref(rt, owned);
    throw error;
  }
}

/** Releases the newest temporary now: it must be `ref`. @runsPython */
export function dropTemp(rt: Runtime, ref: Ref): void {
  decref(rt, untemp(rt, ref));
}

/** Where the temporaries end now. */
export function tempMark(rt: Runtime): number {
  return rt.words[RootNum.TempTop];
}

/** Releases the temporaries above `mark`, newest first. @runsPython */
export function releaseTemps(rt: Runtime, mark: number): void {
  const H = rt.words;
  while (H[RootNum.TempTop] > mark) {
    const top = H[RootNum.TempTop] - 1;
    H[RootNum.TempTop] = top;
    const o = H[top];
    if (o !== 0) decref(rt, o);
  }
}

/** As `releaseTemps`, while `result` stays alive; returns it. @runsPython */
export function releaseKeeping(rt: Runtime, mark: number, result: Owned): Owned {
  const H = rt.words;
  let i = H[RootNum.TempTop];
  if (i === mark) return result;
  temp(rt, result);
  while (--i >= mark) {
    const o = H[i];
    H[i] = 0;
    if (o !== 0) decref(rt, o);
  }
  H[RootNum.TempTop] = mark;
  return result;
}

/** Reserves `n` argument words and returns the first; pair with `popArgs`. */
export function pushArgs(rt: Runtime, n: number): number {
  const H = rt.words;
  const base = H[RootNum.ArgTop];
  if (base + n > H[RootNum.ArgLimit]) exhausted(rt, 0);
  H[RootNum.ArgTop] = base + n;
  return base;
}

/** Gives argument words back, down to `base`. */
export function popArgs(rt: Runtime, base: number): void {
  rt.words[RootNum.ArgTop] = base;
}
