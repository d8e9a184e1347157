/** Functions of complex numbers, as pure functions. Source: CPython 3.12 cmathmodule.c, whose branch cuts and scalings these
 *  are. */
import { accurateExp, accurateHypot, accurateLog } from '../../numeric/accurate-pow.ts';
import { accurateAtan2, accurateCos, accurateSin, accurateTan } from '../../numeric/accurate-trig.ts';
import { asinh as realAsinh, cosh as realCosh, sinh as realSinh } from '../../numeric/libm.ts';
import { ValueFault } from '../../text/fault.ts';
import { specialValue } from './special-values.ts';

export type Complex = readonly [re: number, im: number];

const LARGE = Number.MAX_VALUE / 4;
const SQRT_LARGE = Math.sqrt(LARGE);
const LOG_LARGE = Math.log(LARGE);
const SMALLEST_NORMAL = 2.2250738585072014e-308;
const SQRT_SMALLEST = Math.sqrt(SMALLEST_NORMAL);
const LN2 = Math.LN2;

const domain = (): never => {
  throw new ValueFault('ValueError', 'math domain error');
};

function checked(z: Complex): Complex {
  if (Math.abs(z[0]) === Infinity || Math.abs(z[1]) === Infinity)
    throw new ValueFault('OverflowError', 'math range error');
  return z;
}

const isPlain = (re: number, im: number): boolean => Number.isFinite(re) && Number.isFinite(im);

function special(name: string, re: number, im: number): Complex {
  const value = specialValue(name, re, im);
  return value === 'domain' ? domain() : value;
}

const withSign = (size: number, of: number): number => (of < 0 || Object.is(of, -0) ? -Math.abs(size) : Math.abs(size));
const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);

export function sqrt(re: number, im: number): Complex {
  if (!isPlain(re, im)) return special('sqrt', re, im);
  if (re === 0 && im === 0) return [0, im];
  let ax = Math.abs(re);
  const ay = Math.abs(im);
  let s: number;
  if (ax < SMALLEST_NORMAL && ay < SMALLEST_NORMAL) {
    ax *= 2 ** 53;
    s = Math.sqrt(ax + accurateHypot(ax, ay * 2 ** 53)) * 2 ** -27;
  } else {
    ax /= 8;
    s = 2 * Math.sqrt(ax + accurateHypot(ax, ay / 8));
  }
  const d = ay / (2 * s);
  return re >= 0 ? [s, withSign(d, im)] : [d, withSign(s, im)];
}

/** ln |z| for a large z. */
const largeLog = (re: number, im: number): number => accurateLog(accurateHypot(re / 2, im / 2)) + 2 * LN2;

const isLarge = (re: number, im: number): boolean => Math.abs(re) > LARGE || Math.abs(im) > LARGE;

export function acos(re: number, im: number): Complex {
  if (!isPlain(re, im)) return special('acos', re, im);
  if (isLarge(re, im)) {
    const size = largeLog(re, im);
    return [accurateAtan2(Math.abs(im), re), re < 0 ? -withSign(size, im) : withSign(size, -im)];
  }
  const a = sqrt(1 - re, -im);
  const b = sqrt(1 + re, im);
  return [2 * accurateAtan2(a[0], b[0]), realAsinh(b[0] * a[1] - b[1] * a[0])];
}

export function acosh(re: number, im: number): Complex {
  if (!isPlain(re, im)) return special('acosh', re, im);
  if (isLarge(re, im)) return [largeLog(re, im), accurateAtan2(im, re)];
  const a = sqrt(re - 1, im);
  const b = sqrt(re + 1, im);
  return [realAsinh(a[0] * b[0] + a[1] * b[1]), 2 * accurateAtan2(a[1], b[0])];
}

export function asin(re: number, im: number): Complex {
  const [a, b] = asinh(-im, re);
  return [b, -a];
}

export function asinh(re: number, im: number): Complex {
  if (!isPlain(re, im)) return special('asinh', re, im);
  if (isLarge(re, im)) {
    const size = largeLog(re, im);
    return [isNegative(im) && im < 0 ? -withSign(size, -re) : withSign(size, re), accurateAtan2(im, Math.abs(re))];
  }
  const a = sqrt(1 + im, -re);
  const b = sqrt(1 - im, re);
  return [realAsinh(a[0] * b[1] - b[0] * a[1]), accurateAtan2(im, a[0] * b[0] - a[1] * b[1])];
}

export function atan(re: number, im: number): Complex {
  const [a, b] = atanh(-im, re);
  return [b, -a];
}

export function atanh(re: number, im: number): Complex {
  if (!isPlain(re, im)) return special('atanh', re, im);
  if (isNegative(re)) {
    const [a, b] = atanh(-re, -im);
    return [-a, -b];
  }
  const ay = Math.abs(im);
  if (re > SQRT_LARGE || ay > SQRT_LARGE) {
    const h = accurateHypot(re / 2, im / 2);
    return [re / 4 / h / h, -withSign(Math.PI / 2, -im)];
  }
  if (re === 1 && ay < SQRT_SMALLEST) {
    if (ay === 0) return domain();
    return [-accurateLog(Math.sqrt(ay) / Math.sqrt(accurateHypot(ay, 2))), withSign(accurateAtan2(2, -ay) / 2, im)];
  }
  const gap = 1 - re;
  return [Math.log1p((4 * re) / (gap * gap + ay * ay)) / 4, -accurateAtan2(-2 * im, gap * (1 + re) - ay * ay) / 2];
}

