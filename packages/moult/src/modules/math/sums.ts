/** Sums and lengths that are rounded once. */

/** The sum of two doubles and what its rounding lost. */
export function twoSum(a: number, b: number): [number, number] {
  const sum = a + b;
  const part = sum - a;
  return [sum, a - (sum - part) + (b - part)];
}

const SPLITTER = 2 ** 27 + 1;
/** Beyond this, splitting would overflow. */
const LARGE = 2 ** 990;

/** The product of two doubles and what its rounding lost. */
export function twoProduct(a: number, b: number): [number, number] {
  const product = a * b;
  if (Number.isFinite(product) && Math.max(Math.abs(a), Math.abs(b)) > LARGE) return largeProduct(a, b, product);
  const ta = SPLITTER * a;
  const ah = ta - (ta - a);
  const al = a - ah;
  const tb = SPLITTER * b;
  const bh = tb - (tb - b);
  const bl = b - bh;
  return [product, ah * bh - product + ah * bl + al * bh + al * bl];
}

function largeProduct(a: number, b: number, product: number): [number, number] {
  const [x, y] = Math.abs(a) > LARGE ? [a / 2 ** 64, b] : [a, b / 2 ** 64];
  return [product, twoProduct(x, y)[1] * 2 ** 64];
}

/** A sum kept exactly as doubles that do not overlap (Shewchuk). */
export class ExactSum {
  private readonly partials: number[] = [];
  private special = 0;
  private infinities = 0;
  /** Set when finite numbers made an infinite partial sum. */
  overflowed = false;
  /** Set when infinities of both signs were added. */
  mixed = false;

  /** Adds a number. */
  add(value: number): void {
    if (!Number.isFinite(value)) return this.addSpecial(value);
    const { partials } = this;
    let used = 0;
    let x = value;
    for (const y of partials) {
      const [sum, rest] = twoSum(x, y);
      if (!Number.isFinite(sum)) this.overflowed = true;
      if (rest !== 0) partials[used++] = rest;
      x = sum;
    }
    partials.length = used;
    partials.push(x);
  }

  private addSpecial(value: number): void {
    if (value === value) {
      if (this.infinities === -value) this.mixed = true;
      this.infinities = value;
    }
    this.special += value;
  }

  /** The sum, rounded half to even. */
  result(): number {
    if (this.special !== 0) return this.special;
    const { partials } = this;
    let n = partials.length;
    if (n === 0) return 0;
    let high = partials[--n] as number;
    let low = 0;
    while (n > 0) {
      const x = high;
      const y = partials[--n] as number;
      high = x + y;
      low = y - (high - x);
      if (low !== 0) break;
    }
    const next = partials[n - 1] ?? 0;
    if (n > 0 && ((low < 0 && next < 0) || (low > 0 && next > 0))) {
      const twice = low * 2;
      const moved = high + twice;
      if (twice === moved - high) high = moved;
    }
    return high;
  }
}

/** Euclidean length of a vector. */
export function vectorLength(values: readonly number[]): number {
  let max = 0;
  let hasNaN = false;
  for (const value of values) {
    if (value !== value) hasNaN = true;
    max = Math.max(max, Math.abs(value === value ? value : 0));
  }
  if (max === Infinity) return Infinity;
  if (hasNaN) return NaN;
  if (max === 0 || values.length <= 1) return max;
  const exponent = Math.floor(Math.log2(max));
  const half = Math.trunc(-exponent / 2);
  const up = 2 ** half;
  const rest = 2 ** (-exponent - half);
  const sum = new ExactSum();
  for (const value of values) {
    const scaled = value * up * rest;
    const [square, error] = twoProduct(scaled, scaled);
    sum.add(square);
    sum.add(error);
  }
  const root = Math.sqrt(sum.result());
  const [square, error] = twoProduct(root, root);
  sum.add(-square);
  sum.add(-error);
  const corrected = root + sum.result() / (2 * root);
  return corrected / up / rest;
}
