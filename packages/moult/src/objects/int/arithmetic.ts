/** Arithmetic of `int`: numbers while the result is exact in a double, bigints beyond. */
import { limitBytes, newRef, ObjectWord, usedBytes } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raiseFault } from '../../core/faults.ts';
import { raise } from '../../core/errors.ts';
import {
  bigIntValue,
  digitCount,
  intSign,
  isSafeInt,
  newBigInt,
  newFloat,
  newInt,
  safeIntValue,
} from '../../core/int.ts';
import { countWork } from '../../core/limits.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { isInt } from '../../core/types.ts';
import { intToFloat, intTrueDiv } from '../../numeric/int-float.ts';
import {
  intBitLength,
  intFloorDiv,
  intMod,
  intPow,
  intPowMod,
  intShiftLeft,
  intShiftRight,
} from '../../numeric/int-math.ts';
import { floatPow } from '../../numeric/float-math.ts';

/** NotImplemented, owned (immortal). */
export const NOT_IMPLEMENTED = S.NotImplemented as Ref as Owned;

/** Bits of a result that is refused before it is computed: more than any budget holds. */
const MAX_BITS = 2 ** 30;

function bothInts(rt: Runtime, a: Ref, b: Ref): boolean {
  return isInt(rt, a) && isInt(rt, b);
}

function moreDigits(rt: Runtime, a: Ref, b: Ref): number {
  return Math.max(digitCount(rt, a), digitCount(rt, b));
}

function bothSafe(rt: Runtime, a: Ref, b: Ref): boolean {
  return isSafeInt(rt, a) && isSafeInt(rt, b);
}

/** `a + b` */
export function intAdd(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothInts(rt, a, b)) return NOT_IMPLEMENTED;
  if (bothSafe(rt, a, b)) {
    const sum = safeIntValue(rt, a) + safeIntValue(rt, b);
    if (Number.isSafeInteger(sum)) return newInt(rt, sum);
  }
  return newBigInt(rt, bigIntValue(rt, a) + bigIntValue(rt, b), moreDigits(rt, a, b));
}

/** `a - b` */
export function intSubtract(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothInts(rt, a, b)) return NOT_IMPLEMENTED;
  if (bothSafe(rt, a, b)) {
    const difference = safeIntValue(rt, a) - safeIntValue(rt, b);
    if (Number.isSafeInteger(difference)) return newInt(rt, difference);
  }
  return newBigInt(rt, bigIntValue(rt, a) - bigIntValue(rt, b), moreDigits(rt, a, b));
}

/** `a * b` */
export function intMultiply(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothInts(rt, a, b)) return NOT_IMPLEMENTED;
  if (bothSafe(rt, a, b)) {
    const product = safeIntValue(rt, a) * safeIntValue(rt, b);
    if (Number.isSafeInteger(product)) return newInt(rt, product === 0 ? 0 : product);
  }
  const digits = digitCount(rt, a) + digitCount(rt, b);
  refuseHuge(rt, 30 * digits);
  return newBigInt(rt, bigIntValue(rt, a) * bigIntValue(rt, b), digits);
}

/** Bits of a result that is computed before it is asked whether there is room. */
const SMALL_BITS = 2 ** 20;

/** Raises MemoryError for results of more bits than any heap holds. `least`: how many they are at least, if not (almost) as many: those
 *  have to fit the budget. */
export function refuseHuge(rt: Runtime, bits: number, least = bits): void {
  if (bits <= SMALL_BITS) return;
  const nbytes = 4 * Math.floor(least / 30 - 2);
  if (bits > MAX_BITS || nbytes > limitBytes(rt) - usedBytes(rt)) rt.onOutOfMemory(nbytes);
}

function refuseZero(rt: Runtime, b: Ref, message: string): void {
  if (intSign(rt, b) === 0) raise(rt, T.ZeroDivisionError, message);
}

