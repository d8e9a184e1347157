/** Arithmetic of large ints where Python differs from JavaScript: division rounds down, shifts and powers have limits.
 *
 *  Everything takes and gives bigints; the caller does what fits safe numbers itself. */

import { ValueFault, overflowError, valueError } from '../text/fault.ts';

/** V8's limit: a longer bigint cannot exist. CPython would try, and raise MemoryError at its own limit. */
const MAX_BITS = 1 << 30;

function zeroDivision(message: string): never {
  throw new ValueFault('ZeroDivisionError', message);
}

/** Divisors of more 30-bit digits than these are divided by their first bits where the quotient is short: V8 computes the reciprocal of such
 *  a divisor in full, however short the quotient is. */
const LONG_DIVISOR = 120;
const SHORT_QUOTIENT = 1 / 5;

/** Bits by which the first bits of the divisor outnumber those of the quotient: then the estimate is at most 2 too small. */
const GUARD_BITS = 64;

/** Quotient and remainder, both rounded towards 0. `aDigits` and `bDigits`: how many 30-bit digits there are, 0 if not known. */
function truncated(a: bigint, b: bigint, aDigits: number, bDigits: number): [bigint, bigint] {
  if (bDigits > LONG_DIVISOR && aDigits - bDigits < bDigits * SHORT_QUOTIENT && a > 0n && b > 0n) {
    return byFirstBits(a, b, aDigits, bDigits);
  }
  const quotient = a / b;
  return [quotient, a - quotient * b];
}

/** The same for positive ones with a quotient that is short beside the divisor: in time linear in the divisor. */
function byFirstBits(a: bigint, b: bigint, aDigits: number, bDigits: number): [bigint, bigint] {
  if (a < b) return [0n, a];
  const shift = BigInt(30 * bDigits - 30 * (aDigits - bDigits + 2) - GUARD_BITS);
  let quotient = (a >> shift) / ((b >> shift) + 1n);
  let rest = a - quotient * b;
  for (; rest >= b; rest -= b) quotient += 1n;
  return [quotient, rest];
}

