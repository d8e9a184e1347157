import { expect, test } from 'vitest';
import { caretLine } from './carets.ts';

const at = (line: string, col: number, endCol: number): string | null =>
  caretLine(line, { lineno: 1, endLineno: 1, col, endCol });

// What CPython 3.12.1 prints for these lines.
test('the operator of a binary operation is pointed at', () => {
  expect(at('one/z', 0, 5)).toBe('    ~~~^~');
  expect(at('one  //  z', 0, 10)).toBe('    ~~~~~^^~~~');
  expect(at('(one)/(z)', 0, 9)).toBe('    ~~~~~^^~~');
  expect(at('( one ) / z', 0, 11)).toBe('    ~~~~~~~~^~~');
  expect(at("one+(  'a' )", 0, 12)).toBe('    ~~~^^~~~~~~~');
  expect(at('one/z/1', 0, 5)).toBe('    ~~~^~');
});

test('the brackets of a subscript are pointed at', () => {
  expect(at('a[1]', 0, 4)).toBe('    ~^^^');
  expect(at('a [1] ', 0, 5)).toBe('    ~~^^^');
  expect(at('(a)[(1)]', 0, 8)).toBe('    ~~~^^^^^');
  expect(at('é=a[1]', 3, 7)).toBe('      ~^^^');
});

test('indentation counts neither in the carets nor in the elision', () => {
  expect(at('\t\tone/z   ', 2, 7)).toBe('    ~~~^~');
  expect(at('    f(one)', 4, 10)).toBeNull();
  expect(at('    x = f(one)', 8, 14)).toBe('        ^^^^^^');
});

test('columns are bytes, carets are as wide as the characters', () => {
  expect(at("x = '日本'; one/z", 14, 19)).toBe('                ~~~^~');
  expect(at("x = '日本' + 1", 4, 16)).toBe('        ~~~~~~~^~~');
  expect(at("日本['日本']", 0, 16)).toBe('    ~~~~^^^^^^^^');
  expect(at('1/日本', 0, 8)).toBe('    ~^~~~~');
});

test('an expression of several lines is marked to the end of its first', () => {
  expect(caretLine('one + f(1,', { lineno: 1, endLineno: 2, col: 6, endCol: 4 })).toBe('          ^^^^');
  expect(caretLine('f(one,', { lineno: 1, endLineno: 2, col: 0, endCol: 4 })).toBeNull();
});
