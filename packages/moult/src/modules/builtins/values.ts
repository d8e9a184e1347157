/** Built-in functions of one or two values: `abs`, `len`, `hash`, `repr`, `chr`, `divmod`, `pow`, … */
import { addressOf, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call1 } from '../../core/call.ts';
import { raise, typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, intSign, isSafeInt, newBigInt, newInt, safeIntValue } from '../../core/int.ts';
import { BytesWord } from '../../core/layout/text.ts';
import { Id } from '../../core/names.ts';
import { native } from '../../core/native.ts';
import {
  binaryOp,
  hash,
  index,
  isTrue,
  iter,
  iterNext,
  exactLength,
  length,
  power,
  repr,
  sequenceItem,
  unaryOp,
} from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { bytesData, newStr, strLength, strText } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { argumentName, isBytes, isStr, kindName } from '../../core/types.ts';
import { lookupSpecial } from '../../objects/type/lookup.ts';
import { asciiRepr, format } from '../../objects/format.ts';

function absolute(rt: Runtime, _module: Ref, x: Ref): Owned {
  return unaryOp(rt, x, TypeWord.NbAbsolute, 'abs()');
}

function inBase(rt: Runtime, number: Ref, base: number, prefix: string): Owned {
  const i = temp(rt, index(rt, number));
  const digits = isSafeInt(rt, i)
    ? Math.abs(safeIntValue(rt, i)).toString(base)
    : magnitude(bigIntValue(rt, i)).toString(base);
  return newStr(rt, `${intSign(rt, i) < 0 ? '-' : ''}${prefix}${digits}`);
}

const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);

function chr(rt: Runtime, _module: Ref, i: Ref): Owned {
  const code = temp(rt, index(rt, i));
  const n = isSafeInt(rt, code) ? safeIntValue(rt, code) : NaN;
  if (!(n >= -0x80000000 && n <= 0x7fffffff)) raise(rt, T.OverflowError, 'Python int too large to convert to C int');
  if (n < 0 || n > 0x10ffff) valueError(rt, 'chr() arg not in range(0x110000)');
  return newStr(rt, String.fromCodePoint(n));
}

function ord(rt: Runtime, _module: Ref, c: Ref): Owned {
  const H = rt.words;
  let size: number;
  if (isStr(rt, c)) {
    size = strLength(rt, c);
    if (size === 1) return newInt(rt, strText(rt, c).codePointAt(0) ?? 0);
  } else if (isBytes(rt, c)) {
    size = H[c + BytesWord.Size];
    if (size === 1) return newInt(rt, bytesData(rt, c)[0] ?? 0);
  } else if (H[c + ObjectWord.Type] === T.bytearray) {
    size = length(rt, c);
    if (size === 1) return sequenceItem(rt, c, 0);
  } else {
    typeError(rt, `ord() expected string of length 1, but ${kindName(rt, c)} found`);
  }
  return typeError(rt, `ord() expected a character, but string of length ${size} found`);
}

function callable(rt: Runtime, _module: Ref, obj: Ref): Owned {
  const H = rt.words;
  return pyBool(H[H[obj + ObjectWord.Type] + TypeWord.Call] !== 0) as Owned;
}

function len(rt: Runtime, _module: Ref, obj: Ref): Owned {
  const n = exactLength(rt, obj);
  return typeof n === 'number' ? newInt(rt, n) : newBigInt(rt, n);
}

function hashOf(rt: Runtime, _module: Ref, obj: Ref): Owned {
  const lo = hash(rt, obj);
  return hashInt(rt, rt.hashHigh, lo);
}

/** The int that a hash of two halves is. */
export function hashInt(rt: Runtime, hi: number, lo: number): Owned {
  if (hi === lo >> 31) return newInt(rt, lo);
  return newBigInt(rt, (BigInt(hi) << 32n) | BigInt(lo >>> 0));
}