/** `a // b`, rounded down. */
export function intFloorDiv(a: bigint, b: bigint, aDigits = 0, bDigits = 0): bigint {
  if (b === 0n) zeroDivision('integer division or modulo by zero');
  if (bDigits > LONG_DIVISOR) return intDivmod(a, b, aDigits, bDigits)[0];
  const quotient = a / b;
  return a < 0n !== b < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

/** `a % b`, with the sign of `b`. */
export function intMod(a: bigint, b: bigint, aDigits = 0, bDigits = 0): bigint {
  if (b === 0n) zeroDivision('integer modulo by zero');
  if (bDigits > LONG_DIVISOR) return intDivmod(a, b, aDigits, bDigits)[1];
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

/** `divmod(a, b)`. */
export function intDivmod(a: bigint, b: bigint, aDigits = 0, bDigits = 0): [bigint, bigint] {
  if (b === 0n) zeroDivision('integer division or modulo by zero');
  const parts = truncated(a, b, aDigits, bDigits);
  const [quotient, rest] = parts;
  return rest !== 0n && rest < 0n !== b < 0n ? [quotient - 1n, rest + b] : parts;
}

/** Called after each part of a long computation; may throw to end it. */
export type Tick = () => void;

const noTick: Tick = () => undefined;

/** Bits of a result that the host takes milliseconds for. */
const LONG_BITS = 1 << 20;

/** `base ** exponent` for a non-negative exponent (a negative one makes a float: the caller's business).
 *  Throws MemoryError if the result cannot be held. */
export function intPow(base: bigint, exponent: bigint, tick = noTick): bigint {
  if (base === 0n || base === 1n) return exponent === 0n ? 1n : base;
  if (base === -1n) return (exponent & 1n) === 0n ? 1n : -1n;
  const bits = exponent * BigInt(intBitLength(base) - 1);
  if (bits > MAX_BITS) throw new ValueFault('MemoryError', '');
  return bits > LONG_BITS ? powerInParts(base, exponent, tick) : base ** exponent;
}

/** By squares of what fits one part. */
function powerInParts(base: bigint, exponent: bigint, tick: Tick): bigint {
  if (exponent * BigInt(intBitLength(base)) <= LONG_BITS) return base ** exponent;
  const half = powerInParts(base, exponent >> 1n, tick);
  const square = half * half;
  tick();
  return (exponent & 1n) === 0n ? square : square * base;
}

/** `pow(base, exponent, modulus)`; a negative exponent takes the inverse. Throws ValueError. */
export function intPowMod(base: bigint, exponent: bigint, modulus: bigint, tick = noTick): bigint {
  if (modulus === 0n) valueError('pow() 3rd argument cannot be 0');
  const positive = modulus < 0n ? -modulus : modulus;
  const start = exponent < 0n ? intInverse(base, positive) : base;
  const power = powerModulo(intMod(start, positive), exponent < 0n ? -exponent : exponent, positive, tick);
  return modulus < 0n && power !== 0n ? power + modulus : power;
}

/** Modulus of which one step takes a while, and as many steps of smaller ones. */
const LONG_MODULUS = 1n << 16384n;
const MANY_STEPS = 4096;

/** Square and multiply, from the highest bit of the exponent down. */
function powerModulo(base: bigint, exponent: bigint, modulus: bigint, tick: Tick): bigint {
  let result = 1n % modulus;
  let made = 0;
  const isLong = modulus > LONG_MODULUS;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
    if (isLong || ++made % MANY_STEPS === 0) tick();
  }
  return result;
}

/** The inverse of `value` modulo a positive modulus. Throws ValueError where there is none. */
function intInverse(value: bigint, modulus: bigint): bigint {
  if (modulus === 1n) return 0n;
  let [a, b] = [intMod(value, modulus), modulus];
  let [x, y] = [1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  if (a !== 1n) valueError('base is not invertible for the given modulus');
  return intMod(x, modulus);
}

/** `value << count`. Throws ValueError for a negative count, OverflowError or MemoryError for a huge one. */
export function intShiftLeft(value: bigint, count: bigint): bigint {
  if (count < 0n) valueError('negative shift count');
  if (value === 0n) return 0n;
  if (count / 30n >= 0x7fff_ffff_ffff_ffffn) overflowError('too many digits in integer');
  if (count + BigInt(intBitLength(value)) > MAX_BITS) throw new ValueFault('MemoryError', '');
  return value << count;
}

/** `value >> count`, rounded down. Throws ValueError for a negative count. */
export function intShiftRight(value: bigint, count: bigint): bigint {
  if (count < 0n) valueError('negative shift count');
  if (count > MAX_BITS) return value < 0n ? -1n : 0n;
  return value >> count;
}

/** `int.bit_length`: bits of the absolute value. */
export function intBitLength(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  const size = Number(magnitude);
  if (size === 0) return 0;
  if (size === Infinity) return hugeBitLength(magnitude);
  const exponent = doubleExponent(size);
  // Rounding may have brought the double up to a power of two.
  return size === 2 ** exponent && magnitude >> BigInt(exponent) === 0n ? exponent : exponent + 1;
}

const DOUBLE = new Float64Array(1);
const DOUBLE_WORDS = new Uint32Array(DOUBLE.buffer);

/** The largest n with 2^n <= x, for a normal x. */
function doubleExponent(x: number): number {
  DOUBLE[0] = x;
  return (DOUBLE_WORDS[1]! >>> 20) - 1023;
}

/** Of a positive value that no double holds. One pass: digits of base 16 are bits. */
function hugeBitLength(value: bigint): number {
  const text = value.toString(16);
  return 4 * (text.length - 1) + (32 - Math.clz32(parseInt(text[0]!, 16)));
}

/** `int.bit_count`: ones in the absolute value. */
export function intBitCount(value: bigint): number {
  let ones = 0;
  for (const char of (value < 0n ? -value : value).toString(16)) {
    const digit = parseInt(char, 16);
    ones += (digit & 1) + ((digit >> 1) & 1) + ((digit >> 2) & 1) + (digit >> 3);
  }
  return ones;
}

/** How many 30-bit digits CPython stores; 0 for zero. */
export function intDigitCount(value: bigint | number): number {
  if (typeof value === 'bigint') return Math.ceil(intBitLength(value) / 30);
  const magnitude = Math.abs(value);
  if (magnitude < 0x4000_0000) return magnitude === 0 ? 0 : 1;
  return magnitude < 2 ** 60 ? 2 : Math.ceil(intBitLength(BigInt(value)) / 30);
}

/** Digits below a guess that are looked at too, so that a guess may be a little high. */
const SLACK = 8;

/** `intDigitCount` of a value whose number of digits is known about: at least `about - SLACK`, or it takes longer. Looks
 *  at the highest digits only, where all of a long value would have to be read. */
export function intDigitCountNear(value: bigint, about: number): number {
  if (about <= 2 * SLACK) return intDigitCount(value);
  const below = about - SLACK;
  const top = value >> BigInt(30 * below);
  // Of a negative value the shift rounds away from zero, which may have made one digit more.
  const bits = intBitLength(top);
  const known = value < 0n ? bits > 1 && bits % 30 !== 1 : bits > 0;
  return known ? below + Math.ceil(bits / 30) : intDigitCount(value);
}

/** `sys.getsizeof(value)`: 24 bytes and four for each digit, at least one digit. */
export function intSizeof(value: bigint | number): number {
  return 24 + 4 * Math.max(1, intDigitCount(value));
}

/** `math.isqrt`. Throws ValueError for a negative value. */
export function intSqrt(value: bigint): bigint {
  if (value < 0n) valueError('isqrt() argument must be nonnegative');
  if (value < 1n << 52n) return BigInt(Math.floor(Math.sqrt(Number(value))));
  let root = 1n << BigInt((intBitLength(value) + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** `math.gcd` of two ints; never negative. */
export function intGcd(a: bigint, b: bigint): bigint {
  if (a < 0n) a = -a;
  if (b < 0n) b = -b;
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** `round(value, -zeros)`: to the nearest multiple of 10**zeros, half to even. */
export function intRound(value: bigint, zeros: number): bigint {
  if (zeros <= 0) return value;
  if (zeros > intBitLength(value)) return 0n;
  const unit = 10n ** BigInt(zeros);
  const [quotient, rest] = intDivmod(value, unit);
  const double = rest * 2n;
  const up = double > unit || (double === unit && (quotient & 1n) === 1n);
  return (up ? quotient + 1n : quotient) * unit;
}
