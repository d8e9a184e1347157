import { alloc, free, restoreSnapshot, startTraces, takeSnapshot } from '@moult/heap';
import { expect, test } from 'vitest';
import { createRuntime } from '../../api/create.ts';
import { runSource } from '../../api/run.ts';
import '../../objects/index.ts';

const PROGRAM = `
import _tracemalloc as tracemalloc
tracemalloc.start(3)
x = [bytes(1000) for i in range(100)]
held, peak = tracemalloc.get_traced_memory()
del x
after, highest = tracemalloc.get_traced_memory()
tracemalloc.reset_peak()
low = tracemalloc.get_traced_memory()[1]
print(100000 < held < 110000, peak >= held, after < 2000, highest >= peak, low < 2000)
print(tracemalloc.is_tracing(), tracemalloc.get_traceback_limit())
tracemalloc.stop()
print(tracemalloc.get_traced_memory(), tracemalloc.is_tracing())
`;

test('tracing tells what the program takes and its peak', () => {
  const written: string[] = [];
  const rt = createRuntime({
    reserveBytes: 1 << 28,
    host: { write: (_fd: number, data: Uint8Array) => void written.push(new TextDecoder().decode(data)) },
  });
  runSource(rt, PROGRAM, 'program.py');
  expect(written.join('')).toBe('True True True True True\nTrue 3\n(0, 0) False\n');
  rt.audit();
});

const PLACES = `
import _tracemalloc as tracemalloc
def take(n):
    return bytearray(n)
early = take(4000)
tracemalloc.start(2)
class C: pass
kept = [take(5000), C(), {}]
late = take(7000); late_place = tracemalloc._get_object_traceback(late)
print(late_place, tracemalloc._get_object_traceback(early), tracemalloc._get_object_traceback(1))
traces = tracemalloc._get_traces()
big = [trace for trace in traces if trace[1] > 4500]
print(big, all(len(trace) == 4 for trace in traces))
same = [trace[2] for trace in traces if trace[2] == late_place]
print(all(frames is same[0] for frames in same))
del late
print(any(trace[1] > 6000 for trace in tracemalloc._get_traces()))
used = tracemalloc.get_traced_memory()[0]
del early
print(abs(tracemalloc.get_traced_memory()[0] - used) < 200)
tracemalloc.clear_traces()
print(tracemalloc.get_traced_memory(), tracemalloc._get_object_traceback(kept))
[]; fresh = []
print(tracemalloc._get_object_traceback(kept[1]))
tracemalloc.stop()
print(tracemalloc._get_traces())
`;

test('blocks are traced to the frames that took them', () => {
  const written: string[] = [];
  const rt = createRuntime({
    reserveBytes: 1 << 28,
    host: { write: (_fd: number, data: Uint8Array) => void written.push(new TextDecoder().decode(data)) },
  });
  runSource(rt, PLACES, 'p.py');
  expect(written.join('')).toBe(`(('p.py', 4), ('p.py', 9)) None None
[(0, 5001, (('p.py', 4), ('p.py', 8)), 2), (0, 7001, (('p.py', 4), ('p.py', 9)), 2)] True
True
False
True
(0, 0) None
None
[]
`);
  rt.audit();
});

test('a copy of a runtime has the traces, and goes its own way', () => {
  const rt = createRuntime({ reserveBytes: 1 << 28 });
  startTraces(rt);
  const block = alloc(rt, 4);
  const before = takeSnapshot(rt);
  free(rt, block, 4);
  expect(rt.traces?.blocks.has(block)).toBe(false);
  restoreSnapshot(rt, before);
  expect(rt.traces?.blocks.get(block)?.nbytes).toBe(32);
  free(rt, block, 4);
  expect(rt.traces?.used).toBe(0);
});
