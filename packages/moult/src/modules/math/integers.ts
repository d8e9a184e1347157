/** gcd, lcm, comb, perm, factorial, isqrt. */
import type { Owned, Ref } from '@moult/heap';
import { overflowError, valueError } from '../../core/errors.ts';
import { countWork } from '../../core/limits.ts';
import { native, nativeRaw } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { intGcd, intSqrt } from '../../numeric/int-math.ts';
import { refuseHuge } from '../../objects/int/arithmetic.ts';
import { integerArgument, newInteger } from './arguments.ts';

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function gcd(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  let result = 0n;
  for (let i = 0; i < nargs; i++) {
    const value = integerArgument(rt, rt.words[args + i]);
    result = magnitude(result === 1n ? 1n : intGcd(result, value));
  }
  return newInteger(rt, result);
}

function lcm(rt: Runtime, _module: Ref, args: number, nargs: number): Owned {
  let result = 1n;
  for (let i = 0; i < nargs; i++) {
    const value = integerArgument(rt, rt.words[args + i]);
    if (result !== 0n) result = value === 0n ? 0n : magnitude((result / intGcd(result, value)) * value);
  }
  return newInteger(rt, result);
}

/** Whose product takes a while. */
const MANY_FACTORS = 1n << 14n;

/** The product of the integers from `low` to `high`, by halves so that factors are of like size. */
function product(rt: Runtime, low: bigint, high: bigint): bigint {
  if (low > high) return 1n;
  if (high - low < 8n) {
    let result = low;
    for (let i = low + 1n; i <= high; i++) result *= i;
    return result;
  }
  const middle = (low + high) >> 1n;
  const result = product(rt, low, middle) * product(rt, middle + 1n, high);
  if (high - low > MANY_FACTORS) countWork(rt);
  return result;
}

function factorial(rt: Runtime, _module: Ref, x: Ref): Owned {
  const n = integerArgument(rt, x);
  if (n < 0n) valueError(rt, 'factorial() not defined for negative values');
  if (n > 0x7fffffffffffffffn) overflowError(rt, 'factorial() argument should not exceed 9223372036854775807');
  refuseHuge(rt, Number(n) * Math.max(Math.log2(Number(n)) - 1.5, 1));
  return newInteger(rt, product(rt, 2n, n));
}

function perm(rt: Runtime, _module: Ref, x: Ref, y = 0): Owned {
  const n = integerArgument(rt, x);
  if (y === 0 || y === S.None) return factorial(rt, 0, x);
  const k = integerArgument(rt, y);
  if (n < 0n) valueError(rt, 'n must be a non-negative integer');
  if (k < 0n) valueError(rt, 'k must be a non-negative integer');
  if (k > n) return newInteger(rt, 0n);
  if (k > 0x7fffffffffffffffn) overflowError(rt, 'k must not exceed 9223372036854775807');
  refuseHuge(rt, Number(k) * Math.log2(Number(n) + 1), Number(k) * Math.log2(Number(n - k) + 1));
  return newInteger(rt, product(rt, n - k + 1n, n));
}

function comb(rt: Runtime, _module: Ref, x: Ref, y = 0): Owned {
  const n = integerArgument(rt, x);
  let k = integerArgument(rt, y);
  if (n < 0n) valueError(rt, 'n must be a non-negative integer');
  if (k < 0n) valueError(rt, 'k must be a non-negative integer');
  if (k > n) return newInteger(rt, 0n);
  if (n - k < k) k = n - k;
  if (k > 0x7fffffffffffffffn) overflowError(rt, 'min(n - k, k) must not exceed 9223372036854775807');
  refuseHuge(rt, Math.min(Number(n), Number(k) * Math.log2(Number(n) + 1)), 0);
  return newInteger(rt, product(rt, n - k + 1n, n) / product(rt, 2n, k));
}

function isqrt(rt: Runtime, _module: Ref, x: Ref): Owned {
  const n = integerArgument(rt, x);
  if (n < 0n) valueError(rt, 'isqrt() argument must be nonnegative');
  return newInteger(rt, intSqrt(n));
}

/** The functions of this file. */
export const INTEGER_FUNCTIONS = [
  nativeRaw('gcd', gcd, { signature: '($module, *integers)', doc: 'Greatest common divisor.' }),
  nativeRaw('lcm', lcm, { signature: '($module, *integers)', doc: 'Least common multiple.' }),
  native('factorial($module, n, /)', factorial, { doc: 'Product of the integers up to n.' }),
  native('perm($module, n, k=None, /)', perm, { doc: 'Ways to choose k of n things in order.' }),
  native('comb($module, n, k, /)', comb, { doc: 'Ways to choose k of n things.' }),
  native('isqrt($module, n, /)', isqrt, { doc: 'Square root, rounded down.' }),
];
