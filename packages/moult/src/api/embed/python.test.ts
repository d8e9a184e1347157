import { HeapLeak } from '@moult/heap';
import { describe, expect, test } from 'vitest';
import { useLibrary } from '../../testing/library.ts';
import { PythonError } from './errors.ts';
import type { PythonOptions } from './options.ts';
import { createPython, type Python } from './python.ts';

const RESERVE = 1 << 29;
const start = (options: PythonOptions = {}): Python => createPython({ reserveBytes: RESERVE, ...options });

describe('running', () => {
  test('a run gives output, exit code and steps', () => {
    using python = start({ argv: ['prog', 'x'] });
    const source =
      'import sys\nprint("out", sys.argv[1])\nprint("err", file=sys.stderr)\nfor i in range(10): pass\nsys.exit(3)';
    const result = python.run(source);
    expect(result).toMatchObject({ exitCode: 3, stdout: 'out x\n', stderr: 'err\n' });
    expect(python.run(source).steps).toBe(result.steps);
    python.audit();
  });

  test('an uncaught exception is shown, and the next run goes on with the same globals', () => {
    using python = start();
    const result = python.run('a = 1\n1/0', { filename: 'prog.py' });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toMatch(/File "prog.py", line 2, in <module>\nZeroDivisionError: division by zero/);
    expect(python.run('print(a)').stdout).toBe('1\n');
  });

  test('output goes to whoever listens, characters whole', () => {
    const heard: string[] = [];
    using python = start({ stdout: (text) => void heard.push(text) });
    expect(python.run('print("é€𝄞")').stdout).toBe('');
    expect(heard.join('')).toBe('é€𝄞\n');
  });

  test('the program reads its input and its files, and imports from them', () => {
    using python = start({
      stdin: 'first\nsecond\n',
      files: { '/app/data.txt': 'text', '/app/helper.py': 'def double(n): return 2 * n' },
      path: ['/app'],
    });
    useLibrary(python.runtime);
    const source =
      'import helper\nprint(input(), input(), open("/app/data.txt").read(), helper.double(4), helper.__file__)';
    expect(python.run(source)).toMatchObject({ stdout: 'first second text 8 /app/helper.py\n', stderr: '' });
  });

  test('closing runs exit callbacks and finalizers', () => {
    const python = start();
    python.run('class A:\n  def __del__(self): print("gone")\na = A()');
    expect(python.close().stdout).toBe('gone\n');
    expect(() => python.run('1')).toThrow('this interpreter was closed');
    expect(python.close().stdout).toBe('');
  });
});

