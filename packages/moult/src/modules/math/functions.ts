/** Functions of one or two real numbers. */
import { ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, floatValue, isSafeInt, newFloat, newInt, safeIntValue } from '../../core/int.ts';
import { Id } from '../../core/names.ts';
import { native, nativeRaw } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { trueDivide } from './ratio.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { dropTemp, temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps } from '../../core/tuple.ts';
import { isInt, kindName } from '../../core/types.ts';
import { accurateExp, accurateLog, accuratePow } from '../../numeric/accurate-pow.ts';
import { splitFloat } from '../../numeric/float-bits.ts';
import { intBitLength } from '../../numeric/int-math.ts';
import { toFloat } from '../../objects/float/convert.ts';
import { intOfDouble } from '../../objects/float/float.ts';
import { toInt } from '../../objects/int/convert.ts';
import { lookupSpecial } from '../../objects/type/lookup.ts';
import { checked, domainError, rangeError } from './arguments.ts';
import {
  accurateAcos,
  accurateAsin,
  accurateAtan,
  accurateAtan2,
  accurateCos,
  accurateSin,
  accurateTan,
} from '../../numeric/accurate-trig.ts';
import { acosh, asinh, cbrt, cosh, erf, erfc, log10, sinh } from '../../numeric/libm.ts';
import { gamma, logGamma } from './special.ts';

type Real = (x: number) => number;

/** A function of one number. `poles`: infinite results mean that there is no value, rather than one too large. */
function real(name: string, compute: Real, doc: string, poles = true): NativeDefinition {
  return native(
    `${name}($module, x, /)`,
    (rt, _module, x = 0) => {
      const value = toFloat(rt, x);
      const result = compute(value);
      // An infinite argument may have an infinite result, but not none at all.
      const strict = value === value && (Number.isFinite(value) || result !== result);
      return checked(rt, result, strict, poles);
    },
    { doc },
  );
}

/** log of an int of any size, or of a real number, by `compute`. @runsPython */
function logOf(rt: Runtime, x: Ref, compute: Real): number {
  if (!isInt(rt, x)) return logOfReal(rt, toFloat(rt, x), compute);
  if (isSafeInt(rt, x)) {
    const value = safeIntValue(rt, x);
    return value <= 0 ? domainError(rt) : compute(value);
  }
  const value = bigIntValue(rt, x);
  if (value <= 0n) domainError(rt);
  const bits = intBitLength(value);
  if (bits <= 1023) return compute(Number(value));
  const fraction = Number(value >> BigInt(bits - 64)) / 2 ** 64;
  return compute(fraction) + compute(2) * bits;
}

function logOfReal(rt: Runtime, value: number, compute: Real): number {
  if (value <= 0) domainError(rt);
  return compute(value);
}

function log(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  const H = rt.words;
  if (nargs < 1) typeError(rt, 'log expected at least 1 argument, got 0');
  if (nargs > 2) typeError(rt, `log expected at most 2 arguments, got ${nargs}`);
  const top = logOf(rt, H[args], accurateLog);
  if (nargs === 1) return newFloat(rt, top);
  const bottom = logOf(rt, H[args + 1], accurateLog);
  return newFloat(rt, trueDivide(rt, top, bottom));
}

/** Exact for powers of two. */
function log2(x: number): number {
  if (!(x > 0) || x === Infinity) return Math.log2(x);
  const { mantissa, exponent } = splitFloat(x);
  const shift = Math.floor(Math.log2(mantissa));
  const m = mantissa / 2 ** shift;
  return m === 1 ? exponent + shift : x < 1 && x > 0.5 ? accurateLog(x) / Math.LN2 : Math.log2(x);
}

function pow(rt: Runtime, _module: Ref, a: Ref, b: Ref): Owned {
  const x = toFloat(rt, a);
  const y = toFloat(rt, b);
  if (x === 1 || y === 0) return newFloat(rt, 1);
  if (x === -1 && Math.abs(y) === Infinity) return newFloat(rt, 1);
  const result = accuratePow(x, y);
  if (!Number.isFinite(x) || !Number.isFinite(y)) return newFloat(rt, result);
  if (result !== result) domainError(rt);
  if (Math.abs(result) === Infinity) {
    if (x === 0) domainError(rt);
    rangeError(rt);
  }
  return newFloat(rt, result);
}

