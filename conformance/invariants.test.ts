import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const NUMBER = /INV-[A-Z]+-\d+/g;
const numbers = (text: string): string[] => text.match(NUMBER) ?? [];

it('every invariant that the code names has its row, and no number two', () => {
  const rows = readFileSync('docs/invariants.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| INV-'));
  const documented = rows.map((line) => numbers(line)[0]);
  expect(new Set(documented).size).toBe(documented.length);
  const named = new Set(sources().flatMap((file) => numbers(readFileSync(file, 'utf8'))));
  expect(named.size).toBeGreaterThan(10);
  expect([...named].filter((number) => !documented.includes(number))).toEqual([]);
});

function sources(): string[] {
  return ['heap', 'moult'].flatMap((name) => {
    const root = `packages/${name}/src`;
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
    return files.filter((file) => file.endsWith('.ts')).map((file) => `${root}/${file}`);
  });
}
