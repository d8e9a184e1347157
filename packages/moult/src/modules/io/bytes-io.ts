/** `io.BytesIO`. Source: CPython 3.12 Modules/_io/bytesio.c. */
import {
  allocMetered,
  clearWord,
  freeMetered,
  freeObject,
  genericAlloc,
  isTracked,
  LayoutKind,
  newRef,
  ObjectWord,
  setWord,
  TypeFlag,
  track,
  gcNew,
  untrack,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, overflowError, raise, typeError, valueError } from '../../core/errors.ts';
import type { HeapSlot } from '../../core/functions.ts';
import { dictMerge, Override } from '../../core/dict/index.ts';
import { newInt } from '../../core/int.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import { getset, native } from '../../core/native.ts';
import type { NativeFunction } from '../../core/native.ts';
import { getAttrText, iter, iterNext } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { bytesData, newBytes } from '../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleOf, tupleSize } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isDict, isTuple, kindName, typeFullName } from '../../core/types.ts';
import { defineBuffer } from '../../objects/bytes/buffer-types.ts';
import { newMemoryview } from '../../objects/bytes/view.ts';
import { identitySlot } from '../../objects/iterators/shared.ts';
import { parseArguments } from '../arguments.ts';
import { streamDealloc } from './base.ts';
import { BytesIoBufferWord, BytesIoWord } from './layout.ts';
import { bytesArgument, closedError, doubleAt, setDouble, sizeOr, targetArgument } from './support.ts';
import { BUFFERED_IO_BASE, BYTES_IO, BYTES_IO_BUFFER } from './types.ts';

const EMPTY = new Uint8Array(0);
const MAX_SIZE = 2 ** 63 - 1;
const MAX_ROOM = 0x7fff_0000;
/** Metered bytes of a bytes object of no bytes, as whose CPython counts the block. */
const BYTES_HEAD = 33;

const wordsFor = (nbytes: number): number => Math.max(1, (nbytes + 3) >> 2);

function requireOpen(rt: Runtime, self: Ref): void {
  if (rt.words[self + BytesIoWord.Closed] !== 0) closedError(rt);
}

function refuseExported(rt: Runtime, self: Ref): void {
  if (rt.words[self + BytesIoWord.Exports] > 0)
    raise(rt, T.BufferError, 'Existing exports of data: object cannot be re-sized');
}

/** The contents; valid until they change. */
function contents(rt: Runtime, self: Ref): Uint8Array {
  const H = rt.words;
  const size = H[self + BytesIoWord.Size];
  const buf = H[self + BytesIoWord.Buf];
  if (buf !== 0) return bytesData(rt, buf).subarray(0, size);
  const block = H[self + BytesIoWord.Block];
  return block === 0 ? EMPTY : new Uint8Array(rt.buffer, block * 4, size);
}

function position(rt: Runtime, self: Ref): number {
  return doubleAt(rt, self + BytesIoWord.Pos);
}

function freeBlock(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const block = H[self + BytesIoWord.Block];
  if (block === 0) return;
  H[self + BytesIoWord.Block] = 0;
  freeMetered(rt, block, wordsFor(H[self + BytesIoWord.Allocated]), H[self + BytesIoWord.Allocated]);
}

/** Puts the first `size` bytes into a block of its own with room for `room`. */
function moveToBlock(rt: Runtime, self: Ref, room: number, size: number): void {
  const H = rt.words;
  if (room > MAX_ROOM) rt.onOutOfMemory(room);
  const block = allocMetered(rt, wordsFor(room), room);
  const target = new Uint8Array(rt.buffer, block * 4, room);
  target.fill(0);
  target.set(contents(rt, self).subarray(0, size));
  freeBlock(rt, self);
  H[self + BytesIoWord.Block] = block;
  H[self + BytesIoWord.Allocated] = room;
  H[self + BytesIoWord.Size] = size;
  clearWord(rt, self + BytesIoWord.Buf);
}

/** Bytes there is room for: CPython's over-allocation. Source: CPython 3.12 resize_buffer. */
function makeRoom(rt: Runtime, self: Ref, size: number): void {
  const H = rt.words;
  const allocated = H[self + BytesIoWord.Block] === 0 ? contents(rt, self).length : H[self + BytesIoWord.Allocated];
  if (H[self + BytesIoWord.Block] !== 0 && size <= allocated && size >= Math.floor(allocated / 2)) return;
  const grown = size + Math.floor(size / 8) + (size < 9 ? 3 : 6);
  const room =
    size < Math.floor(allocated / 2)
      ? size + 1
      : size <= allocated
        ? allocated
        : size < allocated * 1.125
          ? grown
          : size + 1;
  moveToBlock(rt, self, Math.max(room, 1), Math.min(H[self + BytesIoWord.Size], size));
}