/** `a // b` */
export function intFloorDivide(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothInts(rt, a, b)) return NOT_IMPLEMENTED;
  refuseZero(rt, b, 'integer division or modulo by zero');
  if (bothSafe(rt, a, b)) return newInt(rt, floorDivide(safeIntValue(rt, a), safeIntValue(rt, b)));
  const aDigits = digitCount(rt, a);
  const bDigits = digitCount(rt, b);
  return newBigInt(rt, intFloorDiv(bigIntValue(rt, a), bigIntValue(rt, b), aDigits, bDigits), aDigits - bDigits + 1);
}

/** Exact floor of the quotient of two safe integers. */
function floorDivide(x: number, y: number): number {
  // The host's remainder keeps every step within safe integers.
  const rest = x % y;
  const quotient = (x - rest) / y;
  const floored = rest !== 0 && rest < 0 !== y < 0 ? quotient - 1 : quotient;
  return floored === 0 ? 0 : floored;
}

/** Remainder with the sign of `y`; exact for safe integers. */
function remainder(x: number, y: number): number {
  const r = x % y;
  if (r === 0) return 0;
  return r < 0 === y < 0 ? r : r + y;
}

/** `a % b` */
export function intRemainder(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothInts(rt, a, b)) return NOT_IMPLEMENTED;
  refuseZero(rt, b, 'integer modulo by zero');
  if (bothSafe(rt, a, b)) return newInt(rt, remainder(safeIntValue(rt, a), safeIntValue(rt, b)));
  const digits = digitCount(rt, b);
  return newBigInt(rt, intMod(bigIntValue(rt, a), bigIntValue(rt, b), digitCount(rt, a), digits), digits);
}

/** `a / b`: correctly rounded. */
export function intTrueDivide(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothInts(rt, a, b)) return NOT_IMPLEMENTED;
  refuseZero(rt, b, 'division by zero');
  if (bothSafe(rt, a, b)) {
    return newFloat(rt, safeIntValue(rt, a) / safeIntValue(rt, b));
  }
  try {
    return newFloat(rt, intTrueDiv(bigIntValue(rt, a), bigIntValue(rt, b)));
  } catch (error) {
    return raiseFault(rt, error);
  }
}

/** `a ** b`, `pow(a, b, c)`; `c` None for none. */
export function intPower(rt: Runtime, a: Ref, b: Ref, c: Ref): Owned {
  if (!bothInts(rt, a, b) || !(c === S.None || isInt(rt, c))) return NOT_IMPLEMENTED;
  try {
    return c === S.None ? powerPlain(rt, a, b) : powerModulo(rt, a, b, c);
  } catch (error) {
    return raiseFault(rt, error);
  }
}

function powerPlain(rt: Runtime, a: Ref, b: Ref): Owned {
  if (intSign(rt, b) < 0) return powerNegative(rt, a, b);
  const base = bigIntValue(rt, a);
  const exponent = bigIntValue(rt, b);
  if (base >= -1n && base <= 1n) return newBigInt(rt, intPow(base, exponent));
  refuseHuge(rt, (intBitLength(base) - 1) * Number(exponent));
  return newBigInt(
    rt,
    intPow(base, exponent, () => {
      countWork(rt);
    }),
  );
}

function powerNegative(rt: Runtime, a: Ref, b: Ref): Owned {
  if (intSign(rt, a) === 0) raise(rt, T.ZeroDivisionError, '0.0 cannot be raised to a negative power');
  const result = floatPow(intToFloat(bigIntValue(rt, a)), intToFloat(bigIntValue(rt, b)));
  return newFloat(rt, result as number);
}

function powerModulo(rt: Runtime, a: Ref, b: Ref, c: Ref): Owned {
  const tick = (): void => {
    countWork(rt);
  };
  return newBigInt(rt, intPowMod(bigIntValue(rt, a), bigIntValue(rt, b), bigIntValue(rt, c), tick));
}

/** `-a` */
export function intNegative(rt: Runtime, a: Ref): Owned {
  if (isSafeInt(rt, a)) {
    const value = safeIntValue(rt, a);
    return newInt(rt, value === 0 ? 0 : -value);
  }
  return newBigInt(rt, -bigIntValue(rt, a), digitCount(rt, a));
}

