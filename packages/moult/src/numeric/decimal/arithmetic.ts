/** Arithmetic on decimal numbers: sums, products, quotients, remainders. */
import { checkRoom, dropDigits, finish, Flag, nanResult, Round } from './context.ts';
import type { Operation } from './context.ts';
import { adjusted, digitCount, finite, flip, infinity, isInfinite, isZero, pow10, withSign } from './number.ts';
import type { Decimal } from './number.ts';

/** `d` with exponent `exp`, rounded; without conditions. */
export function rescale(d: Decimal, exp: bigint, mode: Round): Decimal {
  if (d.coef === 0n) return finite(d.sign, 0n, exp);
  if (d.exp >= exp) {
    checkRoom(d.exp - exp);
    return finite(d.sign, d.coef * pow10(d.exp - exp), exp);
  }
  return finite(d.sign, dropDigits(d.coef, exp - d.exp, d.sign, mode).coef, exp);
}

/** Two coefficients at one exponent. A number far below the other's digits is replaced by a one that rounds alike. */
function align(a: Decimal, b: Decimal, prec: bigint): { x: bigint; y: bigint; exp: bigint } {
  const isFirstLarger = a.exp > b.exp;
  const [large, small] = isFirstLarger ? [a, b] : [b, a];
  const lowest = large.exp + (-1n < BigInt(large.digits) - prec - 2n ? -1n : BigInt(large.digits) - prec - 2n);
  const isFar = BigInt(small.digits) + small.exp - 1n < lowest;
  const smallCoef = isFar ? 1n : small.coef;
  const smallExp = isFar ? lowest : small.exp;
  const largeCoef = large.coef * pow10(large.exp - smallExp);
  return isFirstLarger ? { x: largeCoef, y: smallCoef, exp: smallExp } : { x: smallCoef, y: largeCoef, exp: smallExp };
}

export function add(op: Operation, a: Decimal, b: Decimal): Decimal {
  const bad = nanResult(op, a, b);
  if (bad !== null) return bad;
  if (isInfinite(a)) return isInfinite(b) && a.sign !== b.sign ? op.invalid() : a;
  if (isInfinite(b)) return b;
  return finish(op, addFinite(op, a, b));
}

function addFinite(op: Operation, a: Decimal, b: Decimal): Decimal {
  const { prec, rounding } = op.settings;
  const exp = a.exp < b.exp ? a.exp : b.exp;
  const negativeZero = rounding === Round.Floor && a.sign !== b.sign;
  if (isZero(a) && isZero(b)) return finite(negativeZero ? 1 : ((a.sign & b.sign) as 0 | 1), 0n, exp);
  if (isZero(a) || isZero(b)) {
    const other = isZero(a) ? b : a;
    const least = other.exp - prec - 1n;
    return rescale(other, exp > least ? exp : least, rounding);
  }
  const sum = align(a, b, prec);
  const value = (a.sign === 1 ? -sum.x : sum.x) + (b.sign === 1 ? -sum.y : sum.y);
  if (value === 0n) return finite(negativeZero ? 1 : 0, 0n, exp);
  return value < 0n ? finite(1, -value, sum.exp) : finite(0, value, sum.exp);
}

export function subtract(op: Operation, a: Decimal, b: Decimal): Decimal {
  const bad = nanResult(op, a, b);
  return bad ?? add(op, a, withSign(b, flip(b.sign)));
}

export function multiply(op: Operation, a: Decimal, b: Decimal): Decimal {
  const bad = nanResult(op, a, b);
  if (bad !== null) return bad;
  const sign = (a.sign ^ b.sign) as 0 | 1;
  if (isInfinite(a) || isInfinite(b)) return isZero(a) || isZero(b) ? op.invalid() : infinity(sign);
  return finish(op, finite(sign, a.coef * b.coef, a.exp + b.exp));
}

/** `a * b + c`, rounded once. */
export function fma(op: Operation, a: Decimal, b: Decimal, c: Decimal): Decimal {
  const bad = nanResult(op, a, b, c);
  if (bad !== null) return fmaNan(op, a, b, bad);
  const sign = (a.sign ^ b.sign) as 0 | 1;
  if (!isInfinite(a) && !isInfinite(b)) return add(op, finite(sign, a.coef * b.coef, a.exp + b.exp), c);
  return isZero(a) || isZero(b) ? op.invalid() : add(op, infinity(sign), c);
}

