/** Square roots, exponentials, logarithms and powers of decimal numbers, by binary fixed-point arithmetic on bigints. */
import { divide } from './arithmetic.ts';
import { checkRoom, etiny, finish, Flag, nanResult, Round } from './context.ts';
import type { Operation } from './context.ts';
import { order } from './compare.ts';
import {
  adjusted,
  digitCount,
  finite,
  infinity,
  isFinite,
  isInfinite,
  isZero,
  ONE,
  pow10,
  withSign,
  ZERO,
} from './number.ts';
import type { Decimal } from './number.ts';

/** Rounds to half even, as these functions do whatever the context says. */
function finishEven(op: Operation, d: Decimal): Decimal {
  const inner = op.inside({ rounding: Round.HalfEven });
  const result = finish(inner, d);
  op.note(inner.status);
  return result;
}

/** The integer square root. */
function integerRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(16).length * 4 + 1) >> 1);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

export function squareRoot(op: Operation, a: Decimal): Decimal {
  const bad = nanResult(op, a);
  if (bad !== null) return bad;
  if (isInfinite(a)) return a.sign === 1 ? op.invalid() : a;
  const half = a.exp >> 1n;
  if (isZero(a)) return finishEven(op, finite(a.sign, 0n, half));
  if (a.sign === 1) return op.invalid();
  const isOdd = (a.exp & 1n) === 1n;
  const length = isOdd ? (a.digits >> 1) + 1 : (a.digits + 1) >> 1;
  const shift = op.settings.prec + 1n - BigInt(length);
  const coef = isOdd ? a.coef * 10n : a.coef;
  const whole = integerRoot(coef);
  if (whole * whole === coef) return finishEven(op, finite(0, whole, half));
  checkRoom(shift);
  const unit = pow10(2n * (shift < 0n ? -shift : shift));
  const scaled = shift >= 0n ? coef * unit : coef / unit;
  const root = integerRoot(scaled);
  const isExact = root * root === scaled && (shift >= 0n || scaled * unit === coef);
  if (!isExact) return finishEven(op, finite(0, root % 5n === 0n ? root + 1n : root, half - shift));
  return finishEven(op, finite(0, shift >= 0n ? root / pow10(shift) : root * pow10(-shift), half));
}

const bitsFor = (digits: number): number => Math.ceil(digits * 3.3219280948873626) + 64;

const bitLength = (n: bigint): number => (n < 0n ? -n : n).toString(2).length;

/** Fractions of a power of two, by their bits. Dropped at will. */
const logs = new Map<string, bigint>();

/** atanh(1/n) */
function inverseAtanh(n: bigint, bits: number): bigint {
  const square = n * n;
  let power = (1n << BigInt(bits)) / n;
  let sum = power;
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= square;
    sum += power / k;
  }
  return sum;
}

/** ln 2 or ln 10. */
function constantLog(of: 2 | 10, bits: number): bigint {
  const key = `${of} ${bits}`;
  const known = logs.get(key);
  if (known !== undefined) return known;
  const guard = bits + 32;
  const two = 18n * inverseAtanh(26n, guard) - 2n * inverseAtanh(4801n, guard) + 8n * inverseAtanh(8749n, guard);
  const value = of === 2 ? two : 3n * two + 2n * inverseAtanh(9n, guard);
  if (logs.size > 40) logs.clear();
  logs.set(key, value >> 32n);
  return value >> 32n;
}

/** ln(m) for m a fixed-point number from 1/2 to 2. */
function logOfMantissa(m: bigint, bits: number): bigint {
  const roots = Math.ceil(Math.sqrt(bits) / 2);
  const guard = bits + roots + 32;
  let x = m << BigInt(guard - bits);
  const one = 1n << BigInt(guard);
  for (let i = 0; i < roots; i++) x = integerRoot(x << BigInt(guard));
  const z = ((x - one) << BigInt(guard)) / (x + one);
  const square = (z * z) >> BigInt(guard);
  let power = z;
  let sum = z;
  for (let k = 3n; power !== 0n && power !== -1n; k += 2n) {
    power = (power * square) >> BigInt(guard);
    sum += power / k;
  }
  return (sum << BigInt(roots + 1)) >> BigInt(guard - bits);
}

