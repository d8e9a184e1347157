import { describe, expect, test } from 'vitest';
import { createPython } from '../api/embed/python.ts';
import { hasRoom, SMALLEST } from './host-stack.ts';

/** Recursion through natives: each line is an expression that goes on until there is an error. */
const KINDS = `
import _functools, itertools, marshal
def nest(make, x, n=3000):
    for _ in range(n): x = make(x)
    return x
class Odd:
    def __repr__(self): return repr(Odd())
    def __eq__(self, other): return Odd() == Odd()
    def __lt__(self, other): return Odd() < Odd()
    def __hash__(self): return hash(Odd())
    def __getattr__(self, name): return getattr(Odd(), name)
    def __iter__(self): return iter(Odd())
    def __bool__(self): return bool(Odd())
    def __call__(self, n=0): return sorted([n], key=Odd())
    def __init_subclass__(cls): type('A', (Odd,), {})
class Cascade:
    def __init__(self, inner): self.inner = inner
    def __del__(self): pass
    def ask(self): pass
def biggest(n): return max([n], key=lambda x: biggest(x + 1))
def ordered(n): return sorted([n], key=lambda x: ordered(x + 1))
def reduced(n): return _functools.reduce(lambda a, b: reduced(n), [1, 2])
def generated():
    yield from generated()
def evaluated(): return eval('evaluated()')
def body():
    class A: body()
kinds = [
    lambda: biggest(0), lambda: ordered(0), lambda: reduced(0), lambda: list(generated()), evaluated, body,
    lambda: repr(Odd()), lambda: Odd() == 1, lambda: Odd() < 1, lambda: hash(Odd()), lambda: Odd().name, lambda: list(Odd()),
    lambda: bool(Odd()), lambda: Odd()(), lambda: type('A', (Odd,), {}),
    lambda: repr(nest(lambda x: [x], 0)), lambda: nest(lambda x: [x], 0) == nest(lambda x: [x], 0), lambda: hash(nest(lambda x: (x,), 0)),
    lambda: next(nest(lambda x: map(abs, x), iter([1]))), lambda: next(nest(itertools.chain, iter([1]))),
    lambda: next(nest(lambda x: (y for y in x), iter([1]))), lambda: nest(staticmethod, abs)(1), lambda: nest(property, 1).__isabstractmethod__,
    lambda: nest(type(int.__dict__), {})[1], lambda: nest(lambda x: type(Cascade(0).ask)(x, 1), print)(),
    lambda: marshal.loads(b')\\x01' * 1900 + b'N'), lambda: isinstance(1, nest(lambda x: (x,), str)),
    lambda: compile('-' * 5000 + '1', 'f', 'eval'), lambda: nest(Cascade, 0) and None,
]
for kind in kinds:
    try: kind()
    except (RecursionError, MemoryError, LookupError, SyntaxError, TypeError, ValueError): pass
print('done')
`;

/** Calls `action` with at most that many bytes left on the host's stack. */
function squeezed<R>(nbytes: number, action: () => R): R {
  return hasRoom(nbytes) ? squeezed(nbytes, action) : action();
}

/** Runs `source` with so much left, and checks that only looking for room found the end. */
function runWith(nbytes: number, source: string): string {
  const python = createPython();
  const { stdout } = squeezed(nbytes, () => python.run(source));
  expect(python.runtime.stackOverflows, `${nbytes} bytes`).toBe(0);
  python.audit();
  python.close();
  return stdout;
}

describe('the host stack', () => {
  test('recursion through natives ends before it does', () => {
    const python = createPython();
    expect(python.run(KINDS).stdout).toBe('done\n');
    expect(python.runtime.stackOverflows).toBe(0);
    python.audit();
    expect(python.run('print(sorted([2, 1], key=lambda x: max([x], key=abs)))').stdout).toBe('[1, 2]\n');
    python.close();
  });

  test('what is left is enough wherever the host calls from', () => {
    const program = `
import sys
class A:
    def __init__(self): self.items = sorted([3, 1, 2], key=lambda x: repr([x, A2()]))
    def __del__(self): A2()
class A2:
    def __repr__(self): return 'a'
def values():
    yield from map(str, A().items)
print(list(values()), {n: [n] for n in 'ab'})
`;
    for (let more = 1; more < 60; more += 7) runWith(SMALLEST + (more << 10), program);
    expect(runWith(SMALLEST + (200 << 10), program)).toBe("['1', '2', '3'] {'a': ['a'], 'b': ['b']}\n");
  });

  test('a call from the host with too little left is refused before it begins', () => {
    const python = createPython();
    expect(() => squeezed(SMALLEST - (8 << 10), () => python.run('1'))).toThrow(RangeError);
    expect(python.run('print(1)').stdout).toBe('1\n');
    python.audit();
    python.close();
  });

  test('a host that calls back in has its own part of it', () => {
    const python = createPython();
    python.set('again', () => python.run('again()').exitCode);
    expect(python.run('print(again())').stdout).toBe('0\n');
    expect(python.runtime.stackOverflows).toBe(0);
    python.audit();
    python.close();
  });

  test('more arguments than there is room for are a MemoryError', () => {
    const python = createPython();
    const source = `
def f(*args, **keywords): return len(args)
for call in (lambda: f(*range(1000000), x=1), lambda: f(*range(1000), x=1)):
    try: print(call())
    except MemoryError: print('MemoryError')
`;
    expect(python.run(source).stdout).toBe('MemoryError\n1000\n');
    python.audit();
    python.close();
  });
});
