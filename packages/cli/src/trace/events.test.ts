import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRuntime, finalize, runSource } from 'moult';
import { expect, it } from 'vitest';
import { EventWriter } from './event-writer.ts';
import { eventText, readEvents } from './events.ts';

const PROGRAM = `import gc
class A:
    def __del__(self): pass
a = A()
a.me = a
del a
gc.collect()
`;

it('events that were written are read back, with their places and types', () => {
  const folder = mkdtempSync(join(tmpdir(), 'moult-events-'));
  const path = join(folder, 'e.events');
  try {
    const rt = createRuntime({ host: { write: () => undefined } as never });
    const writer = new EventWriter(rt, path, true);
    rt.events = writer;
    runSource(rt, PROGRAM, '/folder with spaces/p.py');
    rt.events = null;
    writer.close();
    finalize(rt);
    const events = [...readEvents(readFileSync(path, 'utf8').split('\n'))];
    expect(events).toHaveLength(writer.count);
    const finalized = events.find((event) => event.kind === 'finalize');
    expect(finalized).toMatchObject({
      name: 'A',
      place: { line: 7, function: '<module>', file: '/folder with spaces/p.py' },
    });
    const collection = events.findLast((event) => event.kind === 'collectionStop');
    expect(collection).toMatchObject({ subject: 2, values: [1, 0] });
    expect(events.some((event) => event.kind === 'phase' && event.name === 'subtractRefs')).toBe(true);
    expect(events.some((event) => event.kind === 'incref')).toBe(true);
    expect(eventText(finalized!)).toMatch(/^finalize +\d+ A +\/folder with spaces\/p.py:7 in <module>$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('a file of another kind is refused', () => {
  expect(() => [...readEvents(['hello'])]).toThrow('line 1');
  expect(() => [...readEvents(['moult-events 1', '?1'])]).toThrow('line 2 begins with "?"');
});
