/**
 * The allocator's door. Blocks up to 64 words come from pools, larger ones from the large space; both are metered in
 * CPython's bytes, 8 for a word unless the caller says otherwise. The size is passed again at `free`, so a small block
 * carries no header. A fresh block's contents are whatever was there, except in debug mode.
 *
 * The fast paths hold one comparison each for everything rare (alloc/meter.ts): budget, peak, debug, tracing, faults, stress.
 */
import { Pool, SizeClass } from '../layout/allocator.ts';
import { Root, RootFlag } from '../layout/root.ts';
import type { Memory } from '../memory/memory.ts';
import { debugAlloc, debugFree, debugRealloc } from './debug.ts';
import { resizeLarge, returnLarge, takeLarge } from './large.ts';
import { charge, peakBytes, rebalance, uncharge, usedBytes } from './meter.ts';
import { blockWords, extendOrUnlink, popBlock, relink, returnBlock, takeBlock } from './pool.ts';

/** A block of at least `nwords` words, at least one, at an even address, metered `8 * nwords` bytes. Calls `onOutOfMemory`, with
 *  nothing changed, if the budget, the buffer or an injected fault refuses.
 *  Source: CPython 3.12 obmalloc.c pymalloc_alloc. */
export function alloc(m: Memory, nwords: number): number {
  const H = m.words;
  if ((nwords - 1) >>> 0 >= SizeClass.MaxWords) return allocSlowly(m, nwords, nwords * 8);
  const left = (H[Root.Credit] - (nwords << 3)) | 0;
  const head = (Root.UsedPools + (((nwords - 1) & -2) << 1)) | 0;
  const pool = H[head + Pool.Next];
  if (left < H[Root.LowWatch] || pool === head) return allocSlowly(m, nwords, nwords << 3);
  H[Root.Credit] = left;
  const block = popBlock(m, pool);
  if (TRACE && m.events !== null) m.events.alloc(block, nwords, nwords << 3);
  return block;
}

/** `alloc` for a block whose words are not what CPython's would be: takes `nwords` words, meters `nbytes` bytes. */
export function allocMetered(m: Memory, nwords: number, nbytes: number): number {
  const H = m.words;
  if ((nwords - 1) >>> 0 >= SizeClass.MaxWords) return allocSlowly(m, nwords, nbytes);
  const left = H[Root.Credit] - nbytes;
  const head = (Root.UsedPools + (((nwords - 1) & -2) << 1)) | 0;
  const pool = H[head + Pool.Next];
  if (left < H[Root.LowWatch] || pool === head) return allocSlowly(m, nwords, nbytes);
  H[Root.Credit] = left;
  // `popBlock`, written out: a call less is a fifth of the time.
  const block = H[pool + Pool.FreeBlock];
  const next = H[block];
  H[pool + Pool.Count]++;
  H[pool + Pool.FreeBlock] = next;
  if (next === 0) extendOrUnlink(m, pool);
  if (TRACE && m.events !== null) m.events.alloc(block, nwords, nbytes);
  return block;
}

/** Gives back a block of `alloc(m, nwords)`. */
export function free(m: Memory, block: number, nwords: number): void {
  const H = m.words;
  if ((nwords - 1) >>> 0 >= SizeClass.MaxWords) return freeSlowly(m, block, nwords, nwords * 8);
  const credit = (H[Root.Credit] + (nwords << 3)) | 0;
  if (credit > H[Root.HighWatch]) return freeSlowly(m, block, nwords, nwords << 3);
  if (TRACE && m.events !== null) m.events.free(block, nwords, nwords << 3);
  H[Root.Credit] = credit;
  returnBlock(m, block);
}

/** Gives back a block of `allocMetered(m, nwords, nbytes)`. */
export function freeMetered(m: Memory, block: number, nwords: number, nbytes: number): void {
  const H = m.words;
  const credit = H[Root.Credit] + nbytes;
  if ((nwords - 1) >>> 0 >= SizeClass.MaxWords || credit > H[Root.HighWatch]) {
    return freeSlowly(m, block, nwords, nbytes);
  }
  // `returnBlock`, written out: a call less is a third of the time.
  if (TRACE && m.events !== null) m.events.free(block, nwords, nbytes);
  H[Root.Credit] = credit;
  const pool = block & Pool.Base;
  const lastFree = H[pool + Pool.FreeBlock];
  const count = (H[pool + Pool.Count] - 1) | 0;
  H[block] = lastFree;
  H[pool + Pool.FreeBlock] = block;
  H[pool + Pool.Count] = count;
  if (lastFree === 0 || count === 0) relink(m, pool, lastFree);
}

