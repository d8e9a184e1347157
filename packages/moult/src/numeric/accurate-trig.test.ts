import { expect, test } from 'vitest';
import {
  accurateAcos,
  accurateAsin,
  accurateAtan,
  accurateAtan2,
  accurateCos,
  accurateSin,
  accurateTan,
} from './accurate-trig.ts';
import { acosh, asinh, cosh, erf, erfc, log10, sinh } from './libm.ts';

/** Arguments at which the engine's own function gives another last digit than the C library. */
const CASES: readonly (readonly [name: string, f: (x: number) => number, x: number, y: number])[] = [
  ['sin', accurateSin, 1e22, -0.8522008497671888],
  ['cos', accurateCos, 1e22, 0.523214785395139],
  ['tan', accurateTan, 1e22, -1.6287782256068988],
  ['sin', accurateSin, 3, 0.1411200080598672],
  ['asin', accurateAsin, 0.7, 0.775397496610753],
  ['acos', accurateAcos, -0.3, 1.8754889808102941],
  ['atan', accurateAtan, 2.5, 1.1902899496825317],
  ['sinh', sinh, 2.5, 6.0502044810397875],
  ['cosh', cosh, 2.5, 6.132289479663686],
  ['asinh', asinh, 2.5, 1.6472311463710958],
  ['acosh', acosh, 2.5, 1.566799236972411],
  ['log10', log10, 2.5, 0.3979400086720376],
  ['erf', erf, 0.7, 0.6778011938374184],
  ['erfc', erfc, 3, 2.2090496998585438e-5],
];

test.each(CASES)('%s is rounded as in the C library', (_name, f, x, y) => {
  expect(f(x)).toBe(y);
});

test('atan2 keeps quadrants and signs of zero', () => {
  expect(accurateAtan2(-1, -2.5)).toBe(-2.761086276477428);
  expect(Object.is(accurateAtan2(-0, 1), -0)).toBe(true);
});
