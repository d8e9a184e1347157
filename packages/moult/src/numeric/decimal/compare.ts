/** Order of decimal numbers: by value, and the total order of representations. */
import { finish, Flag, nanResult } from './context.ts';
import type { Operation } from './context.ts';
import { adjusted, flip, isInfinite, isNan, isZero, Kind, ofInteger, pow10, withSign } from './number.ts';
import type { Decimal } from './number.ts';

/** −1, 0 or 1; for numbers that are no NaN. */
export function order(a: Decimal, b: Decimal): number {
  if (isInfinite(a) || isInfinite(b)) {
    const rank = (d: Decimal): number => (isInfinite(d) ? (d.sign === 1 ? -1 : 1) : 0);
    return Math.sign(rank(a) - rank(b));
  }
  if (isZero(a)) return isZero(b) ? 0 : b.sign === 1 ? 1 : -1;
  if (isZero(b)) return a.sign === 1 ? -1 : 1;
  if (a.sign !== b.sign) return a.sign === 1 ? -1 : 1;
  const size = compareSize(a, b);
  return a.sign === 1 ? -size : size;
}

function compareSize(a: Decimal, b: Decimal): number {
  const x = adjusted(a);
  const y = adjusted(b);
  if (x !== y) return x < y ? -1 : 1;
  const p = a.exp > b.exp ? a.coef * pow10(a.exp - b.exp) : a.coef;
  const q = b.exp > a.exp ? b.coef * pow10(b.exp - a.exp) : b.coef;
  return p === q ? 0 : p < q ? -1 : 1;
}

export function compare(op: Operation, a: Decimal, b: Decimal): Decimal {
  return nanResult(op, a, b) ?? ofInteger(BigInt(order(a, b)));
}

/** As `compare`; a quiet NaN signals too. */
export function compareSignal(op: Operation, a: Decimal, b: Decimal): Decimal {
  const bad = nanResult(op, a, b);
  if (bad === null) return ofInteger(BigInt(order(a, b)));
  op.note(Flag.InvalidOperation);
  return bad;
}

const sign = (difference: bigint | number): number =>
  difference === 0n || difference === 0 ? 0 : difference < 0 ? -1 : 1;

/** The total order of representations. */
function totalOrder(a: Decimal, b: Decimal): number {
  if (a.sign !== b.sign) return a.sign === 1 ? -1 : 1;
  const direction = a.sign === 1 ? -1 : 1;
  const rank = (d: Decimal): number => (d.kind === Kind.SignalingNan ? 1 : d.kind === Kind.QuietNan ? 2 : 0);
  if (isNan(a) || isNan(b)) return direction * (rank(a) !== rank(b) ? sign(rank(a) - rank(b)) : sign(a.coef - b.coef));
  const value = order(a, b);
  if (value !== 0) return value;
  return isInfinite(a) ? 0 : direction * sign(a.exp - b.exp);
}

export function compareTotal(_op: Operation, a: Decimal, b: Decimal): Decimal {
  return ofInteger(BigInt(totalOrder(a, b)));
}

export function compareTotalMag(_op: Operation, a: Decimal, b: Decimal): Decimal {
  return ofInteger(BigInt(totalOrder(withSign(a, 0), withSign(b, 0))));
}

/** max, min and their variants by magnitude. A single quiet NaN counts as missing. */
export function extreme(isMax: boolean, byMagnitude: boolean) {
  return (op: Operation, a: Decimal, b: Decimal): Decimal => {
    if (a.kind === Kind.QuietNan && !isNan(b)) return finish(op, b);
    if (b.kind === Kind.QuietNan && !isNan(a)) return finish(op, a);
    const bad = nanResult(op, a, b);
    if (bad !== null) return bad;
    const value = byMagnitude ? order(withSign(a, 0), withSign(b, 0)) : order(a, b);
    const ranked = value !== 0 ? value : totalOrder(a, b);
    return finish(op, ranked < 0 === isMax ? b : a);
  };
}

/** The number with the sign of the other. */
export function copySign(a: Decimal, b: Decimal): Decimal {
  return withSign(a, b.sign);
}

export function negated(a: Decimal): Decimal {
  return withSign(a, flip(a.sign));
}
