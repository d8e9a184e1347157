/**
 * The order of small addresses is CPython's own.
 *
 * The expected hashes come from CPython 3.12.1's PyObject_Malloc, PyObject_Realloc and PyObject_Free, driven by the same
 * xorshift sequence in a C program that first used up every pool the interpreter had, and that gave out aligned
 * arenas, lowest free first. Each hash covers the word offsets of all blocks touched since the start.
 */
import { describe, expect, it } from 'vitest';
import { Segment } from '../layout/allocator.ts';
import { Root } from '../layout/root.ts';
import { Memory } from '../memory/memory.ts';
import { alloc, free, realloc } from './alloc.ts';

/** Step, FNV-1a of the offsets, live blocks, arenas ever taken, arenas ever returned. */
const CPYTHON = [
  [40000, 4283733693, 27043, 2, 0],
  [80000, 1645015189, 20, 3, 1],
  [120000, 3788125957, 27033, 10, 1],
  [160000, 1491910273, 23, 10, 8],
  [200000, 4198406053, 27108, 17, 8],
  [240000, 575876451, 22, 17, 15],
  [280000, 295185487, 27145, 22, 15],
  [320000, 2348469377, 27, 22, 20],
  [360000, 3359596475, 26901, 34, 20],
  [400000, 4092728887, 20, 34, 32],
];

describe('addresses of small blocks', () => {
  it('are those of CPython 3.12 over 400000 random operations', () => {
    const m = new Memory({ reserveBytes: 64 << 20, staticWords: 1 << 17 });
    const base = m.words[Root.SegmentFirst] * Segment.Words;
    let state = 12345;
    const below = (limit: number): number => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % limit;
    };
    const addresses: number[] = [];
    const lengths: number[] = [];
    const seen: number[][] = [];
    let hash = 0x811c9dc5;
    for (let step = 1; step <= 400_000; step++) {
      const target = Math.floor(step / 40_000) % 2 === 0 ? 60_000 : 20;
      const lowest = Math.floor(step / 20_000) * 7;
      const count = addresses.length;
      const choice = below(100);
      let address: number;
      if (count > 0 && choice < 10) {
        const i = below(count);
        const nwords = 1 + ((lowest + below(8)) % 64);
        address = realloc(m, addresses[i]!, lengths[i]!, nwords);
        addresses[i] = address;
        lengths[i] = nwords;
      } else if (count === 0 || below(2 * target) >= count) {
        const nwords = 1 + ((lowest + below(8)) % 64);
        address = alloc(m, nwords);
        addresses.push(address);
        lengths.push(nwords);
      } else {
        const i = below(count);
        address = addresses[i]!;
        free(m, address, lengths[i]!);
        addresses[i] = addresses.at(-1)!;
        lengths[i] = lengths.at(-1)!;
        addresses.pop();
        lengths.pop();
      }
      hash = Math.imul(hash ^ (address - base), 16777619);
      if (step % 40_000 === 0) {
        const returned = m.words[Root.ArenasAllocated] - m.words[Root.ArenasCurrent];
        seen.push([step, hash >>> 0, addresses.length, m.words[Root.ArenasAllocated], returned]);
      }
    }
    expect(seen).toEqual(CPYTHON);
  });
});
