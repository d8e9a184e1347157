import { describe, expect, it } from 'vitest';
import { validateMeter } from '../check/large.ts';
import { HeapOutOfMemory } from '../memory/errors.ts';
import { Memory } from '../memory/memory.ts';
import { alloc, allocMetered, free, freeMetered, realloc, reallocMetered } from './alloc.ts';
import { limitBytes, meter, peakBytes, resetPeak, setLimit, usedBytes } from './meter.ts';

const withBudget = (budgetBytes = Infinity): Memory =>
  new Memory({ reserveBytes: 16 << 20, staticWords: 1 << 17, budgetBytes });
const GIB = 2 ** 30;

describe('meter', () => {
  it('counts what the caller says, not what the block takes', () => {
    const m = withBudget();
    const block = allocMetered(m, 11, 42);
    expect(usedBytes(m)).toBe(42);
    const moved = reallocMetered(m, block, 11, 42, 20, 73);
    expect(usedBytes(m)).toBe(73);
    freeMetered(m, moved, 20, 73);
    expect([usedBytes(m), peakBytes(m)]).toEqual([0, 73]);
  });

  it('serves an allocation that uses the budget up to the last byte, and none beyond', () => {
    const m = withBudget(1000);
    alloc(m, 100);
    allocMetered(m, 2, 200);
    expect(usedBytes(m)).toBe(1000);
    expect(() => allocMetered(m, 1, 1)).toThrow(HeapOutOfMemory);
    expect(() => meter(m, 1)).toThrow(HeapOutOfMemory);
    expect([usedBytes(m), peakBytes(m)]).toEqual([1000, 1000]);
  });

  it('refuses a growing reallocation and leaves the block alone', () => {
    const m = withBudget(200);
    const block = alloc(m, 20);
    m.words[block + 19] = 5;
    expect(() => realloc(m, block, 20, 26)).toThrow(HeapOutOfMemory);
    expect(m.words[block + 19]).toBe(5);
    free(m, block, 20);
    expect(usedBytes(m)).toBe(0);
  });

  it('counts totals beyond 32 bits', () => {
    const m = withBudget(20 * GIB);
    for (let i = 0; i < 10; i++) meter(m, 2_000_000_000);
    expect(usedBytes(m)).toBe(20_000_000_000);
    expect(() => meter(m, 2 * GIB)).toThrow(HeapOutOfMemory);
    const block = alloc(m, 6);
    for (let i = 0; i < 10; i++) meter(m, -2_000_000_000);
    expect(usedBytes(m)).toBe(48);
    expect(peakBytes(m)).toBe(20_000_000_048);
    free(m, block, 6);
    validateMeter(m);
  });

  it('keeps the peak when credit is rebalanced after large releases', () => {
    const m = withBudget();
    const payloads = [3 * GIB, 5 * GIB, GIB / 2];
    for (const nbytes of payloads) meter(m, nbytes);
    for (const nbytes of payloads) meter(m, -nbytes);
    expect([usedBytes(m), peakBytes(m)]).toEqual([0, 8.5 * GIB]);
    meter(m, 4 * GIB);
    expect(peakBytes(m)).toBe(8.5 * GIB);
    meter(m, -4 * GIB);
    meter(m, 8.5 * GIB + 1);
    expect(peakBytes(m)).toBe(8.5 * GIB + 1);
  });

  it('lets the peak start again', () => {
    const m = withBudget();
    const block = alloc(m, 60);
    alloc(m, 10);
    free(m, block, 60);
    resetPeak(m);
    expect(peakBytes(m)).toBe(80);
    alloc(m, 1);
    expect(peakBytes(m)).toBe(88);
  });

  it('accepts a budget below what is in use, and then serves nothing until enough is free', () => {
    const m = withBudget();
    const block = alloc(m, 100);
    setLimit(m, 300);
    expect(limitBytes(m)).toBe(300);
    expect(() => alloc(m, 1)).toThrow(HeapOutOfMemory);
    free(m, block, 100);
    alloc(m, 37);
    expect(() => alloc(m, 1)).toThrow(HeapOutOfMemory);
    setLimit(m, Infinity);
    alloc(m, 1000);
    expect(() => setLimit(m, NaN)).toThrow(RangeError);
  });

  it('keeps a refusal by a full buffer out of the peak', () => {
    const m = withBudget();
    alloc(m, 10);
    expect(() => alloc(m, 5_000_000)).toThrow(HeapOutOfMemory);
    expect(() => alloc(m, 2 ** 40)).toThrow(HeapOutOfMemory);
    expect([usedBytes(m), peakBytes(m)]).toEqual([80, 80]);
  });
});
