/** Walks over everything the allocator has cut, for statistics, validators and debug checks. Slow paths only: the
 *  generators read the words as they go, so nothing may be allocated or freed meanwhile. */
import { LargeTag, Pool, Segment, SegmentKind, SegmentRecord } from '../layout/allocator.ts';
import { Root } from '../layout/root.ts';
import type { Memory } from '../memory/memory.ts';
import { segmentKind, segmentRecord } from './segment.ts';

/** Numbers of the segments that are arenas, ascending. */
export function* arenas(m: Memory): Generator<number> {
  for (let segment = m.words[Root.SegmentFirst]; segment < m.words[Root.SegmentTop]; segment++) {
    if (segmentKind(m, segment) === SegmentKind.Arena) yield segment;
  }
}

/** Addresses of the pools of an arena that were ever used. */
export function* poolsOf(m: Memory, arena: number): Generator<number> {
  const end = m.words[segmentRecord(arena) + SegmentRecord.PoolAddress];
  for (let pool = arena << Segment.Shift; pool < end; pool += Pool.Words) yield pool;
}

/** Blocks in the free chain of a pool, in the order in which they will be handed out. */
export function* freeChain(m: Memory, pool: number): Generator<number> {
  for (let block = m.words[pool + Pool.FreeBlock]; block !== 0; block = m.words[block]) yield block;
}

/** Tag addresses of the blocks of the large space, used and free, ascending. */
export function* largeBlocks(m: Memory): Generator<number> {
  for (let segment = m.words[Root.SegmentFirst]; segment < m.words[Root.SegmentTop]; segment++) {
    if (segmentKind(m, segment) !== SegmentKind.Large) continue;
    const end = endOfRun(m, segment);
    let block = segment << Segment.Shift;
    while (block < end << Segment.Shift) {
      yield block;
      block += m.words[block] & LargeTag.SizeMask;
    }
    segment = end;
  }
}

/** Segment number one past the adjacent large segments from `segment` on. */
export function endOfRun(m: Memory, segment: number): number {
  let end = segment;
  while (segmentKind(m, end) === SegmentKind.Large) end++;
  return end;
}
