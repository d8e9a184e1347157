import { describe, expect, it } from 'vitest';
import { Memory } from '../memory/memory.ts';
import { alloc, free, realloc } from './alloc.ts';
import { peakBytes, usedBytes } from './meter.ts';

const MIB = 1 << 20;
const small = (): Memory => new Memory({ reserveBytes: 16 * MIB, staticWords: 1 << 17 });

describe('alloc', () => {
  it('hands out even addresses inside the buffer and meters eight bytes a word', () => {
    const m = small();
    const blocks = [1, 2, 3, 63, 64, 65, 1000, 200_000].map((nwords) => [alloc(m, nwords), nwords] as const);
    for (const [block] of blocks) expect(block % 2).toBe(0);
    expect(usedBytes(m)).toBe(8 * (1 + 2 + 3 + 63 + 64 + 65 + 1000 + 200_000));
    for (const [block, nwords] of blocks) free(m, block, nwords);
    expect(usedBytes(m)).toBe(0);
    expect(peakBytes(m)).toBe(8 * (1 + 2 + 3 + 63 + 64 + 65 + 1000 + 200_000));
  });

  it('hands out a block of its own for no words at all', () => {
    const m = small();
    const [a, b] = [alloc(m, 0), alloc(m, 0)];
    expect(a).not.toBe(b);
    expect(usedBytes(m)).toBe(0);
    free(m, a, 0);
    expect(alloc(m, 1)).toBe(a);
  });

  it('hands out the block freed last first', () => {
    const m = small();
    const [a, b] = [alloc(m, 6), alloc(m, 6)];
    free(m, a, 6);
    free(m, b, 6);
    expect([alloc(m, 5), alloc(m, 6)]).toEqual([b, a]);
  });

  it('keeps the words of a reallocated block', () => {
    const m = small();
    let block = alloc(m, 4);
    let nwords = 4;
    for (let i = 0; i < 4; i++) m.words[block + i] = i + 1;
    for (const next of [5, 8, 70, 5000, 300_000, 66, 10, 4]) {
      block = realloc(m, block, nwords, next);
      nwords = next;
      expect([...m.words.subarray(block, block + 4)]).toEqual([1, 2, 3, 4]);
    }
    expect(usedBytes(m)).toBe(32);
  });
});
