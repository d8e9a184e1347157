/** Writing to a buffered stream. Source: CPython 3.12 Modules/_io/bufferedio.c. */
import type { Owned, Ref } from '@moult/heap';
import { caught, clearException, mark, none, pendingMatches, raiseTake, rethrow } from '../../../core/errors.ts';
import { createExceptionFromTuple } from '../../../core/exceptions.ts';
import { newInt } from '../../../core/int.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { T } from '../../../core/static.ts';
import { newStr } from '../../../core/str.ts';
import { temp } from '../../../core/temps.ts';
import { tupleOf } from '../../../core/tuple.ts';
import { BufferedFlag, BufferedWord } from '../layout.ts';
import { bytesArgument, closedError } from '../support.ts';
import {
  adjustPosition,
  blockData,
  checkClosed,
  exclusively,
  hasFlag,
  isClosed,
  isReading,
  isWriting,
  rawOffset,
  rawSeek,
  rawWrite,
  requireRaw,
  resetRead,
  resetWrite,
} from './state.ts';

const EAGAIN = 11;

/** Raises BlockingIOError: `written` bytes were taken. */
function raiseBlocking(rt: Runtime, written: number): never {
  const text = temp(rt, newStr(rt, 'write could not complete without blocking'));
  const args = temp(rt, tupleOf(rt, temp(rt, newInt(rt, EAGAIN)), text, temp(rt, newInt(rt, written))));
  raiseTake(rt, createExceptionFromTuple(rt, T.BlockingIOError, args));
}

/** Writes what is to be written. Raises BlockingIOError where the raw stream takes no more. @runsPython
 *  Source: CPython 3.12 _bufferedwriter_flush_unlocked. */
export function flushWrites(rt: Runtime, self: Ref): void {
  const H = rt.words;
  if (isWriting(rt, self) && H[self + BufferedWord.WritePos] !== H[self + BufferedWord.WriteEnd]) {
    const rewind = rawOffset(rt, self) + H[self + BufferedWord.Pos] - H[self + BufferedWord.WritePos];
    if (rewind !== 0) {
      rawSeek(rt, self, -rewind, 1);
      H[self + BufferedWord.RawPos] -= rewind;
    }
    while (H[self + BufferedWord.WritePos] < H[self + BufferedWord.WriteEnd]) {
      const n = rawWrite(
        rt,
        self,
        blockData(rt, self).subarray(H[self + BufferedWord.WritePos], H[self + BufferedWord.WriteEnd]),
      );
      if (n === -1) raiseBlocking(rt, 0);
      H[self + BufferedWord.WritePos] += n;
      H[self + BufferedWord.RawPos] = H[self + BufferedWord.WritePos];
    }
  }
  resetWrite(rt, self);
}

/** Writes what is to be written and takes back what was read ahead: the raw stream is where the program is. @runsPython */
export function flushAndRewind(rt: Runtime, self: Ref): void {
  flushWrites(rt, self);
  if (!hasFlag(rt, self, BufferedFlag.Readable)) return;
  rawSeek(rt, self, -rawOffset(rt, self), 1);
  resetRead(rt, self);
}

export function flush(rt: Runtime, self: Ref): Owned {
  requireRaw(rt, self);
  checkClosed(rt, self, 'flush of closed file');
  exclusively(rt, self, () => {
    flushAndRewind(rt, self);
  });
  return none();
}

export function write(rt: Runtime, self: Ref, buffer: Ref): Owned {
  requireRaw(rt, self);
  const data = bytesArgument(rt, buffer);
  if (isClosed(rt, self)) closedError(rt, 'write to closed file');
  return newInt(
    rt,
    exclusively(rt, self, () => writeBytes(rt, self, data)),
  );
}

