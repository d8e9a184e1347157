/** Random object graphs against a naive model: what must be alive is recomputed from the model's roots. */
import { describe, expect, it } from 'vitest';
import { HeapOutOfMemory } from '../src/memory/errors.ts';
import { restoreSnapshot, takeSnapshot } from '../src/memory/snapshot.ts';
import { failAllocation } from '../src/alloc/fault.ts';
import { GcRoot } from '../src/layout/gc.ts';
import type { Owned, Ref } from '../src/memory/ref.ts';
import { decref, newRef } from '../src/object/refcount.ts';
import { weakrefObject } from '../src/object/weakref.ts';
import { setCollectorStress } from '../src/check/stress.ts';
import { MiniPython } from './mini-python.ts';

const VARIABLES = 24;
const FIELDS = 3;

/** mulberry32. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** A heap of nodes with three slots, and its model: who refers to whom, and the weak references made. */
class World {
  readonly py = new MiniPython({ reserveBytes: 32 << 20, staticWords: 1 << 17 });
  readonly type: Owned;
  /** The fields of every node that was made and has not died, by reference. */
  readonly nodes = new Map<Ref, Ref[]>();
  readonly roots: Ref[] = new Array<Ref>(VARIABLES).fill(0);
  readonly weak: { wr: Owned; target: Ref }[] = [];

  constructor() {
    const finalize = (o: Ref): void => {
      for (const each of this.weak) if (each.target === o) each.target = 0;
      this.nodes.delete(o);
    };
    this.type = this.py.class({ name: 'Node', slots: FIELDS, finalize });
    this.py.setTake(VARIABLES, this.type);
    this.py.words[GcRoot.Enabled] = 0;
  }

  make(variable: number): void {
    const o = this.py.new(this.type);
    this.nodes.set(o, [0, 0, 0]);
    this.roots[variable] = o;
    this.py.setTake(variable, o);
  }

  link(o: Ref, field: number, target: Ref): void {
    this.nodes.get(o)![field] = target;
    this.py.store(this.py.slot(o, field), target === 0 ? this.py.none : target);
  }

  step(random: (below: number) => number): void {
    const variable = random(VARIABLES);
    const [a, b] = [this.roots[variable]!, this.roots[random(VARIABLES)]!];
    const what = random(16);
    if (what < 4) this.make(variable);
    else if (what < 9 && a !== 0) this.link(a, random(FIELDS), b);
    else if (what < 11) this.move(variable, b);
    else if (what < 13) this.move(variable, a === 0 ? 0 : this.nodes.get(a)![random(FIELDS)]!);
    else if (what === 13 && a !== 0) this.refer(a);
    else this.move(variable, 0);
  }

  move(variable: number, o: Ref): void {
    this.roots[variable] = o;
    this.py.setTake(variable, o === 0 ? 0 : newRef(this.py, o));
  }

  refer(o: Ref): void {
    if (this.weak.length > 8) decref(this.py, this.weak.shift()!.wr);
    this.weak.push({ wr: this.py.newRef(o, 0), target: o });
  }

  /** The nodes that the model says are reachable. */
  reachable(): Set<Ref> {
    const seen = new Set(this.roots.filter((o) => o !== 0));
    for (const o of seen) for (const field of this.nodes.get(o)!) if (field !== 0) seen.add(field);
    return seen;
  }

  audit(leaks = true): void {
    this.py.audit({ leaks, roots: (visit) => this.weak.forEach(({ wr }) => visit(wr)) });
    for (const { wr, target } of this.weak) expect(weakrefObject(this.py, wr)).toBe(target);
  }
}

describe('model', () => {
  it.each([1, 2, 3, 4])('keeps alive exactly what is reachable, seed %i', (seed) => {
    const world = new World();
    const random = generator(seed);
    for (let i = 0; i < 250_000; i++) {
      world.step(random);
      if (i % 2_500 === 0) {
        world.py.collect();
        expect(new Set(world.nodes.keys())).toEqual(world.reachable());
        expect(world.py.collect()).toBe(0);
      } else if (i % 500 === 0) world.py.collect(random(2));
      if (i % 10_000 === 0) world.audit();
    }
  });

  it('frees at once what no cycle holds', () => {
    const world = new World();
    for (let i = 0; i < 1000; i++) {
      world.make(0);
      if (world.roots[1] !== 0) world.link(world.roots[0]!, 0, world.roots[1]!);
      world.move(1, world.roots[0]!);
    }
    world.move(0, 0);
    world.move(1, 0);
    expect(world.nodes.size).toBe(0);
  });

  it('goes on identically after a snapshot is restored', () => {
    const world = new World();
    const random = generator(7);
    for (let i = 0; i < 5_000; i++) world.step(random);
    const { py } = world;
    const snapshot = takeSnapshot(py);
    const model = structuredClone([[...world.nodes], world.roots, world.weak]) as [
      [Ref, Ref[]][],
      Ref[],
      World['weak'],
    ];
    const finish = (): unknown => {
      const next = generator(8);
      const found: number[] = [];
      for (let i = 0; i < 5_000; i++) {
        world.step(next);
        if (i % 500 === 0) found.push(py.collect());
      }
      world.audit();
      return [found, [...world.nodes], py.usedBytes()];
    };
    const first = finish();
    restoreSnapshot(py, snapshot);
    world.nodes.clear();
    for (const [o, fields] of model[0]) world.nodes.set(o, fields);
    world.roots.splice(0, VARIABLES, ...model[1]);
    world.weak.splice(0, Infinity, ...model[2]);
    expect(finish()).toEqual(first);
  });

  it('is intact after every single allocation failed once', () => {
    const world = new World();
    const random = generator(9);
    let failures = 0;
    for (let i = 0; i < 3_000; i++) {
      failAllocation(world.py, 1 + random(3));
      try {
        world.step(random);
      } catch (error) {
        if (!(error instanceof HeapOutOfMemory)) throw error;
        failures++;
        failAllocation(world.py, 0);
        world.audit();
      }
    }
    expect(failures).toBeGreaterThan(100);
  });

  it('survives a collection at every allocation', () => {
    const world = new World();
    const random = generator(10);
    world.py.words[GcRoot.Enabled] = 1;
    setCollectorStress(world.py, true);
    for (let i = 0; i < 2_000; i++) {
      world.step(random);
      world.py.safePoint();
      if (i % 100 === 0) world.audit();
    }
  });
});
