/** The type `datetime.timedelta`. */
import { newRef, ObjectWord } from '@moult/heap';
import { LayoutKind, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { overflowError, raise, typeError, valueError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { bigIntValue, floatValue, newBigInt, newFloat, newInt } from '../../core/int.ts';
import { member, MemberKind, native } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/attribute.ts';
import type { Runtime } from '../../core/runtime.ts';
import { satisfies } from '../../core/satisfies.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleSize, tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance, isInt, isTuple, kindName } from '../../core/types.ts';
import { floatAsIntegerRatio, floatToBigInt } from '../../numeric/float-repr.ts';
import { intTrueDiv } from '../../numeric/int-float.ts';
import { intDivmod, intFloorDiv, intMod } from '../../numeric/int-math.ts';
import { genericGetAttr } from '../../objects/object/generic-attributes.ts';
import { parsePlainArguments } from '../arguments.ts';
import {
  addDeltas,
  compareDeltas,
  daysOf,
  hashDeltaFields,
  isZeroDelta,
  microsecondsOf,
  newDelta,
  newNormalDelta,
  secondsOf,
} from './delta-values.ts';
import { DeltaWord, isDelta, TIMEDELTA } from './layout.ts';
import { pad2, pad6 } from './text.ts';

const notImplemented = (): Owned => S.NotImplemented as Ref as Owned;
const isFloat = (rt: Runtime, o: Ref): boolean => isInstance(rt, o, T.float);

/** The whole timedelta in microseconds. */
function totalOf(rt: Runtime, delta: Ref): bigint {
  const seconds = daysOf(rt, delta) * 86400 + secondsOf(rt, delta);
  return BigInt(seconds) * 1000000n + BigInt(microsecondsOf(rt, delta));
}

/** A timedelta of so many microseconds. Raises OverflowError. */
function deltaOfTotal(rt: Runtime, total: bigint, type: Ref = TIMEDELTA): Owned {
  const [allSeconds, micro] = intDivmod(total, 1000000n);
  const [days, seconds] = intDivmod(allSeconds, 86400n);
  if (BigInt.asIntN(32, days) !== days) overflowError(rt, 'Python int too large to convert to C int');
  return newNormalDelta(rt, Number(days), Number(seconds), Number(micro), type);
}

const COMPONENTS = ['days', 'seconds', 'microseconds', 'milliseconds', 'minutes', 'hours', 'weeks'];

/** Where a component is in `COMPONENTS`, and its microseconds, in the order in which they are added. */
const FACTORS: readonly (readonly [index: number, factor: bigint])[] = [
  [2, 1n],
  [3, 1000n],
  [1, 1000000n],
  [4, 60000000n],
  [5, 3600000000n],
  [0, 86400000000n],
  [6, 604800000000n],
];

/** `timedelta(days=0, …)` @runsPython
 *  Source: CPython 3.12 delta_new. */
function deltaNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const values = parsePlainArguments(rt, '__new__', COMPONENTS, 0, args, kwargs);
  let total = 0n;
  let leftover = 0;
  for (const [index, factor] of FACTORS) {
    const value = values[index] ?? 0;
    if (value === 0) continue;
    if (isInt(rt, value)) total += bigIntValue(rt, value) * factor;
    else if (isFloat(rt, value)) {
      const [whole, fraction] = scaled(rt, floatValue(rt, value), factor);
      total += whole;
      leftover += fraction;
    } else typeError(rt, `unsupported type for timedelta ${COMPONENTS[index]} component: ${kindName(rt, value)}`);
  }
  return deltaOfTotal(rt, total + roundedHalfEven(leftover, total), type);
}

/** `value * factor` as whole microseconds and a fraction.
 *  Source: CPython 3.12 accum. */
function scaled(rt: Runtime, value: number, factor: bigint): [bigint, number] {
  const whole = Math.trunc(value);
  const product = guard(rt, () => floatToBigInt(whole)) * factor;
  const fraction = value - whole;
  if (fraction === 0) return [product, 0];
  const micro = fraction * Number(factor);
  return [product + BigInt(Math.trunc(micro)), micro - Math.trunc(micro)];
}

/** The nearest integer; of two the one farther from zero. */
function roundAway(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}

/** The fractions' sum as whole microseconds; a tie goes to where the total is even. */
function roundedHalfEven(leftover: number, total: bigint): bigint {
  let whole = roundAway(leftover);
  if (Math.abs(whole - leftover) === 0.5) {
    const odd = (total & 1n) === 1n ? 1 : 0;
    whole = 2 * roundAway((leftover + odd) * 0.5) - odd;
  }
  return BigInt(whole);
}

function sum(sign: number) {
  return (rt: Runtime, a: Ref, b: Ref): Owned =>
    isDelta(rt, a) && isDelta(rt, b) ? addDeltas(rt, a, b, sign) : notImplemented();
}

function negative(rt: Runtime, self: Ref): Owned {
  return newDelta(rt, -daysOf(rt, self), -secondsOf(rt, self), -microsecondsOf(rt, self));
}

function positive(rt: Runtime, self: Ref): Owned {
  return newDelta(rt, daysOf(rt, self), secondsOf(rt, self), microsecondsOf(rt, self));
}

/** `a / b` to the nearest integer, ties to even. Raises ZeroDivisionError. */
function divideNearest(rt: Runtime, a: bigint, b: bigint): bigint {
  if (b === 0n) raise(rt, T.ZeroDivisionError, 'integer division or modulo by zero');
  const [quotient, rest] = intDivmod(a, b);
  const twice = rest * 2n;
  const isMore = b > 0n ? twice > b : twice < b;
  return isMore || (twice === b && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

/** The numerator and denominator of a float, by its method. @runsPython
 *  Source: CPython 3.12 get_float_as_integer_ratio. */
function ratioOf(rt: Runtime, float: Ref): [bigint, bigint] {
  if (rt.words[float + ObjectWord.Type] === T.float) return guard(rt, () => floatAsIntegerRatio(floatValue(rt, float)));
  const m = tempMark(rt);
  const ratio = temp(rt, call0(rt, temp(rt, getAttrText(rt, float, 'as_integer_ratio'))));
  if (!isTuple(rt, ratio)) {
    typeError(rt, `unexpected return type from as_integer_ratio(): expected tuple, got '${kindName(rt, ratio)}'`);
  }
  if (tupleSize(rt, ratio) !== 2) valueError(rt, 'as_integer_ratio() must return a 2-tuple');
  const [top, bottom] = [tupleItem(rt, ratio, 0), tupleItem(rt, ratio, 1)];
  if (!isInt(rt, top) || !isInt(rt, bottom)) typeError(rt, 'non-integer arguments in division');
  const result: [bigint, bigint] = [bigIntValue(rt, top), bigIntValue(rt, bottom)];
  releaseTemps(rt, m);
  return result;
}

function multiplied(rt: Runtime, delta: Ref, factor: Ref): Owned {
  if (isInt(rt, factor)) return deltaOfTotal(rt, totalOf(rt, delta) * bigIntValue(rt, factor));
  if (!isFloat(rt, factor)) return notImplemented();
  const [top, bottom] = ratioOf(rt, factor);
  return deltaOfTotal(rt, divideNearest(rt, totalOf(rt, delta) * top, bottom));
}

function multiply(rt: Runtime, a: Ref, b: Ref): Owned {
  return isDelta(rt, a) ? multiplied(rt, a, b) : multiplied(rt, b, a);
}

function nonZero(rt: Runtime, divisor: bigint, message: string): bigint {
  return divisor === 0n ? raise(rt, T.ZeroDivisionError, message) : divisor;
}

const BY_ZERO = 'integer division or modulo by zero';

function trueDivide(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!isDelta(rt, a)) return notImplemented();
  if (isDelta(rt, b)) {
    const divisor = nonZero(rt, totalOf(rt, b), 'division by zero');
    return newFloat(
      rt,
      guard(rt, () => intTrueDiv(totalOf(rt, a), divisor)),
    );
  }
  if (isInt(rt, b)) return deltaOfTotal(rt, divideNearest(rt, totalOf(rt, a), bigIntValue(rt, b)));
  if (!isFloat(rt, b)) return notImplemented();
  const [top, bottom] = ratioOf(rt, b);
  return deltaOfTotal(rt, divideNearest(rt, totalOf(rt, a) * bottom, top));
}

function floorDivide(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!isDelta(rt, a)) return notImplemented();
  if (isDelta(rt, b)) return newBigInt(rt, intFloorDiv(totalOf(rt, a), nonZero(rt, totalOf(rt, b), BY_ZERO)));
  if (!isInt(rt, b)) return notImplemented();
  return deltaOfTotal(rt, intFloorDiv(totalOf(rt, a), nonZero(rt, bigIntValue(rt, b), BY_ZERO)));
}

function remainder(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!isDelta(rt, a) || !isDelta(rt, b)) return notImplemented();
  return deltaOfTotal(rt, intMod(totalOf(rt, a), nonZero(rt, totalOf(rt, b), 'integer modulo by zero')));
}

