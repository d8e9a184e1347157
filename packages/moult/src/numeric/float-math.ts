/** Float arithmetic where Python differs from JavaScript: rounding-down division, remainders with the divisor's sign,
 *  powers with errors. */

import { ValueFault } from '../text/fault.ts';
import { accuratePow } from './accurate-pow.ts';
import { isNegative } from './float-bits.ts';

function zeroDivision(message: string): never {
  throw new ValueFault('ZeroDivisionError', message);
}

/** `a / b`. Throws ZeroDivisionError. */
export function floatTrueDiv(a: number, b: number): number {
  return b === 0 ? zeroDivision('float division by zero') : a / b;
}

/** `a % b`: with the sign of `b`, also if it is zero. Throws ZeroDivisionError. */
export function floatMod(a: number, b: number): number {
  if (b === 0) zeroDivision('float modulo');
  return remainder(a, b);
}

function remainder(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return isNegative(b) ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

/** `a // b`. Throws ZeroDivisionError. */
export function floatFloorDiv(a: number, b: number): number {
  if (b === 0) zeroDivision('float floor division by zero');
  return floorQuotient(a, b);
}

/** `divmod(a, b)`. Throws ZeroDivisionError. */
export function floatDivmod(a: number, b: number): [number, number] {
  if (b === 0) zeroDivision('float divmod()');
  return [floorQuotient(a, b), remainder(a, b)];
}

/** The quotient from which the remainder has been taken, rounded to the nearest integer: it is nearly one already. */
function floorQuotient(a: number, b: number): number {
  const rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0 && rest < 0 !== b < 0) quotient -= 1;
  if (quotient === 0) return isNegative(a / b) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** What `floatPow` gives for a negative base with a fractional exponent: the caller makes a complex. */
export const COMPLEX_POWER = Symbol('complex power');

/** `a ** b`. Throws ZeroDivisionError for 0 to a negative power, and OverflowError for a finite result beyond the
 *  largest float: CPython gives that one two arguments, the number 34 and the message. */
export function floatPow(a: number, b: number): number | typeof COMPLEX_POWER {
  if (b === 0 || a === 1) return 1;
  if (a !== a || b !== b) return NaN;
  if (a === -1 && !Number.isFinite(b)) return 1;
  if (a === 0 && b < 0 && b !== -Infinity) zeroDivision('0.0 cannot be raised to a negative power');
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) return COMPLEX_POWER;
  const power = accuratePow(a, b);
  if (!Number.isFinite(power) && Number.isFinite(a) && Number.isFinite(b)) {
    throw new ValueFault('OverflowError', 'Numerical result out of range');
  }
  return power;
}