/** Takes up to `n` bytes from the position on. */
function take(rt: Runtime, self: Ref, n: number): Uint8Array {
  const from = position(rt, self);
  const rest = Math.max(0, rt.words[self + BytesIoWord.Size] - from);
  const count = n < 0 ? rest : Math.min(n, rest);
  if (count === 0) return EMPTY;
  setDouble(rt, self + BytesIoWord.Pos, from + count);
  return contents(rt, self).slice(from, from + count);
}

/** A new object, or the one that holds all the contents and is shared. */
function read(rt: Runtime, self: Ref, size: Ref): Owned {
  requireOpen(rt, self);
  const n = sizeOr(rt, size, -1);
  const H = rt.words;
  const buf = H[self + BytesIoWord.Buf];
  const isAll = buf !== 0 && position(rt, self) === 0 && bytesData(rt, buf).length === H[self + BytesIoWord.Size];
  if (isAll && H[self + BytesIoWord.Size] > 1 && (n < 0 || n >= H[self + BytesIoWord.Size])) {
    setDouble(rt, self + BytesIoWord.Pos, H[self + BytesIoWord.Size]);
    return newRef(rt, buf);
  }
  return newBytes(rt, take(rt, self, n));
}

/** Bytes of the line at the position, `limit` at most (−1: no limit). */
function takeLine(rt: Runtime, self: Ref, limit: number): Uint8Array {
  const from = position(rt, self);
  const data = contents(rt, self);
  if (from >= data.length) return EMPTY;
  const end = data.indexOf(10, from);
  const length = (end < 0 ? data.length : end + 1) - from;
  return take(rt, self, limit < 0 ? length : Math.min(limit, length));
}

function readlines(rt: Runtime, self: Ref, size: Ref): Owned {
  requireOpen(rt, self);
  const limit = sizeOr(rt, size, 0);
  const list = temp(rt, newList(rt, 0));
  let total = 0;
  for (let line = takeLine(rt, self, -1); line.length > 0; line = takeLine(rt, self, -1)) {
    listAppendTake(rt, list, newBytes(rt, line));
    total += line.length;
    if (limit > 0 && total >= limit) break;
  }
  return newRef(rt, list);
}

function readinto(rt: Runtime, self: Ref, buffer: Ref): Owned {
  requireOpen(rt, self);
  const target = targetArgument(rt, buffer, 'readinto');
  const data = take(rt, self, target.length);
  target.set(data);
  return newInt(rt, data.length);
}

/** Source: CPython 3.12 write_bytes. */
function writeData(rt: Runtime, self: Ref, data: Ref): number {
  requireOpen(rt, self);
  refuseExported(rt, self);
  let bytes = bytesArgument(rt, data);
  if (bytes.length === 0) return 0;
  if (bytes.buffer === rt.buffer) bytes = bytes.slice();
  const H = rt.words;
  const from = position(rt, self);
  const end = from + bytes.length;
  if (H[self + BytesIoWord.Block] === 0 || end > H[self + BytesIoWord.Allocated])
    makeRoom(rt, self, Math.max(end, H[self + BytesIoWord.Size]));
  const all = new Uint8Array(rt.buffer, H[self + BytesIoWord.Block] * 4, H[self + BytesIoWord.Allocated]);
  if (from > H[self + BytesIoWord.Size]) all.fill(0, H[self + BytesIoWord.Size], from);
  all.set(bytes, from);
  setDouble(rt, self + BytesIoWord.Pos, end);
  if (end > H[self + BytesIoWord.Size]) H[self + BytesIoWord.Size] = end;
  return bytes.length;
}

function writelines(rt: Runtime, self: Ref, lines: Ref): Owned {
  requireOpen(rt, self);
  const it = temp(rt, iter(rt, lines));
  for (let line = iterNext(rt, it); line !== 0; line = iterNext(rt, it)) {
    const m = tempMark(rt);
    writeData(rt, self, temp(rt, line));
    releaseTemps(rt, m);
  }
  return none();
}

function seek(rt: Runtime, self: Ref, posArg: Ref, whenceArg: Ref): Owned {
  const pos = asSsize(rt, posArg);
  const whence = whenceArg === 0 ? 0 : asSsize(rt, whenceArg);
  requireOpen(rt, self);
  if (pos < 0 && whence === 0) valueError(rt, `negative seek value ${pos}`);
  if (whence < 0 || whence > 2) valueError(rt, `invalid whence (${whence}, should be 0, 1 or 2)`);
  const base = whence === 0 ? 0 : whence === 1 ? position(rt, self) : rt.words[self + BytesIoWord.Size];
  if (base > 0 && pos > MAX_SIZE - base) overflowError(rt, 'new position too large');
  setDouble(rt, self + BytesIoWord.Pos, Math.max(0, base + pos));
  return newInt(rt, position(rt, self));
}

