/** The type `complex`. Layout: core/layout/numbers.ts. */
import { newRef, ObjectWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raise, typeError, valueError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { CompareOp } from '../../core/functions.ts';
import { bigIntValue, floatValue, isSafeInt, newFloat, safeIntValue } from '../../core/int.ts';
import { ComplexWord } from '../../core/layout/numbers.ts';
import { member, MemberKind, native } from '../../core/native.ts';
import { str } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { argumentName, isInt, isStr, kindName } from '../../core/types.ts';
import { complexRepr } from '../../numeric/complex-text.ts';
import { hashComplexParts, hashFloat, hashHi } from '../../numeric/hash.ts';
import { formatComplex } from '../../text/format-spec.ts';
import { isFloat } from '../float/convert.ts';
import { intToDouble } from '../int/int.ts';
import { hashPointer } from '../object/hash.ts';
import {
  complexAbsolute,
  complexPower,
  deallocComplex,
  divideParts,
  imagPart,
  multiplyParts,
  newComplex,
  realPart,
} from './arithmetic.ts';
import { complexNew, isComplex } from './new.ts';

const NOT_IMPLEMENTED = S.NotImplemented as Ref as Owned;
type Pair = readonly [real: number, imag: number];

/** The parts of an operand: complex, float or int; null for others. */
function operandParts(rt: Runtime, o: Ref): Pair | null {
  if (isComplex(rt, o)) return [realPart(rt, o), imagPart(rt, o)];
  if (isFloat(rt, o)) return [floatValue(rt, o), 0];
  return isInt(rt, o) ? [intToDouble(rt, o), 0] : null;
}

type Operation = (rt: Runtime, a: Pair, b: Pair) => Owned;

function binary(operation: Operation) {
  return (rt: Runtime, left: Ref, right: Ref): Owned => {
    const a = operandParts(rt, left);
    if (a === null) return NOT_IMPLEMENTED;
    const b = operandParts(rt, right);
    return b === null ? NOT_IMPLEMENTED : operation(rt, a, b);
  };
}

const add = binary((rt, a, b) => newComplex(rt, a[0] + b[0], a[1] + b[1]));
const subtract = binary((rt, a, b) => newComplex(rt, a[0] - b[0], a[1] - b[1]));
const multiply = binary((rt, a, b) => {
  const [real, imag] = multiplyParts(a, b);
  return newComplex(rt, real, imag);
});
const divide = binary((rt, a, b) => {
  const quotient = divideParts(a, b);
  if (quotient === null) raise(rt, T.ZeroDivisionError, 'complex division by zero');
  return newComplex(rt, quotient[0], quotient[1]);
});

function power(rt: Runtime, left: Ref, right: Ref, modulus: Ref): Owned {
  const a = operandParts(rt, left);
  const b = a === null ? null : operandParts(rt, right);
  if (a === null || b === null) return NOT_IMPLEMENTED;
  if (modulus !== S.None) valueError(rt, 'complex modulo');
  return complexPower(rt, a[0], a[1], b[0], b[1]);
}

function reprSlot(rt: Runtime, self: Ref): Owned {
  return newStr(rt, complexRepr(realPart(rt, self), imagPart(rt, self)));
}

function hashSlot(rt: Runtime, self: Ref): number {
  const realLow = partHash(rt, self, realPart(rt, self));
  const realHigh = rt.hashHigh;
  const imagLow = partHash(rt, self, imagPart(rt, self));
  const low = hashComplexParts(realLow, realHigh, imagLow, rt.hashHigh);
  rt.hashHigh = hashHi;
  return low;
}

function partHash(rt: Runtime, self: Ref, value: number): number {
  if (value !== value) return hashPointer(rt, self);
  const low = hashFloat(value);
  rt.hashHigh = hashHi;
  return low;
}

function compare(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  if (op !== CompareOp.Eq && op !== CompareOp.Ne) return NOT_IMPLEMENTED;
  const equal = equals(rt, self, other);
  return equal === null ? NOT_IMPLEMENTED : (pyBool(equal === (op === CompareOp.Eq)) as Owned);
}

function equals(rt: Runtime, self: Ref, other: Ref): boolean | null {
  const real = realPart(rt, self);
  const imag = imagPart(rt, self);
  if (isInt(rt, other)) {
    if (imag !== 0) return false;
    return isSafeInt(rt, other) ? real === safeIntValue(rt, other) : bigEquals(real, bigIntValue(rt, other));
  }
  if (isFloat(rt, other)) return real === floatValue(rt, other) && imag === 0;
  if (!isComplex(rt, other)) return null;
  return real === realPart(rt, other) && imag === imagPart(rt, other);
}

function bigEquals(real: number, value: bigint): boolean {
  return Number.isInteger(real) && BigInt(real) === value;
}

function positive(rt: Runtime, self: Ref): Owned {
  return rt.words[self + ObjectWord.Type] === T.complex
    ? newRef(rt, self)
    : newComplex(rt, realPart(rt, self), imagPart(rt, self));
}

function format(rt: Runtime, self: Ref, spec: Ref): Owned {
  if (!isStr(rt, spec)) typeError(rt, `__format__() argument must be str, not ${argumentName(rt, spec)}`);
  const text = strText(rt, spec);
  if (text === '') return rt.words[self + ObjectWord.Type] === T.complex ? reprSlot(rt, self) : str(rt, self);
  return newStr(
    rt,
    guard(rt, () => formatComplex(realPart(rt, self), imagPart(rt, self), text, kindName(rt, self))),
  );
}

function newArguments(rt: Runtime, self: Ref): Owned {
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newFloat(rt, realPart(rt, self))),
    temp(rt, newFloat(rt, imagPart(rt, self))),
  );
}

defineType({
  ref: T.complex,
  name: 'complex',
  basicSize: 32,
  words: 6,
  flags: TypeFlag.BaseType,
  dealloc: deallocComplex,
  doc: "complex(real=0, imag=0)\n--\n\nCreate a complex number from a string or numbers.\n\nIf a string is given, parse it as a complex number.\nIf a single number is given, convert it to a complex number.\nIf the 'real' or 'imag' arguments are given, create a complex number\nwith the specified real and imaginary components.",
  slots: {
    repr: reprSlot,
    hash: hashSlot,
    richcompare: compare,
    new: complexNew,
    nbAdd: add,
    nbSubtract: subtract,
    nbMultiply: multiply,
    nbTrueDivide: divide,
    nbPower: power,
    nbNegative: (rt, self) => newComplex(rt, -realPart(rt, self), -imagPart(rt, self)),
    nbPositive: positive,
    nbAbsolute: (rt, self) => newFloat(rt, complexAbsolute(rt, realPart(rt, self), imagPart(rt, self))),
    nbBool: (rt, self) => realPart(rt, self) !== 0 || imagPart(rt, self) !== 0,
  },
  methods: [
    native('conjugate($self, /)', (rt, self) => newComplex(rt, realPart(rt, self), -imagPart(rt, self)), {
      doc: 'The number with its imaginary part negated.',
    }),
    native('__complex__($self, /)', positive, { doc: 'The number as exact complex.' }),
    native('__getnewargs__($self, /)', newArguments),
    native('__format__($self, format_spec, /)', format, { doc: 'The number laid out as the specification says.' }),
  ],
  members: [
    member('real', ComplexWord.Real, MemberKind.Double, true, 'the real part of a complex number'),
    member('imag', ComplexWord.Imag, MemberKind.Double, true, 'the imaginary part of a complex number'),
  ],
});
