/** The type `_asyncio.Task`: a coroutine that a loop runs. */
import { clearWord, newRef, ObjectWord, setWord, TypeFlag } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { bindNew, parameters } from '../../core/bind-new.ts';
import { call1, call2, call3 } from '../../core/call.ts';
import { caught, mark, restoreException, rethrow, runtimeError, takeException, typeError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { Id } from '../../core/names.ts';
import { getset, native } from '../../core/native.ts';
import { isTrue, reprText, str, strTextOf } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S, T } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, releaseTemps, temp, tempMark, untemp } from '../../core/temps.ts';
import { defineType } from '../../core/type-spec.ts';
import { setAdd, setHas, setLength } from '../../objects/set/index.ts';
import { allocInstance } from '../../objects/type/alloc.ts';
import { newFutureIterator } from './future-iterator.ts';
import { classGetItemMethod } from '../../objects/class-getitem.ts';
import { none } from '../../core/errors.ts';
import { copyCurrentContext, enterContext, leaveContext } from '../contextvars.ts';
import { ModuleNum } from '../module-roots.ts';
import { cancelledError, initFuture, isPending } from './future-state.ts';
import {
  askingMethods,
  callbackMethods,
  destructorOf,
  finalizeFuture,
  FUTURE_ATTRIBUTES,
  FUTURE_REFERENCES,
  layoutOf,
  MAKE_CANCELLED_ERROR,
  stateMethods,
  tellLoop,
} from './future.ts';
import { FUTURE, FutureFlag, FutureWord, Kept, TASK, TaskFlag, TaskWord } from './layout.ts';
import { registerEagerTask, registerTask, swapCurrentTask, unregisterEagerTask } from './running.ts';
import { callNamed, isTrueTake, kept, requireAlive, truthToSet } from './shared.ts';
import { stepInside, stepSoon } from './task-step.ts';

const PARAMETERS = parameters('Task(coro, *, loop=None, name=None, context=None, eager_start=False)');

/** Source: CPython 3.12 _asyncio_Task___init__. */
function taskInit(rt: Runtime, task: Ref, args: Ref, kwargs: Ref): void {
  const H = rt.words;
  const [coroutine = 0, loop = 0, name = 0, context = 0, eager = 0] = bindNew(rt, PARAMETERS, args, kwargs);
  const isEager = eager !== 0 && isTrue(rt, eager);
  initFuture(rt, task, loop);
  if (!isCoroutine(rt, coroutine)) {
    H[task + TaskWord.Flags] &= ~TaskFlag.LogDestroyPending;
    typeError(rt, `a coroutine was expected, got ${reprText(rt, coroutine)}`);
  }
  const given = context !== 0 && context !== S.None;
  setWord(rt, task + TaskWord.Context, given ? newRef(rt, context) : copyCurrentContext(rt));
  clearWord(rt, task + TaskWord.Waiter);
  H[task + TaskWord.Flags] = TaskFlag.LogDestroyPending;
  H[task + TaskWord.CancelRequests] = 0;
  setWord(rt, task + TaskWord.Coroutine, newRef(rt, coroutine));
  setWord(rt, task + TaskWord.Name, name === 0 || name === S.None ? nextNumber(rt) : exactStr(rt, name));
  if (isEager && isTrueTake(rt, callNamed(rt, loop || S.None, Id.is_running, []))) return startEagerly(rt, task);
  stepSoon(rt, task, 0);
  registerTask(rt, task);
}

function nextNumber(rt: Runtime): Owned {
  return newInt(rt, ++rt.words[ModuleNum.AsyncioTasksNamed]);
}

function exactStr(rt: Runtime, name: Ref): Owned {
  return rt.words[name + ObjectWord.Type] === T.str ? newRef(rt, name) : str(rt, name);
}

/** How many types are remembered. */
const TYPES_KNOWN = 100;

