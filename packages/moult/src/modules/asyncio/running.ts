/** Which loop runs in a thread, which task in a loop, and which tasks there are. */
import { decref, newRef, setWord } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { call0 } from '../../core/call.ts';
import { dictDelete, dictGet, dictSet } from '../../core/dict/index.ts';
import { keyError, none, runtimeError } from '../../core/errors.ts';
import { Id } from '../../core/names.ts';
import { native } from '../../core/native.ts';
import { reprText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { S } from '../../core/static.ts';
import { releaseKeeping, temp, tempMark, untemp } from '../../core/temps.ts';
import { perThreadRef } from '../../core/threads.ts';
import { setAdd, setDiscard } from '../../objects/set/index.ts';
import { ModuleRef } from '../module-roots.ts';
import { Kept } from './layout.ts';
import { callNamed, kept } from './shared.ts';

perThreadRef(ModuleRef.AsyncioRunningLoop);

/** The loop that runs in this thread, borrowed; 0 if none does. */
function runningLoop(rt: Runtime): Ref {
  const loop = rt.words[ModuleRef.AsyncioRunningLoop];
  return loop === S.None ? 0 : loop;
}

/** `get_event_loop()`: the running loop, else that of the policy. @runsPython */
export function currentLoop(rt: Runtime): Owned {
  const running = runningLoop(rt);
  if (running !== 0) return newRef(rt, running);
  const m = tempMark(rt);
  const policy = temp(rt, call0(rt, kept(rt, Kept.GetEventLoopPolicy)));
  return releaseKeeping(rt, m, callNamed(rt, policy, Id.get_event_loop, []));
}

function requireRunningLoop(rt: Runtime): Ref {
  const loop = runningLoop(rt);
  return loop === 0 ? runtimeError(rt, 'no running event loop') : loop;
}

/** Says that `loop` runs `task` from now on. Raises RuntimeError if it runs one. @runsPython */
export function enterTask(rt: Runtime, loop: Ref, task: Ref): void {
  const tasks = kept(rt, Kept.CurrentTasks);
  const other = dictGet(rt, tasks, loop);
  if (other !== 0) {
    temp(rt, newRef(rt, other));
    runtimeError(
      rt,
      `Cannot enter into task ${reprText(rt, task)} while another task ${reprText(rt, other)} is being executed.`,
    );
  }
  dictSet(rt, tasks, loop, task);
}

/** Says that `loop` does not run `task` any more. Raises RuntimeError if it ran another. @runsPython */
export function leaveTask(rt: Runtime, loop: Ref, task: Ref): void {
  const tasks = kept(rt, Kept.CurrentTasks);
  const other = dictGet(rt, tasks, loop);
  if (other !== task) {
    const found = temp(rt, newRef(rt, other || S.None));
    runtimeError(rt, `Leaving task ${reprText(rt, task)} does not match the current task ${reprText(rt, found)}.`);
  }
  dictDelete(rt, tasks, loop);
}

/** Puts `task` (None: none) in the place of the loop's task; that one is returned, or None. @runsPython */
export function swapCurrentTask(rt: Runtime, loop: Ref, task: Ref): Owned {
  const tasks = kept(rt, Kept.CurrentTasks);
  const previous = temp(rt, newRef(rt, dictGet(rt, tasks, loop) || S.None));
  if (task !== S.None) dictSet(rt, tasks, loop, task);
  else if (!dictDelete(rt, tasks, loop)) keyError(rt, loop);
  return untemp(rt, previous);
}

function currentTask(rt: Runtime, _module: Ref, given: Ref): Owned {
  const loop = given === 0 || given === S.None ? requireRunningLoop(rt) : given;
  return newRef(rt, dictGet(rt, kept(rt, Kept.CurrentTasks), loop) || S.None);
}

/** Adds a task to those that a loop will run. @runsPython */
export function registerTask(rt: Runtime, task: Ref): void {
  decref(rt, callNamed(rt, kept(rt, Kept.ScheduledTasks), Id.add, [task]));
}

function unregisterTask(rt: Runtime, task: Ref): void {
  decref(rt, callNamed(rt, kept(rt, Kept.ScheduledTasks), Id.discard, [task]));
}

/** Adds a task to those in their eager step. @runsPython */
export function registerEagerTask(rt: Runtime, task: Ref): void {
  setAdd(rt, kept(rt, Kept.EagerTasks), task);
}

/** @runsPython */
export function unregisterEagerTask(rt: Runtime, task: Ref): void {
  setDiscard(rt, kept(rt, Kept.EagerTasks), task);
}

/** A function that does something with a task and returns None. */
function onTask(effect: (rt: Runtime, task: Ref) => void): (rt: Runtime, module: Ref, task: Ref) => Owned {
  return (rt, _module, task) => {
    effect(rt, task);
    return none();
  };
}

/** As `onTask` for a loop and a task. */
function onLoop(effect: (rt: Runtime, loop: Ref, task: Ref) => void) {
  return (rt: Runtime, _module: Ref, loop: Ref, task: Ref): Owned => {
    effect(rt, loop, task);
    return none();
  };
}

function setRunningLoop(rt: Runtime, _module: Ref, loop: Ref): Owned {
  setWord(rt, ModuleRef.AsyncioRunningLoop, newRef(rt, loop));
  return none();
}

/** The functions of the module, in CPython's order. */
export const FUNCTIONS = [
  native('current_task($module, /, loop=None)', currentTask, { doc: 'The task that the loop runs, or None.' }),
  native('get_event_loop($module, /)', (rt) => currentLoop(rt), {
    doc: 'The running event loop, or that of the policy where none runs.',
  }),
  native('get_running_loop($module, /)', (rt) => newRef(rt, requireRunningLoop(rt)), {
    doc: 'The event loop that runs in this thread; RuntimeError if none does.',
  }),
  native('_get_running_loop($module, /)', (rt) => newRef(rt, runningLoop(rt) || S.None), {
    doc: 'The event loop that runs in this thread, or None.',
  }),
  native('_set_running_loop($module, loop, /)', setRunningLoop, {
    doc: 'Says which event loop runs in this thread.',
  }),
  native('_register_task($module, /, task)', onTask(registerTask), { doc: 'Adds a task to those of the loops.' }),
  native('_register_eager_task($module, /, task)', onTask(registerEagerTask), {
    doc: 'Adds a task to those in their eager step.',
  }),
  native('_unregister_task($module, /, task)', onTask(unregisterTask), {
    doc: 'Takes a task out of those of the loops.',
  }),
  native('_unregister_eager_task($module, /, task)', onTask(unregisterEagerTask), {
    doc: 'Takes a task out of those in their eager step.',
  }),
  native('_enter_task($module, /, loop, task)', onLoop(enterTask), { doc: 'Says that the loop runs the task.' }),
  native('_leave_task($module, /, loop, task)', onLoop(leaveTask), {
    doc: 'Says that the loop does not run the task any more.',
  }),
  native(
    '_swap_current_task($module, /, loop, task)',
    (rt, _module, loop = 0, task = 0) => swapCurrentTask(rt, loop, task),
    {
      doc: 'Puts a task in the place of the one that the loop runs, and returns that.',
    },
  ),
];
