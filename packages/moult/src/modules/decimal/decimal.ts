/** The type `decimal.Decimal`. The arithmetic is in `numeric/decimal/`. */
import { newRef, ObjectWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1, call3 } from '../../core/call.ts';
import { overflowError, typeError, valueError } from '../../core/errors.ts';
import { dictGetText } from '../../core/dict/index.ts';
import { guard } from '../../core/faults.ts';
import { CompareOp } from '../../core/functions.ts';
import { bigIntValue, floatValue, newBigInt, newFloat, newInt } from '../../core/int.ts';
import { getset, native } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import { isInstanceOf } from '../../core/protocol/instance-check.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { codePointLength, newStr, strText } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps, tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isDict, isInstance, isInt, isStr, kindName } from '../../core/types.ts';
import * as arithmetic from '../../numeric/decimal/arithmetic.ts';
import { order } from '../../numeric/decimal/compare.ts';
import { Flag, Round, ROUNDINGS } from '../../numeric/decimal/context.ts';
import { quantize, toIntegralExact, toIntegralValue } from '../../numeric/decimal/digits.ts';
import { formatDecimal, parseDecimalSpec } from '../../numeric/decimal/format.ts';
import type { DecimalSpec } from '../../numeric/decimal/format.ts';
import {
  adjusted,
  decimalText,
  finite,
  isFinite,
  isInfinite,
  isNan,
  isZero,
  Kind,
  ofInteger,
  pow10,
} from '../../numeric/decimal/number.ts';
import type { Operation } from '../../numeric/decimal/context.ts';
import type { Decimal } from '../../numeric/decimal/number.ts';
import { hashBigInt, hashHi } from '../../numeric/hash.ts';
import { newComplex } from '../../core/complex.ts';
import { satisfies } from '../../core/satisfies.ts';
import { hashPointer } from '../../objects/object/hash.ts';
import { parseArguments } from '../arguments.ts';
import { integerOf } from '../buffers.ts';
import { ModuleRef } from '../module-roots.ts';
import { addStatus, contextArgument, currentContext, madeByImport, operationIn, settingsOf } from './context-state.ts';
import { ContextWord, DECIMAL, DecimalWord } from './layout.ts';
import {
  convertAny,
  deallocDecimal,
  exactly,
  newDecimal,
  notImplemented,
  ofFloat,
  operandOf,
  valueOf,
} from './number.ts';
import { DECIMAL_OPERATIONS, perform, performDivmod, performPower } from './operations.ts';

/** `Decimal(value='0', context=None)`: exact, whatever the context. @runsPython */
function decimalNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const [value = 0, context = 0] = parseArguments(rt, 'Decimal', ['value', 'context'], 0, args, kwargs);
  const within = contextArgument(rt, context);
  if (value === 0) return newDecimal(rt, finite(0, 0n, 0n), type);
  if (type === DECIMAL && rt.words[value + ObjectWord.Type] === DECIMAL) return newRef(rt, value);
  const op = operationIn(rt, within);
  const converted = convertAny(rt, value, op, within, true);
  const result = isFinite(converted) ? exactly(op, converted) : converted;
  addStatus(rt, within, op.status);
  return newDecimal(rt, result, type);
}

type Binary = (op: Operation, a: Decimal, b: Decimal) => Decimal;

/** A binary operator; other operands than numbers of ours are left to their own type. */
function operator(run: Binary) {
  return (rt: Runtime, a: Ref, b: Ref): Owned => {
    const x = operandOf(rt, a);
    const y = operandOf(rt, b);
    if (x === null || y === null) return notImplemented();
    return perform(rt, currentContext(rt), (op) => run(op, x, y));
  };
}

function divmodSlot(rt: Runtime, a: Ref, b: Ref): Owned {
  const x = operandOf(rt, a);
  const y = operandOf(rt, b);
  return x === null || y === null ? notImplemented() : performDivmod(rt, currentContext(rt), x, y);
}

