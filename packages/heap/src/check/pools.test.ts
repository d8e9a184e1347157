import { describe, expect, it } from 'vitest';
import { alloc, free } from '../alloc/alloc.ts';
import { segmentRecord } from '../alloc/segment.ts';
import { Large, LargeTag, Pool, Segment, SegmentRecord, Table } from '../layout/allocator.ts';
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
  ['list of free pools', /INV-POOL-1 free pools/, () => segmentRecord(1) + SegmentRecord.FreePools, 5],
  ['size of a large block', /INV-LARGE-1 size/, (s) => s.used, 1],
  ['list of a bin', /INV-LARGE-2 bin/, (s) => s.free + Large.NextFree, 8],
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

  it('find a list of used pools that is a cycle', () => {
    const { m, pool } = sample();
    m.words[pool + Pool.Next] = pool;
    expect(() => {
      validatePools(m);
    }).toThrow('INV-POOL-1 linked twice');
  });

  it('find a used pool that is in no list, and a full one that is in one', () => {
    const { m, pool } = sample();
    const head = m.words[pool + Pool.Next]!;
    m.words[head + Pool.Next] = m.words[head + Pool.Prev] = head;
    expect(() => {
      validatePools(m);
    }).toThrow('expected used, found not linked');
    const full = new Memory({ reserveBytes: 8 << 20, staticWords: 1 << 17 });
    const blocks = Array.from({ length: 400 }, () => alloc(full, 6));
    const [first] = blocks.map((block) => block & Pool.Base) as [number];
    const used = blocks.at(-1)! & Pool.Base;
    full.words[used + Pool.Prev] = first;
    full.words[first + Pool.Next] = used;
    full.words[first + Pool.Prev] = full.words[used + Pool.Next]!;
    full.words[full.words[used + Pool.Next]! + Pool.Next] = first;
    expect(() => {
      validatePools(full);
    }).toThrow('expected full, found linked');
  });

  it('find a count that no pool can have', () => {
    const { m, pool } = sample();
    m.words[pool + Pool.Count] = 0;
    expect(() => {
      validatePools(m);
    }).toThrow('INV-POOL-2 count');
  });

  it('find a free pool with blocks, and one twice in the list', () => {
    for (const [word, value, message] of [
      [Pool.Count, 3, 'INV-POOL-1 free pool has blocks'],
      [Pool.Next, -1, 'INV-POOL-1 free pools'],
    ] as const) {
      const m = new Memory({ reserveBytes: 8 << 20, staticWords: 1 << 17 });
      const [kept, block] = [alloc(m, 6), alloc(m, 60)];
      free(m, block, 60);
      const pool = block & Pool.Base;
      expect(pool).not.toBe(kept & Pool.Base);
      validatePools(m);
      m.words[pool + word] = value === -1 ? pool : value;
      expect(() => {
        validatePools(m);
      }).toThrow(message);
    }
  });

  it('find arenas out of order, in a cycle, and not listed', () => {
    const make = (): { m: Memory; arenas: number[] } => {
      const m = new Memory({ reserveBytes: 16 << 20, staticWords: 1 << 17 });
      const blocks = Array.from({ length: 9000 }, () => alloc(m, 64));
      const arenas = [...new Set(blocks.map((block) => block >>> Segment.Shift))];
      // Free pools in the first two, more of them in the second.
      for (const [i, count] of [
        [0, 200],
        [1, 600],
      ] as const) {
        for (const block of blocks.filter((each) => each >>> Segment.Shift === arenas[i]).slice(0, count))
          free(m, block, 64);
      }
      validatePools(m);
      return { m, arenas };
    };
    const cycle = make();
    const first = cycle.m.words[Root.UsableArenas]!;
    cycle.m.words[segmentRecord(cycle.m.words[segmentRecord(first) + SegmentRecord.Next]!) + SegmentRecord.Next] =
      first;
    expect(() => {
      validatePools(cycle.m);
    }).toThrow('INV-ARENA-1');
    const order = make();
    const head = segmentRecord(order.m.words[Root.UsableArenas]!);
    order.m.words[head + SegmentRecord.FreePoolCount] = Pool.PerArena;
    expect(() => {
      validatePools(order.m);
    }).toThrow('INV-ARENA-1');
  });

  it('find an arena whose neighbour has more free pools, and one that is not listed', () => {
    const m = new Memory({ reserveBytes: 16 << 20, staticWords: 1 << 17 });
    const blocks = Array.from({ length: 9000 }, () => alloc(m, 64));
    const arenas = [...new Set(blocks.map((block) => block >>> Segment.Shift))];
    for (const block of blocks.filter((each) => each >>> Segment.Shift === arenas[0]).slice(0, 200)) free(m, block, 64);
    validatePools(m);
    const record = (arena: number): number => segmentRecord(arena);
    const listed = m.words[Root.UsableArenas]!;
    const other = arenas.find((arena) => m.words[record(arena) + SegmentRecord.FreePoolCount] === 0)!;
    const next = m.words[record(listed) + SegmentRecord.Next]!;
    m.words[record(listed) + SegmentRecord.Next] = other;
    m.words[record(other) + SegmentRecord.Prev] = listed;
    expect(() => {
      validatePools(m);
    }).toThrow('INV-ARENA-1 order');
    m.words[record(listed) + SegmentRecord.Next] = next;
    m.words[record(other) + SegmentRecord.Prev] = 0;
    validatePools(m);
    const count = m.words[record(listed) + SegmentRecord.FreePoolCount]!;
    m.words[Root.UsableArenas] = next;
    m.words[record(next) + SegmentRecord.Prev] = 0;
    m.words[Table.LastArena + count] = 0;
    expect(() => {
      validatePools(m);
    }).toThrow('INV-ARENA-1 usable');
  });

  it('find a free segment that the large space kept', () => {
    const m = new Memory({ reserveBytes: 32 << 20, staticWords: 1 << 17 });
    const block = alloc(m, 3 * Segment.Words);
    const start = block - Large.Header;
    const size = m.words[start]! & LargeTag.SizeMask;
    m.words[start]! &= ~LargeTag.Used;
    m.words[start + size - 1] = size;
    expect(() => {
      validateLarge(m);
    }).toThrow('INV-LARGE-1 free segment kept');
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
    free(m, alloc(m, 40), 40);
    validate(m);
    m.words[Root.Credit] -= 1;
    expect(() => validate(m)).toThrow(/INV-METER-1/);
  });
});
