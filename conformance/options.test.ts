import { expect, test } from 'vitest';
import { parseOptions, UsageError } from './options.ts';

test('without arguments every program runs, two at a time', () => {
  expect(parseOptions([])).toMatchObject({ categories: [], words: [], jobs: 2, timeoutMs: 20_000, audit: null });
});

test('options may repeat where that makes sense', () => {
  const args = '-c cycle --category weakref -k list -t 5 -j 1 --audit 100 --tier 3 --json out.json -v --no-err'.split(
    ' ',
  );
  expect(parseOptions(args)).toEqual({
    categories: ['cycle', 'weakref'],
    words: ['list'],
    timeoutMs: 5000,
    jobs: 1,
    verbose: true,
    compareErr: false,
    json: 'out.json',
    differences: false,
    audit: 100,
    tier: 3,
    command: [],
  });
});

test('what follows -- is the command', () => {
  expect(parseOptions(['-v', '--', 'python3', '-v']).command).toEqual(['python3', '-v']);
});

test.each([['--what'], ['-k'], ['-j', '0'], ['-t', 'soon'], ['cycle']])('%s %s is refused', (...args) => {
  expect(() => parseOptions(args)).toThrow(UsageError);
});
