import { expect, test } from 'vitest';
import { spelling, T } from './token.ts';
import { Tokenizer } from './tokenizer.ts';

const NAMES: Partial<Record<T, string>> = {
  [T.Name]: 'name',
  [T.Number]: 'number',
  [T.String]: 'string',
  [T.Newline]: 'NEWLINE',
  [T.Indent]: 'INDENT',
  [T.Dedent]: 'DEDENT',
  [T.EndMarker]: 'END',
  [T.FStringStart]: 'fstart',
  [T.FStringMiddle]: 'fmiddle',
  [T.FStringEnd]: 'fend',
  [T.Error]: 'ERROR',
  [T.Op]: 'OP',
};

function types(source: string): string {
  const { tokens } = new Tokenizer(source, { filename: '<test>' }).run();
  return Array.from({ length: tokens.count }, (_, i) => spelling(tokens.type[i]!) || NAMES[tokens.type[i]! as T]).join(
    ' ',
  );
}

test('blank lines and comments make no tokens', () => {
  expect(types('\n  # c\nx\n\n   \n# d\ny\n')).toBe('name NEWLINE name NEWLINE END');
});

test('a form feed does not count as indentation', () => {
  expect(types('if x:\n  y\n  \fz\n')).toBe('if name : NEWLINE INDENT name NEWLINE DEDENT name NEWLINE END');
});

test('lines in brackets and behind backslashes are joined', () => {
  expect(types('f(\n  1,\n)\nx = \\\n  2\n')).toBe('name ( number , ) NEWLINE name = number NEWLINE END');
});

test('longest operators win', () => {
  expect(types('a**=b//=c>>=d->e:=f...g..h\n')).toBe(
    'name **= name //= name >>= name -> name := name ... name . . name NEWLINE END',
  );
});

test('f-strings nest', () => {
  expect(types('f"a{f"{x}":>{y}}{{b"\n')).toBe(
    'fstart fmiddle { fstart { name } fend : fmiddle { name } fmiddle } fmiddle fmiddle fend NEWLINE END',
  );
});

test('columns count UTF-8 bytes', () => {
  const { tokens } = new Tokenizer('é = "ü😀" + x\n', { filename: '<test>' }).run();
  expect(Array.from(tokens.col.slice(0, 5))).toEqual([0, 3, 5, 14, 16]);
});

test('a failure is an error token that keeps the reason', () => {
  const tokenizer = new Tokenizer('x = (1\n', { filename: '<test>' }).run();
  expect(tokenizer.failure?.reason).toBe('eof');
  expect(tokenizer.brackets).toHaveLength(1);
  expect(types('if 1:\n\tx\n        y\n')).toBe(
    'if name : NEWLINE INDENT name NEWLINE ERROR'.replace('name', 'number'),
  );
});
