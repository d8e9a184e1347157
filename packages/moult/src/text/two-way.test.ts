import { expect, test } from 'vitest';
import { twoWayIndex } from './two-way.ts';
import type { Units } from './two-way.ts';

function units(text: string): Units {
  return { length: text.length, at: (i) => text.charCodeAt(i) };
}

function find(text: string, pattern: string, from = 0, to = text.length): number {
  return twoWayIndex(units(text), units(pattern), from, to);
}

/** Numbers that are the same in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

test('finds what indexOf finds in random texts of two letters', () => {
  const random = generator(7);
  const word = (n: number): string => Array.from({ length: n }, () => 'ab'[random(2)]).join('');
  for (let i = 0; i < 20000; i++) {
    const text = word(random(40));
    const pattern = word(1 + random(8));
    expect(find(text, pattern), `${pattern} in ${text}`).toBe(text.indexOf(pattern));
  }
});

test('finds repeated patterns', () => {
  const random = generator(11);
  for (let i = 0; i < 5000; i++) {
    const pattern = 'aab'.slice(0, 1 + random(3)).repeat(1 + random(5)) + 'ba'.slice(random(3));
    const text = 'aab'.repeat(random(9)) + pattern.slice(random(3)) + pattern + 'ab';
    expect(find(text, pattern), `${pattern} in ${text}`).toBe(text.indexOf(pattern));
  }
});

test('stays between the bounds', () => {
  expect(find('abcabc', 'abc', 1)).toBe(3);
  expect(find('abcabc', 'abc', 1, 5)).toBe(-1);
});

test('takes time that grows with the lengths', () => {
  const a = 'a'.repeat(300_000);
  const b = 'b'.repeat(300_000);
  expect(find(a + a + b + a + a, a + b + b + a)).toBe(-1);
});