/** ln(c * 10**e) as a fixed-point number. */
function logFixed(coef: bigint, exp: bigint, bits: number): bigint {
  const extra = bits + Math.max(8, exp.toString(2).length) + 8;
  const length = BigInt(digitCount(coef));
  const ten = exp + length;
  const scaled = (coef << BigInt(extra)) / pow10(length);
  const up = scaled >= 1n << BigInt(extra - 1) ? 0 : extra - bitLength(scaled);
  const mantissa = logOfMantissa(scaled << BigInt(up), extra);
  const value = ten * constantLog(10, extra) - BigInt(up) * constantLog(2, extra) + mantissa;
  return value >> BigInt(extra - bits);
}

/** exp(r) for a fixed-point number from 0 to 3. */
function expOfSmall(r: bigint, bits: number): bigint {
  const halvings = Math.ceil(Math.sqrt(bits));
  const guard = bits + 2 * halvings + 32;
  const x = (r << BigInt(guard - bits)) >> BigInt(halvings);
  const one = 1n << BigInt(guard);
  let term = one;
  let sum = one;
  for (let k = 1n; term !== 0n; k++) {
    term = ((term * x) >> BigInt(guard)) / k;
    sum += term;
  }
  for (let i = 0; i < halvings; i++) sum = (sum * sum) >> BigInt(guard);
  return sum >> BigInt(guard - bits);
}

/** exp of a fixed-point number, as `digits` (or one more) digits and an exponent. */
function expDigits(x: bigint, bits: number, digits: number): { coef: bigint; exp: bigint } {
  const ten = constantLog(10, bits);
  let whole = x / ten;
  let rest = x - whole * ten;
  if (rest < 0n) {
    whole--;
    rest += ten;
  }
  const value = expOfSmall(rest, bits);
  return { coef: (value * pow10(digits)) >> BigInt(bits), exp: whole - BigInt(digits) };
}

/** A fixed-point number as `digits` (or so) digits and an exponent. */
function fixedDigits(x: bigint, bits: number, digits: number): { coef: bigint; exp: bigint } {
  const size = x < 0n ? -x : x;
  const lead = Math.floor((bitLength(size) - bits) * 0.30102999566398114);
  const places = BigInt(digits - lead);
  return {
    coef: places >= 0n ? (size * pow10(places)) >> BigInt(bits) : (size >> BigInt(bits)) / pow10(-places),
    exp: -places,
  };
}

/** A number to enough digits that it can be rounded rightly. */
function settle(op: Operation, sign: 0 | 1, compute: (digits: number) => { coef: bigint; exp: bigint }): Decimal {
  const prec = Number(op.settings.prec);
  for (let extra = 6; ; extra += 6) {
    const { coef, exp } = compute(prec + extra);
    const unit = 5n * pow10(digitCount(coef) - prec - 1);
    const rest = coef % unit;
    if (rest > 2n && unit - rest > 2n) return finishEven(op, finite(sign, coef, exp));
  }
}

export function exponential(op: Operation, a: Decimal): Decimal {
  const bad = nanResult(op, a);
  if (bad !== null) return bad;
  if (isInfinite(a)) return a.sign === 1 ? ZERO : a;
  if (isZero(a)) return ONE;
  const { prec, emax } = op.settings;
  const lead = adjusted(a);
  const tiny = etiny(op.settings);
  if (a.sign === 0 && lead > BigInt(String((emax + 1n) * 3n).length)) return finishEven(op, finite(0, 1n, emax + 1n));
  if (a.sign === 1 && lead > BigInt(String((1n - tiny) * 3n).length)) return finishEven(op, finite(0, 1n, tiny - 1n));
  if (a.sign === 0 && lead < -prec) return finishEven(op, finite(0, pow10(prec) + 1n, -prec));
  if (a.sign === 1 && lead < -prec - 1n) return finishEven(op, finite(0, pow10(prec + 1n) - 1n, -prec - 1n));
  return settle(op, 0, (digits) => {
    const bits = bitsFor(digits + Math.max(0, Number(lead)) + 2);
    const size = a.exp >= 0n ? (a.coef * pow10(a.exp)) << BigInt(bits) : (a.coef << BigInt(bits)) / pow10(-a.exp);
    return expDigits(a.sign === 1 ? -size : size, bits, digits);
  });
}