function divmod(rt: Runtime, a: Ref, b: Ref): Owned {
  if (!isDelta(rt, a) || !isDelta(rt, b)) return notImplemented();
  const [quotient, rest] = intDivmod(totalOf(rt, a), nonZero(rt, totalOf(rt, b), BY_ZERO));
  const delta = temp(rt, deltaOfTotal(rt, rest));
  return tupleTake(rt, newBigInt(rt, quotient), newRef(rt, delta));
}

function richCompare(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  if (!isDelta(rt, other)) return notImplemented();
  return pyBool(satisfies(compareDeltas(rt, self, other), op)) as Owned;
}

function repr(rt: Runtime, self: Ref): Owned {
  const fields = [
    ['days', daysOf(rt, self)],
    ['seconds', secondsOf(rt, self)],
    ['microseconds', microsecondsOf(rt, self)],
  ] as const;
  const shown = fields.filter(([, value]) => value !== 0).map(([name, value]) => `${name}=${value}`);
  return newStr(rt, `${kindName(rt, self)}(${shown.length === 0 ? '0' : shown.join(', ')})`);
}

function str(rt: Runtime, self: Ref): Owned {
  const days = daysOf(rt, self);
  const seconds = secondsOf(rt, self);
  const micro = microsecondsOf(rt, self);
  const clock = `${Math.floor(seconds / 3600)}:${pad2(Math.floor(seconds / 60) % 60)}:${pad2(seconds % 60)}`;
  const before = days === 0 ? '' : `${days} day${days === 1 || days === -1 ? '' : 's'}, `;
  return newStr(rt, before + clock + (micro === 0 ? '' : `.${pad6(micro)}`));
}

