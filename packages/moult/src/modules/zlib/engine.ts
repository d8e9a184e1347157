/**
 * The streams of zlib, as immutable values: a step copies the state of the stream, so that what is kept in the heap never
 * changes (a snapshot or a fork sees the stream as it was). A copy takes some 10 (inflate) to 50 µs (deflate).
 */
import {
  ZStream,
  zlibDeflate,
  zlibDeflateInit2,
  zlibDeflateSetDictionary,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateSetDictionary,
} from 'pako';
import type { Z_FlushMode, Z_Strategy } from 'pako';

export const enum Z {
  NoFlush = 0,
  SyncFlush = 2,
  Finish = 4,
  Ok = 0,
  StreamEnd = 1,
  NeedDict = 2,
  StreamError = -2,
  DataError = -3,
  BufError = -5,
}

const NO_BYTES = new Uint8Array(0);

/** Copies the state of a stream: objects, arrays and typed arrays, each once. */
function cloneState<V>(value: V, known = new Map<object, object>()): V {
  if (typeof value !== 'object' || value === null) return value;
  const found = known.get(value);
  if (found !== undefined) return found as V;
  if (ArrayBuffer.isView(value)) {
    const copy = (value as unknown as Uint8Array).slice();
    known.set(value, copy);
    return copy as V;
  }
  const copy = (Array.isArray(value) ? [] : Object.create(Object.getPrototypeOf(value) as object | null)) as Record<
    string,
    unknown
  >;
  known.set(value, copy);
  for (const [key, item] of Object.entries(value)) copy[key] = cloneState(item as unknown, known);
  return copy as V;
}

/** Output comes in blocks of these sizes, as in CPython: stored data is cut by them. */
const BLOCK_SIZES = [32, 64, 256, 1024, 4096, 8192, 16384, 16384, 32768, 32768, 32768, 32768, 65536, 65536, 131072].map(
  (kib) => kib * 1024,
);

/** What one step gave. */
export interface Step<S> {
  readonly stream: S;
  readonly output: Uint8Array;
  readonly status: number;
  readonly message: string;
  /** Input that was not used. */
  readonly rest: Uint8Array;
}

/** Collects the output of a stream up to a limit. */
class OutputBlocks {
  private readonly blocks: Uint8Array[] = [];
  private total = 0;

  constructor(
    private readonly stream: ZStream,
    private readonly limit: number,
  ) {
    this.grow();
  }

  get isFull(): boolean {
    return this.total >= this.limit;
  }

  grow(): void {
    const wanted = BLOCK_SIZES[Math.min(this.blocks.length, BLOCK_SIZES.length - 1)] ?? 0;
    const size = Math.min(wanted, this.limit - this.total);
    const block = new Uint8Array(size);
    this.blocks.push(block);
    this.total += size;
    this.stream.output = block;
    this.stream.next_out = 0;
    this.stream.avail_out = size;
  }

  finish(): Uint8Array {
    const result = new Uint8Array(this.total - this.stream.avail_out);
    let at = 0;
    for (const block of this.blocks) {
      result.set(block.subarray(0, Math.min(block.length, result.length - at)), at);
      at += block.length;
    }
    this.stream.output = NO_BYTES as Uint8Array<ArrayBuffer>;
    return result;
  }
}

function feed(stream: ZStream, data: Uint8Array): void {
  stream.input = data;
  stream.next_in = 0;
  stream.avail_in = data.length;
}

/** Takes what is left of the input away from the stream, which keeps no view of the caller's bytes. */
function takeRest(stream: ZStream): Uint8Array {
  const rest = stream.input.slice(stream.next_in, stream.next_in + stream.avail_in);
  feed(stream, NO_BYTES);
  return rest;
}

/** A compressing stream. `ended` once it has been finished. */
export interface Deflater {
  readonly state: ZStream;
  readonly ended: boolean;
}

interface DeflateOptions {
  readonly level: number;
  readonly method: number;
  readonly wbits: number;
  readonly memLevel: number;
  readonly strategy: number;
}

/** A new stream, or the status of zlib that says why there is none. */
export function newDeflater(
  { level, method, wbits, memLevel, strategy }: DeflateOptions,
  dictionary: Uint8Array | null,
): Deflater | number {
  const state = new ZStream();
  const status = zlibDeflateInit2(state, level, method, wbits, memLevel, strategy as Z_Strategy, true);
  if (status !== Z.Ok) return status;
  if (dictionary !== null && zlibDeflateSetDictionary(state, dictionary.slice()) !== Z.Ok) return Z.DataError;
  return { state, ended: false };
}

/** Compresses `data`; with `flush` all that is pending comes out. */
export function deflateStep(deflater: Deflater, data: Uint8Array, flush: number): Step<Deflater> {
  if (deflater.ended || flush < 0 || flush > 5) {
    return { stream: deflater, output: NO_BYTES, status: Z.StreamError, message: '', rest: NO_BYTES };
  }
  const state = cloneState(deflater.state);
  feed(state, data);
  const out = new OutputBlocks(state, Infinity);
  let status: number;
  do {
    if (state.avail_out === 0) out.grow();
    status = zlibDeflate(state, flush as Z_FlushMode);
  } while (state.avail_out === 0);
  const output = out.finish();
  const rest = takeRest(state);
  const ended = status === Z.StreamEnd && flush === Z.Finish;
  return { stream: { state, ended }, output, status, message: messageOf(state, status), rest };
}

/** A decompressing stream. */
export interface Inflater {
  readonly state: ZStream;
  readonly ended: boolean;
}

export function newInflater(wbits: number): Inflater | number {
  const state = new ZStream();
  const status = zlibInflateInit2(state, wbits);
  return status === Z.Ok ? { state, ended: false } : status;
}

/** A stream to which the dictionary was given, or the status that says why not. */
export function withDictionary(inflater: Inflater, dictionary: Uint8Array): Inflater | number {
  const state = cloneState(inflater.state);
  const status = zlibInflateSetDictionary(state, dictionary.slice());
  return status === Z.Ok ? { state, ended: false } : status;
}

/** Thrown when the dictionary is refused. */
export class DictionaryFault {
  constructor(readonly status: number) {}
}

/** Decompresses `data` into at most `limit` bytes. Throws DictionaryFault. */
export function inflateStep(
  inflater: Inflater,
  data: Uint8Array,
  flush: number,
  limit: number,
  dictionary: Uint8Array | null,
): Step<Inflater> {
  if (inflater.ended)
    return { stream: inflater, output: NO_BYTES, status: Z.StreamError, message: '', rest: data.slice() };
  const state = cloneState(inflater.state);
  feed(state, data);
  const out = new OutputBlocks(state, limit);
  let status: number;
  for (;;) {
    status = zlibInflate(state, flush as Z_FlushMode);
    if (status === Z.NeedDict && dictionary !== null) {
      const set = zlibInflateSetDictionary(state, dictionary.slice());
      if (set !== Z.Ok) throw new DictionaryFault(set);
      continue;
    }
    if (status < 0 && status !== Z.BufError) break;
    if (status === Z.NeedDict || state.avail_out !== 0 || out.isFull) break;
    out.grow();
  }
  const output = out.finish();
  const rest = takeRest(state);
  return { stream: { state, ended: false }, output, status, message: messageOf(state, status), rest };
}

/** What zlib says of a failure: its own text only where the data are at fault. */
function messageOf(state: ZStream, status: number): string {
  return status === Z.DataError ? state.msg : '';
}
