import { expect, it } from 'vitest';
import { PyComplex } from '../../syntax/ast.ts';
import { ConstTuple } from '../code-data.ts';
import { binaryOp, unaryOp } from './arithmetic.ts';

it('integers divide towards minus infinity', () => {
  expect(binaryOp('FloorDiv', -7n, 2n)).toBe(-4n);
  expect(binaryOp('Mod', -7n, 3n)).toBe(2n);
  expect(binaryOp('Mod', 7n, -3n)).toBe(-2n);
});

it('true division of large integers is rounded once', () => {
  expect(binaryOp('Div', 123456789012345678901234567890n, 7n)).toBe(Number('123456789012345678901234567890') / 7);
  expect(binaryOp('Div', 10n ** 400n, 10n ** 399n)).toBe(10);
  expect(binaryOp('Div', 10n ** 400n, 1n)).toBe(undefined);
});

it('results beyond the limits are left for run time', () => {
  expect(binaryOp('Pow', 2n, 200n)).toBe(undefined);
  expect(binaryOp('LShift', 1n, 200n)).toBe(undefined);
  expect(binaryOp('Mult', 'a', 5000n)).toBe(undefined);
  expect(binaryOp('Mult', new ConstTuple([1n]), 300n)).toBe(undefined);
  expect(binaryOp('Mult', 'a', 3n)).toBe('aaa');
});

it('what raises is left for run time', () => {
  expect(binaryOp('Div', 1n, 0n)).toBe(undefined);
  expect(binaryOp('Add', 'a', 1n)).toBe(undefined);
  expect(binaryOp('LShift', 1n, -1n)).toBe(undefined);
  expect(unaryOp('Invert', 1.5)).toBe(undefined);
});

it('booleans stay booleans under bitwise operators only', () => {
  expect(binaryOp('BitAnd', true, false)).toBe(false);
  expect(binaryOp('Add', true, true)).toBe(2n);
  expect(unaryOp('USub', true)).toBe(-1n);
});

it('a negative base with a fractional exponent gives a complex number', () => {
  expect(binaryOp('Pow', -8n, 0.5)).toBeInstanceOf(PyComplex);
});
