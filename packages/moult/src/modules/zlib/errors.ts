/** `zlib.error` and what zlib says. */
import type { Ref } from '@moult/heap';
import { raise, valueError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { exceptionClass } from '../exceptions.ts';
import { Z } from './engine.ts';

export const ZLIB_ERROR: Ref = exceptionClass('zlib.error');

const MESSAGES = new Map<number, string>([
  [Z.BufError, 'incomplete or truncated stream'],
  [Z.StreamError, 'inconsistent stream state'],
  [Z.DataError, 'invalid input data'],
]);

/** Raises `zlib.error` for a status; `message` is zlib's own, or ''. */
export function zlibError(rt: Runtime, status: number, message: string, doing: string): never {
  const text = message === '' ? (MESSAGES.get(status) ?? '') : message;
  raise(rt, ZLIB_ERROR, `Error ${status} ${doing}${text === '' ? '' : `: ${text}`}`);
}

/** What wrong options of a stream raise. */
export function invalidOption(rt: Runtime): never {
  valueError(rt, 'Invalid initialization option');
}
