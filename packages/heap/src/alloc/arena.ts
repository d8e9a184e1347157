/**
 * Arenas: segments cut into 64 pools. Arenas with a free pool are in the *usable* list, fullest first, so that the
 * emptiest may become quite empty and be returned. After CPython 3.12's obmalloc; differs in that an arena is always
 * aligned (64 pools, where CPython mostly loses one) and is named by its segment number.
 *
 * Keeps INV-ARENA-1: the usable list holds exactly the arenas with free pools, in ascending number of free pools;
 * LastArena[n] is the last of them with n free pools, or 0.
 */
import { Pool, Segment, SegmentKind, SegmentRecord, Table } from '../layout/allocator.ts';
import { Root } from '../layout/root.ts';
import type { Memory } from '../memory/memory.ts';
import { releaseSegments, segmentRecord, takeSegments } from './segment.ts';

/** Takes a free pool of the fullest usable arena: one used before if there is one, else the next never used, whose
 *  sizeClass then is NoClass. Returns 0 if the buffer is full. */
export function takePool(m: Memory): number {
  const H = m.words;
  let arena = H[Root.UsableArenas];
  if (arena === 0) {
    arena = newArena(m);
    if (arena === 0) return 0;
  }
  lowerFreeCount(m, arena);
  const record = segmentRecord(arena);
  const pool = H[record + SegmentRecord.FreePools];
  if (pool === 0) return carvePool(m, record);
  H[record + SegmentRecord.FreePools] = H[pool + Pool.Next];
  return pool;
}

/** Takes back a pool without blocks. Returns its arena to the segments if that is now empty and not the last of the
 *  usable list: one empty arena may be kept. */
export function returnPool(m: Memory, pool: number): void {
  const H = m.words;
  const arena = pool >>> Segment.Shift;
  const record = segmentRecord(arena);
  H[pool + Pool.Next] = H[record + SegmentRecord.FreePools];
  H[record + SegmentRecord.FreePools] = pool;
  const wasLast = forgetLast(m, arena, H[record + SegmentRecord.FreePoolCount]);
  const nfree = ++H[record + SegmentRecord.FreePoolCount];
  if (nfree === Pool.PerArena && H[record + SegmentRecord.Next] !== 0) freeArena(m, arena);
  else if (nfree === 1) pushUsable(m, arena);
  else keepSorted(m, arena, nfree, wasLast);
}

/** Returns the empty arena that is kept, if there is one, so that its segment can serve something else. */
export function returnKeptArena(m: Memory): boolean {
  const H = m.words;
  const arena = H[Table.LastArena + Pool.PerArena];
  if (arena === 0) return false;
  H[Table.LastArena + Pool.PerArena] = 0;
  freeArena(m, arena);
  return true;
}

function carvePool(m: Memory, record: number): number {
  const H = m.words;
  const pool = H[record + SegmentRecord.PoolAddress];
  H[record + SegmentRecord.PoolAddress] = pool + Pool.Words;
  H[pool + Pool.Count] = 0;
  H[pool + Pool.SizeClass] = Pool.NoClass;
  return pool;
}

function newArena(m: Memory): number {
  const H = m.words;
  const arena = takeSegments(m, 1, SegmentKind.Arena);
  if (arena === 0) return 0;
  const record = segmentRecord(arena);
  H[record + SegmentRecord.PoolAddress] = arena << Segment.Shift;
  H[record + SegmentRecord.FreePoolCount] = Pool.PerArena;
  H[Root.UsableArenas] = arena;
  H[Table.LastArena + Pool.PerArena] = arena;
  H[Root.ArenasAllocated]++;
  if (++H[Root.ArenasCurrent] > H[Root.ArenasHighwater]) H[Root.ArenasHighwater] = H[Root.ArenasCurrent];
  return arena;
}

function freeArena(m: Memory, arena: number): void {
  unlinkUsable(m, arena);
  releaseSegments(m, arena, 1);
  m.words[Root.ArenasCurrent]--;
}

/** The first usable arena loses a pool. It stays first, since it was the fullest, or leaves the list. */
function lowerFreeCount(m: Memory, arena: number): void {
  const H = m.words;
  const record = segmentRecord(arena);
  const nfree = H[record + SegmentRecord.FreePoolCount];
  if (H[Table.LastArena + nfree] === arena) H[Table.LastArena + nfree] = 0;
  if (nfree > 1) H[Table.LastArena + nfree - 1] = arena;
  H[record + SegmentRecord.FreePoolCount] = nfree - 1;
  if (nfree === 1) unlinkUsable(m, arena);
}

/** `arena` is about to have one more than `nfree` free pools. Returns the last arena that had nfree until now. */
function forgetLast(m: Memory, arena: number, nfree: number): number {
  const H = m.words;
  const last = H[Table.LastArena + nfree];
  if (last === arena) {
    const prev = H[segmentRecord(arena) + SegmentRecord.Prev];
    const prevHasAsMany = prev !== 0 && H[segmentRecord(prev) + SegmentRecord.FreePoolCount] === nfree;
    H[Table.LastArena + nfree] = prevHasAsMany ? prev : 0;
  }
  return last;
}

/** Moves `arena`, which now has `nfree` free pools, behind the last of those that have one fewer. */
function keepSorted(m: Memory, arena: number, nfree: number, lastWithFewer: number): void {
  const H = m.words;
  if (H[Table.LastArena + nfree] === 0) H[Table.LastArena + nfree] = arena;
  if (arena === lastWithFewer) return;
  unlinkUsable(m, arena);
  insertAfter(m, arena, lastWithFewer);
}

/** A full arena got its first free pool: it is the fullest of the usable ones. */
function pushUsable(m: Memory, arena: number): void {
  const H = m.words;
  const first = H[Root.UsableArenas];
  const record = segmentRecord(arena);
  H[record + SegmentRecord.Next] = first;
  H[record + SegmentRecord.Prev] = 0;
  if (first !== 0) H[segmentRecord(first) + SegmentRecord.Prev] = arena;
  H[Root.UsableArenas] = arena;
  if (H[Table.LastArena + 1] === 0) H[Table.LastArena + 1] = arena;
}

function unlinkUsable(m: Memory, arena: number): void {
  const H = m.words;
  const record = segmentRecord(arena);
  const next = H[record + SegmentRecord.Next];
  const prev = H[record + SegmentRecord.Prev];
  if (prev === 0) H[Root.UsableArenas] = next;
  else H[segmentRecord(prev) + SegmentRecord.Next] = next;
  if (next !== 0) H[segmentRecord(next) + SegmentRecord.Prev] = prev;
  H[record + SegmentRecord.Next] = H[record + SegmentRecord.Prev] = 0;
}

function insertAfter(m: Memory, arena: number, prev: number): void {
  const H = m.words;
  const record = segmentRecord(arena);
  const next = H[segmentRecord(prev) + SegmentRecord.Next];
  H[record + SegmentRecord.Prev] = prev;
  H[record + SegmentRecord.Next] = next;
  H[segmentRecord(prev) + SegmentRecord.Next] = arena;
  if (next !== 0) H[segmentRecord(next) + SegmentRecord.Prev] = arena;
}