/** Digits by which ln(a) is smaller than one because `a` is near one. */
function nearOne(a: Decimal): number {
  const exp = a.exp < 0n ? a.exp : 0n;
  if (exp < -100000n || adjusted(a) > 1n || adjusted(a) < -1n) return 0;
  const difference = a.coef * pow10(a.exp - exp) - pow10(-exp);
  if (difference === 0n) return 0;
  return Math.max(0, Number(-exp) - digitCount(difference < 0n ? -difference : difference) + 1);
}

function logarithm(op: Operation, a: Decimal, byTen: boolean): Decimal {
  const sign = order(a, ONE) < 0 ? 1 : 0;
  const near = nearOne(a);
  return settle(op, sign, (digits) => {
    const bits = bitsFor(digits + near + a.exp.toString().length);
    const log = logFixed(a.coef, a.exp, bits);
    return fixedDigits(byTen ? (log << BigInt(bits)) / constantLog(10, bits) : log, bits, digits);
  });
}

/** What both logarithms give for special operands; null for others. */
function specialLog(op: Operation, a: Decimal): Decimal | null {
  const bad = nanResult(op, a);
  if (bad !== null) return bad;
  if (isZero(a)) return infinity(1);
  if (a.sign === 1) return op.invalid();
  return isInfinite(a) ? a : null;
}

export function naturalLog(op: Operation, a: Decimal): Decimal {
  const special = specialLog(op, a);
  if (special !== null) return special;
  return order(a, ONE) === 0 ? ZERO : logarithm(op, a, false);
}

export function decimalLog(op: Operation, a: Decimal): Decimal {
  const special = specialLog(op, a);
  if (special !== null) return special;
  if (a.coef !== pow10(a.digits - 1)) return logarithm(op, a, true);
  const lead = adjusted(a);
  return finishEven(op, finite(lead < 0n ? 1 : 0, lead < 0n ? -lead : lead, 0n));
}

/** The value of an integral number; null for others. */
function integerValue(d: Decimal): bigint | null {
  if (!isFinite(d)) return null;
  if (d.exp >= 0n) return d.exp > 100000n ? null : d.coef * pow10(d.exp);
  if (d.coef === 0n) return 0n;
  if (-d.exp >= BigInt(d.digits)) return null;
  const unit = pow10(-d.exp);
  return d.coef % unit === 0n ? d.coef / unit : null;
}

const isIntegral = (d: Decimal): boolean => isFinite(d) && (d.coef === 0n || d.exp >= 0n || integerValue(d) !== null);

function isOddInteger(d: Decimal): boolean {
  const value = integerValue(d);
  return value !== null && (value & 1n) === 1n;
}

/** Whole powers up to so many digits are computed exactly. */
const EXACT_DIGITS = 20000n;
const MAX_EXACT = 20000000n;

export function power(op: Operation, a: Decimal, b: Decimal): Decimal {
  const bad = nanResult(op, a, b);
  if (bad !== null) return bad;
  if (isZero(b)) return isZero(a) ? op.invalid() : ONE;
  const isWhole = isIntegral(b);
  const sign = a.sign === 1 && isOddInteger(b) ? 1 : 0;
  if (isZero(a)) return b.sign === 1 ? infinity(sign) : finite(sign, 0n, 0n);
  if (a.sign === 1 && !isWhole && !(isInfinite(a) && isInfinite(b))) return op.invalid();
  if (isInfinite(a))
    return isInfinite(b) && a.sign === 1 ? op.invalid() : b.sign === 1 ? finite(sign, 0n, 0n) : infinity(sign);
  const size = withSign(a, 0);
  const rank = order(size, ONE);
  if (rank === 0) return powerOfOne(op, size, b, isWhole, sign);
  if (isInfinite(b)) return rank > 0 === (b.sign === 0) ? infinity(0) : finite(0, 0n, 0n);
  const exponent = isWhole ? integerValue(b) : null;
  if (exponent !== null) {
    const base = stripZeros(size);
    const length = exponent * BigInt(base.digits);
    const isShort = base.coef === 1n || (length <= EXACT_DIGITS + 4n * op.settings.prec && length <= MAX_EXACT);
    if (isShort) return wholePower(op, base, exponent, BigInt(size.digits - base.digits) * exponent, b.sign, sign);
  }
  return realPower(op, size, b, sign, rank);
}

