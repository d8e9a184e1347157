import { describe, expect, it } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import { ListWord } from '../layout/containers.ts';
import { DebugFlag, GcRoot, GenWord } from '../layout/gc.ts';
import { TypeWord } from '../layout/type.ts';
import type { Owned, Ref } from '../memory/ref.ts';
import { decref } from '../object/refcount.ts';
import { isTracked } from '../object/track.ts';
import { PolicyNumber } from '../policy/policy.ts';
import { collect, freeze, freezeCount, getObjects, getReferents, getReferrers, unfreeze } from './generations.ts';
import { generationHead } from './lists.ts';

interface World {
  py: MiniPython;
  type: Owned;
  cycle: (type?: Ref) => Ref;
}

/** A heap with one class held by variable 0, everything in the oldest generation. */
function world(): World {
  const py = new MiniPython();
  const type = py.class({ name: 'C', attributes: ['other'] });
  py.setTake(0, type);
  collect(py);
  const cycle = (of: Ref = type): Ref => {
    const o = py.new(of);
    py.store(py.attribute(o, 0), o);
    decref(py, o);
    return o;
  };
  return { py, type, cycle };
}

const stats = (py: MiniPython, generation: number): number[] =>
  [GenWord.Collections, GenWord.Collected, GenWord.Uncollectable].map((w) => py.words[generationHead(generation) + w]!);
const counts = (py: MiniPython): number[] => [0, 1, 2].map((i) => py.words[generationHead(i) + GenWord.Count]!);

describe('collect', () => {
  it('counts one object for an instance that refers to itself', () => {
    const { py, cycle } = world();
    cycle();
    expect(collect(py)).toBe(1);
    expect(collect(py)).toBe(0);
  });

  it('keeps statistics for each generation and resets the counts below', () => {
    const { py, cycle } = world();
    const before = stats(py, 2);
    cycle();
    expect(collect(py, 0)).toBe(1);
    cycle();
    collect(py, 1);
    expect(stats(py, 0)).toEqual([1, 1, 0]);
    expect(stats(py, 1)).toEqual([1, 1, 0]);
    expect(stats(py, 2)).toEqual(before);
    expect(counts(py)).toEqual([0, 0, 1]);
  });

  it('moves survivors one generation up', () => {
    const { py, type } = world();
    const o = py.new(type);
    py.setTake(1, o);
    expect(getObjects(py, 0)).toEqual([o]);
    collect(py, 0);
    expect(getObjects(py, 1)).toEqual([o]);
    collect(py, 1);
    expect(getObjects(py, 2)).toContain(o);
  });

  it('untracks tuples of atoms in every collection, dicts of atoms in full ones', () => {
    const { py } = world();
    const tuple = py.newTuple([py.none]);
    const nested = py.newTuple([tuple]);
    const cell = py.alloc(py.cell);
    const dict = py.newDict([cell]);
    [tuple, nested, dict].forEach((o, i) => py.setTake(1 + i, o));
    py.setDictValue(dict, 0, py.none);
    decref(py, cell);
    collect(py, 0);
    expect([tuple, nested, dict].map((o) => isTracked(py, o))).toEqual([false, false, true]);
    collect(py, 1);
    expect(isTracked(py, dict)).toBe(true);
    collect(py, 2);
    expect(isTracked(py, dict)).toBe(false);
  });

  it('leaves frozen objects alone', () => {
    const { py, cycle } = world();
    cycle();
    freeze(py);
    expect([collect(py), freezeCount(py)]).toEqual([0, 2]);
    unfreeze(py);
    expect([collect(py), freezeCount(py)]).toEqual([1, 0]);
  });

  it('with SAVEALL puts garbage into a list instead of clearing it', () => {
    const { py, cycle } = world();
    const o = cycle();
    py.words[GcRoot.Debug] = DebugFlag.SaveAll;
    expect(collect(py)).toBe(1);
    const garbage = py.words[GcRoot.Garbage]!;
    expect(py.words[garbage + ListWord.Size]).toBe(1);
    expect(py.words[py.words[garbage + ListWord.Items]!]).toBe(o);
    py.audit({ leaks: true });
  });

  it('does not free objects with a legacy finalizer, nor what they lead to', () => {
    const { py, type } = world();
    const legacy = py.class({ name: 'Legacy', base: type });
    py.setTake(1, legacy);
    py.words[legacy + TypeWord.Del] = py.addFunction(() => undefined);
    const [o, other] = [py.new(legacy), py.new(type)];
    py.store(py.attribute(o, 0), other);
    py.store(py.attribute(other, 0), o);
    decref(py, o);
    decref(py, other);
    expect(collect(py)).toBe(2);
    expect([py.lastCollected, py.lastUncollectable]).toEqual([0, 2]);
    expect(py.words[py.words[GcRoot.Garbage]! + ListWord.Size]).toBe(1);
    py.audit({ leaks: true });
  });

  it("under Python 2.7's rule keeps every cycle with a finalizer", () => {
    const { py, type, cycle } = world();
    py.words[GcRoot.Policy] = PolicyNumber.Python27;
    py.setTake(1, py.class({ name: 'F', base: type, finalize: () => expect.fail('finalized') }));
    cycle(py.get(1));
    expect([collect(py), py.lastUncollectable]).toEqual([1, 1]);
  });

  it('tells the embedder when it starts and stops, and is not entered twice', () => {
    const { py, type, cycle } = world();
    const events: unknown[] = [];
    py.onCollectionStart = (generation) => events.push(['start', generation]);
    py.onCollectionStop = (generation, collected, uncollectable) =>
      events.push(['stop', generation, collected, uncollectable]);
    py.setTake(1, py.class({ name: 'F', base: type, finalize: () => events.push(collect(py)) }));
    cycle(py.get(1));
    collect(py, 1);
    expect(events).toEqual([['start', 1], 0, ['stop', 1, 1, 0]]);
  });

  it('finds referrers and referents', () => {
    const { py } = world();
    const atom = py.alloc(py.str);
    const list = py.newList([py.none, atom]);
    const tuple = py.newTuple([list]);
    const referrers: Ref[] = [];
    getReferrers(py, [list, atom], (o) => referrers.push(o));
    expect(referrers).toEqual([list, tuple]);
    const referents: Ref[] = [];
    getReferents(py, list, (o) => referents.push(o));
    expect(referents).toEqual([atom, py.none]);
  });

  it('prints what CPython prints', () => {
    const { py, cycle } = world();
    let printed = '';
    py.debugPrint = (text) => (printed += text);
    py.now = () => 1;
    py.words[GcRoot.Debug] = DebugFlag.Stats | DebugFlag.Collectable;
    const o = cycle();
    collect(py, 0);
    expect(printed).toBe(
      'gc: collecting generation 0...\n' +
        'gc: objects in each generation: 1 0 1\n' +
        'gc: objects in permanent generation: 0\n' +
        `gc: collectable <C 0x${(0x7f0000000000 + 8 * o).toString(16)}>\n` +
        'gc: done, 1 unreachable, 0 uncollectable, 0.0000s elapsed\n',
    );
  });
});

