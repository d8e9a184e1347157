/** Writes the root record into fresh, zeroed words: no segment taken, no block, nothing metered. */
import { Meter, Pool, Segment, SizeClass, Table } from '../layout/allocator.ts';
import { ROOT_MAGIC, Root, RootFlag } from '../layout/root.ts';
import type { Memory } from './memory.ts';

/** Prepares `m`. Throws RangeError for a budget that is no number from 0, or when the buffer does not hold the static
 *  area and one segment more. */
export function initRoot(m: Memory, staticWords: number, budgetBytes: number, debug: boolean): void {
  const H = m.words;
  const first = Math.ceil(Math.max(staticWords, Table.End) / Segment.Words);
  const end = H.length / Segment.Words;
  if (first >= end) throw new RangeError(`static area of ${first} segments in a buffer of ${end}: no room for blocks`);
  H[Root.Magic] = ROOT_MAGIC;
  H[Root.Flags] = debug ? RootFlag.Debug : 0;
  H[Root.StaticTop] = Table.End;
  H[Root.StaticEnd] = first * Segment.Words;
  H[Root.SegmentFirst] = H[Root.SegmentTop] = H[Root.SegmentHint] = first;
  H[Root.SegmentEnd] = end;
  H[Root.HostTop] = 1;
  for (let sizeClass = 0; sizeClass < SizeClass.Count; sizeClass++) {
    const head = Root.UsedPools + 4 * sizeClass;
    H[head + Pool.Next] = H[head + Pool.Prev] = head;
  }
  initMeter(m, budgetBytes, debug);
}

/** No credit: the first allocation opens the books. */
function initMeter(m: Memory, budgetBytes: number, debug: boolean): void {
  if (!(budgetBytes >= 0)) throw new RangeError(`budget of ${budgetBytes} bytes is not a number from 0`);
  m.floats[Root.Limit / 2] = Math.floor(budgetBytes);
  m.words[Root.LowWatch] = debug ? Meter.EveryAllocation : 0;
  m.words[Root.HighWatch] = debug ? Meter.EveryFree : Meter.CreditMax;
}
