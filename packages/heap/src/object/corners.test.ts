/** What objects look like only for a moment, or by accident. */
import { describe, expect, it } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import { alloc, free } from '../alloc/alloc.ts';
import { validateWeakLists } from '../check/weakrefs.ts';
import { collect } from '../collector/generations.ts';
import type { Heap } from '../heap.ts';
import { DictWord, ListWord, TupleWord } from '../layout/containers.ts';
import { GcRoot } from '../layout/gc.ts';
import { Destroying, Destructor, HeapRoot } from '../layout/heap-root.ts';
import { HeadWord, ObjectWord } from '../layout/object.ts';
import { LayoutKind, TypeFlag, TypeWord } from '../layout/type.ts';
import { WeakrefWord } from '../layout/weakref.ts';
import type { Ref } from '../memory/ref.ts';
import { genericAlloc } from './allocate.ts';
import { clearObject } from './clear.ts';
import { callDestructor } from './dealloc.ts';
import { beginDestroying, destroyingEntries, endDestroying, setDestroying, setRemaining } from './destroying.ts';
import { freeObject } from './free.ts';
import { newDict, newTuple } from './freelist.ts';
import { keysDecref, keysIncref } from './keys.ts';
import { decref, newRef } from './refcount.ts';
import { track } from './track.ts';
import { traverse } from './traverse.ts';
import { newValues, releaseValues } from './values.ts';
import { isWeakref, newWeakref } from './weakref.ts';

function visited(h: Heap, o: Ref): Ref[] {
  const found: Ref[] = [];
  traverse(h, o, (ref) => found.push(ref));
  return found;
}

describe('objects that are still being made', () => {
  it('have empty items, values and keys, which nobody visits', () => {
    const py = new MiniPython();
    const list = py.newList([py.none, py.none]);
    py.words[py.words[list + ListWord.Items]!] = 0;
    expect(visited(py, list)).toEqual([py.none]);
    expect(visited(py, newTuple(py, py.tuple, 2))).toEqual([]);
    expect(visited(py, newDict(py, py.dict))).toEqual([]);
    const dict = py.newDict([py.none, py.none]);
    py.words[py.dictValue(dict, 0)] = 0;
    expect(visited(py, dict)).toEqual([py.none]);
    const type = py.class({ name: 'C', attributes: ['a', 'b'] });
    const o = py.new(type);
    py.words[py.attribute(o, 0)] = 0;
    expect(visited(py, o)).toEqual([py.none, type]);
  });

  it('may have values for keys that they do not have', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', attributes: ['a', 'b'] });
    const keys = py.words[type + TypeWord.HtCachedKeys]!;
    keysIncref(py, keys);
    const dict = newDict(py, py.dict);
    py.words[dict + DictWord.Keys] = keys;
    py.words[dict + DictWord.Values] = newValues(py, 6);
    py.words[py.words[dict + DictWord.Values]! + 1] = py.none;
    expect(visited(py, dict)).toEqual([py.none]);
    decref(py, dict);
  });

  it('have values that are released without keys', () => {
    const py = new MiniPython();
    const inner = py.newList([]);
    const values = newValues(py, 6);
    py.words[values + 5] = newRef(py, inner);
    releaseValues(py, values, 0);
    expect(py.refCount(inner)).toBe(1);
  });

  it('are given back although they are tracked', () => {
    const py = new MiniPython();
    const o = py.newTuple([]);
    freeObject(py, o);
    py.audit();
  });
});

it('clearing leaves tuples alone, and empty items', () => {
  const py = new MiniPython();
  const tuple = py.newTuple([py.none]);
  clearObject(py, tuple);
  expect(visited(py, tuple)).toEqual([py.none]);
  const list = py.newList([py.none, py.none]);
  py.words[py.words[list + ListWord.Items]! + 1] = 0;
  clearObject(py, list);
  expect(py.words[list + ObjectWord.Size]).toBe(0);
});

it('destructors nested deeper than the stack of them has room go without a note', () => {
  const py = new MiniPython();
  py.words[HeapRoot.DestroyDepth] = 1000;
  const before = destroyingEntries(py);
  const depth = beginDestroying(py, py.none, Destroying.Held);
  setDestroying(py.words, depth, py.list);
  setRemaining(py.words, depth, 3);
  expect(destroyingEntries(py)).toEqual(before);
  endDestroying(py, depth);
  expect(py.words[HeapRoot.DestroyDepth]).toBe(1000);
  py.words[HeapRoot.DestroyDepth] = 0;
});

it('empty keys are immortal', () => {
  const py = new MiniPython();
  const keys = py.words[HeapRoot.EmptyKeys]!;
  const count = py.words[keys];
  keysIncref(py, keys);
  keysDecref(py, keys);
  expect(py.words[keys]).toBe(count);
});

