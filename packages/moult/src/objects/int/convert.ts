/** `int(...)`: conversion of numbers, strings and bytes, and `__new__` for subclasses. */
import { decref, hostAdd, newRef, ObjectWord, touchTuple, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictGetText, dictLength } from '../../core/dict/index.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { raiseFault } from '../../core/faults.ts';
import { SLOT_FUNCTIONS } from '../../core/functions.ts';
import type { UnarySlot } from '../../core/functions.ts';
import { bigIntValue, compactValue, floatValue, isSafeInt, newBigInt, newInt, safeIntValue } from '../../core/int.ts';
import { IntTag, IntWord } from '../../core/layout/numbers.ts';
import { Id } from '../../core/names.ts';
import { hasIndex, index, indexNumber, strictSubclass } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { isBytes, isInstance, isInt, isStr, kindName } from '../../core/types.ts';
import { intFromBytesText, intFromStr } from '../../numeric/int-parse.ts';
import type { IntValue } from '../../numeric/int-value.ts';
import { allocInstance } from '../type/alloc.ts';
import { lookupSpecial } from '../type/lookup.ts';
import { call0, makeTpCall } from '../../core/call.ts';
import { bufferOf, hasBuffer } from '../bytes/buffer.ts';
import { maxStrDigits } from './digits-limit.ts';

/** An `int` with the value. */
function newIntValue(rt: Runtime, value: IntValue): Owned {
  return typeof value === 'number' ? newInt(rt, value) : newBigInt(rt, value);
}

/** `int.__new__(type, x=0, /, base=10)` */
export function intNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  const nargs = H[args + TupleWord.Size];
  const base = nargs > 1 ? H[args + TupleWord.Items + 1] : baseKeyword(rt, kwargs);
  if (nargs > 2) typeError(rt, `int() takes at most 2 arguments (${nargs} given)`);
  const x = nargs > 0 ? H[args + TupleWord.Items] : 0;
  if (x === 0 && base !== 0) typeError(rt, 'int() missing string argument');
  const value = x === 0 ? newInt(rt, 0) : base === 0 ? toInt(rt, x) : parseWithBase(rt, x, base);
  return type === T.int ? value : subtypeInt(rt, type, value);
}

function baseKeyword(rt: Runtime, kwargs: Ref): Ref {
  if (kwargs === 0 || dictLength(rt, kwargs) === 0) return 0;
  const base = dictGetText(rt, kwargs, 'base');
  if (base === 0 || dictLength(rt, kwargs) !== 1) typeError(rt, 'int() got an unexpected keyword argument');
  return base;
}

/** `int(x)` called directly: makes a tuple, as CPython does, only where a method of the program could see it, or where an exception
 *  takes another one of that size. */
export function intVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  if (kwnames !== 0 && H[kwnames + TupleWord.Size] !== 0) return withKeywords(rt, args, nargs, kwnames);
  if (nargs === 0) return newInt(rt, 0);
  if (nargs === 1) return convert(rt, type, args);
  touchTuple(rt, nargs);
  if (nargs === 2) return parseWithBase(rt, H[args], H[args + 1]);
  return typeError(rt, `int expected at most 2 arguments, got ${nargs}`);
}

/** Of one argument. */
function convert(rt: Runtime, type: Ref, args: number): Owned {
  const H = rt.words;
  const x = H[args];
  const kind = H[x + ObjectWord.Type];
  if (kind === T.int || (kind === T.float && Number.isFinite(floatValue(rt, x)))) {
    touchTuple(rt, 1);
    return toInt(rt, x);
  }
  if (H[kind + TypeWord.DefinitionIndex] === 0) return makeTpCall(rt, type, args, 1, 0);
  const tuple = temp(rt, tupleOf(rt, x));
  const result = toInt(rt, x);
  dropTemp(rt, tuple);
  return result;
}

function withKeywords(rt: Runtime, args: number, nargs: number, kwnames: Ref): Owned {
  const H = rt.words;
  const name = strText(rt, H[kwnames + TupleWord.Items]);
  if (name !== 'base') typeError(rt, `'${name}' is an invalid keyword argument for int()`);
  if (nargs === 0) typeError(rt, 'int() missing string argument');
  return parseWithBase(rt, H[args], H[args + nargs]);
}

