/** `zlib.Compress`, `zlib.Decompress` and `zlib._ZlibDecompressor`. */
import {
  decref,
  freeObject,
  genericAlloc,
  hostAdd,
  hostFree,
  hostGet,
  LayoutKind,
  newRef,
  ObjectWord,
  setWord,
  TypeFlag,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raise, typeError, valueError } from '../../core/errors.ts';
import { getset, native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { bytesData, newBytes } from '../../core/str.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { bufferOf, requireBuffer } from '../../objects/bytes/buffer.ts';
import { joinBytes } from '../../text/join-bytes.ts';
import { parseArguments } from '../arguments.ts';
import { asCInt, simpleBuffer } from '../buffers.ts';
import { deflateStep, DictionaryFault, inflateStep, newDeflater, newInflater, withDictionary, Z } from './engine.ts';
import type { Deflater, Inflater, Step } from './engine.ts';
import { invalidOption, zlibError } from './errors.ts';

/** `Stream` is the host-table index of a `Deflater` or `Inflater`; the others are owned or 0. CPython's compobject has 168 bytes,
 *  ZlibDecompressor 184. */
const enum StreamWord {
  Stream = 2,
  Unused = 3,
  /** Input that is left when the output is full. */
  Tail = 4,
  Dictionary = 5,
  AtEnd = 6,
  Words = 21,
  DecompressorWords = 23,
}

const COMPRESS = moduleType();
const DECOMPRESS = moduleType();
const DECOMPRESSOR = moduleType();

const DEF_BUFFER = 16384;

function newStream(rt: Runtime, type: Ref, stream: Deflater | Inflater, dictionary: Ref): Owned {
  const self = genericAlloc(rt, type);
  const H = rt.words;
  H[self + StreamWord.Stream] = hostAdd(rt, stream);
  H[self + StreamWord.Unused] = newRef(rt, S.EmptyBytes);
  H[self + StreamWord.Tail] = newRef(rt, S.EmptyBytes);
  H[self + StreamWord.Dictionary] = dictionary === 0 || dictionary === S.None ? 0 : newRef(rt, dictionary);
  return self;
}

function streamOf(rt: Runtime, self: Ref): unknown {
  return hostGet(rt, rt.words[self + StreamWord.Stream]);
}

function setStream(rt: Runtime, self: Ref, stream: unknown): void {
  const H = rt.words;
  hostFree(rt, H[self + StreamWord.Stream]);
  H[self + StreamWord.Stream] = hostAdd(rt, stream);
}

function dealloc(rt: Runtime, self: Ref): void {
  const H = rt.words;
  if (H[self + StreamWord.Stream] !== 0) hostFree(rt, H[self + StreamWord.Stream]);
  for (const word of [StreamWord.Unused, StreamWord.Tail, StreamWord.Dictionary]) {
    const owned = H[self + word];
    H[self + word] = 0;
    if (owned !== 0) decref(rt, owned);
  }
  freeObject(rt, self);
}

/** A second stream in the same state. */
function copy(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const stream = streamOf(rt, self) as Deflater;
  if (stream.ended) valueError(rt, 'Inconsistent stream state');
  const other = newStream(rt, H[self + ObjectWord.Type], stream, H[self + StreamWord.Dictionary]);
  setWord(rt, other + StreamWord.Unused, newRef(rt, H[self + StreamWord.Unused]));
  setWord(rt, other + StreamWord.Tail, newRef(rt, H[self + StreamWord.Tail]));
  H[other + StreamWord.AtEnd] = H[self + StreamWord.AtEnd];
  return other;
}

function intArgument(rt: Runtime, o: Ref, absent: number): number {
  return o === 0 ? absent : asCInt(rt, o);
}

/** `zlib.compressobj()` */
export function compressobj(
  rt: Runtime,
  _module: Ref,
  level: Ref,
  method: Ref,
  wbits: Ref,
  memLevel: Ref,
  strategy: Ref,
  dictionary: Ref,
): Owned {
  const options = {
    level: intArgument(rt, level, -1),
    method: intArgument(rt, method, 8),
    wbits: intArgument(rt, wbits, 15),
    memLevel: intArgument(rt, memLevel, 8),
    strategy: intArgument(rt, strategy, 0),
  };
  const words = dictionary === 0 || dictionary === S.None ? null : simpleBuffer(rt, dictionary);
  const stream = newDeflater(options, words);
  if (stream === Z.DataError) valueError(rt, 'Invalid dictionary');
  if (typeof stream === 'number') return invalidOption(rt);
  return newStream(rt, COMPRESS, stream, 0);
}

function compressStep(rt: Runtime, self: Ref, data: Uint8Array, flush: number, doing: string): Owned {
  const step = deflateStep(streamOf(rt, self) as Deflater, data, flush);
  if (step.status < 0 && step.status !== Z.BufError) zlibError(rt, step.status, step.message, doing);
  setStream(rt, self, step.stream);
  return newBytes(rt, step.output);
}

function flushCompress(rt: Runtime, self: Ref, mode: Ref): Owned {
  const flush = intArgument(rt, mode, Z.Finish);
  if (flush === (Z.NoFlush as number)) return newBytes(rt, new Uint8Array(0));
  return compressStep(rt, self, new Uint8Array(0), flush, 'while flushing');
}

/** `zlib.decompressobj()` */
export function decompressobj(rt: Runtime, _module: Ref, wbits: Ref, dictionary: Ref): Owned {
  if (dictionary !== 0 && bufferOf(rt, dictionary) === null)
    typeError(rt, 'zdict argument must support the buffer protocol');
  return newDecompressing(rt, DECOMPRESS, intArgument(rt, wbits, 15), dictionary);
}

/** A raw stream gets its dictionary at once; others ask for it. */
function newDecompressing(rt: Runtime, type: Ref, wbits: number, dictionary: Ref): Owned {
  const stream = newInflater(wbits);
  if (typeof stream === 'number') return invalidOption(rt);
  if (dictionary === 0 || wbits >= 0) return newStream(rt, type, stream, dictionary);
  const ready = withDictionary(stream, requireBuffer(rt, dictionary));
  return typeof ready === 'number'
    ? zlibError(rt, ready, '', 'while setting zdict')
    : newStream(rt, type, ready, dictionary);
}

/** Decompresses; a stream at fault stays as it was. */
function inflateInto(rt: Runtime, self: Ref, data: Uint8Array, flush: number, limit: number): Step<Inflater> {
  const dictionary = rt.words[self + StreamWord.Dictionary];
  const words = dictionary === 0 ? null : requireBuffer(rt, dictionary);
  try {
    const step = inflateStep(streamOf(rt, self) as Inflater, data, flush, limit, words);
    setStream(rt, self, step.stream);
    return step;
  } catch (error) {
    if (error instanceof DictionaryFault) zlibError(rt, error.status, '', 'while setting zdict');
    throw error;
  }
}

/** Keeps input that was not used: after the end apart from before it. Source: CPython 3.12 save_unconsumed_input. */
function keepRest(rt: Runtime, self: Ref, { status, rest }: Step<Inflater>): void {
  const H = rt.words;
  const atEnd = status === Z.StreamEnd;
  if (atEnd && rest.length > 0) {
    setWord(rt, self + StreamWord.Unused, newBytes(rt, joinBytes([bytesData(rt, H[self + StreamWord.Unused]), rest])));
  }
  setWord(rt, self + StreamWord.Tail, newBytes(rt, atEnd ? new Uint8Array(0) : rest));
}

const isFailure = (status: number): boolean => status !== Z.Ok && status !== Z.StreamEnd && status !== Z.BufError;

function decompress(rt: Runtime, self: Ref, data: Ref, maxLength: Ref): Owned {
  const limit = maxLength === 0 ? 0 : asSsize(rt, maxLength);
  if (limit < 0) valueError(rt, 'max_length must be non-negative');
  const step = inflateInto(rt, self, simpleBuffer(rt, data), Z.SyncFlush, limit === 0 ? Infinity : limit);
  keepRest(rt, self, step);
  if (step.status === Z.StreamEnd) rt.words[self + StreamWord.AtEnd] = 1;
  else if (isFailure(step.status)) zlibError(rt, step.status, step.message, 'while decompressing data');
  return newBytes(rt, step.output);
}

function flushDecompress(rt: Runtime, self: Ref, length: Ref): Owned {
  const size = length === 0 ? DEF_BUFFER : asSsize(rt, length);
  if (size <= 0) valueError(rt, 'length must be greater than zero');
  const step = inflateInto(rt, self, bytesData(rt, rt.words[self + StreamWord.Tail]), Z.Finish, Infinity);
  keepRest(rt, self, step);
  if (step.status === Z.StreamEnd) {
    rt.words[self + StreamWord.AtEnd] = 1;
    setStream(rt, self, { ...step.stream, ended: true });
  }
  return newBytes(rt, step.output);
}

const bytesAt = (name: string, word: number, doc: string | null = null) =>
  getset(name, (rt, self) => newRef(rt, rt.words[self + word]), null, doc);
const atEnd = getset('eof', (rt, self) => pyBool(rt.words[self + StreamWord.AtEnd] !== 0) as Owned);

const copies = [
  native('copy($self, /)', copy, { doc: 'Return a copy of the stream.' }),
  native('__copy__($self, /)', copy),
  native('__deepcopy__($self, memo, /)', copy),
];

const OWNED = [StreamWord.Unused, StreamWord.Tail, StreamWord.Dictionary];

defineType({
  ref: COMPRESS,
  name: 'zlib.Compress',
  heapType: 'mutable',
  basicSize: 8 * StreamWord.Words,
  flags: TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  owned: OWNED,
  dealloc,
  methods: [
    native(
      'compress($self, data, /)',
      (rt, self, data = 0) => compressStep(rt, self, simpleBuffer(rt, data), Z.NoFlush, 'while compressing data'),
      {
        doc: 'Returns a bytes object containing compressed data.',
      },
    ),
    native('flush($self, mode=zlib.Z_FINISH, /)', flushCompress, {
      doc: 'Return a bytes object containing any remaining compressed data.',
    }),
    ...copies,
  ],
});

defineType({
  ref: DECOMPRESS,
  name: 'zlib.Decompress',
  heapType: 'mutable',
  basicSize: 8 * StreamWord.Words,
  flags: TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  owned: OWNED,
  dealloc,
  methods: [
    native('decompress($self, data, /, max_length=0)', decompress, {
      doc: 'Return a bytes object containing the decompressed version of the data.',
    }),
    native('flush($self, length=zlib.DEF_BUF_SIZE, /)', flushDecompress, {
      doc: 'Return a bytes object containing any remaining decompressed data.',
    }),
    native('copy($self, /)', copy, { doc: 'Return a copy of the decompression object.' }),
    native('__copy__($self, /)', copy),
    native('__deepcopy__($self, memo, /)', copy),
  ],
  getset: [bytesAt('unused_data', StreamWord.Unused), bytesAt('unconsumed_tail', StreamWord.Tail), atEnd],
});

/** `_ZlibDecompressor(wbits=15, zdict=b'')` */
function decompressorNew(rt: Runtime, _type: Ref, args: Ref, kwargs: Ref): Owned {
  const [wbits = 0, dictionary = 0] = parseArguments(rt, '_ZlibDecompressor', ['wbits', 'zdict'], 0, args, kwargs);
  if (dictionary !== 0 && bufferOf(rt, dictionary) === null)
    typeError(rt, 'zdict argument must support the buffer protocol');
  return newDecompressing(rt, DECOMPRESSOR, intArgument(rt, wbits, 15), dictionary);
}

/** Input that does not fit the output waits in the tail. Source: CPython 3.12 zlib__ZlibDecompressor_decompress_impl. */
function decompressorStep(rt: Runtime, self: Ref, data: Ref, maxLength: Ref): Owned {
  const H = rt.words;
  const limit = maxLength === 0 ? -1 : asSsize(rt, maxLength);
  if (H[self + StreamWord.AtEnd] !== 0) raise(rt, T.EOFError, 'End of stream already reached');
  const input = joinBytes([bytesData(rt, H[self + StreamWord.Tail]), simpleBuffer(rt, data)]);
  const step = inflateInto(rt, self, input, Z.SyncFlush, limit < 0 ? Infinity : limit);
  if (isFailure(step.status)) zlibError(rt, step.status, step.message, 'while decompressing data');
  keepRest(rt, self, step);
  if (step.status === Z.StreamEnd) H[self + StreamWord.AtEnd] = 1;
  return newBytes(rt, step.output);
}

function needsInput(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  return pyBool(H[self + StreamWord.AtEnd] === 0 && bytesData(rt, H[self + StreamWord.Tail]).length === 0) as Owned;
}

defineType({
  ref: DECOMPRESSOR,
  name: 'zlib._ZlibDecompressor',
  heapType: 'immutable',
  basicSize: 8 * StreamWord.DecompressorWords,
  layout: LayoutKind.Fixed,
  owned: OWNED,
  dealloc,
  doc: 'Create a decompressor object for decompressing data incrementally.',
  slots: { new: decompressorNew },
  methods: [
    native('decompress($self, /, data, max_length=-1)', decompressorStep, {
      doc: 'Decompress *data*, returning uncompressed data as bytes.',
    }),
  ],
  getset: [
    bytesAt('unused_data', StreamWord.Unused, 'Data found after the end of the compressed stream.'),
    getset('needs_input', needsInput),
    atEnd,
  ],
});

/** The type `_ZlibDecompressor`. */
export const ZLIB_DECOMPRESSOR = DECOMPRESSOR;
