/** Decimal objects: making them, reading them, converting other numbers. */
import { freeObject, genericAlloc, hostAdd, hostFree, hostGet, ListWord, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { overflowError, typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, floatValue } from '../../core/int.ts';
import { S, T } from '../../core/static.ts';
import type { Runtime } from '../../core/runtime.ts';
import { strText } from '../../core/str.ts';
import { isInstance, isInt, isList, isStr, isTuple, kindName } from '../../core/types.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { floatAsIntegerRatio } from '../../numeric/float-repr.ts';
import { finish, Flag, MAX_SETTINGS, Operation } from '../../numeric/decimal/context.ts';
import { finite, infinity, Kind, NAN, nan, ofInteger, parseDecimal } from '../../numeric/decimal/number.ts';
import type { Decimal } from '../../numeric/decimal/number.ts';
import { StripSide, stripSpace } from '../../text/fill.ts';
import { decimalValue } from '../../text/unicode.ts';
import { addStatus } from './context-state.ts';
import { DECIMAL, DecimalWord } from './layout.ts';

export function isDecimal(rt: Runtime, o: Ref): boolean {
  return isInstance(rt, o, DECIMAL);
}

/** The number of a Decimal object. */
export function valueOf(rt: Runtime, self: Ref): Decimal {
  return hostGet(rt, rt.words[self + DecimalWord.Value]) as Decimal;
}

/** A Decimal object of `type`. */
export function newDecimal(rt: Runtime, value: Decimal, type: Ref = DECIMAL): Owned {
  const self = type === DECIMAL ? genericAlloc(rt, type) : allocInstance(rt, type, 0);
  rt.words[self + DecimalWord.Value] = hostAdd(rt, value);
  return self;
}

export function deallocDecimal(rt: Runtime, self: Ref): void {
  const value = rt.words[self + DecimalWord.Value];
  if (value !== 0) hostFree(rt, value);
  freeObject(rt, self);
}

/** The exact value of a double. */
export function ofFloat(value: number): Decimal {
  if (value !== value) return NAN;
  if (Math.abs(value) === Infinity) return infinity(value < 0 ? 1 : 0);
  const sign = value < 0 || Object.is(value, -0) ? 1 : 0;
  const [top, bottom] = floatAsIntegerRatio(Math.abs(value));
  const shift = BigInt(bottom.toString(2).length - 1);
  return finite(sign, top * 5n ** shift, -shift);
}

/** The text with ASCII digits, and where `lenient` without surrounding spaces and underscores; null if it holds others. */
function asciiNumber(text: string, lenient: boolean): string | null {
  const trimmed = lenient ? stripSpace(text, StripSide.BOTH).replaceAll('_', '') : text;
  if (/^[\x21-\x7e]*$/.test(trimmed)) return trimmed;
  let result = '';
  for (const character of trimmed) {
    const cp = character.codePointAt(0) ?? 0;
    const digit = cp < 128 ? -1 : decimalValue(cp);
    if (digit < 0 && (cp < 0x21 || cp > 0x7e)) return null;
    result += digit >= 0 ? String(digit) : character;
  }
  return result;
}

/** A number that must be exact within the largest context; notes what is wrong. */
export function exactly(op: Operation, value: Decimal): Decimal {
  const inner = new Operation(MAX_SETTINGS);
  const result = finish(inner, value);
  if ((inner.status & (Flag.Inexact | Flag.Rounded | Flag.Clamped)) === 0) return result;
  return op.invalid();
}

/** The number that a text writes; notes ConversionSyntax. */
function ofText(op: Operation, text: string, lenient: boolean): Decimal {
  const ascii = asciiNumber(text, lenient);
  const value = ascii === null ? null : parseDecimal(ascii);
  return value ?? op.invalid(Flag.ConversionSyntax);
}

function itemsOf(rt: Runtime, o: Ref): Ref[] {
  const H = rt.words;
  const base = isTuple(rt, o) ? o + TupleWord.Items : H[o + ListWord.Items];
  const size = isTuple(rt, o) ? H[o + TupleWord.Size] : H[o + ListWord.Size];
  return Array.from({ length: size }, (_, i) => H[base + i]);
}

/** The digits of the second item: ints from 0 to 9. */
function coefficientOf(rt: Runtime, o: Ref): bigint {
  if (!isTuple(rt, o) && !isList(rt, o)) valueError(rt, 'coefficient must be a tuple of digits');
  let text = '';
  for (const item of itemsOf(rt, o)) {
    const digit = isInt(rt, item) ? bigIntValue(rt, item) : -1n;
    if (digit < 0n || digit > 9n) valueError(rt, 'coefficient must be a tuple of digits');
    text += String(digit);
  }
  return BigInt(text === '' ? '0' : text);
}

/** The number that `(sign, digits, exponent)` describes. Raises ValueError. */
function ofTuple(rt: Runtime, o: Ref): Decimal {
  const [signItem = 0, digits = 0, exponent = 0, extra] = itemsOf(rt, o);
  if (exponent === 0 || extra !== undefined) valueError(rt, 'argument must be a sequence of length 3');
  const signValue = isInt(rt, signItem) ? bigIntValue(rt, signItem) : -1n;
  if (signValue !== 0n && signValue !== 1n) valueError(rt, 'sign must be an integer with the value 0 or 1');
  const sign = signValue === 1n ? 1 : 0;
  if (isStr(rt, exponent)) {
    const letter = strText(rt, exponent);
    if (letter === 'F') return infinity(sign);
    if (letter !== 'n' && letter !== 'N')
      valueError(rt, "string argument in the third position must be 'F', 'n' or 'N'");
    return nan(sign, coefficientOf(rt, digits), letter === 'n' ? Kind.QuietNan : Kind.SignalingNan);
  }
  const coef = coefficientOf(rt, digits);
  if (!isInt(rt, exponent)) valueError(rt, 'exponent must be an integer');
  const exp = bigIntValue(rt, exponent);
  if (BigInt.asIntN(64, exp) !== exp) overflowError(rt, 'Python int too large to convert to C ssize_t');
  return finite(sign, coef, exp);
}

/** What the constructor takes. @runsPython */
export function convertAny(rt: Runtime, o: Ref, op: Operation, context: Ref, lenient: boolean): Decimal {
  if (isDecimal(rt, o)) return valueOf(rt, o);
  if (isStr(rt, o)) return ofText(op, strText(rt, o), lenient);
  if (isInt(rt, o)) return ofInteger(bigIntValue(rt, o));
  if (isTuple(rt, o) || isList(rt, o)) return ofTuple(rt, o);
  if (isInstance(rt, o, T.float)) {
    addStatus(rt, context, Flag.FloatOperation);
    return ofFloat(floatValue(rt, o));
  }
  return typeError(rt, `conversion from ${kindName(rt, o)} to Decimal is not supported`);
}

/** An operand: a Decimal or an int; null for others. */
export function operandOf(rt: Runtime, o: Ref): Decimal | null {
  if (rt.words[o + ObjectWord.Type] === DECIMAL || isDecimal(rt, o)) return valueOf(rt, o);
  return isInt(rt, o) ? ofInteger(bigIntValue(rt, o)) : null;
}

/** As `operandOf`; raises TypeError for others. */
export function requireOperand(rt: Runtime, o: Ref): Decimal {
  return operandOf(rt, o) ?? typeError(rt, `conversion from ${kindName(rt, o)} to Decimal is not supported`);
}

export const notImplemented = (): Owned => S.NotImplemented as Ref as Owned;
