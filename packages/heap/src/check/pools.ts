/**
 * Validators of the allocator: pools, arenas, the large space, the meter. Each recomputes from the words what the
 * allocator keeps, and throws HeapCorruption at the first difference. They change nothing.
 */
import { arenas, freeChain, poolsOf } from '../alloc/walk.ts';
import { blocksPerPool, classWords } from '../alloc/size-class.ts';
import { segmentKind, segmentRecord } from '../alloc/segment.ts';
import { Pool, Segment, SegmentKind, SegmentRecord, SizeClass, Table } from '../layout/allocator.ts';
import { Root } from '../layout/root.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Memory } from '../memory/memory.ts';

/** Checks INV-SEG-1, INV-ARENA-1, INV-POOL-1, INV-POOL-2. */
export function validatePools(m: Memory): void {
  validateSegments(m);
  const linked = usedLists(m);
  let count = 0;
  for (const arena of arenas(m)) {
    count++;
    validateArena(m, arena, linked);
  }
  expectEqual('INV-POOL-1 used list names something else', 0, 0, linked.size);
  expectEqual('INV-ARENA-1 ArenasCurrent', Root.ArenasCurrent, count, m.words[Root.ArenasCurrent]);
  validateUsableList(m);
}

/** Throws HeapCorruption unless `found` is `expected`. */
export function expectEqual(invariant: string, address: number, expected: number, found: number): void {
  if (expected !== found) throw new HeapCorruption(invariant, address, expected, found);
}

function validateSegments(m: Memory): void {
  const H = m.words;
  for (let segment = H[Root.SegmentFirst]; segment < Segment.Limit; segment++) {
    const free = segmentKind(m, segment) === SegmentKind.Free;
    if (free && segment < H[Root.SegmentHint]) throw new HeapCorruption('INV-SEG-1 hint', segment, 'taken', 'free');
    if (!free && segment >= H[Root.SegmentTop]) throw new HeapCorruption('INV-SEG-1 top', segment, 'free', 'taken');
  }
}

/** Pools in the used lists, with their class; checks the links in both directions. */
function usedLists(m: Memory): Map<number, number> {
  const H = m.words;
  const linked = new Map<number, number>();
  for (let sizeClass = 0; sizeClass < SizeClass.Count; sizeClass++) {
    const head = Root.UsedPools + 4 * sizeClass;
    let prev: number = head;
    for (let pool = H[head + Pool.Next]; pool !== head; pool = H[pool + Pool.Next]) {
      if (linked.has(pool)) throw new HeapCorruption('INV-POOL-1 linked twice', pool, 'once', 'twice');
      expectEqual('INV-POOL-1 prev', pool, prev, H[pool + Pool.Prev]);
      linked.set(pool, sizeClass);
      prev = pool;
    }
    expectEqual('INV-POOL-1 last', head, prev, H[head + Pool.Prev]);
  }
  return linked;
}

function validateArena(m: Memory, arena: number, linked: Map<number, number>): void {
  const H = m.words;
  const record = segmentRecord(arena);
  const free = freePools(m, arena);
  for (const pool of poolsOf(m, arena)) validatePool(m, pool, free.has(pool), linked);
  const neverUsed = (((arena + 1) << Segment.Shift) - H[record + SegmentRecord.PoolAddress]) / Pool.Words;
  expectEqual('INV-ARENA-1 FreePoolCount', record, free.size + neverUsed, H[record + SegmentRecord.FreePoolCount]);
}

function freePools(m: Memory, arena: number): Set<number> {
  const H = m.words;
  const record = segmentRecord(arena);
  const free = new Set<number>();
  for (let pool = H[record + SegmentRecord.FreePools]; pool !== 0; pool = H[pool + Pool.Next]) {
    const outside = pool >>> Segment.Shift !== arena || pool % Pool.Words !== 0;
    if (outside || pool >= H[record + SegmentRecord.PoolAddress] || free.has(pool)) {
      throw new HeapCorruption('INV-POOL-1 free pools', pool, `a pool of arena ${arena}, once`, 'another or twice');
    }
    free.add(pool);
  }
  return free;
}

