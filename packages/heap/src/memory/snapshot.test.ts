import { describe, expect, it } from 'vitest';
import { alloc, free } from '../alloc/alloc.ts';
import { usedBytes } from '../alloc/meter.ts';
import { validateLarge } from '../check/large.ts';
import { validatePools } from '../check/pools.ts';
import { hostAdd, hostFree, hostGet } from './host-table.ts';
import { Memory, reserveStatic } from './memory.ts';
import { restoreSnapshot, snapshotBytes, takeSnapshot } from './snapshot.ts';

const MIB = 1 << 20;
const small = (reserveBytes = 8 * MIB): Memory => new Memory({ reserveBytes, staticWords: 1 << 17 });

/** Allocates and frees in a fixed pattern; returns every address it saw. */
function work(m: Memory): number[] {
  const blocks = [6, 6, 64, 65, 200, 150_000, 6].map((nwords) => [alloc(m, nwords), nwords] as const);
  for (const [block, nwords] of blocks.slice(2, 5)) free(m, block, nwords);
  return [...blocks.map(([block]) => block), alloc(m, 64), alloc(m, 300), hostAdd(m, 'x')];
}

describe('snapshot', () => {
  it('brings back contents, totals and host values', () => {
    const m = small();
    const block = alloc(m, 100);
    m.words[block + 99] = 42;
    const index = hostAdd(m, 'before');
    const snapshot = takeSnapshot(m);
    m.words[block + 99] = 43;
    free(m, block, 100);
    hostFree(m, index);
    hostAdd(m, 'after');
    restoreSnapshot(m, snapshot);
    expect(m.words[block + 99]).toBe(42);
    expect(hostGet(m, index)).toBe('before');
    expect(usedBytes(m)).toBe(800);
  });

  it('repeats every later step, in this memory and in another', () => {
    const m = small();
    work(m);
    const snapshot = takeSnapshot(m);
    const first = work(m);
    restoreSnapshot(m, snapshot);
    expect(work(m)).toEqual(first);
    const other = small(16 * MIB);
    work(other);
    restoreSnapshot(other, snapshot);
    expect(work(other)).toEqual(first);
    validatePools(other);
    validateLarge(other);
  });

  it('returns what was taken of the static area since, zeroed', () => {
    const m = small();
    const snapshot = takeSnapshot(m);
    const start = reserveStatic(m, 4);
    m.words[start] = 1;
    restoreSnapshot(m, snapshot);
    expect(reserveStatic(m, 4)).toBe(start);
    expect(m.words[start]).toBe(0);
  });

  it('is not changed by what happens after it', () => {
    const m = small();
    const block = alloc(m, 10);
    m.words[block] = 1;
    const snapshot = takeSnapshot(m);
    for (let round = 2; round < 5; round++) {
      m.words[block] = round;
      hostAdd(m, round);
      restoreSnapshot(m, snapshot);
      expect(m.words[block]).toBe(1);
    }
    expect(snapshot.hosts).toEqual([0]);
  });

  it('copies only what is in use', () => {
    const m = small(256 * MIB);
    alloc(m, 6);
    expect(snapshotBytes(takeSnapshot(m))).toBeLessThan(MIB / 2);
  });

  it('is refused by a memory that it does not fit, which stays as it was', () => {
    const m = small();
    alloc(m, 600_000);
    const snapshot = takeSnapshot(m);
    const smaller = small(2 * MIB);
    const block = alloc(smaller, 6);
    expect(() => restoreSnapshot(smaller, snapshot)).toThrow(RangeError);
    expect(() => restoreSnapshot(new Memory({ reserveBytes: 8 * MIB, staticWords: 1 << 18 }), snapshot)).toThrow(
      RangeError,
    );
    free(smaller, block, 6);
    validatePools(smaller);
  });
});
