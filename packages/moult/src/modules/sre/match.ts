/** The type `re.Match`. */
import { clearWord, freeObject, gcNewVar, newRef, ObjectWord, track, TypeFlag, untrack } from '@moult/heap';
import type { CustomLayout, Heap, Owned, Ref } from '@moult/heap';
import { decref } from '@moult/heap';
import { call2 } from '../../core/call.ts';
import { dictGet, dictKeyAt, dictNext, dictSet, dictValueAt, newDict } from '../../core/dict/index.ts';
import { indexError, none } from '../../core/errors.ts';
import { isSafeInt, newInt, safeIntValue } from '../../core/int.ts';
import { getset, member, MemberKind, native, nativeRaw } from '../../core/native.ts';
import { getAttrText, hasIndex, index, reprText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { newTuple, tupleItem, tupleOf, tupleSize } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { typeFullName } from '../../core/types.ts';
import { TupleWord } from '@moult/heap';
import { classGetItemMethod } from '../../objects/class-getitem.ts';
import type { Matcher } from './matcher.ts';
import { slicePart } from './subject.ts';
import { expandTemplate } from './template.ts';
import { MATCH, MatchWord, PatternWord, TEMPLATE } from './types.ts';

/** A match object for what the matcher has just found. */
export function newMatch(rt: Runtime, pattern: Ref, string: Ref, matcher: Matcher, pos: number): Owned {
  const H = rt.words;
  const groups = H[pattern + PatternWord.Groups];
  const match = gcNewVar(rt, MATCH, 2 * (groups + 1));
  H[match + MatchWord.String] = newRef(rt, string);
  H[match + MatchWord.Pattern] = newRef(rt, pattern);
  H[match + MatchWord.Pos] = pos;
  H[match + MatchWord.EndPos] = matcher.end;
  H[match + MatchWord.LastIndex] = matcher.lastIndex;
  H[match + MatchWord.Groups] = groups + 1;
  const marks = match + MatchWord.Marks;
  H[marks] = matcher.start;
  H[match + MatchWord.Marks + 1] = matcher.ptr;
  for (let i = 0; i < 2 * groups; i += 2) {
    const set = i + 1 <= matcher.lastMark && matcher.marks[i] >= 0 && matcher.marks[i + 1] >= 0;
    H[marks + 2 + i] = set ? matcher.marks[i] : -1;
    H[marks + 3 + i] = set ? matcher.marks[i + 1] : -1;
  }
  track(rt, match);
  return match;
}

const LAYOUT: CustomLayout = {
  name: 'match',
  traverse(heap: Heap, match, visit) {
    const H = heap.words;
    visit(H[match + MatchWord.String]);
    visit(H[match + MatchWord.Regs]);
    visit(H[match + MatchWord.Pattern]);
  },
};

/** The number of the group that `key` names. Raises IndexError. @runsPython */
function groupNumber(rt: Runtime, match: Ref, key: Ref): number {
  const H = rt.words;
  let number = -1;
  if (hasIndex(rt, key)) {
    const value = index(rt, key);
    number = isSafeInt(rt, value) ? safeIntValue(rt, value) : -1;
    decref(rt, value);
  } else {
    const found = dictGet(rt, H[H[match + MatchWord.Pattern] + PatternWord.GroupIndex], key);
    if (found !== 0) number = safeIntValue(rt, found);
  }
  if (number < 0 || number >= H[match + MatchWord.Groups]) indexError(rt, 'no such group');
  return number;
}

/** Text of group `i`; `absent` if it is not set. */
export function matchGroup(rt: Runtime, match: Ref, i: number, absent: Ref): Owned {
  const H = rt.words;
  const string = H[match + MatchWord.String];
  const from = H[match + MatchWord.Marks + 2 * i];
  if (string === S.None || from < 0) return newRef(rt, absent);
  return slicePart(rt, string, from, H[match + MatchWord.Marks + 2 * i + 1]);
}

function getItem(rt: Runtime, match: Ref, key: Ref): Owned {
  return matchGroup(rt, match, groupNumber(rt, match, key), S.None);
}

function group(rt: Runtime, match: Ref, args: number, nargs: number): Owned {
  if (nargs === 0) return matchGroup(rt, match, 0, S.None);
  if (nargs === 1) return getItem(rt, match, rt.words[args]);
  const tuple = temp(rt, emptyTuple(rt, nargs));
  for (let i = 0; i < nargs; i++) setTupleItem(rt, tuple, i, getItem(rt, match, rt.words[args + i]));
  return untemp(rt, tuple);
}

/** A tuple of `n` times None, to be filled while Python may run. */
export function emptyTuple(rt: Runtime, n: number): Owned {
  const tuple = newTuple(rt, n);
  for (let i = 0; i < n; i++) rt.words[tuple + TupleWord.Items + i] = S.None;
  return tuple;
}

/** Puts an item into a tuple of `emptyTuple`. Takes it. */
export function setTupleItem(rt: Runtime, tuple: Ref, i: number, item: Owned): void {
  rt.words[tuple + TupleWord.Items + i] = item;
}

function groups(rt: Runtime, match: Ref, absent: Ref): Owned {
  const count = rt.words[match + MatchWord.Groups] - 1;
  const tuple = temp(rt, emptyTuple(rt, count));
  for (let i = 0; i < count; i++) setTupleItem(rt, tuple, i, matchGroup(rt, match, i + 1, absent || S.None));
  return untemp(rt, tuple);
}

function groupDict(rt: Runtime, match: Ref, absent: Ref): Owned {
  const names = rt.words[rt.words[match + MatchWord.Pattern] + PatternWord.GroupIndex];
  const result = temp(rt, newDict(rt));
  for (let i = dictNext(rt, names, 0); i >= 0; i = dictNext(rt, names, i + 1)) {
    const key = dictKeyAt(rt, names, i);
    const value = temp(rt, matchGroup(rt, match, safeIntValue(rt, dictValueAt(rt, names, i)), absent || S.None));
    dictSet(rt, result, key, value);
    dropTemp(rt, value);
  }
  return untemp(rt, result);
}

function markOf(rt: Runtime, match: Ref, key: Ref, which: number): number {
  const i = key === 0 ? 0 : groupNumber(rt, match, key);
  return rt.words[match + MatchWord.Marks + 2 * i + which];
}

function span(rt: Runtime, match: Ref, i: number): Owned {
  const H = rt.words;
  const from = temp(rt, newInt(rt, H[match + MatchWord.Marks + 2 * i]));
  const to = temp(rt, newInt(rt, H[match + MatchWord.Marks + 2 * i + 1]));
  const pair = tupleOf(rt, from, to);
  dropTemp(rt, to);
  dropTemp(rt, from);
  return pair;
}

function regs(rt: Runtime, match: Ref): Owned {
  const H = rt.words;
  if (H[match + MatchWord.Regs] === 0) {
    const count = H[match + MatchWord.Groups];
    const tuple = temp(rt, emptyTuple(rt, count));
    for (let i = 0; i < count; i++) setTupleItem(rt, tuple, i, span(rt, match, i));
    H[match + MatchWord.Regs] = untemp(rt, tuple);
  }
  return newRef(rt, H[match + MatchWord.Regs]);
}

function lastIndex(rt: Runtime, match: Ref): Owned {
  const i = rt.words[match + MatchWord.LastIndex];
  return i < 0 ? none() : newInt(rt, i);
}

function lastGroup(rt: Runtime, match: Ref): Owned {
  const H = rt.words;
  const i = H[match + MatchWord.LastIndex];
  const names = H[H[match + MatchWord.Pattern] + PatternWord.IndexGroup];
  return i >= 0 && i < tupleSize(rt, names) ? newRef(rt, tupleItem(rt, names, i)) : none();
}

function matchRepr(rt: Runtime, match: Ref): Owned {
  const H = rt.words;
  const text = temp(rt, matchGroup(rt, match, 0, S.None));
  const where = `(${H[match + MatchWord.Marks]}, ${H[match + MatchWord.Marks + 1]})`;
  const shown = reprText(rt, text);
  dropTemp(rt, text);
  return newStr(rt, `<${typeFullName(rt, H[match + ObjectWord.Type])} object; span=${where}, match=${shown}>`);
}

/** `match.expand(template)` @runsPython */
function expand(rt: Runtime, match: Ref, template: Ref): Owned {
  const m = tempMark(rt);
  const compiled = temp(rt, compileTemplate(rt, rt.words[match + MatchWord.Pattern], template));
  return releaseKeeping(
    rt,
    m,
    rt.words[compiled + ObjectWord.Type] === TEMPLATE ? expandTemplate(rt, compiled, match) : newRef(rt, compiled),
  );
}

/** What `re._compile_template` makes of a replacement. @runsPython */
export function compileTemplate(rt: Runtime, pattern: Ref, template: Ref): Owned {
  const m = tempMark(rt);
  const re = temp(rt, rt.importModule('re'));
  const compile = temp(rt, getAttrText(rt, re, '_compile_template'));
  return releaseKeeping(rt, m, call2(rt, compile, pattern, template));
}

defineType({
  ref: MATCH,
  name: 're.Match',
  heapType: 'immutable',
  basicSize: 8 * MatchWord.Words,
  itemSize: 8,
  flags: TypeFlag.HaveGc | TypeFlag.DisallowInstantiation,
  layout: LAYOUT,
  dealloc: deallocMatch,
  doc: 'The result of re.match() and re.search().\nMatch objects always have a boolean value of True.',
  slots: { repr: matchRepr, mpSubscript: getItem },
  methods: [
    nativeRaw('group', group, {
      doc: 'group([group1, ...]) -> str or tuple.\nReturn subgroup(s) of the match by indices or names.',
    }),
    native('start($self, group=0, /)', (rt, match, key) => newInt(rt, markOf(rt, match, key, 0)), {
      doc: 'Return index of the start of the substring matched by group.',
    }),
    native('end($self, group=0, /)', (rt, match, key) => newInt(rt, markOf(rt, match, key, 1)), {
      doc: 'Return index of the end of the substring matched by group.',
    }),
    native(
      'span($self, group=0, /)',
      (rt, match, key) => span(rt, match, key === 0 ? 0 : groupNumber(rt, match, key)),
      { doc: 'For match object m, return the 2-tuple (m.start(group), m.end(group)).' },
    ),
    native('groups($self, /, default=None)', groups, {
      doc: 'Return a tuple containing all the subgroups of the match, from 1.',
    }),
    native('groupdict($self, /, default=None)', groupDict, {
      doc: 'Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name.',
    }),
    native('expand($self, /, template)', expand, {
      doc: 'Return the string obtained by doing backslash substitution on the string template, as done by the sub() method.',
    }),
    native('__copy__($self, /)', (rt, match) => newRef(rt, match)),
    native('__deepcopy__($self, memo, /)', (rt, match) => newRef(rt, match)),
    classGetItemMethod(),
  ],
  members: [
    member('string', MatchWord.String, MemberKind.Object, true, 'The string passed to match() or search().'),
    member('re', MatchWord.Pattern, MemberKind.Object, true, 'The regular expression object.'),
    member(
      'pos',
      MatchWord.Pos,
      MemberKind.Number,
      true,
      'The index into the string at which the RE engine started looking for a match.',
    ),
    member(
      'endpos',
      MatchWord.EndPos,
      MemberKind.Number,
      true,
      'The index into the string beyond which the RE engine will not go.',
    ),
  ],
  getset: [
    getset('lastindex', lastIndex, null, 'The integer index of the last matched capturing group.'),
    getset('lastgroup', lastGroup, null, 'The name of the last matched capturing group.'),
    getset('regs', regs),
  ],
});

function deallocMatch(rt: Runtime, match: Ref): void {
  untrack(rt, match);
  clearWord(rt, match + MatchWord.Regs);
  clearWord(rt, match + MatchWord.String);
  clearWord(rt, match + MatchWord.Pattern);
  freeObject(rt, match);
}
