import { describe, expect, it } from 'vitest';
import { validateLarge } from '../check/large.ts';
import { Bin, Segment } from '../layout/allocator.ts';
import { Root } from '../layout/root.ts';
import { HeapOutOfMemory } from '../memory/errors.ts';
import { Memory } from '../memory/memory.ts';
import { alloc, free, realloc } from './alloc.ts';
import { binOf } from './bins.ts';
import { largeWords } from './large.ts';

const memory = (segments: number): Memory =>
  new Memory({ reserveBytes: (1 + segments) * Segment.Words * 4, staticWords: Segment.Words });
const segmentsUsed = (m: Memory): number => m.words[Root.LargeSegments]!;

describe('large space', () => {
  it('cuts neighbouring blocks from one segment', () => {
    const m = memory(2);
    const [a, b] = [alloc(m, 100), alloc(m, 65)];
    expect(b - a).toBe(largeWords(100));
    expect(segmentsUsed(m)).toBe(1);
    validateLarge(m);
  });

  it('merges a freed block with both neighbours', () => {
    const m = memory(2);
    const [a, b, c] = [alloc(m, 100), alloc(m, 200), alloc(m, 300)];
    alloc(m, 65);
    free(m, a, 100);
    free(m, c, 300);
    free(m, b, 200);
    validateLarge(m);
    const whole = largeWords(100) + largeWords(200) + largeWords(300);
    expect(alloc(m, whole - 40)).toBe(a);
    validateLarge(m);
  });

  it('gives segments back as soon as nothing in them is in use', () => {
    const m = memory(8);
    const [a, b] = [alloc(m, 3 * Segment.Words), alloc(m, 70)];
    expect(segmentsUsed(m)).toBe(4);
    free(m, a, 3 * Segment.Words);
    expect(segmentsUsed(m)).toBe(1);
    validateLarge(m);
    free(m, b, 70);
    expect(segmentsUsed(m)).toBe(0);
    validateLarge(m);
  });

  it('gives back the middle of a run and keeps both ends', () => {
    const m = memory(8);
    const [a, b, c] = [alloc(m, 1000), alloc(m, 3 * Segment.Words), alloc(m, 1000)];
    free(m, b, 3 * Segment.Words);
    validateLarge(m);
    const again = alloc(m, 2 * Segment.Words);
    free(m, a, 1000);
    free(m, c, 1000);
    free(m, again, 2 * Segment.Words);
    validateLarge(m);
    expect(segmentsUsed(m)).toBe(0);
  });

  it('lets a block span adjacent segments that were taken one by one', () => {
    const m = memory(2);
    const [a, b] = [alloc(m, 100_000), alloc(m, 100_000)];
    free(m, a, 100_000);
    free(m, b, 100_000);
    expect(alloc(m, 2 * Segment.Words - 8)).toBe(a);
    validateLarge(m);
  });

  it('grows a block in place into the free block behind it', () => {
    const m = memory(2);
    const [a, b] = [alloc(m, 100), alloc(m, 1000)];
    alloc(m, 65);
    free(m, b, 1000);
    expect(realloc(m, a, 100, 900)).toBe(a);
    validateLarge(m);
    expect(realloc(m, a, 900, 2000)).not.toBe(a);
    validateLarge(m);
  });

  it('grows the last block in place into free segments', () => {
    const m = memory(8);
    const a = alloc(m, 100);
    expect(realloc(m, a, 100, 5 * Segment.Words)).toBe(a);
    expect(segmentsUsed(m)).toBe(6);
    validateLarge(m);
    expect(realloc(m, a, 5 * Segment.Words, 100)).toBe(a);
    expect(segmentsUsed(m)).toBe(1);
    validateLarge(m);
  });

  it('gives back the tail of a block that shrinks', () => {
    const m = memory(2);
    const a = alloc(m, 5000);
    alloc(m, 65);
    expect(realloc(m, a, 5000, 100)).toBe(a);
    expect(alloc(m, 4000)).toBe(a + largeWords(100));
    validateLarge(m);
  });

  it('moves a block to a pool when it shrinks to a small one', () => {
    const m = memory(2);
    const a = alloc(m, 65);
    realloc(m, a, 65, 64);
    expect(segmentsUsed(m)).toBe(0);
    validateLarge(m);
  });

  it('refuses what the buffer cannot hold, with nothing changed', () => {
    const m = memory(3);
    const a = alloc(m, 100);
    expect(() => alloc(m, 3 * Segment.Words)).toThrow(HeapOutOfMemory);
    expect(() => realloc(m, a, 100, 4 * Segment.Words)).toThrow(HeapOutOfMemory);
    expect(() => alloc(m, 2 ** 33)).toThrow(HeapOutOfMemory);
    expect(segmentsUsed(m)).toBe(1);
    validateLarge(m);
    free(m, a, 100);
    expect(alloc(m, 3 * Segment.Words - 4)).toBe(a);
  });
});

describe('bins', () => {
  it('order sizes: a larger block is never in a lower bin', () => {
    let last = 0;
    for (let nwords = 8; nwords < 2 * Segment.Words; nwords += 8) {
      const bin = binOf(nwords);
      expect(bin >= last && bin < Bin.Count).toBe(true);
      last = bin;
    }
    expect(last).toBe(Bin.Count - 1);
  });
});
