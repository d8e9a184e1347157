import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { needsFull } from '../shared/imports.ts';
import { FIRST } from './first.ts';
import { EXAMPLES } from './index.ts';

test('the program that the page opens with is the first example, and the core can run it', () => {
  const source = readFileSync(new URL(`../../../../${FIRST.path}`, import.meta.url), 'utf8');
  expect(EXAMPLES[0]).toMatchObject({ name: FIRST.name, line: FIRST.line, source });
  expect(needsFull(source)).toBe(false);
});
