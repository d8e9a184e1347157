/** Powers and lengths rounded as the C library rounds them.
 *
 *  JavaScript's `**` and `Math.hypot` may be off by some units in the last place, which a program sees as another
 *  constant. Here the work is done in *double-doubles*: a number is the unevaluated sum of two doubles, about 106
 *  bits, of which the final rounding keeps 53. */

import { addDd as add, multiplyDd as multiply, twoProduct } from './double-double.ts';
import type { Pair } from './double-double.ts';

function scale(a: Pair, power: number): Pair {
  return [a[0] * power, a[1] * power];
}

const LN2: Pair = [0.6931471805599453, 2.3190468138462996e-17];

/** 1/n! for n from 0, as far as they matter for arguments below 0.001. */
const INVERSE_FACTORIALS: readonly Pair[] = makeInverseFactorials();

function makeInverseFactorials(): Pair[] {
  const table: Pair[] = [[1, 0]];
  let factorial = 1;
  for (let n = 1; n <= 12; n++) {
    factorial *= n;
    const high = 1 / factorial;
    const [product, error] = twoProduct(high, factorial);
    table.push([high, (1 - product - error) / factorial]);
  }
  return table;
}

/** e**a as a pair and a power of two. */
function exp(a: Pair): { value: Pair; exponent: number } {
  const exponent = Math.round(a[0] / LN2[0]);
  const reduced = scale(add(a, multiply([-exponent, 0], LN2)), 1 / 512);
  let sum: Pair = INVERSE_FACTORIALS[12]!;
  for (let n = 11; n >= 1; n--) sum = add(multiply(sum, reduced), INVERSE_FACTORIALS[n]!);
  let minusOne = multiply(sum, reduced);
  for (let i = 0; i < 9; i++) minusOne = add(scale(minusOne, 2), multiply(minusOne, minusOne));
  return { value: add([1, 0], minusOne), exponent };
}

/** Natural logarithm of a positive, finite, normal number. */
function log(x: number): Pair {
  let exponent = Math.floor(Math.log2(x));
  let mantissa = x * 2 ** -Math.trunc(exponent / 2) * 2 ** -(exponent - Math.trunc(exponent / 2));
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  const guess = Math.log(mantissa);
  const { value, exponent: shift } = exp([-guess, 0]);
  const error = add(multiply(scale(value, 2 ** shift), [mantissa, 0]), [-1, 0]);
  const correction = add(error, scale(multiply(error, error), -0.5));
  return add(multiply([exponent, 0], LN2), add([guess, 0], correction));
}

/** `e ** x`, correctly rounded in all but a few cases in a million. */
export function accurateExp(x: number): number {
  const rough = Math.exp(x);
  if (!(rough > 0 && rough < 1e300) || rough === 1) return rough;
  const { value, exponent } = exp([x, 0]);
  const half = Math.trunc(exponent / 2);
  return (value[0] + value[1]) * 2 ** half * 2 ** (exponent - half);
}

/** Natural logarithm, likewise. */
export function accurateLog(x: number): number {
  if (!(x > 2.3e-308 && x < Infinity) || x === 1) return Math.log(x);
  const [high, low] = log(x);
  return high + low;
}

/** `x ** y` of floats, correctly rounded in all but a few cases in a million. */
export function accuratePow(x: number, y: number): number {
  if (y === -1) return 1 / x;
  if (y === 2) return x * x;
  const rough = x ** y;
  const base = Math.abs(x);
  if (base === 0 || !Number.isFinite(rough) || rough === 0 || rough === 1 || !Number.isFinite(y)) return rough;
  if (base < 2.3e-308 || Math.abs(y) > 1e15 || base === 1) return rough;
  const { value, exponent } = exp(multiply(log(base), [y, 0]));
  const half = Math.trunc(exponent / 2);
  const magnitude = (value[0] + value[1]) * 2 ** half * 2 ** (exponent - half);
  return rough < 0 ? -magnitude : magnitude;
}

/** Length of (x, y). */
export function accurateHypot(x: number, y: number): number {
  const rough = Math.hypot(x, y);
  if (!(rough > 0 && rough < Infinity)) return rough;
  if (rough <= 1e-140) return accurateHypot(x * 2 ** 600, y * 2 ** 600) * 2 ** -600;
  if (rough >= 1e140) return accurateHypot(x * 2 ** -600, y * 2 ** -600) * 2 ** 600;
  const [high, low] = add(twoProduct(x, x), twoProduct(y, y));
  const root = Math.sqrt(high);
  const [square, error] = twoProduct(root, root);
  return root + (high - square - error + low) / (2 * root);
}
