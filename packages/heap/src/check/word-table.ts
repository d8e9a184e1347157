/**
 * Tables of all words in use, for passes over the whole heap: a number or a mark for each object, at the object's own index. A heap that
 * is checked often has large ones, so they are kept; what an entry says counts only if it carries the stamp of the pass.
 */
import { Segment } from '../layout/allocator.ts';
import { Root } from '../layout/root.ts';
import { HeapCorruption } from '../memory/errors.ts';
import type { Memory } from '../memory/memory.ts';
import type { Ref } from '../memory/ref.ts';

/** Numbers by word index, all of them forgotten at once by taking a new stamp. */
class Stamped {
  table = new Int32Array(0);
  stamp = 0;

  /** Room for `length` entries, none of which carries the new stamp. */
  begin(length: number): void {
    if (this.table.length < length) this.table = new Int32Array(length + (length >> 2));
    this.stamp++;
  }
}

/** What the passes over one heap use; good until the next pass of the same kind. */
class Tables {
  readonly found = new Stamped();
  readonly marks = new Stamped();
  counts = new Int32Array(0);
}

const TABLES = new WeakMap<Memory, Tables>();

function tablesOf(m: Memory): Tables {
  let tables = TABLES.get(m);
  if (tables === undefined) TABLES.set(m, (tables = new Tables()));
  return tables;
}

/** One past the last word that may be in use. */
function endOfUse({ words }: Memory): number {
  return Math.max(words[Root.StaticEnd], words[Root.SegmentTop] << Segment.Shift);
}

/** How often each object was found, in the order in which they were found first. Good until the next one of the same heap. */
export class FoundCounts {
  readonly #refs: Ref[] = [];
  readonly #stamps: Int32Array;
  readonly #stamp: number;
  readonly #counts: Int32Array;
  readonly #end: number;

  constructor(m: Memory) {
    const tables = tablesOf(m);
    this.#end = endOfUse(m);
    tables.found.begin(this.#end);
    this.#stamps = tables.found.table;
    this.#stamp = tables.found.stamp;
    if (tables.counts.length < this.#end) tables.counts = new Int32Array(this.#stamps.length);
    this.#counts = tables.counts;
  }

  /** Enters `o` with a count of 0; false if it is known. Throws HeapCorruption for what is no word in use. */
  enter(o: Ref): boolean {
    if (this.#stamps[o] === this.#stamp) return false;
    if (!(o > 0 && o < this.#end))
      throw new HeapCorruption('INV-RC-1: a reference leads into the heap', o, 'a word in use', o);
    this.#stamps[o] = this.#stamp;
    this.#counts[o] = 0;
    this.#refs.push(o);
    return true;
  }

  /** Counts one more reference to `o`, which has been entered. */
  add(o: Ref): void {
    this.#counts[o]!++;
  }

  get(o: Ref): number {
    return this.#counts[o]!;
  }

  keys(): readonly Ref[] {
    return this.#refs;
  }
}

/** A set of word indices. Good until the next one of the same heap. */
export class WordSet {
  readonly #table: Int32Array;
  readonly #stamp: number;

  constructor(m: Memory) {
    const { marks } = tablesOf(m);
    marks.begin(endOfUse(m));
    this.#table = marks.table;
    this.#stamp = marks.stamp;
  }

  add(index: number): void {
    this.#table[index] = this.#stamp;
  }

  has(index: number): boolean {
    return this.#table[index] === this.#stamp;
  }
}
