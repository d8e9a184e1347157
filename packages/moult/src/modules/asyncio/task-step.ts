/** Running a task: its coroutine goes on until it awaits something that is not there, and is woken when it is. */
import { clearWord, decref, genericAlloc, LayoutKind, newRef, ObjectWord, setWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0, call1 } from '../../core/call.ts';
import { dictLength } from '../../core/dict/index.ts';
import {
  caught,
  currentException,
  mark,
  none,
  pendingMatches,
  restoreException,
  rethrow,
  runtimeError,
  takeException,
  typeError,
} from '../../core/errors.ts';
import { ExcWord } from '../../core/layout/exceptions.ts';
import { Id } from '../../core/names.ts';
import { getset, native } from '../../core/native.ts';
import {
  getAttr,
  getAttrText,
  isIterator,
  iterNext,
  lookupAttr,
  reprText,
  setAttr,
} from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, releaseKeeping, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { tupleSize } from '../../core/tuple.ts';
import { defineType } from '../../core/type-spec.ts';
import { isSubtype } from '../../core/types.ts';
import { fetchStopValue, sendGenerator } from '../../eval/generators.ts';
import { newBuiltin } from '../../objects/descriptors/make.ts';
import { addCallback, callSoon } from './callbacks.ts';
import { cancelFuture, cancelledError, exceptionToRaise, isPending, setException, setResult } from './future-state.ts';
import { FutureFlag, FutureWord, Kept, StepWord, TASK_STEP, TaskFlag, TaskWord } from './layout.ts';
import { enterTask, leaveTask } from './running.ts';
import {
  callNamed,
  invalidState,
  isCancellation,
  isPlainFuture,
  isTrueTake,
  kept,
  pendingCancellation,
} from './shared.ts';

/** Has the loop run the task, with an exception (0: none) thrown into its coroutine. @runsPython */
export function stepSoon(rt: Runtime, task: Ref, exception: Ref): void {
  const H = rt.words;
  const step = temp(rt, genericAlloc(rt, TASK_STEP));
  H[step + StepWord.Task] = newRef(rt, task);
  H[step + StepWord.Argument] = exception === 0 ? 0 : newRef(rt, exception);
  callSoon(rt, H[task + FutureWord.Loop], step, 0, H[task + TaskWord.Context]);
  dropTemp(rt, step);
}

/** A step of the task, as the one that its loop runs. Returns None. @runsPython */
function step(rt: Runtime, task: Ref, exception: Ref): Owned {
  const H = rt.words;
  const loop = H[task + FutureWord.Loop];
  enterTask(rt, loop, task);
  const m = mark(rt);
  try {
    stepInside(rt, task, exception);
  } catch (error) {
    caught(rt, error, m);
    leaveFailed(rt, task);
    throw error;
  }
  leaveTask(rt, loop, task);
  return none();
}

/** Leaves the task while an exception is pending: it becomes the context of what that raises. */
function leaveFailed(rt: Runtime, task: Ref): void {
  const raised = temp(rt, takeException(rt));
  const m = mark(rt);
  try {
    leaveTask(rt, rt.words[task + FutureWord.Loop], task);
    restoreException(rt, untemp(rt, raised));
  } catch (error) {
    caught(rt, error, m);
    setWord(rt, currentException(rt) + ExcWord.Context, untemp(rt, raised));
  }
}

/** A step of a task that is entered. @runsPython Source: CPython 3.12 task_step_impl. */
export function stepInside(rt: Runtime, task: Ref, given: Ref): void {
  const H = rt.words;
  if (!isPending(rt, task))
    invalidState(rt, `__step(): already done: ${reprText(rt, task)} ${reprText(rt, given || S.None)}`);
  const m = tempMark(rt);
  const exception = exceptionForStep(rt, task, given);
  clearWord(rt, task + TaskWord.Waiter);
  const coroutine = H[task + TaskWord.Coroutine];
  if (coroutine === 0) runtimeError(rt, 'uninitialized Task object');
  const before = mark(rt);
  let result: Owned;
  try {
    result = exception === 0 ? send(rt, coroutine) : throwInto(rt, coroutine, exception);
  } catch (error) {
    caught(rt, error, before);
    releaseTemps(rt, m);
    return endWithException(rt, task);
  }
  const finished = rt.sendFinished;
  temp(rt, releaseKeeping(rt, m, result));
  if (finished) endWithResult(rt, task, result);
  else awaitResult(rt, task, result);
  releaseTemps(rt, m);
}

