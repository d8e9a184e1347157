/**
 * The module `_tracemalloc`: which memory blocks the program has taken since tracing began, and where, by CPython's sizes (the
 * meter of the heap). The traces are the heap's (`memory/block-traces.ts`); tracing takes no memory of the program's.
 */
import { headWords, newRef, ObjectWord, startTraces, stopTraces } from '@moult/heap';
import type { BlockTraces, Owned, Ref } from '@moult/heap';
import { none, valueError } from '../../core/errors.ts';
import { newInt } from '../../core/int.ts';
import { listAppend, newList } from '../../core/list.ts';
import { defineModule } from '../../core/module-spec.ts';
import { native } from '../../core/native.ts';
import type { Runtime } from '../../core/runtime.ts';
import { pyBool, S } from '../../core/static.ts';
import { newStr } from '../../core/str.ts';
import { dropTemp, releaseKeeping, temp, tempMark } from '../../core/temps.ts';
import { tupleFromTemps } from '../../core/tuple.ts';
import { asCInt } from '../buffers.ts';
import { ModuleNum } from '../module-roots.ts';
import { tracePlaces, UNKNOWN } from './places.ts';
import type { Place } from './places.ts';

const MAX_FRAMES = 65535;
/** What CPython's hash table takes for a trace. */
const TRACE_BYTES = 48;

/** Begins to trace, if nobody does, with places of at most `limit` frames. Raises ValueError for a limit that cannot be. */
export function startTracing(rt: Runtime, limit: number): void {
  if (limit < 1 || limit > MAX_FRAMES) valueError(rt, `the number of frames must be in range [1; ${MAX_FRAMES}]`);
  if (rt.traces !== null) return;
  rt.words[ModuleNum.TraceLimit] = limit;
  tracePlaces(rt);
  startTraces(rt);
}

function start(rt: Runtime, _module: Ref, frames: Ref): Owned {
  startTracing(rt, frames === 0 ? 1 : asCInt(rt, frames));
  return none();
}

function stop(rt: Runtime): Owned {
  stopTraces(rt);
  return none();
}

function clearTraces(rt: Runtime): Owned {
  if (rt.traces !== null) startTraces(rt);
  return none();
}

function resetPeak(rt: Runtime): Owned {
  if (rt.traces !== null) rt.traces.peak = rt.traces.used;
  return none();
}

function tracedMemory(rt: Runtime): Owned {
  const { used, peak } = rt.traces ?? { used: 0, peak: 0 };
  return tupleFromTemps(rt, tempMark(rt), temp(rt, newInt(rt, used)), temp(rt, newInt(rt, peak)));
}

/** `(domain, size, frames, number of frames)` of every block; equal frames are the same tuple. */
function getTraces(rt: Runtime): Owned {
  const { traces } = rt;
  const m = tempMark(rt);
  const list = temp(rt, newList(rt, 0));
  if (traces === null) return releaseKeeping(rt, m, newRef(rt, list));
  // What the list itself takes is not traced.
  rt.traces = null;
  try {
    listTraces(rt, traces, list);
  } finally {
    rt.traces = traces;
  }
  return releaseKeeping(rt, m, newRef(rt, list));
}

function listTraces(rt: Runtime, traces: BlockTraces, list: Ref): void {
  const maker = new FrameTuples(rt);
  for (const { nbytes, place } of traces.blocks.values()) {
    const where = (place as Place | null) ?? UNKNOWN;
    const frames = maker.frames(where);
    const total = newInt(rt, where.total);
    const item = temp(
      rt,
      tupleFromTemps(
        rt,
        tempMark(rt),
        temp(rt, newInt(rt, 0)),
        temp(rt, newInt(rt, nbytes)),
        temp(rt, newRef(rt, frames)),
        temp(rt, total),
      ),
    );
    listAppend(rt, list, item);
    dropTemp(rt, item);
  }
}

/** Makes tuples of `(file name, line)`, one for each place; all are kept by a list among the temporaries. */
class FrameTuples {
  private readonly rt: Runtime;
  private readonly kept: Ref;
  private readonly names = new Map<string, Ref>();
  private readonly tuples = new Map<Place, Ref>();

  constructor(rt: Runtime) {
    this.rt = rt;
    this.kept = temp(rt, newList(rt, 0));
  }

  frames(place: Place): Ref {
    const known = this.tuples.get(place);
    if (known !== undefined) return known;
    const { rt } = this;
    const m = tempMark(rt);
    const pairs = place.files.map((file, i) => temp(rt, this.pair(file, place.lines[i] ?? 0)));
    const tuple = this.keep(tupleFromTemps(rt, m, ...pairs));
    this.tuples.set(place, tuple);
    return tuple;
  }

  private pair(file: string, line: number): Owned {
    const { rt } = this;
    const m = tempMark(rt);
    return tupleFromTemps(rt, m, temp(rt, newRef(rt, this.name(file))), temp(rt, newInt(rt, line)));
  }

  private name(file: string): Ref {
    let name = this.names.get(file);
    if (name === undefined) this.names.set(file, (name = this.keep(newStr(this.rt, file))));
    return name;
  }

  private keep(o: Owned): Ref {
    temp(this.rt, o);
    listAppend(this.rt, this.kept, o);
    dropTemp(this.rt, o);
    return o;
  }
}

function getObjectTraceback(rt: Runtime, _module: Ref, object: Ref): Owned {
  const block = object - headWords(rt, rt.words[object + ObjectWord.Type]);
  const trace = rt.traces?.blocks.get(block);
  if (trace === undefined) return newRef(rt, S.None);
  const m = tempMark(rt);
  return releaseKeeping(rt, m, newRef(rt, new FrameTuples(rt).frames((trace.place as Place | null) ?? UNKNOWN)));
}

defineModule({
  name: '_tracemalloc',
  doc: 'Debug module to trace memory blocks allocated by Python.',
  functions: [
    native('is_tracing($module, /)', (rt) => pyBool(rt.traces !== null) as Owned, {
      doc: 'Return True if the tracemalloc module is tracing Python memory allocations.',
    }),
    native('clear_traces($module, /)', clearTraces, { doc: 'Clear traces of memory blocks allocated by Python.' }),
    native('_get_traces($module, /)', getTraces, { doc: 'Get traces of all memory blocks allocated by Python.' }),
    native('_get_object_traceback($module, obj, /)', getObjectTraceback, {
      doc: 'Get the traceback where the Python object obj was allocated.',
    }),
    native('start($module, nframe=1, /)', start, { doc: 'Start tracing Python memory allocations.' }),
    native('stop($module, /)', stop, { doc: 'Stop tracing Python memory allocations.' }),
    native('get_traceback_limit($module, /)', (rt) => newInt(rt, Math.max(rt.words[ModuleNum.TraceLimit], 1)), {
      doc: 'Get the maximum number of frames stored in the traceback of a trace.',
    }),
    native('get_tracemalloc_memory($module, /)', (rt) => newInt(rt, TRACE_BYTES * (rt.traces?.blocks.size ?? 0)), {
      doc: 'Get the memory usage in bytes of the tracemalloc module.',
    }),
    native('get_traced_memory($module, /)', tracedMemory, {
      doc: 'Get the current size and peak size of memory blocks traced by tracemalloc.',
    }),
    native('reset_peak($module, /)', resetPeak, {
      doc: 'Set the peak size of memory blocks traced by tracemalloc to the current size.',
    }),
  ],
});
