import { describe, expect, it } from 'vitest';
import { Heap } from './heap.ts';

const MIB = 1 << 20;

describe('Heap', () => {
  it('collects a cycle of two', () => {
    const heap = new Heap({ reserveBytes: 64 * MIB });
    const dead: number[] = [];
    const pair = heap.defineType({ name: 'pair', fields: ['ref', 'ref'], finalize: (_, o) => dead.push(o) });
    const before = heap.usedBytes();
    const a = heap.alloc(pair);
    const b = heap.alloc(pair);
    heap.setField(a, 2, b);
    heap.setField(b, 2, a);
    heap.decref(a);
    heap.decref(b);
    expect(dead).toEqual([]);
    expect(heap.collect()).toBe(2);
    expect(dead).toEqual([a, b]);
    expect(heap.usedBytes()).toBe(before);
  });

  it('frees a chain of a million objects', () => {
    const heap = new Heap({ reserveBytes: 512 * MIB });
    const pair = heap.defineType({ name: 'pair', fields: ['ref', 'ref'] });
    const tuple = heap.defineType({ name: 'tuple', items: 'inline' });
    const before = heap.usedBytes();
    for (const type of [pair, tuple]) {
      let head = heap.alloc(type, 1);
      for (let i = 1; i < 1_000_000; i++) {
        const next = heap.alloc(type, 1);
        heap.words[next + (type === pair ? 2 : 3)] = head;
        head = next;
      }
      heap.decref(head);
      expect(heap.usedBytes()).toBe(before);
    }
  });
});
