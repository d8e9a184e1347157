import { EmbedderRoots, ObjectWord, Root } from '@moult/heap';
import { describe, expect, test } from 'vitest';
import { describeHeap } from '../describe/describe.ts';
import { evaluateExpression } from '../run.ts';
import { recordTimeline } from './record.ts';
import type { Timeline } from './timeline.ts';
import type { TimelineOptions } from './options.ts';

const RESERVE = 1 << 29;

function record(source: string, options: Partial<TimelineOptions> = {}): Timeline {
  return recordTimeline({ source, filename: 'p.py', reserveBytes: RESERVE, interval: 500, ...options });
}

/** Everything but free memory: each object with its address, type, count and references, in the order in which the roots lead to it, the
 *  lists of the generations, the root record. */
function stateOf(timeline: Timeline): number {
  const rt = timeline.runtime;
  let hash = 0;
  const add = (n: number): void => void (hash = (Math.imul(hash, 31) + n) | 0);
  const heap = describeHeap(rt);
  const known = new Set<number>();
  const note = (o: number): void => {
    add(o);
    known.add(o);
  };
  heap.roots(note);
  heap.tracked(note);
  for (const o of known) {
    add(heap.count(o));
    add(rt.words[o + ObjectWord.Type]!);
    heap.edges(o, note);
  }
  for (let word = Root.StaticTop; word < EmbedderRoots.End; word++) add(rt.words[word]!);
  return hash;
}

/** The line of the innermost frame; 0 outside of Python. */
const lineOf = (timeline: Timeline): number => timeline.moment().frames[0]?.line ?? 0;

/** Callbacks of every kind: keys, finalizers, weak references, generators, collections. */
const BUSY = `import gc, weakref
class Node:
    def __init__(self, n):
        self.n = n
        self.me = self
    def __del__(self):
        global dead
        dead += 1
dead = 0
called = []
nodes = []
for i in range(900):
    node = Node(i)
    nodes.append(node)
    if i % 3 == 0:
        nodes = nodes[-10:]
w = weakref.ref(node, lambda r: called.append(len(called)))
del node, nodes
print(gc.collect(), dead, called)
print(sorted(range(10), key=lambda x: -x))
def gen():
    for i in range(5):
        yield i * 2
print(list(gen()), [x for x in gen()])
`;

