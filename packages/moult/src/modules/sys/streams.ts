/** Standard input, output and error, and writing to whatever takes their place. */
import { decref, GcRoot, GenWord, newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call1, callWithTuple } from '../../core/call.ts';
import { dictGet, dictGetText, dictSetText, newDict } from '../../core/dict/index.ts';
import { none, runtimeError } from '../../core/errors.ts';
import { hostErrorCode } from '../../core/host-files.ts';
import { newInt } from '../../core/int.ts';
import { Id } from '../../core/names.ts';
import { getAttr, getAttrText, setAttrText, str } from '../../core/protocol/index.ts';
import { RootRef } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { TextFlag, TextWord, FileWord } from '../io/layout.ts';
import { asks } from '../io/support.ts';
import { hasFlag } from '../io/text/state.ts';
import { writeText } from '../io/text/writing.ts';
import { BUFFERED_READER, BUFFERED_WRITER, DEFAULT_BUFFER_SIZE, FILE_IO, TEXT_WRAPPER } from '../io/types.ts';
import { hostFiles } from '../posix/paths.ts';

const NAMES: readonly string[] = ['<stdin>', '<stdout>', '<stderr>'];

/** What the program's environment says, null for nothing. */
function variable(rt: Runtime, name: string): string | null {
  const value = rt.host?.environment?.()[name] ?? '';
  return value === '' ? null : value;
}

/** What is called by which names that are there before the library is: others are not looked for. */
const ENCODINGS: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  ascii: 'ascii',
  usascii: 'ascii',
  latin1: 'iso8859-1',
  iso88591: 'iso8859-1',
};

/** `PYTHONIOENCODING` in its two parts, each of which may be missing. */
function givenEncoding(rt: Runtime): readonly [encoding: string | null, errors: string | null] {
  const ignored = (rt.options.flags?.['ignore_environment'] ?? 0) !== 0;
  const text = ignored ? null : variable(rt, 'PYTHONIOENCODING');
  if (text === null) return [null, null];
  const [encoding = '', errors = ''] = text.split(':', 2);
  // An encoding without errors is strict.
  return [
    ENCODINGS[encoding.toLowerCase().replace(/[-_]/g, '')] ?? null,
    errors || (encoding === '' ? null : 'strict'),
  ];
}

/** How the stream treats what is no text; the UTF-8 mode and the C locale let it through.
 *  Source: CPython 3.12 config_init_stdio_encoding. */
function errorsOf(rt: Runtime, fd: number, given: string | null): string {
  if (fd === 2) return 'backslashreplace';
  if (given !== null) return given;
  return isUtf8Mode(rt) || isPlainLocale(rt) ? 'surrogateescape' : 'strict';
}

function isUtf8Mode(rt: Runtime): boolean {
  return (rt.options.flags?.['utf8_mode'] ?? 1) !== 0;
}

function isPlainLocale(rt: Runtime): boolean {
  const locale = variable(rt, 'LC_ALL') ?? variable(rt, 'LC_CTYPE') ?? variable(rt, 'LANG') ?? 'C';
  return locale === 'C' || locale === 'POSIX';
}

/** The text stream of descriptor 0, 1 or 2; None where the host has no such descriptor. Source: CPython 3.12 create_stdio. */
export function newStream(rt: Runtime, fd: number): Owned {
  if (!isOpenDescriptor(rt, fd)) return none();
  const m = tempMark(rt);
  const text = (value: string): Ref => temp(rt, newStr(rt, value));
  const buffered = fd === 0 || rt.options.unbuffered !== true;
  const raw = temp(
    rt,
    callWithTuple(
      rt,
      FILE_IO,
      temp(rt, tupleOf(rt, temp(rt, newInt(rt, fd)), text(fd === 0 ? 'rb' : 'wb'), S.False)),
      0,
    ),
  );
  const size = temp(rt, buffered ? getAttrText(rt, raw, '_blksize') : newInt(rt, DEFAULT_BUFFER_SIZE));
  const type = fd === 0 ? BUFFERED_READER : BUFFERED_WRITER;
  const buffer = buffered ? temp(rt, callWithTuple(rt, type, temp(rt, tupleOf(rt, raw, size)), 0)) : raw;
  setAttrText(rt, raw, 'name', text(NAMES[fd] ?? ''));
  const lines = buffered && (fd === 2 || asks(rt, raw, 'isatty'));
  const [encoding, errors] = givenEncoding(rt);
  const args = tupleOf(
    rt,
    buffer,
    text(encoding ?? (isUtf8Mode(rt) || !isPlainLocale(rt) ? 'utf-8' : 'ascii')),
    text(errorsOf(rt, fd, errors)),
    text('\n'),
    pyBool(lines),
  );
  const options = temp(rt, newDict(rt));
  if (!buffered) dictSetText(rt, options, 'write_through', S.True);
  const stream = temp(rt, callWithTuple(rt, TEXT_WRAPPER, temp(rt, args), options));
  setAttrText(rt, stream, 'mode', text(fd === 0 ? 'r' : 'w'));
  return releaseKeeping(rt, m, newRef(rt, stream));
}

