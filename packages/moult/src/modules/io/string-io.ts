/** `io.StringIO`. Source: CPython 3.12 Modules/_io/stringio.c. */
import {
  charge,
  genericAlloc,
  hostAdd,
  hostFree,
  hostGet,
  LayoutKind,
  ObjectWord,
  setWord,
  TypeFlag,
  uncharge,
} from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, raise, typeError, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { getset, native } from '../../core/native.ts';
import type { NativeFunction } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { codePointLength, newStr, strLength, strText } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { tupleItem, tupleOf, tupleSize } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isStr, isTuple, kindName, typeFullName } from '../../core/types.ts';
import { parseArguments } from '../arguments.ts';
import { streamDealloc } from './base.ts';
import { addAttributes, readPosition } from './bytes-io.ts';
import { NewlineBit, StringIoFlag, StringIoWord } from './layout.ts';
import { afterCharacters, decodeNewlines, isWide, lineEnd, seenNewlines } from './newlines.ts';
import { callNamed, closedError, doubleAt, setDouble, sizeOr } from './support.ts';
import { STRING_IO, TEXT_IO_BASE } from './types.ts';

/** Metered bytes of a character: CPython keeps four for each. */
const CHARACTER_BYTES = 4;

function requireOpen(rt: Runtime, self: Ref): void {
  const H = rt.words;
  if (H[self + StringIoWord.Ok] === 0) valueError(rt, 'I/O operation on uninitialized object');
  if (H[self + StringIoWord.Closed] !== 0) closedError(rt, 'I/O operation on closed file');
}

function contents(rt: Runtime, self: Ref): string {
  const index = rt.words[self + StringIoWord.Text];
  return index === 0 ? '' : (hostGet(rt, index) as string);
}

/** Replaces the contents of `length` characters. */
function setContents(rt: Runtime, self: Ref, text: string, length: number): void {
  const H = rt.words;
  const nbytes = length * CHARACTER_BYTES;
  const charged = H[self + StringIoWord.Charged];
  if (nbytes > charged) charge(rt, nbytes - charged);
  else uncharge(rt, charged - nbytes);
  H[self + StringIoWord.Charged] = nbytes;
  if (H[self + StringIoWord.Text] !== 0) hostFree(rt, H[self + StringIoWord.Text]);
  H[self + StringIoWord.Text] = text === '' ? 0 : hostAdd(rt, text);
  H[self + StringIoWord.Length] = length;
}

function release(rt: Runtime, self: Ref): void {
  setContents(rt, self, '', 0);
}

function position(rt: Runtime, self: Ref): number {
  return doubleAt(rt, self + StringIoWord.Pos);
}

/** Index of the code unit of a character. */
function unitOf(rt: Runtime, self: Ref, text: string, character: number): number {
  if (rt.words[self + StringIoWord.Wide] === 0) return Math.min(character, text.length);
  return afterCharacters(text, 0, character);
}

function hasFlag(rt: Runtime, self: Ref, flag: StringIoFlag): boolean {
  return (rt.words[self + StringIoWord.Flags] & flag) !== 0;
}

/** Writes a str. Source: CPython 3.12 write_str. */
function writeStr(rt: Runtime, self: Ref, str: Ref): void {
  const H = rt.words;
  let text = strText(rt, str);
  let length = strLength(rt, str);
  if (hasFlag(rt, self, StringIoFlag.ReadUniversal)) {
    const translate = hasFlag(rt, self, StringIoFlag.ReadTranslate) ? NewlineBit.Translate : 0;
    const decoded = decodeNewlines(text, H[self + StringIoWord.Seen] | translate, true);
    H[self + StringIoWord.Seen] = decoded.bits & NewlineBit.Seen;
    if (decoded.text !== text) length = codePointLength(decoded.text);
    text = decoded.text;
  }
  const writeNl = H[self + StringIoWord.WriteNl];
  if (writeNl !== 0 && text.includes('\n')) {
    text = text.replaceAll('\n', strText(rt, writeNl));
    length = codePointLength(text);
  }
  if (length === 0) return;
  if (text.length !== length || isWide(text)) H[self + StringIoWord.Wide] = 1;
  put(rt, self, text, length);
}

