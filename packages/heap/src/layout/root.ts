/**
 * The root record: everything mutable that is not in a block hangs from here.
 *
 * ```
 * word     0       never used, so that 0 is no reference
 *          1..  15 unused
 *         16..  31 limits of the areas, the meter's hot words
 *         32..  41 doubles: metered totals (index them as floats[word / 2])
 *         42..  63 arenas, large space, host table, debug mode
 *         64.. 191 usedpools: 32 list heads in the shape of a pool header's first four words
 *        192.. 255 reserved for the allocator
 *        256..1023 objects and collector
 *       1024..4095 the runtime
 *       4096..     static area: the allocator's tables (layout/allocator.ts), then `reserveStatic`
 * staticEnd..      segments of 131072 words
 * ```
 */
export const enum Root {
  /** `ROOT_MAGIC`: says that these words are a heap, and of which layout. */
  Magic = 16,
  /** Bit set of `RootFlag`. */
  Flags = 17,
  /** First free word of the static area, and one past its last. */
  StaticTop = 18,
  StaticEnd = 19,
  /** First segment number, one past the last that the buffer has, one past the last ever used. */
  SegmentFirst = 20,
  SegmentEnd = 21,
  SegmentTop = 22,
  /** No segment below this number is free. */
  SegmentHint = 23,

  /** Metered bytes that may still be charged before the doubles must be looked at. */
  Credit = 24,
  /** Lowest Credit since the last rebalancing: peak = max(Peak, Charged - LowMark). */
  LowMark = 25,
  /** An allocation that would leave less Credit than this takes the slow path. */
  LowWatch = 26,
  /** A deallocation that would leave more Credit than this takes the slow path. */
  HighWatch = 27,
  /** Allocations until one fails (alloc/fault.ts); 0 is off. */
  FaultCountdown = 28,
  /** Stress mode: allocations until the next request, their distance (0 is off), and the pending request. */
  StressCountdown = 29,
  StressInterval = 30,
  StressDue = 31,

  /** Double: metered bytes charged so far; used = Charged - Credit. */
  Charged = 32,
  /** Double: the budget; Infinity is none. */
  Limit = 34,
  /** Double: highest use before the last rebalancing. */
  Peak = 36,
  /** Double: the part of the used bytes that `meter` accounts for payloads outside the words. */
  HostBytes = 38,
  /** Double: the part of the used bytes in large blocks. */
  LargeBytes = 40,

  /** Head of the list of arenas with a free pool, fullest first; 0 is none. Links are segment numbers. */
  UsableArenas = 42,
  /** Arenas now, arenas ever, the most at one time. */
  ArenasCurrent = 43,
  ArenasAllocated = 44,
  ArenasHighwater = 45,
  /** Blocks in use in the large space. */
  LargeBlocks = 46,
  /** Segments of the large space. */
  LargeSegments = 47,
  /** Host table: first free entry (0 is none), one past the last entry ever used, entries in use. */
  HostFree = 48,
  HostTop = 49,
  HostLive = 50,
  /** Debug mode: number of the last allocation. */
  DebugSerial = 51,

  /** 32 heads of 4 words, one for each size class; a list's end links back to its head. */
  UsedPools = 64,

  /** First word for objects and collector, first word for the runtime, first word of the static area. */
  Collector = 256,
  Runtime = 1024,
  StaticBase = 4096,
}

/** Bits of `Root.Flags`. */
export const enum RootFlag {
  /** Blocks carry fences and fills (alloc/debug.ts). */
  Debug = 1,
  /** It is recorded where blocks are taken (alloc/traces.ts). */
  Traced = 2,
}

/** Value of `Root.Magic`: "MLT" and the version of the layout. */
export const ROOT_MAGIC = 0x4d4c5401;
