/** Text that CPython takes as a C string: names of codecs and of error handlers. */
import type { Ref } from '@moult/heap';
import { valueError } from '../../core/errors.ts';
import { StrState } from '../../core/layout/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { strKind } from '../../core/str.ts';
import { encodeText } from '../bytes/codecs.ts';
import { strArgument } from './make.ts';

/** The text of a str without NUL and lone surrogates. Raises TypeError, ValueError, UnicodeEncodeError. `where`: as
 *  `encode() argument 'encoding'`. */
export function cText(rt: Runtime, o: Ref, where: string): string {
  const text = strArgument(rt, o, where);
  if (strKind(rt, o) !== (StrState.Ascii as number)) encodeText(rt, o, 'utf-8', 'strict');
  if (text.includes('\0')) valueError(rt, 'embedded null character');
  return text;
}
