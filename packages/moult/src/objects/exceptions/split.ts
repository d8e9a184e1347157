/**
 * Splitting exception groups by type, predicate or identity.
 *
 * Parts of groups are gathered in lists, results in words, both on the temporaries' stack, since predicates and `derive` run the
 * program. As many lists are made as in CPython: they go to the free list.
 */
import { newRef, ObjectWord, setWord, TypeFlag, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { typeError } from '../../core/errors.ts';
import { ExceptionGroupWord, ExcWord } from '../../core/layout/exceptions.ts';
import { listAppend, listLength, newList } from '../../core/list.ts';
import { getAttrText, isTrue, lookupAttrText, setAttrText } from '../../core/protocol/index.ts';
import { enterRecursion, leaveRecursion } from '../../core/recursion.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleOf, tupleSize } from '../../core/tuple.ts';
import { isInstance, isSubtype, isTuple, isType } from '../../core/types.ts';

export const enum Matcher {
  Type = 0,
  Predicate = 1,
  /** The value is the set of the exceptions to keep. */
  Instances = 2,
}

/** True for a class that inherits from BaseException. */
export function isExceptionClass(rt: Runtime, o: Ref): boolean {
  return isType(rt, o) && (rt.words[o + TypeWord.Flags] & TypeFlag.BaseExcSubclass) !== 0;
}

/** True if `value` can stand in an `except` clause: a class, or a tuple of classes. */
export function isCatchable(rt: Runtime, value: Ref): boolean {
  if (!isTuple(rt, value)) return isExceptionClass(rt, value);
  for (let i = 0; i < tupleSize(rt, value); i++) if (!isExceptionClass(rt, tupleItem(rt, value, i))) return false;
  return true;
}

/** True if the exception is an instance of the class or of one in the tuple. */
export function exceptionIsA(rt: Runtime, exception: Ref, value: Ref): boolean {
  const type = rt.words[exception + ObjectWord.Type];
  if (!isTuple(rt, value)) return isSubtype(rt, type, value);
  for (let i = 0; i < tupleSize(rt, value); i++) if (exceptionIsA(rt, exception, tupleItem(rt, value, i))) return true;
  return false;
}

/** What the argument of `split` and `subgroup` asks for. */
export function matcherOf(rt: Runtime, value: Ref): Matcher {
  if (rt.words[value + ObjectWord.Type] === T.function) return Matcher.Predicate;
  if (isCatchable(rt, value)) return Matcher.Type;
  return typeError(rt, 'expected a function, exception type or tuple of exception types');
}

/** What an exception is matched with: an object, or the exceptions to keep. */
type Wanted = Ref | ReadonlySet<Ref>;

/** A place for a result of `split`: a new word of the temporaries' stack, None until there is one. */
export function newResult(rt: Runtime): number {
  temp(rt, S.None as Ref as Owned);
  return rt.words[RootNum.TempTop] - 1;
}

/** The exception in a result, or None; owned. */
export function takeResult(rt: Runtime, result: number): Owned {
  return newRef(rt, rt.words[result]);
}

/** Puts the exception into a result, or appends it to a list. */
function put(rt: Runtime, place: number, exception: Ref): void {
  const H = rt.words;
  if (place >= H[RootNum.TempBase] && place < H[RootNum.TempLimit]) H[place] = newRef(rt, exception);
  else listAppend(rt, place as Ref, exception);
}

export function isGroup(rt: Runtime, exception: Ref): boolean {
  return isInstance(rt, exception, T.BaseExceptionGroup);
}

/** Puts the matching part of `exception` into `matches`, a list or a result, and, unless that is 0, what remains into `rests`.
 *  Source: CPython 3.12 exceptiongroup_split_recursive. @runsPython */
export function split(
  rt: Runtime,
  exception: Ref,
  matcher: Matcher,
  value: Wanted,
  matches: number,
  rests: number,
): void {
  if (doesMatch(rt, exception, matcher, value)) put(rt, matches, exception);
  else if (isGroup(rt, exception)) splitGroup(rt, exception, matcher, value, matches, rests);
  else if (rests !== 0) put(rt, rests, exception);
}

function splitGroup(rt: Runtime, group: Ref, matcher: Matcher, value: Wanted, matches: number, rests: number): void {
  const m = tempMark(rt);
  const matched = temp(rt, newList(rt, 0));
  const left = rests === 0 ? 0 : temp(rt, newList(rt, 0));
  const exceptions = temp(rt, newRef(rt, rt.words[group + ExceptionGroupWord.Exceptions]));
  for (let i = 0; i < tupleSize(rt, exceptions); i++) {
    enterRecursion(rt, ' in exceptiongroup_split_recursive');
    split(rt, tupleItem(rt, exceptions, i), matcher, value, matched, left);
    leaveRecursion(rt);
  }
  putSubset(rt, group, matched, matches);
  if (rests !== 0) putSubset(rt, group, left, rests);
  releaseTemps(rt, m);
}

function doesMatch(rt: Runtime, exception: Ref, matcher: Matcher, value: Wanted): boolean {
  if (typeof value === 'object') return !isGroup(rt, exception) && value.has(exception);
  switch (matcher) {
    case Matcher.Type:
      return exceptionIsA(rt, exception, value);
    case Matcher.Predicate: {
      const answer = temp(rt, call1(rt, value, exception));
      const truth = isTrue(rt, answer);
      releaseTemps(rt, tempMark(rt) - 1);
      return truth;
    }
    default:
      return false;
  }
}

/** A group of `exceptions` derived from `group`, with its traceback, context, cause and notes; nothing if there are none.
 *  Source: CPython 3.12 exceptiongroup_subset. @runsPython */
function putSubset(rt: Runtime, group: Ref, exceptions: Ref, result: number): void {
  if (listLength(rt, exceptions) === 0) return;
  const m = tempMark(rt);
  const derive = temp(rt, getAttrText(rt, group, 'derive'));
  // As PyObject_CallMethod: the argument comes in a tuple.
  temp(rt, tupleOf(rt, exceptions));
  const part = temp(rt, call1(rt, derive, exceptions));
  if (!isGroup(rt, part)) typeError(rt, 'derive must return an instance of BaseExceptionGroup');
  copyMetadata(rt, group, part);
  put(rt, result, part);
  releaseTemps(rt, m);
}

function copyMetadata(rt: Runtime, from: Ref, to: Ref): void {
  const H = rt.words;
  if (H[from + ExcWord.Traceback] !== 0) copyWord(rt, from, to, ExcWord.Traceback);
  copyWord(rt, from, to, ExcWord.Context);
  H[to + ExcWord.SuppressContext] = 1;
  copyWord(rt, from, to, ExcWord.Cause);
  const notes = lookupAttrText(rt, from, '__notes__');
  if (notes === 0) return;
  const m = tempMark(rt);
  temp(rt, notes);
  if (rt.words[rt.words[notes + ObjectWord.Type] + TypeWord.SqItem] !== 0) {
    setAttrText(rt, to, '__notes__', temp(rt, call1(rt, T.list, notes)));
  }
  releaseTemps(rt, m);
}

function copyWord(rt: Runtime, from: Ref, to: Ref, word: number): void {
  const value = rt.words[from + word];
  setWord(rt, to + word, value === 0 ? 0 : newRef(rt, value));
}
