/** Paths as programs give them, and errors of the file system as exceptions. */
import type { Ref } from '@moult/heap';
import { raiseTake, typeError } from '../../core/errors.ts';
import { createExceptionFromTuple } from '../../core/exceptions.ts';
import { newInt } from '../../core/int.ts';
import { lookupAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import { bytesData, newStr, strText } from '../../core/str.ts';
import { call0 } from '../../core/call.ts';
import { dropTemp, temp, untemp } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { isBytes, isStr, kindName } from '../../core/types.ts';
import { errorNumber, errorText } from '../errno.ts';

/** The text of a path given as str, bytes or an object with `__fspath__`. @runsPython */
export function pathText(rt: Runtime, path: Ref, where = 'path should be string, bytes or os.PathLike'): string {
  if (isStr(rt, path)) return strText(rt, path);
  if (isBytes(rt, path)) return new TextDecoder().decode(bytesData(rt, path));
  const method = lookupAttrText(rt, path, '__fspath__');
  if (method === 0) typeError(rt, `${where}, not ${kindName(rt, path)}`);
  temp(rt, method);
  const result = temp(rt, call0(rt, method));
  const text = pathText(rt, result, where);
  dropTemp(rt, result);
  dropTemp(rt, method);
  return text;
}

/** Raises OSError (its subclass for the error) with the error's number, text and the file's name. */
export function raiseOsError(rt: Runtime, code: string, path: string | null): never {
  const number = errorNumber(code);
  const args = [temp(rt, newInt(rt, number)), temp(rt, newStr(rt, errorText(number)))];
  if (path !== null) args.push(temp(rt, newStr(rt, path)));
  const tuple = temp(rt, tupleOf(rt, ...args));
  const error = temp(rt, createExceptionFromTuple(rt, T.OSError, tuple));
  raiseTake(rt, untemp(rt, error));
}

/** Raises unless `code` is null. */
export function check(rt: Runtime, code: string | null | undefined, path: string): void {
  if (code !== null) raiseOsError(rt, code ?? 'ENOSYS', path);
}
