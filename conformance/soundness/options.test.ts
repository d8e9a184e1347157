import { expect, test } from 'vitest';
import { UsageError } from '../options.ts';
import { parseOptions } from './options.ts';
import { SWEEPS } from './task.ts';

test('without a name all sweeps are meant', () => {
  expect(parseOptions(['--small']).sweeps).toEqual([...SWEEPS]);
});

test('sweeps and options come in any order', () => {
  const options = parseOptions(['-k', 'dict', 'faults', '--every', '7', '-j', '1', 'steps']);
  expect(options).toMatchObject({ sweeps: ['faults', 'steps'], words: ['dict'], every: 7, jobs: 1, small: false });
});

test('what is no sweep, no option or no number is refused', () => {
  for (const args of [['fault'], ['--every'], ['--every', '0'], ['--only', 'x']])
    expect(() => parseOptions(args)).toThrow(UsageError);
});
