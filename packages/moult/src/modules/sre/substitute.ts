/** `pattern.sub` and `pattern.subn`. Source: CPython 3.12 pattern_subx. */
import { newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { newInt } from '../../core/int.ts';
import { listAppend, listAppendTake, newList } from '../../core/list.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { strText } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleOf } from '../../core/tuple.ts';
import { isStr, slotOf } from '../../core/types.ts';
import { bufferOf } from '../../objects/bytes/buffer.ts';
import { holdBytes } from '../../objects/bytes/view.ts';
import type { Matcher } from './matcher.ts';
import { compileTemplate, newMatch } from './match.ts';
import { beginMatch, emptyLike, giveBack, slicePart } from './subject.ts';
import { expandTemplate, joinPieces, templateLiteral } from './template.ts';
import { TEMPLATE } from './types.ts';

/** How matches are replaced. */
const enum Filter {
  Literal,
  Callable,
  Template,
}

interface Replacement {
  readonly kind: Filter;
  /** Literal, callable or template; on the temporaries' stack. */
  readonly value: Ref;
}

/** Replaces up to `count` matches (0: all); with `withCount` a tuple of the result and the number of replacements.
 *  @runsPython */
export function substitute(
  rt: Runtime,
  pattern: Ref,
  repl: Ref,
  string: Ref,
  count: number,
  withCount: boolean,
): Owned {
  const m = tempMark(rt);
  const replacement = prepare(rt, pattern, repl);
  const matcher = beginMatch(rt, pattern, string, 0, Number.MAX_SAFE_INTEGER);
  const pieces = temp(rt, newList(rt, 0));
  let n = 0;
  holdBytes(rt, string, 1);
  try {
    n = replaceAll(rt, replacement, pattern, string, matcher, pieces, count === 0 ? Infinity : count);
  } finally {
    holdBytes(rt, string, -1);
  }
  giveBack(matcher);
  const result = joinPieces(rt, emptyLike(rt, string), pieces);
  if (!withCount) return releaseKeeping(rt, m, result);
  temp(rt, result);
  return releaseKeeping(rt, m, tupleOf(rt, result, temp(rt, newInt(rt, n))));
}

/** Appends to `pieces` what comes of the string when up to `count` matches are replaced; returns how many were. */
function replaceAll(
  rt: Runtime,
  replacement: Replacement,
  pattern: Ref,
  string: Ref,
  matcher: Matcher,
  pieces: Ref,
  count: number,
): number {
  let n = 0;
  let done = 0;
  while (n < count && matcher.search()) {
    if (done < matcher.start) listAppendTake(rt, pieces, slicePart(rt, string, done, matcher.start));
    done = matcher.ptr;
    appendReplacement(rt, replacement, pattern, string, matcher, pieces);
    n++;
    matcher.advance();
  }
  if (done < matcher.end) listAppendTake(rt, pieces, slicePart(rt, string, done, matcher.end));
  return n;
}

function prepare(rt: Runtime, pattern: Ref, repl: Ref): Replacement {
  if (slotOf(rt, repl, TypeWord.Call) !== 0) return { kind: Filter.Callable, value: temp(rt, newRef(rt, repl)) };
  if (isLiteral(rt, repl)) return { kind: Filter.Literal, value: temp(rt, newRef(rt, repl)) };
  const compiled = temp(rt, compileTemplate(rt, pattern, repl));
  if (rt.words[compiled + ObjectWord.Type] !== TEMPLATE) return { kind: Filter.Literal, value: compiled };
  const literal = templateLiteral(rt, compiled);
  return literal === 0 ? { kind: Filter.Template, value: compiled } : { kind: Filter.Literal, value: literal };
}

/** True for text or bytes without a backslash. */
function isLiteral(rt: Runtime, repl: Ref): boolean {
  if (isStr(rt, repl)) return !strText(rt, repl).includes('\\');
  const data = bufferOf(rt, repl);
  return data !== null && !data.includes(92);
}

function appendReplacement(
  rt: Runtime,
  replacement: Replacement,
  pattern: Ref,
  string: Ref,
  matcher: Matcher,
  pieces: Ref,
): void {
  if (replacement.kind === Filter.Literal) {
    listAppend(rt, pieces, replacement.value);
    return;
  }
  const match = temp(rt, newMatch(rt, pattern, string, matcher, 0));
  const item =
    replacement.kind === Filter.Callable
      ? call1(rt, replacement.value, match)
      : expandTemplate(rt, replacement.value, match);
  temp(rt, item);
  if (item !== (S.None as number)) listAppend(rt, pieces, item);
  dropTemp(rt, item);
  dropTemp(rt, match);
}
