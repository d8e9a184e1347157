import { expect, test } from 'vitest';
import type { PythonOptions } from './options.ts';
import { createPython, type Python } from './python.ts';

const RESERVE = 1 << 29;
const start = (options: PythonOptions = {}): Python => createPython({ reserveBytes: RESERVE, ...options });

/** A program in parts, each of which leaves something behind: classes, generators, cycles, caches that have learnt. */
const PARTS = [
  'class Node:\n  count = 0\n  def __init__(self, n):\n    self.n = n; self.me = self; Node.count += 1\n  def double(self): return self.n * 2',
  'nodes = [Node(i) for i in range(300)]\nprint(sum(n.double() for n in nodes))',
  'def gen():\n  total = 0\n  while True:\n    total += yield total\ng = gen()\nnext(g)\nprint([g.send(i) for i in range(5)])',
  'import gc\nnodes = nodes[::2]\nprint(gc.collect(), gc.get_count(), id(nodes[3]) % 65536)',
  'Node.double = lambda self: self.n * 3\nprint(sum(n.double() for n in nodes), g.send(1), {str(n.n) for n in nodes[:9]})',
  'class Other(Node):\n  __slots__ = ()\n  def double(self): return super().double() + 1\nprint(Other(5).double(), hash("x"), id(object()) % 65536)',
];

test('a fork at any point finishes as its origin does', () => {
  using whole = start();
  const expected = PARTS.map((part) => whole.run(part).stdout);
  using origin = start();
  for (const [at, part] of PARTS.entries()) {
    using fork = origin.fork();
    expect(PARTS.slice(at).map((later) => fork.run(later).stdout)).toEqual(expected.slice(at));
    fork.audit();
    expect(origin.run(part).stdout).toBe(expected[at]);
  }
  origin.audit();
});

test('a restored state repeats every later step', () => {
  using python = start();
  python.run(PARTS[0]!);
  const snapshot = python.snapshot();
  const run = (): string[] => PARTS.slice(1).map((part) => python.run(part).stdout);
  const first = run();
  python.restore(snapshot);
  python.audit();
  expect(run()).toEqual(first);
  expect(snapshot.bytes).toBeGreaterThan(0);
});

test('forks go different ways with the same code', () => {
  using python = start();
  python.run('class A: pass\ndef get(o): return o.x\nfor i in range(100):\n  a = A(); a.x = 1; get(a)');
  using left = python.fork();
  using right = python.fork();
  left.run('class B:\n  x = "left"\n  y = 1');
  right.run('class C:\n  y = 2\n  x = "right"');
  for (let i = 0; i < 3; i++) {
    expect(left.run('print([get(B()) for i in range(100)][-1], get(a))').stdout).toBe('left 1\n');
    expect(right.run('print([get(C()) for i in range(100)][-1], get(a))').stdout).toBe('right 1\n');
  }
  left.audit();
  right.audit();
});

test('a fork has its own output, and functions of the host work in it', () => {
  const heard: string[] = [];
  using python = start();
  python.set('where', () => 'here');
  using fork = python.fork({ stdout: (text) => void heard.push(text) });
  fork.run('print(where())');
  expect(heard.join('')).toBe('here\n');
  expect(python.run('print(where())').stdout).toBe('here\n');
});

test('a state is left after a limit was exceeded', () => {
  using python = start();
  python.run('done = []');
  const snapshot = python.snapshot();
  expect(() => python.run('for i in range(10**6): done.append(i)', { steps: 1000 })).toThrow('limit');
  expect(Number(python.run('print(len(done))').stdout)).toBeGreaterThan(400);
  python.restore(snapshot);
  expect(python.run('print(done)').stdout).toBe('[]\n');
  python.audit();
});

test('a state that is left while code is monitored is monitored again as at first', () => {
  using python = start();
  python.run('import sys\nfrom sys import monitoring as m\nlines = []\ndef f(n):\n  for i in range(n):\n    pass');
  python.run('m.use_tool_id(3, "t"); m.register_callback(3, m.events.LINE, lambda code, line: lines.append(line))');
  const snapshot = python.snapshot();
  const watched = 'm.set_events(3, m.events.LINE)\nf(1)\nm.set_events(3, 0)\nprint(lines)';
  const first = python.run(watched).stdout;
  python.restore(snapshot);
  expect(() => python.run(watched.replace('f(1)', 'f(10**6)'), { steps: 100 })).toThrow('limit');
  python.restore(snapshot);
  expect(python.run(watched).stdout).toBe(first);
});

test('objects held and running programs forbid it', () => {
  using python = start();
  const object = python.evaluate('[]');
  expect(() => python.snapshot()).toThrow('a state cannot be saved while 1 objects are held');
  object.release();
  const snapshot = python.snapshot();
  const late = python.evaluate('{}');
  python.restore(snapshot);
  expect(() => late.ref).toThrow('this object belongs to a state that was left');
  late.release();
  python.set('save', () => void python.snapshot());
  expect(python.run('save()').stderr).toMatch('RuntimeError: a state cannot be saved while a program runs');
});
