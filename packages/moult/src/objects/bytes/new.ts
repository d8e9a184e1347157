/** `bytes(...)`, and what `bytearray(...)` has in common with it. */
import { decref, newRef, ObjectWord, TupleWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { dictGetText, dictKeyAt, dictLength, dictNext } from '../../core/dict/index.ts';
import { caught, clearException, mark, pendingMatches, typeError, valueError } from '../../core/errors.ts';
import { Id } from '../../core/names.ts';
import { iter, iterNext } from '../../core/protocol/iterate.ts';
import { hasIndex, indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { fastItem, fastSize } from '../../core/sequence-fast.ts';
import { S, T } from '../../core/static.ts';
import { bytesData, newUnsharedBytes, strText } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { isBytes, isStr, isTuple, kindName, slotOf } from '../../core/types.ts';
import { ByteBuilder } from '../../text/byte-builder.ts';
import { cText } from '../str/c-text.ts';
import { refuseLong } from '../str/make.ts';
import { lookupSpecial } from '../type/lookup.ts';
import { bufferOf, hasBuffer } from './buffer.ts';
import { encodeText } from './codecs.ts';
import { byteValue, newBytesOf, newSubclassBytes, newUnsharedBytesOf } from './make.ts';

const NAMES = ['source', 'encoding', 'errors'];

/** The arguments `source`, `encoding`, `errors` of a call; 0 for what was left out. */
export function sourceArguments(rt: Runtime, name: string, args: Ref, kwargs: Ref): readonly [Ref, Ref, Ref] {
  const H = rt.words;
  const nargs = H[args + TupleWord.Size];
  const named = kwargs === 0 ? 0 : dictLength(rt, kwargs);
  if (nargs + named > 3) {
    typeError(rt, `${name}() takes at most 3 ${nargs === 0 ? 'keyword ' : ''}arguments (${nargs + named} given)`);
  }
  if (named > 0) checkNames(rt, name, nargs, kwargs);
  const argument = (i: number): Ref => {
    if (i < nargs) return H[args + TupleWord.Items + i];
    return named === 0 ? 0 : dictGetText(rt, kwargs, NAMES[i] as string);
  };
  return [argument(0), argument(1), argument(2)];
}

function checkNames(rt: Runtime, name: string, nargs: number, kwargs: Ref): void {
  for (let i = dictNext(rt, kwargs, 0); i >= 0; i = dictNext(rt, kwargs, i + 1)) {
    const key = strText(rt, dictKeyAt(rt, kwargs, i));
    const position = NAMES.indexOf(key);
    if (position < 0) typeError(rt, `'${key}' is an invalid keyword argument for ${name}()`);
    if (position < nargs) {
      typeError(rt, `argument for ${name}() given by name ('${key}') and position (${position + 1})`);
    }
  }
}

/** The bytes of a str by encoding and errors, if that is what the arguments ask for; else null. */
export function encodedSource(rt: Runtime, name: string, source: Ref, encoding: Ref, errors: Ref): Uint8Array | null {
  const codec = encoding === 0 ? null : cText(rt, encoding, `${name}() argument 'encoding'`);
  const handler = errors === 0 ? null : cText(rt, errors, `${name}() argument 'errors'`);
  if (source !== 0 && isStr(rt, source)) {
    if (codec === null) typeError(rt, 'string argument without an encoding');
    return encodeText(rt, source, codec, handler ?? 'strict');
  }
  if (codec !== null) typeError(rt, 'encoding without a string argument');
  if (handler !== null) typeError(rt, 'errors without a string argument');
  return null;
}

/** `bytes.__new__(type, source=b'', encoding, errors)` @runsPython */
export function bytesNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  const [source, encoding, errors] = sourceArguments(rt, 'bytes', args, kwargs);
  const value =
    plainValue(rt, source, encoding, errors) || newBytesOf(rt, encodedSource(rt, 'bytes', source, encoding, errors)!);
  if (type === T.bytes) return value;
  const data = bytesData(rt, value);
  temp(rt, value);
  const self = newSubclassBytes(rt, type, data);
  decref(rt, untemp(rt, value));
  return self;
}

/** The value without encoding and errors; 0 if there are some. */
function plainValue(rt: Runtime, source: Ref, encoding: Ref, errors: Ref): Owned | 0 {
  if (encoding !== 0 || errors !== 0) return 0;
  return source === 0 ? emptyBytes() : bytesOfObject(rt, source);
}

function emptyBytes(): Owned {
  return S.EmptyBytes as Ref as Owned;
}

function bytesOfObject(rt: Runtime, source: Ref): Owned {
  const method = lookupSpecial(rt, source, Id.__bytes__);
  if (method !== 0) return fromMethod(rt, method);
  if (isStr(rt, source)) typeError(rt, 'string argument without an encoding');
  const count = countOf(rt, source);
  if (count >= 0) return newUnsharedBytes(rt, zeros(rt, count));
  if (rt.words[source + ObjectWord.Type] === T.bytes) return newRef(rt, source);
  // What comes from a buffer or a tuple is filled after it was made, not what comes from a list or an iterator.
  const isFilled = isTuple(rt, source) || hasBuffer(rt, source);
  const data = bytesOfIterable(rt, source, 'bytes');
  return isFilled ? newUnsharedBytesOf(rt, data) : newBytesOf(rt, data);
}

function fromMethod(rt: Runtime, method: Owned): Owned {
  temp(rt, method);
  const result = call0(rt, method);
  dropTemp(rt, method);
  if (isBytes(rt, result)) return result;
  const name = kindName(rt, result);
  decref(rt, result);
  return typeError(rt, `__bytes__ returned non-bytes (type ${name})`);
}

/** That many zero bytes. Raises MemoryError. */
export function zeros(rt: Runtime, count: number): Uint8Array {
  refuseLong(rt, count);
  return new Uint8Array(count);
}

/** The number of zero bytes that an int asks for; −1 if the source is no int. Raises ValueError, OverflowError. */
export function countOf(rt: Runtime, source: Ref): number {
  if (!hasIndex(rt, source)) return -1;
  const m = mark(rt);
  let count: number;
  try {
    count = indexNumber(rt, source, T.OverflowError);
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.TypeError)) throw error;
    clearException(rt);
    return -1;
  }
  if (count < 0) valueError(rt, 'negative count');
  return count;
}

