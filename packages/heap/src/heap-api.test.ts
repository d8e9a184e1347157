/** What those who use the library directly call, and what happens where they set no hooks. */
import { describe, expect, it } from 'vitest';
import { failAllocation } from './alloc/fault.ts';
import { setCollectorStress } from './check/stress.ts';
import { collectNoFail, runScheduled } from './collector/generations.ts';
import { Heap, HeapLeak } from './heap.ts';
import { DebugFlag, GcRoot } from './layout/gc.ts';
import { Destructor, HeapRoot } from './layout/heap-root.ts';
import { TypeWord } from './layout/type.ts';
import { HeapOutOfMemory } from './memory/errors.ts';
import type { Ref } from './memory/ref.ts';
import { newFloat, newList, touchList, touchTuple } from './object/freelist.ts';
import { newWeakref } from './object/weakref.ts';
import { none } from './policy/none.ts';

const start = (): Heap => new Heap({ reserveBytes: 64 << 20, staticWords: 1 << 17 });

describe('types', () => {
  it('have at most 30 fields, and fields or items', () => {
    const h = start();
    const fields = Array.from({ length: 31 }, () => 'ref' as const);
    expect(() => h.defineType({ name: 'wide', fields })).toThrow('type wide has 31 fields, at most 30 are possible');
    expect(() => h.defineType({ name: 'odd', fields: ['ref'], items: 'inline' })).toThrow(
      'type odd has both fields and items',
    );
  });

  it('with items in a block of their own are lists', () => {
    const h = start();
    const type = h.defineType({ name: 'list', items: 'block' });
    const o = newList(h, type, 3);
    h.words[h.getField(o, 3)] = h.alloc(type);
    h.decref(o);
    expect(h.usedBytes()).toBe(0);
  });

  it('have instances that are referenced weakly, and their own destructor', () => {
    const h = start();
    const dead: Ref[] = [];
    const type = h.defineType({ name: 'node', fields: ['ref', 'number'], weakrefs: true });
    const own = h.defineType({ name: 'own', dealloc: (_, o) => dead.push(o) });
    expect(h.words[type + TypeWord.WeakListOffset]).toBe(8 * 4);
    const o = h.alloc(own);
    h.decref(o);
    expect(dead).toEqual([o]);
  });

  it('may leave out the collector, with finalizers that bring back', () => {
    const h = start();
    let calls = 0;
    const finalize = (heap: Heap, o: Ref): void => {
      if (calls++ === 0) heap.incref(o);
    };
    for (const collected of [true, false]) {
      calls = 0;
      const type = h.defineType({ name: 'box', fields: ['ref'], collected, finalize });
      const o = h.alloc(type);
      h.decref(o);
      expect([calls, h.refCount(o)]).toEqual([1, 1]);
      h.decref(o);
    }
    expect(h.usedBytes()).toBe(0);
  });

  it('that name no function say so', () => {
    const h = start();
    const type = h.defineType({ name: 'empty' });
    h.words[type + TypeWord.Dealloc] = 0;
    expect(() => {
      h.decref(h.alloc(type));
    }).toThrow('a type record names function 0, which is none');
  });

  it('without a name are shown by their place', () => {
    const h = start();
    const type = h.defineType({ name: 'named' });
    expect(h.typeName(type)).toBe('named');
    h.words[type + TypeWord.Name] = 0;
    expect(h.typeName(type)).toBe(`type at word ${type}`);
  });
});

describe('weak references without a tuple type', () => {
  it('are called back, and a dying one is not', () => {
    const h = start();
    const target = h.defineType({ name: 'target', fields: ['ref'], weakrefs: true });
    const ref = h.defineType({ name: 'ref', fields: ['number', 'ref', 'number', 'number', 'number', 'number'] });
    h.words[HeapRoot.RefType] = ref;
    const plain = h.defineType({ name: 'plain', fields: ['ref'] });
    const called: Ref[] = [];
    const o = h.alloc(target);
    const callback = h.alloc(plain);
    const refs = [newWeakref(h, ref, o, callback), newWeakref(h, ref, o, callback)];
    h.decref(o);
    expect(called).toEqual([]);
    h.callWeakrefCallback = (wr) => called.push(wr);
    const second = h.alloc(target);
    const again = [
      newWeakref(h, ref, second, callback),
      newWeakref(h, ref, second, callback),
      newWeakref(h, ref, second, 0),
    ];
    h.decref(second);
    expect(called).toEqual([again[1], again[0]]);
    for (const wr of [...refs, ...again]) h.decref(wr);
    expect(h.refCount(callback)).toBe(1);
  });
});

