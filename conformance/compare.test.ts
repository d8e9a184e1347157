import { describe, expect, test } from 'vitest';
import { compare, decode, normaliseErr, type Outcome } from './compare.ts';
import type { Program } from './programs.ts';

const program = (part: Partial<Program> = {}): Program => ({
  name: 'cycle/pair',
  category: 'cycle',
  kind: 'program',
  folder: '/x/cycle',
  args: ['pair.py'],
  stdin: null,
  out: 'one\ntwo\n',
  err: null,
  exitCode: 0,
  ...part,
});
const outcome = (part: Partial<Outcome> = {}): Outcome => ({
  out: 'one\ntwo\n',
  err: '',
  exitCode: 0,
  timedOut: false,
  ...part,
});
const whats = (...args: Parameters<typeof compare>): string[] => compare(...args).map(({ what }) => what);

describe('a program', () => {
  test('passes with equal stdout and exit code', () => {
    expect(whats(program(), outcome({ err: 'not looked at' }))).toEqual([]);
  });
  test('fails when stdout lacks the last newline', () => {
    expect(whats(program(), outcome({ out: 'one\ntwo' }))).toEqual(['stdout']);
  });
  test('fails on another exit code, or a signal', () => {
    expect(whats(program(), outcome({ exitCode: 1 }))).toEqual(['exit code 1, expected 0']);
    expect(whats(program(), outcome({ exitCode: null }))).toEqual(['exit code none (signal), expected 0']);
  });
  test('fails on another stderr only where there is a golden', () => {
    const wanting = program({ err: 'Error\n' });
    expect(whats(wanting, outcome({ err: 'Error\n\n' }))).toEqual([]);
    expect(whats(wanting, outcome())).toEqual(['stderr']);
    expect(whats(wanting, outcome(), false)).toEqual([]);
  });
  test('fails on a broken invariant, whatever else it printed', () => {
    const err = 'at x\nHeapCorruption: INV-RC-1 at 64: expected 1, found 2\n';
    expect(whats(program({ exitCode: 1 }), outcome({ err, exitCode: 1 }))).toEqual(['broken invariant']);
  });
  test('that was ended by its timeout fails with nothing else', () => {
    expect(whats(program(), outcome({ out: '', exitCode: null, timedOut: true }))).toEqual(['timeout']);
  });
  test('shows the lines around the first difference', () => {
    const [difference] = compare(program(), outcome({ out: 'one\n2\n' }));
    expect(difference?.lines.map((line) => line.trim())).toEqual([
      'stdout, line 2 of 3:',
      'one',
      '- two',
      '-',
      '+ 2',
      '+',
    ]);
  });
});

describe('a seed', () => {
  test('passes with other addresses and other newlines at the end', () => {
    const seed = program({ kind: 'seed', out: 'at 0xADDR\n' });
    expect(whats(seed, outcome({ out: 'at 0x7f00\n\n', exitCode: 1 }))).toEqual([]);
    expect(whats(seed, outcome({ out: 'at home\n' }))).toEqual(['output']);
  });
  test('session is compared from its first prompt', () => {
    const session = program({ kind: 'session', out: '>>> 1\n>>> \n' });
    expect(whats(session, outcome({ out: 'Moult 1\n>>> 1\n>>> ' }))).toEqual([]);
    expect(whats(session, outcome({ out: 'no prompt' }))).toEqual(['output']);
  });
});

describe('stderr', () => {
  test('is compared without addresses', () => {
    expect(normaliseErr('<A object at 0x7fAB>\n\n', 'a.py')).toBe('<A object at 0xXXXX>');
  });
  test('is compared without the path of the program', () => {
    expect(normaliseErr('File "/x/y/a.py", line 1', 'a.py')).toBe('File "a.py", line 1');
    expect(normaliseErr('/x/y/a.py:3: Warning', 'a.py')).toBe('a.py:3: Warning');
    expect(normaliseErr('in /x/y/other.txt', 'a.py', '/x/y')).toBe('in other.txt');
  });
  test('keeps the paths of other programs', () => {
    expect(normaliseErr('File "/x/b.py"', 'a.py')).toBe('File "/x/b.py"');
  });
});

test('bytes that are not UTF-8 are shown, not lost', () => {
  expect(decode(Buffer.from('é\n'))).toBe('é\n');
  expect(decode(Uint8Array.of(0x61, 0xff, 0x0a))).toBe('a\\xff\n');
});