/** Takes the data into the block, or hands it on. Returns its length. @runsPython */
export function writeBytes(rt: Runtime, self: Ref, data: Uint8Array): number {
  const H = rt.words;
  if (!isReading(rt, self) && !isWriting(rt, self)) H[self + BufferedWord.Pos] = H[self + BufferedWord.RawPos] = 0;
  const size = H[self + BufferedWord.Size];
  const pos = H[self + BufferedWord.Pos];
  if (data.length <= size - pos && data.length < size) {
    blockData(rt, self).set(data, pos);
    if (!isWriting(rt, self) || H[self + BufferedWord.WritePos] > pos) H[self + BufferedWord.WritePos] = pos;
    adjustPosition(rt, self, pos + data.length);
    if (H[self + BufferedWord.WriteEnd] < H[self + BufferedWord.Pos])
      H[self + BufferedWord.WriteEnd] = H[self + BufferedWord.Pos];
    return data.length;
  }
  if (!flushOrShift(rt, self)) return fillShifted(rt, self, data);
  return writeThrough(rt, self, data);
}

/** False if the raw stream takes no more; then what is left begins at the start of the block. */
function flushOrShift(rt: Runtime, self: Ref): boolean {
  const H = rt.words;
  const m = mark(rt);
  try {
    flushWrites(rt, self);
    return true;
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.BlockingIOError)) rethrow();
  }
  if (hasFlag(rt, self, BufferedFlag.Readable)) resetRead(rt, self);
  const from = H[self + BufferedWord.WritePos];
  blockData(rt, self).copyWithin(0, from, H[self + BufferedWord.WriteEnd]);
  H[self + BufferedWord.WriteEnd] -= from;
  H[self + BufferedWord.RawPos] -= from;
  H[self + BufferedWord.Pos] -= from;
  H[self + BufferedWord.WritePos] = 0;
  return false;
}

/** Takes as much as the block has room for, after BlockingIOError, which is raised on unless all of it fits. */
function fillShifted(rt: Runtime, self: Ref, data: Uint8Array): number {
  const H = rt.words;
  const end = H[self + BufferedWord.WriteEnd];
  const n = Math.min(data.length, H[self + BufferedWord.Size] - end);
  blockData(rt, self).set(data.subarray(0, n), end);
  H[self + BufferedWord.WriteEnd] += n;
  H[self + BufferedWord.Pos] += n;
  if (n === data.length) {
    clearException(rt);
    return n;
  }
  clearException(rt);
  return raiseBlocking(rt, n);
}

/** Writes data that does not fit the (now empty) block, but for a last part that does. */
function writeThrough(rt: Runtime, self: Ref, data: Uint8Array): number {
  const H = rt.words;
  const size = H[self + BufferedWord.Size];
  const offset = rawOffset(rt, self);
  if (offset !== 0) {
    rawSeek(rt, self, -offset, 1);
    H[self + BufferedWord.RawPos] -= offset;
  }
  let written = 0;
  while (data.length - written > size) {
    const n = rawWrite(rt, self, data.subarray(written));
    if (n === -1) return keepBlocked(rt, self, data, written);
    written += n;
  }
  if (hasFlag(rt, self, BufferedFlag.Readable)) resetRead(rt, self);
  const rest = data.length - written;
  blockData(rt, self).set(data.subarray(written));
  H[self + BufferedWord.WritePos] = 0;
  H[self + BufferedWord.WriteEnd] = rest;
  adjustPosition(rt, self, rest);
  H[self + BufferedWord.RawPos] = 0;
  return data.length;
}

/** The raw stream takes no more, and the rest does not fit the block: it is filled. */
function keepBlocked(rt: Runtime, self: Ref, data: Uint8Array, written: number): never {
  const H = rt.words;
  const size = H[self + BufferedWord.Size];
  blockData(rt, self).set(data.subarray(written, written + size));
  H[self + BufferedWord.RawPos] = H[self + BufferedWord.WritePos] = 0;
  adjustPosition(rt, self, size);
  H[self + BufferedWord.WriteEnd] = size;
  raiseBlocking(rt, written + size);
}
