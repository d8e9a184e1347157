import { expect, test } from 'vitest';
import { attempt, Defects } from './defects.ts';

test('defects that differ only in numbers are one', () => {
  const defects = new Defects(2);
  for (const n of [1, 2, 3]) defects.add(`allocation ${n}`, `lost ${n} blocks`, '    at make (x:1)\n    at run (x:2)');
  expect(defects.texts()).toEqual(['allocation 1: lost 1 blocks\n    at make (x:1)\n    at run (x:2)\n(3 times)']);
  expect(defects.isFull).toBe(false);
  defects.add('allocation 4', 'lost 1 blocks', '    at other (x:1)');
  expect(defects.isFull).toBe(true);
});

test('an attempt answers what was thrown, with the place of errors', () => {
  expect(attempt(() => undefined)).toBeNull();
  const what = attempt(() => {
    throw new RangeError('too long');
  });
  expect(what).toMatch(/^RangeError: too long\n\s+at /);
});
