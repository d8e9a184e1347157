import { describe, expect, it } from 'vitest';
import { validatePools } from '../check/pools.ts';
import { Pool } from '../layout/allocator.ts';
import { Root } from '../layout/root.ts';
import { Memory } from '../memory/memory.ts';
import { alloc, free, realloc } from './alloc.ts';

const small = (): Memory => new Memory({ reserveBytes: 8 << 20, staticWords: 1 << 17 });
const poolOf = (block: number): number => block & Pool.Base;
const allocMany = (m: Memory, count: number, nwords: number): number[] =>
  Array.from({ length: count }, () => alloc(m, nwords));

describe('pool', () => {
  it('carves blocks one after the other behind its header', () => {
    const m = small();
    const [a, b, c] = [alloc(m, 6), alloc(m, 6), alloc(m, 5)];
    expect(a - poolOf(a)).toBe(6);
    expect([b - a, c - b]).toEqual([6, 6]);
  });

  it('leaves the used list when its last block is taken', () => {
    const m = small();
    const head = Root.UsedPools + 4 * 31;
    allocMany(m, 30, 64);
    expect(m.words[head + Pool.Next]).not.toBe(head);
    const last = alloc(m, 64);
    expect(m.words[head + Pool.Next]).toBe(head);
    expect(poolOf(alloc(m, 64))).not.toBe(poolOf(last));
    validatePools(m);
  });

  it('returns to the front of the used list when a block of the full pool is freed', () => {
    const m = small();
    const blocks = allocMany(m, 40, 64);
    free(m, blocks[3]!, 64);
    expect(alloc(m, 64)).toBe(blocks[3]);
    validatePools(m);
  });

  it('serves another class after its last block was freed', () => {
    const m = small();
    const block = alloc(m, 6);
    const pool = poolOf(block);
    free(m, block, 6);
    const other = alloc(m, 20);
    expect(poolOf(other)).toBe(pool);
    expect(other).toBe(pool + Pool.Header);
    validatePools(m);
  });

  it('keeps its free chain for its own class when it was empty', () => {
    const m = small();
    const [a, b, c] = allocMany(m, 3, 6);
    for (const block of [a, c, b]) free(m, block!, 6);
    expect(allocMany(m, 4, 6)).toEqual([b, c, a, a! + 18]);
    validatePools(m);
  });
});

describe('a small block that is reallocated', () => {
  it('stays while it fits its class and uses more than three quarters of it', () => {
    const m = small();
    const block = alloc(m, 64);
    expect(realloc(m, block, 64, 49)).toBe(block);
    expect(realloc(m, block, 49, 63)).toBe(block);
    expect(realloc(m, block, 63, 48)).not.toBe(block);
  });

  it('moves to a larger class when it outgrows its own', () => {
    const m = small();
    const block = alloc(m, 6);
    expect(poolOf(realloc(m, block, 6, 7))).not.toBe(poolOf(block));
    validatePools(m);
  });

  it('is allocated if there was none', () => {
    const m = small();
    expect(poolOf(realloc(m, 0, 0, 4))).toBe(poolOf(alloc(m, 4)));
  });
});
