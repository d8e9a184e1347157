/** The type `re.Pattern`. */
import {
  clearWeakrefs,
  clearWord,
  freeObject,
  gcNewVar,
  hostAdd,
  hostFree,
  newRef,
  ObjectWord,
  track,
  TypeFlag,
  untrack,
} from '@moult/heap';
import type { CustomLayout, Heap, Owned, Ref } from '@moult/heap';
import { CompareOp } from '../../core/functions.ts';
import { none, overflowError, typeError } from '../../core/errors.ts';
import { bigIntValue, isSafeInt, safeIntValue } from '../../core/int.ts';
import { listAppendTake, listItem, listLength, newList } from '../../core/list.ts';
import { getset, member, MemberKind, native } from '../../core/native.ts';
import { compareBool, hash, reprText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { asSsize } from '../../core/ssize.ts';
import { pyBool, S } from '../../core/static.ts';
import { hashOfBytes, newStr } from '../../core/str.ts';
import { temp, untemp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { argumentName, isDict, isInt, isList, isStr, isTuple, kindName } from '../../core/types.ts';
import { bufferOf } from '../../objects/bytes/buffer.ts';
import { classGetItemMethod } from '../../objects/class-getitem.ts';
import { newBuiltin } from '../../objects/descriptors/make.ts';
import { newMappingProxy } from '../../objects/descriptors/mappingproxy.ts';
import { Program } from './program.ts';
import type { Matcher } from './matcher.ts';
import { emptyTuple, newMatch, setTupleItem } from './match.ts';
import { newScanner, SEARCH } from './scanner.ts';
import { beginMatch, emptyLike, giveBack, groupPart, slicePart } from './subject.ts';
import { substitute } from './substitute.ts';
import { PATTERN, PatternWord } from './types.ts';

/** `_sre.compile(pattern, flags, code, groups, groupindex, indexgroup)` */
export function newPattern(
  rt: Runtime,
  pattern: Ref,
  flags: Ref,
  code: Ref,
  groups: Ref,
  groupIndex: Ref,
  indexGroup: Ref,
): Owned {
  if (!isList(rt, code)) typeError(rt, `compile() argument 'code' must be list, not ${argumentName(rt, code)}`);
  if (!isDict(rt, groupIndex))
    typeError(rt, `compile() argument 'groupindex' must be dict, not ${argumentName(rt, groupIndex)}`);
  if (!isTuple(rt, indexGroup))
    typeError(rt, `compile() argument 'indexgroup' must be tuple, not ${argumentName(rt, indexGroup)}`);
  const n = listLength(rt, code);
  const words = new Int32Array(n);
  for (let i = 0; i < n; i++) words[i] = codeWord(rt, listItem(rt, code, i));
  const count = asSsize(rt, groups);
  const self = gcNewVar(rt, PATTERN, n);
  const H = rt.words;
  H.set(words, self + PatternWord.Code);
  H[self + PatternWord.Groups] = count;
  H[self + PatternWord.GroupIndex] = newRef(rt, groupIndex);
  H[self + PatternWord.IndexGroup] = newRef(rt, indexGroup);
  H[self + PatternWord.Pattern] = newRef(rt, pattern);
  H[self + PatternWord.Flags] = safeIntValue(rt, flags);
  H[self + PatternWord.IsBytes] = pattern === S.None ? -1 : isStr(rt, pattern) ? 0 : 1;
  H[self + PatternWord.Payload] = hostAdd(rt, new Program(words, count));
  track(rt, self);
  return self;
}

/** A word of a program. Raises TypeError, OverflowError. */
function codeWord(rt: Runtime, o: Ref): number {
  if (!isInt(rt, o)) typeError(rt, 'an integer is required');
  const value = isSafeInt(rt, o) ? safeIntValue(rt, o) : Number(bigIntValue(rt, o));
  if (value < 0) overflowError(rt, "can't convert negative value to unsigned int");
  if (value >= 2 ** 64) overflowError(rt, 'Python int too large to convert to C unsigned long');
  if (value >= 2 ** 32) overflowError(rt, 'regular expression code size limit exceeded');
  return value | 0;
}

const LAYOUT: CustomLayout = {
  name: 'pattern',
  traverse(heap: Heap, self, visit) {
    const H = heap.words;
    visit(H[self + PatternWord.GroupIndex]);
    visit(H[self + PatternWord.IndexGroup]);
    visit(H[self + PatternWord.Pattern]);
  },
};

function deallocPattern(rt: Runtime, self: Ref): void {
  const H = rt.words;
  untrack(rt, self);
  if (H[self + PatternWord.WeakList] !== 0) clearWeakrefs(rt, self);
  clearWord(rt, self + PatternWord.GroupIndex);
  clearWord(rt, self + PatternWord.IndexGroup);
  clearWord(rt, self + PatternWord.Pattern);
  hostFree(rt, H[self + PatternWord.Payload]);
  freeObject(rt, self);
}

const MAX_POSITION = 2 ** 53;

/** A matcher for `string`, with the limits as given to a method (0: not given). */
function begin(rt: Runtime, self: Ref, string: Ref, pos: Ref, end: Ref): Matcher {
  const from = pos === 0 ? 0 : asSsize(rt, pos);
  return beginMatch(rt, self, string, from, end === 0 ? MAX_POSITION : asSsize(rt, end));
}

type Attempt = (matcher: Matcher) => boolean;

function attempt(attemptMatch: Attempt): (rt: Runtime, self: Ref, string: Ref, pos: Ref, end: Ref) => Owned {
  return (rt, self, string, pos, end) => {
    const matcher = begin(rt, self, string, pos, end);
    const from = matcher.start;
    const result = attemptMatch(matcher) ? newMatch(rt, self, string, matcher, from) : none();
    giveBack(matcher);
    return result;
  };
}

const matchHere: Attempt = (matcher) => matcher.match();
const matchAll: Attempt = (matcher) => {
  matcher.matchAll = true;
  return matcher.match();
};
const searchFirst: Attempt = (matcher) => matcher.search();

function findall(rt: Runtime, self: Ref, string: Ref, pos: Ref, end: Ref): Owned {
  const matcher = begin(rt, self, string, pos, end);
  const groups = rt.words[self + PatternWord.Groups];
  const list = temp(rt, newList(rt, 0));
  while (matcher.start <= matcher.end && matcher.search()) {
    listAppendTake(rt, list, foundItem(rt, matcher, string, groups));
    matcher.advance();
  }
  giveBack(matcher);
  return untemp(rt, list);
}

/** All of the match, its only group, or a tuple of its groups. */
function foundItem(rt: Runtime, matcher: Matcher, string: Ref, groups: number): Owned {
  const empty = emptyLike(rt, string);
  if (groups <= 1) return groupPart(rt, matcher, string, groups, empty);
  const tuple = temp(rt, emptyTuple(rt, groups));
  for (let i = 0; i < groups; i++) setTupleItem(rt, tuple, i, groupPart(rt, matcher, string, i + 1, empty));
  return untemp(rt, tuple);
}

function split(rt: Runtime, self: Ref, string: Ref, maxSplit: Ref): Owned {
  const max = maxSplit === 0 ? 0 : asSsize(rt, maxSplit);
  const matcher = beginMatch(rt, self, string, 0, MAX_POSITION);
  const groups = rt.words[self + PatternWord.Groups];
  const list = temp(rt, newList(rt, 0));
  let last = 0;
  for (let n = 0; (max === 0 || n < max) && matcher.search(); n++) {
    listAppendTake(rt, list, slicePart(rt, string, last, matcher.start));
    for (let i = 1; i <= groups; i++) listAppendTake(rt, list, groupPart(rt, matcher, string, i, S.None));
    matcher.advance();
    last = matcher.start;
  }
  listAppendTake(rt, list, slicePart(rt, string, last, matcher.end));
  giveBack(matcher);
  return untemp(rt, list);
}

function scanner(rt: Runtime, self: Ref, string: Ref, pos: Ref, end: Ref): Owned {
  return newScanner(rt, self, string, pos === 0 ? 0 : asSsize(rt, pos), end === 0 ? MAX_POSITION : asSsize(rt, end));
}

function finditer(rt: Runtime, self: Ref, string: Ref, pos: Ref, end: Ref): Owned {
  const it = temp(rt, scanner(rt, self, string, pos, end));
  const search = temp(rt, newBuiltin(rt, SEARCH.index, it, 0));
  return rt.newCallableIterator(search, S.None);
}

const FLAG_NAMES: readonly (readonly [string, number])[] = [
  ['re.IGNORECASE', 2],
  ['re.LOCALE', 4],
  ['re.MULTILINE', 8],
  ['re.DOTALL', 16],
  ['re.UNICODE', 32],
  ['re.VERBOSE', 64],
  ['re.DEBUG', 128],
  ['re.ASCII', 256],
];

const enum Flag {
  Unicode = 32,
  Kinds = 32 | 4 | 256,
}

function patternRepr(rt: Runtime, self: Ref): Owned {
  const H = rt.words;
  let flags = H[self + PatternWord.Flags];
  const isText = H[self + PatternWord.IsBytes] === 0;
  if (isText && (flags & Flag.Kinds) === (Flag.Unicode as number)) flags &= ~Flag.Unicode;
  const parts = FLAG_NAMES.filter(([, bit]) => (flags & bit) !== 0).map(([name]) => name);
  const rest = FLAG_NAMES.reduce((left, [, bit]) => left & ~bit, flags);
  if (rest !== 0) parts.push(`0x${rest.toString(16)}`);
  const source = [...reprText(rt, H[self + PatternWord.Pattern])].slice(0, 200).join('');
  return newStr(rt, `re.compile(${source}${parts.length === 0 ? '' : `, ${parts.join('|')}`})`);
}

function patternHash(rt: Runtime, self: Ref): number {
  const H = rt.words;
  let low = hash(rt, H[self + PatternWord.Pattern]);
  let high = rt.hashHigh;
  const start = self + PatternWord.Code;
  const code = H.slice(start, start + H[self + PatternWord.Size]);
  low ^= hashOfBytes(rt, new Uint8Array(code.buffer));
  high ^= rt.hashHigh;
  low ^= H[self + PatternWord.Flags] ^ H[self + PatternWord.IsBytes] ^ H[self + PatternWord.Size];
  rt.hashHigh = high;
  return low === -1 && high === -1 ? -2 : low;
}

function patternCompare(rt: Runtime, a: Ref, b: Ref, op: number): Owned {
  const H = rt.words;
  const known = op === (CompareOp.Eq as number) || op === (CompareOp.Ne as number);
  if (!known || H[a + ObjectWord.Type] !== H[b + ObjectWord.Type]) return S.NotImplemented as Ref as Owned;
  const equal =
    a === b ||
    (sameProgram(H, a, b) && compareBool(rt, H[a + PatternWord.Pattern], H[b + PatternWord.Pattern], CompareOp.Eq));
  return pyBool(equal === (op === (CompareOp.Eq as number))) as Owned;
}

function sameProgram(H: Int32Array, a: Ref, b: Ref): boolean {
  const fields = [PatternWord.Flags, PatternWord.IsBytes, PatternWord.Size];
  if (fields.some((word) => H[a + word] !== H[b + word])) return false;
  const n = H[a + PatternWord.Size];
  for (let i = PatternWord.Code as number; i < PatternWord.Code + n; i++) if (H[a + i] !== H[b + i]) return false;
  return true;
}

function checkSubject(rt: Runtime, string: Ref): void {
  if (!isStr(rt, string) && bufferOf(rt, string) === null) {
    typeError(rt, `expected string or bytes-like object, got '${kindName(rt, string)}'`);
  }
}

function sub(withCount: boolean): (rt: Runtime, self: Ref, repl: Ref, string: Ref, count: Ref) => Owned {
  return (rt, self, repl, string, count) => {
    checkSubject(rt, string);
    return substitute(rt, self, repl, string, count === 0 ? 0 : asSsize(rt, count), withCount);
  };
}

const LIMITS = 'string, pos=0, endpos=sys.maxsize';

defineType({
  ref: PATTERN,
  name: 're.Pattern',
  heapType: 'immutable',
  basicSize: 96,
  itemSize: 4,
  words: PatternWord.Code,
  itemWords: 1,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LAYOUT,
  dealloc: deallocPattern,
  weakListWord: PatternWord.WeakList,
  doc: 'Compiled regular expression object.',
  slots: { repr: patternRepr, hash: patternHash, richcompare: patternCompare },
  methods: [
    native(`match($self, /, ${LIMITS})`, attempt(matchHere), {
      doc: 'Matches zero or more characters at the beginning of the string.',
    }),
    native(`fullmatch($self, /, ${LIMITS})`, attempt(matchAll), { doc: 'Matches against all of the string.' }),
    native(`search($self, /, ${LIMITS})`, attempt(searchFirst), {
      doc: 'Scan through string looking for a match, and return a corresponding match object instance.\n\nReturn None if no position in the string matches.',
    }),
    native('sub($self, /, repl, string, count=0)', sub(false), {
      doc: 'Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl.',
    }),
    native('subn($self, /, repl, string, count=0)', sub(true), {
      doc: 'Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost non-overlapping occurrences of pattern with the replacement repl.',
    }),
    native(`findall($self, /, ${LIMITS})`, findall, {
      doc: 'Return a list of all non-overlapping matches of pattern in string.',
    }),
    native('split($self, /, string, maxsplit=0)', split, { doc: 'Split string by the occurrences of pattern.' }),
    native(`finditer($self, /, ${LIMITS})`, finditer, {
      doc: 'Return an iterator over all non-overlapping matches for the RE pattern in string.\n\nFor each match, the iterator returns a match object.',
    }),
    native(`scanner($self, /, ${LIMITS})`, scanner),
    native('__copy__($self, /)', (rt, self) => newRef(rt, self)),
    native('__deepcopy__($self, memo, /)', (rt, self) => newRef(rt, self)),
    classGetItemMethod(),
  ],
  members: [
    member(
      'pattern',
      PatternWord.Pattern,
      MemberKind.Object,
      true,
      'The pattern string from which the RE object was compiled.',
    ),
    member('flags', PatternWord.Flags, MemberKind.Number, true, 'The regex matching flags.'),
    member('groups', PatternWord.Groups, MemberKind.Number, true, 'The number of capturing groups in the pattern.'),
  ],
  getset: [
    getset(
      'groupindex',
      (rt, self) => newMappingProxy(rt, rt.words[self + PatternWord.GroupIndex]),
      null,
      'A dictionary mapping group names to group numbers.',
    ),
  ],
});
