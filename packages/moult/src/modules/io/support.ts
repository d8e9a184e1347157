/** What all streams share: calling methods by name, reading arguments, asking whether a stream is closed. */
import type { Owned, Ref } from '@moult/heap';
import { vectorcall } from '../../core/call.ts';
import { raise, typeError, valueError } from '../../core/errors.ts';
import { bigIntValue, isSafeInt, safeIntValue } from '../../core/int.ts';
import { getAttrText, hasIndex, index, isTrue } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S, T } from '../../core/static.ts';
import { popArgs, pushArgs, releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { argumentName, kindName } from '../../core/types.ts';
import { bufferOf, hasWritableBuffer } from '../../objects/bytes/buffer.ts';
import { UNSUPPORTED } from './types.ts';

/** `o.name(*args)` @runsPython */
export function callNamed(rt: Runtime, o: Ref, name: string, ...args: Ref[]): Owned {
  const m = tempMark(rt);
  const method = temp(rt, getAttrText(rt, o, name));
  const base = pushArgs(rt, args.length);
  rt.words.set(args, base);
  const result = vectorcall(rt, method, base, args.length, 0);
  popArgs(rt, base);
  return releaseKeeping(rt, m, result);
}

/** The truth of `o.name()`. @runsPython */
export function asks(rt: Runtime, o: Ref, name: string): boolean {
  const m = tempMark(rt);
  const truth = isTrue(rt, temp(rt, callNamed(rt, o, name)));
  releaseTemps(rt, m);
  return truth;
}

/** `o.name()` for its effect. @runsPython */
export function tells(rt: Runtime, o: Ref, name: string, ...args: Ref[]): void {
  const m = tempMark(rt);
  temp(rt, callNamed(rt, o, name, ...args));
  releaseTemps(rt, m);
}

/** The truth of `o.name`. @runsPython */
export function attributeIsTrue(rt: Runtime, o: Ref, name: string): boolean {
  const m = tempMark(rt);
  const truth = isTrue(rt, temp(rt, getAttrText(rt, o, name)));
  releaseTemps(rt, m);
  return truth;
}

/** Raises `io.UnsupportedOperation`. */
export function unsupported(rt: Runtime, message: string): never {
  raise(rt, UNSUPPORTED, message);
}

/** A size that may be left out or None. @runsPython */
export function sizeOr(rt: Runtime, size: Ref, absent: number): number {
  if (size === 0 || size === S.None) return absent;
  if (!hasIndex(rt, size)) typeError(rt, `argument should be integer or None, not '${kindName(rt, size)}'`);
  return asSsize(rt, size);
}

/** A position in a file, exact to 2^53. Raises as CPython does beyond 64 bits. @runsPython */
export function readOffset(rt: Runtime, o: Ref): number {
  const m = tempMark(rt);
  const i = temp(rt, index(rt, o));
  const value = isSafeInt(rt, i) ? safeIntValue(rt, i) : Number(bigIntValue(rt, i));
  releaseTemps(rt, m);
  if (Math.abs(value) >= 2 ** 63) raise(rt, T.OverflowError, 'Python int too large to convert to C long');
  return value;
}

/** The double at a word of an object. */
export function doubleAt(rt: Runtime, word: number): number {
  return rt.floats[word >> 1] ?? 0;
}

export function setDouble(rt: Runtime, word: number, value: number): void {
  rt.floats[word >> 1] = value;
}

/** The bytes of a buffer argument, not to be kept. Raises TypeError. */
export function bytesArgument(rt: Runtime, data: Ref): Uint8Array {
  return bufferOf(rt, data) ?? typeError(rt, `a bytes-like object is required, not '${kindName(rt, data)}'`);
}

/** The bytes of a buffer that can be written to, not to be kept. Raises TypeError for the function `name`. */
export function targetArgument(rt: Runtime, data: Ref, name: string): Uint8Array {
  const bytes = hasWritableBuffer(rt, data) ? bufferOf(rt, data) : null;
  return (
    bytes ?? typeError(rt, `${name}() argument must be read-write bytes-like object, not ${argumentName(rt, data)}`)
  );
}

/** Runs `action` and releases the temporaries it left, but for its result: for slots, which nobody else tidies up after. */
export function tidy(rt: Runtime, action: () => Owned): Owned {
  const m = tempMark(rt);
  return releaseKeeping(rt, m, action());
}

export function closedError(rt: Runtime, message = 'I/O operation on closed file.'): never {
  valueError(rt, message);
}

/** Raises ValueError if the stream says that it is closed. @runsPython */
export function checkOpen(rt: Runtime, self: Ref): void {
  if (attributeIsTrue(rt, self, 'closed')) closedError(rt);
}

/** Raises UnsupportedOperation unless the stream can be read, written, sought. @runsPython */
export function requireCan(rt: Runtime, self: Ref, question: string, message: string): void {
  if (!asks(rt, self, question)) unsupported(rt, message);
}
