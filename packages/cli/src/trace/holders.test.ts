import { expect, test } from 'vitest';
import { shareOut } from './holders.ts';
import type { Held } from './holders.ts';

const entries = (...whats: string[]): Held[] => whats.map((what) => ({ what, gained: [], lost: [] }));
const told = (of: readonly Held[]): string[] => of.map(({ gained, lost }) => [...gained, '-', ...lost].join(' '));

test('each change of the count gets a holder of its own', () => {
  const call = entries('allocated', 'tracked by the collector', '+1', '-1');
  shareOut(call, ['self', 'stack'], ['temporary']);
  expect(told(call)).toEqual(['self -', '-', 'stack -', '- temporary']);
});

test('with fewer holders than changes the last changes were theirs', () => {
  const call = entries('+1', '-1', '+1');
  shareOut(call, ['item'], []);
  expect(told(call)).toEqual(['-', '-', 'item -']);
});

test('what nobody accounts for stands with the last entry', () => {
  const passed = entries('passed on');
  shareOut(passed, ['value'], ['stack']);
  expect(told(passed)).toEqual(['value - stack']);
  const fallen = entries('-1');
  shareOut(fallen, [], ['a', 'b']);
  expect(told(fallen)).toEqual(['- a b']);
});
