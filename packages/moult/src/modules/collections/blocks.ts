/** The chain of blocks of a deque: items at both ends, items by number. References move in and out; counting them is the
 *  caller's. */
import { alloc, free } from '@moult/heap';
import type { Owned, Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import { Block, BlockWord, DequeWord } from './layout.ts';

function newBlock(rt: Runtime, d: Ref): number {
  const H = rt.words;
  const kept = H[d + DequeWord.FreeCount];
  if (kept > 0) {
    H[d + DequeWord.FreeCount] = kept - 1;
    return H[d + DequeWord.Free + kept - 1];
  }
  return alloc(rt, BlockWord.Words);
}

function freeBlock(rt: Runtime, d: Ref, block: number): void {
  const H = rt.words;
  const kept = H[d + DequeWord.FreeCount];
  if (kept < (Block.MaxFree as number)) {
    H[d + DequeWord.Free + kept] = block;
    H[d + DequeWord.FreeCount] = kept + 1;
  } else free(rt, block, BlockWord.Words);
}

/** Gives a zeroed deque its first block and no bound. */
export function initDeque(rt: Runtime, d: Ref): void {
  const block = newBlock(rt, d);
  const H = rt.words;
  H[block + BlockWord.Left] = H[block + BlockWord.Right] = 0;
  H[d + DequeWord.Left] = H[d + DequeWord.Right] = block;
  H[d + DequeWord.LeftIndex] = Block.Center + 1;
  H[d + DequeWord.RightIndex] = Block.Center;
  H[d + DequeWord.MaxLen] = -1;
}

/** Gives all blocks back; the deque must be empty. */
export function freeBlocks(rt: Runtime, d: Ref): void {
  const H = rt.words;
  if (H[d + DequeWord.Left] !== 0) free(rt, H[d + DequeWord.Left], BlockWord.Words);
  H[d + DequeWord.Left] = H[d + DequeWord.Right] = 0;
  for (let i = 0; i < H[d + DequeWord.FreeCount]; i++) free(rt, H[d + DequeWord.Free + i], BlockWord.Words);
  H[d + DequeWord.FreeCount] = 0;
}

/** Puts a reference at the right end. Takes `item`. */
export function pushRight(rt: Runtime, d: Ref, item: Owned): void {
  const H = rt.words;
  if (H[d + DequeWord.RightIndex] === Block.Length - 1) {
    const block = newBlock(rt, d);
    const right = H[d + DequeWord.Right];
    H[block + BlockWord.Left] = right;
    H[block + BlockWord.Right] = 0;
    H[right + BlockWord.Right] = block;
    H[d + DequeWord.Right] = block;
    H[d + DequeWord.RightIndex] = -1;
  }
  H[d + DequeWord.Size]++;
  const i = ++H[d + DequeWord.RightIndex];
  H[H[d + DequeWord.Right] + BlockWord.Items + i] = item;
}

/** Puts a reference at the left end. Takes `item`. */
export function pushLeft(rt: Runtime, d: Ref, item: Owned): void {
  const H = rt.words;
  if (H[d + DequeWord.LeftIndex] === 0) {
    const block = newBlock(rt, d);
    const left = H[d + DequeWord.Left];
    H[block + BlockWord.Right] = left;
    H[block + BlockWord.Left] = 0;
    H[left + BlockWord.Left] = block;
    H[d + DequeWord.Left] = block;
    H[d + DequeWord.LeftIndex] = Block.Length;
  }
  H[d + DequeWord.Size]++;
  const i = --H[d + DequeWord.LeftIndex];
  H[H[d + DequeWord.Left] + BlockWord.Items + i] = item;
}

/** Takes the rightmost reference out; there must be one. */
export function takeRight(rt: Runtime, d: Ref): Owned {
  const H = rt.words;
  const right = H[d + DequeWord.Right];
  const item = H[right + BlockWord.Items + H[d + DequeWord.RightIndex]];
  const i = --H[d + DequeWord.RightIndex];
  H[d + DequeWord.State]++;
  if (--H[d + DequeWord.Size] === 0) center(H, d);
  else if (i < 0) {
    const previous = H[right + BlockWord.Left];
    freeBlock(rt, d, right);
    H[previous + BlockWord.Right] = 0;
    H[d + DequeWord.Right] = previous;
    H[d + DequeWord.RightIndex] = Block.Length - 1;
  }
  return item as Owned;
}

/** Takes the leftmost reference out; there must be one. */
export function takeLeft(rt: Runtime, d: Ref): Owned {
  const H = rt.words;
  const left = H[d + DequeWord.Left];
  const item = H[left + BlockWord.Items + H[d + DequeWord.LeftIndex]];
  const i = ++H[d + DequeWord.LeftIndex];
  H[d + DequeWord.State]++;
  if (--H[d + DequeWord.Size] === 0) center(H, d);
  else if (i === Block.Length) {
    const next = H[left + BlockWord.Right];
    freeBlock(rt, d, left);
    H[next + BlockWord.Left] = 0;
    H[d + DequeWord.Left] = next;
    H[d + DequeWord.LeftIndex] = 0;
  }
  return item as Owned;
}

/** An empty deque starts in the middle of its only block. */
function center(H: Int32Array, d: Ref): void {
  H[d + DequeWord.LeftIndex] = Block.Center + 1;
  H[d + DequeWord.RightIndex] = Block.Center;
}

/** The word of item `i`, which must exist: walks from the nearer end. */
export function itemWord(H: Int32Array, d: Ref, i: number): number {
  const at = i + H[d + DequeWord.LeftIndex];
  const size = H[d + DequeWord.Size];
  let hops = Math.floor(at / Block.Length);
  let block: number;
  if (i < size >> 1) {
    block = H[d + DequeWord.Left];
    while (hops-- > 0) block = H[block + BlockWord.Right];
  } else {
    block = H[d + DequeWord.Right];
    hops = Math.floor((H[d + DequeWord.LeftIndex] + size - 1) / Block.Length) - hops;
    while (hops-- > 0) block = H[block + BlockWord.Left];
  }
  return block + BlockWord.Items + (at % Block.Length);
}

/** Moves items from one end to the other, `n` steps to the right. */
export function rotate(rt: Runtime, d: Ref, n: number): void {
  const size = rt.words[d + DequeWord.Size];
  if (size <= 1) return;
  let steps = n % size;
  if (steps > size / 2) steps -= size;
  else if (steps < -size / 2) steps += size;
  for (; steps > 0; steps--) pushLeft(rt, d, takeRight(rt, d));
  for (; steps < 0; steps++) pushRight(rt, d, takeLeft(rt, d));
  rt.words[d + DequeWord.State]++;
}

/** Calls `visit` for each item from the left. */
export function visitItems(H: Int32Array, d: Ref, visit: (item: Ref) => void): void {
  let block = H[d + DequeWord.Left];
  let i = H[d + DequeWord.LeftIndex];
  for (let n = H[d + DequeWord.Size]; n > 0; n--) {
    visit(H[block + BlockWord.Items + i]);
    if (++i === Block.Length) {
      block = H[block + BlockWord.Right];
      i = 0;
    }
  }
}

/** Number of blocks in the chain and kept ones. */
export function countBlocks(H: Int32Array, d: Ref): number {
  let n = H[d + DequeWord.FreeCount];
  for (let block = H[d + DequeWord.Left]; block !== 0; block = H[block + BlockWord.Right]) n++;
  return n;
}
