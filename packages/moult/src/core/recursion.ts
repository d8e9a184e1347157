/** Guards against endless recursion through natives, so that it ends in RecursionError and never in the host's stack. */
import { raise } from './errors.ts';
import { RootNum } from './roots.ts';
import type { Runtime } from './runtime.ts';
import { T } from './static.ts';

/** Counts one more native level; pair with `leaveRecursion` on normal return (catching restores the count). Raises
 *  RecursionError «maximum recursion depth exceeded» + `where`. */
export function enterRecursion(rt: Runtime, where: string): void {
  const H = rt.words;
  if (--H[RootNum.NativeRecursionRemaining] < 0) recursionError(rt, where);
}

export function leaveRecursion(rt: Runtime): void {
  rt.words[RootNum.NativeRecursionRemaining]++;
}

const HEADROOM = 50;

function recursionError(rt: Runtime, where: string): never {
  const H = rt.words;
  H[RootNum.NativeRecursionRemaining] += HEADROOM;
  try {
    raise(rt, T.RecursionError, `maximum recursion depth exceeded${where}`);
  } finally {
    H[RootNum.NativeRecursionRemaining] -= HEADROOM - 1;
  }
}
