/**
 * Debug mode: every block wears a header and fences, fresh memory is 0xCD, free memory 0xDD, as CPython's debug hooks
 * do it. Addresses differ from the plain mode, metered totals do not.
 *
 * ```
 * plain block │ bytes │ requested │ serial │ fence │ the caller's words … │ fence (1 or 2 words) │
 * ```
 *
 * Every free block of a pool is 0xDD but for its first word, which links the free chain; every free block of the large
 * space is 0xDD between its four tag words and its last one. So a write after free shows when the block is handed out
 * again or at `checkFreed`. Keeps INV-DEBUG-1 (fences intact) and INV-DEBUG-2 (free memory untouched).
 */
import { Debug, Fill, Large, LargeTag, Pool, SizeClass } from '../layout/allocator.ts';
import { Root, RootFlag } from '../layout/root.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Memory } from '../memory/memory.ts';
import { checkDead, fillDead, hex } from './dead-fill.ts';
import { returnLarge, takeLarge } from './large.ts';
import { blockWords, returnBlock, takeBlock } from './pool.ts';
import { arenas, freeChain, largeBlocks, poolsOf } from './walk.ts';

/** Takes and dresses a block; 0 if the buffer is full. Does not meter. Throws HeapCorruption if the memory taken was
 *  written to while it was free. */
export function debugAlloc(m: Memory, nwords: number, nbytes: number): number {
  const H = m.words;
  const plain = takePlain(m, nwords, nbytes);
  if (plain === 0) return 0;
  const block = plain + Debug.Header;
  H[plain + Debug.Bytes] = nbytes;
  H[plain + Debug.Requested] = nwords;
  H[plain + Debug.Serial] = ++H[Root.DebugSerial];
  H[plain + Debug.Fence] = Fill.Forbidden;
  H.fill(Fill.Clean, block, block + nwords);
  H.fill(Fill.Forbidden, block + nwords, plain + dressedWords(nwords));
  return block;
}

/** Checks a block, kills its contents and gives it back. Throws HeapCorruption before anything changes if it is not in
 *  use, was overrun or has another size. */
export function debugFree(m: Memory, block: number, nwords: number, nbytes: number): void {
  checkBlock(m, block, nwords, nbytes);
  const plain = block - Debug.Header;
  if (dressedWords(nwords) > SizeClass.MaxWords) {
    returnLarge(m, plain);
    return;
  }
  fillDead(m, plain, plain + blockWords(m, plain));
  returnBlock(m, plain);
}

/** Moves a block to one of the new size, so that a stale address shows at once; 0 if the buffer is full. */
export function debugRealloc(
  m: Memory,
  block: number,
  oldWords: number,
  oldBytes: number,
  newWords: number,
  newBytes: number,
): number {
  checkBlock(m, block, oldWords, oldBytes);
  const moved = debugAlloc(m, newWords, newBytes);
  if (moved === 0) return 0;
  m.words.copyWithin(moved, block, block + Math.min(oldWords, newWords));
  debugFree(m, block, oldWords, oldBytes);
  return moved;
}

/** Throws HeapCorruption unless `block` is in use with this size and its fences are whole. */
function checkBlock(m: Memory, block: number, nwords: number, nbytes: number): void {
  const H = m.words;
  const plain = block - Debug.Header;
  if (H[plain + Debug.Requested] === Fill.Dead)
    throw new HeapCorruption('INV-DEBUG-3 double free', block, 'in use', 'free');
  checkFence(m, block, plain + Debug.Fence, 'underrun');
  const name = `block of ${H[plain + Debug.Requested]} words, allocation ${H[plain + Debug.Serial]}`;
  if (H[plain + Debug.Requested] !== nwords) {
    throw new HeapCorruption(`INV-DEBUG-4 wrong size at free of ${name}`, block, H[plain + Debug.Requested], nwords);
  }
  if (H[plain + Debug.Bytes] !== (nbytes | 0)) {
    throw new HeapCorruption(`INV-DEBUG-4 wrong bytes at free of ${name}`, block, H[plain + Debug.Bytes], nbytes);
  }
  for (let word = block + nwords; word < plain + dressedWords(nwords); word++)
    checkFence(m, block, word, `overrun of ${name}`);
}

/** Throws HeapCorruption at the first word of free memory, small or large, that was written to since it was freed.
 *  Does nothing outside debug mode. */
export function checkFreed(m: Memory): void {
  const H = m.words;
  if ((H[Root.Flags] & RootFlag.Debug) === 0) return;
  for (const arena of arenas(m)) for (const pool of poolsOf(m, arena)) checkFreedInPool(m, pool);
  for (const start of largeBlocks(m)) {
    if ((H[start] & LargeTag.Used) !== 0) continue;
    checkDead(m, start + Large.Header, start + (H[start] & LargeTag.SizeMask) - 1);
  }
}

/** Words that a block of `nwords` words takes with its dress: an even number, at least one word of fence behind. */
function dressedWords(nwords: number): number {
  return (nwords + Debug.Header + 2) & -2;
}

function takePlain(m: Memory, nwords: number, nbytes: number): number {
  const dressed = dressedWords(nwords);
  if (dressed > SizeClass.MaxWords) return takeLarge(m, dressed, nbytes);
  const plain = takeBlock(m, dressed);
  if (plain !== 0) checkDead(m, plain + 1, plain + blockWords(m, plain));
  return plain;
}

function checkFreedInPool(m: Memory, pool: number): void {
  const nwords = blockWords(m, pool);
  for (const block of freeChain(m, pool)) checkDead(m, block + 1, block + nwords);
  checkDead(m, pool + m.words[pool + Pool.NextOffset], pool + Pool.Words);
}

function checkFence(m: Memory, block: number, word: number, what: string): void {
  const found = m.words[word];
  if (found === Fill.Forbidden) return;
  throw new HeapCorruption(`INV-DEBUG-1 ${what}`, block, hex(Fill.Forbidden), hex(found));
}
