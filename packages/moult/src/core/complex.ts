/** Making and reading `complex` objects. The type is in `objects/complex/`. */
import { allocMetered, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { ComplexWord } from './layout/numbers.ts';
import type { Runtime } from './runtime.ts';
import { T } from './static.ts';

/** A `complex`. */
export function newComplex(rt: Runtime, real: number, imag: number): Owned {
  const ref = allocMetered(rt, ComplexWord.Words, ComplexWord.MeteredBytes);
  const H = rt.words;
  H[ref] = 1;
  H[ref + ObjectWord.Type] = T.complex;
  rt.floats[(ref + ComplexWord.Real) >> 1] = real;
  rt.floats[(ref + ComplexWord.Imag) >> 1] = imag;
  return ref as Owned;
}

/** The real part. */
export function complexReal(rt: Runtime, ref: Ref): number {
  return rt.floats[(ref + ComplexWord.Real) >> 1];
}

/** The imaginary part. */
export function complexImag(rt: Runtime, ref: Ref): number {
  return rt.floats[(ref + ComplexWord.Imag) >> 1];
}
