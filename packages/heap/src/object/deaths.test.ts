/** Ways to die that few objects take. */
import { describe, expect, it } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import { collect } from '../collector/generations.ts';
import { Heap } from '../heap.ts';
import { DictWord } from '../layout/containers.ts';
import { FreeListMax } from '../layout/freelists.ts';
import { Destructor, HeapRoot } from '../layout/heap-root.ts';
import { HeadWord, ObjectWord } from '../layout/object.ts';
import { LayoutKind, TypeFlag, TypeWord } from '../layout/type.ts';
import { WeakrefWord } from '../layout/weakref.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Owned, Ref } from '../memory/ref.ts';
import { gcNew, genericAlloc } from './allocate.ts';
import { clearObject } from './clear.ts';
import { callFinalizer, callFinalizerFromDealloc } from './finalizer.ts';
import { newDict, newTuple } from './freelist.ts';
import { clearAttributes } from './instance.ts';
import { xdecref, decref, newRef } from './refcount.ts';
import { track } from './track.ts';
import { traverse } from './traverse.ts';
import { clearWeakrefs, newWeakref, weakrefObject, weakrefsOf } from './weakref.ts';

const start = (): Heap => new Heap({ reserveBytes: 64 << 20, staticWords: 1 << 17 });

describe('plain objects', () => {
  it('with weak references clear them', () => {
    const py = new MiniPython();
    const type = py.defineType({ name: 'node', weakrefs: true });
    py.words[type + TypeWord.Dealloc] = Destructor.Plain;
    const o = genericAlloc(py, type);
    const wr = py.newRef(o, 0);
    decref(py, o);
    expect(weakrefObject(py, wr)).toBe(0);
  });

  it('of a class are released with it', () => {
    const h = start();
    const meta = h.defineType({ name: 'meta', fields: ['ref'] });
    const type = h.defineType({ name: 'plain' });
    h.words[type] = 1;
    h.words[type + ObjectWord.Type] = meta;
    h.words[type + TypeWord.Flags]! |= TypeFlag.HeapType;
    h.words[type + TypeWord.Dealloc] = Destructor.Plain;
    const o = h.alloc(type);
    expect(h.refCount(type)).toBe(2);
    h.decref(o);
    expect(h.refCount(type)).toBe(1);
  });

  it('that hold items in themselves may be unknown to the collector', () => {
    const h = start();
    const type = h.defineType({ name: 'numbers', items: 'inline', collected: false });
    h.words[type + TypeWord.Traverse] = LayoutKind.None;
    h.words[type + TypeWord.Dealloc] = Destructor.Plain;
    const o = h.alloc(type, 5);
    expect(h.words[o + ObjectWord.Size]).toBe(5);
    expect(h.usedBytes()).toBe(8 * 8);
    h.decref(o);
    expect(h.usedBytes()).toBe(0);
  });
});

