import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PythonSyntaxError } from './errors.ts';
import { parse, parseInteractive, type ParseMode, type ParseOptions } from './parse.ts';
import { dumpTree } from './testdata/dump-tree.ts';

/** Source, mode, and CPython's error: type, msg, lineno, offset, text, end_lineno, end_offset. */
type ErrorCase = [string, ParseMode, (string | number | null)[]];

function data(name: string): string {
  return readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');
}

function errorOf(source: string | Uint8Array, options: Partial<ParseOptions> = {}): (string | number | null)[] {
  try {
    parse(source, { filename: '<test>', mode: 'exec', ...options });
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    return [error.type, error.msg, error.lineno, error.offset, error.text, error.endLineno, error.endOffset];
  }
  return ['ok'];
}

function warningsOf(source: string): string[] {
  const { warnings } = parse(source, { filename: '<test>', mode: 'exec' });
  return warnings.map(({ category, message, lineno }) => `${category} ${lineno}: ${message}`);
}

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

describe('trees', () => {
  test('equal those of CPython for a program that uses all of the language', () => {
    const { ast } = parse(data('program.py'), { filename: 'program.py', mode: 'exec' });
    expect(dumpTree(ast)).toBe(data('program.tree').trimEnd());
  });

  test('of long chains need no stack', () => {
    for (const source of [
      '1' + '+1'.repeat(5000),
      '-'.repeat(5000) + '1',
      'a' + '.b()'.repeat(5000),
      '1 if 1 else '.repeat(5000) + '1',
      'if a: b\n' + 'elif c: d\n'.repeat(2000),
    ]) {
      expect(errorOf(source)).toEqual(['ok']);
    }
  });

  test('of named characters take their names from the database, unless a table is given', () => {
    const source = String.raw`"\N{BULLET}"`;
    expect(errorOf(source)).toEqual(['ok']);
    expect(errorOf(source, { unicodeName: () => undefined })[1]).toContain('unknown Unicode character name');
    expect(errorOf(source, { unicodeName: (name) => (name === 'BULLET' ? '\u2022' : undefined) })).toEqual(['ok']);
  });
});

describe('errors', () => {
  const cases = JSON.parse(data('errors.json')) as ErrorCase[];
  test.each(cases)("are CPython's for %j in mode %s", (source, mode, error) => {
    expect(errorOf(source, { mode })).toEqual(error);
  });

  const incomplete = JSON.parse(data('incomplete.json')) as ErrorCase[];
  test.each(incomplete)('tell that %j is incomplete', (source, mode, error) => {
    expect(errorOf(source, { mode, allowIncompleteInput: true, dontImplyDedent: true })).toEqual(error);
  });

  test('are found under deep nesting', () => {
    expect(errorOf('('.repeat(199) + '1 $' + ')'.repeat(199))[1]).toBe('invalid syntax');
    expect(errorOf('('.repeat(201))[1]).toBe('too many nested parentheses');
    expect(errorOf('1' + '**1'.repeat(50000))[0]).toBe('MemoryError');
  });
});

describe('warnings', () => {
  test('tell of the first invalid escape of each literal', () => {
    expect(warningsOf('x = "\\d\\e"\n"\\q", b"\\777"')).toEqual([
      "SyntaxWarning 1: invalid escape sequence '\\d'",
      "SyntaxWarning 2: invalid escape sequence '\\q'",
      "SyntaxWarning 2: invalid octal escape sequence '\\777'",
    ]);
  });

  test('are not doubled where the parser goes back', () => {
    expect(warningsOf('with ("\\d"), x + 1: pass')).toHaveLength(1);
    expect(warningsOf('match("\\d")')).toHaveLength(1);
    expect(warningsOf('f"\\{x}"')).toHaveLength(1);
  });

  test('tell of keywords directly behind numbers', () => {
    expect(warningsOf('1if 2else 3')).toEqual([
      'SyntaxWarning 1: invalid decimal literal',
      'SyntaxWarning 1: invalid decimal literal',
    ]);
  });
});

describe('source bytes', () => {
  test.each([
    ['\xef\xbb\xbfx = 1'],
    ['# coding: latin-1\nx = "\xe9"'],
    ['# -*- coding: utf-8 -*-\r\nx = "\xc3\xa9"\r\n'],
    ['\n# vim: set fileencoding=iso-8859-15 :\nx = "\xa4"'],
    ['x\ry'],
  ])('are decoded: %j', (source) => {
    expect(errorOf(bytes(source))).toEqual(['ok']);
  });

  test.each([
    ['# coding: foo\nx', 'unknown encoding: foo'],
    ['\xef\xbb\xbf# coding: latin-1\nx', 'encoding problem: iso-8859-1 with BOM'],
    ['# coding: ascii\nx = "\xe9"', "'ascii' codec can't decode byte 0xe9 in position 21: ordinal not in range(128)"],
    ['x = "\xe9"', "(unicode error) 'utf-8' codec can't decode byte 0xe9 in position 0: unexpected end of data"],
    ['a\0b', 'source code string cannot contain null bytes'],
  ])('are rejected: %j', (source, message) => {
    expect(errorOf(bytes(source))[1]).toBe(message);
  });
});

describe('at a prompt', () => {
  const status = (text: string): string => parseInteractive(text, { filename: '<stdin>' }).status;

  test.each([['1'], [''], ['# c'], ['x; y'], ['(1,\n2)'], ['if 1:\n  x\n\n'], ['if 1: x\n\n'], ['x = """a\nb"""']])(
    '%j is a statement',
    (text) => expect(status(text)).toBe('complete'),
  );

  test.each([['if 1:'], ['if 1:\n  x'], ['if 1: x'], ['('], ['x = """a'], ['a \\'], ['@d'], ['try:\n  x'], ['f"{x']])(
    '%j needs more',
    (text) => expect(status(text)).toBe('incomplete'),
  );

  test.each([['a b'], ['(a b'], ["'abc"], [' x'], ['if 1:\nx'], ['class A:\n\n'], ['for'], [')']])(
    '%j is an error',
    (text) => expect(status(text)).toBe('error'),
  );
});

test('brackets that are never closed are explained in a time that grows with their number', () => {
  const starts = [
    'del ',
    'for ',
    'with ',
    'with a as ',
    '',
    'x: ',
    'return ',
    'match ',
    'match x:\n case ',
    'lambda ',
    'f(',
    '@',
    'import ',
  ];
  for (const start of starts)
    for (const bracket of ['(', '[', '{', '(a,', '[a, ', 'f(', '*(', 'a[', '(yield '])
      expect(() => parse(`${start}${bracket.repeat(40)}k\n`, { filename: 'f', mode: 'exec' })).toThrow(
        PythonSyntaxError,
      );
}, 20_000);