/** Makes the block `newWords` long, in place where possible, and returns where it is now; the words up to the smaller
 *  length are kept. `block` 0 allocates. When it is refused the old block is untouched. */
export function realloc(m: Memory, block: number, oldWords: number, newWords: number): number {
  return reallocMetered(m, block, oldWords, oldWords * 8, newWords, newWords * 8);
}

/** `realloc` with the metered bytes before and after given apart. */
export function reallocMetered(
  m: Memory,
  block: number,
  oldWords: number,
  oldBytes: number,
  newWords: number,
  newBytes: number,
): number {
  if (block === 0) return allocMetered(m, newWords, newBytes);
  const delta = newBytes - oldBytes;
  const peak = peakBytes(m);
  if (delta > 0) charge(m, delta);
  const moved = resize(m, block, oldWords, oldBytes, newWords, newBytes);
  if (moved === 0) return refuse(m, Math.max(delta, 0), newBytes, peak);
  if (delta < 0) uncharge(m, -delta);
  if (m.traces !== null) {
    m.traces.given(block);
    m.traces.taken(moved, newBytes, m.placeNow());
  }
  if (TRACE && m.events !== null) {
    m.events.free(block, oldWords, oldBytes);
    m.events.alloc(moved, newWords, newBytes);
  }
  return moved;
}

function allocSlowly(m: Memory, nwords: number, nbytes: number): number {
  const peak = peakBytes(m);
  charge(m, nbytes);
  const block = isDebug(m) ? debugAlloc(m, nwords, nbytes) : take(m, nwords, nbytes);
  if (block === 0) return refuse(m, nbytes, nbytes, peak);
  m.traces?.taken(block, nbytes, m.placeNow());
  if (TRACE && m.events !== null) m.events.alloc(block, nwords, nbytes);
  return block;
}

function freeSlowly(m: Memory, block: number, nwords: number, nbytes: number): void {
  if (TRACE && m.events !== null) m.events.free(block, nwords, nbytes);
  m.traces?.given(block);
  if (isDebug(m)) debugFree(m, block, nwords, nbytes);
  else if (nwords > SizeClass.MaxWords) returnLarge(m, block);
  else returnBlock(m, block);
  uncharge(m, nbytes);
}

function take(m: Memory, nwords: number, nbytes: number): number {
  return nwords > SizeClass.MaxWords ? takeLarge(m, nwords, nbytes) : takeBlock(m, Math.max(nwords, 1));
}

/** The buffer has no room: takes the charge back, the peak too, and reports. */
function refuse(m: Memory, charged: number, nbytes: number, peak: number): never {
  rebalance(m, usedBytes(m) - charged, peak);
  return m.onOutOfMemory(nbytes);
}

function resize(
  m: Memory,
  block: number,
  oldWords: number,
  oldBytes: number,
  newWords: number,
  newBytes: number,
): number {
  if (isDebug(m)) return debugRealloc(m, block, oldWords, oldBytes, newWords, newBytes);
  const wasSmall = oldWords <= SizeClass.MaxWords;
  const isSmall = newWords <= SizeClass.MaxWords;
  if (!wasSmall && !isSmall && resizeLarge(m, block, newWords, newBytes)) return block;
  if (wasSmall && isSmall && staysInPool(m, block, newWords)) return block;
  const moved = take(m, newWords, newBytes);
  if (moved === 0) return wasSmall && newWords <= blockWords(m, block) ? block : 0;
  copyWords(m.words, block, moved, Math.min(oldWords, newWords));
  if (wasSmall) returnBlock(m, block);
  else returnLarge(m, block);
  return moved;
}

/** CPython's rule: a small block stays unless it grows out of its class or would waste a quarter of it. */
function staysInPool(m: Memory, block: number, newWords: number): boolean {
  const have = blockWords(m, block);
  return newWords <= have && 4 * newWords > 3 * have;
}

/** A loop for short blocks: below about 100 words it beats the call of `copyWithin`. */
function copyWords(H: Int32Array, from: number, to: number, nwords: number): void {
  if (nwords > SizeClass.MaxWords) H.copyWithin(to, from, from + nwords);
  else for (let i = 0; i < nwords; i++) H[to + i] = H[from + i];
}

function isDebug(m: Memory): boolean {
  return (m.words[Root.Flags] & RootFlag.Debug) !== 0;
}
