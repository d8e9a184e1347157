import { afterAll, describe, expect, test } from 'vitest';
import { LimitExceeded, RunEnded } from './errors.ts';
import type { PythonOptions, RunLimits } from './options.ts';
import { createPython, type Python } from './python.ts';

const RESERVE = 1 << 29;
const start = (options: PythonOptions = {}): Python => createPython({ reserveBytes: RESERVE, ...options });

/** One interpreter for most tests, each time in its first state. */
const shared = start();
const blank = shared.snapshot();
function restarted(): Python {
  shared.restore(blank);
  return shared;
}
afterAll(() => {
  restarted().close();
});

/** Runs a program that exceeds a limit; the heap must be right afterwards, and the interpreter of further use. */
function exceed(python: Python, source: string, limits: RunLimits): LimitExceeded {
  try {
    python.run(source, limits);
  } catch (error) {
    expect(error).toBeInstanceOf(LimitExceeded);
    python.audit();
    expect(python.takeOutput().stderr).toBe('');
    expect(python.run('import sys\nprint(sum(range(10)), sys.exc_info())').stdout).toBe('45 (None, None, None)\n');
    python.audit();
    return error as LimitExceeded;
  }
  throw new Error('nothing was exceeded');
}

describe('steps', () => {
  test.each([
    ['a loop', 'while True: pass'],
    ['recursion in a loop', 'def f(n):\n  return 0 if n == 0 else f(n - 1)\nwhile True: f(50)'],
    [
      'handlers for everything',
      'while True:\n  try:\n    while True: pass\n  except BaseException: pass\n  finally:\n    while True: pass',
    ],
    ['a generator', 'def g():\n  try:\n    while True: yield 1\n  finally:\n    while True: pass\nfor i in g(): pass'],
    ['code below a native', 'def key(x):\n  while True: pass\nprint(sorted([2, 1], key=key))'],
    ['a handled exception', 'try: 1/0\nexcept ZeroDivisionError:\n  while True: pass'],
    ['a finalizer', 'class A:\n  def __del__(self):\n    while True: pass\nx = A()\ndel x\nwhile True: pass'],
    [
      'an object with a finalizer on the stack',
      'class A:\n  def __del__(self):\n    while True: pass\ndef f(a):\n  while True: pass\nf(A())',
    ],
    ['a class body', 'class A:\n  while True: pass'],
    ['a comprehension', 'x = [i for i in iter(lambda: 1, 2)]'],
    ['a coroutine', 'async def f():\n  while True: pass\ndef drive(c): c.send(None)\ndrive(f())'],
    [
      'a context manager',
      'class C:\n  def __enter__(self): pass\n  def __exit__(self, *a):\n    while True: pass\nwith C():\n  while True: pass',
    ],
    [
      'a weak reference callback',
      'import _weakref\nclass A: pass\ndef cb(r):\n  while True: pass\na = A()\nr = _weakref.ref(a, cb)\ndel a\nwhile True: pass',
    ],
  ])('%s is ended', (_what, source) => {
    const python = restarted();
    const error = exceed(python, source, { steps: 1000 });
    expect(error).toMatchObject({ limit: 'steps', bound: 1000, value: 1000 });
  });

  test('no limit is reached at exactly the limit', () => {
    const python = restarted();
    const { steps } = python.run('for i in range(100): pass');
    expect(steps).toBeGreaterThan(99);
    expect(python.run('for i in range(100): pass', { steps }).steps).toBe(steps);
    expect(() => python.run('for i in range(100): pass', { steps: steps - 1 })).toThrow(
      `the run was ended after ${steps - 1} steps, the limit is ${steps - 1}`,
    );
  });

  test('a run ends with all its threads', () => {
    const python = restarted();
    const source = [
      'import _thread',
      'locks = [_thread.allocate_lock() for _ in range(3)]',
      'def work(lock):',
      '  with lock:',
      '    while True: pass',
      'for lock in locks: _thread.start_new_thread(work, (lock,))',
      'for i in range(10): pass',
      'while True: _thread.allocate_lock().acquire(timeout=0.0001)',
    ].join('\n');
    expect(() => python.run(source, { steps: 120_000 })).toThrow(LimitExceeded);
    python.audit();
  });

  test('a call inside of a run is a part of it', () => {
    const python = restarted();
    python.set('inside', (source: string) => {
      try {
        python.evaluate(source);
      } catch {
        // The embedder's own mistake: the run is ended all the same.
      }
    });
    const source = 'def f():\n  while True: pass\nwhile True:\n  try: inside("f()")\n  except BaseException: pass';
    expect(exceed(python, source, { steps: 1000 }).limit).toBe('steps');
  });

  test('default limits hold for every call', () => {
    using python = start({ limits: { steps: 1000 } });
    python.run('def f():\n  while True: pass\nclass A:\n  def __repr__(self): f()');
    using f = python.get('f')!;
    using a = python.evaluate('A()');
    expect(() => f.call()).toThrow(LimitExceeded);
    expect(() => a.repr()).toThrow(LimitExceeded);
    expect(() => python.evaluate('f()')).toThrow(LimitExceeded);
    expect(python.run('for i in range(5000): pass', { steps: 10_000 }).exitCode).toBe(0);
    python.audit();
  });
});

