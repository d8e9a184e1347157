/** Items of an `array`: from machine values to objects and back, with CPython's errors for each typecode. */
import type { Owned, Ref } from '@moult/heap';
import { overflowError, typeError } from '../../core/errors.ts';
import { newBigInt, newFloat, newInt } from '../../core/int.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newStr, strLength, strText } from '../../core/str.ts';
import { isStr } from '../../core/types.ts';
import { rawItem } from '../../objects/bytes/view-items.ts';
import { toFloat } from '../../objects/float/convert.ts';
import { valueError } from '../../core/errors.ts';
import { integerOf } from '../buffers.ts';
import { arrayData, codeOf, sizeOfCode } from './storage.ts';

const MAX_CODE_POINT = 0x10ffff;

/** Item `i` of bytes as an object. */
export function itemOfData(rt: Runtime, data: Uint8Array, code: string, i: number): Owned {
  const at = i * sizeOfCode(code);
  if (code === 'u') return newStr(rt, characterAt(rt, data, at));
  const value = rawItem(data, at, code);
  if (typeof value === 'bigint') return newBigInt(rt, value);
  return code === 'f' || code === 'd' ? newFloat(rt, value) : newInt(rt, value);
}

/** The character of a UTF-32 unit. Raises ValueError. */
export function characterAt(rt: Runtime, data: Uint8Array, at: number): string {
  const cp = rawItem(data, at, 'I') as number;
  if (cp > MAX_CODE_POINT) valueError(rt, `character U+${cp.toString(16)} is not in range [U+0000; U+10ffff]`);
  return String.fromCodePoint(cp);
}

/** Item `i` of an array. */
export function arrayItem(rt: Runtime, self: Ref, i: number): Owned {
  return itemOfData(rt, arrayData(rt, self), codeOf(rt, self), i);
}

interface Bounds {
  readonly low: bigint;
  readonly high: bigint;
  readonly below: string;
  readonly above: string;
}

const LONG: Bounds = {
  low: -(1n << 63n),
  high: (1n << 63n) - 1n,
  below: 'Python int too large to convert to C long',
  above: 'Python int too large to convert to C long',
};
const UNSIGNED_LONG: Bounds = {
  low: 0n,
  high: (1n << 64n) - 1n,
  below: "can't convert negative value to unsigned int",
  above: 'Python int too large to convert to C unsigned long',
};

function bounds(low: bigint, high: bigint, what: string): Bounds {
  return { low, high, below: `${what} is less than minimum`, above: `${what} is greater than maximum` };
}

const SHORT = bounds(-0x8000n, 0x7fffn, 'signed short integer');
const INT = bounds(-0x80000000n, 0x7fffffffn, 'signed integer');

/** The checks of each typecode in the order in which CPython makes them. */
const CHECKS: Readonly<Record<string, readonly Bounds[]>> = {
  b: [LONG, SHORT, bounds(-0x80n, 0x7fn, 'signed char')],
  B: [LONG, bounds(0n, 0xffn, 'unsigned byte integer')],
  h: [LONG, SHORT],
  H: [LONG, INT, bounds(0n, 0xffffn, 'unsigned short')],
  i: [LONG, INT],
  I: [UNSIGNED_LONG, { ...UNSIGNED_LONG, high: 0xffffffffn, above: 'unsigned int is greater than maximum' }],
  l: [LONG],
  L: [UNSIGNED_LONG],
  q: [{ ...LONG, below: 'int too big to convert', above: 'int too big to convert' }],
  Q: [{ ...UNSIGNED_LONG, below: "can't convert negative int to unsigned", above: 'int too big to convert' }],
};

function checkedInteger(rt: Runtime, code: string, value: Ref): bigint {
  const n = integerOf(rt, value);
  for (const check of CHECKS[code] ?? []) {
    if (n < check.low) overflowError(rt, check.below);
    if (n > check.high) overflowError(rt, check.above);
  }
  return n;
}

function checkedCharacter(rt: Runtime, value: Ref): number {
  if (!isStr(rt, value) || strLength(rt, value) !== 1) typeError(rt, 'array item must be unicode character');
  return strText(rt, value).codePointAt(0) ?? 0;
}

/** The bytes of an item. Raises TypeError, OverflowError. @runsPython */
export function packItem(rt: Runtime, code: string, value: Ref): Uint8Array {
  const bytes = new Uint8Array(sizeOfCode(code));
  const view = new DataView(bytes.buffer);
  if (code === 'd') view.setFloat64(0, toFloat(rt, value), true);
  else if (code === 'f') view.setFloat32(0, toFloat(rt, value), true);
  else if (code === 'u') view.setUint32(0, checkedCharacter(rt, value), true);
  else {
    const n = checkedInteger(rt, code, value);
    if (bytes.length === 8) view.setBigUint64(0, BigInt.asUintN(64, n), true);
    else if (bytes.length === 4) view.setUint32(0, Number(BigInt.asUintN(32, n)), true);
    else if (bytes.length === 2) view.setUint16(0, Number(BigInt.asUintN(16, n)), true);
    else view.setUint8(0, Number(BigInt.asUintN(8, n)));
  }
  return bytes;
}

/** UTF-32 units of a text. */
export function unitsOfText(text: string): Uint8Array {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const bytes = new Uint8Array(4 * points.length);
  const view = new DataView(bytes.buffer);
  points.forEach((cp, i) => {
    view.setUint32(4 * i, cp, true);
  });
  return bytes;
}

/** The text of UTF-32 units. Raises ValueError. */
export function textOfUnits(rt: Runtime, data: Uint8Array): string {
  let text = '';
  for (let at = 0; at < data.length; at += 4) text += characterAt(rt, data, at);
  return text;
}
