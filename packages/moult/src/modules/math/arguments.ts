/** Arguments and results of the functions in `math`. */
import type { Owned, Ref } from '@moult/heap';
import { overflowError, valueError } from '../../core/errors.ts';
import { bigIntValue, newBigInt, newFloat } from '../../core/int.ts';
import { index } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { temp } from '../../core/temps.ts';

/** Raises ValueError('math domain error'). */
export function domainError(rt: Runtime): never {
  return valueError(rt, 'math domain error');
}

/** Raises OverflowError('math range error'). */
export function rangeError(rt: Runtime): never {
  return overflowError(rt, 'math range error');
}

/** A result of a function of finite numbers: NaN stands for no value, an infinity for one too large (or, if `poles`, for
 *  no value either). */
export function checked(rt: Runtime, result: number, finite: boolean, poles: boolean): Owned {
  if (result !== result && finite) domainError(rt);
  if (Math.abs(result) === Infinity && finite) {
    if (poles) domainError(rt);
    rangeError(rt);
  }
  return newFloat(rt, result);
}

/** An argument as bigint (it must have `__index__`), kept in the temporaries meanwhile. @runsPython */
export function integerArgument(rt: Runtime, o: Ref): bigint {
  return bigIntValue(rt, temp(rt, index(rt, o)));
}

/** An `int`. */
export function newInteger(rt: Runtime, value: bigint): Owned {
  return newBigInt(rt, value);
}
