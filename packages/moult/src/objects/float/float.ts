/** The type `float`: slots, attributes and methods. Layout: core/layout/numbers.ts. */
import { decref, ObjectWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { floatValue, newBigInt, newFloat, newInt } from '../../core/int.ts';
import { getset, native } from '../../core/native.ts';
import { indexNumber } from '../../core/protocol/number.ts';
import { str } from '../../core/protocol/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleFromTemps, tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { argumentName, isStr, kindName } from '../../core/types.ts';
import {
  floatAsIntegerRatio,
  floatFromHex,
  floatHex,
  floatRepr,
  floatRound,
  floatRoundToIntegral,
  floatToBigInt,
} from '../../numeric/float-repr.ts';
import { hashFloat, hashHi } from '../../numeric/hash.ts';
import { formatFloatSpec } from '../../text/format-spec.ts';
import { hashPointer } from '../object/hash.ts';
import {
  floatAbsolute,
  floatAdd,
  floatCompare,
  floatDivmodSlot,
  floatFloorDivide,
  floatMultiply,
  floatNegative,
  floatPositive,
  floatPower,
  floatRemainder,
  floatSubtract,
  floatTrueDivide,
  tryNumber,
} from './arithmetic.ts';
import { exactFloat } from './convert.ts';
import { floatNew, floatVectorcall } from './new.ts';

function floatReprSlot(rt: Runtime, self: Ref): Owned {
  return newStr(rt, floatRepr(floatValue(rt, self)));
}

/** `hash(self)`: low half; the high half goes to `rt.hashHigh`. NaNs hash by identity. */
function floatHashSlot(rt: Runtime, self: Ref): number {
  const value = floatValue(rt, self);
  if (value !== value) return hashPointer(rt, self);
  const lo = hashFloat(value);
  rt.hashHigh = hashHi;
  return lo;
}

/** An int with an integral value. Raises ValueError for NaN, OverflowError for infinities. */
export function intOfDouble(rt: Runtime, value: number): Owned {
  if (Number.isSafeInteger(value)) return newInt(rt, value === 0 ? 0 : value);
  return newBigInt(
    rt,
    guard(rt, () => floatToBigInt(value)),
  );
}

function truncate(rt: Runtime, self: Ref): Owned {
  return intOfDouble(rt, Math.trunc(floatValue(rt, self)));
}

function round(rt: Runtime, self: Ref, ndigits: Ref): Owned {
  const value = floatValue(rt, self);
  if (ndigits === 0 || ndigits === S.None) return intOfDouble(rt, tryNumber(rt, floatRoundToIntegral, value));
  const places = indexNumber(rt, ndigits, 0);
  return newFloat(
    rt,
    tryNumber(rt, (x) => floatRound(x, places), value),
  );
}

function asIntegerRatio(rt: Runtime, self: Ref): Owned {
  const [top, bottom] = guard(rt, () => floatAsIntegerRatio(floatValue(rt, self)));
  return tupleFromTemps(rt, tempMark(rt), temp(rt, newBigInt(rt, top)), temp(rt, newBigInt(rt, bottom)));
}

function fromHex(rt: Runtime, type: Ref, text: Ref): Owned {
  if (!isStr(rt, text)) typeError(rt, 'bad argument type for built-in operation');
  const value = newFloat(
    rt,
    guard(rt, () => floatFromHex(strText(rt, text))),
  );
  if (type === T.float) return value;
  temp(rt, value);
  const result = call1(rt, type, value);
  decref(rt, untemp(rt, value));
  return result;
}

function getFormat(rt: Runtime, _type: Ref, kind: Ref): Owned {
  if (!isStr(rt, kind)) typeError(rt, `__getformat__() argument must be str, not ${argumentName(rt, kind)}`);
  const name = strText(rt, kind);
  if (name !== 'double' && name !== 'float') valueError(rt, "__getformat__() argument 1 must be 'double' or 'float'");
  return newStr(rt, 'IEEE, little-endian');
}

function format(rt: Runtime, self: Ref, spec: Ref): Owned {
  if (!isStr(rt, spec)) typeError(rt, `__format__() argument must be str, not ${argumentName(rt, spec)}`);
  const text = strText(rt, spec);
  if (text === '') return rt.words[self + ObjectWord.Type] === T.float ? floatReprSlot(rt, self) : str(rt, self);
  return newStr(
    rt,
    guard(rt, () => formatFloatSpec(floatValue(rt, self), text, kindName(rt, self))),
  );
}

function floorMethod(rt: Runtime, self: Ref): Owned {
  return intOfDouble(rt, Math.floor(floatValue(rt, self)));
}

defineType({
  ref: T.float,
  name: 'float',
  basicSize: 24,
  words: 4,
  flags: TypeFlag.BaseType | TypeFlag.MatchSelf,
  doc: 'float(x=0, /)\n--\n\nConvert a string or number to a floating point number, if possible.',
  slots: {
    repr: floatReprSlot,
    hash: floatHashSlot,
    richcompare: floatCompare,
    new: floatNew,
    vectorcall: floatVectorcall,
    nbAdd: floatAdd,
    nbSubtract: floatSubtract,
    nbMultiply: floatMultiply,
    nbRemainder: floatRemainder,
    nbDivmod: floatDivmodSlot,
    nbPower: floatPower,
    nbNegative: floatNegative,
    nbPositive: floatPositive,
    nbAbsolute: floatAbsolute,
    nbBool: (rt, self) => floatValue(rt, self) !== 0,
    nbInt: truncate,
    nbFloat: floatPositive,
    nbFloorDivide: floatFloorDivide,
    nbTrueDivide: floatTrueDivide,
  },
  methods: [
    native('fromhex($type, string, /)', fromHex, {
      binding: 'class',
      doc: "The float that a hexadecimal string stands for.\n\n>>> float.fromhex('0x1.8p1')\n3.0",
    }),
    native('conjugate($self, /)', exactFloat, { doc: 'The float itself.' }),
    native('__trunc__($self, /)', truncate, { doc: 'The integer between it and 0.' }),
    native('__floor__($self, /)', floorMethod, { doc: 'The largest integer not above it.' }),
    native('__ceil__($self, /)', (rt, self) => intOfDouble(rt, Math.ceil(floatValue(rt, self))), {
      doc: 'The smallest integer not below it.',
    }),
    native('__round__($self, ndigits=None, /)', round, {
      doc: 'The nearest integer, or the nearest multiple of 10**-ndigits.',
    }),
    native('as_integer_ratio($self, /)', asIntegerRatio, {
      doc: 'Two integers whose ratio is exactly the float.\n\n>>> (2.5).as_integer_ratio()\n(5, 2)',
    }),
    native('hex($self, /)', (rt, self) => newStr(rt, floatHex(floatValue(rt, self))), {
      doc: "The float in hexadecimal.\n\n>>> (3.0).hex()\n'0x1.8000000000000p+1'",
    }),
    native('is_integer($self, /)', (rt, self) => pyBool(Number.isInteger(floatValue(rt, self))) as Owned, {
      doc: 'True if the float is an integer.',
    }),
    native('__getnewargs__($self, /)', (rt, self) => tupleTake(rt, newFloat(rt, floatValue(rt, self)))),
    native('__getformat__($type, typestr, /)', getFormat, { binding: 'class', doc: 'How the machine stores floats.' }),
    native('__format__($self, format_spec, /)', format, { doc: 'The float laid out as the specification says.' }),
  ],
  getset: [
    getset('real', exactFloat, null, 'the real part of a complex number'),
    getset('imag', (rt) => newFloat(rt, 0), null, 'the imaginary part of a complex number'),
  ],
});
