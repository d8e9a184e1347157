/** The type `int`: slots, attributes and methods. Layout: core/layout/numbers.ts. */
import { freeObject, hostFree, ObjectWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { bytesOf } from './bytes-argument.ts';
import { raise, typeError, valueError } from '../../core/errors.ts';
import { guard, raiseFault } from '../../core/faults.ts';
import { CompareOp } from '../../core/functions.ts';
import {
  bigIntValue,
  deallocInt,
  digitCount,
  intBytes,
  intSign,
  intValue,
  isSafeInt,
  newBigInt,
  newFloat,
  newInt,
  safeIntValue,
} from '../../core/int.ts';
import { IntTag, IntWord } from '../../core/layout/numbers.ts';
import { getset, native } from '../../core/native.ts';
import { index, indexNumber } from '../../core/protocol/number.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import { str } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { StrState } from '../../core/layout/text.ts';
import { newStr, newStrOfKind, newUnsharedBytes, strText } from '../../core/str.ts';
import { temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleFromTemps, tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { argumentName, isInt, isStr, kindName } from '../../core/types.ts';
import { hashBigInt, hashHi, hashInt } from '../../numeric/hash.ts';
import { intFromBytes, intToBytes } from '../../numeric/int-bytes.ts';
import { intToFloat } from '../../numeric/int-float.ts';
import { intToDecimal } from '../../numeric/int-format.ts';
import { intBitCount, intBitLength, intDivmod, intRound } from '../../numeric/int-math.ts';
import { formatInt } from '../../text/format-spec.ts';
import {
  intAbsolute,
  intAdd,
  intAnd,
  intFloorDivide,
  intInvert,
  intLeftShift,
  intMultiply,
  intNegative,
  intOr,
  intPositive,
  intPower,
  intRemainder,
  intRightShift,
  intSubtract,
  intTrueDivide,
  intXor,
  NOT_IMPLEMENTED,
} from './arithmetic.ts';
import { copyInt, intNew, intVectorcall } from './convert.ts';
import { refuseLong } from '../str/make.ts';
import { maxStrDigits } from './digits-limit.ts';
import { call1 } from '../../core/call.ts';

function intRepr(rt: Runtime, self: Ref): Owned {
  try {
    // Not the shared string of one character, even for one digit.
    return newStrOfKind(rt, intToDecimal(intValue(rt, self), maxStrDigits(rt)), StrState.Ascii);
  } catch (error) {
    return raiseFault(rt, error);
  }
}

function intHash(rt: Runtime, self: Ref): number {
  const lo = isSafeInt(rt, self) ? hashInt(safeIntValue(rt, self)) : hashBigInt(bigIntValue(rt, self));
  rt.hashHigh = hashHi;
  return lo;
}

function intCompare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  if (!isInt(rt, a) || !isInt(rt, b)) return NOT_IMPLEMENTED;
  const x = intValue(rt, a);
  const y = intValue(rt, b);
  switch (op) {
    case CompareOp.Lt:
      return pyBool(x < y) as Owned;
    case CompareOp.Le:
      return pyBool(x <= y) as Owned;
    case CompareOp.Eq:
      return pyBool(x === y) as Owned;
    case CompareOp.Ne:
      return pyBool(x !== y) as Owned;
    case CompareOp.Gt:
      return pyBool(x > y) as Owned;
    default:
      return pyBool(x >= y) as Owned;
  }
}

/** The value as a double, correctly rounded; raises OverflowError. */
export function intToDouble(rt: Runtime, self: Ref): number {
  if (isSafeInt(rt, self)) return safeIntValue(rt, self);
  try {
    return intToFloat(bigIntValue(rt, self));
  } catch (error) {
    return raiseFault(rt, error);
  }
}

function intDivmodSlot(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!isInt(rt, a) || !isInt(rt, b)) return NOT_IMPLEMENTED;
  if (intSign(rt, b) === 0) raise(rt, T.ZeroDivisionError, 'integer division or modulo by zero');
  if (isSafeInt(rt, a) && isSafeInt(rt, b)) {
    return tupleFromTemps(rt, tempMark(rt), temp(rt, intFloorDivide(rt, a, b)), temp(rt, intRemainder(rt, a, b)));
  }
  const [quotient, remainder] = intDivmod(
    bigIntValue(rt, a),
    bigIntValue(rt, b),
    digitCount(rt, a),
    digitCount(rt, b),
  );
  return tupleFromTemps(rt, tempMark(rt), temp(rt, newBigInt(rt, quotient)), temp(rt, newBigInt(rt, remainder)));
}

