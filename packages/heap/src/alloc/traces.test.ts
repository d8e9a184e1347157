import { expect, test } from 'vitest';
import { Heap } from '../heap.ts';
import { HeapRoot } from '../layout/heap-root.ts';
import { restoreSnapshot, takeSharing, takeSnapshot } from '../memory/snapshot.ts';
import { newTuple } from '../object/freelist.ts';
import { alloc, free, realloc } from './alloc.ts';
import { startTraces, stopTraces } from './traces.ts';

function traced(): Heap {
  const h = new Heap({ reserveBytes: 64 << 20, staticWords: 1 << 17 });
  h.placeNow = () => 'here';
  startTraces(h);
  return h;
}

test('blocks in use are known with size and place, those given back are not', () => {
  const h = traced();
  const before = alloc(h, 4);
  const [a, b] = [alloc(h, 6), alloc(h, 1000)];
  expect(h.traces?.used).toBe(8 * (4 + 6 + 1000));
  expect(h.traces?.blocks.get(a)).toEqual({ nbytes: 48, place: 'here' });
  free(h, b, 1000);
  free(h, before, 4);
  expect([h.traces?.used, h.traces?.peak, h.traces?.blocks.size]).toEqual([48, 8 * 1010, 1]);
  expect(alloc(h, 4)).toBe(before);
  expect([h.traces?.used, h.traces?.peak]).toEqual([80, 8 * 1010]);
});

test('a block from before is not known, and gone with it changes nothing', () => {
  const h = new Heap({ reserveBytes: 64 << 20, staticWords: 1 << 17 });
  const block = alloc(h, 6);
  startTraces(h);
  free(h, block, 6);
  expect([h.traces?.used, h.traces?.blocks.size]).toEqual([0, 0]);
});

test('a block that moves is traced where it is now', () => {
  const h = traced();
  const block = alloc(h, 6);
  h.placeNow = () => 'there';
  const moved = realloc(h, block, 6, 600);
  expect([...(h.traces?.blocks ?? [])]).toEqual([[moved, { nbytes: 4800, place: 'there' }]]);
});

test('an object from a free list is traced to its new place', () => {
  const h = traced();
  h.words[HeapRoot.TupleType] = h.defineType({ name: 'tuple', items: 'inline' });
  const tuple = h.words[HeapRoot.TupleType];
  const old = newTuple(h, tuple, 2);
  h.decref(old);
  h.placeNow = () => 'there';
  expect(newTuple(h, tuple, 2)).toBe(old);
  expect([...(h.traces?.blocks.values() ?? [])].map(({ place }) => place)).toEqual(['there']);
  stopTraces(h);
  h.decref(old);
  expect(newTuple(h, tuple, 2)).toBe(old);
  expect(h.traces).toBeNull();
});

test('an object from a free list whose block is not known stays unknown', () => {
  const h = new Heap({ reserveBytes: 64 << 20, staticWords: 1 << 17 });
  const tuple = (h.words[HeapRoot.TupleType] = h.defineType({ name: 'tuple', items: 'inline' }));
  h.decref(newTuple(h, tuple, 2));
  startTraces(h);
  expect(newTuple(h, tuple, 2)).toBeGreaterThan(0);
  expect(h.traces?.blocks.size).toBe(0);
});

test.each([takeSnapshot, (h: Heap) => takeSharing(h, null)])('a snapshot has the traces of its moment', (take) => {
  const h = traced();
  const block = alloc(h, 6);
  const snapshot = take(h);
  free(h, block, 6);
  restoreSnapshot(h, snapshot);
  expect(h.traces?.used).toBe(48);
  free(h, block, 6);
  restoreSnapshot(h, snapshot);
  expect(h.traces?.blocks.size).toBe(1);
});
