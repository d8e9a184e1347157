/** `time.get_clock_info`. */
import type { Owned, Ref } from '@moult/heap';
import { newDict } from '../../core/dict/index.ts';
import { valueError } from '../../core/errors.ts';
import { newFloat } from '../../core/int.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { callWords } from '../builtins/classes.ts';
import { setTake } from '../make.ts';

/** The clock of the system that each of Python's clocks reads. */
const SOURCES: ReadonlyMap<string, string> = new Map([
  ['time', 'REALTIME'],
  ['monotonic', 'MONOTONIC'],
  ['perf_counter', 'MONOTONIC'],
  ['process_time', 'PROCESS_CPUTIME_ID'],
  ['thread_time', 'THREAD_CPUTIME_ID'],
]);
const RESOLUTION = 1e-9;

export function clockInfo(rt: Runtime, _module: Ref, name: Ref): Owned {
  const clock = strText(rt, name);
  const source = SOURCES.get(clock);
  if (source === undefined) valueError(rt, 'unknown clock');
  const dict = temp(rt, newDict(rt));
  setTake(rt, dict, 'implementation', newStr(rt, `clock_gettime(CLOCK_${source})`));
  setTake(rt, dict, 'monotonic', pyBool(clock !== 'time') as Owned);
  setTake(rt, dict, 'adjustable', pyBool(clock === 'time') as Owned);
  setTake(rt, dict, 'resolution', newFloat(rt, RESOLUTION));
  return callWords(rt, T.simpleNamespace, [], dict);
}
