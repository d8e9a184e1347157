import { describe, expect, it } from 'vitest';
import { Fill } from '../layout/allocator.ts';
import { HeapCorruption } from '../memory/errors.ts';
import { Memory } from '../memory/memory.ts';
import { alloc, allocMetered, free, freeMetered, realloc } from './alloc.ts';
import { checkFreed } from './debug.ts';
import { usedBytes } from './meter.ts';

const debugMemory = (): Memory => new Memory({ reserveBytes: 8 << 20, staticWords: 1 << 17, debug: true });

function corruption(action: () => void): HeapCorruption {
  try {
    action();
  } catch (error) {
    if (error instanceof HeapCorruption) return error;
    throw error;
  }
  throw new Error('no corruption found');
}

describe.each([6, 64, 500])('debug mode, blocks of %i words', (nwords) => {
  it('fills fresh and freed memory', () => {
    const m = debugMemory();
    const block = alloc(m, nwords);
    const fills = (fill: number): boolean => m.words.subarray(block, block + nwords).every((word) => word === fill);
    expect(fills(Fill.Clean)).toBe(true);
    free(m, block, nwords);
    expect(m.words[block + nwords - 1]).toBe(Fill.Dead);
  });

  it('meters as the plain mode does', () => {
    const m = debugMemory();
    const block = alloc(m, nwords);
    expect(usedBytes(m)).toBe(nwords * 8);
    expect(usedBytes(m) - (free(m, block, nwords), usedBytes(m))).toBe(nwords * 8);
  });

  it('finds a write after free when the block is handed out again', () => {
    const m = debugMemory();
    const [block] = [alloc(m, nwords), alloc(m, nwords)];
    free(m, block, nwords);
    m.words[block + 2] = 5;
    const found = corruption(() => alloc(m, nwords));
    expect(found.invariant).toContain('use after free');
    expect(found.address).toBe(block + 2);
    expect(found.found).toBe('0x00000005');
  });

  it('finds a write after free on demand', () => {
    const m = debugMemory();
    const [block] = [alloc(m, nwords), alloc(m, nwords)];
    free(m, block, nwords);
    checkFreed(m);
    m.words[block + nwords - 1] = 0;
    expect(corruption(() => checkFreed(m)).address).toBe(block + nwords - 1);
  });

  it('finds a second free', () => {
    const m = debugMemory();
    const [block] = [alloc(m, nwords), alloc(m, nwords)];
    free(m, block, nwords);
    expect(corruption(() => free(m, block, nwords)).invariant).toContain('double free');
  });

  it('finds a write behind the block', () => {
    const m = debugMemory();
    const block = alloc(m, nwords);
    m.words[block + nwords] = 0;
    const found = corruption(() => free(m, block, nwords));
    expect(found.invariant).toContain(`overrun of block of ${nwords} words, allocation 1`);
    expect(found.address).toBe(block);
  });

  it('finds a write before the block', () => {
    const m = debugMemory();
    const block = alloc(m, nwords);
    m.words[block - 1] = 0;
    expect(corruption(() => free(m, block, nwords)).invariant).toContain('underrun');
  });

  it('finds a wrong size at free and at realloc', () => {
    const m = debugMemory();
    const block = alloc(m, nwords);
    expect(corruption(() => free(m, block, nwords - 1))).toMatchObject({ expected: nwords, found: nwords - 1 });
    expect(corruption(() => realloc(m, block, nwords + 1, 3)).invariant).toContain('wrong size');
  });

  it('finds wrong metered bytes', () => {
    const m = debugMemory();
    const block = allocMetered(m, nwords, 41);
    expect(corruption(() => freeMetered(m, block, nwords, 42))).toMatchObject({ expected: 41, found: 42 });
    freeMetered(m, block, nwords, 41);
    expect(usedBytes(m)).toBe(0);
  });

  it('moves a block that is reallocated, so that stale addresses show', () => {
    const m = debugMemory();
    const block = alloc(m, nwords);
    m.words[block] = 9;
    const moved = realloc(m, block, nwords, nwords + 1);
    expect(moved).not.toBe(block);
    expect(m.words[moved]).toBe(9);
    expect(corruption(() => free(m, block, nwords)).invariant).toContain('double free');
  });
});