function truncate(rt: Runtime, self: Ref, sizeArg: Ref): Owned {
  requireOpen(rt, self);
  refuseExported(rt, self);
  const size = sizeOr(rt, sizeArg, position(rt, self));
  if (size < 0) valueError(rt, `negative size value ${size}`);
  if (size < rt.words[self + BytesIoWord.Size]) {
    moveToBlock(rt, self, Math.max(size, 1), size);
  }
  return newInt(rt, size);
}

/** The contents as an object, which stays shared until something is written. */
function getValue(rt: Runtime, self: Ref): Owned {
  requireOpen(rt, self);
  const H = rt.words;
  const size = H[self + BytesIoWord.Size];
  const buf = H[self + BytesIoWord.Buf];
  if (size <= 1 || H[self + BytesIoWord.Exports] > 0) return newBytes(rt, contents(rt, self).slice());
  if (buf === 0 || bytesData(rt, buf).length !== size) {
    const value = newBytes(rt, contents(rt, self).slice());
    freeBlock(rt, self);
    setWord(rt, self + BytesIoWord.Buf, value);
  }
  return newRef(rt, H[self + BytesIoWord.Buf]);
}

/** An object that keeps the contents where they are, behind a memoryview. */
function getBuffer(rt: Runtime, self: Ref): Owned {
  requireOpen(rt, self);
  const H = rt.words;
  const size = H[self + BytesIoWord.Size];
  if (H[self + BytesIoWord.Block] === 0) moveToBlock(rt, self, Math.max(size, 1), size);
  const buffer = gcNew(rt, BYTES_IO_BUFFER);
  H[buffer + BytesIoBufferWord.Source] = newRef(rt, self);
  H[self + BytesIoWord.Exports]++;
  track(rt, buffer);
  temp(rt, buffer);
  return newMemoryview(rt, buffer, {
    format: 'B',
    itemsize: 1,
    shape: [size],
    strides: [1],
    offset: 0,
    readonly: false,
  });
}

function deallocBuffer(rt: Runtime, self: Ref): void {
  const H = rt.words;
  if (isTracked(rt, self)) untrack(rt, self);
  const source = H[self + BytesIoBufferWord.Source];
  if (source !== 0) H[source + BytesIoWord.Exports]--;
  clearWord(rt, self + BytesIoBufferWord.Source);
  freeObject(rt, self);
}

defineType({
  ref: BYTES_IO_BUFFER,
  name: '_io._BytesIOBuffer',
  heapType: 'immutable',
  basicSize: 24,
  words: BytesIoBufferWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  ownWords: true,
  traverse: [BytesIoBufferWord.Source],
  dealloc: deallocBuffer as HeapSlot,
});
defineBuffer(BYTES_IO_BUFFER, {
  data: (rt, o) => contents(rt, rt.words[o + BytesIoBufferWord.Source]),
  item: () => ({ format: 'B', itemsize: 1 }),
  exportsWord: BytesIoBufferWord.Exports,
  readonly: false,
});

function close(rt: Runtime, self: Ref): Owned {
  refuseExported(rt, self);
  release(rt, self);
  rt.words[self + BytesIoWord.Closed] = 1;
  return none();
}

function release(rt: Runtime, self: Ref): void {
  freeBlock(rt, self);
  rt.words[self + BytesIoWord.Size] = 0;
  clearWord(rt, self + BytesIoWord.Buf);
}

function init(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const [initial = 0] = parseArguments(rt, 'BytesIO', ['initial_bytes'], 0, args, kwargs);
  refuseExported(rt, self);
  const H = rt.words;
  release(rt, self);
  H[self + BytesIoWord.Closed] = 0;
  setDouble(rt, self + BytesIoWord.Pos, 0);
  if (initial === 0 || initial === S.None) return;
  if (H[initial + ObjectWord.Type] === T.bytes) {
    H[self + BytesIoWord.Size] = bytesData(rt, initial).length;
    setWord(rt, self + BytesIoWord.Buf, newRef(rt, initial));
    return;
  }
  writeData(rt, self, initial);
  setDouble(rt, self + BytesIoWord.Pos, 0);
}

function getState(rt: Runtime, self: Ref): Owned {
  const value = temp(rt, getValue(rt, self));
  const dict = rt.words[self + BytesIoWord.Dict];
  return tupleOf(rt, value, temp(rt, newInt(rt, position(rt, self))), dict === 0 ? S.None : dict);
}

