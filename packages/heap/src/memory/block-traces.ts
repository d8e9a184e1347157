/**
 * Where blocks were taken, for as long as somebody traces that (`tracemalloc`). While nobody does, allocations do not come here:
 * tracing sends them all to the allocator's slow path (alloc/meter.ts).
 *
 * The traces belong to a memory's state as the words do, and a snapshot copies them; they are no words so that tracing does not
 * change what it looks at. The places are the embedder's (`Memory.placeNow`) and never change.
 */

/** A block in use that was taken, or used again, since tracing began. */
interface BlockTrace {
  readonly nbytes: number;
  readonly place: unknown;
}

export class BlockTraces {
  readonly blocks: Map<number, BlockTrace>;
  /** Metered bytes of the traced blocks, and the most there were. */
  used: number;
  peak: number;

  constructor(from: BlockTraces | null = null) {
    this.blocks = new Map(from?.blocks);
    this.used = from?.used ?? 0;
    this.peak = from?.peak ?? 0;
  }

  taken(block: number, nbytes: number, place: unknown): void {
    this.given(block);
    this.blocks.set(block, { nbytes, place });
    this.used += nbytes;
    if (this.used > this.peak) this.peak = this.used;
  }

  /** A block from before tracing is not known here. */
  given(block: number): void {
    const trace = this.blocks.get(block);
    if (trace === undefined) return;
    this.used -= trace.nbytes;
    this.blocks.delete(block);
  }

  /** A known block is a new object's now. */
  renewed(block: number, place: unknown): void {
    const trace = this.blocks.get(block);
    if (trace !== undefined) this.blocks.set(block, { nbytes: trace.nbytes, place });
  }
}
