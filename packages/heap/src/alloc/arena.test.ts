import { describe, expect, it } from 'vitest';
import { validatePools } from '../check/pools.ts';
import { Pool, Segment, SegmentRecord } from '../layout/allocator.ts';
import { Root } from '../layout/root.ts';
import { HeapOutOfMemory } from '../memory/errors.ts';
import { Memory } from '../memory/memory.ts';
import { alloc, free } from './alloc.ts';
import { segmentRecord } from './segment.ts';

const BLOCKS_PER_ARENA = 64 * 31;
const memory = (segments: number): Memory =>
  new Memory({ reserveBytes: (1 + segments) * Segment.Words * 4, staticWords: Segment.Words });
const arenaOf = (block: number): number => block >>> Segment.Shift;

/** Fills `count` arenas with blocks of 64 words. */
function fillArenas(m: Memory, count: number): number[][] {
  return Array.from({ length: count }, () => Array.from({ length: BLOCKS_PER_ARENA }, () => alloc(m, 64)));
}

function freeAll(m: Memory, blocks: readonly number[]): void {
  for (const block of blocks) free(m, block, 64);
}

function usableArenas(m: Memory): number[] {
  const found: number[] = [];
  for (let arena = m.words[Root.UsableArenas]!; arena !== 0;) {
    found.push(arena);
    arena = m.words[segmentRecord(arena) + SegmentRecord.Next]!;
  }
  return found;
}

describe('arena', () => {
  it('holds 64 pools, then the next segment is taken', () => {
    const m = memory(3);
    const [first, second] = fillArenas(m, 2);
    expect(new Set(first!.map((block) => block & Pool.Base)).size).toBe(64);
    expect(new Set(first!.map(arenaOf)).size).toBe(1);
    expect(arenaOf(second![0]!)).toBe(arenaOf(first![0]!) + 1);
    validatePools(m);
  });

  it('is full when no pool is left, and usable again when one is free', () => {
    const m = memory(2);
    const [blocks] = fillArenas(m, 1);
    expect(usableArenas(m)).toEqual([]);
    freeAll(m, blocks!.slice(0, 31));
    expect(usableArenas(m)).toEqual([arenaOf(blocks![0]!)]);
    validatePools(m);
  });

  it('serves from the fullest arena first', () => {
    const m = memory(4);
    const arenas = fillArenas(m, 3);
    freeAll(m, arenas[0]!.slice(0, 31 * 3));
    freeAll(m, arenas[1]!.slice(0, 31));
    freeAll(m, arenas[2]!.slice(0, 31 * 2));
    const order = [1, 2, 0].map((i) => arenaOf(arenas[i]![0]!));
    expect(usableArenas(m)).toEqual(order);
    expect(arenaOf(alloc(m, 6))).toBe(order[0]);
    expect(arenaOf(alloc(m, 8))).toBe(order[1]);
    validatePools(m);
  });

  it('is returned when it is empty, unless it is the last usable one', () => {
    const m = memory(3);
    const [first, second] = fillArenas(m, 2);
    freeAll(m, first!);
    expect(m.words[Root.ArenasCurrent]).toBe(2);
    freeAll(m, second!);
    expect(m.words[Root.ArenasCurrent]).toBe(1);
    expect([m.words[Root.ArenasAllocated], m.words[Root.ArenasHighwater]]).toEqual([2, 2]);
    validatePools(m);
  });

  it('leaves its segment to the large space when it is empty and no other is left', () => {
    const m = memory(2);
    const [first, second] = fillArenas(m, 2);
    freeAll(m, first!.slice(0, 31));
    expect(() => alloc(m, 100_000)).toThrow(HeapOutOfMemory);
    freeAll(m, second!);
    expect(m.words[Root.ArenasCurrent]).toBe(2);
    expect(arenaOf(alloc(m, 100_000))).toBe(arenaOf(second![0]!));
    expect(m.words[Root.ArenasCurrent]).toBe(1);
    validatePools(m);
  });

  it('refuses a block when the buffer has no segment left, with nothing changed', () => {
    const m = memory(1);
    const [blocks] = fillArenas(m, 1);
    expect(() => alloc(m, 64)).toThrow(HeapOutOfMemory);
    free(m, blocks![7]!, 64);
    expect(alloc(m, 64)).toBe(blocks![7]);
    validatePools(m);
  });
});
