/**
 * The records of `_asyncio` and what the module keeps in the root.
 *
 *     Future (128 bytes, CPython's words)
 *     2 loop · 3 callback0 · 4 context0 · 5 callbacks · 6 exception · 7 its traceback · 8 result · 9 source traceback
 *     10 cancel message · 11 state · 12 flags · 13 dict · 14 weak references · 15 cancelled exception
 *     Task (176 bytes): a Future, then
 *     16 what it waits for · 17 coroutine · 18 name · 19 context · 20 flags · 21 cancel requests
 *
 * The first callback and its context are kept apart, as in CPython: most futures have one. A name that is an int is the number
 * of a task that nobody has asked for its name yet.
 */
import { moduleType } from '../../core/type-spec.ts';

export const FUTURE = moduleType();
export const TASK = moduleType();
export const FUTURE_ITERATOR = moduleType();
export const TASK_STEP = moduleType();

export const enum FutureWord {
  Loop = 2,
  Callback0 = 3,
  Context0 = 4,
  Callbacks = 5,
  Exception = 6,
  ExceptionTraceback = 7,
  Result = 8,
  SourceTraceback = 9,
  CancelMessage = 10,
  State = 11,
  Flags = 12,
  Dict = 13,
  WeakList = 14,
  CancelledException = 15,
  Words = 16,
}

export const enum TaskWord {
  Waiter = 16,
  Coroutine = 17,
  Name = 18,
  Context = 19,
  Flags = 20,
  CancelRequests = 21,
  Words = 22,
}

export const enum FutureState {
  Pending = 0,
  Cancelled = 1,
  Finished = 2,
}

/** Bits of `FutureWord.Flags`. */
export const enum FutureFlag {
  /** The exception has not been retrieved: its finalizer tells of it. */
  LogTraceback = 1,
  /** An `await` has yielded the future, and its task has not seen it yet. */
  Blocking = 2,
}

/** Bits of `TaskWord.Flags`. */
export const enum TaskFlag {
  MustCancel = 1,
  LogDestroyPending = 2,
}

/** `FutureIter`: 24 bytes. */
export const enum IteratorWord {
  Future = 2,
  Words = 3,
}

/** `TaskStepMethWrapper`: 32 bytes. */
export const enum StepWord {
  Task = 2,
  Argument = 3,
  Words = 4,
}

/** References of the module, from `ModuleRef.AsyncioFirst` on: what it takes from the library when it is imported, then its own
 *  registers. */
export const enum Kept {
  GetEventLoopPolicy = 0,
  FutureRepr = 1,
  InvalidStateError = 2,
  CancelledError = 3,
  TaskRepr = 4,
  TaskGetStack = 5,
  TaskPrintStack = 6,
  IsCoroutine = 7,
  ExtractStack = 8,
  /** `('context',)`, the keywords of `call_soon`. */
  ContextKeyword = 9,
  /** The task that each loop runs. */
  CurrentTasks = 10,
  /** Tasks that a loop has been told of: a WeakSet. */
  ScheduledTasks = 11,
  /** Tasks in their first, eager step: a set. */
  EagerTasks = 12,
  /** Types whose instances `asyncio.iscoroutine` said yes to. */
  CoroutineTypes = 13,
}