it('collections walk over slots that are empty, custom layouts and tuples that survive', () => {
  const py = new MiniPython();
  const type = py.class({ name: 'C', slots: 3 });
  const none = py.class({ name: 'E', slots: 0 });
  const o = py.new(type);
  for (let i = 0; i < 3; i++) py.words[py.slot(o, i)] = 0;
  const empty = py.new(none);
  const tuple = py.newTuple([o, empty]);
  const wrapped = py.defineType({ name: 'custom', fields: ['ref'] });
  py.words[wrapped + TypeWord.Traverse] = py.words[wrapped + TypeWord.BaseLayout] = py.addLayout({
    name: 'custom',
    traverse: (h, self, visit) => visit(h.words[self + 2]!),
  });
  const custom = genericAlloc(py, wrapped);
  py.setField(custom, 2, tuple);
  const strange = py.class({ name: 'Strange', base: wrapped, weakrefs: false });
  const instance = py.new(strange);
  py.setField(instance, 2, tuple);
  expect(collect(py)).toBe(0);
  py.audit({ roots: (visit) => [type, none, o, empty, tuple, custom, strange, instance].forEach(visit) });
  py.setField(instance, 2, 0);
  expect(py.getField(instance, 2)).toBe(0);
});

describe('instances of one class in a cycle', () => {
  /** `n` instances, each of which refers to the next. */
  function ring(py: MiniPython, type: Ref, n: number): Ref[] {
    const ring = Array.from({ length: n }, () => py.new(type));
    ring.forEach((o, i) => {
      py.store(py.slot(o, 0), ring[(i + 1) % n]!);
    });
    for (const o of ring) decref(py, o);
    return ring;
  }

  it('take their class along if they are its last', () => {
    const py = new MiniPython();
    const used = py.usedBytes();
    const type = py.class({ name: 'C', slots: 2 });
    ring(py, type, 3);
    decref(py, type);
    expect(collect(py)).toBe(4);
    expect(py.usedBytes()).toBeLessThanOrEqual(used + 100);
    py.audit();
  });

  it('are kept where the death of another brings a reference back', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', slots: 2 });
    const [first, second] = ring(py, type, 2) as [Ref, Ref];
    let kept: Ref = 0;
    const watch = py.class({ name: 'W', attributes: [], finalize: () => (kept = newRef(py, second)) });
    const watcher = py.new(watch);
    py.store(py.slot(first, 1), watcher);
    decref(py, watcher);
    py.words[GcRoot.Debug] = 0;
    collect(py);
    expect(kept).toBe(second);
    expect(py.refCount(second)).toBeGreaterThan(0);
  });

  it('with weak references to a later one die by the general way', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', slots: 2 });
    const target = py.new(type);
    const outside = py.newRef(target, 0);
    const [first] = ring(py, type, 2) as [Ref];
    py.store(py.slot(first, 1), target);
    decref(py, target);
    expect(collect(py)).toBe(3);
    expect(py.words[outside + WeakrefWord.Object]).toBe(0);
  });
});

describe('weak references', () => {
  it('that die before they are called back release their callbacks', () => {
    const py = new MiniPython();
    const callback = py.newFunction();
    const type = py.class({ name: 'C', attributes: ['a'] });
    const o = py.new(type);
    const refs = [py.newRef(o, callback), py.newRef(o, callback), py.newRef(o, callback)];
    const calls: Ref[] = [];
    py.callWeakrefCallback = (wr) => {
      calls.push(wr);
    };
    // A count of 0 is what a reference has whose own death led here.
    py.words[refs[1]!] = 0;
    decref(py, o);
    expect(calls).toEqual([refs[2], refs[0]]);
    expect(py.refCount(callback)).toBe(1);
    py.words[refs[1]!] = 1;
    for (const wr of refs) decref(py, wr);
  });

  it('that die alone before they are called back are not called', () => {
    const py = new MiniPython();
    const callback = py.newFunction();
    py.callWeakrefCallback = () => expect.fail('called');
    const o = py.new(py.class({ name: 'C', attributes: ['a'] }));
    const wr = py.newRef(o, callback);
    py.words[wr] = 0;
    decref(py, o);
    py.words[wr] = 1;
    expect(py.refCount(callback)).toBe(1);
    decref(py, wr);
  });

  it('of a subclass have no callback either, however many there are', () => {
    const py = new MiniPython();
    const keyed = py.class({ name: 'KeyedRef', base: py.ref, slots: 1, weakrefs: false });
    py.callWeakrefCallback = () => expect.fail('called');
    for (const count of [3, 5]) {
      const o = py.new(py.class({ name: 'C', attributes: ['a'] }));
      const refs = Array.from({ length: count }, () => newWeakref(py, keyed, o, 0));
      py.words[refs[0]!] = 0;
      decref(py, o);
      py.words[refs[0]!] = 1;
      expect(refs.map((wr) => py.words[wr + WeakrefWord.Object])).toEqual(refs.map(() => 0));
    }
  });

  it('of a heap without their type are none', () => {
    const py = new MiniPython();
    py.words[HeapRoot.RefType] = 0;
    const o = py.newList([]);
    expect(isWeakref(py.words, o)).toBe(false);
    py.words[HeapRoot.RefType] = py.ref;
  });

  it('and proxies are weak references', () => {
    const py = new MiniPython();
    const proxy = py.defineType({ name: 'proxy', fields: ['number', 'ref', 'number', 'number', 'number', 'number'] });
    py.words[HeapRoot.ProxyType] = proxy;
    expect(isWeakref(py.words, genericAlloc(py, proxy))).toBe(true);
  });

  it('in two lists are corruption', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', attributes: [] });
    const o = py.new(type);
    const callback = py.newFunction();
    const wr = py.newRef(o, callback);
    py.words[wr + WeakrefWord.Next] = wr;
    py.words[wr + WeakrefWord.Prev] = 0;
    expect(() => {
      validateWeakLists(py, [o]);
    }).toThrow('INV-WR-1');
    py.words[wr + WeakrefWord.Next] = 0;
    expect(() => {
      validateWeakLists(py, [o, o]);
    }).toThrow('expected in one list, found in two');
    py.words[wr + WeakrefWord.Object] = 0;
    expect(() => {
      validateWeakLists(py, [wr]);
    }).not.toThrow();
  });
});

