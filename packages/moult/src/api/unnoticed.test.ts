import { expect, test } from 'vitest';
import { createRuntime, startImage } from './create.ts';
import { runSource } from './run.ts';
import { endsUnnoticed } from './unnoticed.ts';

const image = startImage();

function isUnnoticed(source: string): boolean {
  const rt = createRuntime({ image });
  expect(runSource(rt, source, 'a.py')).toBe(0);
  return endsUnnoticed(rt);
}

test.each([
  ['data and functions', 'class A:\n  def f(self): return [self]\na = A(); a.b = a.f(); print(len(a.b))'],
  ['an iterator over a list', 'it = iter([1])'],
  ['a weak reference without callback', 'import _weakref\nclass A: pass\na = A(); r = _weakref.ref(a)'],
  ['a class with __del__ that has no instances', 'class A:\n  def __del__(self): print("x")'],
  ['a generator that has ended', 'def g():\n  yield 1\nprint(list(g()))'],
])('nobody notices the end of %s', (_, source) => {
  expect(isUnnoticed(source)).toBe(true);
});

test.each([
  ['an object with __del__', 'class A:\n  def __del__(self): print("x")\na = A()'],
  [
    'a class with __del__ and untracked instances',
    'class A:\n  __slots__ = ()\n  def __del__(self): print("x")\na = A()',
  ],
  ['a suspended generator', 'def g():\n  try:\n    yield 1\n  finally: print("x")\ni = g(); next(i)'],
  ['a callback', 'import _weakref\nclass A: pass\na = A(); r = _weakref.ref(a, print)'],
  ['a coroutine that was never awaited', 'async def c(): pass\na = c()'],
  ['a callback of the collector', 'import gc\ngc.callbacks.append(print)'],
  ['debugging output', 'import gc\ngc.set_debug(gc.DEBUG_STATS)'],
])('the end of %s is noticed', (_, source) => {
  expect(isUnnoticed(source)).toBe(false);
});
