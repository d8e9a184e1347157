/** Arithmetic through the types' slots. All functions here may run Python. */
import { decref, newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raise, typeError } from '../errors.ts';
import { SLOT_FUNCTIONS } from '../functions.ts';
import type { BinarySlot, IndexSlot, TernarySlot, UnarySlot } from '../functions.ts';
import { bigIntValue, intSign, isSafeInt, safeIntValue } from '../int.ts';
import { BuiltinWord } from '../layout/functions.ts';
import { NATIVES } from '../native.ts';
import type { Runtime } from '../runtime.ts';
import { S, T } from '../static.ts';
import { temp, untemp } from '../temps.ts';
import { isInt, isSubtype, kindName } from '../types.ts';
import { isSequenceType } from './sequence-type.ts';

/** The result of the slot at `word` of either operand, or NotImplemented (binary_op1). @runsPython */
export function binarySlots(rt: Runtime, a: Ref, b: Ref, word: number): Owned {
  const H = rt.words;
  const ta = H[a + ObjectWord.Type];
  const tb = H[b + ObjectWord.Type];
  const slotA = H[ta + word];
  let slotB = tb === ta ? 0 : H[tb + word];
  if (slotB === slotA) slotB = 0;
  if (slotA !== 0) {
    if (slotB !== 0 && isSubtype(rt, tb, ta)) {
      const result = (SLOT_FUNCTIONS[slotB] as BinarySlot)(rt, a, b);
      if (result !== (S.NotImplemented as number)) return result;
      slotB = 0;
    }
    const result = (SLOT_FUNCTIONS[slotA] as BinarySlot)(rt, a, b);
    if (result !== (S.NotImplemented as number)) return result;
  }
  return slotB === 0 ? (S.NotImplemented as Ref as Owned) : (SLOT_FUNCTIONS[slotB] as BinarySlot)(rt, a, b);
}

function unsupported(rt: Runtime, a: Ref, b: Ref, symbol: string): never {
  const hint = symbol === '>>' && isPrint(rt, a) ? '. Did you mean "print(<message>, file=<output_stream>)"?' : '';
  typeError(rt, `unsupported operand type(s) for ${symbol}: '${kindName(rt, a)}' and '${kindName(rt, b)}'${hint}`);
}

/** True for the built-in function `print`: `print >> stream` is how Python 2 wrote to a stream. */
function isPrint(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  return H[o + ObjectWord.Type] === T.builtinFunction && NATIVES[H[o + BuiltinWord.Native]].name === 'print';
}

/** A binary operator other than +, * and **: `word` is its slot. @runsPython */
export function binaryOp(rt: Runtime, a: Ref, b: Ref, word: number, symbol: string): Owned {
  const result = binarySlots(rt, a, b, word);
  return result === (S.NotImplemented as number) ? unsupported(rt, a, b, symbol) : result;
}

/** An augmented operator other than +=, *= and **=. @runsPython */
export function inplaceOp(rt: Runtime, a: Ref, b: Ref, inplaceWord: number, word: number, symbol: string): Owned {
  const result = inplaceSlots(rt, a, b, inplaceWord, word);
  return result === (S.NotImplemented as number) ? unsupported(rt, a, b, symbol) : result;
}

function inplaceSlots(rt: Runtime, a: Ref, b: Ref, inplaceWord: number, word: number): Owned {
  const H = rt.words;
  const slot = H[H[a + ObjectWord.Type] + inplaceWord];
  if (slot !== 0) {
    const result = (SLOT_FUNCTIONS[slot] as BinarySlot)(rt, a, b);
    if (result !== (S.NotImplemented as number)) return result;
  }
  return binarySlots(rt, a, b, word);
}

/** `a + b` @runsPython */
export function add(rt: Runtime, a: Ref, b: Ref): Owned {
  const result = binarySlots(rt, a, b, TypeWord.NbAdd);
  if (result !== (S.NotImplemented as number)) return result;
  const H = rt.words;
  const concat = H[H[a + ObjectWord.Type] + TypeWord.SqConcat];
  return concat !== 0 ? (SLOT_FUNCTIONS[concat] as BinarySlot)(rt, a, b) : unsupported(rt, a, b, '+');
}

