import { describe, expect, it } from 'vitest';
import { Root } from '../layout/root.ts';
import { HeapOutOfMemory } from './errors.ts';
import { ADDRESS_BASE, addressOf, Memory, refAt, reserveStatic } from './memory.ts';
import { alloc } from '../alloc/alloc.ts';

const MIB = 1 << 20;

describe('memory', () => {
  it('reserves 4 GiB unless told otherwise, without touching it', () => {
    const m = new Memory();
    expect(m.buffer.byteLength).toBeGreaterThanOrEqual(1024 * MIB);
    expect(m.words.length).toBe(m.buffer.byteLength / 4);
    expect(m.floats.buffer).toBe(m.buffer);
  });

  it('refuses a buffer without room for blocks and a budget that is no number', () => {
    expect(() => new Memory({ reserveBytes: MIB / 2, staticWords: 1 << 17 })).toThrow(RangeError);
    expect(() => new Memory({ reserveBytes: 4 * MIB, staticWords: 1, budgetBytes: NaN })).toThrow(RangeError);
    expect(() => new Memory({ reserveBytes: 4 * MIB, staticWords: 1, budgetBytes: -1 })).toThrow(RangeError);
  });

  it('gives each word an address eight bytes from the next', () => {
    const m = new Memory({ reserveBytes: 4 * MIB, staticWords: 1 << 17 });
    expect(addressOf(1000)).toBe(ADDRESS_BASE + 8000);
    expect(refAt(m, addressOf(1000))).toBe(1000);
    expect(() => refAt(m, addressOf(1000) + 4)).toThrow(RangeError);
    expect(() => refAt(m, 4096)).toThrow(RangeError);
    expect(() => refAt(m, addressOf(m.words.length))).toThrow(RangeError);
  });

  it('hands out the static area once, aligned and zeroed', () => {
    const m = new Memory({ reserveBytes: 4 * MIB, staticWords: 1 << 17 });
    const first = reserveStatic(m, 3);
    const second = reserveStatic(m, 10, 16);
    expect(second % 16).toBe(0);
    expect(second).toBeGreaterThanOrEqual(first + 3);
    expect(m.words.subarray(first, second + 10).every((word) => word === 0)).toBe(true);
    const left = m.words[Root.StaticEnd]! - m.words[Root.StaticTop]!;
    expect(() => reserveStatic(m, left + 1)).toThrow(RangeError);
    expect(reserveStatic(m, left) + left).toBe(m.words[Root.StaticEnd]);
  });

  it('lets its owner decide what running out of memory throws', () => {
    const m = new Memory({ reserveBytes: 4 * MIB, staticWords: 1 << 17, budgetBytes: 100 });
    expect(() => alloc(m, 13)).toThrow(new HeapOutOfMemory(104));
    m.onOutOfMemory = (nbytes) => {
      throw new TypeError(`no ${nbytes}`);
    };
    expect(() => alloc(m, 20)).toThrow(new TypeError('no 160'));
  });
});
