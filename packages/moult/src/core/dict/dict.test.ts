import { DictWord, decref, HeapRoot, isTracked, KeysWord, newRef, track } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import { describe, expect, test } from 'vitest';
import { compactValue, newInt } from '../int.ts';
import { dropTemp, temp } from '../temps.ts';
import type { Runtime } from '../runtime.ts';
import { pyBool, S, T } from '../static.ts';
import { internText, newStr, strText } from '../str.ts';
import { tupleOf } from '../tuple.ts';
import { bareRuntime, hooks, newKey, randomFrom } from './bare-runtime.ts';
import {
  dictClear,
  dictContains,
  dictCopy,
  dictDelete,
  dictDeleteText,
  dictEqual,
  dictGet,
  dictGetText,
  dictKeyAt,
  dictLength,
  dictMerge,
  dictNext,
  dictPopItem,
  dictSet,
  dictSetDefault,
  dictSetTake,
  dictSetText,
  dictTableSize,
  dictValueAt,
  keysVersion,
  newDict,
  Override,
} from './index.ts';

/** `sys.getsizeof` of an exact dict. */
function sizeOf(rt: Runtime, d: Ref): number {
  return 64 + dictTableSize(rt, d);
}

function entries(rt: Runtime, d: Ref): [string | number, number][] {
  const found: [string | number, number][] = [];
  for (let i = dictNext(rt, d, 0); i >= 0; i = dictNext(rt, d, i + 1)) {
    const key = dictKeyAt(rt, d, i);
    const name = rt.words[key + 1] === T.str ? strText(rt, key) : compactValue(rt, key);
    found.push([name, compactValue(rt, dictValueAt(rt, d, i))]);
  }
  return found;
}

function end(rt: Runtime, ...held: Ref[]): void {
  for (const d of held.reverse()) dropTemp(rt, d);
  rt.audit({ leaks: true });
}