/** `a += b` @runsPython */
export function inplaceAdd(rt: Runtime, a: Ref, b: Ref): Owned {
  const result = inplaceSlots(rt, a, b, TypeWord.NbInplaceAdd, TypeWord.NbAdd);
  if (result !== (S.NotImplemented as number)) return result;
  const H = rt.words;
  const type = H[a + ObjectWord.Type];
  const concat = H[type + TypeWord.SqInplaceConcat] || H[type + TypeWord.SqConcat];
  return concat !== 0 ? (SLOT_FUNCTIONS[concat] as BinarySlot)(rt, a, b) : unsupported(rt, a, b, '+=');
}

/** `a * b` @runsPython */
export function multiply(rt: Runtime, a: Ref, b: Ref): Owned {
  const result = binarySlots(rt, a, b, TypeWord.NbMultiply);
  return result === (S.NotImplemented as number) ? repeatSequence(rt, a, b, false) : result;
}

/** `a *= b` @runsPython */
export function inplaceMultiply(rt: Runtime, a: Ref, b: Ref): Owned {
  const result = inplaceSlots(rt, a, b, TypeWord.NbInplaceMultiply, TypeWord.NbMultiply);
  return result === (S.NotImplemented as number) ? repeatSequence(rt, a, b, true) : result;
}

function repeatSequence(rt: Runtime, a: Ref, b: Ref, inplace: boolean): Owned {
  const H = rt.words;
  const ta = H[a + ObjectWord.Type];
  const left = (inplace ? H[ta + TypeWord.SqInplaceRepeat] : 0) || H[ta + TypeWord.SqRepeat];
  if (left !== 0) return repeatTimes(rt, left, a, b);
  const right = inplace && isSequenceType(rt, ta) ? 0 : H[H[b + ObjectWord.Type] + TypeWord.SqRepeat];
  if (right !== 0) return repeatTimes(rt, right, b, a);
  return unsupported(rt, a, b, inplace ? '*=' : '*');
}

function repeatTimes(rt: Runtime, slot: number, sequence: Ref, count: Ref): Owned {
  if (!hasIndex(rt, count)) typeError(rt, `can't multiply sequence by non-int of type '${kindName(rt, count)}'`);
  return (SLOT_FUNCTIONS[slot] as IndexSlot)(rt, sequence, indexNumber(rt, count, T.OverflowError));
}

/** `a ** b % c`; `c` None for the operator. @runsPython */
export function power(rt: Runtime, a: Ref, b: Ref, c: Ref): Owned {
  return powerOp(rt, a, b, c, 0, '** or pow()');
}

/** `a **= b` @runsPython */
export function inplacePower(rt: Runtime, a: Ref, b: Ref): Owned {
  return powerOp(rt, a, b, S.None, TypeWord.NbInplacePower, '**=');
}

function powerOp(rt: Runtime, a: Ref, b: Ref, c: Ref, inplaceWord: number, symbol: string): Owned {
  const H = rt.words;
  const inplace = inplaceWord === 0 ? 0 : H[H[a + ObjectWord.Type] + inplaceWord];
  let result = inplace === 0 ? NOT_IMPLEMENTED : (SLOT_FUNCTIONS[inplace] as TernarySlot)(rt, a, b, c);
  if (result === NOT_IMPLEMENTED) result = ternarySlots(rt, a, b, c);
  if (result !== NOT_IMPLEMENTED) return result;
  if (c === S.None) return unsupported(rt, a, b, symbol);
  return typeError(
    rt,
    `unsupported operand type(s) for ** or pow(): '${kindName(rt, a)}', '${kindName(rt, b)}', '${kindName(rt, c)}'`,
  );
}

const NOT_IMPLEMENTED = S.NotImplemented as Ref as Owned;

