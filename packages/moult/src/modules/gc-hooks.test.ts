import { failAllocation, pendingFailure } from '@moult/heap';
import { expect, test } from 'vitest';
import { createRuntime } from '../api/create.ts';
import { runSource } from '../api/run.ts';

test('the collector goes on collecting when memory was full as callbacks were to be told', () => {
  const written: string[] = [];
  const write = (_fd: number, data: Uint8Array): void => void written.push(new TextDecoder().decode(data));
  const rt = createRuntime({ reserveBytes: 1 << 29, host: { write } });
  runSource(rt, 'import gc\nclass N: pass\ngc.callbacks.append(lambda phase, info: None)\ngc.collect()', 'a.py');
  for (let n = 1, noticed = true; noticed; n++) {
    runSource(rt, 'n = N(); n.me = n; del n', 'b.py');
    failAllocation(rt, n);
    rt.collect();
    noticed = pendingFailure(rt) === 0;
    failAllocation(rt, 0);
    rt.audit();
    runSource(rt, 'n = N(); n.me = n; del n\nassert gc.collect() > 0', 'c.py');
  }
  expect(written.join('')).toMatch(/^MemoryError: \n/);
  expect(written.join('')).not.toMatch('AssertionError');
});