function put(rt: Runtime, self: Ref, text: string, length: number): void {
  const H = rt.words;
  const all = contents(rt, self);
  const total = H[self + StringIoWord.Length];
  const from = position(rt, self);
  const end = from + length;
  if (end > 0x1fff_ffff) rt.onOutOfMemory(end);
  if (from >= total) setContents(rt, self, all + '\0'.repeat(from - total) + text, end);
  else
    setContents(
      rt,
      self,
      all.slice(0, unitOf(rt, self, all, from)) + text + all.slice(unitOf(rt, self, all, end)),
      Math.max(total, end),
    );
  setDouble(rt, self + StringIoWord.Pos, end);
}

function write(rt: Runtime, self: Ref, text: Ref): Owned {
  if (!isStr(rt, text)) typeError(rt, `string argument expected, got '${kindName(rt, text)}'`);
  requireOpen(rt, self);
  writeStr(rt, self, text);
  return newInt(rt, strLength(rt, text));
}

/** Takes `n` characters from the position on (−1: all). */
function take(rt: Runtime, self: Ref, n: number): string {
  const from = position(rt, self);
  const rest = Math.max(0, rt.words[self + StringIoWord.Length] - from);
  const count = n < 0 ? rest : Math.min(n, rest);
  if (count === 0) return '';
  const all = contents(rt, self);
  setDouble(rt, self + StringIoWord.Pos, from + count);
  if (count === all.length) return all;
  const start = unitOf(rt, self, all, from);
  return all.slice(
    start,
    rt.words[self + StringIoWord.Wide] === 0 ? start + count : afterCharacters(all, start, count),
  );
}

function read(rt: Runtime, self: Ref, size: Ref): Owned {
  requireOpen(rt, self);
  return newStr(rt, take(rt, self, sizeOr(rt, size, -1)));
}

/** The line end that lines are read by, null: any. */
function readEnd(rt: Runtime, self: Ref): string | null {
  if (hasFlag(rt, self, StringIoFlag.ReadTranslate)) return '\n';
  if (hasFlag(rt, self, StringIoFlag.ReadUniversal)) return null;
  const given = rt.words[self + StringIoWord.ReadNl];
  return given === 0 ? '\n' : strText(rt, given);
}

/** Source: CPython 3.12 _stringio_readline. */
function takeLine(rt: Runtime, self: Ref, limit: number): string {
  const from = position(rt, self);
  if (from >= rt.words[self + StringIoWord.Length] || limit === 0) return '';
  const all = contents(rt, self);
  const start = unitOf(rt, self, all, from);
  const found = lineEnd(all, start, readEnd(rt, self));
  const line = all.slice(start, found < 0 ? all.length : found);
  const length = rt.words[self + StringIoWord.Wide] === 0 ? line.length : codePointLength(line);
  return take(rt, self, limit < 0 ? length : Math.min(limit, length));
}

function readline(rt: Runtime, self: Ref, size: Ref): Owned {
  requireOpen(rt, self);
  return newStr(rt, takeLine(rt, self, sizeOr(rt, size, -1)));
}

function nextLine(rt: Runtime, self: Ref): Owned | 0 {
  requireOpen(rt, self);
  if (rt.words[self + ObjectWord.Type] === STRING_IO) {
    const line = takeLine(rt, self, -1);
    return line === '' ? 0 : newStr(rt, line);
  }
  const line = temp(rt, callNamed(rt, self, 'readline'));
  if (!isStr(rt, line))
    raise(rt, T.OSError, `readline() should have returned a str object, not '${kindName(rt, line)}'`);
  if (strLength(rt, line) > 0) return untemp(rt, line);
  dropTemp(rt, line);
  return 0;
}

