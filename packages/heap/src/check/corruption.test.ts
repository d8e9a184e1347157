/** Each validator finds the damage it is there for. */
import { describe, expect, it, test } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import { alloc } from '../alloc/alloc.ts';
import { DictWord, KeysWord, ListWord } from '../layout/containers.ts';
import { GcRoot } from '../layout/gc.ts';
import { HeadWord, NextFlag, ObjectWord, PrevFlag } from '../layout/object.ts';
import { Root } from '../layout/root.ts';
import { TypeFlag, TypeWord } from '../layout/type.ts';
import { WeakrefWord } from '../layout/weakref.ts';
import type { Ref } from '../memory/ref.ts';
import { Memory } from '../memory/memory.ts';
import { validateMeter } from './large.ts';
import { unreachedBlocks } from './leaks.ts';
import { validateGenerations } from './lists.ts';
import { validateWeakLists } from './weakrefs.ts';

/** Words that break one rule of the lists when they are changed. */
const LISTS: readonly [rule: string, damage: (py: MiniPython, a: Ref, b: Ref) => void][] = [
  ['links carry no flags', (py, a) => (py.words[a + HeadWord.GcNext]! |= NextFlag.Unreachable)],
  ['lists are linked both ways', (py, _, b) => (py.words[b + HeadWord.GcPrev] = 0)],
  ['nothing is collecting between collections', (py, a) => (py.words[a + HeadWord.GcPrev]! |= PrevFlag.Collecting)],
  [
    'listed objects are collected',
    (py, a) => (py.words[py.words[a + ObjectWord.Type]! + TypeWord.Flags]! &= ~TypeFlag.HaveGc),
  ],
  ['a list ends at its head', (py) => (py.words[GcRoot.Generations + 1] = py.words[GcRoot.Generations]!)],
];

describe('lists of the collector', () => {
  it.each(LISTS)('%s', (rule, damage) => {
    const py = new MiniPython();
    const a = py.newList([]);
    const b = py.newList([a]);
    validateGenerations(py);
    damage(py, a, b);
    expect(() => {
      validateGenerations(py);
    }).toThrow(rule);
  });

  it('an object is in one list, once', () => {
    const py = new MiniPython();
    const a = py.newList([]);
    const b = py.newList([]);
    const H = py.words;
    H[b + HeadWord.GcNext] = a + HeadWord.GcNext;
    expect(() => {
      validateGenerations(py);
    }).toThrow('an object is in one list, once');
  });
});

test.each([-8, 0x7ffffff0])('a reference to word %i is not followed', (wild) => {
  const py = new MiniPython();
  const list = py.newList([py.newList([])]);
  py.words[py.words[list + ListWord.Items]!] = wild;
  expect(() => {
    py.audit();
  }).toThrow('a reference leads into the heap');
});

describe('lists of weak references', () => {
  function sample(): { py: MiniPython; o: Ref; other: Ref; wr: Ref; second: Ref } {
    const py = new MiniPython();
    const type = py.class({ name: 'C', attributes: [] });
    const [o, other] = [py.new(type), py.new(type)];
    const callback = py.newFunction();
    return { py, o, other, wr: py.newRef(o, callback), second: py.newRef(o, callback) };
  }

  it('are sound', () => {
    const { py, o, other, wr, second } = sample();
    validateWeakLists(py, [o, other, wr, second]);
  });

  it('a member is of the object', () => {
    const { py, o, other, wr } = sample();
    py.words[wr + WeakrefWord.Object] = other;
    expect(() => {
      validateWeakLists(py, [o, wr]);
    }).toThrow('INV-WR-1');
  });

  it('a member is linked both ways', () => {
    const { py, o, wr } = sample();
    py.words[wr + WeakrefWord.Prev] = 0;
    expect(() => {
      validateWeakLists(py, [o, wr]);
    }).toThrow('INV-WR-1');
  });

  it('a list is no cycle', () => {
    const { py, o, wr, second } = sample();
    py.words[wr + WeakrefWord.Next] = second;
    py.words[second + WeakrefWord.Prev] = wr;
    expect(() => {
      validateWeakLists(py, [o, wr]);
    }).toThrow('INV-WR-1');
  });

  it('a reference without an object is in none, one with an object in its list', () => {
    const { py, o, other, wr, second } = sample();
    expect(() => {
      validateWeakLists(py, [other, wr, second]);
    }).toThrow('expected in a list, found in none');
    py.words[wr + WeakrefWord.Object] = 0;
    expect(() => {
      validateWeakLists(py, [o, wr]);
    }).toThrow('INV-WR-1');
  });
});

describe('totals', () => {
  it('what is used is at least what large blocks and payloads take', () => {
    const m = new Memory({ reserveBytes: 8 << 20, staticWords: 1 << 17 });
    alloc(m, 10);
    validateMeter(m);
    m.floats[Root.HostBytes / 2] = 1000;
    expect(() => {
      validateMeter(m);
    }).toThrow('INV-METER-1 used');
  });

  it('a block that nothing leads to is a leak', () => {
    const py = new MiniPython();
    const list = py.newList([]);
    const roots = (visit: (o: Ref) => void): void => {
      visit(list);
    };
    py.audit({ roots, leaks: true });
    expect(unreachedBlocks(py)).toBe(0);
    alloc(py, 4);
    expect(unreachedBlocks(py)).toBe(1);
    expect(() => {
      py.audit({ roots, leaks: true });
    }).toThrow('INV-RC-4: blocks in use that nothing leads to');
  });

  it('metered bytes that no block has are a leak', () => {
    const py = new MiniPython();
    py.floats[Root.HostBytes / 2] = py.floats[Root.HostBytes / 2]! - 8;
    expect(() => {
      py.audit({ leaks: true });
    }).toThrow('INV-RC-4: metered bytes of all blocks');
  });

  it('a keys record counts the dicts that name it', () => {
    const py = new MiniPython();
    const dict = py.newDict([py.none]);
    const roots = (visit: (o: Ref) => void): void => {
      visit(dict);
    };
    py.audit({ roots });
    py.words[py.words[dict + DictWord.Keys]! + KeysWord.RefCount]!++;
    expect(() => {
      py.audit({ roots });
    }).toThrow('INV-KEYS-1');
  });
});
