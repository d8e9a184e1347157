/** A pickler's memo: the objects pickled so far with their numbers, by identity. CPython's PyMemoTable, whose sizes it keeps. */
import { alloc, decref, free } from '@moult/heap';
import type { Ref } from '@moult/heap';
import type { Runtime } from '../../core/runtime.ts';
import { MemoEntry, PicklerWord } from './layout.ts';

const SMALLEST = 8;
const LARGE = 50_000;

function newTable(rt: Runtime, slots: number): number {
  const table = alloc(rt, slots * MemoEntry.Words);
  rt.words.fill(0, table, table + slots * MemoEntry.Words);
  return table;
}

/** Gives a pickler an empty memo; it must have none. */
export function initMemo(rt: Runtime, self: Ref): void {
  const table = newTable(rt, SMALLEST);
  const H = rt.words;
  H[self + PicklerWord.Memo] = table;
  H[self + PicklerWord.MemoSlots] = SMALLEST;
  H[self + PicklerWord.MemoUsed] = 0;
}

/** The entry of `o`, or the free one where it belongs. */
function entryOf(H: Int32Array, table: number, slots: number, o: Ref): number {
  const mask = slots - 1;
  for (let i = (Math.imul(o, 0x9e3779b1) >>> 8) & mask; ; i = (i + 1) & mask) {
    const entry = table + i * MemoEntry.Words;
    const found = H[entry + MemoEntry.Object];
    if (found === o || found === 0) return entry;
  }
}

/** The number of `o`, or −1. */
export function memoIndex(rt: Runtime, self: Ref, o: Ref): number {
  const H = rt.words;
  const entry = entryOf(H, H[self + PicklerWord.Memo], H[self + PicklerWord.MemoSlots], o);
  return H[entry + MemoEntry.Object] === 0 ? -1 : H[entry + MemoEntry.Index];
}

/** Notes `o` (borrowed) under a number. */
export function memoSet(rt: Runtime, self: Ref, o: Ref, index: number): void {
  const H = rt.words;
  // Growing may have failed for lack of memory: one entry must stay free, or searching would not end.
  if (H[self + PicklerWord.MemoUsed] + 2 > H[self + PicklerWord.MemoSlots]) {
    grow(rt, self, H[self + PicklerWord.MemoSlots] * 2);
  }
  const entry = entryOf(H, H[self + PicklerWord.Memo], H[self + PicklerWord.MemoSlots], o);
  H[entry + MemoEntry.Index] = index;
  if (H[entry + MemoEntry.Object] !== 0) return;
  if (H[o] >= 0) H[o]++;
  H[entry + MemoEntry.Object] = o;
  const used = ++H[self + PicklerWord.MemoUsed];
  if (used * 3 >= H[self + PicklerWord.MemoSlots] * 2) grow(rt, self, used * (used > LARGE ? 2 : 4));
}

function grow(rt: Runtime, self: Ref, wanted: number): void {
  let slots = SMALLEST;
  while (slots < wanted) slots *= 2;
  const table = newTable(rt, slots);
  const H = rt.words;
  eachMemo(rt, self, (o, index) => {
    const entry = entryOf(H, table, slots, o);
    H[entry + MemoEntry.Object] = o;
    H[entry + MemoEntry.Index] = index;
  });
  free(rt, H[self + PicklerWord.Memo], H[self + PicklerWord.MemoSlots] * MemoEntry.Words);
  H[self + PicklerWord.Memo] = table;
  H[self + PicklerWord.MemoSlots] = slots;
}

/** Calls `see` for each object. */
export function eachMemo(rt: { readonly words: Int32Array }, self: Ref, see: (o: Ref, index: number) => void): void {
  const H = rt.words;
  const table = H[self + PicklerWord.Memo];
  if (table === 0) return;
  for (let i = 0; i < H[self + PicklerWord.MemoSlots]; i++) {
    const entry = table + i * MemoEntry.Words;
    if (H[entry + MemoEntry.Object] !== 0) see(H[entry + MemoEntry.Object], H[entry + MemoEntry.Index]);
  }
}

/** Takes the table away, then releases what was in it. @runsPython */
export function dropMemo(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const table = H[self + PicklerWord.Memo];
  if (table === 0) return;
  const slots = H[self + PicklerWord.MemoSlots];
  H[self + PicklerWord.Memo] = H[self + PicklerWord.MemoSlots] = H[self + PicklerWord.MemoUsed] = 0;
  releaseTable(rt, table, slots);
}

/** Forgets all objects; the memo keeps its size. @runsPython */
export function clearMemo(rt: Runtime, self: Ref): void {
  const H = rt.words;
  const slots = Math.max(H[self + PicklerWord.MemoSlots], SMALLEST);
  const table = newTable(rt, slots);
  const old = H[self + PicklerWord.Memo];
  const oldSlots = H[self + PicklerWord.MemoSlots];
  H[self + PicklerWord.Memo] = table;
  H[self + PicklerWord.MemoSlots] = slots;
  H[self + PicklerWord.MemoUsed] = 0;
  if (old !== 0) releaseTable(rt, old, oldSlots);
}

function releaseTable(rt: Runtime, table: number, slots: number): void {
  const H = rt.words;
  for (let i = 0; i < slots; i++) {
    const o = H[table + i * MemoEntry.Words];
    if (o !== 0) decref(rt, o);
  }
  free(rt, table, slots * MemoEntry.Words);
}
