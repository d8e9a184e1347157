/** StopIteration, SystemExit and KeyError: exceptions around one value. */
import { newRef, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { ExcValueWord, ExcWord } from '../../core/layout/exceptions.ts';
import { member, MemberKind } from '../../core/native.ts';
import { repr } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { arg, argCount } from './arguments.ts';
import { baseExceptionInit, baseStr } from './base.ts';
import { EXCEPTION_FLAGS, exceptionParts } from './layout.ts';

function stopIterationInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  baseExceptionInit(rt, self, args, kwargs);
  const value = argCount(rt, args) > 0 ? arg(rt, args, 0) : (S.None as Ref);
  setWord(rt, self + ExcValueWord.Value, newRef(rt, value));
}

function systemExitInit(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): void {
  baseExceptionInit(rt, self, args, kwargs);
  const n = argCount(rt, args);
  if (n > 0) setWord(rt, self + ExcValueWord.Value, newRef(rt, n === 1 ? arg(rt, args, 0) : args));
}

/** The key is shown as `repr`, so that an empty one can be seen. */
function keyErrorStr(rt: Runtime, self: Ref): Owned {
  const args = rt.words[self + ExcWord.Args];
  if (argCount(rt, args) !== 1) return baseStr(rt, self);
  const m = tempMark(rt);
  temp(rt, newRef(rt, args));
  return releaseKeeping(rt, m, repr(rt, arg(rt, args, 0)));
}

const parts = exceptionParts([ExcValueWord.Value]);

defineType({
  ref: T.StopIteration,
  name: 'StopIteration',
  base: T.Exception,
  basicSize: 80,
  words: ExcValueWord.Words,
  ...parts,
  doc: 'An iterator has no more items.',
  slots: { init: stopIterationInit },
  members: [member('value', ExcValueWord.Value, MemberKind.Object, false, 'generator return value')],
});

defineType({
  ref: T.SystemExit,
  name: 'SystemExit',
  base: T.BaseException,
  basicSize: 80,
  words: ExcValueWord.Words,
  ...parts,
  doc: 'Asks the interpreter to leave.',
  slots: { init: systemExitInit },
  members: [member('code', ExcValueWord.Value, MemberKind.Object, false, 'exception code')],
});

defineType({
  ref: T.KeyError,
  name: 'KeyError',
  base: T.LookupError,
  flags: EXCEPTION_FLAGS,
  doc: 'A mapping has no such key.',
  slots: { init: baseExceptionInit, str: keyErrorStr },
});
