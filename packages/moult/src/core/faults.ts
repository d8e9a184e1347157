/** Turning the failures of the pure libraries (`text/`, `numeric/`) into Python exceptions. */
import type { Ref } from '@moult/heap';
import { ValueFault } from '../text/fault.ts';
import type { FaultKind } from '../text/fault.ts';
import { raise } from './errors.ts';
import type { Runtime } from './runtime.ts';
import { T } from './static.ts';

const TYPES: Readonly<Record<FaultKind, Ref>> = {
  ValueError: T.ValueError,
  OverflowError: T.OverflowError,
  TypeError: T.TypeError,
  ZeroDivisionError: T.ZeroDivisionError,
  IndexError: T.IndexError,
  KeyError: T.KeyError,
  LookupError: T.LookupError,
  MemoryError: T.MemoryError,
  UnicodeEncodeError: T.ValueError,
  UnicodeDecodeError: T.ValueError,
};

/** Raises what `error` stands for; anything that is no fault is thrown again. Codec faults have raisers of their own
 *  (`objects/exceptions/unicode-errors.ts`), since they carry objects. */
export function raiseFault(rt: Runtime, error: unknown): never {
  if (error instanceof ValueFault) raise(rt, TYPES[error.kind], error.message);
  if (error instanceof RangeError && /BigInt|string length|array length|buffer allocation/i.test(error.message))
    raise(rt, T.MemoryError, '');
  throw error;
}

/** Runs a pure function; its faults become Python exceptions. Not for hot paths (it takes a closure). */
export function guard<R>(rt: Runtime, compute: () => R): R {
  try {
    return compute();
  } catch (error) {
    return raiseFault(rt, error);
  }
}
