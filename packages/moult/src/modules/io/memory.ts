/** `io.StringIO`, `io.BytesIO`, and files, which are read as a whole when opened and written as a whole when flushed. */
import { hostAdd, hostFree, hostGet, newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { none, raise, typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { listAppendTake, newList } from '../../core/list.ts';
import { getset, native } from '../../core/native.ts';
import type { NativeDefinition, NativeFunction } from '../../core/native.ts';
import { getAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S } from '../../core/static.ts';
import { newBytes, newStr, strText } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInstance, isStr, kindName, typeFullName } from '../../core/types.ts';
import { bufferOf } from '../../objects/bytes/buffer.ts';
import { decodeText } from '../../objects/bytes/codecs.ts';
import { parseArguments } from '../arguments.ts';
import { writeWhole } from './whole.ts';
import { sizes } from './base.ts';
import {
  BINARY_FILE,
  BUFFERED_IO_BASE,
  BYTES_IO,
  STRING_IO,
  StreamWord,
  TEXT_FILE,
  TEXT_IO_BASE,
  UNSUPPORTED,
} from './types.ts';

type Contents = string | Uint8Array;

/** The contents of an open stream. Raises ValueError if it is closed. */
function contents(rt: Runtime, self: Ref): Contents {
  const H = rt.words;
  if (H[self + StreamWord.Closed] !== 0) valueError(rt, 'I/O operation on closed file' + (isText(rt, self) ? '' : '.'));
  const payload = H[self + StreamWord.Payload];
  return payload === 0 ? (isText(rt, self) ? '' : new Uint8Array(0)) : (hostGet(rt, payload) as Contents);
}

function isText(rt: Runtime, self: Ref): boolean {
  return isInstance(rt, self, TEXT_IO_BASE);
}

/** Replaces the contents. */
export function setContents(rt: Runtime, self: Ref, value: Contents): void {
  const H = rt.words;
  if (H[self + StreamWord.Payload] !== 0) hostFree(rt, H[self + StreamWord.Payload]);
  H[self + StreamWord.Payload] = hostAdd(rt, value);
}

function newPart(rt: Runtime, value: Contents): Owned {
  return typeof value === 'string' ? newStr(rt, value) : newBytes(rt, value.slice());
}

function sizeArgument(rt: Runtime, size: Ref): number {
  return size === 0 || size === S.None ? -1 : asSsize(rt, size);
}

/** Moves the position on by up to `size` and gives what lies between. */
function take(rt: Runtime, self: Ref, size: number): Contents {
  const H = rt.words;
  const all = contents(rt, self);
  const from = Math.min(H[self + StreamWord.Position], all.length);
  const to = size < 0 ? all.length : Math.min(from + size, all.length);
  if (to > from) H[self + StreamWord.Position] = to;
  return all.slice(from, to);
}

function requireMode(rt: Runtime, self: Ref, letters: RegExp, name: string): void {
  const mode = rt.words[self + StreamWord.Mode];
  if (mode !== 0 && !letters.test(strText(rt, mode))) raise(rt, UNSUPPORTED, `not ${name}`);
}

function read(rt: Runtime, self: Ref, size: Ref): Owned {
  requireMode(rt, self, /[r+]/, 'readable');
  return newPart(rt, take(rt, self, sizeArgument(rt, size)));
}

function readLine(rt: Runtime, self: Ref, limit: number): Contents {
  const all = contents(rt, self);
  const from = rt.words[self + StreamWord.Position];
  const found = typeof all === 'string' ? all.indexOf('\n', from) : all.indexOf(10, from);
  const length = (found < 0 ? all.length : found + 1) - from;
  return take(rt, self, limit >= 0 ? Math.min(limit, length) : Math.max(length, 0));
}

function readline(rt: Runtime, self: Ref, size: Ref): Owned {
  requireMode(rt, self, /[r+]/, 'readable');
  return newPart(rt, readLine(rt, self, sizeArgument(rt, size)));
}

function nextLine(rt: Runtime, self: Ref): Owned | 0 {
  requireMode(rt, self, /[r+]/, 'readable');
  const line = readLine(rt, self, -1);
  return line.length === 0 ? 0 : newPart(rt, line);
}

function readlines(rt: Runtime, self: Ref, hint: Ref): Owned {
  const limit = sizeArgument(rt, hint);
  const list = temp(rt, newList(rt, 0));
  let total = 0;
  for (let line = readLine(rt, self, -1); line.length > 0; line = readLine(rt, self, -1)) {
    listAppendTake(rt, list, newPart(rt, line));
    total += line.length;
    if (limit > 0 && total >= limit) break;
  }
  return untemp(rt, list);
}

function write(rt: Runtime, self: Ref, data: Ref): Owned {
  const all = contents(rt, self);
  requireMode(rt, self, /[wax+]/, 'writable');
  if (typeof all !== 'string') return writeBytes(rt, self, all, data);
  if (!isStr(rt, data)) typeError(rt, `string argument expected, got '${kindName(rt, data)}'`);
  const text = strText(rt, data);
  const H = rt.words;
  const at = H[self + StreamWord.Position];
  const before = at <= all.length ? all.slice(0, at) : all + '\0'.repeat(at - all.length);
  if (text !== '') setContents(rt, self, before + text + all.slice(at + text.length));
  H[self + StreamWord.Position] = at + text.length;
  H[self + StreamWord.Dirty] = 1;
  return newInt(rt, text.length);
}

function writeBytes(rt: Runtime, self: Ref, all: Uint8Array, data: Ref): Owned {
  const bytes = bufferOf(rt, data);
  if (bytes === null) typeError(rt, `a bytes-like object is required, not '${kindName(rt, data)}'`);
  const H = rt.words;
  const at = H[self + StreamWord.Position];
  const result = new Uint8Array(Math.max(all.length, at + bytes.length));
  result.set(all);
  result.set(bytes, at);
  if (bytes.length > 0) setContents(rt, self, result);
  H[self + StreamWord.Position] = at + bytes.length;
  H[self + StreamWord.Dirty] = 1;
  return newInt(rt, bytes.length);
}

function seek(rt: Runtime, self: Ref, offset: Ref, whence: Ref): Owned {
  const all = contents(rt, self);
  const H = rt.words;
  const from = whence === 0 ? 0 : asSsize(rt, whence);
  const by = asSsize(rt, offset);
  if (from < 0 || from > 2) valueError(rt, `Invalid whence (${from}, should be 0, 1 or 2)`);
  if (typeof all === 'string' && from !== 0 && by !== 0) raise(rt, UNSUPPORTED, "Can't do nonzero cur-relative seeks");
  if (from === 0 && by < 0)
    valueError(rt, typeof all === 'string' ? `Negative seek position ${by}` : `negative seek value ${by}`);
  const base = from === 0 ? 0 : from === 1 ? H[self + StreamWord.Position] : all.length;
  H[self + StreamWord.Position] = Math.max(base + by, 0);
  return newInt(rt, H[self + StreamWord.Position]);
}

function tell(rt: Runtime, self: Ref): Owned {
  contents(rt, self);
  return newInt(rt, rt.words[self + StreamWord.Position]);
}

function truncate(rt: Runtime, self: Ref, size: Ref): Owned {
  const all = contents(rt, self);
  const length = size === 0 || size === S.None ? rt.words[self + StreamWord.Position] : asSsize(rt, size);
  if (length < 0) valueError(rt, `Negative size value ${length}`);
  if (length < all.length) setContents(rt, self, all.slice(0, length));
  rt.words[self + StreamWord.Dirty] = 1;
  return newInt(rt, length);
}

/** Writes a changed file. */
export function flushFile(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const path = H[self + StreamWord.Path];
  if (path === 0 || H[self + StreamWord.Dirty] === 0) return;
  const all = contents(rt, self);
  const data = typeof all === 'string' ? new TextEncoder().encode(all) : all;
  writeWhole(rt, path, data);
  H[self + StreamWord.Dirty] = 0;
}

function flush(rt: Runtime, self: Ref): Owned {
  contents(rt, self);
  flushFile(rt, self);
  return none();
}

function close(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  if (H[self + StreamWord.Closed] !== 0) return none();
  flushFile(rt, self);
  if (H[self + StreamWord.Payload] !== 0) hostFree(rt, H[self + StreamWord.Payload]);
  H[self + StreamWord.Payload] = 0;
  H[self + StreamWord.Closed] = 1;
  return none();
}

function getValue(rt: Runtime, self: Ref): Owned {
  return newPart(rt, contents(rt, self));
}

/** A method that answers `value` while the stream is open. */
function says(value: boolean): NativeFunction {
  return (rt, self) => {
    contents(rt, self);
    return pyBool(value) as Owned;
  };
}

const canRead: NativeFunction = (rt, self) => pyBool(hasMode(rt, self, /[r+]/)) as Owned;
const canWrite: NativeFunction = (rt, self) => pyBool(hasMode(rt, self, /[wax+]/)) as Owned;

function hasMode(rt: Runtime, self: Ref, letters: RegExp): boolean {
  contents(rt, self);
  const mode = rt.words[self + StreamWord.Mode];
  return mode === 0 || letters.test(strText(rt, mode));
}

const METHODS = (): NativeDefinition[] => [
  native('read($self, size=-1, /)', read),
  native('readline($self, size=-1, /)', readline),
  native('readlines($self, hint=-1, /)', readlines),
  native('write($self, s, /)', write),
  native('seek($self, pos, whence=0, /)', seek),
  native('tell($self, /)', tell),
  native('truncate($self, pos=None, /)', truncate),
  native('flush($self, /)', flush),
  native('close($self, /)', close),
  native('seekable($self, /)', says(true)),
  native('readable($self, /)', canRead),
  native('writable($self, /)', canWrite),
  native('isatty($self, /)', says(false)),
];

function stringInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const [initial = 0, newline = 0] = parseArguments(rt, 'StringIO', ['initial_value', 'newline'], 0, args, kwargs);
  if (initial !== 0 && initial !== S.None && !isStr(rt, initial)) {
    typeError(rt, `initial_value must be str or None, not ${kindName(rt, initial)}`);
  }
  const text = initial === 0 || initial === S.None ? '' : strText(rt, initial);
  setContents(rt, self, newline === S.None ? text.replace(/\r\n?/g, '\n') : text);
  rt.words[self + StreamWord.Position] = rt.words[self + StreamWord.Closed] = 0;
}

function bytesInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const [initial = 0] = parseArguments(rt, 'BytesIO', ['initial_bytes'], 0, args, kwargs);
  let data = new Uint8Array(0);
  if (initial !== 0 && initial !== S.None) {
    const given = bufferOf(rt, initial);
    if (given === null) typeError(rt, `a bytes-like object is required, not '${kindName(rt, initial)}'`);
    data = given.slice();
  }
  setContents(rt, self, data);
  rt.words[self + StreamWord.Position] = rt.words[self + StreamWord.Closed] = 0;
}

defineType({
  ref: STRING_IO,
  name: '_io.StringIO',
  base: TEXT_IO_BASE,
  ...sizes(),
  doc: 'Text I/O implementation using an in-memory buffer.',
  slots: { init: stringInit, iternext: nextLine },
  methods: [...METHODS(), native('getvalue($self, /)', getValue)],
  getset: [getset('line_buffering', () => pyBool(false) as Owned)],
});

defineType({
  ref: BYTES_IO,
  name: '_io.BytesIO',
  base: BUFFERED_IO_BASE,
  ...sizes(),
  doc: 'Buffered I/O implementation using an in-memory bytes buffer.',
  slots: { init: bytesInit, iternext: nextLine },
  methods: [
    ...METHODS(),
    native('read1($self, size=-1, /)', read),
    native('getvalue($self, /)', getValue),
    native('getbuffer($self, /)', getValue),
  ],
});

