import { describe, expect, it } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import { FloatWord, FreeListMax, FreeListRoot } from '../layout/freelists.ts';
import { GcRoot, GenWord } from '../layout/gc.ts';
import { Destructor, HeapRoot } from '../layout/heap-root.ts';
import { TypeWord } from '../layout/type.ts';
import type { Owned } from '../memory/ref.ts';
import { newFloat } from './freelist.ts';
import { decref } from './refcount.ts';

const count = (py: MiniPython): number => py.words[GcRoot.Generations + GenWord.Count]!;

describe('free lists', () => {
  it('hand out the list that died last, without counting it', () => {
    const py = new MiniPython();
    const [a, b] = [py.newList([]), py.newList([])];
    decref(py, a);
    decref(py, b);
    const before = count(py);
    expect([py.newList([]), py.newList([])]).toEqual([b, a]);
    expect(count(py)).toBe(before);
  });

  it('keep tuples by size', () => {
    const py = new MiniPython();
    const one = py.newTuple([py.none]);
    const two = py.newTuple([py.none, py.none]);
    decref(py, one);
    decref(py, two);
    expect(py.newTuple([py.none, py.none])).toBe(two);
    expect(py.newTuple([py.none])).toBe(one);
  });

  it('keep no more than CPython does', () => {
    const py = new MiniPython();
    const lists = Array.from({ length: 100 }, () => py.newList([]));
    const before = count(py);
    for (const list of lists) decref(py, list);
    expect(py.words[FreeListRoot.ListCount]).toBe(FreeListMax.Lists);
    expect(count(py)).toBe(before - 20);
  });

  it('keep only objects of exactly the base type', () => {
    const py = new MiniPython();
    const type = py.class({ name: 'Items', base: py.list });
    decref(py, py.newList([], type));
    expect(py.words[FreeListRoot.ListCount]).toBe(0);
  });

  it('are emptied at once', () => {
    const py = new MiniPython();
    py.words[HeapRoot.FloatType] = py.str;
    py.words[py.str + TypeWord.Dealloc] = Destructor.Float;
    py.words[py.str + TypeWord.BasicSize] = FloatWord.Bytes;
    const before = py.usedBytes();
    const objects: Owned[] = [py.newList([py.none]), py.newTuple([py.none]), py.newDict([py.none])];
    objects.push(newFloat(py, py.str, 1.5), py.newTuple([py.none, py.none]));
    for (const o of objects.slice(0, 3)) decref(py, o);
    decref(py, objects[4]!);
    expect(py.usedBytes()).toBeGreaterThan(before);
    decref(py, objects[3]!);
    py.audit({ leaks: true });
    py.clearFreeLists();
    py.audit({ leaks: true });
    expect(py.usedBytes()).toBe(before);
  });
});
