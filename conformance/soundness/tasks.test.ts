import { expect, test } from 'vitest';
import { hash } from './tasks.ts';

test('whether a program is in the small share is a matter of its name', () => {
  expect(hash('cycle/self_reference')).toBe(hash('cycle/self_reference'));
  const shares = Array.from({ length: 1100 }, (_, i) => hash(`category/program_${i}`) % 11);
  for (let share = 0; share < 11; share++) {
    const size = shares.filter((s) => s === share).length;
    expect(size).toBeGreaterThan(60);
    expect(size).toBeLessThan(140);
  }
});
