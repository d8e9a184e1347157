/** The sort of a row of keys: natural runs, short ones extended by binary insertion, merged in powersort's order. */
import { isLess } from './less.ts';
import { mergeRuns } from './merge.ts';
import type { MergeState } from './merge.ts';

/** A run waiting to be merged; `power` is that of its border with the next one. */
interface Run {
  base: number;
  length: number;
  power: number;
}

/** Sorts `n` keys from `base` on, stably, with CPython's comparisons in its order. @runsPython
 *  Source: CPython 3.12 list_sort_impl. */
export function timsort(ms: MergeState, base: number, n: number): void {
  const pending: Run[] = [];
  const minRun = minimalRun(n);
  let at = base;
  for (let remaining = n; remaining > 0;) {
    const length = nextRun(ms, at, remaining, minRun);
    addRun(ms, pending, base, n, length);
    pending.push({ base: at, length, power: 0 });
    at += length;
    remaining -= length;
  }
  while (pending.length > 1) mergeAt(ms, pending, lastPair(pending));
}

function minimalRun(n: number): number {
  let odd = 0;
  while (n >= 64) {
    odd |= n & 1;
    n >>= 1;
  }
  return n + odd;
}

/** Finds the natural run at `at`, makes it ascending and at least `minRun` long; returns its length. */
function nextRun(ms: MergeState, at: number, remaining: number, minRun: number): number {
  const length = countRun(ms, at, remaining);
  if (length >= minRun) return length;
  const forced = Math.min(remaining, minRun);
  binarySort(ms, at, at + forced, at + length);
  return forced;
}

/** Source: CPython 3.12 count_run, and the reversal after it. */
function countRun(ms: MergeState, lo: number, remaining: number): number {
  const { rt, order } = ms;
  const H = rt.words;
  const hi = lo + remaining;
  let end = lo + 1;
  if (end === hi) return 1;
  const descending = isLess(rt, order, H[end], H[end - 1]);
  end++;
  while (end < hi && isLess(rt, order, H[end], H[end - 1]) === descending) end++;
  if (descending) reverseRun(ms, lo, end);
  return end - lo;
}

function reverseRun(ms: MergeState, lo: number, hi: number): void {
  const H = ms.rt.words;
  H.subarray(lo, hi).reverse();
  const v = ms.valueOffset;
  if (v !== 0) H.subarray(lo + v, hi + v).reverse();
}

/** Inserts the keys from `start` on into the sorted ones before. Source: CPython 3.12 binarysort. */
function binarySort(ms: MergeState, lo: number, hi: number, start: number): void {
  const { rt, order, valueOffset } = ms;
  const H = rt.words;
  for (let i = start; i < hi; i++) {
    const pivot = H[i];
    let l = lo;
    let r = i;
    do {
      const p = l + ((r - l) >> 1);
      if (isLess(rt, order, pivot, H[p])) r = p;
      else l = p + 1;
    } while (l < r);
    rotate(H, l, i);
    if (valueOffset !== 0) rotate(H, l + valueOffset, i + valueOffset);
  }
}

/** Moves the word at `from` down to `to`. */
function rotate(H: Int32Array, to: number, from: number): void {
  const word = H[from];
  for (let end = from; end > to; end--) H[end] = H[end - 1];
  H[to] = word;
}

/** Merges what must be merged before a run of `length` is added. Source: CPython 3.12 found_new_run. */
function addRun(ms: MergeState, pending: Run[], base: number, n: number, length: number): void {
  const last = pending[pending.length - 1];
  if (last === undefined) return;
  const power = powerOf(last.base - base, last.length, length, n);
  while (pending.length > 1 && pending[pending.length - 2].power > power) mergeAt(ms, pending, pending.length - 2);
  pending[pending.length - 1].power = power;
}

/** Depth of the border between two runs in an ideal tree over `n` keys. Source: CPython 3.12 powerloop. */
function powerOf(start: number, n1: number, n2: number, n: number): number {
  let power = 0;
  let a = 2 * start + n1;
  let b = a + n1 + n2;
  for (;;) {
    power++;
    if (a >= n) {
      a -= n;
      b -= n;
    } else if (b >= n) return power;
    a *= 2;
    b *= 2;
  }
}

function lastPair(pending: Run[]): number {
  const i = pending.length - 2;
  return i > 0 && pending[i - 1].length < pending[i + 1].length ? i - 1 : i;
}

/** Merges the runs `i` and `i + 1`; the stack is right before the first comparison. */
function mergeAt(ms: MergeState, pending: Run[], i: number): void {
  const a = pending[i];
  const b = pending[i + 1];
  const na = a.length;
  a.length += b.length;
  a.power = b.power;
  pending.splice(i + 1, 1);
  mergeRuns(ms, a.base, na, b.base, b.length);
}
