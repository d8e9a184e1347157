/** BINARY_OP for operands that the loop does not handle itself. */
import { deallocFloat, decref, freeMetered, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { BinaryOp, Op } from '../compiler/opcodes.ts';
import { newCompact, newFloat, newInt } from '../core/int.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { FloatWord, IntTag, IntWord } from '../core/layout/numbers.ts';
import {
  add,
  binaryOp,
  inplaceAdd,
  inplaceMultiply,
  inplaceOp,
  inplacePower,
  multiply,
  power,
} from '../core/protocol/number.ts';
import type { Runtime } from '../core/runtime.ts';
import { S, smallInt, T } from '../core/static.ts';
import { strConcatTake } from '../objects/str/concat.ts';
import { Quick } from '../frames/quick.ts';
import { release, replaceTwo } from './operands.ts';

/** Computes the operator `op` (a `BinaryOp`) of the two topmost operands and replaces them; `at` is the unit before the next instruction. Returns the new `sp`. @runsPython */
export function binaryOperation(rt: Runtime, frame: number, at: number, sp: number, op: number): number {
  const H = rt.words;
  const a = H[sp - 2];
  const b = H[sp - 1];
  const left = H[a + ObjectWord.Type];
  const right = H[b + ObjectWord.Type];
  if (left === T.int && right === T.int) {
    if (areCompact(H, a, b) && putCompactOperation(rt, sp, op)) return sp - 1;
  } else if (left === T.float || right === T.float) {
    if (isPlainNumber(H, a) && isPlainNumber(H, b) && putFloatOperation(rt, sp, op)) return sp - 1;
  } else if (left === T.str && right === T.str && (op === BinaryOp.ADD || op === BinaryOp.INPLACE + BinaryOp.ADD)) {
    return concatenate(rt, frame, at, sp);
  }
  return replaceTwo(rt, frame, sp, operate(rt, a, b, op));
}

/** Of two compact ints. False, with nothing changed, where the general way has to do it. */
function putCompactOperation(rt: Runtime, sp: number, op: number): boolean {
  const H = rt.words;
  const a = H[sp - 2];
  const b = H[sp - 1];
  const plain = op >= BinaryOp.INPLACE ? op - BinaryOp.INPLACE : op;
  const result = compactOperation(rt, H[a + IntWord.Payload], H[b + IntWord.Payload], plain);
  if (result === 0) return false;
  H[sp - 2] = result;
  releaseInt(rt, a);
  releaseInt(rt, b);
  return true;
}

/** Whether it is an exact float or compact int. */
function isPlainNumber(H: Int32Array, o: Ref): boolean {
  const type = H[o + ObjectWord.Type];
  return type === T.float || (type === T.int && (H[o + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact);
}

/** Of two floats, or a float and a compact int. False, with nothing changed, where the general way has to do it. */
function putFloatOperation(rt: Runtime, sp: number, op: number): boolean {
  const H = rt.words;
  const a = H[sp - 2];
  const b = H[sp - 1];
  const x = numberAsFloat(rt, a);
  const y = numberAsFloat(rt, b);
  const plain = op >= BinaryOp.INPLACE ? op - BinaryOp.INPLACE : op;
  let result = 0;
  if (plain === BinaryOp.ADD) result = x + y;
  else if (plain === BinaryOp.SUBTRACT) result = x - y;
  else if (plain === BinaryOp.MULTIPLY) result = x * y;
  else if (plain === BinaryOp.TRUE_DIVIDE && y !== 0) result = x / y;
  else return false;
  H[sp - 2] = newFloat(rt, result);
  release(rt, a);
  release(rt, b);
  return true;
}

function numberAsFloat(rt: Runtime, o: Ref): number {
  return rt.words[o + ObjectWord.Type] === T.float
    ? rt.floats[(o + FloatWord.Value) >> 1]
    : rt.words[o + IntWord.Payload];
}

function areCompact(H: Int32Array, a: Ref, b: Ref): boolean {
  const both = H[a + IntWord.Tag] & H[b + IntWord.Tag] & IntTag.Compact;
  return both !== 0 && ((H[a + IntWord.Tag] | H[b + IntWord.Tag]) & IntTag.Medium) === 0;
}

/** Products up to here are exact. */
const PRODUCT_MAX = 2 ** 53 - 1;
/** A compact int shifted by so much still is a safe integer. */
const SHIFT_MAX = 22;
const COMPACT_BYTES = 28;
const COMPACT_LIMIT = 1 << 30;

/** An operator on compact ints; 0 where the general way has to do it. */
function compactOperation(rt: Runtime, x: number, y: number, op: number): Owned | 0 {
  switch (op) {
    case BinaryOp.ADD:
      return newInt(rt, x + y);
    case BinaryOp.SUBTRACT:
      return newInt(rt, x - y);
    case BinaryOp.MULTIPLY: {
      const product = x * y;
      if (product > PRODUCT_MAX || product < -PRODUCT_MAX) return 0;
      return newInt(rt, product === 0 ? 0 : product);
    }
    case BinaryOp.FLOOR_DIVIDE:
      return y === 0 ? 0 : newInt(rt, Math.floor(x / y) | 0);
    case BinaryOp.REMAINDER: {
      if (y === 0) return 0;
      const rest = (x % y) | 0;
      return newInt(rt, rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest);
    }
    case BinaryOp.AND:
      return newInt(rt, x & y);
    case BinaryOp.OR:
      return newInt(rt, x | y);
    case BinaryOp.XOR:
      return newInt(rt, x ^ y);
    case BinaryOp.RSHIFT:
      return y < 0 ? 0 : newInt(rt, x >> Math.min(y, 31));
    case BinaryOp.LSHIFT:
      return y < 0 || y > SHIFT_MAX ? 0 : newInt(rt, x * 2 ** y);
    case BinaryOp.TRUE_DIVIDE:
      return y === 0 ? 0 : newFloat(rt, x / y);
    default:
      return 0;
  }
}

/** Releases an exact compact int. */
function releaseInt(rt: Runtime, o: Ref): void {
  const H = rt.words;
  const count = H[o];
  if (count > 1 && !TRACE) H[o] = count - 1;
  else if (count === 1 && !TRACE) freeMetered(rt, o, IntWord.Words, COMPACT_BYTES);
  else if (count > 0) decref(rt, o);
}

/** `a + b` of two strings. When the next instruction stores into the local that holds `a`, that local is emptied first, so that `a` can
 *  be extended in place (unicode_concatenate). */
function concatenate(rt: Runtime, frame: number, at: number, sp: number): number {
  const H = rt.words;
  const following = at + 1;
  const next = H[following];
  if (isStoreFast(next & 255)) {
    const local = frame + FrameWord.LocalsPlus + (next >> 8);
    if (H[local] === H[sp - 2]) {
      H[local] = 0;
      if (H[H[sp - 2]] >= 0) decref(rt, H[sp - 2]);
    }
  }
  const right = H[sp - 1];
  H[sp - 2] = strConcatTake(rt, H[sp - 2] as Owned, right);
  decref(rt, right);
  return sp - 1;
}

function isStoreFast(op: number): boolean {
  return op === Op.STORE_FAST || op === Quick.StoreFastLoadFast || op === Quick.StoreFastStoreFast;
}

/** Replaces the two exact compact ints on top by the int `n`, |n| < 2^31. The caller takes one off `sp`. */
export function putInt(rt: Runtime, sp: number, n: number): void {
  const H = rt.words;
  const a = H[sp - 2];
  const b = H[sp - 1];
  if (n >= -5 && n <= 256) H[sp - 2] = smallInt(n);
  else H[sp - 2] = n > -COMPACT_LIMIT && n < COMPACT_LIMIT ? newCompact(rt, n) : newInt(rt, n);
  releaseInt(rt, a);
  releaseInt(rt, b);
}

/** Replaces the two exact floats on top by another one. The caller takes one off `sp`. */
export function putFloat(rt: Runtime, sp: number, x: number): void {
  const H = rt.words;
  const a = H[sp - 2];
  const b = H[sp - 1];
  H[sp - 2] = newFloat(rt, x);
  releaseFloat(rt, a);
  releaseFloat(rt, b);
}

/** UNARY_NEGATIVE of an exact compact int or float on top; false: it is neither. */
export function negateTop(rt: Runtime, sp: number): boolean {
  const H = rt.words;
  const o = H[sp - 1];
  const type = H[o + ObjectWord.Type];
  if (type === T.int && (H[o + IntWord.Tag] & IntTag.FormMask) === IntTag.Compact) {
    H[sp - 1] = newInt(rt, (0 - H[o + IntWord.Payload]) | 0);
    releaseInt(rt, o);
    return true;
  }
  if (type !== T.float) return false;
  H[sp - 1] = newFloat(rt, -rt.floats[(o + FloatWord.Value) >> 1]);
  releaseFloat(rt, o);
  return true;
}

/** Releases an exact float. */
function releaseFloat(rt: Runtime, o: Ref): void {
  const H = rt.words;
  const count = H[o];
  if (count > 1 && !TRACE) H[o] = count - 1;
  else if (count === 1 && !TRACE) deallocFloat(rt, o);
  else if (count > 0) decref(rt, o);
}

function operate(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  switch (op) {
    case BinaryOp.ADD:
      return add(rt, a, b);
    case BinaryOp.INPLACE + BinaryOp.ADD:
      return inplaceAdd(rt, a, b);
    case BinaryOp.MULTIPLY:
      return multiply(rt, a, b);
    case BinaryOp.INPLACE + BinaryOp.MULTIPLY:
      return inplaceMultiply(rt, a, b);
    case BinaryOp.POWER:
      return power(rt, a, b, S.None);
    case BinaryOp.INPLACE + BinaryOp.POWER:
      return inplacePower(rt, a, b);
    default:
      return op >= BinaryOp.INPLACE ? operateInplace(rt, a, b, op - BinaryOp.INPLACE) : operatePlain(rt, a, b, op);
  }
}

/** Slot, in-place slot and symbol of each operator, by `BinaryOp`. */
const SLOTS: readonly number[] = [
  TypeWord.NbAdd,
  TypeWord.NbAnd,
  TypeWord.NbFloorDivide,
  TypeWord.NbLshift,
  TypeWord.NbMatrixMultiply,
  TypeWord.NbMultiply,
  TypeWord.NbRemainder,
  TypeWord.NbOr,
  TypeWord.NbPower,
  TypeWord.NbRshift,
  TypeWord.NbSubtract,
  TypeWord.NbTrueDivide,
  TypeWord.NbXor,
];
const INPLACE_SLOTS: readonly number[] = [
  TypeWord.NbInplaceAdd,
  TypeWord.NbInplaceAnd,
  TypeWord.NbInplaceFloorDivide,
  TypeWord.NbInplaceLshift,
  TypeWord.NbInplaceMatrixMultiply,
  TypeWord.NbInplaceMultiply,
  TypeWord.NbInplaceRemainder,
  TypeWord.NbInplaceOr,
  TypeWord.NbInplacePower,
  TypeWord.NbInplaceRshift,
  TypeWord.NbInplaceSubtract,
  TypeWord.NbInplaceTrueDivide,
  TypeWord.NbInplaceXor,
];
const SYMBOLS: readonly string[] = ['+', '&', '//', '<<', '@', '*', '%', '|', '**', '>>', '-', '/', '^'];

function operatePlain(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  return binaryOp(rt, a, b, SLOTS[op], SYMBOLS[op]);
}

function operateInplace(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  return inplaceOp(rt, a, b, INPLACE_SLOTS[op], SLOTS[op], `${SYMBOLS[op]}=`);
}
