/**
 * Slots of class statements' types for numbers. A binary slot tries the reflected method of a right operand whose type is
 * a subclass first, when that overrides it, as CPython's SLOT1BINFULL.
 */
import { decref, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../../core/errors.ts';
import { CompareOp, slotIndex } from '../../../core/functions.ts';
import type { BinarySlot, UnarySlot } from '../../../core/functions.ts';
import { Id } from '../../../core/names.ts';
import { lookupAttr } from '../../../core/protocol/attribute.ts';
import { compareBool, isTrue } from '../../../core/protocol/compare.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { S, T } from '../../../core/static.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../../../core/temps.ts';
import { isSubtype, kindName } from '../../../core/types.ts';
import { callFound, callMaybe, callMethod0, callMethod1, callMethod2, lookupMethod } from '../call-method.ts';

const NOT_IMPLEMENTED = S.NotImplemented as Ref as Owned;

function maybe(rt: Runtime, self: Ref, name: Ref, other: Ref): Owned {
  const result = callMaybe(rt, self, name, other, 0);
  return result === 0 ? NOT_IMPLEMENTED : result;
}

/** Whether `right` has another attribute `name` than `left` (method_is_overloaded). @runsPython */
function isOverloaded(rt: Runtime, left: Ref, right: Ref, name: Ref): boolean {
  const H = rt.words;
  const m = tempMark(rt);
  const b = lookupAttr(rt, H[right + ObjectWord.Type], name);
  if (b === 0) return false;
  temp(rt, b);
  const a = lookupAttr(rt, H[left + ObjectWord.Type], name);
  if (a !== 0) temp(rt, a);
  const different = a === 0 || !compareBool(rt, a, b, CompareOp.Eq);
  decref(rt, releaseKeeping(rt, m, NOT_IMPLEMENTED));
  return different;
}

function fullBinary(rt: Runtime, self: Ref, other: Ref, word: number, slot: number, name: Ref, reflected: Ref): Owned {
  const H = rt.words;
  const selfType = H[self + ObjectWord.Type];
  const otherType = H[other + ObjectWord.Type];
  let tryOther = selfType !== otherType && H[otherType + word] === slot;
  if (H[selfType + word] === slot) {
    if (tryOther && isSubtype(rt, otherType, selfType) && isOverloaded(rt, self, other, reflected)) {
      const result = maybe(rt, other, reflected, self);
      if (result !== NOT_IMPLEMENTED) return result;
      tryOther = false;
    }
    const result = maybe(rt, self, name, other);
    if (result !== NOT_IMPLEMENTED || otherType === selfType) return result;
  }
  return tryOther ? maybe(rt, other, reflected, self) : NOT_IMPLEMENTED;
}

function binary(word: number, name: Ref, reflected: Ref): BinarySlot {
  const fn: BinarySlot = (rt, self, other) => fullBinary(rt, self, other, word, index, name, reflected);
  const index = slotIndex(fn);
  return fn;
}

function inplace(name: Ref): BinarySlot {
  return (rt, self, other) => callMethod1(rt, self, name, other);
}

function unary(name: Ref): UnarySlot {
  return (rt, self) => callMethod0(rt, self, name);
}

export const slotAdd = binary(TypeWord.NbAdd, Id.__add__, Id.__radd__);
export const slotSubtract = binary(TypeWord.NbSubtract, Id.__sub__, Id.__rsub__);
export const slotMultiply = binary(TypeWord.NbMultiply, Id.__mul__, Id.__rmul__);
export const slotMatrixMultiply = binary(TypeWord.NbMatrixMultiply, Id.__matmul__, Id.__rmatmul__);
export const slotRemainder = binary(TypeWord.NbRemainder, Id.__mod__, Id.__rmod__);
export const slotDivmod = binary(TypeWord.NbDivmod, Id.__divmod__, Id.__rdivmod__);
export const slotLshift = binary(TypeWord.NbLshift, Id.__lshift__, Id.__rlshift__);
export const slotRshift = binary(TypeWord.NbRshift, Id.__rshift__, Id.__rrshift__);
export const slotAnd = binary(TypeWord.NbAnd, Id.__and__, Id.__rand__);
export const slotXor = binary(TypeWord.NbXor, Id.__xor__, Id.__rxor__);
export const slotOr = binary(TypeWord.NbOr, Id.__or__, Id.__ror__);
export const slotFloorDivide = binary(TypeWord.NbFloorDivide, Id.__floordiv__, Id.__rfloordiv__);
export const slotTrueDivide = binary(TypeWord.NbTrueDivide, Id.__truediv__, Id.__rtruediv__);

export const slotInplaceAdd = inplace(Id.__iadd__);
export const slotInplaceSubtract = inplace(Id.__isub__);
export const slotInplaceMultiply = inplace(Id.__imul__);
export const slotInplaceMatrixMultiply = inplace(Id.__imatmul__);
export const slotInplaceRemainder = inplace(Id.__imod__);
export const slotInplaceLshift = inplace(Id.__ilshift__);
export const slotInplaceRshift = inplace(Id.__irshift__);
export const slotInplaceAnd = inplace(Id.__iand__);
export const slotInplaceXor = inplace(Id.__ixor__);
export const slotInplaceOr = inplace(Id.__ior__);
export const slotInplaceFloorDivide = inplace(Id.__ifloordiv__);
export const slotInplaceTrueDivide = inplace(Id.__itruediv__);

export const slotNegative = unary(Id.__neg__);
export const slotPositive = unary(Id.__pos__);
export const slotAbsolute = unary(Id.__abs__);
export const slotInvert = unary(Id.__invert__);
export const slotInt = unary(Id.__int__);
export const slotFloat = unary(Id.__float__);
export const slotIndexNumber = unary(Id.__index__);

export function slotInplacePower(rt: Runtime, self: Ref, other: Ref, _modulus: Ref): Owned {
  return callMethod1(rt, self, Id.__ipow__, other);
}

/** `pow(self, other, modulus)`: the third argument only goes to `__pow__` of the first. */
export function slotPower(rt: Runtime, self: Ref, other: Ref, modulus: Ref): Owned {
  const slot = slotIndex(slotPower);
  if (modulus === S.None) return fullBinary(rt, self, other, TypeWord.NbPower, slot, Id.__pow__, Id.__rpow__);
  if (rt.words[rt.words[self + ObjectWord.Type] + TypeWord.NbPower] !== slot) return NOT_IMPLEMENTED;
  return callMethod2(rt, self, Id.__pow__, other, modulus);
}

/** `__bool__`, or `__len__` when there is none; objects with neither are true. */
export function slotBool(rt: Runtime, self: Ref): boolean {
  const m = tempMark(rt);
  let method = lookupMethod(rt, self, Id.__bool__);
  const usingLength = method === 0;
  if (usingLength) method = lookupMethod(rt, self, Id.__len__);
  if (method === 0) return true;
  const value = temp(rt, callFound(rt, m, method, self, 0, 0));
  if (!usingLength && rt.words[value + ObjectWord.Type] !== T.bool) {
    typeError(rt, `__bool__ should return bool, returned ${kindName(rt, value)}`);
  }
  const truth = usingLength ? isTrue(rt, value) : value === (S.True as number);
  dropTemp(rt, value);
  return truth;
}
