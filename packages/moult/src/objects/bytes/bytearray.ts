/** The type `bytearray`. Layout: storage.ts. */
import { decref, newRef, ObjectWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { indexError, none, raise, typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { native } from '../../core/native.ts';
import { lookupAttrText } from '../../core/protocol/attribute.ts';
import { hasIndex, indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { adjustSlice, sliceIndices, unpackSlice } from '../../core/slice.ts';
import { asSsize } from '../../core/ssize.ts';
import { smallInt, T } from '../../core/static.ts';
import { newBytes, newStr } from '../../core/str.ts';
import { tupleFromTemps, tupleOf, tupleTake } from '../../core/tuple.ts';
import { temp, tempMark } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance, isStr, kindName, typeName } from '../../core/types.ts';
import { latin1Text } from '../../text/bytes-case.ts';
import { bytearrayRepr } from '../../text/repr.ts';
import { stateOf } from '../object/reduce.ts';
import { allocInstance } from '../type/alloc.ts';
import { bufferOf } from './buffer.ts';
import { newBytearrayIterator } from './iterator.ts';
import { byteValue } from './make.ts';
import { commonMethods } from './methods.ts';
import { bytesOfIterable, countOf, eachByte, encodedSource, sourceArguments, zeros } from './new.ts';
import { bytesRemainder } from './percent.ts';
import { searchMethods } from './search.ts';
import { bytesCompare, bytesConcat, bytesContains, repeated, sliceOf } from './sequence.ts';
import {
  bytearrayData,
  BytearrayWord,
  deallocBytearray,
  emptyBytearray,
  newBytearray,
  replaceBytes,
  resizeBytearray,
} from './storage.ts';
import { memoryviewOf, releasesNothing } from './protocol.ts';
import { refuseLong } from '../str/make.ts';

function makeNew(rt: Runtime, type: Ref): Owned {
  return allocInstance(rt, type, 0);
}

/** `bytearray.__init__(source=b'', encoding, errors)` @runsPython */
function init(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const [source, encoding, errors] = sourceArguments(rt, 'bytearray', args, kwargs);
  emptyBytearray(rt, self);
  const encoded = encodedSource(rt, 'bytearray', source, encoding, errors);
  if (encoded !== null) extendBy(rt, self, encoded);
  else if (source !== 0) fillFrom(rt, self, source);
}

function fillFrom(rt: Runtime, self: Ref, source: Ref): void {
  const count = countOf(rt, source);
  if (count >= 0) extendBy(rt, self, zeros(rt, count));
  else if (isSized(rt, source)) extendBy(rt, self, bytesOfIterable(rt, source, 'bytearray'));
  else eachByte(rt, source, 'bytearray', (byte) => appendByte(rt, self, byte));
}

/** Whether the length is known before the bytes are read, so that room is made once. */
function isSized(rt: Runtime, source: Ref): boolean {
  const type = rt.words[source + ObjectWord.Type];
  return type === T.list || type === T.tuple || bufferOf(rt, source) !== null;
}

/** Appends bytes that are no view of this bytearray. */
function extendBy(rt: Runtime, self: Ref, data: Uint8Array): void {
  const size = rt.words[self + BytearrayWord.Size];
  refuseLong(rt, size + data.length);
  resizeBytearray(rt, self, size + data.length);
  if (data.length > 0) bytearrayData(rt, self).set(data, size);
}

function appendByte(rt: Runtime, self: Ref, byte: number): void {
  const size = rt.words[self + BytearrayWord.Size];
  resizeBytearray(rt, self, size + 1);
  bytearrayData(rt, self)[size] = byte;
}

function repr(rt: Runtime, self: Ref): Owned {
  const data = bytearrayData(rt, self);
  return newStr(rt, bytearrayRepr(data, 0, data.length, typeName(rt, rt.words[self + ObjectWord.Type])));
}

const size = (rt: Runtime, self: Ref): number => rt.words[self + BytearrayWord.Size];

/** An index within the bytearray, counted from its start. Raises IndexError. */
function indexWithin(rt: Runtime, self: Ref, key: Ref, message: string): number {
  const i = indexNumber(rt, key, T.IndexError);
  const at = i < 0 ? i + size(rt, self) : i;
  if (at < 0 || at >= size(rt, self)) indexError(rt, message);
  return at;
}

function item(rt: Runtime, self: Ref, i: number): Owned {
  if (i < 0 || i >= size(rt, self)) indexError(rt, 'bytearray index out of range');
  return smallInt(bytearrayData(rt, self)[i] as number) as Owned;
}

/** `self[key]` @runsPython */
function subscript(rt: Runtime, self: Ref, key: Ref): Owned {
  if (hasIndex(rt, key)) return item(rt, self, indexWithin(rt, self, key, 'bytearray index out of range'));
  requireSlice(rt, key);
  const { start, step, count } = sliceIndices(rt, key, size(rt, self));
  return newBytearray(rt, sliceOf(bytearrayData(rt, self), start, step, count));
}

function requireSlice(rt: Runtime, key: Ref): void {
  if (rt.words[key + ObjectWord.Type] === T.slice) return;
  typeError(rt, `bytearray indices must be integers or slices, not ${kindName(rt, key)}`);
}

function setItem(rt: Runtime, self: Ref, i: number, value: Ref): void {
  if (i < 0 || i >= size(rt, self)) indexError(rt, 'bytearray index out of range');
  if (value === 0) replaceBytes(rt, self, i, i + 1, new Uint8Array(0));
  else bytearrayData(rt, self)[i] = byteValue(rt, value);
}

/** `self[key] = value`, `del self[key]` @runsPython Source: CPython 3.12 bytearray_ass_subscript. */
function setSubscript(rt: Runtime, self: Ref, key: Ref, value: Ref): void {
  if (hasIndex(rt, key)) {
    const at = indexWithin(rt, self, key, 'bytearray index out of range');
    if (value === 0) replaceBytes(rt, self, at, at + 1, new Uint8Array(0));
    else {
      const byte = byteValue(rt, value);
      if (at >= size(rt, self)) indexError(rt, 'bytearray index out of range');
      bytearrayData(rt, self)[at] = byte;
    }
    return;
  }
  requireSlice(rt, key);
  const unpacked = { ...unpackSlice(rt, key) };
  const data = value === 0 ? new Uint8Array(0) : assignedBytes(rt, value);
  const { start, stop, step, count } = adjustSlice(unpacked, size(rt, self));
  if (step === 1) replaceBytes(rt, self, start, Math.max(start, stop), data);
  else if (value === 0) deleteStepped(rt, self, start, step, count);
  else assignStepped(rt, self, start, step, count, data);
}

function assignedBytes(rt: Runtime, value: Ref): Uint8Array {
  const data = bufferOf(rt, value);
  if (data !== null) return data.slice();
  if (isStr(rt, value) || (hasIndex(rt, value) && !isInstance(rt, value, T.bytearray))) {
    typeError(rt, 'can assign only bytes, buffers, or iterables of ints in range(0, 256)');
  }
  return bytesOfIterable(rt, value, 'bytearray');
}

function assignStepped(rt: Runtime, self: Ref, start: number, step: number, count: number, data: Uint8Array): void {
  if (data.length === 0 && count > 0) {
    deleteStepped(rt, self, start, step, count);
    return;
  }
  if (data.length !== count) {
    valueError(rt, `attempt to assign bytes of size ${data.length} to extended slice of size ${count}`);
  }
  const bytes = bytearrayData(rt, self);
  for (let i = 0, at = start; i < count; i++, at += step) bytes[at] = data[i] as number;
}

function deleteStepped(rt: Runtime, self: Ref, start: number, step: number, count: number): void {
  if (count === 0) return;
  const bytes = bytearrayData(rt, self);
  const first = step > 0 ? start : start + (count - 1) * step;
  const stride = Math.abs(step);
  const last = first + (count - 1) * stride;
  const kept: number[] = [];
  for (let i = first; i < bytes.length; i++) {
    if (i > last || (i - first) % stride !== 0) kept.push(bytes[i] as number);
  }
  replaceBytes(rt, self, first, bytes.length, Uint8Array.from(kept));
}

function repeat(rt: Runtime, self: Ref, count: number): Owned {
  return newBytearray(rt, repeated(rt, bytearrayData(rt, self), count));
}

function inplaceConcat(rt: Runtime, self: Ref, other: Ref): Owned {
  const data = bufferOf(rt, other);
  if (data === null) typeError(rt, `can't concat ${kindName(rt, other)} to ${kindName(rt, self)}`);
  extendBy(rt, self, data.slice());
  return newRef(rt, self);
}

function inplaceRepeat(rt: Runtime, self: Ref, count: number): Owned {
  const data = repeated(rt, bytearrayData(rt, self).slice(), count);
  resizeBytearray(rt, self, data.length);
  bytearrayData(rt, self).set(data);
  return newRef(rt, self);
}

function append(rt: Runtime, self: Ref, value: Ref): Owned {
  appendByte(rt, self, byteValue(rt, value));
  return none();
}

function extend(rt: Runtime, self: Ref, iterable: Ref): Owned {
  const data = bufferOf(rt, iterable);
  if (data !== null) {
    replaceBytes(rt, self, size(rt, self), size(rt, self), data.slice());
    return none();
  }
  if (rt.words[iterable + ObjectWord.Type] !== T.str && !canIterate(rt, iterable)) {
    typeError(rt, `can't extend bytearray with ${kindName(rt, iterable)}`);
  }
  if (isStr(rt, iterable)) typeError(rt, "'str' object cannot be interpreted as an integer");
  extendBy(rt, self, bytesOfIterable(rt, iterable, 'bytearray'));
  return none();
}

function canIterate(rt: Runtime, o: Ref): boolean {
  const method = lookupAttrText(rt, o, '__iter__');
  if (method !== 0) decref(rt, method);
  return method !== 0 || lookupHas(rt, o, '__getitem__');
}

function lookupHas(rt: Runtime, o: Ref, name: string): boolean {
  const found = lookupAttrText(rt, o, name);
  if (found !== 0) decref(rt, found);
  return found !== 0;
}

function insert(rt: Runtime, self: Ref, index: Ref, value: Ref): Owned {
  const i = asSsize(rt, index);
  const byte = byteValue(rt, value);
  const n = size(rt, self);
  const at = i < 0 ? Math.max(i + n, 0) : Math.min(i, n);
  replaceBytes(rt, self, at, at, Uint8Array.of(byte));
  return none();
}

function pop(rt: Runtime, self: Ref, index: Ref): Owned {
  const i = index === 0 ? -1 : asSsize(rt, index);
  const n = size(rt, self);
  if (n === 0) indexError(rt, 'pop from empty bytearray');
  const at = i < 0 ? i + n : i;
  if (at < 0 || at >= n) indexError(rt, 'pop index out of range');
  const byte = bytearrayData(rt, self)[at] as number;
  const bytes = bytearrayData(rt, self);
  if (rt.words[self + BytearrayWord.Exports] > 0) {
    raise(rt, T.BufferError, 'Existing exports of data: object cannot be re-sized');
  }
  bytes.copyWithin(at, at + 1);
  resizeBytearray(rt, self, n - 1);
  return smallInt(byte) as Owned;
}

function remove(rt: Runtime, self: Ref, value: Ref): Owned {
  const byte = byteValue(rt, value);
  const at = bytearrayData(rt, self).indexOf(byte);
  if (at < 0) valueError(rt, 'value not found in bytearray');
  if (rt.words[self + BytearrayWord.Exports] > 0) {
    raise(rt, T.BufferError, 'Existing exports of data: object cannot be re-sized');
  }
  bytearrayData(rt, self).copyWithin(at, at + 1);
  resizeBytearray(rt, self, size(rt, self) - 1);
  return none();
}

function clear(rt: Runtime, self: Ref): Owned {
  resizeBytearray(rt, self, 0);
  return none();
}

function reverse(rt: Runtime, self: Ref): Owned {
  bytearrayData(rt, self).reverse();
  return none();
}

function reduceWith(rt: Runtime, self: Ref, protocol: number): Owned {
  const data = bytearrayData(rt, self);
  const args =
    protocol < 3
      ? tupleFromTemps(
          rt,
          tempMark(rt),
          temp(rt, newStr(rt, latin1Text(data.slice()))),
          temp(rt, newStr(rt, 'latin-1')),
        )
      : tupleTake(rt, newBytes(rt, data.slice()));
  temp(rt, args);
  return tupleOf(rt, rt.words[self + ObjectWord.Type], args, temp(rt, stateOf(rt, self, false)));
}

function sizeOf(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  return newInt(rt, H[H[self + ObjectWord.Type] + TypeWord.BasicSize] + H[self + BytearrayWord.Allocated]);
}

defineType({
  ref: T.bytearray,
  name: 'bytearray',
  basicSize: 56,
  words: 7,
  flags: TypeFlag.BaseType | TypeFlag.MatchSelf,
  dealloc: deallocBytearray,
  doc:
    'bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n' +
    'bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\n' +
    'bytearray(int) -> bytes array of size given by the parameter initialized with null bytes\n' +
    'bytearray() -> empty bytes array\n\nConstruct a mutable bytearray object.',
  slots: {
    repr,
    str: repr,
    hash: null,
    richcompare: bytesCompare,
    iter: newBytearrayIterator,
    new: makeNew,
    init,
    nbRemainder: bytesRemainder,
    mpLength: size,
    mpSubscript: subscript,
    mpAssSubscript: setSubscript,
    sqLength: size,
    sqConcat: bytesConcat,
    sqRepeat: repeat,
    sqItem: item,
    sqAssItem: setItem,
    sqContains: bytesContains,
    sqInplaceConcat: inplaceConcat,
    sqInplaceRepeat: inplaceRepeat,
    bfGetBuffer: memoryviewOf,
    bfReleaseBuffer: releasesNothing,
  },
  methods: [
    ...searchMethods(),
    ...commonMethods(),
    native('append($self, item, /)', append, { doc: 'Append a byte.' }),
    native('extend($self, iterable_of_ints, /)', extend, { doc: 'Append the bytes of an iterable or a buffer.' }),
    native('insert($self, index, item, /)', insert, { doc: 'Insert a byte before the index.' }),
    native('pop($self, index=-1, /)', pop, { doc: 'Remove a byte and give it.' }),
    native('remove($self, value, /)', remove, { doc: 'Remove the first byte of that value.' }),
    native('clear($self, /)', clear, { doc: 'Remove all bytes.' }),
    native('copy($self, /)', (rt, self) => newBytearray(rt, bytearrayData(rt, self)), { doc: 'A copy.' }),
    native('reverse($self, /)', reverse, { doc: 'Reverse the order of the bytes.' }),
    native('__reduce__($self, /)', (rt, self) => reduceWith(rt, self, 2)),
    native('__reduce_ex__($self, proto=0, /)', (rt, self, protocol = 0) =>
      reduceWith(rt, self, protocol === 0 ? 0 : asSsize(rt, protocol)),
    ),
    native('__sizeof__($self, /)', sizeOf, { doc: 'The size in memory, in bytes.' }),
    native('__alloc__()', (rt, self) => newInt(rt, rt.words[self + BytearrayWord.Allocated]), { unsigned: true }),
  ],
});
