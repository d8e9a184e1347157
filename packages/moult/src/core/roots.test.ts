import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const source = readFileSync(new URL('./roots.ts', import.meta.url), 'utf8');
/** Doubles: two words each, the first of them even. */
const DOUBLES = ['ThreadClock', 'StepsMade', 'StepLimit'];
/** Ends of ranges, not words. */
const BOUNDS = ['FirstFree', 'End'];

function words(name: string): [string, number][] {
  const body = new RegExp(`enum ${name} \\{([^]*?)\\n\\}`).exec(source)![1]!;
  return Array.from(body.matchAll(/^ {2}(\w+) = (\d+),$/gm), ([, word, value]): [string, number] => [
    word!,
    Number(value),
  ]);
}

test('no two things share a word of the root record', () => {
  const taken = new Map<number, string>();
  for (const [name, value] of [...words('RootRef'), ...words('RootNum')]) {
    if (BOUNDS.includes(name)) continue;
    const own = DOUBLES.includes(name) ? [value, value + 1] : [value];
    for (const word of own) {
      expect(`${word}: ${taken.get(word) ?? name}`).toBe(`${word}: ${name}`);
      taken.set(word, name);
    }
  }
  expect(taken.size).toBeGreaterThan(60);
});

test('doubles lie at even words', () => {
  const places = new Map(words('RootNum'));
  for (const name of DOUBLES) expect(places.get(name)! % 2).toBe(0);
});
