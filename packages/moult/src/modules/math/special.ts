/** gamma, lgamma, erf, erfc. */

const G = 6.024680040776729583740234375;
const G_MINUS_HALF = 5.524680040776729583740234375;

/** Coefficients of the rational Lanczos approximation for G with 13 terms. */
const NUMERATOR = [
  23531376880.41076, 42919803642.6491, 35711959237.35567, 17921034426.03721, 6039542586.352028, 1439720407.3117216,
  248874557.86205417, 31426415.5854002, 2876370.6289353725, 186056.26539522348, 8071.672002365816, 210.82427775157936,
  2.5066282746310002,
];
const DENOMINATOR = [0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1];

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
      return sign * Math.sin(Math.PI * y);
    case 1:
      return sign * Math.cos(Math.PI * (y - 0.5));
    case 2:
      return sign * Math.sin(Math.PI * (1 - y));
    case 3:
      return sign * -Math.cos(Math.PI * (y - 1.5));
    default:
      return sign * Math.sin(Math.PI * (y - 2));
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
  let r = (-Math.PI / sinPi(size) / size) * Math.exp(y) / lanczosSum(size);
  r -= z * r;
  if (size < 140) return r / y ** (size - 0.5);
  const root = y ** (size / 2 - 0.25);
  return r / root / root;
}

function positiveGamma(size: number, y: number, z: number): number {
  let r = lanczosSum(size) / Math.exp(y);
  r += z * r;
  if (size < 140) return r * y ** (size - 0.5);
  const root = y ** (size / 2 - 0.25);
  return r * root * root;
}

/** Logarithm of the absolute value of gamma. NaN where there is no value. */
export function logGamma(x: number): number {
  if (!Number.isFinite(x)) return x === x ? Infinity : NaN;
  if (x === Math.floor(x) && x <= 2) return x <= 0 ? NaN : 0;
  const size = Math.abs(x);
  if (size < 1e-20) return -Math.log(size);
  let r = Math.log(lanczosSum(size)) - G;
  r += (size - 0.5) * (Math.log(size + G - 0.5) - 1);
  if (x < 0) r = Math.log(Math.PI) - Math.log(Math.abs(sinPi(size))) - Math.log(size) - r;
  return r;
}

/** Error function times 2^bits, by its series in integers. */
function erfFixed(x: number, bits: number): bigint {
  const scale = BigInt(bits);
  const value = toFixed(x, bits);
  const square = (value * value) >> scale;
  let term = value;
  let sum = value;
  for (let n = 1n; term !== 0n; n++) {
    term = -((term * square) >> scale) / n;
    sum += term / (2n * n + 1n);
    if (term === -1n) break;
  }
  return (sum * twoOverRootPi(bits)) >> scale;
}

function toFixed(x: number, bits: number): bigint {
  const exponent = Math.max(-1074, Math.floor(Math.log2(Math.abs(x))) - 52);
  const half = Math.trunc(-exponent / 2);
  const mantissa = BigInt(Math.round(x * 2 ** half * 2 ** (-exponent - half)));
  const shift = bits + exponent;
  return shift >= 0 ? mantissa << BigInt(shift) : mantissa >> BigInt(-shift);
}

let rootBits = 0;
let rootValue = 0n;

/** 2 / sqrt(pi) times 2^bits; the value computed last is kept. */
function twoOverRootPi(bits: number): bigint {
  if (rootBits === bits) return rootValue;
  const extra = bits + 32;
  const pi = machinPi(extra);
  rootValue = (2n << BigInt(extra + bits)) / integerRoot(pi << BigInt(extra));
  rootBits = bits;
  return rootValue;
}

/** pi times 2^bits, by Machin's formula. */
function machinPi(bits: number): bigint {
  const one = 1n << BigInt(bits + 16);
  return (4n * (4n * arctanInverse(5n, one) - arctanInverse(239n, one))) >> 16n;
}

function arctanInverse(n: bigint, one: bigint): bigint {
  let term = one / n;
  let sum = term;
  for (let k = 3n, sign = -1n; term !== 0n; k += 2n, sign = -sign) {
    term /= n * n;
    sum += (sign * term) / k;
  }
  return sum;
}

function integerRoot(value: bigint): bigint {
  let guess = 1n << BigInt(Math.ceil(value.toString(16).length * 2) + 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** `value` / 2^bits as a double. */
function fromFixed(value: bigint, bits: number): number {
  if (value === 0n) return 0;
  const magnitude = value < 0n ? -value : value;
  const drop = Math.max(0, magnitude.toString(16).length * 4 - 64);
  const sticky = drop > 0 && (magnitude & ((1n << BigInt(drop)) - 1n)) !== 0n ? 1n : 0n;
  const head = Number((magnitude >> BigInt(drop)) | sticky);
  const exponent = drop - bits;
  const half = Math.trunc(exponent / 2);
  const result = head * 2 ** half * 2 ** (exponent - half);
  return value < 0n ? -result : result;
}

/** Error function. */
export function erf(x: number): number {
  if (x !== x) return x;
  const size = Math.abs(x);
  if (size > 6) return x < 0 ? -1 : 1;
  if (size < 1e-10) return x * 1.1283791670955126;
  const bits = 160 + Math.ceil(size * size * 3);
  return fromFixed(erfFixed(x, bits), bits);
}

/** Complementary error function. */
export function erfc(x: number): number {
  if (x !== x) return x;
  if (x > 27.3) return 0;
  if (x < -6) return 2;
  if (Math.abs(x) < 1e-20) return 1;
  const bits = 160 + Math.ceil(x * x * 4);
  return fromFixed((1n << BigInt(bits)) - erfFixed(x, bits), bits);
}
