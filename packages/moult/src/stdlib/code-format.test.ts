import { expect, test } from 'vitest';
import { compileModule } from '../compiler/compile.ts';
import type { CodeData } from '../compiler/code-data.ts';
import { parse } from '../syntax/parse.ts';
import { decodeCode, encodeCode } from './code-format.ts';

function compiled(source: string): CodeData {
  const { ast } = parse(source, { filename: 'a.py', mode: 'exec', dontImplyDedent: false });
  return compileModule(ast, { filename: 'a.py', mode: 'exec' });
}

test('code with every kind of constant survives', () => {
  const code = compiled(
    'x = (1, -1, 2**70, 1.5, -0.0, 2j, "a\\ud800", b"\\x00\\xff", ..., None, True, (False, "é"))\n' +
      'y = z in {1, 2, 3}\ndef f(a, /, b=1, *c, d, **e):\n  def g(): return a\n  return g\n',
  );
  expect(decodeCode(encodeCode(code), 'a.py')).toEqual(code);
});

test('the file name is what the reader says', () => {
  const code = decodeCode(encodeCode(compiled('def f(): pass')), 'b.py');
  expect(code.filename).toBe('b.py');
  expect((code.consts[0] as CodeData).filename).toBe('b.py');
});

test('damaged data is refused', () => {
  const data = encodeCode(compiled('x = 1'));
  expect(() => decodeCode(data.subarray(0, data.length - 9), 'a.py')).toThrow(RangeError);
});
