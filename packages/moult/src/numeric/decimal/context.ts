/** Contexts of decimal arithmetic, the conditions that operations note, and rounding to a context. */
import { finite, infinity, Kind, nan, NAN, pow10, digitCount } from './number.ts';
import type { Decimal } from './number.ts';

/** Conditions, with the numbers that libmpdec gives them. */
export const enum Flag {
  Clamped = 0x1,
  ConversionSyntax = 0x2,
  DivisionByZero = 0x4,
  DivisionImpossible = 0x8,
  DivisionUndefined = 0x10,
  Inexact = 0x40,
  InvalidContext = 0x80,
  InvalidOperation = 0x100,
  FloatOperation = 0x400,
  Overflow = 0x800,
  Rounded = 0x1000,
  Subnormal = 0x2000,
  Underflow = 0x4000,
}

/** All that belongs to the signal InvalidOperation. */
export const INVALID: number =
  Flag.ConversionSyntax |
  Flag.DivisionImpossible |
  Flag.DivisionUndefined |
  Flag.InvalidContext |
  Flag.InvalidOperation;

export const enum Round {
  Up = 0,
  Down = 1,
  Ceiling = 2,
  Floor = 3,
  HalfUp = 4,
  HalfDown = 5,
  HalfEven = 6,
  ZeroFiveUp = 7,
}

export const ROUNDINGS = ['UP', 'DOWN', 'CEILING', 'FLOOR', 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN', '05UP'].map(
  (name) => `ROUND_${name}`,
);

/** What a context fixes. Immutable. */
export interface Settings {
  readonly prec: bigint;
  readonly rounding: Round;
  readonly emin: bigint;
  readonly emax: bigint;
  readonly capitals: boolean;
  readonly clamp: boolean;
}

export const MAX_EMAX = 999999999999999999n;
export const MAX_SETTINGS: Settings = {
  prec: MAX_EMAX,
  rounding: Round.HalfEven,
  emin: -MAX_EMAX,
  emax: MAX_EMAX,
  capitals: true,
  clamp: false,
};

/** One operation: its settings, and the conditions noted so far. */
export class Operation {
  status = 0;

  constructor(readonly settings: Settings) {}

  note(flags: number): void {
    this.status |= flags;
  }

  /** Notes an invalid operation; its result is NaN. */
  invalid(flag: number = Flag.InvalidOperation): Decimal {
    this.status |= flag;
    return NAN;
  }

  /** An operation in other settings, whose conditions are not noted here. */
  inside(changes: Partial<Settings>): Operation {
    return new Operation({ ...this.settings, ...changes });
  }
}

export const etiny = ({ emin, prec }: Settings): bigint => emin - prec + 1n;
export const etop = ({ emax, prec }: Settings): bigint => emax - prec + 1n;

const MAX_ROOM = 1n << 26n;

/** Refuses results that no memory holds. */
export function checkRoom(digits: bigint): void {
  if (digits > MAX_ROOM) throw new RangeError('Maximum BigInt size exceeded');
}

/** Whether a quotient is to be increased when `rest` of `unit` was cut off. */
function roundsUp(quotient: bigint, rest: bigint, unit: bigint, sign: 0 | 1, mode: Round): boolean {
  if (rest === 0n) return false;
  const twice = 2n * rest;
  switch (mode) {
    case Round.Up:
      return true;
    case Round.Down:
      return false;
    case Round.Ceiling:
      return sign === 0;
    case Round.Floor:
      return sign === 1;
    case Round.HalfUp:
      return twice >= unit;
    case Round.HalfDown:
      return twice > unit;
    case Round.HalfEven:
      return twice > unit || (twice === unit && (quotient & 1n) === 1n);
    default: {
      const last = quotient % 10n;
      return last === 0n || last === 5n;
    }
  }
}

/** A coefficient without its last `drop` digits, rounded. */
export function dropDigits(coef: bigint, drop: bigint, sign: 0 | 1, mode: Round): { coef: bigint; exact: boolean } {
  if (drop <= 0n) return { coef: coef * pow10(-drop), exact: true };
  const count = digitCount(coef);
  const far = drop > BigInt(count) + 1n ? BigInt(count) + 1n : drop;
  const unit = pow10(far);
  const quotient = coef / unit;
  const rest = coef - quotient * unit;
  return { coef: roundsUp(quotient, rest, unit, sign, mode) ? quotient + 1n : quotient, exact: rest === 0n };
}