function intRoundMethod(rt: Runtime, self: Ref, ndigits: Ref): Owned {
  if (ndigits === 0) return intPositive(rt, self);
  const digits = temp(rt, index(rt, ndigits));
  const n = intValue(rt, digits);
  const result = n >= 0 ? intPositive(rt, self) : roundNegative(rt, self, Number(-n));
  releaseInt(rt, untemp(rt, digits));
  return result;
}

function roundNegative(rt: Runtime, self: Ref, zeros: number): Owned {
  if (zeros > intBitLength(bigIntValue(rt, self)) + 1) return newInt(rt, 0);
  return newBigInt(rt, intRound(bigIntValue(rt, self), zeros));
}

function releaseInt(rt: Runtime, o: Owned): void {
  const H = rt.words;
  if (H[o] > 0 && --H[o] === 0) deallocInt(rt, o);
}

function intFormat(rt: Runtime, self: Ref, spec: Ref): Owned {
  if (!isStr(rt, spec)) typeError(rt, `__format__() argument must be str, not ${argumentName(rt, spec)}`);
  const text = strText(rt, spec);
  if (text === '') return rt.words[self + ObjectWord.Type] === T.int ? intRepr(rt, self) : str(rt, self);
  return newStr(
    rt,
    guard(rt, () => formatInt(intValue(rt, self), text, kindName(rt, self))),
  );
}

function byteOrder(rt: Runtime, order: Ref, callee: string): boolean {
  if (order === 0) return false;
  if (!isStr(rt, order)) typeError(rt, `${callee}() argument 'byteorder' must be str, not ${argumentName(rt, order)}`);
  const text = strText(rt, order);
  if (text !== 'little' && text !== 'big') valueError(rt, "byteorder must be either 'little' or 'big'");
  return text === 'little';
}

function intToBytesMethod(rt: Runtime, self: Ref, length: Ref, order: Ref, signed: Ref): Owned {
  const n = length === 0 ? 1 : indexNumber(rt, length, T.OverflowError);
  const little = byteOrder(rt, order, 'to_bytes');
  if (n < 0) valueError(rt, 'length argument must be non-negative');
  refuseLong(rt, n);
  const isSigned = signed !== 0 && isTrue(rt, signed);
  return newUnsharedBytes(
    rt,
    guard(rt, () => intToBytes(bigIntValue(rt, self), n, little, isSigned)),
  );
}

function intFromBytesMethod(rt: Runtime, type: Ref, data: Ref, order: Ref, signed: Ref): Owned {
  const little = byteOrder(rt, order, 'from_bytes');
  const isSigned = signed !== 0 && isTrue(rt, signed);
  const value = newBigInt(rt, intFromBytes(bytesOf(rt, data), little, isSigned));
  if (type === T.int) return value;
  temp(rt, value);
  const result = call1(rt, type, value);
  releaseInt(rt, untemp(rt, value));
  return result;
}

function intSizeof(rt: Runtime, self: Ref): Owned {
  return newInt(rt, intBytes(rt, self));
}

/** Destructor of ints of any class: a big payload leaves the host table. */
function deallocAnyInt(rt: Runtime, self: Ref): void {
  const H = rt.words;
  if (H[self + ObjectWord.Type] === T.int) {
    deallocInt(rt, self);
    return;
  }
  if ((H[self + IntWord.Tag] & IntTag.FormMask) === IntTag.Big) hostFree(rt, H[self + IntWord.Payload]);
  freeObject(rt, self);
}

