/** Reading text. Source: CPython 3.12 Modules/_io/textio.c. */
import { ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raise } from '../../../core/errors.ts';
import { newInt } from '../../../core/int.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { T } from '../../../core/static.ts';
import { codePointLength, newStr, strLength } from '../../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark, untemp } from '../../../core/temps.ts';
import { isStr, kindName } from '../../../core/types.ts';
import { joinBytes } from '../../../text/join-bytes.ts';
import { isClosed as isBufferClosed, requireRaw } from '../buffered/state.ts';
import { readOnce } from '../buffered/reading.ts';
import { TextFlag, TextWord } from '../layout.ts';
import { afterCharacters, lineEnd } from '../newlines.ts';
import { callNamed, closedError, doubleAt, setDouble, sizeOr } from '../support.ts';
import { BUFFERED_READER, TEXT_WRAPPER } from '../types.ts';
import { bytesFromBuffer, decodeChunk, decoderState } from './codec.ts';
import {
  decodedText,
  hasFlag,
  readEnd,
  requireOpen,
  requireReadable,
  setDecoded,
  setFlag,
  setSnapshot,
} from './state.ts';
import { flushPending } from './writing.ts';

/** Reads from the buffer once: `read1` where it has that. @runsPython */
function readBuffer(rt: Runtime, self: Ref, n: number): Uint8Array {
  const buffer = rt.words[self + TextWord.Buffer];
  if (rt.words[buffer + ObjectWord.Type] === BUFFERED_READER) {
    requireRaw(rt, buffer);
    if (isBufferClosed(rt, buffer)) closedError(rt, 'read of closed file');
    return readOnce(rt, buffer, n);
  }
  const m = tempMark(rt);
  const method = hasFlag(rt, self, TextFlag.HasRead1) ? 'read1' : 'read';
  const data = temp(rt, callNamed(rt, buffer, method, temp(rt, newInt(rt, n))));
  const bytes = bytesFromBuffer(rt, data, method).slice();
  releaseTemps(rt, m);
  return bytes;
}

/** Reads and decodes a chunk; the decoded text before it must be used up. False at the end. @runsPython
 *  Source: CPython 3.12 textiowrapper_read_chunk. */
function readChunk(rt: Runtime, self: Ref, hint: number): boolean {
  requireReadable(rt, self);
  const telling = hasFlag(rt, self, TextFlag.Telling);
  const state = telling ? decoderState(rt, self) : null;
  const ratio = doubleAt(rt, self + TextWord.Ratio);
  const wanted = hint > 0 ? Math.floor(Math.max(ratio, 1) * hint) : hint;
  const input = readBuffer(rt, self, Math.max(rt.words[self + TextWord.ChunkSize], Math.min(wanted, 0x7ffffff)));
  const atEnd = input.length === 0;
  const text = decodeChunk(rt, self, input, atEnd);
  setDecoded(rt, self, text);
  setDouble(rt, self + TextWord.Ratio, text.length > 0 ? input.length / text.length : 0);
  if (state !== null)
    setSnapshot(rt, self, { flags: state[1], input: state[0].length === 0 ? input : joinBytes([state[0], input]) });
  return !atEnd || text.length > 0;
}

/** What is left of the decoded text, or its first `n` characters (−1: all); takes it. */
function takeDecoded(rt: Runtime, self: Ref, n: number): string {
  const text = decodedText(rt, self);
  const used = rt.words[self + TextWord.DecodedUsed];
  const end = n < 0 ? text.length : afterCharacters(text, used, n);
  rt.words[self + TextWord.DecodedUsed] = end;
  return used === 0 && end === text.length ? text : text.slice(used, end);
}

/** Source: CPython 3.12 _io_TextIOWrapper_read_impl. */
export function read(rt: Runtime, self: Ref, size: Ref): Owned {
  const buffer = requireOpen(rt, self);
  const n = sizeOr(rt, size, -1);
  requireReadable(rt, self);
  flushPending(rt, self);
  return newStr(rt, n < 0 ? readAll(rt, self, buffer) : readSome(rt, self, n));
}

function readAll(rt: Runtime, self: Ref, buffer: Ref): string {
  const m = tempMark(rt);
  const data = temp(rt, callNamed(rt, buffer, 'read'));
  const rest = decodeChunk(rt, self, bytesFromBuffer(rt, data, 'read'), true);
  releaseTemps(rt, m);
  const text = takeDecoded(rt, self, -1) + rest;
  setDecoded(rt, self, '');
  setSnapshot(rt, self, null);
  return text;
}

function readSome(rt: Runtime, self: Ref, n: number): string {
  let text = takeDecoded(rt, self, n);
  let left = n - codePointLength(text);
  while (left > 0) {
    if (!readChunk(rt, self, left)) break;
    const part = takeDecoded(rt, self, left);
    text += part;
    left -= codePointLength(part);
  }
  return text;
}

/** A line with its end, `limit` characters at most (−1: no limit). @runsPython Source: CPython 3.12 _textiowrapper_readline. */
export function readLine(rt: Runtime, self: Ref, limit: number): string {
  const end = readEnd(rt, self);
  let line = '';
  let searched = 0;
  for (;;) {
    const used = rt.words[self + TextWord.DecodedUsed];
    const decoded = decodedText(rt, self);
    if (used < decoded.length) {
      const all = line === '' ? decoded : line + decoded.slice(used);
      const base = line === '' ? used : 0;
      const found = lineEnd(all, base + searched, end);
      const most = limit < 0 ? Infinity : afterCharacters(all, base, limit);
      const stop = Math.min(found < 0 ? Infinity : found, most);
      if (stop <= all.length) {
        rt.words[self + TextWord.DecodedUsed] = line === '' ? stop : used + stop - line.length;
        return all.slice(base, stop);
      }
      line = all.slice(base);
      searched = Math.max(0, line.length - (end === null ? 1 : end.length - 1));
      setDecoded(rt, self, '');
    }
    if (line !== '' && limit >= 0 && codePointLength(line) >= limit) return line;
    if (!readChunk(rt, self, 0)) {
      setDecoded(rt, self, '');
      setSnapshot(rt, self, null);
      return line;
    }
  }
}

export function readline(rt: Runtime, self: Ref, size: Ref): Owned {
  requireOpen(rt, self);
  const limit = sizeOr(rt, size, -1);
  requireReadable(rt, self);
  flushPending(rt, self);
  return newStr(rt, readLine(rt, self, limit));
}

/** `next(stream)`: `tell` is not possible meanwhile. A subclass's `readline` is called. */
export function nextLine(rt: Runtime, self: Ref): Owned | 0 {
  requireOpen(rt, self);
  setFlag(rt, self, TextFlag.Telling, false);
  if (rt.words[self + ObjectWord.Type] === TEXT_WRAPPER) {
    requireReadable(rt, self);
    flushPending(rt, self);
    const line = readLine(rt, self, -1);
    if (line !== '') return newStr(rt, line);
  } else {
    const line = temp(rt, callNamed(rt, self, 'readline'));
    if (!isStr(rt, line))
      raise(rt, T.OSError, `readline() should have returned a str object, not '${kindName(rt, line)}'`);
    if (strLength(rt, line) > 0) return untemp(rt, line);
    dropTemp(rt, line);
  }
  setSnapshot(rt, self, null);
  setFlag(rt, self, TextFlag.Telling, hasFlag(rt, self, TextFlag.Seekable));
  return 0;
}
