import { describe, expect, it } from 'vitest';
import type { Card, ViewOptions } from '../shared/protocol.ts';
import { Session } from './session.ts';

const ALL: ViewOptions = { expanded: [], focus: null, search: '', atoms: false };

function start(source: string): Session {
  return new Session({ source, stdin: '' }, null, () => undefined);
}

const CYCLE = `import gc
class A: pass
a = A()
a.items = [a]
del a
gc.collect()
`;

describe('a session', () => {
  it('shows the heap before each line, and what changed', () => {
    const session = start(CYCLE);
    const { lines } = session.recording.series;
    expect([...lines]).toEqual([1, 2, 2, 3, 4, 5, 6, 0]);
    const before = session.view([...lines].indexOf(5), ALL);
    const a = before.cards.find(({ title }) => title === 'A') as Card;
    expect(a).toMatchObject({ count: 2, countBefore: 1, garbage: false, change: 'changed' });
    const after = session.view([...lines].indexOf(6), ALL);
    expect(after.cards.find(({ key }) => key === a.key)).toMatchObject({ count: 1, garbage: true });
    expect(after.garbage).toBe(2);
    expect(session.view([...lines].indexOf(5), ALL)).toEqual(before);
  });

  it('marks only what changed, also among keys that are written alike', () => {
    const session = start('class K: pass\nd = {(K(),): 1, (K(),): 2}\nx = 1\n');
    const dict = session
      .view(session.recording.series.lines.length - 1, ALL)
      .cards.find(({ title }) => title === 'dict');
    expect(dict!.fields.map(({ changed }) => changed)).toEqual([false, false, false, false]);
  });

  it('knows a list out of the free list for a new object, and who died', () => {
    const session = start('a = [1]\ndel a\nb = [2]\n');
    const keys = [1, 3].map((moment) => session.view(moment, ALL).cards.find(({ title }) => title === 'list')?.key);
    expect(keys[0]).toBeDefined();
    expect(keys[1]).toBeDefined();
    expect(keys[0]).not.toBe(keys[1]);
    expect(session.view(2, ALL).died).toEqual(['list of 1']);
  });

  it('takes nobody for dead who is only no longer shown', () => {
    const session = start('import gc\ndef f(): pass\nf.x = [f]\nall = gc.get_objects()\nall = 0\nx = 1\n');
    const at = [...session.recording.series.lines].indexOf(6);
    expect(session.view(at - 1, ALL).objects).toBeGreaterThan(session.view(at, ALL).objects);
    expect(session.view(at, ALL).died.map((label) => label.replace(/\d+/, 'N'))).toEqual(['list of N']);
  });

  it('counts by type what is alive: collected, dead by counts, out of free lists, not what imports made', () => {
    const { moments, types } = start(
      'class A: pass\na = [A() for _ in range(5)]\nfor x in a: x.me = x\ndel a, x\nimport gc\ngc.collect()\nb = [[] for _ in range(3)]\ndel b\n',
    ).recording.samples;
    const instances = types.find(({ name }) => name === 'A')!.counts;
    expect(Math.max(...instances)).toBe(5);
    expect(instances.at(-1)).toBe(0);
    expect(instances).toHaveLength(moments.length);
    const lists = types.find(({ name }) => name === 'list')!.counts;
    expect([Math.max(...lists), lists.at(-1)]).toEqual([4, 0]);
  });

  it('plays a collection with the collector’s numbers', () => {
    const session = start(CYCLE);
    const play = session.theatre(0);
    expect(play.collection).toMatchObject({ generation: 2, collected: 2 });
    expect(play.steps.at(-1)!.states.filter((state) => state === 'gone')).toHaveLength(2);
    const unreachable = play.steps.find(({ sentence }) => sentence.includes('cannot be reached'))!;
    expect(unreachable.states.filter((state) => state === 'unreachable')).toHaveLength(2);
  });

  it('tells the ledger of an object up to its death', () => {
    const session = start('a = [1]\nb = a\ndel a\ndel b\n');
    const list = session.view(1, ALL).cards.find(({ title }) => title === 'list') as Card;
    const { ledger, alive } = session.object(4, list.id);
    expect(alive).toBe(false);
    expect(ledger[0]).toMatchObject({ what: 'made', count: 1, line: 1 });
    expect(ledger.at(-1)).toMatchObject({ what: 'dies', count: 0, line: 4 });
  });

  it('runs a session statement by statement and shows values', () => {
    const session = start('>>> x = 20\n>>> x + 1\n21\n>>> def f():\n...     return x\n...\n>>> f()\n');
    expect(session.recording.written.map(({ text }) => text).join('')).toBe('21\n20\n');
  });

  it('lets prompts see what prompts before them did, and the run nothing of it', () => {
    const session = start('x = 1\ny = 2\n');
    session.evaluate(1, 'z = x + 1');
    expect(session.evaluate(1, 'z')[0]?.text).toBe('2\n');
    expect(session.evaluate(2, 'z')[0]?.text).toMatch(/NameError/);
  });

  it('stops a program that does not end, and says where an error is', () => {
    expect(start('while True: pass\n').recording.outcome.kind).toBe('stopped');
    expect(start('x = 1\n1 / 0\n').recording.outcome).toEqual({
      kind: 'error',
      message: 'ZeroDivisionError: division by zero',
      line: 2,
    });
  });
});
