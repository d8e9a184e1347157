/**
 * Bins: the free blocks of the large space, listed by size. Eight bins to each power of two; a bit map finds the first
 * bin that is sure to fit. Within a bin the block freed last is first.
 *
 * Keeps INV-LARGE-2: a free block is in exactly the bin of its size; a bin's bit is set iff the bin is not empty.
 */
import { Bin, Large, LargeTag, Table } from '../layout/allocator.ts';
import type { Memory } from '../memory/memory.ts';

/** The largest blocks that bins hold are smaller: two segments always contain a whole one, which is given back. */
const BINNED_LIMIT = 1 << 18;

/** The bin of a free block of `nwords` words. */
export function binOf(nwords: number): number {
  const log = 31 - Math.clz32(nwords);
  return ((log - 3) << 3) + ((nwords >>> (log - 3)) & 7);
}

/** A free block that has at least `nwords` words, still in its bin; 0 if there is none. Looks at the first block of the
 *  bin of that size, so that a block freed last is reused, then at the bins whose every block fits. */
export function findBlock(m: Memory, nwords: number): number {
  const H = m.words;
  const roundedUp = nwords + (1 << (28 - Math.clz32(nwords))) - 1;
  if (roundedUp >= BINNED_LIMIT) return 0;
  const freedLast = H[Table.Bins + binOf(nwords)];
  if (freedLast !== 0 && (H[freedLast] & LargeTag.SizeMask) >= nwords) return freedLast;
  return findInHigherBins(m, binOf(roundedUp));
}

function findInHigherBins(m: Memory, bin: number): number {
  const H = m.words;
  let mapWord = bin >>> 5;
  let bits = H[Table.BinMap + mapWord] & (-1 << (bin & 31));
  while (bits === 0) {
    if (++mapWord === Bin.MapWords) return 0;
    bits = H[Table.BinMap + mapWord];
  }
  const found = (mapWord << 5) + 31 - Math.clz32(bits & -bits);
  return H[Table.Bins + found];
}

/** Puts a free block of `nwords` words to the front of its bin. */
export function insertBlock(m: Memory, block: number, nwords: number): void {
  const H = m.words;
  const bin = binOf(nwords);
  const next = H[Table.Bins + bin];
  H[block + Large.NextFree] = next;
  H[block + Large.PrevFree] = 0;
  if (next !== 0) H[next + Large.PrevFree] = block;
  H[Table.Bins + bin] = block;
  H[Table.BinMap + (bin >>> 5)] |= 1 << (bin & 31);
}

/** Takes a free block of `nwords` words out of its bin. */
export function removeBlock(m: Memory, block: number, nwords: number): void {
  const H = m.words;
  const bin = binOf(nwords);
  const next = H[block + Large.NextFree];
  const prev = H[block + Large.PrevFree];
  if (next !== 0) H[next + Large.PrevFree] = prev;
  if (prev !== 0) {
    H[prev + Large.NextFree] = next;
    return;
  }
  H[Table.Bins + bin] = next;
  if (next === 0) H[Table.BinMap + (bin >>> 5)] &= ~(1 << (bin & 31));
}
