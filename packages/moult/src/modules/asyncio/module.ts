/** The module `_asyncio`: futures, tasks and what event loops say of themselves. The loops themselves are the library's. */
import { call0 } from '../../core/call.ts';
import { dictSetText, newDict } from '../../core/dict/index.ts';
import { defineModule } from '../../core/module-spec.ts';
import { getAttrText } from '../../core/protocol/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { internText } from '../../core/str.ts';
import { releaseTemps, temp, tempMark } from '../../core/temps.ts';
import { tupleTake } from '../../core/tuple.ts';
import { newSet } from '../../objects/set/index.ts';
import './future-iterator.ts';
import './future.ts';
import { FUTURE, Kept, TASK } from './layout.ts';
import { FUNCTIONS } from './running.ts';
import { keep, kept } from './shared.ts';
import './task.ts';

const FROM_LIBRARY: readonly (readonly [which: Kept, module: string, name: string])[] = [
  [Kept.GetEventLoopPolicy, 'asyncio.events', 'get_event_loop_policy'],
  [Kept.FutureRepr, 'asyncio.base_futures', '_future_repr'],
  [Kept.InvalidStateError, 'asyncio.exceptions', 'InvalidStateError'],
  [Kept.CancelledError, 'asyncio.exceptions', 'CancelledError'],
  [Kept.TaskRepr, 'asyncio.base_tasks', '_task_repr'],
  [Kept.TaskGetStack, 'asyncio.base_tasks', '_task_get_stack'],
  [Kept.TaskPrintStack, 'asyncio.base_tasks', '_task_print_stack'],
  [Kept.IsCoroutine, 'asyncio.coroutines', 'iscoroutine'],
  [Kept.ExtractStack, 'traceback', 'extract_stack'],
];

/** Makes the registers and takes what the module needs from the library, in the order in which CPython imports it. @runsPython */
function prepare(rt: Runtime): void {
  const m = tempMark(rt);
  keep(rt, Kept.ContextKeyword, tupleTake(rt, internText(rt, 'context')));
  keep(rt, Kept.CurrentTasks, newDict(rt));
  keep(rt, Kept.CoroutineTypes, newSet(rt));
  for (const [which, module, name] of FROM_LIBRARY)
    keep(rt, which, getAttrText(rt, temp(rt, rt.importModule(module)), name));
  const weakSet = temp(rt, getAttrText(rt, temp(rt, rt.importModule('weakref')), 'WeakSet'));
  keep(rt, Kept.ScheduledTasks, call0(rt, weakSet));
  keep(rt, Kept.EagerTasks, newSet(rt));
  releaseTemps(rt, m);
}

defineModule({
  name: '_asyncio',
  doc: 'Accelerator module for asyncio',
  functions: FUNCTIONS,
  populate: (rt, dict) => {
    prepare(rt);
    dictSetText(rt, dict, 'Future', FUTURE);
    dictSetText(rt, dict, 'Task', TASK);
    dictSetText(rt, dict, '_scheduled_tasks', kept(rt, Kept.ScheduledTasks));
    dictSetText(rt, dict, '_eager_tasks', kept(rt, Kept.EagerTasks));
    dictSetText(rt, dict, '_current_tasks', kept(rt, Kept.CurrentTasks));
  },
});
