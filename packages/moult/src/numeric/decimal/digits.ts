/** Operations on digits and exponents: quantize, rounding to integers, shifts, logical operations, neighbours. */
import { etiny, etop, finish, Flag, nanResult, Round } from './context.ts';
import type { Operation, Settings } from './context.ts';
import { add, rescale } from './arithmetic.ts';
import { order } from './compare.ts';
import {
  adjusted,
  finite,
  infinity,
  isFinite,
  isInfinite,
  isNan,
  isZero,
  Kind,
  ofInteger,
  pow10,
  withSign,
} from './number.ts';
import type { Decimal } from './number.ts';

/** `a` with the exponent of `b`. */
export function quantize(op: Operation, a: Decimal, b: Decimal): Decimal {
  const bad = nanResult(op, a, b);
  if (bad !== null) return bad;
  if (isInfinite(a) || isInfinite(b)) return isInfinite(a) && isInfinite(b) ? a : op.invalid();
  const { settings } = op;
  if (b.exp < etiny(settings) || b.exp > settings.emax) return op.invalid();
  if (isZero(a)) return finish(op, finite(a.sign, 0n, b.exp));
  if (adjusted(a) > settings.emax || adjusted(a) - b.exp + 1n > settings.prec) return op.invalid();
  const result = rescale(a, b.exp, settings.rounding);
  if (adjusted(result) > settings.emax || BigInt(result.digits) > settings.prec) return op.invalid();
  if (!isZero(result) && adjusted(result) < settings.emin) op.note(Flag.Subnormal);
  if (result.exp > a.exp) op.note(Flag.Rounded | (order(result, a) === 0 ? 0 : Flag.Inexact));
  return finish(op, result);
}

/** Rounded to an integer, noting what was lost. */
export function toIntegralExact(op: Operation, a: Decimal): Decimal {
  const bad = nanResult(op, a);
  if (bad !== null) return bad;
  if (isInfinite(a) || a.exp >= 0n) return a;
  if (isZero(a)) return finite(a.sign, 0n, 0n);
  const result = rescale(a, 0n, op.settings.rounding);
  op.note(Flag.Rounded | (order(result, a) === 0 ? 0 : Flag.Inexact));
  return result;
}

/** Rounded to an integer, without conditions but an invalid operation. */
export function toIntegralValue(op: Operation, a: Decimal): Decimal {
  const inner = op.inside({});
  const result = toIntegralExact(inner, a);
  op.note(inner.status & Flag.InvalidOperation);
  return result;
}

/** Without trailing zeros. */
export function normalize(op: Operation, a: Decimal): Decimal {
  const bad = nanResult(op, a);
  if (bad !== null) return bad;
  const rounded = finish(op, a);
  if (isInfinite(rounded)) return rounded;
  if (isZero(rounded)) return finite(rounded.sign, 0n, 0n);
  const top = op.settings.clamp ? etop(op.settings) : op.settings.emax;
  let { coef, exp } = rounded;
  while (coef % 10n === 0n && exp < top) {
    coef /= 10n;
    exp++;
  }
  return finite(rounded.sign, coef, exp);
}

/** The adjusted exponent as a number. */
export function logb(op: Operation, a: Decimal): Decimal {
  const bad = nanResult(op, a);
  if (bad !== null) return bad;
  if (isInfinite(a)) return infinity(0);
  if (!isZero(a)) return finish(op, ofInteger(adjusted(a)));
  op.note(Flag.DivisionByZero);
  return infinity(1);
}

/** The integer value of a second operand within ±limit; null if it is none. */
function smallInteger(b: Decimal, limit: bigint): bigint | null {
  if (!isFinite(b)) return null;
  if (b.exp !== 0n) return null;
  const value = b.sign === 1 ? -b.coef : b.coef;
  return value < -limit || value > limit ? null : value;
}

/** `a * 10**b` */
export function scaleb(op: Operation, a: Decimal, b: Decimal): Decimal {
  const bad = nanResult(op, a, b);
  if (bad !== null) return bad;
  const n = smallInteger(b, 2n * (op.settings.emax + op.settings.prec));
  if (n === null) return op.invalid();
  return isInfinite(a) ? a : finish(op, finite(a.sign, a.coef, a.exp + n));
}

export function shift(op: Operation, a: Decimal, b: Decimal): Decimal {
  const bad = nanResult(op, a, b);
  if (bad !== null) return bad;
  const { prec } = op.settings;
  const n = smallInteger(b, prec);
  if (n === null) return op.invalid();
  if (isInfinite(a)) return a;
  const coef = n >= 0n ? (a.coef * pow10(n)) % pow10(prec) : (a.coef % pow10(prec)) / pow10(-n);
  return finite(a.sign, coef, a.exp);
}

