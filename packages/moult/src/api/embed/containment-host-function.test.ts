/** What a program learns of the functions and values that it is given: their name, and what they return. */
import { HeapCorruption } from '@moult/heap';
import { expect, test } from 'vitest';
import type { PythonOptions } from './options.ts';
import { createPython, type Python } from './python.ts';

const start = (options: PythonOptions = {}): Python => createPython({ reserveBytes: 1 << 29, ...options });

/** Runs a program with `f` as a global; the heap is right afterwards. */
function withFunction(f: unknown, source: string): string {
  using python = start();
  python.set('f', f);
  const { stdout, stderr } = python.run(source);
  python.audit();
  return stdout + stderr;
}

test('a function shows its name and nothing of JavaScript', () => {
  const secret = Object.assign(
    function price() {
      return 1;
    },
    { key: 'secret', toString: () => 'secret' },
  );
  const source = `
import gc
print(f, str(f), [name for name in dir(f) if name not in dir(object)], gc.get_referents(f))
for name in 'constructor __proto__ prototype key toString apply call bind caller arguments name length __globals__ __code__ __closure__'.split():
    if hasattr(f, name): print(name)
for change in (lambda: setattr(f, 'key', 1), lambda: setattr(type(f), 'key', 1), lambda: type(f)(), lambda: type('Sub', (type(f),), {}),
               lambda: f.__reduce_ex__(4), lambda: __import__('marshal').dumps(f), lambda: object.__new__(type(f))):
    try:
        print(change())
    except (TypeError, AttributeError, ValueError) as error:
        print(type(error).__name__)
`;
  expect(withFunction(secret, source)).toMatchInlineSnapshot(`
    "<host function price> <host function price> ['__call__'] []
    AttributeError
    TypeError
    TypeError
    TypeError
    TypeError
    ValueError
    TypeError
    "
  `);
});

test('objects of JavaScript do not come in', () => {
  const odd: unknown[] = [
    new Date(0),
    /x/,
    Promise.resolve(1),
    Symbol('s'),
    new WeakMap(),
    new Error('e'),
    new ArrayBuffer(1),
    globalThis,
    new (class Secret {
      key = 1;
    })(),
    Object.create({ constructor: undefined }),
    Object.create({ constructor: { name: 5 } }),
    [[new Date(0)]],
    { deep: [Symbol.iterator] },
    new Map([[{}, 1]]),
    new Set([[]]),
  ];
  let at = 0;
  const source = `
for i in range(${odd.length}):
    try:
        print(f())
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__, error)
`;
  expect(withFunction(() => odd[at++], source)).toMatchInlineSnapshot(`
    "RuntimeError a Date has no counterpart in Python
    RuntimeError a RegExp has no counterpart in Python
    RuntimeError a Promise has no counterpart in Python
    RuntimeError a Symbol has no counterpart in Python
    RuntimeError a WeakMap has no counterpart in Python
    RuntimeError an Error has no counterpart in Python
    RuntimeError an ArrayBuffer has no counterpart in Python
    RuntimeError an Object has no counterpart in Python
    RuntimeError a Secret has no counterpart in Python
    RuntimeError a value of an unnamed class has no counterpart in Python
    RuntimeError a value of an unnamed class has no counterpart in Python
    RuntimeError a Date has no counterpart in Python
    RuntimeError a Symbol has no counterpart in Python
    TypeError unhashable type: 'dict'
    TypeError unhashable type: 'list'
    "
  `);
});

test('a value that holds itself does not come in', () => {
  const list: unknown[] = [];
  list.push([list]);
  const record: Record<string, unknown> = {};
  record['self'] = new Map([[1, record]]);
  const source = 'try: f()\nexcept RuntimeError as error: print(error)';
  expect(withFunction(() => list, source)).toBe('an Array that holds itself has no counterpart in Python\n');
  expect(withFunction(() => record, source)).toBe('an Object that holds itself has no counterpart in Python\n');
  const shared = [1];
  expect(withFunction(() => [shared, shared], 'print(f())')).toBe('[[1], [1]]\n');
});

test('keys that JavaScript gives a meaning are keys', () => {
  const value = JSON.parse('{"__proto__": {"x": 1}, "constructor": null}') as unknown;
  expect(withFunction(() => value, 'print(f())')).toBe("{'__proto__': {'x': 1}, 'constructor': None}\n");
  using python = start();
  using back = python.evaluate('{"__proto__": 1, "constructor": [2]}');
  expect(back.toJs()).toEqual(
    new Map<string, unknown>([
      ['__proto__', 1],
      ['constructor', [2]],
    ]),
  );
});

/** Functions that fail in every way JavaScript knows. */
const FAILURES: (() => unknown)[] = [
  () => {
    throw new Error('told');
  },
  () => {
    // eslint-disable-next-line no-throw-literal -- what a host may do
    throw 'text';
  },
  () => {
    // eslint-disable-next-line no-throw-literal -- what a host may do
    throw null;
  },
  () => {
    throw Symbol('s');
  },
  () => {
    throw Object.create(null);
  },
  () => {
    // eslint-disable-next-line no-throw-literal -- what a host may do
    throw {
      toString: () => {
        throw new Error('again');
      },
    };
  },
  () => {
    throw Object.defineProperty(new Error(''), 'message', {
      get() {
        throw new Error('again');
      },
    });
  },
  () => {
    throw Object.assign(new Error(''), { message: 5 });
  },
  () => (null as unknown as { x: number }).x,
  function forever(): unknown {
    return [forever()];
  },
];

test('what a function throws is a RuntimeError with its message, never with a stack', () => {
  let at = 0;
  const source = `
for i in range(${FAILURES.length}):
    try:
        f()
    except RuntimeError as error:
        print(error.args, vars(error), error.__cause__, error.__context__, error.__traceback__.tb_next)
`;
  const output = withFunction(() => FAILURES[at++]!(), source);
  expect(output).not.toMatch(/\.ts|\.js|node:| at /);
  expect(output).toMatchInlineSnapshot(`
    "('told',) {} None None None
    ('text',) {} None None None
    ('null',) {} None None None
    ('Symbol(s)',) {} None None None
    ('',) {} None None None
    ('',) {} None None None
    ('',) {} None None None
    ('',) {} None None None
    ("Cannot read properties of null (reading 'x')",) {} None None None
    ('Maximum call stack size exceeded',) {} None None None
    "
  `);
});

test('a function without a proper name has one', () => {
  const print = 'print(f)\ntry: f(x=1)\nexcept TypeError as error: print(error)';
  class Named {
    static name = 5;
  }
  expect(withFunction(Named, print)).toBe('<host function anonymous>\nanonymous() takes no keyword arguments\n');
  const trap = Object.defineProperty(() => 1, 'name', {
    get: () => {
      throw new Error('trap');
    },
  });
  expect(withFunction(trap, print)).toBe('<host function anonymous>\nanonymous() takes no keyword arguments\n');
});

test('a broken heap is no exception of the program', () => {
  using python = start();
  python.set('f', () => {
    throw new HeapCorruption('INV-RC-1', 8, 'a count', 'another');
  });
  expect(() => python.run('try: f()\nexcept BaseException: print("caught")')).toThrow(HeapCorruption);
});
