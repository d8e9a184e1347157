/** The operations that Decimal and Context have both: as methods of numbers and of contexts. */
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { guard } from '../../core/faults.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps } from '../../core/tuple.ts';
import * as arithmetic from '../../numeric/decimal/arithmetic.ts';
import * as comparison from '../../numeric/decimal/compare.ts';
import type { Operation } from '../../numeric/decimal/context.ts';
import * as digits from '../../numeric/decimal/digits.ts';
import * as functions from '../../numeric/decimal/functions.ts';
import {
  decimalText,
  isFinite,
  isInfinite,
  isNan,
  isZero,
  Kind,
  ofInteger,
  withSign,
} from '../../numeric/decimal/number.ts';
import type { Decimal } from '../../numeric/decimal/number.ts';
import { addStatus, contextArgument, operationIn, settingsOf } from './context-state.ts';
import { isDecimal, newDecimal, requireOperand, valueOf } from './number.ts';

type Unary = (op: Operation, a: Decimal) => Decimal;
type Binary = (op: Operation, a: Decimal, b: Decimal) => Decimal;
type Ternary = (op: Operation, a: Decimal, b: Decimal, c: Decimal) => Decimal;

/** Runs an operation in a context; what it notes may raise. @runsPython */
export function perform(rt: Runtime, context: Ref, run: (op: Operation) => Decimal): Owned {
  const op = operationIn(rt, context);
  const result = guard(rt, () => run(op));
  addStatus(rt, context, op.status);
  return newDecimal(rt, result);
}

/** Operations with one operand that Decimal's methods have too. */
const UNARY: Readonly<Record<string, Unary>> = {
  exp: functions.exponential,
  ln: functions.naturalLog,
  log10: functions.decimalLog,
  next_minus: digits.nextMinus,
  next_plus: digits.nextPlus,
  normalize: digits.normalize,
  sqrt: functions.squareRoot,
  logb: digits.logb,
  logical_invert: digits.logicalInvert,
};

const BINARY: Readonly<Record<string, Binary>> = {
  compare: comparison.compare,
  compare_signal: comparison.compareSignal,
  max: comparison.extreme(true, false),
  max_mag: comparison.extreme(true, true),
  min: comparison.extreme(false, false),
  min_mag: comparison.extreme(false, true),
  next_toward: digits.nextToward,
  remainder_near: arithmetic.remainderNear,
  logical_and: digits.logical((x, y) => x && y),
  logical_or: digits.logical((x, y) => x || y),
  logical_xor: digits.logical((x, y) => x !== y),
  rotate: digits.rotate,
  scaleb: digits.scaleb,
  shift: digits.shift,
  compare_total: comparison.compareTotal,
  compare_total_mag: comparison.compareTotalMag,
  copy_sign: (_op, a, b) => comparison.copySign(a, b),
};

/** Those that only a context has under a name. */
const CONTEXT_UNARY: Readonly<Record<string, Unary>> = {
  abs: arithmetic.absolute,
  minus: arithmetic.minus,
  plus: arithmetic.plus,
  to_integral: digits.toIntegralValue,
  to_integral_exact: digits.toIntegralExact,
  to_integral_value: digits.toIntegralValue,
  copy_abs: (_op, a) => withSign(a, 0),
  copy_negate: (_op, a) => comparison.negated(a),
  copy_decimal: (_op, a) => a,
};
const CONTEXT_BINARY: Readonly<Record<string, Binary>> = {
  add: arithmetic.add,
  subtract: arithmetic.subtract,
  multiply: arithmetic.multiply,
  divide: arithmetic.divide,
  divide_int: arithmetic.divideInteger,
  remainder: arithmetic.remainder,
  quantize: digits.quantize,
};

/** Questions about one number. */
const QUESTIONS: Readonly<Record<string, (a: Decimal, context: () => ReturnType<typeof settingsOf>) => boolean>> = {
  is_canonical: () => true,
  is_finite: isFinite,
  is_infinite: isInfinite,
  is_nan: isNan,
  is_qnan: (a) => a.kind === Kind.QuietNan,
  is_signed: (a) => a.sign === 1,
  is_snan: (a) => a.kind === Kind.SignalingNan,
  is_zero: isZero,
  is_normal: (a, settings) => digits.isNormal(a, settings()),
  is_subnormal: (a, settings) => digits.isSubnormal(a, settings()),
};

const NEEDS_CONTEXT = ['is_normal', 'is_subnormal'];

const asBool = (value: boolean): Owned => pyBool(value) as Owned;

function unaryMethod(name: string, run: Unary): NativeDefinition {
  return native(`${name}($self, /, context=None)`, (rt, self, context = 0) =>
    perform(rt, contextArgument(rt, context), (op) => run(op, valueOf(rt, self))),
  );
}

function binaryMethod(name: string, run: Binary): NativeDefinition {
  return native(`${name}($self, /, other, context=None)`, (rt, self, other = 0, context = 0) => {
    const within = contextArgument(rt, context);
    const b = requireOperand(rt, other);
    return perform(rt, within, (op) => run(op, valueOf(rt, self), b));
  });
}