describe('destructors called by others', () => {
  it('plain objects have one', () => {
    const py = new MiniPython();
    const o = genericAlloc(py, py.str);
    const used = py.usedBytes();
    callDestructor(py, o, Destructor.Plain);
    expect(py.usedBytes()).toBeLessThan(used);
  });

  it('as the base of an instance do not call the finalizer again', () => {
    const py = new MiniPython();
    let calls = 0;
    const base = py.defineType({ name: 'base', fields: ['ref'], finalize: () => calls++ });
    py.words[base + TypeWord.WeakListOffset] = 0;
    const type = py.class({ name: 'C', base, weakrefs: false });
    const inner = py.newList([]);
    const o = py.new(type);
    py.setField(o, 2, inner);
    decref(py, o);
    expect([calls, py.refCount(inner), py.refCount(type)]).toEqual([1, 1, 1]);
  });

  it('of bases with weak references leave those to the base', () => {
    const py = new MiniPython();
    const base = py.defineType({ name: 'base', fields: ['ref'], weakrefs: true });
    const type = py.class({ name: 'C', base });
    const o = py.new(type);
    const wr = py.newRef(o, 0);
    decref(py, o);
    expect(py.words[wr + WeakrefWord.Object]).toBe(0);
  });

  it('of the embedder release the type of their object when they give it back', () => {
    const py = new MiniPython();
    const base = py.class({ name: 'Base', weakrefs: false });
    const H = py.words;
    H[base + TypeWord.Traverse] = H[base + TypeWord.BaseLayout] = LayoutKind.None;
    H[base + TypeWord.Flags] = TypeFlag.Default | TypeFlag.HeapType | TypeFlag.HaveGc;
    H[base + TypeWord.Dealloc] = py.addFunction((_: Heap, o: Ref) => {
      freeObject(py, o);
    });
    const type = py.class({ name: 'C', base, weakrefs: false });
    H[type + TypeWord.BaseLayout] = LayoutKind.None;
    decref(py, py.new(type));
    expect(py.refCount(type)).toBe(1);
  });

  it('of plain bases leave a static class alone', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', slots: 1, weakrefs: false, finalize: () => undefined });
    py.words[type + TypeWord.Flags]! &= ~TypeFlag.HeapType;
    const o = py.new(type);
    decref(py, o);
    expect(py.refCount(type)).toBe(1);
  });
});

it('an immortal object that `Del` made stays', () => {
  const py = new MiniPython();
  const type = py.class({ name: 'C', attributes: [] });
  py.words[type + TypeWord.Del] = py.addFunction((_: Heap, o: Ref) => (py.words[o] = -1));
  const o = py.new(type);
  decref(py, o);
  expect(py.words[o]).toBe(-1);
  expect(py.words[o + HeadWord.GcNext]).not.toBe(0);
});

it('words of an object that is not collected are the caller’s', () => {
  const py = new MiniPython();
  const o = py.allocWords(py.str, 6);
  expect(py.usedBytes()).toBeGreaterThanOrEqual(48);
  expect(py.words[o + ObjectWord.Type]).toBe(py.str);
  track(py, py.newDict([]));
});

it.each([3, 300])('a new tuple of %i items is empty, whatever was in its memory', (size) => {
  const py = new MiniPython();
  const block = alloc(py, size + 5);
  py.words.fill(7, block, block + size + 5);
  free(py, block, size + 5);
  const o = newTuple(py, py.tuple, size);
  expect(py.words.subarray(o + TupleWord.Items, o + TupleWord.Items + size).every((word) => word === 0)).toBe(true);
});
