/**
 * The module `_tracemalloc`: how much memory the program has taken since tracing began, by CPython's sizes (the meter of the
 * heap). Tracing costs nothing and takes no memory of the program's.
 *
 * Where memory was taken is not recorded: `take_snapshot` raises NotImplementedError. A block from before `start` that is
 * freed counts as freed here, but not in CPython.
 */
import { peakBytes, resetPeak, usedBytes } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { none, raise, valueError } from '../core/errors.ts';
import { newInt } from '../core/int.ts';
import { defineModule } from '../core/module-spec.ts';
import { native } from '../core/native.ts';
import type { Runtime } from '../core/runtime.ts';
import { pyBool, T } from '../core/static.ts';
import { temp } from '../core/temps.ts';
import { tupleOf } from '../core/tuple.ts';
import { asCInt } from './buffers.ts';
import { ModuleNum } from './module-roots.ts';

const MAX_FRAMES = 65535;
const HALF = 2 ** 30;

const isTracing = (rt: Runtime): boolean => rt.words[ModuleNum.Tracing] !== 0;

function begin(rt: Runtime): void {
  const used = usedBytes(rt);
  rt.words[ModuleNum.TraceBaseLow] = used % HALF;
  rt.words[ModuleNum.TraceBaseHigh] = Math.floor(used / HALF);
  resetPeak(rt);
}

const base = (rt: Runtime): number => rt.words[ModuleNum.TraceBaseHigh] * HALF + rt.words[ModuleNum.TraceBaseLow];

function start(rt: Runtime, _module: Ref, frames: Ref): Owned {
  const limit = frames === 0 ? 1 : asCInt(rt, frames);
  if (limit < 1 || limit > MAX_FRAMES) valueError(rt, `the number of frames must be in range [1; ${MAX_FRAMES}]`);
  if (isTracing(rt)) return none();
  rt.words[ModuleNum.Tracing] = 1;
  rt.words[ModuleNum.TraceLimit] = limit;
  begin(rt);
  return none();
}

function stop(rt: Runtime): Owned {
  rt.words[ModuleNum.Tracing] = 0;
  return none();
}

function clearTraces(rt: Runtime): Owned {
  if (isTracing(rt)) begin(rt);
  return none();
}

function resetTracedPeak(rt: Runtime): Owned {
  if (isTracing(rt)) resetPeak(rt);
  return none();
}

function tracedMemory(rt: Runtime): Owned {
  const [used, peak] = isTracing(rt) ? [usedBytes(rt) - base(rt), peakBytes(rt) - base(rt)] : [0, 0];
  const now = temp(rt, newInt(rt, Math.max(used, 0)));
  return tupleOf(rt, now, temp(rt, newInt(rt, Math.max(used, peak, 0))));
}

function traces(rt: Runtime): Owned {
  return raise(rt, T.NotImplementedError, 'tracemalloc.take_snapshot: places of allocations are not recorded');
}

defineModule({
  name: '_tracemalloc',
  doc: 'Debug module to trace memory blocks allocated by Python.',
  functions: [
    native('is_tracing($module, /)', (rt) => pyBool(isTracing(rt)) as Owned, {
      doc: 'Return True if the tracemalloc module is tracing Python memory allocations.',
    }),
    native('clear_traces($module, /)', clearTraces, { doc: 'Clear traces of memory blocks allocated by Python.' }),
    native('_get_traces($module, /)', traces, { doc: 'Get traces of all memory blocks allocated by Python.' }),
    native('_get_object_traceback($module, obj, /)', () => none(), {
      doc: 'Get the traceback where the Python object obj was allocated.',
    }),
    native('start($module, nframe=1, /)', start, { doc: 'Start tracing Python memory allocations.' }),
    native('stop($module, /)', stop, { doc: 'Stop tracing Python memory allocations.' }),
    native('get_traceback_limit($module, /)', (rt) => newInt(rt, Math.max(rt.words[ModuleNum.TraceLimit], 1)), {
      doc: 'Get the maximum number of frames stored in the traceback of a trace.',
    }),
    native('get_tracemalloc_memory($module, /)', (rt) => newInt(rt, 0), {
      doc: 'Get the memory usage in bytes of the tracemalloc module.',
    }),
    native('get_traced_memory($module, /)', tracedMemory, {
      doc: 'Get the current size and peak size of memory blocks traced by tracemalloc.',
    }),
    native('reset_peak($module, /)', resetTracedPeak, {
      doc: 'Set the peak size of memory blocks traced by tracemalloc to the current size.',
    }),
  ],
});
