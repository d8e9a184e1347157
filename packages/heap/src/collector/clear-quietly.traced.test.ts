import { describe, expect, it } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import type { HeapEvents } from '../events.ts';
import { GcRoot } from '../layout/gc.ts';
import { ObjectWord } from '../layout/object.ts';
import type { Owned, Ref } from '../memory/ref.ts';
import { decref } from '../object/refcount.ts';
import { collect } from './generations.ts';

/** Numbers from 0 to `n` − 1, the same for the same seed. */
function random(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) % n;
  };
}

interface World {
  py: MiniPython;
  pair: Owned;
  record: Owned;
  mortal: Owned;
  log: string[];
}

/** Two quiet classes, and one whose instances say what they see when they die. A listener forces the general way. */
function world(general: boolean): World {
  const py = new MiniPython();
  py.words[GcRoot.Enabled] = 0;
  const log: string[] = [];
  const pair = py.class({ name: 'Pair', slots: 2 });
  const record = py.class({ name: 'Record', attributes: ['a', 'b'] });
  const mortal = py.class({
    name: 'Mortal',
    slots: 1,
    finalize: (o) => log.push(`${o}: ${py.refCount(py.words[py.slot(o, 0)] as Ref)}`),
  });
  if (general) py.events = { alloc: () => undefined, free: () => undefined } as Partial<HeapEvents> as HeapEvents;
  return { py, pair, record, mortal, log };
}

/** Makes `n` objects that refer to each other at random, drops them, collects. */
function tangle(w: World, seed: number, n: number): number {
  const { py } = w;
  const below = random(seed);
  const made: Owned[] = [];
  for (let i = 0; i < n; i++) {
    const kind = below(16);
    if (kind === 0) made.push(py.newList([]));
    else if (kind === 1) made.push(py.new(w.mortal));
    else made.push(py.new(kind < 9 ? w.pair : w.record));
  }
  for (const o of made) link(w, o, made, below);
  // A few are kept alive by others than the tangle for a while.
  const kept = made.filter(() => below(50) === 0);
  for (const o of made) if (!kept.includes(o)) decref(py, o);
  let collected = collect(py);
  for (const o of kept) decref(py, o);
  collected += collect(py);
  return collected;
}

function link(w: World, o: Ref, made: readonly Ref[], below: (n: number) => number): void {
  const { py } = w;
  const type = py.words[o + ObjectWord.Type];
  // Neighbours mostly, as in real graphs; sometimes none.
  const other = (): Ref => (below(8) === 0 ? py.none : (made[(made.indexOf(o) + below(5)) % made.length] as Ref));
  if (type === py.list) py.append(o, other());
  else if (type === w.mortal) py.store(py.slot(o, 0), other());
  else for (const i of [0, 1]) py.store(type === w.pair ? py.slot(o, i) : py.attribute(o, i), other());
}

/** Where new objects come to lie: the blocks freed last come first. */
function nextAddresses(w: World, n: number): Ref[] {
  return Array.from({ length: n }, (_, i) => w.py.new(i % 2 === 0 ? w.pair : w.record));
}

describe('clearing garbage of quiet classes', () => {
  it('frees the same blocks in the same order as the general way', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const [short, general] = [world(false), world(true)];
      expect(tangle(short, seed, 200)).toBe(tangle(general, seed, 200));
      expect(short.log).toEqual(general.log);
      expect(short.py.usedBytes()).toBe(general.py.usedBytes());
      short.py.audit({ roots: (visit) => [short.pair, short.record, short.mortal].forEach(visit) });
      expect(nextAddresses(short, 250)).toEqual(nextAddresses(general, 250));
    }
  });

  it('clears what lies between objects with finalizers', () => {
    const { py, pair, record, mortal } = world(false);
    const [a, b] = [py.new(pair), py.new(pair)];
    py.store(py.slot(a, 0), b);
    py.store(py.slot(b, 0), a);
    decref(py, a);
    decref(py, b);
    const revive = py.class({ name: 'Revive', slots: 1, finalize: () => undefined });
    const c = py.new(revive);
    py.store(py.slot(c, 0), a);
    py.store(py.slot(a, 1), c);
    decref(py, c);
    expect(collect(py)).toBe(3);
    py.audit({ roots: (visit) => [pair, record, mortal, revive].forEach(visit) });
  });
});
