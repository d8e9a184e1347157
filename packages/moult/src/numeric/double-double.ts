/** Arithmetic on *double-doubles*: a number is the unevaluated sum of two doubles, about 106 bits. */

export type Pair = readonly [high: number, low: number];

const SPLITTER = 2 ** 27 + 1;

/** Sum of two doubles, the first the larger. */
function quickSum(a: number, b: number): Pair {
  const sum = a + b;
  return [sum, b - (sum - a)];
}

/** Exact sum of two doubles. */
export function twoSum(a: number, b: number): Pair {
  const sum = a + b;
  const part = sum - a;
  return [sum, a - (sum - part) + (b - part)];
}

/** Exact product of two doubles. */
export function twoProduct(a: number, b: number): Pair {
  const product = a * b;
  const ta = SPLITTER * a;
  const ah = ta - (ta - a);
  const al = a - ah;
  const tb = SPLITTER * b;
  const bh = tb - (tb - b);
  const bl = b - bh;
  return [product, ah * bh - product + ah * bl + al * bh + al * bl];
}

export function addDd(a: Pair, b: Pair): Pair {
  const [high, low] = twoSum(a[0], b[0]);
  const [low1, low2] = twoSum(a[1], b[1]);
  const [mid, rest] = quickSum(high, low + low1);
  return quickSum(mid, rest + low2);
}

export function multiplyDd(a: Pair, b: Pair): Pair {
  const [high, low] = twoProduct(a[0], b[0]);
  return quickSum(high, low + a[0] * b[1] + a[1] * b[0]);
}

export function divideDd(a: Pair, b: Pair): Pair {
  const first = a[0] / b[0];
  const [p, q] = multiplyDd(b, [first, 0]);
  const rest = addDd(a, [-p, -q]);
  const second = rest[0] / b[0];
  const [r, t] = multiplyDd(b, [second, 0]);
  const left = addDd(rest, [-r, -t]);
  return addDd(quickSum(first, second), [left[0] / b[0], 0]);
}

export const toNumber = (a: Pair): number => a[0] + a[1];
