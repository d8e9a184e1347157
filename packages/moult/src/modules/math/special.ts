/** gamma and lgamma. Source: CPython 3.12 mathmodule.c, which has its own. */
import { accurateExp, accurateLog, accuratePow } from '../../numeric/accurate-pow.ts';
import { accurateCos, accurateSin } from '../../numeric/accurate-trig.ts';

const G = 6.024680040776729583740234375;
const G_MINUS_HALF = 5.524680040776729583740234375;

/** Coefficients of the rational Lanczos approximation for G with 13 terms. */
const NUMERATOR = [
  23531376880.41076, 42919803642.6491, 35711959237.35567, 17921034426.03721, 6039542586.352028, 1439720407.3117216,
  248874557.86205417, 31426415.585400194, 2876370.6289353725, 186056.26539522348, 8071.672002365816, 210.82427775157936,
  2.5066282746310002,
];
const DENOMINATOR = [
  0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1,
];

function lanczosSum(x: number): number {
  let top = 0;
  let bottom = 0;
  if (x < 5) {
    for (let i = 12; i >= 0; i--) {
      top = top * x + (NUMERATOR[i] as number);
      bottom = bottom * x + (DENOMINATOR[i] as number);
    }
  } else {
    for (let i = 0; i < 13; i++) {
      top = top / x + (NUMERATOR[i] as number);
      bottom = bottom / x + (DENOMINATOR[i] as number);
    }
  }
  return top / bottom;
}

/** sin(pi * x) without the error of the product. */
function sinPi(x: number): number {
  const y = Math.abs(x) % 2;
  const sign = x < 0 ? -1 : 1;
  switch (Math.round(2 * y)) {
    case 0:
      return sign * accurateSin(Math.PI * y);
    case 1:
      return sign * accurateCos(Math.PI * (y - 0.5));
    case 2:
      return sign * accurateSin(Math.PI * (1 - y));
    case 3:
      return sign * -accurateCos(Math.PI * (y - 1.5));
    default:
      return sign * accurateSin(Math.PI * (y - 2));
  }
}

/** Gamma function. NaN where there is no value, an infinity where it is too large. */
export function gamma(x: number): number {
  if (!Number.isFinite(x)) return x === Infinity ? x : NaN;
  if (x === 0) return NaN;
  if (x === Math.floor(x)) {
    if (x < 0) return NaN;
    if (x <= 23) return smallFactorial(x - 1);
  }
  const size = Math.abs(x);
  if (size < 1e-20) return 1 / x;
  if (size > 200) return x < 0 ? 0 / sinPi(x) : Infinity;
  const y = size + G_MINUS_HALF;
  const z = ((size > G_MINUS_HALF ? y - size - G_MINUS_HALF : y - G_MINUS_HALF - size) * G) / y;
  return x < 0 ? negativeGamma(size, y, z) : positiveGamma(size, y, z);
}

function smallFactorial(n: number): number {
  let result = 1;
  for (let i = 2; i <= n; i++) result *= i;
  return result;
}

function negativeGamma(size: number, y: number, z: number): number {
  let r = ((-Math.PI / sinPi(size) / size) * accurateExp(y)) / lanczosSum(size);
  r -= z * r;
  if (size < 140) return r / accuratePow(y, size - 0.5);
  const root = accuratePow(y, size / 2 - 0.25);
  return r / root / root;
}

function positiveGamma(size: number, y: number, z: number): number {
  let r = lanczosSum(size) / accurateExp(y);
  r += z * r;
  if (size < 140) return r * accuratePow(y, size - 0.5);
  const root = accuratePow(y, size / 2 - 0.25);
  return r * root * root;
}

/** Logarithm of the absolute value of gamma. NaN where there is no value. */
export function logGamma(x: number): number {
  if (!Number.isFinite(x)) return x === x ? Infinity : NaN;
  if (x === Math.floor(x) && x <= 2) return x <= 0 ? NaN : 0;
  const size = Math.abs(x);
  if (size < 1e-20) return -accurateLog(size);
  let r = accurateLog(lanczosSum(size)) - G;
  r += (size - 0.5) * (accurateLog(size + G - 0.5) - 1);
  if (x < 0) r = accurateLog(Math.PI) - accurateLog(Math.abs(sinPi(size))) - accurateLog(size) - r;
  return r;
}
