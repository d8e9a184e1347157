import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dumpCode, normalizeDump } from '../../../../conformance/compiler/dump.ts';
import type { Dump } from '../../../../conformance/compiler/dump.ts';
import type { SyntaxWarningRecord } from '../syntax/errors.ts';
import { PythonSyntaxError } from '../syntax/errors.ts';
import { parse } from '../syntax/parse.ts';
import { CodeData } from './code-data.ts';
import { compileModule } from './compile.ts';
import type { CompileOptions } from './compile.ts';

interface Golden {
  name: string;
  source: string;
  code: Dump;
}

const goldens = JSON.parse(readFileSync(new URL('./compile.golden.json', import.meta.url), 'utf8')) as Golden[];

function compile(source: string, options: Partial<CompileOptions> = {}): CodeData {
  const mode = options.mode ?? 'exec';
  return compileModule(parse(source, { filename: '<test>', mode }).ast, { filename: '<test>', mode, ...options });
}

function dump(source: string): Dump {
  const warnings: SyntaxWarningRecord[] = [];
  let result: Dump;
  try {
    result = dumpCode(compile(source, { onWarning: (warning) => warnings.push(warning) }));
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    result = { error: [error.type, error.msg, error.lineno, error.offset, error.endLineno, error.endOffset] };
  }
  return { ...result, warnings: warnings.map((w) => [w.category, w.message, w.lineno]) };
}

describe('code equals that of CPython 3.12 for', () => {
  for (const { name, source, code } of goldens) {
    it(name, () => {
      expect(dump(source)).toEqual(normalizeDump(code));
    });
  }
});

function functionOf(code: CodeData): CodeData {
  return code.consts.find((value) => value instanceof CodeData)!;
}

describe('options', () => {
  it('-O drops assertions and makes __debug__ false', () => {
    expect(compile('assert a', { optimize: 1 }).names).toEqual([]);
    expect(compile('x = __debug__', { optimize: 1 }).consts).toEqual([false, null]);
  });

  it('-OO drops docstrings', () => {
    const source = 'def f():\n  "doc"';
    expect(functionOf(compile(source)).consts[0]).toBe('doc');
    expect(functionOf(compile(source, { optimize: 2 })).consts[0]).toBe(null);
  });

  it('eval mode returns the value of the expression', () => {
    expect(compile('1 + 1', { mode: 'eval' }).consts).toEqual([2n]);
  });

  it('top-level await makes the module a coroutine if allowed', () => {
    expect(() => compile('await x')).toThrow("'await' outside function");
    expect(compile('await x', { flags: 0x2000 }).flags & 0x80).toBe(0x80);
  });

  it('an error carries the source line if there is one', () => {
    const sourceLine = (lineno: number): string => `line ${lineno}\n`;
    let text: string | null = null;
    try {
      compile('\nreturn', { sourceLine });
    } catch (error) {
      ({ text } = error as PythonSyntaxError);
    }
    expect(text).toBe('line 2\n');
  });
});

describe('large programs', () => {
  it('a sum of 2900 terms compiles', () => {
    expect(compile(Array(2900).fill('a').join('+')).code.length).toBeGreaterThan(2900);
  });

  it('a tree that is too deep is a RecursionError', () => {
    expect(() => compile('-'.repeat(3500) + 'a')).toThrow('maximum recursion depth exceeded during compilation');
  });

  it('equal constants of one compilation are one object', () => {
    const [f, g] = compile('def f(): return (1, "a")\ndef g(): return (1, "a")').consts.filter(
      (c) => c instanceof CodeData,
    );
    expect(f!.consts[1]).toBe(g!.consts[1]);
  });
});
