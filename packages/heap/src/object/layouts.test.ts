/** Objects of every layout through all that walks over them: counting, collecting, clearing, destruction, the audit. */
import { describe, expect, it } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import { collect, getReferents } from '../collector/generations.ts';
import { DictKeysKind, DictWord, EntryWord, KeysWord } from '../layout/containers.ts';
import { Destructor } from '../layout/heap-root.ts';
import { HeadWord, ObjectWord } from '../layout/object.ts';
import { LayoutKind, TypeFlag, TypeWord } from '../layout/type.ts';
import type { Owned, Ref } from '../memory/ref.ts';
import { gcNew, genericAlloc } from './allocate.ts';
import { newDict } from './freelist.ts';
import { entryWords, firstEntry, keysBytes, keysIncref, newKeys } from './keys.ts';
import { decref, newRef, xincref } from './refcount.ts';
import { isFinalized, isTracked, track } from './track.ts';
import { newValues } from './values.ts';

/** A dict with one entry in the general form; takes key and value. */
function generalDict(py: MiniPython, key: Owned, value: Owned): Owned {
  const H = py.words;
  const keys = newKeys(py, 3, DictKeysKind.General);
  const o = newDict(py, py.dict);
  H[o + DictWord.Keys] = keys;
  H[o + DictWord.Used] = 1;
  const entry = firstEntry(H, keys);
  H[entry + EntryWord.Key] = key;
  H[entry + EntryWord.Value] = value;
  // A removed entry, which has neither.
  H[keys + KeysWord.NumEntries] = 2;
  track(py, o);
  return o;
}

/** A dict with one value beside a class's keys, as an instance's `__dict__` has; takes the value. */
function splitDict(py: MiniPython, type: Ref, value: Owned): Owned {
  const H = py.words;
  const keys = H[type + TypeWord.HtCachedKeys]!;
  keysIncref(py, keys);
  const o = newDict(py, py.dict);
  H[o + DictWord.Keys] = keys;
  H[o + DictWord.Values] = newValues(py, 6);
  H[H[o + DictWord.Values]!] = value;
  H[o + DictWord.Used] = 1;
  track(py, o);
  return o;
}

/** Makes an object that holds `inner`, which it takes over; puts the classes that it makes, owned, into `classes`. */
type Make = (py: MiniPython, inner: Owned, classes: Owned[]) => Owned;

const HOLDERS: readonly [name: string, make: Make][] = [
  ['a general dict, by a value', (py, inner) => generalDict(py, genericAlloc(py, py.str), inner)],
  ['a general dict, by a key', (py, inner) => generalDict(py, inner, newRef(py, py.none))],
  [
    'a split dict',
    (py, inner, classes) => splitDict(py, kept(classes, py.class({ name: 'C', attributes: ['a'] })), inner),
  ],
  [
    'an instance with a dict',
    (py, inner, classes) => {
      const o = gcNew(py, kept(classes, py.class({ name: 'C', attributes: ['a'] })));
      const dict = generalDict(py, genericAlloc(py, py.str), inner);
      py.words[o + HeadWord.DictOrValues] = dict;
      track(py, o);
      return o;
    },
  ],
  [
    'an instance with slots of two classes',
    (py, inner, classes) => {
      const base = kept(classes, py.class({ name: 'Base', slots: 1 }));
      const o = py.new(kept(classes, py.class({ name: 'C', base, slots: 2 })));
      py.words[py.slot(o, 2)] = inner;
      py.words[py.slot(o, 1)] = 0;
      return o;
    },
  ],
  [
    'an instance of a class of lists',
    (py, inner, classes) => {
      const o = py.newList([inner], kept(classes, py.class({ name: 'L', base: py.list, attributes: ['a'] })));
      decref(py, inner);
      return o;
    },
  ],
  [
    'a fixed object of a heap type',
    (py, inner, classes) => {
      const o = gcNew(py, kept(classes, heapType(py, 'box', Destructor.Fixed)));
      py.words[o + ObjectWord.Size] = inner;
      track(py, o);
      return o;
    },
  ],
];