describe('a recorded program', () => {
  test('does and writes what it does when nobody looks', () => {
    const timeline = record(BUSY);
    expect(timeline.recording.exitCode).toBe(0);
    expect(timeline.recording.console.before(Infinity)).toEqual({
      stdout: '243 900 [0]\n[9, 8, 7, 6, 5, 4, 3, 2, 1, 0]\n[0, 2, 4, 6, 8] [0, 2, 4, 6, 8]\n',
      stderr: '',
    });
    expect(timeline.recording.states.list.length).toBeGreaterThan(10);
  });

  test('is the same, object by object, however a step is reached', () => {
    const timeline = record(BUSY);
    const steps = Array.from({ length: 24 }, (_, i) => Math.floor((timeline.last * i) / 23));
    const forwards = steps.map((step) => (timeline.goto(step), stateOf(timeline)));
    const backwards = steps.toReversed().map((step) => (timeline.goto(step), stateOf(timeline)));
    expect(backwards.toReversed()).toEqual(forwards);
  });

  test('has right counts at every moment', () => {
    const timeline = record(BUSY);
    for (let step = 0; step < timeline.last; step += 977) {
      timeline.goto(step);
      if (timeline.moment().frames.length === 1) timeline.runtime.audit();
    }
  });

  test('steps by lines, forwards and back over the same ones', () => {
    const timeline = record('a = 1\nb = 2\ndef f(x):\n    y = x\n    z = y\n    return z\nf(3)\nwhile a < 3: a += 1\n');
    const lines = [];
    const steps = [];
    while (timeline.next('line') !== null) {
      lines.push(lineOf(timeline));
      steps.push(timeline.step);
    }
    expect(lines).toEqual([1, 2, 3, 7, 4, 5, 6, 8, 8]);
    const back = [timeline.step];
    while (timeline.previous('line') !== null) back.push(timeline.step);
    expect(back.toReversed()).toEqual(steps);
  });

  test('steps by instructions', () => {
    const timeline = record('x = []\ny = [x, x]\n');
    const last = timeline.last;
    for (let step = 1; step <= last; step++) expect(timeline.next('instruction')?.step).toBe(step);
    expect(timeline.next('instruction')).toBe(null);
    for (let step = last - 1; step >= 0; step--) expect(timeline.previous('instruction')?.step).toBe(step);
    expect(timeline.previous('instruction')).toBe(null);
  });

  test('steps by collections and deaths', () => {
    const timeline = record(BUSY);
    const starts = timeline.recording.collections.map(({ step }) => step);
    expect(starts.length).toBeGreaterThan(2);
    expect(timeline.next('collection')?.step).toBe(starts[0]);
    expect(timeline.next('collection')?.step).toBe(starts[1]);
    expect(timeline.previous('collection')?.step).toBe(starts[0]);
    const death = timeline.next('death')!.step;
    expect(death).toBeGreaterThanOrEqual(starts[0]!);
    timeline.goto(death + 1);
    expect(timeline.previous('death')?.step).toBe(death);
  });

  test('ends by the end of the interpreter, with nothing left', () => {
    const timeline = record('class A:\n    def __del__(self): print("gone")\nkept = A()\n');
    const { ended } = timeline.recording;
    timeline.goto(ended);
    expect(timeline.moment().frames).toEqual([]);
    expect(timeline.output().stdout).toBe('');
    expect(evaluateExpression(timeline.runtime, 'kept')).toBeGreaterThan(0);
    timeline.goto(timeline.last);
    expect(timeline.output().stdout).toBe('gone\n');
    expect(timeline.previous('line')!.frames[0]!.function).toBe('A.__del__');
    for (const step of [ended + 2, ended + 4, timeline.last]) expect(timeline.goto(step).step).toBe(step);
  });

  test('can be one that does not compile, or that fails', () => {
    const broken = record('x = (\n');
    expect(broken.recording.exitCode).toBe(1);
    expect(broken.recording.console.before(Infinity).stderr).toContain('SyntaxError');
    expect(broken.goto(broken.last).frames).toEqual([]);
    const failed = record('def f(): 1 / 0\nf()\n');
    expect(failed.recording.exitCode).toBe(1);
    failed.goto(failed.recording.ended);
    expect(failed.output().stderr).toContain('ZeroDivisionError');
    expect(failed.previous('line')!.frames.map((frame) => frame.function)).toEqual(['f', '<module>']);
  });

  test('can be cut while it goes on', () => {
    const timeline = record('n = 0\nwhile True:\n    n += 1\n', { steps: 5000 });
    expect(timeline.recording.cut).toBe('steps');
    expect(timeline.last).toBe(5000);
    timeline.goto(timeline.last);
    expect(Number(timeline.evaluate('n').value)).toBeGreaterThan(500);
    expect(record('while True: pass', { time: 50 }).recording.cut).toBe('time');
  });
});

