/** Reading from a buffered stream. Source: CPython 3.12 Modules/_io/bufferedio.c. */
import type { Owned, Ref } from '@moult/heap';
import { none, typeError, valueError } from '../../../core/errors.ts';
import { newInt } from '../../../core/int.ts';
import { lookupAttrText } from '../../../core/protocol/index.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { S } from '../../../core/static.ts';
import { bytesData, newBytes } from '../../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark } from '../../../core/temps.ts';
import { isBytes } from '../../../core/types.ts';
import { fileReadAll } from '../file-io.ts';
import { BufferedFlag, BufferedWord } from '../layout.ts';
import { isReadable, openFd } from '../raw-file.ts';
import { callNamed, doubleAt, setDouble, sizeOr, targetArgument } from '../support.ts';
import { Ready, waitReady } from '../wait-ready.ts';
import { holdBytes } from '../../../objects/bytes/view.ts';
import { joinBytes } from '../../../text/join-bytes.ts';
import {
  blockData,
  checkClosed,
  exclusively,
  hasFlag,
  isPlainFile,
  isReading,
  rawRead,
  readAhead,
  requireRaw,
  resetRead,
} from './state.ts';
import { flushAndRewind } from './writing.ts';

/** Reads more into the block, behind what is there; −1 if nothing is there yet. @runsPython */
function fill(rt: Runtime, self: Ref): number {
  const H = rt.words;
  const start = isReading(rt, self) ? H[self + BufferedWord.ReadEnd] : 0;
  const n = rawRead(rt, self, H[self + BufferedWord.Size] - start, (data) => {
    blockData(rt, self).set(data, start);
  });
  if (n > 0) H[self + BufferedWord.ReadEnd] = H[self + BufferedWord.RawPos] = start + n;
  return n;
}

/** `n` bytes of what was read ahead, which must be there. */
function takeAhead(rt: Runtime, self: Ref, n: number): Uint8Array {
  const pos = rt.words[self + BufferedWord.Pos];
  rt.words[self + BufferedWord.Pos] = pos + n;
  return blockData(rt, self).slice(pos, pos + n);
}

function flushIfWritable(rt: Runtime, self: Ref): void {
  if (hasFlag(rt, self, BufferedFlag.Writable)) flushAndRewind(rt, self);
}

/** Waits for data of a file while other threads run, before the stream is in use: they may read it too. @runsPython */
function awaitData(rt: Runtime, self: Ref): void {
  const raw = rt.words[self + BufferedWord.Raw];
  if (readAhead(rt, self) === 0 && isPlainFile(rt, raw) && isReadable(rt, raw))
    waitReady(rt, openFd(rt, raw), Ready.Read);
}

/** `read(n)`: null where nothing is there yet. @runsPython */
export function readBytes(rt: Runtime, self: Ref, n: number): Uint8Array | null {
  if (n <= readAhead(rt, self)) return takeAhead(rt, self, n);
  return exclusively(rt, self, () => readGeneric(rt, self, n));
}

/** Source: CPython 3.12 _bufferedreader_read_generic. */
function readGeneric(rt: Runtime, self: Ref, n: number): Uint8Array | null {
  const H = rt.words;
  const parts: Uint8Array[] = [];
  let remaining = n;
  const ahead = readAhead(rt, self);
  if (ahead > 0) parts.push(takeAhead(rt, self, ahead));
  remaining -= ahead;
  flushIfWritable(rt, self);
  resetRead(rt, self);
  const ended = (count: number): Uint8Array | null => (count === 0 || parts.length > 0 ? joinBytes(parts) : null);
  const size = H[self + BufferedWord.Size];
  while (remaining >= size) {
    const count = rawRead(rt, self, remaining - (remaining % size), (data) => {
      parts.push(data.slice());
    });
    if (count <= 0) return ended(count);
    remaining -= count;
  }
  H[self + BufferedWord.Pos] = H[self + BufferedWord.RawPos] = H[self + BufferedWord.ReadEnd] = 0;
  while (remaining > 0 && H[self + BufferedWord.ReadEnd] < size) {
    const count = fill(rt, self);
    if (count <= 0) return ended(count);
    const taken = Math.min(remaining, count);
    parts.push(takeAhead(rt, self, taken));
    remaining -= taken;
  }
  return joinBytes(parts);
}

