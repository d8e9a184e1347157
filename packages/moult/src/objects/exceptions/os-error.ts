/** OSError and the types that stand for error numbers. */
import { newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { raise, typeError } from '../../core/errors.ts';
import { SLOT_FUNCTIONS, slotIndex } from '../../core/functions.ts';
import type { UnarySlot } from '../../core/functions.ts';
import { compactValue, isCompact, newInt, safeIntValue } from '../../core/int.ts';
import { ExcWord, OSErrorWord } from '../../core/layout/exceptions.ts';
import { getset, member, MemberKind, native } from '../../core/native.ts';
import { reprText, strTextOf } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, temp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isInt, kindName } from '../../core/types.ts';
import { TypeWord } from '@moult/heap';
import { allocException, arg, argCount, refuseKeywords } from './arguments.ts';
import { baseStr } from './base.ts';
import { EXCEPTION_FLAGS, exceptionParts } from './layout.ts';

/** Linux error numbers that have a type. */
const ERRNO_TYPES: ReadonlyMap<number, Ref> = new Map<number, Ref>([
  [1, T.PermissionError],
  [2, T.FileNotFoundError],
  [3, T.ProcessLookupError],
  [4, T.InterruptedError],
  [10, T.ChildProcessError],
  [11, T.BlockingIOError],
  [13, T.PermissionError],
  [17, T.FileExistsError],
  [20, T.NotADirectoryError],
  [21, T.IsADirectoryError],
  [32, T.BrokenPipeError],
  [103, T.ConnectionAbortedError],
  [104, T.ConnectionResetError],
  [108, T.BrokenPipeError],
  [110, T.TimeoutError],
  [111, T.ConnectionRefusedError],
  [114, T.BlockingIOError],
  [115, T.BlockingIOError],
]);

const INIT = slotIndex(osErrorInit);
const NEW = slotIndex(osErrorNew);

/** A subclass that overrides `__init__` but not `__new__` gets its arguments there. */
function usesInit(rt: Runtime, type: Ref): boolean {
  const H = rt.words;
  return H[type + TypeWord.Init] !== INIT && H[type + TypeWord.New] === NEW;
}

function osErrorNew(rt: Runtime, type: Ref, args: Ref, kwargs: Ref): Owned {
  if (usesInit(rt, type)) {
    const bare = allocException(rt, type, 0);
    rt.words[bare + OSErrorWord.Written] = -1;
    return bare;
  }
  refuseKeywords(rt, type, kwargs);
  const exception = allocException(rt, typeFor(rt, type, args), args);
  rt.words[exception + OSErrorWord.Written] = -1;
  fill(rt, exception, args);
  return exception;
}

function typeFor(rt: Runtime, type: Ref, args: Ref): Ref {
  const n = argCount(rt, args);
  if (type !== T.OSError || n < 2 || n > 5) return type;
  const errno = arg(rt, args, 0);
  if (!isInt(rt, errno) || !isCompact(rt, errno)) return type;
  return ERRNO_TYPES.get(compactValue(rt, errno)) ?? type;
}

function osErrorInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  const type = rt.words[self + ObjectWord.Type];
  if (!usesInit(rt, type)) return;
  refuseKeywords(rt, type, kwargs);
  setWord(rt, self + ExcWord.Args, newRef(rt, args));
  fill(rt, self, args);
}

/** Takes error number, text and file names from two to five arguments. Source: CPython 3.12 oserror_init. */
function fill(rt: Runtime, self: Ref, args: Ref): void {
  const n = argCount(rt, args);
  if (n < 2 || n > 5) return;
  if (n >= 3 && arg(rt, args, 2) !== S.None) storeFile(rt, self, args, n);
  setWord(rt, self + OSErrorWord.Errno, newRef(rt, arg(rt, args, 0)));
  setWord(rt, self + OSErrorWord.StrError, newRef(rt, arg(rt, args, 1)));
}

function storeFile(rt: Runtime, self: Ref, args: Ref, n: number): void {
  const name = arg(rt, args, 2);
  if (rt.words[self + ObjectWord.Type] === T.BlockingIOError && isNumber(rt, name)) {
    rt.words[self + OSErrorWord.Written] = asIndex(rt, name);
    return;
  }
  setWord(rt, self + OSErrorWord.FileName, newRef(rt, name));
  if (n === 5 && arg(rt, args, 4) !== S.None) setWord(rt, self + OSErrorWord.FileName2, newRef(rt, arg(rt, args, 4)));
  setWord(rt, self + ExcWord.Args, tupleOf(rt, arg(rt, args, 0), arg(rt, args, 1)));
}

function isNumber(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  const type = H[o + ObjectWord.Type];
  return H[type + TypeWord.NbIndex] !== 0 || H[type + TypeWord.NbInt] !== 0 || H[type + TypeWord.NbFloat] !== 0;
}

/** The integer that `__index__` gives. ValueError outside of 32 bits: the word holds no more. @runsPython */
export function asIndex(rt: Runtime, o: Ref): number {
  const H = rt.words;
  const slot = H[H[o + ObjectWord.Type] + TypeWord.NbIndex];
  if (slot === 0) typeError(rt, `'${kindName(rt, o)}' object cannot be interpreted as an integer`);
  const index = temp(rt, isInt(rt, o) ? newRef(rt, o) : (SLOT_FUNCTIONS[slot] as UnarySlot)(rt, o));
  if (!isCompact(rt, index) && Math.abs(safeIntValue(rt, index)) > 0x7fffffff) {
    raise(rt, T.ValueError, `cannot fit 'int' into an index-sized integer`);
  }
  const value = safeIntValue(rt, index);
  dropTemp(rt, index);
  return value;
}

