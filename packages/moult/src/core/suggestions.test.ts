import { expect, test } from 'vitest';
import { levenshtein, suggest } from './suggestions.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const distance = (a: string, b: string): number => levenshtein(bytes(a), bytes(b), 1000);

test('moves cost two, another case one', () => {
  expect(distance('', '')).toBe(0);
  expect(distance('', 'a')).toBe(2);
  expect(distance('a', 'A')).toBe(1);
  expect(distance('Apple', 'Aple')).toBe(2);
  expect(distance('Banana', 'B@n@n@')).toBe(6);
  expect(distance('Cherry', 'Cherry!')).toBe(2);
  expect(distance('---0---', '------')).toBe(2);
  expect(distance('abc', 'y')).toBe(6);
  expect(distance('aa', 'bb')).toBe(4);
  expect(distance('aaaaa', 'AAAAA')).toBe(5);
  expect(distance('wxyz', 'wXyZ')).toBe(2);
  expect(distance('wxyz', 'wXyZ123')).toBe(8);
  expect(distance('Python', 'Java')).toBe(12);
  expect(distance('Java', 'C#')).toBe(8);
  expect(distance('AbstractFoobarManager', 'abstract_foobar_manager')).toBe(3 + 2 * 2);
  expect(distance('CPython', 'PyPy')).toBe(10);
  expect(distance('CPython', 'pypy')).toBe(11);
  expect(distance('AttributeError', 'AttributeErrop')).toBe(2);
  expect(distance('AttributeError', 'AttributeErrorTests')).toBe(10);
  expect(distance('ABA', 'AAB')).toBe(4);
});

test('the nearest name is suggested, the first of equals, nothing too far', () => {
  expect(suggest(['total_distance', 'total'], 'total_distence')).toBe('total_distance');
  expect(suggest(['blech', 'bluch'], 'blach')).toBe('blech');
  expect(suggest(['a', 'b'], 'xyzzy')).toBeNull();
  expect(suggest(['same'], 'same')).toBeNull();
  expect(
    suggest(
      Array.from({ length: 750 }, (_, i) => `blech${i}`),
      'blech',
    ),
  ).toBeNull();
});
