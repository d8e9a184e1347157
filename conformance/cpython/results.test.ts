import { expect, test } from 'vitest';
import { failuresOf, merge, noResults, reasonOf, summarize, toMarkdown, type Results } from './results.ts';
import type { ModuleOutcome, TestOutcome } from './session.ts';

const passed = (id: string): TestOutcome => ({ id, status: 'passed', detail: '' });
const failed = (id: string): TestOutcome => ({ id, status: 'failed', detail: 'ValueError: at 0x7fab12345678' });

const outcome = (tests: TestOutcome[], total: number | null): ModuleOutcome => ({
  name: 'test_x',
  tests,
  total,
  trouble: '',
  seconds: 1,
});

const resultsOf = (tests: TestOutcome[], total: number | null): Results =>
  merge(noResults, { test_x: summarize(outcome(tests, total)) }, '1', 'today');

test('addresses do not get into the committed results', () => {
  expect(summarize(outcome([failed('a')], 1)).failed).toEqual({ a: 'ValueError: at 0xXXXX' });
});

test('a failure that CPython has too is not ours', () => {
  const both = resultsOf([failed('a'), failed('b')], 2);
  const theirs = resultsOf([failed('a'), passed('b')], 2);
  expect(failuresOf('test_x', both.modules['test_x']!, theirs).map(([id]) => id)).toEqual(['b']);
});

test('the longest start of a name gives the reason', () => {
  const reasons = { 'test.test_x.*': 'general', 'test.test_x.A.*': 'special', 'test.test_x.A.exact': 'exact' };
  expect(reasonOf('test.test_x.B.one', reasons)).toBe('general');
  expect(reasonOf('test.test_x.A.one', reasons)).toBe('special');
  expect(reasonOf('test.test_x.A.exact', reasons)).toBe('exact');
  expect(reasonOf('test.test_y.A', reasons)).toBeNull();
});

test('tests of a module that could not be loaded count as not run', () => {
  const page = toMarkdown(resultsOf([], null), resultsOf([passed('a'), passed('b')], 2), {}, ['test_x']);
  expect(page).toContain('| test_x | 2 | 0 | 0 | 0 | 0 | 2 | 2 | 0 |');
});

test('an unexplained failure shows its exception', () => {
  const page = toMarkdown(resultsOf([failed('test.test_x.A.a')], 1), noResults, {}, ['test_x']);
  expect(page).toContain('- `test_x.A.a`: unexplained: `ValueError: at 0xXXXX`');
});
