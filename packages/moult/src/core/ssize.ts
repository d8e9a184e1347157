/** Integers that natives take as positions and counts (`Py_ssize_t`). */
import { decref } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { overflowError, typeError } from './errors.ts';
import { bigIntValue, isSafeInt, safeIntValue } from './int.ts';
import { hasIndex, index, indexNumber } from './protocol/number.ts';
import type { Runtime } from './runtime.ts';
import { isInt } from './types.ts';

const LIMIT = 2n ** 63n;

/** `o` as Py_ssize_t, as argument parsing takes it. Raises TypeError, or OverflowError beyond 64 bits. @runsPython */
export function asSsize(rt: Runtime, o: Ref): number {
  const i = index(rt, o);
  const safe = isSafeInt(rt, i);
  const value = safe ? safeIntValue(rt, i) : Number(bigIntValue(rt, i));
  const fits = safe || (bigIntValue(rt, i) < LIMIT && bigIntValue(rt, i) >= -LIMIT);
  decref(rt, i);
  return fits ? value : overflowError(rt, 'Python int too large to convert to C ssize_t');
}

/** A limit of a slice given as an argument: clipped to ±2^63. Raises TypeError. @runsPython
 *  Source: CPython 3.12 _PyEval_SliceIndexNotNone. */
export function sliceLimit(rt: Runtime, o: Ref): number {
  if (!hasIndex(rt, o)) typeError(rt, 'slice indices must be integers or have an __index__ method');
  return indexNumber(rt, o, 0);
}

/** An int as a C ssize_t; nothing else is made one. Raises TypeError, OverflowError. Source: PyLong_AsSsize_t. */
export function ssizeOfInt(rt: Runtime, o: Ref): number {
  return isInt(rt, o) ? asSsize(rt, o) : typeError(rt, 'an integer is required');
}