/** What is to be thrown; a new CancelledError is left on the temporaries. */
function exceptionForStep(rt: Runtime, task: Ref, given: Ref): Ref {
  const H = rt.words;
  if ((H[task + TaskWord.Flags] & TaskFlag.MustCancel) === 0) return given;
  const exception = given !== 0 && isCancellation(rt, given) ? given : temp(rt, cancelledError(rt, task));
  H[task + TaskWord.Flags] &= ~TaskFlag.MustCancel;
  return exception;
}

/** Sends None; `rt.sendFinished` tells whether what is returned is the coroutine's result. @runsPython
 *  Source: CPython 3.12 PyIter_Send. */
function send(rt: Runtime, coroutine: Ref): Owned {
  const type = rt.words[coroutine + ObjectWord.Type];
  if (type === T.coroutine || type === T.generator) return sendGenerator(rt, coroutine, S.None, false, false);
  if (!isIterator(rt, coroutine)) return untilStop(rt, () => callNamed(rt, coroutine, Id.send, [S.None]));
  return untilStop(rt, () => iterNext(rt, coroutine));
}

function throwInto(rt: Runtime, coroutine: Ref, exception: Ref): Owned {
  return untilStop(rt, () => callNamed(rt, coroutine, Id.throw, [exception]));
}

/** The value of a StopIteration counts as returned. */
function untilStop(rt: Runtime, resume: () => Owned | 0): Owned {
  const m = mark(rt);
  try {
    const item = resume();
    rt.sendFinished = item === 0;
    if (item !== 0) return item;
  } catch (error) {
    caught(rt, error, m);
    if (!pendingMatches(rt, T.StopIteration)) throw error;
    rt.sendFinished = true;
  }
  return fetchStopValue(rt);
}

function endWithResult(rt: Runtime, task: Ref, result: Ref): void {
  const H = rt.words;
  if ((H[task + TaskWord.Flags] & TaskFlag.MustCancel) === 0) return setResult(rt, task, result);
  // Cancelled just before the coroutine ended.
  H[task + TaskWord.Flags] &= ~TaskFlag.MustCancel;
  cancelFuture(rt, task, H[task + FutureWord.CancelMessage]);
}

/** The coroutine raised what is pending. KeyboardInterrupt and SystemExit go on to the loop. */
function endWithException(rt: Runtime, task: Ref): void {
  if (pendingCancellation(rt)) {
    setWord(rt, task + FutureWord.CancelledException, takeException(rt));
    cancelFuture(rt, task, 0);
    return;
  }
  const exception = temp(rt, takeException(rt));
  setException(rt, task, exception);
  const type = rt.words[exception + ObjectWord.Type];
  if (isSubtype(rt, type, T.KeyboardInterrupt) || isSubtype(rt, type, T.SystemExit)) {
    restoreException(rt, untemp(rt, exception));
    rethrow();
  }
  dropTemp(rt, exception);
}

/** The coroutine has yielded `result`, which should be a future to wait for. @runsPython
 *  Source: CPython 3.12 task_step_handle_result_impl. */
function awaitResult(rt: Runtime, task: Ref, result: Ref): void {
  if (result === task) return failSoon(rt, task, `Task cannot await on itself: ${reprText(rt, task)}`);
  if (isPlainFuture(rt, result)) return awaitFuture(rt, task, result);
  if (result === S.None) return stepSoon(rt, task, 0);
  const blocking = lookupAttr(rt, result, Id._asyncio_future_blocking);
  if (blocking !== 0 && blocking !== (S.None as number)) return awaitOther(rt, task, result, isTrueTake(rt, blocking));
  const told = rt.words[result + ObjectWord.Type];
  if (isSubtype(rt, told, T.generator))
    return failSoon(
      rt,
      task,
      `yield was used instead of yield from for generator in task ${reprText(rt, task)} with ${reprText(rt, result)}`,
    );
  failSoon(rt, task, `Task got bad yield: ${reprText(rt, result)}`);
}

/** Throws a RuntimeError into the coroutine with the next step. */
function failSoon(rt: Runtime, task: Ref, message: string): void {
  const text = temp(rt, newStr(rt, message));
  const error = temp(rt, call1(rt, T.RuntimeError, text));
  stepSoon(rt, task, error);
  dropTemp(rt, error);
  dropTemp(rt, text);
}

function failForLoop(rt: Runtime, task: Ref, result: Ref): void {
  failSoon(rt, task, `Task ${reprText(rt, task)} got Future ${reprText(rt, result)} attached to a different loop`);
}