/** Everything that is left; null where nothing is there yet. @runsPython Source: CPython 3.12 _bufferedreader_read_all. */
function readAll(rt: Runtime, self: Ref): Uint8Array | null {
  const ahead = readAhead(rt, self);
  const parts = ahead > 0 ? [takeAhead(rt, self, ahead)] : [];
  flushIfWritable(rt, self);
  resetRead(rt, self);
  const raw = requireRaw(rt, self);
  const rest = isPlainFile(rt, raw) ? fileReadAll(rt, raw) : readAllBy(rt, raw);
  if (rest === null) return ahead > 0 ? joinBytes(parts) : null;
  const position = doubleAt(rt, self + BufferedWord.AbsPos);
  if (position !== -1) setDouble(rt, self + BufferedWord.AbsPos, position + rest.length);
  return joinBytes([...parts, rest]);
}

/** By the raw stream's `readall`, or its `read` over and over. */
function readAllBy(rt: Runtime, raw: Ref): Uint8Array | null {
  const m = tempMark(rt);
  const method = lookupAttrText(rt, raw, 'readall');
  if (method !== 0) {
    dropTemp(rt, temp(rt, method));
    const all = temp(rt, callNamed(rt, raw, 'readall'));
    if (all === S.None) return null;
    if (!isBytes(rt, all)) typeError(rt, 'readall() should return bytes');
    const data = bytesData(rt, all);
    releaseTemps(rt, m);
    return data;
  }
  const parts: Uint8Array[] = [];
  for (;;) {
    const part = temp(rt, callNamed(rt, raw, 'read'));
    if (part !== S.None && !isBytes(rt, part)) typeError(rt, 'read() should return bytes');
    if (part === S.None && parts.length === 0) return null;
    if (part === S.None || bytesData(rt, part).length === 0) break;
    parts.push(bytesData(rt, part));
    releaseTemps(rt, m);
  }
  return joinBytes(parts);
}

export function read(rt: Runtime, self: Ref, size: Ref): Owned {
  requireRaw(rt, self);
  const n = sizeOr(rt, size, -1);
  if (n < -1) valueError(rt, 'read length must be non-negative or -1');
  checkClosed(rt, self, 'read of closed file');
  if (n !== 0) awaitData(rt, self);
  const data = n === -1 ? exclusively(rt, self, () => readAll(rt, self)) : readBytes(rt, self, n);
  return data === null ? none() : newBytes(rt, data);
}

export function peek(rt: Runtime, self: Ref): Owned {
  requireRaw(rt, self);
  checkClosed(rt, self, 'peek of closed file');
  awaitData(rt, self);
  return newBytes(
    rt,
    exclusively(rt, self, () => {
      flushIfWritable(rt, self);
      const H = rt.words;
      const ahead = readAhead(rt, self);
      if (ahead > 0) return blockData(rt, self).slice(H[self + BufferedWord.Pos], H[self + BufferedWord.Pos] + ahead);
      resetRead(rt, self);
      const n = Math.max(0, fill(rt, self));
      H[self + BufferedWord.Pos] = 0;
      return blockData(rt, self).slice(0, n);
    }),
  );
}

/** Up to `n` bytes by one read of the raw stream at most; −1: as many as the block has room for. As in CPython 3.12, what is to
 *  be written is not flushed before. @runsPython */
export function readOnce(rt: Runtime, self: Ref, n: number): Uint8Array {
  checkClosed(rt, self, 'read of closed file');
  const wanted = n < 0 ? rt.words[self + BufferedWord.Size] : n;
  if (wanted === 0) return new Uint8Array(0);
  awaitData(rt, self);
  const ahead = readAhead(rt, self);
  if (ahead > 0) return takeAhead(rt, self, Math.min(ahead, wanted));
  return exclusively(rt, self, () => {
    resetRead(rt, self);
    let data: Uint8Array = new Uint8Array(0);
    rawRead(rt, self, wanted, (part) => {
      data = part.slice();
    });
    return data;
  });
}

