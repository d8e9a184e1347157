/** Quotients of logarithms. */
import { raise } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';

/** `a / b`. Raises ZeroDivisionError. */
export function trueDivide(rt: Runtime, a: number, b: number): number {
  if (b === 0) raise(rt, T.ZeroDivisionError, 'float division by zero');
  return a / b;
}