describe('collections', () => {
  it('are of generation 0, 1 or 2', () => {
    expect(() => start().collect(3)).toThrow('generation 3 is not 0, 1 or 2');
    expect(() => start().collect(0.5)).toThrow(RangeError);
    expect(() => start().collect(-1)).toThrow(RangeError);
  });

  it('run at a safe point if one was asked for', () => {
    const h = start();
    const runs: number[] = [];
    h.onCollectionStart = (generation) => runs.push(generation);
    h.safePoint();
    h.words[GcRoot.EvalBreaker] = 1;
    h.safePoint();
    expect(runs).toEqual([]);
    const type = h.defineType({ name: 'pair', fields: ['ref'] });
    const kept = Array.from({ length: 701 }, () => h.alloc(type));
    expect(kept.length).toBe(701);
    h.safePoint();
    expect(runs).toEqual([0]);
    expect(h.words[GcRoot.EvalBreaker]).toBe(0);
  });

  it('do not run when disabled, or during another', () => {
    const h = start();
    h.words[GcRoot.Enabled] = 0;
    expect(runScheduled(h)).toBe(0);
    h.words[GcRoot.Enabled] = 1;
    expect(runScheduled(h)).toBe(0);
    let inner = -1;
    h.onCollectionStart = () => (inner = h.collect());
    h.collect();
    expect(inner).toBe(0);
  });

  it('of the end tell nobody', () => {
    const h = start();
    const type = h.defineType({ name: 'pair', fields: ['ref'] });
    const o = h.alloc(type);
    h.setField(o, 2, o);
    h.decref(o);
    h.onCollectionStart = h.onCollectionStop = () => expect.fail('told');
    expect(collectNoFail(h)).toBe(1);
  });

  it('are for every allocation under stress, and no longer when it ends', () => {
    const h = start();
    const type = h.defineType({ name: 'pair', fields: ['ref'] });
    let runs = 0;
    h.onCollectionStop = () => runs++;
    for (const on of [true, false]) {
      setCollectorStress(h, on);
      h.decref(h.alloc(type));
      h.safePoint();
    }
    expect(runs).toBe(1);
  });

  it('are full every so many times under stress', () => {
    const h = start();
    const type = h.defineType({ name: 'pair', fields: ['ref'] });
    const generations: number[] = [];
    h.onCollectionStop = (generation) => generations.push(generation);
    setCollectorStress(h, true, 3);
    for (let i = 0; i < 6; i++) {
      h.decref(h.alloc(type));
      h.safePoint();
    }
    expect(generations).toEqual([0, 0, 2, 0, 0, 2]);
    expect(() => setCollectorStress(h, true, 0)).toThrow(RangeError);
  });

  it('of no policy are asked for only by name', () => {
    const h = start();
    h.words[GcRoot.Policy] = h.policies.indexOf(none);
    const type = h.defineType({ name: 'pair', fields: ['ref'] });
    const kept = Array.from({ length: 2000 }, () => h.alloc(type));
    expect(kept.length).toBe(2000);
    h.safePoint();
    expect(none.run(h)).toBe(0);
    h.words[GcRoot.Policy] = h.addPolicy({ ...none, name: 'mine' });
    expect(h.policy.name).toBe('mine');
  });

  it('print what they are told to', () => {
    const h = start();
    const printed: string[] = [];
    h.debugPrint('nobody listens');
    h.debugPrint = (text) => printed.push(text);
    const type = h.defineType({ name: 'pair', fields: ['ref'] });
    h.words[type + TypeWord.Del] = h.addFunction(() => undefined);
    const o = h.alloc(type);
    h.setField(o, 2, o);
    h.decref(o);
    h.words[GcRoot.Debug] = DebugFlag.Uncollectable | DebugFlag.Stats;
    h.collect();
    expect(printed.join('')).toMatch(/gc: uncollectable <pair 0x[0-9a-f]+>\n/);
    expect(printed.join('')).toMatch(/gc: done, 1 unreachable, 1 uncollectable, \d+\.\d{4}s elapsed\n/);
  });
});