function failForYield(rt: Runtime, task: Ref, result: Ref): void {
  failSoon(rt, task, `yield was used instead of yield from in task ${reprText(rt, task)} with ${reprText(rt, result)}`);
}

function awaitFuture(rt: Runtime, task: Ref, future: Ref): void {
  const H = rt.words;
  if (H[future + FutureWord.Loop] !== H[task + FutureWord.Loop]) return failForLoop(rt, task, future);
  if ((H[future + FutureWord.Flags] & FutureFlag.Blocking) === 0) return failForYield(rt, task, future);
  H[future + FutureWord.Flags] &= ~FutureFlag.Blocking;
  const wakeup = temp(rt, newBuiltin(rt, WAKEUP.index, task, 0));
  addCallback(rt, future, wakeup, H[task + TaskWord.Context]);
  dropTemp(rt, wakeup);
  waitFor(rt, task, future);
}

/** Anything with the protocol of futures. */
function awaitOther(rt: Runtime, task: Ref, future: Ref, blocking: boolean): void {
  const H = rt.words;
  const loop = loopOf(rt, future);
  decref(rt, loop);
  if (loop !== H[task + FutureWord.Loop]) return failForLoop(rt, task, future);
  if (!blocking) return failForYield(rt, task, future);
  setAttr(rt, future, Id._asyncio_future_blocking, S.False);
  const wakeup = temp(rt, newBuiltin(rt, WAKEUP.index, task, 0));
  const given = [wakeup, H[task + TaskWord.Context]];
  decref(rt, callNamed(rt, future, Id.add_done_callback, given, kept(rt, Kept.ContextKeyword)));
  dropTemp(rt, wakeup);
  waitFor(rt, task, future);
}

/** Of anything with the protocol of futures. @runsPython */
function loopOf(rt: Runtime, future: Ref): Owned {
  const method = lookupAttr(rt, future, Id.get_loop);
  if (method === 0) return getAttr(rt, future, Id._loop);
  const m = tempMark(rt);
  temp(rt, method);
  return releaseKeeping(rt, m, call0(rt, method));
}

/** Remembers what the task waits for; if it is to be cancelled, that is. */
function waitFor(rt: Runtime, task: Ref, future: Ref): void {
  const H = rt.words;
  setWord(rt, task + TaskWord.Waiter, newRef(rt, future));
  if ((H[task + TaskWord.Flags] & TaskFlag.MustCancel) === 0) return;
  const message = H[task + FutureWord.CancelMessage] || S.None;
  if (isTrueTake(rt, callNamed(rt, future, Id.cancel, [message]))) H[task + TaskWord.Flags] &= ~TaskFlag.MustCancel;
}

/** What the task waited for is done. @runsPython Source: CPython 3.12 task_wakeup. */
function wakeup(rt: Runtime, task: Ref, future: Ref): Owned {
  const m = mark(rt);
  let exception: Owned | 0 = 0;
  try {
    if (isPlainFuture(rt, future)) exception = exceptionToRaise(rt, future);
    else decref(rt, call0(rt, temp(rt, getAttrText(rt, future, 'result'))));
  } catch (error) {
    caught(rt, error, m);
    exception = takeException(rt);
  }
  releaseTemps(rt, m.temps);
  if (exception === 0) return step(rt, task, 0);
  temp(rt, exception);
  const result = step(rt, task, exception);
  dropTemp(rt, exception);
  return result;
}

const WAKEUP = native('task_wakeup(future, /)', wakeup, { unsigned: true });

function stepCall(rt: Runtime, self: Ref, args: Ref, kwargs: Ref): Owned {
  const H = rt.words;
  if (kwargs !== 0 && dictLength(rt, kwargs) !== 0) typeError(rt, 'function takes no keyword arguments');
  if (tupleSize(rt, args) !== 0) typeError(rt, 'function takes no positional arguments');
  const task = H[self + StepWord.Task];
  if (task === 0) runtimeError(rt, 'uninitialized Task object');
  return step(rt, task, H[self + StepWord.Argument]);
}

defineType({
  ref: TASK_STEP,
  name: '_asyncio.TaskStepMethWrapper',
  heapType: 'immutable',
  genericAccess: 'get',
  basicSize: 8 * StepWord.Words,
  flags: TypeFlag.HaveGc,
  layout: LayoutKind.Fixed,
  traverse: [StepWord.Task, StepWord.Argument],
  slots: { call: stepCall },
  getset: [getset('__self__', (rt, self) => newRef(rt, rt.words[self + StepWord.Task] || S.None))],
});
