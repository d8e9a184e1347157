import { expect, test } from 'vitest';
import { complaint } from './differences.ts';

const STAYS = { name: 'x', wanted: '1\n', known: '2\n', got: '2\n', oracle: '1\n' };

test('a difference that is as recorded is no complaint', () => {
  expect(complaint(STAYS)).toBeNull();
  expect(complaint({ ...STAYS, oracle: null })).toBeNull();
});

test('a mended difference is noticed', () => {
  expect(complaint({ ...STAYS, got: '1\n' })).toMatch(/no difference any more/);
});

test('a changed difference is noticed', () => {
  expect(complaint({ ...STAYS, got: '3\n' })).toMatch(/recorded is "2/);
  expect(complaint({ ...STAYS, oracle: '4\n' })).toMatch(/CPython prints/);
});
