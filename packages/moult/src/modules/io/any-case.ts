/** What has to happen in any case, as after `finally`. */

import { newRef, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { caught, mark, restoreException, rethrow, takeException } from '../../core/errors.ts';
import { ExcWord } from '../../core/layout/exceptions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { releaseTemps, temp, untemp } from '../../core/temps.ts';

/** Raises an exception that is the newest temporary. */
export function rethrowTemp(rt: Runtime, exception: Ref): never {
  restoreException(rt, untemp(rt, exception));
  return rethrow();
}

/** Runs `first`, then `second` even if `first` raised; its exception is raised afterwards, as the context of a second one. */
export function inAnyCase(rt: Runtime, first: () => void, second: () => Owned): Owned {
  let failure: Ref = 0;
  const m = mark(rt);
  try {
    first();
    releaseTemps(rt, m.temps);
  } catch (error) {
    caught(rt, error, m);
    failure = temp(rt, takeException(rt));
  }
  if (failure === 0) return second();
  const before = mark(rt);
  try {
    temp(rt, second());
    releaseTemps(rt, before.temps);
  } catch (error) {
    caught(rt, error, before);
    const raised = temp(rt, takeException(rt));
    setWord(rt, raised + ExcWord.Context, newRef(rt, failure));
    rethrowTemp(rt, raised);
  }
  return rethrowTemp(rt, failure);
}
