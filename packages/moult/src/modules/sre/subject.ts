/** What is searched: text or bytes, as the engine reads them, and parts of it as objects. */
import { hostGet, newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { StrState } from '../../core/layout/text.ts';
import { lengthOrMinusOne } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { countStep } from '../../core/limits.ts';
import { RootNum } from '../../core/roots.ts';
import { newBytes, strKind, strLength, strText } from '../../core/str.ts';
import { isStr, kindName } from '../../core/types.ts';
import { handleSignals, pollInterrupt } from '../../eval/signals.ts';
import { bufferOf } from '../../objects/bytes/buffer.ts';
import { strSlice } from '../../objects/str/items.ts';
import { textOfUnits } from '../../text/units.ts';
import { Matcher } from './matcher.ts';
import type { Program } from './program.ts';
import { PatternWord } from './types.ts';

/** The program of a pattern object. */
function programOf(rt: Runtime, pattern: Ref): Program {
  return hostGet(rt, rt.words[pattern + PatternWord.Payload]) as Program;
}

let lastText = '';
let lastPoints = new Int32Array(0);

/** The code points of a text with astral characters; those of the text asked for last are kept. */
function codePoints(text: string, length: number): Int32Array {
  if (text === lastText) return lastPoints;
  const points = new Int32Array(length);
  let i = 0;
  for (const ch of text) points[i++] = ch.codePointAt(0) ?? 0;
  lastText = text;
  lastPoints = points;
  return points;
}

let lastBytes: Uint8Array | null = null;
let lastLatin1 = '';

/** Bytes as a text of their values. A `bytes` object's data never changes: the last one's text is kept. */
function latin1(data: Uint8Array, constant: boolean): string {
  if (constant && data === lastBytes) return lastLatin1;
  const text = textOfUnits(data);
  if (constant) {
    lastBytes = data;
    lastLatin1 = text;
  }
  return text;
}

const pollers = new WeakMap<Runtime, () => void>();

/** What a long search does now and then: counts as a step of the program, and lets Ctrl-C and the embedder end it. */
function pollerOf(rt: Runtime): () => void {
  let poll = pollers.get(rt);
  if (poll !== undefined) return poll;
  let calls = 0;
  poll = () => {
    if (rt.words[RootNum.Limited] !== 0) countStep(rt);
    if ((++calls & (POLL_INTERVAL - 1)) === 0 && pollInterrupt(rt)) handleSignals(rt);
  };
  pollers.set(rt, poll);
  return poll;
}

/** Calls between two questions for Ctrl-C; a power of two. */
const POLL_INTERVAL = 256;

const idle = new WeakMap<Program, Matcher>();

/** A matcher for `pattern` in the part of `string` from `pos` up to `end` (clipped). Give it back with `giveBack`. Raises
 *  TypeError if the pattern and the string are not of one kind. */
export function beginMatch(rt: Runtime, pattern: Ref, string: Ref, pos: number, end: number): Matcher {
  const program = programOf(rt, pattern);
  const isBytes = rt.words[pattern + PatternWord.IsBytes];
  const kept = idle.get(program);
  if (kept !== undefined) idle.delete(program);
  const matcher = kept ?? new Matcher(program);
  matcher.onSteps = pollerOf(rt);
  if (isStr(rt, string)) {
    if (isBytes === 1) typeError(rt, 'cannot use a bytes pattern on a string-like object');
    const text = strText(rt, string);
    const length = strLength(rt, string);
    const wide = strKind(rt, string) === (StrState.Ucs4 as number) ? codePoints(text, length) : null;
    matcher.begin(text, wide, clip(pos, length), clip(end, length));
    return matcher;
  }
  const data = bufferOf(rt, string);
  if (data === null) typeError(rt, `expected string or bytes-like object, got '${kindName(rt, string)}'`);
  if (isBytes === 0) typeError(rt, 'cannot use a string pattern on a bytes-like object');
  const constant = rt.words[string + ObjectWord.Type] === T.bytes;
  matcher.begin(latin1(data, constant), null, clip(pos, data.length), clip(end, data.length));
  return matcher;
}

/** The matcher can be used again. */
export function giveBack(matcher: Matcher): void {
  idle.set(matcher.program, matcher);
}

function clip(position: number, length: number): number {
  return Math.min(Math.max(position, 0), length);
}

/** The part of the subject from `start` up to `end` as str or bytes. */
export function slicePart(rt: Runtime, string: Ref, start: number, end: number): Owned {
  if (isStr(rt, string)) {
    if (start === 0 && rt.words[string + ObjectWord.Type] === T.str && end === strLength(rt, string))
      return newRef(rt, string);
    return strSlice(rt, string, start, end);
  }
  const length = lengthOrMinusOne(rt, string);
  if (start === 0 && end === length && rt.words[string + ObjectWord.Type] === T.bytes) return newRef(rt, string);
  return newBytes(rt, (bufferOf(rt, string) ?? new Uint8Array(0)).slice(start, end));
}

/** `''` or `b''`, borrowed. */
export function emptyLike(rt: Runtime, string: Ref): Ref {
  return isStr(rt, string) ? S.EmptyStr : S.EmptyBytes;
}

/** Group `i` of the match just found (0 is all of it); `absent` where it is not set. */
export function groupPart(rt: Runtime, matcher: Matcher, string: Ref, i: number, absent: Ref): Owned {
  if (i === 0) return slicePart(rt, string, matcher.start, matcher.ptr);
  const mark = 2 * (i - 1);
  const from = matcher.marks[mark];
  const to = matcher.marks[mark + 1];
  if (mark >= matcher.lastMark || from < 0 || to < 0) return newRef(rt, absent);
  return slicePart(rt, string, from, to);
}
