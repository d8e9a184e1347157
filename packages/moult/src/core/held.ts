/** Ending a call whose callee was kept alive on the temporaries' stack. */
import { decref } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { RootNum } from './roots.ts';
import type { Runtime } from './runtime.ts';
import { releaseKeeping } from './temps.ts';

/** Releases the temporaries above `m`, the lowest of which is `held`, and returns `result`; quick when `held` is the
 *  only one and others own it too. @runsPython */
export function finishHeld(rt: Runtime, m: number, held: Ref, result: Owned): Owned {
  const H = rt.words;
  if (H[held] !== 1 && H[RootNum.TempTop] === m + 1) {
    H[RootNum.TempTop] = m;
    decref(rt, held);
    return result;
  }
  return releaseKeeping(rt, m, result);
}