function truncate(rt: Runtime, self: Ref, posArg: Ref): Owned {
  requireOpen(rt, self);
  const size = sizeOr(rt, posArg, position(rt, self));
  if (size < 0) valueError(rt, `Negative size value ${size}`);
  if (size < rt.words[self + StringIoWord.Length]) {
    const all = contents(rt, self);
    setContents(rt, self, all.slice(0, unitOf(rt, self, all, size)), size);
  }
  return newInt(rt, size);
}

function seek(rt: Runtime, self: Ref, posArg: Ref, whenceArg: Ref): Owned {
  const pos = asSsize(rt, posArg);
  const whence = whenceArg === 0 ? 0 : asSsize(rt, whenceArg);
  requireOpen(rt, self);
  if (whence < 0 || whence > 2) valueError(rt, `Invalid whence (${whence}, should be 0, 1 or 2)`);
  if (pos < 0 && whence === 0) valueError(rt, `Negative seek position ${pos}`);
  if (whence !== 0 && pos !== 0) raise(rt, T.OSError, "Can't do nonzero cur-relative seeks");
  setDouble(
    rt,
    self + StringIoWord.Pos,
    whence === 0 ? pos : whence === 1 ? position(rt, self) : rt.words[self + StringIoWord.Length],
  );
  return newInt(rt, position(rt, self));
}

function close(rt: Runtime, self: Ref): Owned {
  rt.words[self + StringIoWord.Closed] = 1;
  release(rt, self);
  return none();
}

function init(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const [value = 0, newline = 0] = parseArguments(rt, 'StringIO', ['initial_value', 'newline'], 0, args, kwargs);
  rt.words[self + StringIoWord.Ok] = 0;
  const end =
    newline === 0
      ? '\n'
      : newline === S.None
        ? null
        : isStr(rt, newline)
          ? strText(rt, newline)
          : refuseNewline(rt, newline);
  if (value !== 0 && value !== S.None && !isStr(rt, value))
    typeError(rt, `initial_value must be str or None, not ${kindName(rt, value)}`);
  setUp(rt, self, end);
  if (value !== 0 && value !== S.None) writeStr(rt, self, value);
  setDouble(rt, self + StringIoWord.Pos, 0);
}

function refuseNewline(rt: Runtime, newline: Ref): never {
  return typeError(rt, `newline must be str or None, not ${kindName(rt, newline)}`);
}

/** An empty stream with the line ends that `end` (null: None) asks for. */
function setUp(rt: Runtime, self: Ref, end: string | null): void {
  if (end !== null && !['', '\n', '\r', '\r\n'].includes(end))
    valueError(rt, `illegal newline value: '${end.replace(/\n/g, '\\n').replace(/\r/g, '\\r')}'`);
  const H = rt.words;
  release(rt, self);
  const universal = end === null || end === '' ? StringIoFlag.ReadUniversal : 0;
  H[self + StringIoWord.Flags] = universal | (end === null ? StringIoFlag.ReadTranslate : 0);
  H[self + StringIoWord.Seen] = H[self + StringIoWord.Wide] = H[self + StringIoWord.Closed] = 0;
  setWord(rt, self + StringIoWord.ReadNl, end === null ? 0 : newStr(rt, end));
  setWord(rt, self + StringIoWord.WriteNl, end === '\r' || end === '\r\n' ? newStr(rt, end) : 0);
  setDouble(rt, self + StringIoWord.Pos, 0);
  H[self + StringIoWord.Ok] = 1;
}

function getValue(rt: Runtime, self: Ref): Owned {
  requireOpen(rt, self);
  return newStr(rt, contents(rt, self));
}

