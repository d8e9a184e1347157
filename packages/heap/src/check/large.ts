/** Validators of the large space and of the meter. */
import { binOf } from '../alloc/bins.ts';
import { usedBytes } from '../alloc/meter.ts';
import { segmentKind, segmentRecord } from '../alloc/segment.ts';
import { endOfRun, largeBlocks, arenas, freeChain, poolsOf } from '../alloc/walk.ts';
import { classWords } from '../alloc/size-class.ts';
import { Bin, Debug, Large, LargeTag, Pool, Segment, SegmentKind, SegmentRecord, Table } from '../layout/allocator.ts';
import { Root, RootFlag } from '../layout/root.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Memory } from '../memory/memory.ts';
import { expectEqual } from './pools.ts';

/** Checks INV-LARGE-1, INV-LARGE-2 and the totals of the large space. */
export function validateLarge(m: Memory): void {
  const H = m.words;
  let segments = 0;
  for (let segment = H[Root.SegmentFirst]; segment < H[Root.SegmentTop]; segment++) {
    if (segmentKind(m, segment) !== SegmentKind.Large) continue;
    const end = endOfRun(m, segment);
    validateRun(m, segment << Segment.Shift, end << Segment.Shift);
    segments += end - segment;
    segment = end;
  }
  expectEqual('INV-LARGE-1 LargeSegments', Root.LargeSegments, segments, H[Root.LargeSegments]);
  validateTotals(m);
  validateBins(m);
}

/** Checks INV-METER-1. In debug mode every block says what it was metered at, so the sum must be exact; in the plain
 *  mode small blocks do not, and only bounds are checked. */
export function validateMeter(m: Memory): void {
  const H = m.words;
  const F = m.floats;
  const used = usedBytes(m);
  const known = F[Root.LargeBytes / 2] + F[Root.HostBytes / 2];
  if (H[Root.LowMark] < 0 || H[Root.LowMark] > H[Root.Credit]) {
    throw new HeapCorruption('INV-METER-1 low mark', Root.LowMark, `0 to ${H[Root.Credit]}`, H[Root.LowMark]);
  }
  if ((H[Root.Flags] & RootFlag.Debug) === 0) {
    if (used < known) throw new HeapCorruption('INV-METER-1 used', Root.Charged, `at least ${known}`, used);
    return;
  }
  expectEqual('INV-METER-1 used', Root.Charged, known + dressedSmallBytes(m), used);
}

/** Every tag of adjacent segments, and what each says about its neighbours. */
function validateRun(m: Memory, runStart: number, runEnd: number): void {
  const H = m.words;
  let freeBefore = 0;
  let start = runStart;
  while (start < runEnd) {
    const tag = H[start];
    const size = tag & LargeTag.SizeMask;
    const isFree = (tag & LargeTag.Used) === 0;
    if (size < Large.Granule || start + size > runEnd) {
      throw new HeapCorruption('INV-LARGE-1 size', start, `8 to ${runEnd - start}`, size);
    }
    expectEqual('INV-LARGE-1 PrevUsed', start, freeBefore === 0 ? LargeTag.PrevUsed : 0, tag & LargeTag.PrevUsed);
    if (isFree) validateFree(m, start, size, freeBefore);
    else validateUsed(m, start, size);
    freeBefore = isFree ? size : 0;
    start += size;
    validateTailFree(m, start, freeBefore);
  }
}

function validateFree(m: Memory, start: number, size: number, freeBefore: number): void {
  expectEqual('INV-LARGE-1 two free neighbours', start, 0, freeBefore);
  expectEqual('INV-LARGE-1 size at the end', start, size, m.words[start + size - 1]);
  const first = (start + Segment.Mask) >>> Segment.Shift;
  const last = (start + size) >>> Segment.Shift;
  if (first < last) throw new HeapCorruption('INV-LARGE-1 free segment kept', start, 'none', last - first);
}

function validateUsed(m: Memory, start: number, size: number): void {
  const requested = m.words[start + Large.Requested];
  if (requested < 1 || requested + Large.Header > size) {
    throw new HeapCorruption('INV-LARGE-1 requested words', start, `1 to ${size - Large.Header}`, requested);
  }
}

function validateTailFree(m: Memory, end: number, freeWords: number): void {
  if ((end & Segment.Mask) !== 0) return;
  const record = segmentRecord((end >>> Segment.Shift) - 1);
  expectEqual('INV-LARGE-1 TailFree', record, freeWords, m.words[record + SegmentRecord.TailFree]);
}

function validateTotals(m: Memory): void {
  let count = 0;
  let nbytes = 0;
  for (const start of largeBlocks(m)) {
    if ((m.words[start] & LargeTag.Used) === 0) continue;
    count++;
    nbytes += m.floats[(start + Large.Bytes) / 2];
  }
  expectEqual('INV-LARGE-1 LargeBlocks', Root.LargeBlocks, count, m.words[Root.LargeBlocks]);
  expectEqual('INV-METER-1 LargeBytes', Root.LargeBytes, nbytes, m.floats[Root.LargeBytes / 2]);
}

function validateBins(m: Memory): void {
  const H = m.words;
  const free = new Set<number>();
  for (const start of largeBlocks(m)) if ((H[start] & LargeTag.Used) === 0) free.add(start);
  for (let bin = 0; bin < Bin.Count; bin++) {
    let prev = 0;
    for (let start = H[Table.Bins + bin]; start !== 0; start = H[start + Large.NextFree]) {
      if (!free.delete(start))
        throw new HeapCorruption('INV-LARGE-2 bin', start, 'a free block, once', 'another or twice');
      expectEqual('INV-LARGE-2 bin of the size', start, bin, binOf(H[start] & LargeTag.SizeMask));
      expectEqual('INV-LARGE-2 prev', start, prev, H[start + Large.PrevFree]);
      prev = start;
    }
    const bit = (H[Table.BinMap + (bin >>> 5)] >>> (bin & 31)) & 1;
    expectEqual('INV-LARGE-2 bit map', Table.BinMap, H[Table.Bins + bin] === 0 ? 0 : 1, bit);
  }
  expectEqual('INV-LARGE-2 free blocks in no bin', 0, 0, free.size);
}

/** Sum of what the blocks in use say in their debug headers. */
function dressedSmallBytes(m: Memory): number {
  let sum = 0;
  for (const arena of arenas(m)) for (const pool of poolsOf(m, arena)) sum += dressedBytesInPool(m, pool);
  return sum;
}

function dressedBytesInPool(m: Memory, pool: number): number {
  const H = m.words;
  if (H[pool + Pool.Count] === 0) return 0;
  const free = new Set(freeChain(m, pool));
  const nwords = classWords(H[pool + Pool.SizeClass]);
  let sum = 0;
  for (let block = pool + Pool.Header; block < pool + H[pool + Pool.NextOffset]; block += nwords) {
    if (!free.has(block)) sum += H[block + Debug.Bytes] >>> 0;
  }
  return sum;
}
