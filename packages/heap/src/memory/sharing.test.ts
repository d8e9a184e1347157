import { expect, test } from 'vitest';
import { alloc } from '../alloc/alloc.ts';
import { Memory } from './memory.ts';
import { restoreSnapshot, takeSharing } from './snapshot.ts';

test('parts that did not change are shared with the earlier snapshot', () => {
  const m = new Memory({ reserveBytes: 64 << 20, staticWords: 1 << 17 });
  const block = alloc(m, 30_000);
  const first = takeSharing(m, null);
  m.words[block + 29_000] = 7;
  const second = takeSharing(m, first);
  const shared = second.ranges.filter(({ words }, i) => words === first.ranges[i]!.words);
  expect(shared.length).toBe(second.ranges.length - 1);
  restoreSnapshot(m, first);
  expect(m.words[block + 29_000]).toBe(0);
  restoreSnapshot(m, second);
  expect(m.words[block + 29_000]).toBe(7);
});

test('a part that has become longer is copied', () => {
  const m = new Memory({ reserveBytes: 64 << 20, staticWords: 1 << 17 });
  alloc(m, 4);
  const first = takeSharing(m, null);
  const pool = alloc(m, 60);
  m.words[pool] = 5;
  const second = takeSharing(m, first);
  restoreSnapshot(m, first);
  restoreSnapshot(m, second);
  expect(m.words[pool]).toBe(5);
});
