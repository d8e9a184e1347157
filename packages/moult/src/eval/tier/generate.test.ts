import { getObjects, ObjectWord } from '@moult/heap';
import { expect, test } from 'vitest';
import { createRuntime } from '../../api/create.ts';
import { runSource } from '../../api/run.ts';
import { CodeWord, FunctionWord } from '../../core/layout/functions.ts';
import type { Runtime } from '../../core/runtime.ts';
import { T } from '../../core/static.ts';
import type { ExecutableCode } from '../../frames/executable-code.ts';
import { executable } from '../../frames/frames.ts';
import '../../objects/index.ts';
import { findFlow } from './flow.ts';
import { functionSource, Generator } from './generate.ts';
import { partAt } from './parts.ts';
import type { Range } from './parts.ts';
import { shapeOf } from './shape.ts';

const NONE: ReadonlySet<number> = new Set();

/** The code of each function that the program defines. */
function codesOf(rt: Runtime): { exec: ExecutableCode; consts: number }[] {
  const H = rt.words;
  return getObjects(rt)
    .filter((o) => H[o + ObjectWord.Type] === T.function)
    .map((o) => H[o + FunctionWord.Code])
    .map((code) => ({ exec: executable(rt, code), consts: H[code + CodeWord.Consts] }));
}

function codeOf(rt: Runtime, name: string): { exec: ExecutableCode; consts: number } {
  const found = codesOf(rt).find(({ exec }) => exec.data.qualname === name);
  if (found === undefined) throw new RangeError(`no function ${name}`);
  return found;
}

const generate = (rt: Runtime, name: string, general = NONE): string => {
  const { exec, consts } = codeOf(rt, name);
  return new Generator(rt, consts, exec, general).run().cases;
};

const PROGRAM = `
def add(n):
    total = 0
    for i in range(n):
        total = total + i
    return total

def same(n):
    total = 0
    for i in range(n):
        total = total + i
    return total

def generator(n):
    try:
        for i in range(n):
            received = yield i
    finally:
        print('closed')

async def waits(o):
    async with o as x:
        return [y async for y in x]

class Point:
    def __init__(self, x): self.x = x
    def moved(self, by, *, times=1): return Point(self.x + by * times)

def everything(a, *b, **c):
    global g
    g = lambda: a
    with a as h:
        del b[0], a.x
    match c:
        case {'k': [1, *rest]}: return f'{rest!r:>{a}}'
        case Point(x=1): raise ValueError from None
    try:
        a.b[c] += 1; x, *y = b; return {**c, 'z': [i for i in y if i is not x]}
    except* OSError as e:
        import os.path as p
        print(not e or p[1:2])

add(5); add(5); list(generator(3)); Point(1).moved(2)
`;

function ran(): Runtime {
  const rt = createRuntime({ reserveBytes: 1 << 29 });
  runSource(rt, PROGRAM, 'program.py');
  return rt;
}

test('what is generated is JavaScript, whatever the code does', () => {
  const rt = ran();
  const codes = codesOf(rt);
  expect(codes.length).toBe(7);
  for (const { exec, consts } of codes) {
    const { shared, cases, entries } = new Generator(rt, consts, exec, NONE).run();
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- only parsed
    expect(() => new Function('library', 'tiers', functionSource('f', shared, cases))).not.toThrow();
    expect(entries[0]).toBe(1);
  }
});

test('codes of equal shape share a function, others do not', () => {
  const rt = ran();
  const shape = (name: string): string => {
    const { exec, consts } = codeOf(rt, name);
    const flow = findFlow(exec);
    return shapeOf(rt, consts, exec, NONE, flow, partAt(exec, flow, 0));
  };
  runSource(rt, 'same(5); same(5)', 'more.py');
  expect(shape('same')).toBe(shape('add'));
  expect(shape('generator')).not.toBe(shape('add'));
});

test('the depth of the stack is known before every instruction that can be reached', () => {
  const rt = ran();
  const { exec } = codeOf(rt, 'add');
  const { depths, leaders } = findFlow(exec);
  const targets = [...leaders.keys()].filter((unit) => leaders[unit] === 1);
  expect(targets[0]).toBe(0);
  // In the loop the iterator is on the stack.
  expect(Math.max(...targets.filter((unit) => unit < depths.length).map((unit) => depths[unit] ?? 0))).toBeGreaterThan(
    0,
  );
  expect(depths[0]).toBe(0);
});

test('an int that is only stored gets its object there, and a place that saw too much calls the general function', () => {
  const rt = ran();
  expect(generate(rt, 'add')).not.toContain('binaryOperation');
  const { exec } = codeOf(rt, 'add');
  const units = new Set(exec.units.keys());
  expect(generate(rt, 'add', units)).toContain('binaryOperation');
});

test('long code is divided between its loops', () => {
  const rt = createRuntime();
  const loop = '    for i in range(9): a.b = a[i] + i; a.append(i)\n';
  runSource(rt, `def long(a):\n${loop.repeat(20)}`, 'long.py');
  const { exec } = codeOf(rt, 'long');
  const flow = findFlow(exec);
  const end = flow.depths.length;
  const parts = [partAt(exec, flow, 0)];
  for (let last = parts[0] as Range; last.to < end; parts.push(last)) last = partAt(exec, flow, last.to);
  expect(parts.length).toBeGreaterThan(2);
  for (const { from, to } of parts) {
    expect(partAt(exec, flow, to - 1)).toEqual({ from, to });
    expect(flow.leaders[from]).toBe(1);
  }
});