const SELF = (rt: Runtime, self: Ref): Owned => intPositive(rt, self);

defineType({
  ref: T.int,
  name: 'int',
  basicSize: 24,
  itemSize: 4,
  words: IntWord.Words,
  itemWords: 0,
  flags: TypeFlag.BaseType | TypeFlag.LongSubclass | TypeFlag.MatchSelf,
  dealloc: deallocAnyInt,
  doc:
    'int([x]) -> integer\nint(x, base=10) -> integer\n\nConvert a number or string to an integer, or return 0 if no arguments are given.\n' +
    "Base 0 takes the base from the prefix of a literal.\n\n>>> int('0x1f', base=0)\n31",
  slots: {
    repr: intRepr,
    hash: intHash,
    richcompare: intCompare,
    new: intNew,
    vectorcall: intVectorcall,
    nbAdd: intAdd,
    nbSubtract: intSubtract,
    nbMultiply: intMultiply,
    nbRemainder: intRemainder,
    nbDivmod: intDivmodSlot,
    nbPower: intPower,
    nbNegative: intNegative,
    nbPositive: intPositive,
    nbAbsolute: intAbsolute,
    nbBool: (rt, self) => intSign(rt, self) !== 0,
    nbInvert: intInvert,
    nbLshift: intLeftShift,
    nbRshift: intRightShift,
    nbAnd: intAnd,
    nbXor: intXor,
    nbOr: intOr,
    nbInt: intPositive,
    nbFloat: (rt, self) => newFloat(rt, intToDouble(rt, self)),
    nbFloorDivide: intFloorDivide,
    nbTrueDivide: intTrueDivide,
    nbIndex: intPositive,
  },
  methods: [
    native('conjugate($self, /)', SELF),
    native('bit_length($self, /)', (rt, self) => newInt(rt, intBitLength(bigIntValue(rt, self))), {
      doc: 'How many bits the absolute value takes.\n\n>>> (9).bit_length()\n4',
    }),
    native('bit_count($self, /)', (rt, self) => newInt(rt, intBitCount(bigIntValue(rt, self))), {
      doc: 'How many bits of the absolute value are 1.\n\n>>> (9).bit_count()\n2',
    }),
    native("to_bytes($self, /, length=1, byteorder='big', *, signed=False)", intToBytesMethod),
    native("from_bytes($type, /, bytes, byteorder='big', *, signed=False)", intFromBytesMethod, { binding: 'class' }),
    native(
      'as_integer_ratio($self, /)',
      (rt, self) => tupleFromTemps(rt, tempMark(rt), temp(rt, intPositive(rt, self)), temp(rt, newInt(rt, 1))),
      {
        doc: 'Two integers whose ratio is the number: itself and 1.\n\n>>> (7).as_integer_ratio()\n(7, 1)',
      },
    ),
    native('is_integer($self, /)', () => S.True as Ref as Owned),
    native('__trunc__($self, /)', SELF),
    native('__floor__($self, /)', SELF),
    native('__ceil__($self, /)', SELF),
    native('__round__($self, ndigits=<unrepresentable>, /)', intRoundMethod),
    native('__getnewargs__($self, /)', (rt, self) => tupleTake(rt, copyInt(rt, self))),
    native('__format__($self, format_spec, /)', intFormat),
    native('__sizeof__($self, /)', intSizeof),
  ],
  getset: [
    getset('real', SELF, null, 'the real part of a complex number'),
    getset('imag', (rt) => newInt(rt, 0), null, 'the imaginary part of a complex number'),
    getset('numerator', SELF, null, 'the numerator of a rational number in lowest terms'),
    getset('denominator', (rt) => newInt(rt, 1), null, 'the denominator of a rational number in lowest terms'),
  ],
});
