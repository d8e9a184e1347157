/** Bytes and integers that natives take as arguments, as CPython's argument parsing reads them. */
import type { Ref } from '@moult/heap';
import { decref, ObjectWord } from '@moult/heap';
import { overflowError, raise, typeError, valueError } from '../core/errors.ts';
import { bigIntValue } from '../core/int.ts';
import { index } from '../core/protocol/number.ts';
import type { Runtime } from '../core/runtime.ts';
import { T } from '../core/static.ts';
import { strText } from '../core/str.ts';
import { isStr, kindName } from '../core/types.ts';
import { hasBuffer, requireBuffer } from '../objects/bytes/buffer.ts';
import { isContiguous, viewOf } from '../objects/bytes/view.ts';

/** Bytes of a bytes-like argument, or the characters of an ASCII str. Raises ValueError, TypeError. */
export function asciiBuffer(rt: Runtime, o: Ref): Uint8Array {
  if (!isStr(rt, o)) {
    return hasBuffer(rt, o)
      ? simpleBuffer(rt, o)
      : typeError(rt, `argument should be bytes, buffer or ASCII string, not '${kindName(rt, o)}'`);
  }
  const text = strText(rt, o);
  const data = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) valueError(rt, 'string argument should contain only ASCII characters');
    data[i] = code;
  }
  return data;
}

/** The bytes of a bytes-like argument, which must lie in a row. Raises BufferError, TypeError. */
export function simpleBuffer(rt: Runtime, o: Ref): Uint8Array {
  if (rt.words[o + ObjectWord.Type] === T.memoryview && !isContiguous(viewOf(rt, o))) {
    raise(rt, T.BufferError, 'memoryview: underlying buffer is not C-contiguous');
  }
  return requireBuffer(rt, o);
}

/** The lowest 32 bits of an int, whatever its size. Raises TypeError. @runsPython */
export function maskedUint32(rt: Runtime, o: Ref): number {
  return Number(BigInt.asUintN(32, integerOf(rt, o)));
}

/** An int as a C `int`. Raises TypeError, OverflowError. @runsPython */
export function asCInt(rt: Runtime, o: Ref): number {
  const value = integerOf(rt, o);
  if (value > 0x7fffffffn || value < -0x80000000n) {
    const fits = BigInt.asIntN(64, value) === value;
    if (!fits) overflowError(rt, 'Python int too large to convert to C int');
    overflowError(rt, `signed integer is ${value > 0n ? 'greater than maximum' : 'less than minimum'}`);
  }
  return Number(value);
}

/** The value of anything with `__index__`. Raises TypeError. @runsPython */
export function integerOf(rt: Runtime, o: Ref): bigint {
  const i = index(rt, o);
  const value = bigIntValue(rt, i);
  decref(rt, i);
  return value;
}
