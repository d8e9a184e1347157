/** BaseExceptionGroup and ExceptionGroup: several exceptions raised together. */
import { newRef, ObjectWord, TypeWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call1, call2 } from '../../core/call.ts';
import { typeError, valueError } from '../../core/errors.ts';
import { ExceptionGroupWord } from '../../core/layout/exceptions.ts';
import { member, MemberKind, native } from '../../core/native.ts';
import { strTextOf } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleOf, tupleItem, tupleSize } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isDict, isException, isInstance, isStr, isSubtype, kindName, typeName } from '../../core/types.ts';
import { allocException, arg, argCount, refuseKeywords } from './arguments.ts';
import { baseExceptionInit } from './base.ts';
import { exceptionParts } from './layout.ts';
import { matcherOf, newResult, split, takeResult } from './split.ts';

export { exceptionGroupMatch, prepareReraiseStar } from './except-star.ts';

const NEW = 'BaseExceptionGroup.__new__()';
const GROUP_WORDS = [ExceptionGroupWord.Message as number, ExceptionGroupWord.Exceptions];

function groupNew(rt: Runtime, type: Ref, args: Ref, _kwargs: Ref): Owned {
  const n = argCount(rt, args);
  if (n !== 2) typeError(rt, `${NEW} takes exactly 2 arguments (${n} given)`);
  const message = arg(rt, args, 0);
  if (!isStr(rt, message)) {
    typeError(rt, `${NEW} argument 1 must be str, not ${message === S.None ? 'None' : kindName(rt, message)}`);
  }
  const exceptions = temp(rt, checkedExceptions(rt, arg(rt, args, 1)));
  const group = allocException(rt, groupType(rt, type, exceptions), args);
  const H = rt.words;
  H[group + ExceptionGroupWord.Message] = newRef(rt, message);
  H[group + ExceptionGroupWord.Exceptions] = untemp(rt, exceptions);
  return group;
}

/** The sequence as a tuple of exceptions. */
function checkedExceptions(rt: Runtime, sequence: Ref): Owned {
  const what = 'second argument (exceptions)';
  if (!isSequence(rt, sequence)) typeError(rt, `${what} must be a sequence`);
  const tuple = temp(rt, call1(rt, T.tuple, sequence));
  const n = tupleSize(rt, tuple);
  if (n === 0) valueError(rt, `${what} must be a non-empty sequence`);
  for (let i = 0; i < n; i++) {
    if (!isException(rt, tupleItem(rt, tuple, i))) valueError(rt, `Item ${i} of ${what} is not an exception`);
  }
  return untemp(rt, tuple);
}

/** PySequence_Check. */
function isSequence(rt: Runtime, o: Ref): boolean {
  const H = rt.words;
  return !isDict(rt, o) && H[H[o + ObjectWord.Type] + TypeWord.SqItem] !== 0;
}

/** A group of nothing but `Exception`s is an ExceptionGroup, and that holds nothing else. */
function groupType(rt: Runtime, type: Ref, exceptions: Ref): Ref {
  let nested = true;
  for (let i = 0; nested && i < tupleSize(rt, exceptions); i++)
    nested = isInstance(rt, tupleItem(rt, exceptions, i), T.Exception);
  if (type === T.BaseExceptionGroup) return nested ? T.ExceptionGroup : type;
  if (nested) return type;
  if (type === T.ExceptionGroup) typeError(rt, 'Cannot nest BaseExceptions in an ExceptionGroup');
  if (isSubtype(rt, type, T.Exception)) typeError(rt, `Cannot nest BaseExceptions in '${typeName(rt, type)}'`);
  return type;
}

function groupInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  refuseKeywords(rt, rt.words[self + ObjectWord.Type], kwargs);
  baseExceptionInit(rt, self, args, 0);
}

function groupStr(rt: Runtime, self: Ref): Owned {
  const n = tupleSize(rt, rt.words[self + ExceptionGroupWord.Exceptions]);
  const message = strTextOf(rt, rt.words[self + ExceptionGroupWord.Message]);
  return newStr(rt, `${message} (${n} sub-exception${n === 1 ? '' : 's'})`);
}

function derive(rt: Runtime, self: Ref, exceptions: Ref): Owned {
  // As METH_VARARGS: a tuple holds the argument during the call.
  temp(rt, tupleOf(rt, exceptions));
  return call2(rt, T.BaseExceptionGroup, rt.words[self + ExceptionGroupWord.Message], exceptions);
}

function splitMethod(rt: Runtime, self: Ref, value: Ref): Owned {
  temp(rt, tupleOf(rt, value));
  const matcher = matcherOf(rt, value);
  const matches = newResult(rt);
  const rests = newResult(rt);
  split(rt, self, matcher, value, matches, rests);
  const match = temp(rt, takeResult(rt, matches));
  const rest = temp(rt, takeResult(rt, rests));
  return tupleOf(rt, match, rest);
}

function subgroup(rt: Runtime, self: Ref, value: Ref): Owned {
  temp(rt, tupleOf(rt, value));
  const matcher = matcherOf(rt, value);
  const matches = newResult(rt);
  split(rt, self, matcher, value, matches, 0);
  return takeResult(rt, matches);
}

/** An ExceptionGroup or BaseExceptionGroup of a list or tuple. @runsPython */
export function newExceptionGroup(rt: Runtime, message: string, exceptions: Ref): Owned {
  const m = tempMark(rt);
  const text = temp(rt, newStr(rt, message));
  return releaseKeeping(rt, m, call2(rt, T.BaseExceptionGroup, text, exceptions));
}

function classGetItem(rt: Runtime, self: Ref, item: Ref): Owned {
  return rt.makeGenericAlias(self, item);
}

defineType({
  ref: T.BaseExceptionGroup,
  name: 'BaseExceptionGroup',
  base: T.BaseException,
  basicSize: 88,
  words: ExceptionGroupWord.Words,
  ...exceptionParts(GROUP_WORDS),
  doc: 'Several unrelated exceptions.',
  slots: { new: groupNew, init: groupInit, str: groupStr },
  methods: [
    native('__class_getitem__($cls, item, /)', classGetItem, { binding: 'class' }),
    native('derive($self, excs, /)', derive),
    native('split($self, matcher, /)', splitMethod),
    native('subgroup($self, matcher, /)', subgroup),
  ],
  members: [
    member('message', ExceptionGroupWord.Message, MemberKind.Object, true, 'exception message'),
    member('exceptions', ExceptionGroupWord.Exceptions, MemberKind.Object, true, 'nested exceptions'),
  ],
});

defineType({
  ref: T.ExceptionGroup,
  name: 'ExceptionGroup',
  heapType: 'class',
  bases: [T.BaseExceptionGroup, T.Exception],
});
