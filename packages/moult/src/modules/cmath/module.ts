/** The module `cmath`. */
import type { Owned, Ref } from '@moult/heap';
import { newComplex } from '../../core/complex.ts';
import { overflowError, valueError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { newFloat } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool } from '../../core/static.ts';
import { temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps } from '../../core/tuple.ts';
import { divideParts } from '../../objects/complex/arithmetic.ts';
import { toComplexParts } from '../../objects/complex/new.ts';
import { toFloat } from '../../objects/float/convert.ts';
import { setTake } from '../make.ts';
import * as functions from './functions.ts';
import type { Complex } from './functions.ts';

const FUNCTIONS: readonly (readonly [name: string, run: (re: number, im: number) => Complex, doc: string])[] = [
  ['acos', functions.acos, 'Return the arc cosine of z.'],
  ['acosh', functions.acosh, 'Return the inverse hyperbolic cosine of z.'],
  ['asin', functions.asin, 'Return the arc sine of z.'],
  ['asinh', functions.asinh, 'Return the inverse hyperbolic sine of z.'],
  ['atan', functions.atan, 'Return the arc tangent of z.'],
  ['atanh', functions.atanh, 'Return the inverse hyperbolic tangent of z.'],
  ['cos', functions.cos, 'Return the cosine of z.'],
  ['cosh', functions.cosh, 'Return the hyperbolic cosine of z.'],
  ['exp', functions.exp, 'Return the exponential value e**z.'],
  ['log10', functions.log10, 'Return the base-10 logarithm of z.'],
  ['sin', functions.sin, 'Return the sine of z.'],
  ['sinh', functions.sinh, 'Return the hyperbolic sine of z.'],
  ['sqrt', functions.sqrt, 'Return the square root of z.'],
  ['tan', functions.tan, 'Return the tangent of z.'],
  ['tanh', functions.tanh, 'Return the hyperbolic tangent of z.'],
];

function complexFunction(name: string, run: (re: number, im: number) => Complex, doc: string): NativeDefinition {
  return native(
    `${name}($module, z, /)`,
    (rt, _module, z = 0) => {
      const [re, im] = toComplexParts(rt, z);
      return newComplex(rt, ...guard(rt, () => run(re, im)));
    },
    { doc },
  );
}

function predicate(name: string, test: (re: number, im: number) => boolean, doc: string): NativeDefinition {
  return native(`${name}($module, z, /)`, (rt, _module, z = 0) => pyBool(test(...toComplexParts(rt, z))) as Owned, {
    doc,
  });
}

/** `log(z, base)`; the quotient of two logarithms. */
function log(rt: Runtime, _module: Ref, z: Ref, base: Ref): Owned {
  const [re, im] = toComplexParts(rt, z);
  const other = base === 0 ? null : toComplexParts(rt, base);
  const isZero = re === 0 && im === 0;
  const value: Complex =
    isZero && other !== null ? [-Infinity, functions.phase(im, re)] : guard(rt, () => functions.log(re, im));
  if (other === null) return newComplex(rt, ...value);
  const bottom = guard(rt, () => functions.log(...other));
  const quotient = divideParts(value, bottom);
  return quotient === null ? valueError(rt, 'math domain error') : newComplex(rt, ...quotient);
}

function polar(rt: Runtime, _module: Ref, z: Ref): Owned {
  const [re, im] = toComplexParts(rt, z);
  const distance = guard(rt, () => functions.size(re, im));
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newFloat(rt, distance)),
    temp(rt, newFloat(rt, functions.phase(im, re))),
  );
}

function rect(rt: Runtime, _module: Ref, r: Ref, phi: Ref): Owned {
  const distance = toFloat(rt, r);
  const angle = toFloat(rt, phi);
  return newComplex(rt, ...guard(rt, () => functions.rect(distance, angle)));
}

function isclose(rt: Runtime, _module: Ref, a: Ref, b: Ref, relative: Ref, absolute: Ref): Owned {
  const x = toComplexParts(rt, a);
  const y = toComplexParts(rt, b);
  const rel = relative === 0 ? 1e-9 : toFloat(rt, relative);
  const abs = absolute === 0 ? 0 : toFloat(rt, absolute);
  if (rel < 0 || abs < 0) valueError(rt, 'tolerances must be non-negative');
  return pyBool(areClose(x, y, rel, abs)) as Owned;
}

const length = ([re, im]: Complex): number => Math.hypot(re, im);

function areClose(x: Complex, y: Complex, rel: number, abs: number): boolean {
  if (x[0] === y[0] && x[1] === y[1]) return true;
  if ([...x, ...y].some((part) => Math.abs(part) === Infinity)) return false;
  const difference = length([x[0] - y[0], x[1] - y[1]]);
  return difference <= rel * length(y) || difference <= rel * length(x) || difference <= abs;
}

const isInfinite = (x: number): boolean => Math.abs(x) === Infinity;

defineModule({
  name: 'cmath',
  doc: 'This module provides access to mathematical functions for complex\nnumbers.',
  functions: [
    ...FUNCTIONS.map(([name, run, doc]) => complexFunction(name, run, doc)),
    native('log($module, z, base=<unrepresentable>, /)', log, {
      doc: 'log(z[, base]) -> the logarithm of z to the given base.\n\nIf the base is not specified, returns the natural logarithm (base e) of z.',
    }),
    native(
      'phase($module, z, /)',
      (rt, _module, z = 0) => {
        const [re, im] = toComplexParts(rt, z);
        const angle = functions.phase(im, re);
        // The C library says so of an angle that is too small.
        if (angle === 0 && im !== 0 && Number.isFinite(re)) overflowError(rt, 'math range error');
        return newFloat(rt, angle);
      },
      { doc: 'Return argument, also known as the phase angle, of a complex.' },
    ),
    native('polar($module, z, /)', polar, {
      doc: 'Convert a complex from rectangular coordinates to polar coordinates.\n\nr is the distance from 0 and phi the phase angle.',
    }),
    native('rect($module, r, phi, /)', rect, { doc: 'Convert from polar coordinates to rectangular coordinates.' }),
    native('isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)', isclose, {
      doc: 'Determine whether two complex numbers are close in value.',
    }),
    predicate(
      'isfinite',
      (re, im) => Number.isFinite(re) && Number.isFinite(im),
      'Return True if both the real and imaginary parts of z are finite, else False.',
    ),
    predicate(
      'isinf',
      (re, im) => isInfinite(re) || isInfinite(im),
      'Checks if the real or imaginary part of z is infinite.',
    ),
    predicate(
      'isnan',
      (re, im) => re !== re || im !== im,
      'Checks if the real or imaginary part of z not a number (NaN).',
    ),
  ],
  populate(rt, dict) {
    const floats = { pi: Math.PI, e: Math.E, tau: 2 * Math.PI, inf: Infinity, nan: NaN };
    for (const [name, value] of Object.entries(floats)) setTake(rt, dict, name, newFloat(rt, value));
    setTake(rt, dict, 'infj', newComplex(rt, 0, Infinity));
    setTake(rt, dict, 'nanj', newComplex(rt, 0, NaN));
  },
});