function ternarySlots(rt: Runtime, a: Ref, b: Ref, c: Ref): Owned {
  const H = rt.words;
  const ta = H[a + ObjectWord.Type];
  const tb = H[b + ObjectWord.Type];
  const slotA = H[ta + TypeWord.NbPower];
  let slotB = tb === ta ? 0 : H[tb + TypeWord.NbPower];
  if (slotB === slotA) slotB = 0;
  if (slotA !== 0) {
    if (slotB !== 0 && isSubtype(rt, tb, ta)) {
      const result = (SLOT_FUNCTIONS[slotB] as TernarySlot)(rt, a, b, c);
      if (result !== NOT_IMPLEMENTED) return result;
      slotB = 0;
    }
    const result = (SLOT_FUNCTIONS[slotA] as TernarySlot)(rt, a, b, c);
    if (result !== NOT_IMPLEMENTED) return result;
  }
  if (slotB !== 0) {
    const result = (SLOT_FUNCTIONS[slotB] as TernarySlot)(rt, a, b, c);
    if (result !== NOT_IMPLEMENTED) return result;
  }
  const slotC = H[H[c + ObjectWord.Type] + TypeWord.NbPower];
  if (slotC === 0 || slotC === slotA || slotC === slotB) return NOT_IMPLEMENTED;
  return (SLOT_FUNCTIONS[slotC] as TernarySlot)(rt, a, b, c);
}

/** A unary operator: `word` is its slot. @runsPython */
export function unaryOp(rt: Runtime, a: Ref, word: number, symbol: string): Owned {
  const H = rt.words;
  const slot = H[H[a + ObjectWord.Type] + word];
  if (slot !== 0) return (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, a);
  const what = symbol === 'abs()' ? 'abs()' : `unary ${symbol}`;
  return typeError(rt, `bad operand type for ${what}: '${kindName(rt, a)}'`);
}

/** True if `o` is an int or has `__index__`. */
export function hasIndex(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  return H[H[o + ObjectWord.Type] + TypeWord.NbIndex] !== 0;
}

/** `operator.index(o)`: an int (perhaps of a subclass: PyNumber_Index gives exact ones through `rt`). @runsPython */
export function index(rt: Runtime, o: Ref): Owned {
  if (isInt(rt, o)) return newRef(rt, o);
  const H = rt.words;
  const slot = H[H[o + ObjectWord.Type] + TypeWord.NbIndex];
  if (slot === 0) typeError(rt, `'${kindName(rt, o)}' object cannot be interpreted as an integer`);
  const result = (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, o);
  if (H[result + ObjectWord.Type] === T.int) return result;
  if (isInt(rt, result)) return strictSubclass(rt, result, '__index__', 'int');
  const name = kindName(rt, result);
  decref(rt, result);
  return typeError(rt, `__index__ returned non-int (type ${name})`);
}

/** Warns that a conversion gave an instance of a strict subclass, which is returned. Takes `result`, raises what the warning
 *  was turned into. @runsPython */
export function strictSubclass(rt: Runtime, result: Owned, method: string, type: string): Owned {
  temp(rt, result);
  rt.warnDeprecated(
    `${method} returned non-${type} (type ${kindName(rt, result)}).  The ability to return an instance of a strict subclass ` +
      `of ${type} is deprecated, and may be removed in a future version of Python.`,
  );
  return untemp(rt, result);
}

/** The largest index: CPython's PY_SSIZE_T_MAX, as far as a JS number goes. */
export const SSIZE_MAX = 2 ** 63;

/** `o` as an index. Out of 64 bits: raises `overflow` (a static exception type), or, when that is 0, clips to ±`SSIZE_MAX`.
 *  Values beyond 2^53 that fit 64 bits are rounded, which no length reaches. @runsPython */
export function indexNumber(rt: Runtime, o: Ref, overflow: Ref): number {
  const i = index(rt, o);
  const value = isSafeInt(rt, i) ? safeIntValue(rt, i) : largeIndex(rt, i, overflow, o);
  decref(rt, i);
  return value;
}

function largeIndex(rt: Runtime, i: Owned, overflow: Ref, o: Ref): number {
  const big = bigIntValue(rt, i);
  const negative = intSign(rt, i) < 0;
  if (big >= -(2n ** 63n) && big < 2n ** 63n) return Number(big);
  if (overflow === 0) return negative ? -SSIZE_MAX : SSIZE_MAX;
  decref(rt, i);
  return raise(rt, overflow, `cannot fit '${kindName(rt, o)}' into an index-sized integer`);
}
