import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NO_OPTIONS } from '../shared/protocol.ts';
import { Machine } from './machine.ts';
import { Model } from './model.ts';
import { Recorder } from './recorder.ts';
import { drawView } from './view.ts';

const EXAMPLES = new URL('../examples/', import.meta.url);
const NEEDS_LIBRARY = ['lru-cache', 'listeners', 'ten-thousand'];

const PROGRAMS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    readdirSync(EXAMPLES)
      .filter((name) => name.endsWith('.py') && !NEEDS_LIBRARY.includes(name.slice(0, -3)))
      .map((name) => [name, readFileSync(new URL(name, EXAMPLES), 'utf8')]),
  ),
  'held by a callback of the interpreter': `import atexit
class A: pass
a = A()
a.me = a
atexit.register(a.__eq__, 1)
del a
x = 1
`,
  'subclasses that are garbage': `def make():
    class A: pass
    class B(A): pass
    class C(int): pass
make()
x = 1
`,
  'an exception being handled': `def f():
    local = [1]
    raise ValueError(local)
try:
    f()
except ValueError:
    x = 1
    y = 2
`,
};

/** Moments of a program that are looked at. */
const MOMENTS = 12;

describe('the program’s part of the heap', () => {
  it.each(Object.entries(PROGRAMS))('is drawn as the whole heap is: %s', (_name, source) => {
    const recorder = new Recorder(source, () => undefined);
    const machine = new Machine({ source, stdin: '' }, null, recorder);
    const { lines } = recorder.finish(machine, 0).series;
    const stride = Math.max(1, Math.floor(lines.length / MOMENTS));
    let parts = 0;
    for (let moment = 0; moment < lines.length; moment += stride) {
      const drawn = (extent: 'own' | 'whole'): unknown => {
        const model = new Model(machine.goto(moment), recorder.births, moment, extent);
        if (!model.isWhole) parts++;
        return drawView(model, NO_OPTIONS, null);
      };
      expect(drawn('own')).toEqual(drawn('whole'));
    }
    expect(parts).toBeGreaterThan(0);
  });
});
