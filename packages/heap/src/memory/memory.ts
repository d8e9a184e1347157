/**
 * The words: one buffer, reserved once and never grown, so that a cached view never goes stale (D1).
 *
 * Everything that changes is in the words or in the host table (D3), but for the traces of blocks. The other fields of a `Memory` are views, the
 * host's callbacks and observers; none of them is part of a snapshot.
 */
import type { HeapEvents } from '../events.ts';
import { Segment } from '../layout/allocator.ts';
import { Root } from '../layout/root.ts';
import type { BlockTraces } from './block-traces.ts';
import { HeapOutOfMemory } from './errors.ts';
import { initRoot } from './init.ts';
import type { Ref } from './ref.ts';

/** `id` of word 0: where CPython's heap tends to be on Linux. */
export const ADDRESS_BASE = 0x7f0000000000;

const MIB = 1024 * 1024;

export interface MemoryOptions {
  /** Bytes of the buffer; the host commits them as they are used. Default 4 GiB; halved while the host refuses. */
  reserveBytes?: number;
  /** The buffer is a SharedArrayBuffer: its size is no reason for V8 to collect JavaScript's garbage. Default false. */
  shared?: boolean;
  /** Words kept for the static area, rounded up to whole segments. Default 1048576. */
  staticWords?: number;
  /** Metered bytes that may be in use at one time. Default Infinity. */
  budgetBytes?: number;
  /** Fences, fills and checks around every block (alloc/debug.ts). Default false. */
  debug?: boolean;
}

/** A heap's memory. `Heap` extends it. */
export class Memory {
  // Declared only: a field that is first undefined and then assigned is no constant to V8.
  declare readonly buffer: ArrayBuffer;
  declare readonly words: Int32Array;
  declare readonly floats: Float64Array;
  /** The host table's entries; use memory/host-table.ts. */
  hosts: unknown[] = [0];
  /** Called with the bytes that were refused, before anything changed; must throw. */
  onOutOfMemory: (nbytes: number) => never = refuse;
  /** Where blocks were taken, null while that is not traced; with the words a part of the state. */
  traces: BlockTraces | null = null;
  /** The place that a block taken now is traced to. Runs nothing, allocates nothing. */
  placeNow: () => unknown = () => null;
  /** Observer of the traced build. */
  events: HeapEvents | null = null;

  constructor(options: MemoryOptions = {}) {
    this.buffer = reserve(options.reserveBytes ?? 4096 * MIB, options.shared ?? false);
    this.words = new Int32Array(this.buffer);
    this.floats = new Float64Array(this.buffer);
    initRoot(this, options.staticWords ?? 1 << 20, options.budgetBytes ?? Infinity, options.debug ?? false);
  }

  /** The parts of the static area whose contents matter: starts and ends, ascending, the root record in the first. An embedder
   *  leaves the free ends of its stacks out. */
  usedStatic(): [start: number, end: number][] {
    return [[0, this.words[Root.StaticTop]]];
  }
}

/** The address that `id()` shows for the word `ref`. */
export function addressOf(ref: Ref): number {
  return ADDRESS_BASE + 8 * ref;
}

/** The word at `address`. Throws RangeError if no word of this memory has that address. */
export function refAt(m: Memory, address: number): Ref {
  const ref = (address - ADDRESS_BASE) / 8;
  if (!Number.isInteger(ref) || ref < 0 || ref >= m.words.length) {
    throw new RangeError(`address ${address} is not a word of this memory of ${m.words.length} words`);
  }
  return ref;
}

/** Takes `nwords` zeroed words of the static area for good; the result is a multiple of `align`. Throws RangeError
 *  if the area is full. */
export function reserveStatic(m: Memory, nwords: number, align = 2): number {
  const H = m.words;
  const start = Math.ceil(H[Root.StaticTop] / align) * align;
  if (start + nwords > H[Root.StaticEnd]) {
    throw new RangeError(`static area has ${H[Root.StaticEnd] - start} words left, ${nwords} wanted`);
  }
  H[Root.StaticTop] = start + nwords;
  return start;
}

function refuse(nbytes: number): never {
  throw new HeapOutOfMemory(nbytes);
}

function reserve(nbytes: number, shared: boolean): ArrayBuffer {
  const segmentBytes = Segment.Words * 4;
  let rounded = Math.ceil(Math.min(nbytes, Segment.Limit * segmentBytes) / segmentBytes) * segmentBytes;
  for (;;) {
    try {
      // A view of either kind of buffer is the same to those who use it.
      return shared ? (new SharedArrayBuffer(rounded) as ArrayBufferLike as ArrayBuffer) : new ArrayBuffer(rounded);
    } catch (error) {
      if (!(error instanceof RangeError) || rounded < 256 * MIB) throw error;
      rounded = Math.floor(rounded / 2 / segmentBytes) * segmentBytes;
    }
  }
}