describe('breakpoints', () => {
  const PROGRAM = `class A: pass
a = A()
b = [a, a]
del a
c = b.pop()
b.clear()
d = A()
del c
`;
  const refOf = (timeline: Timeline, expression: string): number => evaluateExpression(timeline.runtime, expression);

  test('an object dies', () => {
    const timeline = record(PROGRAM);
    while (lineOf(timeline) !== 3) timeline.next('line');
    const a = timeline.moment().step;
    const object = refOf(timeline, 'a');
    timeline.goto(a + 1);
    expect(timeline.find({ kind: 'dies', object })?.frames[0]!.line).toBe(8);
    expect(timeline.find({ kind: 'dies', object })).toBe(null);
  });

  test('a count changes, forwards and backwards', () => {
    const timeline = record(PROGRAM);
    while (lineOf(timeline) !== 7) timeline.next('line');
    const object = timeline.moment().frames.length > 0 ? refOf(timeline, 'c') : 0;
    const here = timeline.step;
    timeline.goto(here - 1);
    const back = [];
    while (timeline.find({ kind: 'count changes', object }, 'backward') !== null) back.push(lineOf(timeline));
    expect([...new Set(back)]).toEqual([6, 4, 3, 2]);
    timeline.goto(here);
    expect(timeline.find({ kind: 'count changes', object })!.frames[0]!.line).toBe(8);
  });

  test('an object grows old', () => {
    const timeline = record('import gc\nx = []\ngc.collect(0)\ngc.collect(1)\ngc.collect(2)\n');
    while (lineOf(timeline) !== 3) timeline.next('line');
    const object = refOf(timeline, 'x');
    timeline.goto(timeline.step + 1);
    expect(timeline.find({ kind: 'moves to generation 2', object })?.frames[0]!.line).toBe(4);
  });

  test('a collection starts', () => {
    const timeline = record('import gc\ngc.collect(0)\ngc.collect(1)\n');
    expect(timeline.find({ kind: 'collection starts', generation: 1 })?.frames[0]!.line).toBe(3);
    expect(timeline.find({ kind: 'collection starts' }, 'backward')?.frames[0]!.line).toBe(2);
  });
});

describe('what comes from outside', () => {
  test('is given again: time, randomness, input, files', () => {
    let clock = 0n;
    const timeline = record(
      `import time, posix
a = time.time_ns()
line = input()
secret = posix.urandom(4).hex()
f = open('/tmp/x', 'w')
f.write(line)
f.close()
posix.remove('/tmp/x')
b = time.time_ns()
print(a, b, line, secret)
`,
      { stdin: 'hello\nmore\n', host: { time: () => ++clock } },
    );
    const { stdout } = timeline.recording.console.before(Infinity);
    const said = clock;
    for (let again = 0; again < 2; again++) {
      timeline.goto(timeline.recording.ended);
      expect(`${timeline.evaluate('f"{a} {b} {line} {secret}"').value?.slice(1, -1)}\n`).toBe(stdout);
      timeline.goto(0);
    }
    expect(clock).toBe(said);
  });
});

describe('a paused program', () => {
  const timeline = record('def f(x):\n    y = [x]\n    return y\nf(41)\n');

  test('shows its frames and variables', () => {
    while (lineOf(timeline) !== 3) timeline.next('line');
    const [inner, outer] = timeline.moment().frames;
    expect(inner).toMatchObject({ function: 'f', line: 3, filename: 'p.py', locals: 0 });
    expect(inner!.variables.map(({ name }) => name)).toEqual(['x', 'y']);
    expect(outer).toMatchObject({ function: '<module>', line: 4, variables: [] });
    expect(outer!.locals).toBe(outer!.globals);
  });

  test('answers, and is not changed by it', () => {
    while (lineOf(timeline) !== 3) timeline.next('line');
    const before = stateOf(timeline);
    expect(timeline.evaluate('x + y[0]')).toEqual({ value: '82', output: '', error: null });
    expect(timeline.evaluate('for i in range(3): print(i, x)').output).toBe('0 41\n1 41\n2 41\n');
    expect(timeline.evaluate('f(1)').value).toBe('[1]');
    expect(timeline.evaluate('nothing').error).toContain('NameError');
    expect(timeline.evaluate('(').error).toContain('SyntaxError');
    expect(timeline.evaluate('while True: pass', 1000).error).toBe('ended after 1000 instructions');
    expect(stateOf(timeline)).toBe(before);
    expect(timeline.output()).toEqual({ stdout: '', stderr: '' });
  });

  test('lets somebody listen to a part again', () => {
    const heard: string[] = [];
    const busy = record(BUSY);
    const [, second] = busy.recording.collections;
    busy.listen(second!.step, second!.step + 1, (_, now) => ({
      alloc: () => undefined,
      free: () => undefined,
      collectionStart: (generation) => heard.push(`${now()} start ${generation}`),
      phase: (name) => heard.push(name),
    }));
    expect(heard[0]).toBe(`${second!.step} start ${second!.generation}`);
    expect(heard).toContain('subtractRefs');
  });
});