/** Whether it is a coroutine to `asyncio.iscoroutine`. @runsPython */
function isCoroutine(rt: Runtime, o: Ref): boolean {
  const type = rt.words[o + ObjectWord.Type];
  if (type === T.coroutine) return true;
  const known = kept(rt, Kept.CoroutineTypes);
  if (setHas(rt, known, type)) return true;
  if (!isTrueTake(rt, call1(rt, kept(rt, Kept.IsCoroutine), o))) return false;
  if (setLength(rt, known) < TYPES_KNOWN) setAdd(rt, known, type);
  return true;
}

/** Makes the first step at once, in place of the task that runs. @runsPython Source: CPython 3.12 task_eager_start. */
function startEagerly(rt: Runtime, task: Ref): void {
  const H = rt.words;
  const loop = H[task + FutureWord.Loop];
  const m = tempMark(rt);
  const previous = temp(rt, swapCurrentTask(rt, loop, task));
  registerEagerTask(rt, task);
  enterContext(rt, H[task + TaskWord.Context]);
  const raised = temp(rt, stepQuietly(rt, task));
  temp(rt, swapCurrentTask(rt, loop, previous));
  unregisterEagerTask(rt, task);
  leaveContext(rt, H[task + TaskWord.Context]);
  if (isPending(rt, task)) registerTask(rt, task);
  else clearWord(rt, task + TaskWord.Coroutine);
  dropTemp(rt, task);
  if (raised === 0) return releaseTemps(rt, m);
  restoreException(rt, untemp(rt, raised));
  rethrow();
}

/** What the step raised; 0: nothing. */
function stepQuietly(rt: Runtime, task: Ref): Owned {
  const m = mark(rt);
  try {
    stepInside(rt, task, 0);
    return 0 as Owned;
  } catch (error) {
    caught(rt, error, m);
    return takeException(rt);
  }
}

/** `__del__`: tells of a task that dies before its end, then as futures do. @runsPython */
function finalizeTask(rt: Runtime, task: Ref): void {
  const H = rt.words;
  if (isPending(rt, task) && (H[task + TaskWord.Flags] & TaskFlag.LogDestroyPending) !== 0)
    tellLoop(rt, task, 'Task was destroyed but it is pending!', [['task', task]]);
  finalizeFuture(rt, task);
}

/** Asks what the task waits for to be cancelled; else its next step throws a CancelledError. @runsPython */
function cancel(rt: Runtime, task: Ref, given: Ref): Owned {
  const H = rt.words;
  const message = given || S.None;
  H[task + FutureWord.Flags] &= ~FutureFlag.LogTraceback;
  if (!isPending(rt, task)) return S.False as Ref as Owned;
  H[task + TaskWord.CancelRequests]++;
  const waiter = H[task + TaskWord.Waiter];
  if (waiter !== 0) {
    temp(rt, newRef(rt, waiter));
    const cancelled = isTrueTake(rt, callNamed(rt, waiter, Id.cancel, [message]));
    dropTemp(rt, waiter);
    if (cancelled) return S.True as Ref as Owned;
  }
  H[task + TaskWord.Flags] |= TaskFlag.MustCancel;
  setWord(rt, task + FutureWord.CancelMessage, newRef(rt, message));
  return S.True as Ref as Owned;
}

function uncancel(rt: Runtime, task: Ref): Owned {
  const H = rt.words;
  if (H[task + TaskWord.CancelRequests] > 0) H[task + TaskWord.CancelRequests]--;
  return newInt(rt, H[task + TaskWord.CancelRequests]);
}

/** The text of a number is made when the name is asked for. */
function getName(rt: Runtime, task: Ref): Owned {
  const H = rt.words;
  const name = H[task + TaskWord.Name];
  if (name === 0) return none();
  if (H[name + ObjectWord.Type] === T.int) setWord(rt, task + TaskWord.Name, newStr(rt, `Task-${strTextOf(rt, name)}`));
  return newRef(rt, H[task + TaskWord.Name]);
}

function setName(rt: Runtime, task: Ref, name: Ref): Owned {
  setWord(rt, task + TaskWord.Name, exactStr(rt, name));
  return none();
}

function refuse(what: string): (rt: Runtime) => never {
  return (rt) => runtimeError(rt, `Task does not support ${what} operation`);
}