function questionMethod(name: string): NativeDefinition {
  const ask = QUESTIONS[name] ?? (() => false);
  const signature = NEEDS_CONTEXT.includes(name) ? '$self, /, context=None' : '$self, /';
  return native(`${name}(${signature})`, (rt, self, context = 0) => {
    const within = NEEDS_CONTEXT.includes(name) ? contextArgument(rt, context) : 0;
    return asBool(ask(valueOf(rt, self), () => settingsOf(rt, within)));
  });
}

/** Methods of Decimal. */
export const DECIMAL_OPERATIONS: readonly NativeDefinition[] = [
  ...Object.entries(UNARY).map(([name, run]) => unaryMethod(name, run)),
  ...Object.entries(BINARY).map(([name, run]) => binaryMethod(name, run)),
  ...Object.keys(QUESTIONS).map(questionMethod),
  native('fma($self, /, other, third, context=None)', (rt, self, other = 0, third = 0, context = 0) => {
    const within = contextArgument(rt, context);
    const b = requireOperand(rt, other);
    const c = requireOperand(rt, third);
    return perform(rt, within, (op) => arithmetic.fma(op, valueOf(rt, self), b, c));
  }),
  native('copy_abs($self, /)', (rt, self) => newDecimal(rt, withSign(valueOf(rt, self), 0))),
  native('copy_negate($self, /)', (rt, self) => newDecimal(rt, comparison.negated(valueOf(rt, self)))),
  native('same_quantum($self, /, other, context=None)', (rt, self, other = 0) =>
    asBool(digits.sameQuantum(valueOf(rt, self), requireOperand(rt, other))),
  ),
  native('number_class($self, /, context=None)', (rt, self, context = 0) =>
    newStr(rt, digits.numberClass(valueOf(rt, self), settingsOf(rt, contextArgument(rt, context)))),
  ),
  native('radix($self, /)', (rt) => newDecimal(rt, ofInteger(10n))),
];

function contextUnary(name: string, run: Unary): NativeDefinition {
  return native(`${name}($self, x, /)`, (rt, self, x = 0) => {
    const a = requireOperand(rt, x);
    return perform(rt, self, (op) => run(op, a));
  });
}

function contextBinary(name: string, run: Binary): NativeDefinition {
  return native(`${name}($self, x, y, /)`, (rt, self, x = 0, y = 0) => {
    const a = requireOperand(rt, x);
    const b = requireOperand(rt, y);
    return perform(rt, self, (op) => run(op, a, b));
  });
}

const ternary: Ternary = arithmetic.fma;

/** Quotient and remainder as a tuple. @runsPython */
export function performDivmod(rt: Runtime, context: Ref, a: Decimal, b: Decimal): Owned {
  const op = operationIn(rt, context);
  const [quotient, rest] = guard(rt, () => arithmetic.divmod(op, a, b));
  addStatus(rt, context, op.status);
  return tupleFromTemps(rt, tempMark(rt), temp(rt, newDecimal(rt, quotient)), temp(rt, newDecimal(rt, rest)));
}

/** A power, of integers by a modulus if `modulo` is given. @runsPython */
export function performPower(rt: Runtime, context: Ref, a: Decimal, b: Decimal, modulo: Decimal | null): Owned {
  return perform(rt, context, (op) =>
    modulo === null ? functions.power(op, a, b) : functions.powerModulo(op, a, b, modulo),
  );
}

function contextText(name: string, engineering: boolean): NativeDefinition {
  return native(`${name}($self, x, /)`, (rt, self, x = 0) =>
    newStr(rt, decimalText(requireOperand(rt, x), engineering, settingsOf(rt, self).capitals)),
  );
}

/** Methods of Context. */
export const CONTEXT_OPERATIONS: readonly NativeDefinition[] = [
  ...Object.entries({ ...UNARY, ...CONTEXT_UNARY }).map(([name, run]) => contextUnary(name, run)),
  ...Object.entries({ ...BINARY, ...CONTEXT_BINARY }).map(([name, run]) => contextBinary(name, run)),
  ...Object.entries(QUESTIONS).map(([name, ask]) =>
    native(`${name}($self, x, /)`, (rt, self, x = 0) => {
      if (name === 'is_canonical' && !isDecimal(rt, x)) typeError(rt, 'argument must be a Decimal');
      return asBool(ask(requireOperand(rt, x), () => settingsOf(rt, self)));
    }),
  ),
  native('fma($self, x, y, z, /)', (rt, self, x = 0, y = 0, z = 0) => {
    const a = requireOperand(rt, x);
    const b = requireOperand(rt, y);
    const c = requireOperand(rt, z);
    return perform(rt, self, (op) => ternary(op, a, b, c));
  }),
  native('divmod($self, x, y, /)', (rt, self, x = 0, y = 0) => {
    const a = requireOperand(rt, x);
    return performDivmod(rt, self, a, requireOperand(rt, y));
  }),
  native('same_quantum($self, x, y, /)', (rt, _self, x = 0, y = 0) =>
    asBool(digits.sameQuantum(requireOperand(rt, x), requireOperand(rt, y))),
  ),
  native('number_class($self, x, /)', (rt, self, x = 0) =>
    newStr(rt, digits.numberClass(requireOperand(rt, x), settingsOf(rt, self))),
  ),
  native('radix($self, /)', (rt) => newDecimal(rt, ofInteger(10n))),
  contextText('to_sci_string', false),
  contextText('to_eng_string', true),
];
