import { describe, expect, test } from 'vitest';
import { HeapCorruption } from '@moult/heap';
import { SLOT_FUNCTIONS, slotIndex } from './functions.ts';

describe('slot functions', () => {
  test.each([-1, 2 ** 31 - 1, 100_000])('slot %i, which no type has, is a broken invariant', (slot) => {
    expect(() => SLOT_FUNCTIONS[slot]).toThrow(HeapCorruption);
  });

  test('a registered function is found by its number', () => {
    const fn = (): void => undefined;
    expect(SLOT_FUNCTIONS[slotIndex(fn)]).toBe(fn);
    expect(SLOT_FUNCTIONS.at(-1)).toBe(fn);
  });
});