describe('instances', () => {
  it('of a class of classes of plain objects die by the general destructor', () => {
    const py = new MiniPython();
    for (const dealloc of [Destructor.Plain, Destructor.Float]) {
      const base = py.defineType({ name: 'base' });
      py.words[base + TypeWord.Dealloc] = dealloc;
      py.words[base + TypeWord.WeakListOffset] = 0;
      const type = py.class({ name: 'C', base, slots: 1, weakrefs: false, finalize: () => undefined });
      const o = py.new(type);
      decref(py, o);
      expect(py.refCount(type)).toBe(1);
    }
  });

  it('whose `Del` makes a weak reference leave it dead and uncalled', () => {
    const py = new MiniPython();
    const callback = py.newFunction();
    let wr: Ref = 0;
    py.callWeakrefCallback = () => expect.fail('called');
    const type = py.class({ name: 'C', attributes: [] });
    py.words[type + TypeWord.Del] = py.addFunction((_: Heap, o: Ref) => {
      wr = newWeakref(py, py.ref, o, callback);
    });
    decref(py, py.new(type));
    expect([wr > 0, weakrefObject(py, wr)]).toEqual([true, 0]);
  });

  it('of an immortal class leave its count alone', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', attributes: ['a'] });
    py.words[type] = -1;
    const o = py.new(type);
    decref(py, o);
    expect(py.words[type]).toBe(-1);
    const cycle = py.new(type);
    py.store(py.attribute(cycle, 0), cycle);
    decref(py, cycle);
    expect(collect(py)).toBe(1);
    expect(py.words[type]).toBe(-1);
  });

  it('without attributes and weak references have no words before them', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', slots: 1, weakrefs: false });
    const used = py.usedBytes();
    decref(py, py.new(type));
    const cycle = py.new(type);
    py.store(py.slot(cycle, 0), cycle);
    decref(py, cycle);
    expect(collect(py)).toBe(1);
    expect(py.usedBytes()).toBe(used);
  });

  it('that have no dict have no attributes to clear', () => {
    const py = new MiniPython();
    const o = py.new(py.class({ name: 'C', slots: 1 }));
    clearAttributes(py, o);
    expect(py.words[py.slot(o, 0)]).toBe(py.none);
  });

  it('whose attributes are replaced while they are cleared keep the new ones', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', attributes: ['a'] });
    const o = py.new(type);
    const dict = newDict(py, py.dict);
    py.words[dict + DictWord.Keys] = py.words[HeapRoot.EmptyKeys]!;
    const replacing = py.class({
      name: 'R',
      attributes: [],
      finalize: () => (py.words[o + HeadWord.DictOrValues] = dict),
    });
    py.words[py.attribute(o, 0)] = py.new(replacing);
    clearAttributes(py, o);
    expect(py.words[o + HeadWord.DictOrValues]).toBe(dict);
  });

  it('without shared keys have no attributes', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', attributes: [] });
    const H = py.words;
    const o = py.new(type);
    const keys = H[type + TypeWord.HtCachedKeys]!;
    H[type + TypeWord.HtCachedKeys] = 0;
    const found: Ref[] = [];
    traverse(py, o, (ref) => found.push(ref));
    expect(found).toEqual([type]);
    H[type + TypeWord.HtCachedKeys] = keys;
  });
});

describe('containers of a class', () => {
  const CASES: readonly [name: string, make: (py: MiniPython, type: Ref) => Owned, base: (py: MiniPython) => Ref][] = [
    ['dict', (py, type) => newDict(py, type), (py) => py.dict],
    ['tuple', (py, type) => newTuple(py, type, 2), (py) => py.tuple],
  ];

  it.each(CASES)('%s: are no members of a free list, and release it', (_name, make, base) => {
    const py = new MiniPython();
    const type = py.class({ name: 'Sub', base: base(py), weakrefs: false });
    const o = make(py, type);
    expect(py.refCount(type)).toBe(2);
    decref(py, o);
    expect(py.refCount(type)).toBe(1);
  });

  it('a heap type whose own destructor is a container’s is released too', () => {
    const py = new MiniPython();
    for (const [base, dealloc] of [
      [py.dict, Destructor.Dict],
      [py.list, Destructor.List],
      [py.ref, Destructor.Weakref],
    ] as const) {
      const type = py.class({ name: 'Own', base, weakrefs: false });
      py.words[type + TypeWord.Traverse] = py.words[base + TypeWord.Traverse]!;
      py.words[type + TypeWord.Dealloc] = dealloc;
      const o = gcNew(py, type);
      track(py, o);
      decref(py, o);
      expect(py.refCount(type)).toBe(1);
    }
  });

  it('more dead dicts than the free list takes are given back', () => {
    const py = new MiniPython();
    const dicts = Array.from({ length: FreeListMax.Dicts + 2 }, () => py.newDict([]));
    const used = py.usedBytes();
    for (const o of dicts) decref(py, o);
    expect(py.usedBytes()).toBeLessThan(used);
  });
});

