/** Arithmetic of complex constants, with CPython's formulas. */

import type { Operator } from '../../syntax/ast.ts';
import { PyComplex } from '../../syntax/ast.ts';
import { accurateHypot, accuratePow } from '../../numeric/accurate-pow.ts';

/** The result, or undefined if the operation fails. */
export function complexOp(op: Operator, a: PyComplex, b: PyComplex): PyComplex | undefined {
  switch (op) {
    case 'Add':
      return new PyComplex(a.real + b.real, a.imag + b.imag);
    case 'Sub':
      return new PyComplex(a.real - b.real, a.imag - b.imag);
    case 'Mult':
      return multiply(a, b);
    case 'Div':
      return divide(a, b);
    case 'Pow':
      return finite(power(a, b));
    default:
      return undefined;
  }
}

function multiply(a: PyComplex, b: PyComplex): PyComplex {
  return new PyComplex(a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real);
}

/** Divides by the larger part of `b` first, against overflow. */
function divide(a: PyComplex, b: PyComplex): PyComplex | undefined {
  const absReal = Math.abs(b.real);
  const absImag = Math.abs(b.imag);
  if (absReal >= absImag) {
    if (absReal === 0) return undefined;
    const ratio = b.imag / b.real;
    const denominator = b.real + b.imag * ratio;
    return new PyComplex((a.real + a.imag * ratio) / denominator, (a.imag - a.real * ratio) / denominator);
  }
  if (Number.isNaN(absImag)) return new PyComplex(NaN, NaN);
  const ratio = b.real / b.imag;
  const denominator = b.real * ratio + b.imag;
  return new PyComplex((a.real * ratio + a.imag) / denominator, (a.imag * ratio - a.real) / denominator);
}

/** Powers that overflow raise. */
function finite(value: PyComplex | undefined): PyComplex | undefined {
  return value === undefined || isInfinite(value.real) || isInfinite(value.imag) ? undefined : value;
}

function isInfinite(value: number): boolean {
  return value === Infinity || value === -Infinity;
}

/** Small integer exponents by multiplication, others by logarithm. */
function power(a: PyComplex, b: PyComplex): PyComplex | undefined {
  if (b.imag === 0 && Number.isInteger(b.real) && Math.abs(b.real) <= 100) {
    if (b.real > 0) return positivePower(a, b.real);
    return divide(new PyComplex(1, 0), positivePower(a, -b.real));
  }
  if (a.real === 0 && a.imag === 0) return b.real < 0 || b.imag !== 0 ? undefined : new PyComplex(0, 0);
  const length = accurateHypot(a.real, a.imag);
  const angle = Math.atan2(a.imag, a.real);
  let magnitude = accuratePow(length, b.real);
  let phase = angle * b.real;
  if (b.imag !== 0) {
    magnitude *= Math.exp(-angle * b.imag);
    phase += b.imag * Math.log(length);
  }
  return new PyComplex(magnitude * Math.cos(phase), magnitude * Math.sin(phase));
}

function positivePower(a: PyComplex, n: number): PyComplex {
  let result = new PyComplex(1, 0);
  for (let mask = 1, square = a; mask <= n; mask <<= 1, square = multiply(square, square)) {
    if ((n & mask) !== 0) result = multiply(result, square);
  }
  return result;
}
