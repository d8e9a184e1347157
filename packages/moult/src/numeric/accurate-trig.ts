/** Sine, cosine, tangent and their inverses as the C library rounds them: to the nearest double, in all but a few cases in a
 *  million. The work is done in double-doubles (see accurate-pow.ts); what the engine gives is only a first guess. */
import { addDd, divideDd, multiplyDd, toNumber, twoSum } from './double-double.ts';
import type { Pair } from './double-double.ts';

/** π/2 times 2 to the power of `PI_BITS`. */
const PI_BITS = 1216;
let halfPi = 0n;

function inverseTangent(n: bigint, one: bigint): bigint {
  const square = n * n;
  let power = one / n;
  let sum = power;
  let sign = -1n;
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= square;
    sum += (sign * power) / k;
    sign = -sign;
  }
  return sum;
}

/** Machin's formula, with bits to spare. */
function halfPiBits(): bigint {
  const guard = 64;
  const one = 1n << BigInt(PI_BITS + guard);
  return (2n * (4n * inverseTangent(5n, one) - inverseTangent(239n, one))) >> BigInt(guard);
}

const cell = new DataView(new ArrayBuffer(8));

/** A finite number as an integer and a power of two. */
function parts(x: number): { mantissa: bigint; exponent: number } {
  cell.setFloat64(0, x);
  const bits = cell.getBigUint64(0);
  const raw = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return raw === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10000000000000n, exponent: raw - 1075 };
}

/** A fixed-point number as a double-double. */
function pairOfBits(value: bigint, bits: number): Pair {
  const sign = value < 0n ? -1 : 1;
  const size = value < 0n ? -value : value;
  const length = size.toString(2).length;
  const drop = Math.max(length - 110, 0);
  const top = size >> BigInt(drop);
  const high = Number(top);
  const low = Number(top - BigInt(high));
  const scale = 2 ** (drop - bits);
  return [sign * high * scale, sign * low * scale];
}

interface Reduced {
  /** The quarter turns taken away. */
  readonly quadrant: number;
  /** What is left, at most an eighth of a turn. */
  readonly rest: Pair;
}

const EIGHTH = Math.PI / 4;

/** Takes quarter turns away. */
function reduce(x: number): Reduced {
  if (Math.abs(x) <= EIGHTH) return { quadrant: 0, rest: [x, 0] };
  if (halfPi === 0n) halfPi = halfPiBits();
  const { mantissa, exponent } = parts(x);
  const wide =
    exponent >= 0 ? mantissa << BigInt(exponent + PI_BITS) : (mantissa << BigInt(PI_BITS)) >> BigInt(-exponent);
  const turns = (2n * wide + halfPi) / (2n * halfPi);
  const rest = wide - turns * halfPi;
  const quadrant = Number(turns & 3n);
  const pair = pairOfBits(rest, PI_BITS);
  return x < 0 ? { quadrant: (4 - quadrant) & 3, rest: [-pair[0], -pair[1]] } : { quadrant, rest: pair };
}

/** 1/n! as double-doubles. */
const INVERSE: Pair[] = [[1, 0]];
for (let n = 1; n <= 24; n++) INVERSE.push(divideDd(INVERSE[n - 1] ?? [1, 0], [n, 0]));

const STEPS = 16;
/** Sine and cosine of k/16. */
const table: { sine: Pair; cosine: Pair }[] = [];

/** The series, for arguments up to one. */
function series(x: Pair, first: 0 | 1, terms: number): Pair {
  const square = multiplyDd(x, x);
  let sum: Pair = [0, 0];
  for (let n = first + 2 * terms; n >= first; n -= 2) {
    const sign = ((n - first) / 2) % 2 === 0 ? 1 : -1;
    const term = INVERSE[n] ?? [0, 0];
    sum = addDd(multiplyDd(sum, square), [sign * term[0], sign * term[1]]);
  }
  return first === 1 ? multiplyDd(sum, x) : sum;
}

function tableEntry(k: number): { sine: Pair; cosine: Pair } {
  const known = table[k];
  if (known !== undefined) return known;
  const x: Pair = [k / STEPS, 0];
  const entry = { sine: series(x, 1, 11), cosine: series(x, 0, 12) };
  table[k] = entry;
  return entry;
}

