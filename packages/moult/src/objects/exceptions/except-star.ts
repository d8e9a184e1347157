/** What `except*` does: takes the matching part out of the exception, and puts together what is raised at the end. */
import { newRef, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1 } from '../../core/call.ts';
import { typeError } from '../../core/errors.ts';
import { ExceptionGroupWord, ExcWord } from '../../core/layout/exceptions.ts';
import { FrameWord } from '../../core/layout/frame.ts';
import { listAppend, listItem, listLength, newList } from '../../core/list.ts';
import { getAttrText } from '../../core/protocol/index.ts';
import { RootNum } from '../../core/roots.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { releaseKeeping, releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleItem, tupleOf, tupleSize } from '../../core/tuple.ts';
import { isTuple, isSubtype } from '../../core/types.ts';
import { newExceptionGroup } from './groups.ts';
import { exceptionIsA, isCatchable, isGroup, Matcher, newResult, split, takeResult } from './split.ts';

const CANNOT_CATCH = 'catching classes that do not inherit from BaseException is not allowed';
const CANNOT_CATCH_GROUP = 'catching ExceptionGroup with except* is not allowed. Use except instead.';

function checkStarCatchable(rt: Runtime, wanted: Ref): void {
  if (!isCatchable(rt, wanted)) typeError(rt, CANNOT_CATCH);
  const n = isTuple(rt, wanted) ? tupleSize(rt, wanted) : 1;
  for (let i = 0; i < n; i++) {
    const type = isTuple(rt, wanted) ? tupleItem(rt, wanted, i) : wanted;
    if (isSubtype(rt, type, T.BaseExceptionGroup)) typeError(rt, CANNOT_CATCH_GROUP);
  }
}

/** CHECK_EG_MATCH: exception, class → rest, match. Returns `sp`. A match becomes the exception being handled.
 *  Source: CPython 3.12 exception_group_match. @runsPython */
export function exceptionGroupMatch(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const exception = H[sp - 2];
  const wanted = H[sp - 1];
  checkStarCatchable(rt, wanted);
  const m = tempMark(rt);
  const [rest, match] = exception === S.None ? [S.None, S.None] : partition(rt, exception, wanted);
  H[sp - 2] = newRef(rt, rest);
  H[sp - 1] = newRef(rt, match);
  H[frame + FrameWord.StackTop] = sp - frame - FrameWord.LocalsPlus;
  temp(rt, exception as Owned);
  temp(rt, wanted as Owned);
  if (match !== S.None) setWord(rt, H[RootNum.ExcInfo], newRef(rt, match));
  releaseTemps(rt, m);
  return sp;
}

/** What is left, and what matches; the temporaries' stack or the operands own them. @runsPython */
function partition(rt: Runtime, exception: Ref, wanted: Ref): [rest: Ref, match: Ref] {
  if (exceptionIsA(rt, exception, wanted))
    return [S.None, isGroup(rt, exception) ? exception : temp(rt, wrap(rt, exception))];
  if (!isGroup(rt, exception)) return [exception, S.None];
  const method = temp(rt, getAttrText(rt, exception, 'split'));
  // As PyObject_CallMethod with a format: a tuple holds the argument.
  temp(rt, tupleOf(rt, wanted));
  const pair = temp(rt, call1(rt, method, wanted));
  if (!isTuple(rt, pair) || tupleSize(rt, pair) < 2) typeError(rt, 'split must return a 2-tuple');
  return [tupleItem(rt, pair, 1), tupleItem(rt, pair, 0)];
}

/** A nameless group around one exception. */
function wrap(rt: Runtime, exception: Ref): Owned {
  const m = tempMark(rt);
  const one = temp(rt, tupleOf(rt, exception));
  return releaseKeeping(rt, m, newExceptionGroup(rt, '', one));
}

/** What is raised after the clauses of an `except*` statement: `exceptions` is the list of what they raised and what was left of
 *  `original`. None: nothing. Source: CPython 3.12 _PyExc_PrepReraiseStar. @runsPython */
export function prepareReraiseStar(rt: Runtime, original: Ref, exceptions: Ref): Owned {
  const n = listLength(rt, exceptions);
  if (n === 0) return newRef(rt, S.None);
  if (!isGroup(rt, original)) return newRef(rt, listItem(rt, exceptions, 0));
  const m = tempMark(rt);
  const raised = temp(rt, newList(rt, 0));
  const reraised = temp(rt, newList(rt, 0));
  for (let i = 0; i < n; i++) {
    const exception = listItem(rt, exceptions, i);
    if (exception !== S.None) listAppend(rt, hasSameMetadata(rt, exception, original) ? reraised : raised, exception);
  }
  const rest = temp(rt, projection(rt, original, reraised));
  if (listLength(rt, raised) === 0) return releaseKeeping(rt, m, newRef(rt, rest));
  if (rest !== S.None) listAppend(rt, raised, rest);
  const single = listLength(rt, raised) === 1;
  return releaseKeeping(rt, m, single ? newRef(rt, listItem(rt, raised, 0)) : newExceptionGroup(rt, '', raised));
}

/** True for parts of `b` that were raised again as they were. */
function hasSameMetadata(rt: Runtime, a: Ref, b: Ref): boolean {
  if (!isGroup(rt, a) || !isGroup(rt, b)) return false;
  const H = rt.words;
  for (let word = ExcWord.Notes as number; word <= ExcWord.Cause; word++) if (H[a + word] !== H[b + word]) return false;
  return true;
}

/** The part of `group` whose leaves are those of the groups in `keep`; None if there are none. */
function projection(rt: Runtime, group: Ref, keep: Ref): Owned {
  const m = tempMark(rt);
  // What `keep` holds lives on.
  const leaves = new Set<Ref>();
  for (let i = 0; i < listLength(rt, keep); i++) collectLeaves(rt, listItem(rt, keep, i), leaves);
  const matches = newResult(rt);
  split(rt, group, Matcher.Instances, leaves, matches, 0);
  return releaseKeeping(rt, m, takeResult(rt, matches));
}

function collectLeaves(rt: Runtime, exception: Ref, leaves: Set<Ref>): void {
  if (!isGroup(rt, exception)) {
    leaves.add(exception);
    return;
  }
  const exceptions = rt.words[exception + ExceptionGroupWord.Exceptions];
  for (let i = 0; i < tupleSize(rt, exceptions); i++) collectLeaves(rt, tupleItem(rt, exceptions, i), leaves);
}
