import { createRuntime, finalize, runSource } from 'moult';
import type { Runtime } from 'moult';
import { describe, expect, it } from 'vitest';
import { AllocationCounter, LedgerListener, ledgerText } from './ledger.ts';
import { traceJson, traceReport } from './trace-report.ts';
import { Tracer } from './tracer.ts';

const PROGRAM = `
import gc
class A:
    def __del__(self): pass
a = A()
a.me = a
del a
gc.collect()
keep = [A() for _ in range(3)]
`;

function start(): Runtime {
  return createRuntime({ singly: true, host: { write: () => undefined } as never });
}

describe('a traced run', () => {
  it('counts allocations by line, collections, finalizers, deaths and survivors', () => {
    const rt = start();
    const tracer = new Tracer(rt);
    rt.events = tracer;
    expect(runSource(rt, PROGRAM, '/p.py')).toBe(0);
    rt.events = null;
    const full = tracer.collections.filter(({ generation }) => generation === 2);
    expect(full).toMatchObject([{ collected: 1, place: 'p.py:8 in <module>' }]);
    expect([...tracer.finalizers.values()]).toEqual([{ typeName: 'A', place: 'p.py:8 in <module>', count: 1 }]);
    expect(tracer.deaths.get('A')).toEqual({ typeName: 'A', count: 1 });
    expect(tracer.lines.get('p.py:9 in <module>')!.aliveBlocks).toBeGreaterThanOrEqual(5);
    expect(traceReport(rt, tracer, 50)).toMatch(/3 A, \d+ bytes, from p.py:9 in <module>/);
    expect(JSON.parse(traceJson(rt, tracer))).toMatchObject({ collections: [{ generation: 2 }] });
    finalize(rt);
  });

  it('is the same run as one that nobody watches', () => {
    const [watched, alone] = [start(), start()];
    watched.events = new Tracer(watched);
    for (const rt of [watched, alone]) runSource(rt, PROGRAM, '/p.py');
    expect(watched.usedBytes()).toBe(alone.usedBytes());
    const words = 1 << 16;
    expect(watched.words.subarray(2048, words)).toEqual(alone.words.subarray(2048, words));
    for (const rt of [watched, alone]) finalize(rt);
  });
});

it('a ledger tells every change of a count, from the allocation to the end of the block', () => {
  const number = numberOfA();
  const rt = start();
  const listener = new LedgerListener(rt, number);
  rt.events = listener;
  rt.beforeInstruction = () => listener.step();
  runSource(rt, LIFE, '/p.py');
  rt.events = rt.beforeInstruction = null;
  finalize(rt);
  const { entries } = listener;
  const [place, instruction] = ['p.py:2 in <module>', 'CALL'];
  const gained = ['stack 0 in <module> (value stack)'];
  expect(entries[0]).toEqual({ what: 'allocated', count: 1, place, instruction, gained, lost: [] });
  expect(entries.at(-1)).toMatchObject({ what: 'block given back', count: 0, place: 'p.py:6 in <module>' });
  expect(entries.some(({ what, place }) => what === '-1' && place.startsWith('p.py:4'))).toBe(true);
  let count = 0;
  for (const entry of entries) {
    if (entry.what === 'allocated') count++;
    else if (/^[+-]\d+$/.test(entry.what)) count += Number(entry.what);
    expect(entry.count).toBe(count);
  }
  const loaded = entries.filter((entry) => entry.instruction === 'LOAD_FAST');
  expect(loaded.map((entry) => `${entry.what} ${entry.place}`)).toEqual(['+1 p.py:5 in f', '+1 p.py:5 in f']);
  expect(entries.flatMap((entry) => entry.gained)).toContain('list of 1[0] (item)');
  expect(entries.flatMap((entry) => entry.lost)).toContain('list of 1[0] (item)');
  for (const entry of entries.filter(({ what }) => /^[+-]1$/.test(what)))
    expect([...entry.gained, ...entry.lost]).not.toEqual([]);
  expect(ledgerText('A', entries)).toMatch(/\n +now held by list of 1\[0\] \(item\)\n/);
});

const LIFE = `class A: pass
a = A()
b = [a]
b.clear()
def f(x): x is x
f(a); del a
`;

/** The number of the allocation of the instance that the program above makes. */
function numberOfA(): number {
  const rt = start();
  const counter = new AllocationCounter();
  let made = 0;
  rt.events = {
    alloc: (block) => counter.alloc(block),
    free: (block) => counter.free(block),
    track: (o) => {
      if (rt.typeNameOf(o) === 'A') made = counter.numberOf(rt, o);
    },
  };
  runSource(rt, LIFE, '/p.py');
  rt.events = null;
  finalize(rt);
  return made;
}
