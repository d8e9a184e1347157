/** Collections of few or unusual objects. */
import { describe, expect, it } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import { failAllocation } from '../alloc/fault.ts';
import { unreachedBlocks } from '../check/leaks.ts';
import type { HeapEvents } from '../events.ts';
import { Heap } from '../heap.ts';
import { DebugFlag, GcRoot, GenWord } from '../layout/gc.ts';
import { ObjectWord } from '../layout/object.ts';
import { HeapRoot } from '../layout/heap-root.ts';
import { LayoutKind, TypeFlag, TypeWord } from '../layout/type.ts';
import { WeakrefWord } from '../layout/weakref.ts';
import type { Ref } from '../memory/ref.ts';
import { genericAlloc } from '../object/allocate.ts';
import { newList } from '../object/freelist.ts';
import { decref } from '../object/refcount.ts';
import { isTracked, untrack } from '../object/track.ts';
import {
  collect,
  collectGenerations,
  freeze,
  getObjects,
  getReferents,
  trackedCount,
  unfreeze,
} from './generations.ts';
import { generationHead } from './lists.ts';

/** A cycle of one instance through its only attribute or slot. */
function loop(py: MiniPython, type: Ref): Ref {
  const o = py.new(type);
  py.store(py.words[type + TypeWord.SlotsEnd] === 0 ? py.attribute(o, 0) : py.slot(o, 0), o);
  return o;
}

it('a full collection waits until a quarter as much as there is has come', () => {
  const py = new MiniPython();
  const list = py.newList([]);
  for (let i = 0; i < 100; i++) {
    const o = py.newList([list]);
    py.append(list, o);
    decref(py, o);
  }
  collect(py);
  const full = generationHead(2);
  py.words[full + GenWord.Count] = 100;
  let last = -1;
  py.onCollectionStart = (generation) => (last = generation);
  py.words[generationHead(1) + GenWord.Count] = 100;
  collectGenerations(py);
  expect(last).toBe(1);
  py.words[full + GenWord.Count] = 100;
  py.words[GcRoot.LongLivedPending] = 1000;
  collectGenerations(py);
  expect(last).toBe(2);
  for (let i = 0; i < 3; i++) py.words[generationHead(i) + GenWord.Count] = 0;
  expect(collectGenerations(py)).toBe(0);
});

it('tracked objects are counted in all generations, frozen ones in none', () => {
  const py = new MiniPython();
  const before = trackedCount(py);
  const o = py.newList([]);
  expect(trackedCount(py)).toBe(before + 1);
  expect(trackedCount(py)).toBe(getObjects(py).length);
  collect(py);
  expect(trackedCount(py)).toBe(before + 1);
  freeze(py);
  expect(trackedCount(py)).toBe(0);
  unfreeze(py);
  decref(py, o);
  expect(trackedCount(py)).toBe(before);
});

it('what the collector does not know has no referents', () => {
  const py = new MiniPython();
  getReferents(py, py.none, () => expect.fail('visited'));
});

describe('garbage', () => {
  const uncollectable = (py: MiniPython): Ref => {
    const type = py.class({ name: 'Del', attributes: ['a'] });
    py.words[type + TypeWord.Del] = py.addFunction(() => undefined);
    const o = loop(py, type);
    decref(py, type);
    decref(py, o);
    return o;
  };

  it('is listed, in a list that grows', () => {
    const py = new MiniPython();
    for (let i = 0; i < 20; i++) uncollectable(py);
    // Each with its class, which is not listed.
    expect(collect(py)).toBe(40);
    const first = py.words[GcRoot.Garbage]!;
    expect(py.words[first + ObjectWord.Size]).toBe(20);
    uncollectable(py);
    collect(py);
    expect([py.words[GcRoot.Garbage], py.words[first + ObjectWord.Size]]).toEqual([first, 21]);
    py.audit();
  });

  it('is not listed if there is no memory for that, nor without a list type', () => {
    const py = new MiniPython();
    const o = uncollectable(py);
    failAllocation(py, 1);
    expect(collect(py)).toBe(2);
    expect(py.words[GcRoot.Garbage]).toBe(0);
    expect(isTracked(py, o)).toBe(true);
    const h = new Heap({ reserveBytes: 64 << 20, staticWords: 1 << 17 });
    const type = h.defineType({ name: 'pair', fields: ['ref'] });
    h.words[type + TypeWord.Del] = h.addFunction(() => undefined);
    const pair = h.alloc(type);
    h.setField(pair, 2, pair);
    h.decref(pair);
    expect(collect(h)).toBe(1);
    expect(h.words[GcRoot.Garbage]).toBe(0);
  });

  it('is all that is unreachable with SAVEALL', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', attributes: ['a'] });
    py.words[GcRoot.Debug] = DebugFlag.SaveAll;
    decref(py, loop(py, type));
    expect(collect(py)).toBe(1);
    expect(py.words[py.words[GcRoot.Garbage]! + ObjectWord.Size]).toBe(1);
  });

  it('that is dead before it is cleared is corruption', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', attributes: ['a'] });
    const [a, b] = [loop(py, type), loop(py, type)];
    decref(py, a);
    decref(py, b);
    py.words[GcRoot.Debug] = DebugFlag.Collectable;
    let printed = 0;
    py.debugPrint = () => {
      if (++printed === 2) py.words[b] = 0;
    };
    expect(() => collect(py)).toThrow('INV-GC-5');
  });
});

