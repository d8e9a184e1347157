/** The module `_io`. */
import { newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSetText } from '../../core/dict/index.ts';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { setTake } from '../make.ts';
import { warn } from '../warnings/warn.ts';
import './base.ts';
import './kinds.ts';
import './file-io.ts';
import './buffered/types.ts';
import './buffered/pair.ts';
import './newline-decoder.ts';
import './text/wrapper.ts';
import './bytes-io.ts';
import './string-io.ts';
import { OPEN_FUNCTIONS } from './open.ts';
import {
  BUFFERED_IO_BASE,
  BUFFERED_PAIR,
  BUFFERED_RANDOM,
  BUFFERED_READER,
  BUFFERED_WRITER,
  BYTES_IO,
  BYTES_IO_BUFFER,
  DEFAULT_BUFFER_SIZE,
  FILE_IO,
  IO_BASE,
  NEWLINE_DECODER,
  RAW_IO_BASE,
  STRING_IO,
  TEXT_IO_BASE,
  TEXT_WRAPPER,
  UNSUPPORTED,
} from './types.ts';

/** Source: CPython 3.12 _io_text_encoding_impl. */
function textEncoding(rt: Runtime, _module: Ref, encoding: Ref, level: Ref): Owned {
  if (encoding !== S.None) return newRef(rt, encoding);
  if ((rt.options.flags?.['warn_default_encoding'] ?? 0) !== 0)
    warn(rt, T.EncodingWarning, "'encoding' argument not specified", 0, level === 0 ? 2 : asSsize(rt, level));
  return newStr(rt, (rt.options.flags?.['utf8_mode'] ?? 1) === 0 ? 'locale' : 'utf-8');
}

const TYPES: readonly (readonly [string, Ref])[] = [
  ['UnsupportedOperation', UNSUPPORTED],
  ['BlockingIOError', T.BlockingIOError],
  ['_IOBase', IO_BASE],
  ['_RawIOBase', RAW_IO_BASE],
  ['_BufferedIOBase', BUFFERED_IO_BASE],
  ['_TextIOBase', TEXT_IO_BASE],
  ['FileIO', FILE_IO],
  ['BytesIO', BYTES_IO],
  ['_BytesIOBuffer', BYTES_IO_BUFFER],
  ['StringIO', STRING_IO],
  ['BufferedReader', BUFFERED_READER],
  ['BufferedWriter', BUFFERED_WRITER],
  ['BufferedRandom', BUFFERED_RANDOM],
  ['BufferedRWPair', BUFFERED_PAIR],
  ['TextIOWrapper', TEXT_WRAPPER],
  ['IncrementalNewlineDecoder', NEWLINE_DECODER],
];

defineModule({
  name: '_io',
  doc: 'The io module provides the Python interfaces to stream handling.',
  functions: [...OPEN_FUNCTIONS, native('text_encoding($module, encoding, stacklevel=2, /)', textEncoding)],
  populate: (rt, dict) => {
    setTake(rt, dict, 'DEFAULT_BUFFER_SIZE', newInt(rt, DEFAULT_BUFFER_SIZE));
    for (const [name, type] of TYPES) dictSetText(rt, dict, name, type);
  },
});
