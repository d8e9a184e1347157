/** Statistics of the allocator: what CPython's `sys._debugmallocstats()` and `sys.getallocatedblocks()` count. Computed
 *  from the words each time; nothing is kept for them but three arena counters. */
import { LargeTag, Pool, SegmentRecord, SizeClass } from '../layout/allocator.ts';
import { FreeListMax, FreeListRoot } from '../layout/freelists.ts';
import { Root } from '../layout/root.ts';
import type { Memory } from '../memory/memory.ts';
import { limitBytes, peakBytes, usedBytes } from './meter.ts';
import { segmentRecord } from './segment.ts';
import { blocksPerPool, classWords } from './size-class.ts';
import { arenas, largeBlocks, poolsOf } from './walk.ts';

const POOL_BYTES = 16384;
const POOL_HEADER_BYTES = 48;
const ARENA_BYTES = 1048576;

/** Sizes without the collector's head; a tuple's without its items. */
const enum FreeBytes {
  Dict = 48,
  Float = 24,
  List = 40,
  Tuple = 24,
}

interface ClassStats {
  readonly sizeClass: number;
  readonly blockBytes: number;
  pools: number;
  usedBlocks: number;
  availBlocks: number;
}

interface ArenaStats {
  /** Segment number. */
  readonly arena: number;
  readonly freePools: number;
  readonly usedBlocks: number;
}

interface LargeStats {
  usedBlocks: number;
  usedWords: number;
  freeBlocks: number;
  freeWords: number;
  readonly segments: number;
  readonly meteredBytes: number;
}

interface AllocatorStats {
  /** One for each of the 32 classes. */
  readonly classes: readonly ClassStats[];
  readonly arenas: readonly ArenaStats[];
  readonly arenasAllocated: number;
  readonly arenasHighwater: number;
  readonly large: LargeStats;
  readonly usedBytes: number;
  readonly peakBytes: number;
  readonly limitBytes: number;
  readonly hostBytes: number;
}

/** Counts everything. */
export function allocatorStats(m: Memory): AllocatorStats {
  const classes = emptyClasses();
  const perArena = [...arenas(m)].map((arena) => countArena(m, arena, classes));
  return {
    classes,
    arenas: perArena,
    arenasAllocated: m.words[Root.ArenasAllocated],
    arenasHighwater: m.words[Root.ArenasHighwater],
    large: countLarge(m),
    usedBytes: usedBytes(m),
    peakBytes: peakBytes(m),
    limitBytes: limitBytes(m),
    hostBytes: m.floats[Root.HostBytes / 2],
  };
}

/** Blocks in use, small and large: `sys.getallocatedblocks()`. */
export function allocatedBlocks(m: Memory): number {
  let count = m.words[Root.LargeBlocks];
  for (const arena of arenas(m)) for (const pool of poolsOf(m, arena)) count += m.words[pool + Pool.Count];
  return count;
}

/** The report in the form of `sys._debugmallocstats()`, without CPython's address map. */
export function debugMallocStats(m: Memory): string {
  const stats = allocatorStats(m);
  const lines = [
    'Small block threshold = 512, in 32 size classes.',
    '',
    'class   size   num pools   blocks in use  avail blocks',
    '-----   ----   ---------   -------------  ------------',
    ...stats.classes.filter((c) => c.pools > 0).map(classLine),
    '',
    ...arenaLines(stats),
    '',
    ...byteLines(stats),
    '',
    totalLine('# large blocks in use', stats.large.usedBlocks),
    totalLine('# bytes in large blocks', stats.large.meteredBytes),
    totalLine('# large segments', stats.large.segments),
    '',
    ...freeListLines(m),
  ];
  return lines.join('\n') + '\n';
}

