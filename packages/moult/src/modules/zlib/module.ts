/** The module `zlib`. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raise, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { newBytes, newStr, newUnsharedBytes } from '../../core/str.ts';
import { adler32, crc32 } from '../binascii/crc.ts';
import { asCInt, maskedUint32, simpleBuffer } from '../buffers.ts';
import { setTake } from '../make.ts';
import { deflateStep, inflateStep, newDeflater, newInflater, Z } from './engine.ts';
import { ZLIB_ERROR, zlibError } from './errors.ts';
import { compressobj, decompressobj, ZLIB_DECOMPRESSOR } from './streams.ts';

const VERSION = '1.2.13';

function compress(rt: Runtime, _module: Ref, data: Ref, level: Ref, wbits: Ref): Owned {
  const options = {
    level: level === 0 ? -1 : asCInt(rt, level),
    method: 8,
    wbits: wbits === 0 ? 15 : asCInt(rt, wbits),
    memLevel: 8,
    strategy: 0,
  };
  const input = simpleBuffer(rt, data);
  const stream = newDeflater(options, null);
  if (typeof stream === 'number') return raise(rt, ZLIB_ERROR, 'Bad compression level');
  return newBytes(rt, deflateStep(stream, input, Z.Finish).output);
}

function decompress(rt: Runtime, _module: Ref, data: Ref, wbits: Ref, bufsize: Ref): Owned {
  const bits = wbits === 0 ? 15 : asCInt(rt, wbits);
  if (bufsize !== 0 && asSsize(rt, bufsize) < 0) valueError(rt, 'bufsize must be non-negative');
  const input = simpleBuffer(rt, data);
  const stream = newInflater(bits);
  if (typeof stream === 'number') return zlibError(rt, stream, '', 'while preparing to decompress data');
  const { status, message, output } = inflateStep(stream, input, Z.Finish, Infinity, null);
  if (status === Z.StreamEnd) return newUnsharedBytes(rt, output);
  const isCutOff = status === Z.Ok || status === Z.BufError;
  return zlibError(rt, isCutOff ? Z.BufError : status, message, 'while decompressing data');
}

function checksum(compute: (data: Uint8Array, start: number) => number, first: number) {
  return (rt: Runtime, _module: Ref, data = 0, start = 0): Owned => {
    const from = start === 0 ? first : maskedUint32(rt, start);
    return newInt(rt, compute(simpleBuffer(rt, data), from));
  };
}

const NUMBERS: Readonly<Record<string, number>> = {
  MAX_WBITS: 15,
  DEFLATED: 8,
  DEF_MEM_LEVEL: 8,
  DEF_BUF_SIZE: 16384,
  Z_NO_COMPRESSION: 0,
  Z_BEST_SPEED: 1,
  Z_BEST_COMPRESSION: 9,
  Z_DEFAULT_COMPRESSION: -1,
  Z_FILTERED: 1,
  Z_HUFFMAN_ONLY: 2,
  Z_RLE: 3,
  Z_FIXED: 4,
  Z_DEFAULT_STRATEGY: 0,
  Z_NO_FLUSH: 0,
  Z_PARTIAL_FLUSH: 1,
  Z_SYNC_FLUSH: 2,
  Z_FULL_FLUSH: 3,
  Z_FINISH: 4,
  Z_BLOCK: 5,
  Z_TREES: 6,
};

defineModule({
  name: 'zlib',
  doc: 'The functions in this module allow compression and decompression using the\nzlib library, which is based on GNU zip.',
  functions: [
    native('adler32($module, data, value=1, /)', checksum(adler32, 1), {
      doc: 'Compute an Adler-32 checksum of data.',
    }),
    native('compress($module, data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)', compress, {
      doc: 'Returns a bytes object containing compressed data.',
    }),
    native(
      'compressobj($module, /, level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n            wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL,\n            strategy=Z_DEFAULT_STRATEGY, zdict=None)',
      compressobj,
      { doc: 'Return a compressor object.' },
    ),
    native('crc32($module, data, value=0, /)', checksum(crc32, 0), { doc: 'Compute a CRC-32 checksum of data.' }),
    native('decompress($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)', decompress, {
      doc: 'Returns a bytes object containing the uncompressed data.',
    }),
    native("decompressobj($module, /, wbits=MAX_WBITS, zdict=b'')", decompressobj, {
      doc: 'Return a decompressor object.',
    }),
  ],
  populate(rt, dict) {
    for (const [name, value] of Object.entries(NUMBERS)) setTake(rt, dict, name, newInt(rt, value));
    setTake(rt, dict, 'ZLIB_VERSION', newStr(rt, VERSION));
    setTake(rt, dict, 'ZLIB_RUNTIME_VERSION', newStr(rt, VERSION));
    setTake(rt, dict, '__version__', newStr(rt, '1.0'));
    setTake(rt, dict, 'error', newRef(rt, ZLIB_ERROR));
    setTake(rt, dict, '_ZlibDecompressor', newRef(rt, ZLIB_DECOMPRESSOR));
  },
});
