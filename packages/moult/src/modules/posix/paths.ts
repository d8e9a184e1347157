/** Paths as programs give them, and failures of the host as exceptions. */
import type { Ref } from '@moult/heap';
import { filesOf } from '../../core/bare-files.ts';
import { call0 } from '../../core/call.ts';
import { raise, raiseTake, typeError, valueError } from '../../core/errors.ts';
import { createExceptionFromTuple } from '../../core/exceptions.ts';
import type { HostFiles } from '../../core/host-files.ts';
import { hostErrorCode } from '../../core/host-files.ts';
import { bigIntValue, isSafeInt, newInt, safeIntValue } from '../../core/int.ts';
import { hasIndex, index, lookupAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { bytesData, newStr, strText } from '../../core/str.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { isBytes, isStr, shortKindName } from '../../core/types.ts';
import { decode } from '../../text/codecs.ts';
import { errorNumber, errorText } from '../errno.ts';

/** What a function takes as a path besides text: an open file, or nothing (the working folder). */
export const enum PathKind {
  Plain = 0,
  OrDescriptor = 1,
  OrNone = 2,
}

/** A path argument. */
export interface PathArgument {
  /** '' for a descriptor. */
  readonly text: string;
  /** −1 for a path. */
  readonly fd: number;
  /** What errors show, borrowed: str, bytes or int; 0: nothing. A temporary if the program's object made it. */
  readonly object: Ref;
  readonly isBytes: boolean;
}

const WANTED: readonly string[] = [
  'string, bytes or os.PathLike',
  'string, bytes, os.PathLike or integer',
  'string, bytes, os.PathLike or None',
  'string, bytes, os.PathLike, integer or None',
];

/** The files of the runtime's host. */
export function hostFiles(rt: Runtime): HostFiles {
  return filesOf(rt.host);
}

/** Reads a path for the function `name` ('' where CPython converts it without saying for whom). The result's `object` may be a new temporary. @runsPython
 *  Source: CPython 3.12 path_converter. */
export function readPath(rt: Runtime, name: string, path: Ref, kind = PathKind.Plain, argument = 'path'): PathArgument {
  if (isStr(rt, path))
    return checked(rt, { text: strText(rt, path), fd: -1, object: path, isBytes: false }, name, argument);
  if (isBytes(rt, path))
    return checked(rt, { text: bytesPath(bytesData(rt, path)), fd: -1, object: path, isBytes: true }, name, argument);
  if ((path === 0 || path === S.None) && (kind & PathKind.OrNone) !== 0)
    return { text: '.', fd: -1, object: 0, isBytes: false };
  if ((kind & PathKind.OrDescriptor) !== 0 && hasIndex(rt, path))
    return { text: '', fd: readFd(rt, path, 'fd is greater than maximum'), object: path, isBytes: false };
  const method = lookupAttrText(rt, path, '__fspath__');
  if (method === 0) {
    const wanted = name === '' ? 'expected str, bytes or os.PathLike object' : '';
    typeError(
      rt,
      `${wanted || `${name}: ${argument} should be ${WANTED[kind] ?? ''}`}, not ${shortKindName(rt, path)}`,
    );
  }
  temp(rt, method);
  const result = temp(rt, call0(rt, method));
  if (!isStr(rt, result) && !isBytes(rt, result)) {
    typeError(
      rt,
      `expected ${shortKindName(rt, path)}.__fspath__() to return str or bytes, not ${shortKindName(rt, result)}`,
    );
  }
  return readPath(rt, name, result, kind, argument);
}

function checked(rt: Runtime, path: PathArgument, name: string, argument: string): PathArgument {
  if (path.text.includes('\0'))
    valueError(rt, path.isBytes ? `${name}: embedded null character in ${argument}` : 'embedded null byte');
  return path;
}

/** A path given as bytes, with what is no UTF-8 as lone surrogates. */
function bytesPath(data: Uint8Array): string {
  return decode(data, 'utf-8', 'surrogateescape');
}

/** The text of a path given as str, bytes or an object with `__fspath__`. @runsPython */
export function pathText(rt: Runtime, path: Ref, where = 'path should be string, bytes or os.PathLike'): string {
  if (isStr(rt, path)) return strText(rt, path);
  if (isBytes(rt, path)) return bytesPath(bytesData(rt, path));
  const method = lookupAttrText(rt, path, '__fspath__');
  if (method === 0) typeError(rt, `${where}, not ${shortKindName(rt, path)}`);
  temp(rt, method);
  const result = temp(rt, call0(rt, method));
  const text = pathText(rt, result, where);
  dropTemp(rt, result);
  dropTemp(rt, method);
  return text;
}

/** A descriptor: anything with `__index__` that fits a C int. @runsPython */
export function readFd(rt: Runtime, o: Ref, tooLarge = 'Python int too large to convert to C int'): number {
  const i = temp(rt, index(rt, o));
  const value = isSafeInt(rt, i) ? safeIntValue(rt, i) : bigIntValue(rt, i) > 0n ? Infinity : -Infinity;
  dropTemp(rt, i);
  if (value > 0x7fffffff) raise(rt, T.OverflowError, tooLarge);
  if (value < -0x80000000) raise(rt, T.OverflowError, 'Python int too large to convert to C int');
  return value;
}

/** Raises OSError (its subclass for the error) with the error's number, text and the file names. */
export function raiseErrno(rt: Runtime, number: number, object: Ref, second: Ref = 0): never {
  const args = [temp(rt, newInt(rt, number)), temp(rt, newStr(rt, errorText(number)))];
  if (object !== 0) args.push(object);
  if (second !== 0) args.push(S.None, second);
  const tuple = temp(rt, tupleOf(rt, ...args));
  const error = temp(rt, createExceptionFromTuple(rt, T.OSError, tuple));
  raiseTake(rt, untemp(rt, error));
}

/** Calls the host; its failure becomes OSError about `object` (and `second`). */
export function hostCall<R>(rt: Runtime, object: Ref, action: (files: HostFiles) => R, second: Ref = 0): R {
  try {
    return action(hostFiles(rt));
  } catch (error) {
    const code = hostErrorCode(error);
    if (code === null) throw error;
    return raiseErrno(rt, errorNumber(code), object, second);
  }
}

/** The path with `dir_fd` applied: 0 or None is the working folder. @runsPython */
export function pathAt(rt: Runtime, path: PathArgument, dirFd: Ref): string {
  if (dirFd === 0 || dirFd === S.None || path.fd >= 0) return path.text;
  if (!hasIndex(rt, dirFd)) typeError(rt, `argument should be integer or None, not ${shortKindName(rt, dirFd)}`);
  const fd = readFd(rt, dirFd, 'fd is greater than maximum');
  if (path.text.startsWith('/') || path.text === '') return path.text;
  return `${hostCall(rt, path.object, (files) => files.folderPath(fd))}/${path.text}`;
}