/** Sine and cosine of at most an eighth of a turn (or a little more). */
function sineAndCosine(x: Pair): { sine: Pair; cosine: Pair } {
  const negative = x[0] < 0;
  const size: Pair = negative ? [-x[0], -x[1]] : x;
  const k = Math.round(size[0] * STEPS);
  const [high, error] = twoSum(size[0], -k / STEPS);
  const small = addDd([high, error], [size[1], 0]);
  const a = tableEntry(k);
  const sine = series(small, 1, 6);
  const cosine = series(small, 0, 7);
  const s = addDd(multiplyDd(a.sine, cosine), multiplyDd(a.cosine, sine));
  const product = multiplyDd(a.sine, sine);
  const c = addDd(multiplyDd(a.cosine, cosine), [-product[0], -product[1]]);
  return { sine: negative ? [-s[0], -s[1]] : s, cosine: c };
}

const negate = ([high, low]: Pair): Pair => [-high, -low];

function both(x: number): { sine: Pair; cosine: Pair } {
  const { quadrant, rest } = reduce(x);
  const { sine, cosine } = sineAndCosine(rest);
  switch (quadrant) {
    case 0:
      return { sine, cosine };
    case 1:
      return { sine: cosine, cosine: negate(sine) };
    case 2:
      return { sine: negate(sine), cosine: negate(cosine) };
    default:
      return { sine: negate(cosine), cosine: sine };
  }
}

/** Below this the functions are their argument, up to a rounding that the engine does well. */
const TINY = 2 ** -26;

export function accurateSin(x: number): number {
  return Math.abs(x) < TINY || !Number.isFinite(x) ? Math.sin(x) : toNumber(both(x).sine);
}

export function accurateCos(x: number): number {
  return Math.abs(x) < TINY || !Number.isFinite(x) ? Math.cos(x) : toNumber(both(x).cosine);
}

export function accurateTan(x: number): number {
  if (Math.abs(x) < TINY || !Number.isFinite(x)) return Math.tan(x);
  const { sine, cosine } = both(x);
  return toNumber(divideDd(sine, cosine));
}

/** A guess and what is to be added to it. */
function corrected(guess: number, top: Pair, bottom: Pair): number {
  return guess + top[0] / bottom[0];
}

export function accurateAsin(x: number): number {
  if (!(Math.abs(x) <= 1) || Math.abs(x) < TINY) return Math.asin(x);
  const guess = Math.asin(x);
  if (Math.abs(x) === 1) return guess;
  const { sine, cosine } = both(guess);
  return corrected(guess, addDd([x, 0], negate(sine)), cosine);
}

export function accurateAcos(x: number): number {
  const guess = Math.acos(x);
  if (!(Math.abs(x) < 1)) return guess;
  const { sine, cosine } = both(guess);
  return corrected(guess, addDd(cosine, [-x, 0]), sine);
}

export function accurateAtan(x: number): number {
  const guess = Math.atan(x);
  if (Math.abs(x) < TINY || !Number.isFinite(x) || Math.abs(x) > 1e17) return guess;
  const { sine, cosine } = both(guess);
  return corrected(guess, addDd(multiplyDd([x, 0], cosine), negate(sine)), addDd(cosine, multiplyDd([x, 0], sine)));
}

export function accurateAtan2(y: number, x: number): number {
  const guess = Math.atan2(y, x);
  const isPlain = Number.isFinite(x) && Number.isFinite(y) && x !== 0 && y !== 0;
  const ratio = Math.abs(y / x);
  if (!isPlain || !(ratio > 1e-17 && ratio < 1e17) || Math.abs(guess) < 1e-290) return guess;
  const scale = 2 ** -Math.floor(Math.log2(Math.max(Math.abs(x), Math.abs(y))));
  if (!Number.isFinite(scale) || scale === 0) return guess;
  const { sine, cosine } = both(guess);
  const [p, q] = [y * scale, x * scale];
  const top = addDd(multiplyDd([p, 0], cosine), negate(multiplyDd([q, 0], sine)));
  return corrected(guess, top, addDd(multiplyDd([q, 0], cosine), multiplyDd([p, 0], sine)));
}
