/** The module `_io`. */
import { genericAlloc, newRef } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { dictSetText } from '../../core/dict/index.ts';
import { valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr, strText } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { isStr } from '../../core/types.ts';
import { decodeText } from '../../objects/bytes/codecs.ts';
import { setTake } from '../make.ts';
import { pathText } from '../posix/paths.ts';
import { openWhole } from './whole.ts';
import { BINARY_STREAM } from '../sys/streams.ts';
import { setContents } from './memory.ts';
import {
  BINARY_FILE,
  BUFFERED_IO_BASE,
  BUFFERED_PAIR,
  BUFFERED_RANDOM,
  BYTES_IO,
  FILE_IO,
  IO_BASE,
  NEWLINE_DECODER,
  RAW_IO_BASE,
  StreamWord,
  STRING_IO,
  TEXT_FILE,
  TEXT_IO_BASE,
  UNSUPPORTED,
} from './types.ts';

const DEFAULT_BUFFER_SIZE = 8192;

/** `open(file, mode, buffering, encoding, errors, newline, …)` */
function open(rt: Runtime, _module: Ref, ...args: Ref[]): Owned {
  const [file = 0, modeArg = 0, , encoding = 0, errors = 0] = args;
  const mode = modeArg === 0 ? 'r' : strText(rt, modeArg);
  checkMode(rt, mode);
  const path = pathText(rt, file, 'expected str, bytes or os.PathLike object');
  const binary = mode.includes('b');
  const data = initialData(rt, path, mode);
  const stream = temp(rt, genericAlloc(rt, binary ? BINARY_FILE : TEXT_FILE));
  const H = rt.words;
  H[stream + StreamWord.Path] = newStr(rt, path);
  H[stream + StreamWord.Mode] = newStr(rt, mode);
  H[stream + StreamWord.Dirty] = /[wx]/.test(mode) ? 1 : 0;
  const name = encoding === 0 || encoding === S.None ? 'utf-8' : strText(rt, encoding);
  const handler = errors !== 0 && isStr(rt, errors) ? strText(rt, errors) : 'strict';
  const value = binary ? data : decodeText(rt, data, name, handler).replace(/\r\n?/g, '\n');
  setContents(rt, stream, value);
  if (mode.includes('a')) H[stream + StreamWord.Position] = value.length;
  return untemp(rt, stream);
}

function checkMode(rt: Runtime, mode: string): void {
  if (!/^[rwaxbt+]+$/.test(mode) || new Set(mode).size !== mode.length) valueError(rt, `invalid mode: '${mode}'`);
  if (mode.includes('b') && mode.includes('t')) valueError(rt, "can't have text and binary mode at once");
  if (mode.replace(/[bt+]/g, '').length !== 1) valueError(rt, 'must have exactly one of create/read/write/append mode');
}

/** What the file has when it is opened; makes or empties it as the mode says. */
function initialData(rt: Runtime, path: string, mode: string): Uint8Array {
  return openWhole(rt, path, mode);
}

function textEncoding(rt: Runtime, _module: Ref, encoding: Ref): Owned {
  return encoding === S.None ? newStr(rt, 'locale') : newRef(rt, encoding);
}

const OPEN = native(
  "open($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)",
  open,
  { doc: 'Open file and return a stream.  Raise OSError upon failure.' },
);

defineModule({
  name: '_io',
  doc: 'The io module provides the Python interfaces to stream handling.',
  functions: [
    OPEN,
    native('text_encoding($module, encoding, stacklevel=2, /)', textEncoding),
    native('open_code($module, /, path)', (rt, module, path) => {
      const mode = temp(rt, newStr(rt, 'rb'));
      return open(rt, module, path, mode);
    }),
  ],
  populate: (rt, dict) => {
    setTake(rt, dict, 'DEFAULT_BUFFER_SIZE', newInt(rt, DEFAULT_BUFFER_SIZE));
    const types: readonly (readonly [string, Ref])[] = [
      ['UnsupportedOperation', UNSUPPORTED],
      ['BlockingIOError', T.BlockingIOError],
      ['_IOBase', IO_BASE],
      ['_RawIOBase', RAW_IO_BASE],
      ['_BufferedIOBase', BUFFERED_IO_BASE],
      ['_TextIOBase', TEXT_IO_BASE],
      ['FileIO', FILE_IO],
      ['BytesIO', BYTES_IO],
      ['StringIO', STRING_IO],
      ['BufferedReader', BINARY_FILE],
      ['BufferedWriter', BINARY_STREAM],
      ['BufferedRandom', BUFFERED_RANDOM],
      ['BufferedRWPair', BUFFERED_PAIR],
      ['TextIOWrapper', TEXT_FILE],
      ['IncrementalNewlineDecoder', NEWLINE_DECODER],
    ];
    for (const [name, type] of types) dictSetText(rt, dict, name, type);
  },
});
