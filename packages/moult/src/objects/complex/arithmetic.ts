/** Arithmetic of complex numbers with CPython's formulas, on real and imaginary parts. */
import type { Owned } from '@moult/heap';
import { allocMetered, freeMetered, freeObject, ObjectWord } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { accurateHypot, accuratePow } from '../../numeric/accurate-pow.ts';
import { raise } from '../../core/errors.ts';
import { ComplexWord } from '../../core/layout/numbers.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';

/** A `complex`. */
export function newComplex(rt: Runtime, real: number, imag: number): Owned {
  const ref = allocMetered(rt, ComplexWord.Words, ComplexWord.MeteredBytes);
  rt.words[ref] = 1;
  rt.words[ref + ObjectWord.Type] = T.complex;
  setParts(rt, ref, real, imag);
  return ref as Owned;
}

/** Writes the parts of a new `complex`. */
export function setParts(rt: Runtime, ref: Ref, real: number, imag: number): void {
  rt.floats[(ref + ComplexWord.Real) >> 1] = real;
  rt.floats[(ref + ComplexWord.Imag) >> 1] = imag;
}

/** The real part of a `complex`. */
export function realPart(rt: Runtime, ref: Ref): number {
  return rt.floats[(ref + ComplexWord.Real) >> 1] as number;
}

/** The imaginary part of a `complex`. */
export function imagPart(rt: Runtime, ref: Ref): number {
  return rt.floats[(ref + ComplexWord.Imag) >> 1] as number;
}

/** Destructor of complex numbers of any class. */
export function deallocComplex(rt: Runtime, self: Ref): void {
  if (rt.words[self + ObjectWord.Type] === T.complex)
    freeMetered(rt, self, ComplexWord.Words, ComplexWord.MeteredBytes);
  else freeObject(rt, self);
}

/** A value while it is computed. */
type Pair = readonly [real: number, imag: number];

/** `a * b` */
export function multiplyParts(a: Pair, b: Pair): Pair {
  return [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
}

/** `a / b`; null if `b` is zero. Divides by the larger part of `b` first, against overflow.
 *  Source: CPython 3.12 _Py_c_quot. */
export function divideParts(a: Pair, b: Pair): Pair | null {
  const absReal = Math.abs(b[0]);
  const absImag = Math.abs(b[1]);
  if (absReal >= absImag) {
    if (absReal === 0) return null;
    const ratio = b[1] / b[0];
    const denominator = b[0] + b[1] * ratio;
    return [(a[0] + a[1] * ratio) / denominator, (a[1] - a[0] * ratio) / denominator];
  }
  if (!(absImag >= absReal)) return [NaN, NaN];
  const ratio = b[0] / b[1];
  const denominator = b[0] * ratio + b[1];
  return [(a[0] * ratio + a[1]) / denominator, (a[1] * ratio - a[0]) / denominator];
}

function powerByMultiplying(a: Pair, n: number): Pair {
  let result: Pair = [1, 0];
  for (let mask = 1, square = a; mask > 0 && n >= mask; mask <<= 1, square = multiplyParts(square, square)) {
    if ((n & mask) !== 0) result = multiplyParts(result, square);
  }
  return result;
}

/** `a ** b` by logarithm; null for a power of zero that does not exist. Source: CPython 3.12 _Py_c_pow. */
function powerByLogarithm(a: Pair, b: Pair): Pair | null {
  if (b[0] === 0 && b[1] === 0) return [1, 0];
  if (a[0] === 0 && a[1] === 0) return b[1] !== 0 || b[0] < 0 ? null : [0, 0];
  const length = accurateHypot(a[0], a[1]);
  const angle = Math.atan2(a[1], a[0]);
  let magnitude = accuratePow(length, b[0]);
  let phase = angle * b[0];
  if (b[1] !== 0) {
    magnitude *= Math.exp(-angle * b[1]);
    phase += b[1] * Math.log(length);
  }
  return [magnitude * Math.cos(phase), magnitude * Math.sin(phase)];
}

function powerParts(a: Pair, b: Pair): Pair | null {
  if (b[1] !== 0 || !Number.isInteger(b[0]) || Math.abs(b[0]) > 100) return powerByLogarithm(a, b);
  return b[0] > 0 ? powerByMultiplying(a, b[0]) : divideParts([1, 0], powerByMultiplying(a, -b[0]));
}

/** `a ** b` as an object. Raises ZeroDivisionError and OverflowError. */
export function complexPower(rt: Runtime, aReal: number, aImag: number, bReal: number, bImag: number): Owned {
  const result = powerParts([aReal, aImag], [bReal, bImag]);
  if (result === null) raise(rt, T.ZeroDivisionError, '0.0 to a negative or complex power');
  if (Math.abs(result[0]) === Infinity || Math.abs(result[1]) === Infinity) {
    raise(rt, T.OverflowError, 'complex exponentiation');
  }
  return newComplex(rt, result[0], result[1]);
}

/** `abs(a)`. Raises OverflowError. */
export function complexAbsolute(rt: Runtime, real: number, imag: number): number {
  if (Math.abs(real) === Infinity || Math.abs(imag) === Infinity) return Infinity;
  if (real !== real || imag !== imag) return NaN;
  const length = accurateHypot(real, imag);
  if (length === Infinity) raise(rt, T.OverflowError, 'absolute value too large');
  return length;
}