function powerSlot(rt: Runtime, a: Ref, b: Ref, modulo: Ref): Owned {
  const x = operandOf(rt, a);
  const y = operandOf(rt, b);
  const m = modulo === 0 || modulo === S.None ? null : operandOf(rt, modulo);
  if (x === null || y === null || (m === null && modulo !== 0 && modulo !== S.None)) return notImplemented();
  return performPower(rt, currentContext(rt), x, y, m);
}

function unary(run: (op: Operation, a: Decimal) => Decimal) {
  return (rt: Runtime, self: Ref): Owned => perform(rt, currentContext(rt), (op) => run(op, valueOf(rt, self)));
}

/** The other side of a comparison, and a factor for this one; null if they cannot be compared. @runsPython
 *  Source: CPython 3.12 convert_op_cmp. */
function comparand(rt: Runtime, self: Decimal, other: Ref, op: number, context: Ref): [Decimal, Decimal] | null {
  const plain = operandOf(rt, other);
  if (plain !== null) return [self, plain];
  const isEquality = op === CompareOp.Eq || op === CompareOp.Ne;
  if (isInstance(rt, other, T.float)) return [self, comparedFloat(rt, floatValue(rt, other), isEquality, context)];
  if (isInstance(rt, other, T.complex) && isEquality) return comparedComplex(rt, self, other, context);
  return isInstanceOf(rt, other, madeByImport(rt, ModuleRef.DecimalRational))
    ? comparedRational(rt, self, other)
    : null;
}

/** A float to be compared: a float operation, which only an order signals. */
function comparedFloat(rt: Runtime, value: number, isEquality: boolean, context: Ref): Decimal {
  if (isEquality) noteQuietly(rt, context, Flag.FloatOperation);
  else addStatus(rt, context, Flag.FloatOperation);
  return ofFloat(value);
}

function comparedComplex(rt: Runtime, self: Decimal, other: Ref, context: Ref): [Decimal, Decimal] | null {
  const m = tempMark(rt);
  const real = floatValue(rt, temp(rt, getAttrText(rt, other, 'real')));
  const imag = floatValue(rt, temp(rt, getAttrText(rt, other, 'imag')));
  releaseTemps(rt, m);
  if (imag !== 0) return null;
  noteQuietly(rt, context, Flag.FloatOperation);
  return [self, ofFloat(real)];
}

function comparedRational(rt: Runtime, self: Decimal, other: Ref): [Decimal, Decimal] {
  const m = tempMark(rt);
  const top = ofInteger(integerOf(rt, temp(rt, getAttrText(rt, other, 'numerator'))));
  const bottom = integerOf(rt, temp(rt, getAttrText(rt, other, 'denominator')));
  releaseTemps(rt, m);
  return [isFinite(self) ? { ...finite(self.sign, self.coef * bottom, self.exp) } : self, top];
}

/** Notes a condition that is not to be raised. */
function noteQuietly(rt: Runtime, context: Ref, flag: number): void {
  rt.words[context + ContextWord.Status] |= flag;
}

/** `self <op> other`. An order with a NaN is an invalid operation, as is anything with a signaling one. @runsPython */
function richCompare(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  const context = currentContext(rt);
  const pair = comparand(rt, valueOf(rt, self), other, op, context);
  if (pair === null) return notImplemented();
  const [a, b] = pair;
  if (isNan(a) || isNan(b)) {
    const isSignaling = a.kind === Kind.SignalingNan || b.kind === Kind.SignalingNan;
    if (isSignaling || (op !== CompareOp.Eq && op !== CompareOp.Ne)) addStatus(rt, context, Flag.InvalidOperation);
    return pyBool(op === CompareOp.Ne) as Owned;
  }
  return pyBool(satisfies(order(a, b), op)) as Owned;
}

const PRIME = (1n << 61n) - 1n;
const INVERSE_TEN = 2075258708292324556n;

function modularPower(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let n = exponent; n > 0n; n >>= 1n) {
    if ((n & 1n) === 1n) result = (result * square) % PRIME;
    square = (square * square) % PRIME;
  }
  return result;
}

const INFINITY_HASH = 314159n;

