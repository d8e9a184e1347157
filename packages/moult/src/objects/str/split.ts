/** split, rsplit, splitlines, join. */
import { newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { StrWord } from '../../core/layout/text.ts';
import { listAppendTake, newList, newListPrealloc } from '../../core/list.ts';
import { native } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import type { Runtime } from '../../core/runtime.ts';
import { fastItem, fastSize, sequenceFast } from '../../core/sequence-fast.ts';
import { asSsize } from '../../core/ssize.ts';
import { S, T } from '../../core/static.ts';
import { newStrKnown, strKind, strLength, strText } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { isStr, kindName } from '../../core/types.ts';
import { rsplitOn, rsplitWords, splitLines, splitOn, splitWords } from '../../text/split.ts';
import { newPart, newUnsharedPart, refuseLong } from './make.ts';

/** Room that CPython gives the list of a split whose limit is larger. */
const PREALLOC = 12;

/** The parts as list; a single part that is the whole string is the string itself. `limit` is the most parts less one. */
function listOfParts(rt: Runtime, self: Ref, parts: readonly string[], limit: number): Owned {
  const list = newListPrealloc(rt, limit >= PREALLOC ? PREALLOC : limit + 1);
  return filled(rt, self, parts, list);
}

/** As many splits as the string has room for, which is the limit if the caller gives none (−1). */
function limitOf(rt: Runtime, self: Ref, separator: Ref, maxsplit: number): number {
  const length = strLength(rt, self);
  if (separator === 0 || separator === S.None) return maxsplit < 0 ? Math.trunc((length - 1) / 2) + 1 : maxsplit;
  const width = strLength(rt, separator);
  if (length < width || strKind(rt, self) < strKind(rt, separator)) return 0;
  return maxsplit < 0 ? Math.trunc(length / width) + 1 : maxsplit;
}

/** Appends the parts; the list is held meanwhile, as there may be no memory for one of them. Takes `list`. */
function filled(rt: Runtime, self: Ref, parts: readonly string[], list: Owned): Owned {
  temp(rt, list);
  appendParts(rt, self, parts, list);
  return untemp(rt, list);
}

function appendParts(rt: Runtime, self: Ref, parts: readonly string[], list: Ref): void {
  const kind = strKind(rt, self);
  if (
    parts.length === 1 &&
    rt.words[self + ObjectWord.Type] === T.str &&
    (parts[0] as string).length === strText(rt, self).length
  ) {
    listAppendTake(rt, list, newRef(rt, self));
  } else for (const part of parts) listAppendTake(rt, list, newPart(rt, part, kind));
}

function separatorOf(rt: Runtime, separator: Ref): string | null {
  if (separator === 0 || separator === S.None) return null;
  if (!isStr(rt, separator)) typeError(rt, `must be str or None, not ${kindName(rt, separator)}`);
  return strText(rt, separator);
}

function split(rt: Runtime, self: Ref, separator: Ref, maxsplit: Ref): Owned {
  const limit = maxsplit === 0 ? -1 : asSsize(rt, maxsplit);
  const by = separatorOf(rt, separator);
  const text = strText(rt, self);
  const parts = by === null ? splitWords(text, limit) : guard(rt, () => splitOn(text, by, limit));
  return listOfParts(rt, self, parts, limitOf(rt, self, separator, limit));
}

function rsplit(rt: Runtime, self: Ref, separator: Ref, maxsplit: Ref): Owned {
  const limit = maxsplit === 0 ? -1 : asSsize(rt, maxsplit);
  const by = separatorOf(rt, separator);
  const text = strText(rt, self);
  const parts = by === null ? rsplitWords(text, limit) : guard(rt, () => rsplitOn(text, by, limit));
  return listOfParts(rt, self, parts, limitOf(rt, self, separator, limit));
}

function splitlines(rt: Runtime, self: Ref, keepends: Ref): Owned {
  const keep = keepends !== 0 && isTrue(rt, keepends);
  const list = newList(rt, 0);
  return filled(rt, self, splitLines(strText(rt, self), keep), list);
}

/** `separator.join(iterable)` @runsPython */
export function strJoin(rt: Runtime, separator: Ref, iterable: Ref): Owned {
  const m = tempMark(rt);
  const items = temp(rt, sequenceFast(rt, iterable, 'can only join an iterable'));
  return releaseKeeping(rt, m, joinItems(rt, separator, items));
}

/** Joins the items of an exact list or tuple. */
function joinItems(rt: Runtime, separator: Ref, items: Ref): Owned {
  const count = fastSize(rt, items);
  if (count === 0) return S.EmptyStr as Ref as Owned;
  if (count === 1) {
    const only = fastItem(rt, items, 0);
    if (rt.words[only + ObjectWord.Type] === T.str) return newRef(rt, only);
  }
  return joinTexts(rt, separator, items, count);
}

function joinTexts(rt: Runtime, separator: Ref, items: Ref, count: number): Owned {
  const H = rt.words;
  const between = strText(rt, separator);
  let kind = count > 1 ? strKind(rt, separator) : 0;
  let length = (count - 1) * strLength(rt, separator);
  let units = (count - 1) * between.length;
  const parts: string[] = [];
  for (let i = 0; i < count; i++) {
    const item = fastItem(rt, items, i);
    if (!isStr(rt, item)) typeError(rt, `sequence item ${i}: expected str instance, ${kindName(rt, item)} found`);
    const text = strText(rt, item);
    parts.push(text);
    units += text.length;
    length += H[item + StrWord.Length];
    kind = Math.max(kind, strKind(rt, item));
  }
  refuseLong(rt, units);
  if (length <= 1) return newUnsharedPart(rt, parts.join(between), kind);
  return newStrKnown(rt, parts.join(between), kind, length);
}

/** The methods of this file. */
export const SPLIT_METHODS = [
  native('split($self, /, sep=None, maxsplit=-1)', split, {
    doc: 'The parts between separators, or between white space.',
  }),
  native('rsplit($self, /, sep=None, maxsplit=-1)', rsplit, { doc: 'As split, starting at the end.' }),
  native('splitlines($self, /, keepends=False)', splitlines, {
    doc: 'The lines, without their ends unless keepends is true.',
  }),
  native('join($self, iterable, /)', strJoin, { doc: 'The strings of the iterable with this one between them.' }),
];