function overflowed(op: Operation, sign: 0 | 1): Decimal {
  const { prec, rounding, emax } = op.settings;
  op.note(Flag.Overflow | Flag.Inexact | Flag.Rounded);
  const away =
    rounding === Round.Up ||
    rounding === Round.HalfUp ||
    rounding === Round.HalfDown ||
    rounding === Round.HalfEven ||
    (rounding === Round.Ceiling && sign === 0) ||
    (rounding === Round.Floor && sign === 1);
  if (away) return infinity(sign);
  checkRoom(prec);
  return finite(sign, pow10(prec) - 1n, emax - prec + 1n);
}

function finishZero(op: Operation, d: Decimal): Decimal {
  const { settings } = op;
  const top = settings.clamp ? etop(settings) : settings.emax;
  const low = etiny(settings);
  const exp = d.exp > top ? top : d.exp < low ? low : d.exp;
  if (exp === d.exp) return d;
  op.note(Flag.Clamped);
  return finite(d.sign, 0n, exp);
}

/** A number rounded to the operation's settings, with all conditions noted. Source: the specification; CPython 3.12
 *  Decimal._fix. */
export function finish(op: Operation, d: Decimal): Decimal {
  if (d.kind !== Kind.Finite) return isNanKind(d) ? fitNan(op, d) : d;
  if (d.coef === 0n) return finishZero(op, d);
  const { settings } = op;
  const { prec, rounding, emax, emin, clamp } = settings;
  const lead = d.exp + BigInt(d.digits);
  if (lead - 1n > emax) return overflowed(op, d.sign);
  const low = etiny(settings);
  const isSubnormal = lead - 1n < emin;
  const least = isSubnormal ? low : lead - prec;
  if (d.exp < least) return roundTo(op, d, least, isSubnormal, rounding);
  if (isSubnormal) op.note(Flag.Subnormal);
  const top = etop(settings);
  if (clamp && d.exp > top) {
    op.note(Flag.Clamped);
    checkRoom(d.exp - top);
    return finite(d.sign, d.coef * pow10(d.exp - top), top);
  }
  return d;
}

function isNanKind(d: Decimal): boolean {
  return d.kind >= Kind.QuietNan;
}

function roundTo(op: Operation, d: Decimal, least: bigint, isSubnormal: boolean, mode: Round): Decimal {
  const { prec, emax } = op.settings;
  const rounded = dropDigits(d.coef, least - d.exp, d.sign, mode);
  let { coef } = rounded;
  const { exact } = rounded;
  let exp = least;
  if (coef !== 0n && BigInt(digitCount(coef)) > prec) {
    coef /= 10n;
    exp++;
  }
  if (exp + BigInt(digitCount(coef)) - 1n > emax) return overflowed(op, d.sign);
  op.note(Flag.Rounded);
  if (!exact) op.note(Flag.Inexact);
  if (isSubnormal) op.note(Flag.Subnormal | (exact ? 0 : Flag.Underflow));
  if (coef === 0n) op.note(Flag.Clamped);
  const result = finite(d.sign, coef, exp);
  const top = etop(op.settings);
  if (!op.settings.clamp || exp <= top) return result;
  op.note(Flag.Clamped);
  return finite(d.sign, coef * pow10(exp - top), top);
}

/** A NaN whose payload fits the precision. */
function fitNan(op: Operation, d: Decimal): Decimal {
  const room = op.settings.prec - (op.settings.clamp ? 1n : 0n);
  if (BigInt(d.digits) <= room) return d;
  return nan(d.sign, d.coef % pow10(room), d.kind);
}

/** What an operation gives that has a NaN among its operands; null if none has. A signaling one is an invalid operation. */
export function nanResult(op: Operation, ...operands: readonly Decimal[]): Decimal | null {
  const found = operands.find((d) => d.kind === Kind.SignalingNan) ?? operands.find((d) => d.kind === Kind.QuietNan);
  if (found === undefined) return null;
  if (found.kind === Kind.SignalingNan) op.note(Flag.InvalidOperation);
  return fitNan(op, nan(found.sign, found.coef));
}