function parseWithBase(rt: Runtime, x: Ref, base: Ref): Owned {
  const radix = indexNumber(rt, base, 0);
  if (radix !== 0 && (radix < 2 || radix > 36)) valueError(rt, 'int() base must be >= 2 and <= 36, or 0');
  if (!isStr(rt, x) && !isBytesLike(rt, x)) typeError(rt, "int() can't convert non-string with explicit base");
  return parseText(rt, x, radix);
}

function isBytesLike(rt: Runtime, x: Ref): boolean {
  return isBytes(rt, x) || isInstance(rt, x, T.bytearray);
}

function requireBuffer(rt: Runtime, x: Ref): Uint8Array {
  return (bufferOf(rt, x) as Uint8Array).slice();
}

function parseText(rt: Runtime, x: Ref, radix: number): Owned {
  try {
    const limit = maxStrDigits(rt);
    return newIntValue(
      rt,
      isStr(rt, x) ? intFromStr(strText(rt, x), radix, limit) : intFromBytesText(requireBuffer(rt, x), radix, limit),
    );
  } catch (error) {
    return raiseFault(rt, error);
  }
}

/** `int(x)` of anything (PyNumber_Long). @runsPython */
export function toInt(rt: Runtime, x: Ref): Owned {
  const H = rt.words;
  if (H[x + ObjectWord.Type] === T.int) return newRef(rt, x);
  const slot = H[H[x + ObjectWord.Type] + TypeWord.NbInt];
  if (slot !== 0) return exactInt(rt, (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, x), '__int__');
  if (H[H[x + ObjectWord.Type] + TypeWord.NbIndex] !== 0) return exactInt(rt, index(rt, x), '__index__');
  const truncate = lookupSpecial(rt, x, Id.__trunc__);
  if (truncate !== 0) return truncated(rt, truncate);
  if (isStr(rt, x) || hasBuffer(rt, x)) return parseText(rt, x, 10);
  return typeError(
    rt,
    `int() argument must be a string, a bytes-like object or a real number, not '${kindName(rt, x)}'`,
  );
}

function exactInt(rt: Runtime, result: Owned, method: string): Owned {
  if (rt.words[result + ObjectWord.Type] === T.int) return result;
  const name = kindName(rt, result);
  if (!isInt(rt, result)) {
    decref(rt, result);
    return typeError(rt, `${method} returned non-int (type ${name})`);
  }
  const held = method === '__index__' ? result : strictSubclass(rt, result, method, 'int');
  const exact = copyInt(rt, held);
  decref(rt, held);
  return exact;
}

function truncated(rt: Runtime, method: Owned): Owned {
  temp(rt, method);
  rt.warnDeprecated('The delegation of int() to __trunc__ is deprecated.');
  const result = call0(rt, method);
  decref(rt, untemp(rt, method));
  if (isInt(rt, result)) return exactInt(rt, result, '__trunc__');
  temp(rt, result);
  if (!hasIndex(rt, result)) typeError(rt, `__trunc__ returned non-Integral (type ${kindName(rt, result)})`);
  const value = index(rt, result);
  decref(rt, untemp(rt, result));
  return exactInt(rt, value, '__index__');
}

/** An exact int with the value of an int of any subclass. */
export function copyInt(rt: Runtime, x: Ref): Owned {
  return isSafeInt(rt, x) ? newInt(rt, safeIntValue(rt, x)) : newBigInt(rt, bigIntValue(rt, x));
}

/** An instance of a subclass of int with the value. Takes `value`. */
function subtypeInt(rt: Runtime, type: Ref, value: Owned): Owned {
  temp(rt, value);
  const H = rt.words;
  const instance = allocInstance(rt, type, digitsOf(rt, value));
  H[instance + IntWord.Tag] = H[value + IntWord.Tag];
  H[instance + IntWord.Payload] = isSafeInt(rt, value) ? compactOrLow(rt, value) : hostAdd(rt, bigIntValue(rt, value));
  decref(rt, untemp(rt, value));
  return instance;
}

function compactOrLow(rt: Runtime, value: Ref): number {
  return compactValue(rt, value);
}

/** 30-bit digits, for the item count of subclass instances. */
function digitsOf(rt: Runtime, value: Ref): number {
  switch (rt.words[value + IntWord.Tag] & IntTag.FormMask) {
    case IntTag.Compact:
      return 1;
    case IntTag.Medium:
      return 2;
    default:
      return Math.ceil(bigIntValue(rt, value).toString(16).length / 7.5);
  }
}
