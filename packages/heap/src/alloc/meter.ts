/**
 * The meter: how many bytes, as CPython counts them, are in use; the budget; the peak.
 *
 * The totals are doubles, since they pass 2^31. The fast paths touch only integers: `Credit` is what may still be
 * charged before the doubles must be looked at, so `used = Charged - Credit`. `LowMark` is the lowest Credit since the
 * last rebalancing, which makes the peak exact at the price of one comparison: an allocation that leaves less than
 * `LowWatch` takes the slow path. The same comparison serves everything that is rare: an exhausted budget, debug mode,
 * tracing, fault injection and stress mode put LowWatch so high that every allocation is slow, and so cost nothing when off.
 *
 * Keeps INV-METER-1: `0 <= LowMark <= Credit`, `Charged <= max(Limit, used)`, `used` equals the charged bytes of all
 * blocks and payloads.
 */
import { Meter } from '../layout/allocator.ts';
import { Root, RootFlag } from '../layout/root.ts';
import type { Memory } from '../memory/memory.ts';

/** Metered bytes in use. */
export function usedBytes(m: Memory): number {
  return m.floats[Root.Charged / 2] - m.words[Root.Credit];
}

/** The most metered bytes in use at any moment since the start or `resetPeak`. */
export function peakBytes(m: Memory): number {
  return Math.max(m.floats[Root.Peak / 2], m.floats[Root.Charged / 2] - m.words[Root.LowMark]);
}

/** Lets the peak start again from what is in use. */
export function resetPeak(m: Memory): void {
  const used = usedBytes(m);
  rebalance(m, used, used);
}

/** The budget in metered bytes, Infinity if there is none. */
export function limitBytes(m: Memory): number {
  return m.floats[Root.Limit / 2];
}

/** Sets the budget. One below what is in use refuses every allocation until enough is free again.
 *  Throws RangeError for a negative number or NaN. */
export function setLimit(m: Memory, nbytes: number): void {
  if (!(nbytes >= 0)) throw new RangeError(`budget of ${nbytes} bytes is not a number from 0`);
  m.floats[Root.Limit / 2] = Math.floor(nbytes);
  rebalance(m, usedBytes(m), peakBytes(m));
}

/** Accounts for a payload outside the words, such as a host string's characters, that grows by `deltaBytes` (or
 *  shrinks). Refused like an allocation, before anything changes. */
export function meter(m: Memory, deltaBytes: number): void {
  if (deltaBytes > 0) charge(m, deltaBytes);
  else uncharge(m, -deltaBytes);
  m.floats[Root.HostBytes / 2] += deltaBytes;
}

/** Counts `nbytes` as used. Calls `onOutOfMemory`, with nothing changed, if the budget or an injected fault refuses. */
export function charge(m: Memory, nbytes: number): void {
  const H = m.words;
  if (H[Root.LowWatch] === Meter.EveryAllocation) countAllocation(m, nbytes);
  const left = H[Root.Credit] - nbytes;
  if (left >= 0) {
    H[Root.Credit] = left;
    if (left < H[Root.LowMark]) lowerMark(m, left);
    return;
  }
  const used = usedBytes(m) + nbytes;
  if (used > m.floats[Root.Limit / 2]) m.onOutOfMemory(nbytes);
  rebalance(m, used, Math.max(used, peakBytes(m)));
}

/** Counts `nbytes` as no longer used. */
export function uncharge(m: Memory, nbytes: number): void {
  const credit = m.words[Root.Credit] + nbytes;
  if (credit <= Meter.CreditMax && !isOverBudget(m)) m.words[Root.Credit] = credit;
  else rebalance(m, usedBytes(m) - nbytes, peakBytes(m));
}

/** Opens the books again with these totals: grants a window of credit as far as the budget goes. */
export function rebalance(m: Memory, used: number, peak: number): void {
  const H = m.words;
  const F = m.floats;
  const charged = Math.max(used, Math.min(F[Root.Limit / 2], used + Meter.Window));
  F[Root.Charged / 2] = charged;
  F[Root.Peak / 2] = peak;
  H[Root.Credit] = charged - used;
  H[Root.LowMark] = Math.max(0, charged - peak);
  setWatches(m);
}

/** Sends allocations and deallocations to the slow paths if anything there has to see them. */
export function setWatches(m: Memory): void {
  const H = m.words;
  const debug = (H[Root.Flags] & RootFlag.Debug) !== 0;
  const traced = (H[Root.Flags] & RootFlag.Traced) !== 0;
  const counting = H[Root.FaultCountdown] !== 0 || H[Root.StressInterval] !== 0;
  H[Root.LowWatch] = debug || traced || counting ? Meter.EveryAllocation : H[Root.LowMark];
  H[Root.HighWatch] = debug || traced || isOverBudget(m) ? Meter.EveryFree : Meter.CreditMax;
}

/** The budget was set below what is in use: what is freed must not become credit. */
function isOverBudget(m: Memory): boolean {
  return m.floats[Root.Charged / 2] > m.floats[Root.Limit / 2];
}

function lowerMark(m: Memory, left: number): void {
  const H = m.words;
  if (H[Root.LowWatch] === H[Root.LowMark]) H[Root.LowWatch] = left;
  H[Root.LowMark] = left;
}

/** Fault injection and stress mode: one more allocation is asked for. */
function countAllocation(m: Memory, nbytes: number): void {
  const H = m.words;
  if (H[Root.StressInterval] !== 0 && --H[Root.StressCountdown] === 0) {
    H[Root.StressCountdown] = H[Root.StressInterval];
    H[Root.StressDue] = 1;
  }
  if (H[Root.FaultCountdown] !== 0 && --H[Root.FaultCountdown] === 0) {
    setWatches(m);
    m.onOutOfMemory(nbytes);
  }
}