it.runIf(TRACE)('events tell of callbacks, one by one and of many', () => {
  const py = new MiniPython();
  const told: Ref[] = [];
  const type = py.class({ name: 'C', attributes: ['a'] });
  const callback = py.newFunction();
  const targets = [py.new(type), loop(py, type), py.new(type)];
  const refs = [...targets, targets[2]!].map((o) => py.newRef(o, callback));
  py.events = new Proxy({} as HeapEvents, {
    get: (_, name) => (name === 'weakrefCallback' ? (wr: Ref) => told.push(wr) : () => undefined),
  });
  for (const o of targets) decref(py, o);
  collect(py);
  py.events = null;
  expect(told).toEqual([refs[0], refs[3], refs[2], refs[1]]);
});

describe('layouts of the embedder', () => {
  /** Objects with a custom layout over two words, of which the audit is told in the given way. */
  function custom(how: 'base' | 'alone'): { py: MiniPython; o: Ref; inner: Ref; owned: Ref } {
    const py = new MiniPython();
    const type = py.defineType({ name: 'custom', fields: ['ref', 'ref'] });
    py.words[type + TypeWord.Traverse] = py.words[type + TypeWord.BaseLayout] = py.addLayout({
      name: 'custom',
      traverse: (h, o, visit) => visit(h.words[o + 2]!),
      owned: (h, o, visit) => visit(h.words[o + 3]!),
      ...(how === 'base' ? { base: LayoutKind.Fixed } : {}),
    });
    if (how === 'base') py.words[type + TypeWord.OwnedMask] = 1;
    const o = genericAlloc(py, type);
    const [inner, owned] = [py.newList([o]), py.newList([])];
    py.words[o + 2] = inner;
    py.words[o + 3] = owned;
    return { py, o, inner, owned };
  }

  it.each(['base', 'alone'] as const)('are audited and collected (%s)', (how) => {
    const { py, o, inner } = custom(how);
    py.audit({ roots: (visit) => visit(o) });
    expect(collect(py)).toBe(0);
    decref(py, o);
    expect(py.words[inner]).toBe(1);
    py.audit();
  });
});

describe('the leak check', () => {
  it('is not made while something dies, and knows what it was told of', () => {
    const py = new MiniPython();
    let checked = false;
    const type = py.class({
      name: 'C',
      attributes: [],
      finalize: () => {
        py.audit({ roots: (visit) => visit(type), leaks: true });
        checked = true;
      },
    });
    decref(py, py.new(type));
    expect(checked).toBe(true);
    py.audit({ roots: (visit) => visit(type), leaks: true, known: unreachedBlocks(py) });
  });

  it('counts what the embedder tells', () => {
    const py = new MiniPython();
    const before = unreachedBlocks(py);
    py.blockScanners.push((_, add) => {
      add(8);
    });
    expect(unreachedBlocks(py)).toBe(before - 1);
    const list = newList(py, py.list, 0);
    py.addBlocks = (o, add) => {
      if (o !== list) return false;
      add(48);
      add(8);
      return true;
    };
    py.setTake(0, list);
    expect(unreachedBlocks(py)).toBe(before - 2);
  });
});