export function read1(rt: Runtime, self: Ref, size: Ref): Owned {
  requireRaw(rt, self);
  const n = sizeOr(rt, size, -1);
  return newBytes(rt, readOnce(rt, self, n));
}

/** `readinto` and `readinto1` (`once`). Source: CPython 3.12 _buffered_readinto_generic. */
export function readInto(once: boolean) {
  return (rt: Runtime, self: Ref, buffer: Ref): Owned => {
    requireRaw(rt, self);
    targetArgument(rt, buffer, once ? 'readinto1' : 'readinto');
    checkClosed(rt, self, 'readinto of closed file');
    holdBytes(rt, buffer, 1);
    try {
      const count = readTo(rt, self, buffer, once);
      return count === null ? none() : newInt(rt, count);
    } finally {
      holdBytes(rt, buffer, -1);
    }
  };
}

function readTo(rt: Runtime, self: Ref, buffer: Ref, once: boolean): number | null {
  const target = targetArgument(rt, buffer, once ? 'readinto1' : 'readinto');
  if (target.length > 0) awaitData(rt, self);
  const has = readAhead(rt, self);
  const ahead = Math.min(has, target.length);
  if (ahead > 0) target.set(takeAhead(rt, self, ahead));
  return has > 0 && ahead === target.length
    ? ahead
    : exclusively(rt, self, () => readRest(rt, self, target, ahead, once));
}

function readRest(rt: Runtime, self: Ref, target: Uint8Array, start: number, once: boolean): number | null {
  flushIfWritable(rt, self);
  resetRead(rt, self);
  rt.words[self + BufferedWord.Pos] = 0;
  let written = start;
  while (written < target.length) {
    const remaining = target.length - written;
    let n = 0;
    if (remaining > rt.words[self + BufferedWord.Size]) {
      n = rawRead(rt, self, remaining, (data) => {
        target.set(data, written);
      });
    } else if (!once || written === 0) {
      n = fill(rt, self);
      if (n > 0) {
        n = Math.min(n, remaining);
        target.set(takeAhead(rt, self, n), written);
        written += n;
        continue;
      }
    }
    if (n === 0 || (n < 0 && written > 0)) break;
    if (n < 0) return null;
    written += n;
    if (once) break;
  }
  return written;
}

/** A line with its end, `limit` bytes at most (−1: no limit). @runsPython Source: CPython 3.12 _buffered_readline. */
export function readLineBytes(rt: Runtime, self: Ref, limit: number): Uint8Array {
  checkClosed(rt, self, 'readline of closed file');
  if (limit !== 0) awaitData(rt, self);
  const H = rt.words;
  const most = limit < 0 ? Infinity : limit;
  const ahead = Math.min(readAhead(rt, self), most);
  const pos = H[self + BufferedWord.Pos];
  const end =
    ahead === 0
      ? -1
      : blockData(rt, self)
          .subarray(pos, pos + ahead)
          .indexOf(10);
  if (end >= 0) return takeAhead(rt, self, end + 1);
  if (ahead === limit) return takeAhead(rt, self, ahead);
  return exclusively(rt, self, () => readLineSlow(rt, self, ahead, most));
}

function readLineSlow(rt: Runtime, self: Ref, ahead: number, most: number): Uint8Array {
  const parts = ahead > 0 ? [takeAhead(rt, self, ahead)] : [];
  let left = most - ahead;
  flushIfWritable(rt, self);
  while (left > 0) {
    resetRead(rt, self);
    const n = Math.min(fill(rt, self), left);
    rt.words[self + BufferedWord.Pos] = 0;
    if (n <= 0) break;
    const end = blockData(rt, self).subarray(0, n).indexOf(10);
    const part = takeAhead(rt, self, end < 0 ? n : end + 1);
    parts.push(part);
    left -= part.length;
    if (end >= 0) break;
  }
  return joinBytes(parts);
}

export function readline(rt: Runtime, self: Ref, size: Ref): Owned {
  requireRaw(rt, self);
  return newBytes(rt, readLineBytes(rt, self, sizeOr(rt, size, -1)));
}