function reduce(rt: Runtime, self: Ref): Owned {
  const fields = [daysOf(rt, self), secondsOf(rt, self), microsecondsOf(rt, self)].map((value) => newInt(rt, value));
  const state = temp(rt, tupleTake(rt, ...fields));
  return tupleTake(rt, newRef(rt, rt.words[self + ObjectWord.Type]), newRef(rt, state));
}

const field = (name: string, word: DeltaWord, doc: string) => member(name, word, MemberKind.Number, true, doc);

defineType({
  ref: TIMEDELTA,
  name: 'datetime.timedelta',
  basicSize: 8 * DeltaWord.Words,
  flags: TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  traverse: [],
  doc:
    'Difference between two datetime values.\n\ntimedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, ' +
    'hours=0, weeks=0)\n\nAll arguments are optional and default to 0.\nArguments may be integers or floats, and may be ' +
    'positive or negative.',
  slots: {
    new: deltaNew,
    repr,
    str,
    hash: (rt, self) => hashDeltaFields(rt, daysOf(rt, self), secondsOf(rt, self), microsecondsOf(rt, self)),
    getattro: genericGetAttr,
    richcompare: richCompare,
    nbAdd: sum(1),
    nbSubtract: sum(-1),
    nbMultiply: multiply,
    nbRemainder: remainder,
    nbDivmod: divmod,
    nbNegative: negative,
    nbPositive: positive,
    nbAbsolute: (rt, self) => (daysOf(rt, self) < 0 ? negative(rt, self) : positive(rt, self)),
    nbBool: (rt, self) => !isZeroDelta(rt, self),
    nbFloorDivide: floorDivide,
    nbTrueDivide: trueDivide,
  },
  methods: [
    native('total_seconds()', (rt, self) => newFloat(rt, intTrueDiv(totalOf(rt, self), 1000000n)), {
      unsigned: true,
      doc: 'Total seconds in the duration.',
    }),
    native('__reduce__()', reduce, { unsigned: true, doc: '__reduce__() -> (cls, state)' }),
  ],
  members: [
    field('days', DeltaWord.Days, 'Number of days.'),
    field('seconds', DeltaWord.Seconds, 'Number of seconds (>= 0 and less than 1 day).'),
    field('microseconds', DeltaWord.Microseconds, 'Number of microseconds (>= 0 and less than 1 second).'),
  ],
});
