import { describe, expect, it } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import { HeapRoot } from '../layout/heap-root.ts';
import { Destructor } from '../layout/heap-root.ts';
import { LayoutKind, TypeFlag, TypeWord } from '../layout/type.ts';
import type { Ref } from '../memory/ref.ts';
import { decref } from './refcount.ts';
import { newWeakref, weakrefCount, weakrefObject, weakrefsOf } from './weakref.ts';

/** A proxy type like the weak reference's. */
function proxyType(py: MiniPython): Ref {
  const type = py.defineType({ name: 'weakproxy', fields: ['number', 'ref', 'number', 'number', 'number', 'number'] });
  py.words[type + TypeWord.Dealloc] = Destructor.Weakref;
  py.words[HeapRoot.ProxyType] = type;
  return type;
}

describe('weak references', () => {
  it('without callback are shared, the reference before the proxy', () => {
    const py = new MiniPython();
    const proxy = proxyType(py);
    const o = py.new(py.class({ name: 'C', attributes: [] }));
    const callback = py.newFunction();
    const first = py.newRef(o, callback);
    const p = newWeakref(py, proxy, o, 0);
    const r = py.newRef(o, 0);
    const second = py.newRef(o, callback);
    expect(py.newRef(o, 0)).toBe(r);
    expect(newWeakref(py, proxy, o, 0)).toBe(p);
    expect(weakrefsOf(py, o)).toEqual([r, p, second, first]);
    expect(weakrefCount(py, o)).toBe(4);
  });

  it('of a subclass are never shared and come after the basic ones', () => {
    const py = new MiniPython();
    const keyed = py.class({ name: 'KeyedRef', base: py.ref, slots: 1, weakrefs: false });
    const o = py.new(py.class({ name: 'C', attributes: [] }));
    const a = newWeakref(py, keyed, o, 0);
    const r = py.newRef(o, 0);
    const b = newWeakref(py, keyed, o, 0);
    expect(weakrefsOf(py, o)).toEqual([r, b, a]);
    expect(py.words[keyed + TypeWord.Traverse]).toBe(LayoutKind.Instance);
    expect(py.words[keyed + TypeWord.Flags]! & TypeFlag.HeapType).not.toBe(0);
    decref(py, a);
    expect(weakrefsOf(py, o)).toEqual([r, b]);
  });

  it('are all dead when the first callback runs, newest first', () => {
    const py = new MiniPython();
    const o = py.new(py.class({ name: 'C', attributes: [] }));
    const callback = py.newFunction();
    const references = [0, 0, 0].map(() => py.newRef(o, callback));
    const calls: Ref[] = [];
    py.callWeakrefCallback = (wr) => {
      calls.push(wr);
      expect(references.map((each) => weakrefObject(py, each))).toEqual([0, 0, 0]);
      py.audit({ roots: (visit) => [...references, callback, py.words[o + 1]!].forEach(visit) });
    };
    decref(py, o);
    expect(calls).toEqual([...references].reverse());
    decref(py, callback);
    for (const wr of references) decref(py, wr);
  });

  it('that die first do not call back', () => {
    const py = new MiniPython();
    const o = py.new(py.class({ name: 'C', attributes: [] }));
    const callback = py.newFunction();
    py.callWeakrefCallback = () => expect.fail('called');
    decref(py, py.newRef(o, callback));
    decref(py, o);
    expect(py.refCount(callback)).toBe(1);
  });
});
