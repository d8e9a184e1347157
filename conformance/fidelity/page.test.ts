import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { refreshed, runsSection, testsSection } from './page.ts';
import { page } from './run.ts';
import { readSizes, sizesSection } from './sizes.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

test('the page is what `npm run docs:fidelity` makes of the recorded results', async () => {
  expect(readFileSync(`${ROOT}docs/fidelity.md`, 'utf8')).toBe(await page(ROOT));
});

test('a page without a place for a part is refused', () => {
  expect(() => refreshed('no places', ROOT)).toThrow('the page has no lines <!-- sizes --> and <!-- end of sizes -->');
});

test('sizes are tables by kind, and lists where there is one size', () => {
  const sizes = readSizes(
    'types\nbuiltins.int 24 4 0\nbuiltins.list 40 0 1\nobjects\n[0]*N: 56 64 72 136 856\n1.5: 24\n{}: 64\n',
  );
  const text = sizesSection(sizes);
  expect(text).toContain('### Lists\n\n| `sys.getsizeof` | N = 0 | N = 1 | N = 2 | N = 10 | N = 100 |');
  expect(text).toContain('| `[0]*N` | 56 | 64 | 72 | 136 | 856 |');
  expect(text).toContain('### Dicts\n\n`{}` 64.');
  expect(text).toContain('**builtins**\n`int` 24+4°, `list` 40.');
});

test('failures are counted without those of CPython itself', () => {
  const result = (failed: Record<string, string>, passed: number) => ({
    total: 3,
    passed,
    failed,
    skipped: {},
    seconds: 0,
  });
  const ours = { version: '1', date: 'today', modules: { test_a: result({ x: '', y: '' }, 1), test_b: result({}, 3) } };
  const theirs = { version: '', date: '', modules: { test_a: result({ y: '' }, 2), test_b: result({}, 3) } };
  const text = testsSection(ours, theirs, {});
  expect(text).toContain('of the 5 tests that CPython 3.12.1 passes in 2 modules, Moult passes 4; 1 fail.');
  expect(text).toContain('| test_a | 2 | 1 | 1 | 1 |');
  expect(text).not.toContain('test_b');
});

test('there may be no long runs', () => {
  expect(runsSection('/nowhere')).toBe('None is recorded yet.');
});
