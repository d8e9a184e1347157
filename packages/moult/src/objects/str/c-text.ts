/** Text that CPython takes as a C string: names of codecs and of error handlers. */
import type { Ref } from '@moult/heap';
import { valueError } from '../../core/errors.ts';
import { StrState, StrWord } from '../../core/layout/text.ts';
import type { Runtime } from '../../core/runtime.ts';
import { strKind, strLength } from '../../core/str.ts';
import { encodeText } from '../bytes/codecs.ts';
import { strArgument } from './make.ts';

/** Somebody asks for the form in UTF-8 of a str that has one. Source: CPython 3.12 PyUnicode_AsUTF8AndSize. */
export function askUtf8(rt: Runtime, o: Ref): void {
  const kind = strKind(rt, o);
  const isShared = kind === (StrState.Latin1 as number) && strLength(rt, o) === 1;
  if (kind !== (StrState.Ascii as number) && !isShared) rt.words[o + StrWord.State] |= StrState.Utf8;
}

/** The text of a str without NUL and lone surrogates. Raises TypeError, ValueError, UnicodeEncodeError. `where`: as
 *  `encode() argument 'encoding'`. */
export function cText(rt: Runtime, o: Ref, where: string): string {
  const text = strArgument(rt, o, where);
  if (strKind(rt, o) !== (StrState.Ascii as number)) encodeText(rt, o, 'utf-8', 'strict');
  askUtf8(rt, o);
  if (text.includes('\0')) valueError(rt, 'embedded null character');
  return text;
}
