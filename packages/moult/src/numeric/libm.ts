/** Functions of the C library that CPython shows, by the algorithms of glibc where a rounding depends on the algorithm: the
 *  hyperbolic functions and logarithms after fdlibm (Copyright (C) 1993 by Sun Microsystems, Inc., freely usable). */
import { accurateExp, accurateLog } from './accurate-pow.ts';
import { splitFloat } from './float-bits.ts';

const LN2 = 0.6931471805599453;

export function sinh(x: number): number {
  const t = Math.abs(x);
  if (!Number.isFinite(x)) return x;
  const h = x < 0 ? -0.5 : 0.5;
  if (t < 22) {
    if (t < 2 ** -28) return x;
    const e = Math.expm1(t);
    return t < 1 ? h * (2 * e - (e * e) / (e + 1)) : h * (e + e / (e + 1));
  }
  if (t < 709.78) return h * accurateExp(t);
  const w = accurateExp(0.5 * t);
  return h * w * w;
}

export function cosh(x: number): number {
  const t = Math.abs(x);
  if (!Number.isFinite(x)) return t;
  if (t < 22) {
    if (t < 0.5 * LN2) {
      if (t < 2 ** -55) return 1;
      const e = Math.expm1(t);
      const w = 1 + e;
      return 1 + (e * e) / (w + w);
    }
    const e = accurateExp(t);
    return 0.5 * e + 0.5 / e;
  }
  if (t < 709.78) return 0.5 * accurateExp(t);
  const w = accurateExp(0.5 * t);
  return 0.5 * w * w;
}

export function asinh(x: number): number {
  const t = Math.abs(x);
  if (!Number.isFinite(x) || t < 2 ** -28) return x;
  let w: number;
  if (t > 2 ** 28) w = accurateLog(t) + LN2;
  else if (t > 2) w = accurateLog(2 * t + 1 / (Math.sqrt(x * x + 1) + t));
  else w = Math.log1p(t + (t * t) / (1 + Math.sqrt(1 + t * t)));
  return x < 0 ? -w : w;
}

