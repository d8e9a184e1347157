/** Arithmetic and comparison of floats; the other operand may be an int. */
import { decref, newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { accuratePow } from '../../numeric/accurate-pow.ts';
import { raise, raiseTake, typeError } from '../../core/errors.ts';
import { createExceptionFromTuple } from '../../core/exceptions.ts';
import { raiseFault } from '../../core/faults.ts';
import { CompareOp } from '../../core/functions.ts';
import { bigIntValue, floatValue, isSafeInt, newFloat, newInt, safeIntValue } from '../../core/int.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleFromTemps } from '../../core/tuple.ts';
import { isInt } from '../../core/types.ts';
import { floatDivmod, floatFloorDiv, floatMod } from '../../numeric/float-math.ts';
import { complexPower } from '../complex/arithmetic.ts';
import { intToDouble } from '../int/int.ts';
import { isFloat, isRealOperand } from './convert.ts';

const NOT_IMPLEMENTED = S.NotImplemented as Ref as Owned;

/** The operand as a double; it must be a float or an int. Raises OverflowError for ints that are too large. */
export function operand(rt: Runtime, o: Ref): number {
  return rt.words[o + ObjectWord.Type] === T.float || !isInt(rt, o) ? floatValue(rt, o) : intToDouble(rt, o);
}

function bothReal(rt: Runtime, a: Ref, b: Ref): boolean {
  return isRealOperand(rt, a) && isRealOperand(rt, b);
}

/** `a + b` */
export function floatAdd(rt: Runtime, a: Ref, b: Ref): Owned {
  return bothReal(rt, a, b) ? newFloat(rt, operand(rt, a) + operand(rt, b)) : NOT_IMPLEMENTED;
}

/** `a - b` */
export function floatSubtract(rt: Runtime, a: Ref, b: Ref): Owned {
  return bothReal(rt, a, b) ? newFloat(rt, operand(rt, a) - operand(rt, b)) : NOT_IMPLEMENTED;
}

/** `a * b` */
export function floatMultiply(rt: Runtime, a: Ref, b: Ref): Owned {
  return bothReal(rt, a, b) ? newFloat(rt, operand(rt, a) * operand(rt, b)) : NOT_IMPLEMENTED;
}

/** `a / b` */
export function floatTrueDivide(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothReal(rt, a, b)) return NOT_IMPLEMENTED;
  const x = operand(rt, a);
  const y = operand(rt, b);
  if (y === 0) raise(rt, T.ZeroDivisionError, 'float division by zero');
  return newFloat(rt, x / y);
}

/** `a % b` */
export function floatRemainder(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothReal(rt, a, b)) return NOT_IMPLEMENTED;
  const x = operand(rt, a);
  const y = operand(rt, b);
  if (y === 0) raise(rt, T.ZeroDivisionError, 'float modulo');
  return newFloat(rt, floatMod(x, y));
}

/** `a // b` */
export function floatFloorDivide(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothReal(rt, a, b)) return NOT_IMPLEMENTED;
  const x = operand(rt, a);
  const y = operand(rt, b);
  if (y === 0) raise(rt, T.ZeroDivisionError, 'float floor division by zero');
  return newFloat(rt, floatFloorDiv(x, y));
}

/** `divmod(a, b)` */
export function floatDivmodSlot(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothReal(rt, a, b)) return NOT_IMPLEMENTED;
  const x = operand(rt, a);
  const y = operand(rt, b);
  if (y === 0) raise(rt, T.ZeroDivisionError, 'float divmod()');
  const [quotient, rest] = floatDivmod(x, y);
  return tupleFromTemps(rt, tempMark(rt), temp(rt, newFloat(rt, quotient)), temp(rt, newFloat(rt, rest)));
}

/** `a ** b`; a third argument is refused. */
export function floatPower(rt: Runtime, a: Ref, b: Ref, c: Ref): Owned {
  if (c !== S.None) typeError(rt, 'pow() 3rd argument not allowed unless all arguments are integers');
  if (!bothReal(rt, a, b)) return NOT_IMPLEMENTED;
  const x = operand(rt, a);
  const y = operand(rt, b);
  if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && !Number.isInteger(y)) return complexPower(rt, x, 0, y, 0);
  return newFloat(rt, realPower(rt, x, y));
}

/** `x ** y` with a real result. Raises ZeroDivisionError and OverflowError. Source: CPython 3.12 float_pow. */
export function realPower(rt: Runtime, x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === -1 && Math.abs(y) === Infinity) return 1;
  if (x === 0 && y < 0 && y !== -Infinity) {
    raise(rt, T.ZeroDivisionError, '0.0 cannot be raised to a negative power');
  }
  const power = accuratePow(x, y);
  if (!Number.isFinite(power) && Number.isFinite(x) && Number.isFinite(y)) raiseRange(rt);
  return power;
}

/** Raises `OverflowError(34, 'Numerical result out of range')`. */
function raiseRange(rt: Runtime): never {
  const args = temp(
    rt,
    tupleFromTemps(rt, tempMark(rt), temp(rt, newInt(rt, 34)), temp(rt, newStr(rt, 'Numerical result out of range'))),
  );
  const exception = createExceptionFromTuple(rt, T.OverflowError, args);
  decref(rt, untemp(rt, args));
  return raiseTake(rt, exception);
}

/** `-a` */
export function floatNegative(rt: Runtime, a: Ref): Owned {
  return newFloat(rt, -floatValue(rt, a));
}

/** `+a`, `float(a)`: itself if it is exactly a float. */
export function floatPositive(rt: Runtime, a: Ref): Owned {
  return rt.words[a + ObjectWord.Type] === T.float ? newRef(rt, a) : newFloat(rt, floatValue(rt, a));
}

/** `abs(a)` */
export function floatAbsolute(rt: Runtime, a: Ref): Owned {
  return newFloat(rt, Math.abs(floatValue(rt, a)));
}

/** `a <op> b`; ints are compared exactly. Source: CPython 3.12 float_richcompare. */
export function floatCompare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  const x = floatValue(rt, a);
  if (isFloat(rt, b)) return pyBool(compareNumbers(x, floatValue(rt, b), op)) as Owned;
  if (!isInt(rt, b)) return NOT_IMPLEMENTED;
  if (isSafeInt(rt, b)) return pyBool(compareNumbers(x, safeIntValue(rt, b), op)) as Owned;
  const y = bigIntValue(rt, b);
  return pyBool(compareNumbers(x === x ? orderWithBig(x, y) : NaN, 0, op)) as Owned;
}

function orderWithBig(x: number, y: bigint): number {
  return x < y ? -1 : x > y ? 1 : 0;
}

function compareNumbers(x: number, y: number, op: number): boolean {
  switch (op) {
    case CompareOp.Lt:
      return x < y;
    case CompareOp.Le:
      return x <= y;
    case CompareOp.Eq:
      return x === y;
    case CompareOp.Ne:
      return x !== y;
    case CompareOp.Gt:
      return x > y;
    default:
      return x >= y;
  }
}

/** Runs a pure function of numbers; its faults are raised. */
export function tryNumber(rt: Runtime, compute: (x: number) => number, x: number): number {
  try {
    return compute(x);
  } catch (error) {
    return raiseFault(rt, error);
  }
}