describe('a dict', () => {
  test('has the sizes of CPython while it grows by integers', () => {
    const rt = bareRuntime();
    const d = temp(rt, newDict(rt));
    const sizes = new Map<number, number>();
    for (let i = 0; i < 50000; i++) {
      if (!sizes.has(sizeOf(rt, d))) sizes.set(sizeOf(rt, d), i);
      dictSetTake(rt, d, newInt(rt, i), newInt(rt, i));
    }
    expect([...sizes]).toEqual([
      [64, 0],
      [224, 1],
      [352, 6],
      [632, 11],
      [1168, 22],
      [2264, 43],
      [4688, 86],
      [9304, 171],
      [18512, 342],
      [36952, 683],
      [73808, 1366],
      [147544, 2731],
      [294992, 5462],
      [589912, 10923],
      [1310800, 21846],
      [2621528, 43691],
    ]);
    end(rt, d);
  });

  test('of strings is smaller and turns general with the first other key', () => {
    const rt = bareRuntime();
    const d = temp(rt, newDict(rt));
    for (let i = 0; i < 5; i++) dictSetText(rt, d, `k${i}`, S.True);
    expect(sizeOf(rt, d)).toBe(184);
    dictSetText(rt, d, 'k5', S.True);
    expect(sizeOf(rt, d)).toBe(272);
    dictSetTake(rt, d, newInt(rt, 1), S.True as Ref as Owned);
    expect(sizeOf(rt, d)).toBe(632);
    end(rt, d);
  });

  test('gets sixteen slots when it turns general with few entries, as CPython', () => {
    const rt = bareRuntime();
    const d = temp(rt, newDict(rt));
    dictSetText(rt, d, 'x', S.True);
    dictSetTake(rt, d, newInt(rt, 5), S.True as Ref as Owned);
    expect(sizeOf(rt, d)).toBe(352);
    end(rt, d);
  });

  test('keeps insertion order over replacement, deletion and reinsertion', () => {
    const rt = bareRuntime();
    const d = temp(rt, newDict(rt));
    for (let i = 0; i < 6; i++) dictSetText(rt, d, `k${i}`, newInt(rt, i));
    dictSetText(rt, d, 'k2', newInt(rt, 20));
    expect(dictDeleteText(rt, d, 'k0')).toBe(true);
    expect(dictDeleteText(rt, d, 'k0')).toBe(false);
    dictSetText(rt, d, 'k0', newInt(rt, 7));
    expect(entries(rt, d).map(([k]) => k)).toEqual(['k1', 'k2', 'k3', 'k4', 'k5', 'k0']);
    expect(compactValue(rt, dictGetText(rt, d, 'k2'))).toBe(20);
    end(rt, d);
  });

  test('is tracked once it holds what can be part of a cycle', () => {
    const rt = bareRuntime();
    const d = temp(rt, newDict(rt));
    dictSetText(rt, d, 'a', S.True);
    expect(isTracked(rt, d)).toBe(false);
    const inner = temp(rt, newDict(rt));
    dictSetText(rt, d, 'b', inner);
    expect(isTracked(rt, d)).toBe(true);
    const copy = temp(rt, dictCopy(rt, d));
    expect(isTracked(rt, copy)).toBe(true);
    end(rt, d, inner, copy);
  });

  test('pops items last in, first out, and reuses their entries', () => {
    const rt = bareRuntime();
    const d = temp(rt, newDict(rt));
    for (let i = 0; i < 5; i++) dictSetTake(rt, d, newInt(rt, 1000 + i), newInt(rt, i));
    const pair = temp(rt, dictPopItem(rt, d));
    expect(compactValue(rt, rt.words[pair + 3])).toBe(1004);
    expect(rt.words[rt.words[d + DictWord.Keys] + KeysWord.NumEntries]).toBe(4);
    end(rt, d, pair);
  });

  test('starts the search again when the comparison changes the table', () => {
    const rt = bareRuntime();
    const d = temp(rt, newDict(rt));
    const first = temp(rt, newKey(rt, 5, 1));
    const second = temp(rt, newKey(rt, 5, 2));
    dictSet(rt, d, first, S.True);
    let calls = 0;
    hooks.compare = (runtime) => {
      if (calls++ === 0) dictClear(runtime, d);
      return pyBool(false) as Owned;
    };
    dictSet(rt, d, second, S.False);
    expect(dictLength(rt, d)).toBe(1);
    expect(calls).toBe(1);
    expect(dictGet(rt, d, first)).toBe(0);
    end(rt, d, first, second);
  });

  test('releases the arguments when the comparison raises', () => {
    const rt = bareRuntime();
    const d = temp(rt, newDict(rt));
    const first = temp(rt, newKey(rt, 5, 1));
    dictSet(rt, d, first, S.True);
    hooks.compare = () => {
      throw new Error('raised');
    };
    const second = temp(rt, newKey(rt, 5, 2));
    expect(() => dictSet(rt, d, second, first)).toThrow('raised');
    rt.audit();
    expect(dictLength(rt, d)).toBe(1);
  });

  test('compares equal whatever the order', () => {
    const rt = bareRuntime();
    const a = temp(rt, newDict(rt));
    const b = temp(rt, newDict(rt));
    for (const text of ['x', 'y', 'zz']) dictSetText(rt, a, text, S.True);
    for (const text of ['zz', 'y', 'x']) dictSetText(rt, b, text, S.True);
    expect(dictEqual(rt, a, b)).toBe(true);
    dictSetText(rt, b, 'w', S.True);
    expect(dictEqual(rt, a, b)).toBe(false);
    end(rt, a, b);
  });

  test('gives its keys record a version until a key comes or goes', () => {
    const rt = bareRuntime();
    const d = temp(rt, newDict(rt));
    dictSetText(rt, d, 'a', S.True);
    const keys = rt.words[d + DictWord.Keys];
    const version = keysVersion(rt, keys);
    dictSetText(rt, d, 'a', S.False);
    expect(keysVersion(rt, keys)).toBe(version);
    dictSetText(rt, d, 'b', S.False);
    expect(keysVersion(rt, keys)).not.toBe(version);
    end(rt, d);
  });

  test('merges by cloning, by replacing and by keeping', () => {
    const rt = bareRuntime();
    const a = temp(rt, newDict(rt));
    const b = temp(rt, newDict(rt));
    rt.words[T.dict + 27] = 1;
    for (let i = 0; i < 9; i++) dictSetTake(rt, a, newInt(rt, i * 300), newInt(rt, i));
    dictMerge(rt, b, a, Override.Replace);
    expect(entries(rt, b)).toEqual(entries(rt, a));
    dictSetTake(rt, a, newInt(rt, 300), newInt(rt, 77));
    dictMerge(rt, b, a, Override.Keep);
    expect(dictEqual(rt, a, b)).toBe(false);
    dictMerge(rt, b, a, Override.Replace);
    expect(dictEqual(rt, a, b)).toBe(true);
    end(rt, a, b);
  });

  test('shares the empty table until something is stored, and again after clear', () => {
    const rt = bareRuntime();
    const d = temp(rt, newDict(rt));
    expect(rt.words[d + DictWord.Keys]).toBe(rt.words[HeapRoot.EmptyKeys]);
    dictSetText(rt, d, 'a', S.True);
    dictClear(rt, d);
    expect(rt.words[d + DictWord.Keys]).toBe(rt.words[HeapRoot.EmptyKeys]);
    end(rt, d);
  });
});