/** A word of the task, None if it is empty. */
function wordOf(word: number): (rt: Runtime, task: Ref) => Owned {
  return (rt, task) => newRef(rt, rt.words[task + word] || S.None);
}

function flagOf(flag: number): (rt: Runtime, task: Ref) => Owned {
  return (rt, task) => pyBool((rt.words[task + TaskWord.Flags] & flag) !== 0) as Owned;
}

function setLogDestroyPending(rt: Runtime, task: Ref, value: Ref): void {
  const H = rt.words;
  if (truthToSet(rt, value)) H[task + TaskWord.Flags] |= TaskFlag.LogDestroyPending;
  else H[task + TaskWord.Flags] &= ~TaskFlag.LogDestroyPending;
}

const OWN_REFERENCES = [TaskWord.Context, TaskWord.Coroutine, TaskWord.Name, TaskWord.Waiter];
const VISITED = [...OWN_REFERENCES, ...FUTURE_REFERENCES];
const CLEARED = [...FUTURE_REFERENCES, ...OWN_REFERENCES];

defineType({
  ref: TASK,
  name: '_asyncio.Task',
  heapType: 'immutable',
  base: FUTURE,
  basicSize: 8 * TaskWord.Words,
  flags: TypeFlag.HaveGc | TypeFlag.BaseType,
  layout: layoutOf('task', VISITED, CLEARED),
  dealloc: destructorOf(TASK, CLEARED),
  doc: 'Task(coro, *, loop=None, name=None, context=None, eager_start=False)\n--\n\nA coroutine that an event loop runs; the future of its result.',
  slots: {
    new: (rt, type) => allocInstance(rt, type, 0),
    init: taskInit,
    iter: newFutureIterator,
    amAwait: newFutureIterator,
    repr: (rt, task) => {
      requireAlive(rt, task);
      return call1(rt, kept(rt, Kept.TaskRepr), task);
    },
    finalize: finalizeTask,
  },
  methods: [
    ...askingMethods(),
    ...callbackMethods(),
    ...stateMethods(),
    native('set_result($self, result, /)', refuse('set_result')),
    native('set_exception($self, exception, /)', refuse('set_exception')),
    native('cancel($self, /, msg=None)', cancel, {
      doc: 'Asks for a CancelledError to be thrown into the coroutine, which may catch it. False if the task is done.',
    }),
    native('cancelling($self, /)', (rt, task) => newInt(rt, rt.words[task + TaskWord.CancelRequests]), {
      doc: 'How often cancel() was called, less uncancel().',
    }),
    native('uncancel($self, /)', uncancel, { doc: 'Takes one request to cancel back; returns how many are left.' }),
    native(
      'get_stack($self, /, *, limit=None)',
      (rt, task, limit) => call2(rt, kept(rt, Kept.TaskGetStack), task, limit || S.None),
      { doc: "The frames of the coroutine, or of its exception's traceback, oldest first." },
    ),
    native(
      'print_stack($self, /, *, limit=None, file=None)',
      (rt, task, limit = 0, file = 0) =>
        call3(rt, kept(rt, Kept.TaskPrintStack), task, limit || S.None, file || S.None),
      { doc: 'Prints what get_stack() gives.' },
    ),
    native('_make_cancelled_error($self, /)', cancelledError, MAKE_CANCELLED_ERROR),
    native('get_name($self, /)', getName),
    native('set_name($self, value, /)', setName),
    native('get_coro($self, /)', wordOf(TaskWord.Coroutine)),
    native('get_context($self, /)', wordOf(TaskWord.Context)),
    classGetItemMethod(),
  ],
  getset: [
    ...FUTURE_ATTRIBUTES,
    getset('_log_destroy_pending', flagOf(TaskFlag.LogDestroyPending), setLogDestroyPending),
    getset('_must_cancel', flagOf(TaskFlag.MustCancel)),
    getset('_coro', wordOf(TaskWord.Coroutine)),
    getset('_fut_waiter', wordOf(TaskWord.Waiter)),
  ],
});
