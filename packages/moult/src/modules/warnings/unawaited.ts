/** Warnings that the runtime's inner layers ask for: coroutines that were never awaited, deprecated calls. */
import { decref } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { catchOnly, caught, mark, pendingMatches } from '../../core/errors.ts';
import { onConnect } from '../../core/installers.ts';
import { GeneratorWord } from '../../core/layout/frame.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { releaseTemps, tempMark } from '../../core/temps.ts';
import { writeUnraisable } from '../../objects/exceptions/unraisable.ts';
import { warningsAttr } from './state.ts';
import { warn } from './warn.ts';

/** A coroutine dies that was never awaited: `warnings._warn_unawaited_coroutine(coroutine)`, or a plain warning where there is no
 *  library. An exception (the warning itself, if a filter makes it one) is unraisable. @runsPython */
function warnUnawaited(rt: Runtime, coroutine: Ref): void {
  if (warnedByLibrary(rt, coroutine)) return;
  const m = mark(rt);
  const name = strText(rt, rt.words[coroutine + GeneratorWord.Qualname]);
  try {
    warn(rt, T.RuntimeWarning, `coroutine '${name}' was never awaited`, coroutine);
  } catch (error) {
    caught(rt, error, m);
    writeUnraisable(rt, null, coroutine);
  }
}

/** True if the library's function has warned; that it failed is unraisable. @runsPython */
function warnedByLibrary(rt: Runtime, coroutine: Ref): boolean {
  const m = mark(rt);
  const t = tempMark(rt);
  try {
    const fn = unawaitedFunction(rt);
    if (fn !== 0) decref(rt, call1(rt, fn, coroutine));
    releaseTemps(rt, t);
    return fn !== 0;
  } catch (error) {
    caught(rt, error, m);
    const warned = pendingMatches(rt, T.RuntimeWarning);
    writeUnraisable(rt, null, coroutine);
    return warned;
  }
}

/** Borrowed from a temporary; 0 if there is no module `warnings`. */
function unawaitedFunction(rt: Runtime): Ref {
  const m = mark(rt);
  try {
    return warningsAttr(rt, '_warn_unawaited_coroutine', true);
  } catch (error) {
    catchOnly(rt, error, m, T.ImportError);
    return 0;
  }
}

onConnect((rt) => {
  rt.warnUnawaited = (coroutine) => {
    warnUnawaited(rt, coroutine);
  };
  rt.warnDeprecated = (message) => {
    warn(rt, T.DeprecationWarning, message);
  };
  rt.warnRuntime = (message) => {
    warn(rt, T.RuntimeWarning, message);
  };
});
