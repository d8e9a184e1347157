/**
 * `seek` and `tell` of text streams. A position is an opaque number (a cookie) of five parts: where the buffer is to be set, the
 * decoder's flags there, how many bytes to give it then, how many characters of what it makes are to be left out, and whether it
 * is to be told that the file ends. Source: CPython 3.12 Modules/_io/textio.c.
 */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raise, typeError, valueError } from '../../../core/errors.ts';
import { bigIntValue, newBigInt, newInt } from '../../../core/int.ts';
import { index, reprText } from '../../../core/protocol/index.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { S, T } from '../../../core/static.ts';
import { codePointLength } from '../../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../../core/temps.ts';
import { isBytes, kindName } from '../../../core/types.ts';
import { bytesData } from '../../../core/str.ts';
import { TextFlag, TextWord } from '../layout.ts';
import { afterCharacters } from '../newlines.ts';
import { callNamed, doubleAt, sizeOr, tells, unsupported } from '../support.ts';
import { canEncode, decodeChunk, decoderState, resetDecoder, resetEncoder, setDecoderState } from './codec.ts';
import { decodedText, hasFlag, requireOpen, setDecoded, setSnapshot, snapshotOf } from './state.ts';
import type { Snapshot } from './state.ts';
import { flushPending } from './writing.ts';

interface Cookie {
  startPos: bigint;
  flags: bigint;
  bytesToFeed: number;
  charsToSkip: number;
  needEof: boolean;
}

const WORD = 32n;
const MASK = 0xffffffffn;

function packCookie(c: Cookie): bigint {
  const feed = BigInt(c.bytesToFeed) << (3n * WORD);
  const skip = BigInt(c.charsToSkip) << (4n * WORD);
  return c.startPos | (c.flags << (2n * WORD)) | feed | skip | ((c.needEof ? 1n : 0n) << (5n * WORD));
}

function unpackCookie(n: bigint): Cookie {
  return {
    startPos: n & ((1n << (2n * WORD)) - 1n),
    flags: (n >> (2n * WORD)) & MASK,
    bytesToFeed: Number((n >> (3n * WORD)) & MASK),
    charsToSkip: Number((n >> (4n * WORD)) & MASK),
    needEof: ((n >> (5n * WORD)) & 1n) === 1n,
  };
}

function integer(rt: Runtime, o: Ref): bigint {
  const m = tempMark(rt);
  const value = bigIntValue(rt, temp(rt, index(rt, o)));
  releaseTemps(rt, m);
  return value;
}

/** Source: CPython 3.12 _io_TextIOWrapper_tell_impl. */
export function tell(rt: Runtime, self: Ref): Owned {
  const buffer = requireOpen(rt, self);
  if (!hasFlag(rt, self, TextFlag.Seekable)) unsupported(rt, 'underlying stream is not seekable');
  if (!hasFlag(rt, self, TextFlag.Telling)) raise(rt, T.OSError, 'telling position disabled by next() call');
  flushPending(rt, self);
  tells(rt, self, 'flush');
  const position = temp(rt, callNamed(rt, buffer, 'tell'));
  const snapshot = snapshotOf(rt, self);
  if (!hasFlag(rt, self, TextFlag.CanRead) || snapshot === null) return newRef(rt, position);
  const start = integer(rt, position) - BigInt(snapshot.input.length);
  const skip = codePointLength(decodedText(rt, self).slice(0, rt.words[self + TextWord.DecodedUsed]));
  const cookie: Cookie = { startPos: start, flags: snapshot.flags, bytesToFeed: 0, charsToSkip: 0, needEof: false };
  if (skip > 0) rebuild(rt, self, cookie, snapshot, skip);
  return newBigInt(rt, packCookie(cookie));
}

/** Finds how the decoder gets to the program's place again; its state is kept. */
function rebuild(rt: Runtime, self: Ref, cookie: Cookie, snapshot: Snapshot, skip: number): void {
  const [savedInput, savedFlags] = decoderState(rt, self);
  try {
    const left = findSafePoint(rt, self, cookie, snapshot, skip);
    if (left > 0) feedBytes(rt, self, cookie, snapshot.input.subarray(cookie.bytesToFeed), left);
    else cookie.bytesToFeed = 0;
  } finally {
    setDecoderState(rt, self, savedInput, savedFlags);
  }
}

/** Guesses, by the last ratio of bytes to characters, a place at which the decoder keeps nothing. Sets `bytesToFeed` to its distance
 *  from the snapshot; returns the characters that are left to skip there. */
function findSafePoint(rt: Runtime, self: Ref, cookie: Cookie, { input, flags }: Snapshot, skip: number): number {
  let bytes = Math.min(input.length, Math.floor(doubleAt(rt, self + TextWord.Ratio) * skip));
  let left = skip;
  for (let back = 1; bytes > 0;) {
    restore(rt, self, cookie.startPos, flags);
    const decoded = codePointLength(decodeChunk(rt, self, input.subarray(0, bytes), false));
    if (decoded <= left) {
      const [keeps, now] = decoderState(rt, self);
      if (keeps.length === 0) {
        cookie.flags = now;
        left -= decoded;
        break;
      }
      bytes -= keeps.length;
      back = 1;
    } else {
      bytes -= back;
      back *= 2;
    }
  }
  if (bytes <= 0) {
    bytes = 0;
    restore(rt, self, cookie.startPos, flags);
  }
  cookie.startPos += BigInt(bytes);
  cookie.charsToSkip = left;
  cookie.bytesToFeed = bytes;
  return left;
}

