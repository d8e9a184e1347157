/** Begins and ends the tracing of blocks (memory/block-traces.ts). */
import { Root, RootFlag } from '../layout/root.ts';
import { BlockTraces } from '../memory/block-traces.ts';
import type { Memory } from '../memory/memory.ts';
import { setWatches } from './meter.ts';

/** Begins to trace, with no traces. */
export function startTraces(m: Memory): void {
  m.traces = new BlockTraces();
  m.words[Root.Flags] |= RootFlag.Traced;
  setWatches(m);
}

/** Ends tracing and forgets the traces. */
export function stopTraces(m: Memory): void {
  m.traces = null;
  m.words[Root.Flags] &= ~RootFlag.Traced;
  setWatches(m);
}
