/**
 * Fault injection and stress mode. Both cost nothing when off: they raise the meter's watch mark, so that only the
 * slow path of an allocation looks at them. Both are part of the words, so a snapshot carries them.
 */
import { Root } from '../layout/root.ts';
import type { Memory } from '../memory/memory.ts';
import { setWatches } from './meter.ts';

/** Makes the `n`-th allocation from now (1 is the next) call `onOutOfMemory`, once. Growing reallocations and `meter`
 *  count as allocations. 0 cancels. Throws RangeError for anything but an integer from 0. */
export function failAllocation(m: Memory, n: number): void {
  m.words[Root.FaultCountdown] = checkedCount(n);
  setWatches(m);
}

/** Allocations until the injected failure; 0 if none is pending, in particular after it happened. */
export function pendingFailure(m: Memory): number {
  return m.words[Root.FaultCountdown];
}

/** Sets `Root.StressDue` at every `interval`-th allocation: whoever owns the safe points collects then. 0 stops. */
export function setStress(m: Memory, interval: number): void {
  const H = m.words;
  H[Root.StressInterval] = H[Root.StressCountdown] = checkedCount(interval);
  H[Root.StressDue] = 0;
  setWatches(m);
}

/** Whether stress mode asks for a collection; answers true once for each request. */
export function takeStressRequest(m: Memory): boolean {
  const due = m.words[Root.StressDue] !== 0;
  m.words[Root.StressDue] = 0;
  return due;
}

function checkedCount(n: number): number {
  if (!Number.isInteger(n) || n < 0 || n > 0x7fffffff) throw new RangeError(`count ${n} is not an integer from 0`);
  return n;
}
