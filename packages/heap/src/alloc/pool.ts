/**
 * Pools: 2048 words carved into blocks of one size class. A pool is
 *
 * - *used*: some blocks in use, some not; it is in its class's circular list, whose head is in the root record;
 * - *full*: every block in use; in no list, until a block is freed;
 * - *empty*: no block in use; in its arena's list of free pools. It keeps its free chain, in case the same class
 *   takes it again.
 *
 * Blocks are carved one at a time as the chain of freed ones runs out, freed ones are reused last in, first out: so the
 * sequence of addresses is CPython 3.12's. Keeps INV-POOL-1 (linked as its state says) and INV-POOL-2 (count, chain and
 * uncarved blocks add up).
 */
import { Fill, Pool } from '../layout/allocator.ts';
import { Root, RootFlag } from '../layout/root.ts';
import type { Memory } from '../memory/memory.ts';
import { returnPool, takePool } from './arena.ts';
import { classWords } from './size-class.ts';

/** Takes a block of 1 to 64 words from its class; 0 if the buffer is full. Does not meter. */
export function takeBlock(m: Memory, nwords: number): number {
  const H = m.words;
  const head = (Root.UsedPools + (((nwords - 1) & -2) << 1)) | 0;
  const pool = H[head + Pool.Next];
  if (pool === head) return takeFromNewPool(m, head);
  return popBlock(m, pool);
}

/** Takes the first free block of a used pool. */
export function popBlock(m: Memory, pool: number): number {
  const H = m.words;
  const block = H[pool + Pool.FreeBlock];
  const next = H[block];
  H[pool + Pool.Count]++;
  H[pool + Pool.FreeBlock] = next;
  if (next === 0) extendOrUnlink(m, pool);
  return block;
}

/** Gives back a block that a pool handed out. Does not meter. */
export function returnBlock(m: Memory, block: number): void {
  const H = m.words;
  const pool = block & Pool.Base;
  const lastFree = H[pool + Pool.FreeBlock];
  const count = (H[pool + Pool.Count] - 1) | 0;
  H[block] = lastFree;
  H[pool + Pool.FreeBlock] = block;
  H[pool + Pool.Count] = count;
  if (lastFree === 0 || count === 0) relink(m, pool, lastFree);
}

/** A block of `pool` was given back; the free block before it was `lastFree`. If there was none, the pool was full; if
 *  there was and no block is in use any more, it is empty. */
export function relink(m: Memory, pool: number, lastFree: number): void {
  if (lastFree === 0) linkUsed(m, pool);
  else retire(m, pool);
}

/** No used pool has the class of `head`: takes a free pool for it and returns the first block, or 0. */
function takeFromNewPool(m: Memory, head: number): number {
  const H = m.words;
  const pool = takePool(m);
  if (pool === 0) return 0;
  const sizeClass = (head - Root.UsedPools) >> 2;
  linkAlone(m, pool, head);
  if (H[pool + Pool.SizeClass] === sizeClass) return popBlock(m, pool);
  return carveAfresh(m, pool, sizeClass);
}

/** Words of the blocks in the pool of `block`. */
export function blockWords(m: Memory, block: number): number {
  return classWords(m.words[(block & Pool.Base) + Pool.SizeClass]);
}

function carveAfresh(m: Memory, pool: number, sizeClass: number): number {
  const H = m.words;
  const nwords = classWords(sizeClass);
  const first = pool + Pool.Header;
  if ((H[Root.Flags] & RootFlag.Debug) !== 0) H.fill(Fill.Dead, first, pool + Pool.Words);
  H[pool + Pool.Count] = 1;
  H[pool + Pool.SizeClass] = sizeClass;
  H[pool + Pool.NextOffset] = Pool.Header + 2 * nwords;
  H[pool + Pool.FreeBlock] = first + nwords;
  H[first + nwords] = 0;
  return first;
}

/** The chain of free blocks ran out: carves one more block, or takes the full pool out of its list. */
export function extendOrUnlink(m: Memory, pool: number): void {
  const H = m.words;
  const nwords = classWords(H[pool + Pool.SizeClass]);
  const offset = H[pool + Pool.NextOffset];
  if (offset > Pool.Words - nwords) {
    unlink(m, pool);
    return;
  }
  H[pool + Pool.FreeBlock] = pool + offset;
  H[pool + Pool.NextOffset] = offset + nwords;
  H[pool + offset] = 0;
}

function linkAlone(m: Memory, pool: number, head: number): void {
  const H = m.words;
  H[pool + Pool.Next] = H[pool + Pool.Prev] = head;
  H[head + Pool.Next] = H[head + Pool.Prev] = pool;
}

/** A full pool got a free block: to the front of its class, so that it is used next. */
function linkUsed(m: Memory, pool: number): void {
  const H = m.words;
  const head = Root.UsedPools + 4 * H[pool + Pool.SizeClass];
  const next = H[head + Pool.Next];
  H[pool + Pool.Next] = next;
  H[pool + Pool.Prev] = head;
  H[next + Pool.Prev] = pool;
  H[head + Pool.Next] = pool;
}

function unlink(m: Memory, pool: number): void {
  const H = m.words;
  const next = H[pool + Pool.Next];
  const prev = H[pool + Pool.Prev];
  H[prev + Pool.Next] = next;
  H[next + Pool.Prev] = prev;
}

function retire(m: Memory, pool: number): void {
  unlink(m, pool);
  returnPool(m, pool);
}
