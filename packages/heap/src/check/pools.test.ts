import { describe, expect, it } from 'vitest';
import { alloc, free } from '../alloc/alloc.ts';
import { segmentRecord } from '../alloc/segment.ts';
import { Large, Pool, SegmentRecord, Table } from '../layout/allocator.ts';
import { Root } from '../layout/root.ts';
import { HeapCorruption } from '../memory/errors.ts';
import { Memory } from '../memory/memory.ts';
import { validateLarge, validateMeter } from './large.ts';
import { validatePools } from './pools.ts';

interface Sample {
  m: Memory;
  /** A used pool with a free block, and that block. */
  pool: number;
  freed: number;
  /** Tags of a used large block and of the free one after it. */
  used: number;
  free: number;
}

function sample(): Sample {
  const m = new Memory({ reserveBytes: 8 << 20, staticWords: 1 << 17 });
  const blocks = Array.from({ length: 20 }, () => alloc(m, 6));
  alloc(m, 10);
  const [a, b] = [alloc(m, 100), alloc(m, 200), alloc(m, 300)];
  free(m, blocks[4]!, 6);
  free(m, blocks[9]!, 6);
  free(m, b, 200);
  return { m, pool: blocks[0]! & Pool.Base, freed: blocks[9]!, used: a - Large.Header, free: b - Large.Header };
}

function validate(m: Memory): void {
  validatePools(m);
  validateLarge(m);
  validateMeter(m);
}

/** Words that break one invariant each when they are changed. */
const DAMAGES: [string, RegExp, (s: Sample) => number, number][] = [
  ['count of a pool', /INV-POOL-2/, (s) => s.pool + Pool.Count, 17],
  ['free chain to a block in the middle', /INV-POOL-2/, (s) => s.freed, 3],
  ['next offset', /INV-POOL-2/, (s) => s.pool + Pool.NextOffset, 6],
  ['size class', /INV-POOL/, (s) => s.pool + Pool.SizeClass, 3],
  ['size class out of range', /INV-POOL-2/, (s) => s.pool + Pool.SizeClass, 77],
  ['prev of a used pool', /INV-POOL-1/, (s) => s.pool + Pool.Prev, 5],
  ['number of free pools', /INV-ARENA-1/, () => segmentRecord(1) + SegmentRecord.FreePoolCount, 5],
  ['head of the usable arenas', /INV-ARENA-1/, () => Root.UsableArenas, 0],
  ['last arena by free pools', /INV-ARENA-1/, () => Table.LastArena + 62, 0],
  ['number of arenas', /INV-ARENA-1/, () => Root.ArenasCurrent, 2],
  ['segment hint', /INV-SEG-1/, () => Root.SegmentHint, 4],
  ['segment top', /INV-SEG-1/, () => Root.SegmentTop, 1],
  ['tag of a large block', /INV-LARGE-1/, (s) => s.used, 64],
  ['requested words', /INV-LARGE-1/, (s) => s.used + Large.Requested, 105],
  ['size at the end of a free block', /INV-LARGE-1/, (s) => s.free + 207, 8],
  ['bin link', /INV-LARGE-2/, (s) => s.free + Large.PrevFree, 8],
  ['bin map', /INV-LARGE-2/, () => Table.BinMap + 1, 0],
  ['number of large blocks', /INV-LARGE-1/, () => Root.LargeBlocks, 9],
  ['low mark', /INV-METER-1/, () => Root.LowMark, -1],
];

describe('validators', () => {
  it('accept a sound heap', () => {
    validate(sample().m);
  });

  it.each(DAMAGES)('find a damaged %s', (_name, invariant, address, value) => {
    const s = sample();
    expect(s.m.words[address(s)]).not.toBe(value);
    s.m.words[address(s)] = value;
    expect(() => validate(s.m)).toThrow(HeapCorruption);
    expect(() => validate(s.m)).toThrow(invariant);
  });

  it('find a free chain that is a cycle', () => {
    const s = sample();
    s.m.words[s.m.words[s.freed]!] = s.freed;
    expect(() => validate(s.m)).toThrow(/cycle/);
  });

  it('find a total that is not the sum of the blocks, exactly in debug mode', () => {
    const m = new Memory({ reserveBytes: 8 << 20, staticWords: 1 << 17, debug: true });
    alloc(m, 7);
    alloc(m, 100);
    validate(m);
    m.words[Root.Credit] -= 1;
    expect(() => validate(m)).toThrow(/INV-METER-1/);
  });
});
