import { describe, expect, it } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import { GcRoot } from '../layout/gc.ts';
import { HeapRoot } from '../layout/heap-root.ts';
import { TypeFlag, TypeWord } from '../layout/type.ts';
import type { Owned, Ref } from '../memory/ref.ts';
import { decref } from './refcount.ts';

const DEPTH = 100_000;
const big = (): MiniPython => new MiniPython({ reserveBytes: 256 << 20, staticWords: 1 << 17 });

/** A heap where objects made by `logged` say their number when they die. */
function logging(): { py: MiniPython; logged: (n: number) => Owned; log: number[] } {
  const py = new MiniPython();
  const log: number[] = [];
  const numbers = new Map<Ref, number>();
  const type = py.class({ name: 'Logged', slots: 1, finalize: (o) => log.push(numbers.get(o)!) });
  const logged = (n: number): Owned => {
    const o = py.new(type);
    numbers.set(o, n);
    return o;
  };
  return { py, logged, log };
}

function made<T extends Owned>(py: MiniPython, items: Owned[], make: (items: Ref[]) => T): T {
  const container = make(items);
  for (const item of items) decref(py, item);
  return container;
}

describe('destructors', () => {
  it('release the items of lists and tuples from the last to the first', () => {
    const { py, logged, log } = logging();
    decref(
      py,
      made(py, [1, 2, 3].map(logged), (items) => py.newList(items)),
    );
    decref(
      py,
      made(py, [4, 5, 6].map(logged), (items) => py.newTuple(items)),
    );
    expect(log).toEqual([3, 2, 1, 6, 5, 4]);
  });

  it('release the values of dicts in order', () => {
    const { py, logged, log } = logging();
    decref(
      py,
      made(py, [1, 2, 3].map(logged), (items) => py.newDict(items)),
    );
    expect(log).toEqual([1, 2, 3]);
  });

  const nested: [string, (py: MiniPython, inner: Ref, type: Ref) => Owned][] = [
    ['lists', (py, inner) => py.newList([inner])],
    ['tuples', (py, inner) => py.newTuple([inner])],
    ['dicts', (py, inner) => py.newDict([inner])],
    ['instances', (py, inner, type) => stored(py, py.new(type), inner)],
    ['cells, outside the trashcan', (py, inner) => cell(py, inner)],
  ];

  it.each(nested)('free a deep nesting of %s without deep recursion', (_, wrap) => {
    const py = big();
    const type = py.class({ name: 'Node', slots: 1 });
    const before = py.usedBytes();
    let o = py.alloc(py.str);
    for (let i = 0; i < DEPTH; i++) {
      const outer = wrap(py, o, type);
      decref(py, o);
      o = outer;
    }
    decref(py, o);
    py.clearFreeLists();
    expect(py.usedBytes()).toBe(before);
    expect([py.words[GcRoot.TrashNesting], py.words[HeapRoot.DestroyDepth]]).toEqual([0, 0]);
  });

  it('free a deep nesting of objects without a collector head', () => {
    const py = big();
    py.words[py.cell + TypeWord.Flags]! &= ~TypeFlag.HaveGc;
    const before = py.usedBytes();
    let o = py.alloc(py.str);
    for (let i = 0; i < DEPTH; i++) {
      const outer = py.alloc(py.cell);
      py.words[outer + 2] = o;
      o = outer;
    }
    decref(py, o);
    expect(py.usedBytes()).toBe(before);
  });

  it('release a heap type with its last instance', () => {
    const py = new MiniPython();
    const before = py.usedBytes();
    const type = py.class({ name: 'Short', attributes: ['a'] });
    const o = py.new(type);
    decref(py, type);
    expect(py.refCount(type)).toBe(1);
    decref(py, o);
    py.clearFreeLists();
    expect(py.usedBytes()).toBe(before);
  });

  it('leave an object alone that its finalizer brought back, and do not finalize it again', () => {
    const py = new MiniPython();
    let finalized = 0;
    const type = py.class({
      name: 'Rises',
      slots: 1,
      finalize: (o) => {
        finalized++;
        py.words[o]!++;
        py.setTake(0, o as Owned);
      },
    });
    const o = py.new(type);
    decref(py, o);
    expect([py.get(0), py.refCount(o)]).toEqual([o, 1]);
    py.audit({ leaks: false, roots: (visit) => visit(type) });
    py.setTake(0, 0);
    expect(finalized).toBe(1);
  });
});

function stored(py: MiniPython, o: Owned, inner: Ref): Owned {
  py.store(py.slot(o, 0), inner);
  return o;
}

function cell(py: MiniPython, inner: Ref): Owned {
  const o = py.alloc(py.cell);
  py.setField(o, 2, inner);
  return o;
}
