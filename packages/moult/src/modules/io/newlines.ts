/** Line ends: decoding them, and finding them in decoded text. */
import type { Owned } from '@moult/heap';
import { none } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { newStr } from '../../core/str.ts';
import { tupleTake } from '../../core/tuple.ts';
import { NewlineBit } from './layout.ts';

export interface Newlines {
  readonly text: string;
  readonly bits: number;
}

/** Notes the line ends in `text` and makes them `\n` if `bits` say so. A CR at the end is kept back until it is known whether an LF
 *  follows, unless `final`. Source: CPython 3.12 _PyIncrementalNewlineDecoder_decode. */
export function decodeNewlines(input: string, given: number, final: boolean): Newlines {
  let bits = given;
  let text = input;
  if ((bits & NewlineBit.PendingCr) !== 0 && (final || text !== '')) {
    text = `\r${text}`;
    bits &= ~NewlineBit.PendingCr;
  }
  if (!final && text.endsWith('\r')) {
    text = text.slice(0, -1);
    bits |= NewlineBit.PendingCr;
  }
  if (!text.includes('\r')) return { text, bits: text.includes('\n') ? bits | NewlineBit.Lf : bits };
  const crlf = text.includes('\r\n');
  if (crlf) bits |= NewlineBit.CrLf;
  if (/\r(?!\n)/.test(text)) bits |= NewlineBit.Cr;
  if (/(^|[^\r])\n/.test(text)) bits |= NewlineBit.Lf;
  if ((bits & NewlineBit.Translate) !== 0) text = text.replace(/\r\n?/g, '\n');
  return { text, bits };
}

const KINDS: readonly (readonly [NewlineBit, string])[] = [
  [NewlineBit.Cr, '\r'],
  [NewlineBit.Lf, '\n'],
  [NewlineBit.CrLf, '\r\n'],
];

/** What `newlines` shows: None, one line end, or a tuple of them. */
export function seenNewlines(rt: Runtime, bits: number): Owned {
  const seen = KINDS.filter(([bit]) => (bits & bit) !== 0).map(([, text]) => newStr(rt, text));
  const [first] = seen;
  if (first === undefined) return none();
  return seen.length === 1 ? first : tupleTake(rt, ...seen);
}

/** Where the first line of `text` from `start` on ends (after its line end), −1 if it does not. `end` is the line end, null for any of
 *  the three. */
export function lineEnd(text: string, start: number, end: string | null): number {
  if (end !== null) {
    const found = text.indexOf(end, start);
    return found < 0 ? -1 : found + end.length;
  }
  const lf = text.indexOf('\n', start);
  const cr = text.indexOf('\r', start);
  if (cr < 0 || (lf >= 0 && lf < cr)) return lf + 1 || -1;
  return text[cr + 1] === '\n' ? cr + 2 : cr + 1;
}

/** Index of the code unit behind `n` characters from `start` on. */
export function afterCharacters(text: string, start: number, n: number): number {
  let at = start;
  for (let left = n; left > 0 && at < text.length; left--) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}

/** Whether some characters of `text` take two code units. */
export function isWide(text: string): boolean {
  return /[\ud800-\udbff][\udc00-\udfff]/.test(text);
}