/** A type on the heap with one reference at word 2; owned. */
function heapType(py: MiniPython, name: string, dealloc: Destructor): Owned {
  const H = py.words;
  const type = py.class({ name, weakrefs: false });
  H[type + TypeWord.Flags] = TypeFlag.Default | TypeFlag.HeapType | TypeFlag.HaveGc;
  H[type + TypeWord.Traverse] = H[type + TypeWord.BaseLayout] = LayoutKind.Fixed;
  H[type + TypeWord.TraverseMask] = H[type + TypeWord.OwnedMask] = 1;
  H[type + TypeWord.BasicWords] = 3;
  H[type + TypeWord.Dealloc] = dealloc;
  return type;
}

function kept(classes: Owned[], type: Owned): Owned {
  classes.push(type);
  return type;
}

describe.each(HOLDERS)('%s', (_name, make) => {
  it('shows what it holds', () => {
    const py = new MiniPython();
    const inner = py.newList([]);
    const o = make(py, inner, []);
    const found: Ref[] = [];
    getReferents(py, o, (ref) => found.push(ref));
    const [dict = 0] = found.filter((ref) => py.words[ref + ObjectWord.Type] === py.dict);
    if (dict !== 0) getReferents(py, dict, (ref) => found.push(ref));
    expect(found).toContain(inner);
  });

  it('takes it along when it dies', () => {
    const py = new MiniPython();
    const inner = py.newList([]);
    const classes: Owned[] = [];
    const o = make(py, newRef(py, inner), classes);
    decref(py, o);
    expect(py.refCount(inner)).toBe(1);
    py.audit({ roots: (visit) => [inner, ...classes].forEach(visit) });
    for (const type of classes.reverse()) decref(py, type);
    py.audit({ roots: (visit) => visit(inner) });
  });

  it('is collected as part of a cycle, and kept while something refers to it', () => {
    const py = new MiniPython();
    const inner = py.newList([]);
    const classes: Owned[] = [];
    const o = make(py, inner, classes);
    py.append(inner, o);
    const roots = (visit: (ref: Ref) => void): void => [o, ...classes].forEach(visit);
    py.audit({ roots });
    expect(collect(py)).toBe(0);
    expect(isTracked(py, o)).toBe(true);
    py.audit({ roots });
    decref(py, o);
    expect(collect(py)).toBeGreaterThanOrEqual(2);
    py.audit({ roots: (visit) => classes.forEach(visit) });
  });
});

describe('dicts that hold nothing to collect', () => {
  const DICTS: readonly [name: string, make: (py: MiniPython) => Owned][] = [
    ['general', (py) => generalDict(py, genericAlloc(py, py.str), genericAlloc(py, py.str))],
    ['split', (py) => splitDict(py, py.class({ name: 'C', attributes: ['a'] }), genericAlloc(py, py.str))],
    [
      'without keys',
      (py) => {
        const o = newDict(py, py.dict);
        track(py, o);
        return o;
      },
    ],
  ];

  it.each(DICTS)('%s: are untracked by a full collection', (_name, make) => {
    const py = new MiniPython();
    const o = make(py);
    expect(isTracked(py, o)).toBe(true);
    collect(py);
    expect(isTracked(py, o)).toBe(false);
  });

  it('stay tracked with a value that is', () => {
    const py = new MiniPython();
    const o = generalDict(py, genericAlloc(py, py.str), py.newList([]));
    collect(py);
    expect(isTracked(py, o)).toBe(true);
  });
});

it('survivors of any number are noted', () => {
  const py = new MiniPython({ reserveBytes: 256 << 20, staticWords: 1 << 17 });
  const list = py.newList([]);
  for (let i = 0; i < 40_000; i++) {
    for (const o of [py.newTuple([list]), py.newDict([list])]) {
      py.append(list, o);
      decref(py, o);
    }
  }
  expect(collect(py)).toBe(0);
  decref(py, list);
  expect(py.refCount(list)).toBeGreaterThan(1);
  expect(collect(py)).toBe(80_001);
});