/** One to a power: exact for integers, else a one with all digits. */
function powerOfOne(op: Operation, a: Decimal, b: Decimal, isWhole: boolean, sign: 0 | 1): Decimal {
  const { prec } = op.settings;
  if (!isWhole) {
    op.note(Flag.Inexact | Flag.Rounded);
    return finite(sign, pow10(prec - 1n), 1n - prec);
  }
  const n = integerValue(b) ?? prec;
  const times = b.sign === 1 ? 0n : n > prec ? prec : n;
  const exp = a.exp * times;
  if (exp >= 1n - prec) return finite(sign, exp < 0n ? pow10(-exp) : 1n, exp < 0n ? exp : 0n);
  op.note(Flag.Rounded);
  return finite(sign, pow10(prec - 1n), 1n - prec);
}

/** Without trailing zeros of the coefficient. */
function stripZeros(d: Decimal): Decimal {
  let { coef, exp } = d;
  for (; coef % 10n === 0n; exp++) coef /= 10n;
  return finite(d.sign, coef, exp);
}

/** `a ** n`, whose coefficient would end in so many zeros (as far as they matter). */
function wholePower(op: Operation, a: Decimal, n: bigint, zeros: bigint, exponentSign: 0 | 1, sign: 0 | 1): Decimal {
  const shown = zeros > op.settings.prec + 1n ? op.settings.prec + 1n : zeros;
  checkRoom(shown);
  const exact = finite(sign, a.coef ** n * pow10(shown), a.exp * n - shown);
  return exponentSign === 0 ? finish(op, exact) : divide(op, ONE, exact);
}

const FAR = 25n;

/** exp(b ln a), which is never taken for exact. */
function realPower(op: Operation, a: Decimal, b: Decimal, sign: 0 | 1, rank: number): Decimal {
  const { prec, emax } = op.settings;
  const isLarge = rank > 0 === (b.sign === 0);
  op.note(Flag.Inexact | Flag.Rounded);
  const near = nearOne(a);
  const reach = adjusted(b) - BigInt(near);
  if (reach > FAR) return finishEven(op, finite(sign, 1n, isLarge ? emax + 1n : etiny(op.settings) - 1n));
  const digits = Number(prec) + 12;
  if (reach < -(prec + 20n))
    return finishEven(
      op,
      isLarge ? finite(sign, pow10(prec) + 1n, -prec) : finite(sign, pow10(prec + 1n) - 1n, -prec - 1n),
    );
  const bits = bitsFor(digits + near + Math.max(0, Number(adjusted(b))) + a.exp.toString().length + 30);
  const log = logFixed(a.coef, a.exp, bits);
  const product = b.exp >= 0n ? log * b.coef * pow10(b.exp) : (log * b.coef) / pow10(-b.exp);
  const { coef, exp } = expDigits(b.sign === 1 ? -product : product, bits, digits);
  return finish(op, finite(sign, coef, exp));
}

/** `a ** b % modulo` of integers. */
export function powerModulo(op: Operation, a: Decimal, b: Decimal, modulo: Decimal): Decimal {
  const bad = nanResult(op, a, b, modulo);
  if (bad !== null) return bad;
  if (!isIntegral(a) || !isIntegral(b) || !isIntegral(modulo)) return op.invalid();
  if ((b.sign === 1 && !isZero(b)) || isZero(modulo) || adjusted(modulo) >= op.settings.prec) return op.invalid();
  if (isZero(a) && isZero(b)) return op.invalid();
  const sign = a.sign === 1 && isOddInteger(b) ? 1 : 0;
  const m = integerValue(modulo) ?? 1n;
  let base = a.exp >= 0n ? ((a.coef % m) * modularPower(10n, a.exp, m)) % m : (integerValue(a) ?? 0n) % m;
  base = modularPower(base, b.exp >= 0n ? b.coef : (integerValue(b) ?? 0n), m);
  if (b.exp > 0n) for (let i = 0n; i < b.exp; i++) base = modularPower(base, 10n, m);
  return finite(sign, base, 0n);
}

function modularPower(base: bigint, exponent: bigint, m: bigint): bigint {
  let result = 1n % m;
  let square = base % m;
  for (let n = exponent; n > 0n; n >>= 1n) {
    if ((n & 1n) === 1n) result = (result * square) % m;
    square = (square * square) % m;
  }
  return result;
}