/** The hash that equal ints, floats and fractions have. */
function hash(rt: Runtime, self: Ref): number {
  const d = valueOf(rt, self);
  if (d.kind === Kind.SignalingNan) typeError(rt, 'Cannot hash a signaling NaN value');
  if (d.kind === Kind.QuietNan) return hashPointer(rt, self);
  const size = isInfinite(d)
    ? INFINITY_HASH
    : ((d.coef % PRIME) * modularPower(d.exp >= 0n ? 10n : INVERSE_TEN, d.exp >= 0n ? d.exp : -d.exp)) % PRIME;
  const low = hashBigInt(d.sign === 1 ? -size : size);
  rt.hashHigh = hashHi;
  return low;
}

/** The value cut to an integer. Raises ValueError, OverflowError. */
function truncated(rt: Runtime, d: Decimal, mode: Round): bigint {
  if (isNan(d)) valueError(rt, 'cannot convert NaN to integer');
  if (isInfinite(d)) overflowError(rt, 'cannot convert Infinity to integer');
  return guard(rt, () => {
    const whole = arithmetic.rescale(d, 0n, mode);
    return whole.sign === 1 ? -whole.coef : whole.coef;
  });
}

function toFloatValue(rt: Runtime, self: Ref): number {
  const d = valueOf(rt, self);
  if (d.kind === Kind.SignalingNan) valueError(rt, 'cannot convert signaling NaN to float');
  if (isNan(d)) return NaN;
  return Number(decimalText(d));
}

const textOf = (rt: Runtime, self: Ref): string =>
  decimalText(valueOf(rt, self), false, settingsOf(rt, currentContext(rt)).capitals);

/** `round(self, n)` @runsPython */
function round(rt: Runtime, self: Ref, places: Ref): Owned {
  if (places === 0) return newBigInt(rt, truncated(rt, valueOf(rt, self), Round.HalfEven));
  if (!isInt(rt, places)) typeError(rt, 'optional arg must be an integer');
  const n = integerOf(rt, places);
  if (BigInt.asIntN(64, n) !== n) overflowError(rt, 'Python int too large to convert to C ssize_t');
  return perform(rt, currentContext(rt), (op) => quantize(op, valueOf(rt, self), finite(0, 1n, -n)));
}

function asTuple(rt: Runtime, self: Ref): Owned {
  const d = valueOf(rt, self);
  const exponent = isInfinite(d)
    ? newStr(rt, 'F')
    : isNan(d)
      ? newStr(rt, d.kind === Kind.SignalingNan ? 'N' : 'n')
      : newBigInt(rt, d.exp);
  temp(rt, exponent);
  const hasDigits = !isNan(d) || d.coef !== 0n;
  const digits = temp(
    rt,
    tupleTake(rt, ...Array.from(hasDigits ? String(d.coef) : '', (digit) => newInt(rt, Number(digit)))),
  );
  return call3(rt, madeByImport(rt, ModuleRef.DecimalTuple), temp(rt, newInt(rt, d.sign)), digits, exponent);
}