export function acosh(x: number): number {
  if (!(x > 1)) return x === 1 ? 0 : NaN;
  if (x > 2 ** 28) return x === Infinity ? x : accurateLog(x) + LN2;
  if (x > 2) return accurateLog(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
  const t = x - 1;
  return Math.log1p(t + Math.sqrt(2 * t + t * t));
}

/** 2 to the power of −2/3, −1/3, 0, 1/3, 2/3. */
const CUBE_ROOTS = [1 / 1.5874010519681996, 1 / 1.2599210498948732, 1, 1.2599210498948732, 1.5874010519681996] as const;

/** The cube root: a polynomial for the mantissa and one step of Halley's method, as glibc before 2.41. */
export function cbrt(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const { mantissa, exponent } = splitFloat(x);
  const high = Math.floor(mantissa / 2 ** 32);
  const bits = high > 0 ? 64 - Math.clz32(high) : 32 - Math.clz32(mantissa);
  const m = mantissa / 2 ** bits;
  const e = exponent + bits;
  const u =
    0.35489576504391984 +
    (1.508191937815849 -
      (2.114994941673713 -
        (2.4469312256353444 - (1.8346927748361308 - (0.7849323449766392 - 0.14526389938548637 * m) * m) * m) * m) *
        m) *
      m;
  const cube = u * u * u;
  const root = ((u * (cube + 2 * m)) / (2 * cube + m)) * (CUBE_ROOTS[2 + (e % 3)] as number);
  return (x > 0 ? root : -root) * 2 ** Math.trunc(e / 3);
}

const IVLN10 = 4.34294481903251816668e-1;
const LOG10_2HI = 3.01029995663611771306e-1;
const LOG10_2LO = 3.69423907715893078616e-13;

export function log10(x: number): number {
  if (!(x > 0) || x === Infinity) return Math.log10(x);
  let k = 0;
  let y = x;
  if (y < 2.2250738585072014e-308) {
    k = -54;
    y *= 2 ** 54;
  }
  const exponent = exponentOf(y);
  k += exponent;
  const i = k < 0 ? 1 : 0;
  y = y * 2 ** -Math.trunc(exponent / 2) * 2 ** -(exponent - Math.trunc(exponent / 2));
  if (i === 1) y /= 2;
  const z = (k + i) * LOG10_2LO + IVLN10 * accurateLog(y);
  return z + (k + i) * LOG10_2HI;
}

const cell = new DataView(new ArrayBuffer(8));

/** The exponent of a normal number. */
function exponentOf(x: number): number {
  cell.setFloat64(0, x);
  return ((cell.getUint32(0) >>> 20) & 0x7ff) - 1023;
}

const ERX = 8.45062911510467529297e-1;
const EFX = 1.28379167095512586316e-1;
const PP = [
  1.28379167095512558561e-1, -3.2504210724700149937e-1, -2.84817495755985104766e-2, -5.77027029648944159157e-3,
  -2.37630166566501626084e-5,
];
const QQ = [
  1, 3.97917223959155352819e-1, 6.50222499887672944485e-2, 5.08130628187576562776e-3, 1.32494738004321644526e-4,
  -3.9602282787753681232e-6,
];
const PA = [
  -2.36211856075265944077e-3, 4.14856118683748331666e-1, -3.72207876035701323847e-1, 3.18346619901161753674e-1,
  -1.10894694282396677476e-1, 3.54783043256182359371e-2, -2.166375594868790843e-3,
];
const QA = [
  1, 1.06420880400844228286e-1, 5.40397917702171048937e-1, 7.18286544141962662868e-2, 1.26171219808761642112e-1,
  1.36370839120290507362e-2, 1.1984499846799107417e-2,
];
const RA = [
  -9.86494403484714822705e-3, -6.93858572707181764372e-1, -1.05586262253232909814e1, -6.23753324503260060396e1,
  -1.62396669462573470355e2, -1.84605092906711035994e2, -8.12874355063065934246e1, -9.81432934416914548592,
];
const SA = [
  1, 1.96512716674392571292e1, 1.376577541435190426e2, 4.34565877475229228821e2, 6.45387271733267880336e2,
  4.29008140027567833386e2, 1.08635005541779435134e2, 6.57024977031928170135, -6.04244152148580987438e-2,
];
const RB = [
  -9.86494292470009928597e-3, -7.99283237680523006574e-1, -1.77579549177547519889e1, -1.60636384855821916062e2,
  -6.37566443368389627722e2, -1.02509513161107724954e3, -4.83519191608651397019e2,
];
const SB = [
  1, 3.03380607434824582924e1, 3.25792512996573918826e2, 1.53672958608443695994e3, 3.19985821950859553908e3,
  2.55305040643316442583e3, 4.74528541206955367215e2, -2.24409524465858183362e1,
];

/** A polynomial in the order in which glibc adds its terms up. */
function poly(c: readonly number[], x: number): number {
  const at = (i: number): number => c[i] ?? 0;
  const x2 = x * x;
  const pair = (i: number): number => at(i) + (i + 1 < c.length ? x * at(i + 1) : 0);
  const x4 = x2 * x2;
  const x6 = x4 * x2;
  const x8 = x4 * x4;
  let sum = pair(0) + x2 * pair(2) + x4 * pair(4);
  if (c.length > 6) sum += x6 * pair(6);
  if (c.length > 8) sum += x8 * at(8);
  return sum;
}

/** erfc(|x|) for |x| from 1.25 to 28, before the factor 1/|x|. */
function tail(x: number): number {
  const s = 1 / (x * x);
  const isNear = x < 1 / 0.35;
  const ratio = isNear ? poly(RA, s) / poly(SA, s) : poly(RB, s) / poly(SB, s);
  cell.setFloat64(0, x);
  cell.setUint32(4, 0);
  const z = cell.getFloat64(0);
  return (accurateExp(-z * z - 0.5625) * accurateExp((z - x) * (z + x) + ratio)) / x;
}

export function erf(x: number): number {
  const t = Math.abs(x);
  const sign = x < 0 ? -1 : 1;
  if (!Number.isFinite(x)) return x !== x ? x : sign;
  if (t < 0.84375) {
    if (t < 2 ** -28) return t < 2 ** -1015 ? 0.0625 * (16 * x + 16 * EFX * x) : x + EFX * x;
    return x + x * (poly(PP, x * x) / poly(QQ, x * x));
  }
  if (t < 1.25) return sign * (ERX + poly(PA, t - 1) / poly(QA, t - 1));
  return t >= 6 ? sign : sign * (1 - tail(t));
}

export function erfc(x: number): number {
  const t = Math.abs(x);
  if (!Number.isFinite(x)) return x !== x ? x : x < 0 ? 2 : 0;
  if (t < 0.84375) {
    if (t < 2 ** -56) return 1 - x;
    const y = poly(PP, x * x) / poly(QQ, x * x);
    return x < 0.25 ? 1 - (x + x * y) : 0.5 - (x - 0.5 + x * y);
  }
  if (t < 1.25) {
    const ratio = poly(PA, t - 1) / poly(QA, t - 1);
    return x > 0 ? 1 - ERX - ratio : 1 + (ERX + ratio);
  }
  if (t >= 28 || (x < 0 && t >= 6)) return x > 0 ? 0 : 2;
  return x > 0 ? tail(t) : 2 - tail(t);
}
