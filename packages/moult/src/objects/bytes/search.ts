/** find, index, count, startswith, split, strip, replace and their relatives, of bytes and bytearray. */
import { newRef, ObjectWord, TupleWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { typeError, valueError } from '../../core/errors.ts';
import { guard } from '../../core/faults.ts';
import { newInt } from '../../core/int.ts';
import { listAppendTake, newListPrealloc } from '../../core/list.ts';
import { native, nativeRaw } from '../../core/native.ts';
import type { NativeDefinition } from '../../core/native.ts';
import { isTrue } from '../../core/protocol/compare.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, T } from '../../core/static.ts';
import { temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleFromTemps } from '../../core/tuple.ts';
import { isTuple, kindName } from '../../core/types.ts';
import {
  bytesCount,
  bytesEndsWith,
  bytesFind,
  bytesReplace,
  bytesRfind,
  bytesStartsWith,
} from '../../text/bytes-search.ts';
import {
  partitionBytes,
  rpartitionBytes,
  rsplitByteWords,
  rsplitBytesOn,
  splitByteLines,
  splitByteWords,
  splitBytesOn,
  stripBytes,
} from '../../text/bytes-split.ts';
import { NO_END } from '../../text/code-points.ts';
import { StripSide } from '../../text/fill.ts';
import { checkSearchCount, searchLimit } from '../str/search.ts';
import { refuseLong } from '../str/make.ts';
import { bufferOf, requireBuffer } from './buffer.ts';
import { dataOf, newLike, newUnsharedLike, optionalBuffer, searchTarget, shorterOr, unchangedBytes } from './make.ts';

type Search = (data: Uint8Array, sub: Uint8Array, start: number, end: number) => number;

function searchMethod(name: string, search: Search, missing: boolean, doc: string): NativeDefinition {
  const run = (rt: Runtime, self: Ref, args: number, nargs: number): Owned => {
    checkSearchCount(rt, name, nargs);
    const H = rt.words;
    const start = nargs > 1 ? searchLimit(rt, H[args + 1], 0) : 0;
    const end = nargs > 2 ? searchLimit(rt, H[args + 2], NO_END) : NO_END;
    const sub = searchTarget(rt, H[args]);
    const found = search(dataOf(rt, self), sub, start, end);
    if (found < 0 && missing) valueError(rt, 'subsection not found');
    return newInt(rt, found);
  };
  return nativeRaw(name, run, { tuple: true, doc });
}

type Test = (data: Uint8Array, part: Uint8Array, start: number, end: number) => boolean;

function testMethod(name: string, test: Test, doc: string): NativeDefinition {
  const run = (rt: Runtime, self: Ref, args: number, nargs: number): Owned => {
    checkSearchCount(rt, name, nargs);
    const H = rt.words;
    const start = nargs > 1 ? searchLimit(rt, H[args + 1], 0) : 0;
    const end = nargs > 2 ? searchLimit(rt, H[args + 2], NO_END) : NO_END;
    const part = H[args];
    if (isTuple(rt, part)) return pyBool(testAny(rt, self, part, start, end, test)) as Owned;
    const data = bufferOf(rt, part);
    if (data === null) typeError(rt, `${name} first arg must be bytes or a tuple of bytes, not ${kindName(rt, part)}`);
    return pyBool(test(dataOf(rt, self), data, start, end)) as Owned;
  };
  return nativeRaw(name, run, { tuple: true, doc });
}

function testAny(rt: Runtime, self: Ref, parts: Ref, start: number, end: number, test: Test): boolean {
  const H = rt.words;
  for (let i = 0; i < H[parts + TupleWord.Size]; i++) {
    if (test(dataOf(rt, self), requireBuffer(rt, H[parts + TupleWord.Items + i]), start, end)) return true;
  }
  return false;
}

/** Room that CPython gives the list of a split whose limit is larger. */
const PREALLOC = 12;

/** The parts as list, with `room` to begin with; exact bytes in one part are the object itself. */
function listOfParts(rt: Runtime, self: Ref, parts: readonly Uint8Array[], room: number): Owned {
  const list = temp(rt, newListPrealloc(rt, room));
  const whole =
    parts.length === 1 && parts[0]?.length === dataOf(rt, self).length && rt.words[self + ObjectWord.Type] === T.bytes;
  if (whole) listAppendTake(rt, list, newRef(rt, self));
  else for (const part of parts.map((data) => data.slice())) listAppendTake(rt, list, newLike(rt, self, part));
  return untemp(rt, list);
}

type Words = (data: Uint8Array, limit: number) => Uint8Array[];
type Parts = (data: Uint8Array, separator: Uint8Array, limit: number) => Uint8Array[];

function splitMethod(name: string, words: Words, parts: Parts, doc: string): NativeDefinition {
  const run = (rt: Runtime, self: Ref, separator = 0, maxsplit = 0): Owned => {
    const limit = maxsplit === 0 ? -1 : asSsize(rt, maxsplit);
    const by = optionalBuffer(rt, separator);
    const data = dataOf(rt, self);
    const found = by === undefined ? words(data, limit) : guard(rt, () => parts(data, by, limit));
    return listOfParts(rt, self, found, limit < 0 || limit >= PREALLOC ? PREALLOC : limit + 1);
  };
  return native(`${name}($self, /, sep=None, maxsplit=-1)`, run, { doc });
}

function splitlines(rt: Runtime, self: Ref, keepends = 0): Owned {
  const keep = keepends !== 0 && isTrue(rt, keepends);
  return listOfParts(rt, self, splitByteLines(dataOf(rt, self), keep), 0);
}

type Partition = (data: Uint8Array, separator: Uint8Array) => [Uint8Array, Uint8Array, Uint8Array];

function partitionMethod(name: string, split: Partition, doc: string): NativeDefinition {
  const run = (rt: Runtime, self: Ref, separator = 0): Owned => {
    const by = requireBuffer(rt, separator);
    const data = dataOf(rt, self);
    const parts = guard(rt, () => split(data, by)).map((part) => part.slice());
    const [before, middle, after] = parts as [Uint8Array, Uint8Array, Uint8Array];
    const give = (part: Uint8Array): Owned => {
      return part.length === data.length && middle.length === 0 ? unchangedBytes(rt, self) : newLike(rt, self, part);
    };
    return tupleFromTemps(
      rt,
      tempMark(rt),
      temp(rt, give(before)),
      temp(rt, newLike(rt, self, middle)),
      temp(rt, give(after)),
    );
  };
  return native(`${name}($self, sep, /)`, run, { doc });
}

function stripMethod(name: string, side: StripSide, doc: string): NativeDefinition {
  const run = (rt: Runtime, self: Ref, bytes = 0): Owned => {
    const chars = optionalBuffer(rt, bytes);
    return shorterOr(rt, self, stripBytes(dataOf(rt, self), chars, side).slice());
  };
  return native(`${name}($self, bytes=None, /)`, run, { doc });
}

function replace(rt: Runtime, self: Ref, old = 0, fresh = 0, count = 0): Owned {
  const from = requireBuffer(rt, old);
  const to = requireBuffer(rt, fresh);
  const limit = count === 0 ? -1 : asSsize(rt, count);
  const data = dataOf(rt, self);
  const places = limit === 0 ? 0 : bytesCount(data, from);
  if (places === 0) return unchangedBytes(rt, self);
  refuseLong(rt, data.length + (limit < 0 ? places : Math.min(limit, places)) * Math.max(to.length - from.length, 0));
  return newUnsharedLike(rt, self, bytesReplace(data, from, to, limit));
}

function removePrefix(rt: Runtime, self: Ref, prefix = 0): Owned {
  const part = requireBuffer(rt, prefix);
  const data = dataOf(rt, self);
  return shorterOr(rt, self, bytesStartsWith(data, part) ? data.slice(part.length) : data);
}

function removeSuffix(rt: Runtime, self: Ref, suffix = 0): Owned {
  const part = requireBuffer(rt, suffix);
  const data = dataOf(rt, self);
  return shorterOr(rt, self, bytesEndsWith(data, part) ? data.slice(0, data.length - part.length) : data);
}

/** New definitions of the methods of this file, for one type. */
export function searchMethods(): NativeDefinition[] {
  return [
    searchMethod(
      'find',
      bytesFind,
      false,
      'B.find(sub[, start[, end]]) -> int\n\nThe lowest index where sub is found, or -1.',
    ),
    searchMethod(
      'rfind',
      bytesRfind,
      false,
      'B.rfind(sub[, start[, end]]) -> int\n\nThe highest index where sub is found, or -1.',
    ),
    searchMethod(
      'index',
      bytesFind,
      true,
      'B.index(sub[, start[, end]]) -> int\n\nLike find, with ValueError when there is none.',
    ),
    searchMethod(
      'rindex',
      bytesRfind,
      true,
      'B.rindex(sub[, start[, end]]) -> int\n\nLike rfind, with ValueError when there is none.',
    ),
    searchMethod(
      'count',
      bytesCount,
      false,
      'B.count(sub[, start[, end]]) -> int\n\nThe number of occurrences that do not overlap.',
    ),
    testMethod('startswith', bytesStartsWith, 'B.startswith(prefix[, start[, end]]) -> bool'),
    testMethod('endswith', bytesEndsWith, 'B.endswith(suffix[, start[, end]]) -> bool'),
    splitMethod('split', splitByteWords, splitBytesOn, 'The parts between separators, or between white space.'),
    splitMethod('rsplit', rsplitByteWords, rsplitBytesOn, 'As split, starting at the end.'),
    native('splitlines($self, /, keepends=False)', splitlines, {
      doc: 'The lines, without their ends unless keepends is true.',
    }),
    partitionMethod('partition', partitionBytes, 'What is before the separator, the separator, and what is after it.'),
    partitionMethod('rpartition', rpartitionBytes, 'As partition, at the last separator.'),
    stripMethod('strip', StripSide.BOTH, 'Without white space, or the given bytes, at both ends.'),
    stripMethod('lstrip', StripSide.LEFT, 'As strip, at the start only.'),
    stripMethod('rstrip', StripSide.RIGHT, 'As strip, at the end only.'),
    native('replace($self, old, new, count=-1, /)', replace, {
      doc: 'A copy with occurrences of old replaced by new.',
    }),
    native('removeprefix($self, prefix, /)', removePrefix, { doc: 'Without the prefix, if it is there.' }),
    native('removesuffix($self, suffix, /)', removeSuffix, { doc: 'Without the suffix, if it is there.' }),
  ];
}
