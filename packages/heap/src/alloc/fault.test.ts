import { describe, expect, it } from 'vitest';
import { HeapOutOfMemory } from '../memory/errors.ts';
import { Memory } from '../memory/memory.ts';
import { takeSnapshot } from '../memory/snapshot.ts';
import { alloc, free, realloc } from './alloc.ts';
import { failAllocation, pendingFailure, setStress, takeStressRequest } from './fault.ts';
import { meter, peakBytes, usedBytes } from './meter.ts';

const small = (): Memory => new Memory({ reserveBytes: 8 << 20, staticWords: 1 << 17 });

/** Takes, resizes and releases six blocks; gives everything back when an allocation fails. */
function work(m: Memory): void {
  const held: [number, number][] = [];
  try {
    for (const nwords of [3, 64, 65, 5000]) held.push([alloc(m, nwords), nwords]);
    for (const pair of held) {
      pair[0] = realloc(m, pair[0], pair[1], pair[1] * 2);
      pair[1] *= 2;
    }
  } finally {
    for (const [block, nwords] of held) free(m, block, nwords);
  }
}

describe('fault injection', () => {
  it('fails exactly the n-th allocation, once', () => {
    const m = small();
    failAllocation(m, 3);
    alloc(m, 1);
    alloc(m, 500);
    expect(pendingFailure(m)).toBe(1);
    expect(() => alloc(m, 1)).toThrow(HeapOutOfMemory);
    expect(pendingFailure(m)).toBe(0);
    alloc(m, 1);
  });

  it('counts growing reallocations and payloads outside', () => {
    const m = small();
    const block = alloc(m, 10);
    failAllocation(m, 1);
    expect(() => realloc(m, block, 10, 11)).toThrow(HeapOutOfMemory);
    failAllocation(m, 1);
    expect(() => meter(m, 1)).toThrow(HeapOutOfMemory);
    failAllocation(m, 1);
    meter(m, 0);
    realloc(m, block, 10, 9);
    failAllocation(m, 0);
    alloc(m, 1);
  });

  it('leaves nothing changed but its own countdown', () => {
    const m = small();
    work(m);
    const before = takeSnapshot(m);
    failAllocation(m, 1);
    expect(() => alloc(m, 7)).toThrow(HeapOutOfMemory);
    expect(takeSnapshot(m)).toEqual(before);
  });

  it('lets a program that cleans up survive every single failure', () => {
    const m = small();
    let failures = 0;
    for (let n = 1; ; n++) {
      failAllocation(m, n);
      try {
        work(m);
        break;
      } catch (error) {
        expect(error).toBeInstanceOf(HeapOutOfMemory);
        failures++;
      }
      expect(usedBytes(m)).toBe(0);
    }
    expect(failures).toBe(8);
  });

  it('keeps the peak exact while it is armed', () => {
    const m = small();
    failAllocation(m, 1000);
    free(m, alloc(m, 40), 40);
    alloc(m, 2);
    expect(peakBytes(m)).toBe(320);
  });

  it('refuses counts that are no integers from 0', () => {
    for (const n of [-1, 0.5, NaN]) expect(() => failAllocation(small(), n)).toThrow(RangeError);
  });
});

describe('stress mode', () => {
  it('asks for a collection at every n-th allocation, once each', () => {
    const m = small();
    setStress(m, 3);
    const asked = Array.from({ length: 9 }, () => (alloc(m, 4), takeStressRequest(m)));
    expect(asked).toEqual([false, false, true, false, false, true, false, false, true]);
    setStress(m, 0);
    alloc(m, 4);
    expect(takeStressRequest(m)).toBe(false);
  });
});