function fmod(rt: Runtime, _module: Ref, a: Ref, b: Ref): Owned {
  const x = toFloat(rt, a);
  const y = toFloat(rt, b);
  if (Math.abs(y) === Infinity && Number.isFinite(x)) return newFloat(rt, x);
  return checked(rt, x % y, x === x && y === y, true);
}

/** IEEE 754 remainder: half to even. */
function remainder(rt: Runtime, _module: Ref, a: Ref, b: Ref): Owned {
  const x = toFloat(rt, a);
  const y = toFloat(rt, b);
  if (x !== x || y !== y) return newFloat(rt, x + y);
  if (Math.abs(x) === Infinity || y === 0) domainError(rt);
  if (Math.abs(y) === Infinity) return newFloat(rt, x);
  const size = Math.abs(y);
  const rest = Math.abs(x) % size;
  const other = size - rest;
  let result = rest < other ? rest : -other;
  if (rest === other) result = rest - 2 * ((0.5 * (Math.abs(x) - rest)) % size);
  return newFloat(rt, (x < 0 || Object.is(x, -0) ? -1 : 1) * result);
}

function frexp(rt: Runtime, _module: Ref, a: Ref): Owned {
  const x = toFloat(rt, a);
  if (!Number.isFinite(x) || x === 0)
    return tupleFromTemps(rt, tempMark(rt), temp(rt, newFloat(rt, x)), temp(rt, newInt(rt, 0)));
  const { mantissa, exponent, negative } = splitFloat(x);
  const bits = Math.floor(Math.log2(mantissa)) + 1;
  const exact = mantissa >= 2 ** bits ? bits + 1 : mantissa < 2 ** (bits - 1) ? bits - 1 : bits;
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newFloat(rt, ((negative ? -1 : 1) * mantissa) / 2 ** exact)),
    temp(rt, newInt(rt, exponent + exact)),
  );
}

function ldexp(rt: Runtime, _module: Ref, a: Ref, i: Ref): Owned {
  const x = toFloat(rt, a);
  if (!isInt(rt, i)) typeError(rt, 'Expected an int as second argument to ldexp.');
  if (!Number.isFinite(x) || x === 0) return newFloat(rt, x);
  const exponent = isSafeInt(rt, i) ? safeIntValue(rt, i) : bigIntValue(rt, i) > 0n ? 1e9 : -1e9;
  if (exponent < -2200) return newFloat(rt, x < 0 ? -0 : 0);
  if (exponent > 2200) rangeError(rt);
  const result = scale(x, exponent);
  if (Math.abs(result) === Infinity) rangeError(rt);
  return newFloat(rt, result);
}

/** x * 2**exponent, rounded once. */
function scale(x: number, exponent: number): number {
  let value = x;
  let left = exponent;
  while (left > 1000) {
    value *= 2 ** 1000;
    left -= 1000;
  }
  if (left >= -1000) {
    const direct = value * 2 ** left;
    if (Math.abs(direct) >= 2 ** -1000 || direct === 0) return direct;
  }
  const { mantissa, exponent: own, negative } = splitFloat(value);
  const drop = -1074 - (own + left);
  if (drop <= 0) return (negative ? -1 : 1) * mantissa * 2 ** Math.max(own + left, -1074) * 1;
  if (drop > 60) return negative ? -0 : 0;
  const rounded = roundShift(BigInt(mantissa), drop);
  return (negative ? -1 : 1) * Number(rounded) * 2 ** -1074;
}

function roundShift(bits: bigint, drop: number): bigint {
  const kept = bits >> BigInt(drop);
  const rest = bits - (kept << BigInt(drop));
  const half = 1n << BigInt(drop - 1);
  return rest > half || (rest === half && (kept & 1n) === 1n) ? kept + 1n : kept;
}

function modf(rt: Runtime, _module: Ref, a: Ref): Owned {
  const x = toFloat(rt, a);
  if (Math.abs(x) === Infinity)
    return tupleFromTemps(rt, tempMark(rt), temp(rt, newFloat(rt, x < 0 ? -0 : 0)), temp(rt, newFloat(rt, x)));
  const whole = Math.trunc(x);
  const fraction = x - whole;
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newFloat(rt, fraction === 0 && (x < 0 || Object.is(x, -0)) ? -0 : fraction)),
    temp(rt, newFloat(rt, whole)),
  );
}