it('references of any number are gathered', () => {
  const h = start();
  for (let i = 1; i <= 3000; i++) h.gather(i);
  h.gather(0);
  expect([h.gatheredCount, h.gathered[2999]]).toEqual([3000, 3000]);
});

describe('handles', () => {
  it('that are left are reported when the heap is closed', () => {
    const h = start();
    const type = h.defineType({ name: 'box' });
    const o = h.alloc(type);
    const handle = h.handle(o);
    expect(handle.released).toBe(false);
    expect(() => {
      h.close();
    }).toThrow(HeapLeak);
    expect(() => {
      h.close();
    }).toThrow('1 handles were not released:\n  box at word');
    handle.release();
    expect(handle.released).toBe(true);
    h.close();
    h.handleStacks.clear();
    h.handle(o);
    h.handleStacks.clear();
    expect(h.handles()[0]).toMatchObject({ typeName: 'box', stack: '' });
  });

  it('are audited as owners, like what root scanners visit', () => {
    const h = start();
    const type = h.defineType({ name: 'pair', fields: ['ref'] });
    const o = h.alloc(type);
    h.rootScanners.push((_, visit) => {
      visit(o);
    });
    using handle = h.handle(o);
    h.audit();
    expect(handle.ref).toBe(o);
  });

  it('release their object if there is no memory for the table', () => {
    const h = start();
    const o = h.alloc(h.defineType({ name: 'box' }));
    failAllocation(h, 1);
    expect(() => h.handle(o)).toThrow(HeapOutOfMemory);
    expect(h.refCount(o)).toBe(1);
  });
});

describe('free lists', () => {
  it('give floats again, up to a hundred, and only of the float type', () => {
    const h = start();
    const [type, other] = ['float', 'other'].map((name) => h.defineType({ name })) as [Ref, Ref];
    h.words[HeapRoot.FloatType] = type;
    h.words[type + TypeWord.Dealloc] = h.words[other + TypeWord.Dealloc] = Destructor.Float;
    const made = Array.from({ length: 102 }, (_, i) => newFloat(h, type, i));
    const used = h.usedBytes();
    for (const o of made) h.decref(o);
    expect(h.usedBytes()).toBe(used - 2 * 24);
    expect(newFloat(h, type, 1.5)).toBe(made[99]);
    expect(h.floats[made[99]! / 2 + 1]).toBe(1.5);
    const sub = newFloat(h, other, 2.5);
    h.decref(sub);
    expect(newFloat(h, type, 3.5)).toBe(made[98]);
  });

  it('are not asked when there is no memory for the items', () => {
    const h = start();
    const type = (h.words[HeapRoot.ListType] = h.defineType({ name: 'list', items: 'block' }));
    const used = h.usedBytes();
    failAllocation(h, 2);
    expect(() => newList(h, type, 3)).toThrow(HeapOutOfMemory);
    expect(h.usedBytes()).toBe(used);
  });

  it('have a tuple or a list after the touch', () => {
    const h = start();
    const H = h.words;
    H[HeapRoot.TupleType] = h.defineType({ name: 'tuple', items: 'inline' });
    H[HeapRoot.ListType] = h.defineType({ name: 'list', items: 'block' });
    const used = [0, 1].map(() => {
      for (const size of [0, 2, 100]) touchTuple(h, size);
      touchList(h);
      return h.usedBytes();
    });
    expect(used[0]).toBeGreaterThan(0);
    expect(used[1]).toBe(used[0]);
    const list = newList(h, H[HeapRoot.ListType]!, 0);
    h.decref(list);
    expect(newList(h, H[HeapRoot.ListType]!, 0)).toBe(list);
  });
});