/** Source: CPython 3.12 bytesio_setstate. */
function setState(rt: Runtime, self: Ref, state: Ref): Owned {
  const name = typeFullName(rt, rt.words[self + ObjectWord.Type]);
  if (!isTuple(rt, state) || tupleSize(rt, state) < 3)
    typeError(rt, `${name}.__setstate__ argument should be 3-tuple, got ${kindName(rt, state)}`);
  refuseExported(rt, self);
  const [value, pos, dict] = [tupleItem(rt, state, 0), tupleItem(rt, state, 1), tupleItem(rt, state, 2)];
  release(rt, self);
  setDouble(rt, self + BytesIoWord.Pos, 0);
  writeData(rt, self, value);
  setDouble(rt, self + BytesIoWord.Pos, readPosition(rt, pos));
  if (dict !== S.None) addAttributes(rt, self, dict);
  return none();
}

/** A position of a pickled stream. */
export function readPosition(rt: Runtime, pos: Ref): number {
  const value = asSsize(rt, pos);
  return value < 0 ? valueError(rt, 'position value cannot be negative') : value;
}

/** Adds the attributes of a pickled stream. */
export function addAttributes(rt: Runtime, self: Ref, dict: Ref): void {
  if (!isDict(rt, dict)) typeError(rt, `third item of state should be a dict, got a ${kindName(rt, dict)}`);
  const own = temp(rt, getAttrText(rt, self, '__dict__'));
  dictMerge(rt, own, dict, Override.Replace);
  dropTemp(rt, own);
}

function sizeof(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const buf = H[self + BytesIoWord.Buf];
  if (buf !== 0)
    return newInt(rt, BASIC_SIZE + (H[buf] > 1 || H[buf] < 0 ? 0 : BYTES_HEAD + bytesData(rt, buf).length));
  const room = H[self + BytesIoWord.Block] === 0 ? -1 : H[self + BytesIoWord.Allocated];
  return newInt(rt, BASIC_SIZE + (room < 0 ? 0 : BYTES_HEAD + room));
}

const BASIC_SIZE = 64;

/** A method that answers `value` while the stream is open. */
const says =
  (value: boolean): NativeFunction =>
  (rt, self) => {
    requireOpen(rt, self);
    return pyBool(value) as Owned;
  };

function nextLine(rt: Runtime, self: Ref): Owned | 0 {
  requireOpen(rt, self);
  const line = takeLine(rt, self, -1);
  return line.length === 0 ? 0 : newBytes(rt, line);
}

defineType({
  ref: BYTES_IO,
  name: '_io.BytesIO',
  heapType: 'immutable',
  base: BUFFERED_IO_BASE,
  basicSize: BASIC_SIZE,
  words: BytesIoWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  ownWords: true,
  traverse: [BytesIoWord.Dict],
  owned: [BytesIoWord.Buf],
  dealloc: streamDealloc(BytesIoWord.WeakList, [BytesIoWord.Buf, BytesIoWord.Dict], freeBlock, false),
  dictWord: BytesIoWord.Dict,
  weakListWord: BytesIoWord.WeakList,
  doc: "BytesIO(initial_bytes=b'')\n--\n\n" + 'Buffered I/O implementation using an in-memory bytes buffer.',
  slots: {
    new: (rt, type) => genericAlloc(rt, type),
    init,
    iter: (rt, self) => {
      requireOpen(rt, self);
      return identitySlot(rt, self);
    },
    iternext: nextLine,
  },
  methods: [
    native('readable($self, /)', says(true)),
    native('seekable($self, /)', says(true)),
    native('writable($self, /)', says(true)),
    native('close($self, /)', close),
    native('flush($self, /)', (rt, self) => {
      requireOpen(rt, self);
      return none();
    }),
    native('isatty($self, /)', says(false)),
    native('tell($self, /)', (rt, self) => {
      requireOpen(rt, self);
      return newInt(rt, position(rt, self));
    }),
    native('write($self, b, /)', (rt, self, data = 0) => newInt(rt, writeData(rt, self, data))),
    native('writelines($self, lines, /)', writelines),
    native('read1($self, size=-1, /)', read),
    native('readinto($self, buffer, /)', readinto),
    native('readline($self, size=-1, /)', (rt, self, size = 0) => {
      requireOpen(rt, self);
      return newBytes(rt, takeLine(rt, self, sizeOr(rt, size, -1)));
    }),
    native('readlines($self, size=None, /)', readlines),
    native('read($self, size=-1, /)', read),
    native('getbuffer($self, /)', getBuffer),
    native('getvalue($self, /)', getValue),
    native('seek($self, pos, whence=0, /)', seek),
    native('truncate($self, size=None, /)', truncate),
    native('__getstate__($self, /)', getState, { unsigned: true }),
    native('__setstate__($self, state, /)', setState, { unsigned: true }),
    native('__sizeof__($self, /)', sizeof, { unsigned: true }),
  ],
  getset: [getset('closed', (rt, self) => pyBool(rt.words[self + BytesIoWord.Closed] !== 0) as Owned)],
});
