/** Random operations against a map from addresses to sizes; every word of every block holds a pattern. */
import { describe, expect, it } from 'vitest';
import { validateLarge, validateMeter } from '../check/large.ts';
import { validatePools } from '../check/pools.ts';
import { HeapOutOfMemory } from '../memory/errors.ts';
import { Memory, type MemoryOptions } from '../memory/memory.ts';
import { restoreSnapshot, takeSnapshot } from '../memory/snapshot.ts';
import { allocMetered, freeMetered, reallocMetered } from './alloc.ts';
import { checkFreed } from './debug.ts';
import { failAllocation } from './fault.ts';
import { peakBytes, usedBytes } from './meter.ts';

const MIB = 1 << 20;

interface Block {
  address: number;
  nwords: number;
  nbytes: number;
  seed: number;
}

/** Marsaglia's xorshift, 32 bits. */
class Random {
  state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  below(limit: number): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x;
    return (x >>> 0) % limit;
  }
}

class Model {
  readonly memory: Memory;
  readonly random: Random;
  blocks: Block[] = [];
  used = 0;
  peak = 0;
  refusals = 0;

  constructor(memory: Memory, seed: number) {
    this.memory = memory;
    this.random = new Random(seed);
  }

  /** One operation; `target` is about how many blocks are alive in the end. */
  step(target: number): void {
    const choice = this.random.below(100);
    const grows = this.random.below(2 * target) >= this.blocks.length;
    if (choice < 20 && this.blocks.length > 0) this.tryOrRefuse(() => this.resize());
    else if (grows || this.blocks.length === 0) this.tryOrRefuse(() => this.add());
    else this.remove(this.random.below(this.blocks.length));
  }

  validate(): void {
    validatePools(this.memory);
    validateLarge(this.memory);
    validateMeter(this.memory);
    checkFreed(this.memory);
    expect(usedBytes(this.memory)).toBe(this.used);
    expect(peakBytes(this.memory)).toBe(this.peak);
  }

  clear(): void {
    while (this.blocks.length > 0) this.remove(this.blocks.length - 1);
  }

  copy(memory: Memory): Model {
    const copy = new Model(memory, this.random.state);
    copy.blocks = this.blocks.map((block) => ({ ...block }));
    copy.used = this.used;
    copy.peak = this.peak;
    return copy;
  }

  private pickWords(): number {
    const kind = this.random.below(1000);
    if (kind < 800) return 1 + this.random.below(64);
    if (kind < 980) return 65 + this.random.below(400);
    if (kind < 999) return 400 + this.random.below(8000);
    return 1 + this.random.below(300_000);
  }

  private add(): void {
    const nwords = this.pickWords();
    const nbytes = nwords * 8 - this.random.below(4);
    const seed = this.random.below(1 << 30);
    const block = { address: 0, nwords, nbytes, seed };
    block.address = allocMetered(this.memory, nwords, nbytes);
    this.fill(block, 0);
    this.blocks.push(block);
    this.count(nbytes);
  }

  private resize(): void {
    const block = this.blocks[this.random.below(this.blocks.length)]!;
    const nwords = this.random.below(3) === 0 ? this.pickWords() : 1 + this.random.below(2 * block.nwords);
    const { address, nwords: oldWords, nbytes: oldBytes } = block;
    block.address = reallocMetered(this.memory, address, oldWords, oldBytes, nwords, nwords * 8);
    block.nwords = nwords;
    block.nbytes = nwords * 8;
    this.check(block, Math.min(oldWords, nwords));
    this.fill(block, 0);
    this.count(block.nbytes - oldBytes);
  }

  private remove(index: number): void {
    const block = this.blocks[index]!;
    this.check(block, block.nwords);
    freeMetered(this.memory, block.address, block.nwords, block.nbytes);
    this.blocks[index] = this.blocks[this.blocks.length - 1]!;
    this.blocks.pop();
    this.count(-block.nbytes);
  }

  private tryOrRefuse(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof HeapOutOfMemory)) throw error;
      this.refusals++;
    }
  }

  private count(delta: number): void {
    this.used += delta;
    this.peak = Math.max(this.peak, this.used);
  }

  private fill(block: Block, from: number): void {
    const H = this.memory.words;
    for (let i = from; i < block.nwords; i++) H[block.address + i] = block.seed + i;
  }

  private check(block: Block, nwords: number): void {
    const H = this.memory.words;
    for (let i = 0; i < nwords; i++) {
      if (H[block.address + i] !== block.seed + i) throw new Error(`word ${i} of ${JSON.stringify(block)} changed`);
    }
  }
}

function run(options: MemoryOptions, seed: number, steps: number, target: number, every: number): Model {
  const model = new Model(new Memory({ staticWords: 1 << 17, ...options }), seed);
  for (let step = 1; step <= steps; step++) {
    model.step(target);
    if (step % every === 0) model.validate();
  }
  return model;
}

describe('random operations', () => {
  it('keep every block intact over a million steps', () => {
    const model = run({ reserveBytes: 256 * MIB }, 1, 1_000_000, 4000, 20_000);
    expect(model.refusals).toBe(0);
    model.clear();
    model.validate();
    expect(usedBytes(model.memory)).toBe(0);
  });

  it.each([2, 3, 4, 5, 6])('keep the invariants at every step with few blocks (seed %i)', (seed) => {
    run({ reserveBytes: 16 * MIB }, seed, 1500, 60, 1).clear();
  });

  it('survive a buffer that is too small', () => {
    const model = run({ reserveBytes: 4 * MIB }, 7, 100_000, 4000, 1000);
    expect(model.refusals).toBeGreaterThan(100);
    model.clear();
    model.validate();
  });

  it('survive a budget that is too small, and never exceed it', () => {
    const model = run({ reserveBytes: 64 * MIB, budgetBytes: 2_000_000 }, 8, 100_000, 4000, 1000);
    expect(model.refusals).toBeGreaterThan(100);
    expect(model.peak).toBeLessThanOrEqual(2_000_000);
    expect(model.peak).toBeGreaterThan(1_990_000);
  });

  it('keep every block intact in debug mode', () => {
    const model = run({ reserveBytes: 64 * MIB, debug: true }, 9, 100_000, 1500, 5000);
    expect(model.refusals).toBe(0);
    model.clear();
    model.validate();
    expect(usedBytes(model.memory)).toBe(0);
  });

  it('leave everything as it was when an allocation fails', () => {
    const model = new Model(new Memory({ reserveBytes: 64 * MIB, staticWords: 1 << 17 }), 10);
    for (let step = 1; step <= 50_000; step++) {
      if (step % 10 === 0) failAllocation(model.memory, 1 + (step % 7));
      model.step(500);
      if (step % 500 === 0) model.validate();
    }
    expect(model.refusals).toBeGreaterThan(2000);
  });

  it('go the same way from a snapshot', () => {
    const model = run({ reserveBytes: 64 * MIB }, 11, 30_000, 1000, 10_000);
    const forkMemory = new Memory({ reserveBytes: 48 * MIB, staticWords: 1 << 17 });
    restoreSnapshot(forkMemory, takeSnapshot(model.memory));
    const fork = model.copy(forkMemory);
    fork.validate();
    for (let step = 0; step < 30_000; step++) {
      model.step(1000);
      fork.step(1000);
    }
    fork.validate();
    expect(fork.blocks).toEqual(model.blocks);
    expect(fork.used).toBe(model.used);
  });
});
