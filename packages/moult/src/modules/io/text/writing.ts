/** Writing text. What is written waits as it came (a str, or bytes of it) until there is enough of it, or somebody flushes. */
import { newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, typeError } from '../../../core/errors.ts';
import { newInt } from '../../../core/int.ts';
import { StrState } from '../../../core/layout/text.ts';
import { listAppendTake, listItem, listLength, listOf } from '../../../core/list.ts';
import type { Runtime } from '../../../core/runtime.ts';
import { bytesData, newBytes, newStr, strKind, strLength, strText } from '../../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../../core/temps.ts';
import { argumentName, isList, isStr } from '../../../core/types.ts';
import { joinBytes } from '../../../text/join-bytes.ts';
import { exclusively } from '../buffered/state.ts';
import { flush as flushBuffered, writeBytes } from '../buffered/writing.ts';
import { BufferedWord, TextFlag, TextWord, WriteNl } from '../layout.ts';
import { tells, unsupported } from '../support.ts';
import { BUFFERED_WRITER } from '../types.ts';
import { canEncode, encodeForPending, resetDecoder } from './codec.ts';
import { hasFlag, requireOpen, setDecoded, setFlag, setSnapshot } from './state.ts';

const LINE_ENDS: readonly string[] = ['\n', '\r\n', '\r'];
const encoder = new TextEncoder();

/** Source: CPython 3.12 _io_TextIOWrapper_write_impl. */
export function write(rt: Runtime, self: Ref, text: Ref): Owned {
  if (!isStr(rt, text)) typeError(rt, `write() argument must be str, not ${argumentName(rt, text)}`);
  requireOpen(rt, self);
  writeText(rt, self, text);
  return newInt(rt, strLength(rt, text));
}

/** Writes a str to a stream that is open. @runsPython */
export function writeText(rt: Runtime, self: Ref, given: Ref): void {
  if (!canEncode(rt, self)) unsupported(rt, 'not writable');
  const H = rt.words;
  const m = tempMark(rt);
  const newline = H[self + TextWord.WriteNl];
  const translates = newline !== (WriteNl.Lf as number) && hasFlag(rt, self, TextFlag.WriteTranslate);
  const lines = hasFlag(rt, self, TextFlag.LineBuffering);
  const content = translates || lines ? strText(rt, given) : '';
  const hasLf = content.includes('\n');
  const flushes = lines && (hasLf || content.includes('\r'));
  const text = hasLf && translates ? temp(rt, newStr(rt, content.replaceAll('\n', LINE_ENDS[newline] ?? '\n'))) : given;
  const data = temp(rt, encodeForPending(rt, self, text, strKind(rt, text) === (StrState.Ascii as number)));
  addPending(rt, self, data);
  if (
    H[self + TextWord.PendingCount] >= H[self + TextWord.ChunkSize] ||
    flushes ||
    hasFlag(rt, self, TextFlag.WriteThrough)
  ) {
    flushPending(rt, self);
  }
  if (flushes) flushBuffer(rt, self);
  afterWrite(rt, self);
  releaseTemps(rt, m);
}

/** What was read ahead is of no use any more. */
function afterWrite(rt: Runtime, self: Ref): void {
  if (!hasFlag(rt, self, TextFlag.CanRead)) return;
  setDecoded(rt, self, '');
  setSnapshot(rt, self, null);
  resetDecoder(rt, self);
}

function byteLength(rt: Runtime, data: Ref): number {
  return isStr(rt, data) ? strLength(rt, data) : bytesData(rt, data).length;
}

/** Puts data behind what waits: alone, in a pair, in a list. */
function addPending(rt: Runtime, self: Ref, data: Ref): void {
  const H = rt.words;
  const word = self + TextWord.Pending;
  const length = byteLength(rt, data);
  if (H[word] !== 0 && H[self + TextWord.PendingCount] + length > H[self + TextWord.ChunkSize]) flushPending(rt, self);
  const waiting = H[word];
  if (waiting === 0) {
    H[self + TextWord.PendingCount] = 0;
    setWord(rt, word, newRef(rt, data));
  } else if (isList(rt, waiting)) listAppendTake(rt, waiting, newRef(rt, data));
  else setWord(rt, word, listOf(rt, [waiting, data]));
  H[self + TextWord.PendingCount] += length;
}

function dataOf(rt: Runtime, data: Ref): Uint8Array {
  return isStr(rt, data) ? encoder.encode(strText(rt, data)) : bytesData(rt, data);
}

/** The bytes of what waits. */
function joinPending(rt: Runtime, waiting: Ref): Uint8Array {
  if (!isList(rt, waiting)) return dataOf(rt, waiting);
  const parts: Uint8Array[] = [];
  let text = '';
  for (let i = 0; i < listLength(rt, waiting); i++) {
    const item = listItem(rt, waiting, i);
    if (isStr(rt, item)) text += strText(rt, item);
    else {
      if (text !== '') parts.push(encoder.encode(text));
      text = '';
      parts.push(bytesData(rt, item));
    }
  }
  if (text !== '') parts.push(encoder.encode(text));
  return joinBytes(parts);
}

/** Hands what waits to the buffer. @runsPython Source: CPython 3.12 _textiowrapper_writeflush. */
export function flushPending(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const waiting = H[self + TextWord.Pending];
  if (waiting === 0) return;
  const data = joinPending(rt, waiting);
  H[self + TextWord.Pending] = 0;
  H[self + TextWord.PendingCount] = 0;
  const m = tempMark(rt);
  temp(rt, waiting as Owned);
  const buffer = H[self + TextWord.Buffer];
  if (isPlainWriter(rt, buffer)) {
    exclusively(rt, buffer, () => writeBytes(rt, buffer, data));
  } else {
    tells(rt, buffer, 'write', temp(rt, newBytes(rt, data)));
  }
  releaseTemps(rt, m);
}

/** A BufferedWriter that is open, and of no subclass. */
function isPlainWriter(rt: Runtime, buffer: Ref): boolean {
  return rt.words[buffer + ObjectWord.Type] === BUFFERED_WRITER && rt.words[buffer + BufferedWord.Block] !== 0;
}

function flushBuffer(rt: Runtime, self: Ref): void {
  const buffer = rt.words[self + TextWord.Buffer];
  if (isPlainWriter(rt, buffer)) {
    const m = tempMark(rt);
    temp(rt, flushBuffered(rt, buffer));
    releaseTemps(rt, m);
  } else tells(rt, buffer, 'flush');
}

export function flush(rt: Runtime, self: Ref): Owned {
  requireOpen(rt, self);
  setFlag(rt, self, TextFlag.Telling, hasFlag(rt, self, TextFlag.Seekable));
  flushPending(rt, self);
  flushBuffer(rt, self);
  return none();
}