function asIntegerRatio(rt: Runtime, self: Ref): Owned {
  const d = valueOf(rt, self);
  if (isNan(d)) valueError(rt, 'cannot convert NaN to integer ratio');
  if (isInfinite(d)) overflowError(rt, 'cannot convert Infinity to integer ratio');
  return guard(rt, () => {
    const top = d.exp >= 0n ? d.coef * pow10(d.exp) : d.coef;
    const bottom = d.exp >= 0n ? 1n : pow10(-d.exp);
    const common = gcd(top, bottom);
    const signed = d.sign === 1 ? -top : top;
    return tupleFromTemps(
      rt,
      tempMark(rt),
      temp(rt, newBigInt(rt, signed / common)),
      temp(rt, newBigInt(rt, bottom / common)),
    );
  });
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

const ROUNDING_ERROR =
  'valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]';

/** A rounding by its name. Raises TypeError. */
export function roundingOf(rt: Runtime, o: Ref): Round {
  const found = isStr(rt, o) ? ROUNDINGS.indexOf(strText(rt, o)) : -1;
  if (found < 0) typeError(rt, ROUNDING_ERROR);
  return found;
}

/** An operation whose rounding may be given apart. */
function rounded(rt: Runtime, context: Ref, rounding: Ref, run: (op: Operation) => Decimal): Owned {
  const within = contextArgument(rt, context);
  if (rounding === 0 || rounding === S.None) return perform(rt, within, run);
  const mode = roundingOf(rt, rounding);
  return perform(rt, within, (op) => {
    const inner = op.inside({ rounding: mode });
    const result = run(inner);
    op.note(inner.status);
    return result;
  });
}

function toIntegral(run: (op: Operation, a: Decimal) => Decimal) {
  return (rt: Runtime, self: Ref, rounding = 0, context = 0): Owned =>
    rounded(rt, context, rounding, (op) => run(op, valueOf(rt, self)));
}

function quantizeMethod(rt: Runtime, self: Ref, exp: Ref, rounding: Ref, context: Ref): Owned {
  const within = contextArgument(rt, context);
  const b = operandOf(rt, exp) ?? typeError(rt, `conversion from ${kindName(rt, exp)} to Decimal is not supported`);
  return rounded(rt, within, rounding, (op) => quantize(op, valueOf(rt, self), b));
}

/** `Decimal.from_float(f)` @runsPython */
function fromFloat(rt: Runtime, type: Ref, f: Ref): Owned {
  const value = isInt(rt, f)
    ? ofInteger(bigIntValue(rt, f))
    : isInstance(rt, f, T.float)
      ? ofFloat(floatValue(rt, f))
      : null;
  if (value === null) return typeError(rt, 'argument must be int or float');
  if (type === DECIMAL) return newDecimal(rt, value);
  return call1(rt, type, temp(rt, newDecimal(rt, value)));
}

/** The conventions of a locale, as a dict gives them. Raises TypeError, ValueError. @runsPython */
function overridden(rt: Runtime, spec: DecimalSpec, override: Ref): DecimalSpec {
  if (override === 0) return spec;
  if (!isDict(rt, override)) typeError(rt, 'optional argument must be a dict');
  const text = (key: string): string | null => {
    const value = dictGetText(rt, override, key);
    if (value === 0) return null;
    return isStr(rt, value) ? strText(rt, value) : valueError(rt, 'invalid override dict');
  };
  const point = text('decimal_point') ?? spec.point;
  if (codePointLength(point) !== 1) valueError(rt, 'invalid override dict');
  const grouping = text('thousands_sep') ?? spec.grouping;
  if (codePointLength(grouping) > 1) valueError(rt, 'invalid override dict');
  const sizes = text('grouping');
  const groups = sizes === null ? spec.groups : groupSizes(rt, sizes);
  return { ...spec, point, grouping, groups };
}

/** Sizes of groups as `localeconv` writes them: a zero repeats the last, 127 ends the groups. */
function groupSizes(rt: Runtime, text: string): number[] {
  const sizes = Array.from(text, (character) => character.charCodeAt(0));
  if (sizes.some((size) => size > 127)) valueError(rt, 'invalid override dict');
  const end = sizes.indexOf(0);
  return (end < 0 ? sizes : sizes.slice(0, end)).map((size) => (size === 127 ? 0 : size));
}

/** `format(self, spec)`; the second argument stands for the conventions of a locale. @runsPython */
function format(rt: Runtime, self: Ref, spec: Ref, override: Ref): Owned {
  if (!isStr(rt, spec)) typeError(rt, 'format arg must be str');
  const parsed = overridden(
    rt,
    parseDecimalSpec(strText(rt, spec)) ?? valueError(rt, 'invalid format string'),
    override,
  );
  const { rounding, capitals } = settingsOf(rt, currentContext(rt));
  return newStr(
    rt,
    guard(rt, () => formatDecimal(valueOf(rt, self), parsed, rounding, capitals)),
  );
}

const WORD_DIGITS = 19;
const STATIC_WORDS = 4;

function sizeOf(rt: Runtime, self: Ref): Owned {
  const words = Math.ceil(valueOf(rt, self).digits / WORD_DIGITS);
  return newInt(rt, 8 * DecimalWord.Words + (words > STATIC_WORDS ? 8 * words : 0));
}

function reduce(rt: Runtime, self: Ref): Owned {
  const args = temp(rt, tupleTake(rt, newStr(rt, decimalText(valueOf(rt, self)))));
  return tupleTake(rt, newRef(rt, rt.words[self + ObjectWord.Type]), newRef(rt, args));
}

const same = (rt: Runtime, self: Ref): Owned => newRef(rt, self);

defineType({
  ref: DECIMAL,
  name: 'decimal.Decimal',
  genericAccess: 'get',
  basicSize: 8 * DecimalWord.Words,
  flags: TypeFlag.BaseType,
  dealloc: deallocDecimal,
  doc: "Decimal(value='0', context=None)\n--\n\nConstruct a new Decimal object. 'value' can be an integer, string, tuple,\nor another Decimal object. If no value is given, return Decimal('0').\nThe context does not affect the conversion and is only passed to determine\nif the InvalidOperation trap is active.\n",
  slots: {
    new: decimalNew,
    repr: (rt, self) => newStr(rt, `Decimal('${textOf(rt, self)}')`),
    str: (rt, self) => newStr(rt, textOf(rt, self)),
    hash,
    richcompare: richCompare,
    nbAdd: operator(arithmetic.add),
    nbSubtract: operator(arithmetic.subtract),
    nbMultiply: operator(arithmetic.multiply),
    nbTrueDivide: operator(arithmetic.divide),
    nbFloorDivide: operator(arithmetic.divideInteger),
    nbRemainder: operator(arithmetic.remainder),
    nbDivmod: divmodSlot,
    nbPower: powerSlot,
    nbNegative: unary(arithmetic.minus),
    nbPositive: unary(arithmetic.plus),
    nbAbsolute: unary(arithmetic.absolute),
    nbBool: (rt, self) => !isZero(valueOf(rt, self)),
    nbInt: (rt, self) => newBigInt(rt, truncated(rt, valueOf(rt, self), Round.Down)),
    nbFloat: (rt, self) => newFloat(rt, toFloatValue(rt, self)),
  },
  methods: [
    ...DECIMAL_OPERATIONS,
    native('adjusted($self, /)', (rt, self) =>
      newBigInt(rt, isFinite(valueOf(rt, self)) ? adjusted(valueOf(rt, self)) : 0n),
    ),
    native('as_tuple($self, /)', asTuple),
    native('as_integer_ratio($self, /)', asIntegerRatio),
    native('canonical($self, /)', same),
    native('conjugate($self, /)', same),
    native('from_float($type, f, /)', fromFloat, { binding: 'class' }),
    native('quantize($self, /, exp, rounding=None, context=None)', quantizeMethod),
    native('to_integral($self, /, rounding=None, context=None)', toIntegral(toIntegralValue)),
    native('to_integral_value($self, /, rounding=None, context=None)', toIntegral(toIntegralValue)),
    native('to_integral_exact($self, /, rounding=None, context=None)', toIntegral(toIntegralExact)),
    native('to_eng_string($self, /, context=None)', (rt, self, context = 0) =>
      newStr(rt, decimalText(valueOf(rt, self), true, settingsOf(rt, contextArgument(rt, context)).capitals)),
    ),
    native('__copy__()', same, { unsigned: true }),
    native('__deepcopy__(memo, /)', same, { unsigned: true }),
    native('__format__(spec, override=None, /)', format, { unsigned: true }),
    native('__reduce__()', reduce, { unsigned: true }),
    native('__round__(ndigits=None, /)', round, { unsigned: true }),
    native('__ceil__()', (rt, self) => newBigInt(rt, truncated(rt, valueOf(rt, self), Round.Ceiling)), {
      unsigned: true,
    }),
    native('__floor__()', (rt, self) => newBigInt(rt, truncated(rt, valueOf(rt, self), Round.Floor)), {
      unsigned: true,
    }),
    native('__trunc__()', (rt, self) => newBigInt(rt, truncated(rt, valueOf(rt, self), Round.Down)), {
      unsigned: true,
    }),
    native('__complex__()', (rt, self) => newComplex(rt, toFloatValue(rt, self), 0), { unsigned: true }),
    native('__sizeof__()', sizeOf, { unsigned: true }),
  ],
  getset: [getset('real', same), getset('imag', (rt) => newDecimal(rt, finite(0, 0n, 0n)))],
});
