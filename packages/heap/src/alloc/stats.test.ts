import { expect, it } from 'vitest';
import { Memory } from '../memory/memory.ts';
import { alloc, free } from './alloc.ts';
import { meter } from './meter.ts';
import { allocatedBlocks, allocatorStats, debugMallocStats } from './stats.ts';

function sample(): Memory {
  const m = new Memory({ reserveBytes: 8 << 20, staticWords: 1 << 17 });
  for (let i = 0; i < 100; i++) alloc(m, 6);
  for (let i = 0; i < 32; i++) alloc(m, 64);
  const block = alloc(m, 1000);
  alloc(m, 100);
  free(m, block, 1000);
  meter(m, 77);
  return m;
}

it('counts blocks and pools of each class', () => {
  const { classes, arenas } = allocatorStats(sample());
  expect(classes[2]).toEqual({ sizeClass: 2, blockBytes: 48, pools: 1, usedBlocks: 100, availBlocks: 240 });
  expect(classes[31]).toEqual({ sizeClass: 31, blockBytes: 512, pools: 2, usedBlocks: 32, availBlocks: 30 });
  expect(arenas).toEqual([{ arena: 1, freePools: 61, usedBlocks: 132 }]);
});

it('counts the large space and the totals', () => {
  const stats = allocatorStats(sample());
  expect(stats.large).toEqual({
    usedBlocks: 1,
    usedWords: 104,
    freeBlocks: 2,
    freeWords: 131072 - 104,
    segments: 1,
    meteredBytes: 800,
  });
  expect(stats.usedBytes).toBe(100 * 48 + 32 * 512 + 800 + 77);
  expect(stats.peakBytes).toBe(100 * 48 + 32 * 512 + 8000 + 800);
  expect(stats.hostBytes).toBe(77);
});

it('counts blocks in use', () => {
  expect(allocatedBlocks(sample())).toBe(133);
});

it('reports in the form of sys._debugmallocstats()', () => {
  const report = debugMallocStats(sample());
  // These lines are spelled as CPython 3.12.1 spells them.
  for (const line of [
    'Small block threshold = 512, in 32 size classes.',
    'class   size   num pools   blocks in use  avail blocks',
    '    2     48           1             100           240',
    '   31    512           2              32            30',
    '# arenas allocated total           =                    1',
    '1 arenas * 1048576 bytes/arena     =            1,048,576',
    '61 unused pools * 16384 bytes      =              999,424',
    '# bytes lost to pool headers       =                  144',
    'Total                              =            1,048,576',
  ]) {
    expect(report.split('\n')).toContain(line);
  }
});
