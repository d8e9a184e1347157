import { describe, expect, test } from 'vitest';
import type { Difference } from './compare.ts';
import type { Program } from './programs.ts';
import { count, judge, remark, type Result, table, toJson, unknownNames } from './report.ts';

const DIFFERENT: Difference[] = [{ what: 'stdout', lines: [] }];
const EXPECTED = { 'cycle/late': 'no finalizers yet' };

function result(name: string, differences: Difference[] = []): Result {
  const category = name.split('/')[0] ?? '';
  const program: Program = {
    name,
    category,
    kind: 'program',
    folder: '/x',
    args: [],
    stdin: null,
    out: '',
    err: null,
    exitCode: 0,
  };
  return { program, differences, verdict: judge(name, differences, EXPECTED), ms: 500 };
}

describe('the expected failures', () => {
  test('excuse a listed program that fails', () => {
    expect(judge('cycle/late', DIFFERENT, EXPECTED)).toBe('expected failure');
  });
  test('do not excuse an unlisted one', () => {
    expect(judge('cycle/other', DIFFERENT, EXPECTED)).toBe('fail');
    expect(judge('toString', DIFFERENT, EXPECTED)).toBe('fail');
  });
  test('must not list a program that passes', () => {
    expect(judge('cycle/late', [], EXPECTED)).toBe('unexpected pass');
    expect(remark(result('cycle/late'))).toMatch('take it off');
  });
  test('must not list what is no program', () => {
    expect(unknownNames([result('cycle/a').program], EXPECTED)).toEqual(['cycle/late']);
  });
});

const RESULTS = [result('cycle/a'), result('cycle/late', DIFFERENT), result('weakref/b', DIFFERENT)];

test('expected failures count neither as passed nor as failed', () => {
  expect(count(RESULTS)).toEqual({ passed: 1, expected: 1, failed: 1 });
  expect(count([result('cycle/late')])).toEqual({ passed: 0, expected: 0, failed: 1 });
});

test('the table has a row for each category and one for all', () => {
  expect(
    table(RESULTS)
      .split('\n')
      .map((line) => line.split(/\s{2,}/)),
  ).toEqual([
    ['category', 'programs', 'passed', 'expected failures', 'failed', 'seconds'],
    ['cycle', '2', '1', '1', '0', '1.0'],
    ['weakref', '1', '0', '0', '1', '0.5'],
    ['all', '3', '1', '1', '1', '1.5'],
  ]);
});

test('only unexpected verdicts are remarked on', () => {
  expect(RESULTS.map(remark)).toEqual([null, null, 'FAIL weakref/b: stdout']);
});

test('the JSON names each verdict', () => {
  expect(JSON.parse(toJson(RESULTS))).toMatchObject({
    totals: { passed: 1, expected: 1, failed: 1 },
    programs: { 'weakref/b': { verdict: 'fail', differences: ['stdout'] } },
  });
});
