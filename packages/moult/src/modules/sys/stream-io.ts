/** Moving text and bytes between the standard streams and the host. */
import { hostAdd, hostFree } from '@moult/heap';
import type { Ref } from '@moult/heap';
import { StreamWord } from '../../core/layout/streams.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newStr } from '../../core/str.ts';
import { temp } from '../../core/temps.ts';
import { raiseEncodeError } from '../../objects/exceptions/unicode-errors.ts';

const encoder = new TextEncoder();
const LONE_SURROGATE = /\p{Surrogate}/u;
const CHUNK = 8192;

/** UTF-8 of the text; a lone surrogate raises UnicodeEncodeError, or is written as `\udcxx` to standard error. */
export function encodeForStream(rt: Runtime, fd: number, text: string): Uint8Array {
  const bad = LONE_SURROGATE.exec(text);
  if (bad === null) return encoder.encode(text);
  if (fd === 2) return encoder.encode(text.replace(/\p{Surrogate}/gu, (c) => `\\u${c.charCodeAt(0).toString(16)}`));
  const start = Array.from(text.slice(0, bad.index)).length;
  return raiseEncodeError(rt, 'utf-8', temp(rt, newStr(rt, text)), start, start + 1, 'surrogates not allowed');
}

/** Writes to the host; nothing happens when it takes no output. */
export function writeHost(rt: Runtime, fd: number, data: Uint8Array): void {
  if (data.length > 0) rt.host?.write?.(fd, data);
}

/** Writes text of the interpreter's own to standard error, whatever `sys.stderr` is. */
export function writeErrorText(rt: Runtime, text: string): void {
  writeHost(rt, 2, encodeForStream(rt, 2, text));
}

/** What is pending of a text stream; '' when nothing is. */
function pendingText(rt: Runtime, stream: Ref): string {
  const index = rt.words[stream + StreamWord.Pending];
  return index === 0 ? '' : (rt.hosts[index] as string);
}

function setPending(rt: Runtime, stream: Ref, value: string | Uint8Array): void {
  const H = rt.words;
  if (H[stream + StreamWord.Pending] !== 0) hostFree(rt, H[stream + StreamWord.Pending]);
  H[stream + StreamWord.Pending] = value.length === 0 ? 0 : hostAdd(rt, value);
}

/** Reads bytes of the host up to the end of a character; empty at the end of input. */
function readChunk(rt: Runtime, fd: number): Uint8Array {
  const data = rt.host?.read?.(fd, CHUNK) ?? new Uint8Array(0);
  let missing = missingBytes(data);
  let all = data;
  while (missing > 0) {
    const more = rt.host?.read?.(fd, missing) ?? new Uint8Array(0);
    if (more.length === 0) break;
    const joined = new Uint8Array(all.length + more.length);
    joined.set(all);
    joined.set(more, all.length);
    all = joined;
    missing = missingBytes(all);
  }
  return all;
}

/** Bytes that the last character of UTF-8 still lacks. */
function missingBytes(data: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= data.length; back++) {
    const byte = data[data.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return Math.max(0, length - back);
  }
  return 0;
}

/** A line with its end, or what is left; '' at the end of input. `limit` characters at most, −1 for no limit. */
export function readLine(rt: Runtime, stream: Ref, limit: number): string {
  const fd = rt.words[stream + StreamWord.Fd];
  let text = pendingText(rt, stream);
  for (;;) {
    const end = text.indexOf('\n');
    const stop = end < 0 ? text.length : end + 1;
    if (limit >= 0 && stop >= limit) return takePending(rt, stream, text, limit);
    if (end >= 0) return takePending(rt, stream, text, stop);
    const more = decode(readChunk(rt, fd));
    if (more === '') return takePending(rt, stream, text, text.length);
    text += more;
  }
}

/** All that is left, or `limit` characters. */
export function readText(rt: Runtime, stream: Ref, limit: number): string {
  const fd = rt.words[stream + StreamWord.Fd];
  const parts = [pendingText(rt, stream)];
  let length = parts[0]?.length ?? 0;
  while (limit < 0 || length < limit) {
    const more = decode(readChunk(rt, fd));
    if (more === '') break;
    parts.push(more);
    length += more.length;
  }
  const text = parts.join('');
  return takePending(rt, stream, text, limit < 0 ? text.length : Math.min(limit, text.length));
}

function takePending(rt: Runtime, stream: Ref, text: string, n: number): string {
  setPending(rt, stream, text.slice(n));
  return text.slice(0, n);
}

function decode(data: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(data).replace(/\r\n?/g, '\n');
}

/** Bytes of a binary stream: a line, or `limit` bytes, or (−1) all. Text that the text half has read ahead comes first. */
export function readBytes(rt: Runtime, stream: Ref, limit: number, line: boolean): Uint8Array {
  const H = rt.words;
  const index = H[stream + StreamWord.Pending];
  let data = index === 0 ? new Uint8Array(0) : (rt.hosts[index] as Uint8Array);
  for (;;) {
    const end = line ? data.indexOf(10) + 1 : 0;
    if (end > 0 || (limit >= 0 && data.length >= limit)) {
      const n = Math.min(end > 0 ? end : limit, limit < 0 ? data.length : limit);
      setPending(rt, stream, data.slice(n));
      return data.slice(0, n);
    }
    const more = rt.host?.read?.(H[stream + StreamWord.Fd], CHUNK) ?? new Uint8Array(0);
    if (more.length === 0) break;
    const joined = new Uint8Array(data.length + more.length);
    joined.set(data);
    joined.set(more, data.length);
    data = joined;
  }
  setPending(rt, stream, new Uint8Array(0));
  return data;
}