describe('clearing', () => {
  it('does nothing for a type that has none', () => {
    const py = new MiniPython();
    const type = py.defineType({ name: 'sealed', fields: ['ref'] });
    py.words[type + TypeWord.Clear] = -1;
    const o = genericAlloc(py, type);
    py.setField(o, 2, py.none);
    clearObject(py, o);
    expect(py.getField(o, 2)).toBe(py.none);
  });

  it('is the type’s own function, or its layout’s', () => {
    const py = new MiniPython();
    const cleared: Ref[] = [];
    const own = py.defineType({ name: 'own', fields: ['ref'] });
    py.words[own + TypeWord.Clear] = py.addFunction((_: Heap, o: Ref) => {
      cleared.push(o);
    });
    const custom = py.defineType({ name: 'custom', fields: ['ref'] });
    py.words[custom + TypeWord.Traverse] = py.addLayout({
      name: 'custom',
      traverse: () => undefined,
      clear: (_, o) => cleared.push(o),
    });
    const bare = py.defineType({ name: 'bare', fields: ['ref'] });
    py.words[bare + TypeWord.Traverse] = py.addLayout({ name: 'bare', traverse: () => undefined });
    const objects = [own, custom, bare].map((type) => genericAlloc(py, type));
    for (const o of objects) clearObject(py, o);
    expect(cleared).toEqual(objects.slice(0, 2));
  });

  it('of a dict without keys, of numbers between references, and of a weak reference', () => {
    const py = new MiniPython();
    const dict = newDict(py, py.dict);
    clearObject(py, dict);
    expect(py.words[dict + DictWord.Keys]).toBe(0);
    const mixed = py.defineType({ name: 'mixed', fields: ['number', 'ref', 'number'] });
    const o = genericAlloc(py, mixed);
    py.words[o + 2] = 7;
    py.setField(o, 3, py.none);
    py.words[o + 4] = 9;
    clearObject(py, o);
    expect([py.words[o + 2], py.words[o + 3], py.words[o + 4]]).toEqual([7, 0, 9]);
    decref(py, o);
    const target = py.new(py.class({ name: 'C', attributes: [] }));
    const callback = py.newFunction();
    const wr = py.newRef(target, callback);
    clearObject(py, wr);
    expect([weakrefsOf(py, target), py.words[wr + WeakrefWord.Callback], py.refCount(callback)]).toEqual([[], 0, 1]);
  });
});

describe('weak references', () => {
  it('are none of what cannot be referenced weakly', () => {
    const py = new MiniPython();
    expect(weakrefsOf(py, py.newList([]))).toEqual([]);
  });

  it('lead to immortal objects, and no longer to dying ones', () => {
    const py = new MiniPython();
    const o = py.new(py.class({ name: 'C', attributes: [] }));
    const wr = py.newRef(o, 0);
    py.words[o] = -1;
    expect(weakrefObject(py, wr)).toBe(o);
    py.words[o] = 0;
    expect(weakrefObject(py, wr)).toBe(0);
    py.words[o] = 1;
    expect(() => {
      clearWeakrefs(py, o);
    }).toThrow(HeapCorruption);
  });

  it('that die by their own callback are not kept', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', attributes: ['a'] });
    const o = py.new(type);
    py.store(py.attribute(o, 0), o);
    const callback = py.newFunction();
    const holder = py.newList([]);
    const wr = py.newRef(o, callback);
    py.append(holder, wr);
    decref(py, wr);
    py.callWeakrefCallback = () => {
      clearObject(py, holder);
    };
    decref(py, o);
    // As in CPython, the reference counts too.
    expect(collect(py)).toBe(2);
    expect(py.refCount(callback)).toBe(1);
    py.audit({ roots: (visit) => [type, callback, holder].forEach(visit) });
  });
});

describe('counts', () => {
  it('of nothing are not released', () => {
    const py = new MiniPython();
    const o = py.newList([]);
    xdecref(py, 0);
    xdecref(py, newRef(py, o));
    expect(py.refCount(o)).toBe(1);
  });

  it('that are not 0 are no death', () => {
    const py = new MiniPython();
    const o = py.newList([]);
    callFinalizer(py, o);
    expect(() => callFinalizerFromDealloc(py, o)).toThrow('INV-RC-3: a dying object has count 0');
  });

  it('of an object that its finalizer makes immortal stay so, and a collection sets it aside', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', attributes: [], finalize: (o) => (py.words[o] = -1) });
    const o = py.new(type);
    decref(py, o);
    expect(py.words[o]).toBe(-1);
    collect(py);
    expect(py.words[o]).toBe(-1);
  });
});