function fileRepr(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const path = H[self + StreamWord.Path] === 0 ? '' : strText(rt, H[self + StreamWord.Path]);
  const mode = H[self + StreamWord.Mode] === 0 ? 'r' : strText(rt, H[self + StreamWord.Mode]);
  const name = typeFullName(rt, H[self + ObjectWord.Type]);
  const rest = isText(rt, self) ? ` mode='${mode}' encoding='UTF-8'` : '';
  return newStr(rt, `<${name} name='${path}'${rest}>`);
}

const FILE_GETSET = (): ReturnType<typeof getset>[] => [
  getset('name', (rt, self) => newRef(rt, rt.words[self + StreamWord.Path] || S.None)),
  getset(
    'mode',
    (rt, self) => newRef(rt, rt.words[self + StreamWord.Mode] || S.None),
    (rt, self, value) => {
      setWord(rt, self + StreamWord.Mode, value === 0 ? 0 : newRef(rt, value));
    },
  ),
];

/** `TextIOWrapper(buffer, encoding, …)`: decodes what the buffer still has. @runsPython */
function wrapperInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const names = ['buffer', 'encoding', 'errors', 'newline', 'line_buffering', 'write_through'];
  const [buffer = 0, encoding = 0, errors = 0] = parseArguments(rt, 'TextIOWrapper', names, 1, args, kwargs);
  const method = temp(rt, getAttrText(rt, buffer, 'read'));
  const data = temp(rt, call0(rt, method));
  const name = encoding === 0 || encoding === S.None ? 'utf-8' : strText(rt, encoding);
  const handler = errors === 0 || errors === S.None ? 'strict' : strText(rt, errors);
  const text = decodeText(rt, bufferOf(rt, data) ?? new Uint8Array(0), name, handler);
  setContents(rt, self, text.replace(/\r\n?/g, '\n'));
  dropTemp(rt, data);
  dropTemp(rt, method);
}

defineType({
  ref: TEXT_FILE,
  name: '_io.TextIOWrapper',
  base: TEXT_IO_BASE,
  ...sizes(),
  doc: 'A text file.',
  slots: { init: wrapperInit, repr: fileRepr, iternext: nextLine },
  methods: METHODS(),
  getset: [...FILE_GETSET(), getset('encoding', (rt) => newStr(rt, 'UTF-8'))],
});

defineType({
  ref: BINARY_FILE,
  name: '_io.BufferedReader',
  base: BUFFERED_IO_BASE,
  ...sizes(),
  doc: 'A binary file.',
  slots: { repr: fileRepr, iternext: nextLine },
  methods: [...METHODS(), native('read1($self, size=-1, /)', read)],
  getset: FILE_GETSET(),
});
