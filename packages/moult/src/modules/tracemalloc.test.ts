import { expect, test } from 'vitest';
import { createRuntime } from '../api/create.ts';
import { runSource } from '../api/run.ts';
import '../objects/index.ts';

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