describe('automatic collections', () => {
  // for i in range(60000): keep.append(N()) with a callback that notes (generation, i), in CPython 3.12
  it('start where they do in CPython', () => {
    const { py, type } = world();
    const log: [number, number][] = [];
    let made = 0;
    py.onCollectionStart = (generation) => log.push([generation, made]);
    py.setTake(1, py.newList([]));
    py.words[GcRoot.Generations + GenWord.Count] = 0;
    for (made = 0; made < 20_000; made++) {
      const o = py.new(type);
      py.append(py.get(1), o);
      decref(py, o);
      py.safePoint();
    }
    const young = Array.from({ length: 28 }, (_, i) => [i % 12 === 11 ? 1 : 0, 700 + 701 * i]);
    expect(log).toEqual(young);
  });

  it('do not start when disabled, nor with threshold 0', () => {
    const { py, type } = world();
    py.onCollectionStart = () => expect.fail('collected');
    py.words[GcRoot.Enabled] = 0;
    const churn = (): void => {
      const kept = Array.from({ length: 1000 }, () => py.new(type));
      py.safePoint();
      for (const o of kept) decref(py, o);
    };
    churn();
    py.words[GcRoot.Enabled] = 1;
    py.words[GcRoot.Generations + GenWord.Threshold] = 0;
    churn();
  });

  it('never start with the policy none', () => {
    const { py, type } = world();
    py.words[GcRoot.Policy] = PolicyNumber.None;
    const kept = Array.from({ length: 1000 }, () => py.new(type));
    expect(py.words[GcRoot.Scheduled]).toBe(0);
    for (const o of kept) decref(py, o);
  });
});