/** The bytes of a buffer (a copy) or of an iterable of ints. @runsPython */
export function bytesOfIterable(rt: Runtime, source: Ref, type: 'bytes' | 'bytearray'): Uint8Array {
  const data = bufferOf(rt, source);
  if (data !== null) return data.slice();
  const H = rt.words;
  const kind = H[source + ObjectWord.Type];
  if (kind === T.list || kind === T.tuple) return bytesOfSequence(rt, source, rangeMessage(type));
  return bytesOfIterator(rt, source, type);
}

function bytesOfSequence(rt: Runtime, source: Ref, message: string): Uint8Array {
  const builder = new ByteBuilder(fastSize(rt, source));
  for (let i = 0; i < fastSize(rt, source); i++) {
    const item = temp(rt, newRef(rt, fastItem(rt, source, i)));
    builder.push(byteValue(rt, item, message));
    dropTemp(rt, item);
  }
  return builder.finish();
}

function bytesOfIterator(rt: Runtime, source: Ref, type: 'bytes' | 'bytearray'): Uint8Array {
  const builder = new ByteBuilder(64);
  eachByte(rt, source, type, (byte) => builder.push(byte));
  return builder.finish();
}

function rangeMessage(type: 'bytes' | 'bytearray'): string {
  return `${type === 'bytes' ? 'bytes' : 'byte'} must be in range(0, 256)`;
}

function requireIterable(rt: Runtime, source: Ref, type: 'bytes' | 'bytearray'): void {
  if (!isStr(rt, source) && (slotOf(rt, source, TypeWord.Iter) !== 0 || slotOf(rt, source, TypeWord.SqItem) !== 0))
    return;
  typeError(rt, `cannot convert '${kindName(rt, source)}' object to ${type}`);
}

/** Gives `take` the bytes of an iterable of ints, one after the other. @runsPython */
export function eachByte(rt: Runtime, source: Ref, type: 'bytes' | 'bytearray', take: (byte: number) => void): void {
  requireIterable(rt, source, type);
  const m = mark(rt);
  let it: Ref;
  try {
    it = temp(rt, iter(rt, source));
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.TypeError)) throw error;
    clearException(rt);
    return typeError(rt, `cannot convert '${kindName(rt, source)}' object to ${type}`);
  }
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
    temp(rt, item);
    take(byteValue(rt, item, rangeMessage(type)));
    dropTemp(rt, item);
  }
  dropTemp(rt, it);
}
