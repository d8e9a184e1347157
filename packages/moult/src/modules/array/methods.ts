/** Methods of `array`. */
import { addressOf, ListWord, newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import {
  caught,
  indexError,
  mark,
  none,
  raise,
  rethrow,
  runtimeError,
  typeError,
  valueError,
} from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { listAppendTake, listItem, listLength, newList } from '../../core/list.ts';
import { native } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { getAttrText, iter, iterNext, lookupAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize, sliceLimit } from '../../core/ssize.ts';
import { S, T } from '../../core/static.ts';
import { bytesData, newBytes, newStr, strText } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { argumentName, isBytes, isInt, isList, isStr } from '../../core/types.ts';

import { integerOf, simpleBuffer } from '../buffers.ts';
import { arrayItem, packItem, textOfUnits, unitsOfText } from './items.ts';
import { extendByArray, findItem, writeItem } from './operators.ts';
import { machineFormat, reconstructorOf } from './pickle.ts';
import {
  appendData,
  arrayData,
  arrayOfData,
  arraySize,
  ArrayWord,
  codeOf,
  isArray,
  itemSizeOf,
  replaceItems,
  resizeArray,
} from './storage.ts';

/** `self[i] = value` for a new item before `i`, clipped. @runsPython Source: CPython 3.12 ins1. */
function insertAt(rt: Runtime, self: Ref, i: number, value: Ref): void {
  const bytes = packItem(rt, codeOf(rt, self), value);
  const size = arraySize(rt, self);
  const at = i < 0 ? Math.max(i + size, 0) : Math.min(i, size);
  replaceItems(rt, self, at, at, bytes);
}

function append(rt: Runtime, self: Ref, value: Ref): Owned {
  insertAt(rt, self, arraySize(rt, self), value);
  return none();
}

function insert(rt: Runtime, self: Ref, index: Ref, value: Ref): Owned {
  insertAt(rt, self, asSsize(rt, index), value);
  return none();
}

/** Appends the items of an array of the same kind, or of any iterable. @runsPython */
export function extendArray(rt: Runtime, self: Ref, iterable: Ref): void {
  if (isArray(rt, iterable)) {
    extendByArray(rt, self, iterable);
    return;
  }
  const it = temp(rt, iter(rt, iterable));
  for (let value = iterNext(rt, it); value !== 0; value = iterNext(rt, it)) {
    temp(rt, value);
    insertAt(rt, self, arraySize(rt, self), value);
    dropTemp(rt, value);
  }
  dropTemp(rt, it);
}

function extend(rt: Runtime, self: Ref, iterable: Ref): Owned {
  extendArray(rt, self, iterable);
  return none();
}

function pop(rt: Runtime, self: Ref, index: Ref): Owned {
  const i = index === 0 ? -1 : asSsize(rt, index);
  const size = arraySize(rt, self);
  if (size === 0) indexError(rt, 'pop from empty array');
  const at = i < 0 ? i + size : i;
  if (at < 0 || at >= size) indexError(rt, 'pop index out of range');
  const value = temp(rt, arrayItem(rt, self, at));
  replaceItems(rt, self, at, at + 1, new Uint8Array(0));
  return untemp(rt, value);
}

function remove(rt: Runtime, self: Ref, value: Ref): Owned {
  const i = findItem(rt, self, value, 0, Infinity);
  if (i < 0) valueError(rt, 'array.remove(x): x not in array');
  replaceItems(rt, self, i, i + 1, new Uint8Array(0));
  return none();
}

function indexOf(rt: Runtime, self: Ref, value: Ref, start: Ref, stop: Ref): Owned {
  const limit = (o: Ref, absent: number): number => {
    const i = o === 0 ? absent : sliceLimit(rt, o);
    return i < 0 ? Math.max(i + arraySize(rt, self), 0) : i;
  };
  const from = limit(start, 0);
  const i = findItem(rt, self, value, from, limit(stop, Infinity));
  if (i < 0) valueError(rt, 'array.index(x): x not in array');
  return newInt(rt, i);
}

function count(rt: Runtime, self: Ref, value: Ref): Owned {
  let n = 0;
  for (let i = findItem(rt, self, value, 0, Infinity); i >= 0; i = findItem(rt, self, value, i + 1, Infinity)) n++;
  return newInt(rt, n);
}

/** `list(self)` */
export function toList(rt: Runtime, self: Ref): Owned {
  const list = temp(rt, newList(rt, 0));
  const size = arraySize(rt, self);
  for (let i = 0; i < size; i++) listAppendTake(rt, list, arrayItem(rt, self, i));
  return untemp(rt, list);
}

/** On failure the array is as long as before. @runsPython Source: CPython 3.12 array_array_fromlist. */
function fromList(rt: Runtime, self: Ref, list: Ref): Owned {
  if (!isList(rt, list)) typeError(rt, 'arg must be list');
  const n = listLength(rt, list);
  const old = arraySize(rt, self);
  if (n === 0) return none();
  resizeArray(rt, self, old + n);
  const m = mark(rt);
  try {
    for (let i = 0; i < n; i++) {
      writeItem(rt, self, old + i, listItem(rt, list, i));
      if (rt.words[list + ListWord.Size] !== n) runtimeError(rt, 'list changed size during iteration');
    }
  } catch (error) {
    caught(rt, error, m);
    resizeArray(rt, self, old);
    rethrow();
  }
  return none();
}

function appendBytes(rt: Runtime, self: Ref, data: Uint8Array): void {
  if (data.length % itemSizeOf(rt, self) !== 0) valueError(rt, 'bytes length not a multiple of item size');
  if (data.length > 0) appendData(rt, self, data);
}

function fromBytes(rt: Runtime, self: Ref, buffer: Ref): Owned {
  const data = simpleBuffer(rt, buffer);
  if (data.length > 0 && rt.words[self + ArrayWord.Exports] > 0) resizeArray(rt, self, arraySize(rt, self) + 1);
  appendBytes(rt, self, data.slice());
  return none();
}

function fromFile(rt: Runtime, self: Ref, file: Ref, n: Ref): Owned {
  const items = asSsize(rt, n);
  if (items < 0) valueError(rt, 'negative count');
  const nbytes = items * itemSizeOf(rt, self);
  const read = temp(rt, getAttrText(rt, file, 'read'));
  const data = temp(rt, call1(rt, read, temp(rt, newInt(rt, nbytes))));
  if (!isBytes(rt, data)) typeError(rt, "read() didn't return bytes");
  appendBytes(rt, self, bytesData(rt, data));
  if (bytesData(rt, data).length !== nbytes) raise(rt, T.EOFError, "read() didn't return enough bytes");
  return none();
}

const BLOCK_BYTES = 64 * 1024;

function toFile(rt: Runtime, self: Ref, file: Ref): Owned {
  const total = arrayData(rt, self).length;
  for (let at = 0; at < total; at += BLOCK_BYTES) {
    const part = temp(rt, newBytes(rt, arrayData(rt, self).slice(at, Math.min(at + BLOCK_BYTES, total))));
    const write = temp(rt, getAttrText(rt, file, 'write'));
    const result = temp(rt, call1(rt, write, part));
    dropTemp(rt, result);
    dropTemp(rt, write);
    dropTemp(rt, part);
  }
  return none();
}

function toUnicode(rt: Runtime, self: Ref): Owned {
  if (codeOf(rt, self) !== 'u') valueError(rt, 'tounicode() may only be called on unicode type arrays');
  return newStr(rt, textOfUnits(rt, arrayData(rt, self)));
}

function fromUnicode(rt: Runtime, self: Ref, text: Ref): Owned {
  if (!isStr(rt, text)) typeError(rt, `fromunicode() argument must be str, not ${argumentName(rt, text)}`);
  if (codeOf(rt, self) !== 'u') valueError(rt, 'fromunicode() may only be called on unicode type arrays');
  const units = unitsOfText(strText(rt, text));
  if (units.length > 0) appendData(rt, self, units);
  return none();
}

function bufferInfo(rt: Runtime, self: Ref): Owned {
  const block = rt.words[self + ArrayWord.Block];
  const address = temp(rt, newInt(rt, block === 0 ? 0 : addressOf(block)));
  return tupleOf(rt, address, temp(rt, newInt(rt, arraySize(rt, self))));
}

function byteSwap(rt: Runtime, self: Ref): Owned {
  const itemsize = itemSizeOf(rt, self);
  const data = arrayData(rt, self);
  for (let at = 0; at < data.length; at += itemsize) data.subarray(at, at + itemsize).reverse();
  return none();
}

function reverse(rt: Runtime, self: Ref): Owned {
  arrayData(rt, self).reverse();
  return byteSwap(rt, self);
}

const copy = (rt: Runtime, self: Ref): Owned => arrayOfData(rt, codeOf(rt, self), arrayData(rt, self));

/** Source: CPython 3.12 array_array___reduce_ex__. @runsPython */
function reduceEx(rt: Runtime, self: Ref, protocol: Ref): Owned {
  if (!isInt(rt, protocol)) typeError(rt, '__reduce_ex__ argument should be an integer');
  const dict = temp(rt, lookupAttrText(rt, self, '__dict__') || newRef(rt, S.None));
  const type = rt.words[self + ObjectWord.Type];
  const code = temp(rt, newStr(rt, codeOf(rt, self)));
  if (integerOf(rt, protocol) < 3n) {
    const list = temp(rt, toList(rt, self));
    return tupleOf(rt, type, temp(rt, tupleOf(rt, code, list)), dict);
  }
  const reconstructor = temp(rt, reconstructorOf(rt));
  const format = temp(rt, newInt(rt, machineFormat(codeOf(rt, self))));
  const data = temp(rt, newBytes(rt, arrayData(rt, self).slice()));
  return tupleOf(rt, reconstructor, temp(rt, tupleOf(rt, type, code, format, data)), dict);
}

function sizeOf(rt: Runtime, self: Ref): Owned {
  return newInt(rt, 8 * ArrayWord.Words + rt.words[self + ArrayWord.Allocated] * itemSizeOf(rt, self));
}

const define = (signature: string, fn: NativeDefinition['fn'], doc: string): NativeDefinition =>
  native(signature, fn, { doc });

export const ARRAY_METHODS: readonly NativeDefinition[] = [
  define('append($self, v, /)', append, 'Append new value v to the end of the array.'),
  define(
    'buffer_info($self, /)',
    bufferInfo,
    "Return a tuple (address, length) giving the current memory address and the length in items of the buffer used to hold array's contents.",
  ),
  define('byteswap($self, /)', byteSwap, 'Byteswap all items of the array.'),
  define('__copy__($self, /)', copy, 'Return a copy of the array.'),
  define('count($self, v, /)', count, 'Return number of occurrences of v in the array.'),
  define('__deepcopy__($self, unused, /)', copy, 'Return a copy of the array.'),
  define('extend($self, bb, /)', extend, 'Append items to the end of the array.'),
  define(
    'fromfile($self, f, n, /)',
    fromFile,
    'Read n objects from the file object f and append them to the end of the array.',
  ),
  define('fromlist($self, list, /)', fromList, 'Append items to array from list.'),
  define(
    'frombytes($self, buffer, /)',
    fromBytes,
    'Appends items from the string, interpreting it as an array of machine values, as if it had been read from a file using the fromfile() method.',
  ),
  define('fromunicode($self, ustr, /)', fromUnicode, 'Extends this array with data from the unicode string ustr.'),
  define(
    'index($self, v, start=0, stop=sys.maxsize, /)',
    indexOf,
    'Return index of first occurrence of v in the array.\n\nRaise ValueError if the value is not present.',
  ),
  define('insert($self, i, v, /)', insert, 'Insert a new item v into the array before position i.'),
  define('pop($self, i=-1, /)', pop, 'Return the i-th element and delete it from the array.\n\ni defaults to -1.'),
  define('__reduce_ex__($self, value, /)', reduceEx, 'Return state information for pickling.'),
  define('remove($self, v, /)', remove, 'Remove the first occurrence of v in the array.'),
  define('reverse($self, /)', reverse, 'Reverse the order of the items in the array.'),
  define('tofile($self, f, /)', toFile, 'Write all items (as machine values) to the file object f.'),
  define('tolist($self, /)', toList, 'Convert array to an ordinary list with the same items.'),
  define(
    'tobytes($self, /)',
    (rt, self) => newBytes(rt, arrayData(rt, self).slice()),
    'Convert the array to an array of machine values and return the bytes representation.',
  ),
  define('tounicode($self, /)', toUnicode, 'Extends this array with data from the unicode string ustr.'),
  define('__sizeof__($self, /)', sizeOf, 'Size of the array in memory, in bytes.'),
];
