/**
 * What buffered streams know of themselves: the block of bytes, where the program and the raw stream are, and what of the block
 * was read or is to be written. Source: CPython 3.12 Modules/_io/bufferedio.c.
 */
import { allocMetered, freeMetered, genericAlloc, newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import {
  caught,
  clearException,
  mark,
  raise,
  runtimeError,
  typeError,
  valueError,
  raiseTake,
  takeException,
} from '../../../core/errors.ts';
import { isSafeInt, newInt, safeIntValue, bigIntValue } from '../../../core/int.ts';
import { createException } from '../../../core/exceptions.ts';
import { ExcWord } from '../../../core/layout/exceptions.ts';
import { hasIndex, index, reprText } from '../../../core/protocol/index.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { S, T } from '../../../core/static.ts';
import { newBytes, newStr } from '../../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../../core/temps.ts';
import { kindName } from '../../../core/types.ts';
import { newBytearray, bytearrayData } from '../../../objects/bytes/storage.ts';
import { newMemoryview } from '../../../objects/bytes/view.ts';
import { fileRead, fileSeek, fileWrite } from '../raw-file.ts';
import { BufferedFlag, BufferedWord, FileWord } from '../layout.ts';
import { attributeIsTrue, callNamed, closedError, doubleAt, setDouble } from '../support.ts';
import { FILE_IO } from '../types.ts';

/** A buffered stream that `__init__` was not called for. */
export function newBuffered(rt: Runtime, type: Ref): Owned {
  const self = genericAlloc(rt, type);
  const H = rt.words;
  H[self + BufferedWord.ReadEnd] = H[self + BufferedWord.WriteEnd] = -1;
  return self;
}

export function hasFlag(rt: Runtime, self: Ref, flag: BufferedFlag): boolean {
  return (rt.words[self + BufferedWord.Flags] & flag) !== 0;
}

/** Sets the stream up over `raw`. Source: CPython 3.12 _buffered_init. @runsPython */
export function initBuffered(rt: Runtime, self: Ref, raw: Ref, size: number, can: number, exactType: Ref): void {
  const H = rt.words;
  if (size <= 0) valueError(rt, 'buffer size must be strictly positive');
  setWord(rt, self + BufferedWord.Raw, newRef(rt, raw));
  H[self + BufferedWord.Flags] = can;
  H[self + BufferedWord.ReadEnd] = H[self + BufferedWord.WriteEnd] = -1;
  H[self + BufferedWord.WritePos] =
    H[self + BufferedWord.Pos] =
    H[self + BufferedWord.RawPos] =
    H[self + BufferedWord.Busy] =
      0;
  freeBlock(rt, self);
  H[self + BufferedWord.Block] = allocMetered(rt, (size + 3) >> 2, size);
  H[self + BufferedWord.Size] = size;
  setDouble(rt, self + BufferedWord.AbsPos, -1);
  learnPosition(rt, self);
  const fast = H[self + ObjectWord.Type] === exactType && H[raw + ObjectWord.Type] === FILE_IO;
  H[self + BufferedWord.Flags] |= BufferedFlag.Ok | (fast ? BufferedFlag.FastClosed : 0);
}

/** Raw streams that do not know where they are are used all the same. */
function learnPosition(rt: Runtime, self: Ref): void {
  const m = mark(rt);
  try {
    rawTell(rt, self);
  } catch (error) {
    caught(rt, error, m);
    clearException(rt);
  }
}

/** Gives the block back. */
export function freeBlock(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const block = H[self + BufferedWord.Block];
  if (block === 0) return;
  const size = H[self + BufferedWord.Size];
  H[self + BufferedWord.Block] = 0;
  freeMetered(rt, block, (size + 3) >> 2, size);
}

/** The bytes of the block; valid until it is freed. */
export function blockData(rt: Runtime, self: Ref): Uint8Array {
  const H = rt.words;
  return new Uint8Array(rt.buffer, H[self + BufferedWord.Block] * 4, H[self + BufferedWord.Size]);
}

/** The raw stream, borrowed. Raises ValueError if the stream was never set up or was detached. */
export function requireRaw(rt: Runtime, self: Ref): Ref {
  const flags = rt.words[self + BufferedWord.Flags];
  if ((flags & BufferedFlag.Ok) === 0) {
    valueError(
      rt,
      (flags & BufferedFlag.Detached) !== 0 ? 'raw stream has been detached' : 'I/O operation on uninitialized object',
    );
  }
  return rt.words[self + BufferedWord.Raw];
}

/** Whether the raw stream is exactly a FileIO: then it is used without its methods. */
export function isPlainFile(rt: Runtime, raw: Ref): boolean {
  return rt.words[raw + ObjectWord.Type] === FILE_IO;
}

/** @runsPython */
export function isClosed(rt: Runtime, self: Ref): boolean {
  const H = rt.words;
  if (H[self + BufferedWord.Block] === 0) return true;
  const raw = H[self + BufferedWord.Raw];
  if (hasFlag(rt, self, BufferedFlag.FastClosed)) return H[raw + FileWord.Fd] < 0;
  return attributeIsTrue(rt, raw, 'closed');
}

/** Raises ValueError if the stream is closed and nothing is left in the block. @runsPython */
export function checkClosed(rt: Runtime, self: Ref, message: string): void {
  if (isClosed(rt, self) && readAhead(rt, self) === 0) closedError(rt, message);
}

export function isReading(rt: Runtime, self: Ref): boolean {
  return hasFlag(rt, self, BufferedFlag.Readable) && rt.words[self + BufferedWord.ReadEnd] !== -1;
}

export function isWriting(rt: Runtime, self: Ref): boolean {
  return hasFlag(rt, self, BufferedFlag.Writable) && rt.words[self + BufferedWord.WriteEnd] !== -1;
}

/** Bytes that were read from the raw stream and not by the program. */
export function readAhead(rt: Runtime, self: Ref): number {
  return isReading(rt, self) ? rt.words[self + BufferedWord.ReadEnd] - rt.words[self + BufferedWord.Pos] : 0;
}

/** How far the raw stream is ahead of the program. */
export function rawOffset(rt: Runtime, self: Ref): number {
  const H = rt.words;
  const known = (isReading(rt, self) || isWriting(rt, self)) && H[self + BufferedWord.RawPos] >= 0;
  return known ? H[self + BufferedWord.RawPos] - H[self + BufferedWord.Pos] : 0;
}

/** Moves the program's place in the block; what lies behind it was read. */
export function adjustPosition(rt: Runtime, self: Ref, pos: number): void {
  const H = rt.words;
  H[self + BufferedWord.Pos] = pos;
  if (isReading(rt, self) && H[self + BufferedWord.ReadEnd] < pos) H[self + BufferedWord.ReadEnd] = pos;
}

export function resetRead(rt: Runtime, self: Ref): void {
  rt.words[self + BufferedWord.ReadEnd] = -1;
}

export function resetWrite(rt: Runtime, self: Ref): void {
  rt.words[self + BufferedWord.WritePos] = 0;
  rt.words[self + BufferedWord.WriteEnd] = -1;
}

function absPos(rt: Runtime, self: Ref): number {
  return doubleAt(rt, self + BufferedWord.AbsPos);
}

/** A position that a raw stream has returned. */
function positionOf(rt: Runtime, o: Ref, action: string): number {
  if (!hasIndex(rt, o)) typeError(rt, `'${kindName(rt, o)}' object cannot be interpreted as an integer`);
  const i = temp(rt, index(rt, o));
  const value = isSafeInt(rt, i) ? safeIntValue(rt, i) : Number(bigIntValue(rt, i));
  if (value < 0) raise(rt, T.OSError, `Raw stream returned invalid position ${value}`);
  if (value >= 2 ** 63) raise(rt, T.ValueError, `${action} out of range`);
  return value;
}

/** Asks the raw stream where it is. @runsPython */
export function rawTell(rt: Runtime, self: Ref): number {
  const raw = rt.words[self + BufferedWord.Raw];
  const position = isPlainFile(rt, raw) ? fileSeek(rt, raw, 0, 1) : askPosition(rt, raw, 'tell');
  setDouble(rt, self + BufferedWord.AbsPos, position);
  return position;
}

/** Where the raw stream is, asked only if it is not known. */
export function knownTell(rt: Runtime, self: Ref): number {
  const position = absPos(rt, self);
  return position === -1 ? rawTell(rt, self) : position;
}

function askPosition(rt: Runtime, raw: Ref, method: string, ...args: Ref[]): number {
  const m = tempMark(rt);
  const position = positionOf(rt, temp(rt, callNamed(rt, raw, method, ...args)), method);
  releaseTemps(rt, m);
  return position;
}

/** @runsPython */
export function rawSeek(rt: Runtime, self: Ref, target: number, whence: number): number {
  const raw = rt.words[self + BufferedWord.Raw];
  const m = tempMark(rt);
  const position = isPlainFile(rt, raw)
    ? fileSeek(rt, raw, target, whence)
    : askPosition(rt, raw, 'seek', temp(rt, newInt(rt, target)), temp(rt, newInt(rt, whence)));
  releaseTemps(rt, m);
  setDouble(rt, self + BufferedWord.AbsPos, position);
  return position;
}

/** Runs `action` while the stream is in use: calls from within it are refused. @runsPython */
export function exclusively<R>(rt: Runtime, self: Ref, action: () => R): R {
  const H = rt.words;
  if (H[self + BufferedWord.Busy] !== 0) runtimeError(rt, `reentrant call inside ${reprText(rt, self)}`);
  H[self + BufferedWord.Busy] = 1;
  try {
    return action();
  } finally {
    H[self + BufferedWord.Busy] = 0;
  }
}

const BYTES_VIEW = { format: 'B', itemsize: 1, strides: [1], offset: 0 };

/** Reads up to `target.length` bytes; −1 if nothing is there yet. `target` must not move meanwhile. @runsPython
 *  Source: CPython 3.12 _bufferedreader_raw_read. */
export function rawRead(rt: Runtime, self: Ref, length: number, take: (data: Uint8Array) => void): number {
  const raw = rt.words[self + BufferedWord.Raw];
  if (isPlainFile(rt, raw)) {
    const data = fileRead(rt, raw, length);
    if (data === null) return -1;
    take(data);
    advance(rt, self, data.length);
    return data.length;
  }
  const m = tempMark(rt);
  const buffer = temp(rt, newBytearray(rt, new Uint8Array(length)));
  const view = temp(rt, newMemoryview(rt, buffer, { ...BYTES_VIEW, shape: [length], readonly: false }));
  const result = temp(rt, callNamed(rt, raw, 'readinto', view));
  if (result === S.None) {
    releaseTemps(rt, m);
    return -1;
  }
  const count = countOf(rt, result);
  if (count < 0 || count > length)
    raise(rt, T.OSError, `raw readinto() returned invalid length ${count} (should have been between 0 and ${length})`);
  take(bytearrayData(rt, buffer).subarray(0, count));
  releaseTemps(rt, m);
  advance(rt, self, count);
  return count;
}

/** The count that a raw stream has returned; what is none is the cause of an OSError. */
function countOf(rt: Runtime, o: Ref): number {
  const m = mark(rt);
  try {
    const i = temp(rt, index(rt, o));
    return isSafeInt(rt, i) ? safeIntValue(rt, i) : Infinity;
  } catch (error) {
    caught(rt, error, m);
    const cause = temp(rt, takeException(rt));
    const failure = createException(rt, T.OSError, newStr(rt, 'raw readinto() failed'));
    setWord(rt, failure + ExcWord.Cause, newRef(rt, cause));
    setWord(rt, failure + ExcWord.Context, newRef(rt, cause));
    rt.words[failure + ExcWord.SuppressContext] = 1;
    return raiseTake(rt, failure);
  }
}

function advance(rt: Runtime, self: Ref, count: number): void {
  const position = absPos(rt, self);
  if (count > 0 && position !== -1) setDouble(rt, self + BufferedWord.AbsPos, position + count);
}

/** Writes; −1 if nothing can be taken now. @runsPython Source: CPython 3.12 _bufferedwriter_raw_write. */
export function rawWrite(rt: Runtime, self: Ref, data: Uint8Array): number {
  const raw = rt.words[self + BufferedWord.Raw];
  if (isPlainFile(rt, raw)) {
    const count = fileWrite(rt, raw, data) ?? -1;
    advance(rt, self, count);
    return count;
  }
  const m = tempMark(rt);
  const copy = temp(rt, newBytes(rt, data.slice()));
  const view = temp(rt, newMemoryview(rt, copy, { ...BYTES_VIEW, shape: [data.length], readonly: true }));
  const result = temp(rt, callNamed(rt, raw, 'write', view));
  if (result === S.None) {
    releaseTemps(rt, m);
    return -1;
  }
  const i = temp(rt, index(rt, result));
  const count = isSafeInt(rt, i) ? safeIntValue(rt, i) : Infinity;
  if (count < 0 || count > data.length)
    raise(
      rt,
      T.OSError,
      `raw write() returned invalid length ${count} (should have been between 0 and ${data.length})`,
    );
  releaseTemps(rt, m);
  advance(rt, self, count);
  return count;
}