/** A key for number `n`: strings, integers, pairs and chosen hashes are mixed, as `kinds` says. */
function makeKey(rt: Runtime, n: number, kinds: number): Owned {
  switch (n % kinds) {
    case 0:
      return internText(rt, `key${n}`);
    case 1:
      return newStr(rt, `text ${n}`);
    case 2:
      return newInt(rt, n * 257 - 40);
    default:
      return newKey(rt, n % 7, n);
  }
}

describe.each([
  ['strings', 2],
  ['strings and integers', 3],
  ['strings, integers and objects', 4],
])('a dict of %s', (_name, kinds) => {
  test('behaves as a Map over random operations', { timeout: 60_000 }, () => {
    const rt = bareRuntime();
    const random = randomFrom(kinds);
    const d = temp(rt, newDict(rt));
    const model = new Map<number, number>();
    for (let step = 0; step < 40_000; step++) {
      const n = random(step % 9000 < 3000 ? 30 : 400);
      const key = temp(rt, makeKey(rt, n, kinds));
      switch (random(8)) {
        case 0:
        case 1:
        case 2:
          dictSetTake(rt, d, newRef(rt, key), newInt(rt, step));
          model.set(n, step);
          break;
        case 3:
        case 4:
          expect(dictDelete(rt, d, key)).toBe(model.delete(n));
          break;
        case 5: {
          const value = dictGet(rt, d, key);
          expect(value === 0 ? undefined : compactValue(rt, value)).toBe(model.get(n));
          break;
        }
        case 6: {
          const fallback = temp(rt, newInt(rt, step));
          dictSetDefault(rt, d, key, fallback);
          if (!model.has(n)) model.set(n, step);
          dropTemp(rt, fallback);
          break;
        }
        default:
          expect(dictContains(rt, d, key)).toBe(model.has(n));
          if (random(200) === 0 && model.size > 0) {
            decref(rt, dictPopItem(rt, d));
            model.delete([...model.keys()].at(-1)!);
          }
          if (random(2000) === 0) {
            dictClear(rt, d);
            model.clear();
          }
      }
      dropTemp(rt, key);
      if (step % 4000 === 0) {
        rt.audit({ leaks: true });
        expect(dictLength(rt, d)).toBe(model.size);
        const values = [];
        for (let i = dictNext(rt, d, 0); i >= 0; i = dictNext(rt, d, i + 1))
          values.push(compactValue(rt, dictValueAt(rt, d, i)));
        expect(values).toEqual([...model.values()]);
      }
    }
    end(rt, d);
  });
});

test('a tuple as value does not make the dict tracked while the tuple is not', () => {
  const rt = bareRuntime();
  const d = temp(rt, newDict(rt));
  const pair = temp(rt, tupleOf(rt, S.True, S.False));
  dictSetText(rt, d, 'p', pair);
  expect(isTracked(rt, d)).toBe(isTracked(rt, pair));
  if (!isTracked(rt, pair)) track(rt, pair);
  end(rt, d, pair);
});
