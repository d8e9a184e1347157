/** Instructions of exception handlers: what is being handled, matching, raising, `with` exits. */
import { decref, newRef, ObjectWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, vectorcall } from '../core/call.ts';
import { pendTake, raise, restoreException, typeError } from '../core/errors.ts';
import { handledException } from '../core/exceptions.ts';
import { ExcWord } from '../core/layout/exceptions.ts';
import { FrameWord } from '../core/layout/frame.ts';
import { reprText } from '../core/protocol/text.ts';
import { RootNum } from '../core/roots.ts';
import type { Runtime } from '../core/runtime.ts';
import { pyBool, S, T } from '../core/static.ts';
import { popArgs, pushArgs, temp, untemp } from '../core/temps.ts';
import { isException } from '../core/types.ts';
import { setCauseTake } from '../objects/exceptions/base.ts';
import { exceptionIsA, isCatchable, isExceptionClass } from '../objects/exceptions/split.ts';
import { popMany, replaceMany } from './operands.ts';

/** PUSH_EXC_INFO: exception → previously handled one (or None), exception. */
export function pushExcInfo(rt: Runtime, sp: number): number {
  const H = rt.words;
  const exception = H[sp - 1];
  const info = H[RootNum.ExcInfo];
  H[sp - 1] = H[info] || S.None;
  H[sp] = exception;
  H[info] = newRef(rt, exception);
  return sp + 1;
}

/** POP_EXCEPT: the saved exception on top is the handled one again. @runsPython */
export function popExcept(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const info = H[RootNum.ExcInfo];
  const handled = H[info];
  const saved = H[sp - 1];
  // A generator goes on to hold None, which `gc.get_referents` shows.
  H[info] = saved;
  H[frame + FrameWord.StackTop]--;
  if (handled !== 0) decref(rt, handled);
  return sp - 1;
}

const CANNOT_CATCH = 'catching classes that do not inherit from BaseException is not allowed';

/** CHECK_EXC_MATCH: exception, class → exception, bool. @runsPython */
export function checkExceptionMatch(rt: Runtime, frame: number, sp: number): number {
  const H = rt.words;
  const wanted = H[sp - 1];
  if (!isCatchable(rt, wanted)) typeError(rt, CANNOT_CATCH);
  return replaceMany(rt, frame, sp, 1, pyBool(exceptionIsA(rt, H[sp - 2], wanted)) as Owned);
}

/** RAISE_VARARGS at `unit` with `arg` operands: the exception is pending, nothing is thrown. @runsPython */
export function raiseStatement(rt: Runtime, frame: number, sp: number, arg: number, unit: number): void {
  if (arg !== 0) {
    raiseOperands(rt, frame, sp, arg);
    return;
  }
  raiseAgain(rt);
  rt.reraisedAt = unit;
}

/** `raise` alone: makes the handled exception pending again. Raises RuntimeError if none is being handled. */
function raiseAgain(rt: Runtime): void {
  const handled = handledException(rt);
  if (handled === 0) raise(rt, T.RuntimeError, 'No active exception to reraise');
  restoreException(rt, newRef(rt, handled));
}

/** `raise exception [from cause]`: one operand, or two. @runsPython */
function raiseOperands(rt: Runtime, frame: number, sp: number, arg: number): void {
  const H = rt.words;
  const cause = arg === 2 ? H[sp - 1] : 0;
  const raised = H[sp - arg];
  const exception = temp(rt, instantiate(rt, raised));
  if (cause !== 0) setCauseTake(rt, exception, causeOf(rt, cause));
  const owned = untemp(rt, exception);
  temp(rt, owned);
  popMany(rt, frame, sp, arg);
  pendTake(rt, untemp(rt, owned));
}

/** The exception object to raise: a class is called. */
function instantiate(rt: Runtime, raised: Ref): Owned {
  if (isExceptionClass(rt, raised)) {
    const made = call0(rt, raised);
    if (isException(rt, made)) return made;
    const name = reprText(rt, rt.words[made + ObjectWord.Type]);
    decref(rt, made);
    return typeError(
      rt,
      `calling ${reprText(rt, raised)} should have returned an instance of BaseException, not ${name}`,
    );
  }
  if (!isException(rt, raised)) typeError(rt, 'exceptions must derive from BaseException');
  return newRef(rt, raised);
}

/** The value of `from`: an exception, a class to be called, or None (0). */
function causeOf(rt: Runtime, cause: Ref): Owned {
  if (isExceptionClass(rt, cause)) {
    const made = call0(rt, cause);
    if (isException(rt, made)) return made;
    const name = reprText(rt, rt.words[made + ObjectWord.Type]);
    decref(rt, made);
    return typeError(
      rt,
      `calling ${reprText(rt, cause)} should have returned an instance of BaseException, not ${name}`,
    );
  }
  if (isException(rt, cause)) return newRef(rt, cause);
  if (cause === S.None) return 0 as Owned;
  return typeError(rt, 'exception causes must derive from BaseException');
}

/** WITH_EXCEPT_START: exit function, lasti, previous exception, exception: the result of exit(type, exception, traceback). @runsPython */
export function withExceptStart(rt: Runtime, sp: number): Owned {
  const H = rt.words;
  const exception = H[sp - 1];
  const exit = H[sp - 4];
  const base = pushArgs(rt, 3);
  H[base] = H[exception + ObjectWord.Type];
  H[base + 1] = exception;
  // As in CPython the exception alone holds its traceback during the call; a frame that is called holds its arguments.
  H[base + 2] = H[exception + ExcWord.Traceback] || S.None;
  const result = vectorcall(rt, exit, base, 3, 0);
  popArgs(rt, base);
  return result;
}
