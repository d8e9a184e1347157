/** The type `bytes`. Layout: core/layout/text.ts. */
import { newRef, ObjectWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { indexError, overflowError, typeError } from '../../core/errors.ts';
import { BytesWord } from '../../core/layout/text.ts';
import { native } from '../../core/native.ts';
import { hasIndex, indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { sliceIndices } from '../../core/slice.ts';
import { S, smallInt, T } from '../../core/static.ts';
import { bytesData, bytesHash, newFreshBytes, newStr } from '../../core/str.ts';
import { tupleTake } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isBytes, kindName } from '../../core/types.ts';
import { bytesRepr } from '../../text/repr.ts';
import { newBytesIterator } from './iterator.ts';
import { deallocAnyBytes, newBytesOf, newUnsharedBytesOf, unchangedBytes } from './make.ts';
import { commonMethods } from './methods.ts';
import { bytesNew } from './new.ts';
import { bytesRemainder } from './percent.ts';
import { searchMethods } from './search.ts';
import { memoryviewOf } from './protocol.ts';
import { bytesCompare, bytesConcat, bytesContains, repeated, sliceOf } from './sequence.ts';

function repr(rt: Runtime, self: Ref): Owned {
  return newStr(rt, bytesRepr(bytesData(rt, self)));
}

function item(rt: Runtime, self: Ref, i: number): Owned {
  const data = bytesData(rt, self);
  if (i < 0 || i >= data.length) indexError(rt, 'index out of range');
  return smallInt(data[i] as number) as Owned;
}

/** `self[key]` @runsPython */
function subscript(rt: Runtime, self: Ref, key: Ref): Owned {
  const size = rt.words[self + BytesWord.Size];
  if (hasIndex(rt, key)) {
    const i = indexNumber(rt, key, T.IndexError);
    return item(rt, self, i < 0 ? i + size : i);
  }
  if (rt.words[key + ObjectWord.Type] !== T.slice)
    typeError(rt, `byte indices must be integers or slices, not ${kindName(rt, key)}`);
  const { start, step, count } = sliceIndices(rt, key, size);
  if (step === 1 && count === size) return unchangedBytes(rt, self);
  const part = sliceOf(bytesData(rt, self), start, step, count);
  return step === 1 ? newBytesOf(rt, part) : newUnsharedBytesOf(rt, part);
}

/** Bytes that come out as long as before are themselves; all others are new, even empty ones. (bytes_repeat) */
function repeat(rt: Runtime, self: Ref, count: number): Owned {
  const data = bytesData(rt, self);
  const { length } = data;
  if (length > 1 && length * count >= 2 ** 63) overflowError(rt, 'repeated bytes are too long');
  if (length * count === length && rt.words[self + ObjectWord.Type] === T.bytes) return newRef(rt, self);
  return newFreshBytes(rt, repeated(rt, data, count));
}

function compare(rt: Runtime, self: Ref, other: Ref, op: number): Owned {
  if (isBytes(rt, self) && isBytes(rt, other)) return bytesCompare(rt, self, other, op);
  return S.NotImplemented as Ref as Owned;
}

defineType({
  ref: T.bytes,
  name: 'bytes',
  basicSize: 33,
  itemSize: 1,
  words: 7,
  itemWords: 0,
  flags: TypeFlag.BaseType | TypeFlag.BytesSubclass | TypeFlag.MatchSelf,
  dealloc: deallocAnyBytes,
  doc:
    'bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\n' +
    'bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\n' +
    'bytes(int) -> bytes object of size given by the parameter initialized with null bytes\n' +
    'bytes() -> empty bytes object\n\nConstruct an immutable array of bytes.',
  slots: {
    repr,
    str: repr,
    hash: bytesHash,
    richcompare: compare,
    iter: newBytesIterator,
    new: bytesNew,
    nbRemainder: bytesRemainder,
    mpLength: (rt, self) => rt.words[self + BytesWord.Size],
    mpSubscript: subscript,
    sqLength: (rt, self) => rt.words[self + BytesWord.Size],
    sqConcat: bytesConcat,
    sqRepeat: repeat,
    sqItem: item,
    sqContains: bytesContains,
    bfGetBuffer: memoryviewOf,
  },
  methods: [
    ...searchMethods(),
    ...commonMethods(),
    native('__bytes__($self, /)', unchangedBytes, { doc: 'Exact bytes with the same value.' }),
    native('__getnewargs__()', (rt, self) => tupleTake(rt, newBytesOf(rt, bytesData(rt, self).slice())), {
      unsigned: true,
    }),
  ],
});
