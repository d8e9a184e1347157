/** The limit on digits in conversions between `int` and `str` (`sys.set_int_max_str_digits`). */
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';

/** Digits allowed; 0 is no limit. */
export function maxStrDigits(rt: Runtime): number {
  return rt.words[RootNum.MaxStrDigits];
}
