/** find, index, count, startswith, replace, partition and their relatives. */
import { newRef, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError, valueError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { newInt } from '../../core/int.ts';
import { native, nativeRaw } from '../../core/native.ts';
import { hasIndex, indexNumber } from '../../core/protocol/number.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S } from '../../core/static.ts';
import { newStr, strKind, strLength, strText } from '../../core/str.ts';
import { temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps } from '../../core/tuple.ts';
import { isStr, isTuple, kindName } from '../../core/types.ts';
import { NO_END } from '../../text/code-points.ts';
import { strCount, strEndsWith, strFind, strReplace, strRfind, strStartsWith } from '../../text/search.ts';
import { partition, rpartition } from '../../text/split.ts';
import { changedOr, newPart, newUnsharedPart, refuseLong, requireStr, strArgument, unchanged } from './make.ts';

/** The number of arguments of a method parsed as `O|OO:name`. */
export function checkSearchCount(rt: Runtime, name: string, nargs: number): void {
  if (nargs < 1) typeError(rt, `${name}() takes at least 1 argument (0 given)`);
  if (nargs > 3) typeError(rt, `${name}() takes at most 3 arguments (${nargs} given)`);
}

/** A start or end argument: None or left out is `absent`. @runsPython */
export function searchLimit(rt: Runtime, o: Ref, absent: number): number {
  if (o === S.None) return absent;
  if (!hasIndex(rt, o)) typeError(rt, 'slice indices must be integers or None or have an __index__ method');
  return indexNumber(rt, o, 0);
}

type Search = (text: string, sub: string, start: number, end: number, length: number) => number;

function searchWith(name: string, search: Search, missing: string | null) {
  return (rt: Runtime, self: Ref, args: number, nargs: number): Owned => {
    checkSearchCount(rt, name, nargs);
    const H = rt.words;
    const start = nargs > 1 ? searchLimit(rt, H[args + 1], 0) : 0;
    const end = nargs > 2 ? searchLimit(rt, H[args + 2], NO_END) : NO_END;
    const sub = requireStr(rt, H[args]);
    const found = search(strText(rt, self), sub, start, end, strLength(rt, self));
    if (found < 0 && missing !== null) valueError(rt, missing);
    return newInt(rt, found);
  };
}

type Test = (text: string, part: string, start: number, end: number, length: number) => boolean;

function testWith(name: string, test: Test) {
  return (rt: Runtime, self: Ref, args: number, nargs: number): Owned => {
    checkSearchCount(rt, name, nargs);
    const H = rt.words;
    const start = nargs > 1 ? searchLimit(rt, H[args + 1], 0) : 0;
    const end = nargs > 2 ? searchLimit(rt, H[args + 2], NO_END) : NO_END;
    const part = H[args];
    const text = strText(rt, self);
    const length = strLength(rt, self);
    if (isTuple(rt, part)) return pyBool(testAny(rt, name, test, part, text, start, end, length)) as Owned;
    if (!isStr(rt, part)) typeError(rt, `${name} first arg must be str or a tuple of str, not ${kindName(rt, part)}`);
    return pyBool(test(text, strText(rt, part), start, end, length)) as Owned;
  };
}

function testAny(
  rt: Runtime,
  name: string,
  test: Test,
  parts: Ref,
  text: string,
  start: number,
  end: number,
  length: number,
): boolean {
  const H = rt.words;
  for (let i = 0; i < H[parts + TupleWord.Size]; i++) {
    const part = H[parts + TupleWord.Items + i];
    if (!isStr(rt, part)) typeError(rt, `tuple for ${name} must only contain str, not ${kindName(rt, part)}`);
    if (test(text, strText(rt, part), start, end, length)) return true;
  }
  return false;
}

function replace(rt: Runtime, self: Ref, old: Ref, fresh: Ref, count: Ref): Owned {
  const from = strArgument(rt, old, 'replace() argument 1');
  const to = strArgument(rt, fresh, 'replace() argument 2');
  const limit = count === 0 ? -1 : asSsize(rt, count);
  const text = strText(rt, self);
  if (from === to || limit === 0 || from.length > text.length) return unchanged(rt, self);
  if (from === '')
    refuseLong(rt, text.length + to.length * (limit < 0 ? text.length + 1 : Math.min(limit, text.length + 1)));
  const result = guard(rt, () => strReplace(text, from, to, limit));
  if (result.length === text.length && result === text) return unchanged(rt, self);
  return newUnsharedPart(rt, result, Math.max(strKind(rt, self), strKind(rt, fresh)));
}

function removePrefix(rt: Runtime, self: Ref, prefix: Ref): Owned {
  const text = strText(rt, self);
  const part = strArgument(rt, prefix, 'removeprefix() argument');
  return changedOr(rt, self, text.startsWith(part) ? text.slice(part.length) : text);
}

function removeSuffix(rt: Runtime, self: Ref, suffix: Ref): Owned {
  const text = strText(rt, self);
  const part = strArgument(rt, suffix, 'removesuffix() argument');
  return changedOr(rt, self, text.endsWith(part) ? text.slice(0, text.length - part.length) : text);
}

function partitionMethod(rt: Runtime, self: Ref, separator: Ref): Owned {
  const by = requireStr(rt, separator);
  const [before, middle, after] = guard(rt, () => partition(strText(rt, self), by));
  if (middle === '')
    return tupleFromTemps(
      rt,
      tempMark(rt),
      temp(rt, newRef(rt, self)),
      temp(rt, newStr(rt, '')),
      temp(rt, newStr(rt, '')),
    );
  return threeParts(rt, self, before, separator, after);
}

function rpartitionMethod(rt: Runtime, self: Ref, separator: Ref): Owned {
  const by = requireStr(rt, separator);
  const [before, middle, after] = guard(rt, () => rpartition(strText(rt, self), by));
  if (middle === '')
    return tupleFromTemps(
      rt,
      tempMark(rt),
      temp(rt, newStr(rt, '')),
      temp(rt, newStr(rt, '')),
      temp(rt, newRef(rt, self)),
    );
  return threeParts(rt, self, before, separator, after);
}

function threeParts(rt: Runtime, self: Ref, before: string, separator: Ref, after: string): Owned {
  const kind = strKind(rt, self);
  return tupleFromTemps(
    rt,
    tempMark(rt),
    temp(rt, newPart(rt, before, kind)),
    temp(rt, newRef(rt, separator)),
    temp(rt, newPart(rt, after, kind)),
  );
}

const MISSING = 'substring not found';

/** The methods of this file. */
export const SEARCH_METHODS = [
  nativeRaw('find', searchWith('find', strFind, null), {
    tuple: true,
    doc: 'S.find(sub[, start[, end]]) -> int\n\nThe lowest index where sub is found, or -1.',
  }),
  nativeRaw('rfind', searchWith('rfind', strRfind, null), {
    tuple: true,
    doc: 'S.rfind(sub[, start[, end]]) -> int\n\nThe highest index where sub is found, or -1.',
  }),
  nativeRaw('index', searchWith('index', strFind, MISSING), {
    tuple: true,
    doc: 'S.index(sub[, start[, end]]) -> int\n\nLike find, with ValueError when there is none.',
  }),
  nativeRaw('rindex', searchWith('rindex', strRfind, MISSING), {
    tuple: true,
    doc: 'S.rindex(sub[, start[, end]]) -> int\n\nLike rfind, with ValueError when there is none.',
  }),
  nativeRaw('count', searchWith('count', strCount, null), {
    tuple: true,
    doc: 'S.count(sub[, start[, end]]) -> int\n\nThe number of occurrences that do not overlap.',
  }),
  nativeRaw('startswith', testWith('startswith', strStartsWith), {
    tuple: true,
    doc: 'S.startswith(prefix[, start[, end]]) -> bool\n\nWhether S starts with the prefix, or one of a tuple.',
  }),
  nativeRaw('endswith', testWith('endswith', strEndsWith), {
    tuple: true,
    doc: 'S.endswith(suffix[, start[, end]]) -> bool\n\nWhether S ends with the suffix, or one of a tuple.',
  }),
  native('replace($self, old, new, count=-1, /)', replace, { doc: 'A copy with occurrences of old replaced by new.' }),
  native('removeprefix($self, prefix, /)', removePrefix, { doc: 'The string without the prefix, if it is there.' }),
  native('removesuffix($self, suffix, /)', removeSuffix, { doc: 'The string without the suffix, if it is there.' }),
  native('partition($self, sep, /)', partitionMethod, {
    doc: 'What is before the separator, the separator, and what is after it.',
  }),
  native('rpartition($self, sep, /)', rpartitionMethod, { doc: 'As partition, at the last separator.' }),
];
