import { restoreSnapshot, takeSnapshot } from '@moult/heap';
import { expect, test } from 'vitest';
import { createRuntime } from '../../api/create.ts';
import { runSource } from '../../api/run.ts';
import type { Runtime } from '../../core/runtime.ts';
import { expectAsRecorded } from '../../testing/recorded.ts';

/** A runtime without a clock, and what its programs write. */
function silent(): { rt: Runtime; written: string[] } {
  const written: string[] = [];
  const host = { write: (_fd: number, data: Uint8Array) => void written.push(new TextDecoder().decode(data)) };
  return { rt: createRuntime({ reserveBytes: 1 << 29, host }), written };
}

function output(...sources: string[]): string {
  const { rt, written } = silent();
  for (const source of sources) {
    runSource(rt, source, 'threads.py');
    rt.audit();
  }
  return written.join('');
}

const START = 'import _thread, time\nstart = _thread.start_new_thread\nlock = _thread.allocate_lock()\n';

test('threads below natives that can be made up for go on in the order of their waits', () => {
  expectAsRecorded(new URL('links.py', import.meta.url));
});

const SPINNING = `${START}import sys
sys.setswitchinterval(1e-6)
left = 2
def spin(name):
  global left
  for i in range(3):
    print(name, i, end=' ')
    for _ in range(30): pass
  left -= 1
start(spin, ('a',)); start(spin, ('b',))
while left: pass
`;

test('threads take turns when their slices are used up, the same way each time', () => {
  const first = output(SPINNING);
  expect(first).toBe(output(SPINNING));
  expect(first.split(' ').sort().join('')).toBe('001122aaabbb');
  expect(first).not.toMatch(/^a 0 a 1 a 2/);
});

test('threads get on with slices of one look', () => {
  expect(output(SPINNING.replace('1e-6', '1e-12')).split(' ').sort().join('')).toBe('001122aaabbb');
});

test('which sleeper wakes first is a matter of the times asked for only', () => {
  const source = `${START}def f(n):\n  for _ in range(2):\n    time.sleep(n)\n    print(n, end=' ')\nfor n in (3, 2, 5): start(f, (n,))\ntime.sleep(100)`;
  expect(output(source)).toBe('2 3 2 5 3 5 ');
});

test('a wait that can never end raises RuntimeError in the thread on top', () => {
  const source = `${START}lock.acquire()\ndef f():\n  with lock: pass\nstart(f, ())\ntry: lock.acquire()\nexcept RuntimeError as e: print(e)`;
  expect(output(source)).toBe('deadlock: no thread can run\n');
});

test('a thread that waits inside of a native goes on when its activation is the newest', () => {
  const source = `${START}def f(n):
  print(n, sorted([2, 1], key=lambda x: (time.sleep(n), x)[1]))
start(f, (1,)); start(f, (2,))
time.sleep(50)
print('main')`;
  expect(output(source)).toBe('2 [1, 2]\n1 [1, 2]\nmain\n');
});

test('threads that wait when a program has ended go on in the next one', () => {
  const first = `${START}def f():\n  for i in range(3):\n    with lock: print(i, end=' ')\n    time.sleep(1)\nlock.acquire()\nstart(f, ())\ntime.sleep(1)\nprint('first')`;
  expect(output(first, 'lock.release(); time.sleep(1.5)', 'time.sleep(10); print("end")')).toBe('first\n0 1 2 end\n');
});

test('a restored snapshot repeats what parked threads do', () => {
  const { rt, written } = silent();
  runSource(
    rt,
    `${START}def f(n):\n  for i in range(4):\n    time.sleep(n)\n    print(n, i, end=' ')\nfor n in (1, 3): start(f, (n,))\ntime.sleep(2)`,
    'a.py',
  );
  const snapshot = takeSnapshot(rt);
  const runs = [0, 1].map(() => {
    restoreSnapshot(rt, snapshot);
    written.length = 0;
    runSource(rt, 'time.sleep(30)', 'b.py');
    rt.audit();
    return written.join('');
  });
  expect(runs[0]).toBe(runs[1]);
  expect(runs[0]).toMatch(/1 3 .*3 3 $/);
});

test('an exception in a thread is shown and ends only that thread', () => {
  const source = `${START}def f():\n  raise ValueError('x')\nstart(f, ())\ntime.sleep(1)\nprint('on')`;
  const text = output(source);
  expect(text).toMatch(/^Exception ignored in thread started by: <function f at 0x[0-9a-f]+>\n/);
  expect(text).toMatch(/ValueError: x\non\n$/);
});