function getState(rt: Runtime, self: Ref): Owned {
  const value = temp(rt, getValue(rt, self));
  const H = rt.words;
  const newline = H[self + StringIoWord.ReadNl] || S.None;
  const dict = H[self + StringIoWord.Dict];
  return tupleOf(rt, value, newline, temp(rt, newInt(rt, position(rt, self))), dict === 0 ? S.None : dict);
}

/** Source: CPython 3.12 stringio_setstate. */
function setState(rt: Runtime, self: Ref, state: Ref): Owned {
  if (rt.words[self + StringIoWord.Closed] !== 0) closedError(rt, 'I/O operation on closed file');
  const name = typeFullName(rt, rt.words[self + ObjectWord.Type]);
  if (!isTuple(rt, state) || tupleSize(rt, state) < 4)
    typeError(rt, `${name}.__setstate__ argument should be 4-tuple, got ${kindName(rt, state)}`);
  const [value, newline, pos, dict] = [0, 1, 2, 3].map((i) => tupleItem(rt, state, i)) as [Ref, Ref, Ref, Ref];
  const end = newline === S.None ? null : isStr(rt, newline) ? strText(rt, newline) : refuseNewline(rt, newline);
  if (!isStr(rt, value)) typeError(rt, `initial_value must be str or None, not ${kindName(rt, value)}`);
  setUp(rt, self, end);
  const text = strText(rt, value);
  rt.words[self + StringIoWord.Wide] = isWide(text) ? 1 : 0;
  setContents(rt, self, text, strLength(rt, value));
  setDouble(rt, self + StringIoWord.Pos, readPosition(rt, pos));
  if (dict !== S.None) addAttributes(rt, self, dict);
  return none();
}

/** A method that answers yes while the stream is open. */
const saysYes: NativeFunction = (rt, self) => {
  requireOpen(rt, self);
  return pyBool(true) as Owned;
};

const OWNED = [StringIoWord.ReadNl, StringIoWord.WriteNl];

defineType({
  ref: STRING_IO,
  name: '_io.StringIO',
  heapType: 'immutable',
  base: TEXT_IO_BASE,
  basicSize: 168,
  words: StringIoWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: LayoutKind.Fixed,
  ownWords: true,
  traverse: [StringIoWord.Dict],
  owned: OWNED,
  dealloc: streamDealloc(StringIoWord.WeakList, [...OWNED, StringIoWord.Dict], release, false),
  dictWord: StringIoWord.Dict,
  weakListWord: StringIoWord.WeakList,
  doc:
    "StringIO(initial_value='', newline='\\n')\n--\n\n" +
    'Text I/O implementation using an in-memory buffer.\n\nThe initial_value argument sets the value of object.  The newline\n' +
    "argument is like the one of TextIOWrapper's constructor.",
  slots: { new: (rt, type) => genericAlloc(rt, type), init, iternext: nextLine },
  methods: [
    native('close($self, /)', close),
    native('getvalue($self, /)', getValue),
    native('read($self, size=-1, /)', read),
    native('readline($self, size=-1, /)', readline),
    native('tell($self, /)', (rt, self) => {
      requireOpen(rt, self);
      return newInt(rt, position(rt, self));
    }),
    native('truncate($self, pos=None, /)', truncate),
    native('seek($self, pos, whence=0, /)', seek),
    native('write($self, s, /)', write),
    native('seekable($self, /)', saysYes),
    native('readable($self, /)', saysYes),
    native('writable($self, /)', saysYes),
    native('__getstate__($self, /)', getState, { unsigned: true }),
    native('__setstate__($self, state, /)', setState, { unsigned: true }),
  ],
  getset: [
    getset('closed', (rt, self) => pyBool(rt.words[self + StringIoWord.Closed] !== 0) as Owned),
    getset('newlines', (rt, self) => {
      requireOpen(rt, self);
      return seenNewlines(rt, rt.words[self + StringIoWord.Seen]);
    }),
    getset('line_buffering', (rt, self) => {
      requireOpen(rt, self);
      return pyBool(false) as Owned;
    }),
  ],
});
