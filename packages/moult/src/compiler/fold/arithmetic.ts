/** Operators on constants, within CPython's limits on the size of results. */

import type { Operator, UnaryOperator } from '../../syntax/ast.ts';
import { ELLIPSIS, PyComplex } from '../../syntax/ast.ts';
import { ComputedBytes, ConstFrozenSet, ConstTuple } from '../code-data.ts';
import type { ConstValue } from '../code-data.ts';
import { complexOp } from './complex.ts';
import { accuratePow } from '../../numeric/accurate-pow.ts';

const MAX_INT_BITS = 128;
const MAX_COLLECTION_SIZE = 256;
const MAX_STR_SIZE = 4096;
const MAX_TOTAL_ITEMS = 1024;

/** The result, or undefined if the operation fails or should wait for run time. */
export function unaryOp(op: UnaryOperator, value: ConstValue): ConstValue | undefined {
  if (op === 'Not') return !isTruthy(value);
  if (value instanceof PyComplex) {
    if (op === 'USub') return new PyComplex(-value.real, -value.imag);
    return op === 'UAdd' ? value : undefined;
  }
  if (typeof value === 'number') return op === 'USub' ? -value : op === 'UAdd' ? value : undefined;
  const int = toInt(value);
  if (int === undefined) return undefined;
  return op === 'USub' ? -int : op === 'UAdd' ? int : ~int;
}

function isTruthy(value: ConstValue): boolean {
  if (value === null) return false;
  if (value === ELLIPSIS) return true;
  if (value instanceof Uint8Array) return value.length > 0;
  if (value instanceof ConstTuple || value instanceof ConstFrozenSet) return value.items.length > 0;
  if (value instanceof PyComplex) return value.real !== 0 || value.imag !== 0;
  if (typeof value === 'number') return value !== 0; // NaN is true
  return Boolean(value);
}

function toInt(value: ConstValue): bigint | undefined {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return typeof value === 'bigint' ? value : undefined;
}

/** The result, or undefined if the operation fails or should wait for run time. */
export function binaryOp(op: Operator, left: ConstValue, right: ConstValue): ConstValue | undefined {
  const a = toInt(left);
  const b = toInt(right);
  if (a !== undefined && b !== undefined) {
    if (typeof left === 'boolean' && typeof right === 'boolean' && isBitOp(op)) return intOp(op, a, b) !== 0n;
    return intOp(op, a, b);
  }
  if (op === 'Mult') {
    if (a !== undefined) return repeat(right, a) ?? numberOp(op, left, right);
    if (b !== undefined) return repeat(left, b) ?? numberOp(op, left, right);
  }
  if (op === 'Add') {
    const joined = concatenate(left, right);
    if (joined !== undefined) return joined;
  }
  return numberOp(op, left, right);
}

function isBitOp(op: Operator): boolean {
  return op === 'BitAnd' || op === 'BitOr' || op === 'BitXor';
}

// Sequences

function concatenate(left: ConstValue, right: ConstValue): ConstValue | undefined {
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (left instanceof ConstTuple && right instanceof ConstTuple) return new ConstTuple([...left.items, ...right.items]);
  if (left instanceof Uint8Array && right instanceof Uint8Array) return ComputedBytes.from([...left, ...right]);
  return undefined;
}

function repeat(value: ConstValue, count: bigint): ConstValue | undefined {
  if (value instanceof ConstTuple) {
    const n = repeatCount(value.items.length, count, MAX_COLLECTION_SIZE);
    if (n === undefined || (n > 0 && !fits(value, Math.floor(MAX_TOTAL_ITEMS / n)))) return undefined;
    return new ConstTuple(Array.from({ length: n }, () => value.items).flat());
  }
  if (typeof value === 'string') {
    const n = repeatCount([...value].length, count, MAX_STR_SIZE);
    return n === undefined ? undefined : value.repeat(n);
  }
  if (value instanceof Uint8Array) {
    const n = repeatCount(value.length, count, MAX_STR_SIZE);
    return n === undefined ? undefined : ComputedBytes.from(Array.from({ length: n }, () => [...value]).flat());
  }
  return undefined;
}

/** Counts beyond this are an OverflowError. */
const MAX_INDEX = 2n ** 63n;

function repeatCount(size: number, count: bigint, limit: number): number | undefined {
  if (count >= MAX_INDEX || count < -MAX_INDEX) return undefined;
  if (size === 0) return 0;
  return count < 0n || count > BigInt(Math.floor(limit / size)) ? undefined : Number(count);
}

/** Whether nested tuples have at most `limit` items in all. */
function fits(value: ConstTuple, limit: number): boolean {
  return remaining(value, limit) >= 0;
}

function remaining(value: ConstTuple, limit: number): number {
  limit -= value.items.length;
  for (const item of value.items) {
    if (limit < 0) return limit;
    if (item instanceof ConstTuple) limit = remaining(item, limit);
  }
  return limit;
}

// Integers

function bitLength(value: bigint): number {
  return value === 0n ? 0 : (value < 0n ? -value : value).toString(2).length;
}

