/** The module `_statistics`: the inverse of the normal distribution function. */
import type { Owned, Ref } from '@moult/heap';
import { valueError } from '../core/errors.ts';
import { newFloat } from '../core/int.ts';
import { defineModule } from '../core/module-spec.ts';
import { native } from '../core/native.ts';
import type { Runtime } from '../core/runtime.ts';
import { numberArgument } from './numbers.ts';

/** A quotient of two polynomials, by their coefficients from the highest power on. */
interface Quotient {
  readonly top: readonly number[];
  readonly bottom: readonly number[];
}

/* Wichura (1988), Algorithm AS241: around the middle, in the tails, and far out. */
const CENTRAL: Quotient = {
  top: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
    133.14166789178438, 3.3871328727963665,
  ],
  bottom: [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
    42.31333070160091, 1.0,
  ],
};
const TAIL: Quotient = {
  top: [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  bottom: [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1.0,
  ],
};
const FAR_TAIL: Quotient = {
  top: [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
    1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  bottom: [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
    0.1369298809227358, 0.599832206555888, 1.0,
  ],
};

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}

/** Where the distribution function of mean 0 and deviation 1 has the value `p`, between 0 and 1. */
function standardQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (polynomial(CENTRAL.top, r) * q) / polynomial(CENTRAL.bottom, r);
  }
  const r = Math.sqrt(-Math.log(q <= 0 ? p : 1 - p));
  const tail = r <= 5 ? TAIL : FAR_TAIL;
  const x = r - (r <= 5 ? 1.6 : 5);
  const value = polynomial(tail.top, x) / polynomial(tail.bottom, x);
  return q < 0 ? -value : value;
}

/** Raises ValueError. Source: CPython 3.12 _statistics__normal_dist_inv_cdf_impl. */
function inverseNormal(rt: Runtime, _module: Ref, p: Ref, mu: Ref, sigma: Ref): Owned {
  const [probability, mean, deviation] = [numberArgument(rt, p), numberArgument(rt, mu), numberArgument(rt, sigma)];
  if (probability <= 0 || probability >= 1) valueError(rt, 'inv_cdf undefined for these parameters');
  return newFloat(rt, mean + standardQuantile(probability) * deviation);
}

defineModule({
  name: '_statistics',
  doc: 'Accelerators for the statistics module.\n',
  functions: [native('_normal_dist_inv_cdf($module, p, mu, sigma, /)', inverseNormal)],
});
