/** `ResourceWarning` for what was not closed before it died. */
import type { Ref } from '@moult/heap';
import { caught, mark, restoreException, takeException } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { temp, untemp } from '../../core/temps.ts';
import { writeUnraisable } from '../../objects/exceptions/unraisable.ts';
import { warn } from '../warnings/warn.ts';

/** Warns that `object` was left open; where a filter makes the warning an exception, it is unraisable. Keeps the pending exception.
 *  @runsPython */
export function warnUnclosed(rt: Runtime, object: Ref, message: string): void {
  const pending = takeException(rt);
  if (pending !== 0) temp(rt, pending);
  const m = mark(rt);
  try {
    warn(rt, T.ResourceWarning, message, object);
  } catch (error) {
    caught(rt, error, m);
    writeUnraisable(rt, null, object);
  }
  if (pending !== 0) restoreException(rt, untemp(rt, pending));
}