function osErrorStr(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const name = H[self + OSErrorWord.FileName];
  const known = H[self + OSErrorWord.Errno] !== 0 && H[self + OSErrorWord.StrError] !== 0;
  if (name === 0 && !known) return baseStr(rt, self);
  const head = `[Errno ${wordText(rt, self + OSErrorWord.Errno)}] ${wordText(rt, self + OSErrorWord.StrError)}`;
  if (name === 0) return newStr(rt, head);
  const second = H[self + OSErrorWord.FileName2];
  const to = second === 0 ? '' : ` -> ${reprText(rt, second)}`;
  return newStr(rt, `${head}: ${reprText(rt, H[self + OSErrorWord.FileName])}${to}`);
}

function wordText(rt: Runtime, word: number): string {
  return strTextOf(rt, rt.words[word] || S.None);
}

function osErrorReduce(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const args = temp(rt, reduceArgs(rt, self));
  const dict = H[self + ExcWord.Dict];
  const result =
    dict === 0 ? tupleOf(rt, H[self + ObjectWord.Type], args) : tupleOf(rt, H[self + ObjectWord.Type], args, dict);
  dropTemp(rt, args);
  return result;
}

/** The arguments with the file names that were taken out of them. */
function reduceArgs(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  const args = H[self + ExcWord.Args];
  const name = H[self + OSErrorWord.FileName];
  if (argCount(rt, args) !== 2 || name === 0) return newRef(rt, args);
  const second = H[self + OSErrorWord.FileName2];
  if (second === 0) return tupleOf(rt, arg(rt, args, 0), arg(rt, args, 1), name);
  return tupleOf(rt, arg(rt, args, 0), arg(rt, args, 1), name, S.None, second);
}

function getWritten(rt: Runtime, self: Ref): Owned {
  const written = rt.words[self + OSErrorWord.Written];
  if (written === -1) raise(rt, T.AttributeError, 'characters_written');
  return newInt(rt, written);
}

function setWritten(rt: Runtime, self: Ref, value: Ref): void {
  const H = rt.words;
  if (value === 0) {
    if (H[self + OSErrorWord.Written] === -1) raise(rt, T.AttributeError, 'characters_written');
    H[self + OSErrorWord.Written] = -1;
  } else H[self + OSErrorWord.Written] = asIndex(rt, value);
}

defineType({
  ref: T.OSError,
  name: 'OSError',
  base: T.Exception,
  basicSize: 112,
  words: OSErrorWord.Words,
  ...exceptionParts([OSErrorWord.Errno, OSErrorWord.StrError, OSErrorWord.FileName, OSErrorWord.FileName2]),
  doc: 'The operating system refused.',
  slots: { new: osErrorNew, init: osErrorInit, str: osErrorStr },
  methods: [native('__reduce__($self, /)', osErrorReduce)],
  members: [
    member('errno', OSErrorWord.Errno, MemberKind.Object, false, 'POSIX exception code'),
    member('strerror', OSErrorWord.StrError, MemberKind.Object, false, 'exception strerror'),
    member('filename', OSErrorWord.FileName, MemberKind.Object, false, 'exception filename'),
    member('filename2', OSErrorWord.FileName2, MemberKind.Object, false, 'second exception filename'),
  ],
  getset: [getset('characters_written', getWritten, setWritten)],
});

function osError(ref: Ref, name: string, base: Ref, doc: string): void {
  defineType({ ref, name, base, doc, flags: EXCEPTION_FLAGS, slots: { init: osErrorInit } });
}

osError(T.BlockingIOError, 'BlockingIOError', T.OSError, 'The operation would have to wait.');
osError(T.ChildProcessError, 'ChildProcessError', T.OSError, 'A child process failed.');
osError(T.ConnectionError, 'ConnectionError', T.OSError, 'A connection failed.');
osError(T.BrokenPipeError, 'BrokenPipeError', T.ConnectionError, 'The other end is closed.');
osError(T.ConnectionAbortedError, 'ConnectionAbortedError', T.ConnectionError, 'The connection was aborted.');
osError(T.ConnectionRefusedError, 'ConnectionRefusedError', T.ConnectionError, 'The connection was refused.');
osError(T.ConnectionResetError, 'ConnectionResetError', T.ConnectionError, 'The connection was reset.');
osError(T.FileExistsError, 'FileExistsError', T.OSError, 'The file exists already.');
osError(T.FileNotFoundError, 'FileNotFoundError', T.OSError, 'There is no such file.');
osError(T.InterruptedError, 'InterruptedError', T.OSError, 'A signal interrupted the operation.');
osError(T.IsADirectoryError, 'IsADirectoryError', T.OSError, 'A folder is no file.');
osError(T.NotADirectoryError, 'NotADirectoryError', T.OSError, 'A file is no folder.');
osError(T.PermissionError, 'PermissionError', T.OSError, 'The permission is missing.');
osError(T.ProcessLookupError, 'ProcessLookupError', T.OSError, 'There is no such process.');
osError(T.TimeoutError, 'TimeoutError', T.OSError, 'The time ran out.');
