import { describe, expect, it } from 'vitest';
import { Root } from '../layout/root.ts';
import { hostAdd, hostFree, hostGet } from './host-table.ts';
import { Memory } from './memory.ts';

const small = (): Memory => new Memory({ reserveBytes: 4 << 20, staticWords: 1 << 17 });

describe('host table', () => {
  it('names values by integers from 1', () => {
    const m = small();
    const indices = ['a', 10n, Math.sin].map((value) => hostAdd(m, value));
    expect(indices).toEqual([1, 2, 3]);
    expect(indices.map((index) => hostGet(m, index))).toEqual(['a', 10n, Math.sin]);
    expect(m.words[Root.HostLive]).toBe(3);
  });

  it('reuses the entry freed last first', () => {
    const m = small();
    for (const value of ['a', 'b', 'c']) hostAdd(m, value);
    hostFree(m, 1);
    hostFree(m, 3);
    expect([hostAdd(m, 'd'), hostAdd(m, 'e'), hostAdd(m, 'f')]).toEqual([3, 1, 4]);
    expect([1, 2, 3, 4].map((index) => hostGet(m, index))).toEqual(['e', 'b', 'd', 'f']);
  });

  it('keeps undefined and numbers apart from free entries', () => {
    const m = small();
    const [a, b] = [hostAdd(m, undefined), hostAdd(m, 7)];
    hostFree(m, b);
    expect(hostGet(m, a)).toBe(undefined);
    expect(hostAdd(m, 0)).toBe(b);
  });
});