function validatePool(m: Memory, pool: number, isFree: boolean, linked: Map<number, number>): void {
  const H = m.words;
  const sizeClass = H[pool + Pool.SizeClass];
  if (sizeClass < 0 || sizeClass >= SizeClass.Count) {
    throw new HeapCorruption('INV-POOL-2 size class', pool, '0 to 31', sizeClass);
  }
  const blocks = blocksPerPool(sizeClass);
  const count = H[pool + Pool.Count];
  const state = isFree ? 'free' : count === blocks ? 'full' : 'used';
  if (isFree) expectEqual('INV-POOL-1 free pool has blocks', pool, 0, count);
  else if (count < 1 || count > blocks) throw new HeapCorruption('INV-POOL-2 count', pool, `1 to ${blocks}`, count);
  if (linked.has(pool) !== (state === 'used')) {
    throw new HeapCorruption('INV-POOL-1 used list', pool, state, linked.has(pool) ? 'linked' : 'not linked');
  }
  if (state === 'used') expectEqual('INV-POOL-1 in the list of another class', pool, sizeClass, linked.get(pool)!);
  linked.delete(pool);
  expectEqual('INV-POOL-2 blocks add up', pool, blocks, count + countChain(m, pool) + countUncarved(m, pool));
}

/** Length of the free chain; checks that it stays among the carved blocks and has no cycle. */
function countChain(m: Memory, pool: number): number {
  const H = m.words;
  const nwords = classWords(H[pool + Pool.SizeClass]);
  const limit = blocksPerPool(H[pool + Pool.SizeClass]);
  let length = 0;
  for (const block of freeChain(m, pool)) {
    const offset = block - pool - Pool.Header;
    if (offset < 0 || offset % nwords !== 0 || block - pool >= H[pool + Pool.NextOffset]) {
      throw new HeapCorruption('INV-POOL-2 free chain', block, `a carved block of pool ${pool}`, 'another address');
    }
    if (++length > limit) throw new HeapCorruption('INV-POOL-2 free chain', pool, `at most ${limit} blocks`, 'a cycle');
  }
  return length;
}

function countUncarved(m: Memory, pool: number): number {
  const nwords = classWords(m.words[pool + Pool.SizeClass]);
  return Math.floor((Pool.Words - m.words[pool + Pool.NextOffset]) / nwords);
}

function validateUsableList(m: Memory): void {
  const H = m.words;
  const lastByCount = new Int32Array(Pool.PerArena + 1);
  const usable = new Set<number>();
  let prev = 0;
  for (let arena = H[Root.UsableArenas]; arena !== 0; arena = H[segmentRecord(arena) + SegmentRecord.Next]) {
    const record = segmentRecord(arena);
    if (usable.has(arena)) throw new HeapCorruption('INV-ARENA-1 usable list', arena, 'no cycle', 'a cycle');
    expectEqual('INV-ARENA-1 prev', record, prev, H[record + SegmentRecord.Prev]);
    const nfree = H[record + SegmentRecord.FreePoolCount];
    const before = prev === 0 ? 1 : H[segmentRecord(prev) + SegmentRecord.FreePoolCount];
    if (nfree < before) throw new HeapCorruption('INV-ARENA-1 order', record, `at least ${before}`, nfree);
    lastByCount[nfree] = arena;
    usable.add(arena);
    prev = arena;
  }
  for (let nfree = 1; nfree <= Pool.PerArena; nfree++) {
    expectEqual('INV-ARENA-1 LastArena', Table.LastArena + nfree, lastByCount[nfree]!, H[Table.LastArena + nfree]);
  }
  for (const arena of arenas(m)) {
    const hasFree = H[segmentRecord(arena) + SegmentRecord.FreePoolCount] > 0;
    if (hasFree !== usable.has(arena))
      throw new HeapCorruption('INV-ARENA-1 usable', arena, 'listed iff usable', 'not');
  }
}