const cell = new DataView(new ArrayBuffer(8));

/** The next double after `x` in the direction of `y`, `steps` times. Without `steps` once, where zero has the sign of `x`. */
function stepTowards(x: number, y: number, steps: bigint | null): number {
  if (steps === 0n) return x;
  if (x !== x || y !== y) return x + y;
  if (x === y) return y;
  const from = ordinal(x);
  const to = ordinal(y);
  const distance = to > from ? to - from : from - to;
  if (steps !== null && steps >= distance) return y;
  return fromOrdinal(to > from ? from + (steps ?? 1n) : from - (steps ?? 1n), x);
}

function ordinal(x: number): bigint {
  cell.setFloat64(0, x === 0 ? 0 : x);
  const bits = cell.getBigInt64(0);
  return bits >= 0n ? bits : -(bits & 0x7fffffffffffffffn);
}

function fromOrdinal(n: bigint, origin: number): number {
  cell.setBigInt64(0, n >= 0n ? n : -n);
  const magnitude = cell.getFloat64(0);
  return n < 0n || (n === 0n && origin < 0) ? -magnitude : magnitude;
}

function nextafter(rt: Runtime, _module: Ref, a: Ref, b: Ref, steps = 0): Owned {
  const x = toFloat(rt, a);
  const y = toFloat(rt, b);
  const count = steps === 0 ? null : stepCount(rt, steps);
  return newFloat(rt, stepTowards(x, y, count));
}

function stepCount(rt: Runtime, steps: Ref): bigint | null {
  if (steps === S.None) return null;
  if (!isInt(rt, steps)) typeError(rt, `'${kindName(rt, steps)}' object cannot be interpreted as an integer`);
  const value = bigIntValue(rt, steps);
  if (value < 0n) valueError(rt, 'steps must be a non-negative integer');
  return value;
}

function ulp(x: number): number {
  if (x !== x) return x;
  const size = Math.abs(x);
  if (size === Infinity) return size;
  const up = stepTowards(size, Infinity, 1n);
  return up === Infinity ? size - stepTowards(size, 0, 1n) : up - size;
}

function isclose(rt: Runtime, _module: Ref, a: Ref, b: Ref, relative = 0, absolute = 0): Owned {
  const x = toFloat(rt, a);
  const y = toFloat(rt, b);
  const rel = relative === 0 ? 1e-9 : toFloat(rt, relative);
  const abs = absolute === 0 ? 0 : toFloat(rt, absolute);
  if (rel < 0 || abs < 0) valueError(rt, 'tolerances must be non-negative');
  return pyBool(close(x, y, rel, abs)) as Owned;
}

function close(x: number, y: number, rel: number, abs: number): boolean {
  if (x === y) return true;
  if (Math.abs(x) === Infinity || Math.abs(y) === Infinity) return false;
  const difference = Math.abs(y - x);
  return difference <= Math.abs(rel * y) || difference <= Math.abs(rel * x) || difference <= abs;
}

/** floor and ceil: the method of that name, or the rounded double. */
function rounding(name: string, method: Ref, round: Real, doc: string): NativeDefinition {
  return native(
    `${name}($module, x, /)`,
    (rt, _module, x = 0) => {
      if (rt.words[x + ObjectWord.Type] === T.float) return intOfDouble(rt, round(floatValue(rt, x)));
      const found = lookupSpecial(rt, x, method);
      if (found === 0) return intOfDouble(rt, round(toFloat(rt, x)));
      temp(rt, found);
      const result = call0(rt, found);
      dropTemp(rt, found);
      return result;
    },
    { doc },
  );
}

function trunc(rt: Runtime, _module: Ref, x: Ref): Owned {
  if (rt.words[x + ObjectWord.Type] === T.float) return toInt(rt, x);
  const method = lookupSpecial(rt, x, Id.__trunc__);
  if (method === 0) typeError(rt, `type ${kindName(rt, x)} doesn't define __trunc__ method`);
  temp(rt, method);
  const result = call0(rt, method);
  dropTemp(rt, method);
  return result;
}

function predicate(name: string, test: (x: number) => boolean, doc: string): NativeDefinition {
  return native(`${name}($module, x, /)`, (rt, _module, x = 0) => pyBool(test(toFloat(rt, x))) as Owned, { doc });
}

