/**
 * Standard input, output and error: text streams over the host, with their binary halves as `buffer`. Nothing is held
 * back here: what is written goes to the host at once; the host may buffer.
 */
import {
  clearWord,
  freeObject,
  gcNew,
  hostFree,
  isTracked,
  LayoutKind,
  newRef,
  ObjectWord,
  track,
  TypeFlag,
  untrack,
} from '@moult/heap';
import type { Heap, Owned, Ref } from '@moult/heap';
import { dictGet, dictGetText } from '../../core/dict/index.ts';
import { none, runtimeError, typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { StreamWord } from '../../core/layout/streams.ts';
import { listAppend, newList } from '../../core/list.ts';
import { Id } from '../../core/names.ts';
import { getset, native } from '../../core/native.ts';
import { indexNumber, iter, iterNext, length } from '../../core/protocol/index.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { bytesData, codePointLength, newBytes, newStr, strText } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { defineType, moduleType } from '../../core/type-spec.ts';
import { isBytes, isStr, kindName } from '../../core/types.ts';
import { callMethod1 } from '../../objects/type/call-method.ts';
import { encodeForStream, readBytes, readLine, readText, writeErrorText, writeHost } from './stream-io.ts';

export const TEXT_STREAM = moduleType();
export const BINARY_STREAM = moduleType();

const NAMES: readonly string[] = ['<stdin>', '<stdout>', '<stderr>'];

/** The text stream of file descriptor 0, 1 or 2. */
export function newStream(rt: Runtime, fd: number): Owned {
  const text = allocStream(rt, TEXT_STREAM, fd);
  rt.words[text + StreamWord.Buffer] = allocStream(rt, BINARY_STREAM, fd);
  return text;
}

function allocStream(rt: Runtime, type: Ref, fd: number): Owned {
  const stream = gcNew(rt, type);
  rt.words[stream + StreamWord.Fd] = fd;
  track(rt, stream);
  return stream;
}

function deallocStream(h: Heap, stream: Ref): void {
  const H = h.words;
  if (isTracked(h, stream)) untrack(h, stream);
  if (H[stream + StreamWord.Pending] !== 0) hostFree(h, H[stream + StreamWord.Pending]);
  clearWord(h, stream + StreamWord.Dict);
  clearWord(h, stream + StreamWord.Buffer);
  freeObject(h, stream);
}

/** True if `file` is one of the streams made here, and open. */
export function isOpenStream(rt: Runtime, file: Ref): boolean {
  const H = rt.words;
  return H[file + ObjectWord.Type] === TEXT_STREAM && H[file + StreamWord.Closed] === 0 && H[file + StreamWord.Fd] > 0;
}

/** Writes text to a file object: to the host at once, or by its `write`. @runsPython */
export function writeFile(rt: Runtime, file: Ref, text: string): void {
  if (isOpenStream(rt, file)) {
    const fd = rt.words[file + StreamWord.Fd];
    writeHost(rt, fd, encodeForStream(rt, fd, text));
    return;
  }
  const str = temp(rt, newStr(rt, text));
  const result = temp(rt, callMethod1(rt, file, Id.write, str));
  dropTemp(rt, result);
  dropTemp(rt, str);
}

/** Writes text of the interpreter's own to `sys.stderr`, or to the host when that is missing. @runsPython */
export function writeError(rt: Runtime, text: string): void {
  const dict = rt.words[RootRef.SysDict];
  const file = dict === 0 ? 0 : dictGet(rt, dict, Id.stderr);
  if (file === 0 || file === S.None) writeErrorText(rt, text);
  else writeFile(rt, file, text);
}

/** `sys.stdout` or another standard file, borrowed. Raises RuntimeError if it is lost. */
export function standardFile(rt: Runtime, name: string): Ref {
  const dict = rt.words[RootRef.SysDict];
  const file = dict === 0 ? 0 : dictGetText(rt, dict, name);
  return file === 0 || file === S.None ? runtimeError(rt, `lost sys.${name}`) : file;
}

function requireOpen(rt: Runtime, self: Ref): void {
  if (rt.words[self + StreamWord.Closed] !== 0) valueError(rt, 'I/O operation on closed file.');
}

function write(rt: Runtime, self: Ref, text: Ref): Owned {
  requireOpen(rt, self);
  if (!isStr(rt, text)) typeError(rt, `write() argument must be str, not ${kindName(rt, text)}`);
  const value = strText(rt, text);
  const fd = requireWritable(rt, self);
  writeHost(rt, fd, encodeForStream(rt, fd, value));
  return newInt(rt, codePointLength(value));
}

function requireWritable(rt: Runtime, self: Ref): number {
  const fd = rt.words[self + StreamWord.Fd];
  if (fd === 0) valueError(rt, 'not writable');
  return fd;
}

function writelines(rt: Runtime, self: Ref, lines: Ref): Owned {
  const it = temp(rt, iter(rt, lines));
  for (let line = iterNext(rt, it); line !== 0; line = iterNext(rt, it)) {
    temp(rt, line);
    temp(rt, callMethod1(rt, self, Id.write, line));
  }
  return none();
}

function limitOf(rt: Runtime, size: Ref): number {
  return size === 0 || size === S.None ? -1 : indexNumber(rt, size, T.OverflowError);
}

function requireReadable(rt: Runtime, self: Ref): void {
  requireOpen(rt, self);
  if (rt.words[self + StreamWord.Fd] !== 0) valueError(rt, 'not readable');
}

function read(rt: Runtime, self: Ref, size: Ref): Owned {
  requireReadable(rt, self);
  return newStr(rt, readText(rt, self, limitOf(rt, size)));
}

function readline(rt: Runtime, self: Ref, size: Ref): Owned {
  requireReadable(rt, self);
  return newStr(rt, readLine(rt, self, limitOf(rt, size)));
}

function readlines(rt: Runtime, self: Ref): Owned {
  requireReadable(rt, self);
  const list = newList(rt, 0);
  for (let line = readLine(rt, self, -1); line !== ''; line = readLine(rt, self, -1)) {
    const text = temp(rt, newStr(rt, line));
    listAppend(rt, list, text);
    dropTemp(rt, text);
  }
  return list;
}

function nextLine(rt: Runtime, self: Ref): Owned | 0 {
  requireReadable(rt, self);
  const line = readLine(rt, self, -1);
  return line === '' ? 0 : newStr(rt, line);
}

function close(rt: Runtime, self: Ref): Owned {
  rt.words[self + StreamWord.Closed] = 1;
  return none();
}

function exit(rt: Runtime, self: Ref): Owned {
  return close(rt, self);
}

function isatty(rt: Runtime, self: Ref): Owned {
  requireOpen(rt, self);
  return pyBool(rt.host?.isTerminal?.(rt.words[self + StreamWord.Fd]) ?? false) as Owned;
}

function text(value: string): (rt: Runtime, self: Ref) => Owned {
  return (rt) => newStr(rt, value);
}

function streamName(rt: Runtime, self: Ref): string {
  return NAMES[rt.words[self + StreamWord.Fd]] ?? '<stream>';
}

function reprText(rt: Runtime, self: Ref): Owned {
  const mode = rt.words[self + StreamWord.Fd] === 0 ? 'r' : 'w';
  return newStr(rt, `<_io.TextIOWrapper name='${streamName(rt, self)}' mode='${mode}' encoding='utf-8'>`);
}

function reprBinary(rt: Runtime, self: Ref): Owned {
  const kind = rt.words[self + StreamWord.Fd] === 0 ? 'BufferedReader' : 'BufferedWriter';
  return newStr(rt, `<_io.${kind} name='${streamName(rt, self)}'>`);
}

function writeBinary(rt: Runtime, self: Ref, data: Ref): Owned {
  requireOpen(rt, self);
  if (!isBytes(rt, data)) typeError(rt, `a bytes-like object is required, not '${kindName(rt, data)}'`);
  writeHost(rt, requireWritable(rt, self), bytesData(rt, data));
  return newInt(rt, length(rt, data));
}

const COMMON_METHODS = [
  native('fileno($self, /)', (rt, self) => newInt(rt, rt.words[self + StreamWord.Fd])),
  native('isatty($self, /)', isatty),
  native('flush($self, /)', (rt, self) => {
    requireOpen(rt, self);
    return none();
  }),
  native('close($self, /)', close),
  native('readable($self, /)', (rt, self) => pyBool(rt.words[self + StreamWord.Fd] === 0) as Owned),
  native('writable($self, /)', (rt, self) => pyBool(rt.words[self + StreamWord.Fd] !== 0) as Owned),
  native('seekable($self, /)', () => pyBool(false) as Owned),
  native('__enter__($self, /)', (rt, self) => newRef(rt, self)),
  native('__exit__($self, type=None, value=None, traceback=None, /)', exit),
];

const COMMON_GETSET = [
  getset('closed', (rt, self) => pyBool(rt.words[self + StreamWord.Closed] !== 0) as Owned),
  getset('name', (rt, self) => newStr(rt, streamName(rt, self))),
];

defineType({
  ref: BINARY_STREAM,
  name: '_io.BufferedWriter',
  basicSize: 8 * StreamWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  traverse: [StreamWord.Dict],
  dealloc: deallocStream as (rt: Runtime, o: Ref) => void,
  dictWord: StreamWord.Dict,
  weakListWord: StreamWord.WeakList,
  doc: 'The bytes below a standard text stream.',
  slots: { repr: reprBinary },
  methods: [
    ...COMMON_METHODS,
    native('write($self, buffer, /)', writeBinary),
    native('read($self, size=-1, /)', (rt, self, size) => {
      requireReadable(rt, self);
      return newBytes(rt, readBytes(rt, self, limitOf(rt, size), false));
    }),
    native('readline($self, size=-1, /)', (rt, self, size) => {
      requireReadable(rt, self);
      return newBytes(rt, readBytes(rt, self, limitOf(rt, size), true));
    }),
  ],
  getset: [...COMMON_GETSET, getset('mode', (rt, self) => newStr(rt, rt.words[self + StreamWord.Fd] === 0 ? 'rb' : 'wb'))],
});

defineType({
  ref: TEXT_STREAM,
  name: '_io.TextIOWrapper',
  basicSize: 8 * StreamWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LayoutKind.Fixed,
  traverse: [StreamWord.Dict, StreamWord.Buffer],
  dealloc: deallocStream as (rt: Runtime, o: Ref) => void,
  dictWord: StreamWord.Dict,
  weakListWord: StreamWord.WeakList,
  doc: 'A standard text stream.',
  slots: { repr: reprText, iter: (rt, self) => newRef(rt, self), iternext: nextLine },
  methods: [
    ...COMMON_METHODS,
    native('write($self, text, /)', write),
    native('writelines($self, lines, /)', writelines),
    native('read($self, size=-1, /)', read),
    native('readline($self, size=-1, /)', readline),
    native('readlines($self, hint=-1, /)', readlines),
    native('reconfigure($self, /, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)', () =>
      none(),
    ),
  ],
  getset: [
    ...COMMON_GETSET,
    getset('buffer', (rt, self) => newRef(rt, rt.words[self + StreamWord.Buffer])),
    getset('encoding', text('utf-8')),
    getset('errors', (rt, self) => newStr(rt, rt.words[self + StreamWord.Fd] === 2 ? 'backslashreplace' : 'strict')),
    getset('newlines', () => none()),
    getset('mode', (rt, self) => newStr(rt, rt.words[self + StreamWord.Fd] === 0 ? 'r' : 'w')),
    getset('line_buffering', (rt, self) => pyBool(rt.words[self + StreamWord.Fd] === 2) as Owned),
    getset('write_through', () => pyBool(false) as Owned),
  ],
});
