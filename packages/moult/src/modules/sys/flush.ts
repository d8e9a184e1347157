/** Flushing `sys.stdout` and `sys.stderr`, as between interactive statements and at the end. */
import type { Ref } from '@moult/heap';
import { dictGetText } from '../../core/dict/index.ts';
import { caught, clearException, mark } from '../../core/errors.ts';
import { Id } from '../../core/names.ts';
import { getAttrText, isTrue } from '../../core/protocol/index.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { callFile } from './streams.ts';

/** Flushes both; false if that failed for standard output, which is then reported as unraisable. @runsPython */
export function flushStandardFiles(rt: Runtime): boolean {
  const out = flushOne(rt, 'stdout');
  flushOne(rt, 'stderr');
  return out;
}

function flushOne(rt: Runtime, name: string): boolean {
  const dict = rt.words[RootRef.SysDict];
  const file = dict === 0 ? 0 : dictGetText(rt, dict, name);
  if (file === 0 || file === S.None) return true;
  const m = mark(rt);
  try {
    if (!isClosed(rt, file)) flush(rt, file);
    return true;
  } catch (error) {
    caught(rt, error, m);
    if (name === 'stdout') rt.writeUnraisable(file);
    else clearException(rt);
    return name !== 'stdout';
  }
}

function flush(rt: Runtime, file: Ref): void {
  const m = tempMark(rt);
  temp(rt, callFile(rt, file, Id.flush));
  releaseTemps(rt, m);
}

function isClosed(rt: Runtime, file: Ref): boolean {
  const m = mark(rt);
  try {
    const value = temp(rt, getAttrText(rt, file, 'closed'));
    const closed = isTrue(rt, value);
    releaseTemps(rt, m.temps);
    return closed;
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
    return false;
  }
}
