/** Raising `_csv.Error`. */

import { raise } from '../../core/errors.ts';
import { raiseFault } from '../../core/faults.ts';
import type { Runtime } from '../../core/runtime.ts';
import { ERROR } from './layout.ts';
import { CsvFault } from './parse.ts';

/** Raises `_csv.Error`. */
export const csvError = (rt: Runtime, message: string): never => raise(rt, ERROR, message);

/** Runs a parser or writer; its failures become `_csv.Error`. */
export function guarded<R>(rt: Runtime, run: () => R): R {
  try {
    return run();
  } catch (error) {
    if (error instanceof CsvFault) return csvError(rt, error.message);
    return raiseFault(rt, error);
  }
}
