/**
 * Records of the allocator: segments, pools, large blocks, bins. One word here is one 64-bit slot of CPython's.
 *
 * ```
 * segment   131072 words (1 MiB metered): an arena of 64 pools, or a part of the large space, or free
 *
 * pool      2048 words (16 KiB metered), aligned, blocks of one size class
 *   +0 count      blocks in use
 *   +1 freeBlock  first free block; a free block's first word links the next, 0 ends
 *   +2 next       used pool: circular list of its class; free pool: next free pool of the arena
 *   +3 prev
 *   +4 sizeClass  class the blocks were carved for, NO_CLASS in a pool never used
 *   +5 nextOffset offset of the first block never carved
 *   +6 …          blocks
 *
 * large     a multiple of 8 words, 8-aligned
 *   +0 tag        nwords | LargeTag.Used | LargeTag.PrevUsed
 *   used:  +1 requested words   +2 metered bytes (double)   +4 … the block handed out
 *   free:  +2 next  +3 prev in its bin, last word: nwords
 * ```
 */
export const enum Segment {
  /** Words in a segment, and its logarithm. */
  Words = 131072,
  Shift = 17,
  Mask = 131071,
  /** The table has a record for each segment of the largest buffer, and one that ends it. */
  Limit = 8192,
}

/** Fields of a segment's record. The arena's are named as in CPython's `arena_object`. */
export const enum SegmentRecord {
  /** A `SegmentKind`. */
  Kind = 0,
  /** Arena: address of the first pool never used. */
  PoolAddress = 1,
  /** Arena: free pools, those never used included. */
  FreePoolCount = 2,
  /** Arena: first of the pools that were used and are free. */
  FreePools = 3,
  /** Arena: neighbours in the usable list, as segment numbers. */
  Next = 4,
  Prev = 5,
  /** Large: nwords of the free block that ends where the segment ends, or 0. */
  TailFree = 6,
  /** Words of a record and its logarithm. */
  Words = 8,
  Shift = 3,
}

export const enum SegmentKind {
  Free = 0,
  Arena = 1,
  Large = 2,
}

export const enum Pool {
  Count = 0,
  FreeBlock = 1,
  Next = 2,
  Prev = 3,
  SizeClass = 4,
  NextOffset = 5,
  /** Where the blocks start: CPython's POOL_OVERHEAD of 48 bytes. */
  Header = 6,
  Words = 2048,
  /** `address & Pool.Base` is the pool of a block. */
  Base = -2048,
  PerArena = 64,
  /** sizeClass of a pool that was never used. */
  NoClass = 0xffff,
}

export const enum SizeClass {
  Count = 32,
  /** The largest small block: 512 bytes. */
  MaxWords = 64,
}

export const enum Large {
  Tag = 0,
  Requested = 1,
  Bytes = 2,
  NextFree = 2,
  PrevFree = 3,
  Header = 4,
  /** Every size is a multiple of this. */
  Granule = 8,
}

export const enum LargeTag {
  Used = 1,
  /** The block before is in use, or there is none. */
  PrevUsed = 2,
  SizeMask = -8,
}

/** Free lists of the large space: eight bins to each power of two from 8 to 131072 words. */
export const enum Bin {
  Count = 120,
  /** Words of the bit map that says which bins have a block. */
  MapWords = 4,
}

/** Where the allocator's tables are in the static area. */
export const enum Table {
  Segments = 4096,
  /** `nfp2lasta`: by number of free pools, the last arena of the usable list with that number. */
  LastArena = 69640,
  BinMap = 69712,
  Bins = 69716,
  End = 69836,
}

/** Debug mode: a block is wrapped in four words before and at least one after it. */
export const enum Debug {
  /** Metered bytes while in use; the free chain afterwards. */
  Bytes = 0,
  /** Words asked for. */
  Requested = 1,
  /** Number of the allocation, from 1. */
  Serial = 2,
  Fence = 3,
  Header = 4,
}

/** Debug mode's fills: CPython's PYMEM_CLEANBYTE, PYMEM_DEADBYTE and PYMEM_FORBIDDENBYTE in each byte. */
export const enum Fill {
  Clean = 0xcdcdcdcd | 0,
  Dead = 0xdddddddd | 0,
  Forbidden = 0xfdfdfdfd | 0,
}

/** Marks of the meter (alloc/meter.ts). */
export const enum Meter {
  /** Credit granted at a rebalancing. */
  Window = 0x20000000,
  /** The most credit that may be outstanding before the next rebalancing. */
  CreditMax = 0x40000000,
  /** LowWatch that sends every allocation, HighWatch that sends every deallocation to the slow path. */
  EveryAllocation = 0x7fffffff,
  EveryFree = -1,
}