function isOpenDescriptor(rt: Runtime, fd: number): boolean {
  try {
    hostFiles(rt).statusOf(fd);
    return true;
  } catch (error) {
    if (hostErrorCode(error) === null) throw error;
    return false;
  }
}

/** True if `file` is a text stream of no subclass, over a plain file that is open. */
function isOpenStream(rt: Runtime, file: Ref): boolean {
  const H = rt.words;
  if (H[file + ObjectWord.Type] !== TEXT_WRAPPER || !hasFlag(rt, file, TextFlag.Ok)) return false;
  const raw = H[file + TextWord.Raw];
  return raw !== 0 && H[raw + FileWord.Fd] >= 0;
}

/** Calls `file.write(text)` with a str. @runsPython */
export function writeObject(rt: Runtime, file: Ref, text: Ref): void {
  if (isOpenStream(rt, file) && !isCollectionNext(rt)) writeText(rt, file, text);
  else writeByMethod(rt, file, text);
}

/** Whether one more object, such as the bound method `write`, starts a collection. */
function isCollectionNext(rt: Runtime): boolean {
  const H = rt.words;
  return H[GcRoot.Generations + GenWord.Count] === H[GcRoot.Generations + GenWord.Threshold];
}

/** Calls `file.write(str(value))`. The method is there before `str` runs Python code, which a collection may come in.
 *  @runsPython Source: CPython 3.12 PyFile_WriteObject. */
export function printObject(rt: Runtime, file: Ref, value: Ref): void {
  const m = tempMark(rt);
  const type = rt.words[value + ObjectWord.Type];
  if (type === T.str || type === T.int || type === T.float || type === T.bool || value === S.None) {
    writeObject(rt, file, temp(rt, str(rt, value)));
  } else {
    const write = temp(rt, getAttr(rt, file, Id.write));
    temp(rt, call1(rt, write, temp(rt, str(rt, value))));
  }
  releaseTemps(rt, m);
}

/** Any object with an attribute `write` is a file. @runsPython */
function writeByMethod(rt: Runtime, file: Ref, text: Ref): void {
  const write = temp(rt, getAttr(rt, file, Id.write));
  decref(rt, call1(rt, write, text));
  dropTemp(rt, write);
}

/** Calls a method of a file that takes nothing. @runsPython */
export function callFile(rt: Runtime, file: Ref, name: Ref): Owned {
  const m = tempMark(rt);
  return releaseKeeping(rt, m, call0(rt, temp(rt, getAttr(rt, file, name))));
}

/** Writes text to a file object. @runsPython */
export function writeFile(rt: Runtime, file: Ref, text: string): void {
  const str = temp(rt, newStr(rt, text));
  writeObject(rt, file, str);
  dropTemp(rt, str);
}

/** Writes text of the interpreter's own to standard error of the host, whatever `sys.stderr` is. */
function writeErrorText(rt: Runtime, text: string): void {
  const data = new TextEncoder().encode(text.replace(/\p{Surrogate}/gu, (c) => `\\u${c.charCodeAt(0).toString(16)}`));
  try {
    for (let at = 0; at < data.length;) at += hostFiles(rt).write(2, data.subarray(at));
  } catch (error) {
    if (hostErrorCode(error) === null) throw error;
  }
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
