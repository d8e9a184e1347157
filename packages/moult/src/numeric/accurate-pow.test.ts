import { expect, it } from 'vitest';
import { accurateHypot, accuratePow } from './accurate-pow.ts';

it('powers of ten are the doubles nearest to them', () => {
  for (let n = -280; n <= 308; n++) expect(accuratePow(10, n)).toBe(Number(`1e${n}`));
});

it('agrees with the C library where ** does not', () => {
  expect(accuratePow(5, -128)).toBe(3.402823669209385e-90);
  expect(accuratePow(128, 7.25)).toBe(Number('1893530391196907.2'));
  expect(accuratePow(5, 3.14)).toBe(156.59064522818883);
});

it('keeps special values', () => {
  expect(accuratePow(0, 2)).toBe(0);
  expect(accuratePow(-2, 3)).toBe(-8);
  expect(accuratePow(2, Infinity)).toBe(Infinity);
  expect(accuratePow(4, 0.5)).toBe(2);
});

it('lengths are rounded once', () => {
  expect(accurateHypot(3, 4)).toBe(5);
  expect(accurateHypot(0.5, -3)).toBe(Math.sqrt(9.25));
});