/** Gives the decoder byte after byte until it has made what is to be skipped; notes each place where it keeps nothing. */
function feedBytes(rt: Runtime, self: Ref, cookie: Cookie, input: Uint8Array, skip: number): void {
  let left = skip;
  let decoded = 0;
  let fed = 0;
  for (let i = 0; i < input.length; i++) {
    decoded += codePointLength(decodeChunk(rt, self, input.subarray(i, i + 1), false));
    fed++;
    const [keeps, flags] = decoderState(rt, self);
    if (keeps.length === 0 && decoded <= left) {
      cookie.startPos += BigInt(fed);
      left -= decoded;
      cookie.flags = flags;
      fed = decoded = 0;
    }
    if (decoded >= left) {
      cookie.bytesToFeed = fed;
      cookie.charsToSkip = left;
      return;
    }
  }
  decoded += codePointLength(decodeChunk(rt, self, new Uint8Array(0), true));
  cookie.needEof = true;
  if (decoded < left) raise(rt, T.OSError, "can't reconstruct logical file position");
  cookie.bytesToFeed = fed;
  cookie.charsToSkip = left;
}

/** Sets the decoder as it was at a place without pending input. */
function restore(rt: Runtime, self: Ref, startPos: bigint, flags: bigint): void {
  if (startPos === 0n && flags === 0n) resetDecoder(rt, self);
  else setDecoderState(rt, self, new Uint8Array(0), flags);
}

/** Source: CPython 3.12 _io_TextIOWrapper_seek_impl. */
export function seek(rt: Runtime, self: Ref, cookieArg: Ref, whenceArg: Ref): Owned {
  const buffer = requireOpen(rt, self);
  const whence = whenceArg === 0 ? 0 : sizeOr(rt, whenceArg, 0);
  if (!hasFlag(rt, self, TextFlag.Seekable)) unsupported(rt, 'underlying stream is not seekable');
  let target = cookieArg;
  if (whence === 1) {
    if (integer(rt, cookieArg) !== 0n) unsupported(rt, "can't do nonzero cur-relative seeks");
    target = temp(rt, callNamed(rt, self, 'tell'));
  } else if (whence === 2) {
    if (integer(rt, cookieArg) !== 0n) unsupported(rt, "can't do nonzero end-relative seeks");
    return seekToEnd(rt, self, buffer);
  } else if (whence !== 0) valueError(rt, `invalid whence (${whence}, should be 0, 1 or 2)`);
  const value = integer(rt, target);
  if (value < 0n) valueError(rt, `negative seek position ${reprText(rt, target)}`);
  tells(rt, self, 'flush');
  const cookie = unpackCookie(value);
  tells(rt, buffer, 'seek', temp(rt, newBigInt(rt, cookie.startPos)));
  setDecoded(rt, self, '');
  setSnapshot(rt, self, null);
  if (hasFlag(rt, self, TextFlag.CanRead)) restore(rt, self, cookie.startPos, cookie.flags);
  if (cookie.charsToSkip > 0) skipCharacters(rt, self, buffer, cookie);
  else setSnapshot(rt, self, { flags: cookie.flags, input: new Uint8Array(0) });
  if (canEncode(rt, self)) resetEncoder(rt, self, cookie.startPos === 0n && cookie.flags === 0n);
  return newRef(rt, target);
}

function seekToEnd(rt: Runtime, self: Ref, buffer: Ref): Owned {
  tells(rt, self, 'flush');
  setDecoded(rt, self, '');
  setSnapshot(rt, self, null);
  if (hasFlag(rt, self, TextFlag.CanRead)) resetDecoder(rt, self);
  const position = temp(rt, callNamed(rt, buffer, 'seek', temp(rt, newInt(rt, 0)), temp(rt, newInt(rt, 2))));
  if (canEncode(rt, self)) resetEncoder(rt, self, integer(rt, position) === 0n);
  return newRef(rt, position);
}

/** Gives the decoder what the cookie says, and leaves out the first characters that it makes. */
function skipCharacters(rt: Runtime, self: Ref, buffer: Ref, cookie: Cookie): void {
  const data = temp(rt, callNamed(rt, buffer, 'read', temp(rt, newInt(rt, cookie.bytesToFeed))));
  if (!isBytes(rt, data))
    typeError(rt, `underlying read() should have returned a bytes object, not '${kindName(rt, data)}'`);
  const input = bytesData(rt, data);
  setSnapshot(rt, self, { flags: cookie.flags, input });
  const text = decodeChunk(rt, self, input, cookie.needEof);
  setDecoded(rt, self, text);
  if (codePointLength(text) < cookie.charsToSkip) raise(rt, T.OSError, "can't restore logical file position");
  rt.words[self + TextWord.DecodedUsed] = afterCharacters(text, 0, cookie.charsToSkip);
}

export function truncate(rt: Runtime, self: Ref, pos: Ref): Owned {
  const buffer = requireOpen(rt, self);
  tells(rt, self, 'flush');
  return callNamed(rt, buffer, 'truncate', pos === 0 ? S.None : pos);
}