export function rotate(op: Operation, a: Decimal, b: Decimal): Decimal {
  const bad = nanResult(op, a, b);
  if (bad !== null) return bad;
  const { prec } = op.settings;
  const n = smallInteger(b, prec);
  if (n === null) return op.invalid();
  if (isInfinite(a)) return a;
  const left = n >= 0n ? n : prec + n;
  const coef = a.coef % pow10(prec);
  const split = pow10(prec - left);
  return finite(a.sign, (coef % split) * pow10(left) + coef / split, a.exp);
}

/** The digits of a logical operand, which are ones and zeros; null if it is none. */
function logicalDigits(op: Operation, a: Decimal): string | null {
  if (!isFinite(a) || a.sign === 1 || a.exp !== 0n) return null;
  const digits = String(a.coef);
  const width = Number(op.settings.prec);
  if (!/^[01]*$/.test(digits)) return null;
  return digits.length > width ? digits.slice(-width) : digits.padStart(width, '0');
}

const ofDigits = (digits: string): Decimal => finite(0, BigInt(digits), 0n);

export function logical(combine: (x: boolean, y: boolean) => boolean) {
  return (op: Operation, a: Decimal, b: Decimal): Decimal => {
    const x = logicalDigits(op, a);
    const y = logicalDigits(op, b);
    if (x === null || y === null) return op.invalid();
    return ofDigits(Array.from(x, (digit, i) => (combine(digit === '1', y[i] === '1') ? '1' : '0')).join(''));
  };
}

export function logicalInvert(op: Operation, a: Decimal): Decimal {
  const x = logicalDigits(op, a);
  return x === null ? op.invalid() : ofDigits(Array.from(x, (digit) => (digit === '1' ? '0' : '1')).join(''));
}

const largest = ({ prec, emax }: Settings, sign: 0 | 1): Decimal => finite(sign, pow10(prec) - 1n, emax - prec + 1n);

/** The next number in the settings above (or below) `a`. */
function neighbour(op: Operation, a: Decimal, upwards: boolean): Decimal {
  const bad = nanResult(op, a);
  if (bad !== null) return bad;
  const sign = upwards ? 0 : 1;
  if (isInfinite(a)) return a.sign === sign ? a : largest(op.settings, a.sign);
  const inner = op.inside({ rounding: upwards ? Round.Ceiling : Round.Floor });
  const rounded = finish(inner, a);
  if (order(rounded, a) !== 0) return rounded;
  return add(
    op.inside({ rounding: upwards ? Round.Ceiling : Round.Floor }),
    rounded,
    finite(sign, 1n, etiny(op.settings) - 1n),
  );
}

export const nextPlus = (op: Operation, a: Decimal): Decimal => neighbour(op, a, true);
export const nextMinus = (op: Operation, a: Decimal): Decimal => neighbour(op, a, false);

export function nextToward(op: Operation, a: Decimal, b: Decimal): Decimal {
  const bad = nanResult(op, a, b);
  if (bad !== null) return bad;
  const direction = order(a, b);
  if (direction === 0) return withSign(a, b.sign);
  const result = neighbour(op, a, direction < 0);
  if (isInfinite(result)) op.note(Flag.Overflow | Flag.Inexact | Flag.Rounded);
  else if (adjusted(result) < op.settings.emin) {
    op.note(Flag.Underflow | Flag.Subnormal | Flag.Inexact | Flag.Rounded | (isZero(result) ? Flag.Clamped : 0));
  }
  return result;
}

export function sameQuantum(a: Decimal, b: Decimal): boolean {
  if (!isFinite(a) || !isFinite(b)) return (isNan(a) && isNan(b)) || (isInfinite(a) && isInfinite(b));
  return a.exp === b.exp;
}

export const isNormal = (a: Decimal, { emin }: Settings): boolean => isFinite(a) && !isZero(a) && adjusted(a) >= emin;
export const isSubnormal = (a: Decimal, { emin }: Settings): boolean => isFinite(a) && !isZero(a) && adjusted(a) < emin;

export function numberClass(a: Decimal, settings: Settings): string {
  if (a.kind === Kind.SignalingNan) return 'sNaN';
  if (a.kind === Kind.QuietNan) return 'NaN';
  const sign = a.sign === 1 ? '-' : '+';
  if (isInfinite(a)) return `${sign}Infinity`;
  if (isZero(a)) return `${sign}Zero`;
  return sign + (isNormal(a, settings) ? 'Normal' : 'Subnormal');
}