describe('quiet clearing', () => {
  it('keeps what others still refer to, until they are cleared', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', slots: 1 });
    const [a, b] = [py.new(type), py.new(type)];
    const list = py.newList([a, b]);
    py.store(py.slot(a, 0), list);
    py.store(py.slot(b, 0), list);
    for (const o of [a, b, list]) decref(py, o);
    expect(collect(py)).toBe(3);
    py.audit({ roots: (visit) => visit(type), leaks: true });
  });

  it('leaves the last user of a class to the general way', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', slots: 1 });
    const o = loop(py, type);
    decref(py, type);
    decref(py, o);
    expect(collect(py)).toBe(2);
    py.audit({ leaks: true });
  });

  it('passes over empty slots, classes without keys, and objects in no list', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', slots: 3 });
    const [o, inner] = [loop(py, type), py.new(type)];
    for (const slot of [py.slot(inner, 0), py.slot(inner, 1), py.slot(inner, 2), py.slot(o, 2)]) py.words[slot] = 0;
    untrack(py, inner);
    py.words[py.slot(o, 1)] = inner;
    decref(py, o);
    const bare = py.class({ name: 'B', slots: 1 });
    py.words[bare + TypeWord.Flags]! |= TypeFlag.ManagedDict;
    const other = genericAlloc(py, bare);
    py.store(py.slot(other, 0), other);
    decref(py, other);
    expect(collect(py)).toBe(2);
    py.audit({ roots: (visit) => [type, bare].forEach(visit), leaks: true });
  });

  it('stops at an object to which a finalizer made a weak reference', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'C', slots: 2 });
    const [o, inner] = [loop(py, type), py.new(type)];
    py.words[py.slot(o, 1)] = inner;
    let wr: Ref = 0;
    const late = py.class({ name: 'F', attributes: ['a'], finalize: () => (wr = py.newRef(inner, 0)) });
    const finalized = loop(py, late);
    decref(py, finalized);
    decref(py, o);
    expect(collect(py)).toBe(3);
    expect(py.words[wr + WeakrefWord.Object]).toBe(0);
    py.audit({ roots: (visit) => [type, late, wr].forEach(visit), leaks: true });
  });
});

it('collected objects may refer to nothing, or have items and be no tuples', () => {
  const py = new MiniPython();
  const row = genericAlloc(py, py.defineType({ name: 'row', items: 'inline' }), 2);
  const type = py.defineType({ name: 'lone', collected: true });
  const o = genericAlloc(py, type);
  expect(collect(py)).toBe(0);
  expect(isTracked(py, row)).toBe(true);
  decref(py, o);
  decref(py, row);
  py.audit();
});

it('the audit is right inside a callback of a collection', () => {
  const py = new MiniPython();
  const type = py.class({ name: 'C', attributes: ['a'] });
  const callback = py.newFunction();
  const o = loop(py, type);
  const wr = py.newRef(o, callback);
  let audited = 0;
  py.callWeakrefCallback = () => {
    py.audit({ roots: (visit) => [type, callback, wr].forEach(visit) });
    audited++;
  };
  decref(py, o);
  collect(py);
  expect(audited).toBe(1);
});

it('the audit knows what waits for its destruction, and that nothing owns it', () => {
  const py = new MiniPython();
  const type = py.defineType({ name: 'cell', fields: ['ref', 'ref'] });
  const chain = (end: Ref): Ref => {
    let o = end;
    for (let i = 0; i < 200; i++) {
      const next = genericAlloc(py, type);
      py.words[next + 2] = o;
      o = next;
    }
    return o;
  };
  let waiting = 0;
  const watch = py.class({
    name: 'Watch',
    attributes: [],
    finalize: () => {
      py.audit({ roots: (visit) => visit(watch) });
      const later = py.words[HeapRoot.DeepLater]!;
      if (later === 0) return;
      waiting++;
      expect(() => {
        py.audit({ roots: (visit) => [watch, later].forEach(visit) });
      }).toThrow('found waiting for its destruction');
    },
  });
  const top = genericAlloc(py, type);
  py.words[top + 2] = chain(py.new(watch));
  py.words[top + 3] = chain(py.new(watch));
  decref(py, top);
  expect(waiting).toBe(1);
  py.audit({ roots: (visit) => visit(watch) });
});