/** Objects that lie in free lists. Source: CPython 3.12 _PyDebugAllocatorStats. */
function freeListLines(m: Memory): string[] {
  const H = m.words;
  const line = (count: number, name: string, nbytes: number): string =>
    totalLine(`${`${count} ${name}s * ${nbytes} bytes each`.padStart(48)} `, count * nbytes);
  return [
    line(H[FreeListRoot.DictCount], 'free PyDictObject', FreeBytes.Dict),
    line(H[FreeListRoot.FloatCount], 'free PyFloatObject', FreeBytes.Float),
    line(H[FreeListRoot.ListCount], 'free PyListObject', FreeBytes.List),
    ...Array.from({ length: FreeListMax.TupleSize }, (_, i) =>
      line(H[FreeListRoot.TupleCounts + i], `free ${i + 1}-sized PyTupleObject`, FreeBytes.Tuple + 8 * (i + 1)),
    ),
  ];
}

function emptyClasses(): ClassStats[] {
  return Array.from({ length: SizeClass.Count }, (_, sizeClass) => ({
    sizeClass,
    blockBytes: classWords(sizeClass) * 8,
    pools: 0,
    usedBlocks: 0,
    availBlocks: 0,
  }));
}

function countArena(m: Memory, arena: number, classes: ClassStats[]): ArenaStats {
  const H = m.words;
  let usedBlocks = 0;
  for (const pool of poolsOf(m, arena)) {
    const count = H[pool + Pool.Count];
    if (count === 0) continue;
    const counted = classes[H[pool + Pool.SizeClass]]!;
    counted.pools++;
    counted.usedBlocks += count;
    counted.availBlocks += blocksPerPool(counted.sizeClass) - count;
    usedBlocks += count;
  }
  return { arena, freePools: H[segmentRecord(arena) + SegmentRecord.FreePoolCount], usedBlocks };
}

function countLarge(m: Memory): LargeStats {
  const stats = {
    usedBlocks: 0,
    usedWords: 0,
    freeBlocks: 0,
    freeWords: 0,
    segments: m.words[Root.LargeSegments],
    meteredBytes: m.floats[Root.LargeBytes / 2],
  };
  for (const start of largeBlocks(m)) {
    const tag = m.words[start];
    const used = (tag & LargeTag.Used) !== 0;
    if (used) stats.usedBlocks++;
    else stats.freeBlocks++;
    if (used) stats.usedWords += tag & LargeTag.SizeMask;
    else stats.freeWords += tag & LargeTag.SizeMask;
  }
  return stats;
}

function classLine(c: ClassStats): string {
  const columns: [number, number][] = [
    [c.sizeClass, 5],
    [c.blockBytes, 7],
    [c.pools, 12],
    [c.usedBlocks, 16],
    [c.availBlocks, 14],
  ];
  return columns.map(([value, width]) => String(value).padStart(width)).join('');
}

function arenaLines(stats: AllocatorStats): string[] {
  const current = stats.arenas.length;
  return [
    totalLine('# arenas allocated total', stats.arenasAllocated),
    totalLine('# arenas reclaimed', stats.arenasAllocated - current),
    totalLine('# arenas highwater mark', stats.arenasHighwater),
    totalLine('# arenas allocated current', current),
    totalLine(`${current} arenas * ${ARENA_BYTES} bytes/arena`, current * ARENA_BYTES),
  ];
}

function byteLines(stats: AllocatorStats): string[] {
  const freePools = stats.arenas.reduce((sum, arena) => sum + arena.freePools, 0);
  const sum = (of: (c: ClassStats) => number): number => stats.classes.reduce((total, c) => total + of(c), 0);
  const used = sum((c) => c.usedBlocks * c.blockBytes);
  const avail = sum((c) => c.availBlocks * c.blockBytes);
  const headers = sum((c) => c.pools * POOL_HEADER_BYTES);
  const quantization = sum((c) => c.pools * ((POOL_BYTES - POOL_HEADER_BYTES) % c.blockBytes));
  return [
    totalLine('# bytes in allocated blocks', used),
    totalLine('# bytes in available blocks', avail),
    totalLine(`${freePools} unused pools * ${POOL_BYTES} bytes`, freePools * POOL_BYTES),
    totalLine('# bytes lost to pool headers', headers),
    totalLine('# bytes lost to quantization', quantization),
    totalLine('# bytes lost to arena alignment', 0),
    totalLine('Total', used + avail + freePools * POOL_BYTES + headers + quantization),
  ];
}

function totalLine(name: string, value: number): string {
  return name.padEnd(35) + '=' + value.toLocaleString('en-US').padStart(21);
}
