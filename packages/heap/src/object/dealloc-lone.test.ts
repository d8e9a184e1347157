import { describe, expect, it } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import type { Owned, Ref } from '../memory/ref.ts';
import { decref } from './refcount.ts';

/** A heap with a class of two slots and one of two attributes. */
function world(): { py: MiniPython; pair: Owned; record: Owned } {
  const py = new MiniPython();
  return {
    py,
    pair: py.class({ name: 'Pair', slots: 2 }),
    record: py.class({ name: 'Record', attributes: ['a', 'b'] }),
  };
}

/** The count of a shared object that the finalizer of another sees, when both are named by an instance that dies. */
function countSeen(kind: 'slots' | 'attributes', dying: 0 | 1): number {
  const { py, pair, record } = world();
  const shared = py.new(pair);
  let seen = 0;
  const mortal = py.class({ name: 'Mortal', slots: 1, finalize: () => (seen = py.refCount(shared)) });
  const child = py.new(mortal);
  const o = py.new(kind === 'slots' ? pair : record);
  const word = (i: number): number => (kind === 'slots' ? py.slot(o, i) : py.attribute(o, i));
  py.store(word(dying), child);
  py.store(word(1 - dying), shared);
  decref(py, child);
  decref(py, o);
  py.audit({ roots: (visit) => [pair, record, shared, mortal].forEach(visit) });
  return seen;
}

describe('an instance whose references all have other owners', () => {
  it('releases them, its type and its block', () => {
    const { py, pair, record } = world();
    const shared = py.new(pair);
    const before = py.usedBytes();
    const o = py.new(pair);
    py.store(py.slot(o, 0), shared);
    const r = py.new(record);
    py.store(py.attribute(r, 1), shared);
    decref(py, o);
    decref(py, r);
    expect(py.usedBytes()).toBe(before);
    py.audit({ roots: (visit) => [pair, record, shared].forEach(visit) });
  });

  it('goes the general way from the first reference on that is the last to its object', () => {
    for (const kind of ['slots', 'attributes'] as const) {
      expect(countSeen(kind, 0)).toBe(2);
      expect(countSeen(kind, 1)).toBe(1);
    }
  });

  it('takes its class along when nothing else names that', () => {
    const { py, pair, record } = world();
    const before = py.usedBytes();
    const type = py.class({ name: 'Own', slots: 1 });
    const o = py.new(type);
    py.store(py.slot(o, 0), type);
    decref(py, type);
    decref(py, o);
    expect(py.usedBytes()).toBe(before);
    py.audit({ roots: (visit) => [pair, record].forEach(visit) });
  });

  it('has the callbacks of weak references to it called', () => {
    const { py, pair, record } = world();
    const called: Ref[] = [];
    py.callWeakrefCallback = (wr) => called.push(wr);
    const o = py.new(pair);
    const fn = py.newFunction();
    const wr = py.newRef(o, fn);
    decref(py, o);
    expect(called).toEqual([wr]);
    decref(py, wr);
    decref(py, fn);
    py.audit({ roots: (visit) => [pair, record].forEach(visit) });
  });
});