function two(name: string, compute: (x: number, y: number) => number, doc: string): NativeDefinition {
  return native(
    `${name}($module, ${name === 'atan2' ? 'y, x' : 'x, y'}, /)`,
    (rt, _module, x = 0, y = 0) => {
      const first = toFloat(rt, x);
      return newFloat(rt, compute(first, toFloat(rt, y)));
    },
    { doc },
  );
}

function logFunction(name: string, compute: Real, doc: string): NativeDefinition {
  return native(`${name}($module, x, /)`, (rt, _module, x = 0) => newFloat(rt, logOf(rt, x, compute)), { doc });
}

/** The functions of this file. */
export const REAL_FUNCTIONS = [
  real('acos', accurateAcos, 'Arc cosine.'),
  real('acosh', acosh, 'Inverse hyperbolic cosine.'),
  real('asin', accurateAsin, 'Arc sine.'),
  real('asinh', asinh, 'Inverse hyperbolic sine.'),
  real('atan', accurateAtan, 'Arc tangent.'),
  two('atan2', accurateAtan2, 'Arc tangent of y/x in the right quadrant.'),
  real('atanh', Math.atanh, 'Inverse hyperbolic tangent.'),
  real('cbrt', cbrt, 'Cube root.'),
  two(
    'copysign',
    (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
    'The first number with the sign of the second.',
  ),
  real('cos', accurateCos, 'Cosine.'),
  real('cosh', cosh, 'Hyperbolic cosine.', false),
  real('degrees', (x) => x * (180 / Math.PI), 'Radians as degrees.', false),
  real('erf', erf, 'Error function.'),
  real('erfc', erfc, 'Complementary error function.'),
  real('exp', accurateExp, 'e to the power of x.', false),
  real('exp2', (x) => accuratePow(2, x), '2 to the power of x.', false),
  real('expm1', Math.expm1, 'exp(x) - 1.', false),
  real('fabs', Math.abs, 'Absolute value.'),
  native('fmod($module, x, y, /)', fmod, { doc: 'Remainder with the sign of x.' }),
  native('frexp($module, x, /)', frexp, { doc: 'Mantissa and exponent.' }),
  real('gamma', gamma, 'Gamma function.', false),
  real('lgamma', logGamma, 'Logarithm of the gamma function.', false),
  native('ldexp($module, x, i, /)', ldexp, { doc: 'x * 2**i.' }),
  nativeRaw('log', log, { doc: 'log(x, [base=math.e])\nLogarithm of x in a base.' }),
  logFunction('log10', log10, 'Logarithm in base 10.'),
  real('log1p', Math.log1p, 'log(1 + x).'),
  logFunction('log2', log2, 'Logarithm in base 2.'),
  native('modf($module, x, /)', modf, { doc: 'Fraction and whole part.' }),
  native('nextafter($module, x, y, /, *, steps=None)', nextafter, { doc: 'The next float towards y.' }),
  native('pow($module, x, y, /)', pow, { doc: 'x to the power of y.' }),
  real('radians', (x) => x * (Math.PI / 180), 'Degrees as radians.'),
  native('remainder($module, x, y, /)', remainder, { doc: 'Difference from the nearest multiple of y.' }),
  real('sin', accurateSin, 'Sine.'),
  real('sinh', sinh, 'Hyperbolic sine.', false),
  real('sqrt', Math.sqrt, 'Square root.'),
  real('tan', accurateTan, 'Tangent.'),
  real('tanh', Math.tanh, 'Hyperbolic tangent.'),
  native('trunc($module, x, /)', trunc, { doc: 'The integer between x and 0.' }),
  real('ulp', ulp, 'Distance to the next float.'),
  rounding('floor', Id.__floor__, Math.floor, 'The largest integer not above x.'),
  rounding('ceil', Id.__ceil__, Math.ceil, 'The smallest integer not below x.'),
  native('isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)', isclose, {
    doc: 'Whether two numbers are close.',
  }),
  predicate('isfinite', Number.isFinite, 'True if x is neither infinite nor NaN.'),
  predicate('isinf', (x) => Math.abs(x) === Infinity, 'True if x is infinite.'),
  predicate('isnan', Number.isNaN, 'True if x is NaN.'),
];
