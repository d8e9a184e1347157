/** What futures and tasks go through: pending, then cancelled, or finished with a result or an exception. */
import { clearWord, newRef, ObjectWord, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call1 } from '../../core/call.ts';
import { none, raiseTake, typeError } from '../../core/errors.ts';
import { ExcWord } from '../../core/layout/exceptions.ts';
import { Id } from '../../core/names.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { temp, untemp } from '../../core/temps.ts';
import { isException, isSubtype, isType } from '../../core/types.ts';
import { forgetCallbacks, scheduleCallbacks } from './callbacks.ts';
import { FutureFlag, FutureState, FutureWord, Kept } from './layout.ts';
import { currentLoop } from './running.ts';
import { callNamed, invalidState, isAlive, isTrueTake, kept } from './shared.ts';

/** What a future came to, and how. */
export const OUTCOME_WORDS = [
  FutureWord.Result,
  FutureWord.Exception,
  FutureWord.ExceptionTraceback,
  FutureWord.SourceTraceback,
  FutureWord.CancelMessage,
  FutureWord.CancelledException,
];

/** `Future.__init__`: also for one that was used before. `loop` may be 0 or None. @runsPython
 *  Source: CPython 3.12 future_init. */
export function initFuture(rt: Runtime, future: Ref, loop: Ref): void {
  const H = rt.words;
  clearWord(rt, future + FutureWord.Loop);
  forgetCallbacks(rt, future);
  for (const word of OUTCOME_WORDS) clearWord(rt, future + word);
  H[future + FutureWord.State] = FutureState.Pending;
  H[future + FutureWord.Flags] = 0;
  const given = loop !== 0 && loop !== S.None;
  setWord(rt, future + FutureWord.Loop, given ? newRef(rt, loop) : currentLoop(rt));
  const debug = callNamed(rt, H[future + FutureWord.Loop], Id.get_debug, []);
  if (isTrueTake(rt, debug)) setWord(rt, future + FutureWord.SourceTraceback, call0(rt, kept(rt, Kept.ExtractStack)));
}

export function isPending(rt: Runtime, future: Ref): boolean {
  return rt.words[future + FutureWord.State] === (FutureState.Pending as number);
}

function requirePending(rt: Runtime, future: Ref): void {
  if (!isPending(rt, future)) invalidState(rt, 'invalid state');
}

/** Finishes the future. Raises InvalidStateError if it is done. @runsPython */
export function setResult(rt: Runtime, future: Ref, result: Ref): void {
  requirePending(rt, future);
  const H = rt.words;
  H[future + FutureWord.Result] = newRef(rt, result);
  H[future + FutureWord.State] = FutureState.Finished;
  scheduleCallbacks(rt, future);
}

/** Finishes the future with an exception, or with one of the class given. Raises InvalidStateError if it is done.
 *  @runsPython Source: CPython 3.12 future_set_exception. */
export function setException(rt: Runtime, future: Ref, given: Ref): void {
  requirePending(rt, future);
  const H = rt.words;
  const isClass = isType(rt, given) && isSubtype(rt, given, T.BaseException);
  const exception = temp(rt, isClass ? call0(rt, given) : newRef(rt, given));
  requirePending(rt, future);
  if (!isException(rt, exception)) typeError(rt, 'invalid exception object');
  if (H[exception + ObjectWord.Type] === T.StopIteration)
    typeError(rt, 'StopIteration interacts badly with generators and cannot be raised into a Future');
  const traceback = H[exception + ExcWord.Traceback];
  H[future + FutureWord.Exception] = untemp(rt, exception);
  H[future + FutureWord.ExceptionTraceback] = traceback === 0 ? 0 : newRef(rt, traceback);
  H[future + FutureWord.State] = FutureState.Finished;
  scheduleCallbacks(rt, future);
  H[future + FutureWord.Flags] |= FutureFlag.LogTraceback;
}

/** Cancels the future with a message (0: none). False if it is done. @runsPython */
export function cancelFuture(rt: Runtime, future: Ref, message: Ref): boolean {
  const H = rt.words;
  H[future + FutureWord.Flags] &= ~FutureFlag.LogTraceback;
  if (!isPending(rt, future)) return false;
  H[future + FutureWord.State] = FutureState.Cancelled;
  setWord(rt, future + FutureWord.CancelMessage, message === 0 ? (0 as Owned) : newRef(rt, message));
  scheduleCallbacks(rt, future);
  return true;
}

/** The exception to be raised where a cancelled future is asked: the one that cancelled a task, once, else a new one with the
 *  message. @runsPython */
export function cancelledError(rt: Runtime, future: Ref): Owned {
  const H = rt.words;
  const stored = H[future + FutureWord.CancelledException];
  if (stored !== 0) {
    H[future + FutureWord.CancelledException] = 0;
    return stored as Owned;
  }
  const type = kept(rt, Kept.CancelledError);
  const message = H[future + FutureWord.CancelMessage];
  return message === 0 || message === S.None ? call0(rt, type) : call1(rt, type, message);
}

function raiseCancelled(rt: Runtime, future: Ref): never {
  raiseTake(rt, cancelledError(rt, future));
}

/** The result of a future that is done; raises its exception, or that it is cancelled, or InvalidStateError. @runsPython */
export function resultOf(rt: Runtime, future: Ref): Owned {
  if (!isAlive(rt, future)) invalidState(rt, 'Future object is not initialized.');
  const exception = exceptionToRaise(rt, future);
  return exception === 0 ? newRef(rt, rt.words[future + FutureWord.Result]) : raiseTake(rt, exception);
}

/** The exception that a finished future has, with the traceback that it had when it was set; 0 if it has a result. Raises
 *  otherwise. @runsPython Source: CPython 3.12 future_get_result. */
export function exceptionToRaise(rt: Runtime, future: Ref): Owned | 0 {
  const H = rt.words;
  const state = H[future + FutureWord.State];
  if (state === (FutureState.Cancelled as number)) raiseCancelled(rt, future);
  if (state !== (FutureState.Finished as number)) invalidState(rt, 'Result is not set.');
  H[future + FutureWord.Flags] &= ~FutureFlag.LogTraceback;
  const exception = H[future + FutureWord.Exception];
  if (exception === 0) return 0;
  const traceback = H[future + FutureWord.ExceptionTraceback];
  temp(rt, newRef(rt, exception));
  H[future + FutureWord.ExceptionTraceback] = 0;
  setWord(rt, exception + ExcWord.Traceback, traceback as Owned);
  return untemp(rt, exception);
}

/** `exception()`: None if the future has a result. */
export function getException(rt: Runtime, future: Ref): Owned {
  if (!isAlive(rt, future)) invalidState(rt, 'Future object is not initialized.');
  const H = rt.words;
  const state = H[future + FutureWord.State];
  if (state === (FutureState.Cancelled as number)) raiseCancelled(rt, future);
  if (state !== (FutureState.Finished as number)) invalidState(rt, 'Exception is not set.');
  const exception = H[future + FutureWord.Exception];
  if (exception === 0) return none();
  H[future + FutureWord.Flags] &= ~FutureFlag.LogTraceback;
  return newRef(rt, exception);
}

export function isDone(rt: Runtime, future: Ref): Owned {
  return pyBool(isAlive(rt, future) && !isPending(rt, future)) as Owned;
}

export function isCancelled(rt: Runtime, future: Ref): Owned {
  const cancelled = rt.words[future + FutureWord.State] === (FutureState.Cancelled as number);
  return pyBool(isAlive(rt, future) && cancelled) as Owned;
}