describe('other limits', () => {
  test('time', () => {
    const python = restarted();
    const error = exceed(python, 'while True: pass', { time: 50 });
    expect(error).toMatchObject({ limit: 'time', bound: 50 });
    expect(error.value).toBeGreaterThan(49);
    expect(error.value).toBeLessThan(2000);
  });

  test('time passes while a program sleeps', () => {
    const sleep = (seconds: number): void =>
      void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
    using python = start({ host: { sleep, monotonic: () => process.hrtime.bigint() } });
    const began = performance.now();
    expect(exceed(python, 'import time\ntime.sleep(60)', { time: 100 }).limit).toBe('time');
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test('output', () => {
    const python = restarted();
    const error = exceed(python, 'while True: print("x" * 100)', { output: 10_000 });
    expect(error.limit).toBe('output');
    expect(error.value).toBeLessThan(100_000);
    expect(error.stdout).toMatch(/^(x{100}\n)+/);
  });

  test('memory is a MemoryError of the program', () => {
    using python = start({ memory: 8 << 20 });
    const source =
      'try:\n  x = []\n  while True: x.append(bytes(1000))\nexcept MemoryError:\n  x = None\n  print("caught")';
    expect(python.run(source).stdout).toBe('caught\n');
    expect(() => python.evaluate('[0] * 10**9')).toThrow('MemoryError');
    expect(() => python.evaluate('"x" * 10_000_000')).toThrow('MemoryError');
    expect(python.usedBytes).toBeLessThan(8 << 20);
    python.audit();
  });

  test('a program that fills its memory to the brim goes on in its handler', () => {
    using python = start({ memory: 4 << 20 });
    const source =
      'def fill():\n  try:\n    x = []\n    while True: x.append([])\n  except MemoryError:\n    x = None\n  return 1\nprint(fill())';
    expect(python.run(source)).toMatchObject({ stdout: '1\n', stderr: '' });
    python.audit();
  });

  test('memory is what the options say, in forks too', () => {
    expect(() => start({ memory: 1000 })).toThrow(
      /^memory of 1000 bytes is less than the \d+ of an empty interpreter$/,
    );
    using python = start({ memory: 4 << 20 });
    using fork = python.fork({ memory: 16 << 20 });
    const source = 'x = [0] * 1_000_000';
    expect(python.run(source).stderr).toMatch('MemoryError');
    expect(fork.run(source).exitCode).toBe(0);
    expect(fork.peakBytes).toBeGreaterThan(8_000_000);
  });

  test.each([
    'sum(itertools.count())',
    'list(iter(int, 1))',
    'any(itertools.repeat(0))',
    'next(filter(None, itertools.repeat(0)))',
    '5 in itertools.repeat(1)',
  ])('natives that take items without end are stopped: %s', (source) => {
    const python = restarted();
    python.run('import itertools');
    expect(python.run('sum(range(1000))').steps).toBe(3);
    expect(() => python.run(source, { steps: 50 })).toThrow(LimitExceeded);
    python.audit();
    expect(python.run('print(sum([1, 2]))').stdout).toBe('3\n');
  });

  test.each([
    'pow(3, 3**20000, 7**10000)',
    '3**(1 << 21) and 3**(1 << 22) and 3**(1 << 23)',
    'math.factorial(400_000)',
  ])('long computations with integers are stopped: %s', (source) => {
    const python = restarted();
    python.run('import math');
    expect(() => python.run(source, { steps: 5 })).toThrow(LimitExceeded);
    python.audit();
  });

  test('what there is no room for is refused before it is made', () => {
    using python = start({ memory: 16 << 20 });
    python.run('import itertools');
    for (const source of ['10**10**8', '1 << 10**9', 'itertools.tee([], 10**6)']) {
      expect(python.run(source, { steps: 50 }).stderr).toMatch('MemoryError');
      expect(python.peakBytes).toBeLessThan(16 << 20);
    }
  });

  test('a host function ends the run', () => {
    const python = restarted();
    let calls = 0;
    python.set('tick', () => {
      if (++calls === 3) python.end();
    });
    expect(() => python.run('while True: tick()')).toThrow(RunEnded);
    python.audit();
  });

  test('values out of bounds are refused with the value', () => {
    expect(() => start({ memory: -1 })).toThrow('memory of -1 bytes is not a number above 0');
    expect(() => start({ limits: { steps: NaN } })).toThrow('limit of steps is NaN');
    expect(() => start({ files: { 'a.txt': '' } })).toThrow('the file a.txt has no absolute path');
    const python = restarted();
    expect(() => python.run('', { time: -5 })).toThrow('limit of time is -5');
  });
});
