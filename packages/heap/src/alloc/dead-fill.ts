/** Debug mode's fill of free memory: writing it, and finding that somebody wrote to free memory since. */
import { Fill } from '../layout/allocator.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Memory } from '../memory/memory.ts';

/** Marks the words `from` … `to - 1` as freed. */
export function fillDead(m: Memory, from: number, to: number): void {
  m.words.fill(Fill.Dead, from, to);
}

/** Throws HeapCorruption at the first word in `from` … `to - 1` that was written to after it was freed. */
export function checkDead(m: Memory, from: number, to: number): void {
  const H = m.words;
  for (let word = from; word < to; word++) {
    if (H[word] !== Fill.Dead)
      throw new HeapCorruption('INV-DEBUG-2 use after free', word, hex(Fill.Dead), hex(H[word]));
  }
}

/** A word as it reads in memory dumps. */
export function hex(word: number): string {
  return '0x' + (word >>> 0).toString(16).padStart(8, '0');
}