/** The product of zero and infinity is invalid whatever NaN is added. */
function fmaNan(op: Operation, a: Decimal, b: Decimal, result: Decimal): Decimal {
  const isInvalid = (isInfinite(a) && isZero(b)) || (isZero(a) && isInfinite(b));
  return isInvalid ? op.invalid() : result;
}

export function divide(op: Operation, a: Decimal, b: Decimal): Decimal {
  const bad = nanResult(op, a, b);
  if (bad !== null) return bad;
  const { prec } = op.settings;
  const sign = (a.sign ^ b.sign) as 0 | 1;
  if (isInfinite(a)) return isInfinite(b) ? op.invalid() : infinity(sign);
  if (isInfinite(b)) {
    op.note(Flag.Clamped);
    return finite(sign, 0n, op.settings.emin - prec + 1n);
  }
  if (isZero(b)) {
    if (isZero(a)) return op.invalid(Flag.DivisionUndefined);
    op.note(Flag.DivisionByZero);
    return infinity(sign);
  }
  if (isZero(a)) return finish(op, finite(sign, 0n, a.exp - b.exp));
  return finish(op, quotient(a, b, sign, prec));
}

/** Beyond so many digits it is worth a look whether a quotient ends before. */
const LONG_PRECISION = 100000n;

/** Digits that hold a quotient exactly, if it ends; else as many as are wanted. */
function exactLength(a: Decimal, b: Decimal, wanted: bigint): bigint {
  let rest = b.coef / gcd(a.coef, b.coef);
  let places = 0n;
  for (const factor of [2n, 5n]) for (; rest % factor === 0n; places++) rest /= factor;
  if (rest === 1n) return BigInt(a.digits + b.digits) + places;
  checkRoom(wanted);
  return wanted;
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** The quotient to more digits than the precision, the last of which is never a zero or five that is not exact. */
function quotient(a: Decimal, b: Decimal, sign: 0 | 1, wanted: bigint): Decimal {
  const prec = wanted > LONG_PRECISION ? exactLength(a, b, wanted) : wanted;
  const shift = BigInt(b.digits - a.digits) + prec + 1n;
  let exp = a.exp - b.exp - shift;
  const top = shift >= 0n ? a.coef * pow10(shift) : a.coef;
  const bottom = shift >= 0n ? b.coef : b.coef * pow10(-shift);
  let coef = top / bottom;
  if (coef * bottom !== top) return finite(sign, coef % 5n === 0n ? coef + 1n : coef, exp);
  for (const ideal = a.exp - b.exp; exp < ideal && coef % 10n === 0n; exp++) coef /= 10n;
  return finite(sign, coef, exp);
}

interface Division {
  readonly quotient: Decimal;
  readonly remainder: Decimal;
}

/** Whole quotient and remainder of finite numbers, the divisor not zero; null if the quotient is too long. */
function divideWhole(op: Operation, a: Decimal, b: Decimal): Division | null {
  const sign = (a.sign ^ b.sign) as 0 | 1;
  const { prec, rounding } = op.settings;
  const ideal = isInfinite(b) ? a.exp : a.exp < b.exp ? a.exp : b.exp;
  const difference = adjusted(a) - adjusted(b);
  if (isZero(a) || isInfinite(b) || difference <= -2n)
    return { quotient: finite(sign, 0n, 0n), remainder: rescale(a, ideal, rounding) };
  if (difference > prec) return null;
  const x = a.exp >= b.exp ? a.coef * pow10(a.exp - b.exp) : a.coef;
  const y = a.exp >= b.exp ? b.coef : b.coef * pow10(b.exp - a.exp);
  const whole = x / y;
  if (BigInt(digitCount(whole)) > prec) return null;
  return { quotient: finite(sign, whole, 0n), remainder: finite(a.sign, x - whole * y, ideal) };
}

export function divideInteger(op: Operation, a: Decimal, b: Decimal): Decimal {
  const bad = nanResult(op, a, b);
  if (bad !== null) return bad;
  const sign = (a.sign ^ b.sign) as 0 | 1;
  if (isInfinite(a)) return isInfinite(b) ? op.invalid() : infinity(sign);
  if (isZero(b)) {
    if (isZero(a)) return op.invalid(Flag.DivisionUndefined);
    op.note(Flag.DivisionByZero);
    return infinity(sign);
  }
  const result = divideWhole(op, a, b);
  return result === null ? op.invalid(Flag.DivisionImpossible) : finish(op, result.quotient);
}

export function remainder(op: Operation, a: Decimal, b: Decimal): Decimal {
  const bad = nanResult(op, a, b);
  if (bad !== null) return bad;
  if (isInfinite(a)) return op.invalid();
  if (isZero(b)) return op.invalid(isZero(a) ? Flag.DivisionUndefined : Flag.InvalidOperation);
  if (isInfinite(b)) return finish(op, a);
  const result = divideWhole(op, a, b);
  return result === null ? op.invalid(Flag.DivisionImpossible) : finish(op, result.remainder);
}

/** Quotient and remainder together. */
export function divmod(op: Operation, a: Decimal, b: Decimal): readonly [Decimal, Decimal] {
  const bad = nanResult(op, a, b);
  if (bad !== null) return [bad, bad];
  const sign = (a.sign ^ b.sign) as 0 | 1;
  if (isInfinite(a)) {
    const first = isInfinite(b) ? op.invalid() : infinity(sign);
    return [first, op.invalid()];
  }
  if (isZero(b)) {
    if (isZero(a)) return [op.invalid(Flag.DivisionUndefined), op.invalid(Flag.DivisionUndefined)];
    op.note(Flag.DivisionByZero | Flag.InvalidOperation);
    return [infinity(sign), op.invalid()];
  }
  const result = divideWhole(op, a, b);
  if (result === null) return [op.invalid(Flag.DivisionImpossible), op.invalid(Flag.DivisionImpossible)];
  return [finish(op, result.quotient), finish(op, result.remainder)];
}

/** The remainder to the nearest multiple. */
export function remainderNear(op: Operation, a: Decimal, b: Decimal): Decimal {
  const bad = nanResult(op, a, b);
  if (bad !== null) return bad;
  if (isInfinite(a)) return op.invalid();
  if (isZero(b)) return op.invalid(isZero(a) ? Flag.DivisionUndefined : Flag.InvalidOperation);
  if (isInfinite(b)) return finish(op, a);
  const { prec, rounding } = op.settings;
  const ideal = a.exp < b.exp ? a.exp : b.exp;
  if (isZero(a)) return finish(op, finite(a.sign, 0n, ideal));
  const difference = adjusted(a) - adjusted(b);
  if (difference >= prec + 1n) return op.invalid(Flag.DivisionImpossible);
  if (difference <= -2n) return finish(op, rescale(a, ideal, rounding));
  const x = a.exp >= b.exp ? a.coef * pow10(a.exp - b.exp) : a.coef;
  const y = a.exp >= b.exp ? b.coef : b.coef * pow10(b.exp - a.exp);
  let whole = x / y;
  let rest = x - whole * y;
  if (2n * rest + (whole & 1n) > y) {
    rest -= y;
    whole++;
  }
  if (BigInt(digitCount(whole)) > prec) return op.invalid(Flag.DivisionImpossible);
  return finish(op, rest < 0n ? finite(flip(a.sign), -rest, ideal) : finite(a.sign, rest, ideal));
}

export function plus(op: Operation, a: Decimal): Decimal {
  const bad = nanResult(op, a);
  if (bad !== null) return bad;
  const isPositive = isZero(a) && op.settings.rounding !== Round.Floor;
  return finish(op, isPositive ? withSign(a, 0) : a);
}

export function minus(op: Operation, a: Decimal): Decimal {
  const bad = nanResult(op, a);
  if (bad !== null) return bad;
  const isPositive = isZero(a) && op.settings.rounding !== Round.Floor;
  return finish(op, isPositive ? withSign(a, 0) : withSign(a, flip(a.sign)));
}

export function absolute(op: Operation, a: Decimal): Decimal {
  return a.sign === 1 ? minus(op, a) : plus(op, a);
}
