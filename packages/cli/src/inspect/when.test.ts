import { buildGraph } from '@moult/inspect';
import { createRuntime, describeHeap, finalize, runSource } from 'moult';
import type { Runtime } from 'moult';
import { describe, expect, it } from 'vitest';
import type { Observer } from './observer.ts';
import { planFor } from './perform.ts';
import { parseWhen } from './when.ts';

const PROGRAM = `class A: pass
one = A()
many = [A() for _ in range(50)]
few = many[:3]
del many
end = 1
`;

function watched(observer: Observer): void {
  const rt = createRuntime({ host: { write: () => undefined } as never });
  observer.begin?.(rt);
  expect(runSource(rt, PROGRAM, '/folder/p.py')).toBe(0);
  observer.end?.(rt);
  finalize(rt);
  observer.over?.(rt);
}

/** What `moult why --type A --at WHEN` says, and whether it had an answer. */
function why(when: string): { text: string; answered: boolean } {
  const result = { text: '', answered: true };
  const plan = planFor(
    { kind: 'why', typeName: 'A', limit: 1, when: parseWhen(when) },
    {
      print: (text) => void (result.text += text),
      none: (text) => Object.assign(result, { text, answered: false }),
    },
  );
  watched(plan.first);
  if (plan.second?.isNeeded() === true) watched(plan.second.observer);
  return result;
}

describe('a heap is looked at', () => {
  it('at the end by default, with what is left', () => {
    expect(why('exit').text).toMatch(/^4 A objects/);
  });

  it('before a line runs for the first time', () => {
    expect(why('3').text).toMatch(/^1 A object,/);
    expect(why('p.py:4').text).toMatch(/^51 A objects/);
    expect(why('folder/p.py:6').text).toMatch(/^4 A objects/);
    expect(why('2')).toEqual({ text: 'no A is alive\n', answered: false });
    expect(why('99')).toEqual({ text: 'line 99 was never reached\n', answered: false });
    expect(why('other.py:3').answered).toBe(false);
  });

  it('when most memory was in use', () => {
    expect(why('peak').text).toMatch(/^5[01] A objects/);
  });

  it('without changing what is looked at', () => {
    const left: number[] = [];
    const note = (rt: Runtime): void => void left.push(buildGraph(describeHeap(rt)).nodeCount, rt.usedBytes());
    watched({ end: note });
    const plan = planFor(
      { kind: 'heap', limit: 3, json: false, when: parseWhen('4') },
      { print: () => undefined, none: () => undefined },
    );
    watched({ begin: (rt) => plan.first.begin?.(rt), end: (rt) => (plan.first.end?.(rt), note(rt)) });
    expect(left.slice(2)).toEqual(left.slice(0, 2));
  });
});

it('a moment that is none is refused', () => {
  for (const text of ['0', 'x', 'p.py:', '-1']) expect(() => parseWhen(text)).toThrow('--at');
});