/** `+a`, `int(a)`: the object itself if it is exactly an int. */
export function intPositive(rt: Runtime, a: Ref): Owned {
  if (rt.words[a + ObjectWord.Type] === T.int) return newRef(rt, a);
  return isSafeInt(rt, a) ? newInt(rt, safeIntValue(rt, a)) : newBigInt(rt, bigIntValue(rt, a));
}

/** `abs(a)` */
export function intAbsolute(rt: Runtime, a: Ref): Owned {
  return intSign(rt, a) < 0 ? intNegative(rt, a) : intPositive(rt, a);
}

/** `~a` */
export function intInvert(rt: Runtime, a: Ref): Owned {
  if (isSafeInt(rt, a)) return newInt(rt, -safeIntValue(rt, a) - 1);
  return newBigInt(rt, ~bigIntValue(rt, a));
}

const INT32_MAX = 0x7fffffff;

function isInt32(n: number): boolean {
  return n >= -INT32_MAX - 1 && n <= INT32_MAX;
}

/** `a & b` */
export function intAnd(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothInts(rt, a, b)) return NOT_IMPLEMENTED;
  if (bothSafe(rt, a, b)) {
    const x = safeIntValue(rt, a);
    const y = safeIntValue(rt, b);
    if (isInt32(x) && isInt32(y)) return newInt(rt, x & y);
  }
  return newBigInt(rt, bigIntValue(rt, a) & bigIntValue(rt, b), moreDigits(rt, a, b));
}

/** `a | b` */
export function intOr(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothInts(rt, a, b)) return NOT_IMPLEMENTED;
  if (bothSafe(rt, a, b)) {
    const x = safeIntValue(rt, a);
    const y = safeIntValue(rt, b);
    if (isInt32(x) && isInt32(y)) return newInt(rt, x | y);
  }
  return newBigInt(rt, bigIntValue(rt, a) | bigIntValue(rt, b), moreDigits(rt, a, b));
}

/** `a ^ b` */
export function intXor(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothInts(rt, a, b)) return NOT_IMPLEMENTED;
  if (bothSafe(rt, a, b)) {
    const x = safeIntValue(rt, a);
    const y = safeIntValue(rt, b);
    if (isInt32(x) && isInt32(y)) return newInt(rt, x ^ y);
  }
  return newBigInt(rt, bigIntValue(rt, a) ^ bigIntValue(rt, b), moreDigits(rt, a, b));
}

/** `a << b` */
export function intLeftShift(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothInts(rt, a, b)) return NOT_IMPLEMENTED;
  if (intSign(rt, b) < 0) raise(rt, T.ValueError, 'negative shift count');
  if (intSign(rt, a) === 0) return newInt(rt, 0);
  if (bothSafe(rt, a, b)) {
    const shifted = safeIntValue(rt, a) * 2 ** Math.min(safeIntValue(rt, b), 64);
    if (Number.isSafeInteger(shifted)) return newInt(rt, shifted);
  }
  return shiftLeftBig(rt, a, bigIntValue(rt, b));
}

function shiftLeftBig(rt: Runtime, a: Ref, count: bigint): Owned {
  if (count >= 2n ** 63n) raise(rt, T.OverflowError, 'too many digits in integer');
  const digits = digitCount(rt, a) + Math.ceil(Number(count) / 30);
  refuseHuge(rt, 30 * digits);
  return newBigInt(rt, intShiftLeft(bigIntValue(rt, a), count), digits);
}

/** `a >> b` */
export function intRightShift(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!bothInts(rt, a, b)) return NOT_IMPLEMENTED;
  if (intSign(rt, b) < 0) raise(rt, T.ValueError, 'negative shift count');
  if (bothSafe(rt, a, b)) {
    const shifted = Math.floor(safeIntValue(rt, a) / 2 ** Math.min(safeIntValue(rt, b), 64));
    return newInt(rt, shifted === 0 ? 0 : shifted);
  }
  const count = bigIntValue(rt, b);
  const digits = digitCount(rt, a) - Math.floor(Number(count) / 30);
  return newBigInt(rt, intShiftRight(bigIntValue(rt, a), count), digits);
}