describe('instances that the collector does not know', () => {
  /** A class whose instances have no collector head. */
  function plainClass(py: MiniPython, finalize?: (o: Ref) => void): Owned {
    const type = py.class({ name: 'Plain', weakrefs: false, ...(finalize === undefined ? {} : { finalize }) });
    py.words[type + TypeWord.Flags]! &= ~TypeFlag.HaveGc;
    return type;
  }

  it('die as their base, and release their class', () => {
    const py = new MiniPython();
    const type = plainClass(py);
    const o = genericAlloc(py, type);
    expect(py.refCount(type)).toBe(2);
    decref(py, o);
    expect(py.refCount(type)).toBe(1);
  });

  it('are brought back by their finalizer, as often as it likes', () => {
    const py = new MiniPython();
    let kept: Ref = 0;
    const o = genericAlloc(
      py,
      plainClass(py, (dying) => {
        kept = kept === 0 ? newRef(py, dying) : -1;
      }),
    );
    decref(py, o);
    expect([kept, py.refCount(o)]).toEqual([o, 1]);
    decref(py, o);
    expect(kept).toBe(-1);
  });
});

describe('`Del` of a type', () => {
  function withDel(py: MiniPython, del: (o: Ref) => void, collected = true): Owned {
    const type = py.class({ name: 'Del', attributes: ['a'] });
    py.words[type + TypeWord.Del] = py.addFunction((_: unknown, o: Ref) => {
      del(o);
    });
    if (!collected) py.words[type + TypeWord.Flags]! &= ~(TypeFlag.HaveGc | TypeFlag.PreHeader);
    return type;
  }

  it('runs each time, and may bring the object back', () => {
    const py = new MiniPython();
    const calls: Ref[] = [];
    const o = py.new(withDel(py, (dying) => calls.push(dying) === 1 && newRef(py, dying)));
    decref(py, o);
    expect([py.refCount(o), isTracked(py, o)]).toEqual([1, true]);
    decref(py, o);
    expect(calls).toEqual([o, o]);
  });

  it('runs for instances that the collector does not know', () => {
    const py = new MiniPython();
    let calls = 0;
    const type = withDel(py, (dying) => calls++ === 0 && newRef(py, dying), false);
    py.words[type + TypeWord.WeakListOffset] = 0;
    const o = genericAlloc(py, type);
    decref(py, o);
    decref(py, o);
    expect(calls).toBe(2);
  });

  it('makes a cycle uncollectable, which is told of', () => {
    const py = new MiniPython();
    const o = py.new(withDel(py, () => undefined));
    py.store(py.attribute(o, 0), o);
    const told: Ref[] = [];
    py.onUncollectable = (ref) => told.push(ref);
    decref(py, o);
    expect(collect(py)).toBe(1);
    expect(told).toEqual([o]);
    expect(py.refCount(o)).toBe(2);
  });
});

describe('sizes and counts', () => {
  it('keys records are metered as CPython does, whatever their indices', () => {
    const sizes = [3, 8, 16].map(
      (log2) => keysBytes(log2, DictKeysKind.Unicode) - (keysBytes(log2, DictKeysKind.Unicode) % 1),
    );
    expect(sizes).toEqual([32 + 8 + 5 * 16, 32 + 512 + 170 * 16, 32 + 4 * 65536 + 43690 * 16]);
    expect(keysBytes(2, DictKeysKind.General)).toBe(32 + 8 + 2 * 24);
  });

  it('entries of a general record have three words', () => {
    const py = new MiniPython();
    expect(entryWords(py.words, newKeys(py, 3, DictKeysKind.General))).toBe(EntryWord.GeneralWords);
  });

  it('a large record is filled', () => {
    const py = new MiniPython();
    const keys = newKeys(py, 9, DictKeysKind.General);
    expect(py.words.subarray(keys + KeysWord.Indices, keys + KeysWord.Indices + 512).every((word) => word === -1)).toBe(
      true,
    );
  });

  it('nothing is no reference', () => {
    const py = new MiniPython();
    const o = py.newList([]);
    xincref(py, 0);
    xincref(py, o);
    expect(py.refCount(o)).toBe(2);
  });

  it('an object is finalized once it was', () => {
    const py = new MiniPython();
    let kept = 0;
    const type = py.class({ name: 'C', attributes: [], finalize: (o) => (kept = newRef(py, o)) });
    const o = py.new(type);
    expect(isFinalized(py, o)).toBe(false);
    decref(py, o);
    expect([kept, isFinalized(py, o), isFinalized(py, py.none)]).toEqual([o, true, false]);
  });
});
