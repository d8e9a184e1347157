import { expect, it } from 'vitest';
import type { HeapEvents } from '../events.ts';
import { Memory } from '../memory/memory.ts';
import { alloc, allocMetered, free, freeMetered, realloc } from './alloc.ts';

it('every block is reported when it is handed out and before it is given back', () => {
  const m = new Memory({ reserveBytes: 8 << 20, staticWords: 1 << 17 });
  const seen: (string | number)[][] = [];
  m.events = {
    alloc: (...args: number[]) => seen.push(['alloc', ...args]),
    free: (...args: number[]) => seen.push(['free', ...args]),
  } as Partial<HeapEvents> as HeapEvents;
  const a = alloc(m, 6);
  const b = allocMetered(m, 100, 41);
  const c = realloc(m, a, 6, 20);
  freeMetered(m, b, 100, 41);
  free(m, c, 20);
  expect(seen).toEqual([
    ['alloc', a, 6, 48],
    ['alloc', b, 100, 41],
    ['free', a, 6, 48],
    ['alloc', c, 20, 160],
    ['free', b, 100, 41],
    ['free', c, 20, 160],
  ]);
});
