/** The ends of what the allocator can do. */
import { expect, it } from 'vitest';
import type { HeapEvents } from '../events.ts';
import { Segment } from '../layout/allocator.ts';
import { HeapOutOfMemory } from '../memory/errors.ts';
import { packSnapshot, unpackSnapshot } from '../memory/image.ts';
import { Memory } from '../memory/memory.ts';
import { restoreSnapshot, takeSnapshot } from '../memory/snapshot.ts';
import { alloc, allocMetered, free, freeMetered, realloc } from './alloc.ts';
import { usedBytes } from './meter.ts';
import { segmentKind } from './segment.ts';
import { allocatorStats } from './stats.ts';

const small = (debug = false): Memory => new Memory({ reserveBytes: 8 << 20, staticWords: 1 << 17, debug });

it.each([false, true])('a block that cannot grow stays as it is (debug mode: %s)', (debug) => {
  const m = small(debug);
  const block = alloc(m, 1000);
  m.words[block + 999] = 7;
  const used = usedBytes(m);
  for (const nwords of [1 << 21, 1 << 29]) expect(() => realloc(m, block, 1000, nwords)).toThrow(HeapOutOfMemory);
  expect([m.words[block + 999], usedBytes(m)]).toEqual([7, used]);
  free(m, block, 1000);
});

it.each([6, 500])('in debug mode too the buffer is full at some time, with blocks of %i words', (nwords) => {
  const m = small(true);
  expect(() => {
    for (;;) alloc(m, nwords);
  }).toThrow(HeapOutOfMemory);
});

it('what lies outside of all segments is free', () => {
  expect(segmentKind(small(), Segment.Limit)).toBe(0);
});

it('memory may be shared with other threads of the host', () => {
  const m = new Memory({ reserveBytes: 8 << 20, staticWords: 1 << 17, shared: true });
  expect(m.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(alloc(m, 6)).toBeGreaterThan(0);
});

it('less memory than asked for is taken where the host refuses so much, but not too little', () => {
  const original = globalThis.ArrayBuffer;
  const refusing = (limit: number): typeof ArrayBuffer =>
    new Proxy(original, {
      construct(target, [length]: [number]) {
        if (length > limit) throw new RangeError('Array buffer allocation failed');
        return new target(length);
      },
    });
  try {
    globalThis.ArrayBuffer = refusing(300 << 20);
    const m = new Memory({ reserveBytes: 1 << 30 });
    expect(m.words.length * 4).toBe(256 << 20);
    globalThis.ArrayBuffer = refusing(0);
    expect(() => new Memory({ reserveBytes: 1 << 30 })).toThrow('Array buffer allocation failed');
  } finally {
    globalThis.ArrayBuffer = original;
  }
});

it.runIf(TRACE)('events tell of small blocks with another size than their words', () => {
  const m = small();
  const told: number[][] = [];
  alloc(m, 6);
  // What does not add to the most that was in use takes the quick way.
  free(m, alloc(m, 1000), 1000);
  m.events = {
    alloc: (...args: number[]) => told.push(args),
    free: () => undefined,
  } as Partial<HeapEvents> as HeapEvents;
  const blocks = [alloc(m, 6), allocMetered(m, 6, 41)];
  expect(told).toEqual([
    [blocks[0], 6, 48],
    [blocks[1], 6, 41],
  ]);
  freeMetered(m, blocks[1]!, 6, 41);
});

it('pools without blocks are left out of the statistics', () => {
  const m = small();
  const [kept, block] = [alloc(m, 6), alloc(m, 60)];
  free(m, block, 60);
  const { classes } = allocatorStats(m);
  expect(classes.map(({ pools }) => pools).reduce((sum, n) => sum + n)).toBe(1);
  free(m, kept, 6);
});

it('a range that begins with zeros is packed without them', () => {
  const m = small();
  const { ranges, hosts } = takeSnapshot(m);
  const words = new Int32Array(20_000);
  words[19_999] = 7;
  const unpacked = unpackSnapshot(packSnapshot({ ranges: [...ranges, { start: 1 << 20, words }], hosts }));
  expect(unpacked.ranges.at(-1)?.words.at(-1)).toBe(7);
  expect(unpacked.ranges.at(-1)?.start).toBe((1 << 20) + 19_999);
});

it('an image of a memory with zeros at a range’s begin and end is the same memory', () => {
  const m = small();
  const blocks = Array.from({ length: 3 }, () => alloc(m, 3000));
  m.words.fill(0, blocks[0], blocks[0]! + 3000);
  m.words.fill(0, blocks[2], blocks[2]! + 3000);
  m.words[blocks[1]! + 1500] = 9;
  const other = small();
  restoreSnapshot(other, unpackSnapshot(packSnapshot(takeSnapshot(m))));
  expect(other.words[blocks[1]! + 1500]).toBe(9);
});