function intOp(op: Operator, a: bigint, b: bigint): ConstValue | undefined {
  switch (op) {
    case 'Add':
      return a + b;
    case 'Sub':
      return a - b;
    case 'Mult':
      return a !== 0n && b !== 0n && bitLength(a) + bitLength(b) > MAX_INT_BITS ? undefined : a * b;
    case 'Div':
      return divideInts(a, b);
    case 'FloorDiv':
      return b === 0n ? undefined : floorDivide(a, b);
    case 'Mod':
      return b === 0n ? undefined : a - floorDivide(a, b) * b;
    case 'Pow':
      return powerInts(a, b);
    case 'LShift':
      return shiftLeft(a, b);
    case 'RShift':
      return b < 0n ? undefined : a >> b;
    case 'BitAnd':
      return a & b;
    case 'BitOr':
      return a | b;
    case 'BitXor':
      return a ^ b;
    case 'MatMult':
      return undefined;
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function powerInts(a: bigint, b: bigint): ConstValue | undefined {
  if (b < 0n) return a === 0n ? undefined : floatPower(Number(a), Number(b));
  if (a !== 0n && b > 0n) {
    if (b > BigInt(MAX_INT_BITS) || bitLength(a) > Math.floor(MAX_INT_BITS / Number(b))) return undefined;
  }
  return a ** b;
}

function shiftLeft(a: bigint, b: bigint): bigint | undefined {
  if (b < 0n) return undefined;
  if (a !== 0n && b !== 0n) {
    if (b > BigInt(MAX_INT_BITS) || bitLength(a) > MAX_INT_BITS - Number(b)) return undefined;
  }
  return a === 0n ? 0n : a << b;
}

/** True division, correctly rounded; undefined for division by zero and overflow. */
function divideInts(a: bigint, b: bigint): number | undefined {
  if (b === 0n) return undefined;
  if (a === 0n) return b < 0n ? -0 : 0;
  const negative = a < 0n !== b < 0n;
  let numerator = a < 0n ? -a : a;
  let denominator = b < 0n ? -b : b;
  if (numerator <= 2n ** 53n && denominator <= 2n ** 53n) {
    const exact = Number(numerator) / Number(denominator);
    return negative ? -exact : exact;
  }
  // Scale to a quotient of at least 66 bits, keep what is lost as a sticky bit, let Number() round.
  const shift = bitLength(denominator) - bitLength(numerator) + 66;
  if (shift > 0) numerator <<= BigInt(shift);
  else denominator <<= BigInt(-shift);
  let quotient = numerator / denominator;
  if (numerator % denominator !== 0n) quotient |= 1n;
  const result = Number(quotient) * 2 ** -shift;
  if (!Number.isFinite(result)) return undefined;
  return negative ? -result : result;
}

// Floats

function numberOp(op: Operator, left: ConstValue, right: ConstValue): ConstValue | undefined {
  if (left instanceof PyComplex || right instanceof PyComplex) {
    const a = toComplex(left);
    const b = toComplex(right);
    return a === undefined || b === undefined ? undefined : complexOp(op, a, b);
  }
  const a = toFloat(left);
  const b = toFloat(right);
  return a === undefined || b === undefined ? undefined : floatOp(op, a, b);
}

function toFloat(value: ConstValue): number | undefined {
  if (typeof value === 'number') return value;
  const int = toInt(value);
  if (int === undefined) return undefined;
  const float = Number(int);
  return Number.isFinite(float) ? float : undefined;
}

function toComplex(value: ConstValue): PyComplex | undefined {
  if (value instanceof PyComplex) return value;
  const real = toFloat(value);
  return real === undefined ? undefined : new PyComplex(real, 0);
}

function floatOp(op: Operator, a: number, b: number): ConstValue | undefined {
  switch (op) {
    case 'Add':
      return a + b;
    case 'Sub':
      return a - b;
    case 'Mult':
      return a * b;
    case 'Div':
      return b === 0 ? undefined : a / b;
    case 'FloorDiv':
      return b === 0 ? undefined : floorDivideFloats(a, b);
    case 'Mod':
      return b === 0 ? undefined : modFloats(a, b);
    case 'Pow':
      if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) {
        return complexOp(op, new PyComplex(a, 0), new PyComplex(b, 0));
      }
      return floatPower(a, b);
    default:
      return undefined;
  }
}

function modFloats(a: number, b: number): number {
  const mod = a % b;
  if (mod === 0) return b < 0 ? -0 : 0;
  return b < 0 !== mod < 0 ? mod + b : mod;
}

function floorDivideFloats(a: number, b: number): number {
  const mod = a % b;
  let quotient = (a - mod) / b;
  if (mod !== 0 && b < 0 !== mod < 0) quotient -= 1;
  if (quotient === 0) return Object.is(a / b, -0) || a / b < 0 ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** undefined where Python raises. */
function floatPower(a: number, b: number): number | undefined {
  if (a === 1 || b === 0) return 1;
  if (a === -1 && !Number.isFinite(b) && !Number.isNaN(b)) return 1;
  if (a === 0 && b < 0) return undefined;
  const result = accuratePow(a, b);
  return !Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b) ? undefined : result;
}
