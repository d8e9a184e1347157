/** BINARY_OP for operands that the loop does not handle itself. */
import { decref, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { BinaryOp, Op } from '../compiler/opcodes.ts';
import { newFloat, newInt } from '../core/int.ts';
import { FrameWord } from '../core/layout/frame.ts';
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
import { S, T } from '../core/static.ts';
import { strConcatTake } from '../objects/str/concat.ts';
import { Quick } from '../frames/quick.ts';
import { replaceTwo } from './operands.ts';

/** Computes the operator `op` (a `BinaryOp`) of the two topmost operands and replaces them; `at` is the unit before the next instruction. Returns the new `sp`. @runsPython */
export function binaryOperation(rt: Runtime, frame: number, at: number, sp: number, op: number): number {
  const H = rt.words;
  const a = H[sp - 2];
  const b = H[sp - 1];
  if (
    H[a + ObjectWord.Type] === T.str &&
    H[b + ObjectWord.Type] === T.str &&
    (op === BinaryOp.ADD || op === BinaryOp.INPLACE + BinaryOp.ADD)
  ) {
    return concatenate(rt, frame, at, sp);
  }
  return replaceTwo(rt, frame, sp, operate(rt, a, b, op));
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

/** Replaces the two exact ints on top by the int `n`, |n| < 2^31. The caller takes one off `sp`. */
export function putInt(rt: Runtime, sp: number, n: number): void {
  const H = rt.words;
  const a = H[sp - 2];
  const b = H[sp - 1];
  H[sp - 2] = newInt(rt, n);
  const count = H[a];
  if (count > 1 && !TRACE) H[a] = count - 1;
  else if (count > 0) decref(rt, a);
  const other = H[b];
  if (other > 1 && !TRACE) H[b] = other - 1;
  else if (other > 0) decref(rt, b);
}

/** Replaces the two exact floats on top by another one. The caller takes one off `sp`. */
export function putFloat(rt: Runtime, sp: number, x: number): void {
  const H = rt.words;
  const a = H[sp - 2];
  const b = H[sp - 1];
  H[sp - 2] = newFloat(rt, x);
  const count = H[a];
  if (count > 1 && !TRACE) H[a] = count - 1;
  else if (count > 0) decref(rt, a);
  const other = H[b];
  if (other > 1 && !TRACE) H[b] = other - 1;
  else if (other > 0) decref(rt, b);
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