export function cos(re: number, im: number): Complex {
  return cosh(-im, re);
}

/** Infinite times a direction, which the imaginary part gives. */
function infiniteTimes(size: number, im: number): Complex {
  return [withSign(size, accurateCos(im)), withSign(size, accurateSin(im))];
}

export function cosh(re: number, im: number): Complex {
  if (!isPlain(re, im)) {
    if (Math.abs(re) === Infinity && Number.isFinite(im) && im !== 0) {
      const [a, b] = infiniteTimes(Infinity, im);
      return re > 0 ? [a, b] : [a, -b];
    }
    return special('cosh', re, im);
  }
  if (Math.abs(re) > LOG_LARGE) {
    const less = re - Math.sign(re);
    return checked([accurateCos(im) * realCosh(less) * Math.E, accurateSin(im) * realSinh(less) * Math.E]);
  }
  return checked([accurateCos(im) * realCosh(re), accurateSin(im) * realSinh(re)]);
}

export function exp(re: number, im: number): Complex {
  if (!isPlain(re, im)) {
    if (Math.abs(re) === Infinity && Number.isFinite(im) && im !== 0) return infiniteTimes(re > 0 ? Infinity : 0, im);
    return special('exp', re, im);
  }
  if (re > LOG_LARGE) {
    const l = accurateExp(re - 1);
    return checked([l * accurateCos(im) * Math.E, l * accurateSin(im) * Math.E]);
  }
  const l = accurateExp(re);
  return checked([l * accurateCos(im), l * accurateSin(im)]);
}

function logSize(re: number, im: number): number {
  const ax = Math.abs(re);
  const ay = Math.abs(im);
  if (isLarge(re, im)) return accurateLog(accurateHypot(ax / 2, ay / 2)) + LN2;
  if (ax < SMALLEST_NORMAL && ay < SMALLEST_NORMAL) {
    return ax > 0 || ay > 0 ? accurateLog(accurateHypot(ax * 2 ** 53, ay * 2 ** 53)) - 53 * LN2 : domain();
  }
  const h = accurateHypot(ax, ay);
  if (h < 0.71 || h > 1.73) return accurateLog(h);
  const larger = Math.max(ax, ay);
  const smaller = Math.min(ax, ay);
  return Math.log1p((larger - 1) * (larger + 1) + smaller * smaller) / 2;
}

export function log(re: number, im: number): Complex {
  if (!isPlain(re, im)) return special('log', re, im);
  return [logSize(re, im), accurateAtan2(im, re)];
}

export function log10(re: number, im: number): Complex {
  const [a, b] = log(re, im);
  return [a / Math.LN10, b / Math.LN10];
}

export function sin(re: number, im: number): Complex {
  const [a, b] = sinh(-im, re);
  return [b, -a];
}

export function sinh(re: number, im: number): Complex {
  if (!isPlain(re, im)) {
    if (Math.abs(re) === Infinity && Number.isFinite(im) && im !== 0) {
      const [a, b] = infiniteTimes(Infinity, im);
      return re > 0 ? [a, b] : [-a, b];
    }
    return special('sinh', re, im);
  }
  if (Math.abs(re) > LOG_LARGE) {
    const less = re - Math.sign(re);
    return checked([accurateCos(im) * realSinh(less) * Math.E, accurateSin(im) * realCosh(less) * Math.E]);
  }
  return checked([accurateCos(im) * realSinh(re), accurateSin(im) * realCosh(re)]);
}

export function tan(re: number, im: number): Complex {
  const [a, b] = tanh(-im, re);
  return [b, -a];
}

export function tanh(re: number, im: number): Complex {
  if (!isPlain(re, im)) {
    if (Math.abs(re) === Infinity && Number.isFinite(im) && im !== 0) {
      return [re > 0 ? 1 : -1, withSign(0, 2 * accurateSin(im) * accurateCos(im))];
    }
    return special('tanh', re, im);
  }
  if (Math.abs(re) > LOG_LARGE) {
    return [withSign(1, re), 4 * accurateSin(im) * accurateCos(im) * accurateExp(-2 * Math.abs(re))];
  }
  const tx = Math.tanh(re);
  const ty = accurateTan(im);
  const cx = 1 / realCosh(re);
  const product = tx * ty;
  const bottom = 1 + product * product;
  return [(tx * (1 + ty * ty)) / bottom, (ty / bottom) * cx * cx];
}

/** The number at a distance in a direction. */
export function rect(r: number, phi: number): Complex {
  if (!isPlain(r, phi)) {
    if (Math.abs(r) === Infinity && Number.isFinite(phi) && phi !== 0) {
      const [a, b] = infiniteTimes(Infinity, phi);
      return r > 0 ? [a, b] : [-a, -b];
    }
    return special('rect', r, phi);
  }
  if (phi === 0) return [r, r * phi];
  return [r * accurateCos(phi), r * accurateSin(phi)];
}

/** The distance from zero. */
export function size(re: number, im: number): number {
  if (isPlain(re, im)) {
    const h = accurateHypot(re, im);
    if (h === Infinity) throw new ValueFault('OverflowError', 'math range error');
    return h;
  }
  return Math.abs(re) === Infinity || Math.abs(im) === Infinity ? Infinity : NaN;
}

export { accurateAtan2 as phase };
