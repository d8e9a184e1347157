import { expect, it } from 'vitest';
import { blocksPerPool, classWords, isSmall, sizeClassOf } from './size-class.ts';

it('a class serves lengths up to its own, in steps of two words', () => {
  for (let nwords = 1; nwords <= 64; nwords++) {
    const words = classWords(sizeClassOf(nwords));
    expect(words - nwords === 0 || words - nwords === 1).toBe(true);
  }
});

it('pools hold as many blocks as in CPython', () => {
  // From sys._debugmallocstats() of CPython 3.12.1: blocks in use + available blocks of one pool.
  const cpython = { 0: 1021, 1: 510, 5: 170, 6: 145, 11: 85, 15: 63, 31: 31 };
  for (const [sizeClass, blocks] of Object.entries(cpython)) expect(blocksPerPool(Number(sizeClass))).toBe(blocks);
});

it('64 words are small, 65 and 0 are not', () => {
  expect([0, 1, 64, 65, 2 ** 30].map(isSmall)).toEqual([false, true, true, false, false]);
});