function idOf(rt: Runtime, _module: Ref, obj: Ref): Owned {
  return newInt(rt, addressOf(obj));
}

function round(rt: Runtime, _module: Ref, number: Ref, ndigits: Ref): Owned {
  const method = lookupSpecial(rt, number, Id.__round__);
  if (method === 0) typeError(rt, `type ${kindName(rt, number)} doesn't define __round__ method`);
  temp(rt, method);
  return ndigits === 0 || ndigits === S.None ? call0(rt, method) : call1(rt, method, ndigits);
}

function truthOfAll(rt: Runtime, iterable: Ref, stopAt: boolean): Owned {
  const it = temp(rt, iter(rt, iterable));
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
    temp(rt, item);
    const truth = isTrue(rt, item);
    dropTemp(rt, item);
    if (truth === stopAt) return pyBool(stopAt) as Owned;
  }
  return pyBool(!stopAt) as Owned;
}

function formatWith(rt: Runtime, value: Ref, spec: Ref): Owned {
  if (spec !== 0 && !isStr(rt, spec)) typeError(rt, `format() argument 2 must be str, not ${argumentName(rt, spec)}`);
  return format(rt, value, spec);
}

export const VALUE_FUNCTIONS = [
  native('abs($module, x, /)', absolute, { doc: 'Return the absolute value of the argument.' }),
  native('all($module, iterable, /)', (rt, _m, it) => truthOfAll(rt, it, false), {
    doc: 'Return True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True.',
  }),
  native('any($module, iterable, /)', (rt, _m, it) => truthOfAll(rt, it, true), {
    doc: 'Return True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False.',
  }),
  native('ascii($module, obj, /)', (rt, _m, obj) => asciiRepr(rt, obj), {
    doc: 'Return an ASCII-only representation of an object.',
  }),
  native('bin($module, number, /)', (rt, _m, n) => inBase(rt, n, 2, '0b'), {
    doc: "Return the binary representation of an integer.\n\n   >>> bin(10)\n   '0b1010'",
  }),
  native('callable($module, obj, /)', callable, { doc: 'Return whether the object is callable.' }),
  native('chr($module, i, /)', chr, { doc: 'Return the character of a code point.' }),
  native('divmod($module, x, y, /)', (rt, _m, x, y) => binaryOp(rt, x, y, TypeWord.NbDivmod, 'divmod()'), {
    doc: 'Return the tuple (x//y, x%y).',
  }),
  native("format($module, value, format_spec='', /)", (rt, _m, value, spec) => formatWith(rt, value, spec), {
    doc: 'Return type(value).__format__(value, format_spec).',
  }),
  native('hash($module, obj, /)', hashOf, { doc: 'Return the hash value of the object.' }),
  native('hex($module, number, /)', (rt, _m, n) => inBase(rt, n, 16, '0x'), {
    doc: "Return the hexadecimal representation of an integer.\n\n   >>> hex(3054)\n   '0xbee'",
  }),
  native('id($module, obj, /)', idOf, { doc: 'Return the identity of an object: its address.' }),
  native('len($module, obj, /)', len, { doc: 'Return the number of items in a container.' }),
  native('oct($module, number, /)', (rt, _m, n) => inBase(rt, n, 8, '0o'), {
    doc: "Return the octal representation of an integer.\n\n   >>> oct(83)\n   '0o123'",
  }),
  native('ord($module, c, /)', ord, { doc: 'Return the code point of a one-character string.' }),
  native('pow($module, /, base, exp, mod=None)', (rt, _m, a, b, c) => power(rt, a, b, c || S.None), {
    doc: 'Return base ** exp, or base ** exp % mod.',
  }),
  native('repr($module, obj, /)', (rt, _m, obj) => repr(rt, obj), {
    doc: 'Return the canonical string representation of the object.',
  }),
  native('round($module, /, number, ndigits=None)', round, {
    doc: 'Round a number to a given precision in decimal digits.',
  }),
];
