/**
 * What the allocator costs, in nanoseconds an operation. Best of seven rounds in one process, so that every function
 * has met every kind of block before it is measured.
 *
 *   npx esbuild bench/heap/alloc.ts --bundle --platform=node --format=esm --define:TRACE=false \
 *     --outfile=node_modules/.cache/bench-alloc.mjs && node node_modules/.cache/bench-alloc.mjs
 */
import { alloc, free, realloc } from '../../packages/heap/src/alloc/alloc.ts';
import { Memory } from '../../packages/heap/src/memory/memory.ts';

const ROUNDS = 7;
const NWORDS = 6;

const m = new Memory();
const few = new Int32Array(16);
const many = new Int32Array(1_000_000);
const slots = new Int32Array(65_536);
const lengths = new Uint8Array(65_536);

/** One block taken and given back while its pool has others in use. */
function pair(count: number): void {
  for (let i = 0; i < count; i++) free(m, alloc(m, NWORDS), NWORDS);
}

/** Sixteen blocks taken, then given back. */
function batch(count: number): void {
  for (let done = 0; done < count; done += few.length) {
    for (let i = 0; i < few.length; i++) few[i] = alloc(m, NWORDS);
    for (let i = 0; i < few.length; i++) free(m, few[i]!, NWORDS);
  }
}

function grow(count: number): void {
  for (let i = 0; i < count; i++) many[i] = alloc(m, NWORDS);
}

function shrink(count: number): void {
  for (let i = 0; i < count; i++) free(m, many[i]!, NWORDS);
}

/** Replaces blocks of all classes all over the heap. */
function mixed(count: number): void {
  for (let i = 0; i < count; i++) {
    const slot = Math.imul(i, 7919) & (slots.length - 1);
    if (slots[slot] !== 0) free(m, slots[slot]!, lengths[slot]!);
    lengths[slot] = 1 + ((i * 31) & 63);
    slots[slot] = alloc(m, lengths[slot]!);
  }
}

/** A block that grows by four words at a time, as a list's items do. */
function append(count: number): void {
  let nwords = 4;
  let block = alloc(m, nwords);
  for (let i = 0; i < count; i++, nwords += 4) block = realloc(m, block, nwords, nwords + 4);
  free(m, block, nwords);
}

function large(count: number): void {
  for (let done = 0; done < count; done += 1000) {
    for (let i = 0; i < 1000; i++) many[i] = alloc(m, 100 + (i & 127));
    for (let i = 0; i < 1000; i++) free(m, many[i]!, 100 + (i & 127));
  }
}

const CASES: readonly [string, (count: number) => void, number][] = [
  ['alloc + free, one block', pair, 5_000_000],
  ['alloc + free, sixteen blocks', batch, 4_800_000],
  ['alloc of a million blocks', grow, 1_000_000],
  ['free of a million blocks', shrink, 1_000_000],
  ['free + alloc, all classes', mixed, 2_000_000],
  ['realloc by four words', append, 100_000],
  ['alloc + free, large blocks', large, 500_000],
];

alloc(m, NWORDS);
const best = new Map<string, number>();
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, run, count] of CASES) {
    const start = process.hrtime.bigint();
    run(count);
    const nanoseconds = Number(process.hrtime.bigint() - start) / count;
    best.set(name, Math.min(best.get(name) ?? Infinity, nanoseconds));
  }
}
for (const [name, nanoseconds] of best) console.log(`${name.padEnd(32)}${nanoseconds.toFixed(1).padStart(8)} ns`);