describe('objects', () => {
  test('values cross both ways', () => {
    using python = start();
    const value = {
      none: null,
      yes: true,
      int: 2 ** 40,
      float: 0.5,
      list: [1, 'a', [2n ** 70n]],
      bytes: new Uint8Array([1, 255]),
    };
    python.set('value', value);
    python.set('some', new Set([1, 2]));
    python.set('zero', -0);
    expect(python.run('print(value, some, zero)').stdout).toBe(
      "{'none': None, 'yes': True, 'int': 1099511627776, 'float': 0.5, 'list': [1, 'a', [1180591620717411303424]], 'bytes': b'\\x01\\xff'} {1, 2} -0.0\n",
    );
    using back = python.get('value')!;
    expect(Object.fromEntries(back.toJs() as Map<string, unknown>)).toEqual(value);
    using tuple = python.evaluate('(1, {2: {3}}, None)');
    expect(tuple.toJs()).toEqual([1, new Map([[2, new Set([3])]]), null]);
    python.audit();
  });

  test('what has no counterpart is an error, or an object', () => {
    using python = start();
    expect(() => python.set('x', new Date())).toThrow('a Date has no counterpart in Python');
    using type = python.evaluate('[int]');
    const [inner] = type.toJs() as [{ repr(): string; release(): void }];
    expect(inner.repr()).toBe("<class 'int'>");
    inner.release();
    using loop = python.evaluate('(lambda a: a.append(a) or a)([])');
    expect(() => loop.toJs()).toThrow('a list that holds itself');
    using half = python.evaluate('(lambda a: a.append(a) or a)([int])');
    expect(() => half.toJs()).toThrow('a list that holds itself');
    python.audit();
  });

  test('objects are used like in Python', () => {
    using python = start();
    python.run('class P:\n  def __init__(self, x): self.x = x\n  def add(self, *n): return self.x + sum(n)');
    using type = python.get('P')!;
    using p = type.call(5);
    p.set('x', 7);
    using sum = p.invoke('add', 1, 2);
    expect([sum.toJs(), p.typeName, p.refCount]).toEqual([10, 'P', 1]);
    using dict = python.evaluate('{}');
    dict.setItem('k', p);
    using item = dict.item('k');
    expect([item.ref === p.ref, dict.length, p.refCount]).toEqual([true, 1, 3]);
    expect(python.get('nothing')).toBeNull();
    python.audit();
  });

  test('exceptions come out as errors that hold nothing', () => {
    using python = start();
    const fail = (): unknown => python.evaluate('[][1]');
    expect(fail).toThrow(PythonError);
    expect(fail).toThrow('IndexError: list index out of range');
    try {
      fail();
    } catch (error) {
      expect((error as PythonError).traceback).toMatch(/^Traceback[^]*IndexError: list index out of range\n$/);
    }
    expect(() => python.evaluate('1 +')).toThrow('SyntaxError: invalid syntax');
    expect(() => python.import('nowhere')).toThrow("ModuleNotFoundError: No module named 'nowhere'");
    python.audit();
  });

  test('an exception whose text fails is known by its type', () => {
    using python = start();
    python.run('class E(Exception):\n  def __str__(self): raise ValueError\ndef f(): raise E');
    using f = python.get('f')!;
    expect(() => f.call()).toThrow(/^E$/);
    python.audit();
  });

  test('objects that are not released are reported at the end', () => {
    const python = start();
    const object = python.evaluate('[]');
    expect(() => python.close()).toThrow(HeapLeak);
    expect(object.released).toBe(false);
  });

  test('an object keeps its referent alive until it is released', () => {
    using python = start();
    python.run('class A:\n  def __del__(self): print("gone")');
    const object = python.evaluate('A()');
    python.collect();
    expect(python.takeOutput().stdout).toBe('');
    object.release();
    object.release();
    expect(python.takeOutput().stdout).toBe('gone\n');
    expect(() => object.ref).toThrow('this handle was released');
  });
});

describe('host functions', () => {
  test('the program calls functions of the host', () => {
    using python = start();
    python.set('join', function join(separator: string, items: string[]) {
      return items.join(separator);
    });
    expect(python.run('print(join("-", ["a", "b"]), join)').stdout).toBe('a-b <host function join>\n');
    expect(python.run('join(separator=1)').stderr).toMatch('TypeError: join() takes no keyword arguments');
    python.audit();
  });

  test('what they throw is a RuntimeError, and they may call back', () => {
    using python = start();
    python.set('fail', () => {
      throw new Error('no');
    });
    python.set('again', (source: string) => {
      using result = python.evaluate(source);
      return result.toJs();
    });
    const source =
      'try: fail()\nexcept RuntimeError as e: print(e)\nprint(again("1 + 1"))\ntry: again("1/0")\nexcept RuntimeError as e: print(e)';
    expect(python.run(source).stdout).toBe('no\n2\nZeroDivisionError: division by zero\n');
    python.audit();
  });
});

test('a hash seed gives the hashes of CPython with that seed', () => {
  using python = start({ hashSeed: 42 });
  expect(python.run('print(hash("a"))').stdout).toBe('-123207753977932514\n');
  expect(() => start({ hashSeed: -1 })).toThrow('not -1');
});
